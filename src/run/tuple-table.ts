/**
 * What was counted of one group of a part: while blocks come in, tuples by their text; when no more come, a piece of bytes on the
 * {@link Shelf}, from which they are made again in the same order when somebody asks.
 */
import type { TupleCount } from './observed.ts';
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
    for (const key of this.#numbers.keys())
      for (const [field, value] of tupleOf(key).entries()) filled[field] = filled[field] === true || value !== null;
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

  get keys(): Iterable<string> {
    return this.#numbers.keys();
  }

  /** Of all, in their order: count, first, last or block. */
  column(cell: 0 | 1 | 2 | 3): Float64Array {
    return Float64Array.from({ length: this.size }, (_, number) => this.#cells[number * cells + cell]!);
  }
}

const tupleOf = (key: string): Tuple => JSON.parse(key) as Tuple;

export const emptyTable: TupleTable = { size: 0, filled: [], list: () => [], countOf: () => 0 };

/** FNV-1a over code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Characters that are put together at once. */
const stretch = 4096;

function textOf(units: Uint8Array | Uint16Array): string {
  if (units.length <= stretch) return String.fromCharCode.apply(null, units as unknown as number[]);
  const pieces: string[] = [];
  for (let at = 0; at < units.length; at += stretch)
    pieces.push(String.fromCharCode.apply(null, units.subarray(at, at + stretch) as unknown as number[]));
  return pieces.join('');
}

/**
 * Numbers of a column in as few bytes as each fits: one, two or four without a sign, above a least one; or as they are. NaN is the
 * number 0 of those that are made smaller.
 */
class Column {
  readonly width: 1 | 2 | 4 | 8;
  readonly least: number;
  readonly values: ArrayLike<number>;

  constructor(values: ArrayLike<number>) {
    this.values = values;
    let [least, most] = [Infinity, -Infinity];
    let whole = true;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) whole = false;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    const span = most < least ? 0 : most - least + 1;
    this.least = most < least ? 0 : least;
    this.width = !whole || span > 0xffff_ffff ? 8 : span > 0xffff ? 4 : span > 0xff ? 2 : 1;
  }

  write(into: ArrayBuffer, at: number): void {
    const { values, least, width } = this;
    if (width === 8) {
      new Float64Array(into, at, values.length).set(values);
      return;
    }
    const cells = cellsOf(into, at, values.length, width);
    for (let i = 0; i < values.length; i++) cells[i] = Number.isNaN(values[i]!) ? 0 : values[i]! - least + 1;
  }
}

function cellsOf(buffer: ArrayBuffer, at: number, length: number, width: number): Uint8Array | Uint16Array | Uint32Array {
  if (width === 1) return new Uint8Array(buffer, at, length);
  return width === 2 ? new Uint16Array(buffer, at, length) : new Uint32Array(buffer, at, length);
}

type Read = (index: number) => number;

function reading(buffer: ArrayBuffer, at: number, length: number, width: number, least: number): Read {
  if (width === 8) {
    const cells = new Float64Array(buffer, at, length);
    return (index) => cells[index]!;
  }
  const cells = cellsOf(buffer, at, length, width);
  return (index) => (cells[index] === 0 ? Number.NaN : cells[index]! - 1 + least);
}

const aligned = (bytes: number): number => (bytes + 7) & ~7;

/** Tuples from which on a key is looked up by its hash before all are made. */
const hashedFrom = 64;
/** Of the head, in numbers of eight bytes: tuples, fields, texts, bytes of a letter; then least value and width of each column. */
const headNumbers = 4;
const columns = 6;
const headBytes = (headNumbers + columns * 2) * 8;

/** Hashes first, so that they can be fetched alone. */
export function packTable(table: OpenTable): Uint8Array {
  const numbers = new Map<string, number>();
  const ids: number[] = [];
  const lengths: number[] = [];
  let [fields, characters, wide] = [0, 0, 0];
  for (const key of table.keys) {
    const tuple = tupleOf(key);
    fields = tuple.length;
    for (const text of tuple) {
      if (text === null) {
        ids.push(Number.NaN);
        continue;
      }
      let number = numbers.get(text);
      if (number === undefined) {
        numbers.set(text, (number = numbers.size));
        lengths.push(text.length);
        characters += text.length;
        for (let i = 0; wide < 0x100 && i < text.length; i++) wide |= text.charCodeAt(i);
      }
      ids.push(number);
    }
  }
  const hashed = table.size >= hashedFrom ? Uint32Array.from(table.keys, hashOf).sort() : new Uint32Array(0);
  const letters = wide > 0xff ? 2 : 1;
  const made = [ids, lengths, table.column(0), table.column(1), table.column(2), table.column(3)].map(
    (values) => new Column(values),
  );
  const hashBytes = aligned(hashed.length * 4);
  let size = hashBytes + headBytes;
  const places = made.map(({ width, values }) => {
    const at = size;
    size += aligned(width * values.length);
    return at;
  });
  const lettersAt = size;
  const buffer = new ArrayBuffer(size + characters * letters);
  new Uint32Array(buffer, 0, hashed.length).set(hashed);
  const head = new Float64Array(buffer, hashBytes, headNumbers + columns * 2);
  head.set([table.size, fields, numbers.size, letters]);
  for (const [index, column] of made.entries()) {
    head[headNumbers + index * 2] = column.least;
    head[headNumbers + index * 2 + 1] = column.width;
    column.write(buffer, places[index]!);
  }
  const into = letters === 1 ? new Uint8Array(buffer, lettersAt, characters) : new Uint16Array(buffer, lettersAt, characters);
  let at = 0;
  for (const text of numbers.keys()) for (let i = 0; i < text.length; i++) into[at++] = text.charCodeAt(i);
  return new Uint8Array(buffer);
}

function unpackTable(bytes: Uint8Array, hashBytes: number): TupleCount[] {
  const buffer = bytes.buffer as ArrayBuffer;
  const head = new Float64Array(buffer, hashBytes, headNumbers + columns * 2);
  const [size, fields, texts, letters] = [head[0]!, head[1]!, head[2]!, head[3]!];
  let at = hashBytes + headBytes;
  const next = (index: number, length: number): Read => {
    const [least, width] = [head[headNumbers + index * 2]!, head[headNumbers + index * 2 + 1]!];
    const read = reading(buffer, at, length, width, least);
    at += aligned(width * length);
    return read;
  };
  const id = next(0, size * fields);
  const length = next(1, texts);
  const [count, firstMs, lastMs, block] = [next(2, size), next(3, size), next(4, size), next(5, size)];
  const all: string[] = [];
  for (let text = 0; text < texts; text++) {
    const long = length(text);
    all.push(textOf(letters === 1 ? new Uint8Array(buffer, at, long) : new Uint16Array(buffer, at, long)));
    at += long * letters;
  }
  const list: TupleCount[] = [];
  for (let index = 0; index < size; index++) {
    const tuple: (string | null)[] = [];
    for (let field = 0; field < fields; field++) {
      const number = id(index * fields + field);
      tuple.push(Number.isNaN(number) ? null : all[number]!);
    }
    list.push({ tuple, count: count(index), firstMs: firstMs(index), lastMs: lastMs(index), block: block(index) });
  }
  return list;
}

export class ShelvedTable implements TupleTable {
  readonly size: number;
  readonly filled: readonly boolean[];
  readonly #shelf: Shelf;
  readonly #at: number;
  readonly #bytes: number;
  /** Fetched when they are needed first. */
  #hashes: Uint32Array | null = null;
  #counts: ReadonlyMap<string, number> | null = null;

  constructor(shelf: Shelf, at: number, bytes: number, size: number, filled: readonly boolean[]) {
    this.filled = filled;
    this.#shelf = shelf;
    this.#at = at;
    this.#bytes = bytes;
    this.size = size;
  }

  get #hashed(): number {
    return this.size >= hashedFrom ? this.size : 0;
  }

  list(): readonly TupleCount[] {
    return unpackTable(this.#shelf.get(this.#at, this.#bytes), aligned(this.#hashed * 4));
  }

  countOf(key: string): number {
    if (this.#counts === null && this.#hashed > 0) {
      this.#hashes ??= new Uint32Array(this.#shelf.get(this.#at, this.#hashed * 4).buffer);
      if (!holds(this.#hashes, hashOf(key))) return 0;
    }
    this.#counts ??= new Map(this.list().map(({ tuple, count }) => [JSON.stringify(tuple), count]));
    return this.#counts.get(key) ?? 0;
  }
}

function holds(sorted: Uint32Array, wanted: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}
