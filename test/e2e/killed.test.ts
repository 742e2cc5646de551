/**
 * The program is killed wherever it may be: around every file that is put in its place, within what it keeps for the next run, and at random
 * moments. What is left gives no answer that was not finished, nothing stands in the way of the next run, and a run that goes on
 * (`--resume`) writes what an undisturbed run writes.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { soak } from '../support/soak.ts';
import { type Ended, root, runCli, startCli } from './run-cli.ts';

const evidence = path.join(root, 'examples', 'session');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-killed-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));
const args = (out: string, jobs: number, ...more: readonly string[]): string[] => [
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
  ...more,
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
/** run.json at the beginning and at the end, and the files of the answer between them. */
const renames = results.length + 2;

const random = (
  (state) => () =>
    (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
)(20_211_125);

let undisturbed: Record<string, string>;
let tookMs: number;
/** How often the undisturbed run adds to what it keeps. */
let writes: number;
let artifacts: number;

/** What is there after a kill: an answer only where every file of it is whole. */
function checkLeft(folder: string): void {
  const file = path.join(folder, 'run.json');
  if (!fs.existsSync(file)) return;
  const { answer } = JSON.parse(fs.readFileSync(file, 'utf8')) as { answer: string };
  if (answer === 'not finished') return;
  expect(contents(folder)).toEqual(undisturbed);
}

/** Runs before the program in its process. */
function before(name: string, code: string): string {
  const file = path.join(scratch, `${name}.mjs`);
  fs.writeFileSync(file, `import fs from 'node:fs';\nimport path from 'node:path';\n${code}`);
  return `--import=${file}`;
}

/** Ends the process with SIGKILL around the nth file that is put in its place. */
const killedAtRename = (nth: number, when: 'before' | 'after'): string =>
  before(
    `rename-${nth}-${when}`,
    `const rename = fs.renameSync;
let count = 0;
fs.renameSync = (from, to) => {
  count++;
  if (count === ${nth} && ${when === 'before'}) process.kill(process.pid, 'SIGKILL');
  rename(from, to);
  if (count === ${nth}) process.kill(process.pid, 'SIGKILL');
};`,
  );

/** Ends it within the nth time that it adds to what it keeps: so much of it is written. */
const killedAtWrite = (nth: number, share: number): string =>
  before(
    `write-${nth}-${share}`,
    `const write = fs.writeSync;
let count = 0;
fs.writeSync = (to, bytes, from = 0, ...rest) => {
  count++;
  if (count !== ${nth}) return write(to, bytes, from, ...rest);
  write(to, bytes, from, Math.floor((bytes.length - from) * ${share}));
  process.kill(process.pid, 'SIGKILL');
};`,
  );

beforeAll(() => {
  const out = path.join(scratch, 'undisturbed');
  const began = Date.now();
  const counting = before(
    'counting',
    `const write = fs.writeSync;
let count = 0;
fs.writeSync = (...all) => (count++, write(...all));
process.on('exit', () => fs.writeFileSync(${JSON.stringify(path.join(scratch, 'writes'))}, String(count)));`,
  );
  expect(runCli(args(out, 1), { node: [counting] }).code).toBe(1);
  tookMs = Date.now() - began;
  writes = Number(fs.readFileSync(path.join(scratch, 'writes'), 'utf8'));
  // The head of the file, and each artifact.
  expect(writes).toBeGreaterThan(5);
  undisturbed = contents(out);
  artifacts = (JSON.parse(undisturbed['assessment.json']!) as { evidence: unknown[] }).evidence.length;
});

test('what lies there at any moment around a file that is put in its place is no wrong answer', () => {
  const out = path.join(scratch, 'renames');
  const seen = path.join(scratch, 'seen');
  fs.mkdirSync(seen);
  // What a killed process leaves is what it had handed to the system: a copy of the folder at that moment.
  const copying = before(
    'copying',
    `const rename = fs.renameSync;
let count = 0;
const look = () => fs.cpSync(${JSON.stringify(out)}, path.join(${JSON.stringify(seen)}, String(++count)), { recursive: true });
fs.renameSync = (from, to) => { look(); rename(from, to); look(); };`,
  );
  expect(runCli(args(out, 1), { node: [copying] }).code).toBe(1);
  expect(fs.readdirSync(seen).length).toBe(renames * 2);
  let finished = 0;
  for (const name of fs.readdirSync(seen)) {
    const folder = path.join(seen, name);
    checkLeft(folder);
    const run = path.join(folder, 'run.json');
    if (fs.existsSync(run) && !fs.readFileSync(run, 'utf8').includes('not finished')) finished++;
  }
  expect(finished).toBe(1);
  expect(contents(out)).toEqual(undisturbed);
});

test('who stops it is told what is kept, and how to go on; so is who asks for the report', () => {
  const out = path.join(scratch, 'stopped by hand');
  const stopping = before(
    'stopping',
    `const write = fs.writeSync;
let count = 0;
fs.writeSync = (...all) => {
  if (++count === ${Math.ceil(writes * 0.5)}) process.kill(process.pid, 'SIGINT');
  return write(...all);
};`,
  );
  const stopped = runCli([...args(out, 1), '--password', 'told to nobody'], { node: [stopping] });
  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toMatch(/^afterpatch was stopped after \d+ % of the reading\. No answer was given\.$/m);
  const count = Number(/^ {2}(\d+) files that were finished are kept\./m.exec(stopped.stderr)?.[1]);
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(artifacts);
  const again = args(out, 1).map((one) => (/ /.test(one) ? `"${one}"` : one));
  const command = `npx afterpatch ${again.join(' ')} --password "<password>" --resume`;
  expect(stopped.stderr).toContain(`\n  ${command}\n`);
  expect(JSON.parse(fs.readFileSync(path.join(out, 'run.json'), 'utf8'))).toMatchObject({
    answer: 'not finished',
    exitCode: 130,
    filesRead: count,
    command: [...args(out, 1), '--password', '<password>'],
  });
  const asked = runCli(['report', out]);
  expect([asked.code, asked.stderr.split(': ').at(-1)?.trim()]).toEqual([64, command]);
});

const resumed = (out: string, jobs: number): Ended => runCli(args(out, jobs, '--resume'));
const taken = ({ stderr }: Ended): number => Number(/Taken from the last run: (\d+) file/.exec(stderr)?.[1] ?? Number.NaN);

test('killed again and again while it goes on, it comes to the same end', { timeout: 240_000 }, async () => {
  const out = path.join(scratch, 'again');
  // A run that was killed before its first file was whole leaves a draft.
  fs.mkdirSync(out);
  fs.writeFileSync(path.join(out, 'run.json.part'), '{');
  const points = [
    killedAtWrite(Math.ceil(writes * 0.4), 0.5),
    killedAtWrite(writes, 0.9),
    killedAtRename(1 + Math.floor(random() * 2), 'before'),
    killedAtRename(3 + Math.floor(random() * (renames - 3)), 'after'),
    killedAtRename(renames, 'before'),
  ];
  for (const [index, point] of points.entries()) {
    const ended = runCli(args(out, 1, ...(index === 0 ? [] : ['--resume'])), { node: [point] });
    expect(ended.signal).toBe('SIGKILL');
    checkLeft(out);
  }
  let killed = 0;
  for (let times = 3; times > 0; times--) {
    const ended = await startCli(args(out, 2, '--resume'), scratch, (child) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), (0.1 + 0.15 * times * random()) * tookMs);
      child.on('exit', () => clearTimeout(timer));
    });
    if (ended.signal === 'SIGKILL') killed++;
    checkLeft(out);
  }
  expect(killed).toBeGreaterThan(0);
  const last = resumed(out, 2);
  expect(last.code).toBe(1);
  // Nothing that was finished is lost, however often it was killed.
  expect(taken(last)).toBe(artifacts);
  expect(contents(out)).toEqual(undisturbed);
  expect(fs.readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(fs.readdirSync(path.join(out, '.work')).length).toBe(2);
});

test.runIf(soak)('killed at every point, then gone on with', { timeout: 3_600_000 }, () => {
  const points = [
    ...Array.from({ length: renames }, (_, index) => [
      killedAtRename(index + 1, 'before'),
      killedAtRename(index + 1, 'after'),
    ]).flat(),
    ...Array.from({ length: writes }, (_, index) => killedAtWrite(index + 1, random())),
  ];
  for (const [index, point] of points.entries()) {
    const out = path.join(scratch, `point-${index}`);
    expect(runCli(args(out, 1), { node: [point] }).signal).toBe('SIGKILL');
    checkLeft(out);
    expect(resumed(out, 1 + (index % 3)).code).toBe(1);
    expect(contents(out)).toEqual(undisturbed);
    fs.rmSync(out, { recursive: true });
  }
});

test.runIf(soak)('killed at 200 random moments, then gone on with', { timeout: 3_600_000 }, async () => {
  let killed = 0;
  for (let times = 200; times > 0; times--) {
    const out = path.join(scratch, `moment-${times}`);
    const jobs = 1 + Math.floor(random() * 3);
    const ended = await startCli(args(out, jobs), scratch, (child) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), random() * tookMs);
      child.on('exit', () => clearTimeout(timer));
    });
    if (ended.signal === 'SIGKILL') killed++;
    if (fs.existsSync(out)) checkLeft(out);
    expect(resumed(out, jobs).code).toBe(1);
    expect(contents(out)).toEqual(undisturbed);
    fs.rmSync(out, { recursive: true });
  }
  expect(killed).toBeGreaterThan(100);
});

test('a disk that is full is said, and no answer is left', () => {
  const out = path.join(scratch, 'full');
  const full = before(
    'full',
    `const write = fs.writeFileSync;
fs.writeFileSync = (to, text, ...rest) => {
  if (typeof to === 'number' && String(text).includes('<!doctype')) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  return write(to, text, ...rest);
};
const add = fs.writeSync;
let count = 0;
fs.writeSync = (...all) => {
  if (++count === 4) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  return add(...all);
};`,
  );
  const ended = runCli(args(out, 1), { node: [full] });
  expect(ended.code).toBe(64);
  expect(ended.stderr).toContain('the disk is full (ENOSPC). No answer was given');
  // What could not be kept takes no room from the answer.
  expect(ended.stderr).toContain('Nothing is kept for --resume: .work could not be written (ENOSPC).');
  expect(fs.readdirSync(path.join(out, '.work'))).toEqual(['seal']);
  checkLeft(out);
  expect(resumed(out, 1).code).toBe(1);
  expect(contents(out)).toEqual(undisturbed);
});
