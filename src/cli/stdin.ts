/** Text pasted on standard input, as one file of the evidence. */
import fs from 'node:fs';
import { UserError } from '../core/errors.ts';
import { FileError, type Files } from '../core/platform.ts';

const limit = 256 << 20;
const name = 'pasted.txt';

export function readStdin(): Uint8Array {
  if (process.stdin.isTTY) process.stderr.write('Paste the lines, then end with Ctrl-D (Windows: Ctrl-Z and Enter).\n');
  const pieces: Buffer[] = [];
  let length = 0;
  for (;;) {
    const piece = Buffer.alloc(1 << 20);
    let got = 0;
    try {
      got = fs.readSync(0, piece);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
        continue;
      }
      if (error instanceof Error && 'code' in error && error.code === 'EOF') break;
      throw error;
    }
    if (got === 0) break;
    length += got;
    if (length > limit)
      throw new UserError(
        'stdin.large',
        `More than ${limit >> 20} MB came in on standard input.`,
        'Save it to a file and name the file instead of `-`.',
      );
    pieces.push(piece.subarray(0, got));
  }
  const bytes = new Uint8Array(Buffer.concat(pieces));
  if (bytes.every((byte) => byte <= 32))
    throw new UserError(
      'stdin.empty',
      'Nothing came in on standard input.',
      'Pipe lines into it (`Get-Content rows.txt | afterpatch assess -`), or paste them and end with Ctrl-D (Windows: Ctrl-Z and Enter).',
    );
  return bytes;
}

/** Files with one more: what was pasted. */
export function withPasted(files: Files, bytes: Uint8Array): Files {
  const mine = (path: string): boolean => path === '-';
  return {
    facts: (path, follow) => (mine(path) ? { kind: 'file', bytes: bytes.length, identity: 'stdin' } : files.facts(path, follow)),
    list: (path) => (mine(path) ? [] : files.list(path)),
    open(path) {
      if (!mine(path)) return files.open(path);
      return {
        byteLength: bytes.length,
        seekable: true,
        read(at, into) {
          const piece = bytes.subarray(at, at + into.length);
          into.set(piece);
          return piece.length;
        },
        close() {},
      };
    },
    resolve(path) {
      if (mine(path)) throw new FileError('ENOTSUP', 'standard input is no folder');
      return files.resolve(path);
    },
    onDisk: (path) => (mine(path) ? null : files.onDisk(path)),
    join: (folder, child) => files.join(folder, child),
    baseName: (path) => (mine(path) ? name : files.baseName(path)),
  };
}
