/**
 * `<server>-LogAgeDays.csv` of Test-ProxyLogon: how many days old the oldest file of each log was when the tool ran. It says how far
 * another tool could look back, never that nothing is there; an empty age means that there was no such log.
 * @see https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md
 */
import { parseDecimal } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { hasColumns, headerLine, parseCsv } from './csv-text.ts';
import { proxylogonRecord, proxylogonSource, toolLogName } from './test-proxylogon-record.ts';

function parse(text: string, problems: Problems): PlainRecord[] {
  const { names, rows } = parseCsv(text, problems);
  return rows.flatMap((row) =>
    names.flatMap((column, index): PlainRecord[] => {
      const name = toolLogName(column);
      if (name === null) return [];
      const written = (row.cells[index] ?? '').trim();
      const days = written === '' ? null : parseDecimal(written);
      if (days === null) {
        const log = name === 'Oabgen' ? 'OABGenerator log' : name;
        problems.add('tool.skipped', row.start, { found: written === '' ? log : `${log}: ${written.slice(0, 40)}` });
      }
      return [
        proxylogonRecord(row, {
          Kind: days === null ? 'log_absent' : 'log_age',
          Value: days === null ? name : `${name} ${days}`,
        }),
      ];
    }),
  );
}

const columns = ['OabGen', 'Ecp'];
const oneAge = /^"?\d{0,5}(?:[.,\u00a0\u202f]\d{1,3}){0,2}"?$/;

/** A row of ages and nothing else; decimal commas stand in quotes or between semicolons. */
function isAges(line: string): boolean {
  if (line.length > 300) return false;
  const cells = line.split(line.includes('","') ? '","' : line.includes(';') ? ';' : ',');
  return cells.length >= 9 && cells.length <= 15 && cells.every((cell) => oneAge.test(cell));
}

export const testProxylogonLogAge: Reader = {
  kind: 'test-proxylogon-log-age',
  logSource: proxylogonSource,
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) => (hasColumns(head, columns) && /Proxy/i.test(headerLine(head)) ? 0.95 : 0),
  claims(line, previous) {
    if (/oabgen/i.test(line.slice(0, 400)) && hasColumns(line, columns)) return 1;
    return previous && isAges(line) ? 2 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(proxylogonSource, demand, parse),
};
