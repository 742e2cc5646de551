/** Bad input ends in a clear sentence and the right exit code; nothing hangs, nothing is modified. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostileInputs } from '../golden/hostile-inputs.mjs';
import { runCli } from './run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-hostile-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Names, sizes, times and contents of everything below a folder. */
function stateOf(top: string): string {
  const hash = createHash('sha256');
  const walk = (place: string): void => {
    for (const entry of fs.readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(place, entry.name);
      const { mtimeMs, size } = fs.lstatSync(file);
      hash.update(`${file} ${size} ${mtimeMs}\n`);
      if (entry.isDirectory()) walk(file);
      else if (entry.isFile() && size < 1 << 20) {
        try {
          hash.update(fs.readFileSync(file));
        } catch {
          hash.update('unreadable');
        }
      }
    }
  };
  walk(top);
  return hash.digest('hex');
}

test.each(hostileInputs.map(({ id }) => id))('%s', (id) => {
  const input = hostileInputs.find((one) => one.id === id)!;
  const place = path.join(folder, id);
  fs.mkdirSync(place);
  const handed = input.write(place);
  if (handed === undefined) {
    console.warn(`skipped: this system cannot make the input ${id}`);
    return;
  }
  const before = stateOf(place);
  const out = path.join(folder, `${id}-case`);
  const ended = runCli(['assess', handed, '--out', out, '--tz', 'UTC']);
  const said =
    `${ended.stdout}\n${ended.stderr}\n${fs.existsSync(path.join(out, 'report.html')) ? fs.readFileSync(path.join(out, 'report.html'), 'utf8') : ''}`.toLowerCase();
  expect(input.expect.exit, `${input.why}\n${ended.stdout}\n${ended.stderr}`).toContain(ended.code);
  for (const word of input.expect.says) expect(said).toContain(word.toLowerCase());
  for (const word of input.expect.saysNot ?? [])
    expect(`${ended.stdout}\n${ended.stderr}`.toLowerCase()).not.toContain(word.toLowerCase());
  expect(stateOf(place)).toBe(before);
});
