/** Tests of a condition that a file's size, its bytes at a fixed place, or its name decide: made without the engine. */
import { integerOf } from './integers.ts';
import type { Token } from './lexer.ts';

/** External variables as signatures of the field ask for them. */
export interface FileNames {
  readonly filename: string;
  readonly filepath: string;
  /** With its dot. */
  readonly extension: string;
  readonly filetype: string;
  readonly owner: string;
}

export const externalNames = ['filename', 'filepath', 'extension', 'filetype', 'owner'] as const;

export interface TestedFile {
  readonly bytes: Uint8Array;
  readonly names: FileNames;
}

/** True: the test of the condition may hold. */
export type FileTest = (file: TestedFile) => boolean;

type Compare = (left: number, right: number) => boolean;
const compares: Readonly<Record<string, Compare>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const isPe: FileTest = ({ bytes }) => bytes[0] === 0x4d && bytes[1] === 0x5a;
const isElf: FileTest = ({ bytes }) => bytes[0] === 0x7f && bytes[1] === 0x45;
/** Modules that say nothing of a file of another kind: what they would say is undefined, and a test of it false. */
const moduleTests: Readonly<Record<string, FileTest>> = { pe: isPe, elf: isElf };

/** null: only the engine can say. */
export function fileTest(tokens: readonly Token[]): FileTest | null {
  const words = tokens.map(({ text }) => text);
  if (tokens.length === 3) {
    const named = nameTest(tokens[0]!, tokens[1]!.text, tokens[2]!);
    if (named !== null) return named;
  }
  const sign = tokens.findIndex(({ kind, text }) => kind === 'sign' && compares[text] !== undefined);
  if (sign !== -1) {
    const left = integerOf(tokens.slice(0, sign));
    const right = integerOf(tokens.slice(sign + 1));
    const compare = compares[tokens[sign]!.text]!;
    if (left !== null && right !== null)
      return ({ bytes }) => {
        const a = left(bytes);
        const b = right(bytes);
        // What is undefined is never true; what is not understood here may be.
        return a !== null && b !== null && (Number.isNaN(a) || Number.isNaN(b) || compare(a, b));
      };
  }
  if (words.join(' ') === 'pe . is_pe') return isPe;
  // `pe.number_of_sections == 3`; constants are written large, and `pe.is_pe` is defined for every file.
  const test =
    tokens[0]!.kind === 'word' && words[1] === '.' && Object.hasOwn(moduleTests, words[0]!) ? moduleTests[words[0]!] : undefined;
  return test !== undefined && /^(?!is_pe\b)[a-z]/.test(words[2] ?? '') ? test : null;
}

/** `for any i in (0 .. pe.number_of_signatures) : (…)`: a range without an end holds nothing. */
export function loopTest(tokens: readonly Token[]): FileTest | null {
  const words = tokens.map(({ text }) => text);
  if (words[1] !== 'any' || words[3] !== 'in' || words[4] !== '(' || words[6] !== '..') return null;
  return words[7] === 'pe' && words[8] === '.' && /^[a-z]/.test(words[9] ?? '') ? isPe : null;
}

/** A quoted text without escapes but for quotes and backslashes. */
function quoted({ kind, text }: Token): string | null {
  if (kind !== 'text') return null;
  const inner = text.slice(1, -1);
  return /\\[^\\"]/.test(inner) || /[^\x20-\x7e]/.test(inner) ? null : inner.replace(/\\(.)/g, '$1');
}

/** Letters that a name must end in, or hold, for a regular expression without choices to find it; null: none are certain. */
function certainLetters(regex: string): string | null {
  const body = regex.slice(1, regex.lastIndexOf('/'));
  if (body.includes('|')) return null;
  const match = /(^|\\?[^\\])([A-Za-z0-9_-]+)\$?$/.exec(body);
  return match === null || match[2]!.length < 3 ? null : match[2]!.slice(1).toLowerCase();
}

function nameTest(left: Token, sign: string, right: Token): FileTest | null {
  const name = externalNames.find((one) => one === left.text);
  if (name !== undefined && sign === 'matches' && right.kind === 'regex') {
    const letters = certainLetters(right.text);
    return letters === null ? null : ({ names }) => names[name].toLowerCase().includes(letters);
  }
  const text = quoted(right);
  if (name === undefined || text === null) return null;
  const small = text.toLowerCase();
  switch (sign) {
    case '==':
      return ({ names }) => names[name] === text;
    case 'contains':
      return ({ names }) => names[name].includes(text);
    case 'startswith':
      return ({ names }) => names[name].startsWith(text);
    case 'endswith':
      return ({ names }) => names[name].endsWith(text);
    case 'iequals':
      return ({ names }) => names[name].toLowerCase() === small;
    case 'icontains':
      return ({ names }) => names[name].toLowerCase().includes(small);
    case 'istartswith':
      return ({ names }) => names[name].toLowerCase().startsWith(small);
    case 'iendswith':
      return ({ names }) => names[name].toLowerCase().endsWith(small);
    default:
      return null;
  }
}
