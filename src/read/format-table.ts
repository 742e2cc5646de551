/**
 * Tables of a console with a ruled line under their names: `Get-* | Format-Table`, `Get-ChildItem`, `tasklist`; and `wmic … get`,
 * which pads its columns and rules none. Columns are those of the rule; numbers stand right of it, so that a value may begin left
 * of its column. What the console cut off (`...`, `…`) keeps that mark, so that it equals nothing that is whole.
 */
import type { Problems } from '../core/problem.ts';
import type { Reader } from '../core/record.ts';
import { windowsPathOf } from './listing.ts';
import { fieldOfNoun, nounOf, nounSources } from './powershell-nouns.ts';
import { type ConsoleObject, objectScanner } from './powershell-objects.ts';
import { firstLines, type TextLine, textLines } from './text-lines.ts';

const ruled = /^\s*(?:-+|=+)(?: +(?:-+|=+))* *$/;
const folderHeading = /^\s*(?:Directory|Verzeichnis|R\u00e9pertoire|Directorio)\s?:\s+(\S.*)$/i;
const cut = /(?:\.\.\.|\u2026)\}?$/;
const mostColumns = 200;
const longestHeader = 8192;

/** The names of a header: without blanks, but for those of tasklist. */
const headerNames = (line: string): string[] => (line.length > longestHeader ? [] : line.trim().split(/\s+/));
/** `tasklist` has names of two words, and most of its columns are of no use here. */
const isTasklist = (line: string): boolean => /^(?:Image Name|Abbildname) +PID\b/i.test(line);

/** Names of which one noun is known and that mostly are its own. */
function isHeader(line: string): boolean {
  if (isTasklist(line)) return true;
  const names = headerNames(line);
  if (names.length < 2 || names.length > mostColumns || !names.every((name) => /^[A-Za-z][\w ()#%.-]{0,60}$/.test(name)))
    return false;
  const noun = nounOf(names);
  return noun !== null && names.filter((name) => fieldOfNoun(noun, name) !== null).length * 2 > names.length;
}
/** `wmic process get Name,CommandLine`: padded with two blanks and more, and no rule below. */
const isPadded = (line: string): boolean =>
  line.length <= longestHeader && /^[A-Z]\w+(?: {2,}[A-Z]\w+)+ *$/.test(line) && /\bCommandLine\b/.test(line) && isHeader(line);

interface Columns {
  readonly names: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function columnsOf(header: string, rule: string | null): Columns {
  const marks = [...(rule ?? header).matchAll(rule === null ? /\S+/g : /[-=]+/g)].slice(0, mostColumns);
  const starts = marks.map((mark) => mark.index);
  const ends = marks.map((mark) => mark.index + mark[0].length);
  const columns: Columns = { names: [], starts, ends };
  return { names: cellsOf(header, columns), starts, ends };
}

/** Where the next column begins in this row: at its rule, or at the blank left of a value that is wider than it. */
function borderOf(row: string, end: number, start: number): number {
  if (start >= row.length || row[start - 1] === ' ' || row[start - 1] === undefined) return start;
  const blank = row.lastIndexOf(' ', start - 1);
  return blank >= end ? blank + 1 : start;
}

function cellsOf(row: string, { starts, ends }: Columns): string[] {
  const cells: string[] = [];
  let from = 0;
  for (let column = 0; column < starts.length; column++) {
    const next = starts[column + 1];
    const to = next === undefined ? row.length : borderOf(row, ends[column]!, next);
    cells.push(row.slice(from, to).trim());
    from = to;
  }
  return cells;
}

interface Draft {
  readonly start: number;
  end: number;
  readonly line: number;
  readonly cells: string[];
}

function* tableObjects(text: string, problems: Problems): Generator<ConsoleObject> {
  let folder: string | null = null;
  let before: TextLine | null = null;
  let columns: Columns | null = null;
  let draft: Draft | null = null;
  let wraps = false;
  const made = (row: Draft): ConsoleObject => {
    const { names } = columns!;
    const fields = new Map<string, string>();
    for (const [column, name] of names.entries()) {
      const value = row.cells[column]!;
      if (cut.test(value)) problems.add('cell.cut', row.start, { found: name });
      if (name !== '' && !fields.has(name)) fields.set(name, value);
    }
    return { start: row.start, end: row.end, line: row.line, fields, folder, names };
  };
  for (const line of textLines(text)) {
    const blank = line.text.trim() === '';
    const rule: boolean = before !== null && columns === null && ruled.test(line.text);
    if (rule || (columns === null && !blank && isPadded(line.text))) {
      if (draft !== null) yield made(draft);
      draft = null;
      wraps = rule;
      columns = rule ? columnsOf(before!.text, line.text) : columnsOf(line.text, null);
    } else if (blank) {
      if (draft !== null) yield made(draft);
      draft = null;
      columns = null;
    } else if (columns !== null) {
      const cells = cellsOf(line.text, columns);
      // A wrapped row goes on below, its first column empty.
      if (wraps && cells[0] === '' && draft !== null) {
        for (const [column, cell] of cells.entries()) draft.cells[column] += cell;
        draft.end = line.end;
      } else {
        if (draft !== null) yield made(draft);
        draft = { start: line.start, end: line.end, line: line.number, cells };
      }
    } else {
      const heading = folderHeading.exec(line.text);
      if (heading !== null) folder = windowsPathOf(heading[1]!) ?? heading[1]!.trim();
    }
    before = blank ? null : line;
  }
  if (draft !== null) yield made(draft);
}

export const formatTable: Reader = {
  kind: 'format-table',
  logSource: 'exchange-config',
  logSources: nounSources,
  speaksFor: 'state',
  clock: 'unknown',
  blockBytes: null,
  endsAtBlank: true,
  recognise(head) {
    const lines = firstLines(head, 6).filter((line) => !folderHeading.test(line));
    if (lines.length < 2) return 0;
    return (isHeader(lines[0]!) && ruled.test(lines[1]!)) || isPadded(lines[0]!) ? 0.85 : 0;
  },
  claims(line, previous) {
    if (isHeader(line) || (folderHeading.test(line) && windowsPathOf(folderHeading.exec(line)![1]!) !== null)) return 1;
    if (!previous) return 0;
    return ruled.test(line) ? 1 : 2;
  },
  scanner: (demand) => objectScanner(demand, tableObjects),
};
