/** The proof ladder, step by step: seen, likely, ruled out where we looked, cannot tell. The last two are never alike. */
import type { Because, StageView } from '../core/assessment.ts';
import { stageRank, stages } from '../core/stage.ts';
import { isoUtcOrNull } from '../core/time.ts';
import type { Pack, Question } from '../core/pack.ts';
import { isCampaign, packsOfClaims } from './campaigns.ts';
import type { Claim } from './claims.ts';
import { decisive, windowOf } from './campaign-window.ts';
import { isCovered } from './coverage.ts';
import { ladderText } from './messages.ts';
import { byFinding, byRule, bySources, byStage, once } from './because.ts';
import { least, rankOf, type VerdictContext } from './verdict-context.ts';

/** Findings that are named with a step. */
const findingsNamed = 4;

/** @param findingOf the finding in which a claim stands */
export function ladderOf(
  claims: readonly Claim[],
  firstTryMs: number | null,
  context: VerdictContext,
  findingOf: (claim: Claim) => string,
): StageView[] {
  const shown = (own: readonly Claim[]): Because[] => own.slice(0, findingsNamed).map((claim) => byFinding(findingOf(claim)));
  const tried = claims.filter((claim) => rankOf(claim) >= stageRank('attempted'));
  const campaigns = packsOfClaims(tried, context.packs, context.coverage).filter(isCampaign);
  // Mail that was read through the hole needs nothing that was left behind, so that it says nothing of the steps between.
  const implies = (claim: Claim): number =>
    claim.proof.step === 'read' ? Math.min(rankOf(claim), stageRank('exploited')) : rankOf(claim);
  const highest = Math.max(0, ...claims.filter(({ confidence }) => confidence === 'confirmed').map(implies));
  const highestLikely = Math.max(0, ...claims.map(rankOf));
  return stages
    .filter((stage) => stage !== 'none')
    .map((stage): StageView => {
      const own = claims.filter((claim) => claim.stage === stage);
      const firstMs = least(own.flatMap(({ events }) => events.map(({ timeMs }) => timeMs)));
      const confirmed = own.find(({ confidence }) => confidence === 'confirmed');
      if (confirmed !== undefined) {
        const count = new Set(own.flatMap(({ events }) => events)).size;
        return {
          stage,
          state: 'seen',
          firstUtc: isoUtcOrNull(firstMs),
          text: ladderText.seen(count),
          because: once(shown(own), byStage(stage)),
        };
      }
      if (own.length > 0)
        return {
          stage,
          state: 'likely',
          firstUtc: isoUtcOrNull(firstMs),
          text: ladderText.likely,
          because: once(shown(own), byStage(stage)),
        };
      const questionsOf = (pack: Pack): Question[] =>
        decisive(pack, context.readable).filter((question) => question.stage === (stage === 'probed' ? 'attempted' : stage));
      const questions = campaigns.flatMap(questionsOf);
      const silent = campaigns.flatMap((pack) => {
        const window = windowOf(pack, context.coverage);
        return questionsOf(pack)
          .filter(
            (question) =>
              (window === null && firstTryMs === null) ||
              context.hosts.absent.length > 0 ||
              !context.coverage
                .hostsFor(question.source)
                .every((host) =>
                  firstTryMs !== null
                    ? context.coverage.covers(question, host, firstTryMs, context.coverage.endMs)
                    : isCovered(context.coverage, pack, question, host, window!.fromMs, window!.toMs),
                ),
          )
          .map(({ source }) => source);
      });
      if (stageRank(stage) < highest && stageRank(stage) >= stageRank('attempted'))
        return {
          stage,
          state: 'likely',
          firstUtc: null,
          text: ladderText.implied,
          because: once(shown(claims.filter((claim) => claim.confidence === 'confirmed' && implies(claim) > stageRank(stage))), [
            byRule('stage.implied'),
          ]),
        };
      // Beneath something that is likely nothing is ruled out: it would have come that way, or by one that we do not know.
      if (stageRank(stage) < highestLikely && stageRank(stage) >= stageRank('attempted')) {
        const later = claims.filter((claim) => rankOf(claim) > stageRank(stage));
        const mailAlone = later.every(({ proof }) => proof.step === 'read');
        return {
          stage,
          state: 'cannot_tell',
          firstUtc: null,
          text: mailAlone ? ladderText.beneathMail : ladderText.beneath,
          because: once(shown(later), [byRule(mailAlone ? 'stage.impact' : 'stage.beneath')]),
        };
      }
      if (questions.length > 0 && silent.length === 0) {
        return {
          stage,
          state: 'ruled_out',
          firstUtc: null,
          text: stage === 'operated' ? ladderText.ruledOutOrders : ladderText.ruledOut,
          because: once(
            bySources(
              context.sources,
              questions.map(({ source }) => source),
            ),
            [byRule('coverage.trace'), byRule('coverage.recording')],
          ),
        };
      }
      return {
        stage,
        state: 'cannot_tell',
        firstUtc: null,
        text: ladderText.cannotTell([...new Set(silent)].slice(0, 2)),
        because: once(bySources(context.sources, silent), [
          byRule(context.hosts.absent.length > 0 ? 'coverage.absent_server' : 'coverage.trace'),
        ]),
      };
    });
}
