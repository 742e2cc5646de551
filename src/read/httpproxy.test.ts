import { describe, expect, test } from 'vitest';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { httpproxy, inferHttpProxy } from './httpproxy.ts';

const names = 'DateTime,RequestId,UrlStem,AnchorMailbox,UserAgent,HttpStatus';
const block = `#Software: Microsoft Exchange Server\r\n#Log-type: HttpProxy Logs\r\n#Fields: ${names}\r\n`;
const row = (stem: string, agent = 'curl'): string =>
  `2021-03-03T04:12:11.400Z,8c1b0e1e-0000-4d84-9a3c-ab1c72a5c8b1,${stem},ServerInfo~a]@mx:444/ecp/y.js?#,${agent},241`;

describe('the bare list of names', () => {
  test.each([
    ['absent', `${block}${row('/a')}\r\n`, 4],
    ['before the block', `${names}\r\n${block}${row('/a')}\r\n`, 5],
    ['after the block', `${block}${names}\r\n${row('/a')}\r\n`, 5],
    ['alone', `${names}\r\n${row('/a')}\r\n`, 2],
    ['with a mark before it', `\ufeff${names}\r\n${row('/a')}\r\n`, 2],
    ['in quotes', `"${names.replaceAll(',', '","')}"\r\n"${row('/a').replaceAll(',', '","')}"\r\n`, 2],
  ])('%s', (_name, text, line) => {
    const seen = scanText(httpproxy, text);
    expect(seen.rows).toMatchObject([
      { line, time: '2021-03-03T04:12:11.400Z', fields: { UrlStem: '/a', HttpStatus: '241', UserAgent: 'curl' } },
    ]);
    expect([seen.count, told(seen)]).toEqual([1, []]);
  });
  test('another list further down is a header, not a row', () => {
    const seen = scanText(httpproxy, `${names}\n${row('/a')}\nUrlStem,DateTime,RequestId\n/b,2021-03-03T05:00:00Z,1\n`);
    expect(fieldsOf(seen).map(({ UrlStem }) => UrlStem)).toEqual(['/a', '/b']);
    expect(seen.rows[1]!.time).toBe('2021-03-03T05:00:00.000Z');
    expect(told(seen)).toEqual([]);
  });
});

describe('quotes and commas', () => {
  test('values in quotes, doubled quotes, commas inside', () => {
    const seen = scanText(httpproxy, `${names}\n${row('/a', '"Mozilla ""5"", like Gecko"')}\n`);
    expect(fieldsOf(seen)[0]).toMatchObject({ UserAgent: 'Mozilla "5", like Gecko', HttpStatus: '241' });
  });
  test('a quote that never closes hides nothing behind it', () => {
    const seen = scanText(httpproxy, `${names}\n${row('/a', '"Mozilla')}\n`);
    expect(fieldsOf(seen)[0]).toMatchObject({ UserAgent: '"Mozilla', HttpStatus: '241' });
    expect(told(seen)).toEqual([`csv.open_quote@${names.length + 1}×1`]);
  });
  test('text behind a closing quote belongs to the value', () => {
    const seen = scanText(httpproxy, `${names}\n${row('/a', '"b"c')}\n`);
    expect(fieldsOf(seen)[0]).toMatchObject({ UserAgent: '"b"c', HttpStatus: '241' });
  });
  test('a torn line with an open quote', () => {
    const seen = scanText(httpproxy, `${names}\n2021-03-03T04:12:11.400Z,1,"/a,b`);
    expect(fieldsOf(seen)[0]).toMatchObject({ UrlStem: '/a,b' });
    expect(told(seen)).toEqual([`text.torn_last_line@${names.length + 1}×1`]);
  });
});

test('fewer columns are empty; more are said; ten thousand do no harm', () => {
  const short = scanText(httpproxy, `${names}\n2021-03-03T04:12:11Z,1,/a,b\n`);
  expect(fieldsOf(short)[0]).toEqual({ DateTime: '2021-03-03T04:12:11Z', RequestId: '1', UrlStem: '/a', AnchorMailbox: 'b' });
  expect(told(short)).toEqual([]);
  expect(told(scanText(httpproxy, `${names}\n2021-03-03T04:12:11Z,1\n`))).toEqual([`row.columns@${names.length + 1}×1`]);
  const many = scanText(httpproxy, `${names}\n${row('/a')}${','.repeat(10_000)}x\n${row('/b')}\n`);
  expect(fieldsOf(many).map(({ UrlStem }) => UrlStem)).toEqual(['/a', '/b']);
  expect(told(many)).toEqual([`row.columns@${names.length + 1}×1`]);
});

test('without a header the shape tells; anything else does not', () => {
  const line = `2021-03-03T04:12:11.400Z,8c1b0e1e-1111-4d84-9a3c-ab1c72a5c8b1,15,1,2176,2,,Ecp,mail.corp.example,/ecp/y.js,,FBA,false,,,ServerInfo~a]@mx:444/ecp/y.js,agent,192.0.2.7,MX1,241,241,,POST,Proxy,mx1.corp.example`;
  const seen = scanText(httpproxy, `${line}\n`);
  expect(fieldsOf(seen)[0]).toMatchObject({
    AnchorMailbox: 'ServerInfo~a]@mx:444/ecp/y.js',
    BackEndStatus: '241',
    TargetServer: 'mx1.corp.example',
  });
  expect(told(seen)).toEqual(['row.columns@0×1', 'row.no_header@0×1']);
  expect(inferHttpProxy('2021-03-03T04:12:11.400Z,no guid,1')).toBe(null);
});
