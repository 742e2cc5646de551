/**
 * The books in which every request to Exchange stands: IIS of the front end, HttpProxy, IIS of the back end, all under one id. Of each row
 * its minute is counted and its id added up (exclusive or, which knows no order), so that two books can be held against each other
 * without keeping a single id. A pass of its own over the bytes: rows that are skimmed are never taken apart elsewhere.
 */
import type { Books, Minutes, Seam } from '../core/record.ts';
import { decodeText } from '../core/text.ts';
import { earliestPlausibleMs, latestPlausibleMs, parseDateBytes, parseIsoBytes, parseTimeBytes } from '../core/time.ts';
import type { BoundLayout, TextFormat } from './text-scanner.ts';

const minuteMs = 60_000;
const hash = 0x23;
const blank = 0x20;
const comma = 0x2c;
const quote = 0x22;
const dash = 0x2d;
const equals = 0x3d;
const cr = 13;
const headerBytes = 1 << 16;
/** Rows of one book per minute, and the sum of their ids in four words. */
type Entry = Int32Array;
/** Minutes kept per block: a block of four years of one row a minute. */
const minuteLimit = 1 << 21;

interface Plan {
  readonly date: number;
  readonly time: number;
  readonly iso: boolean;
  /** IIS: the query. HttpProxy: the id itself. */
  readonly id: number;
  /** IIS: the port. HttpProxy: how the back end ended. */
  readonly beside: number;
  readonly last: number;
}

const plans = new WeakMap<BoundLayout, Plan | 'none'>();

function planOf(bound: BoundLayout): Plan | null {
  const known = plans.get(bound);
  if (known !== undefined) return known === 'none' ? null : known;
  const cell = (name: string): number => {
    const index = bound.layout.fields.findIndex((field) => field.name === name);
    return index === -1 ? -1 : (bound.cellOf[index] ?? -1);
  };
  const iis = bound.layout.logSource === 'iis-w3c';
  const times = bound.timeCells;
  const id = iis ? cell('cs-uri-query') : cell('RequestId');
  const beside = iis ? cell('s-port') : cell('BackEndStatus');
  const plan: Plan | null =
    times === undefined || id === -1 || beside === -1
      ? null
      : times.form === 'iso'
        ? { date: times.cell, time: -1, iso: true, id, beside, last: Math.max(times.cell, id, beside) }
        : { date: times.date, time: times.time, iso: false, id, beside, last: Math.max(times.date, times.time, id, beside) };
  plans.set(bound, plan ?? 'none');
  return plan;
}

/** True for logs that are such books. */
export const isBook = (logSource: string): boolean => logSource === 'iis-w3c' || logSource === 'httpproxy';

export interface BookText {
  readonly bytes: Uint8Array;
  /** Rows that begin in [from, to). */
  readonly from: number;
  readonly to: number;
  readonly lineEnd: number;
}

export function booksIn(
  { bytes, from, to, lineEnd }: BookText,
  before: Seam,
  format: TextFormat,
  bind: (header: string) => BoundLayout | null,
): Books | undefined {
  const tally = new Map<string, Map<number, Entry>>();
  const id = new Int32Array(4);
  const separator = format.separator === 'comma' ? comma : blank;
  const starts: number[] = [];
  const ends: number[] = [];
  let seam = before;
  let plan = planFor(bind, seam);
  for (let at = from; at < to;) {
    let end = bytes.indexOf(lineEnd, at);
    if (end === -1) end = bytes.length;
    const start = at;
    at = end + 1;
    const stop = end > start && bytes[end - 1] === cr ? end - 1 : end;
    if (stop === start) continue;
    const first = bytes[start]!;
    if (first === hash || plan === null || (format.bareHeaders && (first < 0x30 || first > 0x39) && first !== quote)) {
      const after = format.header(decodeText(bytes.subarray(start, Math.min(stop, start + headerBytes))), seam);
      if (after !== null) {
        if (after.header !== seam.header) plan = planFor(bind, after);
        seam = after;
        continue;
      }
    }
    if (plan === null) continue;
    if (!split(bytes, start, stop, separator, plan.last, starts, ends)) continue;
    const ms = plan.iso
      ? parseIsoBytes(bytes, starts[plan.date]!, ends[plan.date]!)
      : parseDateBytes(bytes, starts[plan.date]!, ends[plan.date]!) + parseTimeBytes(bytes, starts[plan.time]!, ends[plan.time]!);
    if (!(ms >= earliestPlausibleMs && ms <= latestPlausibleMs)) continue;
    const minute = Math.floor(ms / minuteMs);
    const [idStart, idEnd, besideStart, besideEnd] = [starts[plan.id]!, ends[plan.id]!, starts[plan.beside]!, ends[plan.beside]!];
    if (format.logSource === 'httpproxy') {
      if (idEnd - idStart !== 36 || !guidAt(bytes, idStart, id)) continue;
      enter(tally, 'proxy', minute, id);
      if (besideEnd > besideStart) enter(tally, 'proxied', minute, id);
    } else if (isBackPort(bytes, besideStart, besideEnd)) {
      if (lastId(bytes, idStart, idEnd, backNames, id)) enter(tally, 'back', minute, id);
    } else if (lastId(bytes, idStart, idEnd, frontNames, id)) enter(tally, 'front', minute, id);
  }
  return tally.size === 0 ? undefined : Object.fromEntries([...tally].map(([book, minutes]) => [book, listed(minutes)]));
}

const planFor = (bind: (header: string) => BoundLayout | null, seam: Seam): Plan | null => {
  const bound = bind(seam.header);
  return bound === null ? null : planOf(bound);
};

/** The cells up to `last`; quotes heeded where commas part them. False: the row has not so many. */
function split(
  bytes: Uint8Array,
  start: number,
  stop: number,
  separator: number,
  last: number,
  starts: number[],
  ends: number[],
): boolean {
  let cell = 0;
  let at = start;
  for (;;) {
    starts[cell] = at;
    if (separator === comma && bytes[at] === quote) {
      at++;
      while (at < stop && !(bytes[at] === quote && bytes[at + 1] !== quote)) at += bytes[at] === quote ? 2 : 1;
      while (at < stop && bytes[at] !== separator) at++;
    } else while (at < stop && bytes[at] !== separator) at++;
    ends[cell] = Math.min(at, stop);
    if (cell === last) return true;
    if (at >= stop) return false;
    cell++;
    at++;
  }
}

function hexOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function guidAt(bytes: Uint8Array, start: number, into: Int32Array): boolean {
  let digits = 0;
  let word = 0;
  for (let at = start; at < start + 36; at++) {
    const place = at - start;
    if (place === 8 || place === 13 || place === 18 || place === 23) {
      if (bytes[at] !== dash) return false;
      continue;
    }
    const digit = hexOf(bytes[at]!);
    if (digit === -1) return false;
    word = (word << 4) | digit;
    if ((++digits & 7) === 0) {
      into[(digits >> 3) - 1] = word;
      word = 0;
    }
  }
  return true;
}

const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0) | 0x20);
/** What a server puts behind everything that the client wrote: the last one is its own. */
const frontNames = [ascii('cafeReqId')];
const backNames = [ascii('cafeReqId'), ascii('reqId'), ascii('RequestId')];

function lastId(bytes: Uint8Array, start: number, end: number, names: readonly (readonly number[])[], into: Int32Array): boolean {
  for (let at = end - 37; at > start; at--) {
    if (bytes[at] !== equals) continue;
    for (const name of names) {
      const from = at - name.length;
      if (from < start || (from > start && !isBefore(bytes[from - 1]!))) continue;
      if (name.every((letter, index) => (bytes[from + index]! | 0x20) === letter) && guidAt(bytes, at + 1, into)) return true;
    }
  }
  return false;
}

/** `&`, `;` or `?` */
const isBefore = (byte: number): boolean => byte === 0x26 || byte === 0x3b || byte === 0x3f;

/** 444 and 81: the site of the back end. */
function isBackPort(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start === 3) return bytes[start] === 0x34 && bytes[start + 1] === 0x34 && bytes[start + 2] === 0x34;
  return end - start === 2 && bytes[start] === 0x38 && bytes[start + 1] === 0x31;
}

function enter(tally: Map<string, Map<number, Entry>>, book: string, minute: number, id: Int32Array): void {
  let minutes = tally.get(book);
  if (minutes === undefined) tally.set(book, (minutes = new Map()));
  let entry = minutes.get(minute);
  if (entry === undefined) {
    if (minutes.size >= minuteLimit) return;
    minutes.set(minute, (entry = new Int32Array(5)));
  }
  entry[0]!++;
  for (let word = 0; word < 4; word++) entry[word + 1]! ^= id[word]!;
}

function listed(minutes: ReadonlyMap<number, Entry>): Minutes {
  const sorted = [...minutes].sort((a, b) => a[0] - b[0]);
  return {
    minutes: sorted.map(([minute]) => minute),
    rows: sorted.map(([, entry]) => entry[0]!),
    ids: sorted.flatMap(([, entry]) => [...entry.subarray(1)]),
  };
}
