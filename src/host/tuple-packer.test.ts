import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Group } from '../core/record.ts';
import type { ScanResult } from '../run/index.ts';
import { TuplePacker, TupleUnpacker } from './tuple-packer.ts';

const pool = Array.from({ length: 12 }, (_, i) => [`v${i}`, i % 3 === 0 ? null : 'x']);

/** Tuples by index into the pool; `shared`: the same array as in other blocks, or one that only looks like it. */
function resultOf(groups: readonly (readonly { readonly tuple: number; readonly shared: boolean }[])[]): ScanResult {
  const facts = {
    block: { index: 0, at: 0, end: 1, last: true },
    logSource: 'x',
    rows: 3,
    lines: 4,
    firstMs: Number.NaN,
    lastMs: 5,
    hours: { hours: [1], counts: [3] },
    groups: groups.map((list, group): Group => ({
      tuples: list.map(({ tuple, shared }) => (shared ? pool[tuple]! : [...pool[tuple]!])),
      counts: list.map((_, i) => i + 1),
      firstMs: list.map((_, i) => (i === 0 ? Number.NaN : i)),
      lastMs: list.map((_, i) => i * 2),
      overflow: group,
    })),
    after: { header: 'h', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 },
    problems: [{ code: 'row.time', at: 1, count: 2 }],
  } as const;
  return { facts, hits: [], hitOverflow: 1 };
}

test('what comes out is what went in, also when numbering begins anew; a tuple that was sent is the same array', () => {
  const entry = fc.record({ tuple: fc.nat(11), shared: fc.boolean() });
  const blocks = fc.array(fc.array(fc.array(entry, { maxLength: 8 }), { maxLength: 3 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(blocks, fc.integer({ min: 0, max: 30 }), (results, limit) => {
      const packer = new TuplePacker(limit);
      const unpacker = new TupleUnpacker();
      for (const groups of results) {
        const result = resultOf(groups);
        expect(unpacker.unpack(structuredClone(packer.pack(result)))).toEqual(result);
      }
    }),
  );
  const packer = new TuplePacker();
  const unpacker = new TupleUnpacker();
  const [first, second] = [1, 2].map(() => packer.pack(resultOf([[{ tuple: 1, shared: true }]])));
  expect(second!.groups[0]!.fresh).toEqual([]);
  const seen = unpacker.unpack(structuredClone(first!)).facts.groups[0]!.tuples[0];
  expect(unpacker.unpack(structuredClone(second!)).facts.groups[0]!.tuples[0]).toBe(seen);
});
