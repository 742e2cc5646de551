/** The entries of a zip as sources: stored ones are a part of the archive, packed ones are unpacked while they are read. */
import { type Codecs, FileError, type ForwardStream, type OpenSource } from '../../core/platform.ts';
import { type Problem, Problems } from '../../core/problem.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import type { ArchiveLimits } from './limits.ts';
import { checked, type Opener, ForwardSource, guarded, readFully, slice, type Start, streamOf } from './sources.ts';
import { decrypt } from './zip-cipher.ts';
import { dataStart, readDirectory, salvage, unknownBytes, type ZipDirectory, type ZipEntry } from './zip-directory.ts';

const stored = 0;
const deflated = 8;
/** What a reader gets of an encrypted entry at first, before a password is believed. */
const proofBytes = 64 << 10;

/** The directory of a zip, or of what is left of one. Problems of the archive itself go to `problems`. */
export function openDirectory(source: OpenSource, mostEntries: number, problems: Problems): ZipDirectory {
  const directory = readDirectory(source, mostEntries, problems);
  if (directory !== null) return directory;
  const left = salvage(source, mostEntries);
  problems.add('archive.damaged', source.byteLength, {
    expected: 'a directory at the end',
    found: `none; ${left.entries.length} entries by their own headers`,
  });
  return left;
}

/** Entries that share bytes with one that stands before them: how a small archive becomes a large one. */
export function overlapping({ entries, endsAt }: ZipDirectory): Set<ZipEntry> {
  const found = new Set<ZipEntry>();
  let end = 0;
  for (const entry of entries.filter(({ kind }) => kind === 'file').sort((a, b) => a.at - b.at)) {
    // How long the header is stands in it alone; it is never shorter than this.
    const least = entry.at + 30 + entry.packedBytes;
    if (entry.at < end || (endsAt !== null && entry.packedBytes > 0 && entry.at < endsAt && least > endsAt)) found.add(entry);
    else end = least;
  }
  return found;
}

export class ZipReader {
  readonly #open: Opener;
  readonly #codecs: Codecs;
  readonly #limits: ArchiveLimits;
  /** Passwords in the order in which they are tried; the one that fitted last comes first. */
  #passwords: readonly string[];

  constructor(open: Opener, codecs: Codecs, limits: ArchiveLimits, passwords: readonly string[]) {
    this.#open = open;
    this.#codecs = codecs;
    this.#limits = limits;
    this.#passwords = passwords;
  }

  /** Never throws for what stands in the archive: an entry that cannot be read says why. */
  entry(archive: OpenSource, entry: ZipEntry, shared: boolean): ArchiveEntry {
    const problems = new Problems();
    const refuse = (why: string): ArchiveEntry => ({
      name: entry.name,
      kind: entry.kind,
      bytes: Math.max(entry.bytes, 0),
      open: null,
      whyNot: why,
      problems: problems.list(),
    });
    if (entry.kind !== 'file') return refuse('it is no file');
    if (shared) {
      problems.add('archive.overlap', entry.at);
      return refuse('it shares its bytes with another entry, as bombs do');
    }
    if (entry.bytes > this.#limits.ratioFromBytes && entry.bytes > entry.packedBytes * this.#limits.ratio) {
      problems.add('archive.limit', entry.at, {
        expected: `at most ${this.#limits.ratio} bytes for one`,
        found: `${entry.packedBytes} bytes that become ${entry.bytes}`,
      });
      return refuse('it would become far larger than any log does');
    }
    if (entry.encryption === 'other') {
      problems.add('archive.encrypted', entry.at, { found: 'an encryption of PKWARE that nothing here opens' });
      return refuse('it is encrypted in a way that cannot be opened here');
    }
    if (entry.method !== stored && entry.method !== deflated) {
      problems.add('archive.method', entry.at, { found: `method ${entry.method}` });
      return { ...refuse('it is packed in a way that is not read'), needsLibrary: true };
    }
    // Deflate takes two bytes to say nothing.
    if (entry.bytes === 0 && entry.packedBytes > (entry.encryption === 'none' ? 2 : 30))
      problems.add('archive.size', entry.at, { expected: '0 bytes', found: `${entry.packedBytes} packed bytes` });
    const start = dataStart(archive, entry, problems);
    if (start === null) return refuse('its place in the archive is wrong');
    if (start + entry.packedBytes > archive.byteLength)
      problems.add('archive.damaged', start, { expected: `${entry.packedBytes} bytes`, found: 'the end of the archive' });
    let password: string | null = null;
    if (entry.encryption !== 'none') {
      password = this.#passwordFor(archive, entry, start);
      if (password === null) {
        problems.add('archive.encrypted', entry.at);
        return refuse('it is encrypted, and none of the passwords opens it');
      }
    }
    const open = (): OpenSource => this.#source(entry, start, password);
    if (entry.bytes !== unknownBytes)
      return { name: entry.name, kind: 'file', bytes: entry.bytes, open, whyNot: null, problems: problems.list() };
    // A torn zip does not say how much is in its last entry: it is unpacked once to see.
    const bytes = countBytes(
      (carefulFrom) =>
        guarded(this.#unpacked(this.#open(), entry, start, password, carefulFrom), { bytes: entry.packedBytes }, this.#limits),
      this.#codecs,
    ).bytes;
    return {
      name: entry.name,
      kind: 'file',
      bytes,
      open: () => this.#source({ ...entry, bytes, crc: 0 }, start, password, false),
      whyNot: null,
      problems: problems.list(),
    };
  }

  #source(entry: ZipEntry, start: number, password: string | null, announced = true): OpenSource {
    if (entry.method === stored && password === null && entry.bytes === entry.packedBytes)
      return announced
        ? checked(slice(this.#open(), start, entry.bytes, true), entry.crc, this.#codecs.crc32)
        : slice(this.#open(), start, entry.bytes, true);
    const checksum = announced && (entry.encryption !== 'aes' || entry.aes.checksum);
    return new ForwardSource(
      (carefulFrom) => this.#unpacked(this.#open(), entry, start, password, carefulFrom),
      { bytes: entry.bytes, exact: true, crc: checksum ? entry.crc : null },
      this.#codecs.crc32,
    );
  }

  #unpacked(archive: OpenSource, entry: ZipEntry, start: number, password: string | null, carefulFrom?: number): ForwardStream {
    let stream: ForwardStream = streamOf(archive, start, Math.min(entry.packedBytes, archive.byteLength - start));
    if (password !== null) {
      const clear = decrypt(entry, stream, password, this.#codecs);
      if (clear === null) throw new FileError('EENCRYPTED', 'the password does not fit', { problem: 'archive.encrypted' });
      stream = clear;
    }
    return entry.method === deflated ? this.#codecs.inflate('deflate', stream, carefulFrom) : stream;
  }

  /** Tried on the beginning of the entry: the old encryption takes one wrong password in 256 for the right one. */
  #passwordFor(archive: OpenSource, entry: ZipEntry, start: number): string | null {
    for (const password of this.#passwords) {
      const own = slice(archive, 0, archive.byteLength, false);
      const most = Math.min(proofBytes, Math.max(entry.bytes, 0));
      const proof = new ForwardSource(
        () => this.#unpacked(own, entry, start, password),
        { bytes: most, exact: true, crc: most === entry.bytes && entry.encryption === 'zipcrypto' ? entry.crc : null },
        this.#codecs.crc32,
      );
      const got = most === 0 ? new Uint8Array(0) : readFully(proof, 0, new Uint8Array(most));
      // A wrong password shows as data that cannot be unpacked, or as a checksum that does not fit; more bytes are no trouble here.
      const wrong = proof.problems().some(({ code }) => code !== 'archive.size');
      proof.close();
      if (wrong || (got.length === 0 && most > 0)) continue;
      if (most === 0 && !this.#opens(own, entry, start, password)) continue;
      this.#passwords = [password, ...this.#passwords.filter((other) => other !== password)];
      return password;
    }
    return null;
  }

  #opens(archive: OpenSource, entry: ZipEntry, start: number, password: string): boolean {
    try {
      this.#unpacked(archive, entry, start, password);
      return true;
    } catch (error) {
      if (error instanceof FileError) return false;
      throw error;
    }
  }
}

/** How many bytes a stream gives before it ends or breaks, and what is wrong with it. */
export function countBytes(start: Start, codecs: Codecs): { readonly bytes: number; readonly problems: readonly Problem[] } {
  const source = new ForwardSource(start, { bytes: Number.MAX_SAFE_INTEGER, exact: false, crc: null }, codecs.crc32);
  const buffer = new Uint8Array(256 << 10);
  let bytes = 0;
  for (let got = source.read(0, buffer); got > 0; got = source.read(bytes, buffer)) bytes += got;
  source.close();
  return { bytes, problems: source.problems() };
}
