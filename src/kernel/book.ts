/**
 * The books in which every request to Exchange stands: IIS of the front end, HttpProxy, IIS of the back end, all under one id. Of each row
 * its minute is counted and its id added up (exclusive or, which knows no order), so that two books can be held against each other
 * without keeping a single id. A pass of its own over the bytes: rows that are skimmed are never taken apart elsewhere.
 */
import type { Books, Seam } from '../core/record.ts';
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
const zulu = 0x5a;
const headerBytes = 1 << 16;
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
  const [front, proxy, proxied, back] = [new Tally(), new Tally(), new Tally(), new Tally()];
  const proxies = format.logSource === 'httpproxy';
  const id = new Int32Array(4);
  // Rows of one minute stand together: their minute is read once.
  const stamp = new Uint8Array(16);
  let minute = Number.NaN;
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
    const [dateAt, timeAt] = [starts[plan.date]!, plan.iso ? starts[plan.date]! + 11 : starts[plan.time]!];
    if (Number.isNaN(minute) || !isStamp(bytes, dateAt, timeAt, stamp)) {
      const ms = plan.iso
        ? parseIsoBytes(bytes, dateAt, ends[plan.date]!)
        : parseDateBytes(bytes, dateAt, ends[plan.date]!) + parseTimeBytes(bytes, timeAt, ends[plan.time]!);
      minute = ms >= earliestPlausibleMs && ms <= latestPlausibleMs ? Math.floor(ms / minuteMs) : Number.NaN;
      if (Number.isNaN(minute)) continue;
      for (let place = 0; place < 10; place++) stamp[place] = bytes[dateAt + place]!;
      for (let place = 0; place < 5; place++) stamp[10 + place] = bytes[timeAt + place]!;
      // A zone behind the time moves the minute: such rows are read one by one.
      if (plan.iso && bytes[ends[plan.date]! - 1] !== zulu) stamp[0] = 0;
    }
    const idStart = starts[plan.id]!;
    const idEnd = ends[plan.id]!;
    const besideStart = starts[plan.beside]!;
    const besideEnd = ends[plan.beside]!;
    if (proxies) {
      if (idEnd - idStart !== 36 || !guidAt(bytes, idStart, id)) continue;
      proxy.enter(minute, id);
      if (besideEnd > besideStart) proxied.enter(minute, id);
    } else if (isBackPort(bytes, besideStart, besideEnd)) {
      if (lastId(bytes, idStart, idEnd, backNames, id)) back.enter(minute, id);
    } else if (lastId(bytes, idStart, idEnd, frontNames, id)) front.enter(minute, id);
  }
  const books = { ...front.listed('front'), ...proxy.listed('proxy'), ...proxied.listed('proxied'), ...back.listed('back') };
  return Object.keys(books).length === 0 ? undefined : books;
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
    }
    while (at < stop && bytes[at] !== separator) at++;
    ends[cell] = at < stop ? at : stop;
    if (cell === last) return true;
    if (at >= stop) return false;
    cell++;
    at++;
  }
}

/** Value of a hexadecimal digit; -1: none. */
const hexValues = Int8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? -1 : value;
});
/** Where the digits of each word of `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` stand. */
const digitPlaces = [
  0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17, 19, 20, 21, 22, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,
];
const places = Uint8Array.from(digitPlaces);

function guidAt(bytes: Uint8Array, start: number, into: Int32Array): boolean {
  if (bytes[start + 8] !== dash || bytes[start + 13] !== dash || bytes[start + 18] !== dash || bytes[start + 23] !== dash)
    return false;
  let bad = 0;
  for (let word = 0; word < 4; word++) {
    let value = 0;
    for (let digit = word * 8; digit < word * 8 + 8; digit++) {
      const own = hexValues[bytes[start + places[digit]!]!]!;
      bad |= own;
      value = (value << 4) | own;
    }
    into[word] = value;
  }
  return bad >= 0;
}

const ascii = (text: string): readonly number[] => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at) | 0x20);
/** What a server puts behind everything that the client wrote: the last one is its own. */
const frontNames = [ascii('cafeReqId')];
const backNames = [ascii('cafeReqId'), ascii('reqId'), ascii('RequestId')];

function lastId(bytes: Uint8Array, start: number, end: number, names: readonly (readonly number[])[], into: Int32Array): boolean {
  for (let at = end - 37; at > start; at--) {
    if (bytes[at] !== equals) continue;
    for (const name of names) {
      const from = at - name.length;
      if (from < start || (from > start && !isBefore(bytes[from - 1]!))) continue;
      let index = 0;
      while (index < name.length && (bytes[from + index]! | 0x20) === name[index]) index++;
      if (index === name.length && guidAt(bytes, at + 1, into)) return true;
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

/** Rows of one book by minute, in the order in which the minutes came. */
class Tally {
  readonly #places = new Map<number, number>();
  readonly #minutes: number[] = [];
  /** Five words a minute: rows, and the sum of their ids. */
  #words = new Int32Array(5 * 64);
  #minute = Number.NaN;
  #at = 0;
  #inOrder = true;

  enter(minute: number, id: Int32Array): void {
    if (minute !== this.#minute && !this.#turnTo(minute)) return;
    const words = this.#words;
    const at = this.#at;
    words[at]!++;
    words[at + 1]! ^= id[0]!;
    words[at + 2]! ^= id[1]!;
    words[at + 3]! ^= id[2]!;
    words[at + 4]! ^= id[3]!;
  }

  #turnTo(minute: number): boolean {
    let place = this.#places.get(minute);
    if (place === undefined) {
      place = this.#minutes.length;
      if (place >= minuteLimit) return false;
      if (place > 0 && this.#minutes[place - 1]! > minute) this.#inOrder = false;
      this.#minutes.push(minute);
      this.#places.set(minute, place);
      if ((place + 1) * 5 > this.#words.length) {
        const wider = new Int32Array(this.#words.length * 2);
        wider.set(this.#words);
        this.#words = wider;
      }
    }
    this.#minute = minute;
    this.#at = place * 5;
    return true;
  }

  listed(name: keyof Books): Books {
    const count = this.#minutes.length;
    if (count === 0) return {};
    const order = Array.from({ length: count }, (_, place) => place);
    if (!this.#inOrder) order.sort((a, b) => this.#minutes[a]! - this.#minutes[b]!);
    const own = { minutes: new Float64Array(count), rows: new Int32Array(count), ids: new Int32Array(count * 4) };
    for (let index = 0; index < count; index++) {
      const place = order[index]!;
      own.minutes[index] = this.#minutes[place]!;
      own.rows[index] = this.#words[place * 5]!;
      for (let word = 0; word < 4; word++) own.ids[index * 4 + word] = this.#words[place * 5 + 1 + word]!;
    }
    return { [name]: own };
  }
}

/** The same day, hour and minute as the row before. */
function isStamp(bytes: Uint8Array, dateAt: number, timeAt: number, stamp: Uint8Array): boolean {
  // What changes most often first.
  for (let place = 4; place >= 0; place--) if (bytes[timeAt + place] !== stamp[10 + place]) return false;
  for (let place = 9; place >= 0; place--) if (bytes[dateAt + place] !== stamp[place]) return false;
  return true;
}
