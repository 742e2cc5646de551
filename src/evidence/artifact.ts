import type { Collection, FileTimes, Role } from '../core/collection.ts';
import type { Mended } from '../core/mended.ts';
import type { OpenSource } from '../core/platform.ts';
import type { Problem } from '../core/problem.ts';
import type { Seam } from '../core/record.ts';

/** A stretch of an artifact that one reader reads. An ordinary log is one part. */
export interface Part {
  readonly kind: string;
  readonly at: number;
  readonly end: number;
  /** Lines before it in the artifact. */
  readonly firstLine: number;
  /** Lines without their header among other text: they speak for nothing but themselves. */
  readonly excerpt: boolean;
  /** True: it is not read as it stands; {@link Artifact.mend} gives what is. */
  readonly mended?: true;
}

/** One file of the evidence, recognised or not. */
export interface Artifact {
  /** Relative to what was handed in, with `/`; unique. */
  readonly path: string;
  readonly canonicalPath: string | null;
  /** The folder of one server in one collection. */
  readonly root: string;
  /** Who brought it, from which server and when; null: nobody says. */
  readonly collection: Collection | null;
  /** When it was written on its server; null: no record says so. */
  readonly times: FileTimes | null;
  /** What it is: evidence, an archive that holds some, a collector's own record, or something that is never evidence. */
  readonly role: Role;
  /** Path of the archive that it lies in; null: it lies in a folder. */
  readonly within: string | null;
  /** Where it stands among what is read: entries of an archive that can only be read forward come in its order. */
  readonly order: number;
  /** Bytes that are unpacked on the way to its first one, each time it is opened out of order. */
  readonly unpackedBefore: number;
  /** SHA-256 over the first `headHashBytes` (or all, when it is shorter): files that may be copies of each other agree in it. */
  readonly headHash: string | null;
  readonly bytes: number;
  /** The same while nobody writes to the file that it is or lies in, as far as the machine tells; null: nobody can say. */
  readonly stamp?: string | null;
  /** True: nothing can open it (encrypted, packed in a way that is not read); `open` throws. */
  readonly sealed: boolean;
  /** Kind of its (first) part; null: nothing reads it. */
  readonly kind: string | null;
  readonly parts: readonly Part[];
  readonly encoding: Seam['encoding'];
  readonly lineEnd: Seam['lineEnd'];
  /** Why it is not read, when it is not. */
  readonly notRead: string | null;
  readonly problems: readonly Problem[];
  open(): OpenSource;
  /** Of each part, in their order: the text that is read in its place, made anew; null: the part is read as it stands. */
  mend?(source: OpenSource): readonly (Mended | null)[];
}
