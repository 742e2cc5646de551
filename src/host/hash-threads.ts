/** Hashes in threads of their own: each artifact in one of them, its bytes in order, one artifact after another in turn. */
import type { Worker } from 'node:worker_threads';
import type { ContentHash } from '../run/index.ts';
import type { HashAnswer, HashRequest } from './hash-worker.ts';

interface Waiting {
  readonly resolve: (hex: string) => void;
  readonly reject: (error: Error) => void;
}

/** What one hash waits for, in the order in which it asked. */
interface Running {
  readonly answers: Waiting[];
}

export class HashThreads {
  readonly #workers: readonly Worker[];
  readonly #running = new Map<number, Running>();
  #next = 0;
  #failure: Error | null = null;

  constructor(workers: readonly Worker[]) {
    this.#workers = workers;
    for (const worker of workers)
      worker.on('message', ({ hash, hex }: HashAnswer) =>
        this.#running
          .get(hash)
          ?.answers.shift()
          ?.resolve(hex ?? ''),
      );
  }

  /** A thread died: nothing that waits or will wait is ever answered. */
  fail(error: Error): void {
    this.#failure ??= error;
    for (const { answers } of this.#running.values()) for (const { reject } of answers.splice(0)) reject(error);
  }

  begin(): ContentHash {
    const hash = this.#next++;
    const worker = this.#workers[hash % this.#workers.length]!;
    const running: Running = { answers: [] };
    this.#running.set(hash, running);
    const ask = (request: HashRequest): Promise<string> =>
      new Promise((resolve, reject) => {
        if (this.#failure !== null) reject(this.#failure);
        else {
          running.answers.push({ resolve, reject });
          worker.postMessage(request);
        }
      });
    let taken: Promise<void> | null = null;
    return {
      update: (bytes) => {
        taken = ask({ kind: 'update', hash, bytes }).then(() => {});
        // Whoever lent the bytes looks at it; nobody may.
        taken.catch(() => {});
      },
      taken: () => taken,
      soFar: () => ask({ kind: 'soFar', hash }),
      hex: async () => {
        const hex = await ask({ kind: 'hex', hash });
        this.#running.delete(hash);
        return hex;
      },
      drop: () => {
        if (this.#failure !== null) return;
        worker.postMessage({ kind: 'drop', hash } satisfies HashRequest);
        const forget = (): void => void this.#running.delete(hash);
        if (taken === null) forget();
        else taken.then(forget, forget);
      },
    };
  }
}
