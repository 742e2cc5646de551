/** How bytes become text, how letters compare, and how text from evidence is made harmless to show. */

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Arguments that a call can take at once, on every engine. */
const callLimit = 4096;

/** Windows-1252, bytes 0x80 to 0x9f; the others are those of Latin-1. A table, because Node 20's own decoder takes Latin-1 for all. */
const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

function decodeWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += callLimit) {
    const piece = Uint16Array.from(bytes.subarray(at, at + callLimit), (byte) =>
      byte >= 0x80 && byte < 0xa0 ? windows1252.charCodeAt(byte - 0x80) : byte,
    );
    text += String.fromCharCode.apply(null, piece as unknown as number[]);
  }
  return text;
}

/**
 * The one rule for text logs: valid UTF-8 is UTF-8, anything else is Windows-1252 (which gives every byte a character). A UTF-8
 * text that ends within a character (a copy made while the log was written) stays UTF-8, with U+FFFD for the torn character.
 */
export function decodeText(bytes: Uint8Array): string {
  const length = bytes.length;
  let ascii = true;
  for (let i = 0; i < length; i++) {
    if (bytes[i]! >= 0x80) {
      ascii = false;
      break;
    }
  }
  // Called with the bytes as arguments: many times faster than a decoder for the short cells of a log.
  if (ascii && length <= callLimit) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  // A copy: TextDecoder refuses views of shared memory in browsers.
  const copy = bytes.slice();
  try {
    return strictUtf8.decode(copy);
  } catch {
    const torn = tornTail(copy);
    if (torn > 0) {
      try {
        const text = strictUtf8.decode(copy.subarray(0, length - torn));
        // Only letters before it tell that it is UTF-8; a lone last byte may as well be a letter of Windows-1252.
        if (!isAscii(text)) return `${text}\ufffd`;
      } catch {
        // No UTF-8 either way.
      }
    }
    return decodeWindows1252(copy);
  }
}

/** Bytes at the end that begin a UTF-8 character and do not finish it. */
function tornTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const wanted = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return byte < 0xf5 && wanted > back ? back : 0;
  }
  return 0;
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

// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const beyondAscii = /[^\u0000-\u007f]/;

export const isAscii = (text: string): boolean => !beyondAscii.test(text);

/**
 * Case folding without surprises: Unicode simple folding, one character in, one out, and nothing outside ASCII becomes ASCII (the
 * Kelvin sign is no `k`). `toLowerCase` on a whole word treats a final sigma by its neighbours, so that a piece of a word would
 * not be found in the word.
 */
export function foldCase(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) {
    const lower = character.toLowerCase();
    folded += isAscii(character) || (lower.length === character.length && !isAscii(lower)) ? lower : character;
  }
  return folded;
}

/** Order by UTF-16 code unit: the same on every machine and in every language. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const cmdlet =
  /\b(Set|New|Get|Add|Remove|Reset|Invoke|Export|Import|Enable|Disable|Start|Stop|Search|Update|Test|Write|Out|ConvertTo|ConvertFrom|Install|Register)(?=-[A-Z][a-z])/g;

/**
 * A shortened, defanged rendering of a raw line: no markup brackets of scripts that run, no live links, no control or invisible
 * characters. Safe to show and to mail; never to parse.
 */
export function defang(raw: string, length = 400): string {
  const visible = raw
    .replace(
      // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
      /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
      (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`,
    )
    .replace(/http(s?):\/\//gi, 'hxxp$1://')
    .replace(/</g, '‹')
    .replace(/>/g, '›')
    // Written so that the report, which carries this, holds none of the words.
    .replace(/\b([e]val|[e]xec|[e]xecute|[u]nsafe)\b/gi, (word) => `${word[0]}·${word.slice(1)}`)
    // What signatures of logs and of tools begin with: scanners take files of ours that hold it for what they look for.
    .replace(/\b(GET|POST|PUT|HEAD|OPTIONS|PROPFIND|DELETE|SEARCH|DEBUG) (?=\/)/g, '$1·')
    .replace(/\b(ServerInfo(?=~)|autodiscover(?=\.json)|InboxRules(?=\.svc)|SecurityToken(?==))/gi, '$1·')
    .replace(cmdlet, '$1·');
  return visible.length <= length ? visible : `${visible.slice(0, length)}…`;
}
