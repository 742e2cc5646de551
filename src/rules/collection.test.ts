import { describe, expect, test } from 'vitest';
import { parseCollection } from './collection.ts';
import type { CommunityRule, Correlation } from './community.ts';
import { compileMany } from './compile-many.ts';
import { correlate, type Mark } from './correlate.ts';
import type { Rows } from '../core/record.ts';
import { bindRules } from './rule-set.ts';
import { isRuleCode, ruleCodes } from './rule-codes.ts';

const head = 'title: t\nlogsource: { product: windows, service: security }\n';
const ruleWith = (selection: string, condition = 'sel'): string =>
  `${head}detection:\n  sel:\n${selection
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n  condition: ${condition}\n`;

/** Which of the records a rule matches. */
function matching(yaml: string, ...records: readonly Readonly<Record<string, string>>[]): number[] {
  const { set, rules } = bound(yaml);
  expect(set.unrun).toEqual([]);
  const many = compileMany(rules, ['windows-event'], [['Channel', 'Provider_Name', 'EventID']], 'judged');
  const rows = rowsOf(records.map((record) => ({ Channel: 'Security', Provider_Name: 'p', EventID: '4624', ...record })));
  return records.flatMap((_, row) => {
    let held = false;
    many.match(rows, row, () => (held = true));
    return held ? [row] : [];
  });
}

function bound(...yaml: readonly string[]): {
  readonly set: ReturnType<typeof bindRules>;
  readonly rules: ReturnType<typeof bindRules>['rules'];
} {
  const collections = yaml.map((text, index) => parseCollection(text, `r${index}.yml`));
  expect(collections.flatMap(({ errors }) => errors)).toEqual([]);
  const set = bindRules(collections);
  return { set, rules: set.rules };
}

function rowsOf(records: readonly Readonly<Record<string, string>>[]): Rows {
  const layouts = records.map((record) => ({
    hash: Object.keys(record).join(),
    logSource: 'windows-event',
    fields: Object.keys(record).map((name) => ({ name, type: 'text', writtenBy: 'server' }) as const),
  }));
  return {
    length: records.length,
    offset: (row) => row,
    line: (row) => row,
    recordId: () => null,
    timeMs: () => Number.NaN,
    layout: (row) => layouts[row]!,
    literals: () => [],
    text: (row, name) => records[row]![name] || null,
    raw: () => new Uint8Array(),
  };
}

describe('values', () => {
  test.each([
    ['escaping of wildcards', String.raw`f: 'a\*b'`, ['a*b', 'axb', String.raw`a\*b`], [0]],
    ['a backslash and anything', String.raw`f: 'a\\*b'`, ['a*b', String.raw`a\b`, String.raw`a\xxb`, 'axb'], [1, 2]],
    ['a backslash and a star', String.raw`f: 'a\\\*b'`, [String.raw`a\*b`, String.raw`a\b`], [0]],
    [
      'single and double backslash',
      String.raw`f: ['c:\x', 'd:\\y']`,
      [String.raw`c:\x`, String.raw`d:\y`, String.raw`d:\\y`],
      [0, 1],
    ],
    ['four backslashes', String.raw`f: '\\\\srv'`, [String.raw`\\srv`, String.raw`\srv`], [0]],
    ['one character', 'f: a?c', ['abc', 'ac', 'abbc', 'A C'], [0, 3]],
    ['case', 'f|contains: Ärger', ['kein ÄRGER', 'arger'], [0]],
    ['cased', 'f|contains|cased: Ab', ['xAb', 'xab'], [0]],
    ['all', 'f|contains|all: [a, b]', ['ab', 'ba', 'a'], [0, 1]],
    ['a number as written', 'f: 0x10', ['0x10', '16'], [0]],
    ['neq', 'f|neq: [a, b]', ['a', 'B', 'c', ''], [2, 3]],
    ['base64', 'f|base64|contains: foo', ['xZm9vx', 'foo'], [0]],
    ['base64offset', 'f|base64offset|contains: foobar', ['Zm9vYmFy', 'AGZvb2Jhcg', 'AABmb29iYXI', 'Zm9vYmF'], [0, 1, 2]],
    ['wide', 'f|wide|base64offset|contains: cmd', [btoa('xc\0m\0d\0'), btoa('c\0m\0d\0'), btoa('cmd')], [0, 1]],
    ['utf16 with its mark', 'f|utf16|base64: a', [btoa('\u00ff\u00fea\0'), btoa('a\0')], [0]],
    ['utf16be', 'f|utf16be|base64: a', [btoa('\0a'), btoa('a\0')], [0]],
    [
      'windash',
      "f|windash|contains: ' -enc'",
      ['x -enc', 'x /ENC', 'x \u2013enc', 'x \u2014enc', 'x \u2015enc', 'x +enc'],
      [0, 1, 2, 3, 4],
    ],
    ['windash leaves dashes within words', "f|windash: 'a-b -c'", ['a-b /c', 'a/b -c'], [0]],
    ['regular expressions tell case apart', "f|re: 'a.c$'", ['xabc', 'xABC', 'abcd'], [0]],
    ['re with i, m, s', "f|re|i|m: '^b'", ['a\nB', 'ab'], [0]],
    ['dot and line ends', "f|re|s: 'a.b'", ['a\nb'], [0]],
    [
      'cidr',
      'f|cidr: [10.0.0.0/8, "fe80::/10"]',
      ['10.255.0.1', '11.0.0.1', 'fe80::1', 'fec0::1', '::ffff:10.0.0.1', '10.0.0.256'],
      [0, 2, 4],
    ],
    ['numbers', 'f|gte: 10', ['9', '10', '11.5', 'x', '0x10', ''], [1, 2]],
    ['parts of a date', 'f|hour|gte: 22', ['2021-03-03T22:59:00Z', '2021-03-03 21:00:00', '23:00:01', 'x'], [0, 2]],
    ['week', 'f|week: 53', ['2021-01-03', '2021-01-04'], [0]],
    ['empty', "f: ''", ['', 'x'], [0]],
    ['null', 'f: null', ['', 'x'], [0]],
    ['star', "f: '*'", ['', 'x'], [0, 1]],
    ['words of a list', '- alpha\n- beta', ['x ALPHA y', 'gamma', 'beta'], [0, 2]],
    ['all words', "'|all':\n  - alpha\n  - 4624", ['ALPHA', 'x'], [0]],
  ] as const)('%s', (_name, selection, values, wanted) => {
    expect(matching(ruleWith(selection), ...values.map((f) => ({ f })))).toEqual(wanted);
  });

  test('a field that is not there', () => {
    const records = [{ g: 'x' }, { f: '' }, { f: 'x' }];
    expect(matching(ruleWith('f: null'), ...records)).toEqual([0, 1]);
    expect(matching(ruleWith("f: ''"), ...records)).toEqual([1]);
    expect(matching(ruleWith("f: '*'"), ...records)).toEqual([1, 2]);
    expect(matching(ruleWith('f|exists: true'), ...records)).toEqual([1, 2]);
    expect(matching(ruleWith('f|exists: false'), ...records)).toEqual([0]);
    expect(matching(ruleWith('f|neq: x'), ...records)).toEqual([0, 1]);
  });

  test('another field', () => {
    const records = [
      { f: 'A', g: 'a' },
      { f: 'ab', g: 'A' },
      { f: 'x', g: '' },
      { f: 'xa', g: 'a' },
    ];
    expect(matching(ruleWith('f|fieldref: g'), ...records)).toEqual([0]);
    expect(matching(ruleWith('f|fieldref|startswith: g'), ...records)).toEqual([0, 1]);
    expect(matching(ruleWith('f|fieldref|endswith: g'), ...records)).toEqual([0, 3]);
    expect(matching(ruleWith('f|fieldref|neq: g'), ...records)).toEqual([1, 2, 3]);
  });

  test('placeholders stand for values, or the rule cannot run', () => {
    const text = ruleWith("f|expand: '%admins%\\_x'");
    const [rule] = parseCollection(text, 'r.yml', { admins: ['adm*', 'root'] }).documents as CommunityRule[];
    expect(JSON.stringify(rule!.expr)).toContain('root\\\\_x');
    const { unrun, rules } = bindRules([parseCollection(text, 'r.yml')]);
    expect(rules).toEqual([]);
    expect(unrun.map(({ code, line }) => [code, line])).toEqual([['rule.placeholder', 5]]);
    // A rule about a log that nobody reads is skipped for that.
    const other = parseCollection(text.replace('windows', 'okta'), 'r.yml');
    expect(bindRules([other]).unrun.map(({ code }) => code)).toEqual(['skipped.product']);
    expect(matching(ruleWith(String.raw`f|expand: '\%plain\%'`), { f: '%plain%' })).toEqual([0]);
  });
});

test('conditions: lists, numbers, patterns', () => {
  const three = `${head}detection:\n  a: { f: x }\n  b: { g: x }\n  _c: { h: x }\n  condition: `;
  const records = [{ f: 'x' }, { g: 'x' }, { f: 'x', g: 'x' }, { h: 'x' }];
  expect(matching(`${three}[a and b, _c]\n`, ...records)).toEqual([2, 3]);
  expect(matching(`${three}2 of them\n`, ...records)).toEqual([2]);
  expect(matching(`${three}any of them\n`, ...records)).toEqual([0, 1, 2]);
  expect(matching(`${three}not (a or b)\n`, ...records)).toEqual([3]);
  expect(matching(`${three}a or b and _c\n`, ...records)).toEqual([0, 2]);
});

test('several documents: global, repeat, reset; one mistake hides no other', () => {
  const text = `action: global
title: both
logsource: { product: windows, service: security }
detection:
  condition: sel and not other
  other: { u: admin }
---
id: 00000000-0000-4000-8000-000000000001
detection:
  sel: { f: a }
---
action: repeat
id: 00000000-0000-4000-8000-000000000002
detection:
  sel: { f: b }
---
title: wrong
id: 00000000-0000-4000-8000-000000000003
detection:
  sel: { f|nonsense: a }
---
action: reset
---
${ruleWith('f: c')}`;
  const { documents, errors } = parseCollection(text, 'many.yml');
  expect(documents.map(({ id, title, line }) => [id, title, line])).toEqual([
    ['00000000-0000-4000-8000-000000000001', 'both', 8],
    ['00000000-0000-4000-8000-000000000002', 'both', 12],
    ['many#4', 't', 24],
  ]);
  expect(errors.map(({ code, line, column }) => [code, line, column])).toEqual([['rule.modifier', 20, 12]]);
  const rules = bindRules([{ documents, errors: [] }]).rules;
  const many = compileMany(rules, ['windows-event'], [['Channel', 'Provider_Name', 'EventID']], 'judged');
  const rows = rowsOf(['a', 'b', 'c'].map((f) => ({ Channel: 'security', EventID: '1', f, u: 'x' })));
  const found = [0, 1, 2].map((row) => {
    const ids: number[] = [];
    many.match(rows, row, (rule) => ids.push(rule));
    return ids;
  });
  expect(found).toEqual([[0], [1], [2]]);
});

test('filters hold besides the rule; unknown rules and other logs are told', () => {
  const rule = `id: 00000000-0000-4000-8000-000000000001\nname: one\n${ruleWith('f: a')}`;
  const filter = (rules: string, service = 'security'): string =>
    `title: f\nlogsource: { product: windows, service: ${service} }\nfilter:\n  rules: ${rules}\n  sel: { u|startswith: adm_ }\n  condition: not sel\n`;
  const kept = (rules: string): number[] => {
    const { set } = bound(rule, filter(rules));
    expect([set.unrun, set.filters]).toEqual([[], 1]);
    const many = compileMany(set.rules, ['windows-event'], [['Channel', 'Provider_Name', 'EventID']], 'judged');
    const rows = rowsOf(['adm_x', 'x'].map((u) => ({ Channel: 'Security', EventID: '1', f: 'a', u })));
    return [0, 1].filter((row) => {
      let held = false;
      many.match(rows, row, () => (held = true));
      return held;
    });
  };
  expect([kept('any'), kept('[one]'), kept('[00000000-0000-4000-8000-000000000001]')]).toEqual([[1], [1], [1]]);
  expect(bound(rule, filter('[none]')).set.unrun.map(({ code }) => code)).toEqual(['rule.filter_rule']);
  expect(bound(rule, filter('[one]', 'system')).set.unrun.map(({ code }) => code)).toEqual(['rule.filter_rule']);
});

const correlation = (type: string, more: string, rules = '[one]'): string =>
  `title: c\nid: 00000000-0000-4000-8000-00000000000c\ncorrelation:\n  type: ${type}\n  rules: ${rules}\n  group-by: [user]\n  timespan: 10m\n${more}`;
const named = (name: string): string => `name: ${name}\n${ruleWith(`f: ${name}`)}`;

/** Hits as minutes of first and last event, and what was compared. */
function correlated(
  yaml: readonly string[],
  marks: readonly (readonly [rule: string, minute: number, values?: Record<string, string>])[],
): number[][] {
  const { set } = bound(...yaml);
  expect(set.unrun.filter(({ code }) => ruleCodes[code].kind === 'error')).toEqual([]);
  const ids = new Map(set.rules.map(({ id, about }) => [about.name ?? id, id]));
  const all = marks.map(([rule, minute, values], index): Mark => ({
    rule: ids.get(rule)!,
    timeMs: minute * 60_000,
    values: { user: 'u', ...values },
    artifact: 'a',
    offsetBytes: index,
    recordId: null,
  }));
  // In whatever order they were read.
  const hits = correlate(set.correlations, all.toReversed()).hits;
  return hits.map(({ firstMs, lastMs, value }) => [firstMs / 60_000, lastMs / 60_000, value]);
}

describe('correlations', () => {
  test('event_count: in any ten minutes, each group by itself, each event used once', () => {
    const rules = [named('one'), correlation('event_count', '  condition: { gte: 3 }')];
    expect(
      correlated(rules, [
        ['one', 0],
        ['one', 9],
        ['one', 11],
        ['one', 12],
        ['one', 40],
        ['one', 41],
      ]),
    ).toEqual([[9, 12, 3]]);
    expect(
      correlated(rules, [
        ['one', 0],
        ['one', 1, { user: 'V' }],
        ['one', 2],
        ['one', 3, { user: 'v' }],
        ['one', 4, { user: 'v' }],
      ]),
    ).toEqual([[1, 4, 3]]);
    expect(
      correlated(
        [named('one'), correlation('event_count', '  condition: { gt: 1, lte: 2 }')],
        [
          ['one', 0],
          ['one', 1],
          ['one', 30],
        ],
      ),
    ).toEqual([[0, 1, 2]]);
    expect(
      correlated(
        [named('one'), correlation('event_count', '  condition: { neq: 1 }')],
        [
          ['one', 0],
          ['one', 1],
          ['one', 30],
        ],
      ),
    ).toEqual([[0, 1, 2]]);
  });

  test('value_count counts different values, without case', () => {
    const rules = [named('one'), correlation('value_count', '  condition: { field: host, gte: 2 }')];
    expect(
      correlated(rules, [
        ['one', 0, { host: 'A' }],
        ['one', 1, { host: 'a' }],
        ['one', 2],
        ['one', 3, { host: 'b' }],
      ]),
    ).toEqual([[0, 3, 2]]);
  });

  test('temporal: all rules, in any order; temporal_ordered: in theirs', () => {
    const both = [named('one'), named('two')];
    const marks = [
      ['two', 0],
      ['one', 5],
      ['one', 20],
      ['two', 25],
    ] as const;
    expect(correlated([...both, correlation('temporal', '', '[one, two]')], marks)).toEqual([
      [0, 5, 2],
      [20, 25, 2],
    ]);
    expect(correlated([...both, correlation('temporal_ordered', '', '[one, two]')], marks)).toEqual([[20, 25, 2]]);
    expect(correlated([...both, correlation('temporal', '  condition: { gte: 1 }', '[one, two]')], [['one', 1]])).toEqual([
      [1, 1, 1],
    ]);
  });

  test('sums, averages, percentiles', () => {
    const marks = [
      ['one', 0, { n: '10' }],
      ['one', 1, { n: '20' }],
      ['one', 2, { n: 'x' }],
      ['one', 3, { n: '60' }],
    ] as const;
    const of = (type: string, condition: string): number[][] =>
      correlated([named('one'), correlation(type, `  condition: { field: n, ${condition} }`)], marks);
    expect(of('value_sum', 'gte: 90')).toEqual([[0, 3, 90]]);
    expect(of('value_sum', 'gte: 91')).toEqual([]);
    expect(of('value_avg', 'gt: 29')).toEqual([[0, 3, 30]]);
    expect(of('value_median', 'eq: 20')).toEqual([[0, 3, 20]]);
    expect(of('value_percentile', 'percentile: 100, eq: 60')).toEqual([[0, 3, 60]]);
    expect(of('value_percentile', 'lte: 20')).toEqual([[0, 3, 20]]);
  });

  test('aliases name fields of each rule; correlations stand upon correlations', () => {
    const aliases = '  aliases:\n    user:\n      one: source\n      two: target\n';
    const rules = [named('one'), named('two'), correlation('temporal', aliases, '[one, two]')];
    expect(bound(...rules).rules.map(({ marks }) => marks)).toEqual([['source'], ['target']]);
    expect(
      correlated(rules, [
        ['one', 0, { source: 'x' }],
        ['two', 1, { target: 'X' }],
        ['two', 2, { source: 'x', target: 'y' }],
      ]),
    ).toEqual([[0, 1, 2]]);
    const many = `title: m\nname: many\ncorrelation:\n  type: event_count\n  rules: [one]\n  group-by: [user]\n  timespan: 5m\n  condition: { gte: 2 }\n`;
    const chain = [named('one'), named('two'), many, correlation('temporal_ordered', '', '[many, two]')];
    // The hit of the inner one stands for no alarm of its own, but it is listed.
    const { set } = bound(...chain);
    expect(set.correlations.map(({ about, silent }) => [about.title, silent])).toEqual([
      ['m', true],
      ['c', false],
    ]);
    expect(
      correlated(chain, [
        ['one', 0],
        ['one', 2],
        ['two', 6],
      ]),
    ).toEqual([
      [0, 2, 2],
      [2, 6, 2],
    ]);
  });

  test('what it is made of gives hits of its own only with generate', () => {
    const silent = (more: string): boolean[] =>
      bound(named('one'), correlation('event_count', `  condition: { gte: 2 }\n${more}`)).rules.map((rule) => rule.silent);
    expect([silent(''), silent('  generate: true\n')]).toEqual([[true], [false]]);
  });

  test('the aggregations of the old Sigma', () => {
    const old = (how: string): string => `${head}detection:\n  sel: { f: a }\n  timeframe: 1h\n  condition: sel | ${how}\n`;
    const made = parseCollection(old('count(host) by user > 3'), 'old.yml').documents.find(
      ({ kind }) => kind === 'correlation',
    ) as Correlation;
    expect([made.type, made.groupBy, made.fields, made.spanMs, made.criteria]).toEqual([
      'value_count',
      ['user'],
      ['host'],
      3_600_000,
      [{ is: 'gt', number: 3 }],
    ]);
    expect(bound(old('count() > 3')).set.correlations).toHaveLength(1);
    expect(bound(old('count() > 3')).rules.map(({ silent }) => silent)).toEqual([true]);
    expect(parseCollection(old('near other'), 'old.yml').errors.map(({ code }) => code)).toEqual(['rule.aggregation']);
  });
});

const errors: readonly (readonly [code: string, text: string, line: number, column: number])[] = [
  ['rule.yaml', 'title: [', 1, 9],
  ['rule.yaml', 'title: a\ntitle: b\n', 2, 1],
  ['rule.alias', `${head}detection: &d\n  sel: { f: *d }\n  condition: sel\n`, 4, 13],
  ['rule.deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 1, 1],
  ['rule.large', `title: ${'x'.repeat(2_000_001)}`, 1, 1],
  ['rule.missing', '', 1, 1],
  ['rule.missing', '- a\n- b\n', 1, 1],
  ['rule.missing', `${head}`, 1, 1],
  ['rule.missing', 'logsource: { product: windows }\n', 1, 1],
  ['rule.missing', `${head}detection:\n  sel: { f: a }\n`, 4, 3],
  ['rule.value', ruleWith('f:\n  - [a]'), 6, 9],
  ['rule.value', ruleWith('f|contains: null'), 5, 17],
  ['rule.value', ruleWith('f|gt: many'), 5, 11],
  ['rule.value', ruleWith('f|exists: perhaps'), 5, 15],
  ['rule.selection', ruleWith('{}'), 5, 5],
  ['rule.selection', ruleWith('f: []'), 5, 8],
  ['rule.selection', `${head}detection:\n  sel: null\n  condition: sel\n`, 4, 8],
  ['rule.modifier', ruleWith('f|nonsense: a'), 5, 7],
  ['rule.modifier', ruleWith('f|contains|startswith: a'), 5, 5],
  ['rule.modifier', ruleWith('f|contains|contains: a'), 5, 16],
  ['rule.modifier', ruleWith('f|i: a'), 5, 5],
  ['rule.modifier', ruleWith("'|exists': true"), 5, 5],
  ['rule.encoding', ruleWith("f|base64: 'a*'"), 5, 15],
  ['rule.network', ruleWith('f|cidr: 10.0.0.0/33'), 5, 13],
  ['rule.regex', ruleWith("f|re: 'a('"), 5, 12],
  ['rule.regex_lookaround', ruleWith("f|re: 'a(?=b)'"), 5, 13],
  ['rule.regex_lookaround', ruleWith("f|re: '(?<!a)b'"), 5, 12],
  ['rule.regex_backreference', ruleWith(String.raw`f|re: '(a)\1'`), 5, 15],
  ['rule.regex_large', ruleWith("f|re: 'a{1001}'"), 5, 13],
  ['rule.regex_large', ruleWith("f|re: '((a{100}){100}){100}'"), 5, 15],
  ['rule.condition', ruleWith('f: a', 'sel and'), 6, 21],
  ['rule.condition', ruleWith('f: a', '[[sel]]'), 6, 15],
  ['rule.condition_name', ruleWith('f: a', 'sel or none'), 6, 21],
  ['rule.condition_name', ruleWith('f: a', '1 of none*'), 6, 19],
  ['rule.deep', ruleWith('f: a', `${'('.repeat(100)}sel${')'.repeat(100)}`), 6, 79],
  ['rule.large', ruleWith('f: a', `sel${' or sel'.repeat(5000)}`), 6, 14],
  ['rule.large', ruleWith(`f|windash: '${' -a'.repeat(20)}'`), 5, 16],
  ['rule.aggregation', ruleWith('f: a', 'sel | near other'), 6, 18],
  ['rule.logsource', ruleWith('f: a').replace('product: windows, service: security', 'definition: x'), 2, 12],
  ['rule.logsource', ruleWith('f: a').replace('product: windows', 'product: [windows]'), 2, 23],
  ['rule.action', `action: explode\n${ruleWith('f: a')}`, 1, 9],
  ['rule.correlation', correlation('many', ''), 4, 9],
  ['rule.correlation', correlation('event_count', ''), 4, 3],
  ['rule.correlation', correlation('value_count', '  condition: { gte: 1 }'), 8, 14],
  ['rule.correlation', correlation('event_count', '  condition: { gte: x }'), 8, 21],
  ['rule.correlation', correlation('event_count', '  condition: { gte: 1 }').replace('10m', 'ten'), 7, 13],
  ['rule.filter', 'title: f\nlogsource: { product: windows }\nfilter:\n  sel: { a: b }\n  condition: sel\n', 4, 3],
];

describe('errors', () => {
  test.each(errors)('%s', (code, text, line, column) => {
    const { documents, errors: found } = parseCollection(text, 'r.yml');
    expect(documents).toEqual([]);
    expect(found.map((error) => [error.code, error.line, error.column])).toEqual([[code, line, column]]);
    expect(found[0]!.message).toMatch(/^r\.yml:\d+:\d+: .*\n +\d+ \| .*\n +\| +\^/s);
  });

  test('those that show only when rules meet', () => {
    const unrun = (...yaml: readonly string[]): string[] => bound(...yaml).set.unrun.map(({ code }) => code);
    expect(unrun(correlation('temporal', '', '[missing]'))).toEqual(['rule.correlation_rule']);
    expect(unrun(correlation('temporal', '', '[00000000-0000-4000-8000-00000000000c]'))).toEqual(['rule.correlation_cycle']);
    expect(unrun(named('one').replace('windows', 'linux'), correlation('temporal', '', '[one]'))).toEqual([
      'skipped.product',
      'skipped.product',
    ]);
    const twice = `id: 00000000-0000-4000-8000-000000000001\n${ruleWith('f: a')}`;
    expect(unrun(twice, twice)).toEqual(['skipped.duplicate']);
    expect(unrun(ruleWith('f: a').replace('security', 'nonsense'))).toEqual(['skipped.source']);
    expect(unrun(named('one'), correlation('event_count', '  condition: { gte: 2 }'))).toEqual(['skipped.referred']);
  });

  test('every code is met here', () => {
    const met = new Set<string>([
      ...errors.map(([code]) => code),
      'rule.placeholder',
      'rule.correlation_rule',
      'rule.correlation_cycle',
      'rule.filter_rule',
      'rule.invalid',
      'skipped.product',
      'skipped.source',
      'skipped.duplicate',
      'skipped.referred',
    ]);
    expect(Object.keys(ruleCodes).filter((code) => !met.has(code))).toEqual([]);
    expect([...met].filter((code) => !isRuleCode(code))).toEqual([]);
  });
});
