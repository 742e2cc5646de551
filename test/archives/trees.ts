/** Everything that has a known verdict: the example sets and the published cases, as files in memory. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setNames, writeSet } from '../../examples/generate.mjs';
import type { Assessment } from '../../src/core/assessment.ts';
import { compiled } from './compiled.ts';
import { assessFolder, type Expect } from '../support/assess-folder.ts';
import { evidenceFolder } from '../support/evidence.ts';

export interface HandFile {
  /** With `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What one server handed over; paths begin with the drive (`C/…`) where the place on the server is known. */
export interface ServerFiles {
  readonly name: string;
  readonly files: readonly HandFile[];
}

export interface Tree {
  readonly name: string;
  readonly servers: readonly ServerFiles[];
  /** Several servers: each has a folder of its own. */
  readonly perHost: boolean;
  /** What must be said of it, however it is handed in; null: no more than that it is the same. */
  readonly expect: Expect | null;
  /** Takes so long that only some ways of handing it in are tried. */
  readonly large: boolean;
}

const examples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples');
/** Published cases whose sources are read today (test/conformance/cases.test.ts). */
const judged = ['03', '04', '05', '11', '14', '30', '38'];

function filesBelow(folder: string): HandFile[] {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: path.relative(folder, file).replaceAll('\\', '/'), bytes: fs.readFileSync(file) }));
}

const readJson = (file: string): unknown => JSON.parse(fs.readFileSync(file, 'utf8'));

function exampleTree(name: string): Tree {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-tree-'));
  try {
    const { servers } = writeSet(name, folder);
    const files = filesBelow(folder);
    const perHost = servers.length > 1;
    return {
      name,
      perHost,
      servers: servers
        .map((server) => ({
          name: server,
          files: perHost
            ? files
                .filter((file) => file.path.startsWith(`${server}/`))
                .map((file) => ({ ...file, path: file.path.slice(server.length + 1) }))
            : files,
        }))
        .filter((server) => server.files.length > 0),
      expect: readJson(path.join(examples, `${name}.expected.json`)) as Expect,
      large: name === 'healthy' || name === 'attempt',
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function caseTree(folder: string, name: string): Tree {
  const { expect } = readJson(path.join(folder, name, 'case.json')) as { readonly expect: Expect };
  return {
    name,
    perHost: false,
    servers: [{ name: 'MAIL01', files: filesBelow(path.join(folder, name, 'evidence')) }],
    expect: judged.includes(name.slice(0, 2)) ? expect : null,
    large: false,
  };
}

/** One server and two, beside all published cases: what the ordinary run wraps. */
export const isShort = ({ name, large }: Tree): boolean =>
  !large && (!setNames.includes(name) || ['session', 'split-chain'].includes(name));

export function trees(): Tree[] {
  const evidence = evidenceFolder();
  const cases = evidence === null ? null : path.join(evidence, 'cases');
  return [
    ...setNames.map((name) => exampleTree(name)),
    ...(cases === null
      ? []
      : fs
          .readdirSync(cases)
          .sort()
          .map((name) => caseTree(cases, name))),
  ];
}

/** As it lies in a plain folder. */
export const plainFiles = ({ servers, perHost }: Tree): HandFile[] =>
  servers.flatMap(({ name, files }) => files.map((file) => (perHost ? { ...file, path: `${name}/${file.path}` } : file)));

/** Writes the files, has them judged (by the compiled program if need be), and takes them away again. */
export async function verdictOf(
  files: readonly HandFile[],
  passwords: readonly string[] = [],
  byCompiled = false,
): Promise<Assessment> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-wrapped-'));
  try {
    for (const file of files) {
      const place = path.join(folder, file.path);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, file.bytes);
    }
    if (byCompiled) {
      const { assess, inlineExecutor, platform } = await compiled();
      const options = { organisation: 'wrapped', known: [], executor: inlineExecutor(), platform, passwords };
      return (await assess([folder], options)).assessment;
    }
    return await assessFolder(folder, { organisation: 'wrapped', passwords });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const plain = new Map<string, Promise<Assessment>>();

/** The verdict of the plain folder, made once. */
export function plainVerdict(tree: Tree): Promise<Assessment> {
  let made = plain.get(tree.name);
  if (made === undefined) plain.set(tree.name, (made = verdictOf(plainFiles(tree))));
  return made;
}

/** The six things that must not change with the wrapping, in one line. */
export const verdictLine = ({ verdict }: Assessment): string =>
  [verdict.answer, verdict.stage, verdict.confidence, verdict.beyond, verdict.entered, `exit ${verdict.exitCode}`].join(', ');
