/** What is known of an expression without running it: its text where it is constant, and whose words it holds. */
import type { PageFunction } from './functions.ts';
import type { Obfuscation } from './page-facts.ts';

/** Whose words, as bits: they only ever add up. */
export const from = {
  /** The visitor's. */
  request: 1,
  /** The name or the bytes of a file that the visitor sends. */
  upload: 2,
  /** Of a call, a variable or a field that the page does not explain. */
  unknown: 4,
  /** Words of the page itself. */
  page: 8,
  /** It went through a function that turns one text into another. */
  decoded: 16,
  decrypted: 32,
  /** The bare name of a file: it leads to no other folder. */
  nameOnly: 64,
  /** A variable that nothing in the page sets: old servers set such from the address. */
  unset: 128,
  /** A place or an address of the server's own. */
  server: 256,
  /** Read from a file or an answer of another server. */
  fetched: 512,
  /** A temporary file of an upload. */
  temporary: 1024,
  /** A value of one of few that the page allows, a number, yes or no. */
  narrowed: 2048,
  /** The name of a file that the page came upon when it listed a folder. */
  listed: 4096,
  /** A part of an address that was taken apart: that of a page, not of a machine behind this one. */
  ofAddress: 8192,
  /** One of what others have put there, by what a visitor says. */
  chosen: 16_384,
  /** What he types as a password, or as the number of a card. */
  secret: 32_768,
  /** What another server answered, at an address that the page brings. */
  elsewhere: 65_536,
} as const;

/** How the file is spelled in which the page itself stands. */
export const ownFile = '__FILE__';

export interface Value {
  /** Its text, where it is constant. */
  readonly text: string | null;
  readonly words: number;
  /** The name by which the visitor hands it in. */
  readonly parameter: string | null;
  /** What it is (`process`, `system.diagnostics.process.start`), lower case; '': not known. */
  readonly path: string;
  /** How its text was kept from being read. */
  readonly hidden: readonly Obfuscation[];
  /** Elements, where it is a list of constant ones. */
  readonly parts: readonly Value[] | null;
  /** Nothing of the page's own stands in it. */
  readonly bare: boolean;
  readonly at: number;
  /** Of a name that nothing explains: as it is spelled. PHP took such for its own text. */
  readonly spelled?: string;
  /** Of a text whose beginning is not known: how it ends. Of a file that was opened: its name. */
  readonly tail?: string;
  /** Of a text whose end is not known: how it begins. */
  readonly head?: string;
  /** Of code that is a value. */
  readonly code?: PageFunction;
  /** What else the variable that it was read from held, each constant: which of them it is depends on what is not run. */
  readonly others?: readonly Value[];
}

const none: readonly Obfuscation[] = [];

export const nothing: Value = { text: null, words: 0, parameter: null, path: '', hidden: none, parts: null, bare: true, at: 0 };
export const textValue = (text: string, at: number, hidden: readonly Obfuscation[] = none): Value => ({
  ...nothing,
  text,
  words: from.page,
  hidden,
  bare: false,
  at,
});
export const wordsValue = (words: number, at: number, path = ''): Value => ({
  ...nothing,
  words,
  path,
  at,
  bare: (words & from.page) === 0,
});
export const isRequest = ({ words }: Value): boolean => (words & (from.request | from.upload)) !== 0;

const hides = (a: readonly Obfuscation[], b: readonly Obfuscation[]): readonly Obfuscation[] =>
  b.length === 0 ? a : a.length === 0 ? b : [...new Set([...a, ...b])];

/** Whatever it is of both: nothing constant is left. */
export function mixed(a: Value, b: Value): Value {
  return {
    text: null,
    words: a.words | b.words,
    parameter: a.parameter ?? b.parameter,
    path: a.path === '' ? b.path : a.path,
    hidden: hides(a.hidden, b.hidden),
    parts: null,
    bare: a.bare && b.bare,
    at: a.at === 0 ? b.at : a.at,
  };
}

/** Of a value that went through something: its words, and no more. */
export const passed = (value: Value, words = 0): Value => ({
  ...value,
  text: null,
  parts: null,
  path: '',
  words: value.words | words,
});

export const hiddenBy = (value: Value, by: Obfuscation | null): Value =>
  by === null || value.hidden.includes(by) ? value : { ...value, hidden: [...value.hidden, by] };

/** Two texts joined. */
export function joined(a: Value, b: Value, most: number): Value {
  // An empty text is nothing of the page's own.
  const both = a.text === '' ? { ...mixed(a, b), bare: b.bare } : b.text === '' ? { ...mixed(a, b), bare: a.bare } : mixed(a, b);
  if (a.text === null || b.text === null || a.text.length + b.text.length > most) {
    // What is joined with nothing begins and ends as it did.
    const [first, last] = [a.text === '' ? b : a, b.text === '' ? a : b];
    const [head, tail] = [first.text ?? first.head, last.text ?? last.tail];
    return {
      ...both,
      path: '',
      ...(head === undefined || head === '' || head.length > 400 ? {} : { head }),
      ...(tail === undefined || tail === '' || tail.length > 400 ? {} : { tail }),
    };
  }
  const pieces = a.text !== '' && b.text !== '';
  return { ...both, path: '', text: a.text + b.text, hidden: pieces ? hides(both.hidden, ['joined-texts']) : both.hidden };
}
