/** Runs over files in memory that keep what they find in a case folder on the disk, and go on with it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { Files } from '../../src/core/platform.ts';
import { learnPages } from '../../src/detect/index.ts';
import { gather } from '../../src/evidence/index.ts';
import { WorkFolder, type WorkTold } from '../../src/host/work-folder.ts';
import { inlineExecutor, type KeptWork, type Observed, run, type RunOptions } from '../../src/run/index.ts';
import { memoryPlatform } from './memory.ts';

/** New folders, gone when the tests have ended. */
export function caseFolders(): () => string {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-kept-'));
  afterAll(() => fs.rmSync(home, { recursive: true, force: true }));
  let count = 0;
  return () => {
    const folder = path.join(home, String(count++));
    fs.mkdirSync(folder);
    return folder;
  };
}

/** With times of files; undefined: nobody can say. */
export const stamped = (files: Files, stamp: (path: string) => string | undefined): Files => ({
  ...files,
  open: (file) => {
    const source = files.open(file);
    const mark = stamp(file);
    return mark === undefined ? source : { ...source, stamp: mark };
  },
});

/** All of it, so that a test can change some of it. */
export const forwarding = (work: WorkFolder): KeptWork => ({
  program: work.program,
  trusting: work.trusting,
  find: (name) => work.find(name),
  taken: (kept, about) => work.taken(kept, about),
  refused: (name, why) => work.refused(name, why),
  questions: (key) => work.questions(key),
  asks: (key, questions) => work.asks(key, questions),
  anew: (name, blocks, read) => work.anew(name, blocks, read),
  begin: () => work.begin(),
});

export async function observedRun(files: Files, options: Partial<RunOptions>): Promise<Observed> {
  const platform = memoryPlatform(files);
  const gathered = await gather(['/case'], platform);
  try {
    return await run(gathered, {
      rules: [],
      platform,
      executor: inlineExecutor(),
      learn: learnPages,
      onProgress: () => {},
      signal: new AbortController().signal,
      blockBytes: 4096,
      ...options,
    });
  } finally {
    gathered.close();
  }
}

export interface Gone {
  readonly observed: Observed;
  readonly told: WorkTold;
}

export async function keepingRun(
  folder: string,
  files: Files,
  how: { readonly resume: boolean; readonly trusting?: boolean; readonly program?: string },
  options: Partial<RunOptions>,
  through: (work: WorkFolder) => KeptWork = (work) => work,
): Promise<Gone> {
  const work = new WorkFolder(folder, { program: 'a', trusting: false, ...how });
  try {
    const found = await observedRun(files, { kept: through(work), ...options });
    return { observed: found, told: work.end() };
  } finally {
    work.close();
  }
}
