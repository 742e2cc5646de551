/** Hostile archives give problems, never a throw, and never more memory than a process has. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { gather } from '../../src/evidence/index.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { inlineExecutor, run } from '../../src/run/index.ts';
import { type ArchiveCase, archiveCases, sevenZip } from './corpus.mjs';
import { compiled } from './compiled.ts';
import { caseDifferences } from './compare-case.ts';
import { shortened } from '../support/soak.ts';
import { readCase, type ReadResult } from './read-case.mjs';

const parts = { gather, run, inlineExecutor, platform: nodePlatform };
const child = path.join(path.dirname(fileURLToPath(import.meta.url)), 'read-case-child.mjs');
const mostBytes = 600 << 20;

const possible = archiveCases.filter(({ needs }) => needs === undefined || sevenZip !== null);
const left = archiveCases.length - possible.length;
if (left > 0) console.warn(`skipped: ${left} archives that only 7z can write (Debian's p7zip-full)`);

test('ids are unique, and there are many', () => {
  expect(new Set(archiveCases.map(({ id }) => id)).size).toBe(archiveCases.length);
  expect(archiveCases.length).toBeGreaterThan(100);
});

/** Said in full: a list in an assertion is shortened. */
const expectNone = (one: ArchiveCase, different: readonly string[]): void =>
  expect(different, `${one.what}: ${different.join('; ')}`).toEqual([]);

const rows = (wanted: boolean): [string, ArchiveCase][] =>
  possible.filter((one) => (one.child === true) === wanted).map((one) => [one.id, one]);

describe('hostile archives', () => {
  test.each(shortened('archives', rows(false), ([id]) => id !== 'same-name-10000'))('%s', async (_, one) => {
    const result = await readCase(one, one.needs === '7z' ? await compiled() : parts);
    expectNone(one, caseDifferences(one, result));
  });

  test('an archive has the hash of its bytes, in a folder and in another archive', async () => {
    for (const id of ['bomb-nested-5', 'gzip-twice', 'tar-right', 'right-deflated']) {
      const one = archiveCases.find((entry) => entry.id === id)!;
      const result = await readCase(one, parts);
      const archives = result.artifacts.filter(({ role }) => role === 'container');
      const sha256 = createHash('sha256')
        .update(await one.bytes!())
        .digest('hex');
      expect(archives.find(({ path: place }) => place === one.file)?.sha256, id).toBe(sha256);
      expect(archives.every((archive) => archive.sha256 !== null)).toBe(true);
    }
  });
});

/** What takes long is the number of things, not what is wrong with them. */
const long = ['bomb-ten-million-announced', 'bomb-hundred-thousand', 'bomb-fan-6', 'bomb-many-gzips'];

describe('bombs, in a process with 256 MB', () => {
  test.each(shortened('bombs', rows(true), ([id]) => !long.includes(id)))(
    '%s',
    (id, one) => {
      const ended = spawnSync(process.execPath, ['--max-old-space-size=256', child, id], {
        encoding: 'utf8',
        timeout: 120_000,
        maxBuffer: 256 << 20,
      });
      expect(ended.stderr, one.what).toBe('');
      expect([ended.status, ended.signal]).toEqual([0, null]);
      const result = JSON.parse(ended.stdout) as ReadResult & { readonly mostBytes: number };
      expectNone(one, caseDifferences(one, result));
      expect(result.mostBytes).toBeLessThan(mostBytes);
    },
    150_000,
  );
});
