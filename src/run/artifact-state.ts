/** What a run knows of one artifact while it works on it. */
import type { Problems } from '../core/problem.ts';
import type { Block, Hours, Seam } from '../core/record.ts';
import type { Artifact, Part } from '../evidence/index.ts';
import { readerOf } from '../read/index.ts';
import { wholeLimit } from './blocks.ts';
import type { PartFold } from './merge.ts';
import type { Digests } from './observed.ts';
import type { PagesOfBlock } from './page-index.ts';
import type { ScanResult } from './scan-task.ts';

/** A block that was read, and what reading it again needs. */
export interface ReadBlock {
  readonly block: Block;
  /** The seam it was rightly read with. */
  readonly seam: Seam;
  readonly linesBefore: number;
  /** Hours that it has rows of; null: more than are kept. */
  readonly hours: Hours['hours'] | null;
  /** False: its rows stand under no header. */
  readonly headed: boolean;
  /** Pages that are asked for in it. */
  readonly pages: PagesOfBlock;
}

/** Hours of a block that are kept: a log that an intruder wrote can have a row in each of very many. */
export const keptHours = 1024;

/** The result of a block, merged: blocks come in their order. */
export function addBlock({ fold, blocks }: PartState, block: Block, seam: Seam, result: ScanResult, pages: PagesOfBlock): void {
  const { hours, after } = result.facts;
  const before = blocks.at(-1)?.seam;
  blocks.push({
    block,
    // Headers are long, and mostly the one of the block before.
    seam: before !== undefined && before.header === seam.header ? { ...seam, header: before.header } : seam,
    linesBefore: fold.lines,
    hours: hours.hours.length > keptHours ? null : hours.hours,
    headed: after.header !== '',
    pages,
  });
  fold.add(result);
}

export interface PartState {
  readonly part: Part;
  readonly fold: PartFold;
  readonly blocks: ReadBlock[];
  /** Path of an artifact that holds all its rows and counts instead. */
  sameRowsAs: string | null;
}

export interface ArtifactState {
  readonly artifact: Artifact;
  readonly problems: Problems;
  readonly parts: PartState[];
  sha256: string | null;
  digests?: Digests;
  /** Path of the artifact that counts instead of this one. */
  duplicateOf: string | null;
  notRead: string | null;
}

/** Of a kind that is read whole, up to a limit. */
export function tellWholeLimit({ problems }: ArtifactState, { kind, at, end }: Part): void {
  if (readerOf(kind)!.blockBytes === null && end - at > wholeLimit)
    problems.add('evidence.limit', at + wholeLimit, { expected: `${wholeLimit} bytes` });
}

export const rowsOf = ({ parts }: ArtifactState): number => parts.reduce((sum, { fold }) => sum + fold.records, 0);
