import { describe, expect, it } from 'vitest';
import { utf16 } from './bytes.ts';
import { knownText, trimmed } from './known-texts.ts';

const knownUtf16 = (bytes: Uint8Array, at: number, end: number): string =>
  knownText(bytes, at, end)?.text ?? trimmed(utf16(bytes, at, end));

const bytesOf = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    bytes[i * 2] = text.charCodeAt(i) & 0xff;
    bytes[i * 2 + 1] = text.charCodeAt(i) >> 8;
  }
  return bytes;
};

describe('texts that were decoded before', () => {
  it('are what decoding gives, wherever they stand, however often, and when more come than are remembered', () => {
    let text = '';
    for (let i = 0; i < 30_000; i++) text += `C:\\Windows\\System32\\program-${i % 20_000}.exe\u00e9\ud800`;
    const bytes = bytesOf(text);
    let compared = 0;
    for (let step = 0; step < 60_000; step++) {
      const at = (Math.imul(step, 0x9e3779b1) >>> 0) % (bytes.length - 700);
      const end = at + ((Math.imul(step, 0x85ebca6b) >>> 0) % 600);
      if (knownUtf16(bytes, at, end) === trimmed(utf16(bytes, at, end))) compared++;
    }
    expect(compared).toBe(60_000);
  });

  it('differ when one bit does', () => {
    const bytes = bytesOf('S-1-5-21-1004336348-1177238915-682003330-512');
    const whole = knownUtf16(bytes, 0, bytes.length);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const other = bytes.slice();
      other[bit >> 3] = other[bit >> 3]! ^ (1 << (bit & 7));
      expect(knownUtf16(other, 0, other.length)).toBe(trimmed(utf16(other, 0, other.length)));
    }
    expect(knownUtf16(bytes, 0, bytes.length)).toBe(whole);
    expect(knownUtf16(bytes, 1, bytes.length)).toBe(trimmed(utf16(bytes, 1, bytes.length)));
  });
});
