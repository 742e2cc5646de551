/** Reads an archive in this thread, without a worker: what the workers do. */
import type { ArchiveListing, ListedEntry } from '../../src/core/platform.ts';
import type { Failure } from '../../src/host/seven-zip-failure.ts';
import { listArchive, unpack } from '../../src/host/seven-zip-tasks.ts';
import { sevenZipLimits, sevenZipModule } from '../../src/host/seven-zip.ts';

export interface Unpacked {
  /** Files that came whole, in order. */
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
  /** How many bytes of the next one came. */
  readonly begun: number;
  readonly failure: Failure | null;
}

const task = (file: string, password: string | null, mostMemoryBytes = sevenZipLimits.memoryBytes) => ({
  module: sevenZipModule(),
  file,
  password,
  mostMemoryBytes,
});

export function listed(file: string, password: string | null = null, mostEntries = 100_000): ArchiveListing {
  const result = listArchive({ kind: 'list', mostEntries, ...task(file, password) });
  if ('failure' in result) throw new Error(`${result.failure.code} ${result.failure.problem}: ${result.failure.message}`);
  return result.listing;
}

export function listFailure(file: string, password: string | null = null): Failure | null {
  const result = listArchive({ kind: 'list', mostEntries: 100_000, ...task(file, password) });
  return 'failure' in result ? result.failure : null;
}

export function unpacked(file: string, password: string | null, entries: readonly ListedEntry[], memoryBytes?: number): Unpacked {
  const wanted = entries.filter(({ kind }) => kind === 'file');
  const pieces: Buffer[] = [];
  const failure = unpack({ ...task(file, password, memoryBytes), wanted }, (bytes) => void pieces.push(Buffer.from(bytes)));
  const all = Buffer.concat(pieces);
  const files: { name: string; bytes: Buffer }[] = [];
  let at = 0;
  for (const { name, bytes } of wanted) {
    // An empty file that nothing follows might not have been reached.
    if (at + bytes > all.length || (failure !== null && at === all.length)) break;
    files.push({ name, bytes: all.subarray(at, at + bytes) });
    at += bytes;
  }
  return { files, begun: all.length - at, failure };
}
