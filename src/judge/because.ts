/** What a sentence of the verdict rests on, as the report links it: evidence first, then the rule of judgement. */
import type { Because, SourceCoverage } from '../core/assessment.ts';
import { sha256Hex } from '../core/hash.ts';
import type { Stage } from '../core/stage.ts';
import type { RuleOfJudgement } from './rules-of-judgement.ts';

const of =
  (kind: Because['kind']) =>
  (id: string): Because => ({ kind, id });

export const byRule = (id: RuleOfJudgement): Because => ({ kind: 'rule', id });
/** The rule of a step of the ladder; none for nothing. */
export const byStage = (stage: Stage): Because[] => (stage === 'none' ? [] : [byRule(`stage.${stage}`)]);
export const byFinding = of('finding');
export const byExposure = of('exposure');
export const byWave = of('wave');
export const byMissing = of('missing');
export const byLedger = of('ledger');
export const bySilence = of('silence');
export const byIntrusion = of('intrusion');
export const byEvidence = of('evidence');

/** An id of ours for something that has no name: nothing of the evidence can be read from it. */
export const idOf = (...parts: readonly (string | null)[]): string =>
  sha256Hex(parts.map((part) => part ?? '').join('\n')).slice(0, 16);

export const waveId = (campaign: string, wave: string): string => `${campaign}/${wave}`;

/** Entries of the coverage table about these kinds of log, of one server or of all. */
export const bySources = (
  sources: readonly SourceCoverage[],
  kinds: Iterable<string>,
  host?: string | null,
): readonly Because[] => {
  const asked = new Set(kinds);
  return sources
    .filter((one) => asked.has(one.kind) && (host === undefined || one.host === host))
    .map(({ id }): Because => ({ kind: 'source', id }));
};

/** Each once, the first of each kind before the second, so that whoever sees few sees all kinds. */
export function once(...lists: readonly (readonly Because[])[]): Because[] {
  const seen = new Map<string, Because>();
  for (const one of lists.flat()) seen.set(`${one.kind}\n${one.id}`, seen.get(`${one.kind}\n${one.id}`) ?? one);
  return [...seen.values()];
}
