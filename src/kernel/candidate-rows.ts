/** The candidate rows of one block. Cells are kept as positions; text is made when asked for. */
import type { Problem, Problems } from '../core/problem.ts';
import type { Layout, Literal, Rows } from '../core/record.ts';
import { type Cells, cellText, isMark } from './cells.ts';
import { literalHolds } from './literal.ts';
import type { BoundLayout, TextFormat } from './text-scanner.ts';
import type { Transcoded } from './utf16.ts';

/** The text of one block: as stored, and as scanned when that differs. */
export interface BlockText {
  readonly stored: Uint8Array;
  readonly bytes: Uint8Array;
  /** Offset of the block in the artifact. */
  readonly at: number;
  readonly wide: Transcoded | null;
}

export const offsetIn = (text: BlockText, at: number): number =>
  text.at + (text.wide === null ? at : text.wide.originalOffset(at));

export class CandidateRows implements Rows {
  readonly #text: BlockText;
  readonly #format: TextFormat;
  readonly #problems: Problems;
  readonly #literals: readonly Literal[];
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
  #parts: { readonly row: number; readonly parent: string; readonly parts: ReadonlyMap<string, string> } | null = null;
  /** Rows whose composite fields were parsed once: their problems are told. */
  readonly #told = new Set<string>();

  constructor(text: BlockText, format: TextFormat, literals: readonly Literal[], problems: Problems) {
    this.#text = text;
    this.#format = format;
    this.#literals = literals;
    this.#problems = problems;
  }

  get length(): number {
    return this.#start.length;
  }

  push(
    bound: BoundLayout,
    fieldIndex: ReadonlyMap<string, number>,
    place: { readonly start: number; readonly end: number; readonly line: number; readonly timeMs: number },
    cells: Cells,
  ): void {
    this.#bound.push(bound);
    this.#fieldIndex.push(fieldIndex);
    this.#start.push(place.start);
    this.#end.push(place.end);
    this.#line.push(place.line);
    this.#time.push(place.timeMs);
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
      this.#cells[this.#cellsUsed++] = cells.marks[i]!;
    }
  }

  offset(row: number): number {
    return offsetIn(this.#text, this.#start[row]!);
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
    const { stored, at } = this.#text;
    return stored.slice(offsetIn(this.#text, this.#start[row]!) - at, offsetIn(this.#text, this.#end[row]!) - at);
  }

  text(row: number, field: string): string | null {
    const slot = this.#fieldIndex[row]!.get(field);
    if (slot === undefined) return null;
    const { partOf } = this.#bound[row]!.layout.fields[slot]!;
    if (partOf !== undefined) {
      const whole = this.text(row, partOf);
      if (whole === null) return null;
      const value = this.#partsOf(row, partOf, whole).get(field);
      return value === undefined || value === '' ? null : value;
    }
    const cell = this.#bound[row]!.cellOf[slot]!;
    if (cell < 0 || cell >= this.#cellCount[row]!) return null;
    const at = this.#cellAt[row]! + cell * 3;
    const start = this.#cells[at]!;
    const end = this.#cells[at + 1]!;
    const { bytes } = this.#text;
    if (end <= start || isMark(bytes, start, end, this.#format.emptyMark)) return null;
    return cellText(bytes, start, end, this.#cells[at + 2]!);
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

  #partsOf(row: number, parent: string, whole: string): ReadonlyMap<string, string> {
    if (this.#parts !== null && this.#parts.row === row && this.#parts.parent === parent) return this.#parts.parts;
    const key = `${row} ${parent}`;
    const report = this.#told.has(key)
      ? () => {}
      : (code: Problem['code'], found: string) => this.#problems.add(code, this.offset(row), { found });
    this.#told.add(key);
    const parts = this.#format.derive?.(parent, whole, report) ?? new Map<string, string>();
    this.#parts = { row, parent, parts };
    return parts;
  }
}
