/** Integer expressions over the bytes of a file: `uint32(uint32(0x3c) ^ 0x28)`. null: undefined there; NaN: not understood here. */
import type { Token } from './lexer.ts';

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

/** Undefined beyond the end. */
function integerAt(bytes: Uint8Array, at: number, [width, signed, big]: readonly [number, boolean, boolean]): number | null {
  if (at < 0 || at + width > bytes.length) return null;
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + bytes[at + (big ? i : width - 1 - i)]!;
  return signed && value >= 2 ** (8 * width - 1) ? value - 2 ** (8 * width) : value;
}

export function numberOf(token: Token | undefined): number | null {
  if (token?.kind !== 'number') return null;
  const match = /^(0x[0-9a-fA-F]+|\d+)(KB|MB)?$/.exec(token.text);
  if (match === null) return null;
  const value = Number(match[1]) * (match[2] === 'KB' ? 1024 : match[2] === 'MB' ? 1 << 20 : 1);
  return Number.isSafeInteger(value) ? value : null;
}

export type Integer = (bytes: Uint8Array) => number | null;

/** Weakest first. */
const levels: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*']];
const deepest = 40;

/** null: it holds something else. */
export function integerOf(tokens: readonly Token[]): Integer | null {
  const reading = { at: 0 };
  const read = (level: number, depth: number): Integer | null => {
    if (depth > deepest) return null;
    if (level === levels.length) return single(depth);
    let left = read(level + 1, depth);
    for (;;) {
      const sign = tokens[reading.at]?.text;
      if (left === null || sign === undefined || !levels[level]!.includes(sign)) return left;
      reading.at++;
      const right = read(level + 1, depth);
      if (right === null) return null;
      const before = left;
      left = (bytes) => combined(sign, before(bytes), right(bytes));
    }
  };
  const bracket = (depth: number): Integer | null => {
    if (tokens[reading.at]?.text !== '(') return null;
    reading.at++;
    const inner = read(0, depth + 1);
    if (tokens[reading.at]?.text !== ')') return null;
    reading.at++;
    return inner;
  };
  const single = (depth: number): Integer | null => {
    const token = tokens[reading.at];
    if (token?.text === '(') return bracket(depth);
    if (token?.text === 'filesize') {
      reading.at++;
      return (bytes) => bytes.length;
    }
    const number = numberOf(token);
    if (number !== null) {
      reading.at++;
      return () => number;
    }
    const width = token?.kind === 'word' && Object.hasOwn(widths, token.text) ? widths[token.text] : undefined;
    if (width === undefined) return null;
    reading.at++;
    const place = bracket(depth);
    if (place === null) return null;
    return (bytes) => {
      const at = place(bytes);
      return at === null || Number.isNaN(at) ? at : integerAt(bytes, at, width);
    };
  };
  const whole = read(0, 0);
  return whole !== null && reading.at === tokens.length ? whole : null;
}

const bits = new Set(['|', '^', '&', '<<', '>>']);

/** Integers have 64 bits; what 32 do not hold exactly is left to the engine. */
function combined(sign: string, left: number | null, right: number | null): number | null {
  if (left === null || right === null) return null;
  if (bits.has(sign)) {
    const small = (value: number): boolean => value >= 0 && value < 2 ** 32;
    if (!small(left) || !small(right)) return Number.NaN;
    if (sign === '|') return (left | right) >>> 0;
    if (sign === '^') return (left ^ right) >>> 0;
    if (sign === '&') return (left & right) >>> 0;
    if (right > 31) return Number.NaN;
    return sign === '<<' ? left * 2 ** right : Math.floor(left / 2 ** right);
  }
  const value = sign === '+' ? left + right : sign === '-' ? left - right : left * right;
  return Number.isSafeInteger(value) ? value : Number.NaN;
}
