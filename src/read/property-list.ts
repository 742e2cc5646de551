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
  /** Where the colons stand; the value of `last` went on below its first line; a blank line stood in it. */
  let colon = -1;
  let wrapped = false;
  let blank = false;
  for (const { start, end, number, text: line } of textLines(text)) {
    const match = property.exec(line);
    if (line.trim() === '') {
      // A value of several lines can hold an empty one: filled up to the values, or bare in the middle of the object.
      if (draft !== null && wrapped && !blank) {
        blank = line.length <= colon;
        continue;
      }
      if (draft !== null) yield draft;
      draft = null;
      last = null;
      wrapped = blank = false;
      continue;
    }
    if (
      blank &&
      draft !== null &&
      (match === null ? line.search(/\S/) <= colon : line.indexOf(':') !== colon || draft.fields.has(match[1]!))
    ) {
      yield draft;
      draft = null;
      last = null;
    }
    blank = false;
    if (match !== null && !(draft?.fields.has(match[1]!) ?? false) && (draft === null || draft.fields.size < mostProperties)) {
      draft ??= { start, end, line: number, fields: new Map<string, string>() };
      last = match[1]!;
      colon = line.indexOf(':');
      wrapped = false;
      draft.fields.set(last, (match[2] ?? '').trim());
      draft.end = end;
    } else if (draft !== null && last !== null) {
      // Values are wrapped at the console's width and indented; a value that itself breaks the line is not. Both go on.
      wrapped = true;
      draft.fields.set(last, `${draft.fields.get(last)!}${match === null ? '' : ' '}${line.trim()}`);
      draft.end = end;
    }
  }
  if (draft !== null) yield draft;
}
