/** Every layout that collectors leave: where each file stood, who brought it, from which server and when; in a folder and in a zip. */
import { describe, expect, test } from 'vitest';
import { baseFiles } from '../forging/corpus.mjs';
import { logText } from '../archives/sample-log.mjs';
import { zip } from '../archives/zip-writer.mjs';
import { type Artifact, gather } from '../../src/evidence/index.ts';
import { memoryFiles, memoryPlatform } from '../support/memory.ts';
import { type CollectionWanted, type Layout, layouts } from './layouts.mjs';

const sample = (part: string): string =>
  new TextDecoder().decode(baseFiles('planted').find(({ path }) => path.includes(part))!.bytes);
const kinds: Readonly<Record<string, string>> = {
  log: logText(3),
  proxy: sample('/HttpProxy/Ecp/'),
  ecp: sample('/ECP/Server/'),
  text: 'Collected everything.\r\n',
};
/** Equal bytes would be copies of each other: each file gets a line of its own. */
const contentOf = (content: string, index: number): string => {
  const known = kinds[content];
  return known === undefined ? content : content === 'text' ? `${known}${index}\r\n` : `${known}#Remark: ${index}\r\n`;
};

const fits = (wanted: string | RegExp | null | undefined, got: string | null): boolean =>
  wanted === undefined || (wanted instanceof RegExp ? got !== null && wanted.test(got) : wanted === got);

function collectionDifferences(artifact: Artifact, wanted: CollectionWanted, below: string): string[] {
  const { collection } = artifact;
  const found: string[] = [];
  const same = (what: string, want: string | RegExp | null | undefined, got: string | null): void => {
    if (!fits(want, got)) found.push(`${artifact.path}: ${what} is ${got}, not ${want}`);
  };
  same('root', wanted.root === undefined ? undefined : `${below}${wanted.root}`.replace(/\/$/, ''), artifact.root);
  same('collector', wanted.collector, collection?.collector ?? null);
  same('host', wanted.host, collection?.host ?? null);
  same('clock', wanted.clock, collection?.clock.basis ?? null);
  if (wanted.snapshot !== undefined) same('snapshot', wanted.snapshot, collection?.snapshot ?? null);
  if (wanted.collectedUtc !== undefined && Date.parse(collection?.collectedUtc ?? '') !== Date.parse(wanted.collectedUtc))
    found.push(`${artifact.path}: collected ${collection?.collectedUtc}, not ${wanted.collectedUtc}`);
  return found;
}

async function layoutDifferences(layout: Layout, packed: boolean): Promise<string[]> {
  const contents = Object.entries(layout.files).map(([path, content], index) => ({ path, content: contentOf(content, index) }));
  const archive = layout.archive ?? 'evidence.zip';
  const tree = packed
    ? {
        [`/hand/${archive}`]: zip(contents.map(({ path, content }) => ({ name: path, data: new TextEncoder().encode(content) }))),
      }
    : Object.fromEntries(contents.map(({ path, content }) => [`/hand/${path}`, content]));
  const below = packed ? `${archive}/` : '';
  const gathered = await gather(['/hand'], memoryPlatform(memoryFiles(tree)));
  const found: string[] = [];
  try {
    for (const artifact of gathered.artifacts) {
      const parts = (artifact.canonicalPath ?? '').split('\\');
      if (parts.includes('..') || parts.some((part) => part.includes('/')))
        found.push(`${artifact.path} leads out: ${artifact.canonicalPath}`);
    }
    for (const path of Object.keys(layout.files)) {
      const artifact = gathered.artifacts.find((entry) => entry.path === below + path);
      if (artifact === undefined) {
        found.push(`${path} is not there`);
        continue;
      }
      const wanted = layout.expect[path];
      if (wanted !== undefined) {
        const [canonicalPath, role, own] = wanted;
        if (!fits(canonicalPath, artifact.canonicalPath))
          found.push(`${path} stood at ${artifact.canonicalPath}, not ${canonicalPath}`);
        if (artifact.role !== role) found.push(`${path} is ${artifact.role}, not ${role}`);
        if (role === 'evidence' && artifact.kind === null) found.push(`${path} is not read: ${artifact.notRead}`);
        found.push(...collectionDifferences(artifact, own ?? {}, below));
      }
      if (artifact.role === 'evidence')
        found.push(...collectionDifferences(artifact, { ...layout.all, ...(packed ? layout.packed : {}) }, below));
    }
  } finally {
    gathered.close();
  }
  return found;
}

const rows = layouts.map((layout): [string, Layout] => [layout.id, layout]);

test('ids are unique', () => {
  expect(new Set(layouts.map(({ id }) => id)).size).toBe(layouts.length);
});

describe.each([
  ['in a folder', false],
  ['in a zip', true],
] as const)('%s', (_, packed) => {
  test.each(rows)('%s', async (_id, layout) => {
    const different = await layoutDifferences(layout, packed);
    expect(different, `${layout.what}: ${different.join('; ')}`).toEqual([]);
  });
});
