/** What the two protocol logs of SMTP share: columns, and the address in an endpoint. */
import { bareAddress } from '../core/address.ts';
import { stampedCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

export const smtpHeader = 'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context';

/** Of `data`, what the other side said (`<`) is its own word; `context` quotes names and certificates of theirs. */
export const smtpFields: Readonly<Record<string, FieldFacts>> = {
  'date-time': by('server', undefined, { type: 'time' }),
  'connector-id': by('server', 'service.name'),
  'session-id': by('server', 'session.id'),
  'sequence-number': by('server', undefined, { type: 'int' }),
  'local-endpoint': by('server', 'server.address', { type: 'ip' }),
  'remote-endpoint': by('server', undefined, { type: 'ip' }),
  event: by('server', 'event.action'),
  data: by('client', 'message'),
  context: by('client', 'event.reason'),
};

export const endpointParts = { 'remote-endpoint': ['remote-ip'] } as const;

let lastEndpoint: string | null = null;
let lastParts: ReadonlyMap<string, string> = new Map();

/** The address without the port, which changes with each connection. A session's rows follow each other: parsed once. */
export function remoteAddress(_parent: string, text: string): ReadonlyMap<string, string> {
  if (text !== lastEndpoint) {
    const address = bareAddress(text);
    lastEndpoint = text;
    lastParts = new Map(address === null ? [] : [['remote-ip', address]]);
  }
  return lastParts;
}

/** The connector of a row of this shape; null: it has another one. */
export function connectorOf(line: string): string | null {
  const cells = stampedCells(line);
  return cells.length >= 8 &&
    cells.length < 40 &&
    /^[0-9A-F]{16}$/.test(cells[2]!) &&
    /^\d{1,6}$/.test(cells[3]!) &&
    /^[+\-<>*]?$/.test(cells[6]!)
    ? cells[1]!
    : null;
}
