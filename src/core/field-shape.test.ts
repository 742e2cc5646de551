import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countedName, headOf, isShaped, oddCharacters, shapeOf, textShape } from './field-shape.ts';

const text = (value: string) => textShape(shapeOf('text', value))!;
const odd = (value: string): string[] =>
  Object.entries(oddCharacters).flatMap(([name, bit]) => ((text(value).odd & bit) === 0 ? [] : [name]));

test('a name says how a field is counted', () => {
  expect(countedName('cs-uri-query~text')).toEqual({ field: 'cs-uri-query', shape: 'text' });
  expect(countedName('cs-username~who')).toEqual({ field: 'cs-username', shape: 'who' });
  expect(countedName('CMD~head')).toEqual({ field: 'CMD', shape: 'head' });
  expect(countedName('cs(User-Agent)')).toEqual({ field: 'cs(User-Agent)', shape: null });
  expect(isShaped(['a', 'b~who'])).toBe(true);
  expect(isShaped(['a', 'b'])).toBe(false);
});

describe('the shape of a text', () => {
  test.each([
    ['plain', []],
    ['a@b', ['at']],
    ['a/../b', ['slash']],
    ['a:b', ['colon']],
    ['<x>', ['markup']],
    ["'", ['quote']],
    ['$(x)', ['quote']],
    ['a%20b', ['percent']],
    ['DOMAIN\\user', ['brace']],
    ['[x]{y}|', ['brace']],
    ['é', ['binary']],
    ['a\tb', ['binary']],
    ['Az09-_.!~*,;#?&=+^`', []],
  ])('%s', (value, expected) => {
    expect(odd(value)).toEqual(expected);
  });

  test('how long, how many names, and which comes first', () => {
    expect(
      [1, 8, 9, 24, 25, 64, 65, 160, 161, 400, 401, 1000, 1001].map((length) => text('x'.repeat(length)).lengthClass),
    ).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7]);
    expect(['a', 'a=1', 'a=1&b=2', 'a=1&b=2&c=3', 'a=&b=&c=&d=', '='.repeat(8)].map((value) => text(value).signClass)).toEqual([
      0, 1, 2, 2, 3, 4,
    ]);
    expect(text('cmd=1').name).toBe(text('CMD=2').name);
    expect(text('cmd=1').name).not.toBe(text('Email=1').name);
    expect(text('Sid~S-1-5').name).not.toBe(0);
    expect(text('noname').name).toBe(0);
    expect(text(`${'x'.repeat(24)}=1`).name).toBe(0);
  });

  test('any text has one, and it is one of few', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 2000 }), (value) => {
        const shape = shapeOf('text', value);
        expect(Number(shape.slice(1))).toBeLessThan(1 << 22);
        expect(textShape(shape)).not.toBeNull();
      }),
    );
    expect(textShape('~')).toBeNull();
    expect(textShape('…')).toBeNull();
  });
});

test.each([
  ['HAVEN\\emil.vogel', 'person'],
  ['emil.vogel@haven.example', 'person'],
  ['HAVEN\\MAIL01$', 'computer'],
  ['S-1-5-21-1-2-3-500', 'sid'],
  ['NT AUTHORITY\\SYSTEM', 'system'],
  ['NT+AUTHORITY\\SYSTEM', 'system'],
  ['HAVEN\\HealthMailboxb49c77b', 'monitor'],
  ['HealthMailbox1@haven.example', 'monitor'],
  ['HAVEN\\Health', 'person'],
  ['x', 'person'],
])('%s is a %s', (name, who) => {
  expect(shapeOf('who', name)).toBe(who);
});

test('the head of a cmdlet, and of an address', () => {
  expect(headOf("Set-OabVirtualDirectory.ExternalUrl=''x''")).toBe('Set-OabVirtualDirectory');
  expect(headOf('/ecp/DDI/DDIService.svc/GetList?a=b')).toBe('/ecp/DDI/DDIService');
  expect(headOf('.x')).toBe('.');
});
