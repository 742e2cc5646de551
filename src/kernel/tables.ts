/**
 * Tables of distinct values and tuples of one block. Bounded in size and in probing, so that neither many values nor values made
 * to collide can cost more than a constant per row; what does not fit is told to the caller and judged row by row.
 *
 * They stand in plain arrays of numbers, in memory that the skimmer can see: it looks up and counts in them, and enters what was
 * met in earlier blocks, hash for hash as it is done here.
 */
import { cellText } from './cells.ts';
import type { Memo } from './memo.ts';
import type { Room } from './room.ts';

const probeLimit = 32;
/** Room in a table. A table has at least this much, so that small demands do not make it slow. */
const leastSlots = 1024;

function slotsFor(limit: number): number {
  let capacity = leastSlots;
  while (capacity < limit * 2) capacity *= 2;
  return capacity;
}

/** Distinct values of one field. Id 0 is "no value". */
export class ValueTable {
  readonly limit: number;
  readonly slots: Int32Array;
  readonly mask: number;
  /** Four numbers an id: hash, start, end, {@link doubledQuotes} or 0. */
  readonly entries: Int32Array;
  /** By id: its number in the memo; 0: none. */
  readonly known: Int32Array;
  /** One number: the next id. */
  readonly next: Int32Array;
  /** Null for a block that the memo's owner does not hold. */
  #memo: Memo | null = null;
  /** The block's bytes, also four at a time. */
  #bytes: Uint8Array = new Uint8Array(0);
  #words: DataView = new DataView(this.#bytes.buffer);
  /** Decoded values, made when asked for; those of {@link internText} from the beginning. */
  #texts: (string | undefined)[] = [];
  readonly #byText = new Map<string, number>();
  /** The value of the row before: most fields repeat. */
  #last = 0;

  constructor(limit: number, room: Room) {
    this.limit = limit;
    const capacity = slotsFor(limit);
    this.slots = room.int32(capacity);
    this.mask = capacity - 1;
    this.entries = room.int32((limit + 1) * 4);
    this.known = room.int32(limit + 1);
    this.next = room.int32(1);
    this.next[0] = 1;
  }

  get count(): number {
    return this.next[0]!;
  }

  /** Empties the table for the values of another block. */
  begin(bytes: Uint8Array, memo: Memo | null = null): void {
    this.#bytes = bytes;
    this.#memo = memo;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.slots.fill(0);
    this.#texts = [];
    this.#byText.clear();
    this.#last = 0;
    this.next[0] = 1;
  }

  /** The id of a cell's value, or -1 when there is no room. `doubled`: quotes in it stand for one each. */
  intern(start: number, end: number, doubled: number): number {
    if (this.#last !== 0 && this.#equal(this.#last, start, end, doubled)) return this.#last;
    const hash = hashBytes(this.#words, start, end);
    const { slots, entries, mask } = this;
    let slot = hash & mask;
    for (let probe = 0; probe < probeLimit; probe++) {
      const id = slots[slot]!;
      if (id === 0) {
        const fresh = this.next[0]!;
        if (fresh > this.limit) return -1;
        this.next[0] = fresh + 1;
        slots[slot] = fresh;
        entries[fresh * 4] = hash;
        entries[fresh * 4 + 1] = start;
        entries[fresh * 4 + 2] = end;
        entries[fresh * 4 + 3] = doubled;
        this.known[fresh] = this.#memo?.rememberValue(hash, start, end, doubled) ?? 0;
        this.#last = fresh;
        return fresh;
      }
      if (entries[id * 4] === hash && this.#equal(id, start, end, doubled)) {
        this.#last = id;
        return id;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** The id of a value that is no cell (a part of one); -1 when there is no room. */
  internText(text: string): number {
    const seen = this.#byText.get(text);
    if (seen !== undefined) return seen;
    const fresh = this.next[0]!;
    if (fresh > this.limit) return -1;
    this.next[0] = fresh + 1;
    this.known[fresh] = 0;
    // Stands in no slot and equals no cell.
    this.entries.fill(-1, fresh * 4, fresh * 4 + 4);
    this.#texts[fresh] = text;
    this.#byText.set(text, fresh);
    return fresh;
  }

  text(id: number): string | null {
    if (id === 0) return null;
    const { entries } = this;
    const known = this.known[id]!;
    const texts = this.#memo?.texts;
    if (known !== 0 && texts !== undefined) {
      return (texts[known] ??= cellText(this.#bytes, entries[id * 4 + 1]!, entries[id * 4 + 2]!, entries[id * 4 + 3]!));
    }
    return (this.#texts[id] ??= cellText(this.#bytes, entries[id * 4 + 1]!, entries[id * 4 + 2]!, entries[id * 4 + 3]!));
  }

  #equal(id: number, start: number, end: number, doubled: number): boolean {
    const { entries } = this;
    const at = entries[id * 4 + 1]!;
    if (entries[id * 4 + 2]! - at !== end - start || entries[id * 4 + 3] !== doubled || at < 0) return false;
    const words = this.#words;
    // From the end: addresses, agents and paths differ there.
    let i = end - 4;
    const shift = at - start;
    for (; i >= start; i -= 4) if (words.getInt32(i, true) !== words.getInt32(i + shift, true)) return false;
    for (let k = i + 3; k >= start; k--) if (this.#bytes[k] !== this.#bytes[k + shift]) return false;
    return true;
  }
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** Every byte counts: values that differ anywhere fall on different places. The skimmer's is the same. */
function hashBytes(words: DataView, start: number, end: number): number {
  const length = end - start;
  let a = length ^ 0x9e3779b9;
  let b = 0x85ebca6b | 0;
  if (length >= 8) {
    let i = start;
    for (; i + 8 <= end; i += 8) {
      a = rotate(Math.imul(a ^ words.getInt32(i, true), 0xcc9e2d51), 15);
      b = rotate(Math.imul(b ^ words.getInt32(i + 4, true), 0x1b873593), 13);
    }
    if (i < end) {
      a = rotate(Math.imul(a ^ words.getInt32(end - 8, true), 0xcc9e2d51), 15);
      b = rotate(Math.imul(b ^ words.getInt32(end - 4, true), 0x1b873593), 13);
    }
  } else if (length >= 4) {
    a = rotate(Math.imul(a ^ words.getInt32(start, true), 0xcc9e2d51), 15);
    b = rotate(Math.imul(b ^ words.getInt32(end - 4, true), 0x1b873593), 13);
  } else if (length > 0) {
    const few = words.getUint8(start) | (words.getUint8(start + (length >> 1)) << 8) | (words.getUint8(end - 1) << 16);
    a = rotate(Math.imul(a ^ few, 0xcc9e2d51), 15);
  }
  a ^= b + (a << 6) + (a >>> 2);
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  a = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return a ^ (a >>> 16);
}

/** What {@link TupleTable.find} answers when there is no room. */
export const noRoom = -0x80000000;

/** Distinct tuples of value ids, with counts, first and last time, and what was judged of them. */
export class TupleTable {
  readonly limit: number;
  readonly slots: Int32Array;
  readonly mask: number;
  readonly width: number;
  readonly ids: Int32Array;
  /** Three numbers a tuple: rows, first and last time. */
  readonly sums: Float64Array;
  /** Bit 0: every row that carries it is a candidate; bits 1 to 7: the doors that it opens. */
  readonly verdicts: Uint8Array;
  /** By index: its number in the memo; 0: none. */
  readonly known: Int32Array;
  /** One number: the next index. */
  readonly next: Int32Array;
  overflow = 0;

  constructor(width: number, limit: number, room: Room) {
    this.width = width;
    this.limit = limit;
    const capacity = slotsFor(limit);
    this.slots = room.int32(capacity);
    this.mask = capacity - 1;
    this.ids = room.int32(limit * width);
    this.sums = room.float64(limit * 3);
    this.verdicts = room.uint8(limit);
    this.known = room.int32(limit);
    this.next = room.int32(1);
  }

  get count(): number {
    return this.next[0]!;
  }

  clear(): void {
    this.slots.fill(-1);
    this.next[0] = 0;
    this.overflow = 0;
  }

  /** Index of the tuple; negative: new (`-1 - index`); {@link noRoom}. */
  find(ids: Int32Array): number {
    const width = this.width;
    let hash = width;
    for (let i = 0; i < width; i++) hash = Math.imul((hash ^ ids[i]!) + (hash >>> 13), 0x9e3779b1);
    hash ^= hash >>> 16;
    let slot = hash & this.mask;
    for (let probe = 0; probe < probeLimit; probe++) {
      const index = this.slots[slot]!;
      if (index === -1) {
        const fresh = this.next[0]!;
        if (fresh >= this.limit) return noRoom;
        this.next[0] = fresh + 1;
        this.known[fresh] = 0;
        this.slots[slot] = fresh;
        for (let i = 0; i < width; i++) this.ids[fresh * width + i] = ids[i]!;
        this.sums[fresh * 3] = 0;
        this.sums[fresh * 3 + 1] = Number.NaN;
        this.sums[fresh * 3 + 2] = Number.NaN;
        this.verdicts[fresh] = 0;
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
      slot = (slot + 1) & this.mask;
    }
    return noRoom;
  }

  add(index: number, timeMs: number): void {
    const { sums } = this;
    const at = index * 3;
    sums[at] = sums[at]! + 1;
    // Written so that NaN never wins and never sticks.
    if (Number.isNaN(timeMs)) return;
    if (!(timeMs >= sums[at + 1]!)) sums[at + 1] = timeMs;
    if (!(timeMs <= sums[at + 2]!)) sums[at + 2] = timeMs;
  }
}
