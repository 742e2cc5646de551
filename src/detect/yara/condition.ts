/**
 * A condition → what it cannot be true without. Everything is weakened in one direction: where the condition holds for a file, the
 * tree holds, too. `not`, counts, offsets, loops, modules become `true`; tests that look at nothing but the size, a fixed offset or the
 * name of the file stay as tests that can be made without an engine.
 */
import type { Token } from './lexer.ts';
import { externalNames, type FileTest, fileTest, loopTest } from './file-tests.ts';

export type Need =
  | { readonly kind: 'true' }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Need[] }
  | { readonly kind: 'pattern'; readonly name: string }
  /** So many of these; `all` and shares count each definition once. */
  | { readonly kind: 'some'; readonly least: number; readonly names: readonly string[] }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'file'; readonly test: FileTest }
  /** What a module says of the file, and no pattern: the engine is asked it for itself. */
  | { readonly kind: 'said'; readonly term: string };

export const always: Need = { kind: 'true' };

export function all(of: readonly Need[]): Need {
  const left = of.filter(({ kind }) => kind !== 'true');
  return left.length === 0 ? always : left.length === 1 ? left[0]! : { kind: 'and', of: left };
}

export function any(of: readonly Need[]): Need {
  return of.length === 0 || of.some(({ kind }) => kind === 'true') ? always : of.length === 1 ? of[0]! : { kind: 'or', of };
}

/** What the names in a condition stand for. */
export interface Names {
  /** Definitions of patterns; anonymous ones are `$` each. */
  readonly patterns: readonly string[];
  /** Rules of this file that stand before it. */
  readonly rules: ReadonlySet<string>;
  /** Modules that the file imports. */
  readonly modules: ReadonlySet<string>;
}

/** Conditions nest at most this deep; what is deeper is weakened to `true`. */
const deepest = 200;

/** What is longer, or speaks of more patterns, is not looked into: others write it, and work grows with the product. */
const mostTokens = 20_000;
const mostPatterns = 3000;

export function needOf(condition: readonly Token[], names: Names): Need {
  if (condition.length > mostTokens || names.patterns.length > mostPatterns) return always;
  return disjunction(condition, names, 0);
}

const opens = (token: Token): boolean => token.kind === 'sign' && (token.text === '(' || token.text === '[');
const closes = (token: Token): boolean => token.kind === 'sign' && (token.text === ')' || token.text === ']');

/** Cuts at a word that stands in no bracket. */
function cutAt(tokens: readonly Token[], word: string): (readonly Token[])[] {
  const pieces: (readonly Token[])[] = [];
  let depth = 0;
  let from = 0;
  for (const [index, token] of tokens.entries()) {
    if (opens(token)) depth++;
    else if (closes(token)) depth--;
    else if (depth === 0 && token.kind === 'word' && token.text === word) {
      pieces.push(tokens.slice(from, index));
      from = index + 1;
    }
  }
  pieces.push(tokens.slice(from));
  return pieces;
}

function disjunction(tokens: readonly Token[], names: Names, depth: number): Need {
  if (depth > deepest || tokens.length === 0) return always;
  // What is declared for a whole expression binds weaker than `or`.
  if (tokens[0]!.text === 'with') return always;
  return any(cutAt(tokens, 'or').map((piece) => all(cutAt(piece, 'and').map((term) => termOf(term, names, depth)))));
}

/** Where the bracket that opens at `from` closes; -1: nowhere. */
function closing(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let index = from; index < tokens.length; index++) {
    if (opens(tokens[index]!)) depth++;
    else if (closes(tokens[index]!) && --depth === 0) return index;
  }
  return -1;
}

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=']);

function termOf(tokens: readonly Token[], names: Names, depth: number): Need {
  const first = tokens[0];
  if (first === undefined || first.text === 'not' || first.text === 'defined' || first.text === 'with') return always;
  if (first.text === 'for') return all([fileNeed(loopTest(tokens)), saidNeed(tokens, names)]);
  if (first.text === '(' && closing(tokens, 0) === tokens.length - 1) return disjunction(tokens.slice(1, -1), names, depth + 1);
  const counted = someOf(tokens, names);
  if (counted !== null) return counted;
  if (first.kind === 'pattern' && /^\$\w/.test(first.text)) {
    // `$a`, `$a at 0`, `$a in (0..100)`.
    if (tokens.length === 1 || tokens[1]!.text === 'at' || tokens[1]!.text === 'in') return patternNamed(first.text, names);
    return always;
  }
  if (first.kind === 'word' && tokens.length === 1 && names.rules.has(first.text)) return { kind: 'rule', name: first.text };
  return placed(tokens, names) ?? numbered(tokens, names) ?? all([fileNeed(fileTest(tokens)), saidNeed(tokens, names)]);
}

const patternNamed = (name: string, names: Names): Need => (names.patterns.includes(name) ? { kind: 'pattern', name } : always);

/** `any of them`, `2 of ($a*, $b)`, with or without a place behind. */
function someOf(tokens: readonly Token[], names: Names): Need | null {
  const of = tokens.findIndex(({ kind, text }) => kind === 'word' && text === 'of');
  if (of === -1) return null;
  const quantity = tokens.slice(0, of);
  let set: string[] = [];
  let end = of + 2;
  if (tokens[of + 1]?.text === 'them') set = [...names.patterns];
  else if (tokens[of + 1]?.text === '(') {
    end = closing(tokens, of + 1) + 1;
    if (end === 0) return always;
    for (const token of tokens.slice(of + 2, end - 1)) {
      if (token.text === ',') continue;
      // Rules among them, or expressions.
      if (token.kind !== 'pattern' || !token.text.startsWith('$')) return always;
      const { text } = token;
      set.push(
        ...(text.endsWith('*')
          ? names.patterns.filter((name) => name.startsWith(text.slice(0, -1)))
          : names.patterns.filter((name) => name === text)),
      );
    }
  } else return always;
  const behind = tokens[end];
  if (behind !== undefined && behind.text !== 'at' && behind.text !== 'in') return always;
  const least = leastOf(quantity, set.length);
  if (least === null || least < 1 || set.length === 0) return always;
  return { kind: 'some', least: Math.min(least, set.length), names: set };
}

function leastOf(quantity: readonly Token[], size: number): number | null {
  const [first, second] = quantity;
  if (quantity.length === 1) {
    if (first!.text === 'any') return 1;
    if (first!.text === 'all') return size;
    if (first!.kind === 'number' && /^\d+$/.test(first!.text)) return Number(first!.text);
  }
  if (quantity.length === 2 && second!.text === '%' && /^\d+$/.test(first!.text))
    return Math.max(1, Math.floor((size * Number(first!.text)) / 100));
  return null;
}

/** A comparison with the place or length of a match is false where there is none. */
function placed(tokens: readonly Token[], names: Names): Need | null {
  if (!tokens.some(({ kind, text }) => kind === 'sign' && comparisons.has(text))) return null;
  if (tokens.some(({ kind, text }) => kind === 'word' && /^(?:or|not|defined|for|with)$/.test(text))) return null;
  const matched = tokens.filter(({ kind, text }) => kind === 'pattern' && /^[@!]\w/.test(text));
  if (matched.length === 0) return null;
  return all([...new Set(matched.map(({ text }) => `$${text.slice(1)}`))].map((name) => patternNamed(name, names)));
}

const isCount = ({ kind, text }: Token): boolean => kind === 'pattern' && /^#\w/.test(text);
const isSum = ({ kind, text }: Token): boolean => kind === 'sign' && /^[()+]$/.test(text);

/** `#a > 2`: at least one; `(#a + #b) > #c`: at least one of the first two. */
function numbered(tokens: readonly Token[], names: Names): Need | null {
  const sign = tokens.findIndex(({ kind, text }) => kind === 'sign' && comparisons.has(text));
  const left = tokens.slice(0, sign);
  const right = tokens.slice(sign + 1);
  if (sign < 1 || !left.every((token) => isCount(token) || isSum(token)) || !left.some(isCount)) return null;
  const some = any(left.filter(isCount).map(({ text }) => patternNamed(`$${text.slice(1)}`, names)));
  const plain = right.length === 1 && right[0]!.kind === 'number' && /^\d+$/.test(right[0]!.text);
  const positive = plain && Number(right[0]!.text) > 0;
  const { text } = tokens[sign]!;
  // No count and no number is below zero.
  const nothingBelow = right.every(
    (token) => isCount(token) || isSum(token) || (token.kind === 'number' && /^\d+$/.test(token.text)),
  );
  return (text === '>' && nothingBelow) || ((text === '>=' || text === '==') && positive) ? some : always;
}

const fileNeed = (test: FileTest | null): Need => (test === null ? always : { kind: 'file', test });

/** A term that speaks of modules and numbers alone: `pe.imphash() == "…"`, `for any i in (0 .. pe.number_of_signatures) : (…)`. */
function saidNeed(tokens: readonly Token[], names: Names): Need {
  let speaks = false;
  for (const { kind, text } of tokens) {
    if (kind === 'pattern' || kind === 'odd' || kind === 'hex') return always;
    if (kind !== 'word') continue;
    if (text === 'them' || names.rules.has(text) || externalNames.some((name) => name === text)) return always;
    speaks ||= names.modules.has(text);
  }
  return speaks ? { kind: 'said', term: tokens.map(({ text }) => text).join(' ') } : always;
}
