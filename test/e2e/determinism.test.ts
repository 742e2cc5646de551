/** The same evidence gives the same bytes, whatever the number of workers, the order of reading and the folder it lies in. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessmentJson } from '../../src/export/index.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { utf16 } from '../support/memory.ts';
import { shortened } from '../support/soak.ts';
import { root, runCli } from './run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-same-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test.each(shortened('sets', ['used-shell', 'split-chain'], (name) => name === 'used-shell'))(
  '%s: --jobs 1, 2 and 8, another time zone and another place',
  (name) => {
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
    for (const jobs of [1, 2, 8]) run(example, jobs, {});
    run(moved, 2, { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
    expect(results.size).toBe(1);
  },
);

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

test('what is hashed in another thread has the hash of its bytes: --jobs 1, 2 and 5', () => {
  const moved = path.join(folder, 'hashed');
  fs.mkdirSync(moved);
  const header = '#Fields: date time cs-method cs-uri-stem cs-uri-query sc-status\r\n';
  const rows = (from: number, count: number): string =>
    Array.from(
      { length: count },
      (_, i) => `2021-03-0${1 + ((from + i) % 9)} 04:00:00 GET /owa/ x=${from + i}${'y'.repeat(150)} 200\r\n`,
    ).join('');
  const long = header + rows(0, 5000);
  const files: Record<string, string | Buffer> = {
    'u_ex210301.log': long,
    'early.log': long.slice(0, 400_000),
    'copy.log': long,
    'other.log': header + rows(9000, 3000),
    'blocks.log': header + rows(20_000, 30_000),
    // Read by nothing, and hashed all the same.
    'program.exe': Buffer.from(`MZ${'\0'.repeat(9_000_000)}end`),
    'small.log': header + rows(1, 3),
  };
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(moved, name), content);
  const results = new Set<string>();
  for (const jobs of [1, 2, 5]) {
    const out = path.join(folder, `hashed-${jobs}`);
    const ended = runCli(['assess', moved, '--out', out, '--jobs', String(jobs)], { env: {} });
    expect(ended.stderr).not.toContain('bug');
    results.add(fs.readFileSync(path.join(out, 'assessment.json'), 'utf8'));
  }
  expect(results.size).toBe(1);
  const { evidence, problems } = JSON.parse([...results][0]!) as {
    evidence: { path: string; sha256: string }[];
    problems: { code: string; artifact: string }[];
  };
  expect(Object.fromEntries(evidence.map(({ path: name, sha256 }) => [path.posix.basename(name), sha256]))).toEqual(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, createHash('sha256').update(content).digest('hex')]),
    ),
  );
  expect(problems.filter(({ code }) => code === 'evidence.prefix')).toHaveLength(1);
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
