import { describe, expect, test } from 'vitest';
import { type Known, Matchers, truthOf, type Truth } from './evaluate.ts';
import { fold } from './fold.ts';
import { compileRegex } from './regex.ts';
import type { Expr, Test } from './rule.ts';
import { globMatcher, parsePattern } from './wildcards.ts';

const known: Known = (field) => ({ yes: 'a', empty: null })[field];
const match = (field: string, test_: Test = { how: 'is', text: 'a', cased: false }): Expr => ({
  kind: 'match',
  field,
  test: test_,
});
const [T, F, U] = [match('yes'), match('empty'), match('unknown')];

describe('three-valued logic', () => {
  test.each<[Expr, Truth]>([
    [T, true],
    [F, false],
    [U, null],
    [{ kind: 'not', of: T }, false],
    [{ kind: 'not', of: F }, true],
    [{ kind: 'not', of: U }, null],
    [{ kind: 'and', of: [T, U] }, null],
    [{ kind: 'and', of: [U, F] }, false],
    [{ kind: 'and', of: [T, T] }, true],
    [{ kind: 'or', of: [U, T] }, true],
    [{ kind: 'or', of: [U, F] }, null],
    [{ kind: 'or', of: [F, F] }, false],
    [{ kind: 'and', of: [{ kind: 'or', of: [U, F] }, F] }, false],
  ])('%j', (expr, truth) => {
    expect(truthOf(expr, known, new Matchers())).toBe(truth);
  });
  test.each<[string | null, Test, Truth]>([
    ['abc', { how: 'contains', text: 'B', cased: false }, true],
    ['abc', { how: 'contains', text: 'B', cased: true }, false],
    ['a%62c', { how: 'contains', text: 'b', cased: false }, null],
    ['a%62c', { how: 'contains', text: 'a', cased: false }, true],
    ['Ä', { how: 'is', text: 'ä', cased: false }, null],
    ['Ä', { how: 'is', text: 'b', cased: false }, false],
    ['241', { how: 'gte', number: 200 }, true],
    ['x', { how: 'gte', number: 200 }, false],
    [null, { how: 'lt', number: 200 }, false],
    [null, { how: 'empty' }, true],
    ['a', { how: 'exists' }, true],
    ['%61', { how: 're', source: 'a', ignoreCase: false, dotAll: false }, null],
    ['b', { how: 're', source: 'a', ignoreCase: false, dotAll: false }, false],
  ])('%j %j', (value, test_, truth) => {
    expect(truthOf(match('f', test_), () => value, new Matchers())).toBe(truth);
  });
});

describe('hostile texts stay cheap', () => {
  test('a glob looks for each piece once', () => {
    const matches = globMatcher(parsePattern(`${'a*'.repeat(30)}b`), false);
    expect(matches('a'.repeat(100_000))).toBe(false);
    expect(matches(`${'a'.repeat(100_000)}B`)).toBe(true);
  });
  test.each(['^(a+)+$', '(a|a)*b', '(?:a*)*c', '.*.*.*=.*x'])('%s', (source) => {
    expect(compileRegex(source, false, false)(`${'a'.repeat(50_000)}!`)).toBe(false);
  });
});

test('folding keeps length and never makes ASCII of anything else', () => {
  expect(fold('ÄÖ ΑΣ \u017f\u212a\u0130 Straße')).toBe('äö ασ \u017f\u212a\u0130 straße');
  for (const text of ['\u0130', '\u212a', 'ß', 'Σ', '😀']) expect(fold(text).length).toBe(text.length);
});
