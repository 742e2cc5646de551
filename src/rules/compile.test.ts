import { expect, test } from 'vitest';
import { UserError } from '../core/errors.ts';
import { compileRules } from './compile.ts';
import { parseRule } from './parse.ts';
import type { Rule } from './rule.ts';

const groups = [['m', 'p', 's'], ['port']];
const ruleOf = (selections: string, condition: string, service = 'iis-w3c'): Rule =>
  parseRule(`title: t\nlogsource:\n  service: ${service}\ndetection:\n${selections}\n  condition: ${condition}\n`, 'r.yml');
const guards = (rule: Rule, counted = groups): string[] =>
  compileRules([rule], 'iis-w3c', counted, 10)
    .demand.literals.filter(({ selects }) => selects)
    .map(({ field, how, text }) => `${field} ${how} ${text}`);

test('waits on the longest text that it cannot be true without', () => {
  expect(guards(ruleOf('  a:\n    q|contains: longest\n    u: ab\n    s: 200', 'a'))).toEqual(['q contains longest']);
  expect(guards(ruleOf('  a:\n    q: [one, three]\n  b:\n    u: fifteen', 'a or b'))).toEqual([
    'q is one',
    'q is three',
    'u is fifteen',
  ]);
  expect(guards(ruleOf("  a:\n    q: 'x*middle*y'", 'a'))).toEqual(['q contains middle']);
});

test('waits on counted values where no text is needed, or only a short one', () => {
  expect(guards(ruleOf('  a:\n    q|contains: abc\n  b:\n    s: 200', 'a or b'))).toEqual([]);
  expect(guards(ruleOf("  a:\n    u|endswith: '$'\n    port: 444", 'a'))).toEqual([]);
  expect(guards(ruleOf('  a:\n    s: 200', 'not a'))).toEqual([]);
});

test('judges only the group that it waits on', () => {
  const { judge } = compileRules([ruleOf('  a:\n    p|endswith: .aspx\n    s: 200\n    port: 443', 'a')], 'iis-w3c', groups, 10);
  expect(judge(0, ['GET', '/X.ASPX', '200'])).toBe(true);
  expect(judge(0, ['GET', '/x.aspx', '404'])).toBe(false);
  expect(judge(0, ['GET', '/x%2easpx', '200'])).toBe(true);
  expect(judge(0, ['GET', null, '200'])).toBe(false);
  expect(judge(1, ['443'])).toBe(false);
});

test('a rule that names no counted field and no text takes every row', () => {
  const { judge } = compileRules([ruleOf('  a:\n    z|gt: 5', 'a')], 'iis-w3c', groups, 10);
  expect(judge(0, [null, null, null])).toBe(true);
});

test('where nothing is counted, a rule needs a text', () => {
  expect(() => compileRules([ruleOf('  a:\n    z|gt: 5', 'a')], 'iis-w3c', [], 10)).toThrow(UserError);
  expect(guards(ruleOf("  a:\n    z|contains: '<'", 'a'), [])).toEqual(['z contains <']);
});

test('equal texts are one literal, and other sources are passed over without shifting the numbers', () => {
  const { demand } = compileRules(
    [
      ruleOf('  a:\n    q|contains: Same', 'a'),
      ruleOf('  a:\n    x|contains: foreign', 'a', 'httpproxy'),
      ruleOf('  a:\n    q|contains: same\n    s: 200', 'a'),
    ],
    'iis-w3c',
    groups,
    10,
  );
  expect(demand.literals).toEqual([
    { field: 'q', how: 'contains', text: 'Same', cased: false, selects: true },
    { field: 's', how: 'is', text: '200', cased: false, selects: false },
  ]);
});
