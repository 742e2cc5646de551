/** Entry of the thread that hashes: in the order in which messages come, one hash for each artifact that is being read. */
import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

export type HashRequest =
  | { readonly kind: 'update'; readonly hash: number; readonly bytes: Uint8Array }
  | { readonly kind: 'soFar' | 'hex'; readonly hash: number }
  | { readonly kind: 'drop'; readonly hash: number };

/** Answers come in the order of what was asked, hash by hash: bytes are no longer needed, or here is what was asked for. */
export interface HashAnswer {
  readonly hash: number;
  readonly hex: string | null;
}

const hashes = new Map<number, Hash>();

parentPort!.on('message', (request: HashRequest) => {
  const { kind, hash } = request;
  let running = hashes.get(hash);
  if (running === undefined) hashes.set(hash, (running = createHash('sha256')));
  if (kind === 'update') running.update(request.bytes);
  const hex = kind === 'soFar' ? running.copy().digest('hex') : kind === 'hex' ? running.digest('hex') : null;
  if (kind === 'hex' || kind === 'drop') hashes.delete(hash);
  if (kind !== 'drop') parentPort!.postMessage({ hash, hex } satisfies HashAnswer);
});
