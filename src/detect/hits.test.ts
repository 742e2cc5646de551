import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hit, HitRow } from '../core/hit.ts';
import { mergeHits } from './hits.ts';

const row = (offsetBytes: number): HitRow => ({
  artifact: 'a',
  offsetBytes,
  line: offsetBytes,
  recordId: null,
  timeMs: offsetBytes,
  logSource: 'x',
  fields: {},
  values: {},
  rawBase64: '',
  sha256: '',
  rules: ['r'],
});
/** What one block keeps of rows `from … to`. */
const fold = (from: number, to: number): Hit => {
  const all = Array.from({ length: to - from + 1 }, (_, i) => row(from + i));
  return {
    artifact: 'a',
    rules: ['r'],
    key: 'k',
    count: all.length,
    firstMs: from,
    lastMs: to,
    answered: { bytes: all.length * 10, rows: all.length },
    days: [...new Set(all.map((_, i) => Math.floor((from + i) / 7)))].map((day) => [
      day,
      all.filter((_, i) => Math.floor((from + i) / 7) === day).length,
    ]),
    rows: all.length <= 21 ? all : [...all.slice(0, 20), all.at(-1)!],
  };
};

test('any cut into blocks keeps the same rows: the first twenty and the last', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), (sizes) => {
      let merged: Hit | undefined;
      let at = 1;
      for (const size of sizes) {
        merged = mergeHits(merged, fold(at, at + size - 1));
        at += size;
      }
      expect(merged).toEqual(fold(1, at - 1));
    }),
  );
});

test('no time never wins over a time', () => {
  const none = { ...fold(5, 5), firstMs: null, lastMs: null };
  expect(mergeHits(none, fold(7, 9))).toMatchObject({ count: 4, firstMs: 7, lastMs: 9 });
  expect(mergeHits(fold(1, 2), { ...none })).toMatchObject({ firstMs: 1, lastMs: 2 });
});
