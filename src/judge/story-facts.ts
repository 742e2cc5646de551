/** What the sentences of the verdict are made from, and the questions that several of them ask. */
import type { Answer, Because, Beyond, Entered, Missing, Presence, WaveAnswer } from '../core/assessment.ts';
import { byFinding, byMissing, byWave, waveId } from './because.ts';
import type { Claim } from './claims.ts';
import type { Judged } from './intrusions.ts';
import { exploitedRank, least, proven, rankOf } from './verdict-context.ts';

/** When they got in: the first row that proves it, not the first time they came by. */
export const insideSince = (one: Judged): number | null =>
  least(
    one.claims
      .filter((claim) => rankOf(claim) >= exploitedRank && proven(claim))
      .flatMap(({ events }) => events.map(({ timeMs }) => timeMs)),
  );

/** A page came of it: it was written out, or it answered. */
export const isWritten = (claims: readonly Claim[]): boolean =>
  claims.some(
    ({ stage, events }) => stage === 'implanted' && events.some(({ proof, page }) => proof.step === 'arm' || page !== null),
  );

/** Mail was read through the hole, and nothing shows that the server was given orders. */
export const isMailOnly = (claims: readonly Claim[]): boolean =>
  claims[0]?.stage === 'impact' &&
  claims[0].proof.step === 'read' &&
  !claims.some(({ stage, confidence }) => (stage === 'operated' || stage === 'spread') && confidence !== 'possible');

/** Something shows that they got in, and not only what they would have left: as the ladder's step says it. */
export const isInside = (claims: readonly Claim[]): boolean => claims.some((claim) => rankOf(claim) === exploitedRank);

export interface SentenceFacts {
  readonly answer: Answer;
  readonly entered: Entered;
  readonly beyond: Beyond;
  readonly claims: readonly Claim[];
  readonly counted: readonly Judged[];
  readonly missing: readonly Missing[];
  readonly waves: readonly WaveAnswer[];
  readonly firstTryMs: number | null;
  readonly presence: Presence;
  /** The finding in which a claim stands. */
  readonly findingOf: (claim: Claim) => string;
}

/** Findings that are named with a sentence. */
export const findingsNamed = 4;

export const shown = ({ findingOf }: SentenceFacts, claims: readonly Claim[]): Because[] =>
  [...new Set(claims.map(findingOf))].slice(0, findingsNamed).map(byFinding);
export const waveIds = (waves: readonly WaveAnswer[]): Because[] =>
  waves.map(({ campaign, wave }) => byWave(waveId(campaign, wave)));
export const missingIds = (missing: readonly Missing[]): Because[] => missing.map(({ id }) => byMissing(id));
