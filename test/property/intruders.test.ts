/**
 * Intruders that share servers, addresses and weeks are told apart, in evidence that `demo` makes up: B-cubed of at least 0.9 by rows and for
 * the worst intruder, and two who wrote something are never one, also where logs are missing. Three seeds here; a hundred in `npm run soak`.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { toldApart } from '../../scripts/told-apart.mjs';
import { generateDemo, planDemo, type Sink } from '../../src/demo/index.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { soak } from '../support/soak.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-intruders-'));
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

const folderSink = (folder: string): Sink => ({
  open(name) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    return fs.openSync(file, 'wx');
  },
  write: (file, bytes) => void fs.writeSync(file, bytes),
  close: (file) => fs.closeSync(file),
});

const seeds = Array.from({ length: soak ? 100 : 3 }, (_, index) => String(index + 1));
const mixed = { stories: ['mixed-intruders'] };
/** `whole`: nothing is missing, so that all of each must be held together and the number of them be right. */
const settings = [
  { name: 'two behind one address', whole: true, options: { ...mixed, intruders: 2 } },
  { name: 'five, of whom four share addresses', whole: true, options: { ...mixed, intruders: 5 } },
  { name: 'several on three servers, with events', whole: true, options: { ...mixed, hosts: 3, events: true } },
  { name: 'several behind a balancer', whole: true, options: { ...mixed, loadBalancer: 'hidden' as const } },
  { name: 'one behind a balancer', whole: true, options: { stories: ['proxylogon-hands-on'], loadBalancer: 'hidden' as const } },
  { name: 'one and the events of his cmdlets', whole: true, options: { stories: ['proxylogon-mass'], events: true } },
  { name: 'several, and two fifths of the files are lost', whole: false, options: { ...mixed, lostFiles: 0.4 } },
];

describe.each(settings)('$name', ({ name, whole, options }) => {
  test.each(seeds)('seed %s', async (seed) => {
    const folder = path.join(home, name.replaceAll(/\W+/g, '-'));
    const truth = generateDemo(planDemo({ bytes: 2_000_000, seed, ...options }), folderSink(folder));
    const assessment = await assessFolder(folder);
    fs.rmSync(folder, { recursive: true });
    const graded = toldApart(truth, assessment);
    expect(graded.mergedWriters).toBe(0);
    expect(graded.foreign).toEqual([]);
    expect(graded.leastPrecision).toBeGreaterThanOrEqual(0.9);
    if (!whole) return;
    expect(graded.notFound).toEqual([]);
    expect(graded.leastRecall).toBeGreaterThanOrEqual(0.9);
    const beyond = assessment.intrusions.filter(({ role, stage }) => role === 'intruder' && stage !== 'attempted');
    expect(beyond.length).toBe(truth.stories[0]!.expect.intruders);
  });
});
