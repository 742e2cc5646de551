/** What tools print about a server: tables, lists, cuts, console text. */
import { describe, expect, test } from 'vitest';
import { utf16 } from '../../test/support/memory.ts';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { powershellList } from './powershell-list.ts';
import { powershellTable } from './powershell-table.ts';
import { testProxylogonConsole } from './test-proxylogon-console.ts';
import { parseLogAges } from './test-proxylogon-record.ts';
import { testProxylogon } from './test-proxylogon.ts';

describe('cuts of HttpProxy logs', () => {
  test('with #TYPE line, quotes, few columns', () => {
    const text =
      '#TYPE Selected.System.Object\r\n"DateTime","AnchorMailbox","UrlStem"\r\n"2021-03-03T04:12:11.400Z","ServerInfo~a]@mx:444/x?#","/ecp/y.js"\r\n"2021-03-03T04:12:12.400Z"\r\n';
    const seen = scanText(testProxylogon, text);
    expect(fieldsOf(seen)).toEqual([
      { DateTime: '2021-03-03T04:12:11.400Z', AnchorMailbox: 'ServerInfo~a]@mx:444/x?#', UrlStem: '/ecp/y.js' },
      { DateTime: '2021-03-03T04:12:12.400Z' },
    ]);
    expect(seen.problems.map(({ code }) => code)).toEqual(['row.columns']);
    expect(testProxylogon.recognise(text, '')).toBe(0.95);
  });
  test('without a header', () => {
    const seen = scanText(testProxylogon, '"2021-03-03T04:12:11.400Z","ServerInfo~a]@mx:444/x?#"\n');
    expect(fieldsOf(seen)[0]).toMatchObject({ AnchorMailbox: 'ServerInfo~a]@mx:444/x?#' });
    expect(told(seen)).toEqual(['row.no_header@0×1']);
  });
});

describe('table', () => {
  const text =
    '\r\nDateTime                 AnchorMailbox\r\n--------                 -------------\r\n2021-03-03T04:12:11.400Z ServerInfo~a]@mx:444/a b c?#\r\n2021-03-03T04:12:12.400Z ServerVersion~18...\r\n\r\n';
  test('the last column holds blanks; the line of dashes is no row', () => {
    const seen = scanText(powershellTable, text);
    expect(fieldsOf(seen).map(({ AnchorMailbox }) => AnchorMailbox)).toEqual([
      'ServerInfo~a]@mx:444/a b c?#',
      'ServerVersion~18...',
    ]);
    expect([seen.count, seen.lines]).toEqual([2, 6]);
    expect(seen.problems.map(({ code }) => code)).toEqual(['row.cut_off']);
    expect(powershellTable.recognise(text, '')).toBe(0.9);
  });
  test('as PowerShell redirects it', () => {
    expect(scanText(powershellTable, utf16(text)).rows.map(({ at, line }) => [at, line])).toEqual(
      scanText(powershellTable, text).rows.map(({ at, line }) => [at * 2 + 2, line]),
    );
  });
  test('more columns', () => {
    const more = 'DateTime ClientIpAddress AnchorMailbox\n2021-03-03T04:12:11Z 192.0.2.7 ServerInfo~a\n';
    expect(powershellTable.recognise(more, '')).toBe(0.9);
    expect(fieldsOf(scanText(powershellTable, more))[0]).toMatchObject({ ClientIpAddress: '192.0.2.7' });
  });
});

describe('list', () => {
  const text =
    'Name        : OAB (Default Web Site)\nServer      : MX1\nExternalUrl : http://f/#<s x="\n              y">z\nWhenChangedUTC : 2021-03-03T04:12:11Z\n\nName        : second\nServer : MX2\nExternalUrl :\n';
  test('wrapped values, several objects, a state’s day', () => {
    const seen = scanText(powershellList, text);
    expect(fieldsOf(seen)).toMatchObject([
      { Name: 'OAB (Default Web Site)', Server: 'MX1', ExternalUrl: 'http://f/#<s x="y">z' },
      { Name: 'second', Server: 'MX2' },
    ]);
    expect(fieldsOf(seen)[1]).not.toHaveProperty('ExternalUrl');
    expect(seen.rows.map(({ at, line, time }) => [at, line, time])).toEqual([
      [0, 1, '2021-03-03T04:12:11.000Z'],
      [text.indexOf('Name        : second'), 7, null],
    ]);
    expect(seen.lines).toBe(9);
  });
  test.each([
    ['CR alone', new TextEncoder().encode(text.replaceAll('\n', '\r'))],
    ['UTF-16', utf16(text)],
    ['beyond ASCII', new TextEncoder().encode(`Name : é€😀\n\n${text}`)],
  ])('%s', (_name, bytes) => {
    const seen = scanText(powershellList, bytes);
    expect(
      fieldsOf(seen)
        .map(({ Server }) => Server)
        .filter((server) => server !== undefined),
    ).toEqual(['MX1', 'MX2']);
    for (const { at, raw } of seen.rows) expect(bytes.slice(at, at + raw.length)).toEqual(raw);
  });
});

describe('console', () => {
  const text = [
    'WARNUNG: Die Ausführungsrichtlinie wurde geändert.',
    'ProxyLogon Status: Exchange Server MX1',
    '  Log age days: Oabgen  Ecp 29,5 Autod 30.1 Eas 12',
    '  [CVE-2021-26855] Suspicious activity found in Http Proxy log!',
    '      C:\\ProgramData\\x.csv',
    '  Other suspicious files found: 1',
    '  LsassDump : C:\\windows\\temp\\lsass.dmp',
    'ProxyLogon Status: Exchange Server MX2',
    '  Nothing suspicious detected',
    '',
  ].join('\r\n');
  test('servers, ages with either decimal sign, findings', () => {
    const seen = scanText(testProxylogonConsole, text);
    expect(fieldsOf(seen).map(({ Server, Kind, Cve, Value }) => [Server, Kind, Cve ?? '', Value])).toEqual([
      ['MX1', 'log_absent', '', 'Oabgen'],
      ['MX1', 'log_age', '', 'Ecp 29.5'],
      ['MX1', 'log_age', '', 'Autod 30.1'],
      ['MX1', 'log_age', '', 'Eas 12'],
      ['MX1', 'suspicious', 'CVE-2021-26855', 'Suspicious activity found in Http Proxy log!'],
      ['MX1', 'suspicious_file', 'CVE-2021-26855', 'C:\\ProgramData\\x.csv'],
      ['MX1', 'other_suspicious_file', '', 'C:\\windows\\temp\\lsass.dmp'],
      ['MX2', 'nothing_found', '', 'Nothing suspicious detected'],
    ]);
    const bytes = new TextEncoder().encode(text);
    expect(told(seen)).toEqual([`tool.skipped@${bytes.indexOf('L'.charCodeAt(0), 90) - 2}×1`]);
    for (const { at, raw } of seen.rows) expect(bytes.slice(at, at + raw.length)).toEqual(raw);
  });
  test.each([
    [
      'Oabgen  Ecp 29.5',
      [
        ['Oabgen', null],
        ['Ecp', 29.5],
      ],
    ],
    ['', []],
    ['7 8', []],
  ])('ages: %s', (ages, wanted) => {
    expect([...parseLogAges(ages)]).toEqual(wanted);
  });
});
