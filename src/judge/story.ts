/** The verdict in one sentence: which of the catalogue's sentences is true here, and with what in it. */
import type { Answer, Beyond, Entered, Missing, Presence, WaveAnswer } from '../core/assessment.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, oneDayMs } from '../core/time.ts';
import type { Pack } from '../core/pack.ts';
import { isCampaign, mainWave, packsInTime, packsOfClaims, shortPackName } from './campaigns.ts';
import type { Claim } from './claims.ts';
import { isMailOpened } from './event.ts';
import { answerable, type Coverage } from './coverage.ts';
import { isGone } from './event.ts';
import type { Judged } from './intrusions.ts';
import { type Found, kindName, sentences, type StoryFacts } from './messages.ts';
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

/** Mail was read through the hole, and nothing shows that the server was given orders. */
export const isMailOnly = (claims: readonly Claim[]): boolean =>
  claims[0]?.stage === 'impact' &&
  claims[0].proof.step === 'read' &&
  !claims.some(({ stage, confidence }) => (stage === 'operated' || stage === 'spread') && confidence !== 'possible');

/** Something shows that they got in, and not only what they would have left: as the ladder's step says it. */
export const isInside = (claims: readonly Claim[]): boolean => claims.some((claim) => rankOf(claim) === exploitedRank);

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
      const isFile = page !== null && files.has(page);
      const gone = isFile && beyondLikely!.events.every(({ row }) => isGone(row.values['threat.action']));
      const isSetting =
        page === null &&
        beyondLikely?.stage === 'implanted' &&
        beyondLikely.events.every(({ role }) => role === 'left') &&
        beyondLikely.events[0]!.row.logSource !== 'exchange-config';
      const got = isSetting
        ? sentences.likelySetting(story, beyondLikely.proof.title)
        : page !== null
          ? files.has(page)
            ? sentences.likelyFile(story, page, files.size, gone)
            : beyondLikely!.events.some((event) => event.page === page && event.answered)
              ? sentences.likelyPage(story, page)
              : sentences.likelyWritten(story, page)
          : beyondLikely !== undefined
            ? beyondLikely.stage === 'implanted'
              ? sentences.likelyBeyond(story, facts.entered === 'yes', isInside(claims))
              : sentences.likelyDone(story, facts.entered === 'yes', isInside(claims), beyondLikely.proof.title)
            : facts.entered === 'yes'
              ? (best!.pack?.entry === 'inside' ? sentences.gotInside : sentences.gotSession)(story)
              : (best!.pack?.entry === 'inside' ? sentences.likelyInside : sentences.likelySession)(story);
      const decidingKinds = decidersOf(packsOfClaims(claims, context.packs, coverage), context.readable);
      const deciders = readable.filter(({ kind }) => decidingKinds.includes(kind));
      // Where the logs of this campaign are whole, what is missing would answer for another one.
      const lacking = facts.beyond === 'covered' ? [] : deciders.length === 0 ? readable : deciders;
      const names = [...new Set(lacking.map(({ kind }) => kindName(kind)))];
      const elsewhere = decidingKinds.filter((kind) => kind !== 'httpproxy').map(kindName);
      const decides =
        names.length > 0
          ? isSetting
            ? sentences.decidesSetting(names)
            : isFile
              ? sentences.decidesFile(names, gone)
              : sentences.decides(names)
          : page !== null
            ? sentences.decidedByFile
            : hosts.absent.length > 0
              ? sentences.decidesAbsent(elsewhere, hosts.absent)
              : sentences.decidesNowhere;
      return sentences.suspected(story, got, facts.entered === 'yes', decides);
    }
    case 'attempted': {
      const others = facts.beyond === 'covered' ? unanswered(facts, context) : [];
      const tail = [
        ...(others.length > 0 ? [sentences.othersUnanswered(others.map(shortPackName))] : []),
        ...(hosts.absent.length > 0 ? [sentences.absentHosts(hosts.absent)] : []),
        ...context.declared,
      ];
      const tries = claims
        .filter((claim) => rankOf(claim) >= stageRank('attempted'))
        .flatMap(({ events }) => events.map(({ timeMs }) => timeMs));
      if (facts.beyond === 'covered')
        return [sentences.attemptedCovered(facts.firstTryMs!, most(tries)!, hosts.present, 'the server'), ...tail].join(' ');
      return [sentences.attemptedNotCovered(sentences.missingAre(missingNames)), ...tail].join(' ');
    }
    case 'no_evidence':
      return [noEvidenceSentence(facts.waves, coverage), ...context.declared].join(' ');
    case 'cannot_tell':
      return [
        cannotTellSentence(facts.waves, context, missingNames, foundOf(facts)),
        ...context.toolNotes,
        ...context.declared,
      ].join(' ');
  }
}

function foundOf({ claims, counted }: SentenceFacts): Found {
  const unclear = counted.some((one) => one.claims.some((claim) => !proven(claim) && rankOf(claim) >= stageRank('attempted')));
  return unclear ? 'unclear' : claims.length > 0 ? 'looked' : 'nothing';
}

function confirmedSentence(facts: SentenceFacts, best: Claim, owner: Judged, story: StoryFacts, context: VerdictContext): string {
  const visitors = facts.counted.filter(({ intrusion }) => intrusion.role === 'visitor').length;
  const after = visitors === 0 ? '' : ` ${sentences.visitors(visitors)}`;
  // Each other one who got in is named: one eviction does not end the other's.
  const another = facts.counted
    .filter(
      (one) =>
        one !== owner &&
        one.intrusion.role === 'intruder' &&
        one.claims.some((claim) => rankOf(claim) >= exploitedRank && proven(claim)),
    )
    .map(
      (one) =>
        [
          one.events.find(({ client }) => client?.standing === 'direct')?.client?.address ?? null,
          insideSince(one),
          one.claims.some((claim) => rankOf(claim) >= exploitedRank && claim.confidence === 'confirmed'),
        ] as const,
    );
  // Without an address and a time nobody can tell whose it was.
  const told = another.filter(([address, sinceMs]) => address !== null || sinceMs !== null);
  const others = [
    ...told.map(([address, sinceMs, sure]) => ` ${sentences.another(address, sinceMs, sure)}`),
    ...(told.length < another.length ? [` ${sentences.unjoined}`] : []),
  ].join('');
  if (isMailOnly(facts.claims)) {
    const calls = best.events.filter(isMailOpened);
    const mailboxes = new Set(calls.map(({ row }) => row.values['user.impersonated'] ?? '').filter((name) => name !== ''));
    const count = [...new Set(calls.map(({ hit }) => hit))].reduce((sum, hit) => sum + hit.count, 0);
    return `${sentences.tookMail(story, count, [...mailboxes].sort(byCodeUnit))}${others}${after}`;
  }
  if (rankOf(best) >= stageRank('operated')) {
    // The request that gave a session stands beside what was done in it, and is no order.
    const isOrder = ({ proof: { step } }: Judged['events'][number]): boolean =>
      step !== 'check' && step !== 'try' && step !== 'enter' && step !== 'read';
    const uses = owner.claims
      .filter(({ stage, confidence }) => stageRank(stage) >= stageRank('operated') && confidence !== 'possible')
      .flatMap(({ events }) => events.filter(isOrder));
    const countOf = (events: Judged['events']): number =>
      [...new Set(events.map(({ hit }) => hit))].reduce((sum, hit) => sum + hit.count, 0);
    const certain = owner.claims
      .filter((claim) => rankOf(claim) >= stageRank('operated') && claim.confidence === 'confirmed')
      .flatMap(({ events }) => events.filter(isOrder));
    const lastMs = most(uses.map(({ timeMs }) => timeMs));
    return `${sentences.operated({ ...story, firstMs: insideSince(owner), lastMs }, countOf(certain), countOf(uses) - countOf(certain))}${others}${after}`;
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

/** Campaigns that nobody was seen trying, and whose waves the logs do not all hold. */
function unanswered({ claims, waves }: SentenceFacts, { packs, coverage }: VerdictContext): readonly Pack[] {
  const tried = new Set(claims.map(({ pack }) => pack?.id));
  return packsInTime(packs, coverage).filter(
    (pack) =>
      isCampaign(pack) &&
      !tried.has(pack.id) &&
      waves.some(({ campaign, coverage: state }) => campaign === pack.id && state !== 'trace'),
  );
}

/** Logs that decide whether more came of it: those on which "no further" rests, IIS aside; where none does, those of the next stage. */
function decidersOf(packs: readonly Pack[], readable: ReadonlySet<string>): string[] {
  const kinds = packs.filter(isCampaign).flatMap((pack) => {
    const asked = answerable(pack, readable).filter(({ source }) => source !== 'iis-w3c');
    const resting = asked.filter(({ stage, decides }) => decides && (stage === 'exploited' || stage === 'implanted'));
    return resting.length > 0 ? resting : asked.filter(({ stage }) => stage === 'implanted');
  });
  return [...new Set(kinds.map(({ source }) => source))];
}

function cannotTellSentence(
  waves: readonly WaveAnswer[],
  { packs, coverage, readable, files, encrypted }: VerdictContext,
  missingNames: readonly string[],
  seen: Found,
): string {
  const campaigns = packs.filter(isCampaign);
  const logs = [...readable].filter((kind) => coverage.has(kind));
  if (campaigns.length === 0 || Number.isNaN(coverage.endMs))
    return logs.length === 0 && coverage.sources.length === 0
      ? sentences.cannotTellNothing(files, encrypted)
      : packs.length === 0
        ? sentences.cannotTellUnasked
        : sentences.cannotTellMissing(missingNames, seen);
  const firstOf = (pack: Pack): number => dayMs(pack.firstExploited!);
  const firstMs = Math.min(...campaigns.map(firstOf));
  if (coverage.endMs < firstMs) return sentences.cannotTellOld(coverage.endMs, firstMs);
  const beginMs = Math.min(...logs.map((kind) => coverage.firstMs(kind)));
  const massOf = (pack: Pack): number | null => {
    const main = mainWave(pack);
    return main === undefined ? null : dayMs(main.from);
  };
  const inTime = packsInTime(campaigns, coverage).toSorted((a, b) => firstOf(a) - firstOf(b) || byCodeUnit(a.id, b.id));
  const young = inTime.filter((pack) => logs.length > 0 && beginMs > (massOf(pack) ?? firstOf(pack)) + oneDayMs);
  // What is answered is said beside what is not.
  const clear = inTime.filter((pack) => {
    const from = massOf(pack) ?? firstOf(pack);
    const own = waves.filter(({ campaign, fromUtc }) => campaign === pack.id && Date.parse(fromUtc) >= from);
    return own.length > 0 && own.every(({ coverage: state, answer }) => state === 'trace' && answer === 'no_evidence');
  });
  const rest =
    clear.length === 0
      ? ''
      : ` ${sentences.campaignClear(clear.map(shortPackName), Math.min(...clear.map((pack) => massOf(pack) ?? firstOf(pack))), coverage.endMs)}`;
  if (young.length === 0) return sentences.cannotTellMissing(missingNames, seen) + rest;
  const told =
    inTime.length === 1
      ? sentences.cannotTellYoung(beginMs, firstOf(young[0]!), massOf(young[0]!), seen)
      : sentences.cannotTellYoungOf(
          beginMs,
          young.map((pack) => ({ name: shortPackName(pack), firstMs: firstOf(pack), massMs: massOf(pack) })),
          seen,
        );
  return told + rest;
}
