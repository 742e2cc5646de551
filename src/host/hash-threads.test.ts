import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { HashThreads } from './hash-threads.ts';
import type { HashRequest } from './hash-worker.ts';

/** A thread that answers when it is told to. */
class Thread extends EventEmitter {
  readonly asked: HashRequest[] = [];
  postMessage(request: HashRequest): void {
    this.asked.push(request);
  }
  answer(): void {
    const { kind, hash } = this.asked.shift()!;
    if (kind !== 'drop') this.emit('message', { hash, hex: kind === 'update' ? null : `${kind} ${hash}` });
  }
}

const begin = (count: number): { threads: Thread[]; hashes: HashThreads } => {
  const threads = Array.from({ length: count }, () => new Thread());
  return { threads, hashes: new HashThreads(threads as unknown as Worker[]) };
};

test('bytes are lent until they are taken; answers find who asked', async () => {
  const { threads, hashes } = begin(1);
  const [first, second] = [hashes.begin(), hashes.begin()];
  expect(first.taken()).toBeNull();
  first.update(new Uint8Array(3));
  second.update(new Uint8Array(4));
  const early = first.soFar();
  first.update(new Uint8Array(5));
  const ended = [first.hex(), second.hex()];
  let taken = false;
  const waits = first.taken()!.then(() => void (taken = true));
  threads[0]!.answer();
  threads[0]!.answer();
  threads[0]!.answer();
  expect(await early).toBe('soFar 0');
  expect(taken).toBe(false);
  threads[0]!.answer();
  await waits;
  threads[0]!.answer();
  threads[0]!.answer();
  expect(await Promise.all(ended)).toEqual(['hex 0', 'hex 1']);
});

test('artifacts take turns with the threads, and one stays with its own', () => {
  const { threads, hashes } = begin(2);
  const all = [hashes.begin(), hashes.begin(), hashes.begin()];
  for (let round = 0; round < 2; round++) for (const hash of all) hash.update(new Uint8Array(1));
  expect(threads.map(({ asked }) => asked.map(({ hash }) => hash))).toEqual([
    [0, 2, 0, 2],
    [1, 1],
  ]);
});

test('a thread that dies ends all that waits and all that is asked later', async () => {
  const { hashes } = begin(1);
  const hash = hashes.begin();
  hash.update(new Uint8Array(1));
  const taken = hash.taken();
  const hex = hash.hex();
  hashes.fail(new Error('gone'));
  await expect(taken).rejects.toThrow('gone');
  await expect(hex).rejects.toThrow('gone');
  await expect(hashes.begin().hex()).rejects.toThrow('gone');
});

test('what was dropped is told to the thread', () => {
  const { threads, hashes } = begin(1);
  const hash = hashes.begin();
  hash.update(new Uint8Array(1));
  hash.drop();
  expect(threads[0]!.asked.map(({ kind }) => kind)).toEqual(['update', 'drop']);
});
