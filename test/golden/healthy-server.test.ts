/** A whole server on which nothing happened, of each version of Exchange; then the same with one thing of an intruder's in it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { stageRank } from '../../src/core/stage.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { type Tree, writeTree } from '../support/exchange-tree.ts';
import { type Healthy, healthyServer, type Version } from '../support/healthy-server.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-healthy-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function assessed({ tree, baseline }: Healthy, more: Tree = {}): Promise<Assessment> {
  const own = fs.mkdtempSync(path.join(folder, 'case-'));
  writeTree(own, { ...tree, ...more });
  return assessFolder(own, { baselines: [baseline] });
}

const above = ({ findings }: Assessment): string[] =>
  findings
    .filter(({ stage }) => stageRank(stage) > stageRank('probed'))
    .map(({ rule, stage, confidence }) => `${rule} ${stage} ${confidence}`)
    .sort();
const notes = ({ inventory, verdict, problems }: Assessment): string[] => [
  ...inventory.flatMap((one) => one.notes),
  ...inventory.flatMap(({ odd }) => odd.map(({ path: file, why }) => `${file}: ${why.join('; ')}`)),
  ...verdict.reasons.map(({ text }) => text),
  ...new Set(problems.map(({ code }) => code)),
];

describe('nothing happened', () => {
  test.each<Version>(['2013', '2016', '2019', 'SE'])('Exchange %s', async (version) => {
    const server = healthyServer(version);
    const assessment = await assessed(server);
    console.log(version, notes(assessment), assessment.problems, assessment.findings.map((f) => f.rule), assessment.evidence.map((e) => `${e.path} ${e.kind} ${JSON.stringify(e).length}`), assessment.inventory, assessment.exposure.map((e) => JSON.stringify(e)));
    expect(above(assessment)).toEqual([]);
    expect(notes(assessment).length).toBeLessThanOrEqual(5);
  });
});
