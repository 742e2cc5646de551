/** A copy that was taken while the log was written counts for nothing beside a later one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../test/support/memory.ts';
import { utf16 } from '../../test/support/memory.ts';
import { countsOf, observeTree, ruleOn, shuffledBy, verdicts } from '../../test/support/run-memory.ts';
import type { Artifact } from '../evidence/index.ts';
import { hashHere } from './content-hash.ts';
import { Prefixes } from './prefixes.ts';

const rules = [ruleOn('post', 'iis-w3c', 'cs-method', 'is', 'POST')];
const header = '#Fields: date time cs-method cs-uri-stem c-ip sc-status\n';
const row = (i: number, mark = ''): string =>
  `2021-03-03 04:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} ${i % 3 === 0 ? 'POST' : 'GET'} /p${i}${mark} 192.0.2.${i % 5} 200\n`;
const log = (rows: number, mark = ''): string =>
  header + Array.from({ length: rows }, (_, i) => row(i, i > 3 ? mark : '')).join('');
const whole = new TextEncoder().encode(log(400));

const noHasher = { update: (): void => {}, hex: () => '', soFar: () => '' };

const records = (observed: Awaited<ReturnType<typeof observeTree>>): number =>
  observed.artifacts.reduce((sum, { parts }) => sum + parts.reduce((rows, part) => rows + part.records, 0), 0);

test.each([
  ['long', 9000],
  ['exactly a head', 4096],
  ['a byte more and less than a head', 4097],
  ['short', 700],
])('the shorter copy, torn in a line, is the longer one’s: %s', async (_name, bytes) => {
  const observed = await observeTree({ '/case/a/u_ex.log': whole.subarray(0, bytes), '/case/b/u_ex.log': whole }, rules);
  expect(verdicts(observed)).toEqual({ 'a/u_ex.log': 'prefix b/u_ex.log; → b/u_ex.log', 'b/u_ex.log': '' });
  expect(observed.artifacts[0]!.parts).toEqual([]);
  expect(records(observed)).toBe(400);
  expect(countsOf(observed)).toEqual(countsOf(await observeTree({ '/case/b/u_ex.log': whole }, rules)));
});

test('a file that only begins like another one counts', async () => {
  const other = new TextEncoder().encode(log(300, 'x'));
  const observed = await observeTree(
    { '/case/a.log': other, '/case/b.log': whole, '/case/c.log': other.subarray(0, 300) },
    rules,
  );
  expect(verdicts(observed)).toEqual({ 'a.log': '', 'b.log': '', 'c.log': 'prefix a.log; → a.log' });
  expect(records(observed)).toBe(700);
});

test('a chain of copies, and the same bytes twice, are all the longest one’s', async () => {
  const observed = await observeTree(
    {
      '/case/1.log': whole.subarray(0, 900),
      '/case/2.log': whole.subarray(0, 5000),
      '/case/3.log': whole.subarray(0, 5000),
      '/case/4.log': whole,
      '/case/5.log': whole.subarray(0, 12_000),
    },
    rules,
  );
  expect(verdicts(observed)).toEqual({
    '1.log': 'prefix 4.log; → 4.log',
    '2.log': 'prefix 4.log; → 4.log',
    '3.log': 'duplicate 2.log; → 4.log',
    '4.log': '',
    '5.log': 'prefix 4.log; → 4.log',
  });
});

test('of two longer ones the longest, of equals the first, holds it', async () => {
  const left = new TextEncoder().encode(`${log(20)}2021-03-03 05:00:00 GET /left 192.0.2.1 200\n`);
  const right = new TextEncoder().encode(`${log(20)}2021-03-03 05:00:00 GET /righ 192.0.2.1 200\n`);
  const begin = new TextEncoder().encode(log(20));
  expect(left.length).toBe(right.length);
  expect(verdicts(await observeTree({ '/case/b.log': left, '/case/c.log': right, '/case/a.log': begin }, rules))).toEqual({
    'a.log': 'prefix b.log; → b.log',
    'b.log': '',
    'c.log': '',
  });
});

test('a header alone counts nothing twice: it stays what it is', async () => {
  expect(verdicts(await observeTree({ '/case/a.log': header, '/case/b.log': whole }, rules))).toEqual({
    'a.log': '',
    'b.log': '',
  });
});

test('a longer file that could not be read to its end takes nothing over', async () => {
  const observed = await observeTree({ '/case/a.log': whole.subarray(0, 5000), '/case/b.log': whole }, rules, {
    order: (gathered) => ({
      ...gathered,
      artifacts: gathered.artifacts.map((artifact) => ({
        ...artifact,
        open: () => {
          const source = artifact.open();
          // It grew shorter: its hash is of other bytes, and none at all when reading fails.
          return artifact.path === 'b.log'
            ? { ...source, read: (at, into) => (at > 3000 ? 0 : source.read(at, into.subarray(0, 3001 - at))) }
            : source;
        },
      })),
    }),
  });
  expect(verdicts(observed)).toEqual({ 'a.log': '', 'b.log': '' });
  expect(observed.artifacts[1]!.problems.map(({ code }) => code)).toContain('evidence.unreadable');
});

test('any copies of one log, in any order of reading and any blocks, count as the longest', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: header.length + 60, max: whole.length - 1 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom('utf8', 'utf16le', 'crlf'),
      fc.integer(),
      fc.constantFrom(1000, 4096, 70_000),
      async (lengths, form, seed, blockBytes) => {
        const bytes =
          form === 'utf8'
            ? whole
            : form === 'crlf'
              ? new TextEncoder().encode(log(400).replaceAll('\n', '\r\n'))
              : utf16(log(400));
        const tree: Record<string, Entry> = { '/case/m.log': bytes };
        for (const length of lengths) tree[`/case/${length % 2 === 0 ? 'a' : 'z'}${length}.log`] = bytes.subarray(0, length);
        const observed = await observeTree(tree, rules, { order: shuffledBy(seed), blockBytes });
        for (const [path, verdict] of Object.entries(verdicts(observed)))
          if (path !== 'm.log' && !/duplicate/.test(verdict)) expect(`${path} ${verdict}`).toBe(`${path} prefix m.log; → m.log`);
        expect(records(observed)).toBe(400);
        expect(observed.hits).toEqual((await observeTree({ '/case/m.log': bytes }, rules)).hits);
      },
    ),
    { numRuns: 25 },
  );
});

test('a hundred thousand files that begin alike cost a bounded number of looks, and what was left is said once', async () => {
  const artifacts = Array.from({ length: 100_000 }, (_, index) => ({
    path: `f${String(index).padStart(6, '0')}`,
    headHash: 'same',
    kind: 'iis-w3c',
    encoding: 'utf8',
    bytes: 5000 + index,
    parts: [{ kind: 'iis-w3c', at: 0, end: 5000 + index, firstLine: 0, excerpt: false }],
  })) as unknown as Artifact[];
  const prefixes = new Prefixes(artifacts);
  let looks = 0;
  const hasher = hashHere({ ...noHasher, soFar: () => String(looks++) });
  for (const artifact of artifacts)
    prefixes.watch(artifact, hasher).update(new Uint8Array(artifact.bytes < 5010 ? artifact.bytes : 8));
  for (const artifact of artifacts.slice(-20)) prefixes.watch(artifact, hasher).update(new Uint8Array(artifact.bytes));
  expect(looks).toBeLessThanOrEqual(100 * 64);
  const told: string[] = [];
  await prefixes.mark(
    artifacts.map((artifact) => ({
      artifact,
      problems: { add: (code: string) => void told.push(`${artifact.path} ${code}`) },
      parts: [],
      sha256: artifact.path,
      duplicateOf: null,
      notRead: null,
    })) as unknown as Parameters<Prefixes['mark']>[0],
  );
  expect(told).toEqual(['f000003 evidence.compare_limit']);
});

test('only so many heads are kept; what was not compared is said', async () => {
  const texts = ['ab', 'abc', 'abcd', 'abd', 'b'];
  const artifacts = texts.map((text, index) => ({
    path: `f${index}`,
    headHash: text,
    kind: 'k',
    encoding: 'utf8',
    bytes: text.length,
    parts: [{ kind: 'k', at: 0, end: text.length, firstLine: 0, excerpt: false }],
  })) as unknown as Artifact[];
  const told = async (headBytes: number): Promise<string[]> => {
    const prefixes = new Prefixes(artifacts, { marksPerFile: 2, marks: 100, headBytes });
    const found: string[] = [];
    for (const [index, artifact] of artifacts.entries())
      prefixes.watch(artifact, hashHere(noHasher)).update(new TextEncoder().encode(texts[index]));
    await prefixes.mark(
      artifacts.map((artifact) => ({
        artifact,
        problems: {
          add: (code: string, _at: number, detail: { found: string }) =>
            void found.push(`${artifact.path} ${code} ${detail.found}`),
        },
        parts: [{ fold: { records: 1 } }],
        sha256: artifact.path,
        duplicateOf: null,
        notRead: null,
      })) as unknown as Parameters<Prefixes['mark']>[0],
    );
    return found.sort();
  };
  expect(await told(1000)).toEqual(['f0 evidence.prefix f2', 'f1 evidence.prefix f2']);
  expect(await told(5)).toEqual(['f0 evidence.prefix f1', 'f2 evidence.compare_limit files that begin alike']);
});
