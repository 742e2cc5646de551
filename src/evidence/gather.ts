import { place } from '../core/canonical-path.ts';
import { FileError, type OpenSource, type Platform } from '../core/platform.ts';
import { Problems } from '../core/problem.ts';
import { byCodeUnit } from '../core/text.ts';
import {
  type ArchiveEntry,
  type ArchiveLimits,
  archiveLimits,
  ArchiveShelf,
  containerOf,
  type ContainerKind,
  entryPath,
  openArchive,
  type OpenedArchive,
  Paths,
  readFully,
} from './archive/index.ts';
import type { Artifact } from './artifact.ts';
import { collectionsOf } from './collection/index.ts';
import { collectors, container, foreignTable, type Item, opened, recognise, sealed } from './recognise.ts';
import { codeOf, type Found, type PlaceProblem, walk } from './walk.ts';

export interface GatherLimits {
  readonly depth: number;
  readonly files: number;
  /** A text that no reader is sure of is cut into parts only up to this size. */
  readonly pastedBytes: number;
  readonly archives: ArchiveLimits;
}

export const gatherLimits: GatherLimits = { depth: 256, files: 2_000_000, pastedBytes: 16 << 20, archives: archiveLimits };

export interface Gathered {
  /** Sorted by path. */
  readonly artifacts: readonly Artifact[];
  readonly problems: readonly PlaceProblem[];
  /** Gives back what archives took of the machine; after it no entry of an archive can be opened. */
  close(): void;
}

export interface GatherOptions {
  readonly limits?: GatherLimits;
  /** Tried on encrypted archives, after none and `infected`. */
  readonly passwords?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Walks what the user named and recognises every file. Follows no link below it; never throws for bad evidence. */
export async function gather(roots: readonly string[], platform: Platform, options: GatherOptions = {}): Promise<Gathered> {
  const { files } = platform;
  const limits = options.limits ?? gatherLimits;
  const problems: PlaceProblem[] = [];
  const found: Found[] = [];
  const labels = new Set<string>();
  for (const root of roots) {
    const facts = files.facts(root, true);
    let label = files.baseName(root);
    for (let copy = 2; labels.has(label); copy++) label = `${files.baseName(root)}-${copy}`;
    labels.add(label);
    if (facts.kind === 'directory') walk(files, root, roots.length === 1 ? '' : label, limits, found, problems);
    else found.push({ path: root, label });
  }
  found.sort((a, b) => byCodeUnit(a.label, b.label));
  const handOver = new HandOver(platform, limits, options.passwords ?? [], options.signal);
  try {
    for (const { path, label } of found) await handOver.take(label, () => files.open(path), files.onDisk(path), null, 0, []);
  } catch (error) {
    handOver.shelf.close();
    throw error;
  }
  const artifacts = belonging(handOver.artifacts, problems);
  artifacts.sort((a, b) => byCodeUnit(a.path, b.path));
  problems.sort((a, b) => byCodeUnit(a.path, b.path) || byCodeUnit(a.code, b.code));
  return { artifacts, problems, close: () => handOver.shelf.close() };
}

/** Says of each file who brought it and from where; what collectors say they left out are problems of the hand-over. */
function belonging(found: readonly Artifact[], problems: PlaceProblem[]): Artifact[] {
  const byPath = new Map(found.map((artifact) => [artifact.path, artifact]));
  const collections = collectionsOf(
    found.map(({ path, bytes }) => ({ path, bytes })),
    (path, most) => {
      const artifact = byPath.get(path);
      return artifact === undefined || artifact.sealed ? null : beginning(artifact, most);
    },
  );
  problems.push(...collections.problems);
  return found.map((artifact): Artifact => {
    const { collection, role, canonicalPath, times } = collections.of(artifact.path);
    if (collection === null && role === 'evidence') return onNamedServer(artifact);
    const placed = { ...artifact, collection, times, canonicalPath: canonicalPath ?? artifact.canonicalPath };
    if (artifact.role === 'container') return placed;
    if (role === 'collector') return collectors(placed);
    // A reader that is sure of a file goes before the folder that it lies in.
    return role === 'foreign' && artifact.kind === null ? foreignTable(placed) : placed;
  });
}

/** A share or folder that is certainly a server's name, or a shadow copy's, says as much as a collector does. */
function onNamedServer(artifact: Artifact): Artifact {
  const { host, root, snapshot } = place(artifact.path);
  if (host === null && snapshot === null) return artifact;
  const clock = { basis: 'unknown', why: 'nobody says when it was copied' } as const;
  return { ...artifact, collection: { root, collector: 'plain', host, collectedUtc: null, clock, snapshot } };
}

function beginning(artifact: Artifact, most: number): Uint8Array | null {
  try {
    const source = artifact.open();
    try {
      return readFully(source, 0, new Uint8Array(Math.min(most, source.byteLength)));
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof FileError) return null;
    throw error;
  }
}

/** A file that is an archive, or is called one. */
interface Packed {
  readonly kind: ContainerKind;
  readonly marked: boolean;
  readonly bytes: number;
  /** Path on the machine; null: it lies in an archive. */
  readonly file: string | null;
  readonly depth: number;
}

/** Entries of archives between two turns of the machine. */
const pauseEvery = 64;

/** Takes file after file, and what is in it where it is an archive. */
class HandOver {
  readonly artifacts: Artifact[] = [];
  readonly shelf: ArchiveShelf;
  readonly #platform: Platform;
  readonly #limits: GatherLimits;
  readonly #signal: AbortSignal | undefined;
  /** Of the entries of all archives: one within another can have the path of a neighbour. */
  readonly #paths = new Paths();
  #unpackedBytes = 0;

  constructor(platform: Platform, limits: GatherLimits, passwords: readonly string[], signal: AbortSignal | undefined) {
    this.#platform = platform;
    this.#limits = limits;
    this.#signal = signal;
    this.shelf = new ArchiveShelf(platform, limits.archives, passwords);
  }

  /** @param file path on the machine; null: it lies in an archive */
  async take(
    label: string,
    open: Item['open'],
    file: string | null,
    within: string | null,
    depth: number,
    problems: Item['problems'],
  ): Promise<void> {
    this.#signal?.throwIfAborted();
    if (within !== null && this.artifacts.length % pauseEvery === 0) await this.#platform.pause();
    const item: Item = { label, order: this.artifacts.length, within, open, problems };
    const seen = opened(item, (source, head): Artifact | Packed => {
      const found = containerOf(head, label);
      return found === null || source.byteLength === 0
        ? this.#recognised(item, source, head)
        : { ...found, bytes: source.byteLength, file, depth };
    });
    if ('path' in seen) this.artifacts.push(seen);
    else await this.#unpack(item, seen);
  }

  #recognised(item: Item, source: OpenSource, head: Uint8Array): Artifact {
    return recognise(item, source, head, this.#platform.hasher(), this.#limits.pastedBytes);
  }

  async #unpack(item: Item, { kind, marked, bytes, file, depth }: Packed): Promise<void> {
    const { archives } = this.#limits;
    const problems = new Problems();
    problems.addAll(item.problems);
    if (depth >= archives.depth) {
      problems.add('archive.limit', 0, { expected: `at most ${archives.depth} archives in each other` });
      this.artifacts.push({ ...container(item, bytes, kind, problems.list()), notRead: 'an archive too deep in others' });
      return;
    }
    let archive: OpenedArchive;
    const name = item.label.slice(item.label.lastIndexOf('/') + 1);
    try {
      archive = await openArchive(kind, { open: item.open, name, file, marked }, this.shelf, problems);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (error.code === 'ENOTARCHIVE') {
        this.artifacts.push(opened(item, (source, head) => this.#recognised(item, source, head)));
        return;
      }
      problems.add(error.problem, 0, { found: codeOf(error) });
      const why =
        error.problem === 'archive.encrypted' ? 'it is encrypted, and no password opens it' : 'it could not be unpacked';
      this.artifacts.push({ ...container(item, bytes, kind, problems.list()), notRead: why });
      return;
    }
    // Its place in the order is before its entries; what is wrong with it is known when they have been seen.
    const place = this.artifacts.length;
    this.artifacts.push(container({ ...item, open: archive.open }, bytes, kind, []));
    let entries = 0;
    try {
      for (const entry of archive.entries) {
        if (++entries > archives.entries) {
          problems.add('archive.limit', 0, { expected: `at most ${archives.entries} entries` });
          break;
        }
        if (!(await this.#entry(entry, item.label, depth, problems))) break;
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      problems.add(error.problem, 0, { found: codeOf(error) });
    }
    this.artifacts[place] = container({ ...item, open: archive.open }, bytes, kind, problems.list());
  }

  /** False: a limit was reached, and the rest of the archive is not looked at. */
  async #entry(entry: ArchiveEntry, archive: string, depth: number, problems: Problems): Promise<boolean> {
    if (entry.kind === 'folder') return true;
    const named = entryPath(entry.name);
    if (!('path' in named)) {
      problems.add('archive.unsafe_name', 0, { found: `${named.trouble}: ${entry.name.slice(0, 200)}` });
      return true;
    }
    if (entry.kind === 'link') {
      problems.add('archive.link', 0, { found: named.path.slice(0, 200) });
      return true;
    }
    if (entry.kind === 'other') {
      problems.add('evidence.unreadable', 0, { found: `neither a file nor a folder: ${named.path.slice(0, 200)}` });
      return true;
    }
    if (this.artifacts.length >= this.#limits.files) {
      problems.add('evidence.limit', 0, { expected: `at most ${this.#limits.files} files` });
      return false;
    }
    // One bomb has a million of them: they are counted, not listed.
    if (entry.problems.some(({ code }) => code === 'archive.overlap')) {
      problems.addAll(entry.problems);
      return true;
    }
    const { path: label, again } = this.#paths.place(`${archive}/${named.path}`);
    if (again) problems.add('archive.same_name', 0, { found: named.path.slice(0, 200) });
    if (entry.open === null) {
      const item: Item = { label, order: this.artifacts.length, within: archive, open: closed, problems: entry.problems };
      this.artifacts.push(sealed(item, entry.bytes, entry.whyNot ?? 'it could not be opened'));
      return true;
    }
    this.#unpackedBytes += entry.bytes;
    if (this.#unpackedBytes > this.#limits.archives.unpackedBytes) {
      problems.add('archive.limit', 0, { expected: `at most ${this.#limits.archives.unpackedBytes} bytes unpacked in all` });
      return false;
    }
    await this.take(label, entry.open, null, archive, depth + 1, entry.problems);
    return true;
  }
}

function closed(): never {
  throw new FileError('EACCES', 'the entry cannot be read');
}
