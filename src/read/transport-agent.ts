/**
 * Agent log of the transport (`AGENTLOG*.LOG`): what anti-spam and other agents did to a message. An agent that is not the product's is
 * somebody's module in the way of all mail.
 * @see docs/reference/sources.md#transport-agent
 */
import { exchangeLog, stampedCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

const fullHeader =
  'Timestamp,SessionId,LocalEndpoint,RemoteEndpoint,EnteredOrgFromIP,MessageId,P1FromAddress,P2FromAddresses,Recipient,NumRecipients,Agent,Event,Action,SmtpResponse,Reason,ReasonData,Diagnostics,NetworkMsgID,TenantID,Directionality';

const fields: Readonly<Record<string, FieldFacts>> = {
  Timestamp: by('server', undefined, { type: 'time' }),
  SessionId: by('server', 'session.id'),
  LocalEndpoint: by('server', 'server.address', { type: 'ip' }),
  RemoteEndpoint: by('server', undefined, { type: 'ip' }),
  EnteredOrgFromIP: by('server', 'client.address', { type: 'ip' }),
  MessageId: by('client', 'email.message_id'),
  P1FromAddress: by('client', 'email.sender'),
  P2FromAddresses: by('client'),
  Recipient: by('client', 'email.recipient'),
  NumRecipients: by('server', undefined, { type: 'int' }),
  Agent: by('server', 'service.name'),
  Event: by('server'),
  Action: by('server', 'event.action'),
  SmtpResponse: by('server', 'event.outcome'),
  Reason: by('server', 'event.reason'),
  ReasonData: by('client'),
  Diagnostics: by('client'),
  NetworkMsgID: by('server'),
  TenantID: by('server'),
  Directionality: by('server'),
};

function infer(line: string): string | null {
  const cells = stampedCells(line);
  return cells.length >= 16 &&
    /^[0-9A-F]{12,16}$/.test(cells[1]!) &&
    /^\d*$/.test(cells[9]!) &&
    /^On[A-Z][A-Za-z]+$/.test(cells[11]!) &&
    /^[A-Za-z]+$/.test(cells[12]!)
    ? fullHeader
    : null;
}

export const transportAgent = exchangeLog({
  kind: 'transport-agent',
  logSource: 'transport-agent',
  logType: /^Agent Log/i,
  telling: ['Timestamp', 'Agent', 'Action', 'P1FromAddress'],
  required: ['Timestamp', 'Agent', 'Action'],
  path: /\\AgentLog\\|\\AgentLog\d{8}-\d+\.log$/i,
  fields,
  timeField: 'Timestamp',
  infer,
});
