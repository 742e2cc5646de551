/** `--resume`, `--trust-mtime`, `--no-work` and `--memory` as somebody types them. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, root, runCli } from './run-cli.ts';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-resume-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));
const evidence = path.join(scratch, 'evidence');
const out = path.join(scratch, 'case');
const results = ['assessment.json', 'findings.ndjson', 'observables.ndjson', 'timeline.csv', 'report.html'];
const contents = (folder: string): string[] => results.map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
const assess = (folder: string, ...more: readonly string[]): Ended =>
  runCli(['assess', evidence, '--out', folder, '--jobs', '1', '--now', '2021-03-10T00:00:00Z', '--tz', 'UTC', ...more]);
const kept = (folder: string): readonly string[] =>
  (JSON.parse(fs.readFileSync(path.join(folder, 'run.json'), 'utf8')) as { kept: string[] }).kept;

let plain: readonly string[];
let files: number;
beforeAll(() => {
  fs.cpSync(path.join(root, 'examples', 'used-shell'), evidence, { recursive: true });
  // What was written a moment ago has no time that could be trusted.
  const old = new Date('2021-03-10T00:00:00Z');
  for (const name of fs.readdirSync(evidence, { recursive: true }) as string[]) {
    const file = path.join(evidence, name);
    if (fs.statSync(file).isFile()) fs.utimesSync(file, old, old);
  }
  const folder = path.join(scratch, 'plain');
  expect(assess(folder, '--no-work').code).toBe(1);
  expect(fs.existsSync(path.join(folder, '.work'))).toBe(false);
  expect(kept(folder)).toEqual([]);
  plain = contents(folder);
  files = (JSON.parse(plain[0]!) as { evidence: { bytes: number }[] }).evidence.filter(({ bytes }) => bytes > 0).length;
});

test('what is kept is taken, with workers and within little memory, and changes nothing', () => {
  expect(assess(out).code).toBe(1);
  expect(contents(out)).toEqual(plain);
  expect(fs.readdirSync(path.join(out, '.work')).sort()).toEqual(['kept-1.bin', 'seal']);
  expect(assess(out, '--resume', '--jobs', '3', '--memory', '420').code).toBe(1);
  expect(contents(out)).toEqual(plain);
  expect(kept(out)[0]).toContain(`Taken from the last run: ${files} files`);
  expect(kept(out).length).toBe(1);
  expect((JSON.parse(fs.readFileSync(path.join(out, 'run.json'), 'utf8')) as { jobs: number }).jobs).toBe(1);
});

test('of what grew only that is read; a report for others holds nothing of what is kept', () => {
  const [log] = (fs.readdirSync(evidence, { recursive: true }) as string[]).filter((name) => /ECPServer.*\.LOG$/i.test(name));
  fs.appendFileSync(path.join(evidence, log!), '2021-03-09T23:16:56.590Z,MAIL01,ECP.Request,"S:TIME=1;S:REQID=;S:URL=/ecp/"\r\n');
  expect(assess(out, '--trust-mtime').code).toBe(1);
  expect(kept(out)).toEqual([
    expect.stringContaining(`Taken from the last run: ${files - 1} files`),
    'Not taken: 1 file: another content than when it was kept.',
  ]);
  const whole = path.join(scratch, 'whole');
  expect(assess(whole, '--no-work').code).toBe(1);
  expect(contents(out)).toEqual(contents(whole));
  expect(runCli(['report', out, '--for', 'public']).code).toBe(0);
  const others = fs.readdirSync(path.join(out, 'public'), { recursive: true });
  expect(others.length).toBeGreaterThan(0);
  expect(others.filter((name) => /work|kept|seal/.test(String(name)))).toEqual([]);
});

test('too little memory is said before anything is read', () => {
  const folder = path.join(scratch, 'small');
  const ended = assess(folder, '--memory', '64');
  expect([ended.code, ended.stdout]).toEqual([64, '']);
  expect(ended.stderr).toContain('With 64 MB nothing can be read');
  expect(fs.existsSync(folder)).toBe(false);
});
