/** A number out of a date, as it is written: no zone is reckoned with. */
import type { TimePart } from './rule.ts';

const shape = /^\s*(?:(\d{4})-(\d\d)-(\d\d))?(?:[T ]?(\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)?)?\s*(?:Z|UTC|[+-]\d\d:?\d\d)?\s*$/;

/** null: the value is no date, or lacks this part. Weeks are those of ISO 8601, 1 to 53. */
export function timePartOf(value: string, part: TimePart): number | null {
  if (value.length > 64) return null;
  const match = shape.exec(value);
  if (match === null) return null;
  const [, year, month, day, hour, minute] = match;
  const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
  switch (part) {
    case 'year':
      return number(year);
    case 'month':
      return number(month);
    case 'day':
      return number(day);
    case 'hour':
      return number(hour);
    case 'minute':
      return number(minute);
    case 'week':
      return year === undefined ? null : isoWeek(Number(year), Number(month), Number(day));
  }
}

/** The week belongs to the year of its Thursday. */
function isoWeek(year: number, month: number, day: number): number {
  const dayMs = 86_400_000;
  const at = Date.UTC(year, month - 1, day);
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  const thursday = at + (3 - weekday) * dayMs;
  return Math.floor((thursday - Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)) / dayMs / 7) + 1;
}
