/** Comfort needs coverage: a folder or a day taken out of complete logs must not stay unnoticed. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessFolder } from '../support/assess-folder.ts';

const examples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples');
const logging = 'C/Program Files/Microsoft/Exchange Server/V15/Logging';
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-holes-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function without(example: string, name: string, ...taken: string[]): string {
  const copy = path.join(folder, name);
  fs.cpSync(path.join(examples, example), copy, { recursive: true });
  for (const one of taken) {
    expect(fs.existsSync(path.join(copy, one)), one).toBe(true);
    fs.rmSync(path.join(copy, one), { recursive: true });
  }
  return copy;
}

test.each([
  ['the folder that holds most of the attack', `${logging}/HttpProxy/Ecp`],
  ['the log of the back end', 'C/inetpub/logs/LogFiles/W3SVC2'],
  ['the log of the front end', 'C/inetpub/logs/LogFiles/W3SVC1'],
  ['one day of the front end', 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log'],
  ['the control panel’s log', `${logging}/ECP/Server`],
])('a healthy server without %s cannot be called healthy', async (name, taken) => {
  const { verdict } = await assessFolder(without('healthy', name.replaceAll(/\W/g, '-'), taken));
  expect({ answer: verdict.answer, exitCode: verdict.exitCode }).toEqual({ answer: 'cannot_tell', exitCode: 2 });
  expect(verdict.missing.length).toBeGreaterThan(0);
});

test('an attempt without the folder that would show more is no "did not get further"', async () => {
  const { verdict } = await assessFolder(without('attempt', 'attempt', `${logging}/HttpProxy/Ecp`));
  expect(verdict.beyond).toBe('not_covered');
  expect(verdict.exitCode).toBe(2);
});

test('a used page without the log of its use is not "ruled out"', async () => {
  const { verdict } = await assessFolder(without('used-shell', 'used', 'C/inetpub/logs/LogFiles/W3SVC1'));
  expect(verdict.answer).toBe('confirmed');
  expect(verdict.ladder.find(({ stage }) => stage === 'operated')?.state).toBe('cannot_tell');
  expect(verdict.sentence).not.toMatch(/nobody giving it orders/);
  expect(verdict.missing[0]?.text).toMatch(/W3SVC1/);
});

test('a ladder with "cannot tell" on it never stands beside "complete"', async () => {
  for (const example of ['healthy', 'too-young', 'attempt', 'session']) {
    const { verdict } = await assessFolder(path.join(examples, example));
    const blind = verdict.ladder.some(
      ({ stage, state }) => ['attempted', 'exploited', 'implanted', 'operated'].includes(stage) && state === 'cannot_tell',
    );
    if (blind) expect(verdict.sentence, example).not.toMatch(/complete/);
  }
});
