import fc from 'fast-check';
import { expect, test } from 'vitest';
import { transcodeUtf16 } from './utf16.ts';

const wellFormed = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

test('every character has its place, whatever stands in the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\ufeff', '\n', '\ud83d', '\ude00'), maxLength: 400 }),
      fc.boolean(),
      (text, big) => {
        const stored = Buffer.from(text, 'utf16le');
        if (big) stored.swap16();
        const wide = transcodeUtf16(stored, !big, stored.length);
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(wide.bytes)).toBe(wellFormed(text).replaceAll('\ufeff', ''));
        let at = 0;
        let unit = 0;
        for (const character of wellFormed(text)) {
          if (character !== '\ufeff') {
            expect(wide.originalOffset(at)).toBe(unit * 2);
            at += Buffer.byteLength(character);
          }
          unit += character.length;
        }
        expect(wide.ownedEnd).toBe(wide.bytes.length);
      },
    ),
    { numRuns: 200 },
  );
});

test('what belongs to the block ends where its bytes end', () => {
  const stored = Buffer.from('ab\ncd\n', 'utf16le');
  expect(transcodeUtf16(stored, true, 6).ownedEnd).toBe(3);
  expect(transcodeUtf16(stored.subarray(0, 11), true, 12).bytes.length).toBe(5);
});
