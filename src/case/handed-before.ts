/** What an earlier assessment of a case rested on and what is not among the evidence this time: an answer can be weaker for that alone. */
import type { Assessment, SourceCoverage } from '../core/assessment.ts';
import { byCodeUnit } from '../core/text.ts';
import { type CaseDiff, timesLost } from './diff.ts';

/** What is kept of the earlier assessment while the next one is made. */
export interface HandedBefore {
  readonly headline: string;
  /** As they were typed then. */
  readonly paths: readonly string[];
  readonly sources: readonly Pick<SourceCoverage, 'kind' | 'host' | 'spans'>[];
  /** Lists, settings and pages on which findings rest, by their kind. */
  readonly states: readonly string[];
}

/** @param run text of `run.json` of that assessment */
export function handedBefore({ verdict, coverage, evidence, findings }: Assessment, run: string): HandedBefore {
  const logs = new Set(coverage.sources.filter(({ spans }) => spans.length > 0).map(({ kind }) => kind));
  const kindOf = new Map(evidence.map(({ path, kind }) => [path, kind]));
  const kinds = findings
    .filter(({ confidence }) => confidence !== 'possible')
    .flatMap((finding) => finding.evidence.map(({ artifact }) => kindOf.get(artifact) ?? null));
  return {
    headline: verdict.headline,
    paths: pathsIn(run),
    sources: coverage.sources.map(({ kind, host, spans }) => ({ kind, host, spans })),
    states: [...new Set(kinds.filter((kind): kind is string => kind !== null && !logs.has(kind)))].sort(byCodeUnit),
  };
}

function pathsIn(run: string): string[] {
  try {
    const value: unknown = JSON.parse(run);
    const list = typeof value === 'object' && value !== null && 'arguments' in value ? value.arguments : null;
    return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string' && one !== '-') : [];
  } catch {
    return [];
  }
}

export interface LackingNow {
  readonly times: CaseDiff['lost'];
  readonly states: readonly string[];
}

/** Null: all of it is here again. */
export function lackingNow(before: HandedBefore, after: Assessment): LackingNow | null {
  const times = timesLost(before.sources, after.coverage.sources);
  const kinds = new Set(after.evidence.map(({ kind }) => kind));
  const states = before.states.filter((kind) => !kinds.has(kind));
  return times.length + states.length === 0 ? null : { times, states };
}
