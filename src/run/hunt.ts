/**
 * Every row of the evidence that rules of others match, artifact by artifact, in order of place: to look at, not to judge. Event logs
 * are scanned by as many workers as there are; logs of lines block by block, because what a cut hides is known only from the block before.
 */
import { FileError, type Platform } from '../core/platform.ts';
import type { Problem } from '../core/problem.ts';
import type { Seam } from '../core/record.ts';
import type { ListedHit } from '../detect/index.ts';
import type { Artifact, Part } from '../evidence/index.ts';
import { readerOf } from '../read/index.ts';
import type { Mark, RunRule } from '../rules/index.ts';
import { cut, cutsRow, readBlock, readUnits, tailBytes } from './blocks.ts';
import type { ScanExecutor, ScanResult } from './scan-task.ts';
import { scannedFile } from './scanned-file.ts';

/** A row, with its line counted through the whole artifact. */
export interface HuntedRow extends ListedHit {
  readonly artifact: string;
}

export interface HuntedArtifact {
  readonly records: number;
  /** What its rows are. */
  readonly logSources: readonly string[];
  readonly problems: readonly Problem[];
  /** Distinct logs and numbers of its events. */
  readonly events: readonly (readonly (string | null)[])[];
}

export interface Hunt {
  readonly executor: ScanExecutor;
  readonly platform: Platform;
  onRows(rows: readonly HuntedRow[]): Promise<void>;
  onMarks(marks: readonly Mark[], left: number): void;
  readonly signal: AbortSignal;
}

export function startHunt(executor: ScanExecutor, rules: readonly RunRule[]): void {
  executor.setRules(0, [], rules);
}

export async function huntArtifact(artifact: Artifact, hunt: Hunt): Promise<HuntedArtifact> {
  const state: State = { records: 0, sources: new Set(), problems: [...artifact.problems], events: new Map() };
  try {
    const source = artifact.open();
    try {
      for (const part of artifact.parts) await huntPart(artifact, part, source, hunt, state);
      state.problems.push(...(source.problems?.() ?? []));
    } finally {
      source.close();
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    state.problems.push({ code: error.problem, at: 0, count: 1, found: error.code });
  }
  return {
    records: state.records,
    logSources: [...state.sources].sort(),
    problems: state.problems,
    events: [...state.events.values()],
  };
}

interface State {
  records: number;
  readonly sources: Set<string>;
  readonly problems: Problem[];
  readonly events: Map<string, readonly (string | null)[]>;
}

const mostEvents = 10_000;

async function huntPart(
  artifact: Artifact,
  part: Part,
  source: ReturnType<Artifact['open']>,
  { executor, platform, onRows, onMarks, signal }: Hunt,
  state: State,
): Promise<void> {
  const reader = readerOf(part.kind)!;
  const frame = reader.frame ?? null;
  let seam: Seam = { header: '', date: '', midRow: false, encoding: artifact.encoding, lineEnd: artifact.lineEnd };
  let lines = part.firstLine;
  const waiting: Promise<ScanResult>[] = [];
  const take = async (): Promise<ScanResult> => {
    const { facts, others, ...rest } = await waiting.shift()!;
    state.records += facts.rows;
    for (const one of facts.logSources ?? [facts.logSource]) state.sources.add(one);
    state.problems.push(...facts.problems);
    for (const { tuples } of facts.groups.slice(0, 1))
      for (const tuple of tuples) if (state.events.size < mostEvents) state.events.set(JSON.stringify(tuple), tuple);
    const base = lines;
    if (others !== undefined) {
      await onRows(
        others.listed.map((row) => ({
          ...row,
          artifact: artifact.path,
          line: row.line === null ? null : row.line + base + 1,
        })),
      );
      onMarks(others.marks, others.marksLeft);
    }
    lines += facts.lines;
    return { facts, ...rest };
  };
  try {
    for (const block of cut(part, reader.blockBytes, frame)) {
      signal.throwIfAborted();
      const buffer = platform.buffer(block.end - block.at + (frame === null ? tailBytes : 0));
      const bytes =
        frame === null
          ? readBlock(source, block, part.end, artifact.encoding, artifact.lineEnd, buffer, null)
          : readUnits(source, block, buffer, null);
      const scanned = executor.scan({
        artifact: artifact.path,
        file: scannedFile(artifact),
        kind: part.kind,
        block,
        seam,
        round: 0,
        bytes,
        listing: true,
      });
      scanned.catch(() => {});
      waiting.push(scanned);
      if (frame !== null) {
        if (waiting.length > executor.width * 2) await take();
        continue;
      }
      const { facts } = await take();
      const midRow = cutsRow(bytes, block.end - block.at, seam);
      seam = { ...facts.after, midRow };
    }
    while (waiting.length > 0) await take();
  } finally {
    // Nothing is left running when something went wrong.
    await Promise.allSettled(waiting);
  }
}
