/**
 * What rules of others say of the rows of one block: folded for each rule (a count, the first rows and the last one, and those that may
 * belong to an intrusion), or every row by itself; the marks that correlations are made of; and the processes that began, whoever
 * matched them: by them a row is found to belong to a process that somebody else had started.
 */
import type { HitRow } from '../core/hit.ts';
import type { OtherHit } from '../core/other-hit.ts';
import { mayStart, type ProcessStart, processStart } from '../core/process-trace.ts';
import type { Rows } from '../core/record.ts';
import type { ManyRules, Mark, RunRule, VariantView } from '../rules/index.ts';
import { hitRow } from './hits.ts';

/** Rows kept per rule, from the beginning; and the last one. */
const firstRows = 4;
/** Marks kept per block. */
const mostMarks = 200_000;
/** Processes kept per block. */
const mostStarts = 20_000;
/** Rows kept per rule because a pack's rule matches them as well, and because they look like none before. */
const tiedRows = 12;
const unlikeRows = 12;
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
  readonly tied: HitRow[];
  readonly unlike: HitRow[];
  readonly looks: Set<string>;
  last: { readonly rows: Rows; readonly row: number } | null;
}

/** What makes an event look like another one of the same rule. */
const lookNames = [
  'Image',
  'NewProcessName',
  'ParentImage',
  'ParentProcessName',
  'CommandLine',
  'TargetFilename',
  'LogonId',
  'SubjectLogonId',
];

export class OtherFolder {
  readonly #artifact: string;
  readonly #many: ManyRules;
  readonly #rules: readonly RunRule[];
  readonly #drafts = new Map<string, Draft>();
  readonly #list: ListedHit[] | null;
  readonly #toldRows = new Map<number, HitRow>();
  readonly marks: Mark[] = [];
  /** Marks that found no room. */
  marksLeft = 0;
  readonly starts: ProcessStart[] = [];
  startsLeft = 0;

  constructor(artifact: string, many: ManyRules, rules: readonly RunRule[], listing: boolean) {
    this.#artifact = artifact;
    this.#many = many;
    this.#rules = rules;
    this.#list = listing ? [] : null;
  }

  /** Several rules keep the same row: it is told once. */
  #told(rows: Rows, row: number, rule: string): HitRow {
    let told = this.#toldRows.get(row);
    if (told === undefined) this.#toldRows.set(row, (told = hitRow(this.#artifact, rows, row, [])));
    return { ...told, rules: [rule] };
  }

  /** Rows are valid only during the call. @param tied those that a pack's rule matches as well */
  add(rows: Rows, tied: ReadonlySet<number>): void {
    const matched = new Set<string>();
    let row = 0;
    const found = (index: number, view: VariantView): void => {
      const rule = this.#rules[index]!;
      if (rule.marked) this.#mark(rule, rows, row, (name) => view.named(name));
      if (!rule.silent) matched.add(rule.id);
    };
    for (; row < rows.length; row++) {
      if (this.#list === null) this.#start(rows, row);
      this.#many.match(rows, row, found);
      if (matched.size === 0) continue;
      if (this.#list !== null) this.#list.push(listed(rows, row, [...matched].sort()));
      else for (const id of matched) this.#fold(id, rows, row, tied.has(row));
      matched.clear();
    }
    for (const [id, draft] of this.#drafts)
      if (draft.last !== null) {
        draft.rows.push(this.#told(draft.last.rows, draft.last.row, id));
        draft.last = null;
      }
    this.#toldRows.clear();
  }

  #start(rows: Rows, row: number): void {
    if (!mayStart(rows.text(row, 'EventID')) || rows.layout(row).logSource !== 'windows-event') return;
    const timeMs = rows.timeMs(row);
    const start = processStart((name) => rows.text(row, name), Number.isNaN(timeMs) ? null : timeMs);
    if (start === null) return;
    if (this.starts.length < mostStarts) this.starts.push(start);
    else this.startsLeft++;
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

  #fold(id: string, rows: Rows, row: number, tied: boolean): void {
    let draft = this.#drafts.get(id);
    if (draft === undefined) {
      draft = {
        count: 0,
        firstMs: Number.NaN,
        lastMs: Number.NaN,
        rows: [],
        tied: [],
        unlike: [],
        looks: new Set(),
        last: null,
      };
      this.#drafts.set(id, draft);
    }
    draft.count++;
    const timeMs = rows.timeMs(row);
    if (Number.isFinite(timeMs)) {
      if (!(timeMs >= draft.firstMs)) draft.firstMs = timeMs;
      if (!(timeMs <= draft.lastMs)) draft.lastMs = timeMs;
    }
    if (draft.rows.length < firstRows) draft.rows.push(this.#told(rows, row, id));
    else draft.last = { rows, row };
    if (tied) {
      if (draft.tied.length < tiedRows) draft.tied.push(this.#told(rows, row, id));
    } else if (draft.unlike.length < unlikeRows && rows.layout(row).logSource === 'windows-event') {
      const look = lookOf((name) => rows.text(row, name));
      if (!draft.looks.has(look)) {
        draft.looks.add(look);
        draft.unlike.push(this.#told(rows, row, id));
      }
    }
  }

  /** Sorted by rule; lines are those within the block. */
  hits(): OtherHit[] {
    return [...this.#drafts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([rule, { count, firstMs, lastMs, rows, tied, unlike }]) => ({
        rule,
        artifact: this.#artifact,
        count,
        firstMs: Number.isNaN(firstMs) ? null : firstMs,
        lastMs: Number.isNaN(lastMs) ? null : lastMs,
        rows,
        tied,
        unlike,
      }));
  }

  list(): readonly ListedHit[] {
    return this.#list ?? [];
  }
}

const lookOf = (value: (name: string) => string | null | undefined): string =>
  lookNames.map((name) => value(name)?.slice(0, 256) ?? '').join('\n');

function unlikeOf(rows: readonly HitRow[]): readonly HitRow[] {
  const looks = new Set<string>();
  return rows
    .filter(({ fields }) => {
      const look = lookOf((name) => fields[name]);
      return !looks.has(look) && looks.add(look);
    })
    .slice(0, unlikeRows);
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
    tied: [...left.tied, ...right.tied].slice(0, tiedRows),
    unlike: unlikeOf([...left.unlike, ...right.unlike]),
  };
}
