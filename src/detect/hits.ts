/** Matched rows of one block, folded: for each rule set and key an exact count, the first rows and the last one. */
import { base64, sha256Hex } from '../core/hash.ts';
import type { Hit, HitRow } from '../core/hit.ts';
import type { Detector, Meaning, Rows } from '../core/record.ts';
import { oneDayMs } from '../core/time.ts';

/** Rows kept per key, from the beginning. */
const firstRows = 20;
/** Keys kept per block; hits beyond are counted under one key per rule set. */
const keyLimit = 2000;
const valueLimit = 8192;
const rawLimit = 65536;
const keyMeanings: readonly Meaning[] = [
  'server.name',
  'client.address',
  'http.method',
  'url.path',
  'http.status',
  'http.backend_status',
  'user.name',
  'user.impersonated',
  'event.action',
  'anchor',
  'file.path',
];
const overflowKey = '…';

interface Draft {
  readonly rules: readonly string[];
  readonly key: string;
  count: number;
  firstMs: number;
  lastMs: number;
  bytes: number;
  sized: number;
  readonly days: Map<number, number>;
  readonly rows: HitRow[];
  last: { readonly rows: Rows; readonly row: number } | null;
}

export class HitFolder {
  readonly #artifact: string;
  readonly #detector: Detector;
  readonly #ruleIds: readonly string[];
  readonly #drafts = new Map<string, Draft>();
  overflow = 0;

  constructor(artifact: string, detector: Detector, ruleIds: readonly string[]) {
    this.#artifact = artifact;
    this.#detector = detector;
    this.#ruleIds = ruleIds;
  }

  /** Matches every candidate row of a block. Rows are valid only during the call. */
  add(rows: Rows): void {
    for (let row = 0; row < rows.length; row++) {
      const matched = this.#detector.match(rows, row);
      if (matched.length === 0) continue;
      const rules = matched.map((index) => this.#ruleIds[index]!).sort();
      let key = keyOf(rows, row);
      let id = `${rules.join(' ')}\u0000${key}`;
      let draft = this.#drafts.get(id);
      if (draft === undefined && this.#drafts.size >= keyLimit) {
        this.overflow++;
        key = overflowKey;
        id = `${rules.join(' ')}\u0000${key}`;
        draft = this.#drafts.get(id);
      }
      const timeMs = rows.timeMs(row);
      if (draft === undefined) {
        draft = {
          rules,
          key,
          count: 0,
          firstMs: Number.NaN,
          lastMs: Number.NaN,
          bytes: 0,
          sized: 0,
          days: new Map(),
          rows: [],
          last: null,
        };
        this.#drafts.set(id, draft);
      }
      draft.count++;
      const bytes = answeredBytes(rows, row);
      if (bytes !== null) {
        draft.bytes += bytes;
        draft.sized++;
      }
      if (!Number.isNaN(timeMs)) addDay(draft.days, Math.floor(timeMs / oneDayMs), 1);
      if (!(timeMs >= draft.firstMs)) draft.firstMs = Number.isNaN(timeMs) ? draft.firstMs : timeMs;
      if (!(timeMs <= draft.lastMs)) draft.lastMs = Number.isNaN(timeMs) ? draft.lastMs : timeMs;
      if (draft.rows.length < firstRows) draft.rows.push(hitRow(this.#artifact, rows, row, rules));
      else draft.last = { rows, row };
    }
    for (const draft of this.#drafts.values()) {
      if (draft.last !== null) {
        draft.rows.push(hitRow(this.#artifact, draft.last.rows, draft.last.row, draft.rules));
        draft.last = null;
      }
    }
  }

  /** Sorted by key; lines are those within the block. */
  list(): Hit[] {
    return [...this.#drafts.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { rules, key, count, firstMs, lastMs, bytes, sized, days, rows }]) => ({
        artifact: this.#artifact,
        rules,
        key,
        count,
        answered: { bytes, rows: sized },
        days: inOrder(days),
        rows,
        firstMs: Number.isNaN(firstMs) ? null : firstMs,
        lastMs: Number.isNaN(lastMs) ? null : lastMs,
      }));
  }
}

/** Joins the hits of two stretches of one artifact, the left one first. Keeps what {@link HitFolder} keeps. */
export function mergeHits(left: Hit | undefined, right: Hit): Hit {
  if (left === undefined) return right;
  const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
  const most = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b));
  const all = [...left.rows, ...right.rows];
  const rows = all.length <= firstRows + 1 && left.rows.length <= firstRows ? all : [...all.slice(0, firstRows), all.at(-1)!];
  const days = new Map(left.days);
  for (const [day, count] of right.days) addDay(days, day, count);
  return {
    ...right,
    count: left.count + right.count,
    answered: { bytes: left.answered.bytes + right.answered.bytes, rows: left.answered.rows + right.answered.rows },
    days: inOrder(days),
    firstMs: least(left.firstMs, right.firstMs),
    lastMs: most(left.lastMs, right.lastMs),
    rows,
  };
}

const dayLimit = 400;

function addDay(days: Map<number, number>, day: number, count: number): void {
  const known = days.get(day);
  if (known !== undefined || days.size < dayLimit) days.set(day, (known ?? 0) + count);
}

const inOrder = (days: ReadonlyMap<number, number>): [number, number][] => [...days].sort(([a], [b]) => a - b);

/** null: the row does not say. */
function answeredBytes(rows: Rows, row: number): number | null {
  const field = rows.layout(row).fields.find(({ means }) => means === 'http.response_bytes');
  const text = field === undefined ? null : rows.text(row, field.name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function keyOf(rows: Rows, row: number): string {
  const values: string[] = [];
  for (const field of rows.layout(row).fields) {
    if (field.means !== undefined && keyMeanings.includes(field.means))
      values.push(rows.text(row, field.name)?.slice(0, 512) ?? '');
  }
  return values.join('\u0001');
}

export function hitRow(artifact: string, rows: Rows, row: number, rules: readonly string[]): HitRow {
  const layout = rows.layout(row);
  const fields: Record<string, string> = {};
  const values: Partial<Record<Meaning, string>> = {};
  for (const field of layout.fields) {
    const text = rows.text(row, field.name)?.slice(0, valueLimit);
    if (text === undefined) continue;
    fields[field.name] = text;
    if (field.means !== undefined) values[field.means] ??= text;
  }
  const raw = rows.raw(row);
  const timeMs = rows.timeMs(row);
  const recordId = rows.recordId(row);
  return {
    artifact,
    rules,
    fields,
    values,
    logSource: layout.logSource,
    offsetBytes: rows.offset(row),
    line: recordId === null ? rows.line(row) : null,
    recordId: recordId === null ? null : String(recordId),
    timeMs: Number.isNaN(timeMs) ? null : timeMs,
    rawBase64: base64(raw.subarray(0, rawLimit)),
    ...(rows.readable === undefined ? {} : { readable: rows.readable(row).slice(0, valueLimit) }),
    sha256: sha256Hex(raw),
  };
}
