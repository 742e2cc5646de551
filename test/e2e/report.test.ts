/** `afterpatch report`: the same case again, for other eyes, without its evidence. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { root, runCli } from './run-cli.ts';

let folder: string;
let made: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-report-'));
  // A copy, so that it can be taken away before the report is written again.
  const evidence = path.join(folder, 'evidence');
  fs.cpSync(path.join(root, 'examples', 'written-shell'), evidence, { recursive: true });
  made = path.join(folder, 'case');
  const ended = runCli(['assess', evidence, '--out', made, '--tz', 'Europe/Berlin', '--now', '2021-03-09T20:40:00Z']);
  expect(ended.code, ended.stderr).toBe(1);
  fs.rmSync(evidence, { recursive: true });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Every file below a folder with its hash. */
const filesOf = (at: string): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(at, { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.statSync(path.join(at, name)).isFile())
      .sort()
      .map((name) => [
        name.replaceAll('\\', '/'),
        createHash('sha256')
          .update(fs.readFileSync(path.join(at, name)))
          .digest('hex'),
      ]),
  );

test('without options it is the same, byte for byte, and nothing else of the case is touched', () => {
  const before = filesOf(made);
  const ended = runCli(['report', made]);
  expect([ended.code, ended.stderr, ended.stdout]).toEqual([0, '', `${path.join(made, 'report.html')}\n`]);
  expect(filesOf(made)).toEqual(before);
});

test('another zone and another now change the report alone', () => {
  const before = filesOf(made);
  expect(runCli(['report', made, '--tz', 'UTC', '--now', '2021-04-01T00:00:00Z']).code).toBe(0);
  const after = filesOf(made);
  expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(['report.html']);
  expect(fs.readFileSync(path.join(made, 'report.html'), 'utf8')).toContain('Report of 1 April 2021, 00:00 UTC');
  expect(runCli(['report', made]).code).toBe(0);
  expect(filesOf(made)).toEqual(before);
});

test('for others it stands in a folder of its own, findings and timeline beside it, and can be written again', () => {
  const before = filesOf(made);
  for (const audience of ['responder', 'public']) {
    for (let times = 0; times < 2; times++) {
      const ended = runCli(['report', made, '--for', audience]);
      expect(ended.code, ended.stderr).toBe(0);
      expect(fs.readdirSync(path.join(made, audience)).sort()).toEqual(['findings.ndjson', 'report.html', 'timeline.csv']);
    }
  }
  const of = (audience: string, name: string): string => fs.readFileSync(path.join(made, audience, name), 'utf8');
  for (const name of ['findings.ndjson', 'timeline.csv', 'report.html']) expect(of('public', name)).not.toMatch(/MAIL01|haven/i);
  expect(of('responder', 'findings.ndjson')).toContain('MAIL01');
  // The owner's own files hold the session's key in clear; no other does.
  const canary = /msExchEcpCanary=([\w.]{10,})/.exec(fs.readFileSync(path.join(made, 'timeline.csv'), 'utf8'))![1]!;
  for (const audience of ['responder', 'public'])
    for (const name of ['findings.ndjson', 'timeline.csv', 'report.html']) expect(of(audience, name)).not.toContain(canary);
  expect(fs.readFileSync(path.join(made, 'report.html'), 'utf8')).not.toContain(canary);
  const after = filesOf(made);
  for (const [name, hash] of Object.entries(before)) expect(after[name], name).toBe(hash);
});

test('a new run takes away what was made of the old answer', () => {
  const again = path.join(folder, 'again');
  const assess = (): number | null => runCli(['assess', path.join(root, 'examples', 'too-young'), '--out', again]).code;
  expect(assess()).toBe(2);
  expect(runCli(['report', again, '--for', 'public']).code).toBe(0);
  expect(assess()).toBe(2);
  expect(fs.readdirSync(path.join(again, 'public'))).toEqual([]);
});

test('it goes elsewhere when told to, and never over files of others', () => {
  const out = path.join(folder, 'elsewhere');
  expect(runCli(['report', made, '--out', out]).code).toBe(0);
  expect(fs.readdirSync(out).sort()).toEqual(['findings.ndjson', 'report.html', 'timeline.csv']);
  const others = path.join(folder, 'others');
  fs.mkdirSync(others);
  fs.writeFileSync(path.join(others, 'letter.txt'), 'mine');
  const refused = runCli(['report', made, '--out', others]);
  expect(refused.code).toBe(64);
  expect(refused.stderr).toContain('holds other files (letter.txt)');
  expect(fs.readdirSync(others)).toEqual(['letter.txt']);
});

test.each([
  ['nothing is there', 'nowhere', () => {}, 'There is nothing at'],
  ['it is no case', 'plain', (at: string) => fs.mkdirSync(at), 'is no case of Afterpatch: there is no assessment.json in it'],
  [
    'its run did not end',
    'broken-off',
    (at: string) => {
      fs.mkdirSync(at);
      fs.writeFileSync(path.join(at, 'run.json'), '{}');
    },
    'the run that made it did not end',
  ],
  [
    'its assessment was changed by hand',
    'changed',
    (at: string) => {
      fs.cpSync(made, at, { recursive: true });
      const file = path.join(at, 'assessment.json');
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"answer": "confirmed"', '"answer": "no"'));
    },
    '.verdict.answer is none of',
  ],
])('says so when %s', (_name, at, make, words) => {
  make(path.join(folder, at));
  const ended = runCli(['report', path.join(folder, at)]);
  expect(ended.code).toBe(64);
  expect(ended.stderr).toContain(words);
  expect(ended.stderr).not.toContain('    at ');
});

test('a folder for others that leads out of the case is refused, and nothing is written where it leads', () => {
  const elsewhere = path.join(folder, 'led-to');
  fs.mkdirSync(elsewhere);
  const copy = path.join(folder, 'copied');
  fs.cpSync(made, copy, { recursive: true });
  fs.rmSync(path.join(copy, 'public'), { recursive: true, force: true });
  fs.symlinkSync(elsewhere, path.join(copy, 'public'), 'junction');
  const ended = runCli(['report', copy, '--for', 'public']);
  expect([ended.code, ended.stderr.includes('is a link to another place')], ended.stderr).toEqual([64, true]);
  expect(fs.readdirSync(elsewhere)).toEqual([]);
});

test('the plan is printed as the case holds it, for the eye, as Markdown and as data', () => {
  const plan = (JSON.parse(fs.readFileSync(path.join(made, 'assessment.json'), 'utf8')) as Assessment).plan;
  const [shown, markdown, data] = [[], ['--markdown'], ['--json']].map((args) => runCli(['plan', made, ...args]));
  for (const ended of [shown!, markdown!, data!]) expect([ended.code, ended.stderr]).toEqual([0, '']);
  expect(markdown!.stdout).toBe(fs.readFileSync(path.join(made, 'plan.md'), 'utf8'));
  expect(JSON.parse(data!.stdout)).toEqual(plan);
  expect(plan.steps.length).toBeGreaterThan(10);
  const words = shown!.stdout.replaceAll(/\s+/g, ' ');
  for (const { title } of plan.steps) expect(words).toContain(title.replaceAll(/\s+/g, ' '));
});

test('whom to tell is printed for one country or for all, and an unknown one is said to be unknown', () => {
  const [all, german, markdown] = [[], ['--country', 'de'], ['--country', 'DE', '--markdown']].map((args) =>
    runCli(['tell', made, ...args]),
  );
  for (const ended of [all!, german!, markdown!]) expect([ended.code, ended.stderr]).toEqual([0, '']);
  expect(german!.stdout).toContain('GDPR');
  expect(german!.stdout).not.toContain('HIPAA');
  expect(all!.stdout).toContain('HIPAA');
  expect(markdown!.stdout).toMatch(/^#/);
  for (const [country, words] of [
    ['Germany', 'Give a country by two letters'],
    ['ZZ', 'Nothing is known here of the laws of ZZ'],
  ] as const) {
    const ended = runCli(['tell', made, '--country', country]);
    expect([ended.code, ended.stderr.includes(words)], ended.stderr).toEqual([64, true]);
  }
});

test('a language that is not there is said to be none', () => {
  const ended = runCli(['report', made, '--lang', 'de']);
  expect(ended.code).toBe(64);
  expect(ended.stderr).toContain('Allowed choices are en');
});
