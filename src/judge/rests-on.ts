/** What each word of the verdict rests on. */
import type { Answer, Because, Beyond, Missing, Verdict, WaveAnswer } from '../core/assessment.ts';
import type { Stage } from '../core/stage.ts';
import { byFinding, byMissing, byRule, bySources, byStage, byWave, once, waveId } from './because.ts';
import { packsOfClaims } from './campaigns.ts';
import type { Claim } from './claims.ts';
import { decisive } from './campaign-window.ts';
import { exploitedRank, rankOf, type VerdictContext } from './verdict-context.ts';

interface Facts {
  readonly answer: Answer;
  readonly beyond: Beyond;
  readonly stage: Stage;
  /** Proven at least as probable, strongest first. */
  readonly claims: readonly Claim[];
  /** Those from attempts on. */
  readonly tried: readonly Claim[];
  readonly waves: readonly WaveAnswer[];
  readonly missing: readonly Missing[];
  readonly findingOf: (claim: Claim) => string;
}

/** Findings, waves and records that are named with a word. */
const named = 4;

export function restsOn(
  { answer, beyond, stage, claims, tried, waves, missing, findingOf }: Facts,
  { packs, coverage, readable, sources }: VerdictContext,
): Verdict['restsOn'] {
  const found = (own: readonly Claim[]): Because[] => [...new Set(own.map(findingOf))].slice(0, named).map(byFinding);
  const lacking = missing.slice(0, named).map(({ id }) => byMissing(id));
  const asked = bySources(
    sources,
    packsOfClaims(tried, packs, coverage)
      .flatMap((pack) => decisive(pack, readable))
      .map(({ source }) => source),
  );
  const answers = waves.slice(0, named).map(({ campaign, wave }) => byWave(waveId(campaign, wave)));
  const further = claims.filter((claim) => rankOf(claim) >= exploitedRank);
  const entered = further.length > 0 ? further : tried;
  const silent = answer === 'no_evidence' || (answer === 'attempted' && beyond === 'covered');
  const open = silent ? asked : lacking;
  return {
    answer: once(answer === 'no_evidence' ? answers : answer === 'cannot_tell' ? once(found(claims), lacking) : found(claims), [
      byRule(`answer.${answer}`),
    ]),
    entered: once(found(entered), further.length > 0 ? [] : open, [byRule('answer.entered')]),
    beyond: once(beyond === 'covered' ? asked : lacking, [byRule('answer.beyond')]),
    stage: once(found(claims.filter((claim) => claim.stage === stage)), byStage(stage), [byRule('stage.own_proof')]),
    toAuthority: once(found(entered), [byRule('answer.authority')]),
    exitCode: once(found(entered), answers, [byRule('answer.exit')]),
  };
}
