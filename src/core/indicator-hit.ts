/** Rows of one artifact in which one indicator of others was met, in one field. */
import type { HitRow } from './hit.ts';
import type { WrittenBy } from './record.ts';

export interface IndicatorHit {
  /** Its place in the list of the run's indicators. */
  readonly indicator: number;
  readonly artifact: string;
  /** The source's own name of the field. */
  readonly field: string;
  /** Whose words the field holds. */
  readonly writtenBy: WrittenBy;
  /** How the value met it: `equal`, `range`, `below`, `host`, `tail`, `folder`, `name`, `page`. */
  readonly how: string;
  readonly count: number;
  /** UTC milliseconds; null when no row has a time. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** Rows whose time lies outside of what its list says it is valid for. */
  readonly outside: number;
  /** The first rows in order of offset, and the last one. */
  readonly rows: readonly HitRow[];
}

/** From when to when an indicator is valid; NaN: nothing is said. */
export interface Validity {
  readonly fromMs: Float64Array;
  readonly untilMs: Float64Array;
}
