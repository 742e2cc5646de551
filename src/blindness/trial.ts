/**
 * Experiments: rows of a visit are put where they would stand, in the columns of the files there, and go through the same run and the
 * same judgement as the evidence itself.
 */
import type { Hit } from '../core/hit.ts';
import type { Platform } from '../core/platform.ts';
import { confidenceRank, type Stage, stageRank } from '../core/stage.ts';
import { isoUtc } from '../core/time.ts';
import { learnPages } from '../detect/index.ts';
import { intrude, type Visit, type VisitRow } from '../demo/index.ts';
import { type Artifact, bytesSource } from '../evidence/index.ts';
import { type Ground, provenBy } from '../judge/index.ts';
import type { Rule } from '../rules/index.ts';
import { inlineExecutor, run, type ScanExecutor } from '../run/index.ts';
import type { Place } from './books.ts';

export type Outcome = 'unseen' | 'partly' | 'seen';
export const outcomeRank = (outcome: Outcome): number => (outcome === 'seen' ? 2 : outcome === 'partly' ? 1 : 0);

export interface Trial {
  readonly visit: Visit;
  /** Where this row would stand; null: nowhere. */
  readonly placeOf: (row: VisitRow) => Place | null;
}

/** Columns of rows that the files there do not have, by log. */
export type LostColumns = ReadonlyMap<string, ReadonlySet<string>>;

export interface Tried {
  readonly outcome: Outcome;
  readonly lostColumns: LostColumns;
}

/** Columns that hardly any server writes and that no answer rests on: whoever has them not lacks nothing. */
const unmissed: ReadonlySet<string> = new Set(['s-sitename', 's-computername', 'cs-version']);
/** Visits whose rows go through one run. */
const batchSize = 48;
/** Rows of several logs can be told to be of one file; their places must not meet. */
const placesApart = 1e9;
const utf8 = new TextEncoder();

export class Laboratory {
  readonly #ground: Ground;
  readonly #rules: readonly Rule[];
  readonly #platform: Platform;
  readonly #signal: AbortSignal;
  readonly #executor: ScanExecutor = inlineExecutor();
  /** Visits that were judged. */
  tried = 0;

  constructor(ground: Ground, rules: readonly Rule[], platform: Platform, signal: AbortSignal) {
    this.#ground = ground;
    this.#rules = rules;
    this.#platform = platform;
    this.#signal = signal;
  }

  async tryAll(trials: readonly Trial[]): Promise<Tried[]> {
    const results: Tried[] = [];
    for (let at = 0; at < trials.length; at += batchSize) results.push(...(await this.#batch(trials.slice(at, at + batchSize))));
    return results;
  }

  async #batch(trials: readonly Trial[]): Promise<Tried[]> {
    const spliced = trials.map((trial, number) => splice(trial, number));
    const own = new Map(spliced.flatMap(({ files }, number) => files.map((file) => [file.artifact.path, { ...file, number }])));
    const artifacts = [...own.values()].map(({ artifact }) => artifact);
    const observed = await run(
      { artifacts, problems: [], close: () => undefined },
      {
        platform: this.#platform,
        executor: this.#executor,
        rules: this.#rules,
        learn: learnPages,
        onProgress: () => undefined,
        signal: this.#signal,
        // No two of these are copies of each other.
        sameRows: { wholeBlocks: 0, looks: Number.MIN_SAFE_INTEGER, bytes: 0 },
      },
    );
    const hits = trials.map((): Hit[] => []);
    for (const hit of observed.hits) {
      const { number, path, index } = own.get(hit.artifact)!;
      const rows = hit.rows.map((row) => ({ ...row, artifact: path, offsetBytes: row.offsetBytes + index * placesApart }));
      hits[number]!.push({ ...hit, artifact: path, rows });
    }
    this.tried += trials.length;
    return trials.map(({ visit }, number) => ({
      outcome: hits[number]!.length === 0 ? 'unseen' : outcomeOf(provenBy(this.#ground, hits[number]!), visit.technique.stage),
      lostColumns: spliced[number]!.lostColumns,
    }));
  }

  close(): Promise<void> {
    return this.#executor.close();
  }
}

/** Seen: the stage that they reached is at least probable. Partly: anything beyond a look is, or that stage is possible. */
function outcomeOf(proven: ReturnType<typeof provenBy>, reached: Stage): Outcome {
  const sure = proven.filter(({ confidence }) => confidenceRank(confidence) >= confidenceRank('probable'));
  const far = ({ stage }: { readonly stage: Stage }): boolean => stageRank(stage) >= stageRank(reached);
  if (sure.some(far)) return 'seen';
  const noticed = sure.some(({ stage }) => stageRank(stage) >= stageRank('attempted'));
  return noticed || proven.some(far) ? 'partly' : 'unseen';
}

/** Which reader reads rows that are written so. */
const kindOf = (log: string): string =>
  log.startsWith('iis')
    ? 'iis-w3c'
    : log.startsWith('httpproxy')
      ? 'httpproxy'
      : log === 'management-events'
        ? 'event-text'
        : log;

interface SplicedFile {
  readonly artifact: Artifact;
  /** File of the evidence that it is a piece of. */
  readonly path: string;
  readonly index: number;
}

function splice({ visit, placeOf }: Trial, number: number): { files: SplicedFile[]; lostColumns: LostColumns } {
  const files = new Map<string, { readonly kind: string; readonly place: Place; readonly rows: VisitRow[] }>();
  const lostColumns = new Map<string, Set<string>>();
  for (const row of intrude(visit)) {
    const place = placeOf(row);
    if (place === null) continue;
    const kind = kindOf(row.log);
    const key = `${kind}\u0000${place.path}`;
    const file = files.get(key) ?? { kind, place, rows: [] };
    file.rows.push(row);
    files.set(key, file);
    if (place.columns === null || row.cells === null) continue;
    for (const name of row.cells.keys())
      if (!place.columns.includes(name) && !unmissed.has(name))
        lostColumns.set(row.log, (lostColumns.get(row.log) ?? new Set()).add(name));
  }
  return {
    lostColumns,
    files: [...files.values()].map(({ kind, place, rows }, index) => {
      const bytes = utf8.encode(textOf(kind, place, rows));
      return { path: place.path, index, artifact: artifactOf(`${number}/${index}`, kind, place, bytes) };
    }),
  };
}

/** The rows under the header of the file there: what it has no column for is not written. */
function textOf(kind: string, place: Place, rows: readonly VisitRow[]): string {
  if (kind === 'event-text') return rows.map(({ text }) => `${text}\r\n\r\n`).join('');
  const all = new Set(rows.flatMap(({ cells }) => [...cells!.keys()]));
  const columns = place.columns ?? [...all];
  const web = kind === 'iis-w3c';
  const cell = (value: string | undefined): string =>
    web ? (value ?? '-') : /[",]/.test(value ?? '') ? `"${value!.replaceAll('"', '""')}"` : (value ?? '');
  const separator = web ? ' ' : ',';
  const lines = rows.map(({ cells }) => columns.map((name) => cell(cells!.get(name))).join(separator));
  // Where rows carry a time alone, the day stands above them.
  const day = web ? `#Date: ${isoUtc(rows[0]!.ms).slice(0, 19).replace('T', ' ')}\r\n` : '';
  return `#Fields: ${columns.join(separator)}\r\n${day}${lines.join('\r\n')}\r\n`;
}

const artifactOf = (path: string, kind: string, place: Place, bytes: Uint8Array): Artifact => ({
  path,
  canonicalPath: place.canonicalPath,
  root: place.root,
  collection: null,
  times: null,
  role: 'evidence',
  within: null,
  order: 0,
  unpackedBefore: 0,
  headHash: null,
  bytes: bytes.length,
  sealed: false,
  kind,
  parts: [{ kind, at: 0, end: bytes.length, firstLine: 0, excerpt: false }],
  encoding: 'utf8',
  lineEnd: 10,
  notRead: null,
  problems: [],
  open: () => bytesSource(bytes),
});
