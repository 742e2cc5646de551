/**
 * The machine under us, as the pipeline sees it. The pipeline imports nothing from `node:`; whoever starts it hands this in, so
 * that a single executable or a browser page can hand in another one.
 */
import type { Problem, ProblemCode } from './problem.ts';
import type { Source } from './record.ts';

export interface OpenSource extends Source {
  /** The same while nobody writes to the file, as far as the machine tells; left out: nobody can say. */
  readonly stamp?: string;
  close(): void;
  /** What came to light while it was read (a wrong checksum, more bytes than announced); asked before it is closed. */
  problems?(): readonly Problem[];
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
  /** What it is called among the problems of the evidence, where it has a name of its own. */
  readonly problem: ProblemCode;
  /** Packed bytes before the piece in which unpacking failed: from there on a second try goes in small steps. */
  readonly carefulFrom: number | undefined;
  constructor(
    code: string,
    message: string,
    options?: ErrorOptions & { readonly problem?: ProblemCode; readonly carefulFrom?: number },
  ) {
    super(message, options);
    this.code = code;
    this.problem = options?.problem ?? 'evidence.unreadable';
    this.carefulFrom = options?.carefulFrom;
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
  /** Where others than us can open it; null: it is nowhere on the machine (pasted, in memory). */
  onDisk(path: string): string | null;
  join(folder: string, name: string): string;
  baseName(path: string): string;
}

/** Content hash made while reading. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  hex(): string;
  /** The hash of what came so far, as if it were all; what comes later is not held up. */
  soFar(): string;
}

/** Bytes that come in order and only once: what is unpacked on the way. Every call may throw {@link FileError}. */
export interface ForwardStream {
  /** Fills the beginning of `into`, with as many bytes as are at hand; 0: the end. */
  read(into: Uint8Array): number;
  close(): void;
}

/** Unpacking and decrypting, synchronous and in bounded memory. */
export interface Codecs {
  /**
   * `deflate`: RFC 1951 alone, as zip has it; `gzip`: RFC 1952, one member after another. A damaged stream throws `EDATA`. What came
   * out of the piece in which it broke is lost, unless that piece is handed over byte by byte: everything from `carefulFrom` on is.
   */
  inflate(packing: 'deflate' | 'gzip', packed: ForwardStream, carefulFrom?: number): ForwardStream;
  /** CRC-32 of ISO 3309, continued from `before` (0 at the start). */
  crc32(bytes: Uint8Array, before: number): number;
  /** PBKDF2 with HMAC-SHA-1 (RFC 8018): `bytes` of key. */
  deriveKey(password: string, salt: Uint8Array, rounds: number, bytes: number): Uint8Array;
  /** Encrypts whole blocks of 16 bytes each for itself (AES-ECB without padding): the stuff of counter modes. */
  aesBlocks(key: Uint8Array): (blocks: Uint8Array) => Uint8Array;
  /** HMAC-SHA-1; `bytes()` ends it. */
  hmacSha1(key: Uint8Array): { update(bytes: Uint8Array): void; bytes(): Uint8Array };
}

/** A file of our own for what must be read out of order and is too large for memory; gone when it is removed. */
export interface Scratch {
  readonly path: string;
  write(bytes: Uint8Array): void;
  open(): OpenSource;
  remove(): void;
}

/** One entry of an archive that a library reads, in the archive's order. */
export interface ListedEntry {
  /** As it stands in the archive, never checked. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly bytes: number;
  readonly encrypted: boolean;
}

export interface ArchiveListing {
  /** As the library names it: `7z`, `Rar5`, `zip` … */
  readonly format: string;
  readonly entries: readonly ListedEntry[];
  /** More entries than `mostEntries`: the rest was not listed. */
  readonly truncated: boolean;
  /** What the library says is wrong with the archive; what it could list can be read, as far as it goes. */
  readonly damaged?: string;
}

/**
 * Opens the containers that only a library knows (7z, and zip with rare methods). It works outside of this thread and in bounded
 * memory. Throws {@link FileError}: `EENCRYPTED` (with the problem `archive.encrypted`) when no password opens it, `EDATA` when it
 * is damaged, `ELIMIT` when it asks for more memory or time than it may have.
 */
export interface Unarchiver {
  list(file: string, password: string | null, mostEntries: number): Promise<ArchiveListing>;
  /**
   * The bytes of all files of the listing, one after another, in its order; each exactly as long as listed, or it throws. Entries may be
   * left out of the listing: those of them that cannot be read then stop nothing.
   */
  extract(file: string, password: string | null, listing: ArchiveListing): ForwardStream;
}

/** Text files that belong to the program: packs, knowledge, schema. The one door through which they come. */
export interface Assets {
  /** Paths with `/`, relative to the program, below `folder`. */
  list(folder: string): readonly string[];
  text(path: string): string;
  /** A file that the build of this very program made; null: it is not there. */
  built(name: string): string | null;
}

export type DigestName = 'md5' | 'sha1';

export interface Platform {
  readonly files: Files;
  readonly assets: Assets;
  hasher(): Hasher;
  /** Hashes that others list files by, never ours; null: this machine does not make them. */
  digest?(name: DigestName): Hasher | null;
  /** Memory for block buffers that workers can see. */
  buffer(bytes: number): Uint8Array;
  readonly codecs: Codecs;
  /** Lets the machine do what waits, such as giving back what closed streams took. */
  pause(): Promise<void>;
  /** null: this machine keeps no files. */
  scratch(): Scratch | null;
  /** null: none here. */
  readonly unarchiver: Unarchiver | null;
}
