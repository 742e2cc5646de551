/**
 * What logs in the W3C extended form share: directives in mid-file, `#Date` for rows that carry only a time, names in any order.
 * @see https://www.w3.org/TR/WD-logfile.html
 */
import type { Seam } from '../core/record.ts';
import { parseDateBytes, parseTimeBytes } from '../core/time.ts';
import type { BoundLayout, Cells, TextFormat } from '../kernel/index.ts';
import { type FieldFacts, layoutOf } from './layout.ts';

/** A log of web servers in W3C's form: blanks between columns, `-` for nothing, `#Fields` before rows. */
export interface W3cLog {
  readonly logSource: string;
  readonly fields: Readonly<Record<string, FieldFacts>>;
  /** Columns that a header of this log must have. */
  readonly required: readonly string[];
  /** Column that takes the surplus of rows with too many cells. */
  readonly surplus: string | null;
  /** Names that a header may use for those of the table. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** How a line is split, where blanks alone do not part the cells. */
  readonly split?: TextFormat['split'];
  infer?(line: string): string | null;
}

export const w3cNames = (header: string): string[] => header.split(/[ \t]+/).filter((name) => name !== '');

function bind(log: W3cLog, header: string): BoundLayout | null {
  const names = w3cNames(header).map((name) => log.aliases?.[name.toLowerCase()] ?? name);
  const lower = new Set(names.map((name) => name.toLowerCase()));
  if (names.length < 3 || !log.required.every((name) => lower.has(name))) return null;
  const layout = layoutOf(log.logSource, names, log.fields);
  const slot = (name: string): number => layout.fields.findIndex((field) => field.name === name);
  const date = slot('date');
  const time = slot('time');
  let lastDate = '';
  let lastDateMs = Number.NaN;
  const dateOf = (bytes: Uint8Array, at: number, end: number): number => {
    if (lastDate.length === end - at) {
      let same = true;
      for (let i = at; i < end; i++) if (bytes[i] !== lastDate.charCodeAt(i - at)) same = false;
      if (same) return lastDateMs;
    }
    if (end - at > 10) return Number.NaN;
    lastDate = String.fromCharCode(...bytes.subarray(at, end));
    lastDateMs = parseDateBytes(bytes, at, end);
    return lastDateMs;
  };
  return {
    layout,
    columns: names.length,
    cellOf: names.map((_, index) => index),
    surplusCell: log.surplus === null ? -1 : slot(log.surplus),
    ...(date === -1 || time === -1 ? {} : { timeCells: { form: 'clock', date, time } }),
    time(bytes: Uint8Array, cells: Cells, seam: Seam): number {
      if (time === -1 || time >= cells.count) return Number.NaN;
      const day =
        date === -1
          ? Date.parse(`${seam.date}T00:00:00Z`)
          : date < cells.count
            ? dateOf(bytes, cells.starts[date]!, cells.ends[date]!)
            : Number.NaN;
      return day + parseTimeBytes(bytes, cells.starts[time]!, cells.ends[time]!);
    },
  };
}

export const w3cFormat = (log: W3cLog): TextFormat => ({
  logSource: log.logSource,
  separator: log.split === undefined ? 'space' : 'own',
  ...(log.split === undefined ? {} : { split: log.split }),
  emptyMark: '-',
  bareHeaders: false,
  header(line, seam) {
    if (!line.startsWith('#')) return null;
    const directive = /^#\s*(Fields|Date)\s*:\s*(.*)$/i.exec(line);
    if (directive === null) return seam;
    if (directive[1]!.toLowerCase() === 'fields') {
      const header = directive[2]!.trim();
      // Where rows carry their date, the one above them says nothing: a block further down need not know it.
      return { ...seam, header, date: /^(?:.* )?date(?: .*)?$/i.test(header) ? '' : seam.date };
    }
    const day = /^\d{4}-\d\d-\d\d/.exec(directive[2]!);
    return day === null ? seam : { ...seam, date: day[0] };
  },
  bind: (header) => bind(log, header),
  infer: log.infer ?? (() => null),
});
