import type { OpenSource } from '../core/platform.ts';
import type { Problem } from '../core/problem.ts';
import type { Seam } from '../core/record.ts';

/** A stretch of an artifact that one reader reads. An ordinary log is one part. */
export interface Part {
  readonly kind: string;
  readonly at: number;
  readonly end: number;
  /** Lines before it in the artifact. */
  readonly firstLine: number;
  /** Lines without their header among other text: they speak for nothing but themselves. */
  readonly excerpt: boolean;
}

/** One file of the evidence, recognised or not. */
export interface Artifact {
  /** Relative to what was handed in, with `/`; unique. */
  readonly path: string;
  readonly canonicalPath: string | null;
  /** The folder of one server in one collection. */
  readonly root: string;
  readonly bytes: number;
  /** Kind of its (first) part; null: nothing reads it. */
  readonly kind: string | null;
  readonly parts: readonly Part[];
  readonly encoding: Seam['encoding'];
  readonly lineEnd: Seam['lineEnd'];
  /** Why it is not read, when it is not. */
  readonly notRead: string | null;
  readonly problems: readonly Problem[];
  open(): OpenSource;
}
