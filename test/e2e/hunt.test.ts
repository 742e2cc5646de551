/** `hunt` and `rules check` from outside: what they print, in which form, and with which code they end. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-hunt-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => path.join(folder, name);
const write = (name: string, text: string): void => {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
};

const rule = (title: string, selection: string, more = ''): string =>
  `title: ${title}\nlogsource: { category: webserver }\ndetection:\n  sel:\n    ${selection}\n  condition: sel\n${more}`;

const escape = '\u001b[2J';
const rows = [
  '2021-03-03 04:00:01 192.0.2.1 GET /owa/x.aspx a=1 443 - 198.51.100.7 curl/7 - 200 0 0 5',
  `2021-03-03 04:00:02 192.0.2.1 POST /owa/y.aspx cmd=${escape}=1+1 443 - 198.51.100.7 curl/7 - 200 0 0 5`,
  '2021-03-03 04:00:03 192.0.2.1 GET /owa/x.aspx a=1 443 - 198.51.100.8 =cmd|calc - 404 0 0 5',
];

beforeAll(() => {
  write(
    'logs/u_ex210303.log',
    `#Software: Microsoft Internet Information Services 10.0\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n${rows.join('\n')}\n`,
  );
  write(
    'rules/posted.yml',
    rule(`"Posted ${'\\e'}[31m"`, 'cs-method: POST', 'level: high\nstatus: test\ntags: [attack.t1505.003]\n'),
  );
  write('rules/agents.yml', rule('Agents', 'cs-user-agent|startswith: [curl, "="]', 'level: low\nstatus: stable\n'));
  write('rules/folder/linux.yml', rule('Linux', 'a: b').replace('category: webserver', 'product: linux'));
  write('rules/notes.txt', 'no rule');
  write('broken/one.yml', rule('One', 'a|nonsense: b'));
  write('broken/two.yml', rule('Two', 'cs-uri-stem: /nowhere'));
  write('quiet/none.yml', rule('None', 'cs-uri-stem: /nowhere'));
  write('placeholders/p.yml', rule('P', "c-ip|expand: '%ours%'"));
  write('values.yaml', 'ours: [198.51.100.8]\n');
  write(
    'many/c.yml',
    `${rule('Asked', 'cs-method|contains: T').replace('title: Asked', 'title: Asked\nname: asked')}---\ntitle: Twice\nlevel: medium\ncorrelation:\n  type: event_count\n  rules: [asked]\n  group-by: [c-ip]\n  timespan: 1m\n  condition: { gte: 2 }\n`,
  );
});

const hunt = (...args: readonly string[]): ReturnType<typeof runCli> => runCli(['hunt', at('logs'), '--jobs', '1', ...args]);

test('a line of JSON for each row and rule, with its place', () => {
  const { stdout, stderr, code } = hunt('--rules', at('rules'), '--format', 'ndjson');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ title, line, level, timeUtc }) => [title, line, level, timeUtc])).toEqual([
    ['Agents', 3, 'low', '2021-03-03T04:00:01.000Z'],
    ['Agents', 4, 'low', '2021-03-03T04:00:02.000Z'],
    ['Posted \u001b[31m', 4, 'high', '2021-03-03T04:00:02.000Z'],
    ['Agents', 5, 'low', '2021-03-03T04:00:03.000Z'],
  ]);
  expect(lines[2]).toMatchObject({
    rule: 'posted',
    status: 'test',
    tags: ['attack.t1505.003'],
    artifact: 'u_ex210303.log',
    logSource: 'iis-w3c',
    events: 1,
  });
  expect(code).toBe(1);
  // What was loaded, what applied, what was skipped and why.
  expect(stderr).toContain('rules: 3 files; 2 rules and 0 correlations run; 0 cannot run; 1 skipped');
  expect(stderr).toContain('     1  skipped.product: linux 1\n');
  expect(stderr).not.toContain('linux.yml');
  expect(hunt('--rules', at('rules'), '--explain-rules').stderr).toContain(
    'folder/linux.yml:1: skipped.product: it is about linux',
  );
  expect(stderr).toContain('u_ex210303.log: 3 records, 2 rules apply, 4 hits');
  expect(stderr).toContain('4 hits of 2 rules');
  // Two workers print the same.
  expect(runCli(['hunt', at('logs'), '--jobs', '2', '--rules', at('rules'), '--format', 'ndjson']).stdout).toBe(stdout);
});

test('no string of the evidence or of a rule moves the terminal or is calculated', () => {
  const table = hunt('--rules', at('rules'));
  expect(table.stdout.split('\n')).toHaveLength(5);
  const csv = hunt('--rules', at('rules'), '--format', 'csv');
  expect(csv.stdout.split('\r\n')).toHaveLength(6);
  // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
  for (const { stdout, stderr } of [table, csv])
    expect(`${stdout}${stderr}`).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
  expect(table.stdout).toContain('Posted <U+001B>[31m');
  for (const line of csv.stdout.split('\r\n')) for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?[=+@]/);
});

test('levels, tags and states choose', () => {
  const titles = (...args: readonly string[]): string[] => [
    ...new Set(
      hunt('--rules', at('rules'), '--format', 'ndjson', ...args)
        .stdout.trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as { rule: string }).rule),
    ),
  ];
  expect(titles('--level', 'medium')).toEqual(['posted']);
  expect(titles('--level', 'low')).toEqual(['agents', 'posted']);
  expect(titles('--tag', 'attack.t1505')).toEqual(['posted']);
  expect(titles('--tag', 'attack.t150')).toEqual([]);
  expect(titles('--status', 'stable')).toEqual(['agents']);
});

test('correlations are hits of their own', () => {
  const { stdout, code } = hunt('--rules', at('many'), '--format', 'ndjson');
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  ).toMatchObject([
    {
      title: 'Twice',
      events: 2,
      timeUtc: '2021-03-03T04:00:01.000Z',
      lastUtc: '2021-03-03T04:00:02.000Z',
      fields: { 'c-ip': '198.51.100.7' },
    },
  ]);
  expect(code).toBe(1);
});

test('a rule about started programs holds on printed events and on lists of processes, under their own names', () => {
  write(
    'printed/event.txt',
    'Log Name:      Security\nSource:        Microsoft-Windows-Security-Auditing\nDate:          2021-03-03T04:15:01.0000000Z\nEvent ID:      4688\nLevel:         Information\nComputer:      MAIL01.corp.example\nDescription:\nA new process has been created.\n\nProcess Information:\n\tNew Process ID:\t\t0x1234\n\tNew Process Name:\tC:\\Windows\\System32\\cmd.exe\n\tCreator Process Name:\tC:\\Windows\\System32\\inetsrv\\w3wp.exe\n\tProcess Command Line:\tcmd.exe /c echo\n',
  );
  write('printed/list.txt', 'C:\\Windows\\System32\\inetsrv\\w3wp.exe -> C:\\Windows\\System32\\cmd.exe /c echo\n');
  write(
    'started/one.yml',
    "title: Started\nlogsource: { product: windows, category: process_creation }\ndetection:\n  sel: { ParentImage|endswith: '\\w3wp.exe', Image|endswith: '\\cmd.exe' }\n  condition: sel\n",
  );
  const { stdout } = runCli(['hunt', at('printed'), '--rules', at('started'), '--jobs', '1', '--format', 'ndjson']);
  const hits = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(hits.map(({ logSource, artifact, eventId }) => [logSource, artifact, eventId])).toEqual([
    ['windows-event', 'event.txt', '4688'],
    ['process-listing', 'list.txt', null],
  ]);
});

test('exit codes: hits, none, not all', () => {
  expect(hunt('--rules', at('quiet')).code).toBe(0);
  expect(hunt('--rules', at('broken')).code).toBe(2);
  expect(hunt('--rules', at('placeholders')).code).toBe(2);
  expect(hunt('--rules', at('placeholders'), '--placeholders', at('values.yaml')).code).toBe(1);
  expect(hunt().code).toBe(64);
  expect(hunt('--rules', at('nowhere')).code).toBe(64);
  expect(hunt('--rules', at('logs')).code).toBe(64);
  expect(hunt('--rules', at('quiet'), '--level', 'loud').code).toBe(64);
  // Something that nothing reads is no all-clear.
  write('unread/x.bin', '\u0000\u0001\u0002');
  expect(runCli(['hunt', at('unread'), '--rules', at('quiet'), '--jobs', '1']).code).toBe(2);
});

test('rules check names each rule that cannot run, with its place, and counts the others', () => {
  const broken = runCli(['rules', 'check', at('broken')]);
  expect(broken.code).toBe(2);
  expect(broken.stdout).toContain('one.yml:5:7: rule.modifier: unknown modifier `nonsense`');
  expect(broken.stdout).toMatch(/ +5 \| {5}a\|nonsense: b\n +\| +\^{8}\n/);
  const fine = runCli(['rules', 'check', at('rules'), '--all']);
  expect(fine.code).toBe(0);
  expect(fine.stdout).toContain('3 files, 3 rules: 2 run, 0 cannot run');
  expect(fine.stdout).toContain('folder/linux.yml:1: skipped.product: it is about linux');
  const json = JSON.parse(runCli(['rules', 'check', at('broken'), '--json']).stdout) as Record<string, unknown>;
  expect(json).toMatchObject({ files: 2, documents: 1, runs: 1, cannotRun: 1, logs: { webserver: 1 } });
  expect(json.unrun).toMatchObject([{ file: 'one.yml', line: 5, column: 7, code: 'rule.modifier' }]);
  expect(runCli(['rules', 'check', at('nowhere')]).code).toBe(64);
});

test('assess says what was loaded, what it applied to and what came of it; run.json has all of it', () => {
  const out = path.join(folder, 'case');
  const args = ['assess', at('logs'), '--out', out, '--jobs', '1', '--rules', at('rules')];
  const { stderr } = runCli(args);
  expect(stderr).toContain('rules: 3 files; 2 rules and 0 correlations run; 0 cannot run; 1 skipped');
  expect(stderr).toContain('rules of others apply to 1 of 1 file');
  expect(stderr).toMatch(
    /2 rules of others matched 4 times(?:, \d of them as part of an intrusion)?; the answer is made without them/,
  );
  expect(stderr).not.toContain('u_ex210303.log: ');
  const { rules } = JSON.parse(fs.readFileSync(path.join(out, 'run.json'), 'utf8')) as { rules: unknown };
  expect(rules).toEqual({
    files: 3,
    run: 2,
    correlations: 0,
    unrun: [{ file: 'folder/linux.yml', line: 1, code: 'skipped.product', what: 'it is about linux' }],
    applied: [{ artifact: 'u_ex210303.log', records: 3, rules: 2, hits: 4 }],
  });
  const named = runCli([...args, '--explain-rules']).stderr;
  expect(named).toContain('folder/linux.yml:1: skipped.product: it is about linux');
  expect(named).toContain('u_ex210303.log: 3 records, 2 rules apply, 4 hits');
  runCli(['assess', at('logs'), '--out', out, '--jobs', '1']);
  expect(JSON.parse(fs.readFileSync(path.join(out, 'run.json'), 'utf8'))).toMatchObject({ rules: null });
});
