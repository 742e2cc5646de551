/** What operators make of constant values: numbers are worked out, texts counted on and turned over bit by bit. */
import { mixed, textValue, type Value } from './value.ts';

/** The path of a value that is a number. */
export const number = '#';

/** A list of PHP as a text. */
export const asText = (value: Value): Value =>
  value.text !== null
    ? value
    : value.parts !== null
      ? textValue('Array', value.at)
      : value.spelled !== undefined && value.words === 0
        ? textValue(value.spelled, value.at)
        : value;

/** As PHP counts: `z` is followed by `aa`. */
export function incremented(text: string): string {
  if (/^-?\d+$/.test(text)) return String(Number(text) + 1);
  let out = '';
  for (let i = text.length - 1; i >= 0; i--) {
    const letter = text[i]!;
    if (!/[A-Za-z0-9]/.test(letter)) return text.slice(0, i + 1) + out;
    if (letter !== 'z' && letter !== 'Z' && letter !== '9')
      return text.slice(0, i) + String.fromCharCode(letter.charCodeAt(0) + 1) + out;
    out = (letter === 'z' ? 'a' : letter === 'Z' ? 'A' : '0') + out;
  }
  return (/^[zZ]/.test(text) ? (text[0] === 'z' ? 'a' : 'A') : '1') + out;
}

const turnedOver = (bytes: Iterable<number>): string => {
  let out = '';
  for (const byte of bytes) out += String.fromCharCode(~byte & 0xff);
  return out;
};

/** Bit by bit; where the page was read as UTF-8, the bytes are what is meant. */
export const inverted = (text: string): string => {
  const plain = turnedOver(Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)));
  if (/^[\x20-\x7e]*$/.test(plain)) return plain;
  const bytes = turnedOver(new TextEncoder().encode(text));
  return /^[\x20-\x7e]*$/.test(bytes) ? bytes : plain;
};

/** Numbers that are constant are worked out: characters are made of them. */
export function arithmetic(operator: string, left: Value, right: Value, at: number): Value {
  const [a, b] = [left.text === null ? Number.NaN : Number(left.text), right.text === null ? Number.NaN : Number(right.text)];
  if (Number.isNaN(a) || Number.isNaN(b) || left.text === '' || right.text === '') return { ...mixed(left, right), path: '' };
  const results: Readonly<Record<string, number>> = {
    '+': a + b,
    '-': a - b,
    '*': a * b,
    '/': a / b,
    '\\': Math.trunc(a / b),
    '%': a % b,
    mod: a % b,
    '^': a ^ b,
    '|': a | b,
    '&': a & b,
    '<<': a << b,
    '>>': a >> b,
  };
  const value = results[operator] ?? Number.NaN;
  return Number.isFinite(value) ? { ...textValue(String(value), at), path: number } : { ...mixed(left, right), path: '' };
}
