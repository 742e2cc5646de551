/**
 * Tables of distinct values and tuples of one block. Bounded in size and in probing, so that neither many values nor values made
 * to collide can cost more than a constant per row; what does not fit is told to the caller and judged row by row.
 */

const probeLimit = 32;

/** Distinct byte strings of one field. Id 0 is "no value". */
export class ValueTable {
  readonly #limit: number;
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly hashes: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly quoted: Uint8Array;
  count = 1;

  constructor(limit: number) {
    this.#limit = limit;
    let capacity = 1024;
    while (capacity < limit * 2) capacity *= 2;
    this.#slots = new Int32Array(capacity);
    this.#mask = capacity - 1;
    this.hashes = new Int32Array(limit + 1);
    this.starts = new Int32Array(limit + 1);
    this.ends = new Int32Array(limit + 1);
    this.quoted = new Uint8Array(limit + 1);
  }

  clear(): void {
    this.#slots.fill(0);
    this.count = 1;
  }

  /** The value's id, or -1 when the table is full. */
  intern(bytes: Uint8Array, start: number, end: number, quoted: number): number {
    let hash = (end - start) | 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    hash ^= hash >>> 15;
    let slot = hash & this.#mask;
    for (let probe = 0; probe < probeLimit; probe++) {
      const id = this.#slots[slot]!;
      if (id === 0) {
        if (this.count > this.#limit) return -1;
        const fresh = this.count++;
        this.#slots[slot] = fresh;
        this.hashes[fresh] = hash;
        this.starts[fresh] = start;
        this.ends[fresh] = end;
        this.quoted[fresh] = quoted;
        return fresh;
      }
      if (this.hashes[id] === hash && this.#equal(bytes, id, start, end)) return id;
      slot = (slot + 1) & this.#mask;
    }
    return -1;
  }

  #equal(bytes: Uint8Array, id: number, start: number, end: number): boolean {
    const at = this.starts[id]!;
    if (this.ends[id]! - at !== end - start) return false;
    for (let i = start, j = at; i < end; i++, j++) if (bytes[i] !== bytes[j]) return false;
    return true;
  }
}

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
    let capacity = 1024;
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

  /** Index of the tuple; negative: new (`-1 - index`); NaN: no room. */
  find(ids: Int32Array): number {
    const width = this.width;
    let hash = width;
    for (let i = 0; i < width; i++) hash = Math.imul(hash ^ ids[i]!, 0x9e3779b1);
    hash ^= hash >>> 16;
    let slot = hash & this.#mask;
    for (let probe = 0; probe < probeLimit; probe++) {
      const index = this.#slots[slot]!;
      if (index === -1) {
        if (this.count >= this.#limit) return Number.NaN;
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
    return Number.NaN;
  }

  add(index: number, timeMs: number): void {
    this.counts[index]!++;
    // Written so that NaN never wins and never sticks.
    if (timeMs < this.firstMs[index]! || Number.isNaN(this.firstMs[index]!)) this.firstMs[index] = timeMs;
    if (timeMs > this.lastMs[index]! || Number.isNaN(this.lastMs[index]!)) this.lastMs[index] = timeMs;
  }
}
