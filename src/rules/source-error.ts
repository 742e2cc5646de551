import { UserError } from '../core/errors.ts';

/** A place in a text, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset in UTF-16 units. */
export function placeOf(text: string, offset: number): Place {
  const until = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < until; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: until - lineStart + 1 };
}

const widest = 100;

/** The line at `offset` with carets under `length` characters of it, the way compilers show it. */
export function excerptOf(text: string, offset: number, length: number): string {
  const { line, column } = placeOf(text, offset);
  const start = offset - (column - 1);
  const lineEnd = text.indexOf('\n', start);
  const whole = text
    .slice(start, lineEnd === -1 ? text.length : lineEnd)
    .replace(/\r$/, '')
    .replaceAll('\t', ' ');
  // A long line is shown around the place, so that the caret stays on the screen.
  const from = column - 1 > widest - 20 ? column - 1 - 40 : 0;
  const shown = whole.slice(from, from + widest);
  const caretAt = column - 1 - from + (from > 0 ? 1 : 0);
  const carets = '^'.repeat(Math.max(1, Math.min(length, whole.length - (column - 1), widest - (column - 1 - from))));
  const number = String(line).padStart(5);
  return `${number} | ${from > 0 ? '…' : ''}${shown}\n${' '.repeat(number.length)} | ${' '.repeat(caretAt)}${carets}`;
}

/** What is wrong in a rule or pack file, with its place. The message holds file, line, column, what, and the marked line. */
export class SourceError extends UserError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong, without place and excerpt. */
  readonly what: string;

  constructor(code: string, what: string, fix: string, file: string, text: string, offset: number, length = 1) {
    const { line, column } = placeOf(text, offset);
    super(code, `${file}:${line}:${column}: ${what}\n${excerptOf(text, offset, length)}`, fix);
    this.file = file;
    this.line = line;
    this.column = column;
    this.what = what;
  }
}

/** A Sigma rule that cannot be used as it stands. */
export class RuleError extends SourceError {}
