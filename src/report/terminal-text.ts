/** Text for a terminal: nothing in it can move the cursor, change colours, hide or turn text; it never is wider than it may be. */
import { shown } from './shown.ts';

/** The one function that every string of the evidence passes on its way to a terminal. */
export const terminalText = (text: string): string => shown(text, ['<', '>']);

/** Wide in terminals: CJK, Hangul, full-width forms, pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes; it must have passed {@link terminalText}. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += wide.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  return cells;
}

/** Cuts to so many columns, with an ellipsis where something was cut. */
export function clip(text: string, columns: number): string {
  const safe = terminalText(text);
  if (cellsOf(safe) <= columns) return safe;
  let cut = '';
  let cells = 0;
  for (const character of safe) {
    const size = cellsOf(character);
    if (cells + size > columns - 1) break;
    cut += character;
    cells += size;
  }
  return `${cut.trimEnd()}…`;
}

/** Cuts the beginning off instead: of a path the end tells most. */
export function clipStart(text: string, columns: number): string {
  const safe = terminalText(text);
  if (cellsOf(safe) <= columns) return safe;
  let cut = '';
  let cells = 0;
  for (const character of Array.from(safe).toReversed()) {
    const size = cellsOf(character);
    if (cells + size > columns - 1) break;
    cut = character + cut;
    cells += size;
  }
  return `…${cut}`;
}

/** Breaks at spaces, and inside a word only when it is longer than a line. Each line begins with `indent` spaces. */
export function wrap(text: string, columns: number, indent = 0): string[] {
  const room = Math.max(10, columns - indent);
  const lines: string[] = [];
  let line = '';
  let cells = 0;
  const flush = (): void => {
    lines.push(' '.repeat(indent) + line);
    line = '';
    cells = 0;
  };
  for (const word of terminalText(text).split(/ +/)) {
    if (word === '') continue;
    const size = cellsOf(word);
    if (cells > 0 && cells + 1 + size > room) flush();
    if (cells > 0) {
      line += ' ';
      cells += 1;
    }
    if (size <= room) {
      line += word;
      cells += size;
      continue;
    }
    for (const character of word) {
      const characterSize = cellsOf(character);
      if (cells + characterSize > room) flush();
      line += character;
      cells += characterSize;
    }
  }
  if (cells > 0 || lines.length === 0) flush();
  return lines;
}
