/** Puts the facts of blocks together, in the order of the blocks, so that the number of workers cannot be seen in the result. */
import type { Hit, HitRow } from '../core/hit.ts';
import type { IndicatorHit } from '../core/indicator-hit.ts';
import type { OtherHit } from '../core/other-hit.ts';
import { anyValue, countedName, isShaped } from '../core/field-shape.ts';
import type { Problems } from '../core/problem.ts';
import type { ProcessStart } from '../core/process-trace.ts';
import type { BlockFacts, Unit } from '../core/record.ts';
import { byCodeUnit } from '../core/text.ts';
import { groupsOfReader, indicatorHitKey, mergeHits, mergeIndicatorHits, mergeOtherHits } from '../detect/index.ts';
import type { Part } from '../evidence/index.ts';
import { readerOf } from '../read/index.ts';
import { BookFold } from './book-fold.ts';
import type { ObservedPart, TupleCount } from './observed.ts';
import type { Mark } from '../rules/index.ts';
import type { IndicatorResult, OtherResult, ScanResult } from './scan-task.ts';

/** Distinct tuples kept per artifact and group. */
const tupleLimit = 50_000;
/** Room beyond it for tuples that stand for many. */
const restLimit = 8192;
/** Columns in which a server says how it answered. */
const isStatus = /^(?:sc-status|HttpStatus|HttpStatusCode)$/;
/** Distinct hits kept per part; rows beyond are counted under one key per rule set. */
const hitLimit = 20_000;
const overflowKey = '…';
/** Indicators and fields kept per part; rows beyond are counted. */
const indicatorLimit = 50_000;
/** Marks of correlations kept per part. */
const markLimit = 500_000;
/** Processes kept per part. */
const startLimit = 200_000;

interface Counting {
  readonly tuple: readonly (string | null)[];
  count: number;
  firstMs: number;
  lastMs: number;
  readonly block: number;
}

export class PartFold {
  readonly kind: string;
  readonly #at: number;
  readonly #shaped: readonly boolean[];
  /** Where a group that counts shapes has the answer of the server; -1: nowhere. */
  readonly #statusAt: readonly number[];
  readonly #refused: number[];
  #shapeOverflow = 0;
  readonly #problems: Problems;
  readonly #groups: Map<string, Counting>[];
  /** The same by the array itself: a scanner gives the same one for the same tuple of many blocks. Empty for a part of one block. */
  readonly #byArray: Map<readonly (string | null)[], Counting>[];
  readonly #names: readonly (readonly string[])[];
  readonly #hours = new Map<number, number>();
  readonly #books = new BookFold();
  readonly #hits = new Map<string, Hit>();
  readonly #others = new Map<string, OtherHit>();
  readonly #indicators = new Map<string, IndicatorHit>();
  readonly marks: Mark[] = [];
  marksLeft = 0;
  readonly starts: ProcessStart[] = [];
  readonly #units: Unit[] = [];
  #unitsStated = 0;
  #records = 0;
  readonly #sources = new Set<string>();
  readonly #excerpt: boolean;
  #lines: number;
  #firstMs = Number.NaN;
  #lastMs = Number.NaN;
  #overflow = 0;
  #columns: readonly string[] | null = null;

  constructor(part: Part, problems: Problems) {
    this.kind = part.kind;
    this.#at = part.at;
    this.#excerpt = part.excerpt;
    this.#lines = part.firstLine;
    this.#problems = problems;
    this.#names = groupsOfReader(readerOf(part.kind)!);
    this.#shaped = this.#names.map((names) => isShaped(names));
    this.#statusAt = this.#names.map((names) =>
      isShaped(names) ? names.findIndex((name) => isStatus.test(countedName(name).field)) : -1,
    );
    this.#refused = this.#names.map(() => 0);
    this.#groups = this.#names.map(() => new Map<string, Counting>());
    this.#byArray = this.#names.map(() => new Map<readonly (string | null)[], Counting>());
  }

  /** Blocks must come in their order. */
  add({ facts, hits, hitOverflow, others, indicators }: ScanResult): void {
    this.addHits(hits, this.#lines);
    if (indicators !== undefined) this.#addIndicators(indicators, this.#lines);
    if (others !== undefined) this.#addOthers(others, this.#lines, facts.block.at);
    this.#records += facts.rows;
    for (const source of facts.logSources ?? []) this.#sources.add(source);
    this.#lines += facts.lines;
    if (!(facts.firstMs >= this.#firstMs) && !Number.isNaN(facts.firstMs)) this.#firstMs = facts.firstMs;
    if (!(facts.lastMs <= this.#lastMs) && !Number.isNaN(facts.lastMs)) this.#lastMs = facts.lastMs;
    for (const [i, hour] of facts.hours.hours.entries())
      this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + facts.hours.counts[i]!);
    this.#books.add(facts.books);
    if (facts.columns !== undefined) {
      const now = new Set(facts.columns);
      this.#columns = (this.#columns ?? facts.columns).filter((name) => now.has(name));
    }
    this.#problems.addAll(facts.problems);
    for (const unit of facts.units ?? []) this.#units.push(unit);
    this.#unitsStated = Math.max(this.#unitsStated, facts.unitsStated ?? 0);
    if (hitOverflow > 0) this.#problems.add('hits.overflow', facts.block.at, { found: `${hitOverflow} rows` });
    this.#addGroups(facts);
  }

  /** When all blocks are in: what only all of them together tell. */
  conclude(end: number): void {
    this.#problems.addAll(readerOf(this.kind)!.conclude?.(this.#units, this.#unitsStated, end) ?? []);
  }

  /** Hits of a block, with lines counted from `linesBefore`. */
  addHits(hits: readonly Hit[], linesBefore: number): void {
    for (const hit of hits) {
      const placed: Hit = {
        ...hit,
        rows: hit.rows.map((row) => ({ ...row, line: row.line === null ? null : row.line + linesBefore + 1 })),
      };
      let id = `${hit.rules.join(' ')}\u0000${hit.key}`;
      if (!this.#hits.has(id) && this.#hits.size >= hitLimit) {
        this.#problems.add('hits.overflow', hit.rows[0]?.offsetBytes ?? 0, { found: `more than ${hitLimit}` });
        id = `${hit.rules.join(' ')}\u0000${overflowKey}`;
        this.#hits.set(id, mergeHits(this.#hits.get(id), { ...placed, key: overflowKey }));
      } else this.#hits.set(id, mergeHits(this.#hits.get(id), placed));
    }
  }

  #addOthers({ hits, marks, marksLeft, starts, startsLeft }: OtherResult, linesBefore: number, at: number): void {
    const placed = (rows: readonly HitRow[]): HitRow[] =>
      rows.map((row) => ({ ...row, line: row.line === null ? null : row.line + linesBefore + 1 }));
    for (const hit of hits) {
      const own = { ...hit, rows: placed(hit.rows), tied: placed(hit.tied), unlike: placed(hit.unlike) };
      this.#others.set(hit.rule, mergeOtherHits(this.#others.get(hit.rule), own));
    }
    const room = Math.max(0, markLimit - this.marks.length);
    for (const mark of marks.slice(0, room)) this.marks.push(mark);
    const left = marksLeft + Math.max(0, marks.length - room);
    this.marksLeft += left;
    const free = Math.max(0, startLimit - this.starts.length);
    for (const start of starts.slice(0, free)) this.starts.push(start);
    const startsOver = startsLeft + Math.max(0, starts.length - free);
    if (left + startsOver > 0) this.#problems.add('others.overflow', at, { found: `${left + startsOver} events` });
  }

  #addIndicators({ hits, overflow }: IndicatorResult, linesBefore: number): void {
    let left = overflow;
    for (const hit of hits) {
      const key = indicatorHitKey(hit);
      const known = this.#indicators.get(key);
      if (known === undefined && this.#indicators.size >= indicatorLimit) {
        left += hit.count;
        continue;
      }
      const rows = hit.rows.map((row) => ({ ...row, line: row.line === null ? null : row.line + linesBefore + 1 }));
      this.#indicators.set(key, mergeIndicatorHits(known, { ...hit, rows }));
    }
    if (left > 0) this.#problems.add('indicators.overflow', 0, { found: `${left} rows` });
  }

  indicatorHits(): IndicatorHit[] {
    return [...this.#indicators.values()];
  }

  otherHits(): OtherHit[] {
    return [...this.#others.values()];
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

  /**
   * Rows per tuple as JSON, by group; of those beyond the limits there are `uncounted` ones. Without those of shapes: two forms of one
   * log may write a value with other bytes.
   */
  get tuples(): readonly ReadonlyMap<string, Pick<TupleCount, 'tuple' | 'count'>>[] {
    return this.#groups.filter((_, index) => !this.#shaped[index]!);
  }

  get uncounted(): number {
    return this.#overflow;
  }

  get lines(): number {
    return this.#lines;
  }

  hits(): Hit[] {
    return [...this.#hits.values()];
  }

  observed(): ObservedPart {
    const reader = readerOf(this.kind)!;
    const groups = new Map<string, readonly TupleCount[]>();
    for (const [index, group] of this.#groups.entries()) groups.set(this.#names[index]!.join('|'), [...group.values()]);
    return {
      kind: this.kind,
      at: this.#at,
      logSource: reader.logSource,
      logSources: reader.logSources === undefined ? [reader.logSource] : [...this.#sources].sort(byCodeUnit),
      speaksFor: this.#excerpt && reader.speaksFor === 'span' ? 'excerpt' : reader.speaksFor,
      records: this.#records,
      firstMs: this.#firstMs,
      lastMs: this.#lastMs,
      hours: this.#hours,
      groups,
      groupOverflow: this.#overflow,
      shapeOverflow: this.#shapeOverflow,
      ...this.#books.observed(),
      ...(this.#columns === null ? {} : { columns: this.#columns }),
    };
  }

  /** False: what the server refused has taken half of the table already. */
  #hasRoom(index: number, tuple: readonly (string | null)[]): boolean {
    const at = this.#statusAt[index]!;
    if (at === -1 || !/^[34]/.test(tuple[at] ?? '')) return true;
    if (this.#refused[index]! >= tupleLimit / 2) return false;
    this.#refused[index]!++;
    return true;
  }

  #addGroups(facts: BlockFacts): void {
    for (const [index, group] of facts.groups.entries()) {
      const into = this.#groups[index]!;
      const byArray = this.#byArray[index]!;
      if (byArray.size >= tupleLimit) byArray.clear();
      const shaped = this.#shaped[index]!;
      if (shaped) this.#shapeOverflow += group.overflow;
      else this.#overflow += group.overflow;
      for (const [i, tuple] of group.tuples.entries()) {
        let seen = byArray.get(tuple);
        let key = '';
        if (seen === undefined) {
          key = JSON.stringify(tuple);
          seen = into.get(key);
          if (seen !== undefined && byArray.size < tupleLimit) byArray.set(tuple, seen);
        }
        const firstMs = group.firstMs[i]!;
        const lastMs = group.lastMs[i]!;
        const count = group.counts[i]!;
        if (seen !== undefined) {
          seen.count += count;
          if (!(firstMs >= seen.firstMs) && !Number.isNaN(firstMs)) seen.firstMs = firstMs;
          if (!(lastMs <= seen.lastMs) && !Number.isNaN(lastMs)) seen.lastMs = lastMs;
        } else if (!this.#hasRoom(index, tuple)) {
          // Nobody got anything: no loss, and no shelter for what somebody got.
        } else if (into.size < tupleLimit + (shaped && tuple.includes(anyValue) ? restLimit : 0))
          into.set(key, { tuple, count, firstMs, lastMs, block: facts.block.index });
        else if (shaped) this.#shapeOverflow += count;
        else this.#overflow += count;
      }
    }
  }
}
