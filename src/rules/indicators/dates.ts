/** Times as lists write them. Without a zone they are taken as UTC: days are what validity is about. */

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

export function instantOf(text: unknown): number | null {
  if (typeof text === 'number') return seconds(text);
  if (typeof text !== 'string' || text.length > 64) return null;
  const value = text.trim();
  if (/^\d{9,10}$/.test(value)) return seconds(Number(value));
  const parts = iso.exec(value);
  if (parts === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone] = parts;
  const at = dateOf(Number(year), Number(month), Number(day));
  if (at === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const offset = zone === undefined || /^(?:z|utc)$/i.test(zone) ? 0 : offsetOf(zone);
  return at + (Number(hour) * 60 + Number(minute) - offset) * 60_000 + Number(second) * 1000;
}

const seconds = (value: number): number | null => (value > 100_000_000 && value < 10_000_000_000 ? value * 1000 : null);

function offsetOf(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function dateOf(year: number, month: number, day: number): number | null {
  if (year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  return Date.UTC(year, month - 1, day);
}

const slashed = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/;

/** How a column of `5/28/2021` is to be read: told by the values that can be read in one way only; null: none tells. */
export function dayOrder(values: Iterable<string>): 'month_first' | 'day_first' | null {
  let order: 'month_first' | 'day_first' | null = null;
  for (const value of values) {
    const [, first, second] = slashed.exec(value) ?? [];
    const said = Number(second) > 12 ? 'month_first' : Number(first) > 12 ? 'day_first' : null;
    if (said === null) continue;
    if (order !== null && order !== said) return null;
    order = said;
  }
  return order;
}

export function dayOf(text: string, order: 'month_first' | 'day_first' | null): number | null {
  const parts = slashed.exec(text.trim());
  if (parts === null) return instantOf(text);
  if (order === null) return null;
  const [first, second, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return order === 'month_first' ? dateOf(year, first, second) : dateOf(year, second, first);
}
