/** Rule files that somebody broke, or wrote to do harm: each gives rules or errors with a place, and none hangs or throws. */
import { describe, expect, test } from 'vitest';
import type { Rows } from '../../src/core/record.ts';
import { bindRules, compileMany, isRuleCode, parseCollection } from '../../src/rules/index.ts';
import { soak } from '../support/soak.ts';

const seeds = [
  `title: A
id: 00000000-0000-4000-8000-000000000001
logsource: { product: windows, category: process_creation }
detection:
  sel:
    Image|endswith: ['\\cmd.exe', '\\powershell.exe']
    CommandLine|contains|all:
      - ' -enc'
      - "a*b?c\\\\*"
  filter_a: { ParentImage|re|i: '^[a-z]{2,5}\\.exe$' }
  filter_b:
    - User|cidr: 10.0.0.0/8
    - Hashes|windash|contains: ' -x /y'
  keywords: ['word', 5]
  condition: sel and not 1 of filter_* or keywords
level: high
`,
  `action: global
title: B
logsource: { category: webserver }
detection: { condition: sel }
---
name: one
detection:
  sel: { cs-uri-query|wide|base64offset|contains: abc, sc-status|gte: 500, time|hour|lt: 6, f|fieldref: g }
---
title: C
correlation:
  type: value_count
  rules: [one]
  group-by: [c-ip]
  timespan: 5m
  condition: { field: cs-uri-stem, gte: 10 }
  aliases: { x: { one: c-ip } }
---
title: F
logsource: { category: webserver }
filter: { rules: any, sel: { c-ip: 192.0.2.1 }, condition: not sel }
`,
];

const pieces = [
  '|',
  ':',
  ' ',
  '\n',
  '- ',
  '*',
  '\\',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '&a',
  '*a',
  '---\n',
  '|all',
  '|re',
  '|expand',
  '%x%',
  '(',
  ')',
  'not ',
  '1 of ',
  '\u0000',
  '\u202e',
  '\ud800',
  '\t',
  '#',
  '? ',
  '!!',
  '<<',
  '%YAML 9\n',
  '0x',
  '1e999',
  'null',
  '.nan',
  '~',
];

const rows: Rows = {
  length: 1,
  offset: () => 0,
  line: () => 0,
  recordId: () => null,
  timeMs: () => 0,
  layout: () => ({ hash: '', logSource: 'windows-event', fields: [{ name: 'CommandLine', type: 'text', writtenBy: 'server' }] }),
  literals: () => [],
  text: (_, name) => ({ Channel: 'Security', EventID: '4688', CommandLine: 'cmd.exe /c -enc aXb word 10.0.0.1' })[name] ?? null,
  raw: () => new Uint8Array(),
};

function tried(text: string): string[] {
  const collection = parseCollection(text, 'fuzz.yml');
  for (const { code, line, column, message } of collection.errors) {
    expect(isRuleCode(code), `${code} ${message}`).toBe(true);
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
  }
  const { rules, unrun } = bindRules([collection]);
  for (const { code } of unrun) expect(isRuleCode(code)).toBe(true);
  for (const [source, selection] of [
    ['windows-event', 'judged'],
    ['iis-w3c', 'texts'],
  ] as const) {
    const groups = [['Channel', 'Provider_Name', 'EventID']];
    const many = compileMany(rules, [source], groups, selection);
    many.judge(0, ['Security', null, '4688']);
    many.match(rows, 0, () => {});
  }
  return collection.errors.map(({ code }) => code);
}

test('broken rules', () => {
  let state = 7;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  const rounds = soak ? 200_000 : 500;
  let wrong = 0;
  for (let round = 0; round < rounds; round++) {
    let text = seeds[draw(seeds.length)]!;
    for (let change = 0; change <= draw(4); change++) {
      const at = draw(text.length + 1);
      switch (draw(4)) {
        case 0:
          text = text.slice(0, at) + text.slice(at + 1 + draw(12));
          break;
        case 1:
          text = text.slice(0, at) + pieces[draw(pieces.length)]! + text.slice(at);
          break;
        case 2:
          text = text.slice(0, at) + text.slice(draw(text.length), draw(text.length)) + text.slice(at);
          break;
        default:
          text = text.slice(0, at);
      }
    }
    if (tried(text).length > 0) wrong++;
  }
  // Some of what is broken has to be told, and some still be a rule.
  expect(wrong).toBeGreaterThan(rounds / 10);
  expect(wrong).toBeLessThan(rounds);
}, 3_600_000);

const head = 'title: t\nlogsource: { product: windows }\ndetection:\n';
const detection = (selection: string, condition = 'a'): string => `${head}  a: ${selection}\n  condition: ${condition}\n`;
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** What was written to do harm, and what is said of it; none: it is a rule. */
const hostile: Readonly<Record<string, readonly [text: string, code: string | null]>> = {
  'brackets without end': ['['.repeat(50_000), 'rule.deep'],
  'brackets with an end': [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'rule.deep'],
  'maps in maps': [`${'{a: '.repeat(20_000)}${'}'.repeat(20_000)}`, 'rule.deep'],
  'lists in lists': [`${'- '.repeat(20_000)}a`, 'rule.deep'],
  'anchors of anchors': [
    `${head}  a: &a [x, x]\n${lines(500, (i) => `  b${i}: &b${i} [*a, *a]`)}\n  condition: a\n`,
    'rule.alias',
  ],
  'many keys': [`title: t\n${lines(60_000, (i) => `k${i}: 1`)}`, 'rule.missing'],
  'many documents': ['---\na\n'.repeat(6000), 'rule.large'],
  'a long list': [detection(`{ f: [${'x,'.repeat(30_000)}x] }`), 'rule.large'],
  'many selections': [`${head}${lines(1500, (i) => `  a${i}: { f: x }`)}\n  condition: 1 of them\n`, 'rule.large'],
  'all choices of many': [`${head}${lines(60, (i) => `  a${i}: { f: x }`)}\n  condition: 30 of them\n`, 'rule.large'],
  'a long condition': [detection('{ f: x }', `${'not '.repeat(6000)}a`), 'rule.large'],
  'a deep condition': [detection('{ f: x }', `${'not '.repeat(100)}a`), 'rule.deep'],
  'dashes in all ways': [
    detection(`{ f|windash: [${Array.from({ length: 500 }, (_, i) => `' -a -b -c -d ${i}'`).join()}] }`),
    'rule.large',
  ],
  'a regular expression that other engines hang on': [detection("{ CommandLine|re: '^(a+)+$' }"), null],
  'many of them': [detection(`{ CommandLine|re: '${'(a|a)*'.repeat(200)}b' }`), null],
  'repeats of repeats': [detection("{ f|re: '((x{0,900}){0,900}){0,900}' }"), 'rule.regex_large'],
  'stars upon stars': [detection(`{ CommandLine: '${'*a'.repeat(5000)}*' }`), null],
  'one letter, again and again': [
    detection(`{ CommandLine|contains: [${Array.from({ length: 300 }, (_, i) => `'${'a'.repeat(i + 1)}'`).join()}] }`),
    null,
  ],
};

describe('rules that were written to do harm', () => {
  test.each(Object.entries(hostile))('%s', (_name, [text, code]) => {
    expect(tried(text)[0] ?? null).toBe(code);
    if (code !== null) return;
    // A value that is as bad as the rule.
    const { rules } = bindRules([parseCollection(text, 'r.yml')]);
    const many = compileMany(rules, ['windows-event'], [['Channel', 'Provider_Name', 'EventID']], 'judged');
    const bad: Rows = {
      ...rows,
      text: (_row, name) => ({ Channel: 'Security', EventID: '4688', CommandLine: `${'a'.repeat(30_000)}!` })[name] ?? null,
    };
    many.match(bad, 0, () => {});
  });
});
