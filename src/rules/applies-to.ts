/** How many rules of others speak about the rows of an artifact. */
import { speaksAbout } from './compile-many.ts';
import type { RunRule } from './rule-set.ts';

/** Rules by the log that they are about. */
export function rulesBySource(rules: readonly RunRule[]): ReadonlyMap<string, number> {
  const bySource = new Map<string, number>();
  for (const { source } of rules) bySource.set(source, (bySource.get(source) ?? 0) + 1);
  return bySource;
}

/** @param events its logs and numbers, as they were counted */
export function appliesTo(
  bySource: ReadonlyMap<string, number>,
  logSources: readonly string[],
  events: readonly (readonly (string | null)[])[],
): number {
  let all = 0;
  for (const [source, count] of bySource) if (speaksAbout(source, logSources, events)) all += count;
  return all;
}
