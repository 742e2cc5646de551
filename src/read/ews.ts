/**
 * Exchange Web Services (`Ews_*.LOG`): one row for each call that the back end worked on, with what was called and as whom.
 * @see docs/reference/sources.md#ews
 */
import { exchangeLog, stampedCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

const int = { type: 'int' } as const;

/** The header of Exchange 2016 CU22. */
const fullHeader =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,Ring,ClientRequestId,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,UserAgent,VersionInfo,ClientIpAddress,ServerHostName,FrontEndServer,SoapAction,HttpStatus,RequestSize,ResponseSize,ErrorCode,ImpersonatedUser,ProxyAsUser,ActAsUser,Cookie,CorrelationGuid,PrimaryOrProxyServer,TaskType,RemoteBackendCount,LocalMailboxCount,RemoteMailboxCount,LocalIdCount,RemoteIdCount,BeginBudgetConnections,EndBudgetConnections,BeginBudgetHangingConnections,EndBudgetHangingConnections,BeginBudgetAD,EndBudgetAD,BeginBudgetCAS,EndBudgetCAS,BeginBudgetRPC,EndBudgetRPC,BeginBudgetFindCount,EndBudgetFindCount,BeginBudgetSubscriptions,EndBudgetSubscriptions,MDBResource,MDBHealth,MDBHistoricalLoad,ThrottlingPolicy,ThrottlingDelay,ThrottlingRequestType,TotalDCRequestCount,TotalDCRequestLatency,TotalMBXRequestCount,TotalMBXRequestLatency,RecipientLookupLatency,ExchangePrincipalLatency,HttpPipelineLatency,CheckAccessCoreLatency,AuthModuleLatency,CallContextInitLatency,PreExecutionLatency,CoreExecutionLatency,TotalRequestTime,DetailedExchangePrincipalLatency,ClientStatistics,GenericInfo,AuthenticationErrors,GenericErrors,Puid,StartTime,ProcessId,TimeInGC,StartTotalMemory,EndTotalMemory,StartGCCounts,EndGCCounts,TokenBasedThrottlingPolicy,BudgetKey,CoinsCharged,CoinsChargedMethod,SidBudgetInfo,AppBudgetInfo,TenantBudgetInfo,ResourceAccessed,ResourceHealthBasedThreshold,ThrottledBy,BackoffHint,WorkClassification';

/** `SoapAction` is what the server carried out. As whom somebody wants to act stands in the call: the client's word. */
const fields: Readonly<Record<string, FieldFacts>> = {
  DateTime: by('server', undefined, { type: 'time' }),
  RequestId: by('server', 'request.id', { type: 'guid' }),
  MajorVersion: by('server', undefined, int),
  MinorVersion: by('server', undefined, int),
  BuildVersion: by('server', undefined, int),
  RevisionVersion: by('server', undefined, int),
  Ring: by('server'),
  ClientRequestId: by('client'),
  AuthenticationType: by('server'),
  IsAuthenticated: by('server', 'user.authenticated'),
  AuthenticatedUser: by('server', 'user.name'),
  Organization: by('server'),
  UserAgent: by('client', 'user_agent'),
  VersionInfo: by('client'),
  ClientIpAddress: by('server', 'client.address', { type: 'ip' }),
  ServerHostName: by('server', 'server.name'),
  FrontEndServer: by('client'),
  SoapAction: by('server', 'event.action'),
  HttpStatus: by('server', 'http.status', int),
  RequestSize: by('server', undefined, int),
  ResponseSize: by('server', 'http.response_bytes', int),
  ErrorCode: by('server', 'event.outcome'),
  ImpersonatedUser: by('client', 'user.impersonated'),
  ProxyAsUser: by('client'),
  ActAsUser: by('client'),
  Cookie: by('client'),
  CorrelationGuid: by('server'),
  PrimaryOrProxyServer: by('server'),
  TaskType: by('server'),
  LocalMailboxCount: by('server', undefined, int),
  RemoteMailboxCount: by('server', undefined, int),
  LocalIdCount: by('server', undefined, int),
  RemoteIdCount: by('server', undefined, int),
  TotalRequestTime: by('server', 'http.time_taken', int),
  ClientStatistics: by('client'),
  GenericInfo: by('server'),
  AuthenticationErrors: by('server'),
  GenericErrors: by('server', 'error.message'),
  StartTime: by('server'),
  ProcessId: by('server', undefined, int),
};

function infer(line: string): string | null {
  const cells = stampedCells(line);
  return cells.length >= 20 &&
    /^[0-9a-f-]{36}$/i.test(cells[1]!) &&
    /^\d+$/.test(cells[2]!) &&
    /^\d+$/.test(cells[5]!) &&
    /^(?:true|false)$/i.test(cells[9]!) &&
    /^\w*$/.test(cells[17]!) &&
    /^\d{3}$/.test(cells[18]!)
    ? fullHeader
    : null;
}

export const ews = exchangeLog({
  kind: 'ews',
  logSource: 'ews',
  logType: /^EWS Logs?$/i,
  telling: ['DateTime', 'RequestId', 'SoapAction', 'ImpersonatedUser'],
  required: ['DateTime', 'SoapAction'],
  path: /\\(?:Logging\\Ews|EWS_BE_Logs)\\/i,
  fields,
  timeField: 'DateTime',
  infer,
});
