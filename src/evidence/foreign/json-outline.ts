/** Names and first values of a JSON text of which only the beginning is here. What stands within a text is never taken for a name. */

export interface JsonOutline {
  /** Names of the first record (the object, the first of a list, the first line) with their texts; null: no text. */
  readonly first: ReadonlyMap<string, string | null>;
  /** Names one level below it. */
  readonly second: ReadonlySet<string>;
  /** Names at any depth, of the first record. */
  readonly any: ReadonlySet<string>;
}

const deepest = 64;
const space = /\s/;

/** null: it does not begin as JSON does. */
export function jsonOutline(text: string): JsonOutline | null {
  let at = skipSpace(text, 0);
  let record = 1;
  if (text[at] === '[') {
    at = skipSpace(text, at + 1);
    record = 2;
  }
  if (text[at] !== '{') return null;
  const first = new Map<string, string | null>();
  const second = new Set<string>();
  const any = new Set<string>();
  // What each open bracket is: `{` waits for names, `[` does not.
  const open: string[] = record === 2 ? ['['] : [];
  let key: string | null = null;
  while (at < text.length) {
    const character = text[at]!;
    if (character === '"') {
      const end = endOfText(text, at);
      if (end === -1) break;
      const value = unquoted(text.slice(at, end));
      at = skipSpace(text, end);
      if (key === null && open.at(-1) === '{' && text[at] === ':') {
        key = value;
        any.add(value);
        if (open.length === record) first.set(value, null);
        else if (open.length <= record + 2) second.add(value);
        at++;
      } else {
        if (key !== null && open.length === record) first.set(key, value);
        key = null;
      }
      continue;
    }
    if (character === '{' || character === '[') {
      open.push(character);
      key = null;
      if (open.length > deepest) return null;
    } else if (character === '}' || character === ']') {
      open.pop();
      key = null;
      if (open.length < record) break;
    } else if (character === ',') key = null;
    else if (!/[-+.0-9a-zA-Z:\s]/.test(character)) return null;
    at++;
  }
  return first.size === 0 ? null : { first, second, any };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && space.test(text[at]!)) at++;
  return at;
}

/** After the closing quote; -1: it is not here. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

function unquoted(quoted: string): string {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : quoted;
  } catch {
    return quoted.slice(1, -1);
  }
}
