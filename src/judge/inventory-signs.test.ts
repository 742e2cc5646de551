import { expect, test } from 'vitest';
import type { FileSeen } from './inventory-files.ts';
import { alikeName, hiddenBy, neighbours, oddTimes } from './inventory-signs.ts';

const folder = 'C:\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\';
const file = (name: string, more: Partial<FileSeen> = {}): FileSeen => ({
  path: `${folder}${name}`,
  shippedPath: `frontend\\httpproxy\\owa\\auth\\${name.toLowerCase()}`,
  host: 'MAIL01',
  artifact: 'x',
  hash: null,
  bytes: 1,
  onDisk: true,
  earlier: false,
  copiedMs: Number.NaN,
  createdUtc: null,
  modifiedUtc: null,
  attributes: null,
  owner: null,
  row: null,
  ...more,
});
const names = ['errorfe.aspx', 'logon.aspx', 'redirsuiteserviceproxy.aspx', 'outlookcn.aspx'];
const shipped = { namesIn: () => names } as unknown as Parameters<typeof alikeName>[1];

test.each([
  ['RedirSuiteServerProxy.aspx', 'redirsuiteserviceproxy.aspx'],
  ['errorFF.aspx', 'errorfe.aspx'],
  ['1ogon.aspx', 'logon.aspx'],
  ['l\u043Egon.aspx', 'logon.aspx'],
  ['OutlookUS.aspx', null],
  ['q7x.aspx', null],
  ['help.aspx', null],
  ['x'.repeat(5000) + '.aspx', null],
])('%s passes for %s', (name, other) => {
  expect(alikeName(file(name), shipped)).toBe(other);
});

const made = (day: string): string => `2020-12-${day}T10:00:00.000Z`;
const beside = neighbours([
  file('logon.aspx', { createdUtc: made('01'), modifiedUtc: '2020-09-01T00:00:00.000Z', owner: 'BUILTIN\\Administrators' }),
  file('errorFE.aspx', { createdUtc: made('02'), modifiedUtc: '2020-09-02T00:00:00.000Z', owner: 'BUILTIN\\Administrators' }),
]);

test('made long after every shipped file beside it; a time of writing that was borrowed', () => {
  const late = file('q.aspx', { createdUtc: '2021-03-03T04:00:00.000Z', modifiedUtc: '2021-03-03T04:00:00.000Z' });
  expect(oddTimes(late, beside)).toHaveLength(1);
  expect(oddTimes(late, beside)[0]).toContain('3 March 2021');
  const borrowed = { ...late, modifiedUtc: '2020-09-01T00:00:00.000Z' };
  expect(oddTimes(borrowed, beside)[1]).toContain('logon.aspx');
});

test('times that agree, or that nobody tells, say nothing', () => {
  expect(oddTimes(file('q.aspx', { createdUtc: made('02'), modifiedUtc: made('02') }), beside)).toEqual([]);
  expect(oddTimes(file('q.aspx'), beside)).toEqual([]);
  expect(oddTimes(file('q.aspx', { host: 'MAIL02', createdUtc: '2021-03-03T04:00:00.000Z' }), beside)).toEqual([]);
});

test('hidden files, and owners that differ from those beside', () => {
  expect(hiddenBy(file('q.aspx', { attributes: '-a-hs' }), beside)).toHaveLength(1);
  expect(hiddenBy(file('q.aspx', { attributes: 'Hidden, System, Archive' }), beside)).toHaveLength(1);
  expect(hiddenBy(file('q.aspx', { attributes: '-a----' }), beside)).toEqual([]);
  expect(hiddenBy(file('q.aspx', { attributes: 'Archive' }), beside)).toEqual([]);
  expect(hiddenBy(file('q.aspx', { owner: 'NT AUTHORITY\\SYSTEM' }), beside)[0]).toContain('SYSTEM');
  expect(hiddenBy(file('q.aspx', { owner: 'BUILTIN\\Administrators' }), beside)).toEqual([]);
});
