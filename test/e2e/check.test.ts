/** `afterpatch check`: what the case says is looked up by a second program; the examples hold, and a case that was touched does not. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { type Checked, checkCase } from '../../src/check/index.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { generateDemo, planDemo } from '../../src/demo/index.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { FolderSink } from '../support/folder-sink.ts';
import { shortened } from '../support/soak.ts';
import { root, runCli } from './run-cli.ts';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-check-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const example = (name: string): string => path.join(root, 'examples', name);
const exampleNames = fs
  .readdirSync(path.join(root, 'examples'))
  .flatMap((name) => (name.endsWith('.expected.json') ? [name.slice(0, -'.expected.json'.length)] : []));

const check = (assessment: Assessment, root: string): Checked => checkCase(assessment, [root], nodePlatform);
const claimsOf = ({ breaches }: Checked): string[] => breaches.map(({ claim }) => claim.replace(/\[[^\]]*\]/g, '[]'));

const few = ['used-shell', 'proxyshell-export', 'owassrf-session', 'split-chain', 'too-young'];
test.each(shortened('examples checked', exampleNames, (name) => few.includes(name)))('every claim on %s holds', async (name) => {
  const checked = check(await assessFolder(example(name)), example(name));
  expect(checked.breaches).toEqual([]);
  expect(checked.unchecked).toEqual([]);
  expect(checked.holds).toBeGreaterThan(40);
});

test('the same evidence in a zip, a tar and a gzip, and two files beside each other', async () => {
  const folder = example('written-shell');
  const tar = path.join(scratch, 'evidence.tar');
  execFileSync('tar', ['-cf', tar, '-C', folder, '.']);
  const tgz = path.join(scratch, 'evidence.tar.gz');
  fs.writeFileSync(tgz, gzipSync(fs.readFileSync(tar)));
  const wide = path.join(scratch, 'wide.log');
  const iis = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('u_ex210303.log'))!;
  fs.writeFileSync(wide, Buffer.from(`\ufeff${fs.readFileSync(path.join(folder, iis), 'utf8')}`, 'utf16le'));
  for (const file of [tar, tgz, wide]) {
    const assessment = await assessFolder(file);
    const checked = check(assessment, file);
    expect(checked.breaches).toEqual([]);
    expect(checked.unchecked).toEqual([]);
    expect(assessment.findings.length).toBeGreaterThan(0);
  }
});

test.each(['removed-rows', 'proxylogon-mail-theft'])('every claim on evidence that was made up holds: %s', async (story) => {
  const folder = path.join(scratch, story);
  generateDemo(planDemo({ bytes: 4_000_000, stories: [story], seed: 'checked' }), new FolderSink(folder));
  const checked = check(await assessFolder(folder), folder);
  expect(checked.breaches).toEqual([]);
  expect(checked.unchecked).toEqual([]);
});

test('what somebody changed in a case, or in the evidence, does not hold', async () => {
  const folder = example('used-shell');
  const whole = await assessFolder(folder);
  const changed = (change: (copy: Touched) => void): string[] => {
    const copy = structuredClone(whole) as unknown as Touched;
    change(copy);
    return claimsOf(check(copy as unknown as Assessment, folder));
  };
  const row = (copy: Touched): Touched['findings'][number]['evidence'][number] => copy.findings[0]!.evidence[0]!;
  expect(changed((copy) => void (row(copy).offsetBytes += 1))).toContain('findings[].evidence[].rawBase64');
  expect(changed((copy) => void (row(copy).line! += 1))).toEqual(['findings[].evidence[].line']);
  expect(changed((copy) => void (row(copy).rawBase64 = btoa('GET /')))).toContain('findings[].evidence[].sha256');
  expect(changed((copy) => void (row(copy).rawBase64 = '%'))).toContain('findings[].evidence[].rawBase64');
  expect(changed((copy) => void (row(copy).sha256 = '0'.repeat(64)))).toEqual(['findings[].evidence[].sha256']);
  expect(changed((copy) => void (row(copy).offsetBytes = 1e9))).toContain('findings[].evidence[].rawBase64');
  expect(changed((copy) => void row(copy).decisiveBase64.push(btoa('never there')))).toEqual(['findings[].evidence[].decisive']);
  expect(changed((copy) => void (copy.evidence[0]!.sha256 = '0'.repeat(64)))).toEqual(['evidence[].sha256']);
  expect(changed((copy) => void (copy.evidence[0]!.bytes += 1))).toEqual(['evidence[].bytes']);
  expect(changed((copy) => void (copy.verdict.answer = 'attempted'))).toContain('verdict.answer');
  expect(changed((copy) => void (copy.verdict.exitCode = 0))).toEqual(['verdict.exitCode']);
  expect(changed((copy) => void (copy.verdict.entered = 'no_sign'))).toEqual(['verdict.entered']);
  expect(changed((copy) => void (copy.intrusions[0]!.stage = 'impact'))).toEqual(['intrusions[].stage']);
  expect(changed((copy) => void copy.intrusions[0]!.findings.push('f'.repeat(16)))).toContain('intrusions[].findings');
  expect(changed((copy) => void copy.findings.splice(0, 1))).toContain('intrusions[].findings');
  const probed = whole.findings.findIndex(({ stage }) => stage === 'probed');
  expect(changed((copy) => void (copy.findings[probed]!.stage = 'impact'))).toContain('findings[].stage');
});

interface Touched {
  evidence: { bytes: number; sha256: string }[];
  verdict: { answer: string; exitCode: number; entered: string };
  intrusions: { stage: string; findings: string[] }[];
  findings: {
    stage: string;
    evidence: { offsetBytes: number; line: number | null; rawBase64: string; sha256: string; decisiveBase64: string[] }[];
  }[];
}

test('what cannot be opened is said, and is no breach', async () => {
  const assessment = await assessFolder(example('session'));
  const elsewhere = check(assessment, scratch);
  expect(elsewhere.broken).toBe(0);
  expect(elsewhere.unchecked.map(({ why }) => why)).toEqual(['it is not where the case says']);
  const torn = path.join(scratch, 'torn.zip');
  fs.writeFileSync(torn, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(500, 0xff)]));
  const inZip = { ...assessment, evidence: assessment.evidence.map((one) => ({ ...one, path: `torn.zip/${one.path}` })) };
  expect(check(inZip, scratch).unchecked.map(({ why }) => why)).toContain('a zip without a directory');
});

test('the command: 0 all of it holds, 1 something does not, 2 not all could be checked, 64 wrong usage', () => {
  const folder = path.join(scratch, 'case');
  runCli(['assess', example('session'), '--out', folder]);
  const good = runCli(['check', folder, example('session')]);
  expect([good.code, good.stdout]).toEqual([0, expect.stringMatching(/^(\d+) of \1 claims hold\.\n$/)]);
  const away = runCli(['check', folder, scratch]);
  expect([away.code, away.stdout]).toEqual([2, expect.stringContaining('could not be checked: it is not where the case says')]);
  const file = path.join(folder, 'assessment.json');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"exitCode": 1', '"exitCode": 0'));
  const bad = runCli(['check', folder, example('session')]);
  expect([bad.code, bad.stdout]).toEqual([1, expect.stringContaining('verdict.exitCode')]);
  expect(runCli(['check', folder]).code).toBe(64);
  expect(runCli(['check', scratch, scratch]).code).toBe(64);
});
