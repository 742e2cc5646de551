/** Lines of a text with their places. */

export interface TextLine {
  /** Range in UTF-16 code units, without line end. */
  readonly start: number;
  readonly end: number;
  /** From 0. */
  readonly number: number;
  readonly text: string;
}

/** One by one, so that a long text is never a second time in memory; CR before LF is no part of a line. */
export function* textLines(text: string): Generator<TextLine> {
  let number = 0;
  // A mark of the encoding is no character of the first line.
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length;) {
    const found = text.indexOf('\n', at);
    const stop = found === -1 ? text.length : found;
    const end = stop > at && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
    yield { start: at, end, number: number++, text: text.slice(at, end) };
    at = stop + 1;
  }
}

/** The same without the blanks at the ends of lines, which consoles fill up with. */
export function* trimmedLines(text: string): Generator<TextLine> {
  for (const line of textLines(text)) {
    const trimmed = line.text.trimEnd();
    yield trimmed.length === line.text.length ? line : { ...line, end: line.start + trimmed.length, text: trimmed };
  }
}

/** The first lines of a head that are not blank. */
export function firstLines(head: string, most: number): string[] {
  const lines: string[] = [];
  for (const { text } of textLines(head.includes('\n') ? head : head.replaceAll('\r', '\n'))) {
    if (text.trim() === '') continue;
    lines.push(text);
    if (lines.length >= most) break;
  }
  return lines;
}

/** No reader looks at more lines of a head. */
const headLimit = 400;
let cutHead = '';
let cutLines: readonly string[] = [];

/** The first lines of a head, cut at any line end. Many readers ask it of one head after another: it is cut once. */
export function headLines(head: string, most: number): readonly string[] {
  if (head !== cutHead) {
    cutHead = head;
    cutLines = head.split(/\r?\n|\r/, headLimit);
  }
  return cutLines.slice(0, most);
}
