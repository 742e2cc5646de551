/**
 * A large public collection of signatures over the files of a tree: every rule compiles or is said not to, and what matches which file is
 * what Debian's `yara` says, rule by rule, and what single files say. All of it with AFTERPATCH_SOAK=1; a share of it otherwise.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { checkSource, type Engine, GroupScan, type TestedFile } from '../../src/run/index.ts';
import { yaraX } from '../../src/host/yara-x.ts';
import { evidenceFolder } from '../support/evidence.ts';
import { soak } from '../support/soak.ts';

const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = evidenceFolder();
const signatures = folder === null ? null : path.join(folder, 'yara', 'signature-base');
const present = signatures !== null && fs.existsSync(signatures);
if (folder !== null && !present) console.warn(`skipped: no signatures at ${signatures}`);
const yara = spawnSync('yara', ['--version']).status === 0 && spawnSync('yarac', ['--version']).status === 0;
if (!yara) console.warn('skipped: no yara here to compare with (Debian: apt-get install yara)');

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-yara-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

/** Of the collection: all of it, or what is about web shells and Exchange. */
const wanted = soak ? /\.yar$/ : /(?:webshell|exchange|proxylogon|hafnium|case_anomal|powershell_susp).*\.yar$/;
const mostFiles = soak ? 5000 : 80;
const mostBytes = 1 << 20;
const groupFiles = 48;

/** Signatures themselves (which hold what they look for), and what a program is made of. */
function filesBelow(roots: readonly string[]): string[] {
  const found: string[] = [];
  const walk = (at: string): void => {
    for (const entry of fs.readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = path.join(at, entry.name);
      if (found.length >= mostFiles) return;
      if (entry.isDirectory()) walk(below);
      else if (entry.isFile() && fs.statSync(below).size > 0 && fs.statSync(below).size <= mostBytes) found.push(below);
    }
  };
  for (const root of roots) walk(root);
  return found;
}

const names = { filename: 'x', filepath: 'x', extension: 'x', filetype: 'x', owner: 'x' };
const externals = Object.keys(names).flatMap((name) => ['-d', `${name}=x`]);

/** What the two say differently, and why. */
const explained: readonly { readonly rule: RegExp; readonly why: string }[] = [];

describe.skipIf(!present)('a collection of signatures', { timeout: soak ? 3_600_000 : 120_000 }, () => {
  const listed = present
    ? fs
        .readdirSync(signatures)
        .filter((name) => wanted.test(name))
        .sort()
    : [];
  let engine: Engine;
  let scan: GroupScan;
  let files: { readonly path: string; readonly file: TestedFile }[];
  const matched: string[] = [];

  test('compiles, each rule, or says where it does not', async () => {
    expect(listed.length).toBeGreaterThan(soak ? 700 : 10);
    engine = await yaraX();
    const checked = listed.map((file) =>
      checkSource(engine, { file, text: fs.readFileSync(path.join(signatures!, file), 'utf8') }),
    );
    expect(checked.flatMap(({ unrun }) => unrun)).toEqual([]);
    const sources = checked.flatMap(({ source }) => (source === null ? [] : [source]));
    // As YARA itself counts them.
    if (soak) expect(sources.reduce((sum, { rules }) => sum + rules, 0)).toBeGreaterThan(5800);
    scan = new GroupScan(engine, sources);
  });

  test('matches in groups', () => {
    const roots = soak
      ? [signatures!, ...['node_modules', 'dist', 'src', 'test', 'docs', 'bench'].map((name) => path.join(home, name))]
      : [path.join(home, 'docs')];
    const own = soak ? [] : listed.slice(0, 40).map((name) => path.join(signatures!, name));
    files = [...own, ...filesBelow(roots)]
      .slice(0, mostFiles)
      .map((at) => ({ path: at, file: { bytes: new Uint8Array(fs.readFileSync(at)), names } }));
    for (let at = 0; at < files.length; at += groupFiles) {
      const group = files.slice(at, at + groupFiles);
      for (const [index, found] of scan.scan(group.map(({ file }) => file)).entries())
        for (const { about } of found) matched.push(`${about.file}:${about.rule} ${group[index]!.path}`);
    }
    expect(matched.length).toBeGreaterThan(20);
  });

  test('matches the same in single files', () => {
    // One call for each source: of all files in the long form alone.
    const some = soak ? files : files.slice(0, 12);
    const grouped = new Map<string, string[]>();
    for (const line of matched) {
      const at = line.slice(line.indexOf(' ') + 1);
      grouped.set(at, [...(grouped.get(at) ?? []), line]);
    }
    const differences: string[] = [];
    for (const { path: at, file } of some) {
      const alone = new Set(scan.scanAlone(file).map(({ about }) => `${about.file}:${about.rule} ${at}`));
      const together = grouped.get(at) ?? [];
      differences.push(...together.filter((line) => !alone.has(line)).map((line) => `only in a group: ${line}`));
      for (const line of alone) if (!together.includes(line)) differences.push(`only alone: ${line}`);
    }
    if (soak) console.info(`${some.length} files, ${matched.length} matches in groups, ${differences.length} differences`);
    expect(differences).toEqual([]);
  });

  test.skipIf(!yara)('matches what yara matches', () => {
    const compiled = path.join(work, 'all.yac');
    const sources = listed.map((name) => `${name}:${path.join(signatures!, name)}`);
    execFileSync('yarac', ['-w', ...externals, ...sources, compiled], { stdio: 'pipe' });
    const list = path.join(work, 'files.txt');
    fs.writeFileSync(list, files.map(({ path: at }) => at).join('\n'));
    const { stdout, status } = spawnSync('yara', ['-C', '-w', '-e', '--scan-list', compiled, list], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect(status).toBe(0);
    const theirs = stdout.split('\n').filter((line) => line !== '');
    const ours = new Set(matched);
    const isExplained = (line: string): boolean => explained.some(({ rule }) => rule.test(line));
    const other = new Set(theirs);
    if (soak) console.info(`${listed.length} sources, ${theirs.length} matches of yara, ${matched.length} of ours`);
    const differences = [
      ...theirs.filter((line) => !ours.has(line) && !isExplained(line)).map((line) => `only yara: ${line}`),
      ...matched.filter((line) => !other.has(line) && !isExplained(line)).map((line) => `only here: ${line}`),
    ];
    expect(differences).toEqual([]);
  });
});
