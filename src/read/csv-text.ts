/**
 * Small CSV files that PowerShell's Export-Csv wrote: an optional `#TYPE` line, a header, cells in quotes that may hold line ends.
 * Whoever opened and stored one in Excel has `;` or a tab instead of the comma.
 */
import type { Problems } from '../core/problem.ts';

export interface CsvRow {
  readonly start: number;
  readonly end: number;
  /** Line of its beginning, from 0. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly names: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** A quoted value that is longer than this does not end: the quote is a stray one. */
const longestValue = 256 << 10;

export const separatorOf = (header: string): ',' | ';' | '\t' => {
  const count = (separator: string): number => header.split(separator).length;
  if (count(';') > count(',')) return ';';
  return count('\t') > count(',') ? '\t' : ',';
};

/** Names of a header line, without their quotes. */
export const headerCells = (line: string): string[] =>
  line.split(separatorOf(line)).map((cell) => cell.trim().replace(/^\uFEFF?"?|"$/g, ''));

/** The first line that is neither blank nor a `#TYPE` line. */
export function headerLine(head: string): string {
  return head.split(/\r?\n|\r/, 20).find((line) => line.trim() !== '' && !/^\uFEFF?#TYPE /.test(line)) ?? '';
}

/** True when the header holds all these names. */
export function hasColumns(head: string, wanted: readonly string[]): boolean {
  const line = headerLine(head);
  if (line.length > 8192) return false;
  const names = new Set(headerCells(line).map((name) => name.toLowerCase()));
  return wanted.every((name) => names.has(name.toLowerCase()));
}

export function parseCsv(text: string, problems: Problems): CsvTable {
  let names: string[] = [];
  let separator: string = ',';
  const rows: CsvRow[] = [];
  let line = 0;
  let at = 0;
  // After one stray quote no value may run over lines any more: reading stays linear.
  let acrossLines = true;
  while (at < text.length) {
    const lineStop = text.indexOf('\n', at);
    const stop = lineStop === -1 ? text.length : lineStop;
    const plain = text.slice(at, stop).replace(/\r$/, '');
    if (names.length === 0) {
      if (plain.trim() !== '' && !/^\uFEFF?#TYPE /.test(plain)) {
        separator = separatorOf(plain);
        names = headerCells(plain);
      }
      at = stop + 1;
      line++;
      continue;
    }
    if (plain.trim() === '') {
      at = stop + 1;
      line++;
      continue;
    }
    let row = readRow(text, at, separator, acrossLines ? Math.min(text.length, at + longestValue) : stop);
    if (row === null) {
      problems.add('csv.open_quote', at);
      acrossLines = false;
      row = { cells: plain.split(separator), end: stop };
    }
    let end = row.end;
    if (end > at && text[end - 1] === '\r') end--;
    if (row.cells.length !== names.length)
      problems.add('row.columns', at, { expected: String(names.length), found: String(row.cells.length) });
    rows.push({ start: at, end, line, cells: row.cells });
    for (let i = at; i < row.end; i++) if (text.charCodeAt(i) === 10) line++;
    line++;
    at = row.end + 1;
  }
  return { names, rows };
}

/** Cells up to the line end that no quote holds; null when a quote does not close before `limit`. */
function readRow(text: string, from: number, separator: string, limit: number): { cells: string[]; end: number } | null {
  const cells: string[] = [];
  let cell = '';
  let at = from;
  for (;;) {
    if (text[at] === '"' && cell === '') {
      at++;
      for (;;) {
        const quote = text.indexOf('"', at);
        if (quote === -1 || quote >= limit) return null;
        cell += text.slice(at, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at++;
      }
      // Behind a closing quote the cell ends; where it does not, the opening one was a stray.
      if (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') return null;
    }
    let stop = at;
    while (stop < text.length && text[stop] !== separator && text[stop] !== '\n') stop++;
    cell += text.slice(at, stop).replace(/\r$/, '');
    cells.push(cell);
    cell = '';
    at = stop;
    if (at >= text.length || text[at] === '\n') return { cells, end: at };
    at++;
  }
}
