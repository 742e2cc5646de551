/** CRC-32 (IEEE 802.3, as in zip and in Windows event logs), sixteen bytes at a step. */
const tables = new Int32Array(16 * 256);
for (let i = 0; i < 256; i++) {
  let value = i;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  tables[i] = value;
}
for (let i = 0; i < 256; i++)
  for (let t = 1; t < 16; t++) {
    const before = tables[(t - 1) * 256 + i]!;
    tables[t * 256 + i] = (before >>> 8) ^ tables[before & 0xff]!;
  }

/** Four bytes, the first of which stands in so many tables before the last. */
const fold = (word: number, table: number): number =>
  tables[table + 768 + (word & 0xff)]! ^
  tables[table + 512 + ((word >>> 8) & 0xff)]! ^
  tables[table + 256 + ((word >>> 16) & 0xff)]! ^
  tables[table + (word >>> 24)]!;

/** What lies beyond the bytes counts as zeros. @param before the sum of what stands before, where a sum is over several stretches */
export function crc32(bytes: Uint8Array, at: number, end: number, before = 0): number {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = ~before;
  let i = at;
  const whole = Math.min(end, bytes.length) - 16;
  for (; i <= whole; i += 16)
    crc =
      fold(crc ^ words.getInt32(i, true), 3072) ^
      fold(words.getInt32(i + 4, true), 2048) ^
      fold(words.getInt32(i + 8, true), 1024) ^
      fold(words.getInt32(i + 12, true), 0);
  for (; i < end; i++) crc = (crc >>> 8) ^ tables[(crc ^ (bytes[i] ?? 0)) & 0xff]!;
  return ~crc >>> 0;
}
