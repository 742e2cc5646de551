/** What one test of a rule needs to be true, and whether a value fulfils it. */
import { percentDecode } from '../core/text.ts';
import { compareNumber, type Matchers, type ValueTest } from './evaluate.ts';
import { fold, isAscii } from './fold.ts';
import { requiredText } from './regex-literal.ts';
import type { Test } from './rule.ts';

/** Tests that ask for nothing but a value, other than the plain comparisons of texts. */
export function valueHolds(test: Test, value: string, percent: boolean, matchers: Matchers): boolean {
  switch (test.how) {
    case 'glob':
    case 're':
    case 'cidr':
    case 'time': {
      const matches = matchers.of(test satisfies ValueTest);
      return matches(value) || (percent && value.includes('%') && matches(percentDecode(value)));
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return compareNumber(test.how, value, test.number);
    case 'present':
    case 'exists':
      return true;
    default:
      return false;
  }
}

export const isTextTest = (test: Test): boolean =>
  test.how === 'is' || test.how === 'starts' || test.how === 'ends' || test.how === 'contains';

/** Equal for tests that mean the same. */
export const testKey = (test: Test): string =>
  'text' in test ? `${test.how}${test.cased ? '!' : ''}${test.cased ? test.text : fold(test.text)}` : JSON.stringify(test);

/** A text without which the test cannot hold; '': none. */
export function neededTextOf(test: Test): string {
  switch (test.how) {
    case 'is':
    case 'starts':
    case 'ends':
    case 'contains':
      return test.text;
    case 'glob': {
      let best = '';
      for (const part of test.parts)
        if (part.kind === 'text' && part.text.length > best.length && isAscii(part.text)) best = part.text;
      return best;
    }
    case 're': {
      const text = requiredText(test.source, test.ignoreCase);
      return text.length < 2 ? '' : text;
    }
    default:
      return '';
  }
}
