import { describe, expect, test } from 'vitest';
import { hourMs } from '../core/time.ts';
import type { Ground } from '../judge/index.ts';
import type { ObservedPart } from '../run/index.ts';
import { booksOf, type Books } from './books.ts';
import { isHere } from './situations.ts';

const start = Math.floor(Date.parse('2021-03-01T00:00:00Z') / hourMs);

interface File {
  readonly path: string;
  readonly logSource: string;
  /** Hours after the first of March, each with so many rows. */
  readonly hours: readonly number[];
  readonly rows?: number;
  readonly groups?: Readonly<Record<string, readonly (readonly (string | null)[])[]>>;
  readonly columns?: readonly string[];
  readonly speaksFor?: 'span' | 'excerpt';
}

function booksWith(files: readonly File[], ledgers: Ground['ledgers'] = []): Books {
  const artifacts = files.map(({ path, logSource, hours, rows = 20, groups = {}, columns, speaksFor = 'span' }) => {
    const part: ObservedPart = {
      kind: logSource,
      logSource,
      logSources: [logSource],
      speaksFor,
      records: hours.length * rows,
      firstMs: (start + Math.min(...hours)) * hourMs,
      lastMs: (start + Math.max(...hours) + 1) * hourMs - 1,
      hours: new Map(hours.map((hour) => [start + hour, rows])),
      groups: new Map(
        Object.entries(groups).map(([name, tuples]) => [
          name,
          tuples.map((tuple) => ({ tuple, count: 1, firstMs: Number.NaN, lastMs: Number.NaN, block: 0 })),
        ]),
      ),
      groupOverflow: 0,
      at: 0,
      shapeOverflow: 0,
      ...(columns === undefined ? {} : { columns }),
    };
    return { path, canonicalPath: null, root: '', parts: [part] };
  });
  return booksOf({
    observed: { artifacts },
    hosts: { ofArtifact: () => 'MAIL01' },
    ledgers,
  } as unknown as Ground);
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const at = (hour: number, minute = 30): number => (start + hour) * hourMs + minute * 60_000;
const ecp = (hours: readonly number[], more: Partial<File> = {}): File => ({
  path: 'ecp.log',
  logSource: 'ecp-server',
  hours,
  ...more,
});
/** `here`, `edge` or why not, of each of these hours. */
const told = (books: Books, hours: readonly number[], log = 'ecp-server'): string[] =>
  hours.map((hour) => {
    const found = books.find(log, 'MAIL01', at(hour));
    return isHere(found, false) ? 'here' : isHere(found, true) ? 'edge' : found.why;
  });

describe('when a log would have a row', () => {
  test('a busy log has none of an hour in which it is silent; the hours beside it are unsure', () => {
    const books = booksWith([ecp([...range(0, 10), ...range(11, 40), ...range(60, 100)])]);
    expect(told(books, [5, 9, 10, 11, 12, 39, 40, 59, 60, 61])).toEqual([
      'here',
      'edge',
      'gap',
      'edge',
      'here',
      'edge',
      'gap',
      'gap',
      'edge',
      'here',
    ]);
    expect(told(books, [-1, 100])).toEqual(['gap', 'gap']);
  });

  test('a log that is silent every night has rows of the night; of a day without any it has none', () => {
    const days = range(0, 8).filter((day) => day !== 4);
    const books = booksWith([
      ecp(
        days.flatMap((day) => [...range(day * 24 + 6, day * 24 + 22)]),
        { rows: 2 },
      ),
    ]);
    // From 22 to 6: eight hours, on most days.
    expect(told(books, [24, 27, 50])).toEqual(['here', 'here', 'here']);
    expect(told(books, [4 * 24 + 8, 4 * 24 + 12])).toEqual(['edge', 'gap']);
    expect(told(books, [3 * 24 + 12, 5 * 24 + 12])).toEqual(['here', 'here']);
  });

  test('nothing is silent for more than half a day without a gap', () => {
    const books = booksWith([
      ecp(
        range(0, 20).map((day) => day * 24),
        { rows: 1 },
      ),
    ]);
    expect(told(books, [5, 12, 30])).toEqual(['edge', 'edge', 'edge']);
  });

  test('a log that is not here, an excerpt, another server', () => {
    const books = booksWith([ecp(range(0, 10)), { path: 'x', logSource: 'ews', hours: range(0, 10), speaksFor: 'excerpt' }]);
    expect(told(books, [5], 'ews')).toEqual(['missing']);
    expect(books.find('ecp-server', 'MAIL02', at(5))).toMatchObject({ place: null, why: 'missing' });
    expect([books.anyOf('MAIL01'), books.anyOf('MAIL02')]).toEqual(['ecp.log', null]);
  });

  test('where other books say that rows were taken out, none is here', () => {
    const iis: File = {
      path: 'front.log',
      logSource: 'iis-w3c',
      hours: range(0, 30),
      groups: { 's-port|s-computername|s-ip': [['443', null, '10.0.0.1']] },
    };
    const entry = {
      host: 'MAIL01',
      id: 'front',
      book: 'iis_front',
      against: 'httpproxy',
      fromUtc: '2021-03-01T00:00:00.000Z',
      toUtc: '2021-03-02T06:00:00.000Z',
      rows: 600,
      state: 'differ',
      missing: [
        {
          fromUtc: '2021-03-01T05:20:00.000Z',
          toUtc: '2021-03-01T05:40:00.000Z',
          rows: 7,
          request: null,
          silent: false,
          requests: [],
          findings: [],
        },
      ],
    } as const;
    expect(told(booksWith([iis], [entry]), [4, 5, 6], 'iis-front')).toEqual(['here', 'gap', 'here']);
    expect(told(booksWith([iis], [{ ...entry, book: 'iis_back' }]), [5], 'iis-front')).toEqual(['here']);
    expect(told(booksWith([iis], [{ ...entry, host: 'MAIL02' }]), [5], 'iis-front')).toEqual(['here']);
  });
});

describe('which log a file is, and what its rows hold', () => {
  const iis = (ports: readonly string[], path = 'x.log'): File => ({
    path,
    logSource: 'iis-w3c',
    hours: range(0, 10),
    groups: { 's-port|s-computername|s-ip': ports.map((port) => [port, null, null]) },
  });

  test('front and back of IIS by port, else by folder; HttpProxy by protocol', () => {
    expect(told(booksWith([iis(['443', '80'])]), [5], 'iis-front')).toEqual(['here']);
    expect(told(booksWith([iis(['443'])]), [5], 'iis-back')).toEqual(['missing']);
    expect(told(booksWith([iis(['444'])]), [5], 'iis-back')).toEqual(['here']);
    expect(told(booksWith([iis([], 'LogFiles/W3SVC2/u_ex210301.log')]), [5], 'iis-back')).toEqual(['here']);
    const proxy: File = {
      path: 'p.log',
      logSource: 'httpproxy',
      hours: range(0, 10),
      groups: { 'Protocol|HttpStatus|BackEndStatus': [['Ecp', '200', '200']] },
    };
    expect(told(booksWith([proxy]), [5], 'httpproxy/Ecp')).toEqual(['here']);
    expect(told(booksWith([proxy]), [5], 'httpproxy/Owa')).toEqual(['missing']);
  });

  test('a column that is always empty, of rows enough, is not there', () => {
    const columns = ['date', 'time', 'cs-uri-stem', 'cs-username', 'sc-status'];
    const rows = (user: string | null): File => ({
      ...iis(['443']),
      columns,
      groups: { 's-port|s-computername|s-ip': [['443', null, null]], 'c-ip|cs-username': [['192.0.2.1', user]] },
    });
    const columnsOf = (file: File): readonly string[] | null =>
      booksWith([file]).find('iis-front', 'MAIL01', at(5)).place!.columns;
    expect(columnsOf(rows('LAKE\\a'))).toEqual(columns);
    expect(columnsOf(rows(null))).toEqual(columns.filter((name) => name !== 'cs-username'));
    // Two rows without an account prove nothing.
    expect(columnsOf({ ...rows(null), hours: [5], rows: 2 })).toEqual(columns);
    expect(columnsOf({ ...iis(['443']) })).toBeNull();
  });
});
