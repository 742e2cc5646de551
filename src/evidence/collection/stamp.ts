/** Times as collectors write them. None is believed outside of the years in which there was an Exchange. */
import { isoUtc, latestPlausibleMs } from '../../core/time.ts';

const earliestMs = Date.UTC(1996, 0, 1);

const plausible = (ms: number): string | null => (ms >= earliestMs && ms < latestPlausibleMs ? isoUtc(ms) : null);

/** A moment from its parts; a 31st of June is none. */
function momentOf(
  year: number,
  month: number,
  day: number,
  clock: readonly string[],
  fraction = '',
  zoneMinutes = 0,
): string | null {
  const [hour, minute, second] = clock.map(Number) as [number, number, number];
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return null;
  const start = Date.UTC(year, month - 1, day);
  if (new Date(start).getUTCDate() !== day) return null;
  const ms = Number(`0.${fraction === '' ? '0' : fraction}`) * 1000;
  return plausible(start + ((hour * 60 + minute - zoneMinutes) * 60 + second) * 1000 + Math.floor(ms));
}

const written =
  /^(?:(\d{4})-(\d\d)-(\d\d)|(\d\d)\/(\d\d)\/(\d{4}))[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ?(?:Z|UTC|([+-])(\d\d):?(\d\d)(?: UTC)?))?$/;

/** `2021-03-10 10:11:12.1234567`, `2021-03-10T10:11:12Z`, `03/10/2021 10:11:12.123`: UTC unless it carries a zone. */
export function writtenUtc(text: string | null | undefined): string | null {
  const found = written.exec((text ?? '').trim().slice(0, 64));
  if (found === null) return null;
  const [year, month, day] = found[1] !== undefined ? found.slice(1, 4) : [found[6], found[4], found[5]];
  const zone = found[11] === undefined ? 0 : (found[11] === '+' ? 1 : -1) * (Number(found[12]) * 60 + Number(found[13]));
  return momentOf(Number(year), Number(month), Number(day), found.slice(7, 10), found[10], zone);
}

const named = /^(\d{4})-?(\d\d)-?(\d\d)T?_?(\d\d)[_:]?(\d\d)[_:]?(\d\d)(?:_(\d{1,9}))?/;

/** In a name, without colons: `2021-03-10T10_11_12_1234567`, `2021-03-10T101112`, `20210310101112`. */
export function namedUtc(text: string): string | null {
  const found = named.exec(text);
  if (found === null) return null;
  return momentOf(Number(found[1]), Number(found[2]), Number(found[3]), found.slice(4, 7), found[7]);
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970: the number tells which. */
export function epochUtc(value: number | null): string | null {
  if (value === null || !(value > 0)) return null;
  const ms = value > 1e17 ? value / 1e6 : value > 1e14 ? value / 1e3 : value > 1e11 ? value : value * 1e3;
  return plausible(Math.floor(ms));
}
