/** The work of one worker on one block: plain data in, plain data out, no I/O. */
import type { Hit, HitRow } from '../core/hit.ts';
import { sha256Hex } from '../core/hash.ts';
import type { IndicatorHit, Validity } from '../core/indicator-hit.ts';
import type { OtherHit } from '../core/other-hit.ts';
import type { ProcessStart } from '../core/process-trace.ts';
import type { Block, BlockFacts, Demand, Detector, JudgeTuple, Rows, ScannedFile, Scanner, Seam } from '../core/record.ts';
import {
  askedFields,
  groupLimit,
  groupsOfReader,
  HitFolder,
  IndicatorFolder,
  IndicatorMatcher,
  type ListedHit,
  OtherFolder,
} from '../detect/index.ts';
import { readerOf } from '../read/index.ts';
import {
  compileMany,
  compileRules,
  IndicatorTable,
  type ManyRules,
  type Mark,
  type PackedTable,
  type Rule,
  type RunRule,
} from '../rules/index.ts';
import { BookRowFolder, type RowsOfBlock, type Spans } from './book-row-folder.ts';
import type { ContentHash } from './content-hash.ts';
import { demandOf, WantedRows, type WantedTuple } from './wanted-rows.ts';
import { everyRow, type KeyRequest, RowKeyFolder, type RowKeys } from './row-keys.ts';

const always = (): boolean => true;

export interface ScanTask {
  readonly artifact: string;
  readonly file: ScannedFile;
  readonly kind: string;
  readonly block: Block;
  readonly seam: Seam;
  /** Which of the rule sets; 0 is the packs', later ones are what was learnt on the way. */
  readonly round: number;
  /** The block's bytes, and those beyond it that its last row needs. */
  readonly bytes: Uint8Array;
  /** Several books of the same requests are here: theirs are kept. */
  readonly books?: boolean;
  /** What is found is kept: the facts say what can be asked of them later. */
  readonly keeps?: boolean;
  /** Asks for what its rows are instead of for hits. */
  readonly keys?: KeyRequest;
  /** Asks for single rows instead of for hits. */
  readonly wanted?: readonly WantedTuple[];
  /** Asks for the rows of these minutes that stand in a book, instead of for hits. */
  readonly bookRows?: Spans;
  /** Asks for every row that a rule of others matches, by itself. */
  readonly listing?: true;
}

/** What rules of others found. */
export interface OtherResult {
  readonly hits: readonly OtherHit[];
  readonly listed: readonly ListedHit[];
  readonly marks: readonly Mark[];
  readonly marksLeft: number;
  /** Processes that began, matched or not; `startsLeft` found no room. */
  readonly starts: readonly ProcessStart[];
  readonly startsLeft: number;
}

/** What workers need of indicators: memory that all of them share. */
export interface PackedIndicators {
  readonly table: PackedTable;
  readonly validity: Validity;
}

/** What indicators of others met. */
export interface IndicatorResult {
  readonly hits: readonly IndicatorHit[];
  /** Rows of indicators that found no room. */
  readonly overflow: number;
}

export interface ScanResult {
  readonly facts: BlockFacts;
  readonly hits: readonly Hit[];
  /** Hits whose key found no room in the block's table. */
  readonly hitOverflow: number;
  /** Where they were asked for. */
  readonly keys?: RowKeys;
  /** Where single rows were asked for, in that order. */
  readonly wanted?: readonly (HitRow | null)[];
  readonly bookRows?: RowsOfBlock;
  /** Where there are rules of others. */
  readonly others?: OtherResult;
  /** Where there are indicators. */
  readonly indicators?: IndicatorResult;
}

interface Compiled {
  readonly scanner: Scanner;
  readonly detector: Detector;
  readonly ruleIds: readonly string[];
  /** null: there are no rules of others. */
  readonly many: ManyRules | null;
  /** null: there are no indicators. */
  readonly indicators: IndicatorMatcher | null;
  readonly judge: JudgeTuple;
}

/** Holds what is compiled once per rule set and kind. One per worker. */
export class ScanBench {
  readonly #rounds = new Map<number, readonly Rule[]>();
  readonly #keyScanners = new Map<string, Scanner>();
  readonly #compiled = new Map<string, Compiled>();
  #others: readonly RunRule[] = [];
  #indicators: { readonly table: IndicatorTable; readonly validity: Validity } | null = null;

  /** @param others rules of others, and indicators: asked in the first round alone */
  setRules(
    round: number,
    rules: readonly Rule[],
    others: readonly RunRule[] = [],
    indicators: PackedIndicators | null = null,
  ): void {
    // Another run may ask other things in the same round; who asks the same again has them compiled.
    if (this.#rounds.get(round) !== rules)
      for (const key of this.#compiled.keys()) if (key.startsWith(`${round} `)) this.#compiled.delete(key);
    this.#rounds.set(round, rules);
    if (round !== 0) return;
    this.#others = others;
    this.#indicators =
      indicators === null ? null : { table: new IndicatorTable(indicators.table), validity: indicators.validity };
  }

  /** What scanning a kind needs is made before the first block of it comes. */
  prepare({ kind, books, keeps }: Preparation): void {
    this.#compile(kind, 0, books, keeps);
  }

  scan(task: ScanTask): ScanResult {
    if (task.keys !== undefined) return this.#keys(task, task.keys);
    if (task.wanted !== undefined) return this.#wanted(task, task.wanted);
    if (task.bookRows !== undefined) return this.#bookRows(task, task.bookRows);
    const compiled = this.#compile(task.kind, task.round, task.books === true, task.keeps === true);
    const { scanner, detector, ruleIds, many, judge } = compiled;
    const folder = new HitFolder(task.artifact, detector, ruleIds);
    const others = many === null ? null : new OtherFolder(task.artifact, many, this.#others, task.listing === true);
    const indicators = compiled.indicators === null ? null : new IndicatorFolder(task.artifact, compiled.indicators);
    const onRows = (rows: Rows): void => {
      folder.add(rows);
      others?.add(rows, folder.matched);
      indicators?.add(rows);
    };
    const facts = scanner.scan(task.block, task.bytes, task.seam, judge, onRows, detector.opens, task.file);
    const result = {
      facts,
      hits: folder.list(),
      hitOverflow: folder.overflow,
      ...(indicators === null ? {} : { indicators: { hits: indicators.hits(), overflow: indicators.overflow } }),
    };
    if (others === null) return result;
    return {
      ...result,
      others: {
        hits: others.hits(),
        listed: others.list(),
        marks: others.marks,
        marksLeft: others.marksLeft,
        starts: others.starts,
        startsLeft: others.startsLeft,
      },
    };
  }

  #keys(task: ScanTask, request: KeyRequest): ScanResult {
    const folder = new RowKeyFolder(request);
    const facts = this.#everyRow(task, (rows) => folder.add(rows));
    return { facts, hits: [], hitOverflow: 0, keys: folder.result() };
  }

  #bookRows(task: ScanTask, spans: Spans): ScanResult {
    const folder = new BookRowFolder(spans);
    const facts = this.#everyRow(task, (rows) => folder.add(rows));
    return { facts, hits: [], hitOverflow: 0, bookRows: folder.result() };
  }

  #everyRow(task: ScanTask, onRows: (rows: Rows) => void): BlockFacts {
    let scanner = this.#keyScanners.get(task.kind);
    if (scanner === undefined) {
      const reader = readerOf(task.kind)!;
      scanner = reader.scanner(everyRow(reader.logSource));
      this.#keyScanners.set(task.kind, scanner);
    }
    return scanner.scan(task.block, task.bytes, task.seam, always, onRows, undefined, task.file);
  }

  #wanted(task: ScanTask, wanted: readonly WantedTuple[]): ScanResult {
    const reader = readerOf(task.kind)!;
    const demand = demandOf(reader.logSource, wanted);
    const key = `${task.kind} ${demand.hash}`;
    let scanner = this.#keyScanners.get(key);
    if (scanner === undefined) {
      scanner = reader.scanner(demand);
      this.#keyScanners.set(key, scanner);
    }
    const folder = new WantedRows(task.artifact, demand, wanted);
    const onRows = (rows: Rows): void => folder.add(rows);
    const facts = scanner.scan(task.block, task.bytes, task.seam, folder.judge, onRows, undefined, task.file);
    return { facts, hits: [], hitOverflow: 0, wanted: folder.list() };
  }

  #compile(kind: string, round: number, books: boolean, keeps: boolean): Compiled {
    const key = `${round} ${kind} ${books} ${keeps}`;
    let compiled = this.#compiled.get(key);
    if (compiled === undefined) {
      const reader = readerOf(kind);
      const all = this.#rounds.get(round);
      if (reader === undefined || all === undefined) throw new Error(`no reader or rules for ${key}`);
      const sources = reader.logSources ?? [reader.logSource];
      const rules = all.filter((rule) => sources.includes(rule.logSource));
      const groups = groupsOfReader(reader);
      const detector = compileRules(rules, sources, groups, groupLimit);
      const booked = (demand: Demand): Demand => (books ? { ...demand, books } : demand);
      const ruleIds = rules.map((rule) => rule.id);
      const matcher =
        round > 0 || this.#indicators === null
          ? null
          : new IndicatorMatcher(this.#indicators.table, this.#indicators.validity, sources, groups, keeps);
      const unasked = keeps && round === 0 ? askedFields(sources, groups) : [];
      const asking = (demand: Demand): Demand => ({
        ...demand,
        ...(matcher !== null ? { asked: matcher.asked } : unasked.length > 0 ? { asked: unasked } : {}),
        ...(keeps ? { told: true } : {}),
      });
      const judging = (judge: JudgeTuple): JudgeTuple =>
        matcher === null
          ? judge
          : (group, tuple) => (group < groups.length && judge(group, tuple)) || matcher.judge(group, tuple);
      if (round > 0 || this.#others.length === 0) {
        compiled = {
          detector,
          scanner: reader.scanner(asking(booked(detector.demand))),
          ruleIds,
          many: null,
          indicators: matcher,
          judge: judging(detector.judge),
        };
      } else {
        // Of what is read whole, or record by record, the reader has each row in hand.
        const inHand = reader.blockBytes === null || reader.frame !== undefined;
        const many = compileMany(this.#others, sources, groups, inHand ? 'judged' : 'texts');
        const { demand, judge } = detector;
        const both: Demand = {
          ...demand,
          hash: sha256Hex(JSON.stringify([demand.hash, many.literals, this.#others.map(({ id }) => id)])),
          // Behind those of the packs' rules, whose numbers stay what they were.
          literals: [...demand.literals, ...many.literals],
        };
        compiled = {
          detector,
          scanner: reader.scanner(asking(booked(both))),
          ruleIds,
          many,
          indicators: matcher,
          judge: judging((group, tuple) => judge(group, tuple) || many.judge(group, tuple)),
        };
      }
      this.#compiled.set(key, compiled);
    }
    return compiled;
  }
}

/** Of which kind blocks will be scanned, and how. */
export interface Preparation {
  readonly kind: string;
  readonly books: boolean;
  readonly keeps: boolean;
}

export interface ScanExecutor {
  /** Tasks that can be under way at once. */
  readonly width: number;
  setRules(round: number, rules: readonly Rule[], others?: readonly RunRule[], indicators?: PackedIndicators | null): void;
  /** Blocks of this kind come soon: every thread makes itself ready while the first one is read. */
  readonly prepare?: (preparation: Preparation) => void;
  /** Begins a hash in a thread of its own; undefined: there is none. */
  readonly hasher?: () => ContentHash;
  /** Rejects only for a bug or a worker that died; bad evidence is part of the result. */
  scan(task: ScanTask): Promise<ScanResult>;
  close(): Promise<void>;
}

/** Scans in the calling thread: `--jobs 1`, and the reference that workers are tested against. */
export function inlineExecutor(): ScanExecutor {
  const bench = new ScanBench();
  return {
    width: 1,
    setRules: (round, rules, others, indicators) => bench.setRules(round, rules, others, indicators),
    scan: async (task) => bench.scan(task),
    close: async () => {},
  };
}
