/**
 * SMTP send protocol log (`SEND*.LOG`): what this server said to others over SMTP when it sent mail out.
 * @see https://learn.microsoft.com/en-us/exchange/mail-flow/connectors/protocol-logging
 */
import { exchangeLog } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';
import { connectorOf, endpointParts, remoteAddress, smtpFields, smtpHeader } from './smtp-protocol.ts';

const fields: Readonly<Record<string, FieldFacts>> = {
  ...smtpFields,
  'remote-ip': by('server', 'destination.address', { type: 'ip', partOf: 'remote-endpoint' }),
};

/** Receive connectors are called `SERVER\\Name`, send connectors have no server. */
function infer(line: string): string | null {
  return connectorOf(line)?.includes('\\') === false ? smtpHeader : null;
}

export const smtpSend = exchangeLog({
  kind: 'smtp-send',
  logSource: 'smtp-send',
  logType: /^SMTP Send/i,
  // The other direction has the same columns: the rows tell.
  telling: ['date-time', 'connector-id', 'remote-endpoint', 'smtp-send'],
  required: ['date-time', 'connector-id', 'remote-endpoint'],
  path: /\\SmtpSend\\|\\SEND\d{8,10}-\d+\.log$/i,
  fields,
  timeField: 'date-time',
  surplusField: 'context',
  parts: endpointParts,
  derive: remoteAddress,
  infer,
});
