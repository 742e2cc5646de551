import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { requiredText } from './regex-literal.ts';
import { TextAutomaton } from './text-automaton.ts';

test.each([
  ['abc', 'abc'],
  ['abc|d', ''],
  ['(abc|d)ef', 'ef'],
  ['abc?de', 'ab'],
  ['abcd?', 'abc'],
  ['abc*d', 'ab'],
  ['abc+d', 'abc'],
  ['ab{2}cde', 'cde'],
  ['ab{0,3}cd', 'cd'],
  ['ab{12,}cd', 'ab'],
  [String.raw`\\cmd\.exe`, String.raw`\cmd.exe`],
  [String.raw`a\d+bcd`, 'bcd'],
  [String.raw`\x41BCD`, 'BCD'],
  [String.raw`\p{Greek}xyz`, 'xyz'],
  ['[abc]de[^f-h]ijk', 'ijk'],
  ['[]a]bc', 'bc'],
  ['[[:alpha:]]bc', 'bc'],
  ['^abc$', 'abc'],
  ['a.b.cd', 'cd'],
  ['(?:abc)+x', 'x'],
  ['(?i)ask', 'a'],
  [String.raw`\Qa.b\E`, ''],
  ['(?x) a b c', ''],
  ['ÄÖabc', 'abc'],
])('%s needs %j', (source, text) => {
  expect(requiredText(source, false)).toBe(text);
});

test('with i, letters that have relatives beyond ASCII end a run', () => {
  expect(requiredText('powershell', true)).toBe('power');
  expect(requiredText('xskyabc', true)).toBe('yabc');
  expect(requiredText('kkk', true)).toBe('');
});

const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^c]', '(a|bc)', '(?:ab)', '\\.', '\\d', 'K', '1', '\\x61');
const quantifier = fc.constantFrom('', '', '', '', '?', '*', '+', '{2}', '{0,2}', '{1,}', '+?', '*?');
const expression = fc
  .array(fc.tuple(atom, quantifier), { minLength: 1, maxLength: 7 })
  .map((parts) => parts.map(([one, many]) => one + many).join(''));
const value = fc.array(fc.constantFrom('a', 'b', 'c', 'K', 'k', '1', '.'), { maxLength: 12 }).map((parts) => parts.join(''));

test('whatever an expression finds holds the text', () => {
  let found = 0;
  fc.assert(
    fc.property(expression, value, fc.boolean(), (source, text, ignoreCase) => {
      if (!new RegExp(source, ignoreCase ? 'i' : '').test(text)) return;
      found++;
      expect(text.toLowerCase()).toContain(requiredText(source, ignoreCase).toLowerCase());
    }),
    { numRuns: 20_000 },
  );
  expect(found).toBeGreaterThan(2000);
});

test('the automaton tells every text and every place', () => {
  const letters = fc
    .array(fc.constantFrom('a', 'b', 'ä', '\u{1f600}'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.uniqueArray(letters, { maxLength: 12 }), fc.array(letters, { maxLength: 8 }), (texts, parts) => {
      const whole = parts.join('');
      const told: string[] = [];
      new TextAutomaton(texts).scan(whole, (text, end) => told.push(`${text} ${end}`));
      const wanted = texts.flatMap((text, index) =>
        Array.from({ length: whole.length + 1 }, (_, end) => end)
          .filter((end) => end >= text.length && whole.slice(end - text.length, end) === text)
          .map((end) => `${index} ${end}`),
      );
      expect(told.sort()).toEqual(wanted.sort());
    }),
    { numRuns: 3000 },
  );
});
