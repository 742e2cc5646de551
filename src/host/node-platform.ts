/** Node as the machine under us. The only room, with `cli`, that imports from `node:`. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Assets, FileError, type FileFacts, type Files, type OpenSource, type Platform } from '../core/platform.ts';
import { nodeCodecs } from './node-codecs.ts';
import { nodeScratch } from './node-scratch.ts';
import { sevenZip } from './seven-zip.ts';

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
      throw new FileError(error.code, error.message, { cause: error });
    }
    throw error;
  }
}

/** Times of files are as coarse as two seconds. */
const settledMs = 3000;

function openSource(file: string): OpenSource {
  // Not blocking: a named pipe among the evidence must not stop the run.
  const handle = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  const facts = fs.fstatSync(handle, { bigint: true });
  if (!facts.isFile()) {
    fs.closeSync(handle);
    throw new FileError('ENOTFILE', 'not an ordinary file');
  }
  let open = true;
  // What was written a moment ago may be written to once more with the same time.
  const settled = BigInt(Date.now() - settledMs) * 1_000_000n > facts.mtimeNs;
  return {
    byteLength: Number(facts.size),
    seekable: true,
    ...(settled ? { stamp: `${facts.size} ${facts.mtimeNs} ${facts.ctimeNs}` } : {}),
    read: (at, into) => guarded(() => fs.readSync(handle, into, 0, into.length, at)),
    close() {
      if (open) fs.closeSync(handle);
      open = false;
    },
  };
}

const kindOf = (entry: fs.Dirent | fs.Stats): FileFacts['kind'] =>
  entry.isSymbolicLink() ? 'link' : entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';

export const nodeFiles: Files = {
  facts: (file, follow) =>
    guarded(() => {
      const stat = follow ? fs.statSync(file) : fs.lstatSync(file);
      return { kind: kindOf(stat), bytes: stat.size, identity: `${stat.dev}:${stat.ino}` };
    }),
  list: (folder) =>
    guarded(() => fs.readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) }))),
  open: (file) => guarded(() => openSource(file)),
  resolve: (file) => guarded(() => fs.realpathSync(file)),
  onDisk: (file) => file,
  join: (folder, name) => path.join(folder, name),
  baseName: (file) => path.basename(path.resolve(file)),
};

/** The program's own folder: two levels above this file, both in `src/` and in `dist/`. */
const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const nodeAssets: Assets = {
  list(folder) {
    const top = path.join(home, folder);
    return fs
      .readdirSync(top, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(home, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort();
  },
  text: (name) => fs.readFileSync(path.join(home, name), 'utf8'),
  built(name) {
    // Above this file in `dist/`; beside the sources there is none.
    const file = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', name);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
  },
};

export const nodePlatform: Platform = {
  files: nodeFiles,
  assets: nodeAssets,
  hasher() {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex'), soFar: () => hash.copy().digest('hex') };
  },
  digest(name) {
    try {
      const hash = createHash(name);
      return {
        update: (bytes) => void hash.update(bytes),
        hex: () => hash.digest('hex'),
        soFar: () => hash.copy().digest('hex'),
      };
    } catch {
      // Where only approved hashes may be made.
      return null;
    }
  },
  buffer: (bytes) => new Uint8Array(new SharedArrayBuffer(bytes)),
  codecs: nodeCodecs,
  pause: () => new Promise((resolve) => setImmediate(resolve)),
  scratch: () => nodeScratch(nodeFiles.open, guarded),
  unarchiver: sevenZip(),
};
