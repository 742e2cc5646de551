/**
 * Where the documents of a JSON text begin and end, found without reading them: one on each line; one over several lines, as printers
 * of JSON indent them; or many on one line. Which it is, is told by the first of them and goes from block to block.
 *
 * A string of JSON holds no line end. So in the first two forms a line begins outside of all strings, wherever the text was cut, and
 * what is damaged ends with its line or its document. On one line only the text before tells, and it goes along as the state.
 */
import type { Split } from './document-scanner.ts';

const lf = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === lf;

/** Depth within brackets, and whether within a string or behind a backslash in one. */
interface Lexer {
  depth: number;
  quoted: boolean;
  escaped: boolean;
}

export const splitJson: Split = (bytes, given, ownedEnd, isWhole, state, found) => {
  const from = bytes[given] === 0xef && bytes[given + 1] === 0xbb ? given + 3 : given;
  const mode = state === '' ? modeOf(bytes, from, ownedEnd) : state;
  if (mode === 'lines') byLines(bytes, from, ownedEnd, found);
  else if (mode.startsWith('pretty ')) byIndent(bytes, from, ownedEnd, isWhole, Number(mode.slice(7)), found);
  else if (mode.startsWith('stream ')) return byDepth(bytes, from, ownedEnd, isWhole, mode, found);
  return mode;
};

/** '': no document begins here. */
function modeOf(bytes: Uint8Array, from: number, ownedEnd: number): string {
  let at = from;
  while (at < ownedEnd && isBlank(bytes[at])) at++;
  const base = bytes[at] === openBracket ? 1 : 0;
  const first = bytes.indexOf(openBrace, at);
  if (first === -1 || first >= ownedEnd) return '';
  const end = endOf(bytes, first, bytes.length);
  const lineEnd = bytes.indexOf(lf, first);
  const stream = `stream ${base} 0 0 0`;
  const indent = indentOf(bytes, first);
  const isAlone = first === indent + from || bytes[first - indent - 1] === lf;
  if (lineEnd === -1 ? end === -1 : end === -1 || lineEnd < end) return lineEnd !== -1 && isAlone ? `pretty ${indent}` : stream;
  let next = end;
  while (next < bytes.length && (isBlank(bytes[next]) || bytes[next] === comma) && bytes[next] !== lf) next++;
  return bytes[next] === openBrace ? stream : 'lines';
}

/** Blanks before a place on its line. */
function indentOf(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && (bytes[start - 1] === 0x20 || bytes[start - 1] === 0x09)) start--;
  return at - start;
}

/** Behind the object that begins at `at`; -1: it does not end before `limit`. */
function endOf(bytes: Uint8Array, at: number, limit: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = at; i < limit; i++) {
    const byte = bytes[i]!;
    if (quoted) {
      if (byte === backslash) i++;
      else if (byte === quote) quoted = false;
    } else if (byte === quote) quoted = true;
    else if (byte === openBrace || byte === openBracket) depth++;
    else if ((byte === closeBrace || byte === closeBracket) && --depth === 0) return i + 1;
  }
  return -1;
}

function byLines(bytes: Uint8Array, from: number, ownedEnd: number, found: Parameters<Split>[5]): void {
  for (let at = from; at < ownedEnd;) {
    const lineEnd = bytes.indexOf(lf, at);
    // One that is longer than any event ends where reading ended, and cannot be read.
    const end = lineEnd === -1 ? bytes.length : lineEnd;
    let start = at;
    let stop = end;
    at = end + 1;
    if (bytes[start] === 0xef && bytes[start + 1] === 0xbb) start += 3;
    while (start < stop && (isBlank(bytes[start]) || bytes[start] === comma || bytes[start] === openBracket)) start++;
    // A list ends behind its last document.
    while (stop > start && (isBlank(bytes[stop - 1]) || bytes[stop - 1] === comma || bytes[stop - 1] === closeBracket)) stop--;
    if (start >= stop || bytes[start] === 0) continue;
    if (bytes[start] !== openBrace) found.note(start);
    else found.document(start, stop);
  }
}

function byIndent(
  bytes: Uint8Array,
  from: number,
  ownedEnd: number,
  isWhole: boolean,
  indent: number,
  found: Parameters<Split>[5],
): void {
  let start = -1;
  for (let at = from; at < bytes.length && (at < ownedEnd || start !== -1);) {
    const lineEnd = bytes.indexOf(lf, at);
    const end = lineEnd === -1 ? bytes.length : lineEnd;
    let mark = at;
    while (mark < end && mark - at < indent && (bytes[mark] === 0x20 || bytes[mark] === 0x09)) mark++;
    if (mark - at === indent && mark < end) {
      if (bytes[mark] === openBrace) {
        if (start !== -1) found.broken(start, 'the next begins before it ends');
        start = at < ownedEnd ? mark : -1;
        if (start === -1) return;
        // `{}` and what else stands on one line.
        const whole = endOf(bytes, mark, end);
        if (whole !== -1) {
          found.document(mark, whole);
          start = -1;
        }
      } else if (bytes[mark] === closeBrace && start !== -1) {
        found.document(start, mark + 1);
        start = -1;
      }
    }
    at = end + 1;
  }
  if (start !== -1) found.broken(start, isWhole ? 'it ends too early' : 'longer than an event is');
}

function byDepth(
  bytes: Uint8Array,
  from: number,
  ownedEnd: number,
  isWhole: boolean,
  state: string,
  found: Parameters<Split>[5],
): string {
  const [base, depth, quoted, escaped] = state.slice(7).split(' ').map(Number) as [number, number, number, number];
  const lexer: Lexer = { depth, quoted: quoted === 1, escaped: escaped === 1 };
  let start = -1;
  let after = '';
  const stateNow = (): string => `stream ${base} ${lexer.depth} ${lexer.quoted ? 1 : 0} ${lexer.escaped ? 1 : 0}`;
  for (let at = from; at < bytes.length; at++) {
    if (at === ownedEnd) {
      after = stateNow();
      if (start === -1) return after;
    }
    const byte = bytes[at]!;
    if (lexer.quoted) {
      if (lexer.escaped) lexer.escaped = false;
      else if (byte === backslash) lexer.escaped = true;
      else if (byte === quote) lexer.quoted = false;
      else if (byte === lf) {
        // No string holds a line end: what was open is damaged, and behind it all begins anew.
        if (start !== -1) found.broken(start, 'a string that does not end');
        else if (at < ownedEnd) found.broken(at, 'a string that does not end');
        start = -1;
        lexer.quoted = false;
        lexer.depth = base;
        if (at >= ownedEnd) return after;
      }
    } else if (byte === quote) lexer.quoted = true;
    else if (byte === openBrace || byte === openBracket) {
      if (byte === openBrace && lexer.depth === base && start === -1 && at < ownedEnd) start = at;
      lexer.depth++;
    } else if (byte === closeBrace || byte === closeBracket) {
      lexer.depth = Math.max(0, lexer.depth - 1);
      if (start !== -1 && lexer.depth <= base) {
        found.document(start, at + 1);
        start = -1;
        if (at >= ownedEnd) return after;
      }
    }
  }
  if (start !== -1) found.broken(start, isWhole ? 'it ends too early' : 'longer than an event is');
  return after === '' ? stateNow() : after;
}
