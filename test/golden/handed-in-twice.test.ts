/** What was handed in twice, in whatever form, changes nothing in the verdict. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { root } from '../e2e/run-cli.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { utf16 } from '../support/memory.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-twice-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const filesIn = (place: string): string[] =>
  fs
    .readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
const isLog = (file: string): boolean => /\.log$/i.test(file);
const judged = ({ verdict, intrusions, findings, coverage, exposure, organisation, plan }: Assessment): unknown => ({
  verdict,
  intrusions,
  findings,
  coverage,
  exposure,
  organisation,
  plan,
});
/** Rows without what stands above them. */
const bare = (text: string): string => text.replace(/^#.*\n/gm, '');
const quoted = (text: string): string =>
  text
    .replace(/^#(?!Fields: ).*\n/gm, '')
    .replace(/^#Fields: /m, '')
    .replaceAll('\n', '\r\n');

const dresses: Readonly<Record<string, (bytes: Buffer, file: string) => Uint8Array | string | null>> = {
  'in UTF-16': (bytes) => utf16(bytes.toString()),
  'with other line ends': (bytes) => bytes.toString().replaceAll(/\r?\n/g, '\r\n\r\n'),
  'without headers': (bytes) => bare(bytes.toString().replaceAll('\r\n', '\n')),
  'as tables': (bytes, file) => (/W3SVC/.test(file) ? null : quoted(bytes.toString().replaceAll('\r\n', '\n'))),
  'copied while they were written': (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.7)),
  twice: (bytes) => bytes,
};

const alone = new Map<string, Promise<Assessment>>();
const assessed = (example: string): Promise<Assessment> => {
  const found = alone.get(example) ?? assessFolder(path.join(root, 'examples', example));
  alone.set(example, found);
  return found;
};

test.each([...Object.keys(dresses).map((dress) => ['written-shell', dress] as const), ['session', 'in UTF-16'] as const])(
  '%s: all logs once more, %s',
  async (example, dress) => {
    const source = path.join(root, 'examples', example);
    const target = path.join(folder, `${example} ${dress}`);
    fs.cpSync(source, target, { recursive: true });
    let copies = 0;
    for (const file of filesIn(source).filter(isLog)) {
      const copy = dresses[dress]!(fs.readFileSync(file), file);
      if (copy === null) continue;
      copies++;
      const place = path.join(target, 'copies', path.relative(source, file));
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, copy);
    }
    expect(copies).toBeGreaterThan(3);
    const [once, twice] = [await assessed(example), await assessFolder(target)];
    // The organisation's name is the folder's.
    const without = twice.problems.filter(({ code }) => /^evidence\.(?:duplicate|prefix|same_rows)$/.test(code));
    expect(without.length).toBe(copies);
    expect(judged({ ...twice, organisation: { ...twice.organisation, name: once.organisation.name } })).toEqual(judged(once));
  },
);

test('two collections whose logs overlap say the same as one', async () => {
  const source = path.join(root, 'examples', 'used-shell');
  const target = path.join(folder, 'overlap');
  for (const file of filesIn(source)) {
    const name = path.relative(source, file);
    const text = fs.readFileSync(file, 'utf8');
    const lines = text.split('\n');
    const head = lines.filter((line) => line.startsWith('#'));
    const rows = lines.filter((line) => line !== '' && !line.startsWith('#'));
    const pieces = isLog(file)
      ? [rows.slice(0, Math.ceil(rows.length * 0.7)), rows.slice(Math.floor(rows.length * 0.3))].map((own) =>
          [...head, ...own, ''].join('\n'),
        )
      : [text];
    for (const [index, piece] of pieces.entries()) {
      const place = path.join(target, `collection-${index + 1}`, name);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, piece);
    }
  }
  const [once, twice] = [await assessed('used-shell'), await assessFolder(target)];
  const said = ({ findings, verdict, intrusions }: Assessment): unknown => ({
    answer: verdict.answer,
    stage: verdict.stage,
    exitCode: verdict.exitCode,
    intrusions: intrusions.map(({ stage, confidence, firstUtc, lastUtc, role }) => ({
      stage,
      confidence,
      firstUtc,
      lastUtc,
      role,
    })),
    // What is new or rare is told from counts, in which a row that two logs share stands twice.
    findings: findings
      .filter(({ rule }) => !rule.startsWith('novelty/'))
      .map(
        ({ rule, stage, confidence, count, timeUtc, lastUtc }) => `${stage} ${confidence} ${rule} ${count} ${timeUtc} ${lastUtc}`,
      )
      .sort(),
  });
  expect(twice.problems.filter(({ code }) => code === 'evidence.same_rows')).toEqual([]);
  expect(said(twice)).toEqual(said(once));
});
