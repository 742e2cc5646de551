/**
 * Archives that only a library knows, read by 7-Zip as WebAssembly (`7z-wasm`). Each archive is opened in a worker of its own that is
 * ended afterwards. Nothing is unpacked to the disk, and memory and time have bounds.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { type ArchiveListing, FileError, type ForwardStream, type Unarchiver } from '../core/platform.ts';
import { damaged, fileError, overLimit } from './seven-zip-failure.ts';
import { RingReader, ringMemory } from './seven-zip-ring.ts';
import type { Listed, ListTask, UnpackTask } from './seven-zip-tasks.ts';

export interface SevenZipLimits {
  /** How long a listing may take. */
  readonly listMs: number;
  /** How long the reader waits, in all, for the next MiB or the next hundred entries. */
  readonly silenceMs: number;
  /** All memory of 7-Zip: a dictionary of 1 GiB, and what it needs beside it. */
  readonly memoryBytes: number;
}

export const sevenZipLimits: SevenZipLimits = { listMs: 120_000, silenceMs: 60_000, memoryBytes: (1 << 30) + (192 << 20) };

/** For our own part of the worker; the memory of WebAssembly is not counted here. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

let compiled: WebAssembly.Module | null = null;

/** Compiled once; the workers share its code. */
export function sevenZipModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(fs.readFileSync(createRequire(import.meta.url).resolve('7z-wasm/7zz.wasm')));
  return compiled;
}

/** The one entry of its workers: beside this file, compiled or not. */
function entryUrl(): URL {
  const built = new URL('./seven-zip-worker.js', import.meta.url);
  if (fs.existsSync(built)) return built;
  // Run from the sources on a Node that starts no TypeScript: the built one, where there is one.
  const beside = new URL('../../dist/host/seven-zip-worker.js', import.meta.url);
  return fs.existsSync(beside) ? beside : new URL('./seven-zip-worker.ts', import.meta.url);
}

function start(workerData: ListTask | UnpackTask): Worker {
  return new Worker(entryUrl(), {
    workerData,
    resourceLimits,
    stdin: false,
    // None of the caller's flags: a limit of the main thread's memory is no flag that a worker takes.
    execArgv: [],
    env: {},
  });
}

/** A worker that died: out of memory, or by a fault that no handler of its own could turn into a failure. */
const death = (error: Error): FileError =>
  'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? fileError(overLimit('it needs more memory than it may have'), error)
    : fileError(damaged(`its worker ended: ${error.message}`), error);

function list(task: ListTask, listMs: number): Promise<ArchiveListing> {
  return new Promise((resolve, reject) => {
    const worker = start(task);
    const timer = setTimeout(
      () => end(() => reject(fileError(overLimit(`it was not listed within ${listMs / 1000} seconds`)))),
      listMs,
    );
    let open = true;
    const end = (then: () => void): void => {
      if (!open) return;
      open = false;
      clearTimeout(timer);
      // Only when nothing of it is left.
      void worker.terminate().then(then, then);
    };
    worker.on('message', (listed: Listed) =>
      end(() => ('listing' in listed ? resolve(listed.listing) : reject(fileError(listed.failure)))),
    );
    worker.on('messageerror', (error) => end(() => reject(death(error))));
    worker.on('error', (error) => end(() => reject(death(error instanceof Error ? error : new Error(String(error))))));
    worker.on('exit', (code) => end(() => reject(death(new Error(`code ${code}`)))));
  });
}

function unpack(task: UnpackTask, silenceMs: number): ForwardStream {
  const ring = new RingReader(task.ring);
  const worker = start(task);
  // It does not keep the process from ending.
  worker.unref();
  let failure: FileError | null = null;
  let open = true;
  const stop = (): void => {
    if (!open) return;
    open = false;
    worker.terminate().catch(() => {});
  };
  worker.on('error', (error) => {
    failure ??= death(error instanceof Error ? error : new Error(String(error)));
  });
  return {
    read(into) {
      if (failure !== null) throw failure;
      if (!open) throw new FileError('EBADF', 'read after it was closed');
      const got = ring.read(into, silenceMs);
      if (typeof got === 'number') return got;
      failure = fileError(got);
      stop();
      throw failure;
    },
    close: stop,
  };
}

const nothing: ForwardStream = { read: () => 0, close: () => {} };

export function sevenZip(limits: SevenZipLimits = sevenZipLimits): Unarchiver {
  const { listMs, silenceMs, memoryBytes: mostMemoryBytes } = limits;
  return {
    list: (file, password, mostEntries) =>
      list({ kind: 'list', module: sevenZipModule(), file, password, mostEntries, mostMemoryBytes }, listMs),
    extract(file, password, listing) {
      const wanted = listing.entries.filter(({ kind }) => kind === 'file').map(({ name, bytes }) => ({ name, bytes }));
      if (wanted.length === 0) return nothing;
      return unpack(
        { kind: 'unpack', module: sevenZipModule(), file, password, wanted, ring: ringMemory(), mostMemoryBytes },
        silenceMs,
      );
    },
  };
}
