/** Tables as a console prints them: alignment, cut and wrapped values, folded blanks. */
import { describe, expect, test } from 'vitest';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { powershellTable } from './powershell-table.ts';

const stamp = '2021-03-03T04:12:11.400Z';

describe('aligned with its dashes', () => {
  test('values with blanks in the middle, numbers at the right, absent values', () => {
    const text = [
      'DateTime                 UserAgent          HttpStatus AnchorMailbox',
      '--------                 ---------          ---------- -------------',
      `${stamp} Mozilla/5.0 (X; Y)        241 ServerInfo~a]@mx:444/a b?#`,
      `${stamp}                           200 ServerInfo~b`,
      '',
    ].join('\r\n');
    const seen = scanText(powershellTable, text);
    expect(fieldsOf(seen)).toEqual([
      { DateTime: stamp, UserAgent: 'Mozilla/5.0 (X; Y)', HttpStatus: '241', AnchorMailbox: 'ServerInfo~a]@mx:444/a b?#' },
      { DateTime: stamp, HttpStatus: '200', AnchorMailbox: 'ServerInfo~b' },
    ]);
    expect([seen.count, told(seen)]).toEqual([2, []]);
    expect(seen.rows[0]!.time).toBe(stamp);
    expect(powershellTable.recognise(text, '')).toBe(0.9);
  });
  test.each(['...', '\u2026'])('a narrow console cuts with %s', (mark) => {
    const text = `DateTime      AnchorMailbox     UrlStem\n--------      -------------     -------\n2021-03-03T${mark} ServerInfo~a]@${mark} /ecp/y.js\n`;
    const seen = scanText(powershellTable, text);
    expect(fieldsOf(seen)).toEqual([
      { DateTime: `2021-03-03T${mark}`, AnchorMailbox: `ServerInfo~a]@${mark}`, UrlStem: '/ecp/y.js' },
    ]);
    expect(seen.problems.map(({ code, count }) => [code, count])).toEqual([
      ['row.cut_off', 2],
      ['row.time', 1],
    ]);
    expect(seen.rows[0]!.time).toBe(null);
  });
  test('wrapped values are put together', () => {
    const text = [
      'DateTime                 AnchorMailbox',
      '--------                 -------------',
      `${stamp} ServerInfo~a]@mx:444/ecp/DDI/DDIServi`,
      '                         ce.svc/GetObject?#',
      `${stamp} ServerInfo~b`,
      '',
      '',
      'and this is what my colleague says',
    ].join('\n');
    const seen = scanText(powershellTable, text);
    expect(fieldsOf(seen).map(({ AnchorMailbox }) => AnchorMailbox)).toEqual([
      'ServerInfo~a]@mx:444/ecp/DDI/DDIService.svc/GetObject?#',
      'ServerInfo~b',
    ]);
    expect([seen.count, told(seen)]).toEqual([2, []]);
  });
  test('a table that does not begin with the time', () => {
    const text = 'AnchorMailbox HttpStatus\n------------- ----------\nServerInfo~a         241\n';
    expect(powershellTable.recognise(text, '')).toBe(0.9);
    expect(fieldsOf(scanText(powershellTable, text))).toEqual([{ AnchorMailbox: 'ServerInfo~a', HttpStatus: '241' }]);
  });
  test('dates in the language of the server are no UTC', () => {
    const text = 'DateTime            AnchorMailbox\n--------            -------------\n03.03.2021 07:52:03 ServerInfo~a\n';
    const seen = scanText(powershellTable, text);
    expect([seen.count, seen.rows[0]!.time, told(seen)]).toEqual([1, null, []]);
  });
});

test('blanks folded on the way: only the last column may hold some', () => {
  const text = `DateTime UrlStem AnchorMailbox\n-------- ------- -------------\n${stamp} /ecp/y.js ServerInfo~a b c\nour own words here\n`;
  const seen = scanText(powershellTable, text.replace('-------- ------- -------------', '--- --- ---'));
  expect(fieldsOf(seen)).toEqual([{ DateTime: stamp, UrlStem: '/ecp/y.js', AnchorMailbox: 'ServerInfo~a b c' }]);
  expect(seen.problems.map(({ code }) => code)).toEqual(['row.realigned']);
});

test('columns of another log make no table of this one', () => {
  expect(powershellTable.recognise('Name Length\n---- ------\na 1\n', '')).toBe(0);
  expect(powershellTable.claims('Name   Length', false)).toBe(0);
});
