/** Case folding without surprises: one character in, one out, and nothing outside ASCII ever becomes ASCII. */

export const asciiFold = (text: string): string => text.replace(/[A-Z]+/g, (run) => run.toLowerCase());

// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const beyondAscii = /[^\u0000-\u007f]/;

export const isAscii = (text: string): boolean => !beyondAscii.test(text);

/**
 * Unicode simple folding, character by character: `toLowerCase` on a whole word treats a final sigma by its neighbours, so that
 * a piece of a word would not be found in the word.
 */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) {
    const lower = character.toLowerCase();
    const ascii = isAscii(character);
    folded += ascii || (lower.length === character.length && !isAscii(lower)) ? lower : character;
  }
  return folded;
}
