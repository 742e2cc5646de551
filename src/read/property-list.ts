/** Text in the form of PowerShell's Format-List: `Name : value` lines, values wrapped onto further lines, objects parted by blanks. */
import { textLines } from './text-lines.ts';

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
  readonly start: number;
  end: number;
  readonly line: number;
  readonly fields: Map<string, string>;
}

/** No object of Exchange has as many. */
const mostProperties = 1000;

export function* parseObjects(text: string): Generator<PropertyObject> {
  let draft: Draft | null = null;
  let last: string | null = null;
  for (const { start, end, number, text: line } of textLines(text)) {
    const match = property.exec(line);
    if (line.trim() === '') {
      if (draft !== null) yield draft;
      draft = null;
      last = null;
    } else if (
      match !== null &&
      !(draft?.fields.has(match[1]!) ?? false) &&
      (draft === null || draft.fields.size < mostProperties)
    ) {
      draft ??= { start, end, line: number, fields: new Map<string, string>() };
      last = match[1]!;
      draft.fields.set(last, (match[2] ?? '').trim());
      draft.end = end;
    } else if (draft !== null && last !== null) {
      // Values are wrapped at the console's width and indented; a value that itself breaks the line is not. Both go on.
      draft.fields.set(last, `${draft.fields.get(last)!}${match === null ? '' : ' '}${line.trim()}`);
      draft.end = end;
    }
  }
  if (draft !== null) yield draft;
}
