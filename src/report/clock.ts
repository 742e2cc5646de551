/** Times for people: in the reader's zone, with UTC beside it where that differs, and relative to now. */
import { UserError } from '../core/errors.ts';
import { monthNames, oneDayMs } from '../core/time.ts';

export interface Clock {
  readonly nowMs: number;
  readonly zone: string;
  readonly isUtc: boolean;
  /** What a clock on the wall shows at this moment, as if it were UTC: for arithmetic with days and months. */
  wallMs(ms: number): number;
  /** The moment at which a clock on the wall shows this. */
  momentMs(wallMs: number): number;
}

/** Throws a UserError on a zone that the platform does not know. */
export function clockOf(timeZone: string, nowMs: number): Clock {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    throw new UserError(
      'time_zone.unknown',
      `The time zone "${timeZone}" is not known here.`,
      'Name it as the IANA list does, for example Europe/Berlin, America/Chicago or UTC.',
      { cause },
    );
  }
  const wallMs = (ms: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
    const wall = Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']);
    return wall + (ms - Math.floor(ms / 1000) * 1000);
  };
  const zone = format.resolvedOptions().timeZone;
  const isUtc = /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal)$/i.test(zone);
  return {
    nowMs,
    zone,
    isUtc,
    wallMs: isUtc ? (ms) => ms : wallMs,
    // Twice, because the first guess may lie on the other side of a change of the clocks.
    momentMs: (wall) => {
      if (isUtc) return wall;
      const guess = wall - (wallMs(wall) - wall);
      return guess + (wall - wallMs(guess));
    },
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

export const monthName = (index: number): string => monthNames[index] ?? '';
const shortMonth = (index: number): string => monthName(index).slice(0, 3);

const dayOf = (wall: Date): string => `${wall.getUTCDate()} ${monthName(wall.getUTCMonth())} ${wall.getUTCFullYear()}`;
const minuteOf = (wall: Date): string => `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`;
const secondOf = (wall: Date): string => `${minuteOf(wall)}:${two(wall.getUTCSeconds())}`;

/** Milliseconds of an ISO string of the assessment, null when it holds none that can be drawn. */
export function msOf(iso: string | null): number | null {
  if (iso === null) return null;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? null : ms;
}

export interface SaidTime {
  /** `3 March 2021, 05:12:37`. */
  readonly local: string;
  /** `04:12:37 UTC`, with its day where that is another one; null when the reader's zone is UTC. */
  readonly utc: string | null;
}

export function sayTime(clock: Clock, ms: number, precision: 'minute' | 'second' = 'second'): SaidTime {
  const time = precision === 'second' ? secondOf : minuteOf;
  const wall = new Date(clock.wallMs(ms));
  const utc = new Date(ms);
  if (clock.isUtc) return { local: `${dayOf(wall)}, ${time(wall)} UTC`, utc: null };
  const sameDay = dayOf(wall) === dayOf(utc);
  return {
    local: `${dayOf(wall)}, ${time(wall)}`,
    utc: `${sameDay ? '' : `${utc.getUTCDate()} ${shortMonth(utc.getUTCMonth())}, `}${time(utc)} UTC`,
  };
}

/** `3 March 2021`, in the reader's zone. */
export const sayDay = (clock: Clock, ms: number): string => dayOf(new Date(clock.wallMs(ms)));

/** `3 Mar`, in the reader's zone. */
export function sayShortDay(clock: Clock, ms: number): string {
  const wall = new Date(clock.wallMs(ms));
  return `${wall.getUTCDate()} ${shortMonth(wall.getUTCMonth())}`;
}

/** `3 Mar 05:12`, in the reader's zone. */
export const sayShortTime = (clock: Clock, ms: number): string =>
  `${sayShortDay(clock, ms)} ${minuteOf(new Date(clock.wallMs(ms)))}`;

/** `05:12` or `05:12:37`, in the reader's zone. */
export const sayClock = (clock: Clock, ms: number, precision: 'minute' | 'second' = 'minute'): string =>
  (precision === 'second' ? secondOf : minuteOf)(new Date(clock.wallMs(ms)));

/** `today`, `yesterday`, `6 days ago`; null when it lies in the future or longer back than four weeks. */
export function sayAgo(clock: Clock, ms: number): string | null {
  const days = Math.floor(clock.wallMs(clock.nowMs) / oneDayMs) - Math.floor(clock.wallMs(ms) / oneDayMs);
  if (days < 0 || days > 28) return null;
  return days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
}

/** `9 minutes`, `3 hours`, `12 days`: the largest unit that says it in at least two, rounded. */
export function sayLength(ms: number): string {
  const units: readonly [string, number][] = [
    ['year', 365.25 * oneDayMs],
    ['month', 30.44 * oneDayMs],
    ['day', oneDayMs],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ];
  for (const [unit, length] of units) if (ms >= 2 * length) return `${Math.round(ms / length)} ${unit}s`;
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

/** A piece of a sentence: `utc` is what may be drawn smaller, because it repeats the time before it. */
export interface SentencePiece {
  readonly text: string;
  readonly kind: 'text' | 'utc';
}

const spoken = new RegExp(String.raw`(\d{1,2}) (${monthNames.join('|')})(?: (\d{4}))? at (\d\d):(\d\d)(?::(\d\d))? UTC`, 'g');

/**
 * A sentence of the assessment holds absolute UTC times only (`3 March 2021 at 04:12 UTC`). Here they become the reader's, with
 * UTC and how long ago beside them. A year that is not said is the one said before it, or that of `yearMs`.
 */
export function sayInZone(clock: Clock, sentence: string, yearMs: number): SentencePiece[] {
  const pieces: SentencePiece[] = [];
  let at = 0;
  let year = new Date(yearMs).getUTCFullYear();
  let agoSaid = false;
  for (const match of sentence.matchAll(spoken)) {
    const [whole, day, month, saidYear, hour, minute] = match;
    year = saidYear === undefined ? year : Number(saidYear);
    const monthIndex = monthNames.findIndex((name) => name === month);
    const ms = Date.UTC(year, monthIndex, Number(day), Number(hour), Number(minute));
    if (!Number.isFinite(ms)) continue;
    const wall = new Date(clock.wallMs(ms));
    const utc = new Date(ms);
    const ago: string | null = agoSaid ? null : sayAgo(clock, ms);
    agoSaid ||= ago !== null;
    const yearWord = saidYear === undefined ? '' : ` ${wall.getUTCFullYear()}`;
    const sameDay = wall.getUTCDate() === utc.getUTCDate();
    const utcWord = `${sameDay ? '' : `${utc.getUTCDate()} ${monthName(utc.getUTCMonth())}, `}${minuteOf(utc)} UTC`;
    const asides = [...(clock.isUtc ? [] : [utcWord]), ...(ago === null ? [] : [ago])];
    pieces.push({ text: sentence.slice(at, match.index), kind: 'text' });
    pieces.push({
      text: `${wall.getUTCDate()} ${monthName(wall.getUTCMonth())}${yearWord} at ${minuteOf(wall)}${clock.isUtc ? ' UTC' : ''}`,
      kind: 'text',
    });
    if (asides.length > 0) pieces.push({ text: ` (${asides.join(', ')})`, kind: 'utc' });
    at = match.index + whole.length;
  }
  pieces.push({ text: sentence.slice(at), kind: 'text' });
  return pieces.filter((piece) => piece.text !== '');
}
