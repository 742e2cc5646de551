/**
 * Remote PowerShell over HTTP (CmdletInfra, `Rps_Http_*.LOG`): one row for each request that the PowerShell back end answered.
 * The account is the one under which the server ran; in attacks on the token in `UrlQuery` the client chose it.
 * @see docs/reference/sources.md#rps-http
 */
import { exchangeLog, stampedCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

const int = { type: 'int' } as const;

/** The header of Exchange 2016 CU12 and 2019 CU12. */
const fullHeader =
  'DateTime,StartTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,UrlHost,UrlStem,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,ManagedOrganization,ClientIpAddress,ServerHostName,FrontEndServer,HttpStatus,SubStatus,ErrorCode,Action,CommandId,CommandName,SessionId,ShellId,FailFast,ContributeToFailFast,RequestBytes,ClientInfo,CPU,Memory,ActivityContextLifeTime,TotalTime,UrlQuery,GenericLatency,GenericInfo,GenericErrors';

const fields: Readonly<Record<string, FieldFacts>> = {
  DateTime: by('server', undefined, { type: 'time' }),
  StartTime: by('server', undefined, { type: 'time' }),
  RequestId: by('server', 'request.id', { type: 'guid' }),
  MajorVersion: by('server', undefined, int),
  MinorVersion: by('server', undefined, int),
  BuildVersion: by('server', undefined, int),
  RevisionVersion: by('server', undefined, int),
  ClientRequestId: by('client'),
  UrlHost: by('client', 'url.domain'),
  UrlStem: by('client', 'url.path', { percent: true }),
  AuthenticationType: by('server'),
  IsAuthenticated: by('server', 'user.authenticated'),
  AuthenticatedUser: by('server', 'user.name'),
  Organization: by('server'),
  ManagedOrganization: by('server'),
  ClientIpAddress: by('server', 'client.address', { type: 'ip' }),
  ServerHostName: by('server', 'server.name'),
  FrontEndServer: by('client'),
  HttpStatus: by('server', 'http.status', int),
  SubStatus: by('server', undefined, int),
  ErrorCode: by('server'),
  Action: by('server', 'event.action'),
  CommandId: by('client', undefined, { type: 'guid' }),
  CommandName: by('server', 'cmdlet'),
  SessionId: by('server', 'session.id'),
  ShellId: by('client'),
  FailFast: by('server'),
  ContributeToFailFast: by('server'),
  RequestBytes: by('server', undefined, int),
  ClientInfo: by('client', 'user_agent'),
  TotalTime: by('server', 'http.time_taken', int),
  UrlQuery: by('client', 'url.query', { percent: true }),
  GenericLatency: by('server'),
  GenericInfo: by('server'),
  GenericErrors: by('server', 'error.message'),
};

function infer(line: string): string | null {
  const cells = stampedCells(line);
  return cells.length >= 20 &&
    /^\d{4}-\d\d-\d\dT/.test(cells[1]!) &&
    /^\d+$/.test(cells[3]!) &&
    /^\d+$/.test(cells[6]!) &&
    cells[9]!.startsWith('/') &&
    /^(?:true|false)?$/i.test(cells[11]!)
    ? fullHeader
    : null;
}

export const rpsHttp = exchangeLog({
  kind: 'rps-http',
  logSource: 'rps-http',
  logType: /^Rps Http Logs?$/i,
  telling: ['DateTime', 'RequestId', 'ManagedOrganization', 'ShellId'],
  required: ['DateTime', 'RequestId', 'UrlStem'],
  path: /\\CmdletInfra\\[^\\]+\\Http\\/i,
  fields,
  timeField: 'DateTime',
  infer,
});
