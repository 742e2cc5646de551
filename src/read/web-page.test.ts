import { expect, test } from 'vitest';
import type { BlockFacts, Demand, Rows, ScannedFile } from '../core/record.ts';
import { backDoors, bytesOf, ordinary } from '../pages/pages.fixture.ts';
import { webPage } from './web-page.ts';

const demand: Demand = {
  hash: 'test',
  logSource: 'web-page',
  literals: [],
  groups: [['Grade', 'Language', 'Shape']],
  groupLimit: 10,
};
const path = 'C:\\inetpub\\wwwroot\\aspnet_client\\';

function scan(
  bytes: Uint8Array,
  name: string,
): { facts: BlockFacts; rows: Record<string, string>[]; raw: Uint8Array[]; offsets: number[] } {
  const rows: Record<string, string>[] = [];
  const raw: Uint8Array[] = [];
  const offsets: number[] = [];
  const file: ScannedFile = {
    path: path + name,
    placed: true,
    bytes: bytes.length,
    modifiedUtc: '2021-03-03T04:12:11Z',
    createdUtc: null,
  };
  const onRows = (found: Rows): void => {
    for (let row = 0; row < found.length; row++) {
      const own: Record<string, string> = {};
      for (const field of found.layout(row).fields) {
        const value = found.text(row, field.name);
        if (value !== null) own[field.name] = value;
      }
      rows.push(own);
      raw.push(found.raw(row));
      offsets.push(found.offset(row));
    }
  };
  const block = { index: 0, at: 0, end: bytes.length, last: true };
  const before = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 } as const;
  return { facts: webPage.scanner(demand).scan(block, bytes, before, () => true, onRows, undefined, file), rows, raw, offsets };
}

test('a back door is one record with what it can do, and where', () => {
  const page = backDoors.find(({ name }) => name === 'csharp-process.aspx')!;
  const { facts, rows, raw, offsets } = scan(bytesOf(page), page.name);
  expect([facts.rows, facts.problems, facts.logSources ?? facts.logSource]).toEqual([1, [], 'web-page']);
  const { Sha256, Decisive, Sinks, ...rest } = rows[0]!;
  expect(rest).toEqual({
    Path: `${path}csharp-process.aspx`,
    Name: 'csharp-process.aspx',
    Bytes: String(bytesOf(page).length),
    Modified: '2021-03-03T04:12:11Z',
    Language: 'csharp',
    Encoding: 'utf-8',
    Grade: 'back-door',
    Capability: 'executes-commands',
    Input: 'request',
    CodeLength: '369',
    AccessParameter: 'run',
    Placed: 'yes',
  });
  expect(Sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(Sinks!.split(' ')).toContain('process.start');
  expect(new TextDecoder().decode(raw[0])).toContain(Decisive);
  expect(offsets[0]).toBeGreaterThan(0);
});

test('an ordinary page is a record too: that it was handed in is said', () => {
  for (const page of ordinary) {
    const { facts, rows } = scan(bytesOf(page), page.name);
    expect([page.name, facts.rows, facts.problems, rows[0]!.Grade, rows[0]!.Decisive]).toEqual([
      page.name,
      1,
      [],
      'none',
      undefined,
    ]);
  }
});

test('what is no page after all is no record', () => {
  const { facts, rows } = scan(new TextEncoder().encode('just words'), 'x.txt');
  expect([facts.rows, rows, facts.problems]).toEqual([0, [], []]);
});

test('a page of more code than any server compiles is said to be read in part', () => {
  const text = `<% ${'a=1;'.repeat(101_000)} %>`;
  const { facts, rows } = scan(new TextEncoder().encode(text), 'x.aspx');
  expect([facts.rows, facts.problems.map(({ code, at, count }) => [code, at, count]), rows[0]!.Grade]).toEqual([
    1,
    [['page.limit', 0, 1]],
    'doubtful',
  ]);
});
