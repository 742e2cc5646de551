/** Logs of other people's servers: which reader takes them, and how many rows and problems they hold. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { gather } from '../../src/evidence/index.ts';
import { readers } from '../../src/read/index.ts';
import { evidenceFolder } from '../support/evidence.ts';
import { fieldsOf, scanText } from '../support/scan.ts';

const evidence = evidenceFolder();
const folder = path.join(evidence ?? '', 'logs', 'exchange-excerpts');

test.skipIf(evidence === null).each([
  ['httpproxy-benign.log', 'httpproxy', 3],
  ['iis-attack-webshell-m365internals-lab.log', 'iis-w3c', 1],
  ['iis-backend-eas-cookie-host-xff.log', 'iis-w3c', 1],
  ['iis-benign-exchange-elastic-computername-xff.log', 'iis-w3c', 4],
  ['iis-benign-exchange-legacy-no-referer.log', 'iis-w3c', 2],
])('%s', async (name, kind, count) => {
  const { artifacts } = await gather([path.join(folder, name)], nodePlatform);
  expect(artifacts[0]!.kind).toBe(kind);
  const reader = readers.find((candidate) => candidate.kind === kind)!;
  const seen = scanText(reader, new Uint8Array(fs.readFileSync(path.join(folder, name))));
  expect([seen.count, seen.rows.length]).toEqual([count, count]);
  for (const fields of fieldsOf(seen)) {
    if (kind === 'iis-w3c')
      expect(fields).toMatchObject({ 'sc-status': expect.stringMatching(/^\d{3}$/), 'c-ip': expect.stringMatching(/[.:]/) });
    else expect(fields).toMatchObject({ HttpStatus: expect.stringMatching(/^\d{3}$/), RoutingStatus: 'CafeV1' });
  }
  expect(seen.problems.map(({ code }) => code)).toEqual(['row.no_header']);
});

test.skipIf(evidence === null)('whole logs in the collection are read without a surprise', async () => {
  const { artifacts } = await gather([path.join(evidence!, 'logs', 'microsoft-tx')], nodePlatform);
  const read = artifacts.filter(({ kind }) => kind === 'iis-w3c');
  expect(read.length).toBeGreaterThan(0);
  for (const { path: name, bytes } of read) {
    const seen = scanText(
      readers.find(({ kind }) => kind === 'iis-w3c')!,
      new Uint8Array(fs.readFileSync(path.join(evidence!, 'logs', 'microsoft-tx', name))),
    );
    expect(seen.count, `${name} (${bytes} bytes)`).toBeGreaterThan(0);
    for (const { at, raw } of seen.rows) expect(at + raw.length).toBeLessThanOrEqual(bytes);
  }
});
