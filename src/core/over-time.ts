/** One server on several days, as its collections, backups and shadow copies show it: part of the assessment. */
import type { WayBackKind } from './assessment.ts';

/** What one server was like on one day: a collection, a backup, a shadow copy. */
export interface ServerDay {
  /** Folder or archive that holds it, relative to what was handed in. */
  readonly root: string;
  /** Shadow copy that it was taken from; null: the disk as it was. */
  readonly snapshot: string | null;
  readonly asOfUtc: string;
  /** Who says so: the collector; the name of the shadow copy's folder or of the folder; the last row of its logs. */
  readonly by: 'collector' | 'name' | 'logs';
  readonly files: number;
  /** `hostile`: something of theirs stands in it; `clean`: it is of before all that is known of them, and their places were looked at. */
  readonly standing: 'clean' | 'hostile' | 'unknown';
}

/** Something that is not on every day, or that is theirs: between which days it came, and went. */
export interface ThingOverTime {
  readonly kind: WayBackKind;
  readonly what: string;
  /** The last day before on which it was not there; null: no such day is here. */
  readonly notYetUtc: string | null;
  /** First and last day on which it is there. */
  readonly firstUtc: string;
  readonly lastUtc: string;
  /** The first day behind on which it is not there any more. */
  readonly goneUtc: string | null;
  /** Its own time says so, where it has one; whoever writes files can set it. */
  readonly madeUtc: string | null;
  /** It is in findings; empty: it only came or went. */
  readonly findings: readonly string[];
  readonly says: string;
}

export interface ServerOverTime {
  readonly host: string | null;
  /** By time; two or more. */
  readonly days: readonly ServerDay[];
  /** Theirs first, then by the day on which they came. */
  readonly things: readonly ThingOverTime[];
  /** Beyond those that are listed. */
  readonly left: number;
  /** The last day on which nothing of theirs was there; null: no such day is here. */
  readonly lastClean: { readonly root: string; readonly asOfUtc: string } | null;
  readonly says: string;
}
