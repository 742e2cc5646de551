/**
 * A clean-up from outside, as an administrator goes through it: assess, plan, what people say, verify. The story has a step that was
 * falsely reported as done, a leftover, and a second intruder who comes back (`examples/clean-up-stories.mjs`).
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import type { Verification, VerifiedStep } from '../../src/core/verified.ts';
import { root, runCli } from './run-cli.ts';

const before = path.join(root, 'examples', 'clean-up');
const after = path.join(root, 'examples', 'clean-up-after');
const pages = {
  first: '/owa/auth/h4mrx2pw.aspx',
  second: '/aspnet_client/system_web/c9tq1bns.aspx',
  spare: '/aspnet_client/k2vd8ejs.aspx',
  anew: '/owa/auth/n7zlq3tx.aspx',
} as const;

let folder: string;
let made: string;
let assessment: Assessment;
let verified: Verification;
let text: string;
const json = (...names: string[]): unknown => JSON.parse(fs.readFileSync(path.join(made, ...names), 'utf8'));
const ok = (...args: string[]): string => {
  const ended = runCli(args);
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  return ended.stdout;
};
const stepOf = (page: string): string =>
  assessment.plan.steps.find(
    ({ check }) => (check.kind === 'page_not_answered' || check.kind === 'file_gone') && check.path === page,
  )!.id;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-clean-up-'));
  made = path.join(folder, 'case');
  const assessed = runCli(['assess', before, '--out', made, '--tz', 'UTC', '--now', '2021-03-11T12:00:00Z']);
  expect(assessed.code, assessed.stderr).toBe(1);
  assessment = json('assessment.json') as Assessment;
  const said = ['--by', 'T. Lind', '--at', '2021-03-13T10:00:00Z', '--now', '2021-03-13T12:00:00Z'];
  ok('case', 'done', made, stepOf(pages.first), ...said);
  ok('case', 'done', made, stepOf(pages.second), ...said);
  // By its number, as the plan shows it.
  ok('case', 'done', made, String(assessment.plan.steps.findIndex(({ id }) => id === 'keep/memory') + 1), ...said);
  const ended = runCli(['verify', made, after, '--now', '2021-03-29T12:00:00Z']);
  expect(ended.code, ended.stderr).toBe(1);
  text = ended.stdout;
  verified = json('verify.json') as Verification;
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const step = (id: string): VerifiedStep => verified.steps.find((one) => one.id === id)!;
const ofKind = (kind: VerifiedStep['check']): VerifiedStep[] => verified.steps.filter(({ check }) => check === kind);
const shape = ({ state, view, back, contradicted }: VerifiedStep): unknown[] => [state, view, back, contradicted];

test('every step of the plan is told, each with its record or with why there is none', () => {
  expect(verified.steps.map(({ id }) => id)).toEqual(assessment.plan.steps.map(({ id }) => id));
  for (const one of verified.steps) {
    expect(one.text, one.id).not.toBe('');
    if (one.state === 'done') expect(one.evidence.length, one.id).toBeGreaterThan(0);
  }
});

test('what was done is proven: cut off, the first page, the address, the certificates, and krbtgt by another machine', () => {
  expect(ofKind('no_requests_from_outside').map(shape)).toEqual([['done', 'server', null, false]]);
  expect(shape(step(stepOf(pages.first)))).toEqual(['done', 'server', null, false]);
  expect(ofKind('setting_lacks').map(shape)).toEqual([['done', 'server', null, false]]);
  const secrets = ofKind('secret_new').filter(({ state }) => state === 'done');
  expect(secrets.map(({ id, view }) => [id.split('/')[1], view]).sort()).toEqual([
    ['auth-certificate', 'server'],
    ['certificates', 'server'],
    ['krbtgt', 'outside'],
  ]);
  expect(step(stepOf(pages.first)).doneUtc).toBe('2021-03-15T04:11:26.000Z');
});

test('the step that was falsely reported as done is contradicted; the leftover is told from a return', () => {
  expect(shape(step(stepOf(pages.second)))).toEqual(['not_done', 'server', 'leftover', true]);
  expect(step(stepOf(pages.second)).text).toContain('T. Lind said that it was done on 2021-03-13. That is not so.');
  expect(shape(step(stepOf(pages.spare)))).toEqual(['not_done', 'server', 'leftover', false]);
  expect(verified.steps.filter(({ contradicted }) => contradicted)).toHaveLength(1);
  expect(verified.sentence).toContain('One step that was reported as done is not done.');
});

test('the second intruder came back: what he wrote is new, and told as his', () => {
  expect(verified.fresh.map(({ what, kind, intrusion }) => [what, kind, intrusion])).toEqual([
    [
      pages.anew,
      'again',
      assessment.intrusions.find(({ observables }) => observables.some(({ value }) => value === '203.0.113.151'))!.id,
    ],
  ]);
  expect(verified.fresh[0]!.text).toContain('intruder 2 (203.0.113.151) of the case: they came back');
  expect(ofKind('quiet_since').map(({ state }) => state)).toEqual(['not_done']);
});

test('what only people can know is told as theirs; how long it was watched is said; nobody is told that they are gone', () => {
  expect(shape(step('keep/memory'))).toEqual(['cannot_tell', 'people', null, false]);
  expect([verified.watched.fromUtc?.slice(0, 10), verified.watched.days, verified.watched.covered]).toEqual([
    '2021-03-15',
    13,
    true,
  ]);
  expect(text).not.toMatch(/evicted|all clear|they are gone/i);
  expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
});

test('the case keeps it: its report has the section, is made again byte for byte, and others do not get it', () => {
  const report = fs.readFileSync(path.join(made, 'report.html'), 'utf8');
  expect(report).toContain('What was done');
  expect(report).toContain(pages.anew);
  ok('report', made);
  expect(fs.readFileSync(path.join(made, 'report.html'), 'utf8')).toBe(report);
  ok('report', made, '--for', 'public');
  expect(fs.readFileSync(path.join(made, 'public', 'report.html'), 'utf8')).not.toContain('What was done');
  expect(ok('case', 'show', made)).toContain('Verified last, with evidence to 2021-03-28: Not done yet.');
  expect(fs.readdirSync(path.join(made, 'verified'))).toEqual([expect.stringMatching(/^0001-\d{8}T\d{6}Z$/)]);
});

test('ways back count by their newest state, the new one with them, alike in verify and case show; it ends with what to do', () => {
  expect(verified.waysBack.list.filter(({ state }) => state === 'open').map(({ what, fresh }) => [what, fresh])).toEqual([
    [pages.spare, false],
    [pages.second, false],
    [pages.anew, true],
  ]);
  const { open, closed, unknown } = verified.waysBack;
  expect(verified.sentence).toContain(
    `Ways back: ${open} are open, 1 of them new; ${closed} are closed; ${unknown} more may be open.`,
  );
  const shown = ok('case', 'show', made);
  expect(shown).toContain(`Ways back that are open (${open}):`);
  expect(shown).toContain(`Ways back that are closed (${closed}):`);
  expect(shown).toMatch(/New since the case:\n.*\n?.*n7zlq3tx/);
  expect(text).toMatch(/Now:\n {2}- They came back\. Cut MAIL01 off/);
});

test('old evidence, or none, cannot replace what was verified', () => {
  const kept = fs.readFileSync(path.join(made, 'verify.json'), 'utf8');
  const report = fs.readFileSync(path.join(made, 'report.html'), 'utf8');
  const empty = path.join(folder, 'empty');
  fs.mkdirSync(empty);
  for (const old of [before, empty]) {
    const ended = runCli(['verify', made, old]);
    expect([ended.code, ended.stdout], ended.stderr).toEqual([64, '']);
    expect(ended.stderr).toContain('is newer than the case, which ends on 2021-03-10');
  }
  expect(fs.readFileSync(path.join(made, 'verify.json'), 'utf8')).toBe(kept);
  expect(fs.readFileSync(path.join(made, 'report.html'), 'utf8')).toBe(report);
  expect(fs.readdirSync(path.join(made, 'verified'))).toHaveLength(1);
});

test('a case is no evidence; where nothing can be written it is said before anything is read', () => {
  const ended = runCli(['assess', made, '--out', path.join(folder, 'other')]);
  expect([ended.code, ended.stderr.includes('is a case of Afterpatch')], ended.stderr).toEqual([64, true]);
  const blocked = path.join(folder, 'blocked');
  fs.cpSync(made, blocked, { recursive: true });
  fs.rmSync(path.join(blocked, 'verified'), { recursive: true });
  fs.writeFileSync(path.join(blocked, 'verified'), 'in the way');
  const refused = runCli(['verify', blocked, after]);
  expect([refused.code, refused.stdout], refused.stderr).toEqual([64, '']);
  expect(refused.stderr).toMatch(/could not be made.*\n.*Run it as somebody who may write to that folder/);
});

test('new evidence alone, assessed into the case: what is missing now is said first, and what was verified stays', () => {
  const copy = path.join(folder, 'copy');
  fs.cpSync(made, copy, { recursive: true });
  const ended = runCli(['assess', after, '--out', copy, '--tz', 'UTC', '--now', '2021-03-30T12:00:00Z']);
  expect(ended.code, ended.stderr).toBe(1);
  expect(ended.stdout).toMatch(/^WARNING: part of what this case rested on was not handed in this time\./);
  expect(ended.stdout).toContain('IIS of MAIL01: 2021-02-26 to 2021-03-10');
  expect(ended.stdout.replaceAll(/\s+/g, ' ')).toContain(`npx afterpatch assess ${before} ${after} --out ${copy}`);
  expect(ok('case', 'diff', copy)).toMatch(/^Assessment 1 → 2\nThe answer changed: .*\n\nLogs that were handed in before/);
  expect(fs.readFileSync(path.join(copy, 'report.html'), 'utf8')).toContain('What was done');
  expect(fs.readFileSync(path.join(copy, 'verify.json'), 'utf8')).toBe(fs.readFileSync(path.join(made, 'verify.json'), 'utf8'));
});

test('a case keeps every assessment, shows them, and says what changed from one to the next', () => {
  // A reporter wants it again, a finding less.
  const finding = assessment.findings.find(({ rule, evidence }) => rule === 'web-shell/page-listed' && evidence.length === 1)!;
  const words = ['--reason', 'our page', '--by', 'A. Berg', '--until', '2021-12-31', '--now', '2021-03-12T00:00:00Z'];
  const refused = runCli(['case', 'acknowledge', made, finding.id.slice(0, 8), ...words]);
  expect([refused.code, refused.stderr.includes('--although-proven')], refused.stderr).toEqual([64, true]);
  ok('case', 'acknowledge', made, finding.id.slice(0, 8), ...words, '--although-proven');
  const again = runCli(['assess', before, '--out', made, '--tz', 'UTC', '--now', '2021-03-12T12:00:00Z']);
  expect(again.code).toBe(1);
  expect(again.stdout.replaceAll(/\s+/g, ' ')).toContain('Left out One finding that somebody acknowledged');
  const shown = ok('case', 'show', made, '--now', '2021-03-12T12:00:00Z');
  expect(shown).toMatch(/1 2021-03-11 .*\n(?:.*\n)* {2}2 2021-03-12 /);
  expect(shown).toContain('A. Berg said on 2021-03-12: “our page”');
  const diff = ok('case', 'diff', made);
  expect(diff).toContain('One finding is left out of the answer because A. Berg said until 31 December 2021: “our page”.');
  expect(JSON.parse(ok('case', 'diff', made, '1', '2', '--json')).declared).toHaveLength(1);
  expect((json('history', fs.readdirSync(path.join(made, 'history'))[0]!, 'assessment.json') as Assessment).verdict).toEqual(
    assessment.verdict,
  );
  // Wrong input is said, with what to do.
  for (const [args, words] of [
    [['case', 'diff', made, '1', '9'], 'has no assessment 9'],
    [['case', 'done', made, 'no-such-step', '--by', 'x'], 'has no step'],
    [['case', 'done', made, '0', '--by', 'x'], 'has no step'],
    [['case', 'done', made, '999', '--by', 'x'], 'has no step'],
    [['case', 'show', folder], 'is no case'],
    [['verify', made, made], 'inside the evidence'],
  ] as const) {
    const ended = runCli([...args]);
    expect([ended.code, ended.stderr.includes(words)], ended.stderr).toEqual([64, true]);
  }
});
