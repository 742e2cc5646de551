import { describe, expect, test } from 'vitest';
import { parseRule } from './parse.ts';
import type { Expr } from './rule.ts';
import { RuleError } from './source-error.ts';

const head = 'title: t\nlogsource:\n  service: httpproxy\n';
const ruleOf = (detection: string): string => `${head}detection:\n${detection}`;
const exprOf = (selection: string, condition = 'a'): Expr =>
  parseRule(ruleOf(`  a:\n${selection}\n  condition: ${condition}\n`), 'r.yml').expr;

function errorOf(text: string): RuleError {
  try {
    parseRule(text, 'packs/x/rules/r.yml');
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
  throw new Error('no error');
}

test('a rule becomes plain data', () => {
  const rule = parseRule(
    `title: Something happened
id: 5D5A4C1A-0000-4000-8000-000000000001
status: test
level: high
author: Afterpatch
references: [https://example.test/]
falsepositives: None known
tags: [attack.t1190]
logsource:
  product: exchange
  service: ECP-Server
detection:
  a:
    CMD|startswith: Set-
    EX: null
  condition: a
`,
    'C:\\packs\\x\\rules\\some-rule.yml',
  );
  expect(rule).toEqual({
    id: 'some-rule',
    file: 'C:\\packs\\x\\rules\\some-rule.yml',
    uuid: '5d5a4c1a-0000-4000-8000-000000000001',
    title: 'Something happened',
    description: null,
    status: 'test',
    level: 'high',
    author: 'Afterpatch',
    references: ['https://example.test/'],
    falsepositives: ['None known'],
    tags: ['attack.t1190'],
    logSource: 'ecp-server',
    expr: {
      kind: 'and',
      of: [
        { kind: 'match', field: 'CMD', test: { how: 'starts', text: 'Set-', cased: false } },
        { kind: 'match', field: 'EX', test: { how: 'empty' } },
      ],
    },
  });
  expect(structuredClone(rule)).toEqual(rule);
});

const literal = (how: string, text: string, cased = false): Expr => ({
  kind: 'match',
  field: 'f',
  test: { how, text, cased } as never,
});

describe('values and modifiers', () => {
  test.each<[string, Expr]>([
    ['    f: abc', literal('is', 'abc')],
    ['    f: 241', literal('is', '241')],
    ['    f: 0012', literal('is', '0012')],
    ['    f: false', literal('is', 'false')],
    ['    f: abc*', literal('starts', 'abc')],
    ["    f: '*abc'", literal('ends', 'abc')],
    ["    f: '*abc*'", literal('contains', 'abc')],
    ["    f: '*'", { kind: 'match', field: 'f', test: { how: 'exists' } }],
    ["    f|contains: '*'", { kind: 'match', field: 'f', test: { how: 'exists' } }],
    ["    f: 'a\\*b'", literal('is', 'a*b')],
    ["    f: 'a\\\\*'", literal('starts', 'a\\')],
    ["    f: 'C:\\x'", literal('is', 'C:\\x')],
    ["    f: '\\\\\\\\server'", literal('is', '\\\\server')],
    [
      "    f: 'a*b?c'",
      {
        kind: 'match',
        field: 'f',
        test: {
          how: 'glob',
          cased: false,
          parts: [
            { kind: 'text', text: 'a' },
            { kind: 'any' },
            { kind: 'text', text: 'b' },
            { kind: 'one' },
            { kind: 'text', text: 'c' },
          ],
        },
      },
    ],
    ['    f|contains: abc', literal('contains', 'abc')],
    ['    f|contains: abc*', literal('contains', 'abc')],
    ['    f|startswith|cased: Abc', literal('starts', 'Abc', true)],
    ['    f|cased: Abc', literal('is', 'Abc', true)],
    ['    f|endswith: abc', literal('ends', 'abc')],
    ["    f: ''", { kind: 'match', field: 'f', test: { how: 'empty' } }],
    ['    f: null', { kind: 'match', field: 'f', test: { how: 'empty' } }],
    ['    f|exists: true', { kind: 'match', field: 'f', test: { how: 'exists' } }],
    ['    f|exists: false', { kind: 'match', field: 'f', test: { how: 'empty' } }],
    ['    f|gte: 200', { kind: 'match', field: 'f', test: { how: 'gte', number: 200 } }],
    ["    f|re|i: '^a+$'", { kind: 'match', field: 'f', test: { how: 're', source: '^a+$', ignoreCase: true, dotAll: false } }],
    ['    f: [a, null]', { kind: 'or', of: [literal('is', 'a'), { kind: 'match', field: 'f', test: { how: 'empty' } }] }],
    ['    f|contains|all: [a, b]', { kind: 'and', of: [literal('contains', 'a'), literal('contains', 'b')] }],
    ['    - f: a\n    - f: b', { kind: 'or', of: [literal('is', 'a'), literal('is', 'b')] }],
  ])('%s', (yaml, wanted) => {
    expect(exprOf(yaml)).toEqual(wanted);
  });
});

const conditionOf = (condition: string): string => {
  const show = (expr: Expr): string =>
    expr.kind === 'match'
      ? expr.field
      : expr.kind === 'not'
        ? `!${show(expr.of)}`
        : `(${expr.of.map(show).join(expr.kind === 'and' ? '&' : '|')})`;
  const selections = ['sel_a', 'sel_b', 'filter', '_hidden'].map((name) => `  ${name}:\n    ${name}: 1\n`).join('');
  return show(parseRule(ruleOf(`${selections}  condition: ${condition}\n`), 'r.yml').expr);
};

describe('conditions', () => {
  test.each([
    ['sel_a and not filter', '(sel_a&!filter)'],
    ['sel_a or sel_b and filter', '(sel_a|(sel_b&filter))'],
    ['(sel_a or sel_b) and filter', '((sel_a|sel_b)&filter)'],
    ['not not filter', '!!filter'],
    ['1 of sel_* and not filter', '((sel_a|sel_b)&!filter)'],
    ['all of sel_*', '(sel_a&sel_b)'],
    ['any of them', '(sel_a|sel_b|filter)'],
    ['all of them', '(sel_a&sel_b&filter)'],
    ['1 of _hidden', '_hidden'],
    ['sel_a AND NOT filter', '(sel_a&!filter)'],
  ])('%s', (condition, wanted) => {
    expect(conditionOf(condition)).toBe(wanted);
  });
});

describe('errors show their place', () => {
  test('the whole message', () => {
    expect(errorOf(ruleOf('  a:\n    f|containz: x\n  condition: a\n')).message).toBe(
      ['packs/x/rules/r.yml:6:7: unknown modifier `containz`', '    6 |     f|containz: x', '      |       ^^^^^^^^'].join('\n'),
    );
  });
  const select = (selection: string, condition = 'a'): string => ruleOf(`  a:\n${selection}\n  condition: ${condition}\n`);
  test.each<[string, string, number, number, RegExp]>([
    ['bad YAML', `${head}detection: [`, 4, 13, /not valid YAML/],
    ['a key twice', `${head}title: u\n`, 4, 1, /the key .title. stands twice/],
    ['two documents', `${head}---\ntitle: u\n`, 4, 1, /more than one document/],
    ['no title', 'logsource:\n  service: x\n', 1, 1, /`title` is missing/],
    ['no detection', head, 1, 1, /`detection` is missing/],
    ['no condition', ruleOf('  a:\n    f: x\n'), 5, 3, /`condition` is missing/],
    ['title is a number', 'title: 5\nlogsource:\n  service: x\ndetection: {}\n', 1, 8, /text is needed here, not a number/],
    ['unknown status', `status: wip\n${head}detection: {}\n`, 1, 9, /not one of the known/],
    ['no UUID', `id: abc\n${head}detection: {}\n`, 1, 5, /must be a UUID/],
    ['unknown selection', select('    f: x', 'a and other'), 7, 20, /no selection `other`/],
    ['pattern without selection', select('    f: x', '1 of sel_*'), 7, 19, /no selection fits `sel_\*`/],
    ['open parenthesis', select('    f: x', '(a'), 7, 16, /`\)` is missing at the end/],
    ['nothing after and', select('    f: x', 'a and'), 7, 19, /missing at the end/],
    ['two names in a row', select('    f: x', 'a a'), 7, 16, /`and` or `or` is needed/],
    ['aggregation', select('    f: x', 'a | count() > 5'), 7, 16, /no meaning in a condition/],
    ['two of', select('    f: x', '2 of them'), 7, 14, /only 1 selections fit/],
    ['keywords', select('    - word'), 6, 7, /keywords/],
    ['field without name', select("    '|all': x"), 6, 5, /keywords/],
    ['windash', select('    f|windash|contains: x'), 6, 7, /`windash` is not supported/],
    ['modifiers that quarrel', select('    f|contains|endswith: x'), 6, 5, /cannot stand together/],
    ['empty list', select('    f: []'), 6, 8, /empty list/],
    ['empty map', ruleOf('  a: {}\n  condition: a\n'), 5, 6, /matches everything/],
    ['contains nothing', select("    f|contains: ''"), 6, 17, /matches every value/],
    ['number expected', select('    f|gt: many'), 6, 11, /a number is needed/],
    ['true or false expected', select('    f|exists: maybe'), 6, 15, /true or false/],
    ['nested map', select('    f:\n      g: x'), 7, 7, /text is needed here, not a map/],
    ['alias', select('    f: &x [a]\n    g: *x'), 7, 8, /aliases/],
    ['open group', select("    f|re: 'a(b'"), 6, 12, /regular expression: missing closing \)/],
    ['nothing to repeat', select("    f|re: '*a'"), 6, 12, /missing argument to repetition/],
    ['repeated repetition', select("    f|re: 'a**'"), 6, 13, /nested repetition/],
    ['look-ahead', select("    f|re: 'a(?=b)'"), 6, 13, /invalid or unsupported/],
    ['back reference', select("    f|re: '(a)\\1'"), 6, 15, /invalid escape sequence/],
    ['written out too large', select("    f|re: '((a{100}){100}){10}'"), 6, 15, /invalid repeat count/],
    ['too long', select(`    f|re: '${'a'.repeat(2001)}'`), 6, 12, /longer than/],
  ])('%s', (_name, text, line, column, what) => {
    const error = errorOf(text);
    expect(error.what).toMatch(what);
    expect([error.line, error.column]).toEqual([line, column]);
    expect(error.message).toMatch(/\n +\d+ \| .*\n +\| +\^/);
    expect(error.fix).not.toBe('');
  });
  test('a long line is cut around the place', () => {
    const { message } = errorOf(select(`    f: x`, `${'a or '.repeat(100)}other`));
    const [, shown, carets] = message.split('\n');
    expect(shown!.length).toBeLessThan(120);
    expect(shown!.slice(carets!.indexOf('^'), carets!.lastIndexOf('^') + 1)).toBe('other');
  });
});
