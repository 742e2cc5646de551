/**
 * What `dir` prints in a command window, with or without `/s`, `/a`, `/q` and `/t`: a line that names the folder, then date, time,
 * `<DIR>` or the size, with `/q` the owner, and the name. English, German, French, Spanish and Italian Windows. Dates are the
 * server's wall clock in the order of its culture; which of its times it is (written, made, read) the listing does not say.
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { joinPath, listedFile, listingSource, windowsPathOf } from './listing.ts';
import { firstLines, textLines } from './text-lines.ts';

export { listingFields } from './listing.ts';

const heading = /^ {0,2}(?:Directory of|Verzeichnis von|R\u00e9pertoire de|Directorio de|Directory di|Map van)\s+(\S.*)$/i;
const volume =
  /^ {0,2}(?:Volume|Datentr\u00e4ger|Volumeseriennummer|Le volume|Le num\u00e9ro|El volumen|El n\u00famero|Il volume|Numero di serie)\b/i;
/** After the blanks a number must follow: some of them may stand in it, and each could end either. */
const foot =
  /^\s+(?=[\d.,])[\d.,\u00a0\u202f ]+(?:File|Dir|Datei|Verzeichnis|fichier|R\u00e9p|archivo|dirs|directory)[a-z()]*\b/i;
/** A row begins with its date; only then is the rest looked at. */
const dated = /^\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}[., ]/;
const folderMark = /^\s*<(DIR|JUNCTION|SYMLINKD?|REP|VERZEICHNIS)>\s+/i;
const size = /^\s*(\d{1,3}(?:[.,\u00a0\u202f\u2019'\u00ff]\d{3}){1,6}|\d{1,19})\s(?=\S)/;
/** French Windows groups digits with a blank; elsewhere three digits after a blank begin the name. */
const spacedSize = /^\s*(\d{1,3}(?: \d{3}){1,6})\s(?=\S)/;
/** With `/q`: an account in a column 23 wide. */
const owner =
  /^((?:NT AUTHORITY|NT SERVICE|BUILTIN|NT-AUTORIT\u00c4T|VORDEFINIERT|AUTORITE NT|[A-Za-z0-9_.-]{1,20})\\[^\\/:*?"<>|]{1,60}?|\.\.\.)(?: {2,}| (?=\S+$))/;

interface Row {
  readonly date: string;
  readonly rest: string;
}

function rowOf(
  line: string,
  dates: DateColumn,
): { readonly row: Row; readonly date: ReturnType<DateColumn['readStart']>['date'] } | null {
  if (!dated.test(line)) return null;
  const { date, end } = dates.readStart(line);
  if (date.kind === 'none') return null;
  return { row: { date: line.slice(0, end), rest: line.slice(end) }, date };
}

function* parseDir(text: string, problems: Problems): Generator<PlainRecord> {
  const dates = new DateColumn();
  for (const { text: line } of textLines(text)) if (dated.test(line)) dates.learn(line);
  let folder: string | null = null;
  let spaced = false;
  for (const line of textLines(text)) {
    const named = heading.exec(line.text);
    if (named !== null) {
      folder = windowsPathOf(named[1]!);
      spaced = /^\s*R/i.test(line.text);
      continue;
    }
    const found = rowOf(line.text, dates);
    if (found === null) continue;
    let { rest } = found.row;
    if (folderMark.test(rest)) continue;
    const bytes = (spaced ? spacedSize.exec(rest) : null) ?? size.exec(rest);
    if (bytes === null) continue;
    rest = rest.slice(bytes[0].length);
    const account = owner.exec(rest);
    const name = account === null ? rest.trim() : rest.slice(account[0].length).trim();
    if (name === '' || /[\\/:*?"<>|]/.test(name)) continue;
    const { timeMs, local } = claimDate(found.date, found.row.date, line.start, problems);
    yield listedFile(
      line,
      {
        path: folder === null ? name : joinPath(folder, name),
        bytes: bytes[1]!.replace(/\D/g, ''),
        modified: local ?? found.row.date.trim(),
        ...(account === null ? {} : { owner: account[1]! }),
      },
      timeMs,
    );
  }
}

const isRow = (line: string): boolean => {
  const found = rowOf(line, new DateColumn());
  return found !== null && (folderMark.test(found.row.rest) || size.test(found.row.rest)) && found.row.rest.startsWith(' ');
};

export const dirListing: Reader = {
  kind: 'dir-listing',
  logSource: listingSource,
  speaksFor: 'state',
  clock: 'local',
  blockBytes: null,
  recognise(head) {
    const lines = firstLines(head, 60);
    const at = lines.findIndex((line) => heading.test(line));
    return at !== -1 && at < 8 && lines.slice(0, at).every((line) => volume.test(line) || /^[A-Z]:\\.*>/i.test(line)) ? 0.85 : 0;
  },
  claims(line, previous) {
    if (heading.test(line)) return 2;
    if (previous) return isRow(line) ? 2 : volume.test(line) || foot.test(line) ? 1 : 0;
    return volume.test(line) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(listingSource, demand, parseDir),
};
