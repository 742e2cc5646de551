/**
 * `<server>-Cve-2021-26857.csv` of Test-ProxyLogon: errors of Unified Messaging with an invalid cast in their text, which run over
 * several lines. Such errors have other causes too. Times are the server's wall clock in the language of whoever ran the tool.
 * @see https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { hasColumns, parseCsv } from './csv-text.ts';
import { proxylogonRecord, proxylogonSource } from './test-proxylogon-record.ts';

const columns = ['TimeCreated', 'MachineName', 'Message'];

function parse(text: string, problems: Problems): PlainRecord[] {
  const { names, rows } = parseCsv(text, problems);
  const at = (name: string): number => names.findIndex((own) => own.toLowerCase() === name.toLowerCase());
  const [created, machine, message] = [at('TimeCreated'), at('MachineName'), at('Message')];
  const dates = new DateColumn();
  for (const { cells } of rows) dates.learn(cells[created] ?? '');
  return rows.map((row) => {
    const stamp = row.cells[created] ?? '';
    const { timeMs, local } = claimDate(dates.read(stamp), stamp, row.start, problems);
    return proxylogonRecord(
      row,
      {
        Server: row.cells[machine] ?? '',
        Kind: 'event',
        Cve: 'CVE-2021-26857',
        Value: (row.cells[message] ?? '').replace(/\s+/g, ' ').slice(0, 4000),
        Seen: local ?? '',
      },
      timeMs,
    );
  });
}

export const testProxylogonEvents: Reader = {
  kind: 'test-proxylogon-events',
  logSource: proxylogonSource,
  speaksFor: 'excerpt',
  clock: 'local',
  blockBytes: null,
  // The header alone is that of any export of events; the tool asks for these columns in this order and for this text.
  recognise: (head) => (hasColumns(head, columns) && /InvalidCastException/.test(head) ? 0.95 : 0),
  claims: (line) => (/^"?TimeCreated"?[,;]"?MachineName"?[,;]"?Message"?$/i.test(line) ? 1 : 0),
  scanner: (demand: Demand): Scanner => new PlainScanner(proxylogonSource, demand, parse),
};
