/**
 * What we write and what we ship is no web shell and no log of an attack to a virus scanner: no signature of a large public
 * collection matches any of it. Debian's `yara` does the matching.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setNames } from '../../examples/generate.mjs';
import { evidenceFolder } from '../support/evidence.ts';
import { shortened } from '../support/soak.ts';

const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const cli = path.join(home, 'bin', 'afterpatch.js');
const folder = evidenceFolder();
const signatures = folder === null ? null : path.join(folder, 'yara', 'signature-base');
const yara = spawnSync('yara', ['--version']).status === 0 && spawnSync('yarac', ['--version']).status === 0;
if (!yara) console.warn('skipped: no yara here, so nobody can say which signatures match (Debian: apt-get install yara)');
const present = yara && signatures !== null && fs.existsSync(signatures);
if (yara && folder !== null && !present) console.warn(`skipped: no signatures at ${signatures}`);

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-signatures-'));
const compiled = path.join(work, 'all.yac');
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

/** Names that the rules ask of whoever runs them. */
const externals = ['filename', 'filepath', 'extension', 'filetype', 'owner'].flatMap((name) => ['-d', `${name}=x`]);

/** Signatures that match below a path, each with its file. */
function matches(at: string): string[] {
  const { stdout, stderr, status } = spawnSync('yara', ['-C', '-w', '-r', compiled, at], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

describe.skipIf(!present)('signatures', { timeout: 300_000 }, () => {
  beforeAll(() => {
    const files = fs.readdirSync(signatures!).filter((name) => name.endsWith('.yar'));
    expect(files.length).toBeGreaterThan(700);
    // Each in a namespace of its own: rules of different files may have one name.
    const sources = files.map((name, index) => `n${index}:${path.join(signatures!, name)}`);
    execFileSync('yarac', ['-w', ...externals, ...sources, compiled], { stdio: 'pipe' });
  }, 300_000);

  test('match what they are made for', () => {
    const shell = path.join(work, 'bad.txt');
    // A log line and a page, stored encoded as everywhere here.
    fs.writeFileSync(shell, Buffer.from('UzpDTUQ9U2V0LU9hYlZpcnR1YWxEaXJlY3RvcnkuRXh0ZXJuYWxVcmw9JydodHRwOi8vZi8=', 'base64'));
    expect(matches(shell).length).toBeGreaterThan(0);
    fs.rmSync(shell);
  });

  test.each(
    shortened('sets', [...setNames], (set) =>
      ['healthy', 'used-shell', 'clean-up', 'split-chain', 'proxynotshell-session'].includes(set),
    ),
  )('match nothing of the case of %s, for nobody', (set) => {
    const out = path.join(work, set);
    const run = spawnSync(process.execPath, [cli, 'assess', path.join(home, 'examples', set), '--out', out], {
      encoding: 'utf8',
    });
    expect([0, 1, 2], run.stderr).toContain(run.status);
    for (const audience of ['responder', 'public'])
      execFileSync(process.execPath, [cli, 'report', out, '--for', audience], { stdio: 'pipe' });
    // What is on the screen lands in files, too.
    fs.writeFileSync(path.join(out, 'screen.txt'), run.stdout);
    const names = fs.readdirSync(out, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.endsWith('report.html')).length).toBe(3);
    expect(matches(out)).toEqual([]);
  });

  test('match nothing of the package', () => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: home,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    const answer = JSON.parse(listed) as unknown;
    const [pack] = (Array.isArray(answer) ? answer : Object.values(answer as object)) as { files: { path: string }[] }[];
    expect(pack!.files.length).toBeGreaterThan(200);
    const into = path.join(work, 'package');
    for (const { path: name } of pack!.files) fs.cpSync(path.join(home, name), path.join(into, name));
    expect(matches(into)).toEqual([]);
  });
});
