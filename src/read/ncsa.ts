/**
 * The NCSA forms, common and combined, of Apache, nginx, IIS and most reverse proxies:
 * `host ident user [dd/Mon/yyyy:HH:mm:ss zone] "METHOD target VERSION" status bytes ["referer" "agent" ["forwarded"]]`.
 * @see https://httpd.apache.org/docs/2.4/logs.html#accesslog
 */
import { bareAddress } from '../core/address.ts';
import { monthNames } from '../core/time.ts';
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
  for (let at = start; at < stamp && words.length < 4;) {
    const gap = find(bytes, blank, at, stamp);
    const stop = gap === -1 ? stamp : gap;
    if (stop > at) words.push(at, stop);
    at = stop + 1;
  }
  // Apache's `vhost_combined` begins with the name of the site.
  const first = String.fromCharCode(...bytes.subarray(words[0] ?? start, Math.min(words[1] ?? start, (words[0] ?? start) + 64)));
  const second = String.fromCharCode(...bytes.subarray(words[2] ?? start, Math.min(words[3] ?? start, (words[2] ?? start) + 64)));
  const named = bareAddress(first) === null && bareAddress(second) !== null;
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

const months: ReadonlyMap<string, number> = new Map(monthNames.map((name, index) => [name.slice(0, 3), index]));

/** `dd/Mon/yyyy:HH:mm:ss +zzzz` as UTC. */
function parseStamp(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== stampLength - 2) return Number.NaN;
  const match = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(
    String.fromCharCode(...bytes.subarray(start, end)),
  );
  const month = match === null ? undefined : months.get(match[2]!);
  if (match === null || month === undefined) return Number.NaN;
  const [day, year, hour, minute, second] = [match[1], match[3], match[4], match[5], match[6]].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Date.UTC(year, month, day);
  if (new Date(ms).getUTCDate() !== day || hour > 23 || minute > 59 || second > 60) return Number.NaN;
  const zone = (Number(match[8]) * 60 + Number(match[9])) * 60_000;
  return ms + ((hour * 60 + minute) * 60 + second) * 1000 - (match[7] === '-' ? -zone : zone);
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
