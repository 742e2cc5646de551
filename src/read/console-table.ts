/**
 * Tables as PowerShell's Format-Table prints them: names, a line of dashes, rows. Values stand under their name, cut off with `...`
 * or `…` where the console was too narrow, or wrapped onto further lines. Copied through a web page the blanks are folded; then only
 * the last column may hold any.
 */
import type { Problems } from '../core/problem.ts';
import { type TextLine, trimmedLines } from './text-lines.ts';

export interface TableRow {
  readonly start: number;
  end: number;
  readonly line: number;
  readonly fields: Map<string, string>;
}

export interface TableShape {
  /** Names of a header line; null: it is none. */
  header(line: string): readonly string[] | null;
  /** A line that is a row although no header and no dashes are near; the names of its columns, or null. */
  bareRow(line: string): readonly string[] | null;
  /** A line after a gap that is surely a row of the table above it. */
  goesOn(line: string): boolean;
}

interface Column {
  readonly name: string;
  readonly from: number;
}

export const isRule = (line: string): boolean => /^\s*-{2,}(?:\s+-{2,})*\s*$/.test(line.slice(0, 4000));
export const words = (line: string): string[] => line.trim().split(/\s+/);
const cutOff = /(?:\.\.\.|\u2026)$/;
const mostColumns = 100;

/** Columns by the dashes under their names; null where the names do not stand above them: the blanks are not those of the console. */
function columnsOf(header: string, rule: string): Column[] | null {
  const names = [...header.matchAll(/\S+/g)];
  const dashes = [...rule.matchAll(/-+/g)];
  if (names.length !== dashes.length || names.length > mostColumns) return null;
  const columns: Column[] = [];
  for (const [index, name] of names.entries()) {
    const dash = dashes[index]!;
    // The dashes are as long as the name, also over numbers, which stand at the right.
    if (dash.index !== name.index || dash[0].length !== name[0].length) return null;
    columns.push({ name: name[0], from: dash.index });
  }
  return columns;
}

function cells(line: string, columns: readonly Column[]): string[] {
  const found: string[] = [];
  let from = 0;
  for (const [index] of columns.entries()) {
    const next = columns[index + 1];
    let to = next === undefined ? line.length : Math.min(next.from, line.length);
    // A number that is longer than its name begins left of it.
    if (next !== undefined && to < line.length && line[to - 1] !== ' ' && line[to] !== ' ') {
      const blank = line.lastIndexOf(' ', to - 1);
      if (blank >= from) to = blank + 1;
    }
    found.push(line.slice(from, Math.max(from, to)).trim());
    from = Math.max(from, to);
  }
  return found;
}

export function parseTables(text: string, shape: TableShape, problems: Problems): TableRow[] {
  const rows: TableRow[] = [];
  let names: readonly string[] | null = null;
  let header: TextLine | null = null;
  let columns: Column[] | null = null;
  let ended = true;
  let inferred = false;
  const push = (line: TextLine, values: readonly string[], own: readonly string[]): void => {
    const fields = new Map<string, string>();
    for (const [index, name] of own.entries()) {
      const value = values[index] ?? '';
      if (value === '') continue;
      fields.set(name, value);
      if (cutOff.test(value)) problems.add('row.cut_off', line.start, { found: name });
    }
    rows.push({ start: line.start, end: line.end, line: line.number, fields });
  };
  const split = (line: TextLine, own: readonly string[]): void => {
    const all = words(line.text);
    if (all.length > own.length) problems.add('row.realigned', line.start);
    else if (all.length < own.length)
      problems.add('row.columns', line.start, { expected: String(own.length), found: String(all.length) });
    push(line, [...all.slice(0, own.length - 1), all.slice(own.length - 1).join(' ')], own);
  };
  for (const line of trimmedLines(text)) {
    if (line.text.trim() === '') {
      ended = true;
      continue;
    }
    const named = shape.header(line.text);
    if (named !== null) {
      names = named;
      header = line;
      columns = null;
      ended = false;
      continue;
    }
    if (isRule(line.text)) {
      if (header !== null && names !== null) columns = columnsOf(header.text, line.text);
      ended = names === null;
      continue;
    }
    if (names !== null && (!ended || shape.goesOn(line.text))) {
      const values = columns === null ? null : cells(line.text, columns);
      const last = rows.at(-1);
      if (values !== null && values[0] === '' && last !== undefined && !ended) {
        // A value that was wrapped goes on under itself.
        for (const [index, value] of values.entries())
          if (value !== '') last.fields.set(names[index]!, (last.fields.get(names[index]!) ?? '') + value);
        last.end = line.end;
      } else if (values !== null && values.every((value, index) => index === 0 || !/^\S+\s{2,}\S/.test(value)))
        push(line, values, names);
      else if (columns !== null || shape.goesOn(line.text)) split(line, names);
      ended = false;
      continue;
    }
    const own = shape.bareRow(line.text);
    if (own === null) continue;
    if (!inferred) problems.add('row.no_header', line.start);
    inferred = true;
    split(line, own);
  }
  return rows;
}
