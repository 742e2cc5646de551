/**
 * What was handed in more than once counts once: the same bytes, a file that is the beginning of a longer one, and the same rows
 * in another form. Each is a problem that names the artifact that counts; nothing here depends on the order of reading.
 * @see docs/adr/0014-duplicates.md
 */
import type { Artifact } from '../evidence/index.ts';
import { placedKinds } from '../read/index.ts';
import type { ArtifactState } from './artifact-state.ts';
import type { Prefixes } from './prefixes.ts';

/** Duplicates that the bytes tell. `states` come sorted by path. */
export async function markCopies(states: readonly ArtifactState[], prefixes: Prefixes): Promise<void> {
  markSameBytes(states);
  await prefixes.mark(states);
  settle(states);
}

/** Same bytes count once: the first path in order keeps its rows. */
function markSameBytes(states: readonly ArtifactState[]): void {
  const seen = new Map<string, ArtifactState>();
  for (const state of states) {
    if (state.sha256 === null || state.parts.length === 0) continue;
    const key = `${state.sha256}\u0000${placeOf(state.artifact)}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, state);
    else {
      state.duplicateOf = first.artifact.path;
      state.problems.add('evidence.duplicate', 0, { found: first.artifact.path });
    }
  }
}

/** Of a page or a configuration: where it stands. A back door that was put into two folders is two. */
function placeOf({ kind, canonicalPath, path, collection }: Artifact): string {
  if (kind === null || !placedKinds.has(kind)) return '';
  return `${collection?.host ?? ''}\u0000${(canonicalPath ?? path.slice(path.lastIndexOf('/') + 1)).toLowerCase()}`;
}

/** A duplicate of a duplicate is one of what counts in the end. */
export function settle(states: readonly ArtifactState[]): void {
  const byPath = new Map(states.map((state) => [state.artifact.path, state]));
  for (const state of states) {
    for (let next = state.duplicateOf; next !== null; next = byPath.get(next)?.duplicateOf ?? null) state.duplicateOf = next;
  }
}
