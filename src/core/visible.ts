/** Characters of the evidence that cannot be seen, or that move or reorder what stands beside them, made visible by their names. */

/**
 * Controls, format characters (bidirectional ones, zero width, soft hyphen, tags), separators other than the plain space, halves
 * of characters, private use, everything that Unicode says may be left out when drawing, and the blank braille cell.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** Marks that pile up (more than three on one letter) or stand first, where they would join what we wrote before them. */
const stacked = /^\p{M}|(?<=\p{M}{3})\p{M}/gu;

const named = (character: string): string => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * One line that reads as it is stored. `brackets` stand around the name of a character: `‹U+202E›`, or `<U+202E>` where only ASCII
 * is safe. What it returns still has to be escaped for where it goes (HTML, terminal, CSV).
 */
export function visible(text: string, brackets: readonly [string, string] = ['‹', '›']): string {
  const name = (character: string): string => brackets[0] + named(character) + brackets[1];
  return text.replace(stacked, name).replace(invisible, name);
}
