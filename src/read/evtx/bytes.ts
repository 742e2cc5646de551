/** Little-endian numbers in a chunk. Whoever calls has looked that they are there; what lies beyond reads as zero. */

export const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
export const u32 = (bytes: Uint8Array, at: number): number => (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
export const u64 = (bytes: Uint8Array, at: number): bigint => (BigInt(u32(bytes, at + 4)) << 32n) | BigInt(u32(bytes, at));
/** As a number: exact up to 2^53, and no record id or offset of a real log is larger. */
export const u64Number = (bytes: Uint8Array, at: number): number => u32(bytes, at + 4) * 4_294_967_296 + u32(bytes, at);

/**
 * 100 nanoseconds since 1601 → UTC milliseconds. As one number they would be exact to 16 of them only: the halves are divided apart
 * (2^32 is 429,496 × 10,000 + 7,296).
 */
export const fileTimeMs = (bytes: Uint8Array, at: number): number => {
  const high = u32(bytes, at + 4);
  return high * 429_496 + Math.floor((high * 7_296 + u32(bytes, at)) / 10_000) - 11_644_473_600_000;
};

const codes = new Uint16Array(4096);

/** UTF-16LE in [at, end) as it stands; half a character at the end is left out. */
export function utf16(bytes: Uint8Array, at: number, end: number): string {
  let text = '';
  for (let from = at; from + 1 < end; from += codes.length * 2) {
    const count = Math.min(codes.length, (end - from) >> 1);
    for (let i = 0; i < count; i++) codes[i] = bytes[from + i * 2]! | (bytes[from + i * 2 + 1]! << 8);
    text += String.fromCharCode.apply(null, codes.subarray(0, count) as unknown as number[]);
  }
  return text;
}
