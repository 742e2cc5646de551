/** What became of an archive, against what must become of it. */
import { problemCodes } from '../../src/core/problem.ts';
import type { ArchiveCase, PathWanted } from './corpus.mjs';
import type { ReadArtifact, ReadResult } from './read-case.mjs';

const fits = (wanted: PathWanted, path: string): boolean => (typeof wanted === 'string' ? wanted === path : wanted.test(path));
const shown = (path: PathWanted): string => (path === '' ? 'the archive' : path.toString());

/** Everything that differs; empty: nothing. */
export function caseDifferences(one: ArchiveCase, result: ReadResult): string[] {
  const below = (path: string): string =>
    path === one.file ? '' : path.startsWith(`${one.file}/`) ? path.slice(one.file.length + 1) : `?${path}`;
  return [
    ...brokenPromises(result),
    ...containerDifferences(one, result.artifacts),
    ...readDifferences(one, result.artifacts, below),
    ...problemDifferences(one, result, below),
  ];
}

/** What holds for every archive. */
function brokenPromises({ artifacts }: ReadResult): string[] {
  const found: string[] = [];
  const paths = new Set<string>();
  for (const { path, canonicalPath, within } of artifacts) {
    if (paths.has(path)) found.push(`${path} stands there twice`);
    paths.add(path);
    for (const place of [path, canonicalPath ?? 'x']) {
      const parts = place.split(/[/\\]/);
      if (parts.includes('..') || place.includes('\0')) found.push(`${JSON.stringify(place)} is a path that leads out`);
      if (parts.includes('')) found.push(`${JSON.stringify(place)} has a part without a name`);
    }
    if (within !== null && !path.startsWith(`${within}/`)) found.push(`${path} is said to lie within ${within}`);
    if (within === null && path.includes('/')) found.push(`${path} is not said to lie in an archive`);
  }
  return found;
}

function containerDifferences({ file, expect }: ArchiveCase, artifacts: readonly ReadArtifact[]): string[] {
  const wanted = expect.container === undefined ? 'zip' : expect.container;
  const archive = artifacts.find(({ path }) => path === file);
  if (archive === undefined) return ['the archive itself is not listed'];
  if (wanted === null) return archive.role === 'container' ? [`a ${archive.kind} was seen where none is`] : [];
  if (wanted === 'any') return [];
  const found: string[] = [];
  if (archive.role !== 'container') found.push(`its role is ${archive.role}`);
  if (archive.kind !== wanted) found.push(`its kind is ${archive.kind}, not ${wanted}`);
  return found;
}

function readDifferences({ expect }: ArchiveCase, artifacts: readonly ReadArtifact[], below: (path: string) => string): string[] {
  const found: string[] = [];
  const read = artifacts.filter(({ role, kind, notRead }) => role === 'evidence' && kind !== null && notRead === null);
  const left = new Set(read);
  for (const [path, records] of expect.read) {
    const same = [...left].filter((artifact) => fits(path, below(artifact.path)));
    const exact = same.find((artifact) => artifact.records === records);
    if (exact !== undefined) left.delete(exact);
    else if (same.length > 0) found.push(`${shown(path)}: ${same[0]!.records} records instead of ${records}`);
    else {
      const listed = artifacts.find((artifact) => fits(path, below(artifact.path)));
      found.push(`${shown(path)} is ${listed === undefined ? 'not there' : `not read (${listed.notRead ?? listed.role})`}`);
    }
  }
  for (const artifact of left) {
    const may = (expect.mayRead ?? []).some(
      ([path, records]) => fits(path, below(artifact.path)) && (records === null || records === artifact.records),
    );
    if (!may) found.push(`${artifact.path} is read (${artifact.records} records)`);
  }
  for (const artifact of read) if (artifact.kind !== 'iis-w3c') found.push(`${artifact.path} is read as ${artifact.kind}`);
  if (
    expect.readOr !== undefined &&
    read.length === 0 &&
    !artifacts.some(({ problems }) => problems.some(({ code }) => code === expect.readOr))
  )
    found.push(`nothing is read, and ${expect.readOr} is not said`);
  if (expect.readCount !== undefined && read.length !== expect.readCount)
    found.push(`${read.length} are read, not ${expect.readCount}`);
  if (expect.readAtLeast !== undefined && read.length < expect.readAtLeast) found.push(`only ${read.length} are read`);
  if (expect.readAtMost !== undefined && read.length > expect.readAtMost) found.push(`${read.length} are read`);
  for (const [path, words] of expect.notRead ?? []) {
    const artifact = artifacts.find((entry) => below(entry.path) === path);
    if (artifact === undefined) found.push(`${shown(path)} is not listed`);
    else if (artifact.notRead === null) found.push(`${shown(path)} is read`);
    else if (!words.test(artifact.notRead)) found.push(`${shown(path)}: ${words} is not said: ${artifact.notRead}`);
  }
  return found;
}

function problemDifferences(
  { expect }: ArchiveCase,
  { artifacts, places }: ReadResult,
  below: (path: string) => string,
): string[] {
  const found: string[] = [];
  const said = [
    ...artifacts.flatMap(({ path, problems }) => problems.map((problem) => ({ path: below(path), ...problem }))),
    ...places.map((place) => ({ ...place, path: below(place.path), count: 1 })),
  ];
  for (const [path, codes, more] of expect.problems ?? []) {
    const wanted = codes.split('|');
    const there = said.filter((problem) => wanted.includes(problem.code) && (path === '*' || path === problem.path));
    if (there.length === 0) found.push(`${codes} is not said of ${path === '*' ? 'anything' : shown(path)}`);
    else if (more !== undefined) {
      const exact = there.some(
        (problem) => problem.count === (more.count ?? problem.count) && problem.found.includes(more.found ?? ''),
      );
      if (!exact) found.push(`${codes} of ${shown(path)}: ${JSON.stringify(there[0])} instead of ${JSON.stringify(more)}`);
    }
  }
  const allowed = new Set([
    ...(expect.mayProblems ?? []),
    expect.readOr,
    ...(expect.problems ?? []).flatMap(([, codes]) => codes.split('|')),
  ]);
  const surplus = said.filter(
    ({ code }) => !Object.hasOwn(problemCodes, code) || (code.startsWith('archive.') && !allowed.has(code)),
  );
  for (const { path, code, found: what } of surplus.slice(0, 5)) found.push(`${code} is said of ${shown(path)}: ${what}`);
  return found;
}
