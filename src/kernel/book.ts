/**
 * The books in which every request to Exchange stands: IIS of the front end, HttpProxy, IIS of the back end, all under one id. Of each row
 * its minute is counted and its id added up (exclusive or, which knows no order), so that two books can be held against each other
 * without keeping a single id. Rows that are skimmed are booked by the skimmer (`assembly/skim.ts`), word for word as here.
 */
import type { Books } from '../core/record.ts';
import type { Cells } from './cells.ts';
import type { BoundLayout } from './text-scanner.ts';

const minuteMs = 60_000;
const dash = 0x2d;
const equals = 0x3d;
/** Minutes kept per block: a block of four years of one row a minute. */
const minuteLimit = 1 << 21;

/** Times in one log lie this far apart where they run backwards: less is the way of logging, and of clocks that are put right. */
const backMinutes = 5;
const longAgo = Number.NEGATIVE_INFINITY;
/** Number of the book that is a part of another. */
const proxied = 2;
/** Heads and steps back that are kept of a block. */
const noteLimit = 200;

/** Where a row says in which book it stands, and under which id. */
export interface BookOrder {
  readonly proxies: boolean;
  /** IIS: the query. HttpProxy: the id itself. */
  readonly idCell: number;
  /** IIS: the port. HttpProxy: how the back end ended. */
  readonly besideCell: number;
}

/** Null: no such book, or one that does not say which request a row is. */
export function bookOrder({ layout, cellOf }: BoundLayout): BookOrder | null {
  const { logSource, fields } = layout;
  if (logSource !== 'iis-w3c' && logSource !== 'httpproxy') return null;
  const cell = (name: string): number => cellOf[fields.findIndex((field) => field.name === name)] ?? -1;
  const proxies = logSource === 'httpproxy';
  const idCell = cell(proxies ? 'RequestId' : 'cs-uri-query');
  const besideCell = cell(proxies ? 'BackEndStatus' : 's-port');
  return idCell === -1 || besideCell === -1 ? null : { proxies, idCell, besideCell };
}

/** In the order in which the skimmer numbers them. */
export const bookNames = ['front', 'proxy', 'proxied', 'back'] as const satisfies readonly (keyof Books)[];

/** The books of one block. */
export class BookKeeper {
  readonly #tallies = bookNames.map(() => new Tally());
  readonly #id = new Int32Array(4);
  readonly #starts: number[] = [];
  #begins = false;
  readonly #steps: { fromMinute: number; toMinute: number }[] = [];
  /** By book: an IIS log can hold the rows of both sites. */
  readonly #first = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  readonly #last = [longAgo, longAgo, longAgo, longAgo];

  /** A line that says when the log was begun: behind it time counts anew. */
  head(line: string): void {
    const date = /^#\s*Date\s*:\s*(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/i.exec(line);
    if (date === null) return;
    const ms = Date.parse(`${date[1]}T${date[2]}Z`);
    if (!Number.isNaN(ms) && this.#starts.length < noteLimit) this.#starts.push(ms);
    if (this.#first.every((minute) => Number.isNaN(minute))) this.#begins = true;
    this.#last.fill(longAgo);
  }

  #enter(book: number, minute: number, rows: number, id: Int32Array): void {
    const before = this.#last[book]!;
    if (minute !== before) {
      if (Number.isNaN(this.#first[book]!)) this.#first[book] = minute;
      // What the back end answered is a part of HttpProxy, and said with it.
      if (minute < before - backMinutes && book !== proxied && this.#steps.length < noteLimit)
        this.#steps.push({ fromMinute: before, toMinute: minute });
      this.#last[book] = minute;
    }
    this.#tallies[book]!.enter(minute, rows, id);
  }

  /** Books a row that has a time. */
  row(bytes: Uint8Array, cells: Cells, { proxies, idCell, besideCell }: BookOrder, timeMs: number, emptyMark: number): void {
    if (idCell >= cells.count || besideCell >= cells.count) return;
    const id = this.#id;
    const minute = Math.floor(timeMs / minuteMs);
    const [start, end] = [cells.starts[idCell]!, cells.ends[idCell]!];
    const [besideStart, besideEnd] = [cells.starts[besideCell]!, cells.ends[besideCell]!];
    if (proxies) {
      if (end - start !== 36 || !guidAt(bytes, start, id)) return;
      this.#enter(1, minute, 1, id);
      const empty = besideEnd <= besideStart || (besideEnd - besideStart === 1 && bytes[besideStart] === emptyMark);
      if (!empty) this.#enter(2, minute, 1, id);
    } else {
      const back = isBackPort(bytes, besideStart, besideEnd);
      if (lastId(bytes, start, end, back ? backNames : frontNames, id)) this.#enter(back ? 3 : 0, minute, 1, id);
    }
  }

  /** Rows that the skimmer booked together. */
  rows(book: number, minute: number, rows: number, ids: Int32Array): void {
    this.#enter(book, minute, rows, ids);
  }

  list(): Books | undefined {
    const books = Object.assign({}, ...bookNames.map((name, book) => this.#tallies[book]!.listed(name))) as Books;
    if (Object.keys(books).length === 0 && this.#starts.length === 0) return undefined;
    return {
      ...books,
      course: { begins: this.#begins, starts: this.#starts, steps: this.#steps, first: this.#first, last: this.#last },
    };
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

  enter(minute: number, rows: number, id: Int32Array): void {
    if (minute !== this.#minute && !this.#turnTo(minute)) return;
    const words = this.#words;
    const at = this.#at;
    words[at]! += rows;
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
