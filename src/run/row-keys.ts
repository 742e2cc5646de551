/**
 * What a row is, whatever form it stands in: its time and the values of the named columns, decoded. Asked of single blocks only,
 * to tell whether two files hold the same rows.
 */
import { sha256Hex } from '../core/hash.ts';
import type { Demand, Meaning, Rows } from '../core/record.ts';

export interface KeyRequest {
  /** Columns of which keys are made, sorted; null: only {@link RowKeys.columns} is asked for. */
  readonly columns: readonly string[] | null;
  /** Only these are counted; null: all. */
  readonly wanted: readonly string[] | null;
}

export interface Column {
  readonly name: string;
  /** Judging knows what it is about. */
  readonly telling: boolean;
}

/** Keys of the rows of one block. */
export interface RowKeys {
  readonly rows: number;
  /** Columns that all rows have; times and parts of other columns left out. Sorted by name. */
  readonly columns: readonly Column[];
  readonly keys: readonly string[];
  readonly counts: readonly number[];
  /** Rows that name their server or carry the id of their request. */
  readonly named: number;
  /** False: a row has no time or no value at all, or there are more distinct keys than are kept. */
  readonly whole: boolean;
}

/** Distinct keys kept of one block: more than its rows, unless these are as short as rows can be. */
const keyLimit = 1 << 16;
/** Longer keys are hashed; to hash all would cost more than to carry them. */
const plainLength = 8192;
const naming: ReadonlySet<Meaning> = new Set(['server.name', 'request.id', 'activity.id']);

/** Makes every row of a block a candidate: no layout has a column of this name, so that all rows share one tuple. */
export const everyRow = (logSource: string): Demand => ({
  hash: 'row-keys',
  logSource,
  literals: [],
  groups: [['\u0000']],
  groupLimit: 1,
});

/** null: it has no value in any of the columns, or no time. */
export function rowKey(
  timeMs: number,
  columns: readonly string[],
  value: (column: string) => string | null | undefined,
): string | null {
  if (Number.isNaN(timeMs)) return null;
  let values = '';
  let any = false;
  for (const column of columns) {
    const text = value(column) ?? null;
    if (text !== null) any = true;
    values += text === null ? '-|' : `${text.length}:${text}|`;
  }
  if (!any) return null;
  return `${timeMs}|${values.length > plainLength ? sha256Hex(values) : values}`;
}

export const timeOfKey = (key: string): number => Number(key.slice(0, key.indexOf('|')));

export class RowKeyFolder {
  readonly #request: KeyRequest;
  readonly #counts = new Map<string, number>();
  readonly #columns = new Map<string, { readonly column: Column; layouts: number }>();
  readonly #layouts = new Set<string>();
  #rows = 0;
  #named = 0;
  #whole = true;

  constructor(request: KeyRequest) {
    this.#request = request;
    for (const key of request.wanted ?? []) this.#counts.set(key, 0);
  }

  /** Rows are valid only during the call. */
  add(rows: Rows): void {
    const { columns, wanted } = this.#request;
    const namingColumns = new Map<string, readonly string[]>();
    for (let row = 0; row < rows.length; row++) {
      this.#rows++;
      const layout = rows.layout(row);
      if (!this.#layouts.has(layout.hash)) {
        this.#layouts.add(layout.hash);
        for (const name of new Set(layout.fields.map((field) => field.name))) {
          const field = layout.fields.find((candidate) => candidate.name === name)!;
          if (field.type === 'time' || field.partOf !== undefined) continue;
          const telling = field.means !== undefined || layout.fields.some(({ partOf }) => partOf === name);
          const known = this.#columns.get(name);
          if (known === undefined) this.#columns.set(name, { column: { name, telling }, layouts: 1 });
          else known.layouts++;
        }
      }
      if (columns === null) continue;
      const key = rowKey(rows.timeMs(row), columns, (column) => rows.text(row, column));
      if (key === null) {
        this.#whole = false;
        continue;
      }
      const count = this.#counts.get(key);
      if (count !== undefined) this.#counts.set(key, count + 1);
      else if (wanted !== null) continue;
      else if (this.#counts.size < keyLimit) this.#counts.set(key, 1);
      else this.#whole = false;
      if (wanted !== null) continue;
      let names = namingColumns.get(layout.hash);
      if (names === undefined) {
        names = layout.fields
          .filter(({ means, name, partOf }) => means !== undefined && naming.has(means) && columns.includes(partOf ?? name))
          .map(({ name }) => name);
        namingColumns.set(layout.hash, names);
      }
      if (names.some((name) => rows.text(row, name) !== null)) this.#named++;
    }
  }

  result(): RowKeys {
    const found = [...this.#counts].filter(([, count]) => count > 0);
    return {
      rows: this.#rows,
      columns: [...this.#columns.values()]
        .filter(({ layouts }) => layouts === this.#layouts.size)
        .map(({ column }) => column)
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      keys: found.map(([key]) => key),
      counts: found.map(([, count]) => count),
      named: this.#named,
      whole: this.#whole,
    };
  }
}
