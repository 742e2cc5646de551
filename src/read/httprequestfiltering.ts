/**
 * HTTP request filtering (the AMSI integration of 2021): a row for each request in which the antivirus found something.
 * @see https://learn.microsoft.com/en-us/exchange/antispam-and-antimalware/amsi-integration-with-exchange
 */
import { parseCultureTime } from './culture-time.ts';
import { exchangeLog, roughCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

const int = { type: 'int' } as const;

const fields: Readonly<Record<string, FieldFacts>> = {
  DateTime: by('server', undefined, { type: 'time' }),
  MajorVersion: by('server', undefined, int),
  MinorVersion: by('server', undefined, int),
  BuildVersion: by('server', undefined, int),
  RevisionVersion: by('server', undefined, int),
  ServerHostName: by('server', 'server.name'),
  TotalLatency: by('server', undefined, int),
  HttpMethod: by('client', 'http.method'),
  UrlHost: by('client', 'url.domain'),
  UrlStem: by('client', 'url.path', { percent: true }),
  UrlQuery: by('client', 'url.query', { percent: true }),
  // Named so, and yet in published rows it may be the visitor's: nobody's until somebody knows.
  ServerIP: by('server', undefined, { type: 'ip' }),
  Protocol: by('server'),
  HeaderNames: by('client'),
  CookieNames: by('client'),
  ScanResult: by('server', 'event.outcome'),
  GenericInfo: by('server'),
  GenericErrors: by('server', 'error.message'),
};

const header =
  'DateTime,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ServerHostName,SharedCacheLatency,TotalLatency,HttpMethod,UrlHost,UrlStem,UrlQuery,ServerIP,Protocol,HeaderNames,CookieNames,ScanResult,GenericInfo,GenericErrors';

function infer(line: string): string | null {
  if (!/^"?\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4} [^,]{5,20},\d+,\d+,\d+,\d+,/.test(line.slice(0, 80))) return null;
  const cells = roughCells(line, 18);
  return cells.length >= 17 && cells[10]!.startsWith('/') && /^[A-Za-z]*$/.test(cells[16]!) ? header : null;
}

export const httprequestfiltering = exchangeLog({
  kind: 'httprequestfiltering',
  logSource: 'httprequestfiltering',
  logType: /^Http Request Filtering/i,
  telling: ['DateTime', 'ScanResult', 'CookieNames'],
  required: ['DateTime', 'ScanResult'],
  path: /\\HttpRequestFiltering(?:\\|_[^\\]*\.log$)/i,
  fields,
  timeField: 'DateTime',
  time: (bytes, start, end, seam) => parseCultureTime(bytes, start, end, seam.date),
  infer,
});
