/** Text in the form of PowerShell's Format-List: `Name : value` lines, values wrapped onto further lines, objects parted by blanks. */

export const property = /^\s*([A-Za-z][A-Za-z0-9]{1,60})\s*:(?: (.*)|)$/;

export interface PropertyObject {
  /** Range in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** From 0. */
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

interface Draft {
  start: number;
  end: number;
  line: number;
  fields: Map<string, string>;
}

export function parseObjects(text: string): PropertyObject[] {
  const drafts: Draft[] = [];
  let draft: Draft | null = null;
  let last: string | null = null;
  let at = 0;
  for (const [number, raw] of text.split('\n').entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const match = property.exec(line);
    if (line.trim() === '') {
      draft = null;
      last = null;
    } else if (match !== null && !(draft?.fields.has(match[1]!) ?? false)) {
      if (draft === null) {
        draft = { start: at, end: at, line: number, fields: new Map() };
        drafts.push(draft);
      }
      last = match[1]!;
      draft.fields.set(last, (match[2] ?? '').trim());
      draft.end = at + line.length;
    } else if (draft !== null && last !== null) {
      // Values are wrapped at the console's width and indented; a value that itself breaks the line is not. Both go on.
      draft.fields.set(last, `${draft.fields.get(last)!}${match === null ? '' : ' '}${line.trim()}`);
      draft.end = at + line.length;
    }
    at += raw.length + 1;
  }
  return drafts;
}
