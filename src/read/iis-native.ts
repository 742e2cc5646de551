/**
 * The "IIS log file format": fixed columns, commas, the server's local time. Rows are rows of iis-w3c.
 * @see https://learn.microsoft.com/en-us/previous-versions/iis/6.0-sdk/ms525807(v=vs.90)
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { bareAddress } from '../core/address.ts';
import { type Cells, type TextFormat, TextScanner } from '../kernel/index.ts';
import { parseTimeBytes } from '../core/time.ts';
import { headOf } from './head.ts';
import { iisFields } from './iis-w3c.ts';
import { layoutOf } from './layout.ts';

const names = [
  'c-ip',
  'cs-username',
  'date',
  'time',
  's-sitename',
  's-computername',
  's-ip',
  'time-taken',
  'cs-bytes',
  'sc-bytes',
  'sc-status',
  'sc-win32-status',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
];
const layout = layoutOf('iis-w3c', names, iisFields);
const encoder = new TextEncoder();
const comma = 0x2c;
const blank = 0x20;

/** Commas part the first columns; the last one takes what is left, because a client may write commas. */
function split(bytes: Uint8Array, start: number, end: number, cells: Cells): void {
  let last = end;
  while (last > start && (bytes[last - 1] === blank || bytes[last - 1] === comma)) last--;
  let at = start;
  while (cells.count < names.length - 1) {
    while (at < last && bytes[at] === blank) at++;
    const found = bytes.subarray(at, last).indexOf(comma);
    if (found === -1) break;
    cells.push(at, at + found, 0);
    at += found + 1;
  }
  while (at < last && bytes[at] === blank) at++;
  cells.push(at, last, 0);
}

let lastDate = '';
let lastDateMs = Number.NaN;

/** `M/D/YY[YY]`: of two digits those from 70 on belong to the last century. */
function dayOf(text: string): number {
  if (text === lastDate) return lastDateMs;
  lastDate = text;
  lastDateMs = Number.NaN;
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(text);
  if (match === null) return Number.NaN;
  const [month, day, short] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const year = short >= 100 ? short : short < 70 ? 2000 + short : 1900 + short;
  const ms = Date.UTC(year, month - 1, day);
  if (new Date(ms).getUTCMonth() === month - 1) lastDateMs = ms;
  return lastDateMs;
}

/** A day and `H:MM:SS`, taken as they stand. */
function timeOf(bytes: Uint8Array, cells: Cells): number {
  if (cells.count < 4) return Number.NaN;
  const [start, end] = [cells.starts[2]!, cells.ends[2]!];
  if (end - start > 10) return Number.NaN;
  const clock = String.fromCharCode(...bytes.subarray(cells.starts[3], Math.min(cells.ends[3]!, cells.starts[3]! + 9)));
  const padded = encoder.encode(clock.padStart(8, '0'));
  return dayOf(String.fromCharCode(...bytes.subarray(start, end))) + parseTimeBytes(padded, 0, padded.length);
}

const format: TextFormat = {
  logSource: 'iis-w3c',
  separator: 'own',
  split,
  emptyMark: '-',
  bareHeaders: false,
  standing: names.join(' '),
  header: (line, seam) => (line.startsWith('#') ? seam : null),
  bind: () => ({ layout, columns: names.length, cellOf: names.map((_, index) => index), surplusCell: -1, time: timeOf }),
  infer: () => null,
};

const shape = /^([^,]{2,64}), [^,]{0,256}, \d{1,2}\/\d{1,2}\/\d{2,4}, \d{1,2}:\d\d:\d\d, [A-Z0-9]{1,12}SVC\d*, /;
const isRow = (line: string): boolean => {
  const match = shape.exec(line);
  return match !== null && bareAddress(match[1]!) !== null;
};

export const iisNative: Reader = {
  kind: 'iis-native',
  logSource: 'iis-w3c',
  speaksFor: 'span',
  clock: 'local',
  blockBytes: 4 << 20,
  recognise: (head) => (isRow(headOf(head).rows[0] ?? '') ? 0.95 : 0),
  claims: (line) => (isRow(line) ? 2 : 0),
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
