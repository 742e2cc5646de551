/** What a rule of others, that no pack has mapped to what it proves, found in one artifact. */
import type { HitRow } from './hit.ts';

export interface OtherHit {
  readonly rule: string;
  readonly artifact: string;
  readonly count: number;
  /** UTC milliseconds; null when no row has a time. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** The first rows in order of offset, and the last one. */
  readonly rows: readonly HitRow[];
  /** Rows that may belong to an intrusion: the first ones that a pack's rule matches as well … */
  readonly tied: readonly HitRow[];
  /** … and of the others, where they are events, the first ones that look like none before them. */
  readonly unlike: readonly HitRow[];
}
