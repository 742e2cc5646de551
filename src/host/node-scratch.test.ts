import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { nodePlatform } from './node-platform.ts';

afterEach(() => vi.unstubAllEnvs());

test('a machine without a folder for temporary files says so as it says of any file', async () => {
  // The folder is made once for a process, and test files share one.
  vi.resetModules();
  const { nodePlatform } = await import('./node-platform.ts');
  const { FileError } = await import('../core/platform.ts');
  vi.stubEnv('TMPDIR', path.join(os.tmpdir(), 'afterpatch-nowhere', 'deeper'));
  vi.stubEnv('TEMP', path.join(os.tmpdir(), 'afterpatch-nowhere', 'deeper'));
  expect(() => nodePlatform.scratch()).toThrow(FileError);
});

test('what is kept beside can be read in any order, and is gone when it is removed', () => {
  const scratch = nodePlatform.scratch()!;
  scratch.write(Uint8Array.of(1, 2, 3));
  scratch.write(Uint8Array.of(4));
  const source = scratch.open();
  const into = new Uint8Array(2);
  expect([source.byteLength, source.read(2, into), ...into]).toEqual([4, 2, 3, 4]);
  source.close();
  scratch.remove();
  expect(fs.existsSync(scratch.path)).toBe(false);
});
