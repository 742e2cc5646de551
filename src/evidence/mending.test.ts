import { describe, expect, test } from 'vitest';
import { brokenEcpQuotes, isWholeW3c, joined, mendings } from './mending.ts';

const row = '2021-03-03 05:32:20 10.10.0.20 POST /ecp/y.js a=b 443 - 203.0.113.77 curl/7.1 - 241 0 0 1406';

describe('a line as it was', () => {
  test.each([
    ['plain', row, []],
    ['hard blanks', row.replaceAll(' ', '\u00a0'), [[row, 'hard blanks']]],
    ['unseen marks', `\u200b${row}`, [[row, 'hard blanks']]],
    ['typographic quotes', '“DateTime”,“AnchorMailbox”', [['"DateTime","AnchorMailbox"', 'typographic quotes']]],
    ['quotes beside straight ones are a value', '"a “b” c",d', []],
    ['quotes in a row of many cells are a value', `${'a,'.repeat(20)}“b`, []],
    ['entities', 'ExternalUrl : http://f/&lt;b x=&quot;1&quot;&gt;', [['ExternalUrl : http://f/<b x="1">', 'entities']]],
    ['an entity that would end a quoted value', '"x&quot;,&quot;241"', []],
    ['entities are taken once', 'a&amp;lt;b', [['a&lt;b', 'entities']]],
    ['entities that break lines or part cells stay', 'a&#10;b&#44;c&#13;d', []],
    ['escapes', 'ServerInfo\\~a\\]@mail\\_01', [['ServerInfo~a]@mail_01', 'escapes']]],
    ['paths are none', 'C:\\inetpub\\wwwroot\\a.aspx', []],
    ['marks of a mail', '> > Server : X', [['Server : X', 'quotation marks']]],
    ['syslog', `<13>Mar  3 05:32:21 mail01 iis: ${row}`, [[row, 'marks of a carrier']]],
    ['a chat', `[3/9 10:13 AM] Ben O'Neil: ${row}`, [[row, 'marks of a carrier']]],
    ['words before a row are no mark', `blocked, agent: ${row}`, []],
    ['a number before it', '  3310  2021-03-03 x', [['2021-03-03 x', 'line numbers']]],
  ])('%s', (_name, given, wanted) => {
    expect(mendings(given).map(({ text, damages }) => [text, damages.join(', ')])).toEqual(wanted);
  });
  test('a line of megabytes is none', () => {
    expect(mendings('\u00a0'.repeat(1 << 20))).toEqual([]);
  });
});

describe('a whole row of a web server', () => {
  test.each([
    [row, true],
    [row.replace('- 203', 'MEADOW\\ann 203'), true],
    [row.slice(0, 85), false],
    [row.replace(' a=b', ''), false],
    // What a client wrote stands where the server's answer would.
    [row.replace('curl/7.1 -', 'x 241 0 -').replace('- 241 0 0', '- 302 0 0'), false],
    [row.replace('curl/7.1 - 241', 'x 241 0 302'), false],
    [row.replace('203.0.113.77', '203.0.11'), false],
  ])('%s', (text, wanted) => {
    expect(isWholeW3c(text, true)).toBe(wanted);
  });
  test('byte counts are believed where no blank was replaced', () => {
    const counted = row.replace(' 1406', ' 1 2 1406');
    expect([isWholeW3c(counted, false), isWholeW3c(counted, true)]).toEqual([true, false]);
  });
});

test('lines of a window are put together tight, those of a mail apart', () => {
  expect(joined(['x'.repeat(80), 'y'])[0]).toBe(`${'x'.repeat(80)}y`);
  expect(joined(['some words', 'more'])[0]).toBe('some words more');
  expect(joined(['some words ', '  more'])[0]).toBe('some words more');
});

test('quotes of the server in a control panel row', () => {
  expect(brokenEcpQuotes('2021-03-03T04:12:37.310Z,MAIL01,ECP.Request,“S:TIME=1”')).toBe(true);
  expect(brokenEcpQuotes('2021-03-03T04:12:37.310Z,MAIL01,ECP.Request,"S:TIME=1;S:URL=/“x”"')).toBe(false);
});
