import { describe, expect, it } from 'vitest';
import { needOf } from './condition.ts';
import { relaxed } from './relax.ts';
import { outlineOf } from './source-rules.ts';

const one = (text: string): NonNullable<ReturnType<typeof outlineOf>>['rules'][number] => outlineOf(text)!.rules[0]!;

describe('outlineOf', () => {
  it('finds rules, their lines, patterns and modifiers between comments and braces in texts', () => {
    const outline = outlineOf(`import "pe" // "
/* rule not { condition: true } */
private global rule first : tag other {
  meta: a = "} condition:" n = -3 ok = true
  strings:
    $a = "a { \\" } // x" wide ascii
    $h = { 4D 5A [2-4] ( 00 | ?? ) // }
           ~01 }
    $r = /a\\/b{2}[x]/i fullword
  condition: $a and filesize / 2 > 1 and #h > 1
}
rule second{condition:first}`)!;
    expect(outline.rules.map(({ name, line, private: hidden, global }) => [name, line, hidden, global])).toEqual([
      ['first', 3, true, true],
      ['second', 12, false, false],
    ]);
    expect(outline.imports.map(({ module }) => module)).toEqual(['pe']);
    expect(outline.rules[0]!.patterns.map(({ name, value, modifiers }) => [name, value.kind, ...modifiers])).toEqual([
      ['$a', 'text', 'wide', 'ascii'],
      ['$h', 'hex'],
      ['$r', 'regex', 'fullword'],
    ]);
  });

  it.each(['rule', 'rule a {', 'rule a { condition: "', 'rule a { strings: $a = { 4D } condition: $a', 'hello', '"', '\u0000'])(
    'gives %j up, and throws nothing',
    (text) => {
      expect(outlineOf(text)).toBeNull();
    },
  );

  it('takes a megabyte of opened brackets in one go', () => {
    const rule = one(`rule a { strings: $a = "x" condition: ${'('.repeat(500_000)}$a${')'.repeat(500_000)} }`);
    expect(rule.condition).toHaveLength(1_000_001);
    // Too long, or too deep, to be looked into: nothing is concluded from it.
    const names = { patterns: ['$a'], rules: new Set<string>(), modules: new Set<string>() };
    expect(needOf(rule.condition, names)).toEqual({ kind: 'true' });
    const deep = one(`rule a { strings: $a = "x" condition: ${'('.repeat(900)}$a${')'.repeat(900)} }`);
    expect(needOf(deep.condition, names)).toEqual({ kind: 'true' });
  });
});

describe('relaxed', () => {
  const copyOf = (condition: string, strings = '$a = "x" $b = /^y$/ $c = "z" fullword xor'): string | null =>
    relaxed(outlineOf(`rule r { strings: ${strings} condition: ${condition} }`)!)[0]!
      .copy?.replace(/\s+/g, ' ')
      .trim() ?? null;

  it.each([
    ['$a and filesize < 3KB', 'rule r { strings: $a = "x" condition: $a }'],
    ['$b', 'rule r { strings: $b = /y/ condition: $b }'],
    ['$c at 0', 'rule r { strings: $c = "z" xor condition: $c }'],
    ['not $a and #c > 2', 'rule r { strings: $c = "z" xor condition: $c }'],
    ['2 of them', 'rule r { strings: $a = "x" $b = /y/ $c = "z" xor condition: 2 of ($a,$b,$c) }'],
    ['$a or filesize > 3', 'rule r { strings: $a = "x" condition: any of them or filesize >= 0 }'],
  ])('%s', (condition, copy) => {
    expect(copyOf(condition)).toBe(copy);
  });

  it.each(['not $a', '#a == 0', 'none of them', 'for any of them : ( not $ )', 'filesize > 3'])(
    'nothing is left of %s',
    (condition) => {
      expect(copyOf(condition)).toBeNull();
    },
  );

  it('looks for a text in base64 in its three forms', () => {
    expect(copyOf('$a', '$a = "This program" base64')).toBe(
      'rule r { strings: $a = /(VGhpcyBwcm9ncmFt|RoaXMgcHJvZ3Jhb|UaGlzIHByb2dyYW)/ ascii condition: $a }',
    );
  });
});
