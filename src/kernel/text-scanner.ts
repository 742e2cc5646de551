/**
 * The reference scanner for logs of lines: plain TypeScript, one pass, no row turned into a string unless it is a candidate.
 *
 * It is whole in one file because the loop over rows, the tables it feeds and the candidate rows it hands out share one layout
 * of memory; `tables.ts`, `cells.ts` and `automaton.ts` hold what can be read alone.
 */
import { type Problem, Problems } from '../core/problem.ts';
import type {
  Block, BlockFacts, Demand, Field, Group, JudgeTuple, Layout, Literal, Rows, Scanner, Seam,
} from '../core/record.ts';
import { decodeText, percentDecode } from '../core/text.ts';
import { earliestPlausibleMs, hourMs, latestPlausibleMs } from '../core/time.ts';
import { Automaton } from './automaton.ts';
import { Cells, splitCsv, splitSpaces } from './cells.ts';
import { TupleTable, ValueTable } from './tables.ts';
import { transcodeUtf16, type Transcoded } from './utf16.ts';

/** A header made ready for reading rows: which cell is which field, and where the time stands. */
export interface BoundLayout {
  readonly layout: Layout;
  /** Number of cells a whole row has. */
  readonly columns: number;
  /** Field index → cell, or -1 for a field that is a part of another. */
  readonly cellOf: readonly number[];
  /** UTC milliseconds of a row; NaN when it has none. */
  readonly time: (bytes: Uint8Array, cells: Cells, seam: Seam) => number;
  /** Cell that takes the surplus of rows with too many cells (the user agent); -1: surplus is a problem. */
  readonly surplusCell: number;
}

/** What a reader tells the kernel about its kind of text. */
export interface TextFormat {
  readonly logSource: string;
  readonly separator: 'space' | 'comma';
  /** Value that stands for "nothing" beside the empty one. */
  readonly emptyMark: '-' | null;
  /**
   * Looks at a line that may be a header or a comment. Returns the seam that is in force after it, or null: it is a row.
   * Called for lines that begin with `#`, and for others while no header is in force or when they equal it.
   */
  header(line: string, seam: Seam): Seam | null;
  /** Header text → how to read rows; null: not understood. Called once per distinct header. */
  bind(header: string): BoundLayout | null;
  /** Header for a row that stands under none, told from its shape; null: no row of this kind. */
  infer(line: string): string | null;
  /** Parts of a composite field's text, by field name. Problems go to `report`. */
  derive?(parent: string, text: string, report: (code: Problem['code'], found: string) => void): ReadonlyMap<string, string>;
}

/** Beyond this a line is cut. IIS and Exchange lines of 60 KB occur. */
export const longestLineBytes = 1 << 20;
const groupValueLimit = 8192;
const minus = 0x2d;
const lf = 10;
const cr = 13;
const hash = 0x23;

interface BoundGroup {
  readonly index: number;
  readonly fields: readonly number[];
  readonly cells: readonly number[];
}

interface SelectingField {
  readonly field: number;
  readonly cell: number;
  readonly automaton: Automaton;
  readonly literals: readonly Literal[];
}

/** A demand bound to a layout. */
interface Binding {
  readonly bound: BoundLayout;
  readonly groups: readonly BoundGroup[];
  readonly selecting: readonly SelectingField[];
  readonly fieldIndex: ReadonlyMap<string, number>;
}

export class TextScanner implements Scanner {
  readonly #format: TextFormat;
  readonly #demand: Demand;
  readonly #layouts = new Map<string, Binding | null>();
  readonly #inferred = new Map<string, Binding | null>();
  readonly #values = new Map<string, ValueTable>();
  readonly #tuples: TupleTable[];
  readonly #cells = new Cells();

  constructor(format: TextFormat, demand: Demand) {
    this.#format = format;
    this.#demand = demand;
    const limit = Math.min(demand.groupLimit, groupValueLimit);
    this.#tuples = demand.groups.map((group) => new TupleTable(group.length, limit));
    for (const group of demand.groups) for (const name of group) this.#values.set(name, new ValueTable(limit));
  }

  scan(block: Block, stored: Uint8Array, before: Seam, judge: JudgeTuple, onRows: (rows: Rows) => void): BlockFacts {
    const format = this.#format;
    const problems = new Problems();
    for (const table of this.#values.values()) table.clear();
    for (const table of this.#tuples) table.clear();

    const wide: Transcoded | null =
      before.encoding === 'utf8' ? null : transcodeUtf16(stored, before.encoding === 'utf16le', block.end - block.at);
    const bytes = wide === null ? stored : wide.bytes;
    const ownedEnd = wide === null ? Math.min(block.end - block.at, bytes.length) : wide.ownedEnd;
    const lineEnd = before.lineEnd;
    const offsetOf = (at: number): number => block.at + (wide === null ? at : wide.originalOffset(at));

    const found = new CandidateRows(stored, bytes, block.at, wide, format, problems, offsetOf);
    const hours = new Map<number, number>();
    let seam: Seam = before.midRow ? { ...before, midRow: false } : before;
    let binding = this.#bind(seam.header);
    let rows = 0;
    let lines = 0;
    let firstMs = Number.NaN;
    let lastMs = Number.NaN;

    let nextNul = bytes.indexOf(0);
    let at = 0;
    if (before.midRow) {
      const end = bytes.indexOf(lineEnd, 0);
      at = end === -1 || end >= ownedEnd ? ownedEnd : end + 1;
      // The line that begins before the block is counted there.
    } else if (block.at === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3;

    while (at < ownedEnd) {
      let end = bytes.indexOf(lineEnd, at);
      const torn = end === -1;
      if (torn) end = bytes.length;
      const next = torn ? end : end + 1;
      let stop = end;
      if (lineEnd === lf && stop > at && bytes[stop - 1] === cr) stop--;
      const lineNumber = lines++;
      if (stop - at > longestLineBytes) {
        problems.add('text.long_line', offsetOf(at), { found: `${stop - at} bytes` });
        stop = at + longestLineBytes;
      } else if (torn && !block.last) problems.add('text.long_line', offsetOf(at), { found: `more than ${stop - at} bytes` });
      if (stop === at) {
        at = next;
        continue;
      }
      if (nextNul !== -1 && nextNul < at) nextNul = bytes.indexOf(0, at);
      if (nextNul !== -1 && nextNul < stop) {
        problems.add('text.binary', offsetOf(nextNul));
        // Logs that are still open end in a run of zeros that the server reserved.
        if (isBlank(bytes, at, stop)) {
          at = next;
          continue;
        }
      }

      if (bytes[at] === hash || binding === null || this.#looksLikeHeader(bytes, at, stop, seam)) {
        const after = format.header(decodeText(bytes.subarray(at, Math.min(stop, at + 65536))), seam);
        if (after !== null) {
          if (after.header !== seam.header) binding = this.#bind(after.header);
          seam = after;
          at = next;
          continue;
        }
      }
      let row = binding;
      if (row === null) {
        if (seam.header === '') {
          row = this.#infer(decodeText(bytes.subarray(at, stop)));
          if (row !== null) problems.add('row.no_header', offsetOf(at));
        }
        if (row === null) {
          problems.add('row.unknown_header', offsetOf(at));
          at = next;
          continue;
        }
      }

      const cells = this.#cells;
      this.#split(bytes, at, stop, cells, row.bound, problems, offsetOf, torn && block.last);
      const timeMs = row.bound.time(bytes, cells, seam);
      if (Number.isNaN(timeMs)) problems.add('row.time', offsetOf(at));
      else if (timeMs < earliestPlausibleMs || timeMs > latestPlausibleMs) {
        problems.add('row.time_impossible', offsetOf(at), { found: new Date(timeMs).toISOString() });
      } else {
        const hour = Math.floor(timeMs / hourMs);
        hours.set(hour, (hours.get(hour) ?? 0) + 1);
        if (!(timeMs >= firstMs)) firstMs = timeMs;
        if (!(timeMs <= lastMs)) lastMs = timeMs;
      }
      rows++;
      const wanted = this.#count(row, bytes, cells, timeMs, judge);
      if (wanted || this.#selects(row, bytes, cells, found)) {
        found.push(row.bound, row.fieldIndex, at, stop, lineNumber, timeMs, cells);
      }
      at = next;
    }
    // Line numbers of later blocks count line ends, so a torn last line counts once, and a line begun earlier not again.
    if (found.length > 0) {
      found.seal(this.#demand.literals);
      onRows(found);
    }
    let overflowed = 0;
    const groups = this.#tuples.map((table, index): Group => {
      overflowed += table.overflow;
      return this.#group(table, this.#demand.groups[index]!, bytes);
    });
    if (overflowed > 0) problems.add('row.groups_overflow', block.at, { found: `${overflowed} rows` });
    const hourList = [...hours].sort((a, b) => a[0] - b[0]);
    return {
      block, logSource: format.logSource, rows, lines, firstMs, lastMs,
      hours: { hours: hourList.map(([hour]) => hour), counts: hourList.map(([, count]) => count) },
      groups, after: { ...seam, midRow: false }, problems: problems.list(),
    };
  }

  #bind(header: string): Binding | null {
    if (header === '') return null;
    let binding = this.#layouts.get(header);
    if (binding === undefined) {
      const bound = this.#format.bind(header);
      binding = bound === null ? null : this.#bindDemand(bound);
      if (this.#layouts.size > 64) this.#layouts.clear();
      this.#layouts.set(header, binding);
    }
    return binding;
  }

  #infer(line: string): Binding | null {
    const header = this.#format.infer(line);
    if (header === null) return null;
    let binding = this.#inferred.get(header);
    if (binding === undefined) {
      const bound = this.#format.bind(header);
      binding = bound === null ? null : this.#bindDemand(bound);
      if (this.#inferred.size > 64) this.#inferred.clear();
      this.#inferred.set(header, binding);
    }
    return binding;
  }

  #bindDemand(bound: BoundLayout): Binding {
    const fields = bound.layout.fields;
    const fieldIndex = new Map(fields.map((field, index) => [field.name, index]));
    const groups = this.#demand.groups.map((names, index): BoundGroup => {
      const slots = names.map((name) => fieldIndex.get(name) ?? -1);
      return { index, fields: slots, cells: slots.map((slot) => (slot === -1 ? -1 : bound.cellOf[slot]!)) };
    });
    const byCell = new Map<number, { field: number; literals: Literal[] }>();
    for (const literal of this.#demand.literals) {
      if (!literal.selects) continue;
      const named = fieldIndex.get(literal.field);
      if (named === undefined) continue;
      const parent = fields[named]!.partOf;
      const field = parent === undefined ? named : (fieldIndex.get(parent) ?? named);
      const cell = bound.cellOf[field]!;
      if (cell === -1) continue;
      const entry = byCell.get(cell) ?? { field, literals: [] };
      entry.literals.push(literal);
      byCell.set(cell, entry);
    }
    const selecting = [...byCell].map(([cell, { field, literals }]): SelectingField => {
      const complex: number[] = [];
      if (this.#format.separator === 'comma') complex.push(0x22);
      if (literals.some((literal) => fields[fieldIndex.get(literal.field)!]!.percent)) complex.push(0x25);
      if (literals.some((literal) => fields[fieldIndex.get(literal.field)!]!.partOf !== undefined)) complex.push(0x27);
      return { cell, field, literals, automaton: new Automaton(literals.map((literal) => literal.text), complex) };
    });
    return { bound, groups, selecting, fieldIndex };
  }

  #looksLikeHeader(bytes: Uint8Array, at: number, stop: number, seam: Seam): boolean {
    const header = seam.header;
    if (stop - at !== header.length || bytes[at] !== header.charCodeAt(0)) return false;
    for (let i = 0; i < header.length; i++) if (bytes[at + i] !== header.charCodeAt(i)) return false;
    return true;
  }

  #split(
    bytes: Uint8Array, at: number, stop: number, cells: Cells, bound: BoundLayout, problems: Problems,
    offsetOf: (at: number) => number, torn: boolean,
  ): void {
    if (this.#format.separator === 'space') splitSpaces(bytes, at, stop, cells);
    else if (!splitCsv(bytes, at, stop, cells) && !torn) problems.add('csv.open_quote', offsetOf(at));
    const columns = bound.columns;
    if (cells.count === columns) return;
    const seen = cells.count;
    if (this.#format.separator === 'space') {
      cells.collapse();
      if (cells.count === columns) return;
      if (cells.count > columns && bound.surplusCell !== -1) {
        cells.join(bound.surplusCell, bound.surplusCell + cells.count - columns);
        problems.add('row.realigned', offsetOf(at), { expected: `${columns} columns`, found: `${seen}` });
        return;
      }
    } else if (cells.count > columns && bound.surplusCell !== -1) {
      cells.join(bound.surplusCell, bound.surplusCell + cells.count - columns);
      return;
    } else if (cells.count < columns && !torn) {
      // Old builds write fewer trailing columns than newer headers name; missing ones are empty.
      if (cells.count * 2 >= columns) return;
    }
    if (torn && cells.count < columns) problems.add('text.torn_last_line', offsetOf(at), { expected: `${columns} columns`, found: `${seen}` });
    else problems.add('row.columns', offsetOf(at), { expected: `${columns} columns`, found: `${seen}` });
  }

  #isEmpty(bytes: Uint8Array, start: number, end: number): boolean {
    return end <= start || (this.#format.emptyMark === '-' && end - start === 1 && bytes[start] === minus);
  }

  /** Counts the row in every group; true when a group's judge wants it. */
  #count(binding: Binding, bytes: Uint8Array, cells: Cells, timeMs: number, judge: JudgeTuple): boolean {
    let wanted = false;
    for (const group of binding.groups) {
      const table = this.#tuples[group.index]!;
      const ids = scratchIds;
      let room = true;
      for (let i = 0; i < group.cells.length; i++) {
        const cell = group.cells[i]!;
        if (cell < 0 || cell >= cells.count || this.#isEmpty(bytes, cells.starts[cell]!, cells.ends[cell]!)) {
          ids[i] = 0;
          continue;
        }
        const name = this.#demand.groups[group.index]![i]!;
        const id = this.#values.get(name)!.intern(bytes, cells.starts[cell]!, cells.ends[cell]!, cells.quoted[cell]!);
        if (id === -1) {
          room = false;
          break;
        }
        ids[i] = id;
      }
      let index = room ? table.find(ids) : Number.NaN;
      if (Number.isNaN(index)) {
        table.overflow++;
        if (judge(group.index, group.cells.map((cell) => this.#cellText(bytes, cells, cell)))) wanted = true;
        continue;
      }
      if (index < 0) {
        index = -1 - index;
        if (judge(group.index, group.cells.map((cell) => this.#cellText(bytes, cells, cell)))) table.wanted[index] = 1;
      }
      table.add(index, timeMs);
      if (table.wanted[index] === 1) wanted = true;
    }
    return wanted;
  }

  #cellText(bytes: Uint8Array, cells: Cells, cell: number): string | null {
    if (cell < 0 || cell >= cells.count || this.#isEmpty(bytes, cells.starts[cell]!, cells.ends[cell]!)) return null;
    return cellText(bytes, cells.starts[cell]!, cells.ends[cell]!, cells.quoted[cell]!);
  }

  /** True when a selecting literal holds. */
  #selects(binding: Binding, bytes: Uint8Array, cells: Cells, rows: CandidateRows): boolean {
    for (const { cell, field, automaton, literals } of binding.selecting) {
      if (cell >= cells.count) continue;
      const start = cells.starts[cell]!;
      const end = cells.ends[cell]!;
      if (this.#isEmpty(bytes, start, end) || !automaton.mayHold(bytes, start, end)) continue;
      const text = cellText(bytes, start, end, cells.quoted[cell]!);
      const fields = binding.bound.layout.fields;
      let parts: ReadonlyMap<string, string> | null = null;
      for (const literal of literals) {
        const own = fields[binding.fieldIndex.get(literal.field)!]!;
        let value: string | undefined = text;
        if (own.partOf !== undefined) {
          parts ??= rows.derive(fields[field]!.name, text, -1);
          value = parts.get(own.name);
        }
        if (value !== undefined && literalHolds(literal, own, value)) return true;
      }
    }
    return false;
  }

  #group(table: TupleTable, names: readonly string[], bytes: Uint8Array): Group {
    const tuples: (string | null)[][] = [];
    const values = names.map((name) => this.#values.get(name)!);
    for (let index = 0; index < table.count; index++) {
      tuples.push(
        values.map((value, i) => {
          const id = table.ids[index * table.width + i]!;
          return id === 0 ? null : cellText(bytes, value.starts[id]!, value.ends[id]!, value.quoted[id]!);
        }),
      );
    }
    return {
      tuples,
      counts: [...table.counts.subarray(0, table.count)],
      firstMs: [...table.firstMs.subarray(0, table.count)],
      lastMs: [...table.lastMs.subarray(0, table.count)],
      overflow: table.overflow,
    };
  }
}

const scratchIds = new Int32Array(16);

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0 && bytes[i] !== 0x20) return false;
  return true;
}

function cellText(bytes: Uint8Array, start: number, end: number, quoted: number): string {
  const text = decodeText(bytes.subarray(start, end));
  return quoted === 1 && text.includes('""') ? text.replaceAll('""', '"') : text;
}

function holdsIn(literal: Literal, text: string): boolean {
  const value = literal.cased ? text : text.toLowerCase();
  const wanted = literal.cased ? literal.text : literal.text.toLowerCase();
  switch (literal.how) {
    case 'is': return value === wanted;
    case 'starts': return value.startsWith(wanted);
    case 'ends': return value.endsWith(wanted);
    case 'contains': return value.includes(wanted);
  }
}

/** A literal holds on the value as logged or, where the client may percent-encode, on the value decoded once. */
export function literalHolds(literal: Literal, field: Field, text: string): boolean {
  if (holdsIn(literal, text)) return true;
  return field.percent === true && text.includes('%') && holdsIn(literal, percentDecode(text));
}

/** The candidate rows of one block. Cells are kept as positions; text is made when asked for. */
class CandidateRows implements Rows {
  readonly #stored: Uint8Array;
  readonly #bytes: Uint8Array;
  readonly #base: number;
  readonly #wide: Transcoded | null;
  readonly #format: TextFormat;
  readonly #problems: Problems;
  readonly #offsetOf: (at: number) => number;
  readonly #bound: BoundLayout[] = [];
  readonly #fieldIndex: ReadonlyMap<string, number>[] = [];
  readonly #start: number[] = [];
  readonly #end: number[] = [];
  readonly #line: number[] = [];
  readonly #time: number[] = [];
  readonly #cellAt: number[] = [];
  readonly #cellCount: number[] = [];
  #cells = new Int32Array(4096);
  #cellsUsed = 0;
  #literals: readonly Literal[] = [];
  #parts: { row: number; parent: string; parts: ReadonlyMap<string, string> } | null = null;

  constructor(
    stored: Uint8Array, bytes: Uint8Array, base: number, wide: Transcoded | null, format: TextFormat, problems: Problems,
    offsetOf: (at: number) => number,
  ) {
    this.#stored = stored;
    this.#bytes = bytes;
    this.#base = base;
    this.#wide = wide;
    this.#format = format;
    this.#problems = problems;
    this.#offsetOf = offsetOf;
  }

  get length(): number {
    return this.#start.length;
  }

  push(
    bound: BoundLayout, fieldIndex: ReadonlyMap<string, number>, start: number, end: number, line: number, timeMs: number, cells: Cells,
  ): void {
    this.#bound.push(bound);
    this.#fieldIndex.push(fieldIndex);
    this.#start.push(start);
    this.#end.push(end);
    this.#line.push(line);
    this.#time.push(timeMs);
    this.#cellAt.push(this.#cellsUsed);
    this.#cellCount.push(cells.count);
    const needed = this.#cellsUsed + cells.count * 3;
    if (needed > this.#cells.length) {
      const grown = new Int32Array(Math.max(needed, this.#cells.length * 2));
      grown.set(this.#cells.subarray(0, this.#cellsUsed));
      this.#cells = grown;
    }
    for (let i = 0; i < cells.count; i++) {
      this.#cells[this.#cellsUsed++] = cells.starts[i]!;
      this.#cells[this.#cellsUsed++] = cells.ends[i]!;
      this.#cells[this.#cellsUsed++] = cells.quoted[i]!;
    }
  }

  seal(literals: readonly Literal[]): void {
    this.#literals = literals;
  }

  offset(row: number): number {
    return this.#offsetOf(this.#start[row]!);
  }
  line(row: number): number {
    return this.#line[row]!;
  }
  recordId(): bigint | null {
    return null;
  }
  timeMs(row: number): number {
    return this.#time[row]!;
  }
  layout(row: number): Layout {
    return this.#bound[row]!.layout;
  }

  raw(row: number): Uint8Array {
    if (this.#wide === null) return this.#bytes.slice(this.#start[row]!, this.#end[row]!);
    return this.#stored.slice(this.#offsetOf(this.#start[row]!) - this.#base, this.#offsetOf(this.#end[row]!) - this.#base);
  }

  text(row: number, field: string): string | null {
    const slot = this.#fieldIndex[row]!.get(field);
    if (slot === undefined) return null;
    const own = this.#bound[row]!.layout.fields[slot]!;
    if (own.partOf !== undefined) {
      const whole = this.text(row, own.partOf);
      if (whole === null) return null;
      const value = this.derive(own.partOf, whole, row).get(field);
      return value === undefined || value === '' ? null : value;
    }
    const cell = this.#bound[row]!.cellOf[slot]!;
    if (cell < 0 || cell >= this.#cellCount[row]!) return null;
    const at = this.#cellAt[row]! + cell * 3;
    const start = this.#cells[at]!;
    const end = this.#cells[at + 1]!;
    if (end <= start || (this.#format.emptyMark === '-' && end - start === 1 && this.#bytes[start] === minus)) return null;
    return cellText(this.#bytes, start, end, this.#cells[at + 2]!);
  }

  literals(row: number): readonly number[] {
    const holding: number[] = [];
    const texts = new Map<string, string | null>();
    const fields = this.#bound[row]!.layout.fields;
    for (const [id, literal] of this.#literals.entries()) {
      const slot = this.#fieldIndex[row]!.get(literal.field);
      if (slot === undefined) continue;
      let text = texts.get(literal.field);
      if (text === undefined) {
        text = this.text(row, literal.field);
        texts.set(literal.field, text);
      }
      if (text !== null && literalHolds(literal, fields[slot]!, text)) holding.push(id);
    }
    return holding;
  }

  /** Parts of a composite field; `row` -1: of a row that is not a candidate yet. */
  derive(parent: string, text: string, row: number): ReadonlyMap<string, string> {
    if (this.#parts !== null && row !== -1 && this.#parts.row === row && this.#parts.parent === parent) return this.#parts.parts;
    const at = row === -1 ? this.#base : this.#offsetOf(this.#start[row]!);
    // A row that is looked at before it is a candidate is looked at again when it is one: its problems are told then.
    const report = row === -1 ? () => {} : (code: Problem['code'], foundText: string) => this.#problems.add(code, at, { found: foundText });
    const parts = this.#format.derive?.(parent, text, report) ?? new Map<string, string>();
    if (row !== -1) this.#parts = { row, parent, parts };
    return parts;
  }
}
