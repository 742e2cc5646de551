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

/** The parser of the engine gives up where these are not: `MZ`, and at the place that stands at 60 `PE\0\0`. */
const isPe: FileTest = ({ bytes }) => {
  if (bytes[0] !== 0x4d || bytes[1] !== 0x5a || bytes.length < 64) return false;
  const at = bytes[60]! + bytes[61]! * 2 ** 8 + bytes[62]! * 2 ** 16 + bytes[63]! * 2 ** 24;
  return bytes[at] === 0x50 && bytes[at + 1] === 0x45 && bytes[at + 2] === 0 && bytes[at + 3] === 0;
};
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
  // What counts says zero of what it does not know: `pe.rich_signature.version(5) == 0` holds of every text.
  if (words.includes('rich_signature') || (words.includes('==') && /^(?:imports|exports)/.test(words[2] ?? ''))) return null;
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

/** Where the class at `from` closes; -1: nowhere, or it holds another. */
function classEnd(body: string, from: number): number {
  let i = body[from + 1] === '^' ? from + 2 : from + 1;
  // Here it stands for itself.
  if (body[i] === ']') i++;
  for (; i < body.length; i++) {
    if (body[i] === '\\') i++;
    else if (body[i] === ']') return i;
    else if (body[i] === '[') return -1;
  }
  return -1;
}

/** Where the bracket at `from` closes; -1: nowhere. */
function groupEnd(body: string, from: number): number {
  let depth = 0;
  for (let i = from; i < body.length; i++) {
    const char = body[i]!;
    if (char === '\\') i++;
    else if (char === '[') {
      i = classEnd(body, i);
      if (i === -1) return -1;
    } else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return i;
  }
  return -1;
}

/** Letters that stand in every text which a regular expression without choices finds; null: none are certain. */
function certainLetters(regex: string): string | null {
  const body = regex.slice(1, regex.lastIndexOf('/'));
  // Blanks and remarks in an expression that is written loosely are no letters.
  if (/\(\?[a-z-]*x/i.test(body)) return null;
  let best = '';
  let run = '';
  const end = (): void => {
    if (run.length > best.length) best = run;
    run = '';
  };
  for (let i = 0; i < body.length; i++) {
    let char = body[i]!;
    if (char === '|') return null;
    if (char === '[' || char === '(') {
      const close = char === '[' ? classEnd(body, i) : groupEnd(body, i);
      if (close === -1) return null;
      end();
      i = close;
      continue;
    }
    if (char === '\\') {
      char = body[++i] ?? '';
      // A class, a border, a code.
      if (/[0-9A-Za-z]/.test(char)) {
        if (!/[bBdDsSwW]/.test(char)) return null;
        end();
        continue;
      }
    } else if ('?*{'.includes(char)) {
      // What stands before it may be missing.
      run = run.slice(0, -1);
      end();
      if (char === '{') {
        const close = body.indexOf('}', i);
        if (close === -1) return null;
        i = close;
      }
      continue;
    } else if ('^$.+'.includes(char)) {
      end();
      continue;
    }
    run += char;
  }
  end();
  return best.length < 3 ? null : best.toLowerCase();
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
