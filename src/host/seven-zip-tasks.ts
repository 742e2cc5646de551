/** The two things that are done with an archive, each synchronous and from its opening to its end: the worker's work. */
import fs from 'node:fs';
import type { ArchiveListing, ListedEntry } from '../core/platform.ts';
import { damaged, encrypted, type Failure, unreadable } from './seven-zip-failure.ts';
import { ListingReader } from './seven-zip-listing.ts';
import { archivePath, type Ended, runSevenZip, Stop, unpackFolder, type World } from './seven-zip-machine.ts';
import { RingWriter } from './seven-zip-ring.ts';
import { Lines } from './seven-zip-text.ts';
import { ArchiveErrors, isOpened, type PlannedEntry, Unpacking } from './seven-zip-unpacking.ts';

interface Task {
  readonly module: WebAssembly.Module;
  readonly file: string;
  readonly password: string | null;
  readonly mostMemoryBytes: number;
}

export interface ListTask extends Task {
  readonly kind: 'list';
  readonly mostEntries: number;
}

/** The files whose bytes are asked for, in the archive's order. */
export type Wanted = readonly Pick<ListedEntry, 'name' | 'bytes'>[];

export interface UnpackTask extends Task {
  readonly kind: 'unpack';
  readonly wanted: Wanted;
  readonly ring: SharedArrayBuffer;
}

export type Listed = { readonly listing: ArchiveListing } | { readonly failure: Failure };

/** 7-Zip knows dozens of formats, file systems among them. Only these are let near the evidence, each by its first bytes. */
const formats: readonly { readonly name: string; readonly starts: readonly number[] }[] = [
  { name: '7z', starts: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { name: 'Rar', starts: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x00] },
  { name: 'Rar5', starts: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x01, 0x00] },
  { name: 'zip', starts: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'zip', starts: [0x50, 0x4b, 0x05, 0x06] },
  { name: 'zip', starts: [0x50, 0x4b, 0x30, 0x30, 0x50, 0x4b] },
  { name: 'Cab', starts: [0x4d, 0x53, 0x43, 0x46, 0, 0, 0, 0] },
];

const mostPasswordChars = 1024;

interface Archive {
  readonly format: string;
  readonly bytes: number;
  /** The switches that both commands need. An empty password is one, too: 7-Zip never asks. */
  readonly switches: readonly string[];
  read(at: number, into: Uint8Array): number;
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Whatever goes wrong within becomes a failure, but for what is a bug of ours. */
function withArchive<T>(task: Task, work: (archive: Archive) => T): T | Failure {
  let handle: number | null = null;
  try {
    // Not blocking: a named pipe among the evidence must not stop the run.
    const opened = fs.openSync(task.file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    handle = opened;
    const facts = fs.fstatSync(opened);
    if (!facts.isFile()) return unreadable('ENOTFILE', 'not an ordinary file');
    const read = (at: number, into: Uint8Array): number => fs.readSync(opened, into, 0, into.length, at);
    const head = new Uint8Array(16);
    read(0, head);
    const format = formats.find(({ starts }) => starts.every((byte, i) => head[i] === byte));
    if (format === undefined) return damaged('it does not begin as an archive that is read here', 'archive.method');
    const password = task.password ?? '';
    if (password.length > mostPasswordChars || password.includes('\0')) return encrypted('no archive has such a password');
    const switches = [`-t${format.name}`, `-p${password}`, '-spd', '-sccUTF-8', '-bsp0', '-y'];
    return work({ format: format.name, bytes: facts.size, switches, read });
  } catch (error) {
    if (error instanceof Stop) return error.reason as Failure;
    const code = codeOf(error);
    if (code !== null && error instanceof Error) return unreadable(code, error.message);
    throw error;
  } finally {
    if (handle !== null) fs.closeSync(handle);
  }
}

/** Codec 06F10701 in the property that says how the header of a 7z is packed. */
const headerBytes = 32;
const encodedHeader = 0x17;
const aes = [0x06, 0xf1, 0x07, 0x01];
const mostEncodedBytes = 4096;

/**
 * With a wrong password the header of a 7z comes out as noise. Often 7-Zip cannot tell that from damage, and gives up.
 * @see 7zFormat.txt of the 7-Zip sources, "Signature Header" and "Encoded Header"
 */
function hasEncryptedHeader(archive: Archive): boolean {
  if (archive.format !== '7z') return false;
  const start = new DataView(new ArrayBuffer(headerBytes));
  archive.read(0, new Uint8Array(start.buffer));
  const at = Number(start.getBigUint64(12, true)) + headerBytes;
  if (!(at < archive.bytes)) return false;
  const header = new Uint8Array(Math.min(mostEncodedBytes, archive.bytes - at));
  archive.read(at, header);
  return header[0] === encodedHeader && header.some((_, i) => aes.every((byte, j) => header[i + j] === byte));
}

const silent = (): void => {};

const worldOf = (task: Task, archive: Archive, world: Pick<World, 'stdout' | 'stderr' | 'unpacked'>): World => ({
  archiveBytes: archive.bytes,
  readArchive: archive.read,
  mostMemoryBytes: task.mostMemoryBytes,
  ...world,
});

/** Hands on the entries until `onEntry` says that it has enough; what 7-Zip said when it ended with errors. */
function readEntries(task: Task, archive: Archive, onEntry: (entry: ListedEntry) => boolean): Failure | null {
  const enough = new Stop(null);
  let any = false;
  const reader = new ListingReader((entry) => {
    any = true;
    if (!onEntry(entry)) throw enough;
  });
  const errors = new ArchiveErrors();
  const lines = new Lines((line) => errors.hear(line));
  let ended: Ended;
  try {
    ended = runSevenZip(
      task.module,
      ['l', '-slt', '-ba', ...archive.switches, archivePath],
      worldOf(task, archive, { stdout: (bytes) => reader.write(bytes), stderr: (bytes) => lines.write(bytes), unpacked: null }),
    );
    lines.end();
    const failure = errors.failure(ended);
    // Cut off, its output may end anywhere.
    if (failure === null) reader.end();
    else if (!any && failure.code === 'EDATA' && hasEncryptedHeader(archive)) return encrypted('its header is encrypted');
    return failure;
  } catch (error) {
    if (error === enough) return null;
    throw error;
  }
}

export function listArchive(task: ListTask): Listed {
  const listed = withArchive(task, (archive): Listed => {
    const entries: ListedEntry[] = [];
    let truncated = false;
    const failure = readEntries(task, archive, (entry) => {
      truncated = entries.length >= task.mostEntries;
      if (!truncated) entries.push(entry);
      return !truncated;
    });
    // What can be listed of a damaged archive can be read as far as it goes; its stream will say the rest.
    if (failure !== null && (failure.code !== 'EDATA' || entries.length === 0)) return { failure };
    return { listing: { format: archive.format, entries, truncated, ...(failure === null ? {} : { damaged: failure.message }) } };
  });
  return 'code' in listed ? { failure: listed } : listed;
}

/** The archive's entries again, marked where they are wanted; as far as anything is wanted, and one that is opened further. */
function planOf(task: Task, archive: Archive, wanted: Wanted, step: () => void): readonly PlannedEntry[] | Failure {
  const plan: PlannedEntry[] = [];
  let found = 0;
  const failure = readEntries(task, archive, (entry) => {
    step();
    const next = wanted[found];
    const isNext = next !== undefined && entry.kind === 'file' && entry.name === next.name && entry.bytes === next.bytes;
    if (isNext) found++;
    const after = next === undefined;
    if (!after || isOpened(entry)) plan.push({ ...entry, wanted: isNext });
    return !(after && isOpened(entry));
  });
  if (found === wanted.length) return plan;
  return failure ?? damaged('it does not hold what was listed');
}

/** The bytes of the wanted files through `send`, a `step` for each entry gone through; null: all of them came. */
export function unpack(
  task: Task & { readonly wanted: Wanted },
  send: (bytes: Uint8Array) => void,
  step: () => void = silent,
): Failure | null {
  return withArchive(task, (archive) => {
    const plan = planOf(task, archive, task.wanted, step);
    if ('code' in plan) return plan;
    const unpacking = new Unpacking(plan, send, step);
    return unpacking.end(
      runSevenZip(
        task.module,
        ['x', '-aoa', '-bso0', '-bd', `-o${unpackFolder}`, ...archive.switches, archivePath],
        worldOf(task, archive, { stdout: silent, stderr: (bytes) => unpacking.hear(bytes), unpacked: unpacking }),
      ),
    );
  });
}

export function unpackArchive(task: UnpackTask): void {
  const ring = new RingWriter(task.ring);
  ring.end(
    unpack(
      task,
      (bytes) => ring.write(bytes),
      () => ring.step(),
    ),
  );
}
