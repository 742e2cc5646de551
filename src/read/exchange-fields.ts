/** Columns that many of Exchange's logs have under one name, for logs whose own columns nobody has published. */
import { by, type FieldFacts } from './layout.ts';

const int = { type: 'int' } as const;
const time = by('server', undefined, { type: 'time' });

export const commonFields: Readonly<Record<string, FieldFacts>> = {
  DateTime: time,
  Timestamp: time,
  'date-time': time,
  StartTime: by('server'),
  RequestId: by('server', 'request.id', { type: 'guid' }),
  MajorVersion: by('server', undefined, int),
  MinorVersion: by('server', undefined, int),
  BuildVersion: by('server', undefined, int),
  RevisionVersion: by('server', undefined, int),
  Protocol: by('server'),
  AuthenticationType: by('server'),
  IsAuthenticated: by('server', 'user.authenticated'),
  AuthenticatedUser: by('server', 'user.name'),
  Organization: by('server'),
  UserAgent: by('client', 'user_agent'),
  UrlHost: by('client', 'url.domain'),
  UrlStem: by('client', 'url.path', { percent: true }),
  UrlQuery: by('client', 'url.query', { percent: true }),
  Method: by('client', 'http.method'),
  ClientIpAddress: by('server', 'client.address', { type: 'ip' }),
  ServerHostName: by('server', 'server.name'),
  ServerName: by('server', 'server.name'),
  Server: by('server', 'server.name'),
  'server-name': by('server', 'server.name'),
  HttpStatus: by('server', 'http.status', int),
  ErrorCode: by('server', 'event.outcome'),
  SessionId: by('server'),
  'session-id': by('server'),
  'sequence-number': by('server', undefined, int),
  ProcessId: by('server', undefined, int),
  ProcessName: by('server', 'process.name'),
  TotalRequestTime: by('server', 'http.time_taken', int),
  GenericInfo: by('server'),
  GenericErrors: by('server', 'error.message'),
};
