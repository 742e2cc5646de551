/** The verdict in one sentence: which of the catalogue's sentences is true here, and with what in it. */
import type { Answer, Beyond, Entered, Missing, Presence, WaveAnswer } from '../core/assessment.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, oneDayMs } from '../core/time.ts';
import type { Claim } from './claims.ts';
import type { Coverage } from './coverage.ts';
import type { Judged } from './intrusions.ts';
import { kindName, sentences, type StoryFacts } from './messages.ts';
import { exploitedRank, least, most, proven, rankOf, type VerdictContext } from './verdict-context.ts';

/** When they got in: the first row that proves it, not the first time they came by. */
const insideSince = (one: Judged): number | null =>
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

interface SentenceFacts {
  readonly answer: Answer;
  readonly entered: Entered;
  readonly beyond: Beyond;
  readonly claims: readonly Claim[];
  readonly counted: readonly Judged[];
  readonly missing: readonly Missing[];
  readonly waves: readonly WaveAnswer[];
  readonly firstTryMs: number | null;
  readonly presence: Presence;
}

export function sentenceOf(facts: SentenceFacts, context: VerdictContext): string {
  const { claims, counted, missing } = facts;
  const { coverage, hosts } = context;
  const best = claims[0];
  const owner = best === undefined ? undefined : counted.find((one) => one.claims.includes(best));
  const address = owner?.events.find(({ client }) => client?.standing === 'direct')?.client?.address ?? null;
  const touched = [...new Set((best?.events ?? []).map(({ host }) => host).filter((host) => host !== null))].sort(byCodeUnit);
  const story: StoryFacts = {
    hosts: touched,
    address,
    endMs: coverage.endMs,
    firstMs: least((best?.events ?? []).map(({ timeMs }) => timeMs)),
    lastMs: facts.presence.lastUtc === null ? null : Date.parse(facts.presence.lastUtc),
  };
  const readable = missing.filter(({ kind }) => context.readable.has(kind));
  const missingNames = [...new Set(readable.map(({ kind }) => kindName(kind)))];
  switch (facts.answer) {
    case 'confirmed':
      return confirmedSentence(facts, best!, owner!, story, context);
    case 'suspected': {
      const beyondLikely = claims.find((claim) => rankOf(claim) > exploitedRank);
      const page = beyondLikely?.events.find((event) => event.page !== null)?.page ?? null;
      const files = new Set(beyondLikely?.events.map((event) => (event.role === 'left' ? event.page : null)));
      const got =
        page !== null
          ? files.has(page)
            ? sentences.likelyFile(story, page, files.size)
            : sentences.likelyPage(story, page)
          : beyondLikely !== undefined
            ? sentences.likelyBeyond(story, facts.entered === 'yes')
            : facts.entered === 'yes'
              ? sentences.gotSession(story)
              : sentences.likelySession(story);
      const deciders = readable.filter(({ kind }) => kind === 'ecp-server' || kind === 'httpproxy');
      const names = [...new Set((deciders.length === 0 ? readable : deciders).map(({ kind }) => kindName(kind)))];
      const elsewhere = [...context.readable].filter((kind) => kind === 'ecp-server').map(kindName);
      const decides =
        names.length > 0
          ? sentences.decides(names)
          : page !== null
            ? sentences.decidedByFile
            : hosts.absent.length > 0
              ? sentences.decidesAbsent(elsewhere, hosts.absent)
              : sentences.decidesNowhere;
      return sentences.suspected(story, got, facts.entered === 'yes', decides);
    }
    case 'attempted': {
      const tail = [...(hosts.absent.length > 0 ? [sentences.absentHosts(hosts.absent)] : []), ...context.declared];
      const tries = claims.flatMap(({ events }) => events).map(({ timeMs }) => timeMs);
      if (facts.beyond === 'covered')
        return [sentences.attemptedCovered(facts.firstTryMs!, most(tries)!, hosts.present, 'the server'), ...tail].join(' ');
      return [sentences.attemptedNotCovered(sentences.missingAre(missingNames)), ...tail].join(' ');
    }
    case 'no_evidence':
      return [noEvidenceSentence(facts.waves, coverage), ...context.declared].join(' ');
    case 'cannot_tell':
      return [cannotTellSentence(context, missingNames, claims.length > 0), ...context.toolNotes, ...context.declared].join(' ');
  }
}

function confirmedSentence(facts: SentenceFacts, best: Claim, owner: Judged, story: StoryFacts, context: VerdictContext): string {
  const visitors = facts.counted.filter(({ intrusion }) => intrusion.role === 'visitor').length;
  const after = visitors === 0 ? '' : ` ${sentences.visitors(visitors)}`;
  // Each other one who got in is named: one eviction does not end the other's.
  const others = facts.counted
    .filter(
      (one) =>
        one !== owner &&
        one.intrusion.role === 'intruder' &&
        one.claims.some((claim) => rankOf(claim) >= exploitedRank && proven(claim)),
    )
    .map(
      (one) =>
        ` ${sentences.another(one.events.find(({ client }) => client?.standing === 'direct')?.client?.address ?? null, insideSince(one))}`,
    )
    .join('');
  if (rankOf(best) >= stageRank('operated')) {
    const uses = owner.claims
      .filter(({ stage, confidence }) => stageRank(stage) >= stageRank('operated') && confidence !== 'possible')
      .flatMap(({ events }) => events);
    const countOf = (events: Judged['events']): number =>
      [...new Set(events.map(({ hit }) => hit))].reduce((sum, hit) => sum + hit.count, 0);
    const certain = owner.claims
      .filter((claim) => rankOf(claim) >= stageRank('operated') && claim.confidence === 'confirmed')
      .flatMap(({ events }) => events);
    return `${sentences.operated({ ...story, firstMs: insideSince(owner) }, countOf(certain), countOf(uses) - countOf(certain))}${others}${after}`;
  }
  const written = owner.claims.find(
    ({ stage, events }) => stage === 'implanted' && events.some(({ proof }) => proof.step === 'arm'),
  );
  const page =
    owner.events.find((event) => event.page !== null && (event.answered || event.proof.step === 'file'))?.page ??
    written?.events.find((event) => event.page !== null)?.page ??
    null;
  const configured = best.events[0]!.role === 'left';
  const planted = page !== null || written !== undefined ? 'page' : configured ? 'configured' : 'planted';
  const watched =
    owner.firstMs !== null &&
    context.coverage
      .hostsFor('iis-w3c')
      .every((host) => context.coverage.covers({ source: 'iis-w3c' }, host, owner.firstMs!, context.coverage.endMs));
  const use = planted !== 'page' ? '' : watched ? sentences.useNot(story.endMs) : sentences.useUnknown;
  return `${sentences.implanted(story, planted, page, use)}${others}${after}`;
}

function noEvidenceSentence(waves: readonly WaveAnswer[], coverage: Coverage): string {
  const covered = waves.filter((wave) => wave.coverage === 'trace');
  const from = covered[0]!;
  const before = waves.filter((wave) => wave.coverage !== 'trace' && wave.fromUtc < from.fromUtc);
  const sentence = sentences.noEvidence(Date.parse(from.fromUtc), coverage.endMs);
  return before.length === 0
    ? sentence
    : sentence + sentences.noEvidenceBefore(Date.parse(before[0]!.fromUtc), Date.parse(before.at(-1)!.toUtc) - oneDayMs);
}

function cannotTellSentence(
  { packs, coverage, readable, files, encrypted }: VerdictContext,
  missingNames: readonly string[],
  looked: boolean,
): string {
  const pack = packs.find(({ firstExploited }) => firstExploited !== null);
  const logs = [...readable].filter((kind) => coverage.has(kind));
  if (pack === undefined || Number.isNaN(coverage.endMs))
    return logs.length === 0 && coverage.sources.length === 0
      ? sentences.cannotTellNothing(files, encrypted)
      : sentences.cannotTellMissing(missingNames, looked);
  const firstMs = dayMs(pack.firstExploited!);
  if (coverage.endMs < firstMs) return sentences.cannotTellOld(coverage.endMs, firstMs);
  const mass = pack.waves.find(({ from, to }) => pack.patched !== null && from <= pack.patched && pack.patched <= to);
  const massMs = mass === undefined ? null : dayMs(mass.from);
  const beginMs = Math.min(...logs.map((kind) => coverage.firstMs(kind)));
  if (logs.length > 0 && beginMs > (massMs ?? firstMs) + oneDayMs)
    return sentences.cannotTellYoung(beginMs, firstMs, massMs, looked);
  return sentences.cannotTellMissing(missingNames, looked);
}
