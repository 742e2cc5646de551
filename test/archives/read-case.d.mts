import type { ArchiveCase } from './corpus.mjs';

export interface ReadProblem {
  readonly code: string;
  readonly count: number;
  readonly found: string;
}

export interface ReadArtifact {
  readonly path: string;
  readonly canonicalPath: string | null;
  readonly role: string;
  readonly kind: string | null;
  readonly within: string | null;
  readonly notRead: string | null;
  readonly sha256: string | null;
  readonly records: number;
  readonly problems: readonly ReadProblem[];
}

export interface ReadResult {
  readonly artifacts: readonly ReadArtifact[];
  readonly places: readonly { readonly path: string; readonly code: string; readonly found: string }[];
}

/** `gather`, `run`, `inlineExecutor` and `platform`, of the sources or of the compiled program. */
export function readCase(one: ArchiveCase, parts: object): Promise<ReadResult>;
