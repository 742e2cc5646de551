/** The documentation is whole: nothing that a reader can meet is undescribed, no link and no path in it leads nowhere. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { loadContent } from '../../src/assess.ts';
import { assessCommand } from '../../src/cli/assess.ts';
import { exposureCommand } from '../../src/cli/exposure.ts';
import { huntCommand } from '../../src/cli/hunt.ts';
import { packsCommand } from '../../src/cli/packs/index.ts';
import { indicatorsCommand } from '../../src/cli/indicators/index.ts';
import { rulesCommand } from '../../src/cli/rules/index.ts';
import { looksOf } from '../../src/detect/index.ts';
import {
  generalCategories,
  indicatorKinds,
  leftOutCodes,
  modifierWords,
  ruleCodes,
  windowsCategories,
  windowsServices,
} from '../../src/rules/index.ts';
import { problemCodes } from '../../src/core/problem.ts';
import { stages } from '../../src/core/stage.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { readers } from '../../src/read/index.ts';

const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (file: string): string => fs.readFileSync(path.join(home, file), 'utf8');

test('every problem code is described', () => {
  const page = read('docs/reference/problems.md');
  expect(Object.keys(problemCodes).filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
  for (const { says } of Object.values(problemCodes)) expect(page).toContain(says.replaceAll('|', String.raw`\|`));
});

test('every code of rules is described, with what to do, and every code that is thrown is in the table', () => {
  const page = read('docs/reference/rule-errors.md');
  expect(Object.keys(ruleCodes).filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
  for (const { says, fix, kind } of Object.values(ruleCodes)) {
    expect(page).toContain(says.replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;'));
    expect(fix === '').toBe(kind === 'skipped');
  }
  const thrown = new Set<string>();
  for (const name of fs.readdirSync(path.join(home, 'src', 'rules')).filter((one) => one.endsWith('.ts')))
    for (const [, code] of read(`src/rules/${name}`).matchAll(/'((?:rule|skipped)\.[a-z_]+)'/g)) thrown.add(code!);
  expect([...thrown].filter((code) => code !== 'rule.no_guard' && !(code in ruleCodes))).toEqual([]);
  expect(Object.keys(ruleCodes).filter((code) => !thrown.has(code))).toEqual([]);
});

test('every modifier and every log of the community is described', () => {
  const page = read('docs/reference/sigma.md');
  const names = [modifierWords, windowsCategories, windowsServices, generalCategories].flatMap((one) => Object.keys(one));
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});

test('every reason for which something in a list of indicators is left out, and every field that is looked at, is described', () => {
  const page = read('docs/reference/indicators.md');
  for (const [code, says] of Object.entries(leftOutCodes)) expect(page).toContain(`| \`${code}\` | ${says} |`);
  for (const [log, fields] of Object.entries(looksOf))
    for (const name of [log, ...Object.keys(fields)]) expect(page).toContain(`\`${name}\``);
  for (const kind of indicatorKinds) expect(page).toContain(`\`${kind}\``);
});

test('every command and option is described', () => {
  const page = read('docs/reference/cli.md');
  const missing: string[] = [];
  const walk = (command: Command, above: string): void => {
    const name = `${above} ${command.name()}`;
    if (!page.includes(`## \`${name}\``)) missing.push(name);
    expect(command.description(), name).not.toBe('');
    for (const option of command.options) {
      if (!page.includes(option.flags)) missing.push(`${name} ${option.flags}`);
      expect(option.description, `${name} ${option.flags}`).not.toBe('');
    }
    for (const child of command.commands) walk(child, name);
  };
  for (const command of [
    assessCommand(() => {}),
    exposureCommand(() => {}),
    packsCommand(() => {}),
    huntCommand(() => {}),
    rulesCommand(() => {}),
    indicatorsCommand(() => {}),
  ])
    walk(command, 'afterpatch');
  expect(missing).toEqual([]);
});

test('every property of the assessment has a description', () => {
  interface Schema {
    readonly $ref?: string;
    readonly description?: string;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly $defs?: Readonly<Record<string, Schema>>;
  }
  const page = read('docs/reference/assessment.md');
  const undescribed: string[] = [];
  const walk = (at: string, schema: Schema): void => {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if ((property.description ?? '') === '') undescribed.push(`${at}.${name}`);
      else if (!page.includes(property.description!.replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;')))
        undescribed.push(`${at}.${name} (page)`);
      walk(`${at}.${name}`, property);
    }
    if (schema.items !== undefined) walk(`${at}[]`, schema.items);
    for (const [name, one] of Object.entries(schema.$defs ?? {})) {
      if ((one.description ?? '') === '' && one.properties === undefined) undescribed.push(name);
      walk(name, one);
    }
  };
  walk('', JSON.parse(read('schema/assessment-1.json')) as Schema);
  expect(undescribed).toEqual([]);
});

test('every reader has a section, a file of its own name, and what it speaks for', () => {
  const page = read('docs/reference/sources.md');
  // The table at the beginning says of each who wrote it, what it can show and what not.
  const overview = page.slice(page.indexOf('\n## All sources'), page.indexOf('\n## ', page.indexOf('\n## All sources') + 1));
  for (const { kind } of readers) {
    expect(page, kind).toMatch(new RegExp(`^## ${kind}$`, 'm'));
    expect(overview, kind).toMatch(new RegExp(`^\\|[^|]*\\[${kind}\\]\\(#${kind}\\)[^|]*\\|(?:[^|]*\\w[^|]*\\|){4}$`, 'm'));
    expect(fs.existsSync(path.join(home, 'src', 'read', `${kind}.ts`)), kind).toBe(true);
  }
});

test('every field of a source is described', () => {
  const page = read('docs/reference/sources.md');
  const own = new Set<string>();
  for (const { kind } of readers) {
    const source = read(`src/read/${kind}.ts`);
    const table = /const (?:fields|[a-z]\w*Fields)\b[^=]*= \{\n([\s\S]*?)\n\};/.exec(source)?.[1] ?? '';
    for (const [, quoted, bare] of table.matchAll(/^ {2}(?:'([^']+)'|([\w-]+)):/gm)) own.add(quoted ?? bare!);
  }
  expect(own.size).toBeGreaterThan(60);
  expect([...own].filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});

test('every rule of every pack is listed', () => {
  const page = read('docs/reference/packs.md');
  const { packs, rules } = loadContent(nodePlatform);
  expect(packs.filter(({ id }) => !page.includes(`## \`${id}\``))).toEqual([]);
  expect(rules.filter(({ id }) => !page.includes(`| \`${id}\` |`)).map(({ id }) => id)).toEqual([]);
});

test('every key of a pack is in the format', () => {
  const page = read('docs/reference/pack-format.md');
  const { packs } = loadContent(nodePlatform);
  const keys = new Set<string>();
  for (const pack of packs) {
    for (const key of Object.keys(pack)) keys.add(key);
    for (const proof of pack.proofs) for (const key of [...Object.keys(proof), ...Object.keys(proof.chain ?? {})]) keys.add(key);
    for (const { when } of pack.traits) keys.add(when.kind);
  }
  expect([...keys].filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});

test('every dependency has a line with its reason, and every line a dependency', () => {
  const page = read('docs/reference/dependencies.md');
  const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const named = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]!);
  expect(named.sort()).toEqual([...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)].sort());
});

test('every stage is in the rules of judgement', () => {
  const page = read('docs/judgement.md');
  expect(stages.filter((stage) => stage !== 'none' && !page.includes(`| \`${stage}\` |`))).toEqual([]);
});

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'examples/README.md',
  'test/forging/README.md',
  ...(fs.readdirSync(path.join(home, 'docs'), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
].sort();

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

describe.each(pages)('%s', (page) => {
  const text = read(page);
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '');

  test('leads nowhere that is not there', () => {
    const dead: string[] = [];
    for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target!)) continue;
      const [file, anchor] = target!.split('#') as [string, string | undefined];
      const full = file === '' ? path.join(home, page) : path.resolve(home, path.dirname(page), file);
      if (!fs.existsSync(full)) dead.push(target!);
      else if (anchor !== undefined) {
        const headings = [...fs.readFileSync(full, 'utf8').matchAll(/^#+ (.*)$/gm)].map((match) => anchorOf(match[1]!));
        if (!headings.includes(anchor)) dead.push(target!);
      }
    }
    expect(dead).toEqual([]);
  });

  test('names files that are there', () => {
    const named = [...prose.matchAll(/`((?:src|test|docs|examples|packs|schema|scripts|knowledge|bin)\/[\w./-]+)`/g)].map(
      (match) => match[1]!,
    );
    expect(named.filter((file) => !fs.existsSync(path.join(home, file)) && !/^examples\/[a-z-]+$/.test(file))).toEqual([]);
  });

  test('says nothing of the machine that it was written on', () => {
    expect(text).not.toMatch(/\/(?:home|root|tmp|Users|work)\/|localhost:\d/);
  });
});
