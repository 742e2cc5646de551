/** How bytes become text, and how text from evidence is made harmless to show. */

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

/** The one rule for text logs: valid UTF-8 is UTF-8, anything else is Windows-1252 (which gives every byte a character). */
export function decodeText(bytes: Uint8Array): string {
  let ascii = true;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! >= 0x80) {
      ascii = false;
      break;
    }
  }
  if (ascii && bytes.length < 2048) return String.fromCharCode(...bytes);
  // A copy: TextDecoder refuses views of shared memory in browsers.
  const copy = bytes.slice();
  try {
    return strictUtf8.decode(copy);
  } catch {
    return windows1252.decode(copy);
  }
}

/** Percent-decodes once; invalid sequences stay as they are; bytes by {@link decodeText}'s rule. */
export function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = new Uint8Array(run.length / 3);
    for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(run.slice(i * 3 + 1, i * 3 + 3), 16);
    return decodeText(bytes);
  });
}

/** Order by UTF-16 code unit: the same on every machine and in every language. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * A shortened, defanged rendering of a raw line: no markup brackets of scripts that run, no live links, no control or invisible
 * characters. Safe to show and to mail; never to parse.
 */
export function defang(raw: string, length = 400): string {
  const visible = raw
    // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (character) =>
      `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`)
    .replace(/http(s?):\/\//gi, 'hxxp$1://')
    .replace(/</g, '‹')
    .replace(/>/g, '›')
    .replace(/\b(eval|exec|execute|unsafe)\b/gi, (word) => `${word[0]}·${word.slice(1)}`);
  return visible.length <= length ? visible : `${visible.slice(0, length)}…`;
}
