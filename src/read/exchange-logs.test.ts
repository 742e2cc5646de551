/** What Exchange's logs have in common, and where they differ: headers in every place, rows without one, old columns. */
import { describe, expect, test } from 'vitest';
import { logForms, tracking2010Fields } from '../../test/support/log-forms.ts';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { ews } from './ews.ts';
import { exchangeOther } from './exchange-log.ts';
import { httprequestfiltering } from './httprequestfiltering.ts';
import { readerOf, readers } from './index.ts';
import { messageTracking } from './message-tracking.ts';
import { oabGenerator, temporaryFile } from './oab-generator.ts';
import { rpsCmdlet } from './rps-cmdlet.ts';
import { smtpReceive } from './smtp-receive.ts';
import { smtpSend } from './smtp-send.ts';

const rowsIn = (text: string): string[] => text.split('\r\n').filter((line) => /^\d/.test(line));
const fieldsIn = (text: string): string => /^#Fields: (.*)$/m.exec(text)![1]!.trim();

describe('rows without a header are told from their shape', () => {
  const shaped = [
    'ecp-activity',
    'rps-http',
    'rps-cmdlet',
    'ews',
    'mapihttp',
    'rca',
    'message-tracking',
    'transport-agent',
    'smtp-receive',
    'smtp-send',
    'connectivity',
    'httprequestfiltering',
    'httperr',
  ];
  test.each(shaped)('%s', (kind) => {
    const { text, first, records } = logForms[kind]!;
    const bare = `${rowsIn(text).join('\r\n')}\r\n`;
    const scores = readers.map((reader) => [reader.kind, reader.recognise(bare, '')] as const).filter(([, score]) => score > 0);
    expect(scores).toEqual([[kind, 0.8]]);
    const seen = scanText(readerOf(kind)!, bare);
    expect(seen.count).toBe(records);
    expect(fieldsOf(seen)[0]).toMatchObject(first);
    expect(told(seen)).toContain(`row.no_header@0×${records}`);
    for (const row of rowsIn(text))
      // Of several that would take a pasted line the first one does.
      expect(readers.find((reader) => reader.claims(row, false) > 0)?.kind).toBe(kind);
  });
});

describe('headers', () => {
  const { text } = logForms['ews']!;
  const names = fieldsIn(text);
  const row = rowsIn(text)[0]!;
  test.each([
    ['bare, before the block', `${names}\r\n${text}`],
    ['bare, behind the block', text.replace(row, `${names}\r\n${row}`)],
    ['bare and alone', `${names}\r\n${row}\r\n`],
    ['in quotes', `"${names.replaceAll(',', '","')}"\r\n"${row.replaceAll(',', '","')}"\r\n`],
    ['in other letters', `#log-type: EWS logs\r\n#fields: ${names.toUpperCase()}\r\n${row}\r\n`],
  ])('%s', (_name, dressed) => {
    expect(ews.recognise(dressed, '')).toBeGreaterThanOrEqual(0.95);
    const seen = scanText(ews, dressed);
    expect([seen.count, told(seen)]).toEqual([1, []]);
    expect(fieldsOf(seen)[0]).toMatchObject({ SoapAction: 'FindItem', ImpersonatedUser: 'ceo@haven.example' });
  });
  test('fewer columns at the end are empty; half of them missing is said', () => {
    const cells = row.split(',');
    const short = scanText(ews, `#Fields: ${names}\r\n${cells.slice(0, 22).join(',')}\r\n${cells.slice(0, 9).join(',')}\r\n`);
    expect(fieldsOf(short).map(({ SoapAction }) => SoapAction)).toEqual(['FindItem', undefined]);
    expect(told(short).map((problem) => problem.split('@')[0])).toEqual(['row.columns']);
  });
  test('another order of columns in mid-file', () => {
    const seen = scanText(ews, `${text}#Fields: SoapAction,DateTime,HttpStatus\r\nDeleteItem,2021-03-03T05:00:00.000Z,200\r\n`);
    expect(fieldsOf(seen).map(({ SoapAction }) => SoapAction)).toEqual(['FindItem', 'DeleteItem']);
    expect(seen.rows[1]!.time).toBe('2021-03-03T05:00:00.000Z');
  });
  test('a torn last line is said', () => {
    const torn = scanText(ews, text.slice(0, text.indexOf('FindItem') + 4));
    expect(told(torn).map((problem) => problem.split('@')[0])).toEqual(['text.torn_last_line']);
    expect(fieldsOf(torn)[0]).toMatchObject({ SoapAction: 'Find' });
  });
});

describe('old message tracking', () => {
  const cells = (line: string): string[] => line.split(',');
  const row2016 =
    '2021-08-13T02:20:29.339Z,192.0.2.10,E,192.0.2.20,MAIL01,ctx,conn,SMTP,RECEIVE,438,<a1@x>,net-id,eva@haven.example,To,37,1,,,Subject,ceo@haven.example,ceo@haven.example,info,Originating,,198.51.100.87,192.0.2.20,S:x,Email,log,15';
  const row2013 = cells(row2016).slice(0, 27).join(',');
  const row2010 = cells(row2013).toSpliced(11, 1).join(',');
  test.each([
    ['2016', row2016, 'net-id'],
    ['2013', row2013, 'net-id'],
    ['2010', row2010, undefined],
  ])('%s without a header', (_name, row, id) => {
    const seen = scanText(messageTracking, `${row}\r\n`);
    expect(fieldsOf(seen)[0]).toMatchObject({
      'sender-address': 'ceo@haven.example',
      'event-id': 'RECEIVE',
      'message-subject': 'Subject',
    });
    expect(fieldsOf(seen)[0]!['network-message-id']).toBe(id);
  });
  test('2010 with its header, a mark and LF', () => {
    const text = `\ufeff#Software: Microsoft Exchange Server\n#Version: 14.0.0.0\n#Log-Type: Message Tracking Log\n#Fields: ${tracking2010Fields}\n${row2010}\n`;
    expect(messageTracking.recognise(text, '')).toBe(1);
    expect(told(scanText(messageTracking, text))).toEqual([]);
  });
});

test('a cmdlet’s parameters keep their quotes, commas and line marks', () => {
  const { text } = logForms['rps-cmdlet']!;
  const seen = scanText(rpsCmdlet, text.replace('-Role ""Mailbox Import Export""', '-Body ""a,b; c"", ""d""'));
  expect(fieldsOf(seen)[0]!.Parameters).toBe('-Body "a,b; c", "d" -SecurityGroup "Organization Management"');
});

test('both directions of SMTP have one header; the rows tell, or the type', () => {
  const header =
    '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n';
  const received = rowsIn(logForms['smtp-receive']!.text)[0]!;
  const sent = rowsIn(logForms['smtp-send']!.text)[0]!;
  expect([smtpReceive, smtpSend].map((reader) => reader.recognise(`${header}${received}\r\n`, ''))).toEqual([0.95, 0]);
  expect([smtpReceive, smtpSend].map((reader) => reader.recognise(`${header}${sent}\r\n`, ''))).toEqual([0, 0.95]);
  const seen = scanText(smtpReceive, logForms['smtp-receive']!.text);
  expect(fieldsOf(seen).map((fields) => fields['remote-ip'])).toEqual(['198.51.100.33', '198.51.100.33', '2001:db8::33']);
  expect(new Map(seen.groups[1])).toEqual(
    new Map([
      ['["198.51.100.33"]', 2],
      ['["2001:db8::33"]', 1],
    ]),
  );
});

describe('request filtering', () => {
  const { text } = logForms['httprequestfiltering']!;
  test('the day of the file tells day from month', () => {
    const april = text.replace('2021-06-30T04', '2021-04-03T04').replaceAll('6/30/2021', '3/4/2021');
    expect(scanText(httprequestfiltering, april).rows[0]!.time).toBe('2021-04-03T10:03:57.000Z');
  });
  test('a time that can be read in two ways is none', () => {
    const [row] = rowsIn(text);
    const seen = scanText(
      httprequestfiltering,
      `${fieldsIn(text)}\r\n${row!.replace('6/30/2021 10:03:57 AM', '03/04/2021 10:03:57')}\r\n`,
    );
    expect(seen.rows[0]!.time).toBe(null);
    expect(told(seen).map((problem) => problem.split('@')[0])).toEqual(['row.time']);
  });
});

describe('OAB generator', () => {
  test.each([
    ['Download failed and temporary file C:\\a b\\x.aspx needs to be removed', 'C:\\a b\\x.aspx'],
    ['x,"Download failed and temporary file ""\\\\host\\c$\\x.aspx"" needs to be removed"', '\\\\host\\c$\\x.aspx'],
    ['DOWNLOAD FAILED AND TEMPORARY FILE c:\\x NEEDS TO BE REMOVED', 'c:\\x'],
    ['Download failed and temporary file C:\\torn', 'C:\\torn'],
    ['Download failed and temporary file  needs to be removed', null],
    ['nothing', null],
  ])('%s', (line, path) => expect(temporaryFile(line)).toBe(path));
  test('each line is a row; those without a time are no problem', () => {
    const seen = scanText(oabGenerator, 'a\n2021-03-03T04:12:11.021Z,x\n2021-03-03 04:12:12 y\n\nb\n');
    expect([seen.count, told(seen)]).toEqual([4, []]);
    expect(seen.rows.map(({ time }) => time)).toEqual([null, '2021-03-03T04:12:11.021Z', '2021-03-03T04:12:12.000Z', null]);
  });
});

describe('a log that nobody knows', () => {
  const text =
    '#Software: Microsoft Exchange Server\r\n#Log-type: Something new\r\n#Fields: Name,Time-Stamp,Value\r\nx,2021-03-03T04:12:11.021Z,y\r\n';
  test('is read by its own header, and is the client’s word', () => {
    expect(exchangeOther.recognise(text, '')).toBe(0.9);
    const seen = scanText(exchangeOther, text);
    expect(fieldsOf(seen)[0]).toEqual({ Name: 'x', 'Time-Stamp': '2021-03-03T04:12:11.021Z', Value: 'y' });
    expect(seen.rows[0]!.time).toBe('2021-03-03T04:12:11.021Z');
  });
  test('never takes a log from the reader that knows it', () => {
    for (const [kind, form] of Object.entries(logForms))
      if (kind !== 'exchange-log')
        expect(readerOf(kind)!.recognise(form.text, form.path)).toBeGreaterThan(exchangeOther.recognise(form.text, form.path));
  });
  test('without a column of time its rows have none, which is said', () => {
    const seen = scanText(exchangeOther, '#Software: Microsoft Exchange Server\r\n#Fields: Name,Value\r\nx,y\r\n');
    expect([seen.count, told(seen).map((problem) => problem.split('@')[0])]).toEqual([1, ['row.time']]);
  });
});
