/**
 * What all comma-separated logs of Exchange share: the `#` block (also in mid-file, after a restart), the bare field list that
 * some of them begin with, ISO times in UTC, fewer trailing columns in old builds.
 */
import type { Demand, Reader, Scanner, Seam } from '../core/record.ts';
import { parseIsoBytes } from '../core/time.ts';
import { type BoundLayout, type Cells, type TextFormat, TextScanner } from '../kernel/index.ts';
import { headOf } from './head.ts';
import { type FieldFacts, layoutOf } from './layout.ts';

export interface ExchangeCsv {
  readonly logSource: string;
  readonly fields: Readonly<Record<string, FieldFacts>>;
  /** Columns that a header of this log must have. */
  readonly required: readonly string[];
  /** Null: the first column whose name speaks of a time. */
  readonly timeField: string | null;
  /** How its time is written, where that is not ISO 8601. */
  readonly time?: (bytes: Uint8Array, start: number, end: number, seam: Seam) => number;
  /** Column that takes surplus commas (the last, free one); null: surplus is a problem. */
  readonly surplusField?: string;
  /** Fields inside another field. */
  readonly parts?: Readonly<Record<string, readonly string[]>>;
  readonly derive?: TextFormat['derive'];
  infer?(line: string): string | null;
}

/** Names of columns that hold the time of a row. */
const timeName = /^(?:date-?time|time-?stamp|(?:date|time)(?:-?utc)?|start-?time|event-?time)$/i;

const bareName = /^"?[A-Za-z][\w ()-]{0,60}"?$/;

function headerNames(header: string): string[] {
  return header.split(',').map((name) => name.trim().replace(/^"|"$/g, ''));
}

const quote = 0x22;

/** A header without `#Fields:`: all cells are names and the required ones are among them. */
export function isBareHeader(line: string, required: readonly string[]): boolean {
  if (line.length > 16384) return false;
  const first = line.charCodeAt(line.charCodeAt(0) === quote ? 1 : 0);
  // Cheap, because most lines are rows and begin with a digit.
  if (first >= 0x30 && first <= 0x39) return false;
  const cells = line.split(',');
  if (!cells.every((cell) => bareName.test(cell.trim()))) return false;
  const names = new Set(headerNames(line).map((name) => name.toLowerCase()));
  return required.every((name) => names.has(name.toLowerCase()));
}

/** Of a log whose columns nobody knows: a list of names, a time among them. A row of mere words is none, and must not be lost. */
const isFreeHeader = (line: string): boolean =>
  isBareHeader(line, []) && headerNames(line).length >= 3 && headerNames(line).some((name) => timeName.test(name));

export function exchangeCsvFormat(log: ExchangeCsv): TextFormat {
  return {
    logSource: log.logSource,
    separator: 'comma',
    emptyMark: null,
    bareHeaders: true,
    ...(log.derive === undefined ? {} : { derive: log.derive }),
    header(line, seam): Seam | null {
      if (line.startsWith('#')) {
        const fields = /^#\s*Fields:\s*(.*)$/i.exec(line);
        if (fields !== null) return { ...seam, header: fields[1]!.trim() };
        // The day of the file helps only where rows are not clear about theirs.
        const day = log.time === undefined ? null : /^#\s*Date:\s*(\d{4}-\d\d-\d\d)/i.exec(line);
        return day === null ? seam : { ...seam, date: day[1]! };
      }
      const named = log.required.length === 0 ? isFreeHeader(line) : isBareHeader(line, log.required);
      return named ? { ...seam, header: line.trim() } : null;
    },
    bind(header): BoundLayout | null {
      const names = headerNames(header);
      const lower = new Set(names.map((name) => name.toLowerCase()));
      if (!log.required.every((name) => lower.has(name.toLowerCase()))) return null;
      const parts = Object.entries(log.parts ?? {}).flatMap(([, inner]) => inner);
      const layout = layoutOf(log.logSource, [...names, ...parts], log.fields);
      const slot = (name: string): number => layout.fields.findIndex((field) => field.name === name);
      const time = log.timeField === null ? names.findIndex((name) => timeName.test(name)) : slot(log.timeField);
      const parseTime = log.time ?? parseIsoBytes;
      return {
        layout,
        columns: names.length,
        cellOf: layout.fields.map((_, index) => (index < names.length ? index : -1)),
        surplusCell: log.surplusField === undefined ? -1 : slot(log.surplusField),
        ...(time === -1 || log.time !== undefined ? {} : { timeCells: { form: 'iso', cell: time } }),
        time: (bytes: Uint8Array, cells: Cells, seam: Seam): number =>
          time === -1 || time >= cells.count ? Number.NaN : parseTime(bytes, cells.starts[time]!, cells.ends[time]!, seam),
      };
    },
    infer: log.infer ?? (() => null),
  };
}

/** Splits one line for recognising it; quotes are honoured, nothing is unescaped. */
export function roughCells(line: string, most: number): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    if (character === ',' && !quoted) {
      cells.push(cell);
      if (cells.length >= most) return cells;
      cell = '';
    } else cell += character;
  }
  cells.push(cell);
  return cells;
}

/** Cells that are looked at to tell whose row a line is. */
const shapeCells = 40;
const stampBegins = /^"?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/;
let lastLine: string | null = null;
let lastCells: readonly string[] = [];

/** The cells of a line that begins with a time, quotes left on; none for any other line. Split once, however many readers ask. */
export function stampedCells(line: string): readonly string[] {
  if (line === lastLine) return lastCells;
  lastLine = line;
  lastCells = stampBegins.test(line) && line.includes(',') ? roughCells(line, shapeCells) : [];
  if (!isoStamp.test(lastCells[0] ?? '')) lastCells = [];
  return lastCells;
}

export const isoStamp = /^"?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?"?$/;

export interface ExchangeLog extends ExchangeCsv {
  readonly kind: string;
  /** What its `#Log-type:` says; null: not known. */
  readonly logType: RegExp | null;
  /** Columns that no other log has together; empty: its columns are not known. */
  readonly telling: readonly string[];
  /** Where it stands on the server, with backslashes; also as collectors name the folder. */
  readonly path: RegExp;
}

/** Names behind `#Fields:` or of a bare header, lower case. */
const lowerNames = (header: string): Set<string> => new Set(headerNames(header).map((name) => name.toLowerCase()));

/** Sure, and yet the text is cut into parts first. */
export const mixedScore = 0.85;

/** A reader for one of Exchange's comma-separated logs: known by its type, its columns, the shape of its rows, its place. */
export function exchangeLog(log: ExchangeLog): Reader {
  const format = exchangeCsvFormat(log);
  const tells = (names: ReadonlySet<string>): boolean =>
    log.telling.length > 0 && log.telling.every((name) => names.has(name.toLowerCase()));
  const has = (names: ReadonlySet<string>): boolean => log.required.every((name) => names.has(name.toLowerCase()));
  const isRow = (line: string): boolean => log.infer !== undefined && log.infer(line) !== null;
  return {
    kind: log.kind,
    logSource: log.logSource,
    speaksFor: 'span',
    clock: 'utc',
    blockBytes: 4 << 20,
    recognise(head, path) {
      const { logType, mixed, fieldLists, rows } = headOf(head);
      if (logType !== null && log.logType !== null && log.logType.test(logType)) return mixed ? mixedScore : 1;
      const fields =
        fieldLists[0] ?? rows.find((line) => (log.telling.length === 0 ? isFreeHeader(line) : isBareHeader(line, [])));
      if (log.telling.length === 0) return fields !== undefined && log.path.test(path) ? 0.95 : 0;
      // A log that says what it is is not another one.
      if (logType !== null && log.logType !== null) return 0;
      const row = rows.find((line) => !isBareHeader(line, []));
      if (fields !== undefined) {
        const names = lowerNames(fields);
        // Two logs may have the same columns: then the rows tell.
        return tells(names) ? 0.97 : has(names) && row !== undefined && isRow(row) ? 0.95 : 0;
      }
      return row !== undefined && isRow(row) ? 0.8 : 0;
    },
    claims(line, previous) {
      if (line.startsWith('#')) {
        const match = /^#\s*(Log-type|Fields)\s*:\s*(.*)$/i.exec(line);
        if (match === null) return previous ? 1 : 0;
        if (match[1]!.toLowerCase() === 'log-type') return log.logType?.test(match[2]!.trim()) === true ? 1 : 0;
        const names = lowerNames(match[2]!);
        return tells(names) || (previous && has(names)) ? 1 : 0;
      }
      if (log.telling.length > 0)
        return isBareHeader(line, log.telling) || (previous && isBareHeader(line, log.required)) ? 1 : isRow(line) ? 2 : 0;
      // Nobody knows its columns: under its header, what begins with a time is a row.
      return previous && stampedCells(line).length > 2 ? 2 : 0;
    },
    scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
  };
}
