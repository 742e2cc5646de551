import { describe, expect, test } from 'vitest';
import { bareAddress, isPrivate } from './address.ts';
import { decodeText, foldCase, percentDecode } from './text.ts';
import { parseIsoBytes } from './time.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('bytes to text', () => {
  test.each([
    ['ASCII', utf8('abc'), 'abc'],
    ['UTF-8', utf8('é€😀'), 'é€😀'],
    ['Windows-1252', Uint8Array.from([0x63, 0xe9, 0x80]), 'cé€'],
    ['a lone last letter of Windows-1252', Uint8Array.from([0x63, 0xe9]), 'cé'],
    ['UTF-8 torn within a character', utf8('é€').subarray(0, 4), 'é\ufffd'],
    ['UTF-8 torn within four bytes', utf8('é😀').subarray(0, 5), 'é\ufffd'],
    ['long ASCII', utf8('x'.repeat(100_000)), 'x'.repeat(100_000)],
    ['nothing', new Uint8Array(0), ''],
  ])('%s', (_name, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });
  test('percent: once, bytes by the same rule, the rest as it is', () => {
    expect(percentDecode('%41%2541%zz%')).toBe('A%41%zz%');
    expect(percentDecode('%2541')).toBe('%41');
    expect(percentDecode('%C3%A9')).toBe('é');
    expect(percentDecode('%e9x')).toBe('éx');
    expect(percentDecode('100%')).toBe('100%');
  });
  test('folding: one in, one out, nothing becomes ASCII', () => {
    expect(['ABC', 'ÉΣ', '\u212a', 'İ'].map(foldCase)).toEqual(['abc', 'éσ', '\u212a', 'İ']);
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:443', '192.0.2.1'],
  ['[2001:DB8::1]:443', '2001:db8::1'],
  ['fe80::1%12', 'fe80::1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::', '::'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ['::1.2.3.4', '::1.2.3.4'],
  ['999.0.2.1', null],
  ['10:20:30', null],
  ['1::2::3', null],
  ['::ffff:999.1.1.1', null],
  ['x.x.x.x', null],
  ['', null],
])('address %s', (text, address) => {
  expect(bareAddress(text)).toBe(address);
});

test('private addresses', () => {
  expect(
    ['10.1.1.1', '172.31.0.1', '192.168.0.1', '100.64.0.1', '127.0.0.1', '::1', 'fd00::1', 'fe80::1', '169.254.1.1'].every(
      isPrivate,
    ),
  ).toBe(true);
  expect(['172.32.0.1', '100.128.0.1', '203.0.113.1', '2001:db8::1'].some(isPrivate)).toBe(false);
});

test.each([
  ['2021-03-03T04:12:11.400Z', '2021-03-03T04:12:11.400Z'],
  ['2021-03-03 04:12:11', '2021-03-03T04:12:11.000Z'],
  ['2021-03-03T04:12:11.1234567Z', '2021-03-03T04:12:11.123Z'],
  ['2021-03-03T01:12:11+01:00', '2021-03-03T00:12:11.000Z'],
  ['2021-03-03T23:12:11-01:30', '2021-03-04T00:42:11.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['2021-02-29T00:00:00Z', null],
  ['2021-03-03T24:00:00Z', null],
  ['2021-03-03T04:12:11x', null],
  ['2021-03-03T04:12', null],
  ['2021-03-03', null],
  ['', null],
])('time %s', (text, iso) => {
  const ms = parseIsoBytes(utf8(text), 0, text.length);
  expect(Number.isNaN(ms) ? null : new Date(ms).toISOString()).toBe(iso);
});
