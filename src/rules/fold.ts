/** Case folding without surprises: one character in, one out, and nothing outside ASCII ever becomes ASCII. */
export { foldCase as fold, isAscii } from '../core/text.ts';

export const asciiFold = (text: string): string => text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
