/**
 * IIS logs that went through Log Parser or Log Parser Studio: the file and line of each row, then its fixed list of columns, `NULL` for
 * what a log did not have; commas, tabs or blanks between. Somebody's selection: it speaks for nothing but itself.
 * Rows are rows of iis-w3c.
 * @see https://documentation.help/Log-Parser/IISW3C_Fields.htm
 */
import type { Demand, Reader, Scanner, Seam } from '../core/record.ts';
import { parseDateBytes, parseTimeBytes } from '../core/time.ts';
import { type BoundLayout, type Cells, splitCsv, type TextFormat, TextScanner } from '../kernel/index.ts';
import { headOf } from './head.ts';
import { iisFields } from './iis-w3c.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

const fields: Readonly<Record<string, FieldFacts>> = {
  ...iisFields,
  LogFilename: by('administrator'),
  LogRow: by('administrator', undefined, { type: 'int' }),
};

const standing =
  'LogFilename LogRow date time c-ip cs-username s-sitename s-computername s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken cs-version cs-host cs(User-Agent) cs(Cookie) cs(Referer) s-event s-process-type s-user-time s-kernel-time s-page-faults s-total-procs s-active-procs s-stopped-procs';

const comma = 0x2c;
const tab = 0x09;
const blank = 0x20;
const quote = 0x22;

/** Where the name of the file ends that begins the row: behind `.log`; a folder in it may hold blanks. */
function nameEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 4; at < end; at++) {
    const byte = bytes[at];
    if (byte !== blank && byte !== tab && byte !== comma && byte !== quote) continue;
    const dot = bytes[at - 4] === 0x2e;
    if (byte === tab || byte === comma || byte === quote || dot) return at;
  }
  return end;
}

function split(bytes: Uint8Array, start: number, end: number, cells: Cells): void {
  const first = nameEnd(bytes, bytes[start] === quote ? start + 1 : start, end);
  const mark = bytes[first] === quote ? bytes[first + 1] : bytes[first];
  if (mark === comma) {
    splitCsv(bytes, start, end, cells, false);
    return;
  }
  cells.push(start, first, 0);
  let at = first + 1;
  while (at <= end && first < end) {
    let stop = at;
    while (stop < end && bytes[stop] !== mark) stop++;
    cells.push(at, stop, 0);
    at = stop + 1;
  }
}

const namesOf = (header: string): string[] => header.split(/[ ,\t]+/).map((name) => name.replace(/^"|"$/g, ''));

function bind(header: string): BoundLayout | null {
  const names = namesOf(header);
  const layout = layoutOf('iis-w3c', names, fields);
  const slot = (name: string): number => layout.fields.findIndex((field) => field.name === name);
  const date = slot('date');
  const time = slot('time');
  if (slot('cs-uri-stem') === -1) return null;
  return {
    layout,
    columns: names.length,
    cellOf: names.map((_, index) => index),
    surplusCell: -1,
    time(bytes, cells) {
      if (date === -1 || time === -1 || Math.max(date, time) >= cells.count) return Number.NaN;
      // Some exports write a whole day beside the time: 2000-01-01 06:44:09.
      const from = cells.ends[time]! - cells.starts[time]! >= 19 ? cells.starts[time]! + 11 : cells.starts[time]!;
      return parseDateBytes(bytes, cells.starts[date]!, cells.ends[date]!) + parseTimeBytes(bytes, from, cells.ends[time]!);
    },
  };
}

const isHeader = (line: string): boolean =>
  line.length < 4096 && /^"?LogFilename"?[ ,\t]/i.test(line) && /[ ,\t"]cs-uri-stem\b/i.test(line);
const isRow = (line: string): boolean =>
  /^"?(?:[A-Za-z]:|\\\\)[^\t,"]{1,400}\.log"?[ ,\t]"?\d{1,12}"?[ ,\t]"?\d{4}-\d\d-\d\d[ ",\t]/i.test(line.slice(0, 512));

const format: TextFormat = {
  logSource: 'iis-w3c',
  separator: 'own',
  split,
  emptyMark: 'NULL',
  bareHeaders: true,
  standing,
  header: (line, seam): Seam | null => (isHeader(line) ? { ...seam, header: line.trim() } : line.startsWith('#') ? seam : null),
  bind,
  infer: () => null,
};

export const logparserIis: Reader = {
  kind: 'logparser-iis',
  logSource: 'iis-w3c',
  speaksFor: 'excerpt',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head) {
    const { rows } = headOf(head);
    if (rows.length === 0) return 0;
    return isHeader(rows[0]!) ? 0.97 : isRow(rows[0]!) ? 0.92 : 0;
  },
  claims: (line) => (isHeader(line) ? 1 : isRow(line) ? 2 : 0),
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
