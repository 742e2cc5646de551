/**
 * Text in which people pasted lines of several logs, console output and their own words: cut into parts, each of one kind.
 * What no reader claims is a note: it is listed as not read and proves nothing.
 */
import type { Seam } from '../core/record.ts';
import { decodeText } from '../core/text.ts';
import { readers } from '../read/index.ts';
import type { Part } from './artifact.ts';

interface Line {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What a longer line is shows in its beginning. No pattern is tried on a line of megabytes: the engine keeps a place to come back to
 * for each character, and gives up when there are too many.
 */
const mostLineBytes = 256 << 10;

function* linesOf(bytes: Uint8Array, encoding: Seam['encoding'], lineEnd: number): Generator<Line> {
  const wide = encoding !== 'utf8';
  const decoder = wide ? new TextDecoder(encoding === 'utf16le' ? 'utf-16le' : 'utf-16be') : null;
  const textOf = (at: number, end: number): string => {
    const piece = bytes.subarray(at, Math.min(end, at + mostLineBytes));
    const text = decoder === null ? decodeText(piece) : decoder.decode(piece.slice());
    return text.replace(/^\uFEFF/, '').replace(/\r?\n?$/, '');
  };
  let at = 0;
  while (at < bytes.length) {
    let end = at;
    if (wide) {
      const low = encoding === 'utf16le' ? 0 : 1;
      while (end + 1 < bytes.length && !(bytes[end + low] === lineEnd && bytes[end + 1 - low] === 0)) end += 2;
      end = Math.min(end + 2, bytes.length);
    } else {
      const found = bytes.indexOf(lineEnd, at);
      end = found === -1 ? bytes.length : found + 1;
    }
    yield { at, end, text: textOf(at, end) };
    at = end;
  }
}

/** How mail programs and lists mark a line. */
const quoteMark = /^\s*(?:[>|*•-]\s*)+/;
/** What Select-String, findstr and grep print before a line: the file, and the number of the line. */
const searchPrefix = /^.{0,400}?\.(?:log|txt|csv)(?::\d{1,9}|\(\d{1,9}\))?:\s?/i;
/** Parts made of single found lines; beyond them the text is a note. */
const prefixLimit = 5000;
const utf8 = new TextEncoder();

function behindPrefix(text: string, encoding: Seam['encoding']): { readonly kind: string; readonly bytes: number }[] {
  for (const shape of [searchPrefix, quoteMark]) {
    const prefix = shape.exec(text)?.[0];
    if (prefix === undefined) continue;
    const reader = readers.find((candidate) => candidate.claims(text.slice(prefix.length), false) === 2);
    if (reader === undefined) continue;
    return [{ kind: reader.kind, bytes: encoding === 'utf8' ? utf8.encode(prefix).length : prefix.length * 2 }];
  }
  return [];
}

export interface Segmented {
  readonly parts: readonly Part[];
  readonly notes: Notes;
}

/** Lines that are in no part and not blank: how many, the offset of the first, and the first of them as text. */
interface Notes {
  lines: number;
  at: number;
  text: string;
}

/** Enough to see what a note is about. */
const longestNote = 64 << 10;

function note(notes: Notes, at: number, text: string): void {
  if (notes.lines === 0) notes.at = at;
  notes.lines++;
  if (notes.text.length < longestNote) notes.text += `${text.slice(0, 2000)}\n`;
}

export function segment(bytes: Uint8Array, encoding: Seam['encoding'], lineEnd: Seam['lineEnd']): Segmented {
  const parts: { kind: string; at: number; end: number; firstLine: number; rows: number; excerpt: boolean }[] = [];
  const notes: Notes = { lines: 0, at: 0, text: '' };
  /** Lines that only look as if something began: of a part that turns out to hold no row. */
  let waiting: Line[] = [];
  const settle = (): void => {
    if (parts.at(-1)?.rows === 0) for (const line of waiting) note(notes, line.at, line.text);
    waiting = [];
  };
  let open = false;
  let number = 0;
  let prefixed = 0;
  let afterBlank = false;
  for (const { at, end, text } of linesOf(bytes, encoding, lineEnd)) {
    const line = number++;
    const current = open ? parts.at(-1)! : null;
    if (text.trim() === '') {
      afterBlank = true;
      // A blank line does not end a table or a list for good: the reader is asked again with the next line.
      if (current !== null) {
        current.end = end;
        if (current.rows > 0 && readers.find(({ kind }) => kind === current.kind)!.endsAtBlank === true) open = false;
      }
      continue;
    }
    const reader = current === null ? undefined : readers.find(({ kind }) => kind === current.kind);
    const mine = reader?.claims(text, true) ?? 0;
    const ends =
      reader?.freeText === true &&
      mine === 1 &&
      afterBlank &&
      readers.some((other) => other !== reader && other.claims(text, false) > 0);
    afterBlank = false;
    if (current !== null && mine > 0 && !ends) {
      current.end = end;
      if (mine === 2) {
        current.rows++;
        waiting = [];
      } else if (current.rows === 0) waiting.push({ at, end, text });
      continue;
    }
    settle();
    const found = behindPrefix(text, encoding);
    const claim =
      found.length > 0
        ? undefined
        : readers.map((reader) => ({ kind: reader.kind, how: reader.claims(text, false) })).find(({ how }) => how > 0);
    if (claim !== undefined) {
      parts.push({ kind: claim.kind, at, end, firstLine: line, rows: claim.how === 2 ? 1 : 0, excerpt: claim.how === 2 });
      if (claim.how === 1) waiting.push({ at, end, text });
      open = true;
    } else if (found.length > 0 && prefixed < prefixLimit) {
      // The row stands behind the name of its file, and each such line is a part of its own.
      prefixed++;
      open = false;
      parts.push({ kind: found[0]!.kind, at: at + found[0]!.bytes, end, firstLine: line, rows: 1, excerpt: true });
    } else {
      open = false;
      note(notes, at, text);
    }
  }
  settle();
  return { parts: parts.filter((part) => part.rows > 0).map(({ rows: _, ...part }) => part), notes };
}
