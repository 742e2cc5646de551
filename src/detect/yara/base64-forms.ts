/** A text that is looked for in base64: the three ways in which it can stand there, whatever stands around it. */
import { base64 } from '../../core/hash.ts';

/** The bytes of a quoted text; null: it cannot be told. */
function bytesOf(quoted: string): number[] | null {
  const bytes: number[] = [];
  const inner = quoted.slice(1, -1);
  const plain: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, '"': 34, '\\': 92 };
  for (let i = 0; i < inner.length; i++) {
    const code = inner.charCodeAt(i);
    if (code > 0x7e || code < 0x20) return null;
    if (code !== 92) {
      bytes.push(code);
      continue;
    }
    const next = inner[++i] ?? '';
    const hex = /^x([0-9a-fA-F]{2})/.exec(inner.slice(i, i + 3));
    if (hex !== null) {
      bytes.push(Number.parseInt(hex[1]!, 16));
      i += 2;
    } else if (plain[next] !== undefined) bytes.push(plain[next]);
    else return null;
  }
  return bytes;
}

/** Characters that no neighbour has a part in. */
function certain(bytes: readonly number[], shift: number): string {
  const text = base64(new Uint8Array([...Array.from({ length: shift }, () => 0), ...bytes]));
  const behind = (shift + bytes.length) % 3;
  return text.slice([0, 2, 3][shift], text.length - [0, 3, 2][behind]!);
}

/** As a regular expression with its modifiers; null: it is not to be had so. */
export function base64Forms(quoted: string, modifiers: readonly string[]): string | null {
  const bytes = bytesOf(quoted);
  if (bytes === null) return null;
  const forms: (readonly number[])[] = [];
  if (modifiers.includes('wide')) forms.push(bytes.flatMap((byte) => [byte, 0]));
  if (modifiers.includes('ascii') || !modifiers.includes('wide')) forms.push(bytes);
  const texts = forms.flatMap((form) => [0, 1, 2].map((shift) => certain(form, shift)));
  if (texts.some((text) => text.length < 2)) return null;
  const widths = [modifiers.includes('base64') ? 'ascii' : '', modifiers.includes('base64wide') ? 'wide' : ''];
  return `/(${texts.map((text) => text.replace(/[+/]/g, '\\$&')).join('|')})/ ${widths.join(' ')}`;
}
