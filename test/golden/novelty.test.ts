/** With every pack and rule switched off: what is made up is shown all the same, whatever the order of reading. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { assess, type AssessOptions } from '../../src/assess.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { generateDemo, planDemo, type Truth } from '../../src/demo/index.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { inlineExecutor, type ScanExecutor } from '../../src/run/index.ts';
import { evidenceFolder } from '../support/evidence.ts';
import { FolderSink } from '../support/folder-sink.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-novelty-'));
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

function made(
  story: string,
  more: { readonly loadBalancer?: 'hidden'; readonly lostFiles?: number; readonly cutBeforeDays?: number } = {},
): {
  readonly folder: string;
  readonly truth: Truth;
} {
  const folder = path.join(home, `${story}-${JSON.stringify(more).replaceAll(/\W/g, '')}`);
  const truth = generateDemo(planDemo({ bytes: 6_000_000, stories: [story], seed: 'novelty', ...more }), new FolderSink(folder));
  return { folder, truth };
}

async function withoutPacks(folder: string, more: Partial<AssessOptions> = {}): Promise<Assessment> {
  const { assessment } = await assess([folder], {
    organisation: 'test',
    known: [],
    executor: inlineExecutor(),
    platform: nodePlatform,
    content: { packs: [], rules: [], steps: [] },
    ...more,
  });
  return assessment;
}

const gotIn = new Set(['exploited', 'implanted', 'operated', 'spread', 'impact']);

/** Place in the list of the first item that shows a row with which somebody got something. */
function placeOf({ novelty, findings }: Assessment, truth: Truth): number {
  const hostile = new Set(
    truth.rows.filter(({ there, stage }) => there && gotIn.has(stage ?? '')).map(({ file, offset }) => `${file} ${offset}`),
  );
  return novelty.items.findIndex((item) =>
    findings
      .find(({ id }) => id === item.finding)!
      .evidence.some(({ artifact, offsetBytes }) => hostile.has(`${artifact} ${offsetBytes}`)),
  );
}

describe.each([
  ['proxylogon-hands-on', {}],
  ['proxylogon-mail-theft', { loadBalancer: 'hidden' }],
  ['proxyshell', { lostFiles: 0.5 }],
] as const)('%s %o', (story, more) => {
  test('is shown, and proves nothing', async () => {
    const { folder, truth } = made(story, more);
    const assessment = await withoutPacks(folder);
    const place = placeOf(assessment, truth);
    expect(place).toBeGreaterThanOrEqual(0);
    expect(place).toBeLessThan(10);
    for (const { finding } of assessment.novelty.items)
      expect(assessment.findings.find(({ id }) => id === finding)!.confidence).toBe('possible');
    expect(assessment.verdict.answer).not.toMatch(/confirmed|suspected/);
    expect(assessment.intrusions).toEqual([]);
  });
});

test('ordinary days hold few items, and are a baseline', async () => {
  const { folder } = made('healthy');
  const { novelty } = await withoutPacks(folder);
  expect(novelty.items.length).toBeLessThan(12);
  expect(novelty.normal.map(({ learnt }) => learnt)).not.toContain('begun');
});

test('somebody was in before the record begins: it says that nothing can be learnt', async () => {
  const { folder } = made('proxylogon-hands-on', { cutBeforeDays: 6 });
  const { novelty } = await withoutPacks(folder);
  for (const { says } of novelty.normal)
    expect(says).toMatch(/cannot tell from what is normal|cannot learn what is normal|too few rows to learn/);
});

test('the same list in any order of reading, with results that come late', async () => {
  const { folder } = made('proxyshell', { loadBalancer: 'hidden' });
  const late = (): ScanExecutor => {
    const inner = inlineExecutor();
    let turn = 0;
    return {
      ...inner,
      width: 3,
      async scan(task) {
        const result = await inner.scan(task);
        await new Promise((resolve) => setTimeout(resolve, (turn++ * 7) % 5));
        return result;
      },
    };
  };
  const first = await withoutPacks(folder);
  const second = await withoutPacks(folder, {
    executor: late(),
    order: (gathered) => ({ ...gathered, artifacts: gathered.artifacts.toReversed() }),
  });
  expect(first.novelty.items.length).toBeGreaterThan(1);
  expect(second.novelty).toEqual(first.novelty);
  expect(second.findings).toEqual(first.findings);
});

test('a flood in one block hides nothing that was got in it', async () => {
  const { folder } = made('healthy', { lostFiles: 0 });
  const logs = path.join(folder, 'C/inetpub/logs/LogFiles/W3SVC1');
  const file = path.join(logs, fs.readdirSync(logs).sort().at(-2)!);
  const lines = fs.readFileSync(file, 'latin1').split('\r\n');
  const like = lines.findLast((line) => /^\d/.test(line) && line.includes(' 443 '))!;
  const names = lines
    .find((line) => line.startsWith('#Fields: '))!
    .slice(9)
    .split(' ');
  const asked = (values: Readonly<Record<string, string>>): string =>
    like
      .split(' ')
      .map((cell, index) => values[names[index]!] ?? cell)
      .join(' ');
  const nobody = { 'cs-uri-query': '-', 'cs-username': '-', 'c-ip': '198.51.100.77', 'cs(User-Agent)': 'probe/1.0' };
  const flood = Array.from({ length: 20_000 }, (_, i) =>
    asked({ ...nobody, 'cs-method': 'GET', 'cs-uri-stem': `/x${(i * 7919) % 20_011}.${i % 97}`, 'sc-status': '404' }),
  );
  const exploit = asked({ ...nobody, 'cs-method': 'POST', 'cs-uri-stem': '/owa/auth/kept.aspx', 'sc-status': '200' });
  flood.splice(15_000, 0, exploit);
  fs.writeFileSync(file, [...lines.filter((line) => line !== ''), ...flood, ''].join('\r\n'), 'latin1');
  const { novelty, findings } = await withoutPacks(folder);
  const shown = novelty.items.slice(0, 10).map(({ finding }) => findings.find(({ id }) => id === finding)!);
  expect(shown.some(({ evidence }) => evidence.some(({ shown: line }) => line.includes('/owa/auth/kept')))).toBe(true);
});

const real = evidenceFolder();
test.skipIf(real === null)('real logs of healthy servers do not drown in items', async () => {
  for (const folder of ['logs/exchange-formats', 'logs/exchange-excerpts', 'logs/plaso']) {
    const { novelty } = await withoutPacks(path.join(real!, folder));
    expect([folder, novelty.items.length <= 20]).toEqual([folder, true]);
  }
});
