/** Scans and hashes in worker threads. A worker that throws, runs out of memory or ends fails the run: an answer with a hole is no answer. */
import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { UserError } from '../core/errors.ts';
import type { ScanExecutor, ScanResult, ScanTask } from '../run/index.ts';
import { HashThreads } from './hash-threads.ts';
import { type PackedResult, TupleUnpacker } from './tuple-packer.ts';

interface Seat {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve: (result: ScanResult) => void; reject: (error: Error) => void }>;
}

/** A worker's entry: beside this file, compiled or not. */
function entryUrl(name: 'scan-worker' | 'hash-worker'): URL {
  const compiled = new URL(`./${name}.js`, import.meta.url);
  return fs.existsSync(compiled) ? compiled : new URL(`./${name}.ts`, import.meta.url);
}

/** The caller's flags, but for those that a file cannot be started with, and limits of memory: they hold for the whole process as it is. */
const workerFlags = (): string[] => process.execArgv.filter((flag) => !/^--(?:input-type|max-|v8-pool-size|stack-)/.test(flag));

/** Of a worker whose heap has a limit, for what is new; and of one that only hashes, in all. */
const youngMb = 8;
const hashHeapMb = 16;

const outOfMemory = (cause: unknown): UserError =>
  new UserError(
    'memory.worker',
    'A worker needs more memory than it may have. No answer was given.',
    'Give more with --memory, or leave it out; with --resume it goes on behind the files that were finished.',
    { cause },
  );

function startWorker(name: 'scan-worker' | 'hash-worker', heapMb: number | null): Worker {
  const limited =
    heapMb === null ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb } };
  try {
    return new Worker(entryUrl(name), { execArgv: workerFlags(), ...limited });
  } catch (error) {
    // Some other flag that is the main thread's alone: without any of them it is the same program.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_INVALID_EXEC_ARGV')
      return new Worker(entryUrl(name), { execArgv: [], ...limited });
    throw error;
  }
}

/**
 * Of more than four threads every fourth hashes: one hash takes 1.4 GB/s where the processor helps, a third of that where it does not. Of
 * fewer all scan, and one more hashes, which leaves a processor to the scanning most of the time. The calling thread reads, unpacks and
 * merges.
 */
export function threadsOf(jobs: number): { readonly scanning: number; readonly hashing: number } {
  const hashing = Math.max(1, jobs >> 2);
  return { hashing, scanning: jobs > 4 ? jobs - hashing : jobs };
}

/** @param heapMb of each worker that scans; null: as the machine has it */
export function workerExecutor(jobs: number, heapMb: number | null = null): ScanExecutor {
  const { hashing, scanning } = threadsOf(jobs);
  let failure: Error | null = null;
  let closing = false;
  let nextId = 0;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const seat of seats) {
      for (const { reject } of seat.waiting.values()) reject(failure);
      seat.waiting.clear();
    }
    hashes.fail(failure);
  };
  const watch = (worker: Worker): Worker => {
    worker.on('messageerror', (error) => fail(error));
    worker.on('error', (error) => {
      // A limit that nobody asked for is none of the user's doing.
      const full = heapMb !== null && error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      fail(full ? outOfMemory(error) : error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', (code) => {
      if (!closing) fail(new Error(`a worker ended with code ${code} while there was work`));
    });
    return worker;
  };
  const hashers = Array.from({ length: hashing }, () => watch(startWorker('hash-worker', heapMb === null ? null : hashHeapMb)));
  const hashes = new HashThreads(hashers);
  // Those that scan keep the program going while there is work; where none does, it ends and gives no answer. Not before somebody listens:
  // that would hold the program again.
  for (const worker of hashers) worker.unref();
  const seats: Seat[] = Array.from({ length: scanning }, () => {
    const worker = watch(startWorker('scan-worker', heapMb));
    const seat: Seat = { worker, waiting: new Map() };
    const unpacker = new TupleUnpacker();
    worker.on('message', ({ id, result }: { id: number; result: PackedResult }) => {
      const unpacked = unpacker.unpack(result);
      seat.waiting.get(id)?.resolve(unpacked);
      seat.waiting.delete(id);
    });
    return seat;
  });
  return {
    width: scanning,
    hasher: () => hashes.begin(),
    prepare(preparation) {
      for (const { worker } of seats) worker.postMessage({ kind: 'prepare', preparation });
    },
    setRules(round, rules, others = [], indicators = null) {
      for (const { worker } of seats) worker.postMessage({ kind: 'rules', round, rules, others, indicators });
    },
    scan(task: ScanTask): Promise<ScanResult> {
      if (failure !== null) return Promise.reject(failure);
      const seat = seats.reduce((least, candidate) => (candidate.waiting.size < least.waiting.size ? candidate : least));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        seat.waiting.set(id, { resolve, reject });
        seat.worker.postMessage({ kind: 'scan', id, task });
      });
    },
    async close() {
      closing = true;
      await Promise.all([...seats.map(({ worker }) => worker), ...hashers].map((worker) => worker.terminate()));
    },
  };
}
