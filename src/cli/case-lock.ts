/** One run at a time writes into a case: two would put their numbers, drafts and answers into one another. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../core/errors.ts';

export const lockName = '.lock';
const longest = 1000;

interface Holder {
  readonly pid: number;
  readonly computer: string;
}

/**
 * Held until this process ends. One that a killed run left is taken over.
 * @throws UserError where another run is at work, or nothing can be written
 */
export function lockCase(folder: string, unwritable: (file: string, error: unknown) => Error): void {
  const file = path.join(folder, lockName);
  const own: Holder = { pid: process.pid, computer: nameOf(os.hostname()) };
  let left = false;
  for (let tries = 0; ; tries++) {
    try {
      fs.writeFileSync(file, `${JSON.stringify(own)}\n`, { flag: 'wx' });
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST') || tries > 5) throw unwritable(file, error);
    }
    // Begun a moment ago, it may be empty still.
    const holder = holderOf(file) ?? (pause(), holderOf(file));
    if (holder !== null && isAtWork(holder, own)) throw busy(folder, file, holder);
    fs.rmSync(file, { force: true, recursive: true });
    left = true;
  }
  if (left) {
    // Two runs that found the same dead lock may each have removed what they took for it: the later one's stands, and the other gives way.
    pause();
    const holder = holderOf(file);
    if (holder === null || !isSame(holder, own)) throw busy(folder, file, holder);
  }
  process.once('exit', () => {
    const holder = holderOf(file);
    if (holder !== null && isSame(holder, own)) fs.rmSync(file, { force: true });
  });
}

const isSame = (one: Holder, other: Holder): boolean => one.pid === other.pid && one.computer === other.computer;

const busy = (folder: string, file: string, holder: Holder | null): UserError =>
  new UserError(
    'case.busy',
    `Another run writes into the case ${folder}${holder === null ? '' : ` (process ${holder.pid} on ${holder.computer})`}.`,
    `Wait until it ends. If it does not run any more, delete ${file} and run it again.`,
  );

const nameOf = (computer: string): string => computer.replaceAll(/[^\w.-]/g, '?').slice(0, 80);

const pause = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);

/** null: nothing that a run wrote. */
function holderOf(file: string): Holder | null {
  try {
    if (!fs.lstatSync(file).isFile() || fs.statSync(file).size > longest) return null;
    const value: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('computer' in value)) return null;
    const { pid, computer } = value;
    return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 && typeof computer === 'string'
      ? { pid, computer: nameOf(computer) }
      : null;
  } catch {
    return null;
  }
}

/** Of another computer nobody can tell; a number of our own is that of a run before this one. */
function isAtWork({ pid, computer }: Holder, own: Holder): boolean {
  if (computer !== own.computer) return true;
  if (pid === own.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
