// Reads one archive through the pipeline as far as its records, and says what became of every file. The parts of the pipeline are
// handed in, so that the same lines run on the sources here and on the compiled program in a process of its own.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The hand-over is one folder with one file whose bytes are made while they are read. */
const oneFile = (files, name, source) => ({
  ...files,
  facts: (path) => ({ kind: path === '/made' ? 'directory' : 'file', bytes: source.byteLength, identity: path }),
  list: () => [{ name, kind: 'file' }],
  open: (path) => {
    if (path.startsWith('/made')) return { ...source, close() {} };
    return files.open(path);
  },
  resolve: (path) => path,
  join: (folder, entry) => `${folder}/${entry}`,
  baseName: (path) => path.slice(path.lastIndexOf('/') + 1),
});

/** @param parts `gather`, `run`, `inlineExecutor`, `platform` of the program */
export async function readCase(one, parts) {
  const { platform } = parts;
  if (one.source !== undefined) {
    const made = { ...platform, files: oneFile(platform.files, one.file, one.source()) };
    return readFolder('/made', one, { ...parts, platform: made });
  }
  const folder = mkdtempSync(join(tmpdir(), 'afterpatch-archive-'));
  try {
    writeFileSync(join(folder, one.file), await one.bytes());
    return await readFolder(folder, one, parts);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readFolder(folder, one, { gather, run, inlineExecutor, platform }) {
  const gathered = await gather([folder], platform, { passwords: one.passwords ?? [] });
  try {
    const observed = await run(gathered, {
      platform,
      executor: inlineExecutor(),
      rules: [],
      learn: () => ({ rules: [], pages: [] }),
      onProgress() {},
      signal: new AbortController().signal,
    });
    const readOf = new Map(observed.artifacts.map((artifact) => [artifact.path, artifact]));
    const artifacts = gathered.artifacts.map((artifact) => {
      const seen = readOf.get(artifact.path);
      const problems = seen === undefined ? artifact.problems : seen.problems;
      return {
        path: artifact.path,
        canonicalPath: artifact.canonicalPath,
        role: artifact.role,
        kind: artifact.kind,
        within: artifact.within,
        notRead: artifact.notRead ?? seen?.notRead ?? null,
        sha256: seen?.sha256 ?? null,
        records: seen === undefined ? 0 : seen.parts.reduce((sum, part) => sum + part.records, 0),
        problems: problems.map(({ code, count, found }) => ({ code, count, found: found ?? '' })),
      };
    });
    const places = observed.placeProblems.map(({ path, code, found }) => ({ path, code, found: found ?? '' }));
    return { artifacts, places };
  } finally {
    gathered.close?.();
  }
}
