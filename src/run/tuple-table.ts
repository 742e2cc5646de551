/**
 * What was counted of one group of a part: while blocks come in in numbers beside the keys, when no more come as a piece of bytes on the
 * {@link Shelf}, from which tuples are made again in the same order when somebody asks.
 */
import type { TupleCount } from './observed.ts';
import { PackedTable } from './packed-table.ts';
import type { Shelf } from './shelf.ts';

export type Tuple = readonly (string | null)[];

/** Counts by tuple; a tuple's key is its JSON. */
export interface TupleTable {
  readonly size: number;
  /** For each field, whether a tuple ever has a value there; empty where there are no tuples. */
  readonly filled: readonly boolean[];
  list(): readonly TupleCount[];
  /** Rows of a tuple; 0: none. */
  countOf(key: string): number;
}

export const emptyTable: TupleTable = { size: 0, filled: [], list: () => [], countOf: () => 0 };

export class ShelvedTable implements TupleTable {
  readonly size: number;
  readonly filled: readonly boolean[];
  readonly #fetch: () => Uint8Array<ArrayBuffer>;
  /** Fetched when something is looked up first. */
  #packed: PackedTable | null = null;

  constructor(shelf: Shelf, at: number, bytes: number, size: number, filled: readonly boolean[]) {
    this.size = size;
    this.filled = filled;
    this.#fetch = () => shelf.get(at, bytes);
  }

  list(): readonly TupleCount[] {
    return (this.#packed ?? new PackedTable(this.#fetch())).list();
  }

  countOf(key: string): number {
    return (this.#packed ??= new PackedTable(this.#fetch())).countOf(key);
  }
}
