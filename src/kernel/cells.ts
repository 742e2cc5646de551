/** Splits one line into cells. Positions are byte offsets into the buffer; nothing is decoded. */
import { decodeText } from '../core/text.ts';

const quote = 0x22;
const comma = 0x2c;
const blank = 0x20;

/** Bits of {@link Cells.marks}. */
export const inQuotes = 1;
/** Two quotes in it stand for one. */
export const doubledQuotes = 2;

/** Positions of one row's cells; reused from row to row. */
export class Cells {
  starts = new Int32Array(128);
  ends = new Int32Array(128);
  /** {@link inQuotes} (the quotes themselves are taken off) and {@link doubledQuotes}. */
  marks = new Uint8Array(128);
  count = 0;

  push(start: number, end: number, marks: number): void {
    if (this.count === this.starts.length) this.#grow();
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.marks[this.count] = marks;
    this.count++;
  }

  /** Removes empty cells (two blanks in a row). */
  collapse(): void {
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      if (this.starts[i] === this.ends[i]) continue;
      this.starts[kept] = this.starts[i]!;
      this.ends[kept] = this.ends[i]!;
      this.marks[kept] = this.marks[i]!;
      kept++;
    }
    this.count = kept;
  }

  /** Makes the cells `from … to` (inclusive) one, with all that stands between them; quotes are then part of the value. */
  join(from: number, to: number): void {
    const removed = to - from;
    if (removed <= 0) return;
    if ((this.marks[from]! & inQuotes) !== 0) this.starts[from]!--;
    this.ends[from] = this.ends[to]! + (this.marks[to]! & inQuotes);
    this.marks[from] = 0;
    for (let i = to + 1; i < this.count; i++) {
      this.starts[i - removed] = this.starts[i]!;
      this.ends[i - removed] = this.ends[i]!;
      this.marks[i - removed] = this.marks[i]!;
    }
    this.count -= removed;
  }

  #grow(): void {
    const length = this.starts.length * 2;
    const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(length);
      grown.set(old);
      return grown;
    };
    this.starts = longer(this.starts);
    this.ends = longer(this.ends);
    const marks = new Uint8Array(length);
    marks.set(this.marks);
    this.marks = marks;
  }
}

/** Cells beyond this number are not split any further: no log has that many columns. */
const columnLimit = 4096;

export function splitSpaces(bytes: Uint8Array, start: number, end: number, cells: Cells): void {
  const { starts, ends, marks } = cells;
  // Written into the arrays themselves: this loop sees every byte. A row with more cells than there is room for goes on below.
  const room = starts.length - 1;
  let count = 0;
  let cellStart = start;
  let i = start;
  for (; i < end && count < room; i++) {
    if (bytes[i] !== blank) continue;
    starts[count] = cellStart;
    ends[count] = i;
    marks[count] = 0;
    count++;
    cellStart = i + 1;
  }
  cells.count = count;
  for (; i < end; i++) {
    if (bytes[i] !== blank) continue;
    if (cells.count >= columnLimit) break;
    cells.push(cellStart, i, 0);
    cellStart = i + 1;
  }
  if (cellStart < end || cells.count === 0) cells.push(cellStart, end, 0);
}

/**
 * RFC 4180 within one line. Returns false when a quote does not close: it is then an ordinary character, and so are those after
 * it, so that nobody can hide the columns behind a value by writing one quote. Only where the line itself is torn off, the value
 * runs to its end.
 */
export function splitCsv(bytes: Uint8Array, start: number, end: number, cells: Cells, torn: boolean): boolean {
  cells.count = 0;
  let closed = true;
  let i = start;
  while (i <= end) {
    if (cells.count >= columnLimit) return closed;
    let from = i;
    if (closed && i < end && bytes[i] === quote) {
      let close = i + 1;
      let marks = inQuotes;
      for (;;) {
        while (close < end && bytes[close] !== quote) close++;
        if (close >= end || bytes[close + 1] !== quote || close + 1 >= end) break;
        marks = inQuotes | doubledQuotes;
        close += 2;
      }
      if (close >= end) {
        closed = false;
        if (torn) {
          cells.push(i + 1, end, marks);
          return false;
        }
      } else if (close + 1 === end || bytes[close + 1] === comma) {
        cells.push(i + 1, close, marks);
        i = close + 2;
        continue;
      } else {
        // Text between the closing quote and the comma: then it was no quoting but a quote in the value.
        from = close + 1;
      }
    }
    while (from < end && bytes[from] !== comma) from++;
    cells.push(i, from, 0);
    i = from + 1;
  }
  return closed;
}

/** The cell holds nothing but the mark for "nothing". */
export function isMark(bytes: Uint8Array, start: number, end: number, mark: string | null): boolean {
  if (mark === null || end - start !== mark.length) return false;
  for (let i = 0; i < mark.length; i++) if (bytes[start + i] !== mark.charCodeAt(i)) return false;
  return true;
}

/** A cell's value. */
export function cellText(bytes: Uint8Array, start: number, end: number, marks: number): string {
  const text = decodeText(bytes.subarray(start, end));
  return (marks & doubledQuotes) === 0 ? text : text.replaceAll('""', '"');
}
