/** One cell of a CSV file that a frightened person opens in a spreadsheet. */

/** What no cell may hold: characters that move, hide or reorder text. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** A cell that begins like this is run as a formula (full-width forms too: some spreadsheets fold them). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/u;

/**
 * RFC 4180 quoting; a leading apostrophe where a spreadsheet would calculate. Control and invisible characters are shown as
 * `‹U+202E›`, so that a cell is one line and reads as it is stored.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = formula.test(value) ? `'${value}` : value;
  const seen = harmless.replace(
    unseen,
    (character) => `‹U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`,
  );
  return /[",]/.test(seen) || seen !== seen.trim() ? `"${seen.replaceAll('"', '""')}"` : seen;
}
