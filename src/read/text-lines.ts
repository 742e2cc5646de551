/** Lines of a text with their place, for readers of console output. */

export interface TextLine {
  /** From 0. */
  readonly number: number;
  /** Range in the text, in UTF-16 code units, without the line end. */
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

export function* textLines(text: string): Generator<TextLine> {
  let at = 0;
  let number = 0;
  while (at <= text.length) {
    const found = text.indexOf('\n', at);
    const stop = found === -1 ? text.length : found;
    let end = stop;
    while (end > at && (text[end - 1] === '\r' || text[end - 1] === ' ')) end--;
    yield { number: number++, at, end, text: text.slice(at, end) };
    at = stop + 1;
  }
}
