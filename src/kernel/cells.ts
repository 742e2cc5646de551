/** Splits one line into cells. Positions are byte offsets into the buffer; nothing is decoded. */

/** Positions of one row's cells; reused from row to row. */
export class Cells {
  starts = new Int32Array(128);
  ends = new Int32Array(128);
  /** 1: a CSV cell in quotes, of which the quotes are already taken off. */
  quoted = new Uint8Array(128);
  count = 0;

  push(start: number, end: number, quoted: 0 | 1): void {
    if (this.count === this.starts.length) this.#grow();
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.quoted[this.count] = quoted;
    this.count++;
  }

  /** Removes empty cells (two blanks in a row). */
  collapse(): void {
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      if (this.starts[i] === this.ends[i]) continue;
      this.starts[kept] = this.starts[i]!;
      this.ends[kept] = this.ends[i]!;
      this.quoted[kept] = this.quoted[i]!;
      kept++;
    }
    this.count = kept;
  }

  /** Makes the cells `from … to` (inclusive) one. */
  join(from: number, to: number): void {
    const removed = to - from;
    if (removed <= 0) return;
    this.ends[from] = this.ends[to]!;
    for (let i = to + 1; i < this.count; i++) {
      this.starts[i - removed] = this.starts[i]!;
      this.ends[i - removed] = this.ends[i]!;
      this.quoted[i - removed] = this.quoted[i]!;
    }
    this.count -= removed;
  }

  #grow(): void {
    const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(old.length * 2);
      grown.set(old);
      return grown;
    };
    this.starts = longer(this.starts);
    this.ends = longer(this.ends);
    const quoted = new Uint8Array(this.starts.length);
    quoted.set(this.quoted);
    this.quoted = quoted;
  }
}

/** Cells beyond this number are not split any further: no log has that many columns. */
const columnLimit = 4096;

export function splitSpaces(bytes: Uint8Array, start: number, end: number, cells: Cells): void {
  cells.count = 0;
  let cellStart = start;
  for (let i = start; i < end; i++) {
    if (bytes[i] === 0x20) {
      if (cells.count >= columnLimit) break;
      cells.push(cellStart, i, 0);
      cellStart = i + 1;
    }
  }
  if (cellStart < end || cells.count === 0) cells.push(cellStart, end, 0);
}

/** RFC 4180 within one line; returns false when a quote does not close (the cell then runs to the line's end). */
export function splitCsv(bytes: Uint8Array, start: number, end: number, cells: Cells): boolean {
  cells.count = 0;
  let i = start;
  while (i <= end) {
    if (cells.count >= columnLimit) return true;
    if (i < end && bytes[i] === 0x22) {
      const open = i + 1;
      let close = open;
      for (;;) {
        while (close < end && bytes[close] !== 0x22) close++;
        if (close >= end) {
          cells.push(open, end, 1);
          return false;
        }
        if (close + 1 < end && bytes[close + 1] === 0x22) close += 2;
        else break;
      }
      // Text between the closing quote and the comma belongs to the cell: then it was no quoting but a quote in the value.
      let comma = close + 1;
      while (comma < end && bytes[comma] !== 0x2c) comma++;
      if (comma === close + 1) cells.push(open, close, 1);
      else cells.push(i, comma, 0);
      i = comma + 1;
    } else {
      let comma = i;
      while (comma < end && bytes[comma] !== 0x2c) comma++;
      cells.push(i, comma, 0);
      i = comma + 1;
    }
  }
  return true;
}
