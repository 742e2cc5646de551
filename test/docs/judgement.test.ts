/** The rules of judgement: each stands once, in a file that is there, shown by a test that is there; each that is named is known. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rulesOfJudgement } from '../../src/judge/rules-of-judgement.ts';

const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (file: string): string => fs.readFileSync(path.join(home, file), 'utf8');
const rules = Object.entries(rulesOfJudgement);

test('every rule has a place and a test that exist, a sentence and a reason', () => {
  expect(rules.length).toBeGreaterThan(60);
  for (const [id, { code, test: shown, says, why, chapter }] of rules) {
    expect(fs.existsSync(path.join(home, code)), `${id}: ${code}`).toBe(true);
    expect(fs.existsSync(path.join(home, shown)), `${id}: ${shown}`).toBe(true);
    expect(says, id).toMatch(/^[“A-Z].*[.]$/u);
    expect(why, id).toMatch(/^[“A-Z].*[.]$/u);
    expect(why.length, id).toBeLessThan(180);
    expect(chapter, id).toBeGreaterThan(0);
  }
  expect(new Set(rules.map(([, { says }]) => says)).size).toBe(rules.length);
});

test('every chapter of the rules has some, and they stand in its order', () => {
  const chapters = rules.map(([, { chapter }]) => chapter);
  expect([...new Set(chapters)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(chapters).toEqual(chapters.toSorted((a, b) => a - b));
  const page = read('docs/judgement.md');
  for (const [id] of rules) expect(page.split(`| \`${id}\` |`).length, id).toBe(2);
});

test('rules of chapters 2 to 9 are named by some sentence, those of look-alikes by a test', () => {
  const named = new Set<string>();
  for (const name of fs.readdirSync(path.join(home, 'src/judge'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts') || name.endsWith('rules-of-judgement.ts')) continue;
    const text = read(`src/judge/${name.replaceAll('\\', '/')}`);
    for (const [id] of rules) if (text.includes(`'${id}'`)) named.add(id);
    if (text.includes('`stage.${')) for (const [id] of rules) if (/^stage\.[a-z]+$/.test(id)) named.add(id);
    if (text.includes('`answer.${')) for (const [id] of rules) if (id.startsWith('answer.')) named.add(id);
  }
  // They say what is not concluded, so that no sentence can rest on them.
  named.add('clock.order').add('apart.published');
  const silent = rules.filter(([id, { chapter }]) => chapter > 1 && chapter < 10 && !named.has(id)).map(([id]) => id);
  expect(silent).toEqual([]);
});

test('the test of a rule is about it: it says so where several are shown in one file', () => {
  const text = read('test/golden/rules-of-judgement.test.ts');
  const here = rules.filter(([, { test: shown }]) => shown === 'test/golden/rules-of-judgement.test.ts').map(([id]) => id);
  expect(here.filter((id) => !text.includes(`'${id}': `))).toEqual([]);
});
