/**
 * Indicators met in a web log are those that a plain look at every row finds, each as often, wherever the log is cut and however many distinct
 * values a block holds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block, Seam } from '../../src/core/record.ts';
import { prepareIndicators } from '../../src/assess.ts';
import { groupsOfReader } from '../../src/detect/index.ts';
import { iisW3c } from '../../src/read/iis-w3c.ts';
import { IndicatorSet, readList } from '../../src/rules/index.ts';
import { ScanBench } from '../../src/run/index.ts';
import { soak } from '../support/soak.ts';

const header = '#Fields: date time cs-method cs-uri-stem cs-username c-ip cs(User-Agent) cs(Referer) sc-status X-Forwarded-For\n';
interface Row {
  readonly stem: string;
  readonly user: string;
  readonly address: string;
  readonly agent: string;
  readonly referer: string;
  readonly forwarded: string;
}
const address = fc.tuple(fc.constantFrom('198.51.100', '203.0.113'), fc.nat(255)).map(([net, last]) => `${net}.${last}`);
const host = fc.constantFrom(
  'bad.example',
  'a.bad.example',
  'x.a.bad.example',
  'notbad.example',
  'bad.example.test',
  'other.example',
);
const stem = fc.constantFrom(
  '/owa/',
  '/owa/auth/X1.aspx',
  '/owa/auth/x1.aspx',
  '/owa/auth/x%31.aspx',
  '/aspnet_client/y2.aspx',
  '/a/odd3.aspx',
  '/é/ü.aspx',
);
const row: fc.Arbitrary<Row> = fc.record({
  stem,
  user: fc.constantFrom('-', 'HAVEN\\mallory', 'MALLORY', 'alice', 'mallory@haven.example'),
  address,
  agent: fc.constantFrom('Tool/1.0', 'tool/1.0', 'Mozilla/5.0+(x)', '-', 'Tool/1.1', 'Tool/1.0+x'),
  referer: fc.oneof(
    fc.constant('-'),
    host.map((name) => `https://${name}/p?q=1`),
    host.map((name) => `http://${name}`),
  ),
  forwarded: fc.oneof(
    fc.constant('-'),
    address,
    fc.tuple(address, address).map((two) => two.join(',')),
  ),
});

const list = [
  'value,type',
  '198.51.100.7,ip',
  '203.0.113.64/26,cidr',
  '203.0.113.0/24,cidr',
  'bad.example,domain',
  'https://a.bad.example/p,url',
  '/owa/auth/x1.aspx,path',
  'C:\\inetpub\\wwwroot\\aspnet_client\\y2.aspx,path',
  'odd3.aspx,filename',
  'mallory,account',
  'Tool/1.0,user-agent',
].join('\n');
const set = new IndicatorSet();
readList(set, list, 'list.csv');
const prepared = prepareIndicators(set.list());

/** Said again, plainly. */
function meets(row: Row): string[] {
  const found: string[] = [];
  const addresses = [row.address, ...row.forwarded.split(',').filter((one) => one !== '-')];
  const last = (one: string): number => Number(one.split('.')[3]);
  if (addresses.includes('198.51.100.7')) found.push('198.51.100.7');
  if (addresses.some((one) => one.startsWith('203.0.113.'))) found.push('203.0.113.0/24');
  if (addresses.some((one) => one.startsWith('203.0.113.') && last(one) >= 64 && last(one) < 128)) found.push('203.0.113.64/26');
  const name = /^https?:\/\/([^/]+)/.exec(row.referer)?.[1] ?? '';
  if (name === 'bad.example' || name.endsWith('.bad.example')) found.push('bad.example');
  if (row.referer.startsWith('https://a.bad.example/p')) found.push('a.bad.example/p');
  if (/^\/owa\/auth\/x(?:1|%31)\.aspx$/i.test(row.stem)) found.push('/owa/auth/x1.aspx');
  if (row.stem === '/aspnet_client/y2.aspx') found.push('c:\\inetpub\\wwwroot\\aspnet_client\\y2.aspx');
  if (row.stem.endsWith('/odd3.aspx')) found.push('odd3.aspx');
  if (/(?:^|\\)mallory(?:@.*)?$/i.test(row.user)) found.push('mallory');
  if (/^tool\/1\.0$/i.test(row.agent)) found.push('tool/1.0');
  return found;
}

const bench = new ScanBench();
bench.setRules(0, [], [], prepared.packed);

function met(text: string, blockBytes: number): Record<string, number> {
  const bytes = new TextEncoder().encode(text);
  const counts: Record<string, number> = {};
  let seam: Seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 };
  for (let at = 0, index = 0; at < bytes.length; at += blockBytes, index++) {
    const end = Math.min(bytes.length, at + blockBytes);
    const block: Block = { index, at, end, last: end === bytes.length };
    const { facts, indicators } = bench.scan({
      artifact: 'x',
      file: { path: 'x', placed: false, bytes: bytes.length, modifiedUtc: null, createdUtc: null },
      kind: 'iis-w3c',
      block,
      seam,
      round: 0,
      bytes: bytes.subarray(at),
    });
    expect(indicators!.overflow).toBe(0);
    // What is only asked is not counted.
    expect(facts.groups).toHaveLength(groupsOfReader(iisW3c).length);
    // In several fields of one row it is counted in the first.
    for (const { indicator, count } of indicators!.hits) {
      const { value } = prepared.list[indicator]!;
      counts[value] = (counts[value] ?? 0) + count;
    }
    seam = { ...facts.after, midRow: end < bytes.length && bytes[end - 1] !== 10 };
  }
  return counts;
}

const lineOf = (one: Row, second: number): string =>
  `2021-03-03 04:${String(Math.floor(second / 60) % 60).padStart(2, '0')}:${String(second % 60).padStart(2, '0')} GET ${one.stem} ${one.user} ${one.address} ${one.agent} ${one.referer} 200 ${one.forwarded}\n`;

function expected(rows: readonly Row[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of rows) for (const value of meets(one)) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

test('as a plain look at every row finds them, wherever the log is cut', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.integer({ min: 64, max: 4000 }), (rows, blockBytes) => {
      const text = header + rows.map((one, i) => lineOf(one, i)).join('');
      const wanted = expected(rows);
      expect(met(text, blockBytes)).toEqual(wanted);
      expect(met(text, 1 << 20)).toEqual(wanted);
    }),
    { numRuns: soak ? 10_000 : 150 },
  );
});

test('beyond the distinct values that a block counts', () => {
  const rows = Array.from({ length: 30_000 }, (_, i): Row => ({
    stem: `/p/${i}`,
    user: '-',
    address: `203.0.113.${i % 256}`,
    agent: `agent/${i}`,
    referer: `https://h${i}.${i % 3 === 0 ? 'bad.example' : 'good.example'}/`,
    forwarded: i % 1000 === 7 ? '198.51.100.7' : '-',
  }));
  const text = header + rows.map((one, i) => lineOf(one, i)).join('');
  expect(met(text, 1 << 23)).toEqual(expected(rows));
});
