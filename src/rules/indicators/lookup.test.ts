import { expect, test } from 'vitest';
import { IndicatorSet } from './indicator.ts';
import { IndicatorTable, makeTable } from './lookup.ts';
import { readList } from './read-list.ts';

const lists = [
  'value,type',
  '198.51.100.7,ip',
  '203.0.113.0/28,cidr',
  '203.0.113.0/24,cidr',
  '2001:db8:5::/48,cidr',
  'bad.example,domain',
  'http://lone.example,url',
  'http://lone.example/a?b=1,url',
  'http://lone.example/c,url',
  'C:\\inetpub\\wwwroot\\aspnet_client\\x1.aspx,path',
  '%TEMP%\\tools\\y1.exe,path',
  'C:\\ProgramData\\Bad\\,path',
  '/owa/auth/z1.aspx,path',
  'odd1.exe,filename',
  'mallory,account',
  'who@bad.example,email',
  'Tool/1.0,useragent',
  `${'1a'.repeat(16)},md5`,
];
const set = new IndicatorSet();
readList(set, lists.join('\n'), 'x.csv');
const list = set.list();
const pageOf = (path: string): string | null =>
  path.startsWith('c:\\inetpub\\wwwroot\\') ? path.slice('c:\\inetpub\\wwwroot'.length).replaceAll('\\', '/') : null;
const table = new IndicatorTable(makeTable(list, pageOf));

const met = (ask: (on: (indicator: number, how: string) => void) => void): string[] => {
  const found: string[] = [];
  ask((indicator, how) => found.push(`${how} ${list[indicator]!.value}`));
  return found.sort();
};

test('each value finds what holds it, and nothing else', () => {
  expect(list).toHaveLength(lists.length - 1);
  expect(met((on) => table.address('198.51.100.7', on))).toEqual(['equal 198.51.100.7']);
  expect(met((on) => table.address('203.0.113.9', on))).toEqual(['range 203.0.113.0/24', 'range 203.0.113.0/28']);
  expect(met((on) => table.address('203.0.113.99', on))).toEqual(['range 203.0.113.0/24']);
  expect(met((on) => table.address('2001:db8:5:1:0:0:0:9', on))).toEqual(['range 2001:db8:5:0:0:0:0:0/48']);
  expect(met((on) => table.address('198.51.100.77', on))).toEqual([]);
  expect(met((on) => table.host('bad.example', on))).toEqual(['equal bad.example']);
  expect(met((on) => table.host('a.b.bad.example', on))).toEqual(['below bad.example']);
  expect(met((on) => table.host('notbad.example', on))).toEqual([]);
  expect(met((on) => table.host('lone.example', on))).toEqual(['host lone.example']);
  expect(met((on) => table.host('www.lone.example', on))).toEqual([]);
  expect(met((on) => table.url('lone.example/a?b=1', on))).toEqual(['equal lone.example/a?b=1']);
  expect(met((on) => table.url('lone.example/c?x=1', on))).toEqual(['equal lone.example/c']);
  expect(met((on) => table.path('c:\\inetpub\\wwwroot\\aspnet_client\\x1.aspx', on))).toEqual([
    'equal c:\\inetpub\\wwwroot\\aspnet_client\\x1.aspx',
  ]);
  expect(met((on) => table.path('d:\\x\\tools\\y1.exe', on))).toEqual(['tail \\tools\\y1.exe']);
  expect(met((on) => table.path('d:\\x\\mytools\\y1.exe', on))).toEqual([]);
  expect(met((on) => table.path('c:\\programdata\\bad\\sub\\any.txt', on))).toEqual(['folder c:\\programdata\\bad\\']);
  expect(met((on) => table.path('c:\\x\\odd1.exe', on))).toEqual(['name odd1.exe']);
  expect(met((on) => table.page('/aspnet_client/x1.aspx', on))).toEqual(['page c:\\inetpub\\wwwroot\\aspnet_client\\x1.aspx']);
  expect(met((on) => table.page('/owa/auth/z1.aspx', on))).toEqual(['page /owa/auth/z1.aspx']);
  expect(met((on) => table.account('mallory', on))).toEqual(['equal mallory']);
  expect(met((on) => table.email('who@bad.example', on))).toEqual(['equal who@bad.example']);
  expect(met((on) => table.agent('tool/1.0', on))).toEqual(['equal tool/1.0']);
  expect(met((on) => table.hash('1a'.repeat(16), on))).toEqual([`equal ${'1a'.repeat(16)}`]);
  expect(met((on) => table.hash('1b'.repeat(16), on))).toEqual([]);
});

test('twenty thousand values: each is found, and what is none is not', () => {
  const many = new IndicatorSet();
  const lines = Array.from({ length: 20_000 }, (_, i) => `n${i}.bad${i % 7}.example`);
  readList(many, lines.join('\n'), 'many.txt');
  const all = many.list();
  const large = new IndicatorTable(makeTable(all, () => null));
  const missing = lines.filter((line) => {
    const found: string[] = [];
    large.host(line, (indicator) => found.push(all[indicator]!.value));
    return found.join() !== line;
  });
  expect(missing).toEqual([]);
  let wrong = 0;
  for (let i = 0; i < 20_000; i++) large.host(`m${i}.bad${i % 7}.example`, () => wrong++);
  expect(wrong).toBe(0);
});

test('letters beyond ASCII are compared as they are', () => {
  const names = new IndicatorSet();
  readList(names, 'value,type\nöffnen\u1234.exe,filename\n', 'x.csv');
  const one = new IndicatorTable(makeTable(names.list(), () => null));
  const found: number[] = [];
  for (const name of ['öffnen\u1234.exe', 'offnen\u1234.exe', 'öffnen\u1235.exe'])
    one.name(name, (indicator) => found.push(indicator));
  expect(found).toEqual([0]);
});
