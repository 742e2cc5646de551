/** Archives for tests, written by the package's own 7-Zip in its own memory, and then bent where no program would write them so. */
import { createRequire } from 'node:module';
import { crc32 } from 'node:zlib';
import type { SevenZipModuleFactory } from '7z-wasm';

const factory = createRequire(import.meta.url)('7z-wasm') as SevenZipModuleFactory;

export type Content = string | Uint8Array | { readonly folder: true } | { readonly linkTo: string };

/** Runs `7zz` over an archive that may be there already; gives the archive back. */
export async function sevenZipWrites(
  archive: string,
  files: Readonly<Record<string, Content>>,
  switches: readonly string[],
  before?: Uint8Array,
): Promise<Uint8Array> {
  const exitCode = process.exitCode;
  let said = '';
  const keep = (code: number): void => void (said += String.fromCharCode(code));
  const { FS, callMain } = (await factory({ stdin: () => 0, stdout: keep, stderr: keep })) as unknown as {
    readonly FS: {
      mkdirTree(path: string): void;
      writeFile(path: string, data: string | Uint8Array): void;
      symlink(to: string, path: string): void;
      readFile(path: string): Uint8Array;
      chdir(path: string): void;
    };
    callMain(args: readonly string[]): number;
  };
  FS.mkdirTree('/in');
  for (const [name, content] of Object.entries(files)) {
    const path = `/in/${name}`;
    FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    if (typeof content === 'object' && 'folder' in content) FS.mkdirTree(path);
    else if (typeof content === 'object' && 'linkTo' in content) FS.symlink(content.linkTo, path);
    else FS.writeFile(path, content);
  }
  if (before !== undefined) FS.writeFile(`/${archive}`, before);
  FS.chdir('/in');
  const code = callMain(['a', '-snl', '-spd', ...switches, `/${archive}`, '.']);
  // The package's JavaScript sets it, for a command line of its own.
  process.exitCode = exitCode;
  if (code !== 0) throw new Error(`7zz ended with ${code}: ${said}`);
  return FS.readFile(`/${archive}`);
}

/** Edits the header of a 7z archive that was written with `-mhc=off`, and makes its checksums right again. */
export function editHeader(archive: Uint8Array, edit: (header: Buffer) => void): Uint8Array {
  const bytes = Buffer.from(archive);
  const at = 32 + Number(bytes.readBigUInt64LE(12));
  const header = bytes.subarray(at, at + Number(bytes.readBigUInt64LE(20)));
  edit(header);
  bytes.writeUInt32LE(crc32(header), 28);
  bytes.writeUInt32LE(crc32(bytes.subarray(12, 32)), 8);
  return bytes;
}

/** Writes another name of the same length into a 7z header. */
export function rename(header: Buffer, from: string, to: string): void {
  const at = header.indexOf(Buffer.from(`${from}\0`, 'utf16le'));
  if (at < 0 || from.length !== to.length) throw new Error(`cannot rename ${from}`);
  header.write(to, at, 'utf16le');
}

export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly packed: Uint8Array;
  readonly bytes?: number;
  readonly crc?: number;
  readonly method?: number;
  readonly utf8?: boolean;
  readonly comment?: string;
  readonly mode?: number;
}

/** A zip with whatever its entries say. */
export function rawZip(entries: readonly RawEntry[], comment = ''): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const said = Buffer.from(entry.comment ?? '');
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(63, 0);
    fields.writeUInt16LE(entry.utf8 === true ? 0x800 : 0, 2);
    fields.writeUInt16LE(entry.method ?? 0, 4);
    fields.writeUInt16LE(0x21, 8);
    fields.writeUInt32LE(entry.crc ?? crc32(entry.packed), 10);
    fields.writeUInt32LE(entry.packed.length, 14);
    fields.writeUInt32LE(entry.bytes ?? entry.packed.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt16LE(said.length, 0);
    tail.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 6);
    tail.writeUInt32LE(at, 10);
    const host = Buffer.from([63, entry.mode === undefined ? 0 : 3]);
    directory.push(Buffer.from('PK\x01\x02'), host, fields, tail, name, said);
    const local = [Buffer.from('PK\x03\x04'), fields, name, Buffer.from(entry.packed)];
    parts.push(...local);
    at += local.reduce((sum, part) => sum + part.length, 0);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  const said = Buffer.from(comment);
  end.writeUInt16LE(said.length, 16);
  return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06'), end, said]);
}

/** A cabinet that packs nothing. @see [MS-CAB] 2.1 to 2.4 */
export function storedCab(files: readonly (readonly [name: string, content: string])[]): Uint8Array {
  const all = Buffer.from(files.map(([, content]) => content).join(''));
  const numbers = (...pairs: readonly (readonly [bytes: 1 | 2 | 4, value: number])[]): Buffer => {
    const made = Buffer.alloc(pairs.reduce((sum, [bytes]) => sum + bytes, 0));
    let at = 0;
    for (const [bytes, value] of pairs) at = made.writeUIntLE(value, at, bytes);
    return made;
  };
  let offset = 0;
  const listed = Buffer.concat(
    files.map(([name, content]) => {
      const entry = numbers([4, content.length], [4, offset], [2, 0], [2, 0x21], [2, 0], [2, 0x20]);
      offset += content.length;
      return Buffer.concat([entry, Buffer.from(`${name}\0`)]);
    }),
  );
  const blocks: Buffer[] = [];
  for (let at = 0; at < all.length; at += 32_768) {
    const piece = all.subarray(at, at + 32_768);
    blocks.push(numbers([4, 0], [2, piece.length], [2, piece.length]), piece);
  }
  const data = Buffer.concat(blocks);
  const begins = 44 + listed.length;
  const version = numbers([1, 3], [1, 1], [2, 1], [2, files.length], [2, 0], [2, 0], [2, 0]);
  const head = numbers([4, 0], [4, begins + data.length], [4, 0], [4, 44], [4, 0]);
  const store = numbers([4, begins], [2, blocks.length / 2], [2, 0]);
  return Buffer.concat([Buffer.from('MSCF'), head, version, store, listed, data]);
}

/** Bytes that look random and are always the same. */
export function noise(length: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
