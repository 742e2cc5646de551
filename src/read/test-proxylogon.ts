/**
 * CSV files that Microsoft's Test-ProxyLogon (first named Test-Hafnium) writes for CVE-2021-26855, and `Import-Csv | Export-Csv`
 * cuts of HttpProxy logs: rows of HttpProxy with a few of its columns. They hold only what the tool picked, so they speak for
 * nothing but themselves.
 * @see https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { TextScanner } from '../kernel/index.ts';
import { exchangeCsvFormat, isBareHeader, isoStamp, roughCells } from './exchange-csv.ts';
import { httpproxyFields } from './httpproxy.ts';

const required = ['DateTime', 'AnchorMailbox'];
const isCut = (line: string): boolean =>
  isBareHeader(line.replace(/^#\s*Fields:\s*/i, ''), required) && line.split(',').length < 24;

/** Pasted without its header: time and anchor alone. */
function infer(line: string): string | null {
  const cells = roughCells(line, 3);
  return cells.length === 2 && isoStamp.test(cells[0]!) && /^"?Server(?:Info|Version)?~/.test(cells[1]!)
    ? 'DateTime,AnchorMailbox'
    : null;
}

const format = exchangeCsvFormat({ logSource: 'httpproxy', fields: httpproxyFields, required, timeField: 'DateTime', infer });

export const testProxylogon: Reader = {
  kind: 'test-proxylogon',
  logSource: 'httpproxy',
  speaksFor: 'excerpt',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head) {
    const lines = head.split(/\r?\n|\r/, 10).filter((line) => line !== '');
    if (lines.some((line) => isCut(line))) return 0.95;
    return lines.length > 0 && lines.every((line) => line.startsWith('#TYPE') || infer(line) !== null) ? 0.7 : 0;
  },
  claims(line, previous) {
    if (/^#TYPE /.test(line) && !previous) return 1;
    if (isCut(line)) return 1;
    return infer(line) === null ? 0 : 2;
  },
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
