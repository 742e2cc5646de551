/**
 * Dates as Windows shows them in the language of whoever looked: `22/07/2019 10:00`, `7/22/2019 10:00:00 AM`, `03.03.2021 07:52:03`,
 * `2021/3/3`. They are wall clock times of a zone that the text mostly does not say, and without a day above 12 nobody can tell day
 * and month apart. So a whole column (or file) is looked at first, and what stays open is told as both readings, never as a time.
 */
import type { Problems } from './problem.ts';

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/** What something else in the evidence says about the column: the culture's order of dates, minutes ahead of UTC. */
export interface StatedDates {
  readonly order?: DateOrder;
  readonly zoneMinutes?: number;
}

/**
 * `utc`: the text (or something stated) gives the zone. `local`: a wall clock, ISO 8601 without zone, that must not be taken for
 * UTC. `ambiguous`: the readings that are possible, of which none is claimed. `none`: not a date.
 */
export type ReadDate =
  | { readonly kind: 'utc'; readonly utcMs: number }
  | { readonly kind: 'local'; readonly local: string }
  | { readonly kind: 'ambiguous'; readonly readings: readonly string[] }
  | { readonly kind: 'none' };

interface Written {
  /** The three numbers as they stand; a month that is named stands in `named`. */
  readonly numbers: readonly string[];
  readonly named: { readonly month: number; readonly day: number; readonly year: number } | null;
  readonly separator: string;
  readonly half: 'am' | 'pm' | null;
  readonly clock: { readonly hour: number; readonly minute: number; readonly second: number; readonly fraction: string } | null;
  readonly zoneMinutes: number | null;
  readonly end: number;
}

const none: ReadDate = { kind: 'none' };
/** Longer than any date; what stands behind is not looked at. */
const longest = 80;

const monthOf = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, index) => [name, index + 1]),
);
const weekday = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?[ ]{1,2})?';
const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?';
/** Hour, minute and second; Finland and Denmark part them with dots. `group` is the number of the hour's group. */
const clockText = (group: number): string => `(\\d{1,2})([:.])(\\d{2})(?:\\${group + 1}(\\d{2})(?:[.,](\\d{1,9}))?)?`;

const numeric = /^(\d{4}|\d{1,2})([./-])[ ]?(\d{1,2})\2[ ]?(\d{4}|\d{1,2})(?![\d])\.?/;
const eastAsian = /^(\d{4})\u5e74(\d{1,2})\u6708(\d{1,2})\u65e5/;
const dayNamed = new RegExp(`^${weekday}(\\d{1,2})(?:st|nd|rd|th)?[ -]${month}[ ,-]{1,2}(\\d{4})(?!\\d)`, 'i');
const monthNamed = new RegExp(`^${weekday}${month}[ ]{1,2}(\\d{1,2})(?:st|nd|rd|th)?,?[ ](\\d{4})(?!\\d)`, 'i');
/** `Wed Mar  3 07:52:03 2021`: how C programs write it. */
const asctime = new RegExp(`^${weekday}${month}[ ]{1,2}(\\d{1,2})[ ]${clockText(3)}[ ](\\d{4})(?!\\d)`, 'i');
/** A console aligns its times to the right, behind up to six blanks. */
const joint = /^(?:T|,?[ \t\u00a0\u202f]{1,8}(?:at[ ])?)/;
const clockOnly = new RegExp(
  `^(?:(\u4e0a\u5348|\u4e0b\u5348|\u5348\u524d|\u5348\u5f8c|\uc624\uc804|\uc624\ud6c4)[ ]?)?${clockText(2)}(?!\\d)`,
);
const halfDay =
  /^[ \u00a0\u202f]?(?:([ap])\.?[ \u00a0\u202f]?m\b\.?|(\u03c0\u03bc|\u03c0\.\u03bc\.)|(\u03bc\u03bc|\u03bc\.\u03bc\.))/i;
const zoneText = /^[ ]?(?:(Z|UTC|GMT|\(UTC\))(?![A-Za-z])(?:([+-])(\d{1,2})(?::?(\d{2}))?(?!\d))?|([+-])(\d{2}):?(\d{2})(?!\d))/;

/** Finds how a date at the very beginning of `text` is written; null: there is none. */
function written(given: string): Written | null {
  const text = given.slice(0, longest);
  let numbers: string[] = [];
  let named: Written['named'] = null;
  let separator = '';
  let end = 0;
  let clockAt: RegExpExecArray | null = null;
  const old = asctime.exec(text);
  const byNumber = old === null ? (eastAsian.exec(text) ?? numeric.exec(text)) : null;
  if (old !== null) {
    named = { month: monthOf.get(old[1]!.toLowerCase())!, day: Number(old[2]), year: Number(old[8]) };
    end = old[0].length;
    clockAt = old;
  } else if (byNumber !== null) {
    const eastern = byNumber.length === 4;
    numbers = eastern ? byNumber.slice(1, 4) : [byNumber[1]!, byNumber[3]!, byNumber[4]!];
    separator = eastern ? '\u5e74' : byNumber[2]!;
    end = byNumber[0].length;
    // A dot behind the day is a part of the date only where dots part it (`2021. 03. 03.`).
    if (!eastern && separator !== '.' && byNumber[0].endsWith('.')) end--;
  } else {
    const dayFirst = dayNamed.exec(text);
    const monthFirst = dayFirst === null ? monthNamed.exec(text) : null;
    const found = dayFirst ?? monthFirst;
    if (found === null) return null;
    const [day, name] = dayFirst === null ? [found[2]!, found[1]!] : [found[1]!, found[2]!];
    named = { month: monthOf.get(name.toLowerCase())!, day: Number(day), year: Number(found[3]) };
    end = found[0].length;
  }
  let half: Written['half'] = null;
  let clock: Written['clock'] = null;
  let zoneMinutes: number | null = null;
  if (clockAt === null) {
    const gap = joint.exec(text.slice(end));
    const at = gap === null ? null : clockOnly.exec(text.slice(end + gap[0].length));
    if (gap !== null && at !== null) {
      clock = clockOf(at[2]!, at[4]!, at[5], at[6]);
      end += gap[0].length + at[0].length;
      if (at[1] !== undefined) half = /[\u4e0a\u524d\uc804]/.test(at[1]) ? 'am' : 'pm';
      const mark = half === null ? halfDay.exec(text.slice(end)) : null;
      if (mark !== null) {
        half = mark[1]?.toLowerCase() === 'a' || mark[2] !== undefined ? 'am' : 'pm';
        end += mark[0].length;
      }
    }
  } else clock = clockOf(clockAt[3]!, clockAt[5]!, clockAt[6], clockAt[7]);
  if (clock !== null) {
    const zone = zoneText.exec(text.slice(end));
    if (zone !== null) {
      const sign = (zone[2] ?? zone[5]) === '-' ? -1 : 1;
      const minutes = Number(zone[3] ?? zone[6] ?? 0) * 60 + Number(zone[4] ?? zone[7] ?? 0);
      if (minutes <= 14 * 60) {
        zoneMinutes = sign * minutes;
        end += zone[0].length;
      }
    }
  }
  return { numbers, named, separator, half, clock, zoneMinutes, end };
}

function clockOf(hour: string, minute: string, second: string | undefined, fraction: string | undefined): Written['clock'] {
  return { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0), fraction: fraction ?? '' };
}

const realDay = (year: number, monthNumber: number, day: number): boolean =>
  monthNumber >= 1 &&
  monthNumber <= 12 &&
  day >= 1 &&
  day <= 31 &&
  year >= 1900 &&
  new Date(Date.UTC(year, monthNumber - 1, day)).getUTCDate() === day;

const wholeYear = (text: string): number =>
  text.length === 4 ? Number(text) : text.length === 2 ? 2000 + Number(text) : Number.NaN;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function dayIn(numbers: readonly string[], order: DateOrder): Day | null {
  const [a, b, c] = numbers as [string, string, string];
  const [year, monthText, day] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
  if (monthText.length > 2 || day.length > 2) return null;
  const found = { year: wholeYear(year), month: Number(monthText), day: Number(day) };
  return realDay(found.year, found.month, found.day) ? found : null;
}

const shapeOf = ({ numbers, separator }: Written): string =>
  `${separator}${numbers.map((number) => (number.length === 4 ? 'y' : 'n')).join('')}`;

/** Orders that a date of this shape can have at all, by the ways of writing that leave no doubt. */
function ordersOf({ numbers, separator }: Written): readonly DateOrder[] {
  // Nobody writes the year first and then the day; who parts with dots puts the day first.
  if (numbers[0]!.length === 4) return ['ymd'];
  if (separator === '.') return ['dmy'];
  return numbers[2]!.length === 4 ? ['dmy', 'mdy'] : ['dmy', 'mdy', 'ymd'];
}

interface Shape {
  readonly orders: Set<DateOrder>;
  contradicted: boolean;
}

/** The dates of one column or one file. First {@link learn} all of them, then {@link read} each. */
export class DateColumn {
  readonly #shapes = new Map<string, Shape>();
  readonly #stated: StatedDates;

  constructor(stated: StatedDates = {}) {
    this.#stated = stated;
  }

  learn(text: string): void {
    const found = written(text.trim());
    if (found === null || found.named !== null) return;
    const possible = ordersOf(found).filter((order) => dayIn(found.numbers, order) !== null);
    if (possible.length === 0) return;
    const key = shapeOf(found);
    const shape: Shape = this.#shapes.get(key) ?? {
      orders: new Set(ordersOf(found)),
      contradicted: false,
    };
    this.#shapes.set(key, shape);
    const left = [...shape.orders].filter((order) => possible.includes(order));
    if (left.length === 0) shape.contradicted = true;
    else for (const order of shape.orders) if (!left.includes(order)) shape.orders.delete(order);
  }

  /** Orders that a date of this shape can still have. */
  #ordersFor(found: Written): readonly DateOrder[] {
    const shape = this.#shapes.get(shapeOf(found));
    const all = ordersOf(found);
    // Two dates of the column exclude each other: then no date speaks for another.
    if (shape === undefined || shape.contradicted) return all;
    const left = all.filter((order) => shape.orders.has(order));
    if (left.length < 2) return left;
    if (this.#stated.order !== undefined && left.includes(this.#stated.order)) return [this.#stated.order];
    return left;
  }

  /** `text` is a date and nothing else. */
  read(text: string): ReadDate {
    const trimmed = text.trim();
    const found = written(trimmed);
    return found === null || found.end !== trimmed.length ? none : this.#readingOf(found);
  }

  /** `text` begins with a date; `end` is where it ends. */
  readStart(text: string): { readonly date: ReadDate; readonly end: number } {
    const found = written(text);
    return found === null ? { date: none, end: 0 } : { date: this.#readingOf(found), end: found.end };
  }

  #readingOf(found: Written): ReadDate {
    const days: Day[] = [];
    if (found.named !== null) {
      const { year, month: monthNumber, day } = found.named;
      if (realDay(year, monthNumber, day)) days.push(found.named);
    } else {
      for (const order of this.#ordersFor(found)) {
        const day = dayIn(found.numbers, order);
        if (day !== null && !days.some((other) => dayText(other) === dayText(day))) days.push(day);
      }
    }
    const time = timeText(found);
    if (days.length === 0 || time === null) return none;
    if (days.length > 1) return { kind: 'ambiguous', readings: days.map((day) => `${dayText(day)}${time}`) };
    const local = `${dayText(days[0]!)}${time}`;
    const zoneMinutes = found.zoneMinutes ?? this.#stated.zoneMinutes;
    if (zoneMinutes === undefined || found.clock === null) return { kind: 'local', local };
    return { kind: 'utc', utcMs: Date.parse(`${local}Z`) - zoneMinutes * 60_000 };
  }
}

const two = (number: number): string => String(number).padStart(2, '0');
const dayText = ({ year, month: monthNumber, day }: Day): string => `${year}-${two(monthNumber)}-${two(day)}`;

/** `T07:52:03[.579]`, '' where there is none, null where it cannot be. */
function timeText({ clock, half }: Written): string | null {
  if (clock === null) return '';
  if (half !== null && (clock.hour < 1 || clock.hour > 12))
    return clock.hour === 0 || clock.hour > 23 ? null : spelled(clock, clock.hour);
  const hour = half === null ? clock.hour : (clock.hour % 12) + (half === 'pm' ? 12 : 0);
  return spelled(clock, hour);
}

const spelled = (clock: NonNullable<Written['clock']>, hour: number): string | null =>
  hour > 23 || clock.minute > 59 || clock.second > 59
    ? null
    : `T${two(hour)}:${two(clock.minute)}:${two(clock.second)}${clock.fraction === '' ? '' : `.${clock.fraction.slice(0, 3).padEnd(3, '0')}`}`;

/** Reads all dates of a column in one go. */
export function readDates(texts: readonly string[], stated: StatedDates = {}): ReadDate[] {
  const column = new DateColumn(stated);
  for (const text of texts) column.learn(text);
  return texts.map((text) => column.read(text));
}

/**
 * What a row may claim of its date: milliseconds only where the zone is known, else the wall clock as words. An open order becomes
 * the problem `row.time_ambiguous`, with both readings; no date, `row.time`.
 */
export function claimDate(
  date: ReadDate,
  text: string,
  at: number,
  problems: Problems,
): { readonly timeMs: number; readonly local: string | null } {
  if (date.kind === 'utc') return { timeMs: date.utcMs, local: null };
  if (date.kind === 'local') return { timeMs: Number.NaN, local: date.local };
  const shown = text.trim().slice(0, longest);
  if (date.kind === 'ambiguous') problems.add('row.time_ambiguous', at, { found: `${shown}: ${date.readings.join(' or ')}` });
  else if (shown !== '') problems.add('row.time', at, { found: shown });
  return { timeMs: Number.NaN, local: null };
}

/**
 * `29.5`, `29,5`, `1.234,5`, `1 234,5` → a number. One separator before three digits (`1,234`) can be either, and is null, but
 * for a leading zero, which nobody groups.
 */
export function parseDecimal(given: string): number | null {
  const text = given.trim().replaceAll(/[\u00a0\u202f ']/g, '');
  if (text.length > 24 || !/^-?\d+(?:[.,]\d+)*$/.test(text)) return null;
  const marks = text.match(/[.,]/g) ?? [];
  if (marks.length === 0) return Number(text);
  const lastMark = marks.at(-1)!;
  const groups = /^-?\d{1,3}(?:[.,]\d{3})+$/.test(text);
  if (marks.length === 1) {
    if (groups && !/^-?0[.,]/.test(text)) return null;
    return Number(text.replace(',', '.'));
  }
  const others = marks.slice(0, -1);
  if (others.some((mark) => mark !== others[0])) return null;
  const grouped = text.slice(0, text.lastIndexOf(lastMark));
  if (others[0] === lastMark) return groups ? Number(text.replaceAll(lastMark, '')) : null;
  if (!/^-?\d{1,3}(?:[.,]\d{3})+$/.test(grouped)) return null;
  return Number(`${grouped.replaceAll(others[0]!, '')}.${text.slice(text.lastIndexOf(lastMark) + 1)}`);
}
