import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Group } from '../core/record.ts';
import type { ScanResult } from '../run/index.ts';
import { TuplePacker, TupleUnpacker } from './tuple-packer.ts';

const pool = Array.from({ length: 12 }, (_, i) => [`v${i}`, i % 3 === 0 ? null : 'x']);

interface Entry {
  readonly tuple: number;
  readonly shared: boolean;
  readonly rows: number;
  readonly first: number;
  readonly last: number;
}

/** Tuples by index into the pool; `shared`: the same array as in other blocks, or one that only looks like it. */
function resultOf(groups: readonly (readonly Entry[])[], firstMs = Number.NaN, memory: object | null = null): ScanResult {
  const facts = {
    block: { index: 0, at: 0, end: 1, last: true },
    logSource: 'x',
    rows: 3,
    lines: 4,
    firstMs,
    lastMs: 5,
    hours: { hours: [1], counts: [3] },
    groups: groups.map((list, group): Group => ({
      tuples: list.map(({ tuple, shared }) => (shared ? pool[tuple]! : [...pool[tuple]!])),
      counts: Float64Array.from(list, ({ rows }) => rows),
      firstMs: Float64Array.from(list, ({ first }) => first),
      lastMs: Float64Array.from(list, ({ last }) => last),
      overflow: group,
      ...(memory === null
        ? {}
        : { known: { memory, numbers: Int32Array.from(list, ({ tuple, shared }) => (shared ? tuple * 300 + 1 : 0)) } }),
    })),
    after: { header: 'h', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 },
    problems: [{ code: 'row.time', at: 1, count: 2 }],
  } as const;
  return { facts, hits: [], hitOverflow: 1 };
}

/** Without the numbers by which each side knows its tuples. */
const plain = ({ facts, ...rest }: ScanResult): ScanResult => ({
  ...rest,
  facts: { ...facts, groups: facts.groups.map(({ known, ...group }) => group) },
});

test('what comes out is what went in, also when numbering begins anew, here or there', () => {
  const time = fc.oneof(
    fc.integer({ min: 1_600_000_000_000, max: 1_600_000_009_000 }),
    fc.integer({ min: 1_600_000_000, max: 1_600_090_000 }).map((seconds) => seconds * 1000),
    fc.constantFrom(Number.NaN, 0.5, -1, 2 ** 45),
  );
  const entry = fc.record({
    tuple: fc.nat(11),
    shared: fc.boolean(),
    rows: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constantFrom(2 ** 32 - 1, 2 ** 32, 2 ** 40)),
    first: time,
    last: time,
  });
  const block = fc.tuple(fc.array(fc.array(entry, { maxLength: 8 }), { maxLength: 3 }), time, fc.constantFrom(0, 0, 1, 2));
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 30 }), (blocks, limit) => {
      const packer = new TuplePacker(limit);
      const unpacker = new TupleUnpacker();
      // Kept by a second pair, as what comes from a thread is.
      const again = new TuplePacker(limit);
      const unpackedAgain = new TupleUnpacker();
      const memories = [null, {}, {}];
      for (const [groups, firstMs, memory] of blocks) {
        const result = resultOf(groups, firstMs, memories[memory]);
        const there = unpacker.unpack(structuredClone(packer.pack(result)));
        expect(plain(there)).toEqual(plain(result));
        expect(plain(unpackedAgain.unpack(structuredClone(again.pack(there))))).toEqual(plain(result));
      }
    }),
  );
});

test('a tuple that was sent is the same array, under the same number', () => {
  const entry = { tuple: 1, shared: true, rows: 1, first: 3, last: 4 };
  for (const memory of [null, {}]) {
    const packer = new TuplePacker();
    const unpacker = new TupleUnpacker();
    const [first, second] = [1, 2].map(() => packer.pack(resultOf([[entry]], 2, memory)));
    expect(second!.groups.fresh).toEqual([]);
    expect(second!.groups.firstMs).toEqual({ unit: 1, above: Uint8Array.of(1) });
    const seen = unpacker.unpack(structuredClone(first!)).facts.groups[0]!;
    const seenAgain = unpacker.unpack(structuredClone(second!)).facts.groups[0]!;
    expect(seenAgain.tuples[0]).toBe(seen.tuples[0]);
    expect(seenAgain.known!.memory).toBe(seen.known!.memory);
    expect(seenAgain.known!.numbers).toEqual(seen.known!.numbers);
  }
});
