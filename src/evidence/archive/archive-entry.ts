/** One entry of any archive, as far as it can be read. */
import type { OpenSource } from '../../core/platform.ts';
import type { Problem } from '../../core/problem.ts';

export interface ArchiveEntry {
  /** As it stands in the archive: not yet a path. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly bytes: number;
  /** null: it cannot be read; `whyNot` says why, in the words of the list of what was not read. */
  readonly open: (() => OpenSource) | null;
  readonly whyNot: string | null;
  /** Packed in a way that only the library knows. */
  readonly needsLibrary?: true;
  /** Bytes of the archive that are unpacked on the way to its first one; left out: none. */
  readonly unpackedBefore?: number;
  readonly problems: readonly Problem[];
}
