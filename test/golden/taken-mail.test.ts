/** Whose mail, how much of it and on which days: what `demo` made up, counted a second time from the lines that its truth names. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { masked } from '../../src/case/index.ts';
import { generateDemo, planDemo } from '../../src/demo/index.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { FolderSink } from '../support/folder-sink.ts';
import { shortened } from '../support/soak.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-mail-'));
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

interface Counted {
  requests: number;
  bytes: number;
  readonly days: Set<string>;
}

/** Rows of the mail services that handed items out to an intruder, by mailbox, read as plain text. */
function counted(
  folder: string,
  rows: readonly { log: string; step: string; there: boolean; file: string; offset: number; bytes: number }[],
) {
  const mailboxes = new Map<string, Counted>();
  for (const { log, step, there, file, offset, bytes } of rows) {
    if (log !== 'ews' || step !== 'get-items' || !there) continue;
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    const names = /^#Fields: (.*)$/m.exec(text)![1]!.trim().split(',');
    const cells = Buffer.from(text)
      .subarray(offset, offset + bytes)
      .toString()
      .split(',');
    const cell = (name: string): string => cells[names.indexOf(name)]!;
    const mailbox = cell('ImpersonatedUser') === '' ? cell('AuthenticatedUser') : cell('ImpersonatedUser');
    const known = mailboxes.get(mailbox) ?? { requests: 0, bytes: 0, days: new Set<string>() };
    known.requests++;
    known.bytes += Number(cell('ResponseSize'));
    known.days.add(cell('DateTime').slice(0, 10));
    mailboxes.set(mailbox, known);
  }
  return [...mailboxes]
    .map(([mailbox, { requests, bytes, days }]) => ({ mailbox, how: 'opened', requests, bytes, days: [...days].sort() }))
    .sort((a, b) => (a.mailbox.toLowerCase() < b.mailbox.toLowerCase() ? -1 : 1));
}

describe('mail that was read through the hole', () => {
  const seeds = shortened(
    'seeds of stolen mail',
    Array.from({ length: 20 }, (_, i) => String(i + 1)),
    (seed) => Number(seed) <= 2,
  );
  test.each(seeds)('seed %s', async (seed) => {
    const evidence = path.join(home, seed);
    const truth = generateDemo(
      planDemo({ bytes: 3_000_000, stories: ['proxylogon-mail-theft'], seed }),
      new FolderSink(evidence),
    );
    const assessment = await assessFolder(evidence);
    const rows = truth.rows as unknown as Parameters<typeof counted>[1];
    const taken = assessment.intrusions.flatMap(({ mail }) => mail);
    expect(taken.map(({ findings: _, because: _because, ...rest }) => rest)).toEqual(counted(evidence, rows));
    expect(taken.length).toBeGreaterThan(0);
    for (const { findings } of taken)
      for (const id of findings) expect(assessment.findings.find((one) => one.id === id)?.stage).toBe('impact');
    const others = JSON.stringify(masked(assessment, 'public').intrusions.map(({ mail }) => mail));
    for (const { mailbox } of taken) expect(others).not.toContain(mailbox.split('@')[0]!);
  });
});

test('nobody’s mail is taken where nobody took it', async () => {
  const examples = path.join(import.meta.dirname, '..', '..', 'examples');
  for (const name of ['used-shell', 'healthy']) {
    const { intrusions } = await assessFolder(path.join(examples, name));
    expect(intrusions.flatMap(({ mail }) => mail)).toEqual([]);
  }
});
