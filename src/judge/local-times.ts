/**
 * Times that a log wrote in the server's own zone, which its text does not name. They are good for the span that a log speaks for, give
 * or take half a day; a moment in UTC they are not, and nothing may be put in order by them.
 */
import type { Hit } from '../core/hit.ts';
import { readerOf } from '../read/index.ts';
import type { Observed } from '../run/index.ts';

export const isLocal = (kind: string): boolean => readerOf(kind)?.clock === 'local';

/** The hits, those of local times without any. A pasted text can hold both: its rows are told apart by their log source. */
export function zonedHits(observed: Observed): readonly Hit[] {
  const local = new Set(
    observed.artifacts.flatMap(({ path, parts }) =>
      parts.filter(({ kind }) => isLocal(kind)).flatMap(({ logSources }) => logSources.map((source) => `${path}\n${source}`)),
    ),
  );
  if (local.size === 0) return observed.hits;
  return observed.hits.map((hit) =>
    hit.rows.some(({ logSource }) => local.has(`${hit.artifact}\n${logSource}`))
      ? { ...hit, firstMs: null, lastMs: null, rows: hit.rows.map((row) => ({ ...row, timeMs: null })) }
      : hit,
  );
}
