/** Lists of indicators that somebody broke, or wrote to do harm: each gives indicators or reasons, and none hangs or throws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookUp } from '../../src/detect/index.ts';
import { IndicatorSet, IndicatorTable, leftOutCodes, makeTable, readList } from '../../src/rules/index.ts';
import { soak } from '../support/soak.ts';

const seeds = [
  'indicator,type,description,valid_until\n198.51.100[.]7,ip,"a, b",2021-03-01\nbad.example,domain,,\n"C:\\x\\y1.exe",path,,\n',
  JSON.stringify({
    type: 'bundle',
    id: 'bundle--1',
    objects: [
      {
        type: 'indicator',
        id: 'indicator--1',
        pattern:
          "([file:hashes.'SHA-256' = 'aa' AND file:name LIKE '%x'] FOLLOWEDBY [url:value IN ('http://a.example', 'b')]) WITHIN 5 SECONDS",
        valid_from: '2021-03-01T00:00:00Z',
      },
      { type: 'sighting', id: 'sighting--1', sighting_of_ref: 'indicator--1', count: 3 },
    ],
  }),
  JSON.stringify({
    Event: {
      info: 'x',
      threat_level_id: '1',
      Attribute: [{ type: 'ip-dst|port', value: '198.51.100.7|1', category: 'c', to_ids: true }],
    },
  }),
  "<?xml version='1.0'?><ioc id='1'><definition><Indicator operator='OR'><IndicatorItem id='2' condition='is'><Context search='FileItem/Md5sum'/><Content type='md5'>aa</Content></IndicatorItem></Indicator></definition></ioc>",
  '# list\n198.51.100.7\nbad[.]example # x\n203.0.113.0/24\nhxxp://bad.example/x\n',
];

function tried(text: string): IndicatorSet {
  const set = new IndicatorSet();
  readList(set, text, 'x');
  for (const { code, count } of set.leftOut()) expect([Object.hasOwn(leftOutCodes, code), count > 0]).toEqual([true, true]);
  const list = set.list();
  const table = new IndicatorTable(makeTable(list, () => null));
  // What was taken is found again, by the form in which it is kept.
  for (const [index, { kind, value }] of list.slice(0, 50).entries()) {
    if (kind !== 'address') continue;
    const found: number[] = [];
    table.address(value, (indicator) => found.push(indicator));
    expect(found).toContain(index);
  }
  return set;
}

test('cut, turned round, put together and sprinkled lists', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.constantFrom(...seeds),
      fc.nat(400),
      fc.nat(400),
      fc.array(
        fc.tuple(
          fc.nat(400),
          fc.constantFrom('"', "'", '\u0000', ',', '\n', '[', '{', '<', '\\', '\ufeff', '\ud800', ' '.repeat(50)),
        ),
        {
          maxLength: 6,
        },
      ),
      (one, other, from, to, marks) => {
        let text = one.slice(0, from) + other.slice(to);
        for (const [at, mark] of marks) text = text.slice(0, at) + mark + text.slice(at);
        tried(text);
      },
    ),
    { numRuns: soak ? 20_000 : 400 },
  );
});

test('any text looked up in a table, whatever stands in it', () => {
  const set = new IndicatorSet();
  readList(set, seeds[4]!, 'x');
  const table = new IndicatorTable(makeTable(set.list(), () => null));
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string(),
          fc.constantFrom('C:\\', '\\', '/', 'http://', '198.51.100.7', '::', 'a'.repeat(64), '"', '@', '.', ' ', '%41'),
        ),
        { maxLength: 40 },
      ),
      (parts) => {
        for (const look of ['text', 'page', 'address', 'addresses', 'host', 'agent', 'account', 'email'] as const)
          lookUp(table, look, parts.join(''), (indicator) => expect(indicator).toBeLessThan(set.size));
      },
    ),
    { numRuns: soak ? 20_000 : 300 },
  );
});

// Each took longer than a test may where one loop was not linear.
describe('written to do harm', () => {
  const n = 1 << 20;
  test.each<[string, string]>([
    ['brackets of JSON without an end', '['.repeat(n)],
    ['deep JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['deep objects', `{"type":"bundle","objects":${'[{"objects":'.repeat(5000)}1${'}]'.repeat(5000)}}`],
    ['answers in answers', `${'{"response":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['quotes', 'value,type\n' + '"'.repeat(n)],
    ['an open quote on each line', 'value,type\n' + '"a,ip\n'.repeat(n / 8)],
    ['blanks', ' '.repeat(n) + 'x' + ' '.repeat(n)],
    ['one line of dots', '.'.repeat(n)],
    ['one line of brackets', 'value,type\n' + '[.]('.repeat(n / 4) + ',ip\n'],
    ['many columns', Array.from({ length: 200_000 }, (_, i) => `c${i}`).join(',') + '\n' + '1,'.repeat(200_000)],
    [
      'many types',
      'value,type\n' +
        Array.from({ length: 50_000 }, (_, i) => `x,t${i}`).join('\n') +
        '\n' +
        'a1.example,domain\n'.repeat(60_000),
    ],
    ['open tags', '<ioc>' + '<Indicator operator="OR">'.repeat(50_000)],
    ['a tag without an end', '<ioc ' + 'a="b" '.repeat(n / 8)],
    ['brackets of a pattern', JSON.stringify({ type: 'indicator', id: 'indicator--1', pattern: '('.repeat(n) })],
    ['a text of a pattern', JSON.stringify({ type: 'indicator', id: 'indicator--1', pattern: `[a:b = '${"\\'".repeat(n / 4)}` })],
    [
      'a long pattern',
      JSON.stringify({ type: 'indicator', id: 'indicator--1', pattern: `[${"a:b = 'x' AND ".repeat(15_000)}a:b = 'x']` }),
    ],
    [
      'sightings',
      JSON.stringify({
        Event: {
          info: 'x',
          threat_level_id: 1,
          Attribute: [
            {
              type: 'md5',
              value: 'x',
              category: 'c',
              to_ids: true,
              Sighting: Array.from({ length: 20_000 }, () => ({ type: '0', date_sighting: '1614556800' })),
            },
          ],
        },
      }),
    ],
  ])('%s', (_what, text) => {
    tried(text);
  });

  test.each<[string, string]>([
    ['drives', 'C:\\'.repeat(3000)],
    ['drives with names', 'C:\\a b '.repeat(1500)],
    ['backslashes', '\\'.repeat(8192)],
    ['quotes and backslashes', '"\\'.repeat(4096)],
    ['slashes', '/a'.repeat(4096)],
    ['dots', 'a.'.repeat(4096)],
    ['signs of mail', 'a@b.'.repeat(2048)],
    ['colons', ':'.repeat(8192)],
    ['digits of hashes', 'a'.repeat(8192)],
    ['links', 'http://'.repeat(1200)],
  ])('a value of %s', (_what, value) => {
    const set = new IndicatorSet();
    readList(
      set,
      'value,type\nC:\\x\\y1.exe,path\nodd1.exe,filename\nhttp://bad.example/x,url\n/owa/x1.aspx,path\nC:\\x\\y\\,path\n198.51.100.7,ip\nwho@bad.example,email\n',
      'x',
    );
    expect(set.size).toBe(7);
    const table = new IndicatorTable(makeTable(set.list(), () => null));
    let met = 0;
    for (let i = 0; i < 20; i++) lookUp(table, 'text', value + i, () => met++);
    expect(met).toBe(0);
  });
});
