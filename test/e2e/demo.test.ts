/** `afterpatch demo` from outside. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-demo-cli-'));
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));
const demo = (...args: string[]): ReturnType<typeof runCli> => runCli(['demo', ...args], { cwd: home });

const filesOf = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();

test('writes evidence and the truth beside it, laid out as on a server', () => {
  const ended = demo('--size', '1MB', '--story', 'proxylogon-mass', '--seed', '7', '--out', 'one');
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  const truth = JSON.parse(fs.readFileSync(path.join(home, 'one', 'truth.json'), 'utf8')) as {
    schema: string;
    files: { path: string; bytes: number }[];
    rows: unknown[];
  };
  expect(truth.schema).toBe('afterpatch.demo/1');
  expect(truth.rows.length).toBeGreaterThan(20);
  expect(filesOf(path.join(home, 'one', 'evidence'))).toEqual(truth.files.map((file) => file.path).sort());
  expect(truth.files.some((file) => file.path.startsWith('C/inetpub/logs/LogFiles/W3SVC1/u_ex21'))).toBe(true);
  for (const file of truth.files) expect(fs.statSync(path.join(home, 'one', 'evidence', file.path)).size).toBe(file.bytes);
});

test('several servers lie in folders of their own', () => {
  expect(demo('--size', '2MB', '--story', 'healthy', '--hosts', '2', '--load-balancer', '--out', 'two').code).toBe(0);
  expect(fs.readdirSync(path.join(home, 'two', 'evidence')).sort()).toEqual(['MAIL01', 'MAIL02']);
});

test('a folder that is there already is left as it is', () => {
  fs.mkdirSync(path.join(home, 'mine'));
  fs.writeFileSync(path.join(home, 'mine', 'letter.txt'), 'dear');
  const ended = demo('--size', '1MB', '--story', 'healthy', '--out', 'mine');
  expect(ended.code).toBe(64);
  expect(ended.stderr).toContain('mine is there already');
  expect(filesOf(path.join(home, 'mine'))).toEqual(['letter.txt']);
});

describe('what cannot be made is said and leaves nothing behind', () => {
  test.each([
    [['--size', '10', '--story', 'healthy'], '--size 10 is no size'],
    [['--size', '100KB', '--story', 'healthy'], 'below 1MB'],
    [['--size', '1MB', '--story', 'nothing'], 'There is no story nothing'],
    [['--size', '1MB', '--story', 'healthy', '--days', '90'], 'do not fit'],
    [['--size', '1MB', '--story', 'healthy', '--days', 'many'], '--days many is no number'],
    [['--size', '1MB', '--story', 'healthy', '--days', '1.5'], 'no whole number'],
    [['--size', '1MB', '--story', 'healthy', '--load-balancer', 'odd'], 'load-balancer'],
    [['--size', '1MB', '--story', 'healthy', '--without', 'sysmon'], 'There is no log sysmon'],
    [['--story', 'healthy'], '--size'],
  ] as const)('%j', (args, said) => {
    const ended = demo(...args, '--out', 'wrong');
    expect(ended.code).toBe(64);
    expect(ended.stderr).toContain(said);
    expect(fs.existsSync(path.join(home, 'wrong'))).toBe(false);
  });
});

test('memory does not grow with the size', () => {
  // The heap that is allowed is a tenth of what is written.
  const ended = runCli(['demo', '--size', '320MB', '--story', 'mixed-intruders', '--out', 'large'], {
    cwd: home,
    node: ['--max-old-space-size=32', '--max-semi-space-size=2'],
  });
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  fs.rmSync(path.join(home, 'large'), { recursive: true });
});
