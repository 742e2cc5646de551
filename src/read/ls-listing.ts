/**
 * What `ls -l`, `ls -laR` and `find … -ls` print of a mounted image: mode, links, owner, group, size, date, name; a line that ends with
 * a colon names the folder. Paths are told by the folders that Windows has.
 */
import { claimDate, DateColumn, type ReadDate } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { listedFile, listingSource, windowsPathOf } from './listing.ts';
import { firstLines, textLines } from './text-lines.ts';

const row =
  /^(?:\s*\d{1,20}\s+\d{1,20}\s+)?([-dlcbps][-rwxsStT]{9}[+.@]?)\s+\d{1,12}\s+(\S{1,80})\s+(\S{1,80})\s+(\d{1,20})\s+((?:[A-Z][a-z]{2}\s+\d{1,2}\s+(?:\d{4}|\d{1,2}:\d{2})|\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: [+-]\d{4})?))\s(.{1,4096})$/;
const heading = /^((?:\.{0,2}\/|[A-Za-z]:|[\w.-]{1,80}\/).{0,4000}):$/;
const total = /^(?:total|insgesamt) \d/;

/** `Mar  3  2021` is turned round for the module of dates; a date without its year stays as printed. */
function dateOf(printed: string, dates: DateColumn): ReadDate {
  const named = /^([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d{4})$/.exec(printed);
  return dates.read(named === null ? printed : `${named[1]!} ${named[2]!}, ${named[3]!}`);
}

function* parseLs(text: string, problems: Problems): Generator<PlainRecord> {
  const dates = new DateColumn();
  let folder = '';
  for (const line of textLines(text)) {
    const match = line.text.length > 8192 ? null : row.exec(line.text);
    if (match === null) {
      const named = heading.exec(line.text);
      if (named !== null) folder = named[1]!;
      continue;
    }
    if (!match[1]!.startsWith('-')) continue;
    const name = match[6]!;
    const printed = name.includes('/') || folder === '' ? name : `${folder.replace(/\/$/, '')}/${name}`;
    const date = dateOf(match[5]!, dates);
    const yearless = /^[A-Z][a-z]{2}\s+\d{1,2}\s+\d{1,2}:/.test(match[5]!);
    const { timeMs, local } = yearless ? { timeMs: Number.NaN, local: null } : claimDate(date, match[5]!, line.start, problems);
    yield listedFile(
      line,
      {
        path: windowsPathOf(printed) ?? printed.replaceAll('/', '\\'),
        bytes: match[4]!,
        modified: local ?? match[5]!,
        attributes: match[1]!,
        owner: match[2]!,
      },
      timeMs,
    );
  }
}

export const lsListing: Reader = {
  kind: 'ls-listing',
  logSource: listingSource,
  speaksFor: 'state',
  clock: 'local',
  blockBytes: null,
  recognise(head) {
    const lines = firstLines(head, 8).filter((line) => !total.test(line) && !heading.test(line));
    return lines.length > 0 && lines.every((line) => row.test(line)) ? 0.85 : 0;
  },
  claims(line, previous) {
    if (line.length > 8192) return 0;
    if (row.test(line)) return 2;
    return total.test(line) ||
      (heading.test(line) && windowsPathOf(line.slice(0, -1)) !== null) ||
      (previous && heading.test(line))
      ? 1
      : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(listingSource, demand, parseLs),
};
