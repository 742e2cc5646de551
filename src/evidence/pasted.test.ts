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
      damages: { lines: 0, at: 0, kinds: new Set() },
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
