/**
 * Indicators of one run as one kind of source meets them: which rows matter, and, of rows that are read, which indicators they hold. Folded
 * per indicator and field: a count, the first rows and the last one.
 */
import type { HitRow } from '../core/hit.ts';
import type { IndicatorHit, Validity } from '../core/indicator-hit.ts';
import type { JudgeTuple, Layout, Rows, WrittenBy } from '../core/record.ts';
import type { IndicatorTable, OnMeeting } from '../rules/index.ts';
import { lettersOf, type Look, looksOf, passedOver } from './indicator-fields.ts';
import { lookUp } from './indicator-text.ts';
import { hitRow } from './hits.ts';

/** Rows kept per indicator and field, from the beginning; and the last one. */
const firstRows = 4;
/** Indicators and fields kept per block; rows beyond are counted. */
const mostDrafts = 5000;
/** Values of free text whose answer is remembered within a block. */
const mostRemembered = 20_000;

/** Every row is read, and each of its fields taken apart: no log of lines, that may be of any size. */
export const lookedAtWhole = (sources: readonly string[]): boolean => sources.some((source) => !Object.hasOwn(looksOf, source));

/** Fields of logs of lines that can hold an indicator and that nobody counts. */
export function askedFields(sources: readonly string[], groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (lookedAtWhole(sources)) return [];
  const counted = new Set(groups.flat());
  const names = new Set(sources.flatMap((source) => Object.keys(looksOf[source]!)));
  return [...names].filter((name) => !counted.has(name)).map((name) => [name]);
}

export class IndicatorMatcher {
  readonly table: IndicatorTable;
  readonly validity: Validity;
  /** Every row is read: its fields are taken apart. */
  readonly #whole: boolean;
  /** By the number of a group: where in the tuple which look is taken. */
  readonly #looks: readonly (readonly { readonly at: number; readonly look: Look }[])[];
  readonly #names: readonly (readonly string[])[];
  /** Groups that nobody counts. */
  readonly asked: readonly (readonly string[])[];

  /**
   * @param sources what a reader's rows can be
   * @param groups what is counted of them
   * @param all ask of all fields, also of those in which none of these indicators can stand
   */
  constructor(
    table: IndicatorTable,
    validity: Validity,
    sources: readonly string[],
    groups: readonly (readonly string[])[],
    all = false,
  ) {
    this.table = table;
    this.validity = validity;
    this.#whole = lookedAtWhole(sources);
    const fields = new Map(
      this.#whole
        ? []
        : sources.flatMap((source) => Object.entries(looksOf[source]!)).filter(([, look]) => table.asks(lettersOf[look])),
    );
    const counted = new Set(groups.flat());
    // No layout has a column of this name: all rows share one tuple, which is judged once.
    this.asked = this.#whole
      ? [['\u0000']]
      : all
        ? askedFields(sources, groups)
        : [...fields.keys()].filter((name) => !counted.has(name)).map((name) => [name]);
    this.#names = [...groups, ...this.asked];
    this.#looks = this.#names.map((names) =>
      names.flatMap((name, at) => (fields.has(name) ? [{ at, look: fields.get(name)! }] : [])),
    );
  }

  /** By field: in which groups its values stand, and where in the tuple. */
  places(): readonly (readonly { readonly group: number; readonly at: number; readonly look: Look }[])[] {
    const byName = new Map<string, { group: number; at: number; look: Look }[]>();
    for (const [group, looks] of this.#looks.entries())
      for (const { at, look } of looks) {
        const name = this.#names[group]![at]!;
        const list = byName.get(name) ?? [];
        byName.set(name, [...list, { group, at, look }]);
      }
    return [...byName.values()];
  }

  meets(look: Look, value: string): boolean {
    const met = { any: false };
    lookUp(this.table, look, value, () => (met.any = true));
    return met.any;
  }

  readonly judge: JudgeTuple = (group, tuple) => {
    if (this.#whole) return true;
    const met = { any: false };
    for (const { at, look } of this.#looks[group]!) {
      const value = tuple[at];
      if (value !== null && value !== undefined) lookUp(this.table, look, value, () => (met.any = true));
      if (met.any) return true;
    }
    return false;
  };
}

interface Draft {
  readonly indicator: number;
  readonly field: string;
  readonly writtenBy: WrittenBy;
  readonly how: string;
  count: number;
  outside: number;
  firstMs: number;
  lastMs: number;
  readonly rows: HitRow[];
  last: { readonly rows: Rows; readonly row: number } | null;
}

interface Asked {
  readonly name: string;
  readonly look: Look;
  readonly writtenBy: WrittenBy;
}

export class IndicatorFolder {
  readonly #artifact: string;
  readonly #matcher: IndicatorMatcher;
  readonly #drafts = new Map<string, Draft>();
  readonly #asked = new Map<Layout, readonly Asked[]>();
  readonly #remembered = new Map<string, readonly (readonly [number, string])[]>();
  /** Rows of indicators that found no room. */
  overflow = 0;

  constructor(artifact: string, matcher: IndicatorMatcher) {
    this.#artifact = artifact;
    this.#matcher = matcher;
  }

  /** Rows are valid only during the call. */
  add(rows: Rows): void {
    for (let row = 0; row < rows.length; row++) {
      const met = new Set<number>();
      for (const field of this.#fieldsOf(rows.layout(row))) {
        const { look } = field;
        const value = rows.text(row, field.name);
        if (value === null) continue;
        for (const [indicator, how] of this.#meetings(look, value)) {
          // In several fields of one row it is still one row.
          if (met.has(indicator)) continue;
          met.add(indicator);
          this.#fold(indicator, field, how, rows, row);
        }
      }
    }
    for (const draft of this.#drafts.values())
      if (draft.last !== null) {
        draft.rows.push(hitRow(this.#artifact, draft.last.rows, draft.last.row, []));
        draft.last = null;
      }
  }

  #meetings(look: Look, value: string): readonly (readonly [number, string])[] {
    const key = `${look}\u0000${value}`;
    let found = this.#remembered.get(key);
    if (found === undefined) {
      const meetings = new Map<number, string>();
      const on: OnMeeting = (indicator, how) => void (meetings.has(indicator) || meetings.set(indicator, how));
      lookUp(this.#matcher.table, look, value, on);
      found = [...meetings];
      if (this.#remembered.size >= mostRemembered) this.#remembered.clear();
      if (key.length <= 1024) this.#remembered.set(key, found);
    }
    return found;
  }

  #fieldsOf(layout: Layout): readonly Asked[] {
    let asked = this.#asked.get(layout);
    if (asked === undefined) {
      const looks = Object.hasOwn(looksOf, layout.logSource) ? looksOf[layout.logSource]! : null;
      asked = layout.fields.flatMap(({ name, type, means, writtenBy }): Asked[] => {
        const look =
          looks !== null
            ? Object.hasOwn(looks, name)
              ? looks[name]!
              : null
            : type === 'int' || type === 'time' || type === 'guid' || type === 'sid' || passedOver.has(name)
              ? null
              : lookOf(name, means);
        return look === null || !this.#matcher.table.asks(lettersOf[look]) ? [] : [{ name, look, writtenBy }];
      });
      this.#asked.set(layout, asked);
    }
    return asked;
  }

  #fold(indicator: number, { name: field, writtenBy }: Asked, how: string, rows: Rows, row: number): void {
    const key = `${indicator} ${how} ${field}`;
    let draft = this.#drafts.get(key);
    if (draft === undefined) {
      if (this.#drafts.size >= mostDrafts) {
        this.overflow++;
        return;
      }
      draft = {
        indicator,
        field,
        writtenBy,
        how,
        count: 0,
        outside: 0,
        firstMs: Number.NaN,
        lastMs: Number.NaN,
        rows: [],
        last: null,
      };
      this.#drafts.set(key, draft);
    }
    draft.count++;
    const timeMs = rows.timeMs(row);
    if (Number.isFinite(timeMs)) {
      const { fromMs, untilMs } = this.#matcher.validity;
      if (timeMs < fromMs[indicator]! || timeMs > untilMs[indicator]!) draft.outside++;
      if (!(timeMs >= draft.firstMs)) draft.firstMs = timeMs;
      if (!(timeMs <= draft.lastMs)) draft.lastMs = timeMs;
    }
    if (draft.rows.length < firstRows) draft.rows.push(hitRow(this.#artifact, rows, row, []));
    else draft.last = { rows, row };
  }

  /** Sorted by indicator, then field; lines are those within the block. */
  hits(): IndicatorHit[] {
    return [...this.#drafts.values()]
      .sort((a, b) => a.indicator - b.indicator || (a.field < b.field ? -1 : a.field > b.field ? 1 : a.how < b.how ? -1 : 1))
      .map(({ last: _, firstMs, lastMs, ...rest }) => ({
        ...rest,
        artifact: this.#artifact,
        firstMs: Number.isNaN(firstMs) ? null : firstMs,
        lastMs: Number.isNaN(lastMs) ? null : lastMs,
      }));
  }
}

/** Accounts stand in fields that say so; anything else is taken apart as text. */
function lookOf(name: string, means: string | undefined): Look {
  if (means === 'user.name' || means === 'user.impersonated' || /^(?:TargetUserName|SamAccountName|MemberName)$/.test(name))
    return 'account';
  if (means === 'user_agent') return 'agent';
  return 'text';
}

export const indicatorHitKey = ({ indicator, how, field }: IndicatorHit): string => `${indicator} ${how} ${field}`;

/** Joins what one indicator met in two stretches of an artifact, the left one first. */
export function mergeIndicatorHits(left: IndicatorHit | undefined, right: IndicatorHit): IndicatorHit {
  if (left === undefined) return right;
  const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
  const most = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b));
  const all = [...left.rows, ...right.rows];
  return {
    ...left,
    count: left.count + right.count,
    outside: left.outside + right.outside,
    firstMs: least(left.firstMs, right.firstMs),
    lastMs: most(left.lastMs, right.lastMs),
    rows: all.length <= firstRows + 1 ? all : [...all.slice(0, firstRows), all.at(-1)!],
  };
}
