/** CRC-32 (IEEE 802.3, as in zip and in Windows event logs), four bytes at a step. */
const tables = new Uint32Array(4 * 256);
for (let i = 0; i < 256; i++) {
  let value = i;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  tables[i] = value;
}
for (let i = 0; i < 256; i++)
  for (let t = 1; t < 4; t++) {
    const before = tables[(t - 1) * 256 + i]!;
    tables[t * 256 + i] = (before >>> 8) ^ tables[before & 0xff]!;
  }

/** @param before the sum of what stands before, where a sum is over several stretches */
export function crc32(bytes: Uint8Array, at: number, end: number, before = 0): number {
  let crc = ~before;
  let i = at;
  for (; i + 4 <= end; i += 4) {
    crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    crc =
      tables[768 + (crc & 0xff)]! ^
      tables[512 + ((crc >>> 8) & 0xff)]! ^
      tables[256 + ((crc >>> 16) & 0xff)]! ^
      tables[crc >>> 24]!;
  }
  for (; i < end; i++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[i]!) & 0xff]!;
  return ~crc >>> 0;
}
