/** The work of one worker on one block: plain data in, plain data out, no I/O. */
import type { Hit } from '../core/hit.ts';
import type { Block, BlockFacts, Detector, Scanner, Seam } from '../core/record.ts';
import { groupLimit, groupsOfReader, HitFolder } from '../detect/index.ts';
import { readerOf } from '../read/index.ts';
import { compileRules, type Rule } from '../rules/index.ts';
import { everyRow, type KeyRequest, RowKeyFolder, type RowKeys } from './row-keys.ts';

const always = (): boolean => true;

export interface ScanTask {
  readonly artifact: string;
  readonly kind: string;
  readonly block: Block;
  readonly seam: Seam;
  /** Which of the rule sets; 0 is the packs', later ones are what was learnt on the way. */
  readonly round: number;
  /** The block's bytes, and those beyond it that its last row needs. */
  readonly bytes: Uint8Array;
  /** Several books of the same requests are here: theirs are kept. */
  readonly books?: boolean;
  /** Asks for what its rows are instead of for hits. */
  readonly keys?: KeyRequest;
}

export interface ScanResult {
  readonly facts: BlockFacts;
  readonly hits: readonly Hit[];
  /** Hits whose key found no room in the block's table. */
  readonly hitOverflow: number;
  /** Where they were asked for. */
  readonly keys?: RowKeys;
}

/** Holds what is compiled once per rule set and kind. One per worker. */
export class ScanBench {
  readonly #rounds = new Map<number, readonly Rule[]>();
  readonly #keyScanners = new Map<string, Scanner>();
  readonly #compiled = new Map<string, { scanner: Scanner; detector: Detector; ruleIds: readonly string[] }>();

  setRules(round: number, rules: readonly Rule[]): void {
    this.#rounds.set(round, rules);
  }

  scan(task: ScanTask): ScanResult {
    if (task.keys !== undefined) return this.#keys(task, task.keys);
    const { scanner, detector, ruleIds } = this.#compile(task.kind, task.round, task.books === true);
    const folder = new HitFolder(task.artifact, detector, ruleIds);
    const facts = scanner.scan(task.block, task.bytes, task.seam, detector.judge, (rows) => folder.add(rows), detector.opens);
    return { facts, hits: folder.list(), hitOverflow: folder.overflow };
  }

  #keys(task: ScanTask, request: KeyRequest): ScanResult {
    let scanner = this.#keyScanners.get(task.kind);
    if (scanner === undefined) {
      const reader = readerOf(task.kind)!;
      scanner = reader.scanner(everyRow(reader.logSource));
      this.#keyScanners.set(task.kind, scanner);
    }
    const folder = new RowKeyFolder(request);
    const facts = scanner.scan(task.block, task.bytes, task.seam, always, (rows) => folder.add(rows));
    return { facts, hits: [], hitOverflow: 0, keys: folder.result() };
  }

  #compile(kind: string, round: number, books: boolean): { scanner: Scanner; detector: Detector; ruleIds: readonly string[] } {
    const key = `${round} ${kind} ${books}`;
    let compiled = this.#compiled.get(key);
    if (compiled === undefined) {
      const reader = readerOf(kind);
      const all = this.#rounds.get(round);
      if (reader === undefined || all === undefined) throw new Error(`no reader or rules for ${key}`);
      const sources = reader.logSources ?? [reader.logSource];
      const rules = all.filter((rule) => sources.includes(rule.logSource));
      const detector = compileRules(rules, sources, groupsOfReader(reader), groupLimit);
      compiled = {
        detector,
        scanner: reader.scanner(books ? { ...detector.demand, books } : detector.demand),
        ruleIds: rules.map((rule) => rule.id),
      };
      this.#compiled.set(key, compiled);
    }
    return compiled;
  }
}

export interface ScanExecutor {
  /** Tasks that can be under way at once. */
  readonly width: number;
  setRules(round: number, rules: readonly Rule[]): void;
  /** Rejects only for a bug or a worker that died; bad evidence is part of the result. */
  scan(task: ScanTask): Promise<ScanResult>;
  close(): Promise<void>;
}

/** Scans in the calling thread: `--jobs 1`, and the reference that workers are tested against. */
export function inlineExecutor(): ScanExecutor {
  const bench = new ScanBench();
  return {
    width: 1,
    setRules: (round, rules) => bench.setRules(round, rules),
    scan: async (task) => bench.scan(task),
    close: async () => {},
  };
}
