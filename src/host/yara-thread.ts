/**
 * Signatures in a worker of their own: an engine that traps, or does not come back, ends that worker and nothing else. What it was asked
 * then is said to have failed, and another one is told the same signatures.
 */
import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { SignatureSource, UnrunSignature } from '../core/signature.ts';
import type { FoundSignature, LoadedSignatures, SignatureScanner, TestedFile } from '../run/index.ts';
import type { YaraRequest } from './yara-worker.ts';

export interface YaraLimits {
  /** For one file of signatures to compile. */
  readonly compileMs: number;
  /** For all of them together to be made ready. */
  readonly readyMs: number;
  /** For one group of files. */
  readonly scanMs: number;
  /** Engines that may fail before nothing is asked any more. */
  readonly restarts: number;
}
export const yaraLimits: YaraLimits = { compileMs: 60_000, readyMs: 600_000, scanMs: 180_000, restarts: 50 };

/** Why a worker did not answer. */
class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
}

type Asked = YaraRequest extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

class Seat {
  readonly #worker: Worker;
  #waiting: { readonly id: number; readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void } | null =
    null;
  #failed: string | null = null;
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
    before?.(Promise.reject(new EngineFailure(why)));
    this.#waiting?.reject(new EngineFailure(why));
    this.#waiting = null;
  }

  #wait(id: number, most: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#failed !== null) {
        reject(new EngineFailure(this.#failed));
        return;
      }
      const timer = setTimeout(() => this.#fail(`no answer within ${most / 1000} seconds`), most);
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
  let restarts = 0;
  let good: { file: string; text: string }[] = [];
  const failed = async (): Promise<void> => {
    await seat?.end();
    seat = null;
    restarts++;
  };
  /** An engine that knows the signatures; null: none will. */
  const ready = async (): Promise<Seat | null> => {
    if (seat !== null) return seat;
    if (restarts > limits.restarts) return null;
    seat = new Seat();
    try {
      await seat.ask({ kind: 'take', sources: good }, limits.readyMs);
      return seat;
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      await failed();
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
          await failed();
          if (restarts > limits.restarts) throw new Error('the engine of signatures does not run here', { cause: error });
        }
      }
      if (good.length > 0 && seat !== null) {
        try {
          await seat.ask({ kind: 'take', sources: good }, limits.readyMs);
        } catch (error) {
          if (!(error instanceof EngineFailure)) throw error;
          await failed();
        }
      }
      return { rules, unrun };
    },
    async scan(files: readonly TestedFile[]) {
      const now = await ready();
      if (now === null) return null;
      try {
        return (await now.ask({ kind: 'scan', files }, limits.scanMs)) as (readonly FoundSignature[])[];
      } catch (error) {
        if (!(error instanceof EngineFailure)) throw error;
        await failed();
        return null;
      }
    },
    async close() {
      await seat?.end();
      seat = null;
    },
  };
}
