/**
 * The result file of Microsoft's CompareExchangeHashes (March and April 2021): files in the web folders that its list of hashes did not
 * know. Where it had no list for a build it names every file (`NoHashMatch`), and every mitigated `web.config` (`Suspicious`): neither
 * proves anything. `KnownBadHash` is the hash of a published web shell.
 * @see https://github.com/microsoft/CSS-Exchange/issues/313
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { hasColumns, parseCsv } from './csv-text.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

const logSource = 'compare-exchange-hashes';

const fields: Readonly<Record<string, FieldFacts>> = {
  FileName: by('server'),
  VDir: by('server'),
  Error: by('server'),
  FilePath: by('server', 'file.path'),
  FileHash: by('server', 'file.hash'),
  CreationTimeUtc: by('server'),
  LastWriteTimeUtc: by('server'),
  LastAccessTimeUtc: by('server'),
  PDir: by('server'),
  Written: by('server'),
};

const required = ['FilePath', 'FileHash', 'Error'];

function parse(text: string, problems: Problems): PlainRecord[] {
  const { names, rows } = parseCsv(text, problems);
  const layout: Layout = layoutOf(logSource, [...names, 'Written'], fields);
  const written = names.findIndex((name) => name.toLowerCase() === 'lastwritetimeutc');
  const dates = new DateColumn({ zoneMinutes: 0 });
  for (const { cells } of rows) dates.learn(cells[written] ?? '');
  return rows.map((row): PlainRecord => {
    const own = new Map<string, string>();
    for (const [index, value] of row.cells.entries()) {
      const field = layout.fields[index];
      if (field !== undefined && index < names.length && value !== '') own.set(field.name, value);
    }
    const stamp = row.cells[written] ?? '';
    const { timeMs, local } = claimDate(dates.read(stamp), stamp, row.start, problems);
    const moment = Number.isNaN(timeMs) ? local : new Date(timeMs).toISOString();
    if (moment !== null) own.set('Written', moment);
    // When a file was last written is no time of this list: the row itself has none.
    return { start: row.start, end: row.end, line: row.line, timeMs: Number.NaN, layout, fields: own };
  });
}

export const compareExchangeHashes: Reader = {
  kind: 'compare-exchange-hashes',
  logSource,
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) => (hasColumns(head, required) ? 0.95 : 0),
  claims(line, previous) {
    if (/FileHash/i.test(line.slice(0, 400)) && hasColumns(line, required)) return 1;
    return previous && /(?:^|[,;])"?(?:NoHashMatch|Suspicious|KnownBadHash|ReadError)"?(?:[,;]|$)/.test(line.slice(0, 4000))
      ? 2
      : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(logSource, demand, parse),
};
