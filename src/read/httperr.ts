/**
 * Error log of HTTP.sys (`httperrN.log`): requests that Windows itself refused or lost before IIS saw them. Times are UTC.
 * Old systems write no header.
 * @see https://learn.microsoft.com/en-us/windows/win32/http/types-of-errors-logged-by-the-http-server-api
 */
import { bareAddress } from '../core/address.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { TextScanner } from '../kernel/index.ts';
import { headOf } from './head.ts';
import { by, type FieldFacts } from './layout.ts';
import { w3cFormat } from './w3c.ts';

const logSource = 'httperr';

const fields: Readonly<Record<string, FieldFacts>> = {
  date: by('server', undefined, { type: 'time' }),
  time: by('server', undefined, { type: 'time' }),
  'c-ip': by('server', 'client.address', { type: 'ip' }),
  'c-port': by('server', undefined, { type: 'int' }),
  's-ip': by('server', 'server.address', { type: 'ip' }),
  's-port': by('server', 'server.port', { type: 'int' }),
  'cs-version': by('client'),
  'cs-method': by('client', 'http.method'),
  'cs-uri': by('client', 'url.original', { percent: true }),
  streamid: by('server'),
  streamid_ex: by('server'),
  'sc-status': by('server', 'http.status', { type: 'int' }),
  's-siteid': by('server'),
  's-reason': by('server', 'event.reason'),
  's-queuename': by('server', 'service.name'),
  transport: by('server'),
};

/** By number of columns: old systems, Windows Server 2016, newer ones. */
const headers: Readonly<Record<number, string>> = {
  13: 'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename',
  14: 'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid sc-status s-siteid s-reason s-queuename',
  16: 'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid streamid_ex sc-status s-siteid s-reason s-queuename transport',
};

/** Two addresses with two ports behind them stand in no other log of web servers. */
function infer(line: string): string | null {
  const cells = line.split(' ', 20).filter((cell) => cell !== '');
  if (!/^\d{4}-\d\d-\d\d$/.test(cells[0] ?? '') || !/^\d\d:\d\d:\d\d$/.test(cells[1] ?? '')) return null;
  const pairs = [2, 4].every((at) => bareAddress(cells[at] ?? '') !== null && /^\d{1,5}$/.test(cells[at + 1] ?? ''));
  return pairs ? (headers[cells.length] ?? null) : null;
}

const place = /\\HTTPERR\\|\\httperr\d*\.log$/i;
const isHeader = (names: string): boolean => /\bs-reason\b/i.test(names) && /\bcs-uri\b(?!-)/i.test(names);
const format = w3cFormat({ logSource, fields, required: ['cs-uri', 's-reason'], surplus: 'cs-uri', infer });

export const httperr: Reader = {
  kind: logSource,
  logSource,
  speaksFor: 'span',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head, path) {
    const { software, fieldLists, rows } = headOf(head);
    if (fieldLists.length > 0) return isHeader(fieldLists[0]!) ? 1 : 0;
    if (/^Microsoft HTTP (?:Server )?API/i.test(software ?? '')) return 0.9;
    if (rows.length === 0 || infer(rows[0]!) === null) return 0;
    return place.test(path) ? 0.95 : 0.8;
  },
  claims(line, previous) {
    if (line.startsWith('#')) {
      const fieldList = /^#\s*Fields\s*:\s*(.*)$/i.exec(line);
      if (fieldList !== null) return isHeader(fieldList[1]!) ? 1 : 0;
      return previous || /^#\s*Software:\s*Microsoft HTTP/i.test(line) ? 1 : 0;
    }
    return infer(line) === null ? 0 : 2;
  },
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
