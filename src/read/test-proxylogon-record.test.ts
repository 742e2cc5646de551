/** The outputs of Test-ProxyLogon in the forms of its versions and of the languages it ran in. */
import { describe, expect, test } from 'vitest';
import { fieldsOf, scanText, type Seen, told } from '../../test/support/scan.ts';
import { testProxylogonConsole } from './test-proxylogon-console.ts';
import { testProxylogonEvents } from './test-proxylogon-events.ts';
import { testProxylogonLogAge } from './test-proxylogon-log-age.ts';
import { testProxylogonOther } from './test-proxylogon-other.ts';
import { testProxylogonPaths } from './test-proxylogon-paths.ts';
import { parseLogAges, toolLogName } from './test-proxylogon-record.ts';
import { testProxylogon } from './test-proxylogon.ts';

const short = (seen: Seen): string[] =>
  fieldsOf(seen).map(({ Server, Kind, Cve, Value }) => [Server ?? '', Kind, Cve ?? '', Value].join(' | '));

describe('console', () => {
  test('the version of March 2021, with what it could not do', () => {
    const text = [
      'ProxyLogon Status: Exchange Server MAIL01',
      '  Log age days: OabGen 1\u00a0234,5 Ecp 3,5 AutoD  Eas 12',
      '  Report exported to: C:\\temp\\MAIL01-LogAgeDays.csv',
      '  [CVE-2021-27065] Suspicious activity found in ECP logs!',
      "  Please review the following files for 'Set-*VirtualDirectory' entries (potentially malicious urls used):",
      '   C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Logging\\ECP\\Server\\ECPServer20210303-1.LOG',
      '  [CVE-2021-27065] WebShell possibly downloaded in file system',
      '  [CVE-2021-26857] Suspicious activity found in Eventlog!',
      '  2 events found',
      '  Warning: Unable to copy file C:\\x.LOG. File does not exist.',
      '',
      'ProxyLogon Status: Exchange Server OLD01',
      '  Exchange 2013 or later not found. Skipping CVE-2021-26855 test.',
      '  Nothing suspicious detected',
      '',
    ].join('\r\n');
    const seen = scanText(testProxylogonConsole, text);
    expect(short(seen)).toEqual([
      'MAIL01 | log_age |  | Oabgen 1234.5',
      'MAIL01 | log_age |  | Ecp 3.5',
      'MAIL01 | log_absent |  | Autod',
      'MAIL01 | log_age |  | Eas 12',
      'MAIL01 | report |  | C:\\temp\\MAIL01-LogAgeDays.csv',
      'MAIL01 | suspicious | CVE-2021-27065 | Suspicious activity found in ECP logs!',
      'MAIL01 | suspicious_file | CVE-2021-27065 | C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Logging\\ECP\\Server\\ECPServer20210303-1.LOG',
      'MAIL01 | suspicious | CVE-2021-27065 | WebShell possibly downloaded in file system',
      'MAIL01 | suspicious | CVE-2021-26857 | Suspicious activity found in Eventlog!',
      'MAIL01 | skipped |  | Unable to copy file C:\\x.LOG. File does not exist.',
      'OLD01 | skipped |  | CVE-2021-26855 test',
      'OLD01 | nothing_found |  | Nothing suspicious detected',
    ]);
    expect(seen.problems.map(({ code, count }) => [code, count])).toEqual([['tool.skipped', 3]]);
  });
  test('the first version, on a German server', () => {
    const text = [
      'This script checks for exploits using the instructions outlined in https://www.microsoft.com/security/blog/2021/03/02/hafnium-targeting-exchange-servers',
      'Checking for CVE-2021-26855 in the HttpProxy logs',
      'WARNUNG: Suspicious entries found in D:\\Exchange\\Logging\\HttpProxy.  Check the .\\CVE-2021-26855.csv log for specific entries.',
      '',
      'Checking for CVE-2021-26858 in the OABGenerator logs',
      'No suspicious entries found.',
      '',
      'Checking for suspicious files',
      'No suspicious lsass dumps found.',
      'WARNUNG: Zipped files found in C:\\ProgramData, please verify these are expected:',
      'C:\\ProgramData\\App\\setup.zip',
      '',
    ].join('\r\n');
    const seen = scanText(testProxylogonConsole, text);
    expect(short(seen)).toEqual([
      ' | suspicious | CVE-2021-26855 | Suspicious entries found in D:\\Exchange\\Logging\\HttpProxy.  Check the .\\CVE-2021-26855.csv log for specific entries.',
      ' | nothing_found | CVE-2021-26858 | No suspicious entries found.',
      ' | nothing_found |  | No suspicious lsass dumps found.',
      ' | other_suspicious_file |  | C:\\ProgramData\\App\\setup.zip',
    ]);
    expect([seen.count, told(seen)]).toEqual([4, []]);
    expect(testProxylogonConsole.recognise(text, '')).toBe(0.85);
  });
  test('the name before, and a check that PowerShell refused', () => {
    const text =
      'Hafnium Status: Exchange Server MAIL01\nGet-ChildItem : Cannot find path C:\\X because it does not exist.\n  Nothing suspicious detected\n';
    const seen = scanText(testProxylogonConsole, text);
    expect(short(seen)).toEqual([
      'MAIL01 | skipped |  | Cannot find path C:\\X because it does not exist.',
      'MAIL01 | nothing_found |  | Nothing suspicious detected',
    ]);
    expect(seen.problems.map(({ code, count }) => [code, count])).toEqual([['tool.skipped', 1]]);
  });
  test('a question about the tool is none of its lines', () => {
    for (const line of [
      'Were we hacked? Test-ProxyLogon says Nothing suspicious detected',
      'No suspicious entries found, so we are fine?',
      'Checking for CVE-2021-26855 now',
    ])
      expect(testProxylogonConsole.claims(line, false)).toBe(0);
  });
});

describe('CSV files', () => {
  test.each([
    [
      'CVE-2021-26855, with a type line',
      '#TYPE Selected.System.Management.Automation.PSCustomObject\r\n"DateTime","RequestId","ClientIPAddress","UrlHost","UrlStem","RoutingHint","UserAgent","AnchorMailbox","HttpStatus"\r\n"2021-03-03T04:12:11.400Z","aa","203.0.113.9","mx","/ecp/y.js","X-BEResource-Cookie","curl, 7","ServerInfo~a]@mx:444/x?#","241"\r\n',
    ],
    ['without quotes', 'DateTime,AnchorMailbox,HttpStatus\n2021-03-03T04:12:11.400Z,ServerInfo~a]@mx:444/x?#,241\n'],
  ])('%s', (_name, text) => {
    expect(testProxylogon.recognise(text, '')).toBe(0.95);
    const seen = scanText(testProxylogon, text);
    expect(fieldsOf(seen)).toMatchObject([{ AnchorMailbox: 'ServerInfo~a]@mx:444/x?#', HttpStatus: '241' }]);
    expect([seen.count, told(seen)]).toEqual([1, []]);
  });
  test.each([
    ['decimal points', '"OabGen","Ecp","AutoDProxy","OwaCalendarProxy"\r\n"","29.5","30.0","1,234.5"\r\n'],
    ['decimal commas, as Excel stored it', 'OabGen;Ecp;AutoDProxy;OwaCalendarProxy\r\n;29,5;30,0;1.234,5\r\n'],
  ])('log ages with %s', (_name, text) => {
    expect(testProxylogonLogAge.recognise(text, '')).toBe(0.95);
    const seen = scanText(testProxylogonLogAge, text);
    expect(short(seen)).toEqual([
      ' | log_absent |  | Oabgen',
      ' | log_age |  | Ecp 29.5',
      ' | log_age |  | Autod 30',
      ' | log_age |  | OwaCal 1234.5',
    ]);
    expect(seen.problems.map(({ code, found }) => [code, found])).toEqual([['tool.skipped', 'OABGenerator log']]);
  });
  test.each([
    ['"29.5","30.0","30.0","30.0","30.0","30.0","30.0","30.0","30.0","30.0","30.0","30.0"', 2],
    ['"","29,5","30,0","30,0","30,0","30,0","30,0","30,0","30,0","30,0","30,0","1.234,5"', 2],
    [';29,5;30,0;30,0;30,0;30,0;30,0;30,0;30,0;30,0;30,0;30,0', 2],
    ['29.5,30.0', 0],
    // As long as a line may be: no try and error over its commas.
    ['1,'.repeat(500_000), 0],
    [`${'1,'.repeat(149)}x`, 0],
  ])('a row of ages %#', (line, wanted) => {
    expect(testProxylogonLogAge.claims(line, true)).toBe(wanted);
  });
  test('an age that can be two numbers is none', () => {
    const seen = scanText(testProxylogonLogAge, '"OabGen","Ecp","EasProxy"\n"1,0","1,234","2"\n');
    expect(short(seen)[1]).toBe(' | log_absent |  | Ecp');
    expect(seen.problems.map(({ found }) => found)).toEqual(['Ecp: 1,234']);
  });
  test('other files: the day is told by the column, and is UTC', () => {
    const text =
      '#TYPE System.Management.Automation.PSCustomObject\r\n"ComputerName","Type","Path","Name","LastWrite"\r\n"MAIL01","SuspiciousArchive","C:\\ProgramData\\a.zip","a.zip","03/04/2021 07:52:03"\r\n"MAIL01","LsassDump","C:\\windows\\temp\\lsass.dmp","lsass.dmp","22/04/2021 07:52:03"\r\n';
    const seen = scanText(testProxylogonOther, text);
    expect(fieldsOf(seen).map(({ Server, Path, Seen }) => [Server, Path, Seen])).toEqual([
      ['MAIL01', 'C:\\ProgramData\\a.zip', '2021-04-03T07:52:03.000Z'],
      ['MAIL01', 'C:\\windows\\temp\\lsass.dmp', '2021-04-22T07:52:03.000Z'],
    ]);
    expect([seen.count, told(seen)]).toEqual([2, []]);
    const alone = scanText(testProxylogonOther, text.split('\r\n').slice(0, 3).join('\r\n'));
    expect(alone.problems.map(({ code }) => code)).toEqual(['row.time_ambiguous']);
    expect(fieldsOf(alone)[0]).not.toHaveProperty('Seen');
  });
  test('events whose message has several lines', () => {
    const text =
      '"TimeCreated","MachineName","Message"\r\n"03.03.2021 07:52:03","MAIL01","The call failed.\r\nSystem.InvalidCastException: ""x"" is no y"\r\n"04.03.2021 07:52:03","MAIL01","System.InvalidCastException"\r\n';
    expect(testProxylogonEvents.recognise(text, '')).toBe(0.95);
    const seen = scanText(testProxylogonEvents, text);
    expect(fieldsOf(seen).map(({ Seen, Value }) => [Seen, Value])).toEqual([
      ['2021-03-03T07:52:03', 'The call failed. System.InvalidCastException: "x" is no y'],
      ['2021-03-04T07:52:03', 'System.InvalidCastException'],
    ]);
    expect(seen.rows.map(({ line, time }) => [line, time])).toEqual([
      [2, null],
      [4, null],
    ]);
    expect(told(seen)).toEqual([]);
  });
  test('lists of paths are known by the name of their file', () => {
    const text = "'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx'\r\nC:\\Logging\\ECP\\Server\\ECPServer20210303-1.LOG\r\n";
    expect(testProxylogonPaths.recognise(text, 'C:\\out\\MAIL01-Cve-2021-26858-DownloadPaths.log')).toBe(0.95);
    expect(testProxylogonPaths.recognise(text, 'C:\\out\\list.log')).toBe(0);
    expect(testProxylogonPaths.recognise('no path\n', 'C:\\out\\MAIL01-Cve-2021-26858.log')).toBe(0);
    expect(short(scanText(testProxylogonPaths, text))).toEqual([
      ' | download_path | CVE-2021-26858 | C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx',
      ' | suspicious_file | CVE-2021-27065 | C:\\Logging\\ECP\\Server\\ECPServer20210303-1.LOG',
    ]);
  });
  test('a stray quote does not swallow the file', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `"MAIL01","LsassDump","C:\\${i}.dmp","x","2021-03-03 07:52:03"`);
    rows[5] = '"MAIL01,LsassDump,C:\\x.dmp,x,2021-03-03 07:52:03';
    const seen = scanText(testProxylogonOther, `"ComputerName","Type","Path","Name","LastWrite"\n${rows.join('\n')}`);
    expect(seen.count).toBe(2000);
    expect(seen.problems.map(({ code, count }) => [code, count])).toEqual([['csv.open_quote', 1]]);
  });
});

test.each([
  ['AutoDProxy', 'Autod'],
  ['OabGen', 'Oabgen'],
  ['EcpProxy', 'EcpProxy'],
  ['Ecp', 'Ecp'],
  ['OwaCalendarProxy', 'OwaCal'],
  ['PSComputerName', null],
])('log name %s', (name, wanted) => {
  expect(toolLogName(name)).toBe(wanted);
});

test('ages', () => {
  expect([...parseLogAges('OabGen  Ecp 29,5 Autod 30.0')]).toEqual([
    ['Oabgen', null],
    ['Ecp', 29.5],
    ['Autod', 30],
  ]);
});
