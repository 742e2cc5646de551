/**
 * IIS W3C extended logs: any `#Fields`, also changing in mid-file; rows without a header are told from their shape.
 * Times are UTC. A blank inside a value is written as `+`; an absent value as `-`.
 * @see https://learn.microsoft.com/en-us/windows/win32/http/w3c-logging
 */
import { bareAddress } from '../core/address.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { TextScanner } from '../kernel/index.ts';
import { headOf } from './head.ts';
import { by, type FieldFacts } from './layout.ts';
import { w3cFormat } from './w3c.ts';
import { headLines } from './text-lines.ts';

const logSource = 'iis-w3c';

/** Client: what the visitor sent. Server: what IIS found out or answered. `cs-username` is the account that IIS authenticated. */
export const iisFields: Readonly<Record<string, FieldFacts>> = {
  date: by('server', undefined, { type: 'time' }),
  time: by('server', undefined, { type: 'time' }),
  's-sitename': by('server'),
  's-computername': by('server', 'server.name'),
  's-ip': by('server', 'server.address', { type: 'ip' }),
  's-port': by('server', 'server.port', { type: 'int' }),
  'cs-method': by('client', 'http.method'),
  'cs-uri-stem': by('client', 'url.path', { percent: true }),
  'cs-uri-query': by('client', 'url.query', { percent: true }),
  'cs-username': by('server', 'user.name'),
  'c-ip': by('server', 'client.address', { type: 'ip' }),
  'cs-version': by('client'),
  'cs(User-Agent)': by('client', 'user_agent'),
  'cs(Cookie)': by('client', undefined, { percent: true }),
  'cs(Referer)': by('client', undefined, { percent: true }),
  'cs-host': by('client'),
  'sc-status': by('server', 'http.status', { type: 'int' }),
  'sc-substatus': by('server', undefined, { type: 'int' }),
  'sc-win32-status': by('server', undefined, { type: 'int' }),
  'sc-bytes': by('server', 'http.response_bytes', { type: 'int' }),
  'cs-bytes': by('server', undefined, { type: 'int' }),
  'time-taken': by('server', 'http.time_taken', { type: 'int' }),
  'X-Forwarded-For': by('client', 'client.forwarded'),
};

const methodShape = /^(?:[A-Z]{3,12}|RPC_(?:IN|OUT)_DATA|X-[A-Z-]{2,20}|CCM_POST|BITS_POST|VERSION-CONTROL)$/;
const number = /^\d{1,20}$/;

/** Tells the columns of a row that stands under no header; null when it is no W3C row. */
export function inferW3c(line: string): string | null {
  const cells = line.split(' ').filter((cell) => cell !== '');
  if (cells.length < 6 || !/^\d{4}-\d\d-\d\d$/.test(cells[0]!) || !/^\d\d:\d\d:\d\d$/.test(cells[1]!)) return null;
  const method = cells.findIndex(
    (cell, index) => index >= 2 && index < 8 && methodShape.test(cell) && cells[index + 1]?.startsWith('/'),
  );
  if (method === -1) return null;
  const names = ['date', 'time'];
  for (const cell of cells.slice(2, method)) {
    if (/^W3SVC\d+$/i.test(cell)) names.push('s-sitename');
    else if (bareAddress(cell) !== null || /^[\dx.]+$/i.test(cell)) names.push('s-ip');
    else names.push('s-computername');
  }
  names.push('cs-method', 'cs-uri-stem', 'cs-uri-query');
  let at = method + 3;
  if (number.test(cells[at] ?? '') && Number(cells[at]) < 65536) {
    names.push('s-port');
    at++;
  }
  // The user name is missing in hand-masked lines; then the address follows at once.
  if (bareAddress(cells[at] ?? '') === null && bareAddress(cells[at + 1] ?? '') !== null) {
    names.push('cs-username');
    at++;
  }
  if (bareAddress(cells[at] ?? '') === null) return null;
  names.push('c-ip');
  at++;
  if (/^HTTP\/[\d.]+$/.test(cells[at] ?? '')) {
    names.push('cs-version');
    at++;
  }
  const status = cells.findIndex((cell, index) => index >= at && /^[1-5]\d\d$/.test(cell) && number.test(cells[index + 1] ?? ''));
  if (status === -1) return null;
  const between = cells.slice(at, status);
  // A client that writes blanks is not possible in IIS's own rows, but in rows that went through a mail: all of it is the agent.
  const referer = between.length > 1 && /^(?:-|https?:.*)$/.test(between.at(-1)!);
  if (between.length >= 1) names.push('cs(User-Agent)');
  if (between.length === 3 && referer) names.push('cs(Cookie)');
  if (between.length === 4 && /:\d+$/.test(between[3]!)) names.push('cs(Cookie)', 'cs(Referer)', 'cs-host');
  else if (referer) names.push('cs(Referer)');
  names.push('sc-status', 'sc-substatus');
  const rest = cells.slice(status + 2);
  if (rest.length > 0 && number.test(rest[0]!)) {
    names.push('sc-win32-status');
    rest.shift();
  }
  const numbers = rest.findIndex((cell) => !number.test(cell));
  const counted = numbers === -1 ? rest.length : numbers;
  if (counted >= 3) names.push('sc-bytes', 'cs-bytes', 'time-taken');
  else if (counted === 2) names.push('cs-bytes', 'time-taken');
  else if (counted === 1) names.push('time-taken');
  if (numbers !== -1) {
    names.push('X-Forwarded-For');
    // Custom fields of the server: nobody can say what they mean.
    for (let extra = 1; numbers + extra < rest.length; extra++) names.push(`custom-${extra}`);
  }
  return names.join(' ');
}

const format = w3cFormat({
  logSource,
  fields: iisFields,
  required: ['cs-uri-stem'],
  surplus: 'cs(User-Agent)',
  infer: inferW3c,
});

export const iisW3c: Reader = {
  kind: logSource,
  logSource,
  speaksFor: 'span',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head, path) {
    // Advanced logging writes the same names in another dress.
    if (/^IIS Advanced Logging/i.test(headOf(head).software ?? '')) return 0;
    if (/^#\s*Fields:.*\bcs-uri-stem\b/im.test(head)) return 1;
    const first = headLines(head, 20).filter((line) => line !== '' && !line.startsWith('#'));
    if (first.length > 0 && inferW3c(first[0]!) !== null) return 0.8;
    if (/^#Software: Microsoft Internet Information Services/im.test(head)) return 0.7;
    return head === '' && /\\u_(?:ex|in|nc)\d{6,8}(?:_x)?\.log$/i.test(path) ? 0.5 : 0;
  },
  claims(line, previous) {
    if (/^#\s*(?:Fields:.*\bcs-uri-stem\b|Software: Microsoft Internet)/i.test(line)) return 1;
    if (previous && /^#(?!\s*(?:Fields|Software|Log-type)\s*:)/i.test(line)) return 1;
    if (inferW3c(line) !== null) return 2;
    // Rows of old logs carry only a time; `#Date` stands above them.
    return previous && /^\d\d:\d\d:\d\d \S+ /.test(line) ? 2 : 0;
  },
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
