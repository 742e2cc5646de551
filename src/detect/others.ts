/**
 * What rules of others say of the rows of one block: folded for each rule (a count, the first rows and the last one), or every row
 * by itself; and the marks that correlations are made of.
 */
import type { HitRow } from '../core/hit.ts';
import type { OtherHit } from '../core/other-hit.ts';
import type { Rows } from '../core/record.ts';
import type { ManyRules, Mark, RunRule } from '../rules/index.ts';
import { hitRow } from './hits.ts';

/** Rows kept per rule, from the beginning; and the last one. */
const firstRows = 4;
/** Marks kept per block. */
const mostMarks = 200_000;
const valueLimit = 8192;

/** One row that rules match, as `hunt` prints it. */
export interface ListedHit {
  readonly rules: readonly string[];
  readonly logSource: string;
  readonly offsetBytes: number;
  /** Within the block, from 0; null: the source has no lines. */
  readonly line: number | null;
  readonly recordId: string | null;
  /** null: unknown. */
  readonly timeMs: number | null;
  readonly fields: Readonly<Record<string, string>>;
}

interface Draft {
  count: number;
  firstMs: number;
  lastMs: number;
  readonly rows: HitRow[];
  last: { readonly rows: Rows; readonly row: number } | null;
}

export class OtherFolder {
  readonly #artifact: string;
  readonly #many: ManyRules;
  readonly #rules: readonly RunRule[];
  readonly #drafts = new Map<string, Draft>();
  readonly #list: ListedHit[] | null;
  readonly marks: Mark[] = [];
  /** Marks that found no room. */
  marksLeft = 0;

  constructor(artifact: string, many: ManyRules, rules: readonly RunRule[], listing: boolean) {
    this.#artifact = artifact;
    this.#many = many;
    this.#rules = rules;
    this.#list = listing ? [] : null;
  }

  /** Rows are valid only during the call. */
  add(rows: Rows): void {
    for (let row = 0; row < rows.length; row++) {
      const matched = new Set<string>();
      this.#many.match(rows, row, (index, view) => {
        const rule = this.#rules[index]!;
        if (rule.marked) this.#mark(rule, rows, row, (name) => view.value(name));
        if (!rule.silent) matched.add(rule.id);
      });
      if (matched.size === 0) continue;
      if (this.#list !== null) this.#list.push(listed(rows, row, [...matched].sort()));
      else for (const id of matched) this.#fold(id, rows, row);
    }
    for (const [id, draft] of this.#drafts)
      if (draft.last !== null) {
        draft.rows.push(hitRow(this.#artifact, draft.last.rows, draft.last.row, [id]));
        draft.last = null;
      }
  }

  #mark(rule: RunRule, rows: Rows, row: number, value: (name: string) => string | null): void {
    if (this.marks.length >= mostMarks) {
      this.marksLeft++;
      return;
    }
    const values: Record<string, string> = {};
    for (const name of rule.marks) {
      const text = value(name);
      if (text !== null) values[name] = text.slice(0, valueLimit);
    }
    const id = rows.recordId(row);
    this.marks.push({
      rule: rule.id,
      timeMs: rows.timeMs(row),
      values,
      artifact: this.#artifact,
      offsetBytes: rows.offset(row),
      recordId: id === null ? null : String(id),
    });
  }

  #fold(id: string, rows: Rows, row: number): void {
    let draft = this.#drafts.get(id);
    if (draft === undefined) {
      draft = { count: 0, firstMs: Number.NaN, lastMs: Number.NaN, rows: [], last: null };
      this.#drafts.set(id, draft);
    }
    draft.count++;
    const timeMs = rows.timeMs(row);
    if (Number.isFinite(timeMs)) {
      if (!(timeMs >= draft.firstMs)) draft.firstMs = timeMs;
      if (!(timeMs <= draft.lastMs)) draft.lastMs = timeMs;
    }
    if (draft.rows.length < firstRows) draft.rows.push(hitRow(this.#artifact, rows, row, [id]));
    else draft.last = { rows, row };
  }

  /** Sorted by rule; lines are those within the block. */
  hits(): OtherHit[] {
    return [...this.#drafts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([rule, { count, firstMs, lastMs, rows }]) => ({
        rule,
        artifact: this.#artifact,
        count,
        firstMs: Number.isNaN(firstMs) ? null : firstMs,
        lastMs: Number.isNaN(lastMs) ? null : lastMs,
        rows,
      }));
  }

  list(): readonly ListedHit[] {
    return this.#list ?? [];
  }
}

function listed(rows: Rows, row: number, rules: readonly string[]): ListedHit {
  const layout = rows.layout(row);
  const fields: Record<string, string> = {};
  for (const { name } of layout.fields) {
    const text = rows.text(row, name);
    if (text !== null) fields[name] = text.slice(0, valueLimit);
  }
  const id = rows.recordId(row);
  const timeMs = rows.timeMs(row);
  return {
    rules,
    logSource: layout.logSource,
    offsetBytes: rows.offset(row),
    line: id === null ? rows.line(row) : null,
    recordId: id === null ? null : String(id),
    timeMs: Number.isNaN(timeMs) ? null : timeMs,
    fields,
  };
}

/** Joins what one rule found in two stretches of an artifact, the left one first. */
export function mergeOtherHits(left: OtherHit | undefined, right: OtherHit): OtherHit {
  if (left === undefined) return right;
  const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
  const most = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b));
  const all = [...left.rows, ...right.rows];
  return {
    ...left,
    count: left.count + right.count,
    firstMs: least(left.firstMs, right.firstMs),
    lastMs: most(left.lastMs, right.lastMs),
    rows: all.length <= firstRows + 1 ? all : [...all.slice(0, firstRows), all.at(-1)!],
  };
}
