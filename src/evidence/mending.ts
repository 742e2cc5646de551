/**
 * What a forum, a mail program or an editor did to a line, taken back: hard blanks, typographic quotes, entities, escapes of Markdown,
 * marks of quotation, numbers of lines. Asked only of lines that no reader takes as they stand: in a row that is whole all this is
 * somebody's value, and often the client's.
 */

/** Names a person understands; they stand in the problem that says what was mended. */
export type Damage =
  | 'hard blanks'
  | 'typographic quotes'
  | 'entities'
  | 'escapes'
  | 'quotation marks'
  | 'line numbers'
  | 'marks of a carrier'
  | 'wrapped';

export interface MendedText {
  readonly text: string;
  readonly damages: readonly Damage[];
}

/** Longer lines are no pasted ones. */
const longest = 64 << 10;

/** Blanks that are none, and marks that nobody sees. */
const hardBlanks = /[\u00a0\u2002-\u200a\u202f\u205f\u3000]/g;
const unseen = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const doubles = /[\u201c-\u201f\u00ab\u00bb]/g;
const singles = /[\u2018-\u201b\u2039\u203a]/g;
const escaped = /\\([_*[\]#~<>|`&"])/g;
/** As they are written for the signs that mark up a page. None of them stands for a line end or for what parts the cells of a log. */
const entity = /&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27|#34|#x22|#60|#62|#38|#91|#93|#95|#126);/gi;
const meant: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  '#39': "'",
  '#x27': "'",
  '#34': '"',
  '#x22': '"',
  '#60': '<',
  '#62': '>',
  '#38': '&',
  '#91': '[',
  '#93': ']',
  '#95': '_',
  '#126': '~',
};

/** How mail programs and lists mark a line. */
const quoteMark = /^\s*(?:[>|*\u2022-]\s*)+/;
/** How an editor, `cat -n` or a web page numbers a line. */
const lineNumber = /^\s{0,10}\d{1,7}(?:[.:|)]\s{0,8}|\s{1,8}|\t)(?=\S)/;

/** Tables that people post have few columns, the server's own rows many. */
const fewCells = 12;
const commas = (text: string): number => text.split(',', fewCells + 1).length - 1;

/** What a collector of syslog, or a chat, writes before a row; the row begins right behind it, and nothing of it can be a client's. */
const carrierMark =
  /^(?:(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|1 \d{4}-\d\d-\d\dT[\d:.+Z-]{8,24}) [\w.-]{1,64}(?: [\w./[\]-]{1,40}:?){0,3} |\[[\d/., :APM]{4,25}\] [\p{L} .'-]{1,40}: )(?="?\d{4}-\d\d-\d\d[ T])/u;

/** What a line was before it was handed on, in the order in which it is asked for; empty: it shows no such damage. */
export function mendings(text: string): readonly MendedText[] {
  if (text.length > longest) return [];
  const damages: Damage[] = [];
  let bare = text;
  const become = (next: string, damage: Damage): void => {
    if (next === bare) return;
    bare = next;
    damages.push(damage);
  };
  become(bare.replace(hardBlanks, ' ').replace(unseen, ''), 'hard blanks');
  // Where straight ones are left, the others are somebody's value; and in a long row of a log a client could part or join cells with them.
  if (!bare.includes('"') && (commas(bare) < fewCells || brokenEcpQuotes(text)))
    become(bare.replace(doubles, '"'), 'typographic quotes');
  if (!bare.includes("'")) become(bare.replace(singles, "'"), 'typographic quotes');
  const quoted = bare.includes('"');
  become(
    bare.replace(entity, (found) => {
      const sign = meant[found.slice(1, -1).toLowerCase()]!;
      // In a line that has its own quotes this one is a part of a value.
      return sign === '"' && quoted ? found : sign;
    }),
    'entities',
  );
  become(bare.replace(escaped, '$1'), 'escapes');
  const found: MendedText[] = damages.length > 0 ? [{ text: bare, damages }] : [];
  for (const [shape, damage] of [
    [quoteMark, 'quotation marks'],
    [lineNumber, 'line numbers'],
    [carrierMark, 'marks of a carrier'],
  ] as const) {
    const mark = shape.exec(bare)?.[0];
    if (mark !== undefined) found.push({ text: bare.slice(mark.length), damages: [...damages, damage] });
  }
  // The mark alone, last: what else looks like damage may be a client's word, by which its row must not be lost.
  const mark = damages.length > 0 ? quoteMark.exec(text)?.[0] : undefined;
  if (mark !== undefined) found.push({ text: text.slice(mark.length), damages: ['quotation marks'] });
  return found;
}

/**
 * The quote with which the server begins and ends the data of a control panel row became a typographic one. No client can write at
 * this place: the row is damaged, whatever else it holds.
 */
export const brokenEcpQuotes = (text: string): boolean =>
  text.length <= longest && /^[^"]{0,200},ECP\.[A-Za-z]{1,40},\s?[\u201c-\u201f]/.test(text) && !text.includes('"');

/**
 * A row of a web server as it is when nothing is missing and nothing too much: behind the words that a client wrote stand numbers alone, to
 * its end, and among these words none. Of rows that were put together or cleaned only such are believed: what a client wrote cannot take
 * the place of what the server wrote behind it.
 */
const wholeW3c =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: [\w.:-]{1,80}){0,3} [A-Z_]{3,20} \/\S* \S+ \d{1,5} \S+ (?:\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F]{0,4}:[\da-fA-F:.%]{2,45})(?: HTTP\/[\d.]{1,4})?((?: \S+){1,4}) [1-5]\d\d \d{1,4} \d{1,10}((?: \d{1,10}){1,3})$/;

/** @param cleaned its blanks may have been other signs: a client's may be among them */
export function isWholeW3c(text: string, cleaned: boolean): boolean {
  if (text.length > longest) return false;
  const match = wholeW3c.exec(text);
  if (match === null || match[1]!.split(' ').some((word) => /^\d+$/.test(word))) return false;
  return !cleaned || match[2]!.split(' ').length === 2;
}

/** How a row of a log begins. */
export const beginsRow = (text: string): boolean => /^"?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(text);

/** Windows of consoles, and what is wider than any mail: there a line breaks in the middle of a word. */
const hardWidth = (width: number): boolean => width >= 100 || width === 80;

/** Lines of one row, as a window or a mail program broke them: at the same column each, or at blanks. The likelier way first. */
export function joined(lines: readonly string[]): readonly [string, string] {
  const width = lines[0]!.length;
  const equal = lines.slice(0, -1).every((line) => line.length === width);
  let tight = lines[0]!;
  let apart = lines[0]!;
  for (const line of lines.slice(1)) {
    tight += line;
    apart += apart.endsWith(' ') ? line.trimStart() : ` ${line.trimStart()}`;
  }
  return equal && (lines.length > 2 || hardWidth(width)) ? [tight, apart] : [apart, tight];
}
