/** Whether the bytes of a line or record are text, and what it reads. */

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });

function share(bytes: Uint8Array, is: (byte: number, at: number) => boolean): number {
  let count = 0;
  const length = Math.min(bytes.length, 4096);
  for (let at = 0; at < length; at++) if (is(bytes[at]!, at)) count++;
  return length === 0 ? 0 : count / length;
}

/** UTF-16 of our scripts has a zero in every second place and none between; anything else with many controls is no text. */
export const looksLikeUtf16 = (bytes: Uint8Array): boolean =>
  share(bytes, (byte, at) => at % 2 === 1 && byte === 0) > 0.35 && share(bytes, (byte, at) => at % 2 === 0 && byte !== 0) > 0.35;
const looksBinary = (bytes: Uint8Array): boolean =>
  share(bytes, (byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) > 0.1;

export type Coding = 'utf8' | 'utf16';

/** null: no text. */
export function codingOf(bytes: Uint8Array): Coding | null {
  if (bytes.length === 0) return null;
  if (looksLikeUtf16(bytes)) return 'utf16';
  return looksBinary(bytes) ? null : 'utf8';
}

export const decoded = (bytes: Uint8Array, coding: Coding): string => (coding === 'utf16' ? utf16 : utf8).decode(bytes);
