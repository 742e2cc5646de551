/**
 * HttpProxy rows, or the cut of them that Test-ProxyLogon writes, that somebody opened in a spreadsheet and stored again: `;` or tabs
 * for the commas, quotes where a value needs them, and a date that the program knew as one in the form of its own country. The times
 * stay those of the log, which are UTC. They speak for nothing but themselves.
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { hasColumns, headerLine, parseCsv, separatorOf } from './csv-text.ts';
import { httpproxyFields } from './httpproxy.ts';
import { layoutOf } from './layout.ts';

const columnSets = [
  ['DateTime', 'AnchorMailbox'],
  ['DateTime', 'RequestId', 'UrlStem'],
] as const;
/** Without the mark that some logs have before their names. */
const bare = (line: string): string => line.replace(/^(?:\uFEFF)?#\s*Fields:\s*/i, '');
const isHeader = (line: string): boolean =>
  separatorOf(bare(line)) !== ',' && columnSets.some((names) => hasColumns(bare(line), names));

function* parse(text: string, problems: Problems): Generator<PlainRecord> {
  const { names, rows } = parseCsv(bare(text), problems);
  const skipped = text.length - bare(text).length;
  const layout = layoutOf('httpproxy', names, httpproxyFields);
  const time = names.findIndex((name) => name.toLowerCase() === 'datetime');
  const dates = new DateColumn({ zoneMinutes: 0 });
  for (const { cells } of rows) dates.learn(cells[time] ?? '');
  for (const row of rows) {
    const stamp = row.cells[time] ?? '';
    const { timeMs } = claimDate(dates.read(stamp), stamp, row.start, problems);
    const fields = new Map<string, string>();
    for (const [column, name] of names.entries()) {
      const value = row.cells[column] ?? '';
      if (value !== '' && !fields.has(name)) fields.set(name, value);
    }
    yield { start: row.start + skipped, end: row.end + skipped, line: row.line, timeMs, layout, fields };
  }
}

export const httpproxySheet: Reader = {
  kind: 'httpproxy-sheet',
  logSource: 'httpproxy',
  speaksFor: 'excerpt',
  clock: 'utc',
  blockBytes: null,
  endsAtBlank: true,
  recognise: (head) => (isHeader(headerLine(head)) ? 0.95 : 0),
  claims(line, previous) {
    if (/DateTime/i.test(line.slice(0, 40)) && isHeader(line)) return 1;
    return previous && (/^"?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[^;\t]{0,40}[;\t]/.test(line) || /[;\t].*[;\t]/.test(line)) ? 2 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner('httpproxy', demand, parse),
};
