/** Words that an intruder chooses change no answer: the forged evidence is judged as its base is. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { assessFolder, differences, summary } from '../support/assess-folder.ts';
import { bases, forgeries, writeForgery } from './corpus.mjs';

let folder: string;
const judged = new Map<string, Assessment>();

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-forging-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function judge(id: string): Promise<Assessment> {
  const known = judged.get(id);
  if (known !== undefined) return known;
  const place = path.join(folder, id);
  fs.mkdirSync(place);
  writeForgery(id, place);
  const assessment = await assessFolder(place, { organisation: 'forged' });
  judged.set(id, assessment);
  return assessment;
}

test.each(Object.keys(bases))('base %s', async (id) => {
  const assessment = await judge(id);
  expect(differences(assessment, bases[id]!.expect), summary(assessment)).toEqual([]);
});

test.each(forgeries.map(({ id }) => id))('forgery %s', async (id) => {
  const { expect: wanted, why } = forgeries.find((forgery) => forgery.id === id)!;
  const assessment = await judge(id);
  const found = differences(assessment, wanted);
  if (wanted.sameAs !== undefined) {
    const base = await judge(wanted.sameAs);
    for (const field of wanted.same ?? []) {
      if (assessment.verdict[field] !== base.verdict[field])
        found.push(`${field}: ${base.verdict[field]} without the forging, ${assessment.verdict[field]} with it`);
    }
  }
  for (const host of wanted.absentHostsNot ?? []) {
    if (assessment.organisation.absentHosts.some((name) => name.toLowerCase() === host.toLowerCase()))
      found.push(`${host} is named as a missing server`);
  }
  const addresses = assessment.intrusions
    .flatMap(({ observables }) => observables)
    .filter(({ kind, standing }) => kind === 'address' && standing === 'direct');
  for (const address of wanted.intruderAddressesNot ?? []) {
    if (addresses.some(({ value }) => value === address)) found.push(`${address} is called an intruder’s own address`);
  }
  expect(found, `${why}\n${summary(assessment)}`).toEqual([]);
});
