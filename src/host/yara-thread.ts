/**
 * Signatures in a worker of their own: an engine that traps, or does not come back, ends that worker and nothing else. What it was asked
 * then is said to have failed, and another one is told the same signatures.
 */
import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { SignatureSource, UnrunSignature } from '../core/signature.ts';
import type { FoundSignature, LoadedSignatures, SignatureScanner, TestedFile } from '../run/index.ts';
import { EnginePatience, type PatienceLimits } from './engine-patience.ts';
import type { YaraRequest } from './yara-worker.ts';

export interface YaraLimits extends PatienceLimits {
  /** For one file of signatures to compile. */
  readonly compileMs: number;
  /** For all of them together to be made ready. */
  readonly readyMs: number;
  /** For one group of files, or a large file. */
  readonly scanMs: number;
  /** For one file. */
  readonly fileMs: number;
}
export const yaraLimits: YaraLimits = {
  compileMs: 60_000,
  readyMs: 600_000,
  scanMs: 180_000,
  fileMs: 60_000,
  restarts: 50,
  vainMs: 360_000,
};
const largeFile = 4 << 20;

/** Why a worker did not answer. */
class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  /** How long it was waited for in vain. */
  readonly waitedMs: number;

  constructor(why: string, waitedMs: number) {
    super(why);
    this.waitedMs = waitedMs;
  }
}

type Asked = YaraRequest extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

class Seat {
  readonly #worker: Worker;
  #waiting: { readonly id: number; readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void } | null =
    null;
  #failed: string | null = null;
  #waitedMs = 0;
  #next = 0;
  readonly #ready: Promise<unknown>;

  constructor() {
    const compiled = new URL('./yara-worker.js', import.meta.url);
    this.#worker = new Worker(fs.existsSync(compiled) ? compiled : new URL('./yara-worker.ts', import.meta.url), {
      execArgv: [],
    });
    this.#worker.on('message', ({ id, answer, trap }: { id: number; answer?: unknown; trap?: string }) => {
      if (this.#waiting?.id !== id) return;
      const { resolve } = this.#waiting;
      this.#waiting = null;
      if (trap === undefined) resolve(answer);
      else this.#fail(trap, resolve);
    });
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error.message : String(error)));
    this.#worker.on('exit', (code) => this.#fail(`it ended with code ${code}`));
    this.#ready = this.#wait(-1, yaraLimits.readyMs);
    this.#ready.catch(() => {});
  }

  #fail(why: string, before?: (answer: unknown) => void): void {
    this.#failed ??= why;
    before?.(Promise.reject(new EngineFailure(why, this.#waitedMs)));
    this.#waiting?.reject(new EngineFailure(why, this.#waitedMs));
    this.#waiting = null;
  }

  #wait(id: number, most: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#failed !== null) {
        reject(new EngineFailure(this.#failed, 0));
        return;
      }
      const timer = setTimeout(() => {
        this.#waitedMs = most;
        this.#fail(`no answer within ${most / 1000} seconds`);
      }, most);
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          then(value);
        };
      this.#waiting = { id, resolve: settled(resolve), reject: settled(reject) };
    });
  }

  async ask(request: Asked, most: number): Promise<unknown> {
    await this.#ready;
    const id = this.#next++;
    const waiting = this.#wait(id, most);
    this.#worker.postMessage({ ...request, id });
    return waiting;
  }

  async end(): Promise<void> {
    this.#failed ??= 'it was ended';
    await this.#worker.terminate();
  }
}

/** Starts nothing before it is told signatures. */
export function yaraThread(limits: YaraLimits = yaraLimits): SignatureScanner {
  let seat: Seat | null = null;
  const patience = new EnginePatience(limits);
  let good: { file: string; text: string }[] = [];
  const failed = async ({ waitedMs }: EngineFailure): Promise<void> => {
    await seat?.end();
    seat = null;
    patience.failed(waitedMs);
  };
  /** An engine that knows the signatures; null: none will. */
  const ready = async (): Promise<Seat | null> => {
    if (seat !== null) return seat;
    if (patience.over() !== null) return null;
    seat = new Seat();
    try {
      await seat.ask({ kind: 'take', sources: good }, limits.readyMs);
      return seat;
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      await failed(error);
      return null;
    }
  };
  return {
    async load(sources: readonly SignatureSource[]): Promise<LoadedSignatures> {
      const unrun: UnrunSignature[] = [];
      let rules = 0;
      good = [];
      for (const source of sources) {
        seat ??= new Seat();
        try {
          const checked = (await seat.ask({ kind: 'check', source }, limits.compileMs)) as {
            unrun: readonly UnrunSignature[];
            text: string | null;
            rules: number;
          };
          unrun.push(...checked.unrun);
          rules += checked.rules;
          if (checked.text !== null) good.push({ file: source.file, text: checked.text });
        } catch (error) {
          if (!(error instanceof EngineFailure)) throw error;
          unrun.push({
            file: source.file,
            line: 1,
            column: 1,
            rule: null,
            code: 'engine',
            what: `the engine failed on it: ${error.message}`,
          });
          await failed(error);
          if (patience.over() !== null) throw new Error('the engine of signatures does not run here', { cause: error });
        }
      }
      if (good.length > 0 && seat !== null) {
        try {
          await seat.ask({ kind: 'take', sources: good }, limits.readyMs);
        } catch (error) {
          if (!(error instanceof EngineFailure)) throw error;
          await failed(error);
        }
      }
      return { rules, unrun };
    },
    async scan(files: readonly TestedFile[]) {
      const now = await ready();
      if (now === null) return null;
      try {
        const most = files.length === 1 && files[0]!.bytes.length <= largeFile ? limits.fileMs : limits.scanMs;
        return (await now.ask({ kind: 'scan', files }, most)) as (readonly FoundSignature[])[];
      } catch (error) {
        if (!(error instanceof EngineFailure)) throw error;
        await failed(error);
        return null;
      }
    },
    givenUp: () => patience.over(),
    async close() {
      await seat?.end();
      seat = null;
    },
  };
}
