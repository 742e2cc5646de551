/**
 * Bytes of a page → its text, as the web server would read it: by a mark at the beginning, by what the page says of itself, else by its
 * bytes. Encodings that nobody writes pages in (UTF-7, EBCDIC) are how some are kept from being read.
 */
import { decodeText } from '../core/text.ts';

export interface PageText {
  readonly text: string;
  readonly encoding: string;
  /** Not an encoding that pages are written in. */
  readonly odd: boolean;
  /** Place in the text → place in the bytes; exact where each character's width is known, else the beginning of the file. */
  toByte(at: number): number;
}

const latin = (bytes: Uint8Array, most: number): string => {
  let text = '';
  const end = Math.min(bytes.length, most);
  for (let at = 0; at < end; at += 4096)
    text += String.fromCharCode.apply(null, bytes.subarray(at, Math.min(at + 4096, end)) as unknown as number[]);
  return text;
};

/** `codepage=65000`, `pageEncoding="cp037"`, `charset=gb2312`, `encoding="UTF-16"` near the beginning. */
const stated = /(?:codepage|pageencoding|charset|encoding)\s{0,8}=\s{0,8}["']?\s{0,8}([\w-]{2,40})/i;

export function decodePage(bytes: Uint8Array): PageText {
  const marked = byMark(bytes);
  if (marked !== null) return marked;
  const head = latin(bytes, 4096);
  // Code page 037 of mainframes: `<%` is 4C 6C, `<?` is 4C 6F.
  if (bytes[0] === 0x4c && (bytes[1] === 0x6c || bytes[1] === 0x6f || bytes[1] === 0x5a))
    return { text: ebcdic(bytes), encoding: 'cp037', odd: true, toByte: (at) => at };
  const says = (stated.exec(head)?.[1]?.toLowerCase() ?? '').replace(/^0+(?=\d)/, '');
  if (/^(?:65000|utf-?7|unicode-1-1-utf-7)$/.test(says) || /\+ADw-/.test(head)) {
    const text = utf7(latin(bytes, bytes.length));
    return { text, encoding: 'utf-7', odd: true, toByte: () => 0 };
  }
  const behind = /^\s*<[^>]{1,200}>/.exec(head)?.[0].length ?? 0;
  if (/^(?:cp037|ibm037|ibm-037|37)$/.test(says) && behind > 0 && bytes.length > behind) {
    // The declaration is readable, what it declares is not.
    const text = head.slice(0, behind) + ebcdic(bytes.subarray(behind));
    return { text, encoding: 'cp037', odd: true, toByte: (at) => at };
  }
  if (/^utf-?16(?:be|le)?$/.test(says) || zerosIn(bytes) !== null) {
    const wide = zerosIn(bytes);
    if (wide !== null) return utf16(bytes, 0, wide, says !== '');
    if (behind > 0 && zerosIn(bytes.subarray(behind)) !== null) {
      const rest = utf16(bytes.subarray(behind), 0, zerosIn(bytes.subarray(behind))!, true);
      return {
        text: head.slice(0, behind) + rest.text,
        encoding: rest.encoding,
        odd: true,
        toByte: (at) => (at < behind ? at : behind + (at - behind) * 2),
      };
    }
  }
  return narrow(bytes, says);
}

/** As a reader has it who believes no word of a page about its encoding; null: so it was read already. */
export function decodedPlainly(bytes: Uint8Array, { encoding, odd }: PageText): PageText | null {
  return odd || encoding.startsWith('utf-16') ? narrow(bytes, '') : null;
}

function byMark(bytes: Uint8Array): PageText | null {
  const [a, b, c] = bytes;
  // Marks may be doubled: servers skip one, readers of texts often none.
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    let from = 3;
    while (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf) from += 3;
    const rest = narrow(bytes.subarray(from), 'utf-8');
    return { ...rest, toByte: (at) => from + rest.toByte(at) };
  }
  if (a === 0xff && b === 0xfe && bytes[2] === 0 && bytes[3] === 0 && bytes.length % 4 === 0 && bytes.length > 4)
    return { text: utf32(bytes), encoding: 'utf-32le', odd: true, toByte: (at) => 4 + at * 4 };
  if (a === 0xff && b === 0xfe) return utf16(bytes, 2, 'utf-16le', false);
  if (a === 0xfe && b === 0xff) return utf16(bytes, 2, 'utf-16be', false);
  if (a === 0x2b && b === 0x2f && c === 0x76)
    return { text: utf7(latin(bytes, bytes.length)), encoding: 'utf-7', odd: true, toByte: () => 0 };
  return null;
}

function utf16(bytes: Uint8Array, from: number, encoding: 'utf-16le' | 'utf-16be', odd: boolean): PageText {
  const text = new TextDecoder(encoding).decode(bytes.slice(from));
  return { text, encoding, odd, toByte: (at) => from + at * 2 };
}

/** Latin text in UTF-16 without a mark has a zero in every second byte. */
function zerosIn(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const looked = Math.min(bytes.length & ~1, 512);
  if (looked < 8) return null;
  let [even, odd] = [0, 0];
  for (let i = 0; i < looked; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  if (odd > looked * 0.35 && even <= looked * 0.02) return 'utf-16le';
  return even > looked * 0.35 && odd <= looked * 0.02 ? 'utf-16be' : null;
}

const fatal = { fatal: true, ignoreBOM: true } as const;

/** One byte a character, or UTF-8, or GBK where all pairs are such: of a pair the second byte can look like a backslash. */
function narrow(bytes: Uint8Array, says: string): PageText {
  const copy = bytes.slice();
  try {
    const text = new TextDecoder('utf-8', fatal).decode(copy);
    return { text, encoding: 'utf-8', odd: false, toByte: byteOf(text, copy) };
  } catch {
    // No UTF-8.
  }
  if (/^(?:936|gbk|gb2312|gb18030|utf-8|65001)?$/.test(says) || says === '') {
    try {
      const text = new TextDecoder('gbk', fatal).decode(copy);
      return { text, encoding: 'gbk', odd: false, toByte: byteOfPairs(copy) };
    } catch {
      // Nor this.
    }
  }
  // Quotes of the code page of China, where some bytes of the page are none of it.
  if (/=\s?\u00a1[\u00b0\u00b1]/.test(decodeText(copy.subarray(0, 4096))))
    return { text: new TextDecoder('gbk').decode(copy), encoding: 'gbk', odd: false, toByte: byteOfPairs(copy) };
  const text = decodeText(copy);
  return { text, encoding: 'windows-1252', odd: false, toByte: (at) => at };
}

function byteOf(text: string, bytes: Uint8Array): (at: number) => number {
  if (text.length === bytes.length) return (at) => at;
  return (at) => {
    let used = 0;
    for (let i = 0; i < at && i < text.length; i++) {
      const code = text.charCodeAt(i);
      used += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
    }
    return used;
  };
}

const byteOfPairs =
  (bytes: Uint8Array) =>
  (at: number): number => {
    let byte = 0;
    for (let i = 0; i < at && byte < bytes.length; i++) byte += bytes[byte]! > 0x80 ? 2 : 1;
    return byte;
  };

function utf32(bytes: Uint8Array): string {
  let text = '';
  for (let at = 4; at + 3 < bytes.length; at += 4) {
    const code = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    text += code <= 0x10_ffff ? String.fromCodePoint(code) : '\ufffd';
  }
  return text;
}

/** RFC 2152: `+` begins Base64 of UTF-16, `-` ends it. */
function utf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]{0,100000})-?/g, (whole: string, coded: string) => {
    if (coded === '') return whole.endsWith('-') ? '+' : whole;
    let decoded = '';
    let [bits, held] = [0, 0];
    for (const character of coded) {
      held = ((held << 6) | sixBits(character.charCodeAt(0))) & 0x3f_ffff;
      bits += 6;
      if (bits < 16) continue;
      bits -= 16;
      decoded += String.fromCharCode((held >> bits) & 0xffff);
    }
    return decoded;
  });
}

const sixBits = (code: number): number =>
  code >= 97 ? code - 71 : code >= 65 ? code - 65 : code >= 48 ? code + 4 : code === 43 ? 62 : 63;

/** The printable half of code page 037, from 0x40 on; a blank where it has nothing that code needs. */
const page037 =
  '  âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="' +
  'Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×{ABCDEFGHI­ôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ ';

function ebcdic(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes)
    text += byte >= 0x40 ? (page037[byte - 0x40] ?? ' ') : byte === 0x15 || byte === 0x25 || byte === 0x0d ? '\n' : ' ';
  return text;
}
