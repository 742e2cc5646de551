/** Rows of separated values, in linear time: a quote that does not end is a letter like any other. */

export interface Row {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const longestCell = 64 << 10;
const mostCells = 256;

export type Separator = ',' | ';' | '\t' | '|';

/** The one that the first lines agree on; null: no table. */
export function separatorOf(lines: readonly string[]): Separator | null {
  let best: Separator | null = null;
  let most = 0;
  for (const separator of ['\t', ',', ';', '|'] as const) {
    const holding = lines.filter((line) => line.includes(separator)).length;
    if (holding > most) {
      most = holding;
      best = separator;
    }
  }
  return most * 2 > lines.length ? best : null;
}

export function* rowsOf(text: string, separator: Separator): Generator<Row> {
  let line = 1;
  let at = 0;
  // After one stray quote no value runs over lines any more.
  let acrossLines = true;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    const read = quoted(text, at, separator, acrossLines ? Math.min(text.length, at + longestCell) : lineEnd);
    if (read === null) acrossLines = false;
    const end = read?.end ?? lineEnd;
    const cells = read?.cells ?? text.slice(at, lineEnd).split(separator, mostCells);
    yield { line, cells: cells.map((cell) => cell.trim()) };
    line++;
    for (let i = text.indexOf('\n', at); i !== -1 && i < end; i = text.indexOf('\n', i + 1)) line++;
    at = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
  }
}

function endOfLine(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const end = feed === -1 ? text.length : feed;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

/** null: a quote that begins a cell does not end before `limit`, or not at the end of its cell. */
function quoted(text: string, from: number, separator: Separator, limit: number): { cells: string[]; end: number } | null {
  const cells: string[] = [];
  let plainEnd = endOfLine(text, from);
  let at = from;
  for (;;) {
    // Looked for once a line, however many cells it has.
    if (at > plainEnd) plainEnd = endOfLine(text, at);
    // Blanks before a quote belong to nobody.
    let start = at;
    while (start < plainEnd && text[start] === ' ') start++;
    let cell = '';
    if (text[start] === '"') {
      at = start + 1;
      for (;;) {
        const quote = text.indexOf('"', at);
        if (quote === -1 || quote >= limit) return null;
        cell += text.slice(at, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at++;
      }
      while (text[at] === ' ') at++;
      if (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') return null;
    } else {
      let stop = at;
      while (stop < plainEnd && text[stop] !== separator) stop++;
      cell = text.slice(at, stop);
      at = stop;
    }
    if (cells.length < mostCells) cells.push(cell);
    if (at >= text.length || text[at] !== separator) return { cells, end: at };
    at++;
  }
}
