/**
 * The program is killed wherever it may be: in front of and behind every file that is put in its place, and at random moments. What is
 * left gives no answer that was not finished, nothing stands in the way of the next run, and that one writes what an undisturbed run writes.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { soak } from '../support/soak.ts';
import { root, runCli, startCli } from './run-cli.ts';

const evidence = path.join(root, 'examples', 'session');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-killed-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));
const args = (out: string, jobs: number): string[] => [
  'assess',
  evidence,
  '--out',
  out,
  '--jobs',
  String(jobs),
  '--now',
  '2021-03-10T00:00:00Z',
  '--tz',
  'UTC',
];
const results = [
  'assessment.json',
  'findings.ndjson',
  'observables.ndjson',
  'timeline.csv',
  'plan.md',
  'plan-values.json',
  'report.html',
];
const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(results.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));

let undisturbed: Record<string, string>;
let tookMs: number;
beforeAll(() => {
  const out = path.join(scratch, 'undisturbed');
  const began = Date.now();
  expect(runCli(args(out, 1)).code).toBe(1);
  tookMs = Date.now() - began;
  undisturbed = contents(out);
});

/** What is there after a kill: an answer only where every file of it is whole. */
function checkLeft(folder: string): void {
  const file = path.join(folder, 'run.json');
  if (!fs.existsSync(file)) return;
  const { answer } = JSON.parse(fs.readFileSync(file, 'utf8')) as { answer: string };
  if (answer === 'not finished') return;
  expect(contents(folder)).toEqual(undisturbed);
}

/** Ends the process with SIGKILL around the nth file that is put in its place; the exit code of a run that saw fewer is its answer. */
function killedAt(nth: number, when: 'before' | 'after'): string {
  const file = path.join(scratch, `kill-${nth}-${when}.mjs`);
  fs.writeFileSync(
    file,
    `import fs from 'node:fs';
const rename = fs.renameSync;
let count = 0;
fs.renameSync = (from, to) => {
  count++;
  if (count === ${nth} && ${when === 'before'}) process.kill(process.pid, 'SIGKILL');
  rename(from, to);
  if (count === ${nth}) process.kill(process.pid, 'SIGKILL');
};`,
  );
  return `--import=${file}`;
}

test('around every file that is put in its place', { timeout: 240_000 }, () => {
  const out = path.join(scratch, 'renames');
  let killed = 0;
  let points = 0;
  for (let nth = 1; ; nth++) {
    const ended = (['before', 'after'] as const).map((when) => runCli(args(out, 1), { node: [killedAt(nth, when)] }));
    if (ended.every(({ code }) => code === 1)) break;
    points++;
    killed += ended.filter(({ signal }) => signal === 'SIGKILL').length;
    checkLeft(out);
  }
  // run.json at the beginning and at the end, and the files of the answer between them.
  expect(points).toBe(results.length + 2);
  expect(killed).toBe(points * 2);
  expect(contents(out)).toEqual(undisturbed);
});

test('a folder in which nothing but a draft is left is ours', () => {
  const out = path.join(scratch, 'draft');
  fs.mkdirSync(out);
  fs.writeFileSync(path.join(out, 'run.json.part'), '{');
  expect(runCli(args(out, 1)).code).toBe(1);
  expect(contents(out)).toEqual(undisturbed);
  expect(fs.readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('at random moments, with workers', { timeout: 900_000 }, async () => {
  const out = path.join(scratch, 'moments');
  const random = (
    (state) => () =>
      (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  )(20_211_125);
  let killed = 0;
  for (let times = soak ? 200 : 5; times > 0; times--) {
    const ended = await startCli(args(out, 2), scratch, (child) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), random() * tookMs);
      child.on('exit', () => clearTimeout(timer));
    });
    if (ended.signal === 'SIGKILL') killed++;
    if (fs.existsSync(out)) checkLeft(out);
  }
  expect(killed).toBeGreaterThan(0);
  expect(runCli(args(out, 2)).code).toBe(1);
  expect(contents(out)).toEqual(undisturbed);
});

test('a disk that is full is said, and no answer is left', () => {
  const out = path.join(scratch, 'full');
  const file = path.join(scratch, 'full.mjs');
  fs.writeFileSync(
    file,
    `import fs from 'node:fs';
const write = fs.writeFileSync;
fs.writeFileSync = (to, text, ...rest) => {
  if (typeof to === 'number' && String(text).includes('<!doctype')) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  return write(to, text, ...rest);
};`,
  );
  const ended = runCli(args(out, 1), { node: [`--import=${file}`] });
  expect(ended.code).toBe(64);
  expect(ended.stderr).toContain('the disk is full (ENOSPC). No answer was given');
  checkLeft(out);
  expect(runCli(args(out, 1)).code).toBe(1);
  expect(contents(out)).toEqual(undisturbed);
});
