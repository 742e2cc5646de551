/** Modifiers that make other texts of a text: Base64, UTF-16, the dashes of Windows. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += alphabet[group >> 18]! + alphabet[(group >> 12) & 63]!;
    text += left > 1 ? alphabet[(group >> 6) & 63]! : '=';
    text += left > 2 ? alphabet[group & 63]! : '=';
  }
  return text;
}

const from = [0, 2, 3];
const until = [0, 3, 2];

/** How the bytes look within a longer Base64 text: for each of the three places where they can begin, what is always the same. */
export function base64Offsets(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((offset) => {
    const whole = base64Text(Uint8Array.from([...new Uint8Array(offset), ...bytes]));
    return whole.slice(from[offset], whole.length - until[(bytes.length + offset) % 3]!);
  });
}

export type Utf16 = 'utf16le' | 'utf16be' | 'utf16';

export function utf16Bytes(text: string, form: Utf16): Uint8Array {
  const mark = form === 'utf16' ? 1 : 0;
  const bytes = new Uint8Array((text.length + mark) * 2);
  const put = (index: number, unit: number): void => {
    bytes[index * 2] = form === 'utf16be' ? unit >> 8 : unit & 0xff;
    bytes[index * 2 + 1] = form === 'utf16be' ? unit & 0xff : unit >> 8;
  };
  if (mark === 1) put(0, 0xfeff);
  for (let i = 0; i < text.length; i++) put(i + mark, text.charCodeAt(i));
  return bytes;
}

/** Bytes as text, one character each: what a value that was not encoded further is compared as. */
export const latin1Text = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];
/** A dash or slash that can begin a parameter: no letter before it, one behind it. */
const parameter = /(?<!\w)[-/\u2013\u2014\u2015](?=\w)/g;

/** null: more than `most`. */
export function windowsDashes(text: string, most: number): string[] | null {
  const places = [...text.matchAll(parameter)].map(({ index }) => index);
  if (dashes.length ** places.length > most) return null;
  let made = [text];
  for (const at of places) made = made.flatMap((one) => dashes.map((dash) => one.slice(0, at) + dash + one.slice(at + 1)));
  return [...new Set(made)];
}
