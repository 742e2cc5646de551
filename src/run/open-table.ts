/** Counts of one group of a part while its blocks come in. */
import type { TupleCount } from './observed.ts';
import type { Tuple, TupleTable } from './tuple-table.ts';

const cells = 4;

/**
 * While blocks come in. Of a tuple its key alone is kept, and numbers in a row: of a log in which each row is new there are hundreds of
 * thousands, and what is thrown away later is memory until then.
 */
export class OpenTable implements TupleTable {
  readonly #numbers = new Map<string, number>();
  /** Of each: count, first, last, block. */
  #cells = new Float64Array(16 * cells);

  get size(): number {
    return this.#numbers.size;
  }

  /** Its number; undefined: it was not counted yet. */
  find(key: string): number | undefined {
    return this.#numbers.get(key);
  }

  begin(key: string, count: number, firstMs: number, lastMs: number, block: number): number {
    const number = this.#numbers.size;
    if ((number + 1) * cells > this.#cells.length) {
      const larger = new Float64Array(this.#cells.length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#numbers.set(key, number);
    const at = number * cells;
    this.#cells[at] = count;
    this.#cells[at + 1] = firstMs;
    this.#cells[at + 2] = lastMs;
    this.#cells[at + 3] = block;
    return number;
  }

  count(number: number, count: number, firstMs: number, lastMs: number): void {
    const all = this.#cells;
    const at = number * cells;
    all[at]! += count;
    if (!(firstMs >= all[at + 1]!) && !Number.isNaN(firstMs)) all[at + 1] = firstMs;
    if (!(lastMs <= all[at + 2]!) && !Number.isNaN(lastMs)) all[at + 2] = lastMs;
  }

  get filled(): readonly boolean[] {
    const filled: boolean[] = [];
    for (const tuple of this.tuples())
      for (const [field, value] of tuple.entries()) filled[field] = filled[field] === true || value !== null;
    return filled;
  }

  list(): readonly TupleCount[] {
    return Array.from(this.#numbers, ([key, number]) => {
      const [count, firstMs, lastMs, block] = this.#cells.subarray(number * cells, number * cells + cells);
      return { tuple: tupleOf(key), count: count!, firstMs: firstMs!, lastMs: lastMs!, block: block! };
    });
  }

  countOf(key: string): number {
    const number = this.#numbers.get(key);
    return number === undefined ? 0 : this.#cells[number * cells]!;
  }

  keys(): Iterable<string> {
    return this.#numbers.keys();
  }

  *tuples(): Generator<Tuple> {
    for (const key of this.#numbers.keys()) yield tupleOf(key);
  }

  /** Of all, in their order: count, first, last or block. */
  column(cell: 0 | 1 | 2 | 3): Float64Array {
    return Float64Array.from({ length: this.size }, (_, number) => this.#cells[number * cells + cell]!);
  }
}

const tupleOf = (key: string): Tuple => JSON.parse(key) as Tuple;
