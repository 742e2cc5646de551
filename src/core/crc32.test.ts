import { crc32 as zlibCrc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';

const bytes = Uint8Array.from({ length: 300 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 24);

test('the sum of any stretch, in one piece or in two, is that of zlib', () => {
  for (let at = 0; at < 40; at++)
    for (let end = at; end <= bytes.length; end += 7) {
      const whole = zlibCrc32(bytes.subarray(at, end));
      expect(crc32(bytes, at, end)).toBe(whole);
      const middle = at + Math.floor((end - at) / 3);
      expect(crc32(bytes, middle, end, crc32(bytes, at, middle))).toBe(whole);
    }
});

test('what lies beyond the bytes counts as zeros', () => {
  const longer = new Uint8Array(bytes.length + 100);
  longer.set(bytes);
  for (let end = bytes.length; end <= longer.length; end++) expect(crc32(bytes, 3, end)).toBe(zlibCrc32(longer.subarray(3, end)));
});
