import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batched, CaseFolder, makeNumbered } from './case-folder.ts';

let home: string;
beforeAll(() => {
  home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-case-')));
});
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

const folderOf = (name: string): string => {
  const folder = path.join(home, name);
  fs.mkdirSync(folder);
  return folder;
};

test('a link where a draft will stand leads nothing anywhere', () => {
  const other = path.join(folderOf('other'), 'precious.txt');
  fs.writeFileSync(other, 'precious');
  const folder = folderOf('linked');
  fs.writeFileSync(path.join(folder, 'run.json'), '{}');
  fs.symlinkSync(other, path.join(folder, 'report.html.part'));
  fs.symlinkSync(other, path.join(folder, 'timeline.csv'));
  const made = new CaseFolder(folder, []);
  made.write('report.html', ['new']);
  made.write('timeline.csv', ['new', 'er']);
  expect(fs.readFileSync(other, 'utf8')).toBe('precious');
  expect(fs.readFileSync(path.join(folder, 'report.html'), 'utf8')).toBe('new');
  expect(fs.readFileSync(path.join(folder, 'timeline.csv'), 'utf8')).toBe('newer');
});

test('no answer of an earlier run stands beside one that did not end; what was whole is kept in the history', () => {
  const folder = folderOf('again');
  const made = new CaseFolder(folder, []);
  for (const name of ['assessment.json', 'report.html', 'timeline.csv', 'findings.ndjson', 'observables.ndjson', 'verify.json'])
    made.write(name, ['old']);
  made.write('run.json', ['{"endedUtc": "2021-03-09T20:40:00.000Z"}']);
  new CaseFolder(folder, []).invalidate('{"answer": "not finished"}');
  expect(fs.readdirSync(folder)).toEqual(['history', 'run.json']);
  const history = path.join(folder, 'history');
  expect(fs.readdirSync(history)).toEqual(['0001-20210309T204000Z']);
  expect(fs.readdirSync(path.join(history, '0001-20210309T204000Z'))).toEqual(['assessment.json', 'run.json', 'verify.json']);
  // What did not end leaves nothing to keep; the next whole one gets the next number.
  new CaseFolder(folder, []).invalidate('{"answer": "not finished"}');
  expect(fs.readdirSync(history)).toHaveLength(1);
  made.write('assessment.json', ['newer']);
  new CaseFolder(folder, []).invalidate('{}');
  expect(fs.readdirSync(history)).toEqual(['0001-20210309T204000Z', '0002-unknown']);
});

test('below the evidence by any other name is below the evidence', () => {
  const evidence = folderOf('evidence');
  fs.symlinkSync(evidence, path.join(home, 'shortcut'));
  for (const out of [
    evidence,
    path.join(evidence, 'a', 'b'),
    path.join(home, 'shortcut', 'case'),
    path.join(evidence, '..', 'evidence', 'x'),
  ])
    expect(() => new CaseFolder(out, [path.join(home, 'shortcut')])).toThrow('would lie inside the evidence');
  expect(fs.readdirSync(evidence)).toEqual([]);
  expect(() => new CaseFolder(path.join(home, 'evidence-case'), [evidence])).not.toThrow();
});

test('pieces are put together until a call is worth it, and none is lost', () => {
  const pieces = Array.from({ length: 300 }, (_, n) => `${n}`.padStart(10_000, '-'));
  const batches = [...batched(pieces)];
  expect(batches.join('')).toBe(pieces.join(''));
  expect(batches.length).toBe(3);
  expect([...batched([])]).toEqual([]);
});

test.each(['verified', 'history', '.work', 'public'])(
  '%s that leads out of the case is refused, and nothing is written there',
  (name) => {
    const other = folderOf(`elsewhere-${name}`);
    const folder = folderOf(`leads-${name}`);
    fs.writeFileSync(path.join(folder, 'run.json'), '{}');
    fs.symlinkSync(other, path.join(folder, name), 'junction');
    expect(() => new CaseFolder(folder, [])).toThrow('is a link to another place');
    expect(fs.readdirSync(other)).toEqual([]);
  },
);

test('one run at a time: what a dead one left is taken over', () => {
  const folder = folderOf('locked');
  const lock = path.join(folder, '.lock');
  const held = (pid: number, computer: string): void => fs.writeFileSync(lock, JSON.stringify({ pid, computer }));
  const taken = (): unknown => {
    new CaseFolder(folder, []).lock();
    return (JSON.parse(fs.readFileSync(lock, 'utf8')) as { readonly pid: unknown }).pid;
  };
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  held(dead, os.hostname());
  expect(taken()).toBe(process.pid);
  for (const left of ['', '{"pid": -1, "computer": "x"}', 'x'.repeat(5000)]) {
    fs.writeFileSync(lock, left);
    expect(taken()).toBe(process.pid);
  }
  // Of this computer, at work; and of another one, of which nobody can tell.
  for (const [pid, computer] of [
    [process.ppid, os.hostname()],
    [dead, 'other-computer'],
  ] as const) {
    held(pid, computer);
    expect(taken).toThrow(`Another run writes into the case ${folder} (process ${pid}`);
    expect(JSON.parse(fs.readFileSync(lock, 'utf8'))).toEqual({ pid, computer });
  }
});

test('two that take a number at once get two folders', () => {
  const all = folderOf('numbers');
  fs.mkdirSync(path.join(all, '0001-x'));
  const name = (number: number): string => `${String(number).padStart(4, '0')}-x`;
  // The other one came between the look and the making.
  const taken = makeNumbered(all, (number) => {
    if (number === 2) fs.mkdirSync(path.join(all, name(2)), { recursive: true });
    return name(number);
  });
  expect(path.basename(taken)).toBe('0003-x');
});
