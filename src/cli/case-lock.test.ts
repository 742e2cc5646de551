import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lockCase, lockName } from './case-lock.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-lock-'));
  file = path.join(folder, lockName);
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

const unwritable = (_file: string, error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
const lock = (): void => lockCase(folder, unwritable);
const heldBy = (pid: number, computer = os.hostname()): string => `${JSON.stringify({ pid, computer })}\n`;
const holder = (): unknown => (JSON.parse(fs.readFileSync(file, 'utf8')) as { pid: unknown }).pid;
/** A number that no process has any more. */
const dead = (): number => spawnSync(process.execPath, ['-e', '0']).pid;

test('a case that nobody holds is held, and what a run left that ended is taken over', () => {
  lock();
  expect(holder()).toBe(process.pid);
  for (const left of [heldBy(dead()), '', 'no lock of ours', '[]', `{"pid":-1,"computer":"${os.hostname()}"}`]) {
    fs.writeFileSync(file, left);
    lock();
    expect(holder(), left).toBe(process.pid);
  }
});

test('one that a living run holds, or one of another computer, is left to it, and said', () => {
  for (const left of [heldBy(process.ppid), heldBy(dead(), 'elsewhere.example')]) {
    fs.writeFileSync(file, left);
    expect(lock).toThrow('Another run writes into the case');
    expect(fs.readFileSync(file, 'utf8')).toBe(left);
  }
});

test('of two runs that find the same dead lock in the same moment, one gives way', () => {
  fs.writeFileSync(file, heldBy(dead()));
  const write = fs.writeFileSync;
  const other = heldBy(process.ppid);
  // The first try meets the dead lock; after the second, the other run puts its own in place of ours.
  vi.spyOn(fs, 'writeFileSync').mockImplementation((...args) => {
    write(...args);
    write(file, other);
  });
  expect(lock).toThrow(`process ${process.ppid}`);
  expect(fs.readFileSync(file, 'utf8')).toBe(other);
});
