/**
 * A row of a log as a form: fixed bytes with slots between them. It is compiled once and then stamped with what differs, without an
 * object or a string per row; this is what makes the generator as fast as a disk.
 */
import type { Random } from './random.ts';

/** Slots that hold text. The ones of time and id are filled for each request, the others point at what a user or a server is. */
export const textSlots = [
  'iso',
  'isoBegin',
  'w3c',
  'w3cBack',
  'isoBack',
  'isoCommand',
  'requestId',
  'activityId',
  'freshId',
  'client',
  'forwarded',
  'account',
  'sid',
  'userName',
  'mailbox',
  'mailboxId',
  'device',
  'deviceType',
  'agentWeb',
  'agentCsv',
  'frontName',
  'frontFqdn',
  'frontFqdnUpper',
  'frontIp',
  'frontBuild',
  'frontCommas',
  'backName',
  'backFqdn',
  'backBuild',
  'backCommas',
  'backLong',
  'backNumber',
  'backIp',
  'frontSeen',
  'sequence',
] as const;
export type TextSlot = (typeof textSlots)[number];

/** Slots that hold a number. */
export const numberSlots = ['taken', 'requestBytes', 'responseBytes', 'count'] as const;
export type NumberSlot = (typeof numberSlots)[number];

const textMark = '\u0001';
const numberMark = '\u0002';
/** Which slot, and what is added to a number, are kept as one character each; this stands for 0. No log gives such a letter a meaning. */
const zero = 0x200;

const slotIndex = Object.fromEntries(textSlots.map((name, index) => [name, index])) as Record<TextSlot, number>;
const numberIndex = Object.fromEntries(numberSlots.map((name, index) => [name, index])) as Record<NumberSlot, number>;

/** The place of a text in a form. */
export const text = (slot: TextSlot): string => textMark + String.fromCharCode(zero + slotIndex[slot]);
/** The place of a number in a form, with something added; below 0 is 0. */
export const number = (slot: NumberSlot, add = 0): string =>
  numberMark + String.fromCharCode(zero + numberIndex[slot], zero + add);

/** The longest text that a slot may hold. */
const longestSlot = 400;
const longestNumber = 12;
/** Shorter pieces are copied byte by byte: a call costs more. */
const shortPiece = 32;

const utf8 = new TextEncoder();
export const bytesOf = (value: string): Uint8Array => utf8.encode(value);
const decoder = new TextDecoder();
const decode = (bytes: Uint8Array): string => decoder.decode(bytes);
const nothing = new Uint8Array(0);

/** What the slots of the next rows hold. One for the whole run. */
export class Stamp {
  readonly texts: Uint8Array[] = textSlots.map(() => nothing);
  readonly numbers = new Float64Array(numberSlots.length);
  readonly #iso = new IsoTime();
  readonly #isoBegin = new IsoTime();
  readonly #isoBack = new IsoTime();
  readonly #isoCommand = new IsoTime();
  readonly #w3c = new IsoTime();
  readonly #w3cBack = new IsoTime();
  readonly #requestId = new Uint8Array(36);
  readonly #activityId = new Uint8Array(36);
  readonly #freshId = new Uint8Array(36);

  constructor() {
    this.texts[slotIndex.iso] = this.#iso.iso;
    this.texts[slotIndex.isoBegin] = this.#isoBegin.iso;
    this.texts[slotIndex.isoBack] = this.#isoBack.iso;
    this.texts[slotIndex.isoCommand] = this.#isoCommand.iso;
    this.texts[slotIndex.w3c] = this.#w3c.w3c;
    this.texts[slotIndex.w3cBack] = this.#w3cBack.w3c;
    this.texts[slotIndex.requestId] = this.#requestId;
    this.texts[slotIndex.activityId] = this.#activityId;
    this.texts[slotIndex.freshId] = this.#freshId;
  }

  set(slot: TextSlot, value: Uint8Array): void {
    this.texts[slotIndex[slot]] = value;
  }
  setNumber(slot: NumberSlot, value: number): void {
    this.numbers[numberIndex[slot]] = value;
  }
  /** When the request ended and how long it took, by the clock of the front end. */
  setFrontTime(ms: number, takenMs: number): void {
    this.numbers[0] = takenMs;
    this.#iso.set(ms);
    this.#isoBegin.set(ms - takenMs);
    this.#w3c.set(ms);
  }
  /** When the back end ended, by its own clock. */
  setBackTime(ms: number): void {
    this.#isoBack.set(ms);
    this.#w3cBack.set(ms);
  }
  setCommandTime(ms: number): void {
    this.#isoCommand.set(ms);
  }
  newIds(random: Random): void {
    random.guidInto(this.#requestId);
    random.guidInto(this.#activityId);
  }
  newFreshId(random: Random): void {
    random.guidInto(this.#freshId);
  }
  /** Ids that were given earlier: rows of one request that are written at another moment. */
  useIds(requestId: string, activityId: string): void {
    this.#requestId.set(bytesOf(requestId));
    this.#activityId.set(bytesOf(activityId));
  }
  requestId(): string {
    return String.fromCharCode(...this.#requestId);
  }
  activityId(): string {
    return String.fromCharCode(...this.#activityId);
  }
}

const digitZero = 0x30;

/** A moment in both dresses; a new day is made with `Date`, all else by digits. */
class IsoTime {
  /** `2021-03-01T04:12:07.413Z` */
  readonly iso = bytesOf('0000-00-00T00:00:00.000Z');
  /** `2021-03-01 04:12:07` */
  readonly w3c = bytesOf('0000-00-00 00:00:00');
  #day = Number.NaN;

  set(ms: number): void {
    const day = Math.floor(ms / 86_400_000);
    const { iso, w3c } = this;
    if (day !== this.#day) {
      this.#day = day;
      const date = bytesOf(new Date(day * 86_400_000).toISOString().slice(0, 10));
      iso.set(date);
      w3c.set(date);
    }
    const rest = ms - day * 86_400_000;
    const second = Math.floor(rest / 1000);
    const milli = rest - second * 1000;
    pair(iso, w3c, 11, Math.floor(second / 3600));
    pair(iso, w3c, 14, Math.floor(second / 60) % 60);
    pair(iso, w3c, 17, second % 60);
    iso[20] = digitZero + Math.floor(milli / 100);
    iso[21] = digitZero + (Math.floor(milli / 10) % 10);
    iso[22] = digitZero + (milli % 10);
  }
}

function pair(iso: Uint8Array, w3c: Uint8Array, at: number, value: number): void {
  const tens = (value / 10) | 0;
  iso[at] = w3c[at] = digitZero + tens;
  iso[at + 1] = w3c[at + 1] = digitZero + value - tens * 10;
}

/** A compiled form. */
export class RowForm {
  /** No row of it is longer, line end included. */
  readonly mostBytes: number;
  /** Of each piece: 0 fixed bytes, 1 a text, 2 a number. */
  readonly #kinds: Uint8Array;
  readonly #places: Int32Array;
  readonly #adds: Int32Array;
  readonly #fixed: readonly Uint8Array[];
  readonly #form: string;

  /** @param form a row without its line end; CR LF is appended */
  constructor(form: string) {
    const kinds: number[] = [];
    const places: number[] = [];
    const adds: number[] = [];
    const fixed: Uint8Array[] = [];
    let most = 0;
    const keep = (value: string): void => {
      if (value === '') return;
      kinds.push(0);
      places.push(fixed.length);
      adds.push(0);
      const bytes = bytesOf(value);
      fixed.push(bytes);
      most += bytes.length;
    };
    this.#form = form;
    let start = 0;
    const whole = `${form}\r\n`;
    for (let i = 0; i < whole.length; i++) {
      const mark = whole[i];
      if (mark !== textMark && mark !== numberMark) continue;
      keep(whole.slice(start, i));
      kinds.push(mark === textMark ? 1 : 2);
      places.push(whole.charCodeAt(i + 1) - zero);
      adds.push(mark === textMark ? 0 : whole.charCodeAt(i + 2) - zero);
      most += mark === textMark ? longestSlot : longestNumber;
      i += mark === textMark ? 1 : 2;
      start = i + 1;
    }
    keep(whole.slice(start));
    this.#kinds = Uint8Array.from(kinds);
    this.#places = Int32Array.from(places);
    this.#adds = Int32Array.from(adds);
    this.#fixed = fixed;
    this.mostBytes = most;
  }

  /** The same form with what these slots hold now as fixed bytes: fewer and longer pieces. */
  bound(slots: readonly TextSlot[], stamp: Stamp): RowForm {
    let form = this.#form;
    for (const slot of slots) form = form.replaceAll(text(slot), decode(stamp.texts[slotIndex[slot]]!));
    return new RowForm(form);
  }

  /** Writes the row at `at`, line end and all; returns where it ends. */
  write(out: Uint8Array, at: number, stamp: Stamp): number {
    const kinds = this.#kinds;
    const places = this.#places;
    const { texts, numbers } = stamp;
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[i];
      if (kind === 2) {
        const value = numbers[places[i]!]! + this.#adds[i]!;
        at = writeNumber(out, at, value < 0 ? 0 : value);
        continue;
      }
      const piece = kind === 0 ? this.#fixed[places[i]!]! : texts[places[i]!]!;
      const { length } = piece;
      if (length > shortPiece) out.set(piece, at);
      else for (let k = 0; k < length; k++) out[at + k] = piece[k]!;
      at += length;
    }
    return at;
  }
}

function writeNumber(out: Uint8Array, at: number, value: number): number {
  let rest = value >>> 0;
  let digits = 1;
  for (let bound = 10; digits < 10 && rest >= bound; bound *= 10) digits++;
  for (let k = at + digits - 1; k >= at; k--) {
    const next = (rest / 10) >>> 0;
    out[k] = digitZero + rest - next * 10;
    rest = next;
  }
  return at + digits;
}
