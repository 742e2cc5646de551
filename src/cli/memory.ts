/**
 * `--memory`: how much the whole process may hold, with its workers. The main thread's heap has a limit only when the process is begun with
 * one: so the program is begun once more, within it. What cannot be limited beforehand is watched while blocks are read.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import v8 from 'node:v8';
import { UserError } from '../core/errors.ts';
import { threadsOf } from '../host/worker-executor.ts';
import { whenStopped } from './stopped.ts';

export interface MemoryPlan {
  readonly megabytes: number;
  readonly jobs: number;
  /** Of the main thread's heap. */
  readonly heapMb: number;
  /** Of the heap of each worker. */
  readonly workerMb: number;
  /** What an archive that only a library opens may ask for. */
  readonly unpackMb: number;
}

/** The program, its compiled code, and what is mapped beside the heap. */
const programMb = 110;
/** A block and what its last row needs beyond it. */
const bufferMb = 5;
/** The least that the main thread works with, alone and beside workers. */
const aloneMb = 190;
const mainMb = 150;
/** Of a worker: its heap, the tables of the kernel, and what a thread takes. */
const scanHeapMb = 72;
const besideMb = 40;
const hashMb = 28;

export const leastMb = programMb + aloneMb + 3 * bufferMb;

/** @throws UserError when it is too little for one thread */
export function memoryPlan(megabytes: number, jobs: number): MemoryPlan {
  if (megabytes < leastMb)
    throw new UserError(
      'memory.small',
      `With ${megabytes} MB nothing can be read: one thread needs ${leastMb} MB.`,
      `Give --memory ${leastMb} or more, or leave it out.`,
    );
  const unpackMb = Math.floor(megabytes / 2);
  for (let width = jobs; width > 1; width--) {
    const { hashing, scanning } = threadsOf(width);
    const buffers = (scanning * 2 + 3) * bufferMb;
    const left = megabytes - programMb - buffers - scanning * (scanHeapMb + besideMb) - hashing * hashMb;
    if (left >= mainMb) return { megabytes, jobs: width, heapMb: left, workerMb: scanHeapMb, unpackMb };
  }
  return { megabytes, jobs: 1, heapMb: megabytes - programMb - 3 * bufferMb, workerMb: 0, unpackMb };
}

/**
 * V8 lets a heap grow to several times of what it holds before it looks for what can be cleared: of a few dozen megabytes that are needed
 * it makes some hundred. Told to look when it grew by so many percent it takes more of processor time (a twentieth over one large log, up to a
 * seventh over thousands of small ones, by single runs on a busy machine) and stays small, however large the evidence is. Holds for the whole process, if it is said before workers are started.
 */
const growthPercent = 60;

export function keepHeapsSmall(): void {
  if (process.execArgv.some((flag) => flag.startsWith('--heap-growing-percent'))) return;
  v8.setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
}

const short = (megabytes: number, cause?: unknown): UserError =>
  new UserError(
    'memory.short',
    `${megabytes} MB are not enough for this evidence. No answer was given.`,
    'Give more with --memory; with --resume it goes on behind the files that were finished.',
    { cause },
  );

/** Asked now and then. @throws UserError when more is held than may be */
export function memoryWatch(megabytes: number): () => void {
  return () => {
    if (process.memoryUsage.rss() > megabytes * 2 ** 20) throw short(megabytes);
  };
}

const marker = 'AFTERPATCH_WITHIN_MB';
/** How V8 ends a process whose heap is full. */
const outOfMemory = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL']);

/** The exit code of the same call within the limit; null: this process is within it already. */
export async function beginWithin({ megabytes, heapMb }: MemoryPlan): Promise<number | null> {
  if (process.env[marker] === String(megabytes)) {
    // Nobody goes on for a caller that is gone.
    process.on('disconnect', () => process.exit(70));
    process.channel?.unref();
    return null;
  }
  const flags = [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=4'];
  const child = spawn(process.execPath, [...process.execArgv, ...flags, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [marker]: String(megabytes) },
  });
  const stop = (): void => void child.kill('SIGKILL');
  process.once('exit', stop);
  // It says itself what is left of it.
  whenStopped((_code, by) => child.kill(by));
  const { code, signal } = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (ended, by) => resolve({ code: ended, signal: by }));
  });
  process.off('exit', stop);
  whenStopped(null);
  if (code !== null && code !== 134) return code;
  if (signal === null || outOfMemory.has(signal)) throw short(megabytes);
  return 128 + (os.constants.signals[signal] ?? 0);
}
