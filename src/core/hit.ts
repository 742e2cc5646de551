/** What detection hands to judging: rows that a rule matched, said with everything that is needed to check them by hand. */
import type { Meaning } from './record.ts';

/** One matched row, decoded once, with its place and its bytes. */
export interface HitRow {
  /** Path of the artifact, relative to what was handed in, with `/`. */
  readonly artifact: string;
  readonly offsetBytes: number;
  /** Line in the artifact, from 1; null where the source has no lines. */
  readonly line: number | null;
  readonly recordId: string | null;
  /** UTC milliseconds; null when unknown. */
  readonly timeMs: number | null;
  readonly logSource: string;
  /** The row's non-empty fields by the source's own names; each value cut at 8 KiB. */
  readonly fields: Readonly<Record<string, string>>;
  /** The same by meaning. */
  readonly values: Readonly<Partial<Record<Meaning, string>>>;
  /** The raw line, at most 64 KiB of it. */
  readonly rawBase64: string;
  /** What it says, for people, where its bytes are no text. */
  readonly readable?: string;
  /** SHA-256 of the whole raw line. */
  readonly sha256: string;
  /** Rules that match this row, ascending. */
  readonly rules: readonly string[];
}

/**
 * All rows of one artifact that matched the same rules with the same key (client address, method, path, status, user): an exact
 * count, and the first rows of them.
 */
export interface Hit {
  readonly artifact: string;
  readonly rules: readonly string[];
  readonly key: string;
  readonly count: number;
  /** UTC milliseconds; null when no row has a time. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** Bytes that its rows say were answered, and how many rows say so. */
  readonly answered: { readonly bytes: number; readonly rows: number };
  /** UTC days since 1970 with rows, ascending, and how many; at most 400 of them. */
  readonly days: readonly (readonly [day: number, rows: number])[];
  /** The first rows in order of offset (at most 20), and the last one. */
  readonly rows: readonly HitRow[];
}
