/** Evidence that stands in memory: sources, and a tree of files with links, loops and closed doors. */
import { createHash } from 'node:crypto';
import { type EntryKind, FileError, type Files, type OpenSource, type Platform, type Scratch } from '../../src/core/platform.ts';
import { nodeCodecs } from '../../src/host/node-codecs.ts';

export function memorySource(bytes: Uint8Array, mostPerRead = Number.MAX_SAFE_INTEGER): OpenSource {
  return {
    byteLength: bytes.length,
    seekable: true,
    read(at, into) {
      const piece = bytes.subarray(at, at + Math.min(into.length, mostPerRead));
      into.set(piece);
      return piece.length;
    },
    close() {},
  };
}

/** A file's bytes, a folder, where a link leads, or why it cannot be opened. */
export type Entry = Uint8Array | string | { readonly link: string } | { readonly error: string } | { readonly other: true };

/** A tree from absolute paths to entries; folders are made from the paths. A folder in `closed` cannot be listed. */
export function memoryFiles(tree: Readonly<Record<string, Entry>>, closed: readonly string[] = []): Files {
  const entries = new Map<string, Entry | 'folder'>([['/', 'folder']]);
  for (const [path, entry] of Object.entries(tree)) {
    entries.set(path, entry);
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      if (!entries.has(path.slice(0, at))) entries.set(path.slice(0, at), 'folder');
    }
  }
  const isLink = (entry: Entry | 'folder' | undefined): entry is { readonly link: string } =>
    typeof entry === 'object' && 'link' in entry;
  const resolve = (path: string, steps = 0): string => {
    if (steps > 40) throw new FileError('ELOOP', path);
    let resolved = '';
    for (const part of path.split('/').filter((name) => name !== '')) {
      resolved = `${resolved}/${part}`;
      const entry = entries.get(resolved);
      if (isLink(entry)) resolved = resolve(entry.link, steps + 1);
      else if (entry === undefined) throw new FileError('ENOENT', resolved);
    }
    return resolved === '' ? '/' : resolved;
  };
  const kindOf = (entry: Entry | 'folder'): EntryKind =>
    entry === 'folder' ? 'directory' : isLink(entry) ? 'link' : typeof entry === 'object' && 'other' in entry ? 'other' : 'file';
  const bytesOf = (entry: Entry | 'folder' | undefined): Uint8Array =>
    entry instanceof Uint8Array
      ? entry
      : typeof entry === 'string' && entry !== 'folder'
        ? new TextEncoder().encode(entry)
        : new Uint8Array(0);
  return {
    facts(path, follow) {
      const place = follow ? resolve(path) : path;
      const entry = entries.get(place);
      if (entry === undefined) throw new FileError('ENOENT', path);
      return { kind: kindOf(entry), bytes: bytesOf(entry).length, identity: place };
    },
    list(path) {
      const place = resolve(path);
      if (closed.includes(place)) throw new FileError('EACCES', path);
      const names = [...entries].filter(
        ([name]) => name !== '/' && name.slice(0, name.lastIndexOf('/')) === (place === '/' ? '' : place),
      );
      return names.map(([name, entry]) => ({ name: name.slice(name.lastIndexOf('/') + 1), kind: kindOf(entry) }));
    },
    open(path) {
      const entry = entries.get(resolve(path));
      if (typeof entry === 'object' && 'error' in entry) throw new FileError(entry.error, path);
      return memorySource(bytesOf(entry));
    },
    resolve: (path) => resolve(path),
    onDisk: () => null,
    join: (folder, name) => `${folder === '/' ? '' : folder}/${name}`,
    baseName: (path) => path.slice(path.lastIndexOf('/') + 1),
  };
}

export const memoryPlatform = (files: Files): Platform => ({
  files,
  assets: { list: () => [], text: () => '', built: () => null },
  hasher() {
    const hash = createHash('sha256');
    return {
      update: (bytes) => void hash.update(bytes),
      hex: () => hash.digest('hex'),
      soFar: () => hash.copy().digest('hex'),
    };
  },
  buffer: (bytes) => new Uint8Array(bytes),
  codecs: nodeCodecs,
  pause: async () => {},
  scratch: memoryScratch,
  unarchiver: null,
});

function memoryScratch(): Scratch {
  const pieces: Uint8Array[] = [];
  return {
    path: '',
    write: (bytes) => void pieces.push(bytes.slice()),
    open: () => memorySource(new Uint8Array(Buffer.concat(pieces))),
    remove: () => void (pieces.length = 0),
  };
}

export function utf16(text: string, bigEndian = false, mark = true): Uint8Array {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
}
