/**
 * What was counted of one group of a part: while blocks come in in numbers beside the keys, when no more come as a piece of bytes on the
 * {@link Shelf}, from which tuples are made again in the same order when somebody asks.
 */
import type { TupleCount } from './observed.ts';
import { hashesOf, mayHold, PackedTable } from './packed-table.ts';
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

/** Tables of so many tuples are kept whole when something was looked up in them, of larger ones the hashes of their keys. */
const smallTable = 4096;

export class ShelvedTable implements TupleTable {
  readonly size: number;
  readonly filled: readonly boolean[];
  readonly #shelf: Shelf;
  readonly #at: number;
  readonly #bytes: number;
  #packed: PackedTable | null = null;
  #hashed: Float64Array | null = null;

  constructor(shelf: Shelf, at: number, bytes: number, size: number, filled: readonly boolean[]) {
    this.size = size;
    this.filled = filled;
    this.#shelf = shelf;
    this.#at = at;
    this.#bytes = bytes;
  }

  list(): readonly TupleCount[] {
    return this.#table().list();
  }

  countOf(key: string): number {
    if (this.size <= smallTable) return (this.#packed ??= this.#table()).countOf(key);
    if (this.#hashed === null) {
      const { at, bytes } = hashesOf(this.size);
      this.#hashed = new Float64Array(this.#shelf.get(this.#at + at, bytes).buffer);
    }
    return mayHold(this.#hashed, key) ? this.#table().countOf(key) : 0;
  }

  #table(): PackedTable {
    return this.#packed ?? new PackedTable(this.#shelf.get(this.#at, this.#bytes));
  }
}
