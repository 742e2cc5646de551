/** Which container a file is, by its first bytes. */
import { isTarHeader } from './tar.ts';

export type ContainerKind = 'zip' | 'tar' | 'gzip' | '7z' | 'rar' | 'xz' | 'bzip2' | 'zstd' | 'cab';

const marks: readonly (readonly [kind: ContainerKind, mark: readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['zip', [0x50, 0x4b, 0x30, 0x30, 0x50, 0x4b]],
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['cab', [0x4d, 0x53, 0x43, 0x46, 0, 0, 0, 0]],
];

/** @param name decides only where the bytes do not: something stands in front of a zip, or its beginning is gone */
export function containerOf(head: Uint8Array, name: string): { readonly kind: ContainerKind; readonly marked: boolean } | null {
  for (const [kind, mark] of marks) {
    if (!mark.every((byte, i) => head[i] === byte)) continue;
    // Three letters are no proof: a block size and the mark of the first block follow.
    if (kind === 'bzip2' && !(head[3]! >= 0x31 && head[3]! <= 0x39 && head[4] === 0x31 && head[5] === 0x41)) continue;
    return { kind, marked: true };
  }
  if (isTarHeader(head)) return { kind: 'tar', marked: true };
  return /\.zip$/i.test(name) ? { kind: 'zip', marked: false } : null;
}
