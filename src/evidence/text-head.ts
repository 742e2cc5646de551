/** What kind of text a file begins with. */
import type { Seam } from '../core/record.ts';
import { decodeText } from '../core/text.ts';

export interface TextHead {
  readonly encoding: Seam['encoding'];
  readonly lineEnd: Seam['lineEnd'];
  /** Decoded beginning; null: not text. */
  readonly text: string | null;
}

export function readHead(head: Uint8Array): TextHead {
  let encoding: Seam['encoding'] = 'utf8';
  if (head[0] === 0xff && head[1] === 0xfe) encoding = 'utf16le';
  else if (head[0] === 0xfe && head[1] === 0xff) encoding = 'utf16be';
  else if (head.length >= 8) {
    // Without a mark: Latin text has a zero in every second byte.
    let even = 0;
    let odd = 0;
    const looked = Math.min(head.length & ~1, 512);
    for (let i = 0; i < looked; i += 2) {
      if (head[i] === 0) even++;
      if (head[i + 1] === 0) odd++;
    }
    if (odd > looked * 0.4 && even === 0) encoding = 'utf16le';
    else if (even > looked * 0.4 && odd === 0) encoding = 'utf16be';
  }
  const text =
    encoding === 'utf8'
      ? decodeText(head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head)
      : new TextDecoder(encoding === 'utf16le' ? 'utf-16le' : 'utf-16be').decode(head.slice());
  const lineEnd = text.includes('\n') || !text.includes('\r') ? 10 : 13;
  return { encoding, lineEnd, text: isText(text) ? text : null };
}

/** Control characters that no text holds are rare in it; zeros alone (a log that is still open) do not make a text binary. */
function isText(text: string): boolean {
  let odd = 0;
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0) continue;
    seen++;
    if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 27) odd++;
  }
  return seen > 0 && odd <= seen / 100;
}
