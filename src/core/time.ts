/** Times are UTC milliseconds since 1970 inside, ISO 8601 with `Z` outside. NaN inside means unknown. */

/** Earliest and latest time that a log of this product can carry; beyond is a problem. */
export const earliestPlausibleMs = Date.UTC(2000, 0, 1);
export const latestPlausibleMs = Date.UTC(2100, 0, 1);

export const isoUtc = (ms: number): string => new Date(ms).toISOString();
export const isoUtcOrNull = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined || !Number.isFinite(ms) ? null : isoUtc(ms);
/** Start of a `YYYY-MM-DD` day. */
export const dayMs = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);
export const hourMs = 3_600_000;
export const oneDayMs = 86_400_000;

function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** `YYYY-MM-DD` at `at` as milliseconds, NaN when it is not a date. */
export function parseDateBytes(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < 10 || bytes[at + 4] !== 45 || bytes[at + 7] !== 45) return Number.NaN;
  const year = digits(bytes, at, 4);
  const month = digits(bytes, at + 5, 2);
  const day = digits(bytes, at + 8, 2);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31) || !(year >= 100)) return Number.NaN;
  const ms = Date.UTC(year, month - 1, day);
  // The 31st of a month that has 30 days is no date.
  return day > 28 && new Date(ms).getUTCDate() !== day ? Number.NaN : ms;
}

/** `HH:MM:SS[.fff…][Z|±HH:MM]` at `at` as milliseconds of the day (of the UTC day, where a zone stands), NaN when it is not a time. */
export function parseTimeBytes(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < 8 || bytes[at + 2] !== 58 || bytes[at + 5] !== 58) return Number.NaN;
  const hour = digits(bytes, at, 2);
  const minute = digits(bytes, at + 3, 2);
  const second = digits(bytes, at + 6, 2);
  if (!(hour < 24 && minute < 60 && second < 61)) return Number.NaN;
  let ms = (hour * 3600 + minute * 60 + second) * 1000;
  let i = at + 8;
  if (i === end) return ms;
  if (bytes[i] === 46) {
    let fraction = 0;
    let scale = 100;
    for (i++; i < end; i++, scale /= 10) {
      const digit = bytes[i]! - 48;
      if (digit < 0 || digit > 9) break;
      if (scale >= 1) fraction += digit * scale;
    }
    ms += fraction;
  }
  return i === end ? ms : ms - zoneMs(bytes, i, end);
}

/** What a zone at [at, end) is ahead of UTC; NaN when it is none. */
function zoneMs(bytes: Uint8Array, at: number, end: number): number {
  const sign = bytes[at];
  if (sign === 90 && end - at === 1) return 0;
  if ((sign !== 43 && sign !== 45) || end - at !== 6 || bytes[at + 3] !== 58) return Number.NaN;
  const minutes = digits(bytes, at + 1, 2) * 60 + digits(bytes, at + 4, 2);
  return minutes <= 14 * 60 ? (sign === 43 ? minutes : -minutes) * 60_000 : Number.NaN;
}

/** `YYYY-MM-DD[T ]HH:MM:SS[.fff][Z]`: what Exchange's own logs write, always UTC; a zone is honoured where a tool wrote one. */
export function parseIsoBytes(bytes: Uint8Array, at: number, end: number): number {
  const separator = bytes[at + 10];
  if (end - at < 19 || (separator !== 84 && separator !== 32)) return Number.NaN;
  return parseDateBytes(bytes, at, at + 10) + parseTimeBytes(bytes, at + 11, end);
}

/** English month names, January first: made without `Intl`, so that a sentence is the same on every machine. */
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
