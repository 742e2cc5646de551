/**
 * A table of counted tuples as bytes: each text once, numbers in columns as narrow as they fit, and the keys by their hashes, so that one of
 * them is looked up without making all.
 */
import { byCodeUnit } from '../core/text.ts';
import type { TupleCount } from './observed.ts';
import type { OpenTable } from './open-table.ts';

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

/** Of the head, in numbers of eight bytes: tuples, fields, texts, bytes of a letter; then least value and width of each column. */
const headNumbers = 4;
const columns = 6;
const headBytes = (headNumbers + columns * 2) * 8;
/** More than there are tuples in a table: a hash and a number of a tuple make one number. */
const mostTuples = 1 << 17;

/**
 * Hash and number of each, sorted. Keys of one hash stand in the order of their code units: a log can be written so that all of its keys have
 * the same, and one of them is found among them as soon as any other.
 */
function hashesOfKeys(keys: readonly string[]): Float64Array {
  const hashed = Float64Array.from(keys, (key, number) => hashOf(key) * mostTuples + number).sort();
  for (let from = 0, to = 0; from < hashed.length; from = to) {
    const behind = (Math.floor(hashed[from]! / mostTuples) + 1) * mostTuples;
    for (to = from + 1; to < hashed.length && hashed[to]! < behind;) to++;
    if (to - from > 1) hashed.subarray(from, to).sort((a, b) => byCodeUnit(keys[a % mostTuples]!, keys[b % mostTuples]!));
  }
  return hashed;
}

/** With it, of each field whether a tuple ever has a value there. */
export function packTable(table: OpenTable): { readonly bytes: Uint8Array; readonly filled: readonly boolean[] } {
  const numbers = new Map<string, number>();
  const ids: number[] = [];
  const ends: number[] = [];
  const filled: boolean[] = [];
  let [fields, characters, wide] = [0, 0, 0];
  for (const tuple of table.tuples()) {
    fields = tuple.length;
    for (const [field, text] of tuple.entries()) {
      filled[field] = filled[field] === true || text !== null;
      if (text === null) {
        ids.push(Number.NaN);
        continue;
      }
      let number = numbers.get(text);
      if (number === undefined) {
        numbers.set(text, (number = numbers.size));
        characters += text.length;
        ends.push(characters);
        for (let i = 0; wide < 0x100 && i < text.length; i++) wide |= text.charCodeAt(i);
      }
      ids.push(number);
    }
  }
  const hashed = hashesOfKeys([...table.keys()]);
  const letters = wide > 0xff ? 2 : 1;
  const made = [ids, ends, table.column(0), table.column(1), table.column(2), table.column(3)].map(
    (values) => new Column(values),
  );
  const hashBytes = hashed.length * 8;
  let size = headBytes + hashBytes;
  const places = made.map(({ width, values }) => {
    const at = size;
    size += aligned(width * values.length);
    return at;
  });
  const lettersAt = size;
  const buffer = new ArrayBuffer(size + characters * letters);
  const head = new Float64Array(buffer, 0, headNumbers + columns * 2);
  head.set([table.size, fields, numbers.size, letters]);
  new Float64Array(buffer, headBytes, hashed.length).set(hashed);
  for (const [index, column] of made.entries()) {
    head[headNumbers + index * 2] = column.least;
    head[headNumbers + index * 2 + 1] = column.width;
    column.write(buffer, places[index]!);
  }
  const into = letters === 1 ? new Uint8Array(buffer, lettersAt, characters) : new Uint16Array(buffer, lettersAt, characters);
  let at = 0;
  for (const text of numbers.keys()) for (let i = 0; i < text.length; i++) into[at++] = text.charCodeAt(i);
  return { bytes: new Uint8Array(buffer), filled };
}

/** Where the hashes of a table of so many tuples stand in what {@link packTable} made. */
export const hashesOf = (size: number): { readonly at: number; readonly bytes: number } => ({ at: headBytes, bytes: size * 8 });

function firstOf(hashed: Float64Array, least: number): number {
  let low = 0;
  let high = hashed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hashed[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** False: no tuple has this key. */
export function mayHold(hashed: Float64Array, key: string): boolean {
  const hash = hashOf(key);
  const found = hashed[firstOf(hashed, hash * mostTuples)];
  return found !== undefined && Math.floor(found / mostTuples) === hash;
}

export class PackedTable {
  readonly #size: number;
  readonly #fields: number;
  readonly #texts: number;
  readonly #hashed: Float64Array;
  readonly #id: Read;
  readonly #end: Read;
  readonly #numbers: readonly [count: Read, firstMs: Read, lastMs: Read, block: Read];
  readonly #letters: Uint8Array | Uint16Array;

  /** @param bytes what {@link packTable} made, in a buffer of their own */
  constructor({ buffer }: Uint8Array<ArrayBuffer>) {
    const head = new Float64Array(buffer, 0, headNumbers + columns * 2);
    this.#size = head[0]!;
    this.#fields = head[1]!;
    this.#texts = head[2]!;
    this.#hashed = new Float64Array(buffer, headBytes, this.#size);
    let at = headBytes + this.#size * 8;
    const next = (index: number, length: number): Read => {
      const [least, width] = [head[headNumbers + index * 2]!, head[headNumbers + index * 2 + 1]!];
      const read = reading(buffer, at, length, width, least);
      at += aligned(width * length);
      return read;
    };
    this.#id = next(0, this.#size * this.#fields);
    this.#end = next(1, this.#texts);
    this.#numbers = [next(2, this.#size), next(3, this.#size), next(4, this.#size), next(5, this.#size)];
    this.#letters = head[3] === 1 ? new Uint8Array(buffer, at) : new Uint16Array(buffer, at);
  }

  list(): TupleCount[] {
    const texts = Array.from({ length: this.#texts }, (_, text) => this.#text(text));
    const [count, firstMs, lastMs, block] = this.#numbers;
    const list: TupleCount[] = [];
    for (let index = 0; index < this.#size; index++) {
      const tuple = this.#tuple(index, (text) => texts[text]!);
      list.push({ tuple, count: count(index), firstMs: firstMs(index), lastMs: lastMs(index), block: block(index) });
    }
    return list;
  }

  countOf(key: string): number {
    const hash = hashOf(key);
    let low = firstOf(this.#hashed, hash * mostTuples);
    let high = firstOf(this.#hashed, (hash + 1) * mostTuples);
    while (low < high) {
      const middle = (low + high) >> 1;
      const index = this.#hashed[middle]! % mostTuples;
      const there = JSON.stringify(this.#tuple(index, (text) => this.#text(text)));
      if (there === key) return this.#numbers[0](index);
      if (there < key) low = middle + 1;
      else high = middle;
    }
    return 0;
  }

  #tuple(index: number, textAt: (text: number) => string): (string | null)[] {
    const tuple: (string | null)[] = [];
    for (let field = 0; field < this.#fields; field++) {
      const number = this.#id(index * this.#fields + field);
      tuple.push(Number.isNaN(number) ? null : textAt(number));
    }
    return tuple;
  }

  #text(text: number): string {
    return textOf(this.#letters.subarray(text === 0 ? 0 : this.#end(text - 1), this.#end(text)));
  }
}
