/** Each example set gives the verdict that its writer, who has not read the detector, derived from the rules of judgement. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { danglingLinks } from '../support/resting.ts';
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

test.each(names)('example %s', async (name) => {
  const wanted = JSON.parse(fs.readFileSync(path.join(examples, `${name}.expected.json`), 'utf8')) as Expect;
  const assessment = await assessFolder(path.join(examples, name));
  expect(differences(assessment, wanted), summary(assessment)).toEqual([]);
  expect(danglingLinks(assessment)).toEqual([]);
});
