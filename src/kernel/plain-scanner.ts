/**
 * Scanner for small texts that are no tables of lines (console output, property lists): the text is decoded whole and cut into
 * records by a function; counting and selecting are the same as for logs.
 */
import { Problems } from '../core/problem.ts';
import type {
  Block,
  BlockFacts,
  Demand,
  Field,
  JudgeTuple,
  Layout,
  Literal,
  OpenDoors,
  Rows,
  ScannedFile,
  Scanner,
  Seam,
} from '../core/record.ts';
import { byCodeUnit, decodeText } from '../core/text.ts';
import { literalHolds } from './literal.ts';
import { Tally } from './tally.ts';
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

/** Records of a text, in order of place; given one by one, so that a long text is never a long list of records. */
export type ReadPlain = (text: string, problems: Problems, file: ScannedFile | undefined) => Iterable<PlainRecord>;

export class PlainScanner implements Scanner {
  readonly #logSource: string;
  readonly #demand: Demand;
  readonly #records: ReadPlain;
  readonly #bound = new WeakMap<Layout, readonly BoundLiteral[]>();

  /** `records` is handed text whose lines end in LF. */
  constructor(logSource: string, demand: Demand, records: ReadPlain) {
    this.#logSource = logSource;
    this.#demand = demand;
    this.#records = records;
  }

  scan(
    block: Block,
    stored: Uint8Array,
    before: Seam,
    judge: JudgeTuple,
    onRows: (rows: Rows) => void,
    _opens?: OpenDoors,
    file?: ScannedFile,
  ): BlockFacts {
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
    const tally = new Tally(this.#demand);
    const sources = new Set<string>();
    const wanted: PlainRecord[] = [];
    for (const record of this.#records(text, found, file)) {
      sources.add(record.layout.logSource);
      const candidate = tally.add((name) => record.fields.get(name) ?? null, record.timeMs, judge);
      if (candidate || this.#holding(record).some((id) => this.#demand.literals[id]!.selects)) wanted.push(record);
    }
    const facts = tally.facts(0, found);
    if (wanted.length > 0) {
      onRows(
        new PlainRows(
          wanted,
          (record) => {
            const start = toStored(record.start);
            return { offset: block.at + start, raw: stored.slice(start, toStored(record.end)) };
          },
          (record) => this.#holding(record),
        ),
      );
    }
    return {
      block,
      logSource: this.#logSource,
      logSources: [...sources].sort(byCodeUnit),
      lines: countLines(text),
      ...facts,
      after: { ...before, midRow: false },
      problems: found.list().map((problem) => ({ ...problem, at: block.at + toStored(problem.at) })),
    };
  }

  /** Ids of the literals that hold on a record, ascending. */
  #holding(record: PlainRecord): number[] {
    let bound = this.#bound.get(record.layout);
    if (bound === undefined) {
      const fields = new Map(record.layout.fields.map((field) => [field.name, field]));
      bound = [...this.#demand.literals.entries()].flatMap(([id, literal]): BoundLiteral[] => {
        const field = fields.get(literal.field);
        return field === undefined ? [] : [{ id, literal, field }];
      });
      this.#bound.set(record.layout, bound);
    }
    const holding: number[] = [];
    for (const { id, literal, field } of bound) {
      const value = record.fields.get(field.name);
      if (value !== undefined && value !== '' && literalHolds(literal, field, value)) holding.push(id);
    }
    return holding;
  }
}

interface BoundLiteral {
  readonly id: number;
  readonly literal: Literal;
  readonly field: Field;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text === '' || text.endsWith('\n') ? Math.max(lines, text === '' ? 1 : 0) : lines + 1;
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
  readonly #records: readonly PlainRecord[];
  readonly #place: (record: PlainRecord) => { readonly offset: number; readonly raw: Uint8Array };
  readonly #holding: (record: PlainRecord) => readonly number[];

  constructor(
    records: readonly PlainRecord[],
    place: (record: PlainRecord) => { readonly offset: number; readonly raw: Uint8Array },
    holding: (record: PlainRecord) => readonly number[],
  ) {
    this.#records = records;
    this.#place = place;
    this.#holding = holding;
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
    return this.#holding(this.#records[row]!);
  }
}
