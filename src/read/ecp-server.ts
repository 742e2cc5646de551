/**
 * ECP Server log: one row for each request that the Exchange control panel worked on, with the cmdlet that it ran.
 * @see docs/reference/sources.md#ecp-server
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { TextScanner } from '../kernel/index.ts';
import { parseEventData } from './event-data.ts';
import { exchangeCsvFormat, isBareHeader, isoStamp, mixedScore, roughCells } from './exchange-csv.ts';
import { headOf } from './head.ts';
import { by, type FieldFacts } from './layout.ts';

const logSource = 'ecp-server';
const part = { partOf: 'EventData' } as const;

/** CMD is what the server ran: its name and that it ran are the server's words, the values in it came from the client. */
export const ecpFields: Readonly<Record<string, FieldFacts>> = {
  TimeStamp: by('server', undefined, { type: 'time' }),
  ServerName: by('server', 'server.name'),
  EventId: by('server'),
  EventData: by('client'),
  TIME: by('server', 'http.time_taken', { ...part, type: 'int' }),
  SID: by('server', 'session.id', part),
  CMD: by('server', 'cmdlet', { ...part, percent: true }),
  REQID: by('server', undefined, part),
  URL: by('client', 'url.path', { ...part, percent: true }),
  REFERRER: by('client', undefined, { ...part, percent: true }),
  EX: by('server', 'cmdlet.error', part),
  ACTID: by('server', 'activity.id', part),
  RS: by('server', undefined, part),
  BLD: by('server', 'build', part),
  USID: by('server', undefined, part),
};

export const ecpParts = Object.keys(ecpFields).filter((name) => ecpFields[name]!.partOf === 'EventData');
const required = ['TimeStamp', 'ServerName', 'EventId', 'EventData'];
const header = 'TimeStamp,ServerName,EventId,EventData';

function infer(line: string): string | null {
  const cells = roughCells(line, 4);
  return cells.length >= 4 && isoStamp.test(cells[0]!) && /^"?ECP\./.test(cells[2]!) && /S:[A-Z]+=/.test(line) ? header : null;
}

const format = exchangeCsvFormat({
  logSource,
  fields: ecpFields,
  required,
  timeField: 'TimeStamp',
  surplusField: 'EventData',
  parts: { EventData: ecpParts },
  derive: (_parent, text, report) => parseEventData(text, report),
  infer,
});

export const ecpServer: Reader = {
  kind: logSource,
  logSource,
  speaksFor: 'span',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head, path) {
    const { logType, mixed, fieldLists, rows } = headOf(head);
    if (/^ECP Server Log/i.test(logType ?? '')) return mixed ? mixedScore : 1;
    if (rows.some((line) => infer(line) !== null)) return 0.8;
    if (/\\ECPServer\d{8}-\d+\.LOG$/i.test(path) && fieldLists.some((names) => isBareHeader(names, required))) return 0.9;
    return head === '' && /\\Logging\\ECP\\Server\\/i.test(path) ? 0.5 : 0;
  },
  claims(line, previous) {
    if (/^#\s*Log-type:\s*ECP Server/i.test(line) || (previous && /^#(?!\s*(?:Log-type|Fields)\s*:)/i.test(line))) return 1;
    if (isBareHeader(line.replace(/^#\s*Fields:\s*/i, ''), required)) return 1;
    return infer(line) === null ? 0 : 2;
  },
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
