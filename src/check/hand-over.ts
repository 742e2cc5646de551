/**
 * The evidence once more, by a way of its own: a path of the case → the bytes that it means, in a folder, a zip, a tar or a gzip. What
 * it cannot open (7z, encrypted entries, rare methods) it says; it never guesses.
 */
import { FileError, type ForwardStream, type OpenSource, type Platform } from '../core/platform.ts';

/** Why the bytes cannot be had. */
export class Closed extends Error {
  override readonly name = 'Closed';
}

const zipMagic = 0x04034b50;
/** An entry is unpacked into memory only where another archive lies in it. */
const innerBytes = 256 << 20;

export class HandOver {
  readonly #platform: Platform;
  readonly #roots: readonly string[];

  constructor(roots: readonly string[], platform: Platform) {
    this.#roots = roots;
    this.#platform = platform;
  }

  /** @throws Closed where nobody here can open it, FileError where the machine refuses */
  open(path: string): ForwardStream {
    const { source, rest } = this.#file(path);
    return rest.length === 0 ? forward(source) : this.#inside(source, rest);
  }

  /** The file on the machine, and what of the path lies within it. */
  #file(path: string): { readonly source: OpenSource; readonly rest: readonly string[] } {
    const { files } = this.#platform;
    const parts = path.split('/');
    for (const root of this.#roots) {
      const folder = files.facts(root, true).kind === 'directory';
      const inRoot = this.#roots.length === 1 && folder ? 0 : 1;
      if (inRoot === 1 && parts[0] !== files.baseName(root)) continue;
      let at = root;
      for (let used = inRoot; used <= parts.length; used++) {
        const { kind } = files.facts(at, used === inRoot);
        if (kind === 'file') return { source: files.open(at), rest: parts.slice(used) };
        if (kind !== 'directory' || used === parts.length) break;
        at = files.join(at, parts[used]!);
      }
    }
    throw new Closed('it is not where the case says');
  }

  #inside(source: OpenSource, rest: readonly string[]): ForwardStream {
    const head = new Uint8Array(4);
    source.read(0, head);
    if (new DataView(head.buffer).getUint32(0, true) === zipMagic) return this.#next(zipEntry(source, rest, this.#platform));
    if (head[0] === 0x1f && head[1] === 0x8b) {
      const unpacked = this.#platform.codecs.inflate('gzip', forward(source));
      // A gzip holds one file: a tar, whose entries the path goes on with, or the file itself.
      const inner = memory(readWhole(unpacked));
      const packedTar = isTar(inner);
      return packedTar ? this.#next(tarEntry(inner, rest)) : this.#next({ stream: forward(inner), rest: rest.slice(1) });
    }
    if (isTar(source)) return this.#next(tarEntry(source, rest));
    source.close();
    throw new Closed('it lies in an archive of a kind that is not opened here');
  }

  #next({ stream, rest }: Entry): ForwardStream {
    return rest.length > 0 ? this.#inside(memory(readWhole(stream)), rest) : stream;
  }
}

interface Entry {
  readonly stream: ForwardStream;
  readonly rest: readonly string[];
}

export function forward(source: OpenSource, from = 0, bytes = source.byteLength - from): ForwardStream {
  let at = from;
  return {
    read(into) {
      const got = source.read(at, into.subarray(0, Math.min(into.length, from + bytes - at)));
      at += got;
      return got;
    },
    close: () => source.close(),
  };
}

function readWhole(stream: ForwardStream): Uint8Array {
  let whole = new Uint8Array(64 << 10);
  for (let length = 0; ;) {
    const got = stream.read(whole.subarray(length));
    if (got === 0) return whole.subarray(0, length);
    length += got;
    if (length < whole.length) continue;
    if (length >= innerBytes) throw new Closed('an archive in an archive that is too large to be opened here');
    const larger = new Uint8Array(length * 2);
    larger.set(whole);
    whole = larger;
  }
}

const memory = (bytes: Uint8Array): OpenSource => ({
  byteLength: bytes.length,
  seekable: true,
  read(at, into) {
    const piece = bytes.subarray(at, at + into.length);
    into.set(piece);
    return piece.length;
  },
  close() {},
});

function bytesAt(source: OpenSource, at: number, length: number): DataView {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const got = source.read(at + done, bytes.subarray(done));
    if (got === 0) throw new Closed('the archive is cut off');
    done += got;
  }
  return new DataView(bytes.buffer);
}

const parted = (name: string): string[] => name.split(/[/\\]/).filter((part) => part !== '' && part !== '.');

/** How many parts of the path an entry's name is; 0: another entry. */
function fits(name: string, rest: readonly string[]): number {
  const parts = parted(name);
  return parts.length > 0 && parts.length <= rest.length && parts.every((part, i) => part === rest[i]) ? parts.length : 0;
}

/** By the directory at the end; the first entry of the name counts. */
function zipEntry(source: OpenSource, rest: readonly string[], { codecs }: Platform): Entry {
  const tail = Math.min(source.byteLength, 65_557);
  const end = bytesAt(source, source.byteLength - tail, tail);
  let at = tail - 22;
  while (at >= 0 && end.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) throw new Closed('a zip without a directory');
  let place = end.getUint32(at + 16, true);
  let size = end.getUint32(at + 12, true);
  if (place === 0xffffffff || size === 0xffffffff) {
    if (at < 20 || end.getUint32(at - 20, true) !== 0x07064b50) throw new Closed('a zip without a directory');
    const far = bytesAt(source, Number(end.getBigUint64(at - 12, true)), 56);
    [size, place] = [Number(far.getBigUint64(40, true)), Number(far.getBigUint64(48, true))];
  }
  // What stands before the archive moves all of it.
  const shift = end.getUint32(at + 16, true) === 0xffffffff ? 0 : source.byteLength - tail + at - size - place;
  if (size > innerBytes) throw new Closed('a zip whose directory is too large to be read here');
  const directory = bytesAt(source, place + shift, size);
  for (let from = 0; from + 46 <= size && directory.getUint32(from, true) === 0x02014b50;) {
    const [flags, method] = [directory.getUint16(from + 8, true), directory.getUint16(from + 10, true)];
    const [nameBytes, extraBytes] = [directory.getUint16(from + 28, true), directory.getUint16(from + 30, true)];
    const name = new TextDecoder().decode(new Uint8Array(directory.buffer, from + 46, nameBytes));
    const used = fits(name, rest);
    if (used > 0 && !name.endsWith('/')) {
      if ((flags & 1) !== 0) throw new Closed('it is encrypted in its archive');
      if (method !== 0 && method !== 8) throw new Closed('it is packed in a way that is not opened here');
      // Sizes and places that need more than four bytes stand behind the name, in this order.
      const numbers = [24, 20, 42].map((at) => directory.getUint32(from + at, true));
      const extraEnd = from + 46 + nameBytes + extraBytes;
      for (let extra = from + 46 + nameBytes; extra + 4 <= extraEnd; extra += 4 + directory.getUint16(extra + 2, true)) {
        if (directory.getUint16(extra, true) !== 1) continue;
        for (let value = extra + 4, i = 0; i < 3; i++) {
          if (numbers[i] !== 0xffffffff || value + 8 > extraEnd) continue;
          numbers[i] = Number(directory.getBigUint64(value, true));
          value += 8;
        }
      }
      const [, packed, header] = numbers as [number, number, number];
      const local = bytesAt(source, header + shift, 30);
      const data = header + shift + 30 + local.getUint16(26, true) + local.getUint16(28, true);
      const stream = forward(source, data, packed);
      return { stream: method === 0 ? stream : codecs.inflate('deflate', stream), rest: rest.slice(used) };
    }
    from += 46 + nameBytes + extraBytes + directory.getUint16(from + 32, true);
  }
  throw new Closed('its archive has no entry of this name by its directory');
}

function isTar(source: OpenSource): boolean {
  const mark = new Uint8Array(5);
  return source.read(257, mark) === 5 && new TextDecoder().decode(mark) === 'ustar';
}

/** Plain and GNU long names; what pax headers rename is not followed. */
function tarEntry(source: OpenSource, rest: readonly string[]): Entry {
  const text = (view: DataView, at: number, length: number): string =>
    new TextDecoder().decode(new Uint8Array(view.buffer, at, length)).replace(/\0.*$/s, '');
  let long: string | null = null;
  for (let at = 0; at + 512 <= source.byteLength;) {
    const header = bytesAt(source, at, 512);
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    if (Number.isNaN(size)) throw new Closed('a tar with a size that is none');
    const type = String.fromCharCode(header.getUint8(156));
    const prefix = text(header, 345, 155);
    const name: string = long ?? (prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`);
    if (type === 'L') long = text(bytesAt(source, at + 512, Math.min(size, 4096)), 0, Math.min(size, 4096));
    else {
      const used = type === '0' || type === '\0' || type === '7' ? fits(name, rest) : 0;
      if (used > 0) return { stream: forward(source, at + 512, size), rest: rest.slice(used) };
      long = null;
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Closed('its archive has no entry of this name');
}

/** What kept the bytes away, in words; null: a bug. */
export function closedBecause(error: unknown): string | null {
  if (error instanceof Closed) return error.message;
  if (error instanceof RangeError) return 'its archive is damaged';
  if (!(error instanceof FileError)) return null;
  return /^ENO(?:ENT|TDIR)$/.test(error.code) ? 'it is not where the case says' : `the machine does not give it (${error.code})`;
}
