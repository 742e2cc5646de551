/** Logs of web servers in other dress than IIS's own: NCSA, the IIS form, advanced logging, Log Parser, HTTP.sys. */
import { describe, expect, test } from 'vitest';
import { logForms } from '../../test/support/log-forms.ts';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { httperr } from './httperr.ts';
import { iisAdvanced } from './iis-advanced.ts';
import { iisNative } from './iis-native.ts';
import { iisNcsa } from './iis-ncsa.ts';
import { logparserIis } from './logparser-iis.ts';
import { sharepointUls } from './sharepoint-uls.ts';
import { webAccess } from './web-access.ts';

const codes = (seen: Parameters<typeof told>[0]): string[] => told(seen).map((problem) => problem.split('@')[0]!);

describe('NCSA', () => {
  const row = (request: string, rest = '200 12 "-" "agent"', before = '198.51.100.87 - -'): string =>
    `${before} [10/Oct/2021:13:55:36 +0200] "${request}" ${rest}\n`;
  const first = (text: string): Readonly<Record<string, string>> => fieldsOf(scanText(webAccess, text))[0]!;
  test('requests of every form', () => {
    expect(first(row('GET /a?b=c?d HTTP/1.1'))).toMatchObject({
      'cs-method': 'GET',
      'cs-uri-stem': '/a',
      'cs-uri-query': 'b=c?d',
      'cs-version': 'HTTP/1.1',
    });
    expect(first(row('GET /a b HTTP/1.1'))).toMatchObject({ 'cs-uri-stem': '/a b', 'cs-version': 'HTTP/1.1' });
    expect(first(row('GET /old'))).toMatchObject({ 'cs-method': 'GET', 'cs-uri-stem': '/old' });
    expect(first(row('\\x16\\x03\\x01', '400 157 "-" "-"'))).toMatchObject({
      'cs-uri-stem': '\\x16\\x03\\x01',
      'sc-status': '400',
    });
    expect(first(row('', '408 - "-" "-"'))).toMatchObject({ 'sc-status': '408' });
    expect(first(row('GET /x HTTP/1.1', '200 - "-" "a"'))).not.toHaveProperty('sc-bytes');
  });
  test('a quote that the server escaped does not end a value; what a visitor writes moves no column', () => {
    expect(first(row('GET /a\\" 200 9 HTTP/1.1', '404 12 "http://r/\\" 200 1" "x\\" 200"'))).toMatchObject({
      'sc-status': '404',
      'sc-bytes': '12',
      'cs-referer': 'http://r/\\" 200 1',
      'cs-user-agent': 'x\\" 200',
    });
  });
  test('who asked: site in front, account with blanks and brackets, forwarded address behind', () => {
    expect(first(row('GET / HTTP/1.1', '200 1', 'mail.haven.example:443 198.51.100.87 - eva'))).toMatchObject({
      'cs-host': 'mail.haven.example:443',
      'c-ip': '198.51.100.87',
      'cs-username': 'eva',
    });
    expect(first(row('GET / HTTP/1.1', '200 1', '198.51.100.87 - eva [x] y'))).toMatchObject({
      'cs-username': 'eva [x] y',
      'sc-status': '200',
    });
    expect(first(row('GET / HTTP/1.1', '200 1 "-" "a" "203.0.113.5, 192.0.2.1"'))).toMatchObject({
      'X-Forwarded-For': '203.0.113.5, 192.0.2.1',
    });
  });
  test('the zone is honoured', () => {
    const time = (stamp: string): string | null =>
      scanText(webAccess, `198.51.100.87 - - [${stamp}] "GET / HTTP/1.1" 200 1\n`).rows[0]!.time;
    expect(time('10/Oct/2021:13:55:36 -0730')).toBe('2021-10-10T21:25:36.000Z');
    expect(time('31/Feb/2021:13:55:36 +0000')).toBe(null);
    expect(time('10/Okt/2021:13:55:36 +0000')).toBe(null);
  });
  test('a line of another form is said, and hides no other', () => {
    const seen = scanText(webAccess, `${row('GET /a HTTP/1.1')}garbage\n${row('GET /b HTTP/1.1')}`);
    expect(fieldsOf(seen).map((fields) => fields['cs-uri-stem'])).toEqual(['/a', undefined, '/b']);
    expect(codes(seen)).toEqual(['row.columns', 'row.time']);
  });
  test('a torn line gives what is there', () => {
    const seen = scanText(webAccess, row('GET /a HTTP/1.1').slice(0, 60));
    expect(fieldsOf(seen)[0]).toMatchObject({ 'c-ip': '198.51.100.87', 'cs-method': 'GET' });
    expect(fieldsOf(seen)[0]).not.toHaveProperty('sc-status');
  });
  test('by name, by folder, or by an account with its domain it is IIS’s', () => {
    const { text } = logForms['iis-ncsa']!;
    const anonymous = text.replace('HAVEN\\eva', '-');
    expect(iisNcsa.recognise(anonymous, 'C:\\x\\access.log')).toBe(0);
    expect(iisNcsa.recognise(anonymous, 'C:\\x\\nc210303.log')).toBe(0.95);
    expect(iisNcsa.recognise(text, '')).toBe(0.95);
    // Apache and nginx escape the backslash.
    expect(iisNcsa.recognise(text.replace('HAVEN\\eva', 'HAVEN\\\\eva'), '')).toBe(0);
    expect(iisNcsa.recognise(text.replace('HAVEN\\eva', 'HAVEN\\x5Ceva'), '')).toBe(0);
  });
});

describe('the IIS form', () => {
  test('commas of a visitor stay in the last column; a missing one is said', () => {
    const { text } = logForms['iis-native']!;
    const seen = scanText(iisNative, `${text}198.51.100.87, -, 3/3/2021, 7:55:20, W3SVC2, MAIL01\n`);
    expect(fieldsOf(seen)[1]).toMatchObject({ 'cs-uri-query': 'a=1,2', 'cs-username': 'HAVEN\\eva' });
    expect(seen.rows.map(({ time }) => time)).toEqual([
      '2021-03-03T07:55:20.000Z',
      '2001-03-20T23:58:11.000Z',
      '2021-03-03T07:55:20.000Z',
    ]);
    expect(codes(seen)).toEqual(['row.columns']);
  });
  test('FTP rows of the same form', () => {
    expect(
      iisNative.claims(
        '198.51.100.87, anonymous, 03/20/01, 23:58:11, MSFTPSVC1, MAIL01, 192.0.2.10, 60, 275, 0, 0, 0, PASS, /a, -,',
        false,
      ),
    ).toBe(2);
    expect(iisNative.claims('198.51.100.87, -, 03/20/01, 23:58:11, somewhere', false)).toBe(0);
  });
});

test('advanced logging: a visitor’s quote and blank move the columns of that row alone, and that is said', () => {
  const { text } = logForms['iis-advanced']!;
  const seen = scanText(iisAdvanced, text.replace('(A "quoted"B)', 'a" 200'));
  expect(codes(seen)).toEqual(['row.columns']);
  expect(fieldsOf(seen)[1]).toMatchObject({ 'cs-uri-stem': '/owa/', 'sc-status': '302' });
});

describe('Log Parser', () => {
  test.each([
    ['commas', ','],
    ['tabs', '\t'],
    ['blanks', ' '],
  ])('with a header, parted by %s', (_name, mark) => {
    const names = ['LogFilename', 'LogRow', 'date', 'time', 'cs-uri-stem', 'cs-username', 'sc-status'];
    const cells = ['D:\\logs\\u_ex210303.log', '7', '2021-03-03', '06:44:09', '/owa/', 'NULL', '302'];
    const text = `${names.join(mark)}\r\n${cells.join(mark)}\r\n`;
    expect(logparserIis.recognise(text, '')).toBe(0.97);
    const seen = scanText(logparserIis, text);
    expect(fieldsOf(seen)).toEqual([
      {
        LogFilename: 'D:\\logs\\u_ex210303.log',
        LogRow: '7',
        date: '2021-03-03',
        time: '06:44:09',
        'cs-uri-stem': '/owa/',
        'sc-status': '302',
      },
    ]);
    expect([seen.rows[0]!.time, told(seen)]).toEqual(['2021-03-03T06:44:09.000Z', []]);
  });
});

describe('HTTP.sys', () => {
  const rows: readonly (readonly [number, string])[] = [
    [13, '2021-03-03 04:12:11 198.51.100.87 51000 192.0.2.10 443 HTTP/1.1 GET /owa/ 400 - BadRequest -'],
    [14, '2021-03-03 04:12:11 198.51.100.87 51000 192.0.2.10 443 HTTP/1.1 GET /owa/ - 400 - BadRequest -'],
    [16, '2021-03-03 04:12:11 2001:db8::7%3 51000 192.0.2.10 443 HTTP/2.0 GET /owa/ 5 - 400 - BadRequest - TCP'],
  ];
  test.each(rows)('%i columns without a header', (_count, row) => {
    const seen = scanText(httperr, `${row}\n`);
    expect(fieldsOf(seen)[0]).toMatchObject({ 'sc-status': '400', 's-reason': 'BadRequest', 'cs-uri': '/owa/' });
    expect(httperr.recognise(`${row}\n`, 'C:\\Windows\\System32\\LogFiles\\HTTPERR\\httperr3.log')).toBe(0.95);
  });
  test('a blank in the address is counted to it', () => {
    const { text } = logForms['httperr']!;
    const seen = scanText(httperr, text.replace('/owa/?a=1', '/owa/?a 1'));
    expect(fieldsOf(seen)[0]).toMatchObject({ 'cs-uri': '/owa/?a 1', 'sc-status': '400', 's-reason': 'Hostname' });
    expect(codes(seen)).toEqual(['row.realigned']);
  });
});

test('SharePoint: a line that goes on, padding, a tab in the message', () => {
  const { text } = logForms['sharepoint-uls']!;
  const seen = scanText(
    sharepointUls,
    `${text}   at Some.Method()\r\n03/18/2021 16:40:00.00\tw3wp.exe (0x1)\t0x2\tA\tB\tC\tHigh\tone\ttwo\t3ad81d9b-c01d-c0d3-1ab4-cc75daffbf63\r\n`,
  );
  expect(fieldsOf(seen).map(({ Message }) => Message)).toEqual([
    'Entering monitored scope (Request (POST:http://sp.haven.example:80/_layouts/15/start.aspx))',
    '...and its end',
    '   at Some.Method()',
    'one\ttwo',
  ]);
  expect(fieldsOf(seen)[3]!.Correlation).toBe('3ad81d9b-c01d-c0d3-1ab4-cc75daffbf63');
  expect(told(seen)).toEqual([]);
});
