/** Listings of files in every form that people hand over. */
import { describe, expect, test } from 'vitest';
import { utf16 } from '../../test/support/memory.ts';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { dirListing } from './dir-listing.ts';
import { windowsPathOf } from './listing.ts';
import { lsListing } from './ls-listing.ts';
import { netUser } from './net-user.ts';
import { pathList } from './path-list.ts';

const paths = (seen: ReturnType<typeof scanText>): (string | undefined)[] => fieldsOf(seen).map(({ Path }) => Path);

describe('path-list', () => {
  const text = [
    'c:\\inetpub\\wwwroot\\aspnet_client\\system_web\\q7wz0kpt.aspx',
    '"C:\\\\Program Files\\\\Microsoft\\\\Exchange Server\\\\V15\\\\FrontEnd\\\\HttpProxy\\\\owa\\\\auth\\\\x.aspx"',
    'A  SH                C:\\inetpub\\wwwroot\\aspnet_client\\y.aspx',
    '/mnt/c/inetpub/wwwroot/aspnet_client/z.aspx',
    './image/inetpub/wwwroot/aspnet_client',
    '\\\\MAIL01\\c$\\inetpub\\wwwroot\\u.aspx',
    '',
  ].join('\r\n');
  test('one spelling for all', () => {
    const seen = scanText(pathList, text);
    expect(paths(seen)).toEqual([
      'C:\\inetpub\\wwwroot\\aspnet_client\\system_web\\q7wz0kpt.aspx',
      'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\x.aspx',
      'C:\\inetpub\\wwwroot\\aspnet_client\\y.aspx',
      'C:\\inetpub\\wwwroot\\aspnet_client\\z.aspx',
      'inetpub\\wwwroot\\aspnet_client',
      '\\\\MAIL01\\c$\\inetpub\\wwwroot\\u.aspx',
    ]);
    expect(fieldsOf(seen)[2]).toMatchObject({ Name: 'y.aspx', Attributes: 'ASH' });
    expect([seen.count, seen.lines, seen.problems]).toEqual([6, 6, []]);
    expect(pathList.recognise(text, '')).toBe(0.9);
    expect(fieldsOf(scanText(pathList, utf16(text)))).toEqual(fieldsOf(seen));
  });
  test.each([
    ['a sentence', 'Look at C:\\inetpub\\wwwroot\\x.aspx'],
    ['a path within one', 'C:\\inetpub\\wwwroot\\x.aspx is the one'],
    ['a variable', '%PROGRAMFILES%\\Microsoft\\Exchange Server\\V15\\Logging\\x.log'],
    ['a command', 'C:\\Windows\\System32\\net.exe user C:\\x\\y.txt'],
    ['a web address', 'https://mail.haven.example/owa/auth/x.aspx'],
    ['a path of the site', '/aspnet_client/x.aspx'],
    ['a folder alone', 'C:\\inetpub'],
    ['a log row', '2021-03-03 05:31:20 10.0.0.5 GET /owa/auth/x.aspx - 443 - 192.0.2.7 curl 404 0 0 1'],
  ])('%s is no path', (_name, line) => {
    expect(pathList.claims(line, true)).toBe(0);
  });
  test.each([
    ['C:/inetpub/wwwroot/x.aspx', 'C:\\inetpub\\wwwroot\\x.aspx'],
    ['\\\\?\\C:\\inetpub\\x', 'C:\\inetpub\\x'],
    ['C:\\a:b', null],
    [`C:\\${'a'.repeat(5000)}`, null],
    ['relative\\x', null],
  ])('%s', (printed, path) => {
    expect(windowsPathOf(printed)).toBe(path);
  });
});

describe('dir-listing', () => {
  const english = [
    ' Volume in drive C is OS',
    ' Volume Serial Number is 1A2B-3C4D',
    '',
    ' Directory of C:\\inetpub\\wwwroot\\aspnet_client',
    '',
    '03/22/2021  05:31 AM    <DIR>          NT AUTHORITY\\SYSTEM    .',
    '03/22/2021  05:31 AM    <DIR>          NT AUTHORITY\\SYSTEM    ..',
    '03/03/2021  05:31 AM             2,048 NT AUTHORITY\\SYSTEM    my page.aspx',
    '03/03/2021  06:00 PM               123 HAVEN\\anna             x.aspx',
    '               2 File(s)          2,171 bytes',
    '',
    ' Directory of C:\\inetpub\\wwwroot',
    '',
    '03/03/2021  05:31 AM                 7 BUILTIN\\Administrators y.htm',
    '     Total Files Listed:',
    '               3 File(s)          2,178 bytes',
    '',
  ].join('\r\n');
  test('folders, owners, dates in the order that the whole listing tells', () => {
    const seen = scanText(dirListing, english);
    expect(fieldsOf(seen)).toEqual([
      {
        Path: 'C:\\inetpub\\wwwroot\\aspnet_client\\my page.aspx',
        Name: 'my page.aspx',
        Bytes: '2048',
        Modified: '2021-03-03T05:31:00',
        Owner: 'NT AUTHORITY\\SYSTEM',
      },
      {
        Path: 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx',
        Name: 'x.aspx',
        Bytes: '123',
        Modified: '2021-03-03T18:00:00',
        Owner: 'HAVEN\\anna',
      },
      {
        Path: 'C:\\inetpub\\wwwroot\\y.htm',
        Name: 'y.htm',
        Bytes: '7',
        Modified: '2021-03-03T05:31:00',
        Owner: 'BUILTIN\\Administrators',
      },
    ]);
    // The wall clock of a zone that the text does not say is no time.
    expect(seen.rows.map(({ time }) => time)).toEqual([null, null, null]);
    expect(seen.problems).toEqual([]);
    expect(dirListing.recognise(english, '')).toBe(0.85);
  });
  test.each([
    [
      'German',
      ' Datenträger in Laufwerk C: ist OS\r\n Verzeichnis von C:\\inetpub\\wwwroot\r\n\r\n03.03.2021  05:31    <DIR>          .\r\n03.03.2021  05:31             2.048 x y.aspx\r\n               1 Datei(en),          2.048 Bytes\r\n',
    ],
    [
      'French',
      ' Répertoire de C:\\inetpub\\wwwroot\r\n\r\n23/03/2021  05:31    <DIR>          .\r\n03/03/2021  05:31             2 048 x y.aspx\r\n               1 fichier(s)            2 048 octets\r\n',
    ],
  ])('%s', (_name, text) => {
    const seen = scanText(dirListing, text);
    expect(fieldsOf(seen)).toEqual([
      { Path: 'C:\\inetpub\\wwwroot\\x y.aspx', Name: 'x y.aspx', Bytes: '2048', Modified: '2021-03-03T05:31:00' },
    ]);
    expect(seen.problems).toEqual([]);
    expect(dirListing.recognise(text, '')).toBe(0.85);
  });
  test('a day that may be a month is said and not guessed', () => {
    const seen = scanText(dirListing, ' Directory of C:\\inetpub\n\n03/04/2021  05:31             2 x.aspx\n');
    expect(fieldsOf(seen)[0]).toMatchObject({ Modified: '03/04/2021  05:31' });
    expect(told(seen)).toEqual(['row.time_ambiguous@26×1']);
  });
  test('what claims to be a name and is none is no file', () => {
    expect(scanText(dirListing, ' Directory of C:\\inetpub\n03/04/2021  05:31             2 ..\\x.aspx\n').count).toBe(0);
  });
});

describe('ls-listing', () => {
  test('folders of an image, dates with and without a zone', () => {
    const seen = scanText(
      lsListing,
      '/mnt/c/inetpub/wwwroot/aspnet_client:\ntotal 8\ndrwxr-xr-x 2 root root 4096 Mar  3  2021 system_web\n-rw-r--r-- 1 root root 2048 Mar  3  2021 my page.aspx\n-rw-r--r-- 1 root root 7 Nov 30 05:31 y.aspx\n  12 4 -rwxrwxrwx 1 root root 9 2021-03-03 05:31:20.000000000 +0100 ./image/inetpub/wwwroot/z.aspx\n',
    );
    expect(fieldsOf(seen)).toMatchObject([
      { Path: 'C:\\inetpub\\wwwroot\\aspnet_client\\my page.aspx', Bytes: '2048', Modified: '2021-03-03' },
      { Path: 'C:\\inetpub\\wwwroot\\aspnet_client\\y.aspx', Modified: 'Nov 30 05:31' },
      { Path: 'inetpub\\wwwroot\\z.aspx', Owner: 'root' },
    ]);
    expect(seen.rows.map(({ time }) => time)).toEqual([null, null, '2021-03-03T04:31:20.000Z']);
    expect(seen.problems).toEqual([]);
  });
});

describe('net-user', () => {
  test('names in columns, and members of a group one a line', () => {
    const rule = '-'.repeat(79);
    const seen = scanText(
      netUser,
      `\nUser accounts for \\\\MAIL01\n\n${rule}\nAdministrator            DefaultAccount           Guest\nx y\nThe command completed successfully.\n\nAlias name     Administrators\nComment        x\n\nMembers\n\n${rule}\nMAIL01\\Administrator\nHAVEN\\Domain Admins\nThe command completed successfully.\n`,
    );
    expect(fieldsOf(seen)).toEqual([
      { Name: 'Administrator', Computer: 'MAIL01' },
      { Name: 'DefaultAccount', Computer: 'MAIL01' },
      { Name: 'Guest', Computer: 'MAIL01' },
      { Name: 'x y', Computer: 'MAIL01' },
      { Name: 'MAIL01\\Administrator', Group: 'Administrators' },
      { Name: 'HAVEN\\Domain Admins', Group: 'Administrators' },
    ]);
    expect(seen.problems).toEqual([]);
  });
});

test('a mark of the encoding is no letter of the first line', () => {
  const bom = '\ufeff';
  expect(scanText(pathList, `${bom}C:\\inetpub\\wwwroot\\x.aspx\n`).rows.map(({ at }) => at)).toEqual([3]);
});
