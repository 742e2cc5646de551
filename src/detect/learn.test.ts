import { expect, test } from 'vitest';
import type { Hit } from '../core/hit.ts';
import { learnPages, pageOfFile } from './learn.ts';

const hit = (eventData: string): Hit => ({
  artifact: 'a',
  rules: ['r'],
  key: 'k',
  count: 1,
  firstMs: null,
  lastMs: null,
  answered: { bytes: 0, rows: 0 },
  days: [],
  rows: [
    {
      artifact: 'a',
      offsetBytes: 0,
      line: 1,
      recordId: null,
      timeMs: null,
      logSource: 'ecp-server',
      fields: { EventData: eventData },
      values: {},
      rawBase64: '',
      sha256: '',
      rules: ['r'],
    },
  ],
});
const none: ReadonlySet<string> = new Set();

test.each([
  ['C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx', '/aspnet_client/a.aspx'],
  ['D:\\Exchange\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\B.aspx', '/owa/auth/b.aspx'],
  ['C:\\Windows\\Temp\\a.aspx', null],
])('the address of %s', (file, page) => {
  expect(pageOfFile(file)).toBe(page);
});

test.each([
  ['a drive', `S:CMD=Set-X.FilePathName='C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx'`],
  ['a share', `S:CMD=Set-X.FilePathName='\\\\127.0.0.1\\c$\\inetpub\\wwwroot\\aspnet_client\\a.aspx'`],
  ['doubled backslashes', `S:CMD=Set-X.FilePathName='C:\\\\inetpub\\\\wwwroot\\\\aspnet_client\\\\a.aspx'`],
  ['a share, doubled', `S:CMD=Set-X.FilePathName='\\\\\\\\mx1\\\\c$\\\\inetpub\\\\wwwroot\\\\aspnet_client\\\\a.aspx'`],
  ['percent', 'S:URL=/x?f=C%3A%5Cinetpub%5Cwwwroot%5Caspnet_client%5Ca.aspx'],
])('a page is learnt from %s', (_name, data) => {
  expect(learnPages([hit(data)], none).pages).toEqual(['/aspnet_client/a.aspx']);
});

test('what was asked is not asked again, in no rule either', () => {
  const hits = [hit(`'C:\\inetpub\\wwwroot\\a.aspx'`), hit(`'C:\\inetpub\\wwwroot\\b.aspx'`)];
  const { pages, rules } = learnPages(hits, new Set(['/a.aspx']));
  expect(pages).toEqual(['/b.aspx']);
  expect(JSON.stringify(rules)).not.toContain('/a.aspx');
  expect(learnPages(hits, new Set(['/a.aspx', '/b.aspx']))).toEqual({ pages: [], rules: [] });
});

test('pages beyond the limit of a round come in the next', () => {
  const hits = Array.from({ length: 600 }, (_, i) => hit(`'C:\\inetpub\\wwwroot\\p${String(i).padStart(3, '0')}.aspx'`));
  const first = learnPages(hits, none).pages;
  const second = learnPages(hits, new Set(first)).pages;
  expect([first.length, second.length]).toEqual([500, 100]);
  expect(new Set([...first, ...second]).size).toBe(600);
});

test('a file that the address book service was made to write is asked for; one in its own folder is none', () => {
  const row = hit('').rows[0]!;
  const oab = (path: string): Hit => ({
    ...hit(''),
    rows: [{ ...row, logSource: 'oab-generator', fields: { TemporaryFile: path } }],
  });
  expect(learnPages([oab('C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx')], none).pages).toEqual(['/aspnet_client/x.aspx']);
  expect(learnPages([oab('C:\\Exchange\\V15\\ClientAccess\\OAB\\Temp\\a.tmp')], none).pages).toEqual([]);
});
