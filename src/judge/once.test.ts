/** A row that two files share is one event. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { observeTree, ruleOn, shuffledBy } from '../../test/support/run-memory.ts';
import type { Hit, HitRow } from '../core/hit.ts';
import type { Meaning } from '../core/record.ts';
import { hostsOf } from './hosts.ts';
import { artifact, hit, observed, part, row } from './observed.fixture.ts';
import { onceEach } from './once.ts';

const iis = (path: string, rows: number, root = ''): ReturnType<typeof artifact> =>
  artifact(path, [{ ...part({ hours: [['2021-03-03T00:00:00Z', '2021-03-03T23:00:00Z']] }), records: rows }], root);
const request = (path: string, at: string, values: Partial<Record<Meaning, string>> = {}): HitRow =>
  row(
    'r',
    `2021-03-03T04:${at}Z`,
    { 'url.path': '/x.aspx', 'http.method': 'POST', 'client.address': '198.51.100.7', ...values },
    'iis-w3c',
    path,
  );
const folded = (rows: readonly HitRow[], count = rows.length): Hit => ({
  ...hit(rows[0]!),
  key: 'k',
  count,
  rows,
  firstMs: rows[0]!.timeMs,
  lastMs: rows.at(-1)!.timeMs,
});
const once = (artifacts: readonly ReturnType<typeof artifact>[], hits: readonly Hit[]): string[] => {
  const seen = observed(artifacts, hits);
  return onceEach(seen, hostsOf(seen)).map(
    ({ artifact: path, count, rows, firstMs }) =>
      `${path} ${count} from ${new Date(firstMs!).toISOString().slice(14, 19)}: ${rows.map(({ timeMs }) => new Date(timeMs!).toISOString().slice(14, 19)).join(' ')}`,
  );
};
const two = [iis('a.log', 10), iis('b.log', 20)];

test('one request in two logs that overlap: the longer one says it', () => {
  expect(once(two, [hit(request('a.log', '01:00')), hit(request('b.log', '01:00'))])).toEqual(['b.log 1 from 01:00: 01:00']);
});

test('the rest of a hit stays with its own rows', () => {
  const hits = [
    folded(['01:00', '02:00', '03:00'].map((at) => request('a.log', at))),
    folded(['02:00', '03:00', '04:00'].map((at) => request('b.log', at))),
  ];
  expect(once(two, hits)).toEqual(['a.log 1 from 01:00: 01:00', 'b.log 3 from 02:00: 02:00 03:00 04:00']);
});

test('two equal rows of one file are two requests, and stay two', () => {
  const twice = (path: string): Hit => folded([request(path, '01:00'), request(path, '01:00')]);
  expect(once(two, [twice('a.log'), twice('b.log')])).toEqual(['b.log 2 from 01:00: 01:00 01:00']);
  expect(once(two, [twice('a.log'), hit(request('b.log', '01:00'))])).toEqual([
    'a.log 1 from 01:00: 01:00',
    'b.log 1 from 01:00: 01:00',
  ]);
  expect(once([iis('a.log', 1)], [twice('a.log')])).toEqual(['a.log 2 from 01:00: 01:00 01:00']);
});

test('rows that differ in anything, or have no time, are different', () => {
  for (const values of [{ 'http.status': '200' }, { 'client.address': '198.51.100.8' }, { 'http.time_taken': '7' }] as const)
    expect(once(two, [hit(request('a.log', '01:00', values)), hit(request('b.log', '01:00'))])).toHaveLength(2);
  const timeless = (path: string): HitRow => row('r', null, { 'config.value': 'x' }, 'exchange-config', path);
  const seen = observed(two, [hit(timeless('a.log')), hit(timeless('b.log'))]);
  expect(onceEach(seen, hostsOf(seen))).toEqual(seen.hits);
});

test('the same row of two servers is two requests', () => {
  const named = (path: string, host: string): ReturnType<typeof artifact> =>
    artifact(path, [part({ groups: { 's-port|s-computername|s-ip': [['443', host, null]] } })], host);
  expect(
    once([named('a.log', 'MX1'), named('b.log', 'MX2')], [hit(request('a.log', '01:00')), hit(request('b.log', '01:00'))]),
  ).toHaveLength(2);
  expect(
    once([named('a.log', 'MX1'), named('b.log', 'MX1')], [hit(request('a.log', '01:00')), hit(request('b.log', '01:00'))]),
  ).toHaveLength(1);
});

test('an excerpt’s row is the log’s when all that it says is said there; a log’s row is not', () => {
  const log = artifact('log', [part({ kind: 'httpproxy' })]);
  const csv = artifact('csv', [{ ...part({ kind: 'test-proxylogon', speaksFor: 'excerpt' }), logSource: 'httpproxy' }]);
  const full = (path: string): Hit =>
    hit(
      row('r', '2021-03-03T04:01:00Z', { anchor: 'ServerInfo~a', 'url.path': '/ecp/x.js', 'request.id': 'i' }, 'httpproxy', path),
    );
  const cut = (path: string, values: Partial<Record<Meaning, string>>): Hit =>
    hit(row('r', '2021-03-03T04:01:00Z', values, 'httpproxy', path));
  expect(once([log, csv], [full('log'), cut('csv', { anchor: 'ServerInfo~a' })])).toEqual(['log 1 from 01:00: 01:00']);
  expect(once([log, csv], [full('log'), cut('csv', { anchor: 'ServerInfo~b' })])).toHaveLength(2);
  expect(once([log, csv], [full('log'), cut('csv', { 'http.method': 'POST' })])).toHaveLength(2);
  expect(
    once([log, artifact('csv', [part({ kind: 'httpproxy' })])], [full('log'), cut('csv', { anchor: 'ServerInfo~a' })]),
  ).toHaveLength(2);
});

describe('of rows that were not kept, the least that fits counts', () => {
  const times = (from: number, path: string): HitRow[] =>
    [...Array.from({ length: 20 }, (_, i) => from + i), from + 30].map((minute) =>
      request(path, `${String(minute).padStart(2, '0')}:00`),
    );
  test('the same hit with more rows adds what is more', () => {
    expect(once(two, [folded(times(0, 'a.log'), 500), folded(times(0, 'b.log'), 300)]).map((line) => line.slice(0, 9))).toEqual([
      'b.log 500',
    ]);
    expect(once(two, [folded(times(0, 'a.log'), 300), folded(times(0, 'b.log'), 500)]).map((line) => line.slice(0, 9))).toEqual([
      'b.log 500',
    ]);
  });
  test('a hit that began later counts what is surely its own', () => {
    const lines = once(two, [folded(times(10, 'a.log'), 300), folded(times(0, 'b.log'), 500)]);
    // Minutes 10 to 19 and 30 are in both; of the others only the last comes after the end of the longer log's.
    expect(lines.map((line) => line.split(':')[0])).toEqual(['a.log 1 from 20', 'b.log 500 from 00']);
  });
});

test('any two overlapping stretches of one log count as the log', async () => {
  const rules = [ruleOn('post', 'iis-w3c', 'cs-method', 'is', 'POST')];
  const lines = Array.from(
    { length: 60 },
    (_, i) =>
      `2021-03-03 04:00:${String(Math.floor(i / 2)).padStart(2, '0')} ${i % 3 === 0 ? 'GET' : 'POST'} /p${i % 4} 192.0.2.${i % 2} 200\n`,
  );
  const log = (from: number, to: number): string =>
    `#Fields: date time cs-method cs-uri-stem c-ip sc-status\n${lines.slice(from, to).join('')}`;
  const totals = (hits: readonly Hit[]): Record<string, number> => {
    const sums: Record<string, number> = {};
    for (const { key, count } of [...hits].sort((a, b) => (a.key < b.key ? -1 : 1))) sums[key] = (sums[key] ?? 0) + count;
    return sums;
  };
  const alone = totals((await observeTree({ '/case/u_ex.log': log(0, 60) }, rules)).hits);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 1, max: 60 })), { maxLength: 3 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer(),
      async (others, at, back, seed) => {
        const tree: Record<string, string> = { '/case/m1.log': log(0, at), '/case/m2.log': log(Math.max(0, at - back), 60) };
        for (const [index, [from, length]] of others.entries()) tree[`/case/${index}.log`] = log(from, from + length);
        const seen = await observeTree(tree, rules, { order: shuffledBy(seed) });
        expect(totals(onceEach(seen, hostsOf(seen)))).toEqual(alone);
      },
    ),
    { numRuns: 60 },
  );
});
