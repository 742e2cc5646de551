/** Memory for tables: fresh for each, or places one after the other in memory that is handed in. */
export interface Room {
  int32(count: number): Int32Array;
  float64(count: number): Float64Array;
  uint8(count: number): Uint8Array;
}

export const freshRoom: Room = {
  int32: (count) => new Int32Array(count),
  float64: (count) => new Float64Array(count),
  uint8: (count) => new Uint8Array(count),
};

/** Places in [at, end) of a buffer. It never grows; {@link full} says that something did not fit and stands elsewhere. */
export class SharedRoom implements Room {
  readonly #buffer: ArrayBuffer;
  readonly #end: number;
  #at: number;
  full = false;

  constructor(buffer: ArrayBuffer, at: number, end: number) {
    this.#buffer = buffer;
    this.#at = at;
    this.#end = end;
  }

  int32(count: number): Int32Array {
    const at = this.#take(count * 4);
    return at === -1 ? freshRoom.int32(count) : new Int32Array(this.#buffer, at, count);
  }
  float64(count: number): Float64Array {
    const at = this.#take(count * 8);
    return at === -1 ? freshRoom.float64(count) : new Float64Array(this.#buffer, at, count);
  }
  uint8(count: number): Uint8Array {
    const at = this.#take(count);
    return at === -1 ? freshRoom.uint8(count) : new Uint8Array(this.#buffer, at, count);
  }

  /** Sixteen bytes apart, so that every kind of number stands on its own border. */
  #take(bytes: number): number {
    const at = this.#at;
    if (this.#end - at < bytes) {
      this.full = true;
      return -1;
    }
    this.#at = at + ((bytes + 15) & ~15);
    return at;
  }
}
