/**
 * SharePoint's trace log (ULS): tabs between padded columns, the server's local time; `*` behind a time marks a line that goes on with
 * the message of an earlier one. For organisations whose SharePoint stands beside their Exchange.
 * @see https://learn.microsoft.com/en-us/previous-versions/office/developer/sharepoint-2007/aa979595(v=office.12)
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { parseTimeBytes } from '../core/time.ts';
import { type Cells, type TextFormat, TextScanner } from '../kernel/index.ts';
import { headOf } from './head.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

const logSource = 'sharepoint-uls';

/** The message quotes addresses, names and errors of requests: the client's words stand in it. */
const fields: Readonly<Record<string, FieldFacts>> = {
  Timestamp: by('server', undefined, { type: 'time' }),
  Process: by('server', 'process.name'),
  TID: by('server'),
  Area: by('server', 'service.name'),
  Category: by('server'),
  EventID: by('server', 'event.action'),
  Level: by('server'),
  Message: by('client', 'message'),
  Correlation: by('server', 'activity.id', { type: 'guid' }),
};
const names = Object.keys(fields);
const layout = layoutOf(logSource, names, fields);
const messageCell = names.indexOf('Message');

const tab = 0x09;
const blank = 0x20;

function push(bytes: Uint8Array, start: number, end: number, cells: Cells): void {
  let from = start;
  let to = end;
  while (from < to && bytes[from] === blank) from++;
  while (to > from && bytes[to - 1] === blank) to--;
  cells.push(from, to, 0);
}

/** A line without the columns goes on with a message. */
function split(bytes: Uint8Array, start: number, end: number, cells: Cells): void {
  const digit = bytes[start]! >= 0x30 && bytes[start]! <= 0x39;
  if (!digit || bytes[start + 2] !== 0x2f) {
    for (let i = 0; i < messageCell; i++) cells.push(start, start, 0);
    cells.push(start, end, 0);
    cells.push(end, end, 0);
    return;
  }
  let at = start;
  for (;;) {
    let stop = at;
    while (stop < end && bytes[stop] !== tab) stop++;
    push(bytes, at, stop, cells);
    if (stop >= end) return;
    at = stop + 1;
  }
}

/** `MM/dd/yyyy HH:mm:ss.ff[*]`, taken as it stands. */
function timeOf(bytes: Uint8Array, start: number, end: number): number {
  const stop = bytes[end - 1] === 0x2a ? end - 1 : end;
  if (stop - start < 19 || bytes[start + 2] !== 0x2f || bytes[start + 5] !== 0x2f) return Number.NaN;
  const date = String.fromCharCode(...bytes.subarray(start, start + 10));
  return (
    Date.parse(`${date.slice(6)}-${date.slice(0, 2)}-${date.slice(3, 5)}T00:00:00Z`) + parseTimeBytes(bytes, start + 11, stop)
  );
}

const isHeader = (line: string): boolean => /^Timestamp *\tProcess *\tTID *\t/.test(line);
const isRow = (line: string): boolean =>
  /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\.\d\d\*? *\t[^\t]{1,200}\(0x[0-9A-Fa-f]+\) *\t0x[0-9A-Fa-f]+ *\t/.test(line.slice(0, 400));

const format: TextFormat = {
  logSource,
  separator: 'own',
  split,
  emptyMark: null,
  bareHeaders: true,
  standing: names.join('\t'),
  untimed: true,
  header: (line, seam) => (isHeader(line) ? seam : null),
  bind: () => ({
    layout,
    columns: names.length,
    cellOf: names.map((_, index) => index),
    surplusCell: messageCell,
    time: (bytes, cells) => timeOf(bytes, cells.starts[0]!, cells.ends[0]!),
  }),
  infer: () => null,
};

export const sharepointUls: Reader = {
  kind: logSource,
  logSource,
  speaksFor: 'span',
  clock: 'local',
  blockBytes: 4 << 20,
  recognise(head) {
    const row = headOf(head).rows[0] ?? '';
    return isHeader(row) ? 1 : isRow(row) ? 0.95 : 0;
  },
  claims: (line) => (isHeader(line) ? 1 : isRow(line) ? 2 : 0),
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
