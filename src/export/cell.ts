/** One cell of a CSV file that a frightened person opens in a spreadsheet. */
import { visible } from '../core/visible.ts';

/** A cell that begins like this is run as a formula (full-width forms too: some spreadsheets fold them). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/u;

/**
 * RFC 4180 quoting; a leading apostrophe where a spreadsheet would calculate. Control and invisible characters are shown as
 * `‹U+202E›`, so that a cell is one line and reads as it is stored.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const seen = visible(formula.test(value) ? `'${value}` : value);
  return /[",]/.test(seen) || seen !== seen.trim() ? `"${seen.replaceAll('"', '""')}"` : seen;
}
