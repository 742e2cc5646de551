import type { Demand, Detector, Layout, Literal, Rows } from '../core/record.ts';
import { percentDecode } from '../core/text.ts';
import { compareText } from './evaluate.ts';
import { fold } from './fold.ts';

/** A row as plain names and values; null or absent: empty. */
export type PlainRow = Readonly<Record<string, string | null>>;

/** Whether a literal holds on a value: the meaning that every reader has to keep. */
export function literalHolds(literal: Omit<Literal, 'selects'>, value: string | null, percent: boolean): boolean {
  if (value === null || value === '') return false;
  const holds = (text: string): boolean =>
    literal.cased ? compareText(literal.how, text, literal.text) : compareText(literal.how, fold(text), fold(literal.text));
  return holds(value) || (percent && value.includes('%') && holds(percentDecode(value)));
}

/** Rows made of plain records: for trying rules out without a log. */
export class MemoryRows implements Rows {
  readonly #demand: Demand;
  readonly #layout: Layout;
  readonly #rows: readonly PlainRow[];

  constructor(demand: Demand, layout: Layout, rows: readonly PlainRow[]) {
    this.#demand = demand;
    this.#layout = layout;
    this.#rows = rows;
  }

  get length(): number {
    return this.#rows.length;
  }

  offset(row: number): number {
    return row;
  }

  line(row: number): number {
    return row;
  }

  recordId(): bigint | null {
    return null;
  }

  timeMs(): number {
    return Number.NaN;
  }

  layout(): Layout {
    return this.#layout;
  }

  literals(row: number): readonly number[] {
    const held: number[] = [];
    for (const [id, literal] of this.#demand.literals.entries()) {
      const field = this.#layout.fields.find(({ name }) => name === literal.field);
      if (field !== undefined && literalHolds(literal, this.text(row, literal.field), field.percent === true)) held.push(id);
    }
    return held;
  }

  text(row: number, field: string): string | null {
    if (!this.#layout.fields.some(({ name }) => name === field)) return null;
    return this.#rows[row]![field] || null;
  }

  raw(row: number): Uint8Array {
    return new TextEncoder().encode(JSON.stringify(this.#rows[row]));
  }

  /** What a scanner does: a row is a candidate when a selecting literal holds on it, behind no door that is shut, or one of its tuples is judged to matter. */
  selected(row: number, detector: Detector): boolean {
    const tuples = this.#demand.groups.map((fields) => fields.map((field) => this.text(row, field)));
    const open = tuples.map((tuple, group) => detector.opens(group, tuple));
    const selects = (id: number): boolean => {
      const { selects, door } = this.#demand.literals[id]!;
      return selects && (door === undefined || (open[door.group]! & (1 << door.number)) !== 0);
    };
    return this.literals(row).some(selects) || tuples.some((tuple, group) => detector.judge(group, tuple));
  }
}
