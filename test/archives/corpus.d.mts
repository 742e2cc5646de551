export type PathWanted = string | RegExp;

export interface ArchiveExpectation {
  /** Path below the archive, and its records. */
  readonly read: readonly (readonly [PathWanted, number])[];
  readonly readCount?: number;
  readonly readAtLeast?: number;
  readonly readAtMost?: number;
  /** Something is read, or this is said. */
  readonly readOr?: string;
  readonly mayRead?: readonly (readonly [PathWanted, number | null])[];
  readonly notRead?: readonly (readonly [string, RegExp])[];
  readonly problems?: readonly (readonly [string, string, { readonly count?: number; readonly found?: string }?])[];
  readonly mayProblems?: readonly string[];
  readonly container?: string | null;
}

export interface ArchiveCase {
  readonly id: string;
  readonly what: string;
  /** What the archive is called. */
  readonly file: string;
  readonly passwords?: readonly string[];
  /** A program without which it cannot be made. */
  readonly needs?: '7z';
  /** Run in a process of its own, with little memory. */
  readonly child?: boolean;
  readonly expect: ArchiveExpectation;
  bytes?(): Uint8Array | Promise<Uint8Array>;
  source?(): {
    readonly byteLength: number;
    readonly seekable: boolean;
    read(at: number, into: Uint8Array): number;
    close(): void;
  };
}

export const archiveCases: readonly ArchiveCase[];
/** The program of that name, or null. */
export const sevenZip: string | null;
