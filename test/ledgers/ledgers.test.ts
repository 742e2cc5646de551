/** Rows that were taken out of one of three books are found, and nothing is said of days on which none was. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assessment, LedgerEntry } from '../../src/core/assessment.ts';
import { compare } from '../../src/judge/ledgers.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { bookFiles, type BookName, type BookRow, bookRows, randomOf, requestsOf } from './three-books.ts';

const firstDay = Date.UTC(2021, 2, 1);
const minuteMs = 60_000;

/** A book as the kernel counts it, without reading its text: held to the text below. */
function counted(rows: readonly BookRow[], keep: (row: BookRow) => boolean): Map<number, Int32Array> {
  const minutes = new Map<number, Int32Array>();
  for (const row of rows) {
    if (!keep(row)) continue;
    const minute = Math.floor(row.ms / minuteMs);
    const entry = minutes.get(minute) ?? new Int32Array(5);
    minutes.set(minute, entry);
    entry[0]!++;
    const digits = row.request.id.replaceAll('-', '');
    for (let word = 0; word < 4; word++) entry[word + 1]! ^= Number.parseInt(digits.slice(word * 8, word * 8 + 8), 16) | 0;
  }
  return minutes;
}
const booked = ({ request }: BookRow): boolean => request.protocol !== null;
const answered = ({ request }: BookRow): boolean => request.back;

const days = new Map<number, Record<BookName, BookRow[]>>();
const day = (index: number): Record<BookName, BookRow[]> => {
  const known = days.get(index);
  if (known !== undefined) return known;
  const busy = [0.3, 1, 4][index % 3]!;
  const made = bookRows(requestsOf(firstDay + index * 86_400_000, index + 1, busy), index);
  // The days that several tests take rows from.
  if (index < 4) days.set(index, made);
  return made;
};
const pairs = (books: Record<BookName, readonly BookRow[]>) => ({
  front: compare(counted(books.front, booked), counted(books.proxy, booked))!,
  back: compare(counted(books.proxy, answered), counted(books.back, answered))!,
});

test('thirty untouched days: every book agrees, and nothing is said', () => {
  for (let index = 0; index < 30; index++) {
    const { front, back } = pairs(day(index));
    expect([index, front.state, back.state]).toEqual([index, 'agree', 'agree']);
    expect(front.rows).toBeGreaterThan(3000);
  }
});

describe.each(['front', 'proxy', 'back'] as const)('rows taken out of %s', (book) => {
  test.each([1, 2, 3, 5, 7, 10, 20, 35, 50])('%i of them, at any place, together or apart', (count) => {
    for (let trial = 0; trial < 4; trial++) {
      const books = day(trial);
      const random = randomOf(count * 1000 + trial);
      // At the very ends a request or two cannot be told from those that were on their way.
      const rows = books[book].filter(
        (row) =>
          row.request.back &&
          row.ms > firstDay + trial * 86_400_000 + 600_000 &&
          row.ms < firstDay + (trial + 1) * 86_400_000 - 600_000,
      );
      const together = trial % 2 === 0;
      const start = Math.floor(random() * (rows.length - count));
      const taken = new Set(
        together
          ? rows.slice(start, start + count)
          : Array.from({ length: count }, () => rows[Math.floor(random() * rows.length)]!),
      );
      const left = { ...books, [book]: books[book].filter((row) => !taken.has(row)) };
      const { front, back } = pairs(left);
      const missing = (found: typeof front, sign: 1 | -1): number =>
        found.breaks.reduce((sum, { lacks }) => (Math.sign(lacks) === sign ? sum + Math.abs(lacks) : sum), 0);
      const told = book === 'back' ? missing(back, -1) : missing(front, book === 'front' ? 1 : -1);
      expect([trial, told]).toEqual([trial, taken.size]);
      // The books that were left alone still agree.
      if (book === 'front') expect(back.state).toBe('agree');
      if (book === 'back') expect(front.state).toBe('agree');
      // Each row lies in a place that was named.
      const breaks = book === 'back' ? back.breaks : front.breaks;
      for (const row of taken) {
        const minute = Math.floor(row.request.ms / minuteMs);
        expect(breaks.some(({ fromMinute, toMinute }) => fromMinute <= minute + 1 && minute - 1 <= toMinute)).toBe(true);
      }
    }
  });
});

test('one row that is missing is named by its id', () => {
  const books = day(1);
  const row = books.front.filter(booked)[2000]!;
  const { front } = pairs({ ...books, front: books.front.filter((one) => one !== row) });
  expect(front.breaks).toMatchObject([{ lacks: 1, id: row.request.id }]);
});

test('books that differ all the time cannot be held against each other', () => {
  const books = day(1);
  const { front } = pairs({ ...books, front: books.front.filter((_, index) => index % 9 !== 0) });
  expect([front.state]).toEqual(['not_comparable']);
});

describe('through the whole pipeline', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-ledgers-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  async function assessed(
    books: Record<BookName, readonly BookRow[]>,
    without: (name: string) => boolean = () => false,
  ): Promise<Assessment> {
    const own = fs.mkdtempSync(path.join(folder, 'case-'));
    for (const [name, text] of bookFiles(books)) {
      if (without(name)) continue;
      fs.mkdirSync(path.dirname(path.join(own, name)), { recursive: true });
      fs.writeFileSync(path.join(own, name), text);
    }
    return assessFolder(own);
  }
  const states = ({ coverage }: Assessment): unknown =>
    coverage.ledgers.map(({ book, against, state, missing }) => [book, against, state, missing.length]);
  const entry = ({ coverage }: Assessment, book: LedgerEntry['book'], against: LedgerEntry['book']): LedgerEntry =>
    coverage.ledgers.find((one) => one.book === book && one.against === against)!;

  test('untouched', async () => {
    const assessment = await assessed(day(0));
    expect(states(assessment)).toEqual([
      ['iis_front', 'httpproxy', 'agree', 0],
      ['httpproxy', 'iis_front', 'agree', 0],
      ['httpproxy', 'iis_back', 'agree', 0],
      ['iis_back', 'httpproxy', 'agree', 0],
    ]);
    expect(assessment.verdict.reasons.map(({ text }) => text).filter((text) => text.includes('missing'))).toEqual([]);
  });
  test('seven rows of two minutes of the night', async () => {
    const books = day(2);
    const from = firstDay + 2 * 86_400_000 + 4 * 3_600_000 + 11 * minuteMs;
    const taken = new Set(books.front.filter((row) => booked(row) && row.ms >= from && row.ms < from + 2 * minuteMs).slice(0, 7));
    expect(taken.size).toBe(7);
    const assessment = await assessed({ ...books, front: books.front.filter((row) => !taken.has(row)) });
    const front = entry(assessment, 'iis_front', 'httpproxy');
    expect(front.missing.reduce((sum, { rows }) => sum + rows, 0)).toBe(7);
    expect(front.missing[0]!.fromUtc.slice(0, 13)).toBe('2021-03-03T04');
    expect(entry(assessment, 'httpproxy', 'iis_back').state).toBe('agree');
    const said = assessment.verdict.reasons.find(({ text }) =>
      text.startsWith('7 rows are missing in the IIS log of the front end (W3SVC1)'),
    );
    expect(said?.text).toContain('UTC on 3 March 2021');
    expect(said?.text).toContain('The HttpProxy log has them.');
  });
  test('a file of one hour that is not here is said as that', async () => {
    const assessment = await assessed(day(0), (name) => name.includes('HttpProxy_2021030110'));
    const proxy = entry(assessment, 'httpproxy', 'iis_front');
    expect(proxy.missing.map(({ silent }) => silent)).toEqual([true]);
    expect(assessment.verdict.reasons.map(({ text }) => text).join(' ')).toContain('a file is missing, or was taken away');
  });
  test('two collections that hold the same minutes are not added up', async () => {
    const own = fs.mkdtempSync(path.join(folder, 'twice-'));
    const books = day(0);
    const half = books.proxy.length / 2;
    for (const [collection, rows] of [
      ['first', books.proxy.slice(0, half + 200)],
      ['second', books.proxy.slice(half - 200)],
    ] as const) {
      for (const [name, text] of bookFiles({ ...books, proxy: rows })) {
        if (collection === 'second' && name.includes('W3SVC')) continue;
        const file = path.join(own, collection, 'C', 'Program Files/Microsoft/Exchange Server/V15', name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, text);
      }
    }
    const { coverage, verdict } = await assessFolder(own);
    expect(coverage.ledgers.filter(({ missing }) => missing.length > 0)).toEqual([]);
    expect(verdict.reasons.filter(({ text }) => text.includes('missing in the'))).toEqual([]);
  });
  test('the text is counted as it was written, whatever stands in it', async () => {
    // An id that the client wrote into its query stands before the server's own.
    const books = day(0);
    const row = books.front.filter(booked)[500]!;
    const other = row.text.replace('&CorrelationID', 'cafeReqId=00000000-0000-0000-0000-000000000000&CorrelationID');
    const assessment = await assessed({
      ...books,
      front: books.front.map((one) => (one === row ? { ...one, text: other } : one)),
    });
    expect(entry(assessment, 'iis_front', 'httpproxy').state).toBe('agree');
  });
});
