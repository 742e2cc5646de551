/**
 * MAPI over HTTP of the back end (`MapiHttp_*.LOG`): how Outlook, and whoever speaks like it, opened mailboxes.
 * The columns are those of a published generator for Exchange SE; other builds say theirs themselves.
 * @see docs/reference/sources.md#mapihttp
 */
import { exchangeLog, stampedCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

const int = { type: 'int' } as const;
const fullHeader =
  'DateTime,RequestId,MapiRequestId,ClientRequestId,RequestType,HttpStatusCode,ResponseCode,StatusCode,ReturnCode,TotalRequestLatency,DeploymentRing,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,AuthenticatedUserEmail,UPN,Puid,TenantGuid,MailboxId,MDBGuid,ActAsUserEmail,ClientIP,SourceCafeServer,EdgeInfo,NetworkDeviceInfo,SessionCookie,SequenceCookie,MapiClientInfo,ClientSoftware,ClientSoftwareVersion,ClientMode,AuthenticationType,AuthModuleLatency,LiveIdBasicLog,LiveIdBasicError,LiveIdNegotiateError,OAuthLatency,OAuthError,OAuthErrorCategory,OAuthExtraInfo,AuthenticatedUser,RopIds,OperationSpecific,GenericInfo,GenericErrors';

const fields: Readonly<Record<string, FieldFacts>> = {
  DateTime: by('server', undefined, { type: 'time' }),
  RequestId: by('server', 'request.id', { type: 'guid' }),
  MapiRequestId: by('client'),
  ClientRequestId: by('client'),
  RequestType: by('server', 'event.action'),
  HttpStatusCode: by('server', 'http.status', int),
  ResponseCode: by('server', 'event.outcome'),
  StatusCode: by('server'),
  ReturnCode: by('server'),
  TotalRequestLatency: by('server', 'http.time_taken', int),
  MajorVersion: by('server', undefined, int),
  MinorVersion: by('server', undefined, int),
  BuildVersion: by('server', undefined, int),
  RevisionVersion: by('server', undefined, int),
  AuthenticatedUserEmail: by('server', 'user.name'),
  UPN: by('server'),
  MailboxId: by('client'),
  MDBGuid: by('server', undefined, { type: 'guid' }),
  ActAsUserEmail: by('server', 'user.impersonated'),
  ClientIP: by('server', 'client.address', { type: 'ip' }),
  SourceCafeServer: by('client'),
  SessionCookie: by('client'),
  SequenceCookie: by('client'),
  MapiClientInfo: by('client'),
  ClientSoftware: by('client', 'user_agent'),
  ClientSoftwareVersion: by('client'),
  ClientMode: by('client'),
  AuthenticationType: by('server'),
  AuthenticatedUser: by('server'),
  RopIds: by('server'),
  OperationSpecific: by('server'),
  GenericInfo: by('server'),
  GenericErrors: by('server', 'error.message'),
};

const requestType =
  /^(?:Connect|Execute|Disconnect|NotificationWait|PING|EcDo\w+|Bind|Unbind|GetProps|ResolveNames|QueryRows|CompareMIds)$/i;

function infer(line: string): string | null {
  const cells = stampedCells(line);
  return cells.length >= 30 &&
    requestType.test(cells[4]!) &&
    /^\d{3}$/.test(cells[5]!) &&
    /^\d+$/.test(cells[11]!) &&
    /^\d+$/.test(cells[14]!)
    ? fullHeader
    : null;
}

export const mapihttp = exchangeLog({
  kind: 'mapihttp',
  logSource: 'mapihttp',
  logType: /^Mapi ?Http\b/i,
  telling: ['DateTime', 'MapiRequestId', 'RequestType'],
  required: ['DateTime', 'RequestType'],
  path: /\\(?:Logging\\MapiHttp|Logging\\MAPI Client Access|MAPI_Logs)\\/i,
  fields,
  timeField: 'DateTime',
  infer,
});
