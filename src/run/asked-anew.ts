/**
 * Other questions over blocks that were read before: what was counted of a block says for most rules and indicators that none of its rows can
 * answer. Then what is kept of it is what reading it would give. Where that is not certain, it is read.
 *
 * A rule that is new, gone or another one is true only on rows whose values it is not false for in every group of counted fields; where all
 * tuples of one group are known and it is false for each, it matches nothing there, and matched nothing before.
 * @see docs/adr/0028-kept-work.md
 */
import { anyValue } from '../core/field-shape.ts';
import type { BlockFacts } from '../core/record.ts';
import { groupsOfReader, IndicatorMatcher, lookedAtWhole } from '../detect/index.ts';
import { readerOf } from '../read/index.ts';
import { IndicatorTable, MayHold, type Rule, type RunRule, speaksAbout } from '../rules/index.ts';
import type { PackedIndicators, ScanResult } from './scan-task.ts';

/** All that is asked of the rows of one kind. */
export interface Questions {
  readonly kind: string;
  readonly rules: readonly Pick<Rule, 'id' | 'logSource' | 'expr'>[];
  readonly others: readonly Pick<RunRule, 'id' | 'source' | 'expr' | 'silent' | 'marks' | 'marked'>[];
  /** There are rules of others, if of other logs: processes that begin are kept. */
  readonly starts: boolean;
  /** Of the indicators; empty: there are none. */
  readonly indicators: string;
}

/** In these what is told as odd of a row is told when the row is looked at: nobody may look at others than before. */
const toldWhenLookedAt = new Set(['ecp-server', 'ecp-activity']);
/** Judgements of tuples: where more are needed, reading is as good. */
const mostLooks = 50_000_000;

const events = 'windows-event';

export class AskedAnew {
  readonly #sources: readonly string[];
  readonly #changed: MayHold;
  readonly #rules: number;
  /** Logs of which rules of others are new, gone or other ones. */
  readonly #others: readonly string[];
  readonly #eventGroup: number;
  readonly #otherIndicators: boolean;
  /** null: there are none now. */
  readonly #matcher: IndicatorMatcher | null;
  readonly #places: ReturnType<IndicatorMatcher['places']>;
  /** By rule and group, or by group and field: a kept tuple is the same array in all blocks of an artifact. */
  readonly #answers = new Map<string, Answers>();
  readonly #met = new Map<string, Answers>();
  #looks = 0;

  private constructor(
    sources: readonly string[],
    groups: readonly (readonly string[])[],
    changed: readonly Pick<Rule, 'expr'>[],
    others: readonly string[],
    indicators: PackedIndicators | null | 'same',
  ) {
    this.#sources = sources;
    this.#changed = new MayHold(changed, groups);
    this.#rules = changed.length;
    this.#others = others;
    this.#eventGroup = groups.findIndex((names) => names.includes('Channel') && names.includes('EventID'));
    this.#otherIndicators = indicators !== 'same';
    this.#matcher =
      indicators === 'same' || indicators === null
        ? null
        : new IndicatorMatcher(new IndicatorTable(indicators.table), indicators.validity, sources, groups, true);
    this.#places = this.#matcher?.places() ?? [];
  }

  /** null: all of it must be read. */
  static between(before: Questions, now: Questions, indicators: PackedIndicators | null): AskedAnew | null {
    const reader = readerOf(now.kind);
    if (reader === undefined || before.kind !== now.kind) return null;
    const sources = reader.logSources ?? [reader.logSource];
    const groups = groupsOfReader(reader);
    if (sources.some((source) => toldWhenLookedAt.has(source))) return null;
    const ofEvents = sources.includes(events);
    if (ofEvents && before.starts !== now.starts) return null;
    const rules = difference(before.rules, now.rules);
    // Which rows are looked at decides which beginnings of processes are kept.
    if (ofEvents && now.starts && rules.length > 0) return null;
    const others = difference(before.others, now.others);
    // What several rules say of one row is kept in their order.
    if (!sameOrder(before.others, now.others)) return null;
    const sameIndicators = before.indicators === now.indicators;
    // Of what is read whole every field is looked at.
    if (!sameIndicators && lookedAtWhole(sources)) return null;
    return new AskedAnew(
      sources,
      groups,
      rules,
      [...new Set(others.map(({ source }) => source))],
      sameIndicators ? 'same' : indicators,
    );
  }

  /** False: it gives what it gave. */
  mustRead({ facts, indicators }: ScanResult): boolean {
    for (let rule = 0; rule < this.#rules; rule++) if (this.#mayHold(rule, facts)) return true;
    if (this.#others.length > 0 && this.#speaksOf(facts)) return true;
    if (!this.#otherIndicators) return false;
    return (indicators?.hits.length ?? 0) > 0 || (indicators?.overflow ?? 0) > 0 || this.#mayMeet(facts);
  }

  #mayHold(rule: number, facts: BlockFacts): boolean {
    return this.#changed.groupsOf(rule).every((index) => {
      const group = facts.groups[index];
      if (group === undefined || group.overflow > 0) return true;
      const answers = answersOf(this.#answers, `${rule} ${index}`);
      return group.tuples.some((tuple) => {
        let answer = answers.get(tuple);
        if (answer === undefined) {
          answer = ++this.#looks > mostLooks || this.#changed.holds(rule, index, tuple);
          answers.set(tuple, answer);
        }
        return answer;
      });
    });
  }

  #speaksOf({ groups }: BlockFacts): boolean {
    const group = groups[this.#eventGroup];
    if (group === undefined || group.overflow > 0) return true;
    return this.#others.some((source) => speaksAbout(source, this.#sources, group.tuples));
  }

  /** A field holds none where one group that it stands in is known whole, and none of its values meets one. */
  #mayMeet({ groups, asked }: BlockFacts): boolean {
    const matcher = this.#matcher;
    if (matcher === null) return false;
    const told = [...groups, ...(asked ?? []).map(({ tuples, open }) => ({ tuples, overflow: open ? 1 : 0 }))];
    return this.#places.some((places) =>
      places.every(({ group, at, look }) => {
        const one = told[group];
        if (one === undefined || one.overflow > 0) return true;
        const met = answersOf(this.#met, `${group} ${at}`);
        return one.tuples.some((tuple) => {
          const value = tuple[at] ?? null;
          if (value === null) return false;
          if (value === anyValue) return true;
          let answer = met.get(tuple);
          if (answer === undefined) met.set(tuple, (answer = matcher.meets(look, value)));
          return answer;
        });
      }),
    );
  }
}

type Answers = WeakMap<readonly (string | null)[], boolean>;

function answersOf(all: Map<string, Answers>, key: string): Answers {
  let found = all.get(key);
  if (found === undefined) all.set(key, (found = new WeakMap()));
  return found;
}

/** What stands in one list and not in the other. */
function difference<T>(before: readonly T[], now: readonly T[]): T[] {
  const left = new Map(before.map((one) => [JSON.stringify(one), one]));
  const right = new Map(now.map((one) => [JSON.stringify(one), one]));
  return [...left]
    .flatMap(([key, one]) => (right.has(key) ? [] : [one]))
    .concat([...right].flatMap(([key, one]) => (left.has(key) ? [] : [one])));
}

/** Those that stand in both do so in one order. */
function sameOrder<T>(before: readonly T[], now: readonly T[]): boolean {
  const left = before.map((one) => JSON.stringify(one));
  const right = now.map((one) => JSON.stringify(one));
  const [inLeft, inRight] = [new Set(left), new Set(right)];
  const both = right.filter((key) => inLeft.has(key));
  return left.filter((key) => inRight.has(key)).every((key, index) => both[index] === key);
}
