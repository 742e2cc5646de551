import { describe, expect, test } from 'vitest';
import { utf16 } from '../../test/support/memory.ts';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { iisW3c, inferW3c } from './iis-w3c.ts';

const names = 'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status time-taken';
const header = `#Fields: ${names}\r\n`;
const row = (stem: string, agent = 'curl/7.6', status = '200'): string =>
  `2021-03-03 04:12:11 10.0.0.5 GET ${stem} - 443 - 203.0.113.9 ${agent} ${status} 15`;

test('fields, offset, line and time of a row', () => {
  const seen = scanText(
    iisW3c,
    `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n${header}${row('/owa/')}\r\n`,
  );
  expect(seen.rows).toMatchObject([{ at: 72 + header.length, line: 4, time: '2021-03-03T04:12:11.000Z' }]);
  expect(seen.rows[0]!.fields).toEqual({
    date: '2021-03-03',
    time: '04:12:11',
    's-ip': '10.0.0.5',
    'cs-method': 'GET',
    'cs-uri-stem': '/owa/',
    's-port': '443',
    'c-ip': '203.0.113.9',
    'cs(User-Agent)': 'curl/7.6',
    'sc-status': '200',
    'time-taken': '15',
  });
  expect([seen.count, seen.lines, told(seen)]).toEqual([1, 4, []]);
});

test('the header changes in mid-file; a blank after # and odd case do no harm', () => {
  const seen = scanText(iisW3c, `${header}${row('/a')}\n# fields: TIME DATE CS-URI-STEM c-ip\n04:00:01 2021-03-04 /b ::1\n`);
  expect(fieldsOf(seen).map((fields) => fields['cs-uri-stem'])).toEqual(['/a', '/b']);
  expect(seen.rows[1]!.time).toBe('2021-03-04T04:00:01.000Z');
  expect(seen.rows[0]!.layout).not.toBe(seen.rows[1]!.layout);
  expect(told(seen)).toEqual([]);
});

test('without a date column the date above counts; without that the row has no time', () => {
  const fields = '#Fields: time cs-uri-stem sc-status\n';
  const seen = scanText(
    iisW3c,
    `#Date: 2021-03-03 00:00:00\n${fields}04:00:00 /a 200\n#Date: 2021-03-04 00:00:00\n${fields}05:00:00 /b 200\n`,
  );
  expect(seen.rows.map(({ time }) => time)).toEqual(['2021-03-03T04:00:00.000Z', '2021-03-04T05:00:00.000Z']);
  const without = scanText(iisW3c, `${fields}04:00:00 /a 200\n`);
  expect(without.rows[0]!.time).toBe(null);
  expect(told(without)).toEqual([`row.time@${fields.length}×1`]);
});

describe('columns', () => {
  test('double blanks do not shift columns', () => {
    const seen = scanText(iisW3c, `${header}${row('/a').replace(' GET ', '  GET  ')}\n`);
    expect(fieldsOf(seen)[0]).toMatchObject({ 'cs-uri-stem': '/a', 'sc-status': '200', 'time-taken': '15' });
    expect(told(seen)).toEqual([]);
  });
  test('blanks in the agent belong to the agent', () => {
    const seen = scanText(iisW3c, `${header}${row('/a', 'Mozilla/5.0 (X11; Linux) 200 1')}\n`);
    expect(fieldsOf(seen)[0]).toMatchObject({
      'cs(User-Agent)': 'Mozilla/5.0 (X11; Linux) 200 1',
      'sc-status': '200',
      'time-taken': '15',
    });
    expect(told(seen)).toEqual([`row.realigned@${header.length}×1`]);
  });
  test('a surplus at the end does not move the status', () => {
    const seen = scanText(iisW3c, `${header}${row('/a')} 1 2 three\n`);
    expect(fieldsOf(seen)[0]).toMatchObject({ 'cs(User-Agent)': 'curl/7.6', 'sc-status': '200', 'time-taken': '15' });
    expect(told(seen)).toEqual([`row.columns@${header.length}×1`]);
  });
  test('missing columns are said, and what is there is read', () => {
    const seen = scanText(iisW3c, `${header}2021-03-03 04:12:11 10.0.0.5 GET /a -\n`);
    expect(fieldsOf(seen)[0]).toMatchObject({ 'cs-uri-stem': '/a' });
    expect(told(seen)).toEqual([`row.columns@${header.length}×1`]);
  });
  test('IPv6 with a scope, forwarded addresses, cookies', () => {
    const fields = '#Fields: date time c-ip cs-uri-stem cs(Cookie) X-Forwarded-For sc-status\n';
    const seen = scanText(
      iisW3c,
      `${fields}2021-03-03 04:00:00 fe80::1%12 /a X-BEResource=x~1;+y=%41 198.51.100.1,+10.0.0.1 200\n`,
    );
    expect(fieldsOf(seen)[0]).toMatchObject({
      'c-ip': 'fe80::1%12',
      'cs(Cookie)': 'X-BEResource=x~1;+y=%41',
      'X-Forwarded-For': '198.51.100.1,+10.0.0.1',
    });
  });
  test('a field that no table knows is the client’s word', () => {
    const seen = scanText(iisW3c, '#Fields: date time cs-uri-stem X-Made-Up\n2021-03-03 04:00:00 /a b\n');
    expect(fieldsOf(seen)[0]).toMatchObject({ 'X-Made-Up': 'b' });
  });
});

describe('encodings and line ends', () => {
  const text = `${header}${row('/é')}\r\n${row('/b')}\r\n`;
  const stems = ['/é', '/b'];
  test.each([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['UTF-16 LE', utf16(text)],
    ['UTF-16 BE', utf16(text, true)],
    ['UTF-16 LE without a mark', utf16(text, false, false)],
    ['UTF-16 BE without a mark', utf16(text, true, false)],
    ['Windows-1252', Uint8Array.from(text, (character) => character.charCodeAt(0))],
    ['CR alone', new TextEncoder().encode(text.replaceAll('\r\n', '\r'))],
    ['LF alone', new TextEncoder().encode(text.replaceAll('\r\n', '\n'))],
  ])('%s', (_name, bytes) => {
    const seen = scanText(iisW3c, bytes);
    expect(fieldsOf(seen).map((fields) => fields['cs-uri-stem'])).toEqual(stems);
    expect([seen.count, seen.lines, told(seen)]).toEqual([2, 3, []]);
    expect(seen.rows.map(({ line }) => line)).toEqual([2, 3]);
    for (const { at, raw } of seen.rows) expect(bytes.slice(at, at + raw.length)).toEqual(raw);
  });
  test('a mark and a header in mid-file, where files were put together', () => {
    const seen = scanText(iisW3c, `${header}${row('/a')}\n\ufeff#Fields: date time cs-uri-stem\n2021-03-03 04:00:00 /b\n`);
    expect(fieldsOf(seen).map((fields) => fields['cs-uri-stem'])).toEqual(['/a', '/b']);
  });
});

describe('torn, long and binary', () => {
  test('a torn last line', () => {
    const seen = scanText(iisW3c, `${header}${row('/a')}\r\n2021-03-03 04:12:12 10.0.0.5 GET /owa/au`);
    expect(fieldsOf(seen)[1]).toMatchObject({ 'cs-uri-stem': '/owa/au' });
    expect(told(seen)).toEqual([`text.torn_last_line@${header.length + row('/a').length + 2}×1`]);
  });
  test('a line torn within a character stays UTF-8', () => {
    const bytes = new TextEncoder().encode(`${header}2021-03-03 04:12:12 10.0.0.5 GET /é/ü`);
    const seen = scanText(iisW3c, bytes.subarray(0, -1));
    expect(fieldsOf(seen)[0]!['cs-uri-stem']).toBe('/é/\ufffd');
  });
  test('60 KB in one value are read whole', () => {
    const seen = scanText(iisW3c, `${header}${row(`/${'a'.repeat(60_000)}`)}\n`);
    expect(fieldsOf(seen)[0]!['cs-uri-stem']).toHaveLength(60_001);
    expect(told(seen)).toEqual([]);
  });
  test('of 5 MB in one line the beginning is read, and the next line', () => {
    const long = row('/x', 'a'.repeat(5 << 20));
    const seen = scanText(iisW3c, `${header}${long}\n${row('/b')}\n`);
    expect(fieldsOf(seen).map((fields) => fields['cs-uri-stem'])).toEqual(['/x', '/b']);
    expect(seen.rows.map(({ line }) => line)).toEqual([2, 3]);
    expect(seen.rows[1]!.at).toBe(header.length + long.length + 1);
    expect(told(seen)).toEqual([`row.columns@${header.length}×1`, `text.long_line@${header.length}×1`]);
  });
  test('zeros at the end, in the middle and before a row', () => {
    const zeros = '\0'.repeat(5000);
    const first = `${header}${row('/a')}\r\n`;
    const seen = scanText(iisW3c, `${first}${zeros}${row('/b')}\r\n${zeros}`);
    expect(fieldsOf(seen).map((fields) => fields['cs-uri-stem'])).toEqual(['/a', '/b']);
    expect(seen.rows[1]!.at).toBe(first.length + 5000);
    expect(told(seen)).toEqual([`text.binary@${first.length}×2`]);
    const attached = scanText(iisW3c, `${first}${row('/c')}${zeros}`);
    expect(fieldsOf(attached)[1]!['time-taken']).toBe('15');
  });
  test('a header alone', () => {
    const seen = scanText(iisW3c, header);
    expect([seen.count, seen.lines, told(seen)]).toEqual([0, 1, []]);
  });
});

test('impossible dates and times are said, and no hour is made of them', () => {
  const fields = '#Fields: date time cs-uri-stem\n';
  const seen = scanText(
    iisW3c,
    `${fields}2021-02-31 04:00:00 /a\n2021-03-03 25:00:00 /b\n1999-12-31 00:00:00 /c\n2021-03-03 00:00:00 /d\n`,
  );
  expect(told(seen)).toEqual([`row.time@${fields.length}×2`, `row.time_impossible@${fields.length + 46}×1`]);
  expect([...seen.hours.values()]).toEqual([1]);
  expect(seen.spanMs).toEqual([Date.UTC(2021, 2, 3), Date.UTC(2021, 2, 3)]);
});

describe('rows without a header', () => {
  test.each([
    [
      'plain',
      '2021-05-01 10:00:00 10.1.2.3 GET /owa/ &a=b 443 - 198.51.100.7 Agent/1 - 200 0 0 12',
      { 'c-ip': '198.51.100.7', 'sc-status': '200', 'cs(User-Agent)': 'Agent/1', 'time-taken': '12' },
    ],
    [
      'no referer',
      '2013-05-01 10:00:00 10.1.2.3 RPC_IN_DATA /rpc/rpcproxy.dll srv.corp.example:6001 443 CORP\\u 10.9.9.9 MSRPC 503 3 0 15',
      { 'cs-method': 'RPC_IN_DATA', 'cs-username': 'CORP\\u', 'sc-status': '503', 'time-taken': '15' },
    ],
    [
      'name of the server, IPv6, forwarded address',
      '2023-05-01 10:00:00 mx1 fe80::aa:bb%3 POST /mapi/emsmdb/ MailboxId=1 444 Anonymous fe80::aa:bb%3 Office/16 - 200 0 0 4 10.0.1.2,10.3.4.5 36391',
      {
        's-computername': 'mx1',
        's-ip': 'fe80::aa:bb%3',
        'c-ip': 'fe80::aa:bb%3',
        'time-taken': '4',
        'X-Forwarded-For': '10.0.1.2,10.3.4.5',
      },
    ],
    [
      'site, version, cookie, host',
      '2022-07-01 07:03:38 W3SVC2 mx1 10.0.25.16 POST /Microsoft-Server-ActiveSync/Proxy/default.eas User=u&Cmd=Ping 444 CORP\\u 192.0.2.3 HTTP/1.1 Phone/1905 - - dc.corp.example:444 200 0 0 600013',
      { 's-sitename': 'W3SVC2', 'cs-version': 'HTTP/1.1', 'cs-host': 'dc.corp.example:444', 'time-taken': '600013' },
    ],
    [
      'no user name',
      '2021-03-03 02:13:48 10.10.4.2 POST /autodiscover/autodiscover.json @x.example/ews/ 443 192.0.2.77 Agent/9 - 200 0 0 64',
      { 'c-ip': '192.0.2.77', 'sc-status': '200' },
    ],
  ])('%s', (_name, line, wanted) => {
    const seen = scanText(iisW3c, `${line}\n`);
    expect(fieldsOf(seen)[0]).toMatchObject(wanted);
    expect(told(seen)).toEqual(['row.no_header@0×1']);
  });
  test.each([
    '',
    'a b c d e f',
    '2021-03-03 04:12:11 nothing of this kind here at all',
    '10:20:30 2021-03-03 GET /',
    'Time to patch, she said',
  ])('no row: %s', (line) => {
    expect(inferW3c(line)).toBe(null);
  });
});

test('recognised by its header, its rows, and its name when it is empty', () => {
  expect(iisW3c.recognise(header, '')).toBe(1);
  expect(
    iisW3c.recognise('2021-05-01 10:00:00 10.1.2.3 GET /owa/ - 443 - 198.51.100.7 Agent/1 - 200 0 0 12\n', 'notes.txt'),
  ).toBe(0.8);
  expect(iisW3c.recognise('', 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303_x.log')).toBe(0.5);
  expect(iisW3c.recognise('#Fields: date time x-event\n', 'a.log')).toBe(0);
});
