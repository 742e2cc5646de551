/** What is counted of the records of one block by scanners that have each record in hand: tuples, hours, the first and last time. */
import { type CountedName, countedName, isShaped, shapeOf } from '../core/field-shape.ts';
import type { Problems } from '../core/problem.ts';
import type { BlockFacts, Demand, JudgeTuple } from '../core/record.ts';
import { hourMs } from '../core/time.ts';

type Value = string | null;

/** A tuple, and what was judged of it. */
export interface Counted {
  readonly tuple: readonly Value[];
  readonly matters: boolean;
  /** It found room among the tuples of its group. */
  readonly kept: boolean;
  count: number;
  first: number;
  last: number;
}

/** Tuples by their values, one after the other. */
type Branch = Map<Value, Branch | Counted>;

const mostShapes = 4096;

class CountedGroup {
  readonly counted: Counted[] = [];
  overflow = 0;
  readonly #group: number;
  readonly #names: readonly CountedName[];
  readonly #limit: number;
  readonly #root: Branch = new Map();
  readonly #values: Value[];
  /** The tuple of rows that have none of its values. */
  #empty: Counted | undefined = undefined;
  /** Shapes that were made before, by name and value. */
  readonly #shapes: readonly Map<string, Value>[];

  constructor(group: number, names: readonly string[], limit: number) {
    this.#group = group;
    this.#names = names.map((name) => countedName(name));
    this.#limit = limit;
    this.#values = names.map(() => null);
    this.#shapes = names.map(() => new Map<string, Value>());
  }

  /** The row's tuple, not counted yet; one that finds no room is not kept. @param value null: the row has none of the fields */
  of(value: ((name: string) => Value) | null, judge: JudgeTuple): Counted {
    const known = value === null ? this.#empty : this.#find(value);
    if (known !== undefined) return known;
    if (value === null) this.#values.fill(null);
    const tuple = this.#values.slice();
    const fresh: Counted = {
      tuple,
      matters: judge(this.#group, tuple),
      kept: this.counted.length < this.#limit,
      count: 0,
      first: Number.NaN,
      last: Number.NaN,
    };
    if (fresh.kept) this.#enter(fresh);
    return fresh;
  }

  count(known: Counted, timeMs: number): void {
    if (!known.kept) {
      this.overflow++;
      return;
    }
    known.count++;
    if (!(timeMs >= known.first)) known.first = Number.isNaN(timeMs) ? known.first : timeMs;
    if (!(timeMs <= known.last)) known.last = Number.isNaN(timeMs) ? known.last : timeMs;
  }

  #find(value: (name: string) => Value): Counted | undefined {
    const values = this.#values;
    const last = values.length - 1;
    let branch: Branch | undefined = this.#root;
    for (let i = 0; i < last; i++) {
      const one = (values[i] = this.#valueOf(i, value));
      branch = branch?.get(one) as Branch | undefined;
    }
    const end = (values[last] = this.#valueOf(last, value));
    return branch?.get(end) as Counted | undefined;
  }

  #valueOf(index: number, value: (name: string) => Value): Value {
    const { field, shape } = this.#names[index]!;
    const text = value(field) || null;
    if (text === null || shape === null) return text;
    const shapes = this.#shapes[index]!;
    let made = shapes.get(text);
    if (made === undefined) {
      made = shapeOf(shape, text);
      if (shapes.size >= mostShapes) shapes.clear();
      shapes.set(text, made);
    }
    return made;
  }

  #enter(fresh: Counted): void {
    const last = fresh.tuple.length - 1;
    let branch = this.#root;
    for (const one of fresh.tuple.slice(0, last)) {
      let next = branch.get(one) as Branch | undefined;
      if (next === undefined) branch.set(one, (next = new Map()));
      branch = next;
    }
    branch.set(fresh.tuple[last]!, fresh);
    this.counted.push(fresh);
    if (fresh.tuple.every((one) => one === null)) this.#empty = fresh;
  }
}

/** What one record, or many that are alike, are counted as: a tuple of each group. */
export interface Tuples {
  readonly counted: readonly Counted[];
  /** One of them is judged to matter. */
  readonly matters: boolean;
}

export class Tally {
  readonly #demand: Demand;
  readonly #hours = new Map<number, number>();
  readonly #groups: readonly CountedGroup[];
  #hour = Number.NaN;
  #inHour = 0;
  #rows = 0;
  #firstMs = Number.NaN;
  #lastMs = Number.NaN;

  constructor(demand: Demand) {
    this.#demand = demand;
    this.#groups = demand.groups.map((names, group) => new CountedGroup(group, names, demand.groupLimit));
  }

  /**
   * Counts one record; true: one of its tuples is judged to matter.
   * @param timeMs NaN: none that counts
   * @param has groups of which the record can have a value; undefined: any
   */
  add(value: (name: string) => Value, timeMs: number, judge: JudgeTuple, has?: readonly boolean[]): boolean {
    const tuples = this.tuplesOf(value, judge, has);
    this.count(tuples, timeMs);
    return tuples.matters;
  }

  /** What a record is counted as. The same for all records of this block that have the same values in every field that is counted or asked for. */
  tuplesOf(value: (name: string) => Value, judge: JudgeTuple, has?: readonly boolean[]): Tuples {
    const counted = this.#groups.map((group, index) => group.of(has === undefined || has[index]! ? value : null, judge));
    let matters = counted.some((one) => one.matters);
    for (const [index, names] of (this.#demand.asked ?? []).entries()) {
      const tuple = names.map((name) => value(name) || null);
      if (judge(this.#groups.length + index, tuple)) matters = true;
    }
    return { counted, matters };
  }

  /** Counts one record of which it is known what it is counted as. @param timeMs NaN: none that counts */
  count({ counted }: Tuples, timeMs: number): void {
    this.#rows++;
    if (Number.isFinite(timeMs)) {
      const hour = Math.floor(timeMs / hourMs);
      if (hour !== this.#hour) {
        this.#endHour();
        this.#hour = hour;
      }
      this.#inHour++;
      if (!(timeMs >= this.#firstMs)) this.#firstMs = timeMs;
      if (!(timeMs <= this.#lastMs)) this.#lastMs = timeMs;
    }
    for (let group = 0; group < counted.length; group++) this.#groups[group]!.count(counted[group]!, timeMs);
  }

  #endHour(): void {
    if (this.#inHour > 0) this.#hours.set(this.#hour, (this.#hours.get(this.#hour) ?? 0) + this.#inHour);
    this.#inHour = 0;
  }

  /** @param at where the block begins */
  facts(at: number, problems: Problems): Pick<BlockFacts, 'rows' | 'firstMs' | 'lastMs' | 'hours' | 'groups'> {
    this.#endHour();
    for (const [group, { overflow }] of this.#groups.entries())
      if (overflow > 0 && !isShaped(this.#demand.groups[group]!))
        problems.add('row.groups_overflow', at, { found: `${overflow} rows` });
    const hours = [...this.#hours].sort((a, b) => a[0] - b[0]);
    return {
      rows: this.#rows,
      firstMs: this.#firstMs,
      lastMs: this.#lastMs,
      hours: { hours: hours.map(([hour]) => hour), counts: hours.map(([, rows]) => rows) },
      groups: this.#groups.map(({ counted, overflow }) => ({
        tuples: counted.map((entry) => entry.tuple),
        counts: counted.map((entry) => entry.count),
        firstMs: counted.map((entry) => entry.first),
        lastMs: counted.map((entry) => entry.last),
        overflow,
      })),
    };
  }
}
