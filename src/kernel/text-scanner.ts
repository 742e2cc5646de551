/**
 * The reference scanner for logs of lines: plain TypeScript, one pass, no row turned into a string unless it is a candidate.
 *
 * It is whole in one file because the loop over rows and the tables that it feeds share one state; `tables.ts`, `cells.ts`,
 * `automaton.ts` and `candidate-rows.ts` hold what can be read alone.
 */
import { type Problem, Problems } from '../core/problem.ts';
import type {
  AskedTuples,
  Block,
  BlockFacts,
  Demand,
  Door,
  Group,
  JudgeTuple,
  Layout,
  Literal,
  OpenDoors,
  Rows,
  Scanner,
  Seam,
} from '../core/record.ts';
import {
  type CutKind,
  cutOf,
  isCut,
  anyValue,
  countedName,
  isShaped,
  shapeCode,
  shapeCodeOf,
  type ShapeKind,
  shapeOf,
  shapeText,
} from '../core/field-shape.ts';
import { decodeText } from '../core/text.ts';
import { earliestPlausibleMs, hourMs, latestPlausibleMs } from '../core/time.ts';
import { Automaton } from './automaton.ts';
import { type BlockText, CandidateRows, offsetIn } from './candidate-rows.ts';
import { Cells, cellText, doubledQuotes, isMark, splitCsv, splitSpaces } from './cells.ts';
import { literalHolds } from './literal.ts';
import type { Memo } from './memo.ts';
import { freshRoom } from './room.ts';
import { BookKeeper, type BookOrder, bookOrder } from './book.ts';
import { Skimmer, type SkimOrder } from './skimmer.ts';
import { noRoom, TupleTable, ValueTable } from './tables.ts';
import { transcodeUtf16 } from './utf16.ts';

/** A header made ready for reading rows: which cell is which field, and where the time stands. */
export interface BoundLayout {
  readonly layout: Layout;
  /** Number of cells a whole row has. */
  readonly columns: number;
  /** Field index → cell, or -1 for a field that is a part of another. */
  readonly cellOf: readonly number[];
  /** UTC milliseconds of a row; NaN when it has none. */
  readonly time: (bytes: Uint8Array, cells: Cells, seam: Seam) => number;
  /**
   * Cells that `time` reads, where nothing else decides: `iso` one with `YYYY-MM-DDTHH:MM:SS.fffZ`, `clock` one with the date and
   * one with `HH:MM:SS`. Left out: every row goes the slow way.
   */
  readonly timeCells?: TimeCells;
  /**
   * Cell that takes the surplus of rows with too many cells (the user agent); -1: surplus is a problem. Where the numbers of the row
   * stand right only without moving them, the surplus stands at the end.
   */
  readonly surplusCell: number;
}

export type TimeCells =
  | { readonly form: 'iso'; readonly cell: number }
  | { readonly form: 'clock'; readonly date: number; readonly time: number };

/** What a reader tells the kernel about its kind of text. */
export interface TextFormat {
  readonly logSource: string;
  readonly separator: 'space' | 'comma' | 'own';
  /** For `own`: fills the cells of one line (`[start, end)` without its end). Cells are stretches of the line. */
  readonly split?: (bytes: Uint8Array, start: number, end: number, cells: Cells) => void;
  /** Value that stands for "nothing" beside the empty one. */
  readonly emptyMark: '-' | 'NULL' | null;
  /** The header that is in force where the text itself has named none: for logs that never write one. */
  readonly standing?: string;
  /** Lines without a time are ordinary (a message that goes on): no problem, and they count as rows. */
  readonly untimed?: true;
  /** Rows begin with a digit; what begins otherwise may be a header without `#`. False: only `#` begins a header. */
  readonly bareHeaders: boolean;
  /**
   * Looks at a line that may be a header or a comment. Returns the seam that is in force after it, or null: it is a row.
   * Called for lines that begin with `#`, for all while no header is in force, and with `bareHeaders` for lines that begin with
   * no digit.
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
const headerBytes = 1 << 16;
const valueLimit = 8192;
/** Characters that the distinct values of a field may have where nobody counts them. */
const askedChars = 1 << 16;
const allDoors = 0xfe;
/** Tuples kept of those that found no room, and so many values a field may have to stand in them. */
const restLimit = 1024;
const fewValues = 64;
/** Stands for {@link anyValue}. */
const anyId = -2;
const layoutLimit = 64;
/** Judgements of tuples that are remembered from block to block. */
const judgedLimit = 1 << 16;
const nul = 0;
const lf = 10;
const cr = 13;
const blank = 0x20;
const quote = 0x22;
const hash = 0x23;
const apostrophe = 0x27;
const dash = 0x2d;

const none: ReadonlyMap<string, string> = new Map();
const silent = (): void => {};

/** A field that is counted, bound to a layout: its cell, or the part of another field that it is. */
interface CountedField {
  readonly table: ValueTable;
  /** Counted by its shape: the number is the shape, and the table stays empty; or by the word that it begins with. */
  readonly shape: ShapeKind | CutKind | null;
  /** -1: the layout has no such field, or it is a part. */
  readonly cell: number;
  readonly part: { readonly name: string; readonly parent: string; readonly cell: number } | null;
}

interface SelectingField {
  readonly cell: number;
  readonly parent: string;
  readonly automaton: Automaton;
  /** Looked into only where the row's tuple opens it; null: always. */
  readonly door: Door | null;
  readonly literals: readonly { readonly literal: Literal; readonly field: Layout['fields'][number] }[];
}

/** A demand bound to a layout. */
interface Binding {
  readonly bound: BoundLayout;
  /** By index into {@link TextScanner}'s counted fields. */
  readonly counted: readonly CountedField[];
  readonly selecting: readonly SelectingField[];
  /** Cells behind the one that takes the surplus that hold a number: 3 digits for an HTTP status, 0 for any. */
  readonly numbers: readonly { readonly cell: number; readonly digits: number }[];
  readonly fieldIndex: ReadonlyMap<string, number>;
  /** How its rows are booked; null: they are not. */
  readonly book: BookOrder | null;
  /** How the skimmer reads rows of this layout; null: it cannot. */
  readonly skim: SkimOrder | null;
}

/** A group of the demand: which of the counted fields it is made of. */
interface CountedGroup {
  readonly table: TupleTable;
  readonly slots: readonly number[];
  readonly ids: Int32Array;
  /** Of groups that count shapes: tuples that found no room, without the values of which there are many. Null: it counts none. */
  readonly rest: TupleTable | null;
  /** Under which its verdicts are remembered; another one for another judge. */
  owner: number;
}

/** Columns that all rows have, in the order of the first one: where the rows are cut into blocks cannot be seen in them. */
class CommonColumns {
  #last: Layout | null = null;
  #names: readonly string[] | null = null;

  add(layout: Layout): void {
    if (layout === this.#last) return;
    this.#last = layout;
    const names = layout.fields.map(({ name }) => name);
    const here = new Set(names);
    this.#names = this.#names === null ? names : this.#names.filter((name) => here.has(name));
  }

  told(): { readonly columns?: readonly string[] } {
    return this.#names === null ? {} : { columns: this.#names };
  }
}

export class TextScanner implements Scanner {
  readonly #format: TextFormat;
  readonly #demand: Demand;
  readonly #layouts = new Map<string, Binding | null>();
  readonly #inferred = new Map<string, Binding | null>();
  readonly #automata = new Map<string, Automaton>();
  /** Distinct names of all groups; a field is looked up once per row, however many groups hold it. */
  readonly #names: readonly string[];
  readonly #values: readonly ValueTable[];
  readonly #shapes: readonly (ShapeKind | CutKind | null)[];
  readonly #groups: readonly CountedGroup[];
  readonly #rowIds: Int32Array;
  readonly #cells = new Cells();
  /** Cell of this row whose parts are in {@link #partsHere}; -1: none yet. */
  #partsOf = -1;
  #partsHere: ReadonlyMap<string, string> | null = null;
  #judge: JudgeTuple | null = null;
  #opens: OpenDoors | undefined = undefined;
  readonly #judged = new Map<string, number>();
  /** Doors that this row's tuples open, by group. */
  readonly #doors: Uint8Array;
  /** Goes over the rows that bring nothing new; null: all rows are looked at here. */
  readonly #skimmer: Skimmer | null;
  /** The skimmer, for a block that it holds. */
  #memo: Memo | null = null;

  /** `skimmer` null: the reference alone. What is found is the same. */
  constructor(format: TextFormat, demand: Demand, skimmer: Skimmer | null = Skimmer.shared()) {
    this.#format = format;
    this.#demand = demand;
    const limit = Math.min(demand.groupLimit, valueLimit);
    const room = skimmer?.room() ?? null;
    const judged = [...demand.groups, ...(demand.asked ?? [])];
    this.#names = [...new Set(judged.flat())];
    this.#shapes = this.#names.map((name) => countedName(name).shape);
    this.#values = this.#shapes.map((shape) => new ValueTable(shape === null || isCut(shape) ? limit : 1, room ?? freshRoom));
    this.#rowIds = new Int32Array(this.#names.length);
    this.#doors = new Uint8Array(judged.length);
    this.#groups = judged.map((names) => ({
      table: new TupleTable(names.length, limit, room ?? freshRoom),
      slots: names.map((name) => this.#names.indexOf(name)),
      ids: new Int32Array(names.length),
      rest: isShaped(names) ? new TupleTable(names.length, Math.min(limit, restLimit), freshRoom) : null,
      owner: 0,
    }));
    this.#skimmer = room?.full === false ? skimmer : null;
  }

  /** The same scanner without the skimmer. */
  reference(): TextScanner {
    return new TextScanner(this.#format, this.#demand, null);
  }

  scan(
    block: Block,
    stored: Uint8Array,
    before: Seam,
    judge: JudgeTuple,
    onRows: (rows: Rows) => void,
    opens?: OpenDoors,
  ): BlockFacts {
    const format = this.#format;
    const problems = new Problems();
    for (const { table, rest } of this.#groups) {
      table.clear();
      rest?.clear();
    }
    if (judge !== this.#judge || opens !== this.#opens) {
      this.#judged.clear();
      for (const group of this.#groups) group.owner = this.#skimmer?.newOwner() ?? 0;
    }
    this.#judge = judge;
    this.#opens = opens;

    const owned = block.end - block.at;
    const wide = before.encoding === 'utf8' ? null : transcodeUtf16(stored, before.encoding === 'utf16le', owned);
    const scanned = wide === null ? stored : wide.bytes;
    // The skimmer's copy is the faster one to read: what workers share is not.
    const copied = this.#skimmer?.begin(scanned, this.#judgeEntered) ?? null;
    const skimmer = copied === null ? null : this.#skimmer;
    this.#memo = skimmer;
    const bytes = copied ?? scanned;
    for (const table of this.#values) table.begin(bytes, skimmer);
    const text: BlockText = { stored, bytes, at: block.at, wide };
    const ownedEnd = wide === null ? Math.min(owned, bytes.length) : wide.ownedEnd;
    // A block is read on for so many stored bytes: a line is cut at the same place wherever it stands.
    const longest = wide === null ? longestLineBytes : longestLineBytes / 2;
    const lineEnd = before.lineEnd;
    const found = new CandidateRows(text, format, this.#demand.literals, problems);
    const hours = new Map<number, number>();
    const keeper = this.#demand.books === true ? new BookKeeper() : null;
    const emptyByte = format.emptyMark === '-' ? dash : -1;
    let seam: Seam = before.midRow ? { ...before, midRow: false } : before;
    let binding = this.#bind(seam.header);
    const common = new CommonColumns();
    const untimed = format.untimed === true;
    let rows = 0;
    let lines = 0;
    let firstMs = Number.NaN;
    let lastMs = Number.NaN;
    // The skimmer sees it in its rows itself; of a row that it leaves it is looked for in that row alone.
    let nextNul = skimmer === null ? bytes.indexOf(nul, 0) : -1;
    let at = 0;
    if (before.midRow) {
      // The line that begins before the block is read and counted there.
      const end = bytes.indexOf(lineEnd, 0);
      at = end === -1 || end >= ownedEnd ? ownedEnd : end + 1;
    }

    while (at < ownedEnd) {
      if (skimmer !== null && binding !== null && binding.skim !== null) {
        at = skimmer.skim(binding.skim, lineEnd, longest, at, ownedEnd, bytes.length);
        const skimmed = skimmer.rows;
        if (skimmed > 0) {
          common.add(binding.bound.layout);
          rows += skimmed;
          lines += skimmed;
          if (!(skimmer.firstMs >= firstMs)) firstMs = skimmer.firstMs;
          if (!(skimmer.lastMs <= lastMs)) lastMs = skimmer.lastMs;
          skimmer.addHours(hours);
          if (keeper !== null) skimmer.addBooks(keeper);
          if (at >= ownedEnd) break;
        }
      }
      let end = bytes.indexOf(lineEnd, at);
      const torn = end === -1;
      if (torn) end = bytes.length;
      const next = torn ? end : end + 1;
      const lineNumber = lines++;
      let start = at;
      let stop = end;
      at = next;
      if (lineEnd === lf && stop > start && bytes[stop - 1] === cr) stop--;
      if (skimmer !== null) nextNul = skimmer.indexOf(nul, start, stop);
      else if (nextNul !== -1 && nextNul < start) nextNul = bytes.indexOf(nul, start);
      if (nextNul !== -1 && nextNul < stop) {
        problems.add('text.binary', offsetIn(text, nextNul));
        // A log that is still open ends in zeros that the server reserved; after a crash new lines follow them at once.
        while (start < stop && bytes[start] === nul) start++;
        while (stop > start && bytes[stop - 1] === nul) stop--;
        if (lineEnd === lf && stop > start && bytes[stop - 1] === cr) stop--;
      }
      // A mark may stand at the head of every file that was put together with others.
      if (bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf && stop - start >= 3) start += 3;
      const long = stop - start > longest;
      if (long) {
        problems.add('text.long_line', offsetIn(text, start), { found: `more than ${longest} bytes` });
        stop = start + longest;
      }
      if (stop === start) continue;

      const first = bytes[start] === quote ? bytes[start + 1]! : bytes[start]!;
      if (first === hash || binding === null || (format.bareHeaders && (first < 0x30 || first > 0x39))) {
        const line = decodeText(bytes.subarray(start, Math.min(stop, start + headerBytes)));
        const after = format.header(line, seam);
        if (after !== null) {
          keeper?.head(line);
          if (after.header !== seam.header) binding = this.#bind(after.header);
          seam = after;
          continue;
        }
      }
      if (isBlank(bytes, start, stop)) continue;
      let row: Binding | null = binding;
      if (row === null) {
        if (seam.header === '') {
          row = this.#infer(decodeText(bytes.subarray(start, stop)));
          if (row !== null) problems.add('row.no_header', offsetIn(text, start));
        }
        if (row === null) {
          problems.add('row.unknown_header', offsetIn(text, start));
          continue;
        }
      }

      common.add(row.bound.layout);
      const cells = this.#cells;
      this.#partsOf = -1;
      // A line that is not too long was read to its end, even where that lies in the next block.
      this.#split(text, start, stop, row, torn && !long, problems);
      const timeMs = row.bound.time(bytes, cells, seam);
      const plausible = timeMs >= earliestPlausibleMs && timeMs <= latestPlausibleMs;
      if (plausible) {
        const hour = Math.floor(timeMs / hourMs);
        hours.set(hour, (hours.get(hour) ?? 0) + 1);
        if (!(timeMs >= firstMs)) firstMs = timeMs;
        if (!(timeMs <= lastMs)) lastMs = timeMs;
      } else if (Number.isNaN(timeMs)) {
        if (!untimed) problems.add('row.time', offsetIn(text, start));
      } else problems.add('row.time_impossible', offsetIn(text, start), { found: new Date(timeMs).toISOString() });
      rows++;
      if (keeper !== null && row.book !== null && plausible) keeper.row(bytes, cells, row.book, timeMs, emptyByte);
      const wanted = this.#count(row, bytes, plausible ? timeMs : Number.NaN);
      if (wanted || this.#selects(row, bytes)) {
        found.push(row.bound, row.fieldIndex, { start, end: stop, line: lineNumber, timeMs }, cells);
      }
    }
    if (found.length > 0) onRows(found);
    skimmer?.addUp();

    const counted = this.#groups.slice(0, this.#demand.groups.length);
    const groups = counted.map(({ table, rest, slots }): Group => {
      const whole = this.#group(table, slots);
      return rest === null || rest.count === 0 ? whole : joined(whole, this.#group(rest, slots));
    });
    // What is counted by shape is a way of looking, and says itself what it could not see.
    const overflowed = groups.reduce(
      (sum, { overflow }, index) => sum + (isShaped(this.#demand.groups[index]!) ? 0 : overflow),
      0,
    );
    if (overflowed > 0) problems.add('row.groups_overflow', block.at, { found: `${overflowed} rows` });
    const books = keeper?.list();
    const hourList = [...hours].sort((a, b) => a[0] - b[0]);
    return {
      block,
      logSource: format.logSource,
      rows,
      lines,
      firstMs,
      lastMs,
      hours: { hours: hourList.map(([hour]) => hour), counts: hourList.map(([, count]) => count) },
      ...(books === undefined ? {} : { books }),
      groups,
      ...(this.#demand.told === true ? { asked: this.#asked() } : {}),
      after: { ...seam, midRow: false },
      ...common.told(),
      problems: problems.list(),
    };
  }

  #bind(named: string): Binding | null {
    const header = named === '' ? (this.#format.standing ?? '') : named;
    return header === '' ? null : this.#bindOnce(this.#layouts, header);
  }

  #infer(line: string): Binding | null {
    const header = this.#format.infer(line);
    return header === null ? null : this.#bindOnce(this.#inferred, header);
  }

  #bindOnce(known: Map<string, Binding | null>, header: string): Binding | null {
    let binding = known.get(header);
    if (binding === undefined) {
      const bound = this.#format.bind(header);
      binding = bound === null ? null : this.#bindDemand(bound);
      if (known.size >= layoutLimit) known.clear();
      known.set(header, binding);
    }
    return binding;
  }

  #bindDemand(bound: BoundLayout): Binding {
    const { fields } = bound.layout;
    const fieldIndex = new Map<string, number>();
    // A name that stands twice means its first column, for counting, selecting and reading alike.
    for (const [index, { name }] of fields.entries()) if (!fieldIndex.has(name)) fieldIndex.set(name, index);
    const counted = this.#names.map((name, slot): CountedField => {
      const table = this.#values[slot]!;
      const shape = this.#shapes[slot] ?? null;
      const { field } = countedName(name);
      const index = fieldIndex.get(field);
      if (index === undefined) return { table, shape, cell: -1, part: null };
      const parent = fields[index]!.partOf;
      if (parent === undefined) return { table, shape, cell: bound.cellOf[index]!, part: null };
      const parentIndex = fieldIndex.get(parent);
      const cell = parentIndex === undefined ? -1 : bound.cellOf[parentIndex]!;
      return { table, shape, cell: -1, part: cell === -1 ? null : { name: field, parent, cell } };
    });
    const byCell = new Map<
      string,
      { cell: number; parent: string; door: Door | null; literals: SelectingField['literals'][number][] }
    >();
    for (const literal of this.#demand.literals) {
      if (!literal.selects) continue;
      // `*`: any value of the row. What is a part of another value stands in that one.
      const places =
        literal.field === '*'
          ? [...fieldIndex.values()].filter((index) => fields[index]!.partOf === undefined)
          : [fieldIndex.get(literal.field)];
      for (const named of places) {
        if (named === undefined) continue;
        const field = fields[named]!;
        const holder = field.partOf === undefined ? named : (fieldIndex.get(field.partOf) ?? named);
        const cell = bound.cellOf[holder]!;
        if (cell === -1) continue;
        const door = literal.door ?? null;
        const key = `${cell} ${door?.group} ${door?.number}`;
        const entry = byCell.get(key) ?? { cell, parent: fields[holder]!.name, door, literals: [] };
        entry.literals.push({ literal, field });
        byCell.set(key, entry);
      }
    }
    const selecting = [...byCell.values()].map((entry) => ({ ...entry, automaton: this.#automaton(entry.literals) }));
    const numbers = fields.flatMap((field, index) => {
      const cell = bound.cellOf[index]!;
      if (field.type !== 'int' || cell <= bound.surplusCell || bound.surplusCell === -1) return [];
      return [{ cell, digits: field.means === 'http.status' ? 3 : 0 }];
    });
    const book = this.#demand.books === true ? bookOrder(bound) : null;
    return { bound, counted, selecting, numbers, fieldIndex, book, skim: this.#skimOrder(bound, counted, selecting, book) };
  }

  /** The same binding for the skimmer; null where a row takes more than it can do. */
  #skimOrder(
    bound: BoundLayout,
    counted: readonly CountedField[],
    selecting: readonly SelectingField[],
    book: BookOrder | null,
  ): SkimOrder | null {
    const { timeCells, columns } = bound;
    if (this.#skimmer === null || timeCells === undefined || counted.some(({ part }) => part !== null)) return null;
    if (counted.some(({ shape }) => isCut(shape))) return null;
    const { separator, emptyMark, bareHeaders } = this.#format;
    if (separator === 'own') return null;
    return this.#skimmer.order({
      separator,
      emptyMark,
      bareHeaders,
      columns,
      timeCells,
      fields: counted,
      groups: this.#groups,
      selecting,
      book,
    });
  }

  /** Made once for all layouts that ask for the same. */
  #automaton(literals: SelectingField['literals']): Automaton {
    const key = JSON.stringify(literals.map(({ literal, field }) => [literal.text, field.percent, field.partOf]));
    let automaton = this.#automata.get(key);
    if (automaton === undefined) {
      const complex: number[] = [];
      if (this.#format.separator === 'comma') complex.push(quote);
      if (literals.some(({ field }) => field.partOf !== undefined)) complex.push(apostrophe);
      const decodes = literals.some(({ field }) => field.percent === true);
      automaton = new Automaton(
        literals.map(({ literal }) => literal.text),
        complex,
        decodes,
      );
      if (this.#automata.size >= layoutLimit) this.#automata.clear();
      this.#automata.set(key, automaton);
    }
    return automaton;
  }

  /** Fills the row's cells, as many as its header names where that can be told. */
  #split(text: BlockText, start: number, stop: number, { bound, numbers }: Binding, torn: boolean, problems: Problems): void {
    const { bytes } = text;
    const cells = this.#cells;
    const { columns, surplusCell } = bound;
    const { separator, split } = this.#format;
    const blanks = separator === 'space';
    if (blanks) splitSpaces(bytes, start, stop, cells);
    else if (separator === 'own') {
      cells.count = 0;
      split?.(bytes, start, stop, cells);
    } else if (!splitCsv(bytes, start, stop, cells, torn) && !torn) {
      problems.add('csv.open_quote', offsetIn(text, start));
    }
    if (cells.count === columns) return;
    const seen = cells.count;
    if (blanks) cells.collapse();
    if (cells.count === columns) return;
    const at = offsetIn(text, start);
    const detail = { expected: `${columns} columns`, found: `${seen}` };
    const surplus = cells.count - columns;
    const inPlace = numbers.length > 0 && !this.#areNumbers(bytes, numbers, surplus) && this.#areNumbers(bytes, numbers, 0);
    if (surplus > 0 && surplusCell !== -1 && !inPlace) {
      cells.join(surplusCell, surplusCell + surplus);
      if (blanks) problems.add('row.realigned', at, detail);
    } else if (torn && cells.count < columns) problems.add('text.torn_last_line', at, detail);
    // Old builds write fewer trailing columns than their header names; missing ones are empty.
    else if (blanks || cells.count > columns || cells.count * 2 < columns) problems.add('row.columns', at, detail);
  }

  /** Whether all cells that hold numbers do so when they stand `shift` cells further on. */
  #areNumbers(bytes: Uint8Array, numbers: Binding['numbers'], shift: number): boolean {
    const cells = this.#cells;
    return numbers.every(({ cell, digits }) => {
      const start = cells.starts[cell + shift]!;
      const end = cells.ends[cell + shift]!;
      if (cell + shift >= cells.count || (digits !== 0 && end - start !== digits)) return false;
      if (this.#isEmpty(bytes, start, end)) return true;
      for (let i = start; i < end; i++) if (bytes[i]! < 0x30 || bytes[i]! > 0x39) return false;
      return true;
    });
  }

  #isEmpty(bytes: Uint8Array, start: number, end: number): boolean {
    return end <= start || isMark(bytes, start, end, this.#format.emptyMark);
  }

  /** Counts the row in every group; true when a group's judge wants it. */
  #count(binding: Binding, bytes: Uint8Array, timeMs: number): boolean {
    const cells = this.#cells;
    const { counted } = binding;
    const rowIds = this.#rowIds;
    for (let slot = 0; slot < counted.length; slot++) {
      const { cell, part, table, shape } = counted[slot]!;
      if (part !== null) rowIds[slot] = this.#internPart(part, table, bytes, shape);
      else if (cell === -1 || cell >= cells.count) rowIds[slot] = 0;
      else {
        const start = cells.starts[cell]!;
        const end = cells.ends[cell]!;
        if (this.#isEmpty(bytes, start, end)) rowIds[slot] = 0;
        else if (isCut(shape)) rowIds[slot] = table.internText(cutOf(shape, this.#cellText(cell, bytes)!));
        else if (shape !== null) rowIds[slot] = shapeCode(shape, bytes, start, end);
        else rowIds[slot] = table.intern(start, end, cells.marks[cell]! & doubledQuotes);
      }
    }
    let wanted = false;
    for (let group = 0; group < this.#groups.length; group++) {
      const { table, slots, ids } = this.#groups[group]!;
      let room = true;
      for (let i = 0; i < slots.length; i++) {
        const id = rowIds[slots[i]!]!;
        ids[i] = id;
        if (id === -1) room = false;
      }
      let index = room ? table.find(ids) : noRoom;
      if (index === noRoom) {
        // Not counted one by one, and yet judged: what is beyond a limit must not be out of sight.
        if (!this.#countRest(group, timeMs)) table.overflow++;
        const verdict = this.#verdict(group, binding, bytes);
        this.#doors[group] = verdict;
        if ((verdict & 1) !== 0) wanted = true;
        continue;
      }
      if (index < 0) {
        index = -1 - index;
        // The memo remembers what it was told of a tuple that is new to it; there is no need to do it twice.
        if (this.#memo === null) table.verdicts[index] = this.#verdict(group, binding, bytes);
        else this.#judgeNew(group, index);
      }
      table.add(index, timeMs);
      const verdict = table.verdicts[index]!;
      this.#doors[group] = verdict;
      if ((verdict & 1) !== 0) wanted = true;
    }
    return wanted;
  }

  /** A tuple that the skimmer entered, of the row that it has in hand. */
  readonly #judgeEntered = (group: number, index: number): void => {
    const ids = this.#skimmer!.ids;
    for (const slot of this.#groups[group]!.slots) this.#rowIds[slot] = ids[slot]!;
    this.#judgeNew(group, index);
  };

  /** Judges a tuple that found room, and remembers it. */
  #judgeNew(group: number, index: number): void {
    const { table, slots } = this.#groups[group]!;
    const tuple = slots.map((slot) => this.#textOf(slot, this.#rowIds[slot]!));
    const verdict = this.#verdictOn(group, tuple);
    const known = this.#remember(group, verdict);
    table.verdicts[index] = verdict;
    table.known[index] = known;
    if (known !== 0 && this.#memo !== null) this.#memo.tuples[known] = tuple;
  }

  /** Counts a row whose tuple found no room by what of it is never much. False: not even that. */
  #countRest(group: number, timeMs: number): boolean {
    const { rest, slots, ids } = this.#groups[group]!;
    if (rest === null) return false;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      const shape = this.#shapes[slot] ?? null;
      const few = shape === 'text' || shape === 'who' || this.#values[slot]!.count <= fewValues;
      ids[i] = few && this.#rowIds[slot]! !== -1 ? this.#rowIds[slot]! : anyId;
    }
    const index = rest.find(ids);
    if (index === noRoom) return false;
    rest.add(index < 0 ? -1 - index : index, timeMs);
    return true;
  }

  /** The number by which the memo knows this row's tuple from now on; 0: it has no room for it or for one of its values. */
  #remember(group: number, verdict: number): number {
    if (this.#memo === null) return 0;
    const { slots, owner } = this.#groups[group]!;
    const values: number[] = [];
    for (const slot of slots) {
      const id = this.#rowIds[slot]!;
      const shape = this.#shapes[slot] ?? null;
      const known = id === 0 || shape === 'text' || shape === 'who' ? id : this.#values[slot]!.known[id]!;
      if (id !== 0 && known === 0) return 0;
      values.push(known);
    }
    return this.#memo.rememberTuple(owner, values, verdict);
  }

  #tuple(group: number, binding: Binding, bytes: Uint8Array): (string | null)[] {
    return this.#groups[group]!.slots.map((slot) => {
      const id = this.#rowIds[slot]!;
      return id === -1 ? this.#fieldText(binding.counted[slot]!, bytes) : this.#textOf(slot, id);
    });
  }

  /** Bit 0: the judge wants every row that carries it; bits 1 to 7: the doors that it opens. */
  #verdictOn(group: number, tuple: readonly (string | null)[]): number {
    const doors = this.#opens === undefined ? allDoors : this.#opens(group, tuple) & allDoors;
    return doors | (this.#judge!(group, tuple) ? 1 : 0);
  }

  /** The verdict on this row's tuple; remembered, because most tuples come back in every block. */
  #verdict(group: number, binding: Binding, bytes: Uint8Array): number {
    const tuple = this.#tuple(group, binding, bytes);
    let key = `${group}`;
    for (const value of tuple) key += value === null ? '\u0000-' : `\u0000${value.length}:${value}`;
    let verdict = this.#judged.get(key);
    if (verdict === undefined) {
      verdict = this.#verdictOn(group, tuple);
      if (this.#judged.size >= judgedLimit) this.#judged.clear();
      // Long values are rare, and many of them would fill the memory.
      if (key.length <= 1024) this.#judged.set(key, verdict);
    }
    return verdict;
  }

  #textOf(slot: number, id: number): string | null {
    if (id === anyId) return anyValue;
    const shape = this.#shapes[slot] ?? null;
    return shape === null || isCut(shape) ? this.#values[slot]!.text(id) : id === 0 ? null : shapeText(shape, id);
  }

  #internPart(
    part: NonNullable<CountedField['part']>,
    table: ValueTable,
    bytes: Uint8Array,
    shape: CountedField['shape'],
  ): number {
    const value = this.#partText(part, bytes);
    if (value === null) return 0;
    if (shape === null) return table.internText(value);
    return isCut(shape) ? table.internText(cutOf(shape, value)) : shapeCodeOf(shape, value);
  }

  #partText({ name, parent, cell }: NonNullable<CountedField['part']>, bytes: Uint8Array): string | null {
    const value = this.#parts(parent, cell, bytes)?.get(name);
    return value === undefined || value === '' ? null : value;
  }

  /** The parts of a composite field of this row, taken apart once for all who ask; null: the row has none. */
  #parts(parent: string, cell: number, bytes: Uint8Array): ReadonlyMap<string, string> | null {
    if (this.#partsOf !== cell) {
      const whole = this.#cellText(cell, bytes);
      // A row that becomes a candidate is parsed again when it is read: its problems are told then.
      this.#partsHere = whole === null ? null : (this.#format.derive?.(parent, whole, silent) ?? none);
      this.#partsOf = cell;
    }
    return this.#partsHere;
  }

  #fieldText({ cell, part, shape }: CountedField, bytes: Uint8Array): string | null {
    const text = part === null ? this.#cellText(cell, bytes) : this.#partText(part, bytes);
    return text === null || shape === null ? text : shapeOf(shape, text);
  }

  #cellText(cell: number, bytes: Uint8Array): string | null {
    const cells = this.#cells;
    if (cell < 0 || cell >= cells.count) return null;
    const start = cells.starts[cell]!;
    const end = cells.ends[cell]!;
    return this.#isEmpty(bytes, start, end) ? null : cellText(bytes, start, end, cells.marks[cell]!);
  }

  /** True when a selecting literal holds. */
  #selects(binding: Binding, bytes: Uint8Array): boolean {
    const cells = this.#cells;
    for (const { cell, parent, automaton, door, literals } of binding.selecting) {
      if (cell >= cells.count) continue;
      if (door !== null && (this.#doors[door.group]! & (1 << door.number)) === 0) continue;
      const start = cells.starts[cell]!;
      const end = cells.ends[cell]!;
      if (this.#isEmpty(bytes, start, end) || !automaton.mayHold(bytes, start, end)) continue;
      const text = cellText(bytes, start, end, cells.marks[cell]!);
      for (const { literal, field } of literals) {
        const value = field.partOf === undefined ? text : this.#parts(parent, cell, bytes)?.get(field.name);
        if (value !== undefined && value !== '' && literalHolds(literal, field, value)) return true;
      }
    }
    return false;
  }

  /** Texts that the client chose can be long, and another one in each row: then it is only said that there are more. */
  #asked(): AskedTuples[] {
    return this.#groups.slice(this.#demand.groups.length).map(({ table, slots }) => {
      if (table.overflow > 0) return { tuples: [], open: true };
      const { tuples } = this.#group(table, slots);
      const chars = tuples.reduce((sum, tuple) => sum + tuple.reduce((all, value) => all + (value?.length ?? 0), 0), 0);
      return chars > askedChars ? { tuples: [], open: true } : { tuples, open: false };
    });
  }

  #group(table: TupleTable, slots: readonly number[]): Group {
    const { count, sums, width, ids } = table;
    const tuples: (readonly (string | null)[])[] = [];
    const memo = this.#memo;
    const remembered = memo?.tuples;
    const counts = new Float64Array(count);
    const firstMs = new Float64Array(count);
    const lastMs = new Float64Array(count);
    for (let index = 0; index < count; index++) {
      const known = table.known[index]!;
      let tuple = known === 0 ? undefined : remembered?.[known];
      if (tuple === undefined) {
        tuple = slots.map((slot, i) => this.#textOf(slot, ids[index * width + i]!));
        // The same tuple of another block is then the same array.
        if (known !== 0 && remembered !== undefined) remembered[known] = tuple;
      }
      tuples.push(tuple);
      counts[index] = sums[index * 3]!;
      firstMs[index] = sums[index * 3 + 1]!;
      lastMs[index] = sums[index * 3 + 2]!;
    }
    const group = { tuples, counts, firstMs, lastMs, overflow: table.overflow };
    return memo === null ? group : { ...group, known: { memory: memo.memory, numbers: table.known.slice(0, count) } };
  }
}

function joined(left: Group, right: Group): Group {
  const both = (a: ArrayLike<number>, b: ArrayLike<number>): Float64Array => {
    const all = new Float64Array(a.length + b.length);
    all.set(a);
    all.set(b, a.length);
    return all;
  };
  return {
    tuples: [...left.tuples, ...right.tuples],
    counts: both(left.counts, right.counts),
    firstMs: both(left.firstMs, right.firstMs),
    lastMs: both(left.lastMs, right.lastMs),
    overflow: left.overflow + right.overflow,
    // What found no room has no numbers: none stand behind these.
    ...(left.known === undefined ? {} : { known: left.known }),
  };
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== blank && bytes[i] !== nul) return false;
  return true;
}
