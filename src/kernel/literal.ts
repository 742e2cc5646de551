import type { Field, Literal } from '../core/record.ts';
import { foldCase, percentDecode } from '../core/text.ts';

const foldedTexts = new WeakMap<Literal, string>();

/** What is compared with: folded, unless case matters. */
export function foldedText(literal: Literal): string {
  let text = foldedTexts.get(literal);
  if (text === undefined) {
    text = literal.cased ? literal.text : foldCase(literal.text);
    foldedTexts.set(literal, text);
  }
  return text;
}

function holdsIn(literal: Literal, text: string): boolean {
  const value = literal.cased ? text : foldCase(text);
  const wanted = foldedText(literal);
  switch (literal.how) {
    case 'is':
      return value === wanted;
    case 'starts':
      return value.startsWith(wanted);
    case 'ends':
      return value.endsWith(wanted);
    case 'contains':
      return value.includes(wanted);
  }
}

/** A literal holds on the value as logged or, where the client may percent-encode, on the value decoded once. */
export function literalHolds(literal: Literal, field: Field, text: string): boolean {
  if (holdsIn(literal, text)) return true;
  return field.percent === true && text.includes('%') && holdsIn(literal, percentDecode(text));
}
