/** What `demo` makes up is read whole: every file with as many records as its truth says, without a problem, and the truth is no evidence. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { generateDemo, planDemo, stories, type Truth } from '../../src/demo/index.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { FolderSink } from '../support/folder-sink.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-demo-'));
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

function make(name: string, seed: string, more: { hosts?: number; events?: boolean } = {}): { folder: string; truth: Truth } {
  const folder = path.join(home, `${name}-${seed}`);
  const truth = generateDemo(
    planDemo({ bytes: 3_000_000, stories: [name], seed, ...more }),
    new FolderSink(path.join(folder, 'evidence')),
  );
  fs.writeFileSync(path.join(folder, 'truth.json'), JSON.stringify(truth, null, 1));
  return { folder, truth };
}

type Counts = Record<string, readonly [records: number, bytes: number, problems: number]>;

describe.each(stories.map(({ name }) => [name] as const))('%s', (name) => {
  test('every row is read, without a problem', async () => {
    const { folder, truth } = make(name, 'golden', name === 'healthy' ? { hosts: 2 } : { events: true });
    const assessment = await assessFolder(path.join(folder, 'evidence'));
    const read: Counts = Object.fromEntries(
      assessment.evidence.map((file) => [file.path, [file.records, file.bytes, file.problems.length] as const]),
    );
    const written: Counts = Object.fromEntries(
      truth.files.map((file) => [String(file['path']), [Number(file['records']), Number(file['bytes']), 0] as const]),
    );
    expect(read).toEqual(written);
    expect(assessment.problems).toEqual([]);
    expect(assessment.notRead).toEqual([]);
  });
});

test('the truth that lies beside the evidence is known as ours, and not matched', async () => {
  const { folder } = make('proxylogon-mass', 'beside');
  const assessment = await assessFolder(folder);
  const truth = assessment.notRead.filter((file) => JSON.stringify(file).includes('truth.json'));
  expect(truth.length).toBe(1);
  expect(JSON.stringify(truth)).toContain('an output of Afterpatch');
  expect(assessment.findings.flatMap(({ evidence }) => evidence).some((row) => JSON.stringify(row).includes('truth.json'))).toBe(
    false,
  );
});
