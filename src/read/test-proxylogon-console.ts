/**
 * What Microsoft's Test-ProxyLogon says on the console: which checks found something, what else looked odd, and how many days of
 * each log there were. Its word is a pointer, not a proof; an empty log age means that this log was not there.
 * @see https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md
 */
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import type { Problems } from '../core/problem.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

const logSource = 'test-proxylogon';

const fields: Readonly<Record<string, FieldFacts>> = {
  Server: by('server', 'server.name'),
  Kind: by('server'),
  Cve: by('server'),
  Value: by('server', 'note'),
};

const layout: Layout = layoutOf(logSource, ['Server', 'Kind', 'Cve', 'Value'], fields);

const status = /^\s*ProxyLogon Status: Exchange Server (\S+)/i;
const ages = /^\s*Log age days:\s*(.*)$/i;
const suspicious = /^\s*\[?(CVE-2021-\d{4,5})\]?:?\s*(Suspicious activity found .*)$/i;
const other = /^\s*Other suspicious files found:\s*(\d+)/i;
const listed = /^\s*(SuspiciousArchive|LsassDump)\s*:\s*(.+)$/i;
const nothing = /^\s*Nothing suspicious detected/i;
const file = /^\s+[A-Za-z]:\\\S.*$/;

/** The tool's short names for logs → the artifact kinds that they are. */
export const toolLogNames: Readonly<Record<string, string>> = {
  oabgen: 'OABGenerator',
  ecp: 'ecp-server',
  autod: 'httpproxy',
  eas: 'httpproxy',
  ecpproxy: 'httpproxy',
  ews: 'httpproxy',
  mapi: 'httpproxy',
  oab: 'httpproxy',
  owa: 'httpproxy',
  owacal: 'httpproxy',
  powershell: 'httpproxy',
  rpchttp: 'httpproxy',
};

/** `Oabgen  Ecp 29.5 Autod 30,0` → days by name; null where the tool printed none. */
export function parseLogAges(text: string): Map<string, number | null> {
  const found = new Map<string, number | null>();
  const tokens = text.trim().split(/\s+/);
  for (let i = 0; i < tokens.length; i++) {
    const name = tokens[i]!;
    if (!/^[A-Za-z]+$/.test(name)) continue;
    const days = /^\d+(?:[.,]\d+)?$/.test(tokens[i + 1] ?? '') ? Number(tokens[++i]!.replace(',', '.')) : null;
    found.set(name, days);
  }
  return found;
}

function parseConsole(text: string, problems: Problems): PlainRecord[] {
  const records: PlainRecord[] = [];
  let server = '';
  let cve = '';
  let at = 0;
  for (const [number, raw] of text.split('\n').entries()) {
    const line = raw.trimEnd();
    const add = (kind: string, cveId: string, value: string): void => {
      records.push({
        start: at,
        end: at + line.length,
        line: number,
        timeMs: Number.NaN,
        layout,
        fields: new Map([
          ['Server', server],
          ['Kind', kind],
          ['Cve', cveId],
          ['Value', value],
        ]),
      });
    };
    const serverMatch = status.exec(line);
    const agesMatch = ages.exec(line);
    const suspiciousMatch = suspicious.exec(line);
    const listedMatch = listed.exec(line);
    if (serverMatch !== null) {
      server = serverMatch[1]!;
      cve = '';
    } else if (agesMatch !== null) {
      for (const [name, days] of parseLogAges(agesMatch[1]!)) {
        add(days === null ? 'log_absent' : 'log_age', '', days === null ? name : `${name} ${days}`);
        if (days === null) problems.add('tool.skipped', at, { found: name === 'Oabgen' ? 'OABGenerator log' : name });
      }
    } else if (suspiciousMatch !== null) {
      cve = suspiciousMatch[1]!.toUpperCase();
      add('suspicious', cve, suspiciousMatch[2]!);
    } else if (listedMatch !== null) add('other_suspicious_file', '', listedMatch[2]!);
    else if (nothing.test(line)) add('nothing_found', '', line.trim());
    else if (cve !== '' && file.test(line)) add('suspicious_file', cve, line.trim());
    at += raw.length + 1;
  }
  return records;
}

export const testProxylogonConsole: Reader = {
  kind: 'test-proxylogon-console',
  logSource,
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) => (head.split(/\r?\n|\r/, 200).some((line) => status.test(line) || suspicious.test(line)) ? 0.85 : 0),
  claims(line, previous) {
    if (status.test(line) || suspicious.test(line)) return 2;
    return previous &&
      (ages.test(line) ||
        other.test(line) ||
        listed.test(line) ||
        nothing.test(line) ||
        file.test(line) ||
        /^\s*Please review/i.test(line))
      ? 1
      : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(logSource, demand, parseConsole),
};
