import { Remembered } from '../core/remembered.ts';
import { asciiFold, fold, isAscii } from './fold.ts';
import type { Expr, Test } from './rule.ts';
import { compileRegex } from './regex.ts';
import { networkMatcher } from './network.ts';
import { timePartOf } from './time-part.ts';
import { globMatcher } from './wildcards.ts';

/** What can be said of a rule when only some fields of a row are known. */
export type Truth = true | false | null;

/** A field that is not known is `undefined`; one that is absent or empty is null. */
export type Known = (field: string) => string | null | undefined;

/** Kleene's logic: `null` is "cannot tell yet". */
export function truthOf(expr: Expr, known: Known, matchers: Matchers): Truth {
  switch (expr.kind) {
    case 'match': {
      const value = known(expr.field);
      return value === undefined ? null : truthOfTest(expr.test, value === null ? null : foldedValue(value), matchers);
    }
    case 'not': {
      const inner = truthOf(expr.of, known, matchers);
      return inner === null ? null : !inner;
    }
    case 'and': {
      let truth: Truth = true;
      for (const child of expr.of) {
        const one = truthOf(child, known, matchers);
        if (one === false) return false;
        if (one === null) truth = null;
      }
      return truth;
    }
    case 'or': {
      let truth: Truth = false;
      for (const child of expr.of) {
        const one = truthOf(child, known, matchers);
        if (one === true) return true;
        if (one === null) truth = null;
      }
      return truth;
    }
  }
}

/** Tests that ask for nothing but a value. */
export type ValueTest = Extract<Test, { how: 'glob' | 're' | 'cidr' | 'time' }>;

function matcherOf(test: ValueTest): (value: string) => boolean {
  switch (test.how) {
    case 'glob':
      return globMatcher(test.parts, test.cased);
    case 're':
      return remembering(compileRegex(test.source, test.ignoreCase, test.dotAll, test.multiline));
    case 'cidr':
      return networkMatcher(test.network) ?? ((): boolean => false);
    case 'time':
      return (value) => {
        const found = timePartOf(value, test.part);
        return found !== null && (test.is === 'eq' ? found === test.number : compareNumbers(test.is, found, test.number));
      };
  }
}

const mostRemembered = 512;
/** Longer values seldom come again. */
const longestRemembered = 400;

/** Regular expressions are by far the slowest of all tests, and the same values come again and again. */
function remembering(matches: (value: string) => boolean): (value: string) => boolean {
  const known = new Remembered<boolean>(mostRemembered);
  return (value) => {
    if (value.length > longestRemembered) return matches(value);
    let matched = known.get(value);
    if (matched === undefined) known.set(value, (matched = matches(value)));
    return matched;
  };
}

/** Compiled patterns, made once per rule set. */
export class Matchers {
  readonly #made = new Map<Test, (value: string) => boolean>();

  of(test: ValueTest): (value: string) => boolean {
    let matcher = this.#made.get(test);
    if (matcher === undefined) {
      matcher = matcherOf(test);
      this.#made.set(test, matcher);
    }
    return matcher;
  }
}

export function compareText(how: 'is' | 'starts' | 'ends' | 'contains', value: string, text: string): boolean {
  switch (how) {
    case 'is':
      return value === text;
    case 'starts':
      return value.startsWith(text);
    case 'ends':
      return value.endsWith(text);
    case 'contains':
      return value.includes(text);
  }
}

export function compareNumber(how: 'lt' | 'lte' | 'gt' | 'gte', value: string, number: number): boolean {
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(value.trim())) return false;
  return compareNumbers(how, Number(value), number);
}

function compareNumbers(how: 'lt' | 'lte' | 'gt' | 'gte', found: number, number: number): boolean {
  switch (how) {
    case 'lt':
      return found < number;
    case 'lte':
      return found <= number;
    case 'gt':
      return found > number;
    case 'gte':
      return found >= number;
  }
}

/**
 * One test on a tuple's value, as far as it can be told without the row. A value with `%` may hold in its decoded form, and a
 * letter beyond ASCII may be folded otherwise by a reader: a difference there is "cannot tell", never "no", because a row that is
 * not selected is never looked at again.
 */
export function truthOfTest(test: Test, of: FoldedValue | null, matchers: Matchers): Truth {
  const value = of === null || of.value === '' ? null : of.value;
  switch (test.how) {
    case 'exists':
      return value !== null;
    case 'empty':
      return value === null;
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return of !== null && compareNumber(test.how, of.value, test.number);
    case 'blank':
    case 'present':
    case 'ref':
      // Asks for more than the value: whether the record has the field, or another field.
      return null;
    case 'cidr':
    case 'time':
    case 'glob':
    case 're': {
      if (value === null) return false;
      if (matchers.of(test)(value)) return true;
      return value.includes('%') ? null : false;
    }
    default: {
      if (of === null || value === null) return false;
      if (test.cased) return compareText(test.how, value, test.text) || (value.includes('%') ? null : false);
      const wanted = foldedText(test);
      const strict = compareText(test.how, of.ascii, wanted.ascii);
      if (strict) return wanted.isAscii ? true : null;
      if (value.includes('%')) return null;
      if (of.isAscii) return false;
      const wide =
        compareText(test.how, fold(value), fold(test.text)) ||
        compareText(test.how, value.toLowerCase(), test.text.toLowerCase());
      return wide ? null : false;
    }
  }
}

/** A value, and its ASCII letters folded. */
export interface FoldedValue {
  readonly value: string;
  readonly ascii: string;
  readonly isAscii: boolean;
}

export const foldedValue = (value: string): FoldedValue => ({ value, ascii: asciiFold(value), isAscii: isAscii(value) });

const foldedTexts = new WeakMap<Test, FoldedValue>();

function foldedText(test: Extract<Test, { text: string }>): FoldedValue {
  let folded = foldedTexts.get(test);
  if (folded === undefined) foldedTexts.set(test, (folded = foldedValue(test.text)));
  return folded;
}

/** Tests that ask for more than one value: whether the record has the field, or what another field says. */
export function moreHolds(
  test: Extract<Test, { how: 'ref' | 'blank' | 'present' }>,
  value: string | null,
  present: () => boolean,
  other: (field: string) => string | null,
): boolean {
  const empty = value === null || value === '';
  switch (test.how) {
    case 'present':
      return !empty || present();
    case 'blank':
      return empty && present();
    case 'ref': {
      if (empty) return false;
      const text = other(test.field);
      if (text === null || text === '') return false;
      return test.cased ? compareText(test.as, value, text) : compareText(test.as, fold(value), fold(text));
    }
  }
}
