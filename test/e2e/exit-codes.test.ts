/** The process starts at 70 and earns 0, 1 or 2 only by writing a complete assessment. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root, runCli, startCli } from './run-cli.ts';

let folder: string;
const example = (name: string): string => path.join(root, 'examples', name);
const out = (name: string): string => path.join(folder, name);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-exit-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A module loaded before the program that breaks it in one place. */
function preload(name: string, code: string): string[] {
  const file = path.join(folder, `${name}.mjs`);
  fs.writeFileSync(file, code);
  return ['--import', `file://${file}`];
}

const answers = [0, 1, 2];
const noAnswer = (name: string): void => {
  expect(fs.existsSync(path.join(out(name), 'assessment.json'))).toBe(false);
};

test('0, 1 and 2 are answers, and the case folder is complete', { timeout: 240_000 }, () => {
  for (const [name, code] of [
    ['healthy', 0],
    ['written-shell', 1],
    ['too-young', 2],
  ] as const) {
    const ended = runCli(['assess', example(name), '--out', out(name)]);
    expect(ended.code, ended.stderr).toBe(code);
    expect(fs.readdirSync(out(name)).sort()).toEqual([
      '.work',
      'assessment.json',
      'findings.ndjson',
      'observables.ndjson',
      'plan-values.json',
      'plan.md',
      'report.html',
      'run.json',
      'timeline.csv',
    ]);
    const run = JSON.parse(fs.readFileSync(path.join(out(name), 'run.json'), 'utf8')) as { exitCode: number };
    expect(run.exitCode).toBe(code);
  }
});

test.each([
  ['no path', ['assess'], 64, /No path was given/],
  ['unknown option', ['assess', '.', '--nonsense'], 64, /unknown option/],
  ['unknown command', ['asess', '.'], 64, /unknown command/],
  ['missing path', ['assess', '/nowhere/at/all', '--out', 'never'], 64, /nothing at .*nowhere[\s\S]*spelling/i],
  ['bad zone', ['assess', '.', '--tz', 'Mars/Base'], 64, /zone/],
  ['bad jobs', ['assess', '.', '--jobs', '0'], 64, /1 to 64/],
  ['no command', [], 64, /Usage/],
  ['version', ['--version'], 0, /^\d+\.\d+\.\d+/],
  ['help', ['assess', '--help'], 0, /Usage: afterpatch assess/],
])('%s', (_name, args, code, says) => {
  const ended = runCli(args, { cwd: folder });
  expect(ended.code, ended.stderr).toBe(code);
  expect(`${ended.stdout}${ended.stderr}`).toMatch(says);
});

test('a case folder inside the evidence, or over files that are not ours, is refused', () => {
  const evidence = out('own');
  fs.cpSync(example('written-shell'), evidence, { recursive: true });
  const inside = runCli(['assess', '.', '--out', 'case'], { cwd: evidence });
  expect(inside.code).toBe(64);
  expect(inside.stderr).toMatch(/inside the evidence/);
  expect(fs.existsSync(path.join(evidence, 'case'))).toBe(false);
  fs.mkdirSync(out('mine'));
  fs.writeFileSync(path.join(out('mine'), 'letter.txt'), 'mine');
  const over = runCli(['assess', evidence, '--out', out('mine')]);
  expect(over.code).toBe(64);
  expect(fs.readdirSync(out('mine'))).toEqual(['letter.txt']);
});

test('a second run over the same folder replaces the first; a case is never evidence', () => {
  const first = runCli(['assess', example('written-shell'), '--out', out('twice')]);
  expect(first.code).toBe(1);
  const second = runCli(['assess', example('too-young'), '--out', out('twice')]);
  expect(second.code).toBe(2);
  const named = runCli(['assess', out('twice'), '--out', out('of-case')]);
  expect([named.code, named.stderr.includes('is a case of Afterpatch')], named.stderr).toEqual([64, true]);
  expect(fs.existsSync(out('of-case'))).toBe(false);
  fs.cpSync(out('twice'), path.join(out('around'), 'case'), { recursive: true });
  const own = runCli(['assess', out('around'), '--out', out('of-own')]);
  expect(own.code).toBe(2);
  const assessment = JSON.parse(fs.readFileSync(path.join(out('of-own'), 'assessment.json'), 'utf8')) as {
    problems: { code: string }[];
    findings: unknown[];
  };
  expect(assessment.problems.map(({ code }) => code)).toContain('evidence.own_output');
  expect(assessment.findings).toEqual([]);
});

test('a throw, a rejection, a promise that never settles: 70 and no answer', () => {
  const broken: [string, string][] = [
    [
      'throw',
      `import fs from 'node:fs'; const rename = fs.renameSync; fs.renameSync = (from, to) => { if (String(to).includes('assessment.json')) throw new Error('disk'); return rename(from, to); };`,
    ],
    // Once the program listens, however long a busy machine takes to load it.
    [
      'reject',
      `const again = () => (process.listenerCount('unhandledRejection') > 0 ? Promise.reject(new Error('lost')) : setTimeout(again, 5)); again();`,
    ],
    ['never', `import { Worker } from 'node:worker_threads'; Worker.prototype.postMessage = function () { this.unref(); };`],
  ];
  for (const [name, code] of broken) {
    const ended = runCli(['assess', example('healthy'), '--out', out(name), '--jobs', '2'], { node: preload(name, code) });
    expect(answers, `${name}: ${ended.stderr}`).not.toContain(ended.code);
    expect(ended.code).not.toBeNull();
    noAnswer(name);
  }
});

test('a limit of memory that the user gives is no flag of a worker', () => {
  const ended = runCli(['assess', example('healthy'), '--out', out('limited'), '--jobs', '2'], {
    node: ['--max-old-space-size=1000'],
  });
  // On a slow machine it tells how far it is.
  expect([ended.code, ended.stderr.replace(/^read .*\n/gm, '')]).toEqual([0, '']);
});

test('a worker that throws, or runs out of memory, gives no answer', () => {
  const inWorker = (code: string): string => `import { isMainThread } from 'node:worker_threads'; if (!isMainThread) { ${code} }`;
  for (const [name, code] of [
    ['worker-throw', `setTimeout(() => { throw new Error('broken worker'); }, 30);`],
    ['worker-exit', `setTimeout(() => process.exit(0), 30);`],
    ['worker-memory', `setTimeout(() => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); }, 30);`],
  ] as const) {
    const ended = runCli(['assess', example('healthy'), '--out', out(name), '--jobs', '2'], {
      node: [...preload(name, inWorker(code)), '--max-old-space-size=200'],
    });
    expect(ended.code, `${name}: ${ended.stderr}`).toBe(70);
    // It is the worker that ended it: not a flag that it was not started with.
    expect(ended.stderr).toMatch(/broken worker|worker ended|out of memory|memory limit/i);
    noAnswer(name);
  }
});

test('a reader that goes away, and a request to stop, end without an answer code', async () => {
  const gone = await startCli(['assess', example('healthy'), '--out', out('pipe'), '--json'], folder, (child) =>
    child.stdout!.destroy(),
  );
  expect(answers).not.toContain(gone.code);
  const stopped = await startCli(['assess', example('healthy'), '--out', out('term')], folder, (child) =>
    setTimeout(() => child.kill('SIGTERM'), 400),
  );
  expect(answers).not.toContain(stopped.code);
  noAnswer('term');
});

test('nothing on standard input is said, and judged as nothing', () => {
  for (const input of ['', ' \r\n\t']) {
    const ended = runCli(['assess', '-', '--out', out('nothing')], { input });
    expect([ended.code, ended.stderr]).toEqual([64, expect.stringContaining('Nothing came in on standard input.')]);
  }
  noAnswer('nothing');
});

test('lines pasted on standard input are judged', () => {
  const rows = [
    'hello, these are from the script:',
    '2021-03-03T07:52:03.579Z,ServerInfo~a]@mail.haven.example:444/autodiscover/autodiscover.xml?#',
    '2021-03-03 08:01:12 10.0.0.5 GET /owa/auth/zq0w7rhx.aspx cmd=whoami 443 - 203.0.113.9 Mozilla/5.0 - 200 0 0 15',
  ].join('\r\n');
  const ended = runCli(['assess', '-', '--out', out('pasted'), '--tz', 'UTC'], { input: rows });
  expect(ended.code, ended.stderr).toBe(1);
  const assessment = JSON.parse(fs.readFileSync(path.join(out('pasted'), 'assessment.json'), 'utf8')) as {
    verdict: { stage: string };
    findings: { rule: string }[];
  };
  expect(assessment.verdict.stage).toBe('operated');
  expect(assessment.findings.map(({ rule }) => rule)).toContain('proxylogon/anchor-autodiscover');
});

test('declared activity stays visible and does not count', () => {
  const known = path.join(folder, 'known.yaml');
  fs.writeFileSync(
    known,
    '- name: Test of March\n  from: 2021-03-01T00:00:00Z\n  to: 2021-03-20T00:00:00Z\n  addresses: [203.0.113.24]\n',
  );
  const ended = runCli(['assess', example('written-shell'), '--out', out('declared'), '--known', known]);
  const assessment = JSON.parse(fs.readFileSync(path.join(out('declared'), 'assessment.json'), 'utf8')) as {
    verdict: { answer: string; reasons: { text: string }[] };
    findings: { declared: string | null }[];
  };
  expect(assessment.verdict.answer, ended.stdout).not.toBe('confirmed');
  expect(assessment.findings.some(({ declared }) => declared === 'Test of March')).toBe(true);
  expect(JSON.stringify(assessment.verdict.reasons)).toContain('Test of March');
  fs.writeFileSync(known, '- name: x\n');
  expect(runCli(['assess', example('healthy'), '--known', known, '--out', out('bad-known')]).code).toBe(64);
});
