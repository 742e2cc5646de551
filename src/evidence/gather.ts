import { place } from '../core/canonical-path.ts';
import { FileError, type OpenSource, type Platform } from '../core/platform.ts';
import { Problems } from '../core/problem.ts';
import { byCodeUnit } from '../core/text.ts';
import { runsAsPage } from '../read/index.ts';
import {
  type ArchiveEntry,
  type ArchiveLimits,
  archiveLimits,
  ArchiveShelf,
  bytesSource,
  containerOf,
  type ContainerKind,
  entryPath,
  openArchive,
  type OpenedArchive,
  Paths,
  readFully,
} from './archive/index.ts';
import type { Artifact } from './artifact.ts';
import { allSideBytes, collectionsOf, mayBeRecord, sideFileBytes } from './collection/index.ts';
import { firstLook } from './first-look.ts';
import { collectors, container, foreignTable, type Item, opened, recognise, sealed } from './recognise.ts';
import { codeOf, type Found, type PlaceProblem, walk } from './walk.ts';

export interface GatherLimits {
  readonly depth: number;
  readonly files: number;
  /** A text that no reader is sure of is cut into parts only up to this size. */
  readonly pastedBytes: number;
  readonly archives: ArchiveLimits;
}

/** Each file takes some three kilobytes until the report is written: a million of them are what Node's usual heap has room for. */
export const gatherLimits: GatherLimits = { depth: 256, files: 1_000_000, pastedBytes: 16 << 20, archives: archiveLimits };

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
  /** Of many files the most telling ones, before the others are opened; true: enough was seen. They come again with everything else. */
  readonly first?: (artifacts: readonly Artifact[]) => Promise<boolean>;
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
  if (options.first !== undefined) await firstLook(found, platform, limits.pastedBytes, options.first, options.signal);
  const handOver = new HandOver(platform, limits, options.passwords ?? [], options.signal);
  try {
    for (const { path, label } of found)
      await handOver.take(
        { label, open: () => files.open(path), within: null, unpackedBefore: 0, problems: [] },
        files.onDisk(path),
        0,
      );
  } catch (error) {
    handOver.shelf.close();
    throw error;
  }
  const artifacts = belonging(handOver.artifacts, handOver.records, problems);
  artifacts.sort((a, b) => byCodeUnit(a.path, b.path));
  problems.sort((a, b) => byCodeUnit(a.path, b.path) || byCodeUnit(a.code, b.code));
  return { artifacts, problems, close: () => handOver.shelf.close() };
}

/** Says of each file who brought it and from where; what collectors say they left out are problems of the hand-over. */
function belonging(found: readonly Artifact[], records: ReadonlyMap<string, Uint8Array>, problems: PlaceProblem[]): Artifact[] {
  const byPath = new Map(found.map((artifact) => [artifact.path, artifact]));
  const collections = collectionsOf(
    found.map(({ path, bytes }) => ({ path, bytes })),
    (path, most) => {
      const artifact = byPath.get(path);
      if (artifact === undefined || artifact.sealed) return null;
      return records.get(path)?.subarray(0, most) ?? beginning(artifact, most);
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
  readonly stamp: string | null;
}

/** Read by nothing here, and by every system's own programs. */
const unpackFirst: ReadonlySet<ContainerKind> = new Set(['xz', 'bzip2', 'zstd']);

/** Files between two turns of the machine: what unpacked them is given back then, and a request to stop is heard. */
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
  #nameChars = 0;
  /** Path → the beginning of what may be a collector's record, where getting there again is dear. */
  readonly records = new Map<string, Uint8Array>();
  #recordBytes = 0;

  constructor(platform: Platform, limits: GatherLimits, passwords: readonly string[], signal: AbortSignal | undefined) {
    this.#platform = platform;
    this.#limits = limits;
    this.#signal = signal;
    this.shelf = new ArchiveShelf(platform, limits.archives, passwords);
  }

  /** @param file path on the machine; null: it lies in an archive */
  async take(found: Omit<Item, 'order'>, file: string | null, depth: number): Promise<void> {
    this.#signal?.throwIfAborted();
    if (this.artifacts.length % pauseEvery === 0) await this.#platform.pause();
    const order = this.artifacts.length;
    const item: Item = { ...found, order };
    const seen = opened(item, (source, head): Artifact | Packed => {
      const stamp = (found.within === null ? source.stamp : found.stamp) ?? null;
      const stands = place(item.label).canonicalPath;
      const packed = stands !== null && runsAsPage(stands) ? null : containerOf(head, item.label);
      if (packed !== null && source.byteLength > 0) return { ...packed, bytes: source.byteLength, file, depth, stamp };
      return this.#recognised({ ...item, stamp }, this.#kept(item, source) ?? source, head);
    });
    if ('path' in seen) this.artifacts.push(seen);
    else await this.#unpack({ ...item, stamp: seen.stamp }, seen);
  }

  /**
   * What a collector wrote is asked for when everything was seen. Behind a gigabyte of an archive that is unpacked as one stream it
   * would be unpacked to once more for each: it is kept.
   */
  #kept({ label, unpackedBefore }: Item, source: OpenSource): OpenSource | null {
    if (unpackedBefore === 0 || !mayBeRecord(label)) return null;
    const most = Math.min(source.byteLength, sideFileBytes, allSideBytes - this.#recordBytes);
    const record = readFully(source, 0, new Uint8Array(most));
    this.#recordBytes += record.length;
    this.records.set(label, record);
    return record.length === source.byteLength ? bytesSource(record) : null;
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
        error.problem === 'archive.encrypted'
          ? 'it is encrypted, and no password opens it'
          : unpackFirst.has(kind)
            ? `packed with ${kind}, which is not read here: unpack it, and hand in what comes out`
            : 'it could not be unpacked';
      this.artifacts.push({ ...container(item, bytes, kind, problems.list()), notRead: why });
      return;
    }
    // Its place in the order is before its entries; what is wrong with it is known when they have been seen.
    const place = this.artifacts.length;
    this.artifacts.push(container({ ...item, open: archive.open }, bytes, kind, []));
    let entries = 0;
    const notRead = archive.whyNot ?? null;
    try {
      for (const entry of archive.entries) {
        if (++entries > archives.entries) {
          problems.add('archive.limit', 0, { expected: `at most ${archives.entries} entries` });
          break;
        }
        if (!(await this.#entry(entry, item, depth, problems))) break;
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      problems.add(error.problem, 0, { found: codeOf(error) });
    }
    this.artifacts[place] = { ...container({ ...item, open: archive.open }, bytes, kind, problems.list()), notRead };
  }

  /** False: a limit was reached, and the rest of the archive is not looked at. */
  async #entry(entry: ArchiveEntry, of: Item, depth: number, problems: Problems): Promise<boolean> {
    const archive = of.label;
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
    this.#nameChars += archive.length + named.path.length;
    if (this.#nameChars > this.#limits.archives.nameChars) {
      problems.add('archive.limit', 0, { expected: `at most ${this.#limits.archives.nameChars} characters of names in all` });
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
      const order = this.artifacts.length;
      const item: Item = { label, order, within: archive, unpackedBefore: 0, open: closed, problems: entry.problems };
      this.artifacts.push(sealed(item, entry.bytes, entry.whyNot ?? 'it could not be opened'));
      return true;
    }
    this.#unpackedBytes += entry.bytes;
    if (this.#unpackedBytes > this.#limits.archives.unpackedBytes) {
      problems.add('archive.limit', 0, { expected: `at most ${this.#limits.archives.unpackedBytes} bytes unpacked in all` });
      return false;
    }
    const { open, unpackedBefore = 0, problems: own } = entry;
    await this.take({ label, open, within: archive, unpackedBefore, problems: own, stamp: of.stamp ?? null }, null, depth + 1);
    return true;
  }
}

function closed(): never {
  throw new FileError('EACCES', 'the entry cannot be read');
}
