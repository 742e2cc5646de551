/** Text as 7-Zip writes it: lines of UTF-8, in which a name that is none keeps its bytes. */

import { nameText } from '../core/name-text.ts';

/** Control characters of ASCII and Latin-1. No file of a server has one in its name; a terminal obeys them. */
export function hasControl(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 32 || (code >= 127 && code < 160)) return true;
  }
  return false;
}

/** A name as 7-Zip prints it: `_` for BEL to CR and ESC, which a terminal would obey or take for the end of a line. */
export function asPrinted(name: string): string {
  let text = '';
  for (const char of name) {
    const code = char.charCodeAt(0);
    text += (code >= 7 && code <= 13) || code === 27 ? '_' : char;
  }
  return text;
}

/** No name of a file is as long, and neither is what else stands in a line; the rest of a longer one is dropped. */
const mostLineBytes = 128 << 10;

export class Lines {
  readonly #onLine: (line: string) => void;
  readonly #bytes = Buffer.alloc(mostLineBytes);
  #length = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const found = bytes.indexOf(10, at);
      const end = found < 0 ? bytes.length : found;
      const piece = bytes.subarray(at, Math.min(end, at + mostLineBytes - this.#length));
      this.#bytes.set(piece, this.#length);
      this.#length += piece.length;
      at = end + 1;
      if (found >= 0) this.#take();
    }
  }

  /** What stands after the last line break is a line, too. */
  end(): void {
    if (this.#length > 0) this.#take();
  }

  #take(): void {
    // Nearly all is ASCII, and a large archive has millions of lines.
    const ascii = this.#bytes.toString('latin1', 0, this.#length);
    const line = /[\u0080-\u00ff]/.test(ascii) ? nameText(this.#bytes.subarray(0, this.#length)) : ascii;
    this.#length = 0;
    this.#onLine(line);
  }
}
