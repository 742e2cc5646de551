/**
 * Exchange HttpProxy logs (2013 and later): one row for each request that the client access front end passed on, all protocols.
 * The row is written by the front end; anchor, host, path, query and user agent in it are the client's words.
 * @see docs/reference/sources.md#httpproxy
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { TextScanner } from '../kernel/index.ts';
import { exchangeCsvFormat, isBareHeader, isoStamp, mixedScore, roughCells } from './exchange-csv.ts';
import { headOf } from './head.ts';
import { by, type FieldFacts } from './layout.ts';

const logSource = 'httpproxy';
const int = { type: 'int' } as const;

/** The header of Exchange 2016 CU22; other builds have fewer or more, and say so themselves. */
const fullHeader =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion,RoutingType,RoutingHint,BackEndCookie,ServerLocatorHost,ServerLocatorLatency,RequestBytes,ResponseBytes,TargetOutstandingRequests,AuthModulePerfContext,HttpPipelineLatency,CalculateTargetBackEndLatency,GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,TotalAccountForestLatency,ResourceForestLatencyBreakup,TotalResourceForestLatency,ADLatency,SharedCacheLatencyBreakup,TotalSharedCacheLatency,ActivityContextLifeTime,ModuleToHandlerSwitchingLatency,ClientReqStreamLatency,BackendReqInitLatency,BackendReqStreamLatency,BackendProcessingLatency,BackendRespInitLatency,BackendRespStreamLatency,ClientRespStreamLatency,KerberosAuthHeaderLatency,HandlerCompletionLatency,RequestHandlerLatency,HandlerToModuleSwitchingLatency,ProxyTime,CoreLatency,RoutingLatency,HttpProxyOverhead,TotalRequestTime,RouteRefresherLatency,UrlQuery,BackEndGenericInfo,GenericInfo,GenericErrors,EdgeTraceId,DatabaseGuid,UserADObjectGuid,PartitionEndpointLookupLatency,RoutingStatus';

export const httpproxyFields: Readonly<Record<string, FieldFacts>> = {
  DateTime: by('server', undefined, { type: 'time' }),
  RequestId: by('server', 'request.id', { type: 'guid' }),
  MajorVersion: by('server', undefined, int),
  MinorVersion: by('server', undefined, int),
  BuildVersion: by('server', undefined, int),
  RevisionVersion: by('server', undefined, int),
  ClientRequestId: by('client'),
  Protocol: by('server'),
  UrlHost: by('client'),
  UrlStem: by('client', 'url.path', { percent: true }),
  ProtocolAction: by('client'),
  AuthenticationType: by('server'),
  IsAuthenticated: by('server', 'user.authenticated'),
  AuthenticatedUser: by('server', 'user.name'),
  Organization: by('server'),
  AnchorMailbox: by('client', 'anchor', { percent: true }),
  UserAgent: by('client', 'user_agent'),
  ClientIpAddress: by('server', 'client.address', { type: 'ip' }),
  ServerHostName: by('server', 'server.name'),
  HttpStatus: by('server', 'http.status', int),
  BackEndStatus: by('server', 'http.backend_status', int),
  ErrorCode: by('server'),
  Method: by('client', 'http.method'),
  ProxyAction: by('server'),
  TargetServer: by('server', 'target.name'),
  TargetServerVersion: by('server'),
  RoutingType: by('server'),
  RoutingHint: by('server'),
  BackEndCookie: by('server', undefined, { percent: true }),
  RequestBytes: by('server', undefined, int),
  ResponseBytes: by('server', 'http.response_bytes', int),
  TotalRequestTime: by('server', 'http.time_taken', int),
  UrlQuery: by('client', 'url.query', { percent: true }),
  BackEndGenericInfo: by('server'),
  GenericInfo: by('server'),
  GenericErrors: by('server'),
};

/** Columns by which its header is known. */
const telling = ['DateTime', 'RequestId', 'AnchorMailbox', 'UrlStem'];
const guid = /^"?[0-9a-f]{8}-[0-9a-f-]{13,40}"?$/i;

export function inferHttpProxy(line: string): string | null {
  const cells = roughCells(line, 24);
  return cells.length >= 20 &&
    isoStamp.test(cells[0]!) &&
    guid.test(cells[1]!) &&
    /^\d*$/.test(cells[2]!) &&
    /^\//.test(cells[9]!)
    ? fullHeader
    : null;
}

const format = exchangeCsvFormat({
  logSource,
  fields: httpproxyFields,
  required: ['DateTime', 'RequestId', 'UrlStem'],
  timeField: 'DateTime',
  infer: inferHttpProxy,
});

export const httpproxy: Reader = {
  kind: logSource,
  logSource,
  speaksFor: 'span',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head, path) {
    const { logType, mixed, fieldLists, rows } = headOf(head);
    if (/^HttpProxy Logs/i.test(logType ?? '')) return mixed ? mixedScore : 1;
    if ([...fieldLists, ...rows].some((line) => isBareHeader(line, telling))) return 1;
    if (rows.length > 0 && inferHttpProxy(rows[0]!) !== null) return 0.8;
    return head === '' && /\\Logging\\HttpProxy\\/i.test(path) ? 0.5 : 0;
  },
  claims(line, previous) {
    if (/^#\s*Log-type:\s*HttpProxy/i.test(line) || (previous && /^#(?!\s*(?:Log-type|Fields)\s*:)/i.test(line))) return 1;
    if (isBareHeader(line.replace(/^#\s*Fields:\s*/i, ''), telling)) return 1;
    return inferHttpProxy(line) === null ? 0 : 2;
  },
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
