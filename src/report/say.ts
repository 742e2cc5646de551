/** Numbers, sizes, counts and lists as they stand in a sentence. */

/** `12,345`. */
export const sayNumber = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

/** `14.2 GB`; 1 kB is 1,000 bytes. */
export function sayBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Whole percents; never all or nothing where it is not. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (share > 0 && whole === 0) return '< 1 %';
  return share < 1 && whole === 100 ? '> 99 %' : `${whole} %`;
}
export const plural = (count: number, one: string, many = `${one}s`): string => `${sayNumber(count)} ${count === 1 ? one : many}`;
const smallNumbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
/** `one intruder`, `13 visitors`. */
export const words = (count: number, one: string, many = `${one}s`): string =>
  `${smallNumbers[count] ?? sayNumber(count)} ${count === 1 ? one : many}`;
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `a, b and c`. */
export const sayList = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** What a table says of a key; the key itself where a newer assessment has one that the table lacks. */
export const pick = <Key extends string | number>(table: Readonly<Record<Key, string>>, key: Key): string =>
  Object.hasOwn(table, key) ? table[key] : String(key);
