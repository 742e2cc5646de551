/** Rows that were taken out of one of three books are found, and nothing is said of days on which none was. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assessment, LedgerEntry } from '../../src/core/assessment.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { soak } from '../support/soak.ts';
import { ledgersIn, observedBooks, type ServerBooks } from './observed-books.ts';
import { bookFiles, type BookName, type BookRow, bookRows, randomOf, type Request, requestsOf } from './three-books.ts';

const firstDay = Date.UTC(2021, 2, 1);
const minuteMs = 60_000;
const dayMs = 86_400_000;

const booked = ({ request }: BookRow): boolean => request.protocol !== null;
const days = new Map<number, Record<BookName, BookRow[]>>();
const day = (index: number): Record<BookName, BookRow[]> => {
  const known = days.get(index);
  if (known !== undefined) return known;
  const busy = [0.3, 1, 2.5][index % 3]!;
  const made = bookRows(requestsOf(firstDay + index * dayMs, index + 1, busy), index);
  // The days that several tests take rows from.
  if (index < 4) days.set(index, made);
  return made;
};
/** Days one after the other. */
const together = (...list: readonly ServerBooks[]): Record<BookName, BookRow[]> => ({
  front: list.flatMap(({ front }) => front),
  proxy: list.flatMap(({ proxy }) => proxy),
  back: list.flatMap(({ back }) => back),
});
const only = (books: ServerBooks, keep: (row: BookRow, book: BookName) => boolean): Record<BookName, BookRow[]> => ({
  front: books.front.filter((row) => keep(row, 'front')),
  proxy: books.proxy.filter((row) => keep(row, 'proxy')),
  back: books.back.filter((row) => keep(row, 'back')),
});
const ledgers = (books: ServerBooks, without?: (name: string) => boolean): LedgerEntry[] =>
  ledgersIn(observedBooks({ MAIL01: books }, without));
const between = (list: readonly LedgerEntry[], book: LedgerEntry['book'], against: LedgerEntry['book']): LedgerEntry =>
  list.find((one) => one.book === book && one.against === against)!;
const statesOf = (list: readonly LedgerEntry[]): string[] => list.map(({ state }) => state);
const agreeing = ['agree', 'agree', 'agree', 'agree'];

test('thirty untouched days: every book agrees, and nothing is said', () => {
  for (let index = 0; index < 30; index++) {
    const found = ledgers(day(index));
    expect([index, statesOf(found)]).toEqual([index, agreeing]);
    expect(found[0]!.rows).toBeGreaterThan(3000);
  }
});

const counts = soak ? Array.from({ length: 50 }, (_, index) => index + 1) : [1, 2, 3, 7, 20, 50];
describe.each(['front', 'proxy', 'back'] as const)('rows taken out of %s', (book) => {
  test.each(counts)('%i of them, at any place, together or apart', (count) => {
    for (let trial = 0; trial < (soak ? 12 : 4); trial++) {
      const index = trial % 4;
      const books = day(index);
      const random = randomOf(count * 1000 + trial);
      // At the very ends a request or two cannot be told from those that were on their way.
      const rows = books[book].filter(
        (row) =>
          row.request.back && row.ms > firstDay + index * dayMs + 600_000 && row.ms < firstDay + (index + 1) * dayMs - 600_000,
      );
      const start = Math.floor(random() * (rows.length - count));
      const taken = new Set(
        trial % 2 === 0
          ? rows.slice(start, start + count)
          : Array.from({ length: count }, () => rows[Math.floor(random() * rows.length)]!),
      );
      const found = ledgers({ ...books, [book]: books[book].filter((row) => !taken.has(row)) });
      const told =
        book === 'back'
          ? between(found, 'iis_back', 'httpproxy')
          : between(found, book === 'front' ? 'iis_front' : 'httpproxy', book === 'front' ? 'httpproxy' : 'iis_front');
      // Every one by its id, and nothing else; with what the others say of it.
      const named = told.missing.flatMap(({ requests }) => requests);
      expect([trial, named.map(({ id }) => id).sort()]).toEqual([trial, [...taken].map(({ request }) => request.id).sort()]);
      expect(told.missing.reduce((sum, { rows: lacking }) => sum + lacking, 0)).toBe(taken.size);
      const others =
        book === 'back' ? ['httpproxy', 'iis_front'] : book === 'front' ? ['httpproxy', 'iis_back'] : ['iis_front', 'iis_back'];
      for (const request of named) {
        expect(request.books.map((row) => row.book)).toEqual(others);
        expect([request.address, request.status]).toEqual(['192.0.2.14', '200']);
      }
      for (const place of told.missing)
        for (const { timeUtc } of place.requests) expect(place.fromUtc <= timeUtc! && timeUtc! < place.toUtc).toBe(true);
      // The books that were left alone still agree.
      const untouched = book === 'front' ? ['httpproxy', 'iis_back'] : ['iis_front', 'httpproxy'];
      if (book !== 'proxy')
        expect(found.find((one) => one.book === untouched[0] && one.against === untouched[1])!.state).toBe('agree');
      expect(found.filter((one) => one !== told && one.missing.length > 0).map((one) => one.book)).toEqual(
        book === 'proxy' ? ['httpproxy'] : [],
      );
    }
  });
});

describe('no false alarm', () => {
  const twoDays = together(day(1), day(2));
  test('where IIS begins a new file at midnight in UTC', () => {
    expect(statesOf(ledgers(twoDays))).toEqual(agreeing);
  });
  test('of a live copy: each file ends where it was when its turn came, IIS some minutes earlier, for it had not written them yet', () => {
    const end = firstDay + 2 * dayMs + 15 * 3_600_000 + 41_234;
    const folders = [...new Set(twoDays.proxy.map(({ request }) => request.protocol))];
    const ends = (row: BookRow, book: BookName): number =>
      book === 'proxy' ? end + folders.indexOf(row.request.protocol) * 190_000 : end - (book === 'front' ? 70_000 : 330_000);
    expect(statesOf(ledgers(only(twoDays, (row, book) => row.ms < ends(row, book))))).toEqual(agreeing);
  });
  test('where retention took the older files of one book', () => {
    const later = firstDay + dayMs + 13 * 3_600_000 + 5_000;
    expect(statesOf(ledgers(only(twoDays, (row, book) => book !== 'proxy' || row.ms >= later)))).toEqual(agreeing);
    expect(statesOf(ledgers(only(twoDays, (row, book) => book !== 'back' || row.ms >= later)))).toEqual(agreeing);
  });
  test('where answers are long: IIS books them minutes after HttpProxy', () => {
    const slow = (row: BookRow): boolean => Number.parseInt(row.request.id.slice(0, 2), 16) === 7;
    const front = day(1)
      .front.map((row) => (slow(row) ? { ...row, ms: row.ms + 5 * minuteMs } : row))
      .filter(({ ms }) => ms < firstDay + 2 * dayMs)
      .sort((a, b) => a.ms - b.ms);
    const found = ledgers({ ...day(1), front });
    expect(found.flatMap(({ missing }) => missing)).toEqual([]);
  });
  test('where requests never reached HttpProxy, or never the back end', () => {
    // What HTTP.sys turns away stands in its own log, under no id; what the front end answers alone has no row behind it.
    const ids = new Set(day(1).back.map(({ request }) => request.id));
    expect(day(1).proxy.some(({ request }) => !ids.has(request.id))).toBe(true);
    expect(day(1).front.some((row) => !booked(row))).toBe(true);
    expect(statesOf(ledgers(day(1)))).toEqual(agreeing);
  });
  test('where the files of one protocol are not here', () => {
    const found = ledgers(day(1), (name) => name.includes('/Oab/'));
    expect(found.flatMap(({ missing }) => missing)).toEqual([]);
  });
  test('where the files of one protocol end a day before', () => {
    const found = ledgers(
      only(twoDays, (row, book) => book !== 'proxy' || row.request.protocol !== 'Ews' || row.ms < firstDay + 2 * dayMs),
    );
    expect(found.flatMap(({ missing }) => missing)).toEqual([]);
  });
  test('where a server was handed in for a part of the time', () => {
    // Each server is a front end and a back end, and sends every third request to the other one.
    const shared = (index: number, own: string, other: string): Request[] =>
      [1, 2].flatMap((dayIndex) =>
        requestsOf(firstDay + dayIndex * dayMs, index * 10 + dayIndex, 1).map((request, at) => ({
          ...request,
          target: at % 3 === 0 ? other : own,
        })),
      );
    const rows = { MAIL01: bookRows(shared(3, 'MAIL01', 'MAIL02'), 3), MAIL02: bookRows(shared(4, 'MAIL02', 'MAIL01'), 4) };
    const backs = [...rows.MAIL01.back, ...rows.MAIL02.back].sort((a, b) => a.ms - b.ms);
    const ownBack = (host: string): BookRow[] => backs.filter(({ request }) => request.target === host);
    const servers = {
      MAIL01: { ...rows.MAIL01, back: ownBack('MAIL01') },
      MAIL02: { ...rows.MAIL02, back: ownBack('MAIL02') },
    };
    const whole = ledgersIn(observedBooks(servers));
    expect(whole.map(({ host, state }) => [host, state])).toEqual([
      ['MAIL01', 'agree'],
      ['MAIL01', 'agree'],
      ['MAIL02', 'agree'],
      ['MAIL02', 'agree'],
      [null, 'agree'],
      [null, 'agree'],
    ]);
    const until = firstDay + 2 * dayMs + 21 * 3_600_000;
    const cut = ledgersIn(observedBooks({ ...servers, MAIL02: only(servers.MAIL02, ({ ms }) => ms < until) }));
    expect(cut.flatMap(({ missing }) => missing)).toEqual([]);
    // And what is missing while both are here is found.
    const gone = new Set(servers.MAIL02.back.slice(900, 905));
    const taken = { ...servers.MAIL02, back: servers.MAIL02.back.filter((row) => !gone.has(row)) };
    const found = ledgersIn(observedBooks({ ...servers, MAIL02: taken }));
    expect(found.flatMap(({ book, missing }) => missing.map(({ rows: lacking }) => [book, lacking]))).toEqual([['iis_back', 5]]);
  });
});

test('books that differ all the time cannot be held against each other', () => {
  const found = ledgers({ ...day(1), front: day(1).front.filter((_, index) => index % 9 !== 0) });
  expect(between(found, 'iis_front', 'httpproxy').state).toBe('not_comparable');
});

test('a file that could not be read again leaves the numbers', () => {
  const books = day(1);
  const gone = books.front.filter(booked).slice(2000, 2004);
  const seen = observedBooks({ MAIL01: { ...books, front: books.front.filter((row) => !gone.includes(row)) } });
  const found = ledgersIn({ ...seen, bookRows: { rows: [], events: [], programs: [], unread: ['x'] } });
  expect(between(found, 'iis_front', 'httpproxy').missing.map(({ rows, requests }) => [rows, requests])).toEqual([[4, []]]);
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
    expect(said?.text).toContain('The other two books have them: 192.0.2.14 asked for ');
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
