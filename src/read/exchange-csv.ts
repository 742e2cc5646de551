/**
 * What all comma-separated logs of Exchange share: the `#` block (also in mid-file, after a restart), the bare field list that
 * some of them begin with, ISO times in UTC, fewer trailing columns in old builds.
 */
import type { Seam } from '../core/record.ts';
import { parseIsoBytes } from '../core/time.ts';
import { type BoundLayout, type Cells, type TextFormat } from '../kernel/index.ts';
import { type FieldFacts, layoutOf } from './layout.ts';

export interface ExchangeCsv {
  readonly logSource: string;
  readonly fields: Readonly<Record<string, FieldFacts>>;
  /** Columns that a header of this log must have. */
  readonly required: readonly string[];
  readonly timeField: string;
  /** Column that takes surplus commas (the last, free one); null: surplus is a problem. */
  readonly surplusField?: string;
  /** Fields inside another field. */
  readonly parts?: Readonly<Record<string, readonly string[]>>;
  readonly derive?: TextFormat['derive'];
  infer(line: string): string | null;
}

const bareName = /^"?[A-Za-z][\w ()-]{0,60}"?$/;

function headerNames(header: string): string[] {
  return header.split(',').map((name) => name.trim().replace(/^"|"$/g, ''));
}

/** A header without `#Fields:`: all cells are names and the required ones are among them. */
export function isBareHeader(line: string, required: readonly string[]): boolean {
  if (line.length > 16384) return false;
  const cells = line.split(',');
  if (!cells.every((cell) => bareName.test(cell.trim()))) return false;
  const names = new Set(headerNames(line).map((name) => name.toLowerCase()));
  return required.every((name) => names.has(name.toLowerCase()));
}

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
        return fields === null ? seam : { ...seam, header: fields[1]!.trim() };
      }
      return isBareHeader(line, log.required) ? { ...seam, header: line.trim() } : null;
    },
    bind(header): BoundLayout | null {
      const names = headerNames(header);
      const lower = new Set(names.map((name) => name.toLowerCase()));
      if (!log.required.every((name) => lower.has(name.toLowerCase()))) return null;
      const parts = Object.entries(log.parts ?? {}).flatMap(([, inner]) => inner);
      const layout = layoutOf(log.logSource, [...names, ...parts], log.fields);
      const slot = (name: string): number => layout.fields.findIndex((field) => field.name === name);
      const time = slot(log.timeField);
      return {
        layout,
        columns: names.length,
        cellOf: layout.fields.map((_, index) => (index < names.length ? index : -1)),
        surplusCell: log.surplusField === undefined ? -1 : slot(log.surplusField),
        ...(time === -1 ? {} : { timeCells: { form: 'iso', cell: time } }),
        time: (bytes: Uint8Array, cells: Cells): number =>
          time === -1 || time >= cells.count ? Number.NaN : parseIsoBytes(bytes, cells.starts[time]!, cells.ends[time]!),
      };
    },
    infer: log.infer,
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

export const isoStamp = /^"?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?"?$/;
