/** What an imported indicator is, and the set that all lists of one run make together. */
import { byCodeUnit } from '../../core/text.ts';
import type { LeftOutCode } from './left-out.ts';

/** The order is that of the lookup table and of what is printed. */
export const indicatorKinds = [
  'md5',
  'sha1',
  'sha256',
  'address',
  'range',
  'domain',
  'url',
  'user_agent',
  'path',
  'file_name',
  'account',
  'email',
] as const;

export type IndicatorKind = (typeof indicatorKinds)[number];

/** What its list says of it. One object for all indicators of which the same is said. */
export interface About {
  /** Name or description, as far as there is one. */
  readonly says: string | null;
  /** Who published it, or what the event, report or bundle is called. */
  readonly by: string | null;
  /** 0 to 100; null: nothing is said. */
  readonly confidence: number | null;
  readonly validFromMs: number | null;
  readonly validUntilMs: number | null;
  readonly firstSeenMs: number | null;
  readonly lastSeenMs: number | null;
  /** Times that others say they saw it, and that they say it was a false alarm. */
  readonly sightings: number;
  readonly falseAlarms: number;
}

export const nothingSaid: About = {
  says: null,
  by: null,
  confidence: null,
  validFromMs: null,
  validUntilMs: null,
  firstSeenMs: null,
  lastSeenMs: null,
  sightings: 0,
  falseAlarms: 0,
};

/** Why an indicator is weaker than others of its kind. */
export type Weakness = 'common_agent' | 'shared_host';

export interface Mention {
  /** File as the operator named it, and where in it: a line from 1, or the id of an object. */
  readonly file: string;
  readonly at: string;
  readonly about: About;
}

export interface Indicator extends Mention {
  readonly kind: IndicatorKind;
  /** The form that is compared. */
  readonly value: string;
  readonly weak: Weakness | null;
  /** The same in other lists. */
  more: Mention[] | null;
}

export interface LeftOut {
  readonly code: LeftOutCode;
  /** What it is about: a type, an operator; '' where the code says all. */
  readonly what: string;
  readonly file: string;
  /** Where the first one stands. */
  readonly at: string;
  /** Where the next ones stand; not all of many. */
  readonly also: readonly string[];
  /** The first one as it is written, shortened. */
  readonly value: string;
  readonly count: number;
}

/** Indicators of one run. */
export const mostIndicators = 3_000_000;
/** Lists in which one value may stand and be told. */
const mostMentions = 8;
const shownValue = 120;
const furtherPlaces = 9;

export class IndicatorSet {
  readonly #byValue = Object.fromEntries(indicatorKinds.map((kind) => [kind, new Map<string, Indicator>()])) as Record<
    IndicatorKind,
    Map<string, Indicator>
  >;
  size = 0;
  /** Times that something was taken or left out. */
  said = 0;
  readonly #leftOut = new Map<string, LeftOut & { count: number; also: string[] }>();
  /** Files that were read, and of how many values each is the source. */
  readonly #used = new Map<string, number>();
  /** The same value of the same kind once more. */
  repeated = 0;
  files = 0;

  add(kind: IndicatorKind, value: string, mention: Mention, weak: Weakness | null = null): void {
    this.said++;
    this.#used.set(mention.file, (this.#used.get(mention.file) ?? 0) + 1);
    const ofKind = this.#byValue[kind];
    const known = ofKind.get(value);
    if (known !== undefined) {
      this.repeated++;
      const mentions = (known.more ??= []);
      const new_ = mention.file !== known.file && mentions.every(({ file }) => file !== mention.file);
      if (new_ && mentions.length < mostMentions) mentions.push(mention);
    } else if (this.size >= mostIndicators) this.leaveOut('limit', '', mention, value);
    else {
      this.size++;
      ofKind.set(value, { kind, value, file: mention.file, at: mention.at, about: mention.about, weak, more: null });
    }
  }

  leaveOut(code: LeftOutCode, what: string, { file, at }: Pick<Mention, 'file' | 'at'>, value: string, count = 1): void {
    this.said++;
    // A list can name any number of types.
    const word = this.#leftOut.size > 10_000 ? '' : what.slice(0, 60);
    const key = `${file}\n${code}\n${word}`;
    const known = this.#leftOut.get(key);
    if (known === undefined)
      this.#leftOut.set(key, { code, what: word, file, at, also: [], value: value.slice(0, shownValue), count });
    else {
      known.count += count;
      if (at !== '' && at !== known.at && known.also.length < furtherPlaces) known.also.push(at);
    }
  }

  /** @param file as the operator named it */
  begin(file: string): void {
    this.files++;
    if (!this.#used.has(file)) this.#used.set(file, 0);
  }

  /** Files of which nothing is looked for. */
  unused(): readonly string[] {
    return [...this.#used].flatMap(([file, count]) => (count === 0 ? [file] : [])).sort(byCodeUnit);
  }

  /** By kind, then in the order of the lists. */
  list(): readonly Indicator[] {
    return indicatorKinds.flatMap((kind) => [...this.#byValue[kind].values()]);
  }

  leftOut(): readonly LeftOut[] {
    return [...this.#leftOut.values()].sort(
      (a, b) => byCodeUnit(a.file, b.file) || b.count - a.count || byCodeUnit(a.code, b.code) || byCodeUnit(a.what, b.what),
    );
  }

  counts(): Readonly<Partial<Record<IndicatorKind, number>>> {
    return Object.fromEntries(
      indicatorKinds.flatMap((kind) => (this.#byValue[kind].size === 0 ? [] : [[kind, this.#byValue[kind].size]])),
    );
  }
}
