/** What is counted of the records of one block by scanners that have each record in hand: tuples, hours, the first and last time. */
import { countedName, isShaped, shapeOf } from '../core/field-shape.ts';
import type { Problems } from '../core/problem.ts';
import type { BlockFacts, Demand, JudgeTuple } from '../core/record.ts';
import { hourMs } from '../core/time.ts';

interface Counted {
  readonly tuple: readonly (string | null)[];
  count: number;
  first: number;
  last: number;
}

export class Tally {
  readonly #demand: Demand;
  readonly #fields: readonly (readonly ReturnType<typeof countedName>[])[];
  readonly #hours = new Map<number, number>();
  readonly #groups: readonly { readonly seen: Map<string, Counted>; overflow: number }[];
  #rows = 0;
  #firstMs = Number.NaN;
  #lastMs = Number.NaN;

  constructor(demand: Demand) {
    this.#demand = demand;
    this.#fields = demand.groups.map((names) => names.map((name) => countedName(name)));
    this.#groups = demand.groups.map(() => ({ seen: new Map<string, Counted>(), overflow: 0 }));
  }

  /** Counts one record; true: one of its tuples is judged to matter. @param timeMs NaN: none that counts */
  add(value: (name: string) => string | null, timeMs: number, judge: JudgeTuple): boolean {
    this.#rows++;
    if (Number.isFinite(timeMs)) {
      const hour = Math.floor(timeMs / hourMs);
      this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + 1);
      if (!(timeMs >= this.#firstMs)) this.#firstMs = timeMs;
      if (!(timeMs <= this.#lastMs)) this.#lastMs = timeMs;
    }
    let candidate = false;
    for (const [group, names] of this.#fields.entries()) {
      const tuple = names.map(({ field, shape }) => {
        const text = value(field) || null;
        return text === null || shape === null ? text : shapeOf(shape, text);
      });
      const into = this.#groups[group]!;
      // Each value behind its length: no value can look like two.
      let key = '';
      for (const one of tuple) key += one === null ? '-' : `${one.length}:${one}`;
      const known = into.seen.get(key);
      if (known !== undefined) {
        known.count++;
        if (timeMs < known.first || Number.isNaN(known.first)) known.first = timeMs;
        if (timeMs > known.last || Number.isNaN(known.last)) known.last = timeMs;
      } else if (into.seen.size < this.#demand.groupLimit) into.seen.set(key, { tuple, count: 1, first: timeMs, last: timeMs });
      else into.overflow++;
      if (judge(group, tuple)) candidate = true;
    }
    for (const [index, names] of (this.#demand.asked ?? []).entries()) {
      const tuple = names.map((name) => value(name) || null);
      if (judge(this.#demand.groups.length + index, tuple)) candidate = true;
    }
    return candidate;
  }

  /** @param at where the block begins */
  facts(at: number, problems: Problems): Pick<BlockFacts, 'rows' | 'firstMs' | 'lastMs' | 'hours' | 'groups'> {
    for (const [group, { overflow }] of this.#groups.entries())
      if (overflow > 0 && !isShaped(this.#demand.groups[group]!))
        problems.add('row.groups_overflow', at, { found: `${overflow} rows` });
    const hours = [...this.#hours].sort((a, b) => a[0] - b[0]);
    return {
      rows: this.#rows,
      firstMs: this.#firstMs,
      lastMs: this.#lastMs,
      hours: { hours: hours.map(([hour]) => hour), counts: hours.map(([, rows]) => rows) },
      groups: this.#groups.map(({ seen, overflow }) => {
        const entries = [...seen.values()];
        return {
          tuples: entries.map((entry) => entry.tuple),
          counts: entries.map((entry) => entry.count),
          firstMs: entries.map((entry) => entry.first),
          lastMs: entries.map((entry) => entry.last),
          overflow,
        };
      }),
    };
  }
}
