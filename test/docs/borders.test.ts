/** The borders between the rooms of `src/` hold: oxlint refuses every import that leads to the right, and every way round a door. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const oxlint = path.join(path.dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin', 'oxlint');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-borders-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The order of the rooms as CONTRIBUTING.md draws it: a room knows itself and what stands left of it. Siblings share a place. */
const order = [
  ['core'],
  ['kernel', 'pages'],
  ['read'],
  ['evidence'],
  ['rules'],
  ['packs', 'knowledge'],
  ['detect'],
  ['run'],
  ['judge'],
  ['blindness'],
  ['plan'],
  ['case'],
  ['verify'],
  ['report', 'export'],
  ['cli'],
  ['public'],
];
const rooms = [...order.flat(), 'check', 'demo', 'host'];

function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  // Whoever makes evidence up does not know who judges it, and nobody that judges knows who made it; one room plays the one to the other.
  if (from === 'demo') return to === 'core';
  // Nor does the second program that looks everything up know the first one.
  if (from === 'check') return to === 'core';
  if (to === 'check') return from === 'cli' || from === 'public';
  if (to === 'demo') return from === 'blindness' || from === 'cli' || from === 'public';
  if (from === 'host') return to === 'core' || to === 'run';
  if (to === 'host') return from === 'cli' || from === 'public';
  // The kernel is the readers' own.
  if (to === 'kernel') return from === 'read';
  // Pages are read by their reader alone; what they hold comes as a record like that of any log.
  if (to === 'pages') return from === 'read';
  const place = (room: string): number => order.findIndex((rank) => rank.includes(room));
  return place(to) < place(from);
}

/** Writes one file per line of source and returns the files that oxlint refuses. */
function refused(sources: ReadonlyMap<string, string>): Set<string> {
  fs.copyFileSync(path.join(home, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  fs.rmSync(path.join(folder, 'src'), { recursive: true, force: true });
  for (const [file, source] of sources) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), `${source}\n`);
  }
  let text = '';
  try {
    text = execFileSync(process.execPath, [oxlint, '--format', 'json', 'src'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    text = (error as { stdout: string }).stdout;
  }
  const { diagnostics } = JSON.parse(text) as { diagnostics: { code: string; filename: string }[] };
  return new Set(
    diagnostics
      .filter(({ code }) => /no-restricted-(?:imports|globals)/.test(code))
      .map(({ filename }) => filename.replaceAll('\\', '/')),
  );
}

test('a room imports what stands left of it, and nothing else', () => {
  const sources = new Map<string, string>();
  const wanted = new Set<string>();
  for (const from of rooms) {
    for (const to of rooms) {
      if (from === to) continue;
      const target = to === 'core' ? 'core/time' : `${to}/index`;
      for (const [file, up] of [
        [`src/${from}/to-${to}.ts`, '..'],
        [`src/${from}/deeper/to-${to}.ts`, '../..'],
      ] as const) {
        sources.set(file, `export { x } from '${up}/${target}.ts';`);
        if (!mayImport(from, to)) wanted.add(file);
      }
    }
  }
  expect([...refused(sources)].sort()).toEqual([...wanted].sort());
});

test('every room of src is one that the order knows', () => {
  const there = fs
    .readdirSync(path.join(home, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(there.filter((name) => !rooms.includes(name))).toEqual([]);
});

/** What each line does that must not be done, or may be done. */
const cases: readonly (readonly [file: string, source: string, held: boolean])[] = [
  ['src/judge/around-the-door.ts', "import { x } from '../run/merge.ts'; x();", true],
  ['src/judge/nouns.ts', "import { x } from '../core/stage.ts'; x();", false],
  ['src/read/node.ts', "import fs from 'node:fs'; fs.x();", true],
  ['src/report/node-by-old-name.ts', "import fs from 'fs'; fs.x();", true],
  ['src/detect/package.ts', "import { x } from 'yaml'; x();", true],
  ['src/packs/package.ts', "import { x } from 'yaml'; x();", false],
  ['src/rules/package.ts', "import { x } from 're2js'; x();", false],
  ['src/packs/not-its-package.ts', "import { x } from 're2js'; x();", true],
  ['src/rules/other-package.ts', "import { x } from 'commander'; x();", true],
  ['src/rules/other-part.ts', "import { x } from 'yaml/util'; x();", true],
  [
    'src/report/package.ts',
    "import { h } from 'preact'; import { renderToString } from 'preact-render-to-string'; h(renderToString);",
    false,
  ],
  ['src/report/part-of-package.ts', "import { x } from 'preact/hooks'; x();", true],
  ['src/report/other-package.ts', "import { x } from 'yaml'; x();", true],
  ['src/export/package.ts', "import { x } from 'preact'; x();", true],
  ['src/host/node.ts', "import fs from 'node:fs'; fs.x();", false],
  ['src/host/package.ts', "import { x } from 'yaml'; x();", true],
  ['src/host/unpacking.ts', "import { x } from 'minizlib'; import y from '7z-wasm'; x(y);", false],
  ['src/host/signatures.ts', "import { x } from '@virustotal/yara-x'; x();", false],
  ['src/detect/signatures.ts', "import { x } from '@virustotal/yara-x'; x();", true],
  ['src/host/other-scope.ts', "import { x } from '@other/yara'; x();", true],
  ['src/evidence/unpacking.ts', "import { x } from 'minizlib'; x();", true],
  ['src/host/type-of-rules.ts', "import type { Rule } from '../rules/index.ts'; export type R = Rule;", false],
  ['src/host/code-of-rules.ts', "import { parseRule } from '../rules/index.ts'; parseRule();", true],
  ['src/judge/upward.ts', "import { assess } from '../assess.ts'; assess();", true],
  ['src/cli/upward.ts', "import { assess } from '../assess.ts'; assess();", false],
  ['src/assess.ts', "import { x } from './host/node-platform.ts'; x();", true],
  ['src/run/globals.ts', 'export const x = process.argv;', true],
  ['src/judge/language.ts', 'export const x = new Intl.DateTimeFormat();', true],
  ['src/report/language.ts', 'export const x = new Intl.DateTimeFormat();', false],
  ['src/read/beside.test.ts', "import fs from 'node:fs'; fs.x();", false],
  ['src/demo/node.ts', "import fs from 'node:fs'; fs.x();", true],
  ['src/demo/stories/nouns.ts', "import { x } from '../../core/stage.ts'; x();", false],
  ['src/demo/globals.ts', 'export const x = process.argv;', true],
  ['src/cli/around-the-door-of-demo.ts', "import { x } from '../demo/row.ts'; x();", true],
  ['src/judge/reexport.ts', "export * from '../report/index.ts';", true],
];

test.each(cases)('%s: %s', (file, source, held) => {
  expect([...refused(new Map([[file, source]]))]).toEqual(held ? [file] : []);
});
