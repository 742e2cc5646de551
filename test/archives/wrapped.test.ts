/** A verdict does not depend on the container that the evidence came in. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { differences } from '../support/assess-folder.ts';
import { shortened } from '../support/soak.ts';
import { sevenZip, sevenZipOf } from './cases/seven-zips.mjs';
import { rightZip, type RightZipOptions } from './right-zip.mjs';
import { tarOf } from './tar-writer.mjs';
import { type HandFile, isShort, plainFiles, plainVerdict, type Tree, trees, verdictLine, verdictOf } from './trees.ts';
import { zip } from './zip-writer.mjs';

interface Container {
  readonly name: string;
  /** Large trees are tried in these alone. */
  readonly large?: boolean;
  readonly passwords?: readonly string[];
  /** Only the compiled program reads it. */
  readonly compiled?: boolean;
  wrap(files: readonly HandFile[]): HandFile[] | Promise<HandFile[]>;
}

const inZip = (name: string, options: RightZipOptions, more: Partial<Container> = {}): Container => ({
  name,
  wrap: async (files) => [{ path: 'evidence.zip', bytes: await rightZip(files, options) }],
  ...more,
});

const containers: readonly Container[] = [
  inZip('zip, stored', { level: 0 }),
  inZip('zip, deflated', { level: 6 }, { large: true }),
  inZip('zip64', { level: 1, zip64: true }),
  inZip('zip, the old encryption, infected', { level: 1, password: 'infected', zipCrypto: true }),
  inZip('zip, AES, infected', { level: 1, password: 'infected', encryptionStrength: 3 }),
  inZip(
    'zip, AES, a given password',
    { level: 1, password: 'Nur für uns', encryptionStrength: 2 },
    { passwords: ['x', 'Nur für uns'] },
  ),
  {
    name: 'zip in zip',
    async wrap(files) {
      const inner = await rightZip(files, { level: 1 });
      return [
        { path: 'handed in/outer.zip', bytes: await rightZip([{ path: 'a folder/inner.zip', bytes: inner }], { level: 0 }) },
      ];
    },
  },
  {
    name: 'zip with backslashes, as old .NET wrote it, in a folder beside nothing',
    wrap: (files) => [
      {
        path: 'evidence.zip',
        bytes: zip(files.map((file) => ({ name: file.path.replaceAll('/', '\\'), data: file.bytes, utf8: true }))),
      },
    ],
  },
  {
    name: 'zip written as a stream',
    wrap: (files) => [
      { path: 'evidence.zip', bytes: zip(files.map((file) => ({ name: file.path, data: file.bytes, descriptor: 'signed' }))) },
    ],
  },
  { name: 'tar', wrap: (files) => [{ path: 'evidence.tar', bytes: tarOf(files) }] },
  { name: 'tar.gz', large: true, wrap: (files) => [{ path: 'evidence.tar.gz', bytes: gzipSync(tarOf(files), { level: 1 }) }] },
  {
    name: 'every log packed for itself',
    wrap: (files) => files.map((file) => ({ path: `${file.path}.gz`, bytes: gzipSync(file.bytes, { level: 1 }) })),
  },
  ...(sevenZip === null
    ? []
    : [
        { name: '7z', compiled: true, wrap: (files: readonly HandFile[]) => [{ path: 'evidence.7z', bytes: sevenZipOf(files) }] },
      ]),
];
if (sevenZip === null) console.warn("skipped: evidence in a 7z (Debian's p7zip-full writes it)");

const all = shortened('kinds of evidence', trees(), isShort);

describe.each(containers.map((container) => [container.name, container] as const))('%s', (_, container) => {
  const tried = all.filter((tree) => !tree.large || container.large === true);
  test.each(tried.map((tree): [string, Tree] => [tree.name, tree]))('%s', async (name, tree) => {
    const whole = await plainVerdict(tree);
    const got = await verdictOf(await container.wrap(plainFiles(tree)), container.passwords, container.compiled);
    expect(verdictLine(got)).toBe(verdictLine(whole));
    if (tree.expect !== null) expect(differences(got, tree.expect), name).toEqual([]);
    // Not only the same answer: every log was read, and as much of it.
    expect(got.evidence.reduce((sum, { records }) => sum + records, 0)).toBe(
      whole.evidence.reduce((sum, { records }) => sum + records, 0),
    );
  });
});
