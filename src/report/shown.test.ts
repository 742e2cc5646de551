import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shown } from './shown.ts';

describe('shown', () => {
  it.each([
    ['bidirectional', 'a\u202eb\u2066c\u200fd\u061ce', 'a‹U+202E›b‹U+2066›c‹U+200F›d‹U+061C›e'],
    ['zero width', 'a\u200bb\u200dc\u2060d\ufeff', 'a‹U+200B›b‹U+200D›c‹U+2060›d‹U+FEFF›'],
    ['controls', 'a\tb\u0000c\u001bd\u0085', 'a‹U+0009›b‹U+0000›c‹U+001B›d‹U+0085›'],
    ['blanks that are no space', 'a\u00a0b\u3000c\u2800d\u3164e', 'a‹U+00A0›b‹U+3000›c‹U+2800›d‹U+3164›e'],
    ['tags and selectors', 'a\u{e0041}b\ufe0f', 'a‹U+E0041›b‹U+FE0F›'],
    ['half a character', 'a\ud800b', 'a‹U+D800›b'],
    ['a mark that would join what stands before', '\u0338x', '‹U+0338›x'],
    ['a live address', 'see HTTP://x.example and https://y', 'see hxxp://x.example and hxxps://y'],
    ['nothing', 'Grüße, 漢字 – «ok» 203.0.113.24', 'Grüße, 漢字 – «ok» 203.0.113.24'],
  ])('shows %s', (_name, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('leaves nothing that cannot be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(shown(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
