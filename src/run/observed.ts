/** Everything that reading and detecting found out about the evidence: what judging works on. */
import type { Collection, FileTimes, Role } from '../core/collection.ts';
import type { Hit, HitRow } from '../core/hit.ts';
import type { IndicatorHit } from '../core/indicator-hit.ts';
import type { OtherHit } from '../core/other-hit.ts';
import type { Problem } from '../core/problem.ts';
import type { ProcessStart } from '../core/process-trace.ts';
import type { Books } from '../core/record.ts';
import type { SignatureHit } from '../core/signature.ts';
import type { PlaceProblem } from '../evidence/index.ts';
import type { BookRows } from './book-rows.ts';
import type { Mark } from '../rules/index.ts';

/** Hashes that others list files by. */
export interface Digests {
  readonly md5: string | null;
  readonly sha1: string | null;
}

/** Counts per distinct tuple of one group, over one artifact. */
export interface TupleCount {
  readonly tuple: readonly (string | null)[];
  readonly count: number;
  /** NaN: no time. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Index of the block in which it was first counted. */
  readonly block: number;
}

/** By group name (`a|b|c`). Lists of finished parts are made anew for everybody who asks: who needs one twice keeps it. */
export interface CountedGroups extends Iterable<readonly [string, readonly TupleCount[]]> {
  has(name: string): boolean;
  get(name: string): readonly TupleCount[] | undefined;
}

export interface ObservedArtifact {
  readonly path: string;
  readonly canonicalPath: string | null;
  readonly root: string;
  readonly collection: Collection | null;
  readonly times: FileTimes | null;
  readonly role: Role;
  readonly within: string | null;
  /** Kind of its first part, or of the archive that it is; null: nothing reads it. */
  readonly kind: string | null;
  readonly bytes: number;
  readonly sha256: string | null;
  /** Asked for where indicators hold such hashes; null or left out: not made. */
  readonly digests?: Digests | null;
  /** Path of the artifact that counts instead of this one: it holds the same bytes, or more of them, or the same rows. */
  readonly duplicateOf: string | null;
  readonly notRead: string | null;
  readonly problems: readonly Problem[];
  /** One entry per part: a pasted text can hold several. */
  readonly parts: readonly ObservedPart[];
}

export interface ObservedPart {
  readonly kind: string;
  /** Where it begins in its artifact. */
  readonly at: number;
  readonly logSource: string;
  /** What its rows are: its log source, or those of them that a form of several kinds holds. Sorted. */
  readonly logSources: readonly string[];
  readonly speaksFor: 'span' | 'state' | 'excerpt';
  readonly records: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** UTC hour (since 1970) → rows. */
  readonly hours: ReadonlyMap<number, number>;
  readonly groups: CountedGroups;
  readonly groupOverflow: number;
  /** Rows that found no room where fields are counted by their shape. */
  readonly shapeOverflow: number;
  /** Of logs that book every request under an id. */
  readonly books?: Books | undefined;
  /** Columns that all of its rows have, in the order of the first one. */
  readonly columns?: readonly string[];
}

export interface Observed {
  /** Sorted by path. */
  readonly artifacts: readonly ObservedArtifact[];
  /** Sorted by artifact, then offset of the first row. */
  readonly hits: readonly Hit[];
  /** What rules of others found, sorted by artifact, then rule. What belongs to an intrusion is shown with it; no answer rests on them. */
  readonly otherHits: readonly OtherHit[];
  /** What their correlations are made of; `marksLeft` found no room. */
  readonly marks: readonly Mark[];
  readonly marksLeft: number;
  /** Rows of the minutes in which books of the same requests do not agree. */
  readonly bookRows: BookRows;
  /** What indicators of others met, sorted by indicator, artifact, field. They take no part in any judgement. */
  readonly indicatorHits: readonly IndicatorHit[];
  /** Processes that began, where there are rules of others that speak about them. */
  readonly starts: readonly ProcessStart[];
  readonly placeProblems: readonly PlaceProblem[];
  /** Rows that somebody wanted to see, by `wantedId`; what could not be read again is missing. Null: reading has not ended. */
  readonly looked: ReadonlyMap<string, HitRow> | null;
  /** What signatures of others matched, by artifact, then rule; left out: none were asked. */
  readonly signatureHits?: readonly SignatureHit[];
}
