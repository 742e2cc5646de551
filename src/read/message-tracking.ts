/**
 * Message tracking (`MSGTRK*.LOG`): each step of each message through the transport of Exchange 2010 and later.
 * @see https://learn.microsoft.com/en-us/exchange/mail-flow/transport-logs/message-tracking
 */
import { exchangeLog, stampedCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

/** The header of Exchange 2016; older ones lack the last three columns, 2010 `network-message-id` too. */
const fullHeader =
  'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data,transport-traffic-type,log-id,schema-version';
const header2013 = fullHeader.replace(',transport-traffic-type,log-id,schema-version', '');
const header2010 = header2013.replace('network-message-id,', '');

/** Addresses are what the servers saw. Names, addresses of mail and texts come from whoever sent it. */
const fields: Readonly<Record<string, FieldFacts>> = {
  'date-time': by('server', undefined, { type: 'time' }),
  'client-ip': by('server', 'client.address', { type: 'ip' }),
  'client-hostname': by('client'),
  'server-ip': by('server', 'destination.address', { type: 'ip' }),
  'server-hostname': by('server', 'destination.name'),
  'source-context': by('client'),
  'connector-id': by('server'),
  source: by('server', 'service.name'),
  'event-id': by('server', 'event.action'),
  'internal-message-id': by('server'),
  'message-id': by('client', 'email.message_id'),
  'network-message-id': by('server', undefined, { type: 'guid' }),
  'recipient-address': by('client', 'email.recipient'),
  'recipient-status': by('client'),
  'total-bytes': by('server', undefined, { type: 'int' }),
  'recipient-count': by('server', undefined, { type: 'int' }),
  'related-recipient-address': by('client'),
  reference: by('client'),
  'message-subject': by('client', 'email.subject'),
  'sender-address': by('client', 'email.sender'),
  'return-path': by('client'),
  'message-info': by('client'),
  directionality: by('server'),
  'tenant-id': by('server'),
  'original-client-ip': by('client', undefined, { type: 'ip' }),
  'original-server-ip': by('client', undefined, { type: 'ip' }),
  'custom-data': by('client'),
  'transport-traffic-type': by('server'),
  'log-id': by('server', undefined, { type: 'guid' }),
  'schema-version': by('server'),
};

const source =
  /^"?(?:ADMIN|AGENT|APPROVAL|BOOTLOADER|DNS|DSN|GATEWAY|MAILBOXRULE|MEETINGMESSAGEPROCESSOR|ORAR|PICKUP|POISONMESSAGE|PUBLICFOLDER|QUEUE|REDUNDANCY|RESOLVER|ROUTING|SAFETYNET|SMTP|STOREDRIVER)"?$/;

function infer(line: string): string | null {
  const cells = stampedCells(line);
  if (cells.length < 24 || !source.test(cells[7]!) || !/^"?[A-Z]+"?$/.test(cells[8]!)) return null;
  return cells.length > 27 ? fullHeader : cells.length === 27 ? header2013 : header2010;
}

export const messageTracking = exchangeLog({
  kind: 'message-tracking',
  logSource: 'message-tracking',
  logType: /^Message Tracking/i,
  telling: ['date-time', 'event-id', 'internal-message-id', 'recipient-address'],
  required: ['date-time', 'event-id'],
  path: /\\MSGTRK(?:M|MA|MD|MS)?\d{8,10}-\d+\.log$/i,
  fields,
  timeField: 'date-time',
  infer,
});
