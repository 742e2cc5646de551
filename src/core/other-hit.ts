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
}
