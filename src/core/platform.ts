/**
 * The machine under us, as the pipeline sees it. The pipeline imports nothing from `node:`; whoever starts it hands this in, so
 * that a single executable or a browser page can hand in another one.
 */
import type { Source } from './record.ts';

export interface OpenSource extends Source {
  close(): void;
}

export type EntryKind = 'file' | 'directory' | 'link' | 'other';

export interface FileFacts {
  readonly kind: EntryKind;
  readonly bytes: number;
  /** Equal for two names of one file or folder on one machine. */
  readonly identity: string;
}

/** Why the machine refused; `code` as the system names it (ENOENT, EACCES …). */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Read-only access to what the user handed in. Every call may throw {@link FileError}. */
export interface Files {
  /** Follows links only when asked to. */
  facts(path: string, follow: boolean): FileFacts;
  /** Names in a folder, in any order. */
  list(path: string): readonly { readonly name: string; readonly kind: EntryKind }[];
  open(path: string): OpenSource;
  /** Where a link leads, all links resolved. */
  resolve(path: string): string;
  join(folder: string, name: string): string;
  baseName(path: string): string;
}

/** Content hash made while reading. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  hex(): string;
}

/** Text files that belong to the program: packs, knowledge, schema. The one door through which they come. */
export interface Assets {
  /** Paths with `/`, relative to the program, below `folder`. */
  list(folder: string): readonly string[];
  text(path: string): string;
}

export interface Platform {
  readonly files: Files;
  readonly assets: Assets;
  hasher(): Hasher;
  /** Memory for block buffers that workers can see. */
  buffer(bytes: number): Uint8Array;
}
