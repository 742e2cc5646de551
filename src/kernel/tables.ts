/**
 * Tables of distinct values and tuples of one block. Bounded in size and in probing, so that neither many values nor values made
 * to collide can cost more than a constant per row; what does not fit is told to the caller and judged row by row.
 */
import { cellText } from './cells.ts';

const probeLimit = 32;
/** Room in a table. A table has at least this much, so that small demands do not make it slow. */
const leastSlots = 1024;

/** Distinct values of one field. Id 0 is "no value". */
export class ValueTable {
  readonly #limit: number;
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #hashes: Int32Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #doubled: Uint8Array;
  /** The block's bytes, also four at a time. */
  #bytes: Uint8Array = new Uint8Array(0);
  #words: DataView = new DataView(this.#bytes.buffer);
  /** Decoded values, made when asked for; those of {@link internText} from the beginning. */
  #texts: (string | undefined)[] = [];
  readonly #byText = new Map<string, number>();
  /** The value of the row before: most fields repeat. */
  #last = 0;
  count = 1;

  constructor(limit: number) {
    this.#limit = limit;
    let capacity = leastSlots;
    while (capacity < limit * 2) capacity *= 2;
    this.#slots = new Int32Array(capacity);
    this.#mask = capacity - 1;
    this.#hashes = new Int32Array(limit + 1);
    this.#starts = new Int32Array(limit + 1);
    this.#ends = new Int32Array(limit + 1);
    this.#doubled = new Uint8Array(limit + 1);
  }

  /** Empties the table for the values of another block. */
  begin(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#slots.fill(0);
    this.#texts = [];
    this.#byText.clear();
    this.#last = 0;
    this.count = 1;
  }

  /** The id of a cell's value, or -1 when there is no room. `doubled`: quotes in it stand for one each. */
  intern(start: number, end: number, doubled: number): number {
    if (this.#last !== 0 && this.#equal(this.#last, start, end, doubled)) return this.#last;
    const hash = this.#hash(start, end);
    let slot = hash & this.#mask;
    for (let probe = 0; probe < probeLimit; probe++) {
      const id = this.#slots[slot]!;
      if (id === 0) {
        if (this.count > this.#limit) return -1;
        const fresh = this.count++;
        this.#slots[slot] = fresh;
        this.#hashes[fresh] = hash;
        this.#starts[fresh] = start;
        this.#ends[fresh] = end;
        this.#doubled[fresh] = doubled;
        this.#last = fresh;
        return fresh;
      }
      if (this.#hashes[id] === hash && this.#equal(id, start, end, doubled)) {
        this.#last = id;
        return id;
      }
      slot = (slot + 1) & this.#mask;
    }
    return -1;
  }

  /** The id of a value that is no cell (a part of one); -1 when there is no room. */
  internText(text: string): number {
    const seen = this.#byText.get(text);
    if (seen !== undefined) return seen;
    if (this.count > this.#limit) return -1;
    const fresh = this.count++;
    this.#hashes[fresh] = 0;
    this.#starts[fresh] = -1;
    this.#ends[fresh] = -1;
    this.#texts[fresh] = text;
    this.#byText.set(text, fresh);
    return fresh;
  }

  text(id: number): string | null {
    if (id === 0) return null;
    return (this.#texts[id] ??= cellText(this.#bytes, this.#starts[id]!, this.#ends[id]!, this.#doubled[id]!));
  }

  #hash(start: number, end: number): number {
    const words = this.#words;
    let hash = (end - start) | 0;
    let i = start;
    for (; i + 4 <= end; i += 4) {
      hash = Math.imul(hash ^ words.getInt32(i, true), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; i < end; i++) hash = Math.imul(hash ^ this.#bytes[i]!, 0x01000193);
    return hash ^ (hash >>> 15);
  }

  #equal(id: number, start: number, end: number, doubled: number): boolean {
    const at = this.#starts[id]!;
    if (this.#ends[id]! - at !== end - start || this.#doubled[id] !== doubled || at < 0) return false;
    const words = this.#words;
    // From the end: addresses, agents and paths differ there.
    let i = end - 4;
    const shift = at - start;
    for (; i >= start; i -= 4) if (words.getInt32(i, true) !== words.getInt32(i + shift, true)) return false;
    for (let k = i + 3; k >= start; k--) if (this.#bytes[k] !== this.#bytes[k + shift]) return false;
    return true;
  }
}

/** What {@link TupleTable.find} answers when there is no room. */
export const noRoom = -0x80000000;

/** Distinct tuples of value ids, with counts, first and last time, and whether they were judged to matter. */
export class TupleTable {
  readonly #limit: number;
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly width: number;
  readonly ids: Int32Array;
  readonly counts: Float64Array;
  readonly firstMs: Float64Array;
  readonly lastMs: Float64Array;
  readonly wanted: Uint8Array;
  count = 0;
  overflow = 0;

  constructor(width: number, limit: number) {
    this.width = width;
    this.#limit = limit;
    let capacity = leastSlots;
    while (capacity < limit * 2) capacity *= 2;
    this.#slots = new Int32Array(capacity).fill(-1);
    this.#mask = capacity - 1;
    this.ids = new Int32Array(limit * width);
    this.counts = new Float64Array(limit);
    this.firstMs = new Float64Array(limit);
    this.lastMs = new Float64Array(limit);
    this.wanted = new Uint8Array(limit);
  }

  clear(): void {
    this.#slots.fill(-1);
    this.count = 0;
    this.overflow = 0;
  }

  /** Index of the tuple; negative: new (`-1 - index`); {@link noRoom}. */
  find(ids: Int32Array): number {
    const width = this.width;
    let hash = width;
    for (let i = 0; i < width; i++) hash = Math.imul((hash ^ ids[i]!) + (hash >>> 13), 0x9e3779b1);
    hash ^= hash >>> 16;
    let slot = hash & this.#mask;
    for (let probe = 0; probe < probeLimit; probe++) {
      const index = this.#slots[slot]!;
      if (index === -1) {
        if (this.count >= this.#limit) return noRoom;
        const fresh = this.count++;
        this.#slots[slot] = fresh;
        for (let i = 0; i < width; i++) this.ids[fresh * width + i] = ids[i]!;
        this.counts[fresh] = 0;
        this.firstMs[fresh] = Number.NaN;
        this.lastMs[fresh] = Number.NaN;
        this.wanted[fresh] = 0;
        return -1 - fresh;
      }
      let same = true;
      for (let i = 0; i < width; i++) {
        if (this.ids[index * width + i] !== ids[i]) {
          same = false;
          break;
        }
      }
      if (same) return index;
      slot = (slot + 1) & this.#mask;
    }
    return noRoom;
  }

  add(index: number, timeMs: number): void {
    this.counts[index]!++;
    // Written so that NaN never wins and never sticks.
    if (timeMs < this.firstMs[index]! || Number.isNaN(this.firstMs[index]!)) this.firstMs[index] = timeMs;
    if (timeMs > this.lastMs[index]! || Number.isNaN(this.lastMs[index]!)) this.lastMs[index] = timeMs;
  }
}
