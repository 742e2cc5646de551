/** Puts the facts of blocks together, in the order of the blocks, so that the number of workers cannot be seen in the result. */
import type { Hit, HitRow } from '../core/hit.ts';
import type { IndicatorHit } from '../core/indicator-hit.ts';
import type { OtherHit } from '../core/other-hit.ts';
import type { Problems } from '../core/problem.ts';
import type { ProcessStart } from '../core/process-trace.ts';
import type { Unit } from '../core/record.ts';
import { byCodeUnit } from '../core/text.ts';
import { indicatorHitKey, mergeHits, mergeIndicatorHits, mergeOtherHits } from '../detect/index.ts';
import type { Part } from '../evidence/index.ts';
import { readerOf } from '../read/index.ts';
import { BookFold } from './book-fold.ts';
import { GroupFold } from './group-fold.ts';
import type { ObservedPart } from './observed.ts';
import type { Mark } from '../rules/index.ts';
import type { IndicatorResult, OtherResult, ScanResult } from './scan-task.ts';
import type { Shelf } from './shelf.ts';
import type { TupleTable } from './tuple-table.ts';

/** Distinct hits kept per part; rows beyond are counted under one key per rule set. */
const hitLimit = 20_000;
const overflowKey = '…';
/** Indicators and fields kept per part; rows beyond are counted. */
const indicatorLimit = 50_000;
/** Marks of correlations kept per part. */
const markLimit = 500_000;
/** Processes kept per part. */
const startLimit = 200_000;

export class PartFold {
  readonly kind: string;
  readonly #at: number;
  readonly #problems: Problems;
  readonly #groups: GroupFold;
  readonly #hours = new Map<number, number>();
  // Of most files of a server there are none of these: an empty table for each of them would be most of what a file costs.
  #books: BookFold | null = null;
  #hits: Map<string, Hit> | null = null;
  #others: Map<string, OtherHit> | null = null;
  #indicators: Map<string, IndicatorHit> | null = null;
  #marks: Mark[] | null = null;
  marksLeft = 0;
  #starts: ProcessStart[] | null = null;
  #units: Unit[] | null = null;
  #sources: Set<string> | null = null;
  #unitsStated = 0;
  #records = 0;
  readonly #excerpt: boolean;
  #lines: number;
  #firstMs = Number.NaN;
  #lastMs = Number.NaN;
  #columns: readonly string[] | null = null;

  constructor(part: Part, problems: Problems) {
    this.kind = part.kind;
    this.#at = part.at;
    this.#excerpt = part.excerpt;
    this.#lines = part.firstLine;
    this.#problems = problems;
    this.#groups = new GroupFold(part.kind);
  }

  /** Blocks must come in their order. */
  add({ facts, hits, hitOverflow, others, indicators }: ScanResult): void {
    this.addHits(hits, this.#lines);
    if (indicators !== undefined) this.#addIndicators(indicators, this.#lines);
    if (others !== undefined) this.#addOthers(others, this.#lines, facts.block.at);
    this.#records += facts.rows;
    for (const source of facts.logSources ?? []) (this.#sources ??= new Set()).add(source);
    this.#lines += facts.lines;
    if (!(facts.firstMs >= this.#firstMs) && !Number.isNaN(facts.firstMs)) this.#firstMs = facts.firstMs;
    if (!(facts.lastMs <= this.#lastMs) && !Number.isNaN(facts.lastMs)) this.#lastMs = facts.lastMs;
    for (const [i, hour] of facts.hours.hours.entries())
      this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + facts.hours.counts[i]!);
    if (facts.books !== undefined) (this.#books ??= new BookFold()).add(facts.books);
    if (facts.columns !== undefined) {
      const now = new Set(facts.columns);
      this.#columns = (this.#columns ?? facts.columns).filter((name) => now.has(name));
    }
    this.#problems.addAll(facts.problems);
    for (const unit of facts.units ?? []) (this.#units ??= []).push(unit);
    this.#unitsStated = Math.max(this.#unitsStated, facts.unitsStated ?? 0);
    if (hitOverflow > 0) this.#problems.add('hits.overflow', facts.block.at, { found: `${hitOverflow} rows` });
    this.#groups.add(facts);
  }

  /** No block comes any more: what was counted is put away until somebody asks. */
  settle(shelf: Shelf): void {
    this.#groups.settle(shelf);
    this.#books?.settle(shelf);
  }

  /** When all blocks are in: what only all of them together tell. */
  conclude(end: number): void {
    this.#problems.addAll(readerOf(this.kind)!.conclude?.(this.#units ?? [], this.#unitsStated, end) ?? []);
  }

  /** Hits of a block, with lines counted from `linesBefore`. */
  addHits(hits: readonly Hit[], linesBefore: number): void {
    if (hits.length === 0) return;
    const known = (this.#hits ??= new Map<string, Hit>());
    for (const hit of hits) {
      const placed: Hit = {
        ...hit,
        rows: hit.rows.map((row) => ({ ...row, line: row.line === null ? null : row.line + linesBefore + 1 })),
      };
      let id = `${hit.rules.join(' ')}\u0000${hit.key}`;
      if (!known.has(id) && known.size >= hitLimit) {
        this.#problems.add('hits.overflow', hit.rows[0]?.offsetBytes ?? 0, { found: `more than ${hitLimit}` });
        id = `${hit.rules.join(' ')}\u0000${overflowKey}`;
        known.set(id, mergeHits(known.get(id), { ...placed, key: overflowKey }));
      } else known.set(id, mergeHits(known.get(id), placed));
    }
  }

  #addOthers({ hits, marks, marksLeft, starts, startsLeft }: OtherResult, linesBefore: number, at: number): void {
    const placed = (rows: readonly HitRow[]): HitRow[] =>
      rows.map((row) => ({ ...row, line: row.line === null ? null : row.line + linesBefore + 1 }));
    for (const hit of hits) {
      const own = { ...hit, rows: placed(hit.rows), tied: placed(hit.tied), unlike: placed(hit.unlike) };
      const known = (this.#others ??= new Map<string, OtherHit>());
      known.set(hit.rule, mergeOtherHits(known.get(hit.rule), own));
    }
    const room = Math.max(0, markLimit - this.marks.length);
    for (const mark of marks.slice(0, room)) (this.#marks ??= []).push(mark);
    const left = marksLeft + Math.max(0, marks.length - room);
    this.marksLeft += left;
    const free = Math.max(0, startLimit - this.starts.length);
    for (const start of starts.slice(0, free)) (this.#starts ??= []).push(start);
    const startsOver = startsLeft + Math.max(0, starts.length - free);
    if (left + startsOver > 0) this.#problems.add('others.overflow', at, { found: `${left + startsOver} events` });
  }

  #addIndicators({ hits, overflow }: IndicatorResult, linesBefore: number): void {
    let left = overflow;
    const all = hits.length === 0 ? null : (this.#indicators ??= new Map<string, IndicatorHit>());
    for (const hit of hits) {
      const key = indicatorHitKey(hit);
      const known = all!.get(key);
      if (known === undefined && all!.size >= indicatorLimit) {
        left += hit.count;
        continue;
      }
      const rows = hit.rows.map((row) => ({ ...row, line: row.line === null ? null : row.line + linesBefore + 1 }));
      all!.set(key, mergeIndicatorHits(known, { ...hit, rows }));
    }
    if (left > 0) this.#problems.add('indicators.overflow', 0, { found: `${left} rows` });
  }

  indicatorHits(): IndicatorHit[] {
    return [...(this.#indicators?.values() ?? [])];
  }

  get marks(): readonly Mark[] {
    return this.#marks ?? [];
  }

  get starts(): readonly ProcessStart[] {
    return this.#starts ?? [];
  }

  otherHits(): OtherHit[] {
    return [...(this.#others?.values() ?? [])];
  }

  get records(): number {
    return this.#records;
  }

  get hours(): ReadonlyMap<number, number> {
    return this.#hours;
  }

  get excerpt(): boolean {
    return this.#excerpt || readerOf(this.kind)!.speaksFor === 'excerpt';
  }

  /** Of groups that count no shapes; of rows beyond the limits there are `uncounted` ones. */
  tables(): readonly TupleTable[] {
    return this.#groups.plainTables();
  }

  get uncounted(): number {
    return this.#groups.overflow;
  }

  get lines(): number {
    return this.#lines;
  }

  hits(): Hit[] {
    return [...(this.#hits?.values() ?? [])];
  }

  observed(): ObservedPart {
    const reader = readerOf(this.kind)!;
    const books = this.#books;
    return {
      kind: this.kind,
      at: this.#at,
      logSource: reader.logSource,
      logSources: reader.logSources === undefined ? [reader.logSource] : [...(this.#sources ?? [])].sort(byCodeUnit),
      speaksFor: this.#excerpt && reader.speaksFor === 'span' ? 'excerpt' : reader.speaksFor,
      records: this.#records,
      firstMs: this.#firstMs,
      lastMs: this.#lastMs,
      hours: this.#hours,
      groups: this.#groups.counted(),
      groupOverflow: this.#groups.overflow,
      shapeOverflow: this.#groups.shapeOverflow,
      get books() {
        return books?.observed();
      },
      ...(this.#columns === null ? {} : { columns: this.#columns }),
    };
  }
}
