/** What all outputs of Test-ProxyLogon (first named Test-Hafnium) say in common; rules name this source `test-proxylogon`. */
import type { Layout } from '../core/record.ts';
import { parseDecimal } from '../core/local-time.ts';
import type { PlainRecord } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

export const proxylogonSource = 'test-proxylogon';

export const proxylogonFields: Readonly<Record<string, FieldFacts>> = {
  Server: by('server', 'server.name'),
  Kind: by('server'),
  Cve: by('server'),
  Value: by('server', 'note'),
  Path: by('server', 'file.path'),
  Seen: by('server'),
};

const layout: Layout = layoutOf(proxylogonSource, Object.keys(proxylogonFields), proxylogonFields);

/**
 * `log_age`, `log_absent`: how old the oldest file of a log was, or that there was none. `suspicious`: the tool's own judgement,
 * which proves nothing. `suspicious_file`, `other_suspicious_file`, `download_path`: files that it lists. `event`: an error of Unified
 * Messaging. `nothing_found`: its all-clear. `report`: a file that it wrote.
 */
export type ProxylogonKind =
  | 'log_age'
  | 'log_absent'
  | 'suspicious'
  | 'suspicious_file'
  | 'other_suspicious_file'
  | 'download_path'
  | 'event'
  | 'nothing_found'
  | 'skipped'
  | 'report';

export interface ProxylogonValues {
  readonly Server?: string;
  readonly Kind: ProxylogonKind;
  readonly Cve?: string;
  readonly Value: string;
  readonly Path?: string;
  readonly Seen?: string;
}

export function proxylogonRecord(
  place: Pick<PlainRecord, 'start' | 'end' | 'line'>,
  values: ProxylogonValues,
  timeMs = Number.NaN,
): PlainRecord {
  const fields = new Map<string, string>();
  for (const name of Object.keys(proxylogonFields)) {
    const value = values[name as keyof ProxylogonValues];
    if (value !== undefined && value !== '') fields.set(name, value);
  }
  return { start: place.start, end: place.end, line: place.line, timeMs, layout, fields };
}

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

const spellings = ['Oabgen', 'Ecp', 'Autod', 'Eas', 'EcpProxy', 'Ews', 'Mapi', 'Oab', 'Owa', 'OwaCal', 'Powershell', 'RpcHttp'];

/** `OabGen`, `AutoDProxy`, `OwaCalendarProxy` (columns of the CSV) and `Autod` (console) are one name for one log; null: none of them. */
export function toolLogName(name: string): string | null {
  const lower = name.toLowerCase();
  const short = lower === 'ecpproxy' ? lower : lower.replace(/proxy$/, '').replace(/^owacalendar$/, 'owacal');
  return spellings.find((spelling) => spelling.toLowerCase() === short) ?? null;
}

/** `Oabgen  Ecp 29.5 Autod 30,0` → days by name; null where the tool printed none. */
export function parseLogAges(text: string): Map<string, number | null> {
  const found = new Map<string, number | null>();
  const tokens = text
    .slice(0, 2000)
    .trim()
    .split(/[ \t]+/);
  for (let i = 0; i < tokens.length; i++) {
    const name = tokens[i]!;
    if (!/^[A-Za-z]+$/.test(name)) continue;
    const days = /^\d/.test(tokens[i + 1] ?? '') ? parseDecimal(tokens[++i]!) : null;
    found.set(toolLogName(name) ?? name, days);
  }
  return found;
}
