/**
 * Lists of paths that Test-ProxyLogon writes beside its CSV files: `<server>-Cve-2021-27065.log` and `-26858.log` (log files with an
 * odd line), `-26858-DownloadPaths.log` (where the address book generator was told to put a file). Nothing in the text says
 * which of them it is: the file's name does.
 * @see https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { proxylogonRecord, proxylogonSource } from './test-proxylogon-record.ts';
import { trimmedLines } from './text-lines.ts';

const fileName = /-Cve-2021-(?:26858|26858-DownloadPaths|27065)\.log$/i;
const path = /^'?(?:[A-Za-z]:\\|\\\\)[^"<>|]{1,1000}$/;

function parse(text: string): PlainRecord[] {
  const records: PlainRecord[] = [];
  for (const line of trimmedLines(text)) {
    if (!path.test(line.text)) continue;
    const bare = line.text.replace(/^'|'$/g, '');
    const isLog = /\.log$/i.test(bare);
    records.push(
      proxylogonRecord(
        { start: line.start, end: line.end, line: line.number },
        {
          Kind: isLog ? 'suspicious_file' : 'download_path',
          Cve: /\\ECP\\Server\\/i.test(bare) ? 'CVE-2021-27065' : 'CVE-2021-26858',
          Value: bare,
          Path: bare,
        },
      ),
    );
  }
  return records;
}

export const testProxylogonPaths: Reader = {
  kind: 'test-proxylogon-paths',
  logSource: proxylogonSource,
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise(head, canonicalPath) {
    if (!fileName.test(canonicalPath)) return 0;
    const lines = head.split(/\r?\n|\r/, 50).filter((line) => line.trim() !== '');
    return lines.length > 0 && lines.every((line) => path.test(line.trim())) ? 0.95 : 0;
  },
  claims: () => 0,
  scanner: (demand: Demand): Scanner => new PlainScanner(proxylogonSource, demand, parse),
};
