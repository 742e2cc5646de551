/**
 * The run: one thread reads and hashes, workers scan the same buffers, results are merged in the order of artifacts and blocks.
 * What is learnt on the way becomes further rounds, asked only of the blocks that can hold the answer.
 */
import type { BookQuestion } from '../core/booked-row.ts';
import type { Hit, HitRow } from '../core/hit.ts';
import { type DigestName, FileError, type OpenSource, type Platform } from '../core/platform.ts';
import { Problems } from '../core/problem.ts';
import type { Seam } from '../core/record.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtc } from '../core/time.ts';
import { type Artifact, bytesSource, type Gathered, type Part, readFully } from '../evidence/index.ts';
import { MendedTexts, partSource } from './part-source.ts';
import { readerOf } from '../read/index.ts';
import type { Rule, RunRule } from '../rules/index.ts';
import { type AskedTime, outside } from './asked-time.ts';
import { addBlock, type ArtifactState, type PartState, tellWholeLimit } from './artifact-state.ts';
import { cut, cutsRow, readBlock, readUnits, rowEnd, tailBytes, wholeLimit } from './blocks.ts';
import { bookRowsOf } from './book-rows.ts';
import { BufferPool } from './buffer-pool.ts';
import { type ContentHash, hashHere, worthHandingOver } from './content-hash.ts';
import { makeDigests } from './digests.ts';
import { markCopies } from './duplicates.ts';
import { Keeping } from './keeping.ts';
import { type KeptDraft, KeptKeys, type KeptWork } from './kept.ts';
import { PageIndex } from './page-index.ts';
import { PartFold } from './merge.ts';
import type { Observed, ObservedArtifact } from './observed.ts';
import { Prefixes } from './prefixes.ts';
import { readingOrder } from './reading-order.ts';
import { type Reread, reread } from './reread.ts';
import { markSameRows, type SameRowsLimits } from './same-rows.ts';
import type { PackedIndicators, ScanExecutor, ScanResult, ScanTask } from './scan-task.ts';
import { scannedFile } from './scanned-file.ts';
import { Shelf } from './shelf.ts';
import { tellUnreadable } from './unreadable.ts';
import { wantedId, type WantedRow } from './wanted-rows.ts';

/** Asked after each round: which pages to look for next that were not asked for; none: nothing more. Depends on nothing else. */
export type Learn = (
  hits: readonly Hit[],
  asked: ReadonlySet<string>,
) => { readonly rules: readonly Rule[]; readonly pages: readonly string[] };

/** Asked when everything is counted: single rows to be read again, so that they can be shown. */
export type Look = (observed: Observed) => readonly WantedRow[];

export interface RunOptions {
  readonly rules: readonly Rule[];
  /** Rules of others: what they find is kept apart. */
  readonly others?: readonly RunRule[];
  /** Indicators of others: where they are met is kept apart. */
  readonly indicators?: PackedIndicators | null;
  /** Hashes of files that they hold beside SHA-256. */
  readonly digests?: readonly DigestName[];
  readonly learn: Learn;
  readonly look?: Look;
  /** Asked when all is read: minutes of which the rows are needed, as where books of the same requests do not agree. */
  readonly askBooks?: (observed: Observed) => readonly BookQuestion[];
  readonly executor: ScanExecutor;
  readonly platform: Platform;
  readonly onProgress: (doneBytes: number, totalBytes: number, path: string) => void;
  /** After every block: what is known so far can be looked at. Copies are not sorted out yet, and nothing was asked a second time. */
  readonly onMerged?: (look: () => Observed) => void;
  /** Logs of which no row is of this time are left out. */
  readonly asked?: AskedTime;
  readonly signal: AbortSignal;
  /** Where counts of finished parts are put away; they are asked for as long as what was observed is looked at. */
  readonly shelf?: Shelf;
  /** What earlier runs kept of finished artifacts, and where this one keeps its own. */
  readonly kept?: KeptWork;
  /** Bytes per block (even) instead of what each reader says: for tests that show that cuts cannot be seen. */
  readonly blockBytes?: number;
  /** Instead of the usual ones: for tests. */
  readonly sameRows?: SameRowsLimits;
}

/** Files between two turns of the machine: what unpacked them is given back then, and a request to stop is heard. */
const pauseEvery = 64;
/** The same of the blocks of one file. */
const pauseEveryBlocks = 4;
/** A text of several parts is read more than once: from memory, where going back would unpack it again. */
const keptBytes = 16 << 20;
/** Rounds after the first. */
const furtherRounds = 3;

/** Whether there are two books of the same requests, to be held against each other. */
type ReadOptions = RunOptions & {
  readonly shelf: Shelf;
  readonly books: boolean;
  readonly onBlock: () => void;
  readonly keeping: Keeping | null;
  /** Of the artifact that is being read; null: nothing of it is kept. */
  readonly draft: KeptDraft | null;
};
const haveBooks = ({ artifacts }: Gathered): boolean =>
  ['iis-w3c', 'httpproxy'].every((kind) => artifacts.some(({ parts }) => parts.some((part) => part.kind === kind)));

export async function run(gathered: Gathered, given: RunOptions): Promise<Observed> {
  const books = haveBooks(gathered);
  const shelf = given.shelf ?? new Shelf(() => given.platform.scratch());
  const index = new PageIndex(shelf);
  const prefixes = new Prefixes(gathered.artifacts);
  const keeping = keepingOf(given, books, prefixes, index);
  const options: ReadOptions = { ...given, shelf, books, onBlock: () => {}, keeping, draft: null };
  const { executor, onProgress } = options;
  executor.setRules(0, options.rules, options.others ?? [], options.indicators ?? null);
  prepare(gathered, options);
  const pool = new BufferPool(options.platform, executor.width * 2 + (executor.hasher === undefined ? 1 : 3));
  const states: ArtifactState[] = [];
  const totalBytes = gathered.artifacts.reduce((sum, artifact) => sum + artifact.bytes, 0);
  let doneBytes = 0;
  const flights: Promise<void>[] = [];
  const onMerged = options.onMerged === undefined ? (): void => {} : (): void => options.onMerged!(() => provisional(states));
  // The result is sorted by path.
  for (const artifact of readingOrder(gathered.artifacts)) {
    options.signal.throwIfAborted();
    if (states.length % pauseEvery === 0) await options.platform.pause();
    const problems = new Problems();
    problems.addAll(artifact.problems);
    const state: ArtifactState = { artifact, problems, parts: [], sha256: null, duplicateOf: null, notRead: artifact.notRead };
    states.push(state);
    const flight = await readArtifact(state, { ...options, onBlock: onMerged }, pool, index, prefixes, (bytes) => {
      doneBytes += bytes;
      onProgress(doneBytes, totalBytes, artifact.path);
    });
    flights.push(flight.merged);
  }
  await Promise.all(flights);
  states.sort((a, b) => byCodeUnit(a.artifact.path, b.artifact.path));
  await markCopies(states, prefixes);
  await makeDigests(states, options.digests ?? [], options.platform, options.signal);
  const again: Reread = { executor, pool, signal: options.signal, mended: new MendedTexts() };
  await followUp(states, options, again, index);
  // After all rounds: what makes a row matter may be learnt in the last one.
  await markSameRows(states, again, totalBytes, options.sameRows);
  const observed: Observed = {
    artifacts: states.map(concluded),
    hits: hitsOf(states),
    otherHits: counting(states)
      .flatMap((fold) => fold.otherHits())
      .sort((a, b) => byCodeUnit(a.artifact, b.artifact) || byCodeUnit(a.rule, b.rule)),
    indicatorHits: counting(states)
      .flatMap((fold) => fold.indicatorHits())
      .sort(
        (a, b) =>
          a.indicator - b.indicator ||
          byCodeUnit(a.artifact, b.artifact) ||
          byCodeUnit(a.field, b.field) ||
          byCodeUnit(a.how, b.how),
      ),
    marks: counting(states).flatMap(({ marks }) => marks),
    starts: counting(states).flatMap(({ starts }) => starts),
    marksLeft: counting(states).reduce((sum, { marksLeft }) => sum + marksLeft, 0),
    placeProblems: gathered.problems,
    bookRows: { rows: [], events: [], programs: [], unread: [] },
    looked: new Map(),
  };
  const wanted = options.look?.(observed) ?? [];
  const looked = wanted.length === 0 ? observed.looked : await lookAt(states, again, wanted);
  const questions = options.askBooks?.(observed) ?? [];
  if (questions.length === 0) return { ...observed, looked };
  const bookRows = await bookRowsOf(questions, states, again);
  // A file that could not be read again has a problem more.
  return { ...observed, artifacts: states.map((state) => observedArtifact(state)), bookRows, looked };
}

/** A log of one block is one thread's. */
const worthPreparing = 8 << 20;

/** The kind of the largest log is the one that all threads will scan. */
function prepare({ artifacts }: Gathered, { executor, books, keeping }: ReadOptions): void {
  const [largest] = artifacts.filter(({ parts }) => parts.length > 0).toSorted((a, b) => b.bytes - a.bytes);
  const kind = largest?.parts[0]?.kind;
  if (kind !== undefined && largest!.bytes >= worthPreparing) executor.prepare?.({ kind, books, keeps: keeping !== null });
}

function keepingOf(options: RunOptions, books: boolean, prefixes: Prefixes, index: PageIndex): Keeping | null {
  const { kept, rules, others = [], indicators = null, blockBytes = null, platform } = options;
  if (kept === undefined) return null;
  const keys = new KeptKeys(() => platform.hasher(), kept.program, { rules, others, indicators, blockBytes, books });
  return new Keeping(kept, keys, prefixes, index, indicators);
}

/** The wanted rows that can still be read, in the order of files and blocks. */
async function lookAt(
  states: readonly ArtifactState[],
  again: Reread,
  wanted: readonly WantedRow[],
): Promise<ReadonlyMap<string, HitRow>> {
  const found = new Map<string, HitRow>();
  for (const state of states.toSorted((a, b) => a.artifact.order - b.artifact.order)) {
    const here = wanted.filter(({ artifact }) => artifact === state.artifact.path);
    if (here.length === 0) continue;
    for (const partState of state.parts) {
      const ofPart = here.filter(({ partAt }) => partAt === partState.part.at);
      const ofBlock = (index: number): WantedRow[] => ofPart.filter(({ block }) => block === index);
      const blocks = partState.blocks.filter(({ block }) => ofBlock(block.index).length > 0);
      if (blocks.length === 0) continue;
      await reread(
        again,
        state,
        partState,
        blocks,
        ({ block }) => ({ round: 0, wanted: ofBlock(block.index).map(({ group, tuple }) => ({ group, tuple })) }),
        ({ wanted: rows }, { block, linesBefore }) => {
          for (const [i, one] of ofBlock(block.index).entries()) {
            const row = rows?.[i] ?? null;
            if (row !== null) found.set(wantedId(one), { ...row, line: row.line === null ? null : row.line + linesBefore + 1 });
          }
        },
      );
    }
  }
  return found;
}

/** Settles when the last block is merged; rejects only for bugs and dead workers. Already guarded against "unhandled". */
interface Flight {
  readonly merged: Promise<void>;
  /** Why reading ended early; what was read before still counts. */
  readonly failure: FileError | null;
}

function flightOf(merged: Promise<void>, failure: FileError | null = null): Flight {
  // A failed scan must not be an unhandled rejection while other artifacts are still being read; the run awaits it later.
  merged.catch(() => {});
  return { merged, failure };
}

const landed: Flight = flightOf(Promise.resolve());

/** Reads an artifact's blocks and hands them out. */
async function readArtifact(
  state: ArtifactState,
  options: ReadOptions,
  pool: BufferPool,
  index: PageIndex,
  prefixes: Prefixes,
  onBytes: (bytes: number) => void,
): Promise<Flight> {
  const { artifact, problems } = state;
  if (artifact.bytes === 0 || artifact.sealed) return landed;
  const { keeping } = options;
  const found = keeping?.find(artifact) ?? null;
  const { executor, signal } = options;
  const again: Reread = { executor, pool, signal, mended: new MendedTexts() };
  if (keeping !== null && found !== null && options.asked === undefined && keeping.trusts(found, artifact)) {
    await keeping.take(found, state, again, options);
    onBytes(artifact.bytes);
    return landed;
  }
  let source: OpenSource;
  try {
    source = artifact.open();
  } catch (error) {
    state.notRead = tellUnreadable(state, error) ? 'it was gone when it was to be read' : 'it could not be opened';
    return landed;
  }
  const other = options.asked === undefined ? null : outside(artifact, source, options.asked);
  if (other !== null) {
    const [from, to] = [isoUtc(other.fromMs), isoUtc(other.toMs)];
    problems.add('evidence.other_time', 0, { found: `${from} to ${to}` });
    state.notRead = 'its first and last rows are of another time than the one that was asked for';
    onBytes(artifact.bytes);
    source.close();
    return landed;
  }
  const elsewhere = artifact.bytes < worthHandingOver ? undefined : options.executor.hasher;
  const watched = (): ContentHash => prefixes.watch(artifact, elsewhere?.() ?? hashHere(options.platform.hasher()));
  if (keeping !== null && found !== null) {
    if ((await hashOf(artifact, source, watched(), pool, onBytes, options)) === found.kept.about.sha256) {
      source.close();
      await keeping.take(found, state, again, options);
      options.onBlock();
      return landed;
    }
    keeping.changed(artifact);
    onBytes = () => {};
  }
  const hash = watched();
  const draft = keeping?.begin() ?? null;
  options = { ...options, draft };
  const merges: Promise<void>[] = [];
  // What is scanned is the buffers: the source is closed as soon as it is read.
  try {
    // Parts leave out what nothing reads; the hash covers all bytes. What one part reads from the first byte on is hashed on the way.
    const [only] = artifact.parts;
    const together = artifact.parts.length === 1 && only!.at === 0 && only!.mended !== true;
    const mended = new MendedTexts();
    const kept = !together && artifact.parts.length > 0 && !source.seekable && artifact.bytes <= keptBytes;
    const reading = kept ? bytesSource(readFully(source, 0, new Uint8Array(artifact.bytes))) : source;
    if (!together) await hashFrom(0, reading, artifact.bytes, pool, hash, onBytes, options);
    for (const part of artifact.parts) {
      const partState: PartState = { part, fold: new PartFold(part, problems), blocks: [], sameRowsAs: null };
      state.parts.push(partState);
      const told = together ? onBytes : (): void => {};
      const flight = await scanPart(state, partState, reading, mended, together ? hash : null, options, pool, index, told);
      merges.push(flight.merged);
      // What a part was made from is kept until its rows are placed: one at a time.
      if (part.mended === true) await flight.merged;
      if (flight.failure !== null) throw flight.failure;
      if (together) await hashFrom(readEnd(part), reading, artifact.bytes, pool, hash, onBytes, options);
    }
    merges.push(hash.hex().then((hex) => void (state.sha256 = hex)));
  } catch (error) {
    hash.drop();
    draft?.drop();
    tellUnreadable(state, error);
  } finally {
    const odd = source.problems?.() ?? [];
    if (odd.length > 0) draft?.drop();
    problems.addAll(odd);
    source.close();
  }
  const merged = Promise.all(merges);
  return flightOf(
    merged.then(() => {
      for (const { fold } of state.parts) fold.settle(options.shelf);
      return draft === null ? undefined : keeping?.finish(draft, state);
    }),
  );
}

/** Of all bytes, where nothing is asked of them; null: they cannot be read, or not as they should. */
async function hashOf(
  { bytes }: Artifact,
  source: OpenSource,
  hash: ContentHash,
  pool: BufferPool,
  onBytes: (bytes: number) => void,
  options: RunOptions,
): Promise<string | null> {
  try {
    await hashFrom(0, source, bytes, pool, hash, onBytes, options);
    const hex = await hash.hex();
    return (source.problems?.() ?? []).length === 0 ? hex : null;
  } catch (error) {
    hash.drop();
    if (error instanceof FileError) return null;
    throw error;
  }
}

/** Up to where a part is read: of a kind that is read whole, up to a limit. */
const readEnd = ({ kind, at, end }: Part): number => (readerOf(kind)!.blockBytes === null ? Math.min(end, at + wholeLimit) : end);

async function hashFrom(
  from: number,
  source: OpenSource,
  bytes: number,
  pool: BufferPool,
  hash: ContentHash,
  onBytes: (bytes: number) => void,
  { platform, signal }: RunOptions,
): Promise<void> {
  if (from >= bytes) return;
  for (let at = from; at < bytes;) {
    signal.throwIfAborted();
    await platform.pause();
    const buffer = await pool.take(4 << 20);
    try {
      const got = source.read(at, buffer.subarray(0, Math.min(4 << 20, bytes - at)));
      if (got <= 0) return;
      hash.update(buffer.subarray(0, got));
      at += got;
      onBytes(got);
    } finally {
      giveWhenTaken(pool, buffer, hash);
    }
  }
}

/** A thread that died ends the run elsewhere; until it does, nobody may wait for a buffer in vain. */
function giveWhenTaken(pool: BufferPool, buffer: Uint8Array, hash: ContentHash | null): void {
  const give = (): void => pool.give(buffer);
  const taken = hash?.taken() ?? null;
  if (taken === null) give();
  else taken.then(give, give);
}

async function scanPart(
  state: ArtifactState,
  partState: PartState,
  whole: OpenSource,
  mended: MendedTexts,
  hash: ContentHash | null,
  options: ReadOptions,
  pool: BufferPool,
  index: PageIndex,
  onBytes: (bytes: number) => void,
): Promise<Flight> {
  const { fold } = partState;
  const { artifact } = state;
  const { source, part, encoding, lineEnd, place } = partSource(artifact, partState.part, whole, mended);
  const reader = readerOf(part.kind)!;
  const start: Seam = { header: '', date: '', midRow: false, encoding, lineEnd };
  tellWholeLimit(state, part);
  /** State at the cut, certain once the block before is merged. */
  let certain = start;
  /** Best knowledge while reading ahead: headers stand at the head of a log and rarely change. */
  let guess: Seam | null = null;
  let midRow = false;
  let previous: Promise<void> = Promise.resolve();
  const frame = reader.frame ?? null;
  const file = scannedFile(artifact);
  for (const block of cut(part, reader.blockBytes === null ? null : (options.blockBytes ?? reader.blockBytes), frame)) {
    options.signal.throwIfAborted();
    if (block.index % pauseEveryBlocks === pauseEveryBlocks - 1) await options.platform.pause();
    const buffer = await pool.take(block.end - block.at + tailBytes);
    let bytes: Uint8Array;
    try {
      bytes =
        frame === null
          ? readBlock(source, block, part.end, encoding, rowEnd(reader, lineEnd), buffer, hash)
          : readUnits(source, block, buffer, hash);
    } catch (error) {
      giveWhenTaken(pool, buffer, hash);
      if (error instanceof FileError) return flightOf(previous, error);
      throw error;
    }
    // A source that knows better why says so itself.
    if (bytes.length < block.end - block.at && (source.problems?.() ?? []).length === 0) {
      options.draft?.drop();
      state.problems.add('evidence.unreadable', block.at + bytes.length, { found: 'it became shorter while it was read' });
    }
    onBytes(Math.min(bytes.length, block.end - block.at));
    const seam: Seam = { ...(guess ?? start), midRow };
    midRow = frame === null && cutsRow(bytes, block.end - block.at, seam);
    const task: ScanTask = {
      artifact: artifact.path,
      file,
      kind: part.kind,
      block,
      seam,
      round: 0,
      bytes,
      books: options.books,
      keeps: options.keeping !== null,
    };
    const scanned = options.executor.scan(task);
    const hashed = hash?.taken() ?? null;
    // It is awaited with the scan.
    hashed?.catch(() => {});
    if (block.index === 0 && !block.last) {
      // The header of the first block is the guess for all that follow: wait for it once.
      const { facts } = await scanned;
      guess = facts.after;
    }
    const before = previous;
    previous = (async (): Promise<void> => {
      let result: ScanResult;
      try {
        result = await scanned;
        await before;
        const right: Seam = { ...certain, midRow: seam.midRow };
        if (right.header !== seam.header || right.date !== seam.date)
          result = await options.executor.scan({ ...task, seam: right });
        if (place !== null) result = place.result(result, fold.lines);
        addBlock(partState, block, right, result, index.add(result.facts));
        options.draft?.add({ part: state.parts.indexOf(partState), block, seam: right, result });
        await hashed;
      } finally {
        // Where something failed the run ends; until it does, nobody may wait for a buffer in vain.
        pool.give(buffer);
      }
      certain = result.facts.after;
      options.onBlock();
    })();
    previous.catch(() => {});
  }
  return flightOf(previous);
}

/** Parts that no other artifact speaks for. */
const counting = (states: readonly ArtifactState[]): PartFold[] =>
  states
    .filter(({ duplicateOf }) => duplicateOf === null)
    .flatMap(({ parts }) => parts.filter(({ sameRowsAs }) => sameRowsAs === null).map(({ fold }) => fold));

function hitsOf(states: readonly ArtifactState[]): Hit[] {
  const hits: Hit[] = [];
  for (const fold of counting(states)) for (const hit of fold.hits()) hits.push(hit);
  return hits.sort(
    (a, b) =>
      byCodeUnit(a.artifact, b.artifact) ||
      a.rows[0]!.offsetBytes - b.rows[0]!.offsetBytes ||
      byCodeUnit(a.rules.join(), b.rules.join()) ||
      byCodeUnit(a.key, b.key),
  );
}

async function followUp(states: readonly ArtifactState[], options: RunOptions, again: Reread, index: PageIndex): Promise<void> {
  const asked = new Set<string>();
  // Answers are kept by their places: what is unpacked as one stream is gone through in its own order.
  const inOrder = states.toSorted((a, b) => a.artifact.order - b.artifact.order);
  for (let round = 1; ; round++) {
    const { pages, rules } = options.learn(hitsOf(states), asked);
    if (pages.length === 0) return;
    if (round > furtherRounds) {
      const first = states.find((state) => state.parts.length > 0);
      first?.problems.add('pivot.limit', 0, { found: `${pages.length} pages` });
      return;
    }
    for (const page of pages) asked.add(page);
    options.executor.setRules(round, rules);
    for (const state of inOrder) {
      if (state.duplicateOf !== null) continue;
      for (const partState of state.parts) {
        const { fold, blocks } = partState;
        const wanted = blocks.filter((one) => index.mayHold(one.pages, pages));
        if (wanted.length > 0)
          await reread(
            again,
            state,
            partState,
            wanted,
            () => ({ round }),
            ({ hits }, { linesBefore }) => fold.addHits(hits, linesBefore),
          );
      }
    }
  }
}

/** What was read so far, each artifact for itself. */
const provisional = (states: readonly ArtifactState[]): Observed => ({
  artifacts: states.toSorted((a, b) => byCodeUnit(a.artifact.path, b.artifact.path)).map(observedArtifact),
  hits: hitsOf(states),
  otherHits: [],
  indicatorHits: [],
  starts: [],
  marks: [],
  marksLeft: 0,
  placeProblems: [],
  looked: null,
  bookRows: { rows: [], events: [], programs: [], unread: [] },
});

function concluded(state: ArtifactState): ObservedArtifact {
  for (const { fold, part } of state.parts) fold.conclude(part.end);
  return observedArtifact(state);
}

function observedArtifact(state: ArtifactState): ObservedArtifact {
  const { artifact } = state;
  return {
    path: artifact.path,
    canonicalPath: artifact.canonicalPath,
    root: artifact.root,
    collection: artifact.collection,
    times: artifact.times,
    role: artifact.role,
    within: artifact.within,
    kind: artifact.kind,
    bytes: artifact.bytes,
    sha256: state.sha256,
    digests: state.digests ?? null,
    duplicateOf: state.duplicateOf,
    notRead: state.notRead,
    problems: state.problems.list(),
    parts:
      state.duplicateOf === null
        ? state.parts.filter(({ sameRowsAs }) => sameRowsAs === null).map(({ fold }) => fold.observed())
        : [],
  };
}
