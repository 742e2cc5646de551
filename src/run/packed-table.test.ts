import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
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

/** Texts whose keys all have the same hash: from any state two blocks of letters lead to one and the same, six times over. */
function alike(): string[] {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_';
  const codes = Array.from({ length: letters.length }, (_, at) => letters.charCodeAt(at));
  const after = (state: number, block: readonly number[]): number =>
    block.reduce((hash, code) => Math.imul(hash ^ code, 0x01000193) >>> 0, state);
  const blockOf = (i: number): number[] => [i, i >> 6, i >> 12, i >> 18, i * 7].map((at) => codes[at & 63]!);
  let texts = [''];
  let state = after(0x811c9dc5, [0x5b, 0x22]);
  for (let round = 0; round < 6; round++) {
    const led = new Map<number, number>();
    for (let i = 0; ; i++) {
      const end = after(state, blockOf(i));
      const other = led.get(end);
      led.set(end, i);
      if (other === undefined) continue;
      const both = [other, i].map((one) => String.fromCharCode(...blockOf(one)));
      texts = texts.flatMap((text) => both.map((block) => text + block));
      state = end;
      break;
    }
  }
  return texts;
}

it('finds a key among many that were made to have its hash as soon as any other', () => {
  const texts = alike();
  const table = tableOf(texts.map((one, number) => ({ tuple: [one], count: number + 1, firstMs: 0, lastMs: 0, block: 0 })));
  const packed = new PackedTable(packTable(table).bytes as Uint8Array<ArrayBuffer>);
  expect(new Set(texts).size).toBe(64);
  const keys = texts.map((one) => JSON.stringify([one]));
  const made = vi.spyOn(JSON, 'stringify');
  try {
    for (const [number, key] of keys.entries()) expect(packed.countOf(key)).toBe(number + 1);
    expect(made.mock.calls.length).toBeLessThan(64 * 8);
  } finally {
    made.mockRestore();
  }
  expect(packed.list()).toEqual(table.list());
});
