/** Ways in which a page keeps a text from being read, undone: each takes constant texts and gives one, or null. All bounded. */
import { inflate } from './inflate.ts';
import type { Obfuscation } from './page-facts.ts';

/** A text that a page makes is followed up to here. */
export const madeLimit = 1 << 20;

export interface Unfolded {
  readonly text: string;
  readonly by: Obfuscation | null;
}

const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sixBits = new Map(standard.split('').map((character, index) => [character, index] as const));
sixBits.set('-', 62);
sixBits.set('_', 63);

/** One character a byte. What is no letter of the alphabet is passed over, as PHP does. */
export function base64Text(text: string): string | null {
  if (text.length > madeLimit * 2) return null;
  let [decoded, held, bits] = ['', 0, 0];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '=') continue;
    const value = sixBits.get(text[i]!);
    if (value === undefined) continue;
    held = ((held << 6) | value) & 0xff_ffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      decoded += String.fromCharCode((held >> bits) & 0xff);
    }
  }
  return decoded;
}

export function hexText(text: string): string | null {
  const plain = text.replace(/[\s,\\%]|0x|&h/gi, '');
  if (plain.length < 2 || plain.length > madeLimit || /[^0-9a-f]/i.test(plain)) return null;
  let decoded = '';
  for (let i = 0; i + 1 < plain.length; i += 2) decoded += String.fromCharCode(Number.parseInt(plain.slice(i, i + 2), 16));
  return decoded;
}

export const reversed = (text: string): string => {
  let out = '';
  for (let i = text.length - 1; i >= 0; i--) out += text[i]!;
  return out;
};

export const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });

export const urlText = (text: string, plus: boolean): string =>
  (plus ? text.replaceAll('+', ' ') : text).replace(/%u([0-9a-f]{4})|%([0-9a-f]{2})/gi, (_, wide?: string, narrow?: string) =>
    String.fromCharCode(Number.parseInt((wide ?? narrow)!, 16)),
  );

/** What `replace` of any language does with constant texts; bounded. */
export function replaced(text: string, what: string, by: string): string | null {
  if (what === '') return text;
  const out = text.replaceAll(what, () => by);
  return out.length > madeLimit ? null : out;
}

export const unpacked = (text: string): string | null => inflate(text, madeLimit);

/** `uuencode` as PHP has it. */
export function uuText(text: string): string | null {
  let out = '';
  for (const line of text.split('\n')) {
    const length = (line.charCodeAt(0) - 32) & 63;
    if (line === '' || length === 0) continue;
    let row = '';
    for (let i = 1; i + 3 < line.length + 3; i += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map((k) => ((line.charCodeAt(i + k) || 32) - 32) & 63) as [
        number,
        number,
        number,
        number,
      ];
      row += String.fromCharCode((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d);
    }
    out += row.slice(0, length);
  }
  return out === '' ? null : out;
}

/** The maker's own encoding of scripts (`#@~^…==…^#~@`): three alphabets in a fixed turn. */
export function scriptDecoded(text: string): string | null {
  const begin = text.indexOf('#@~^');
  if (begin === -1) return null;
  // Behind the mark stand eight characters of length; before the end as many of a checksum.
  const from = begin + 12;
  const end = text.indexOf('^#~@', from);
  const body = text.slice(from, end === -1 ? text.length : Math.max(from, end - 8)).slice(0, madeLimit);
  let out = '';
  let index = 0;
  for (let i = 0; i < body.length; i++) {
    const special = body[i] === '@' ? specials[body[i + 1] ?? ''] : undefined;
    if (special !== undefined) {
      out += special;
      i++;
      index++;
      continue;
    }
    const code = body.charCodeAt(i);
    if (code < 128) {
      out += plainOf(turns.charCodeAt(index % 64) - 48, code) ?? body[i]!;
      index++;
    } else out += body[i]!;
  }
  return out;
}

const specials: Readonly<Record<string, string>> = { '&': '\n', '#': '\r', '!': '<', '*': '>', $: '@' };

/** Which of the three alphabets is next. @see https://www.virtualconspiracy.com/content/articles/breaking-screnc */
const turns = '1201202002021020102011200210200211020201011201021020112001120102';

/** For TAB and 32 to 127 what each of the three alphabets makes of it, as hexadecimal digits; the article above has the table. */
const alphabets =
  '643769507e2c225a654a4572613a5b5e79665d59755b274c42764560637623622a654d435f51337e53424f5220522063' +
  '7a264a21545a467138202b79266632632a572a586c767f2b477b462530522c314f296c3d6949703f3f3f27787b3f3f3f' +
  '675f513f3f3f62297a41247e5a2f3b663947323341736f774d215643755f7128263942787c466e534a64485c74314867' +
  '72367d6e4b68707d35495d223f6a554b503a6a69602e236a7f097128706f3565497d745c242c5d2d7727544459373f25' +
  '7b6d7c3d7c236c436d3438286d5e314e5b392b6e7f3057366f4c547434346b72624c254e33563056735e3a6873785509' +
  '57474b7732613b3524442e4d2f646b594f44453b215c2d37684153366158587a4879222e096050756b2d384e29553d3f51672f';

const plain: readonly (readonly string[])[] = [0, 1, 2].map((alphabet) => {
  const table: string[] = [];
  for (let i = 0; i * 6 + 6 <= alphabets.length; i++)
    table[Number.parseInt(alphabets.slice(i * 6 + alphabet * 2, i * 6 + alphabet * 2 + 2), 16)] =
      i === 0 ? '\t' : String.fromCharCode(i + 31);
  return table;
});
const plainOf = (alphabet: number, code: number): string | undefined => plain[alphabet]?.[code];
