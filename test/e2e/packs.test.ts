/** `afterpatch packs`: shown, begun, checked and tried from outside. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-packs-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const change = (file: string, from: string, to: string): void => {
  const text = fs.readFileSync(file, 'utf8');
  expect(text).toContain(from);
  fs.writeFileSync(file, text.replace(from, to));
};

test('a pack is shown with its waves and rules, a rule with what it proves and its text', () => {
  const pack = runCli(['packs', 'show', 'proxynotshell']);
  expect(pack.code).toBe(0);
  expect(pack.stdout).toContain('N1  2022-08-01 to 2022-09-28');
  expect(pack.stdout).toContain('proxynotshell/proxy-answered  (httpproxy)  exploited, confirmed:');
  const rule = runCli(['packs', 'show', 'proxynotshell/proxy-answered']);
  expect(rule.code).toBe(0);
  expect(rule.stdout).toContain('Does not prove: ');
  expect(rule.stdout).toContain('service: httpproxy');
  const unknown = runCli(['packs', 'show', 'proxynothing']);
  expect(unknown.code).toBe(64);
  expect(unknown.stderr).toContain('there are: ');
});

test('those that come with the program are as they should be', () => {
  expect(runCli(['packs', 'check']).code).toBe(0);
  const tried = runCli(['packs', 'test']);
  expect(tried.stdout).toMatch(/^\d{3} rules, \d{4} rows; \d+ signatures, \d+ files: as they should be\n$/);
  expect(tried.code).toBe(0);
});

test('a pack that is begun checks and tests, and what is wrong in it is said', () => {
  const made = runCli(['packs', 'new', 'my-campaign', '--into', folder]);
  expect(made.code).toBe(0);
  const own = path.join(folder, 'my-campaign');
  expect(runCli(['packs', 'check', own]).stdout).toBe('my-campaign  0.1.0  1 rules, 0 waves: as it should be\n');
  expect(runCli(['packs', 'test', own]).stdout).toBe('1 rules, 2 rows: as they should be\n');
  // The folder above holds one pack, too.
  expect(runCli(['packs', 'test', folder]).code).toBe(0);
  expect(runCli(['packs', 'new', 'my-campaign', '--into', folder]).code).toBe(64);

  const cases = path.join(own, 'cases', 'first-sign.yaml');
  change(cases, '/owa/auth/logon.aspx', '/owa/change-me-my-campaign');
  const fires = runCli(['packs', 'test', own]);
  expect(fires.code).toBe(64);
  expect(fires.stderr).toContain('packs/my-campaign/cases/first-sign.yaml: benign row 1: the rule fires, and must not');

  change(path.join(own, 'pack.yaml'), 'stage: attempted', 'stage: attempt');
  const wrong = runCli(['packs', 'check', own]);
  expect(wrong.code).toBe(64);
  expect(wrong.stderr).toContain('packs/my-campaign/pack.yaml:19:12');
  expect(wrong.stderr).toContain('`attempt` is not known here');
});

test('signatures of a pack are compiled and tried on their files', () => {
  expect(runCli(['packs', 'new', 'signed', '--into', folder]).code).toBe(0);
  const own = path.join(folder, 'signed');
  const put = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(own, file)), { recursive: true });
    fs.writeFileSync(path.join(own, file), text);
  };
  const signature = (condition: string): void =>
    put(
      'signatures/own.yar.b64',
      Buffer.from(`rule own_word\n{\n  strings:\n    $a = "a word of ours"\n  condition:\n    ${condition}\n}\n`).toString(
        'base64',
      ),
    );
  signature('$a');
  const encoded = Buffer.from('here is a word of ours').toString('base64');
  put(
    'cases/signatures/own_word.yaml',
    `positive:\n  - name: a.aspx\n    text: 'base64:${encoded}'\nbenign:\n  - name: b.aspx\n    text: nothing\n`,
  );
  expect(runCli(['packs', 'test', own]).stdout).toBe('1 rules, 2 rows; 1 signatures, 2 files: as they should be\n');
  put(
    'cases/signatures/own_word.yaml',
    'positive:\n  - name: a.aspx\n    text: nothing\nbenign:\n  - name: b.aspx\n    text: a word of ours\n',
  );
  const wrong = runCli(['packs', 'test', own]);
  expect(wrong.code).toBe(64);
  expect(wrong.stderr).toContain('own_word.yaml: positive file 1: the signature does not match, and must');
  expect(wrong.stderr).toContain('own_word.yaml: benign file 1: own_word matches, and must not');
  signature('$b');
  const broken = runCli(['packs', 'check', own]);
  expect(broken.code).toBe(64);
  expect(broken.stderr).toContain('packs/signed/signatures/own.yar:6:5');
});

test('a folder that is none, and a name that cannot be an id', () => {
  expect(runCli(['packs', 'check', path.join(folder, 'nowhere')]).code).toBe(64);
  expect(runCli(['packs', 'new', 'My Campaign', '--into', folder]).code).toBe(64);
  expect(fs.existsSync(path.join(folder, 'My Campaign'))).toBe(false);
});
