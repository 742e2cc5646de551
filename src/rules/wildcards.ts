import { fold } from './fold.ts';
import type { GlobPart, Test, TextHow } from './rule.ts';

/**
 * Sigma's string rules: `*` any run of characters, `?` one character, a backslash takes the meaning from a wildcard or another
 * backslash and is an ordinary character before anything else.
 * @see https://github.com/SigmaHQ/sigma-specification (rules specification, "Wildcard" and "Escaping")
 */
export function parsePattern(value: string): GlobPart[] {
  const parts: GlobPart[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
  };
  for (let i = 0; i < value.length; i++) {
    const character = value[i]!;
    const next = value[i + 1];
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      text += next;
      i++;
    } else if (character === '*' || character === '?') {
      flush();
      parts.push({ kind: character === '*' ? 'any' : 'one' });
    } else text += character;
  }
  flush();
  return parts;
}

/** The simplest test that means the same: most patterns are a literal with a star at an end. */
export function testOfPattern(pattern: readonly GlobPart[], how: TextHow, cased: boolean): Test {
  const any: GlobPart = { kind: 'any' };
  const whole = [
    ...(how === 'contains' || how === 'ends' ? [any] : []),
    ...pattern,
    ...(how === 'contains' || how === 'starts' ? [any] : []),
  ];
  const parts = whole.filter((part, i) => part.kind !== 'any' || whole[i - 1]?.kind !== 'any');
  const [first, second, third] = parts;
  if (first === undefined) return { how: 'empty' };
  if (parts.length === 1 && first.kind === 'any') return { how: 'exists' };
  if (parts.length === 1 && first.kind === 'text') return { how: 'is', text: first.text, cased };
  if (parts.length === 2 && first.kind === 'text' && second!.kind === 'any') return { how: 'starts', text: first.text, cased };
  if (parts.length === 2 && first.kind === 'any' && second!.kind === 'text') return { how: 'ends', text: second!.text, cased };
  if (parts.length === 3 && first.kind === 'any' && second!.kind === 'text' && third!.kind === 'any') {
    return { how: 'contains', text: second!.text, cased };
  }
  return { how: 'glob', parts, cased };
}

/** Characters between two stars; null stands for `?`. */
type Piece = readonly (string | null)[];

function holdsAt(value: string, piece: Piece, at: number): boolean {
  if (at < 0 || at + piece.length > value.length) return false;
  for (let i = 0; i < piece.length; i++) if (piece[i] !== null && piece[i] !== value[at + i]) return false;
  return true;
}

/**
 * A matcher for a whole value. Each run between two stars is looked for once, from the left: the first place is always the best
 * one, so there is nothing to try again.
 */
export function globMatcher(parts: readonly GlobPart[], cased: boolean): (value: string) => boolean {
  const pieces: (string | null)[][] = [[]];
  for (const part of parts) {
    const last = pieces.at(-1)!;
    if (part.kind === 'any') pieces.push([]);
    else if (part.kind === 'one') last.push(null);
    else last.push(...(cased ? part.text : fold(part.text)).split(''));
  }
  return (raw) => {
    const value = cased ? raw : fold(raw);
    const first = pieces[0]!;
    const last = pieces.at(-1)!;
    if (pieces.length === 1) return value.length === first.length && holdsAt(value, first, 0);
    if (!holdsAt(value, first, 0)) return false;
    let at = first.length;
    for (const piece of pieces.slice(1, -1)) {
      while (at + piece.length <= value.length && !holdsAt(value, piece, at)) at++;
      if (at + piece.length > value.length) return false;
      at += piece.length;
    }
    return value.length - last.length >= at && holdsAt(value, last, value.length - last.length);
  };
}
