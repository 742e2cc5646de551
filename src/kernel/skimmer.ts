/**
 * Skims the rows of a block that are nothing but counted, many times faster than the scanner reads them: WebAssembly with SIMD
 * (`assembly/skim.ts`), on tables of which each enters what it is first to meet.
 *
 * Sound by what it may not do. It tells no problem, and a tuple that was never met it has judged by the scanner. At a row whose tuple
 * matters, on which a literal may hold, whose value or tuple finds no room, that has another number of cells, another form of time, a byte that no log holds, or is
 * anything else but an ordinary row, it stops, and the scanner takes that row as if there were no skimmer. So a skimmed row is one
 * of which the scanner would have done nothing but count. Where there is no SIMD the scanner does it all.
 */
import { fromBase64 } from '../core/hash.ts';
import type { Door } from '../core/record.ts';
import { type CutKind, isCut, type ShapeKind, shapeKinds } from '../core/field-shape.ts';
import { earliestPlausibleMs, latestPlausibleMs } from '../core/time.ts';
import type { Automaton } from './automaton.ts';
import type { BookKeeper, BookOrder } from './book.ts';
import { literalWindows } from './literal-windows.ts';
import type { Memo } from './memo.ts';
import { SharedRoom } from './room.ts';
import { skimWasm } from './skim-wasm.ts';
import type { TupleTable, ValueTable } from './tables.ts';
import type { TextFormat, TimeCells } from './text-scanner.ts';

const mebibyte = 1 << 20;
/** The block's bytes stand from 0, so that a place in the block is an address. Room for a block of 4 MiB, its tail, and UTF-16. */
const blockBytes = 6 * mebibyte;
/** Read beyond the last row. */
const padding = 64;
const tablesAt = blockBytes + padding;
const planAt = 12 * mebibyte;
const planEnd = 14 * mebibyte;
const memoAt = planEnd;
/** What the memo needs is written in the assembly, and so is what rows need that come again. */
const cachesAt = memoAt + 8 * mebibyte;
const totalBytes = cachesAt + 2 * mebibyte;
const pageBytes = 65536;
const hourRoom = 256;
const columnLimit = 4096;
/** Values of a tuple that the memo has room for. */
const widestKnown = 6;
/** Words of the plan, and behind them what was found. */
const planBytes = 208;
/** Fields of a run of cells that is remembered as one; values and tuples of a row that is remembered. */
const widestRun = 12;
const widestKind = 24;
const mostGroups = 16;
const mostKinds = 16;
/** Minutes of a book that one skim has room for, and the words of one: minute (8 bytes), book, rows, id (16 bytes). */
const bookRoom = 512;
const bookBytes = 32;

/** A layout and a demand, as the skimmer needs them. */
export interface SkimOrder {
  readonly separator: Exclude<TextFormat['separator'], 'own'>;
  readonly emptyMark: TextFormat['emptyMark'];
  readonly bareHeaders: boolean;
  readonly columns: number;
  readonly timeCells: TimeCells;
  /** In the order of the ids of a row; cell -1: the layout has no such field. */
  readonly fields: readonly { readonly cell: number; readonly table: ValueTable; readonly shape: ShapeKind | CutKind | null }[];
  /** `owner`: whose verdicts on tuples of this group are remembered. */
  readonly groups: readonly { readonly table: TupleTable; readonly slots: readonly number[]; readonly owner: number }[];
  readonly selecting: readonly { readonly cell: number; readonly automaton: Automaton; readonly door: Door | null }[];
  readonly book: BookOrder | null;
}

/** Judges the tuple that was entered into the table of a group under this index. */
export type JudgeEntered = (group: number, index: number) => void;

interface Exports {
  skim(plan: number, at: number, ownedEnd: number, limit: number): number;
  findByte(byte: number, at: number, end: number): number;
  clearMemo(at: number): void;
  placeCaches(at: number): void;
  forgetRows(): void;
  addKinds(plan: number): void;
  memoIsFull(): number;
  rememberValue(hash: number, start: number, end: number, doubled: number): number;
  rememberTuple(owner: number, verdict: number): number;
}

export class Skimmer implements Memo {
  static #one: Skimmer | null | undefined;
  readonly #buffer: ArrayBuffer;
  readonly #bytes: Uint8Array;
  readonly #words: DataView;
  readonly #exports: Exports;
  readonly #tuple: Int32Array;
  readonly texts: (string | undefined)[] = [];
  readonly tuples: (readonly (string | null)[] | undefined)[] = [];
  memory: object = {};
  #owners = 0;
  #judge: JudgeEntered = () => {};
  /** The order whose plan stands in memory; and whether it is made ready for this block. */
  #order: SkimOrder | null = null;
  #ready = false;
  /** Words of the plan that are the block's, or the judge's: values of the row before, what runs and kinds were worth, owners. */
  #blockWords: {
    readonly fields: Int32Array;
    readonly runs: Int32Array;
    readonly kinds: Int32Array;
    readonly groups: Int32Array;
  } | null = null;
  #plan = 0;
  #ids: Int32Array = new Int32Array(0);
  #hours = 0;
  #books = 0;

  /** The one of this thread, shared by all scanners: a scan begins and ends in one call. Null where there is no SIMD. */
  static shared(): Skimmer | null {
    if (Skimmer.#one === undefined) {
      try {
        Skimmer.#one = new Skimmer();
      } catch {
        // No WebAssembly, no SIMD, or no memory for it.
        Skimmer.#one = null;
      }
    }
    return Skimmer.#one;
  }

  private constructor() {
    // WebAssembly's memory is little-endian everywhere; arrays of numbers over it are not on every machine.
    if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) throw new Error('the tables would be read the other way round');
    const pages = totalBytes / pageBytes;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const module = new WebAssembly.Module(fromBase64(skimWasm) as Uint8Array<ArrayBuffer>);
    this.#exports = new WebAssembly.Instance(module, {
      env: { memory, judge: (group: number, index: number) => this.#judge(group, index) },
    }).exports as unknown as Exports;
    this.#buffer = memory.buffer;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#words = new DataView(memory.buffer);
    this.#tuple = new Int32Array(memory.buffer, memoAt, widestKnown);
    this.#exports.clearMemo(memoAt);
    this.#exports.placeCaches(cachesAt);
  }

  newOwner(): number {
    return ++this.#owners;
  }

  rememberValue(hash: number, start: number, end: number, doubled: number): number {
    return this.#exports.rememberValue(hash, start, end, doubled);
  }

  rememberTuple(owner: number, values: readonly number[], verdict: number): number {
    if (values.length > widestKnown) return 0;
    for (let i = 0; i < widestKnown; i++) this.#tuple[i] = values[i] ?? 0;
    return this.#exports.rememberTuple(owner, verdict);
  }

  /** Memory for the tables of one scanner. All scanners have the same: what stands in it holds for one block. */
  room(): SharedRoom {
    return new SharedRoom(this.#buffer, tablesAt, planAt);
  }

  /** The order as it is when the skimmer can follow it. */
  order(order: SkimOrder): SkimOrder | null {
    const { columns, selecting, timeCells } = order;
    const times = timeCells.form === 'iso' ? [timeCells.cell] : [timeCells.date, timeCells.time];
    const booked = order.book === null ? [] : [order.book.idCell, order.book.besideCell];
    const cells = [...times, ...selecting.map(({ cell }) => cell), ...booked];
    if (columns > columnLimit || cells.some((cell) => cell < 0 || cell >= columns)) return null;
    if (order.fields.some(({ cell }) => cell >= columns)) return null;
    if (order.groups.length > mostKinds) return null;
    // A text that only decoding can judge: every row has to be looked at.
    if (selecting.some(({ automaton }) => automaton.alwaysDecode)) return null;
    const room = new SharedRoom(this.#buffer, planAt, planEnd);
    // In the midst of a block: what was counted by the plan that stands there is not lost.
    this.addUp();
    this.#write(order, room);
    this.#order = null;
    this.#ready = false;
    return room.full ? null : order;
  }

  /** Numbers of the values of the row in hand, by the order's fields: while a tuple is judged. */
  get ids(): Int32Array {
    return this.#ids;
  }

  /** Takes a block's bytes, and who judges tuples that are new to it. Returns them as they stand in its own memory, until the next block; null: they are too many. */
  begin(bytes: Uint8Array, judge: JudgeEntered): Uint8Array | null {
    this.#ready = false;
    this.#exports.forgetRows();
    if (bytes.length > blockBytes) return null;
    this.#judge = judge;
    this.#bytes.set(bytes);
    if (this.#exports.memoIsFull() !== 0) {
      this.#exports.clearMemo(memoAt);
      this.texts.length = 0;
      this.tuples.length = 0;
      this.memory = {};
    }
    return this.#bytes.subarray(0, bytes.length);
  }

  /** Place of the first such byte in [at, end), or -1. */
  indexOf(byte: number, at: number, end: number): number {
    return this.#exports.findByte(byte, at, end);
  }

  /**
   * Counts rows from `at` on in the order's tables. Rows that begin before `ownedEnd` and end before `limit`. Returns where the
   * first row begins that is the scanner's.
   */
  skim(order: SkimOrder, lineEnd: number, longest: number, at: number, ownedEnd: number, limit: number): number {
    if (this.#order !== order || !this.#ready) {
      this.addUp();
      this.#exports.forgetRows();
      if (this.#order !== order) this.#write(order, new SharedRoom(this.#buffer, planAt, planEnd));
      else this.#begin(order);
      this.#words.setInt32(this.#plan + 4, lineEnd, true);
      this.#words.setInt32(this.#plan + 32, longest, true);
      this.#order = order;
      this.#ready = true;
    }
    return this.#exports.skim(this.#plan, at, ownedEnd, limit);
  }

  /** The sums of the tables are whole: to be called before they are read. */
  addUp(): void {
    if (this.#ready) this.#exports.addKinds(this.#plan);
  }

  /** Rows of the last {@link skim}. */
  get rows(): number {
    return this.#words.getInt32(this.#plan + 112, true);
  }
  get firstMs(): number {
    return this.#words.getFloat64(this.#plan + 120, true);
  }
  get lastMs(): number {
    return this.#words.getFloat64(this.#plan + 128, true);
  }
  /** Adds the rows of the last {@link skim} by hour. */
  addHours(into: Map<number, number>): void {
    const runs = this.#words.getInt32(this.#plan + 116, true);
    for (let run = 0; run < runs; run++) {
      const hour = this.#words.getFloat64(this.#hours + run * 16, true);
      into.set(hour, (into.get(hour) ?? 0) + this.#words.getFloat64(this.#hours + run * 16 + 8, true));
    }
  }

  /** Books the rows of the last {@link skim}. */
  addBooks(into: BookKeeper): void {
    const entries = this.#words.getInt32(this.#plan + 160, true);
    for (let entry = 0; entry < entries; entry++) {
      const at = this.#books + entry * bookBytes;
      const ids = new Int32Array(this.#buffer, at + 16, 4);
      into.rows(this.#words.getInt32(at + 8, true), this.#words.getFloat64(at, true), this.#words.getInt32(at + 12, true), ids);
    }
  }

  /** A plan that stands in memory is made ready for another block. */
  #begin({ fields, groups }: SkimOrder): void {
    const words = this.#blockWords!;
    for (let field = 0; field < fields.length; field++) words.fields[field * 8 + 4] = 0;
    for (let at = 4; at < words.runs.length; at += 8) words.runs.fill(0, at, at + 3);
    for (let at = 4; at < words.kinds.length; at += 8) words.kinds.fill(0, at, at + 2);
    for (const [group, { owner }] of groups.entries()) words.groups[group * 16 + 7] = owner;
  }

  #write(order: SkimOrder, room: SharedRoom): void {
    const { separator, emptyMark, bareHeaders, columns, timeCells, fields, groups, selecting, book } = order;
    const plan = room.uint8(planBytes);
    const fieldWords = room.int32(fields.length * 8);
    const groupWords = room.int32(groups.length * 16);
    const selectingWords = room.int32(selecting.length * 8);
    const ids = room.int32(fields.length + 1);
    const found = room.int32(groups.length);
    const { runs, singles } = runsOf(fields);
    const runWords = room.int32(runs.length * 8);
    const lists = [...runs, singles].map((list) => room.int32(list.length));
    const kinds = kindsOf(groups, runs);
    const kindWords = room.int32(kinds.length * 8);
    const kindLists = kinds.map((kind) => [room.int32((kind.fields.length + 1) & ~1), room.int32(kind.groups.length)] as const);
    const hours = room.float64(hourRoom * 2);
    const books = room.float64(book === null ? 0 : (bookRoom * bookBytes) / 8);
    // A vector of separators is written before their number is looked at.
    const starts = room.int32(columnLimit + padding);
    const ends = room.int32(columnLimit + padding);
    const marks = room.uint8(columnLimit + padding);
    const members = groups.map(({ slots }) => room.int32(slots.length));
    const automata = selecting.map(
      ({ automaton: { next, classOf } }) => [room.int32(next.length), room.uint8(classOf.length)] as const,
    );
    const windows = selecting.map(() => room.uint8(144));
    if (room.full) return;

    const view = new DataView(this.#buffer, plan.byteOffset, planBytes);
    const [timeCell, dateCell] = timeCells.form === 'iso' ? [timeCells.cell, 0] : [timeCells.time, timeCells.date];
    const words = [
      separator === 'comma' ? 0x2c : 0x20,
      // The end of a line and the longest line are the block's.
      0,
      columns,
      emptyMark === '-' ? 1 : 0,
      bareHeaders ? 1 : 0,
      timeCells.form === 'iso' ? 1 : 0,
      timeCell,
      dateCell,
      0,
      fields.length,
      fieldWords.byteOffset,
      groups.length,
      groupWords.byteOffset,
      selecting.length,
      selectingWords.byteOffset,
      ids.byteOffset,
      found.byteOffset,
      hours.byteOffset,
      hourRoom,
    ];
    for (const [index, word] of words.entries()) view.setInt32(index * 4, word, true);
    view.setFloat64(80, earliestPlausibleMs, true);
    view.setFloat64(88, latestPlausibleMs, true);
    const bookWords = book === null ? [0, 0, 0] : [book.proxies ? 2 : 1, book.idCell, book.besideCell];
    for (const [index, word] of [...bookWords, books.byteOffset, 0, bookRoom].entries())
      view.setInt32(144 + index * 4, word, true);
    ids.fill(0);
    for (const [index, list] of [...runs, singles].entries()) lists[index]!.set(list);
    for (const [index, list] of runs.entries()) {
      const cells = list.map((field) => fields[field]!.cell);
      runWords.set([Math.min(...cells), Math.max(...cells), lists[index]!.byteOffset, list.length, 0, 0, 0, 0], index * 8);
    }
    const kindOf = groups.map((_, group) => kinds.findIndex((kind) => kind.groups.includes(group)));
    for (const [index, kind] of kinds.entries()) {
      const [fieldList, groupList] = kindLists[index]!;
      // What is behind the last field has no value.
      fieldList.fill(fields.length);
      fieldList.set(kind.fields);
      groupList.set(kind.groups);
      const width = kind.fields.length > widestKind ? 0 : fieldList.length;
      kindWords.set([fieldList.byteOffset, width, groupList.byteOffset, groupList.length, 0, 0, 0, 0], index * 8);
    }
    const runPlan = [runWords.byteOffset, runs.length, lists.at(-1)!.byteOffset, singles.length];
    runPlan.push(kindWords.byteOffset, kinds.length);
    for (const [index, word] of runPlan.entries()) view.setInt32(184 + index * 4, word, true);
    for (const [index, array] of [starts, ends, marks].entries()) view.setInt32(96 + index * 4, array.byteOffset, true);
    for (const [index, { cell, table, shape }] of fields.entries()) {
      // The fifth word is the value of the row before: none.
      const words = [cell, table.slots.byteOffset, table.mask, table.entries.byteOffset, 0, table.next.byteOffset, table.limit];
      // Counted by its shape: no table, and the kind of shape.
      if (shape !== null && !isCut(shape)) words.splice(1, 2, 0, shapeKinds.indexOf(shape));
      fieldWords.set([...words, table.known.byteOffset], index * 8);
    }
    for (const [index, { table, slots, owner }] of groups.entries()) {
      members[index]!.set(slots);
      const tables = [table.slots.byteOffset, table.mask, table.ids.byteOffset, table.sums.byteOffset, table.verdicts.byteOffset];
      const entering = [owner, table.next.byteOffset, table.limit, table.known.byteOffset, kindOf[index]!];
      groupWords.set([table.width, ...tables, members[index]!.byteOffset, ...entering], index * 16);
    }
    for (const [index, { cell, automaton, door }] of selecting.entries()) {
      const [next, classOf] = automata[index]!;
      next.set(automaton.next);
      classOf.set(automaton.classOf);
      windows[index]!.set(literalWindows(automaton));
      selectingWords.set(
        [
          cell,
          next.byteOffset,
          classOf.byteOffset,
          automaton.decodes ? 1 : 0,
          windows[index]!.byteOffset,
          door?.group ?? 0,
          door === null ? 0 : 1 << door.number,
        ],
        index * 8,
      );
    }
    this.#plan = plan.byteOffset;
    this.#ids = ids;
    this.#blockWords = { fields: fieldWords, runs: runWords, kinds: kindWords, groups: groupWords };
    this.#hours = hours.byteOffset;
    this.#books = books.byteOffset;
  }
}

/** Fields by cells that stand side by side, and those that stand alone: texts that are counted by their shape seldom come again. */
function runsOf(fields: SkimOrder['fields']): {
  readonly runs: readonly (readonly number[])[];
  readonly singles: readonly number[];
} {
  const runs: number[][] = [];
  const singles: number[] = [];
  const inRuns = fields.flatMap(({ cell, shape }, index) => (cell === -1 || shape === 'text' ? [] : [index]));
  for (const [index, { cell, shape }] of fields.entries()) if (cell === -1 || shape === 'text') singles.push(index);
  let last = -2;
  for (const index of inRuns.sort((a, b) => fields[a]!.cell - fields[b]!.cell || a - b)) {
    const { cell } = fields[index]!;
    const run = runs.at(-1);
    if (run !== undefined && cell - last <= 1 && run.length < widestRun) run.push(index);
    else runs.push([index]);
    last = cell;
  }
  for (const run of runs) if (run.length === 1) singles.push(run[0]!);
  return { runs: runs.filter((run) => run.length > 1), singles };
}

interface RowKind {
  readonly fields: readonly number[];
  readonly groups: readonly number[];
}

/** Groups that ask for the same part of a row: each goes with the run of which it has most fields. Together they come again more often than a whole row. */
function kindsOf(groups: SkimOrder['groups'], runs: readonly (readonly number[])[]): readonly RowKind[] {
  const kinds = new Map<number, { fields: number[]; groups: number[] }>();
  for (const [group, { slots }] of groups.entries()) {
    const shared = runs.map((run) => slots.filter((slot) => run.includes(slot)).length);
    const run = shared.indexOf(Math.max(0, ...shared));
    let number = run;
    for (let step = 0; ; step++) {
      number = run + step * (runs.length + 1);
      const kind = kinds.get(number);
      if (kind === undefined) {
        kinds.set(number, { fields: [...new Set(slots)], groups: [group] });
        break;
      }
      const fields = [...new Set([...kind.fields, ...slots])];
      if (fields.length > widestKind || kind.groups.length === mostGroups) continue;
      kind.fields = fields;
      kind.groups.push(group);
      break;
    }
  }
  return [...kinds.values()];
}
