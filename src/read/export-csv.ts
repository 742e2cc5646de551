/**
 * `Get-* | Export-Csv`, with or without its `#TYPE` line, and the CSV that `tasklist`, `schtasks` and EDR portals give: names, then
 * rows; commas, semicolons (of a culture that writes decimal commas) or tabs; quoted values may hold line ends.
 */
import type { Problems } from '../core/problem.ts';
import type { Reader } from '../core/record.ts';
import { nounOf, nounSources } from './powershell-nouns.ts';
import { type ConsoleObject, objectScanner } from './powershell-objects.ts';
import { firstLines } from './text-lines.ts';

const separators = [',', ';', '\t'] as const;
const mostColumns = 1000;
const longestHeader = 65_536;

/** Cells of one line that holds whole quotes. */
function cellsOfLine(line: string, separator: string): string[] {
  const row = readRow(line, 0, separator);
  return row.end === line.length ? row.cells : [];
}

/** The names of a header of which a noun is known, with the separator; null: none. */
function headerOf(line: string): { readonly names: readonly string[]; readonly separator: string } | null {
  if (line.length > longestHeader) return null;
  for (const separator of separators) {
    if (!line.includes(separator)) continue;
    const names = cellsOfLine(line, separator).map((name) => name.trim());
    if (names.length < 2 || !names.every((name) => /^[A-Za-z@][\w ()#%<'\u00c0-\u017f\u2019.-]{0,80}$/.test(name))) continue;
    if (nounOf(names) !== null) return { names, separator };
  }
  return null;
}

interface Row {
  readonly cells: string[];
  /** Behind its last character, before the line end. */
  readonly end: number;
  /** Where the next row begins. */
  readonly next: number;
  readonly lines: number;
  readonly open: boolean;
}

function readRow(text: string, from: number, separator: string): Row {
  const cells: string[] = [];
  let at = from;
  let lines = 1;
  let open = false;
  for (;;) {
    if (text[at] === '"') {
      let value = '';
      let start = at + 1;
      for (;;) {
        const quote = text.indexOf('"', start);
        if (quote === -1) {
          // The quote never ends: the cell is what stands on its line.
          open = true;
          const stop = lineEnd(text, at);
          value = text.slice(at + 1, stop);
          at = stop;
          break;
        }
        value += text.slice(start, quote);
        if (text[quote + 1] !== '"') {
          at = quote + 1;
          break;
        }
        value += '"';
        start = quote + 2;
      }
      for (let found = value.indexOf('\n'); found !== -1; found = value.indexOf('\n', found + 1)) lines++;
      const rest = nextStop(text, at, separator);
      if (cells.length < mostColumns) cells.push(value + text.slice(at, rest));
      at = rest;
    } else {
      const stop = nextStop(text, at, separator);
      if (cells.length < mostColumns) cells.push(text.slice(at, stop));
      at = stop;
    }
    if (text[at] !== separator) break;
    at++;
  }
  const next = text[at] === '\r' ? at + 2 : at + 1;
  return { cells, end: at, next, lines, open };
}

function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  const stop = found === -1 ? text.length : found;
  return stop > from && text[stop - 1] === '\r' ? stop - 1 : stop;
}

function nextStop(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length) {
    const character = text[at]!;
    if (character === separator || character === '\n' || (character === '\r' && text[at + 1] === '\n')) break;
    at++;
  }
  return at;
}

function* csvObjects(text: string, problems: Problems): Generator<ConsoleObject> {
  let header: ReturnType<typeof headerOf> = null;
  let headerLine = '';
  let ask = true;
  let number = 0;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length;) {
    const line: string = text.slice(at, lineEnd(text, at));
    // A line is asked whether it is a header where one may stand: at the beginning, after a blank, and where the same comes again.
    const found: ReturnType<typeof headerOf> = ask || header === null || line === headerLine ? headerOf(line) : null;
    // The names stand again where tools write several tables into one file.
    if (found !== null || header === null || line.startsWith('#TYPE') || line.trim() === '') {
      const type = line.startsWith('#TYPE');
      header = found ?? (type ? null : header);
      if (found !== null) headerLine = line;
      ask = found === null;
      at = Math.max(lineEnd(text, at) + 1, at + 1);
      if (text[at - 1] === '\r') at++;
      number++;
      continue;
    }
    ask = false;
    const row = readRow(text, at, header.separator);
    if (row.open) problems.add('csv.open_quote', at);
    if (row.cells.length !== header.names.length) problems.add('row.columns', at);
    const fields = new Map<string, string>();
    for (const [column, name] of header.names.entries()) {
      const value = row.cells[column];
      if (value !== undefined && !fields.has(name)) fields.set(name, value.trim());
    }
    yield { start: at, end: row.end, line: number, fields, names: header.names };
    number += row.lines;
    at = Math.max(row.next, at + 1);
  }
}

export const exportCsv: Reader = {
  kind: 'export-csv',
  logSource: 'exchange-config',
  logSources: nounSources,
  speaksFor: 'state',
  clock: 'unknown',
  blockBytes: null,
  endsAtBlank: true,
  recognise(head) {
    const lines = firstLines(head, 4).filter((line) => !line.startsWith('#TYPE') && !line.startsWith('sep='));
    return lines.length > 0 && headerOf(lines[0]!) !== null ? 0.92 : 0;
  },
  claims(line, previous) {
    if (headerOf(line) !== null) return 1;
    if (/^#TYPE (?:Selected\.)?(?:Microsoft\.Exchange|System\.Management|Deserialized)/.test(line)) return 1;
    return previous && /^"|[,;\t]/.test(line) ? 2 : 0;
  },
  scanner: (demand) => objectScanner(demand, csvObjects),
};
