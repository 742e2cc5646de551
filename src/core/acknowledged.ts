/** Findings that the owner knows to be good: who says so, why and until when. Matched by what stands in a row, never by where it stands. */
import { sha256Hex } from './hash.ts';

export interface Acknowledgement {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  readonly host: string | null;
  /** {@link contentOf} of every row of the finding. */
  readonly contents: readonly string[];
  readonly reason: string;
  readonly by: string;
  /** First moment at which it holds no more. */
  readonly untilUtc: string;
  readonly saidUtc: string;
  /** Taken back by whoever said it; null: it holds. */
  readonly withdrawnUtc: string | null;
}

/** How `Finding.declared` begins where somebody marked it as known to be good. */
export const acknowledgedName = 'known to be good, says ';

export const isAcknowledged = (declared: string | null): boolean => declared?.startsWith(acknowledgedName) ?? false;

/** What of a row is held against the acknowledgement. */
export interface ContentRow {
  readonly rawBase64: string;
  readonly sha256: string;
}

/** The file that the row stands in. */
export interface ContentFile {
  readonly kind: string | null;
  readonly path: string;
  readonly canonicalPath: string | null;
  readonly sha256: string | null;
}

/**
 * A row of a log or of a list is its own bytes. A page is the whole file at its place: whoever adds a line to it makes another one, and so
 * does whoever puts the same text elsewhere.
 */
export function contentOf(row: ContentRow, file: ContentFile | undefined): string {
  const isFile = row.rawBase64 === '' || file?.kind === 'web-page';
  if (!isFile) return row.sha256;
  const place = (file?.canonicalPath ?? file?.path ?? '').replaceAll('/', '\\').toLowerCase();
  return sha256Hex(`${place}\n${file?.sha256 ?? row.sha256}`);
}

/** Two findings with one key are one, on whatever day and in whatever folder they were handed in. */
export const acknowledgementId = (rule: string, host: string | null, contents: readonly string[]): string =>
  sha256Hex([rule, host ?? '', ...contents.toSorted()].join('\n')).slice(0, 16);
