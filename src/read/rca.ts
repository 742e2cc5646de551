/**
 * RPC Client Access (`RCA_*.LOG`): how Outlook, and whoever speaks like it, opened mailboxes before MAPI over HTTP. Exchange 2010
 * (where it is the only log of mailbox access beside IIS) to 2016.
 * @see https://techcommunity.microsoft.com/t5/exchange-team-blog/modern-public-folders-logging-and-when-to-use-it/ba-p/607122
 */
import { exchangeLog, stampedCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

const fullHeader =
  'date-time,session-id,seq-number,client-name,organization-info,client-software,client-software-version,client-mode,client-ip,server-ip,protocol,application-id,operation,rpc-status,processing-time,operation-specific,failures';

const fields: Readonly<Record<string, FieldFacts>> = {
  'date-time': by('server', undefined, { type: 'time' }),
  'session-id': by('server', 'session.id'),
  'seq-number': by('server', undefined, { type: 'int' }),
  'client-name': by('server', 'user.name'),
  'organization-info': by('server'),
  'client-software': by('client', 'user_agent'),
  'client-software-version': by('client'),
  'client-mode': by('client'),
  'client-ip': by('server', 'client.address', { type: 'ip' }),
  'server-ip': by('server', 'server.address', { type: 'ip' }),
  protocol: by('server'),
  'application-id': by('client'),
  operation: by('server', 'event.action'),
  'rpc-status': by('server', 'event.outcome'),
  'processing-time': by('server'),
  'operation-specific': by('server'),
  failures: by('server', 'error.message'),
};

function infer(line: string): string | null {
  const cells = stampedCells(line);
  return cells.length >= 14 &&
    cells.length <= 18 &&
    /^\d{1,9}$/.test(cells[1]!) &&
    /^\d{1,9}$/.test(cells[2]!) &&
    /^(?:ncacn\w*|xtc\w*|rpc\w*|mapi\w*)?$/i.test(cells[10]!) &&
    /^\w*$/.test(cells[12]!)
    ? fullHeader
    : null;
}

export const rca = exchangeLog({
  kind: 'rca',
  logSource: 'rca',
  logType: /^(?:RPC Client Access|RCA)\b/i,
  telling: ['date-time', 'client-name', 'client-mode', 'rpc-status'],
  required: ['date-time', 'client-name', 'operation'],
  path: /\\(?:Logging\\RPC Client Access|RCA_Logs)\\/i,
  fields,
  timeField: 'date-time',
  infer,
});
