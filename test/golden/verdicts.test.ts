/**
 * Each example set gives the verdict that its writer, who has not read the detector, derived from the rules of judgement; and a plan
 * whose every step is whole, bound to the evidence, and from data. The plans of four of them, one of each kind, are written down.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { danglingLinks } from '../support/resting.ts';
import { loadContent } from '../../src/assess.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { planFaults, unexplained } from '../support/plan-faults.ts';
import { assessFolder, differences, type Expect, summary } from '../support/assess-folder.ts';

const examples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples');
const names = fs
  .readdirSync(examples)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''));

beforeAll(() => {
  if (names.some((name) => !fs.existsSync(path.join(examples, name))))
    execFileSync(process.execPath, [path.join(examples, 'generate.mjs')]);
});

const { steps } = loadContent(nodePlatform);
const plans = fs.readdirSync(path.join(import.meta.dirname, 'plans')).map((name) => name.replace('.json', ''));

test('plans of every kind but A, which no example has, are written down', () => {
  const kinds = plans.map((name) => (JSON.parse(fs.readFileSync(planFile(name), 'utf8')) as { kind: string }).kind);
  expect(kinds.sort()).toEqual(['B', 'C', 'D', 'N']);
});
const planFile = (name: string): string => path.join(import.meta.dirname, 'plans', `${name}.json`);

test.each(names)('example %s', async (name) => {
  const wanted = JSON.parse(fs.readFileSync(path.join(examples, `${name}.expected.json`), 'utf8')) as Expect;
  const assessment = await assessFolder(path.join(examples, name));
  expect(differences(assessment, wanted), summary(assessment)).toEqual([]);
  expect(danglingLinks(assessment)).toEqual([]);
  expect(planFaults(assessment, steps)).toEqual([]);
  expect(unexplained(assessment)).toEqual([]);
  if (!plans.includes(name)) return;
  const { kind, because, secrets, rebuild, backup, values } = assessment.plan;
  expect({
    kind,
    because: because.map(({ text }) => text),
    steps: assessment.plan.steps.map(({ id, phase, time, title, check }) => ({ id, phase, time, title, check: check.kind })),
    secrets: secrets.map(({ kind: secret, name: which, host, standing }) => [secret, which, host, standing]),
    rebuild: rebuild.map(({ host, advice }) => [host, advice]),
    backup: backup.map(({ host, beforeUtc }) => [host, beforeUtc]),
    values,
  }).toEqual(JSON.parse(fs.readFileSync(planFile(name), 'utf8')));
});
