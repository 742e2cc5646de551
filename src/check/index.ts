/**
 * A second program over the same case: it looks up every row that a finding shows, makes every hash again and derives every stage anew.
 * It shares `core` with the first one and nothing else: no reader, no rule engine, no judgement. In: a case and the evidence that it is
 * about. Out: how many claims hold, which do not, and which nobody could check.
 */
import type { Assessment } from '../core/assessment.ts';
import { groupBy } from '../core/group.ts';
import type { Platform } from '../core/platform.ts';
import { closedBecause, HandOver } from './hand-over.ts';
import { checkArtifact, type ShownRow } from './rows.ts';
import { checkStages } from './stages.ts';
import { type Breach, Tally } from './tally.ts';

export type { Breach } from './tally.ts';

export interface Checked {
  readonly holds: number;
  readonly broken: number;
  /** At most a thousand of those that are broken. */
  readonly breaches: readonly Breach[];
  /** By reason, most first. */
  readonly unchecked: readonly { readonly why: string; readonly claims: number }[];
}

/** @param roots files and folders that were handed in, as they were handed in */
export function checkCase(assessment: Assessment, roots: readonly string[], platform: Platform): Checked {
  const tally = new Tally();
  const handOver = new HandOver(roots, platform);
  const shownRows = assessment.findings.flatMap(({ id, evidence }) =>
    evidence.map((row, number): ShownRow => ({ claim: `findings[${id}].evidence[${number}]`, row })),
  );
  const rows = groupBy(shownRows, ({ row }) => row.artifact);
  for (const entry of assessment.evidence) {
    const shown = rows.get(entry.path) ?? [];
    // What the case could not read it says nothing of.
    if (entry.sha256 === null && shown.length === 0) continue;
    try {
      const stream = handOver.open(entry.path);
      try {
        checkArtifact(entry, shown, stream, platform, tally);
      } finally {
        stream.close();
      }
    } catch (error) {
      const why = closedBecause(error);
      if (why === null) throw error;
      tally.cannot(why, 2 + shown.length);
    }
  }
  checkStages(assessment, platform, tally);
  const unchecked = [...tally.unchecked].map(([why, claims]) => ({ why, claims }));
  return {
    holds: tally.holds,
    broken: tally.broken,
    breaches: tally.breaches,
    unchecked: unchecked.sort((a, b) => b.claims - a.claims || (a.why < b.why ? -1 : 1)),
  };
}
