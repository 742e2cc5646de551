/** Tests of a condition that a file's size, its bytes at a fixed place, or its name decide: made without the engine. */
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

function numberOf(token: Token | undefined): number | null {
  if (token?.kind !== 'number') return null;
  const match = /^(0x[0-9a-fA-F]+|\d+)(KB|MB)?$/.exec(token.text);
  if (match === null) return null;
  const value = Number(match[1]) * (match[2] === 'KB' ? 1024 : match[2] === 'MB' ? 1 << 20 : 1);
  return Number.isSafeInteger(value) ? value : null;
}

const widths: Readonly<Record<string, readonly [bytes: number, signed: boolean, big: boolean]>> = {
  uint8: [1, false, false],
  uint16: [2, false, false],
  uint32: [4, false, false],
  uint8be: [1, false, true],
  uint16be: [2, false, true],
  uint32be: [4, false, true],
  int8: [1, true, false],
  int16: [2, true, false],
  int32: [4, true, false],
};

/** Undefined beyond the end, and every comparison with it false. */
function integerAt(bytes: Uint8Array, at: number, [width, signed, big]: readonly [number, boolean, boolean]): number | null {
  if (at + width > bytes.length) return null;
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + bytes[at + (big ? i : width - 1 - i)]!;
  return signed && value >= 2 ** (8 * width - 1) ? value - 2 ** (8 * width) : value;
}

const isPe: FileTest = ({ bytes }) => bytes[0] === 0x4d && bytes[1] === 0x5a;
const isElf: FileTest = ({ bytes }) => bytes[0] === 0x7f && bytes[1] === 0x45;
/** Modules that say nothing of a file of another kind: what they would say is undefined, and a test of it false. */
const moduleTests: Readonly<Record<string, FileTest>> = { pe: isPe, elf: isElf };

/** null: only the engine can say. */
export function fileTest(tokens: readonly Token[]): FileTest | null {
  const words = tokens.map(({ text }) => text);
  if (tokens.length === 3) {
    const [left, sign, right] = tokens;
    const compare = compares[sign!.text];
    const number = numberOf(right);
    if (left!.text === 'filesize' && compare !== undefined && number !== null) return ({ bytes }) => compare(bytes.length, number);
    const named = nameTest(left!, sign!.text, right!);
    if (named !== null) return named;
  }
  if (tokens.length === 6 && words[1] === '(' && words[3] === ')') {
    const width = widths[words[0]!];
    const at = numberOf(tokens[2]);
    const compare = compares[words[4]!];
    const number = numberOf(tokens[5]);
    if (width !== undefined && at !== null && compare !== undefined && number !== null)
      return ({ bytes }) => {
        const value = integerAt(bytes, at, width);
        return value !== null && compare(value, number);
      };
  }
  // `pe.number_of_sections == 3`; constants are written large, and `pe.is_pe` is defined for every file.
  const test = tokens[0]!.kind === 'word' && words[1] === '.' ? moduleTests[words[0]!] : undefined;
  return test !== undefined && /^(?!is_pe\b)[a-z]/.test(words[2] ?? '') ? test : null;
}

/** A quoted text without escapes but for quotes and backslashes. */
function quoted({ kind, text }: Token): string | null {
  if (kind !== 'text') return null;
  const inner = text.slice(1, -1);
  return /\\[^\\"]/.test(inner) || /[^\x20-\x7e]/.test(inner) ? null : inner.replace(/\\(.)/g, '$1');
}

function nameTest(left: Token, sign: string, right: Token): FileTest | null {
  const name = externalNames.find((one) => one === left.text);
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
