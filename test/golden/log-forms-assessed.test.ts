/** All kinds of logs of one server in one folder, through the whole pipeline: kinds, counts, clocks, names, addresses. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { readerOf } from '../../src/read/index.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { logForms } from '../support/log-forms.ts';

let folder: string;
let assessment: Assessment;
const placeOf = (kind: string): string => `${logForms[kind]!.path.replace(/^\/|:/g, '').replaceAll('\\', '/')}`;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-forms-'));
  for (const [kind, { text }] of Object.entries(logForms)) {
    const file = path.join(folder, placeOf(kind));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  assessment = await assessFolder(folder);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('each is read by its own reader, with its own clock', () => {
  const seen = assessment.evidence.map(({ path: place, kind, records, clock }) => [place, kind, records, clock.basis]);
  const wanted = Object.entries(logForms).map(([kind, { records }]) => [placeOf(kind), kind, records, readerOf(kind)!.clock]);
  expect(seen).toEqual(wanted.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
  expect(assessment.notRead).toEqual([]);
});

test('the names of servers are the servers’ own', () => {
  expect(assessment.organisation.hosts).toEqual(['MAIL01']);
});

test('a page that answered in a log of local times is found, and has no moment that could mislead', () => {
  const of = (kind: string): Assessment['findings'] =>
    assessment.findings.filter(({ evidence }) => evidence.some(({ artifact }) => artifact === placeOf(kind)));
  const native = of('iis-native');
  expect(native.map(({ stage, timeUtc }) => [stage, timeUtc])).toEqual([['implanted', null]]);
  for (const { evidence } of native) for (const { timeUtc } of evidence) expect(timeUtc).toBe(null);
  const zoned = of('iis-ncsa').flatMap(({ evidence }) => evidence.filter(({ artifact }) => artifact === placeOf('iis-ncsa')));
  expect([...new Set(zoned.map(({ timeUtc }) => timeUtc))]).toEqual(['2021-03-04T01:39:04.000Z']);
});

test('builds are told by the rows that the running code wrote, and by whichever log tells first', async () => {
  const builds = (of: Assessment): unknown =>
    of.exposure.flatMap(({ host, builds: list }) => list.map(({ build, source }) => [host, build, source]));
  expect(builds(assessment)).toContainEqual(['MAIL01', '15.1.2106.2', 'ews']);
  expect(builds(await assessFolder(path.join(folder, placeOf('ecp-activity'))))).toEqual([
    ['MAIL01', '15.1.2106.2', 'ecp-activity'],
  ]);
  // What setup put on is no proof that it ran.
  const setup = await assessFolder(path.join(folder, placeOf('exchange-setup')));
  expect(builds(setup)).toEqual([['MAIL01', '15.1.2176.9', 'exchange-setup']]);
  expect(setup.exposure[0]!.builds[0]!.proof).toBe('set_up');
  expect(
    setup.exposure[0]!.campaigns.map(({ campaign, state, fixedSinceUtc }) => [campaign, state, fixedSinceUtc]),
  ).toContainEqual(['proxylogon', 'unknown', null]);
});
