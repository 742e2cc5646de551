/** `afterpatch baseline add` and `assess --baseline`, from outside. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { exchangeFolder, exchangeTree, hashTable, sha256, writeTree } from '../support/exchange-tree.ts';
import { runCli } from './run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-baseline-'));
  writeTree(path.join(folder, 'clean'), exchangeTree());
  writeTree(path.join(folder, 'suspect'), exchangeTree({ [`${exchangeFolder}/ClientAccess/ecp/y.aspx`]: '<%@ Page %>\n' }));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const add = (...args: string[]): ReturnType<typeof runCli> => runCli(['baseline', 'add', ...args], { cwd: folder });

test('a clean installation becomes a list, and a server is held against it', () => {
  const made = add('clean', '--build', '15.01.2507.061', '--into', 'own.txt');
  expect([made.code, made.stderr]).toEqual([0, '']);
  expect(made.stdout).toBe('21 files of 15.1.2507.61 stand in own.txt now.\n');
  const { code, stdout } = runCli(['assess', 'suspect', '--baseline', 'own.txt', '--json', '-o', 'case'], { cwd: folder });
  expect(code).toBe(2);
  const { inventory } = JSON.parse(stdout) as Assessment;
  expect(inventory).toMatchObject([{ build: '15.1.2507.61', notShipped: 1, changed: 0 }]);
  expect(inventory[0]!.odd.map(({ path: file }) => file)).toEqual([
    'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\ClientAccess\\ecp\\y.aspx',
  ]);
  expect(fs.readFileSync(path.join(folder, 'case', 'report.html'), 'utf8')).toContain('Files and configuration');
  // The second program finds everything as the case says it.
  expect(runCli(['check', 'case', 'suspect'], { cwd: folder }).code).toBe(0);
});

test('a table of hashes is a clean installation as well; a list grows and is never overwritten', () => {
  const page = 'FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx';
  fs.writeFileSync(path.join(folder, 'hashes.csv'), hashTable([[page, sha256('a')]]));
  fs.writeFileSync(path.join(folder, 'bare.csv'), `${sha256('b')},15.1.2507.63,\\${page}\n`);
  expect(add('hashes.csv', '--build', '15.1.2507.62', '--into', 'more.txt').code).toBe(0);
  const before = fs.readFileSync(path.join(folder, 'more.txt'), 'utf8');
  expect(add('bare.csv', '--build', '15.1.2507.63', '--into', 'more.txt').code).toBe(0);
  expect(fs.readFileSync(path.join(folder, 'more.txt'), 'utf8').startsWith(before)).toBe(true);
  const again = add('bare.csv', '--build', '15.1.2507.62', '--into', 'more.txt');
  expect(again.code).toBe(64);
  expect(again.stderr).toContain('not overwritten');
  const foreign = path.join(folder, 'notes.txt');
  fs.writeFileSync(foreign, 'my notes\n');
  expect(add('bare.csv', '--build', '15.1.2507.64', '--into', 'notes.txt').code).toBe(64);
  expect(fs.readFileSync(foreign, 'utf8')).toBe('my notes\n');
});

test('a page as it was shipped, of another day or another server, clears no other bytes of that name', () => {
  const page = `${exchangeFolder}/FrontEnd/HttpProxy/owa/auth/logon.aspx`;
  const shell = ['<%@ Page Language="Jscript"%><%ev', 'al(Requ', 'est.Item["q"],"unsafe");%>'].join('');
  writeTree(path.join(folder, 'two', 'a'), exchangeTree());
  writeTree(path.join(folder, 'two', 'b'), exchangeTree({ [page]: shell }));
  const { code, stdout } = runCli(['assess', 'two', '--baseline', 'own.txt', '--json', '-o', 'c2'], { cwd: folder });
  const { inventory, findings } = JSON.parse(stdout) as Assessment;
  expect(code).toBe(1);
  expect(inventory[0]).toMatchObject({ shipped: 21, changed: 1 });
  expect(inventory[0]!.odd).toMatchObject([{ standing: 'changed', sha256: sha256(shell) }]);
  expect(findings.map(({ rule }) => rule)).toContain('inventory/changed-back-door');
});

test('a back door makes no list without being named; nor does a list of the user’s own excuse one', () => {
  const page = `${exchangeFolder}/FrontEnd/HttpProxy/owa/auth/healthchk.aspx`;
  const shell = ['<%@ Page Language="Jscript"%><%ev', 'al(Requ', 'est.Item["q"],"unsafe");%>'].join('');
  writeTree(path.join(folder, 'taken'), { [page]: shell, [page.replace('healthchk', 'quiet')]: '<%@ Page %>\n' });
  const args = ['taken', '--build', '15.1.2507.61', '--into', 'hostile.txt'];
  const refused = add(...args);
  expect([refused.code, refused.stdout, fs.existsSync(path.join(folder, 'hostile.txt'))]).toEqual([64, '', false]);
  expect(refused.stderr).toMatch(/healthchk\.aspx: its text is that of a back door \(runs-code/);
  expect(refused.stderr).not.toContain('quiet.aspx');
  const said = add(...args, '--include-hostile');
  expect([said.code, said.stdout]).toEqual([0, '2 files of 15.1.2507.61 stand in hostile.txt now.\n']);
  expect(said.stderr).toMatch(/^WARNING: .*\n.*healthchk\.aspx/);
  const { stdout } = runCli(['assess', 'taken', '--baseline', 'hostile.txt', '--json', '-o', 'c4'], { cwd: folder });
  const { inventory, findings } = JSON.parse(stdout) as Assessment;
  expect(findings.map(({ rule }) => rule)).toContain('inventory/back-door-in-place');
  expect(inventory[0]).toMatchObject({ shipped: 1, notShipped: 1 });
  expect(inventory[0]!.odd).toMatchObject([{ standing: 'not_shipped', sha256: sha256(shell) }]);
  expect(inventory[0]!.odd[0]!.why[0]).toContain('only a list of your own calls these bytes good');
  expect(inventory[0]!.notes.join('\n')).toMatch(
    /^2 files of Exchange’s web folders.* are known to be good by a list of your own alone/m,
  );
});

test('a list that is none', () => {
  fs.writeFileSync(path.join(folder, 'wrong.txt'), 'afterpatch.baseline/1\nbuilds 15.1\n');
  const wrong = runCli(['assess', 'suspect', '--baseline', 'wrong.txt', '-o', 'c3'], { cwd: folder });
  expect(wrong.code).toBe(64);
  expect(wrong.stderr).toContain('wrong.txt:2:');
});
