/**
 * Times that a server writes in its own culture: `6/30/2021 10:03:57 AM`, `30.06.2021 10:03:57`. Which number is the month, the
 * sign between them and the day of the file's `#Date` tell; where they do not, there is no time rather than a wrong one.
 */
const shape = /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})[ T](\d{1,2})[:.](\d\d)[:.](\d\d)(?:\.\d{1,7})?Z?(?: ?([AP])\.?M\.?)?$/i;
const longest = 40;

/** Midnight UTC of a day that exists; else NaN. */
function dayOf(year: number, month: number, day: number): number {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  return year >= 100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? ms : Number.NaN;
}

/** `fileDay`: `YYYY-MM-DD` of the file's beginning, or empty. */
export function parseCultureTime(bytes: Uint8Array, start: number, end: number, fileDay: string): number {
  if (end - start > longest) return Number.NaN;
  const match = shape.exec(String.fromCharCode(...bytes.subarray(start, end)));
  if (match === null) return Number.NaN;
  const [, first, sign, second, third, hourText, minute, secondOf, half] = match;
  const [a, b, c] = [Number(first), Number(second), Number(third)];
  let hour = Number(hourText);
  if (half !== undefined) hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (hour > 23 || Number(minute) > 59 || Number(secondOf) > 59) return Number.NaN;
  const ofDay = ((hour * 60 + Number(minute)) * 60 + Number(secondOf)) * 1000;
  if (first!.length === 4) return dayOf(a, b, c) + ofDay;
  const monthFirst = dayOf(c, a, b);
  const dayFirst = dayOf(c, b, a);
  if (Number.isNaN(monthFirst) || Number.isNaN(dayFirst) || monthFirst === dayFirst)
    return (Number.isNaN(monthFirst) ? dayFirst : monthFirst) + ofDay;
  // Points stand behind a day, never behind a month.
  if (sign === '.') return dayFirst + ofDay;
  const from = fileDay === '' ? Number.NaN : Date.parse(`${fileDay}T00:00:00Z`);
  if (Number.isNaN(from)) return Number.NaN;
  return (Math.abs(monthFirst - from) < Math.abs(dayFirst - from) ? monthFirst : dayFirst) + ofDay;
}
