/**
 * What is looked at before all of a large hand-over is: of ten thousand logs the few that by their place can tell most with the fewest
 * bytes. Whoever waits hears of a break-in before the rest was even opened. Nothing that is answered in the end rests on it: all of it is
 * read again with everything else.
 */
import type { Platform } from '../core/platform.ts';
import type { Artifact } from './artifact.ts';
import { headBytes, opened, recognise } from './recognise.ts';
import type { Found } from './walk.ts';

export interface FirstLookLimits {
  /** Of fewer files all are seen soon. */
  readonly fewestFiles: number;
  /** Read twice in all. */
  readonly bytes: number;
}
export const firstLookLimits: FirstLookLimits = { fewestFiles: 1000, bytes: 64 << 20 };

/** In these the server itself says what was written; then the doors through which intruders came. */
const places: readonly RegExp[] = [
  /(?:^|[/\\])(?:Logging[/\\]ECP[/\\](?:Server|Activity)[/\\][^/\\]+|ECP(?:Server|Activity)[^/\\]{1,80})\.log$/i,
  /(?:^|[/\\])HttpProxy[/\\](?:Ecp|Autodiscover|PowerShell)[/\\][^/\\]+\.log$/i,
];

const pauseEvery = 64;

/** @param look one of the places after another, until it says that it saw enough */
export async function firstLook(
  found: readonly Found[],
  platform: Platform,
  pastedBytes: number,
  look: (artifacts: readonly Artifact[]) => Promise<boolean>,
  signal: AbortSignal | undefined,
  limits: FirstLookLimits = firstLookLimits,
): Promise<void> {
  if (found.length < limits.fewestFiles) return;
  let left = limits.bytes;
  for (const place of places) {
    const artifacts: Artifact[] = [];
    let seen = 0;
    for (const [order, { path, label }] of found.entries()) {
      if (left <= 0) break;
      if (!place.test(label)) continue;
      signal?.throwIfAborted();
      if (seen++ % pauseEvery === 0) await platform.pause();
      const item = { label, order, within: null, unpackedBefore: 0, open: () => platform.files.open(path), problems: [] };
      const artifact = opened(item, (source, head) =>
        source.byteLength > left ? null : recognise(item, source, head, platform.hasher(), pastedBytes),
      );
      if (artifact === null || artifact.parts.length === 0) {
        left -= headBytes;
        continue;
      }
      left -= artifact.bytes;
      artifacts.push(artifact);
    }
    if (artifacts.length > 0 && (await look(artifacts))) return;
  }
}
