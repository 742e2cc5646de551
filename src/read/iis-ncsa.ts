/**
 * IIS in the NCSA common form (`u_nc*.log`, `nc*.log`). Rows are rows of iis-w3c. The same form written by another server is
 * web-access: the file's name and folder, or an account with its domain, tell.
 * @see https://learn.microsoft.com/en-us/previous-versions/iis/6.0-sdk/ms525807(v=vs.90)
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { TextScanner } from '../kernel/index.ts';
import { headOf } from './head.ts';
import { iisFields } from './iis-w3c.ts';
import { isNcsa, ncsaFormat } from './ncsa.ts';

const format = ncsaFormat('iis-w3c', iisFields, { referer: 'cs(Referer)', agent: 'cs(User-Agent)' });
const place = /\\W3SVC\d+\\|\\(?:u_)?nc\d{4,8}(?:_x)?\.log$/i;
/** IIS writes the account with one backslash; Apache doubles it, nginx writes `\x5C`. */
const domainUser = /^\S+ - [A-Za-z0-9._-]+\\(?!\\|x5C)[^\\ ]+ \[/;

export const iisNcsa: Reader = {
  kind: 'iis-ncsa',
  logSource: 'iis-w3c',
  speaksFor: 'span',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head, path) {
    const { rows } = headOf(head);
    return isNcsa(rows[0] ?? '') && (place.test(path) || rows.some((row) => domainUser.test(row))) ? 0.95 : 0;
  },
  claims: (line) => (isNcsa(line) && domainUser.test(line) ? 2 : 0),
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
