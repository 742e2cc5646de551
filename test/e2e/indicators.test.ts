/** Lists of indicators on the command line: what is imported is said, workers find the same as one thread, the answer is what it was. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root, runCli } from './run-cli.ts';

let folder: string;
let lists: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-indicators-'));
  lists = path.join(folder, 'lists');
  fs.mkdirSync(lists);
  fs.writeFileSync(
    path.join(lists, 'march.csv'),
    'indicator,type,description\n198.51.100[.]87,ip,scanner\n203.0.113.0/24,cidr,\nvt5k1jbe.aspx,filename,\n8.8.8.8,ip,\nGlobal\\x,mutex,\n',
  );
  fs.writeFileSync(path.join(lists, 'text.txt'), 'This is no list.\nNor is this.\n');
  fs.writeFileSync(path.join(lists, 'image.png'), 'no list either');
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('indicators check says what is imported, and what is not, with the reason and the place', () => {
  const { code, stdout } = runCli(['indicators', 'check', lists]);
  // Nothing of one of the two files is of use.
  expect(code).toBe(2);
  expect(stdout).toContain('NOTHING of text.txt is looked for.');
  expect(runCli(['indicators', 'check', path.join(lists, 'march.csv')]).code).toBe(0);
  expect(stdout).toContain('2 files: 3 indicators are looked for');
  for (const line of [
    /^ +1 {2}address$/m,
    /^ +1 {2}range$/m,
    /^ +1 {2}file_name$/m,
    /^ +1 {2}resolver: /m,
    /march\.csv, line 5: {0,2}ip|march\.csv, line 5 {2}8\.8\.8\.8/,
    /march\.csv, line 6: mutex {2}Global\\x/,
    /text\.txt, line 1 {2}This is no list\./,
  ])
    expect(stdout).toMatch(line);
  const checked = JSON.parse(runCli(['indicators', 'check', lists, '--json']).stdout) as {
    files: number;
    counts: object;
    leftOut: { code: string }[];
  };
  expect(checked).toMatchObject({ files: 2, counts: { address: 1, range: 1, file_name: 1 } });
  expect(checked.leftOut.map(({ code: reason }) => reason).sort()).toEqual(['not_a_list', 'resolver', 'type']);
});

test('a list that is not there, and a folder without one, are wrong usage', () => {
  for (const wrong of [path.join(folder, 'none.csv'), path.join(root, 'bin')]) {
    const { code, stderr } = runCli([
      'assess',
      path.join(root, 'examples', 'healthy'),
      '--indicators',
      wrong,
      '-o',
      path.join(folder, 'x'),
    ]);
    expect([code, /\n {2}\S/.test(stderr)]).toEqual([64, true]);
  }
});

test('--jobs 1 and 3 give the same bytes, the same answer as without a list, and valid output', () => {
  const texts = new Set<string>();
  for (const jobs of [1, 3]) {
    const out = path.join(folder, `out-${jobs}`);
    const ended = runCli([
      'assess',
      path.join(root, 'examples', 'used-shell'),
      '--indicators',
      lists,
      '--out',
      out,
      '--jobs',
      `${jobs}`,
    ]);
    expect(ended.code, ended.stderr).toBe(1);
    expect(ended.stderr).toContain('indicators: 2 files; 3 are looked for; 3 were left out');
    expect(ended.stderr).toMatch(/3 indicators of others met \d+ times/);
    expect(ended.stdout).toContain('NOT looked for: anything of text.txt.');
    texts.add(fs.readFileSync(path.join(out, 'assessment.json'), 'utf8'));
    expect(fs.readFileSync(path.join(out, 'report.html'), 'utf8')).toContain('Listed by others');
  }
  expect(texts.size).toBe(1);
});

test('what the case says of a listed file holds when it is looked up once more', () => {
  const evidence = path.join(folder, 'files');
  const page = path.join(evidence, 'C', 'inetpub', 'wwwroot', 'aspnet_client');
  fs.mkdirSync(page, { recursive: true });
  fs.writeFileSync(path.join(page, 'a1.aspx'), 'nothing in particular\n');
  const list = path.join(folder, 'hash.txt');
  fs.writeFileSync(list, `${createHash('sha256').update('nothing in particular\n').digest('hex')}\n`);
  const out = path.join(folder, 'case');
  expect(runCli(['assess', evidence, '--indicators', list, '--out', out]).stderr).toContain('1 indicator of others met 1 time');
  const checked = runCli(['check', out, evidence]);
  expect([checked.code, checked.stdout]).toEqual([0, expect.stringMatching(/^(\d+) of \1 claims hold/)]);
});
