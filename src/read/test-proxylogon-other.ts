/**
 * `<server>-other.csv` of Test-ProxyLogon: archives under ProgramData and memory dumps of lsass. Most archives there are those of
 * installers; the list proves nothing by itself. `LastWrite` is UTC, in the language of whoever ran the tool.
 * @see https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { hasColumns, parseCsv } from './csv-text.ts';
import { proxylogonRecord, proxylogonSource } from './test-proxylogon-record.ts';

const columns = ['Type', 'Path', 'LastWrite'];

function parse(text: string, problems: Problems): PlainRecord[] {
  const { names, rows } = parseCsv(text, problems);
  const at = (name: string): number => names.findIndex((own) => own.toLowerCase() === name.toLowerCase());
  const [server, type, path, written] = [at('ComputerName'), at('Type'), at('Path'), at('LastWrite')];
  const dates = new DateColumn({ zoneMinutes: 0 });
  for (const { cells } of rows) dates.learn(cells[written] ?? '');
  return rows.map((row) => {
    const stamp = row.cells[written] ?? '';
    const { timeMs, local } = claimDate(dates.read(stamp), stamp, row.start, problems);
    const file = row.cells[path] ?? '';
    return proxylogonRecord(row, {
      Server: row.cells[server] ?? '',
      Kind: 'other_suspicious_file',
      Value: `${row.cells[type] ?? ''} : ${file}`,
      Path: file,
      Seen: Number.isNaN(timeMs) ? (local ?? '') : new Date(timeMs).toISOString(),
    });
  });
}

export const testProxylogonOther: Reader = {
  kind: 'test-proxylogon-other',
  logSource: proxylogonSource,
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) => (hasColumns(head, columns) ? 0.95 : 0),
  claims(line, previous) {
    if (/LastWrite/i.test(line.slice(0, 400)) && hasColumns(line, columns)) return 1;
    return /(?:^|[,;])"?(?:SuspiciousArchive|LsassDump)"?[,;]/.test(line.slice(0, 1000)) || (previous && /^#TYPE /.test(line))
      ? 2
      : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(proxylogonSource, demand, parse),
};
