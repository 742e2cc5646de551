/** Hashes of files that only indicators need: made when all is read, of what is no log. */
import { type DigestName, FileError, type Platform } from '../core/platform.ts';
import type { ArtifactState } from './artifact-state.ts';
import { readerOf } from '../read/index.ts';

/** Larger files are left out: nobody lists logs and images of disks by their hash. */
export const largestDigested = 64 << 20;
const pieceBytes = 1 << 20;
const pauseEvery = 64;

/** A log grows with every request: no list can hold its hash. */
const isLog = ({ parts }: ArtifactState): boolean => parts.some(({ part }) => readerOf(part.kind)!.speaksFor === 'span');

export async function makeDigests(
  states: readonly ArtifactState[],
  names: readonly DigestName[],
  platform: Platform,
  signal: AbortSignal,
): Promise<void> {
  if (names.length === 0 || platform.digest === undefined) return;
  const buffer = new Uint8Array(pieceBytes);
  const inOrder = states.toSorted((a, b) => a.artifact.order - b.artifact.order);
  for (const [index, state] of inOrder.entries()) {
    const { artifact } = state;
    if (artifact.sealed || artifact.bytes === 0 || artifact.bytes > largestDigested || state.sha256 === null || isLog(state))
      continue;
    if (artifact.role === 'collector' || (artifact.role === 'foreign' && artifact.canonicalPath === null)) continue;
    signal.throwIfAborted();
    if (index % pauseEvery === 0) await platform.pause();
    const made = names.map((name) => [name, platform.digest!(name)] as const);
    try {
      const source = artifact.open();
      try {
        for (let at = 0; at < artifact.bytes;) {
          const got = source.read(at, buffer);
          if (got <= 0) break;
          for (const [, hash] of made) hash?.update(buffer.subarray(0, got));
          at += got;
        }
      } finally {
        source.close();
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      // That it cannot be read any more was told when it was read.
      continue;
    }
    const hex = (name: DigestName): string | null => made.find(([made_]) => made_ === name)?.[1]?.hex() ?? null;
    state.digests = { md5: hex('md5'), sha1: hex('sha1') };
  }
}
