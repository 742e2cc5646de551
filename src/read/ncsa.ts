/**
 * The NCSA forms, common and combined, of Apache, nginx, IIS and most reverse proxies:
 * `host ident user [dd/Mon/yyyy:HH:mm:ss zone] "METHOD target VERSION" status bytes ["referer" "agent" ["forwarded"]]`.
 * @see https://httpd.apache.org/docs/2.4/logs.html#accesslog
 */
import { bareAddress } from '../core/address.ts';
import { monthNames, parseDateBytes, parseTimeBytes } from '../core/time.ts';
import type { BoundLayout, Cells, TextFormat } from '../kernel/index.ts';
import { type FieldFacts, layoutOf } from './layout.ts';

/** The order in which {@link splitNcsa} fills the cells. */
const parts = [
  'c-ip',
  'ident',
  'cs-username',
  'time',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  'cs-version',
  'sc-status',
  'sc-bytes',
  'referer',
  'agent',
  'X-Forwarded-For',
  'cs-host',
] as const;

const quote = 0x22;
const blank = 0x20;
const open = 0x5b;
const backslash = 0x5c;
const question = 0x3f;
/** The time stands within so many bytes of the beginning: names of users and hosts are short. */
const reach = 1024;
const stampLength = 28;

/** Position of the first `byte` in [from, to), or -1. */
function find(bytes: Uint8Array, byte: number, from: number, to: number): number {
  for (let at = from; at < to; at++) if (bytes[at] === byte) return at;
  return -1;
}

/** Where `[dd/Mon/yyyy:HH:mm:ss +zzzz]` begins; a bracket in a user's name does not count. */
function stampAt(bytes: Uint8Array, start: number, end: number): number {
  for (let at = find(bytes, open, start, Math.min(end, start + reach)); at !== -1;) {
    if (at + stampLength <= end && bytes[at + 3] === 0x2f && bytes[at + 7] === 0x2f && bytes[at + 27] === 0x5d) return at;
    at = find(bytes, open, at + 1, Math.min(end, start + reach));
  }
  return -1;
}

/** Behind the closing quote of the value that begins at `from`; a backslash takes the next character along. */
function quotedEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (bytes[at] === backslash) at++;
    else if (bytes[at] === quote) return at;
  }
  return end;
}

/** Cells by {@link parts}; one cell alone for a line that has not this form. */
export function splitNcsa(bytes: Uint8Array, start: number, end: number, cells: Cells): void {
  const stamp = stampAt(bytes, start, end);
  const request = stamp === -1 ? -1 : find(bytes, quote, stamp + stampLength, Math.min(end, stamp + stampLength + 3));
  if (request === -1) {
    cells.push(start, end, 0);
    return;
  }
  const words: number[] = [];
  for (let at = start; at < stamp && words.length < 8;) {
    const gap = find(bytes, blank, at, stamp);
    const stop = gap === -1 ? stamp : gap;
    if (stop > at) words.push(at, stop);
    at = stop + 1;
  }
  // Apache's `vhost_combined` begins with the name of the site: four words, the second one the address.
  const wordAt = (at: number): string =>
    String.fromCharCode(...bytes.subarray(words[at], Math.min(words[at + 1]!, words[at]! + 64)));
  const named = words.length >= 8 && bareAddress(wordAt(0)) === null && bareAddress(wordAt(2)) !== null;
  const from = named ? (words[2] ?? start) : (words[0] ?? start);
  const addressEnd = named ? (words[3] ?? start) : (words[1] ?? start);
  const identAt = Math.min(addressEnd + 1, stamp);
  const gap = find(bytes, blank, identAt, stamp);
  const identEnd = gap === -1 ? stamp : gap;
  const userAt = Math.min(identEnd + 1, stamp);
  cells.push(from, addressEnd, 0);
  cells.push(identAt, identEnd, 0);
  cells.push(userAt, Math.max(userAt, bytes[stamp - 1] === blank ? stamp - 1 : stamp), 0);
  cells.push(stamp + 1, stamp + stampLength - 1, 0);
  const requestEnd = quotedEnd(bytes, request + 1, end);
  pushRequest(bytes, request + 1, requestEnd, cells);
  let at = Math.min(requestEnd + 1, end);
  for (let count = 0; count < 2; count++) {
    while (at < end && bytes[at] === blank) at++;
    const stop = find(bytes, blank, at, end);
    cells.push(at, stop === -1 ? end : stop, 0);
    at = stop === -1 ? end : stop;
  }
  for (let count = 0; count < 3; count++) {
    while (at < end && bytes[at] === blank) at++;
    if (bytes[at] !== quote || at >= end) {
      cells.push(at, at, 0);
      continue;
    }
    const stop = quotedEnd(bytes, at + 1, end);
    cells.push(at + 1, stop, 0);
    at = Math.min(stop + 1, end);
  }
  cells.push(words[0] ?? start, named ? (words[1] ?? start) : (words[0] ?? start), 0);
}

/** `METHOD target VERSION`; what has not this form is taken for a target. */
function pushRequest(bytes: Uint8Array, start: number, end: number, cells: Cells): void {
  const methodEnd = find(bytes, blank, start, Math.min(end, start + 32));
  const hasMethod = methodEnd > start;
  const targetAt = hasMethod ? methodEnd + 1 : start;
  let targetEnd = end;
  for (let at = end - 1; at > targetAt && end - at <= 12; at--) {
    if (bytes[at] !== blank) continue;
    if (bytes[at + 1] === 0x48 && bytes[at + 2] === 0x54) targetEnd = at;
    break;
  }
  const query = find(bytes, question, targetAt, targetEnd);
  cells.push(start, hasMethod ? methodEnd : start, 0);
  cells.push(targetAt, query === -1 ? targetEnd : query, 0);
  cells.push(query === -1 ? targetEnd : query + 1, targetEnd, 0);
  cells.push(Math.min(targetEnd + 1, end), end, 0);
}

/** Three letters of a month, as one number. */
const monthKey = (a: number, b: number, c: number): number => (a << 16) | (b << 8) | c;
const months: ReadonlyMap<number, string> = new Map(
  monthNames.map((name, index) => [
    monthKey(name.charCodeAt(0), name.charCodeAt(1), name.charCodeAt(2)),
    String(index + 1).padStart(2, '0'),
  ]),
);
const encoder = new TextEncoder();

function twoDigits(bytes: Uint8Array, at: number): number {
  const [a, b] = [bytes[at]! - 48, bytes[at + 1]! - 48];
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : Number.NaN;
}

let lastDay = '';
let lastDayMs = Number.NaN;

/** `dd/Mon/yyyy:HH:mm:ss +zzzz` as UTC. */
function parseStamp(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== stampLength - 2) return Number.NaN;
  let same = lastDay.length === 11;
  for (let i = 0; same && i < 11; i++) if (bytes[start + i] !== lastDay.charCodeAt(i)) same = false;
  if (!same) {
    const month = months.get(monthKey(bytes[start + 3]!, bytes[start + 4]!, bytes[start + 5]!));
    lastDay = String.fromCharCode(...bytes.subarray(start, start + 11));
    const iso = encoder.encode(`${lastDay.slice(7)}-${month ?? '--'}-${lastDay.slice(0, 2)}`);
    lastDayMs = parseDateBytes(iso, 0, iso.length);
  }
  const sign = bytes[start + 21];
  const zone = (twoDigits(bytes, start + 22) * 60 + twoDigits(bytes, start + 24)) * 60_000;
  if (bytes[start + 11] !== 0x3a || bytes[start + 20] !== blank || (sign !== 0x2b && sign !== 0x2d)) return Number.NaN;
  return lastDayMs + parseTimeBytes(bytes, start + 12, start + 20) - (sign === 0x2d ? -zone : zone);
}

/** Names of the cells by which a source's rules ask for them: those of {@link parts} are the default. */
export function ncsaFormat(
  logSource: string,
  fields: Readonly<Record<string, FieldFacts>>,
  names: Readonly<{ referer: string; agent: string }>,
): TextFormat {
  const own = parts.map((part) => (part === 'referer' ? names.referer : part === 'agent' ? names.agent : part));
  const layout = layoutOf(logSource, own, fields);
  const bound: BoundLayout = {
    layout,
    columns: parts.length,
    cellOf: parts.map((_, index) => index),
    surplusCell: -1,
    time: (bytes, cells) => (cells.count < parts.length ? Number.NaN : parseStamp(bytes, cells.starts[3]!, cells.ends[3]!)),
  };
  return {
    logSource,
    separator: 'own',
    split: splitNcsa,
    emptyMark: '-',
    bareHeaders: false,
    standing: 'NCSA',
    header: (line, seam) => (line.startsWith('#') ? seam : null),
    bind: () => bound,
    infer: () => null,
  };
}

const shape = /\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "/;

/** Looks at the beginning of the line alone: what a client wrote stands behind. */
export function isNcsa(line: string): boolean {
  const match = shape.exec(line.slice(0, reach + stampLength + 2));
  return match !== null && match.index > 4 && !line.startsWith('{') && line.slice(0, match.index).trim().split(' ').length >= 3;
}
