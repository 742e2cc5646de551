/** The same evidence gives the same bytes, whatever the number of workers, the order of reading and the folder it lies in. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessmentJson } from '../../src/export/index.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { utf16 } from '../support/memory.ts';
import { root, runCli } from './run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-same-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test.each(['used-shell', 'split-chain'])('%s: --jobs 1, 2, 3 and 8, another time zone and another place', (name) => {
  const example = path.join(root, 'examples', name);
  const moved = path.join(folder, name);
  fs.cpSync(example, moved, { recursive: true });
  const results = new Set<string>();
  const run = (evidence: string, jobs: number, env: NodeJS.ProcessEnv): void => {
    const out = path.join(folder, `${name}-${results.size}-${jobs}-${Object.keys(env).join('')}`);
    const ended = runCli(['assess', evidence, '--out', out, '--jobs', String(jobs)], { env });
    expect(ended.code, ended.stderr).toBe(1);
    results.add(fs.readFileSync(path.join(out, 'assessment.json'), 'utf8'));
  };
  for (const jobs of [1, 2, 3, 8]) run(example, jobs, {});
  run(moved, 2, { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
  expect(results.size).toBe(1);
});

test('logs that are there twice: --jobs 1 and 3', () => {
  const moved = path.join(folder, 'twice');
  fs.cpSync(path.join(root, 'examples', 'used-shell'), moved, { recursive: true });
  for (const entry of fs.readdirSync(moved, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const bytes = entry.isFile() && /\.log$/i.test(file) ? fs.readFileSync(file) : Buffer.alloc(0);
    if (bytes.length > 0) fs.writeFileSync(`${file}.utf16.txt`, utf16(bytes.toString()));
    if (bytes.length > 0) fs.writeFileSync(`${file}.early.txt`, bytes.subarray(0, Math.ceil(bytes.length / 2)));
  }
  const results = new Set<string>();
  for (const jobs of [1, 3]) {
    const out = path.join(folder, `twice-${jobs}`);
    const ended = runCli(['assess', moved, '--out', out, '--jobs', String(jobs)], { env: {} });
    expect(ended.code, ended.stderr).toBe(1);
    results.add(fs.readFileSync(path.join(out, 'assessment.json'), 'utf8'));
  }
  expect(results.size).toBe(1);
  const { problems } = JSON.parse([...results][0]!) as { problems: { code: string }[] };
  const codes = new Set(problems.map(({ code }) => code));
  expect(codes).toContain('evidence.same_rows');
  expect(codes).toContain('evidence.prefix');
});

test('artifacts in reverse and in random order', async () => {
  const example = path.join(root, 'examples', 'split-chain');
  const results = new Set<string>();
  const orders: ((a: { path: string }, b: { path: string }) => number)[] = [
    (a, b) => (a.path < b.path ? -1 : 1),
    (a, b) => (a.path < b.path ? 1 : -1),
    ...[7, 13, 29].map((seed) => (a: { path: string }, b: { path: string }) => shuffled(a.path, seed) - shuffled(b.path, seed)),
  ];
  for (const order of orders) {
    results.add(
      assessmentJson(
        await assessFolder(example, {
          order: (gathered) => ({
            ...gathered,
            artifacts: gathered.artifacts.toSorted(order).map((artifact, index) => ({ ...artifact, order: index })),
          }),
        }),
      ),
    );
  }
  expect(results.size).toBe(1);
});

function shuffled(text: string, seed: number): number {
  let hash = seed;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}
