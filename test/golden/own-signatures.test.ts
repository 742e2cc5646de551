/**
 * The signatures of the packs: each compiles, matches what it is written for and nothing that comes close; and what signatures match in an
 * assessment: told, never part of the answer, as sure as the place and the use of the file allow. Pages stand here encoded.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess, loadContent, packSignatures } from '../../src/assess.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { yaraX } from '../../src/host/yara-x.ts';
import { shippedPathOf, writeBaseline } from '../../src/knowledge/index.ts';
import { isSignatureCase, readSignatureCase } from '../../src/packs/index.ts';
import { checkSource, type Engine, GroupScan, inlineExecutor, inlineSignatures } from '../../src/run/index.ts';
import { exchangeFolder, exchangeTree, sha256, writeTree } from '../support/exchange-tree.ts';

const home = path.resolve(import.meta.dirname, '..', '..');
const own = packSignatures(nodePlatform);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-signatures-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));
let engine: Engine;
beforeAll(async () => {
  engine = await yaraX();
});

/** Rule → a page it is made for, and one that comes as close as ordinary ones do: the cases of the packs, stored encoded. */
const cases = nodePlatform.assets
  .list('packs')
  .filter(isSignatureCase)
  .map((file) => readSignatureCase({ path: file, text: nodePlatform.assets.text(file) }))
  .map(({ rule, positive, benign }) => [rule, positive[0]!.name, positive[0]!.bytes, benign[0]!.bytes] as const);

describe('the signatures of the packs', () => {
  test('compile', () => {
    expect(own.length).toBeGreaterThan(0);
    expect(own.flatMap((source) => checkSource(engine, source).unrun)).toEqual([]);
    const rules = own.flatMap((source) => checkSource(engine, source).source!.outline!.rules.map(({ name }) => name));
    expect(rules.sort()).toEqual(cases.map(([rule]) => rule).sort());
  });

  test('match what they are made for, and nothing that comes close', () => {
    const scan = new GroupScan(
      engine,
      own.map((source) => checkSource(engine, source).source!),
    );
    const file = (filename: string, bytes: Uint8Array) => ({
      bytes,
      names: { filename, filepath: `C:\\inetpub\\wwwroot\\${filename}`, extension: '.aspx', filetype: '', owner: '' },
    });
    const positive = scan.scan(cases.map(([, name, bytes]) => file(name, bytes)));
    expect(positive.map((found) => found.map(({ about }) => about.rule))).toEqual(cases.map(([rule]) => [rule]));
    const benign = scan.scan(cases.map(([, name, , bytes]) => file(name, bytes)));
    expect(benign).toEqual(cases.map(() => []));
    scan.free();
  });
});

describe('an assessment with signatures', () => {
  const content = loadContent(nodePlatform);
  async function assessed(
    folder: string,
    known?: (sha256: string) => boolean,
    signatures = true,
    baselines: { path: string; text: string }[] = [],
  ): Promise<Assessment> {
    const scanner = inlineSignatures(engine);
    const { assessment } = await assess([folder], {
      organisation: 'x',
      known: [],
      executor: inlineExecutor(),
      platform: nodePlatform,
      content,
      baselines,
      ...(signatures ? { signatures: { scanner, later: own, ...(known === undefined ? {} : { known }) } } : {}),
    });
    await scanner.close();
    return assessment;
  }
  const [, , page] = cases.find(([rule]) => rule === 'page_evaluates_what_it_is_sent')!;
  const web = 'C/Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy/owa/auth';
  let folder: string;
  beforeAll(() => {
    // The story of an intruder who wrote and used a page; and that page, with another one beside it that nobody asked for.
    folder = path.join(work, 'used-shell');
    fs.cpSync(path.join(home, 'examples', 'used-shell'), folder, { recursive: true });
    fs.mkdirSync(path.join(folder, web), { recursive: true });
    fs.writeFileSync(path.join(folder, web, 'vt5k1jbe.aspx'), page);
    fs.writeFileSync(path.join(folder, web, 'unasked.aspx'), new Uint8Array([...page, 32]));
    fs.writeFileSync(path.join(folder, web, 'library.dll'), page);
  });

  test('says what each file is, as sure as place and use allow, and answers as without', async () => {
    const before = await assessed(folder, undefined, false);
    const after = await assessed(folder);
    const told = after.findings.filter(({ rule }) => rule.startsWith('signature/'));
    expect(told.map(({ title, stage, confidence, count }) => [title, stage, confidence, count]).sort()).toEqual([
      ['A signature matches the file library.dll: page_evaluates_what_it_is_sent', 'none', 'possible', 1],
      ['A signature matches the file unasked.aspx: page_evaluates_what_it_is_sent', 'none', 'probable', 1],
      ['A signature matches the file vt5k1jbe.aspx: page_evaluates_what_it_is_sent', 'none', 'confirmed', 1],
    ]);
    expect(after.verdict).toEqual(before.verdict);
    expect(after.findings.filter((finding) => !told.includes(finding))).toEqual(before.findings);
    const used = told.find(({ confidence }) => confidence === 'confirmed')!;
    expect(after.intrusions.filter(({ findings }) => findings.includes(used.id))).toHaveLength(1);
    // The bytes as numbers: no text that a signature knows.
    expect(used.evidence[0]!.shown).toMatch(/^page_evaluates_what_it_is_sent: \$\w+ @ \d+: (?:[0-9a-f]{2} )+/);
    expect(after.problems.filter(({ code }) => code.startsWith('signature.'))).toEqual([]);
  });

  test('where the shipped files are known, a page that is none of them is probable, and they are not asked', async () => {
    const { findings, evidence } = await assessed(folder, undefined);
    const library = evidence.find(({ path: at }) => at.endsWith('library.dll'))!;
    expect(findings.some(({ title }) => title.includes('library.dll'))).toBe(true);
    const known = await assessed(folder, (sha256) => sha256 === library.sha256);
    expect(known.findings.filter(({ rule }) => rule.startsWith('signature/')).map(({ confidence }) => confidence)).toEqual([
      'probable',
    ]);
  });

  test('where a list of shipped files fits, a page that is none of them is probable', async () => {
    const tree = exchangeTree({
      [`${exchangeFolder}/FrontEnd/HttpProxy/owa/auth/unasked.aspx`]: Buffer.from(page).toString('latin1'),
    });
    const own = path.join(work, 'fits');
    writeTree(own, tree);
    const shipped = Object.entries(exchangeTree()).flatMap(([file, text]) => {
      const at = shippedPathOf(file);
      return at === null ? [] : [{ path: at, sha256: sha256(text) }];
    });
    const list = { path: 'own.txt', text: writeBaseline('15.1.2507.61', 'a clean server', shipped) };
    const confidences = async (baselines: { path: string; text: string }[]): Promise<string[]> =>
      (await assessed(own, undefined, true, baselines)).findings.flatMap(({ rule, confidence }) =>
        rule.startsWith('signature/') ? [confidence] : [],
      );
    expect(await confidences([list])).toEqual(['probable']);
    expect(await confidences([])).toEqual(['possible']);
  });

  test('an engine that fails on a file is said, and the others are asked', async () => {
    const scanner = inlineSignatures(engine);
    const failing = {
      ...scanner,
      scan: async (files: Parameters<typeof scanner.scan>[0]) =>
        files.some(({ names }) => names.filename === 'unasked.aspx') ? null : scanner.scan(files),
    };
    const { assessment } = await assess([folder], {
      organisation: 'x',
      known: [],
      executor: inlineExecutor(),
      platform: nodePlatform,
      content,
      signatures: { scanner: failing, later: own },
    });
    expect(assessment.problems.filter(({ code }) => code === 'signature.engine').map(({ artifact }) => artifact)).toEqual([
      `${web}/unasked.aspx`,
    ]);
    expect(assessment.findings.filter(({ rule }) => rule.startsWith('signature/'))).toHaveLength(2);
  });

  test('an engine that was given up is asked no more: every file is said, none by itself', async () => {
    const scanner = inlineSignatures(engine);
    let asked = 0;
    const over = {
      ...scanner,
      scan: async () => {
        asked++;
        return null;
      },
      givenUp: () => 'given up: 420 seconds were waited in vain',
    };
    const { assessment } = await assess([folder], {
      organisation: 'x',
      known: [],
      executor: inlineExecutor(),
      platform: nodePlatform,
      content,
      signatures: { scanner: over, later: own },
    });
    const said = assessment.problems.filter(({ code }) => code === 'signature.engine');
    expect(asked).toBe(1);
    expect(said.map(({ artifact }) => artifact)).toContain(`${web}/unasked.aspx`);
    expect(said.length).toBeGreaterThan(2);
    expect(said.every(({ found }) => found === 'given up: 420 seconds were waited in vain')).toBe(true);
    expect(assessment.findings.filter(({ rule }) => rule.startsWith('signature/'))).toEqual([]);
  });
});
