import { describe, expect, test } from 'vitest';
import { utf16 } from '../../test/support/memory.ts';
import { segment } from './pasted.ts';
import { readHead } from './text-head.ts';

const iis = '2021-05-01 10:00:00 10.1.2.3 GET /owa/ - 443 - 198.51.100.7 Agent/1 - 200 0 0 12';
const text = [
  'Hello all, this is what I have:',
  iis,
  iis,
  '',
  'and from the tool',
  'ProxyLogon Status: Exchange Server MX1',
  '  Log age days: Oabgen  Ecp 29.5',
  '',
  '2021-03-03T04:12:11.400Z ServerInfo~a]@mx:444/x?#',
  'Thanks',
  '#Fields: date time cs-uri-stem',
  '2021-05-01 10:00:00 /owa/',
  '',
].join('\r\n');

const pieces = (bytes: Uint8Array, encoding: 'utf8' | 'utf16le' | 'utf16be', lineEnd: 10 | 13 = 10): unknown[] => {
  const { parts } = segment(bytes, encoding, lineEnd);
  const decoder = new TextDecoder(encoding === 'utf8' ? 'utf-8' : encoding === 'utf16le' ? 'utf-16le' : 'utf-16be');
  return parts.map(({ kind, at, end, firstLine, excerpt }) => [
    kind,
    firstLine,
    excerpt,
    decoder.decode(bytes.slice(at, end)).split(/\r\n|\r/)[0],
  ]);
};
const wanted = [
  ['iis-w3c', 1, true, iis],
  ['test-proxylogon-console', 5, true, 'ProxyLogon Status: Exchange Server MX1'],
  ['powershell-table', 8, true, '2021-03-03T04:12:11.400Z ServerInfo~a]@mx:444/x?#'],
];

describe('several kinds in one text', () => {
  test.each([
    ['UTF-8', new TextEncoder().encode(text), 'utf8', 10],
    ['UTF-16 LE', utf16(text, false, false), 'utf16le', 10],
    ['UTF-16 BE', utf16(text, true, false), 'utf16be', 10],
    ['CR alone', new TextEncoder().encode(text.replaceAll('\r\n', '\r')), 'utf8', 13],
  ] as const)('%s', (_name, bytes, encoding, lineEnd) => {
    expect(pieces(bytes, encoding, lineEnd)).toEqual(wanted);
  });
  test('what nothing claims is counted as a note', () => {
    expect(segment(new TextEncoder().encode(text), 'utf8', 10).notes.lines).toBe(5);
    expect(segment(new TextEncoder().encode(''), 'utf8', 10)).toEqual({
      parts: [],
      mended: new Map(),
      notes: { lines: 0, at: 0, text: '' },
      damages: { lines: 0, at: 0, givenUpAt: null, kinds: new Set() },
    });
  });
});

test('the parts cover whole lines and do not overlap', () => {
  const bytes = new TextEncoder().encode(text);
  let before = 0;
  for (const { at, end } of segment(bytes, 'utf8', 10).parts) {
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at === 0 || bytes[at - 1] === 10).toBe(true);
    expect(end === bytes.length || bytes[end - 1] === 10).toBe(true);
    before = end;
  }
});

describe('head', () => {
  test.each([
    ['LF', 'a\nb\n', 'utf8', 10, 'a\nb\n'],
    ['CR', 'a\rb\r', 'utf8', 13, 'a\rb\r'],
    ['a mark', '\ufeffa\n', 'utf8', 10, 'a\n'],
  ])('%s', (_name, given, encoding, lineEnd, decoded) => {
    expect(readHead(new TextEncoder().encode(given))).toEqual({ encoding, lineEnd, text: decoded });
  });
  test('zeros behind text are text; bytes of a program are not', () => {
    expect(readHead(new TextEncoder().encode(`abc\n${'\0'.repeat(900)}`)).text).not.toBe(null);
    expect(readHead(Uint8Array.from([77, 90, 144, 0, 3, 0, 0, 0, 4, 0, 0, 0, 1, 2, 5, 6])).text).toBe(null);
    expect(readHead(new Uint8Array(0)).text).toBe(null);
  });
});

test('a line of megabytes is judged by its beginning', () => {
  const encoder = new TextEncoder();
  for (const unit of ['>', '* ', '| > ', ' ']) {
    const long = unit.repeat((6 << 20) / unit.length);
    const { parts } = segment(encoder.encode(`${long}\n${iis}\n${long}`), 'utf8', 10);
    expect(parts.map(({ kind, at }) => [kind, at])).toEqual([['iis-w3c', long.length + 1]]);
  }
});

describe('text as it was', () => {
  const encoder = new TextEncoder();
  const hard = iis.replaceAll(' ', '\u00a0');
  test('a part with one damaged line is read whole, each line with its place', () => {
    const given = `Hi,\r\n${iis}\r\n${hard}\r\n\r\n${iis}\r\nBye\r\n`;
    for (const [bytes, encoding] of [
      [encoder.encode(given), 'utf8'],
      [utf16(given, false, false), 'utf16le'],
    ] as const) {
      const { parts, mended, notes, damages } = segment(bytes, encoding, 10);
      expect(parts.map(({ kind, firstLine, excerpt, mended: is }) => [kind, firstLine, excerpt, is])).toEqual([
        ['iis-w3c', 1, true, true],
      ]);
      const text = mended.get(parts[0]!)!;
      expect(new TextDecoder().decode(text.bytes)).toBe(`${iis}\n${iis}\n\n${iis}\n`);
      const decoder = new TextDecoder(encoding === 'utf8' ? 'utf-8' : 'utf-16le');
      expect(text.lines.map(({ at, end, line }) => [line, decoder.decode(bytes.slice(at, end))])).toEqual([
        [1, iis],
        [2, hard],
        [3, ''],
        [4, iis],
      ]);
      expect([notes.lines, damages.lines, [...damages.kinds]]).toEqual([2, 1, ['hard blanks']]);
    }
  });
  test('lines that are put together count as one, at the first of them', () => {
    const at = iis.indexOf(' Agent');
    const { parts, mended } = segment(encoder.encode(`x\n${iis.slice(0, at)}\n${iis.slice(at + 1)}\n${iis}\n`), 'utf8', 10);
    const text = mended.get(parts[0]!)!;
    expect(new TextDecoder().decode(text.bytes)).toBe(`${iis}\n${iis}\n`);
    expect(text.lines.map(({ at: from, end, line }) => [from, end, line])).toEqual([
      [2, 2 + iis.length, 1],
      [3 + iis.length, 3 + 2 * iis.length, 3],
    ]);
  });
  test('a line that is read as it stands is not changed', () => {
    const odd = iis.replace('Agent/1', 'a&quot;“\u00a0\\_x');
    const { parts, mended } = segment(encoder.encode(`words\n${odd}\n`), 'utf8', 10);
    expect([parts.length, mended.size]).toEqual([1, 0]);
  });
  test('what a client wrote does not become the answer of the server', () => {
    const forged = iis.replace('Agent/1 -', 'x 241 0 -').replaceAll(' ', '\u00a0');
    expect(segment(encoder.encode(`words\n${forged}\n`), 'utf8', 10).parts).toEqual([]);
  });
  test('damaged lines that are nothing are given up, and it is told', () => {
    const { damages, notes } = segment(encoder.encode('a\u00a0b\n'.repeat(50_010)), 'utf8', 10);
    expect([damages.givenUpAt, notes.lines]).toEqual([49_999 * 5, 50_010]);
  });
});

test('a row of the ECP log in a quoted mail keeps its time and its server, broken or not', () => {
  const row =
    "2021-02-27T23:16:56.590Z,MAIL01,ECP.Request,\"S:TIME=205;S:SID=9fb3cb27-8d93-4dd3-a627-5c24ea5f3e21;'S:CMD=Set-OabVirtualDirectory.ExternalUrl=''http://f/''';S:REQID=;S:URL=/ecp/DDI/DDIService.svc/SetObject?a=b;S:EX=;S:BLD=15.1.2176.2\"";
  const quoted = (lines: readonly string[]): Uint8Array =>
    new TextEncoder().encode(`Hi,\n${lines.map((line) => `> ${line}`).join('\n')}\n\nany ideas?\n`);
  const broken = row.match(/.{1,90}/g)!;
  expect(broken.length).toBeGreaterThan(2);
  for (const lines of [[row], broken, [row, row], [...broken, ...broken]]) {
    const bytes = quoted(lines);
    const { parts, mended } = segment(bytes, 'utf8', 10);
    expect(new Set(parts.map(({ kind }) => kind))).toEqual(new Set(['ecp-server']));
    const read = parts.flatMap((part) => new TextDecoder().decode(mended.get(part)!.bytes).trimEnd().split('\n'));
    expect(read).toHaveLength(lines.filter((line) => line.startsWith('2021-')).length);
    expect(read).toEqual(read.map(() => row));
  }
  // A piece that has no time and no server of its own stays one.
  expect(segment(quoted(["S:TIME=205;'S:CMD=Set-X.A=1'"]), 'utf8', 10).parts.map(({ kind }) => kind)).toEqual(['ecp-excerpt']);
});

test('what looks like damage in a client’s word does not take its row out of a quoted mail', () => {
  const row = iis.replace('Agent/1', 'Agent/1&nbsp;404');
  const bytes = new TextEncoder().encode(`Hi,\n> ${iis}\n> ${row}\n> ${row}\n`);
  const { parts, mended } = segment(bytes, 'utf8', 10);
  const read = parts.flatMap((part) => new TextDecoder().decode(mended.get(part)!.bytes).trimEnd().split('\n'));
  expect(read).toEqual([iis, row, row]);
});
