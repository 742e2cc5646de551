/**
 * The only way to make markup here, on the way into the file and in the browser alike: templates become Preact's elements. Whatever
 * is put between the pieces of a template is text, unless it is an element already: a forgotten escape does not exist, because
 * nobody writes markup as a string.
 */
import { createElement, Fragment, isValidElement } from 'preact';
import type { ComponentClass, VNode } from 'preact';
import { shown } from '../shown.ts';

/** Elements that {@link html} or {@link svg} made; a plain string never is. */
export type Markup = VNode;

/** What a button or a field does; only in the browser, never in the file. */
export type Handler = (event: Event) => void;

export type Part = Markup | string | number | boolean | null | Handler | readonly Part[];

/**
 * Words that signatures of web shells are made of. An empty element in their middle keeps the page from being one itself, and
 * changes neither what is read nor what is copied. This pattern is in the page, too: it is written so that it holds none of them.
 */
const signatureWords =
  /[e]val|[e]xecute|[u]nsafe|[s]cript|[r]unat|[r]equest|[p]age_load|[f]rombase64string|[b]ase64_decode|[c]reateobject|[a]ssembly|[c]md\.exe|[p]owershell|[p]assthru/gi;

/** A text with an empty element inside each word that signatures look for; the text itself where there is none. */
export function broken(text: string): string | Markup {
  const pieces: (string | Markup)[] = [];
  let at = 0;
  for (const { 0: word, index } of text.matchAll(signatureWords)) {
    const middle = index + (word.length >> 1);
    pieces.push(text.slice(at, middle), createElement('i', null));
    at = middle;
  }
  return pieces.length === 0 ? text : createElement(Fragment, null, ...pieces, text.slice(at));
}

/** A piece of a template: text of ours, the place of a part, or an element with both. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hole'; readonly index: number }
  | {
      readonly kind: 'element';
      readonly tag: string;
      readonly attributes: readonly (readonly [name: string, value: readonly (string | number)[]])[];
      readonly children: Piece[];
    };

/** Stands for a part while a template is taken apart; no template of ours holds one. */
const hole = '\u0001';
const token = /<\/([a-zA-Z0-9]+)\s*>|<([a-zA-Z0-9]+)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/gy;
const attribute = /([a-zA-Z-]+)(?:="([^"]*)")?/g;

/** Text and numbers of parts, in turn. */
function valueOf(text: string, next: () => number): (string | number)[] {
  return text.split(hole).flatMap((piece, index) => [...(index === 0 ? [] : [next()]), ...(piece === '' ? [] : [piece])]);
}

/** Takes a template apart, once for each place that it is written at. */
function taken(pieces: TemplateStringsArray): Piece[] {
  const source = pieces.join(hole);
  let count = 0;
  const next = (): number => count++;
  const root: Piece[] = [];
  const open: { readonly tag: string; readonly into: Piece[] }[] = [{ tag: '', into: root }];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (match === null) throw new Error(`no markup: ${source.slice(at, at + 60)}`);
    const { tag, into } = open.at(-1)!;
    const [, closed, opened, attributes, selfClosed, text] = match;
    if (text !== undefined) {
      // As a browser reads it: any blanks are one. Between tags on lines of their own they are nothing.
      for (const value of valueOf(text.replace(/\s+/g, ' '), next))
        into.push(typeof value === 'number' ? { kind: 'hole', index: value } : { kind: 'text', text: value });
    } else if (opened !== undefined) {
      const children: Piece[] = [];
      into.push({
        kind: 'element',
        tag: opened,
        attributes: [...attributes!.matchAll(attribute)].map(([, name, value]) => [name!, valueOf(value ?? '', next)] as const),
        children,
      });
      if (selfClosed === '') open.push({ tag: opened, into: children });
    } else if (closed === tag) open.pop();
    else throw new Error(`</${closed}> closes no <${tag}>`);
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.tag}> is not closed`);
  return root;
}

const known = new WeakMap<TemplateStringsArray, Piece[]>();

function child(part: Part | undefined, breaking: boolean): string | number | Markup | null | readonly unknown[] {
  if (part === null || part === undefined || typeof part === 'boolean') return null;
  if (typeof part === 'number') return part;
  if (typeof part === 'string') return breaking ? broken(shown(part)) : shown(part);
  if (Array.isArray(part)) return part.map((one: Part) => child(one, breaking));
  if (isValidElement(part)) return part;
  throw new Error('only text and elements belong into an element');
}

function attributeOf(value: readonly (string | number)[], parts: readonly Part[]): unknown {
  const [first] = value;
  // Alone in its quotes a part may be other than text: what a button does, or whether it is pressed.
  if (value.length === 1 && typeof first === 'number') {
    const part = parts[first];
    if (typeof part === 'function' || typeof part === 'boolean' || part === null) return part;
  }
  return value
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      const part = parts[piece];
      if (typeof part === 'number') return String(part);
      if (typeof part === 'string') return shown(part);
      throw new Error('only text belongs into an attribute');
    })
    .join('');
}

function grown(piece: Piece, parts: readonly Part[], breaking: boolean): unknown {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'hole':
      return child(parts[piece.index], breaking);
    case 'element': {
      const attributes = Object.fromEntries(
        piece.attributes.map(([name, value]) => [name, value.length === 0 ? '' : attributeOf(value, parts)]),
      );
      return createElement(piece.tag, attributes, ...(piece.children.map((one) => grown(one, parts, breaking)) as string[]));
    }
  }
}

function fill(pieces: TemplateStringsArray, parts: readonly Part[], breaking: boolean): Markup {
  let plan = known.get(pieces);
  if (plan === undefined) known.set(pieces, (plan = taken(pieces)));
  const made = plan.map((piece) => grown(piece, parts, breaking));
  const [only] = made;
  return made.length === 1 && isValidElement(only) ? only : createElement(Fragment, null, ...(made as string[]));
}

/** A component of ours as an element: one with a state of its own, in the browser. */
export const component = <Properties extends object>(type: ComponentClass<Properties>, properties: Properties): Markup =>
  createElement(type, properties) as unknown as Markup;

/** HTML from a template. */
export const html = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup => fill(pieces, parts, true);

/** SVG or plain-text elements (`title`) from a template: no elements inside words, which would end the picture. */
export const svg = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup => fill(pieces, parts, false);
