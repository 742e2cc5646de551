import { expect, test } from 'vitest';
import type { OtherHit } from '../core/other-hit.ts';
import type { Rows } from '../core/record.ts';
import type { ManyRules, RunRule } from '../rules/index.ts';
import { mergeOtherHits, OtherFolder } from './others.ts';

const names = ['EventID', 'Provider_Name', 'Image', 'CommandLine', 'ProcessGuid', 'Computer'];
type Row = Readonly<Record<string, string>>;

function rowsOf(list: readonly Row[], first: number): Rows {
  return {
    length: list.length,
    offset: (row) => (first + row) * 100,
    line: (row) => row,
    recordId: (row) => BigInt(first + row),
    timeMs: (row) => (first + row) * 1000,
    layout: () => ({
      hash: '',
      logSource: 'windows-event',
      fields: names.map((name) => ({ name, type: 'text', writtenBy: 'server' })),
    }),
    literals: () => [],
    text: (row, name) => list[row]![name] ?? null,
    raw: () => new Uint8Array([1]),
  };
}

const rule = { id: 'one', silent: false, marked: false, marks: [] } as unknown as RunRule;
const always: ManyRules = {
  literals: [],
  judge: () => true,
  match: (_rows, _row, found) => found(0, undefined as never),
};

const start = (index: number): Row => ({
  EventID: '1',
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Image: `C:\\p${index % 30}.exe`,
  CommandLine: 'x',
  ProcessGuid: `{00000000-0000-0000-0000-${String(index + 1).padStart(12, '0')}}`,
  Computer: 'MAIL01',
});
const all = Array.from({ length: 200 }, (_, index) => start(index));
/** Every seventh row is one that a pack's rule matches. */
const tiedOf = (first: number, count: number): Set<number> =>
  new Set(Array.from({ length: count }, (_, row) => row).filter((row) => (first + row) % 7 === 0));

function folded(block: number): { readonly hit: OtherHit; readonly starts: number } {
  let hit: OtherHit | undefined;
  let starts = 0;
  for (let first = 0; first < all.length; first += block) {
    const own = all.slice(first, first + block);
    const folder = new OtherFolder('a.evtx', always, [rule], false);
    folder.add(rowsOf(own, first), tiedOf(first, own.length));
    hit = mergeOtherHits(hit, folder.hits()[0]!);
    starts += folder.starts.length;
  }
  return { hit: hit!, starts };
}

test('what is kept of many rows is bounded, and the same however they were cut into blocks', () => {
  const { hit, starts } = folded(200);
  const places = (rows: OtherHit['rows']): number[] => rows.map(({ offsetBytes }) => offsetBytes / 100);
  expect(hit.count).toBe(200);
  expect(places(hit.rows)).toEqual([0, 1, 2, 3, 199]);
  expect(places(hit.tied)).toEqual([0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77]);
  // Those that look like none before them, of the others.
  expect(places(hit.unlike)).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13]);
  expect(starts).toBe(200);
  for (const block of [1, 3, 16, 64, 199]) {
    expect(folded(block)).toEqual({ hit, starts });
  }
});

test('rows that look alike are kept once', () => {
  const folder = new OtherFolder('a.evtx', always, [rule], false);
  folder.add(
    rowsOf(
      Array.from({ length: 50 }, (_, index) => ({ ...start(index), Image: 'C:\\same.exe' })),
      0,
    ),
    new Set(),
  );
  const [hit] = folder.hits();
  expect([hit!.count, hit!.rows.length, hit!.tied.length, hit!.unlike.length]).toEqual([50, 5, 0, 1]);
});
