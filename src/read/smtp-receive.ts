/**
 * SMTP receive protocol log (`RECV*.LOG`): what others said to this server over SMTP, and what it answered.
 * @see https://learn.microsoft.com/en-us/exchange/mail-flow/connectors/protocol-logging
 */
import { exchangeLog } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';
import { connectorOf, endpointParts, remoteAddress, smtpFields, smtpHeader } from './smtp-protocol.ts';

const fields: Readonly<Record<string, FieldFacts>> = {
  ...smtpFields,
  'remote-ip': by('server', 'client.address', { type: 'ip', partOf: 'remote-endpoint' }),
};

/** Receive connectors are called `SERVER\\Name`, send connectors have no server. */
function infer(line: string): string | null {
  return connectorOf(line)?.includes('\\') === true ? smtpHeader : null;
}

export const smtpReceive = exchangeLog({
  kind: 'smtp-receive',
  logSource: 'smtp-receive',
  logType: /^SMTP Receive/i,
  // The other direction has the same columns: the rows tell.
  telling: ['date-time', 'connector-id', 'remote-endpoint', 'smtp-receive'],
  required: ['date-time', 'connector-id', 'remote-endpoint'],
  path: /\\SmtpReceive\\|\\RECV\d{8,10}-\d+\.log$/i,
  fields,
  timeField: 'date-time',
  surplusField: 'context',
  parts: endpointParts,
  derive: remoteAddress,
  infer,
});
