/** What is counted of the records of one block by scanners that have each record in hand: tuples, hours, the first and last time. */
import { type CountedName, countedName, isShaped, shapeOf } from '../core/field-shape.ts';
import type { Problems } from '../core/problem.ts';
import type { BlockFacts, Demand, JudgeTuple } from '../core/record.ts';
import { hourMs } from '../core/time.ts';

type Value = string | null;

/** A tuple, and what was judged of it. */
interface Counted {
  readonly tuple: readonly Value[];
  readonly matters: boolean;
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

  /** The row's tuple, counted; true: it is judged to matter. @param value null: the row has none of the fields */
  add(value: ((name: string) => Value) | null, timeMs: number, judge: JudgeTuple): boolean {
    const known = value === null ? this.#empty : this.#find(value);
    if (known !== undefined) {
      known.count++;
      if (timeMs < known.first || Number.isNaN(known.first)) known.first = timeMs;
      if (timeMs > known.last || Number.isNaN(known.last)) known.last = timeMs;
      return known.matters;
    }
    if (value === null) this.#values.fill(null);
    const tuple = this.#values.slice();
    if (this.counted.length >= this.#limit) {
      this.overflow++;
      return judge(this.#group, tuple);
    }
    const fresh: Counted = { tuple, matters: judge(this.#group, tuple), count: 1, first: timeMs, last: timeMs };
    this.#enter(fresh);
    return fresh.matters;
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
    let candidate = false;
    for (let group = 0; group < this.#groups.length; group++)
      if (this.#groups[group]!.add(has === undefined || has[group]! ? value : null, timeMs, judge)) candidate = true;
    const { asked } = this.#demand;
    if (asked !== undefined)
      for (const [index, names] of asked.entries()) {
        const tuple = names.map((name) => value(name) || null);
        if (judge(this.#groups.length + index, tuple)) candidate = true;
      }
    return candidate;
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
