import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileRegex } from './regex.ts';

const { pattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a', 'b', 'B', '.', '\\d', '\\W', '\\.', '[ab]', '[^a-c]', '[\\w-]', '\\x41', '\\b', '^', '$', '-'),
    fc.constantFrom('a*', 'b+', 'a?', '.*', 'b{2}', 'a{1,3}', '[ab]{2,}', '.+?'),
    tie('pattern').map((inner) => `(?:${inner})`),
    tie('pattern').chain((inner) => fc.constantFrom('*', '+', '?', '{2}').map((times) => `(${inner})${times}`)),
  ),
  pattern: fc
    .array(fc.array(tie('atom'), { maxLength: 3 }), { minLength: 1, maxLength: 2 })
    .map((parts) => parts.map((one) => one.join('')).join('|')),
}));
const subject = fc
  .array(fc.constantFrom('a', 'b', 'B', 'A', 'c', '1', '.', '-', ' ', 'ä', '\n'), { maxLength: 10 })
  .map((all) => all.join(''));

test('matches where JavaScript matches', () => {
  fc.assert(
    fc.property(pattern, subject, fc.boolean(), fc.boolean(), (source, text, ignoreCase, dotAll) => {
      const flags = `${ignoreCase ? 'i' : ''}${dotAll ? 's' : ''}`;
      expect(compileRegex(source, ignoreCase, dotAll)(text)).toBe(new RegExp(source, flags).test(text));
    }),
    { numRuns: 5000 },
  );
});
