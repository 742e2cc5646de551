/** What is true about evidence that was made up: handed to whoever measures, never to whoever judges. */
import type { Stage } from '../core/stage.ts';

/** A place in the evidence. `offset` counts bytes from 0, `line` from 1; the hash is of the row without its line end. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly offset: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface FileTruth {
  readonly path: string;
  readonly log: string;
  readonly server: string;
  records: number;
  bytes: number;
  firstMs: number;
  lastMs: number;
}

export interface RemovedTruth {
  readonly server: string;
  readonly log: string;
  readonly file: string;
  /** The line behind which it stood. */
  readonly afterLine: number;
  readonly timeMs: number;
  readonly requestId: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly hostile: boolean;
}

export interface GapTruth {
  readonly server: string;
  readonly log: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Rows that are not there. */
  rows: number;
}

/** One row of an intruder. `place` is null where the row was taken out, lost, or its log not collected. */
export interface RowTruth extends Partial<Place> {
  readonly story: string;
  readonly intruder: string;
  readonly chapter: string;
  readonly step: string;
  /** What the step did to the server, all its rows together; null: nothing. */
  readonly stage: Stage | null;
  readonly server: string;
  readonly log: string;
  readonly timeUtc: string;
  readonly requestId: string;
  readonly address: string;
  /** Whether the row is in the evidence. */
  readonly there: boolean;
}

export interface IntruderTruth {
  readonly id: string;
  /** Index of the server that they came for. */
  readonly server: number;
  readonly story: string;
  readonly addresses: readonly string[];
  /** How far they came, whatever the evidence still shows. */
  readonly stage: Stage | null;
  readonly page: string | null;
  readonly victims: readonly string[];
}

export interface Truth {
  readonly schema: 'afterpatch.demo/1';
  readonly note: string;
  readonly seed: string;
  readonly bytesAsked: number;
  readonly bytes: number;
  readonly bytesBeforeRemoval: number;
  readonly records: number;
  readonly fromUtc: string;
  readonly toUtc: string;
  readonly stories: readonly { readonly name: string; readonly what: string; readonly expect: Expectation }[];
  readonly organisation: Readonly<Record<string, unknown>>;
  readonly servers: readonly Readonly<Record<string, unknown>>[];
  readonly normal: Readonly<Record<string, unknown>>;
  readonly users: readonly Readonly<Record<string, unknown>>[];
  /** Files of the web folders; they hold no records and are not counted in the size. */
  readonly pages: readonly { readonly path: string; readonly bytes: number; readonly intruder: string | null }[];
  readonly intruders: readonly (Omit<IntruderTruth, 'server'> & { readonly server: string })[];
  readonly rows: readonly RowTruth[];
  readonly removed: readonly Readonly<Record<string, unknown>>[];
  readonly gaps: readonly Readonly<Record<string, unknown>>[];
  readonly lostFiles: readonly string[];
  readonly notCollected: readonly string[];
  readonly files: readonly Readonly<Record<string, unknown>>[];
}

/** What a right judgement says of a story when nothing else was taken away. */
export interface Expectation {
  readonly answer: 'confirmed' | 'suspected' | 'attempted' | 'no_evidence' | 'cannot_tell';
  /** The highest stage that the rows prove; null: none. */
  readonly stage: Stage | null;
  /** Those who came beyond an attempt; visitors and askers are not counted. */
  readonly intruders: number;
  readonly why: string;
}
