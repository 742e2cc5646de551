/** Case folding without surprises: one character in, one out, and nothing outside ASCII ever becomes ASCII. */
import { isAscii } from '../core/text.ts';

export { foldCase as fold, isAscii } from '../core/text.ts';

export const asciiFold = (text: string): string =>
  isAscii(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
