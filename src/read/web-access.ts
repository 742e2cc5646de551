/**
 * Access logs of Apache, nginx and what writes like them: other mail servers, and reverse proxies in front of Exchange.
 * Fields are called as Sigma's web server taxonomy calls them; each time carries its zone.
 * @see https://httpd.apache.org/docs/2.4/logs.html#accesslog
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { TextScanner } from '../kernel/index.ts';
import { headOf } from './head.ts';
import { by, type FieldFacts } from './layout.ts';
import { isNcsa, ncsaFormat } from './ncsa.ts';

const logSource = 'web-access';

const fields: Readonly<Record<string, FieldFacts>> = {
  'c-ip': by('server', 'client.address', { type: 'ip' }),
  ident: by('client'),
  'cs-username': by('server', 'user.name'),
  time: by('server', undefined, { type: 'time' }),
  'cs-method': by('client', 'http.method'),
  'cs-uri-stem': by('client', 'url.path', { percent: true }),
  'cs-uri-query': by('client', 'url.query', { percent: true }),
  'cs-version': by('client'),
  'sc-status': by('server', 'http.status', { type: 'int' }),
  'sc-bytes': by('server', 'http.response_bytes', { type: 'int' }),
  'cs-referer': by('client', 'http.referrer', { percent: true }),
  'cs-user-agent': by('client', 'user_agent'),
  'X-Forwarded-For': by('client', 'client.forwarded'),
  'cs-host': by('client', 'url.domain'),
};

const format = ncsaFormat(logSource, fields, { referer: 'cs-referer', agent: 'cs-user-agent' });

export const webAccess: Reader = {
  kind: logSource,
  logSource,
  speaksFor: 'span',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise: (head) => (isNcsa(headOf(head).rows[0] ?? '') ? 0.93 : 0),
  claims: (line) => (isNcsa(line) ? 2 : 0),
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
