/**
 * Scanner for small texts that are no tables of lines (console output, property lists): the text is decoded whole and cut into
 * records by a function; counting and selecting are the same as for logs.
 */
import { Problems } from '../core/problem.ts';
import type { Block, BlockFacts, Demand, JudgeTuple, Layout, Rows, Scanner, Seam } from '../core/record.ts';
import { decodeText } from '../core/text.ts';
import { hourMs } from '../core/time.ts';
import { literalHolds } from './literal.ts';
import { transcodeUtf16 } from './utf16.ts';

export interface PlainRecord {
  /** Range in the decoded text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** From 0. */
  readonly line: number;
  readonly timeMs: number;
  readonly layout: Layout;
  readonly fields: ReadonlyMap<string, string>;
}

export class PlainScanner implements Scanner {
  readonly #logSource: string;
  readonly #demand: Demand;
  readonly #records: (text: string, problems: Problems) => PlainRecord[];

  /** `records` is handed text whose lines end in LF, and gives records in order of place. */
  constructor(logSource: string, demand: Demand, records: (text: string, problems: Problems) => PlainRecord[]) {
    this.#logSource = logSource;
    this.#demand = demand;
    this.#records = records;
  }

  scan(block: Block, stored: Uint8Array, before: Seam, judge: JudgeTuple, onRows: (rows: Rows) => void): BlockFacts {
    const wide = before.encoding === 'utf8' ? null : transcodeUtf16(stored, before.encoding === 'utf16le', stored.length);
    const bytes = wide === null ? stored : wide.bytes;
    const decoded = decodeText(bytes);
    const text = before.lineEnd === 13 ? decoded.replaceAll('\r', '\n') : decoded;
    const toByte = bytePositions(text, bytes);
    const toStored = (position: number): number => {
      const at = toByte(position);
      return wide === null ? at : wide.originalOffset(at);
    };
    const found = new Problems();
    const records = this.#records(text, found);
    const problems = found.list().map((problem) => ({ ...problem, at: block.at + toStored(problem.at) }));
    const rows: PlainRows = new PlainRows(records, this.#demand, (record) => {
      const start = toStored(record.start);
      return { offset: block.at + start, raw: stored.slice(start, toStored(record.end)) };
    });
    const hours = new Map<number, number>();
    let firstMs = Number.NaN;
    let lastMs = Number.NaN;
    const groups = this.#demand.groups.map(
      () => new Map<string, { tuple: (string | null)[]; count: number; first: number; last: number }>(),
    );
    const wanted: number[] = [];
    for (const [index, record] of records.entries()) {
      if (Number.isFinite(record.timeMs)) {
        const hour = Math.floor(record.timeMs / hourMs);
        hours.set(hour, (hours.get(hour) ?? 0) + 1);
        if (!(record.timeMs >= firstMs)) firstMs = record.timeMs;
        if (!(record.timeMs <= lastMs)) lastMs = record.timeMs;
      }
      let candidate = false;
      for (const [group, names] of this.#demand.groups.entries()) {
        const tuple = names.map((name) => record.fields.get(name) || null);
        const key = JSON.stringify(tuple);
        const seen = groups[group]!.get(key);
        if (seen === undefined) groups[group]!.set(key, { tuple, count: 1, first: record.timeMs, last: record.timeMs });
        else {
          seen.count++;
          if (record.timeMs < seen.first || Number.isNaN(seen.first)) seen.first = record.timeMs;
          if (record.timeMs > seen.last || Number.isNaN(seen.last)) seen.last = record.timeMs;
        }
        if (judge(group, tuple)) candidate = true;
      }
      if (candidate || rows.literals(index).some((id) => this.#demand.literals[id]!.selects)) wanted.push(index);
    }
    if (wanted.length > 0) {
      rows.keep(wanted);
      onRows(rows);
    }
    const hourList = [...hours].sort((a, b) => a[0] - b[0]);
    return {
      block,
      logSource: this.#logSource,
      rows: records.length,
      lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
      firstMs,
      lastMs,
      hours: { hours: hourList.map(([hour]) => hour), counts: hourList.map(([, count]) => count) },
      groups: groups.map((group) => {
        const entries = [...group.values()];
        return {
          tuples: entries.map((entry) => entry.tuple),
          counts: entries.map((entry) => entry.count),
          firstMs: entries.map((entry) => entry.first),
          lastMs: entries.map((entry) => entry.last),
          overflow: 0,
        };
      }),
      after: { ...before, midRow: false },
      problems,
    };
  }
}

/**
 * Character positions → byte positions: exact for UTF-8; Windows-1252 has one byte a character. Remembers every few thousand
 * characters, so that a place far behind is not counted from the beginning each time.
 */
function bytePositions(text: string, bytes: Uint8Array): (position: number) => number {
  if (text.length === bytes.length) return (position) => position;
  const stride = 4096;
  const marks = [0];
  const walk = (from: number, to: number, start: number): number => {
    let used = start;
    for (let i = from; i < to; i++) {
      const code = text.charCodeAt(i);
      // Each half of a surrogate pair stands for two of its four bytes.
      used += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
    }
    return used;
  };
  return (position) => {
    const mark = Math.floor(position / stride);
    while (marks.length <= mark) marks.push(walk((marks.length - 1) * stride, marks.length * stride, marks.at(-1)!));
    // A character that the copy tore off is shorter than the one that stands for it.
    return Math.min(walk(mark * stride, position, marks[mark]!), bytes.length);
  };
}

class PlainRows implements Rows {
  #records: readonly PlainRecord[];
  readonly #demand: Demand;
  readonly #place: (record: PlainRecord) => { readonly offset: number; readonly raw: Uint8Array };

  constructor(
    records: readonly PlainRecord[],
    demand: Demand,
    place: (record: PlainRecord) => { readonly offset: number; readonly raw: Uint8Array },
  ) {
    this.#records = records;
    this.#demand = demand;
    this.#place = place;
  }

  keep(indexes: readonly number[]): void {
    this.#records = indexes.map((index) => this.#records[index]!);
  }
  get length(): number {
    return this.#records.length;
  }
  offset(row: number): number {
    return this.#place(this.#records[row]!).offset;
  }
  line(row: number): number {
    return this.#records[row]!.line;
  }
  recordId(): bigint | null {
    return null;
  }
  timeMs(row: number): number {
    return this.#records[row]!.timeMs;
  }
  layout(row: number): Layout {
    return this.#records[row]!.layout;
  }
  text(row: number, field: string): string | null {
    const value = this.#records[row]!.fields.get(field);
    return value === undefined || value === '' ? null : value;
  }
  raw(row: number): Uint8Array {
    return this.#place(this.#records[row]!).raw;
  }
  literals(row: number): readonly number[] {
    const holding: number[] = [];
    const record = this.#records[row]!;
    for (const [id, literal] of this.#demand.literals.entries()) {
      const field = record.layout.fields.find((candidate) => candidate.name === literal.field);
      const text = this.text(row, literal.field);
      if (field !== undefined && text !== null && literalHolds(literal, field, text)) holding.push(id);
    }
    return holding;
  }
}
