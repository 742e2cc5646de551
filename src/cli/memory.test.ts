import { expect, test } from 'vitest';
import { threadsOf } from '../host/worker-executor.ts';
import { leastMb, memoryPlan, memoryWatch } from './memory.ts';

test('less memory, fewer threads, never more than was given', () => {
  let before = 0;
  for (let megabytes = leastMb; megabytes < 6000; megabytes += 37) {
    const { jobs, heapMb, workerMb } = memoryPlan(megabytes, 16);
    expect(jobs).toBeGreaterThanOrEqual(Math.max(1, before));
    before = jobs;
    // Heaps and buffers of blocks; the rest is the program, and what threads take beside their heaps.
    const scanning = jobs === 1 ? 0 : threadsOf(jobs).scanning;
    expect(heapMb + scanning * workerMb + (scanning * 2 + 3) * 5).toBeLessThan(megabytes - 100);
    expect(heapMb).toBeGreaterThanOrEqual(150);
  }
  expect(before).toBe(16);
});

test('as many threads as were asked for, where there is room', () => {
  expect(memoryPlan(100_000, 3).jobs).toBe(3);
  expect(memoryPlan(leastMb, 64).jobs).toBe(1);
});

test('too little is said with what would be enough', () => {
  expect(() => memoryPlan(leastMb - 1, 2)).toThrow(`one thread needs ${leastMb} MB`);
});

test('more than may be held ends the run', () => {
  expect(() => memoryWatch(1)()).toThrow('1 MB are not enough for this evidence. No answer was given.');
  expect(() => memoryWatch(1_000_000)()).not.toThrow();
});
