import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OpenTable } from './open-table.ts';
import { mayHold, packTable, PackedTable, hashesOf } from './packed-table.ts';
import { Shelf } from './shelf.ts';
import { ShelvedTable } from './tuple-table.ts';

const text = fc.oneof(
  fc.constantFrom('GET', 'POST', '200', '/owa/', ''),
  fc.string(),
  // Any code units, those that are no characters among them.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 9 }).map((units) => String.fromCharCode(...units)),
);
const time = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -1e13, max: 1e13 }), fc.double());
const row = (fields: number) =>
  fc.record({
    tuple: fc.array(fc.oneof(text, fc.constant(null)), { minLength: fields, maxLength: fields }),
    count: fc.integer({ min: 1, max: 2 ** 40 }),
    firstMs: time,
    lastMs: time,
    block: fc.nat(),
  });
const rows = fc.integer({ min: 1, max: 7 }).chain((fields) => fc.array(row(fields), { maxLength: 60 }));

function tableOf(all: readonly { tuple: (string | null)[]; count: number; firstMs: number; lastMs: number; block: number }[]) {
  const table = new OpenTable();
  for (const { tuple, count, firstMs, lastMs, block } of all) {
    const key = JSON.stringify(tuple);
    const known = table.find(key);
    if (known === undefined) table.begin(key, count, firstMs, lastMs, block);
    else table.count(known, count, firstMs, lastMs);
  }
  return table;
}

it('is the same table, in the same order, and finds every key', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const table = tableOf(all);
      const bytes = packTable(table).bytes as Uint8Array<ArrayBuffer>;
      const packed = new PackedTable(bytes);
      expect(packed.list()).toEqual(table.list());
      for (const key of table.keys()) expect(packed.countOf(key)).toBe(table.countOf(key));
      expect(packed.countOf('["nothing like it"]')).toBe(0);
    }),
  );
});

it('is asked for the hashes first where it is large', () => {
  const names = Array.from({ length: 5000 }, (_, number) => [`/${number}.php`, number % 3 === 0 ? null : '404']);
  const table = tableOf(names.map((tuple, number) => ({ tuple, count: number + 1, firstMs: 0, lastMs: number, block: 0 })));
  const bytes = packTable(table).bytes as Uint8Array<ArrayBuffer>;
  const { at, bytes: length } = hashesOf(table.size);
  const hashed = new Float64Array(bytes.buffer.slice(at, at + length));
  const shelf = new Shelf(() => null);
  const shelved = new ShelvedTable(shelf, shelf.put(bytes), bytes.length, table.size, table.filled);
  for (const [number, tuple] of names.entries()) {
    const key = JSON.stringify(tuple);
    expect(mayHold(hashed, key)).toBe(true);
    if (number % 50 === 0) expect(shelved.countOf(key)).toBe(number + 1);
  }
  const strangers = names.map(([name]) => JSON.stringify([`${name}x`, null]));
  for (const key of strangers) expect(shelved.countOf(key)).toBe(0);
  expect(strangers.filter((key) => mayHold(hashed, key)).length).toBeLessThan(5);
  expect(shelved.list()).toEqual(table.list());
});
