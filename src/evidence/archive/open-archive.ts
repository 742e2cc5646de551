/**
 * Opens a container and gives its entries one after another. Zip and tar are read here, whatever else by the platform's library.
 * What must be read out of order and lies in something that can only be read forward is first kept beside, within a limit.
 */
import { type ArchiveListing, FileError, type ForwardStream, type OpenSource, type Platform } from '../../core/platform.ts';
import type { Problems } from '../../core/problem.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import type { ContainerKind } from './container.ts';
import { type ArchiveLimits, usualPasswords } from './limits.ts';
import { countBytes, openDirectory, overlapping, ZipReader } from './zip.ts';
import { ForwardSource, guarded, type Opener, readFully, shared, slice, type Start, streamOf } from './sources.ts';
import { isTarHeader, tarEntries } from './tar.ts';

/** Where an archive lies. */
export interface ArchivePlace {
  readonly open: Opener;
  /** Its last name, for the one entry of a gzip file. */
  readonly name: string;
  /** Path on the machine, for the library; null: it lies in another archive. */
  readonly file: string | null;
  /** False: only its name says that it is an archive. */
  readonly marked: boolean;
}

export interface OpenedArchive {
  readonly entries: Iterable<ArchiveEntry>;
  /** Reads the same bytes as the place it was opened from, but cheaper, where it had to be kept beside. */
  readonly open: Opener;
}

/** What archives take of the machine while a hand-over is read. */
export class ArchiveShelf {
  readonly platform: Platform;
  readonly limits: ArchiveLimits;
  readonly passwords: readonly string[];
  readonly #removals: (() => void)[] = [];
  readonly #streams: ForwardSource[] = [];
  /** Used by one copy after another. */
  readonly #buffer = new Uint8Array(1 << 20);
  #scratchBytes = 0;

  constructor(platform: Platform, limits: ArchiveLimits, passwords: readonly string[]) {
    this.platform = platform;
    this.limits = limits;
    this.passwords = [...new Set([...usualPasswords, ...passwords])];
  }

  /** Few streams stay open at a time: the others begin again when they are asked. */
  use(stream: ForwardSource): void {
    const at = this.#streams.indexOf(stream);
    if (at !== -1) this.#streams.splice(at, 1);
    this.#streams.push(stream);
    if (this.#streams.length > 4) this.#streams.shift()!.close();
  }

  /** Keeps bytes beside where they can be read in any order. @throws FileError when there is no room */
  keep(source: OpenSource): { readonly open: Opener; readonly file: string } {
    if (this.#scratchBytes + source.byteLength > this.limits.scratchBytes)
      throw new FileError('ELIMIT', 'too much to be kept beside', { problem: 'archive.limit' });
    const scratch = this.platform.scratch();
    if (scratch === null) throw new FileError('ELIMIT', 'nothing can be kept beside here', { problem: 'archive.limit' });
    this.#removals.push(() => scratch.remove());
    this.#scratchBytes += source.byteLength;
    const buffer = this.#buffer;
    for (let at = 0; at < source.byteLength;) {
      const got = source.read(at, buffer.subarray(0, Math.min(buffer.length, source.byteLength - at)));
      if (got <= 0) break;
      scratch.write(buffer.subarray(0, got));
      at += got;
    }
    return { open: () => scratch.open(), file: scratch.path };
  }

  close(): void {
    for (const stream of this.#streams) stream.close();
    this.#streams.length = 0;
    for (const remove of this.#removals) remove();
    this.#removals.length = 0;
  }
}

/** @throws FileError when nothing of the archive can be read; its `problem` says why */
export async function openArchive(
  kind: ContainerKind,
  place: ArchivePlace,
  shelf: ArchiveShelf,
  problems: Problems,
): Promise<OpenedArchive> {
  if (kind === 'gzip') return openGzip(place, shelf, problems);
  if (kind === 'tar')
    return { entries: closing(place.open, (source) => entriesOfTar(source, place.open, problems)), open: place.open };
  return kind === 'zip'
    ? openZip(beside(place, shelf, false), shelf, problems)
    : openByLibrary(beside(place, shelf, true), shelf, problems);
}

/** Runs through what a source gives and closes it at the end. */
function* closing<T>(open: Opener, through: (source: OpenSource) => Iterable<T>): Generator<T> {
  const source = open();
  try {
    yield* through(source);
  } finally {
    source.close();
  }
}

/** The archive where it can be read in any order: where it lies, or kept beside. The library wants a file. */
function beside(place: ArchivePlace, shelf: ArchiveShelf, asFile: boolean): ArchivePlace {
  const source = place.open();
  try {
    return source.seekable && (place.file !== null || !asFile) ? place : { ...place, ...shelf.keep(source) };
  } finally {
    source.close();
  }
}

async function openZip(place: ArchivePlace, shelf: ArchiveShelf, problems: Problems): Promise<OpenedArchive> {
  const archive = place.open();
  try {
    const directory = openDirectory(archive, shelf.limits.entries, problems);
    // Only its name said so: it is whatever else it is.
    if (directory.entries.length === 0 && directory.endsAt === null && !place.marked)
      throw new FileError('ENOTARCHIVE', 'there is no zip in it', { problem: 'archive.damaged' });
    if (directory.truncated) problems.add('archive.limit', 0, { expected: `at most ${shelf.limits.entries} entries` });
    if (directory.entries.some(({ name }) => name === '[Content_Types].xml')) return { entries: [], open: place.open };
    const overlaps = overlapping(directory);
    const reader = new ZipReader(place.open, shelf.platform.codecs, shelf.limits, shelf.passwords);
    const rare = directory.entries.some(
      ({ kind, method, encryption }) => kind === 'file' && method !== 0 && method !== 8 && encryption !== 'other',
    );
    const byLibrary = rare
      ? await rareEntries(
          place,
          directory.entries.map(({ name }) => name),
          shelf,
        )
      : null;
    return {
      open: place.open,
      entries: closing(place.open, function* (source) {
        for (const [index, entry] of directory.entries.entries()) {
          const read = reader.entry(source, entry, overlaps.has(entry));
          const found = read.needsLibrary === true ? byLibrary?.[index] : undefined;
          yield found ?? read;
        }
      }),
    };
  } finally {
    archive.close();
  }
}

/** The same zip as the library sees it, when it sees the same; the entries by their place in the directory. */
async function rareEntries(
  place: ArchivePlace,
  names: readonly string[],
  shelf: ArchiveShelf,
): Promise<readonly (ArchiveEntry | undefined)[] | null> {
  try {
    const filed = beside(place, shelf, true);
    const { listing, password } = await listByLibrary(filed, shelf);
    const plain = (name: string): string => name.replaceAll('\\', '/').replace(/\/+$/, '');
    const same =
      listing.entries.length === names.length && names.every((name, i) => plain(name) === plain(listing.entries[i]!.name));
    return same ? entriesOfListing(filed, listing, password, shelf) : null;
  } catch (error) {
    if (error instanceof FileError) return null;
    throw error;
  }
}

async function openByLibrary(place: ArchivePlace, shelf: ArchiveShelf, problems: Problems): Promise<OpenedArchive> {
  const { listing, password } = await listByLibrary(place, shelf);
  if (listing.truncated) problems.add('archive.limit', 0, { expected: `at most ${shelf.limits.entries} entries` });
  if (listing.damaged !== undefined) problems.add('archive.damaged', 0, { found: listing.damaged });
  return { entries: entriesOfListing(place, listing, password, shelf), open: place.open };
}

async function listByLibrary(
  place: ArchivePlace,
  shelf: ArchiveShelf,
): Promise<{ readonly listing: ArchiveListing; readonly password: string | null }> {
  const { unarchiver } = shelf.platform;
  if (unarchiver === null || place.file === null)
    throw new FileError('ENOTSUP', 'no library for this archive here', { problem: 'archive.method' });
  let failure: FileError | null = null;
  /** Its names are in clear, and so may be some of its files. */
  let inClear: ArchiveListing | null = null;
  for (const password of [null, ...shelf.passwords]) {
    try {
      const listing = await unarchiver.list(place.file, password, shelf.limits.entries);
      refuseBomb(place, listing, shelf);
      // The list alone may be in clear: then an encrypted entry tells whether the password is the right one.
      if (listing.entries.some(({ encrypted }) => encrypted)) {
        if (password === null) {
          inClear = listing;
          failure = new FileError('EENCRYPTED', 'it is encrypted', { problem: 'archive.encrypted' });
          continue;
        }
        tryPassword(unarchiver.extract(place.file, password, { ...listing, entries: proof(listing) }));
      }
      return { listing, password };
    } catch (error) {
      if (!(error instanceof FileError) || error.code !== 'EENCRYPTED') throw error;
      failure = error;
    }
  }
  if (inClear !== null) return { listing: inClear, password: null };
  throw failure!;
}

const lockedWords = 'it is encrypted, and none of the passwords opens it';

/** The first encrypted file that holds something. */
const proof = ({ entries }: ArchiveListing): ArchiveListing['entries'] =>
  entries.filter(({ kind, encrypted, bytes }) => kind === 'file' && encrypted && bytes > 0).slice(0, 1);

/**
 * To its end: what a wrong password makes of stored bytes is noise, and only the checksum says so.
 * @throws FileError EENCRYPTED when it does not fit; whatever else is wrong is said where the file is read
 */
function tryPassword(stream: ForwardStream): void {
  const buffer = new Uint8Array(1 << 20);
  try {
    while (stream.read(buffer) > 0);
  } catch (error) {
    if (!(error instanceof FileError) || error.code === 'EENCRYPTED') throw error;
  } finally {
    stream.close();
  }
}

const unpackedBytes = ({ entries }: ArchiveListing): number =>
  entries.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.bytes : 0), 0);

/** @throws FileError when it becomes more than anybody packs */
function refuseBomb(place: ArchivePlace, listing: ArchiveListing, { limits }: ArchiveShelf): void {
  const total = unpackedBytes(listing);
  const archive = place.open();
  const { byteLength } = archive;
  archive.close();
  if (total > limits.ratioFromBytes && total > byteLength * limits.ratio)
    throw new FileError('ELIMIT', `${byteLength} bytes that become ${total}`, { problem: 'archive.limit' });
}

function entriesOfListing(
  place: ArchivePlace,
  listing: ArchiveListing,
  password: string | null,
  shelf: ArchiveShelf,
): ArchiveEntry[] {
  const { unarchiver, codecs } = shelf.platform;
  // What no password opens is not asked for: it would stop what stands behind it.
  const locked = (entry: ArchiveListing['entries'][number]): boolean => password === null && entry.encrypted;
  const open = { ...listing, entries: listing.entries.filter((entry) => !locked(entry)) };
  const total = unpackedBytes(open);
  const stream = new ForwardSource(
    () => unarchiver!.extract(place.file!, password, open),
    { bytes: total, exact: true, crc: null },
    codecs.crc32,
  );
  let at = 0;
  return listing.entries.map((entry): ArchiveEntry => {
    if (entry.kind !== 'file')
      return { name: entry.name, kind: entry.kind, bytes: 0, open: null, whyNot: 'it is no file', problems: [] };
    if (locked(entry)) {
      const problems = [{ code: 'archive.encrypted', at: 0, count: 1 }] as const;
      return { name: entry.name, kind: 'file', bytes: entry.bytes, open: null, whyNot: lockedWords, problems };
    }
    const begins = at;
    at += entry.bytes;
    return {
      name: entry.name,
      kind: 'file',
      bytes: entry.bytes,
      open: () => {
        shelf.use(stream);
        return shared(stream, begins, entry.bytes);
      },
      whyNot: null,
      problems: [],
    };
  });
}

function* entriesOfTar(
  source: OpenSource,
  open: (() => OpenSource) | null,
  problems: Problems,
  stream?: () => ForwardSource,
): Generator<ArchiveEntry> {
  for (const entry of tarEntries(source, problems)) {
    const { name, kind, at, bytes } = entry;
    if (kind === 'sparse') {
      yield {
        name,
        kind: 'file',
        bytes,
        open: null,
        whyNot: 'it is packed in a way that is not read',
        problems: [{ code: 'archive.method', at, count: 1, found: 'a sparse file' }],
      };
    } else if (kind !== 'file') yield { name, kind, bytes: 0, open: null, whyNot: 'it is no file', problems: [] };
    else
      yield {
        name,
        kind,
        bytes,
        open: () => (stream === undefined ? slice(open!(), at, bytes, true) : shared(stream(), at, bytes)),
        whyNot: null,
        problems: [],
      };
  }
}

/** One file, or a tar: the first unpacked block tells. */
function openGzip(place: ArchivePlace, shelf: ArchiveShelf, problems: Problems): OpenedArchive {
  const { codecs } = shelf.platform;
  const start: Start = (carefulFrom) => {
    const source = place.open();
    const packed = { bytes: 0 };
    const counted = streamOf(source, 0, source.byteLength);
    const counting = {
      read(into: Uint8Array): number {
        const got = counted.read(into);
        packed.bytes += got;
        return got;
      },
      close: () => counted.close(),
    };
    return guarded(codecs.inflate('gzip', counting, carefulFrom), packed, shelf.limits);
  };
  const whole = new ForwardSource(start, { bytes: Number.MAX_SAFE_INTEGER, exact: false, crc: null }, codecs.crc32);
  const first = readFully(whole, 0, new Uint8Array(512));
  if (isTarHeader(first)) {
    const stream = (): ForwardSource => {
      shelf.use(whole);
      return whole;
    };
    return {
      open: place.open,
      entries: (function* () {
        yield* entriesOfTar(stream(), null, problems, stream);
        for (const { code, at, found } of whole.problems()) problems.add(code, at, found === undefined ? {} : { found });
      })(),
    };
  }
  whole.close();
  const name = place.name.replace(/\.(?:gz|gzip|tgz)$/i, '');
  // How much is in it stands nowhere that can be trusted: it is unpacked once to see.
  const { bytes, problems: found } = countBytes(start, codecs);
  for (const { code, at, found: what } of found) problems.add(code, at, what === undefined ? {} : { found: what });
  const open = (): OpenSource => new ForwardSource(start, { bytes, exact: true, crc: null }, codecs.crc32);
  const entry = {
    name: name === place.name ? `${name}.unpacked` : name,
    kind: 'file',
    bytes,
    open,
    whyNot: null,
    problems: [],
  } as const;
  return { open: place.open, entries: [entry] };
}
