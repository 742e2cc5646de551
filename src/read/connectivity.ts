/**
 * Connectivity log of the transport (`CONNECTLOG*.LOG`): connections that this server opened to pass messages on.
 * @see https://learn.microsoft.com/en-us/exchange/mail-flow/transport-logs/connectivity-logging
 */
import { exchangeLog, stampedCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

const fullHeader = 'date-time,session,source,Destination,direction,description';

/** A destination is a domain that mail was sent to: whoever wrote the mail chose it. */
const fields: Readonly<Record<string, FieldFacts>> = {
  'date-time': by('server', undefined, { type: 'time' }),
  session: by('server', 'session.id'),
  source: by('server', 'service.name'),
  Destination: by('client', 'destination.name'),
  direction: by('server', 'event.action'),
  description: by('client', 'message'),
};

function infer(line: string): string | null {
  const cells = stampedCells(line);
  return cells.length >= 6 &&
    /^[0-9A-F]{16}$/.test(cells[1]!) &&
    /^"?[A-Za-z]+"?$/.test(cells[2]!) &&
    /^[+\-<>*]$/.test(cells[4]!)
    ? fullHeader
    : null;
}

export const connectivity = exchangeLog({
  kind: 'connectivity',
  logSource: 'connectivity',
  logType: /^Transport Connectivity/i,
  telling: ['date-time', 'session', 'Destination', 'direction', 'description'],
  required: ['date-time', 'session', 'direction'],
  path: /\\Connectivity\\|\\CONNECTLOG\d{8,10}-\d+\.log$/i,
  fields,
  timeField: 'date-time',
  surplusField: 'description',
  infer,
});
