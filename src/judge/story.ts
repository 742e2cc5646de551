/** The verdict in sentences: which of the catalogue's are true here, with what in them, and what each rests on. */
import type { Because, Said, WaveAnswer } from '../core/assessment.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, oneDayMs } from '../core/time.ts';
import type { Pack } from '../core/pack.ts';
import { byFinding, byRule, bySources, byStage, once } from './because.ts';
import { isCampaign, mainWave, packsInTime, packsOfClaims, shortPackName } from './campaigns.ts';
import type { Claim } from './claims.ts';
import { answerable, decisive } from './campaign-window.ts';
import { isGone } from './event.ts';
import { abilities } from './inventory-messages.ts';
import { type Found, kindName, sentences, type StoryFacts } from './messages.ts';
import { toldOnce } from './owners-settings.ts';
import { confirmedSentences } from './story-confirmed.ts';
import { findingsNamed, isInside, missingIds, type SentenceFacts, shown, waveIds } from './story-facts.ts';
import { exploitedRank, least, most, proven, rankOf, type VerdictContext } from './verdict-context.ts';

/** The verdict in sentences, each with what it rests on. */
export function sentencesOf(facts: SentenceFacts, context: VerdictContext): Said[] {
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
      return confirmedSentences(facts, best!, owner!, story, context);
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
            ? sentences.likelyFile(story, page, files.size, gone, ableOf(claims, page), context.askedPages.get(page) ?? null)
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
      const reached = claims.filter((claim) => rankOf(claim) >= exploitedRank);
      return [
        {
          text: sentences.suspected(got, facts.entered === 'yes'),
          because: once(
            shown(facts, beyondLikely === undefined ? reached : [beyondLikely, ...reached]),
            [byRule('answer.suspected')],
            byStage(best!.stage),
          ),
        },
        {
          text: upperFirst(decides),
          because: once(
            names.length > 0 ? missingIds(lacking) : [],
            names.length > 0 || page !== null ? [] : missingIds(missing.filter(({ kind }) => kind === 'host')),
            page !== null ? [byRule('stage.page_in_place')] : [],
            [byRule(names.length > 0 ? 'coverage.where' : hosts.absent.length > 0 ? 'coverage.absent_server' : 'answer.beyond')],
          ),
        },
        { text: sentences.untilThen(story), because: [byRule('advice.until_then')] },
      ];
    }
    case 'attempted': {
      const others = facts.beyond === 'covered' ? unanswered(facts, context) : [];
      const open = facts.waves.filter(
        ({ campaign, coverage: state }) => state !== 'trace' && others.some(({ id }) => id === campaign),
      );
      const tail: Said[] = [
        ...(others.length > 0
          ? [
              {
                text: sentences.othersUnanswered(others.map(shortPackName)),
                because: once(waveIds(open), [byRule('answer.each_campaign')]),
              },
            ]
          : []),
        ...(hosts.absent.length > 0
          ? [
              {
                text: sentences.absentHosts(hosts.absent),
                because: once(missingIds(missing.filter(({ kind }) => kind === 'host')), [byRule('coverage.absent_server')]),
              },
            ]
          : []),
        ...context.declared,
      ];
      const tried = claims.filter((claim) => rankOf(claim) >= stageRank('attempted'));
      const tries = tried.flatMap(({ events }) => events.map(({ timeMs }) => timeMs));
      if (facts.beyond === 'covered') {
        const asked = packsOfClaims(tried, context.packs, coverage).flatMap((pack) => decisive(pack, context.readable));
        return [
          {
            text: sentences.attemptedCovered(facts.firstTryMs!, most(tries)!, hosts.present, 'the server'),
            because: once(
              shown(facts, tried),
              bySources(
                context.sources,
                asked.map(({ source }) => source),
              ),
              [byRule('answer.beyond')],
            ),
          },
          { text: sentences.patch, because: [byRule('advice.patch')] },
          ...tail,
        ];
      }
      return [
        {
          text: sentences.attemptedNotCovered(sentences.missingAre(missingNames)),
          because: once(shown(facts, tried), missingIds(readable), [byRule('answer.beyond')]),
        },
        ...tail,
      ];
    }
    case 'no_evidence':
      return [...noEvidenceSentences(facts.waves, context), ...context.declared];
    case 'cannot_tell':
      return [
        ...cannotTellSentences(facts, context, missingNames, missingIds(readable)),
        ...context.toolNotes,
        ...context.declared,
      ];
  }
}

/** What a page that was found lets its visitor do, where its text was read and does such a thing. */
function ableOf(claims: readonly Claim[], page: string): string[] {
  const events = claims.flatMap((claim) => claim.events);
  const fields = events.find((event) => event.page === page && event.row.fields.Grade === 'back-door')?.row.fields;
  return fields?.Capability === undefined ? [] : abilities(fields.Capability);
}

function foundOf({ claims, counted }: SentenceFacts): Found {
  const unclear = counted.some((one) => one.claims.some((claim) => !proven(claim) && rankOf(claim) >= stageRank('attempted')));
  return unclear ? 'unclear' : claims.length > 0 ? 'looked' : questionsOf(counted).length > 0 ? 'asked' : 'nothing';
}

function noEvidenceSentences(waves: readonly WaveAnswer[], { coverage, sources, packs, readable }: VerdictContext): Said[] {
  const covered = waves.filter((wave) => wave.coverage === 'trace');
  const from = covered[0]!;
  const before = waves.filter((wave) => wave.coverage !== 'trace' && wave.fromUtc < from.fromUtc);
  const asked = packs.filter(isCampaign).flatMap((pack) => decisive(pack, readable));
  const said: Said = {
    text: sentences.noEvidence(Date.parse(from.fromUtc), coverage.endMs),
    because: once(
      bySources(
        sources,
        asked.map(({ source }) => source),
      ),
      waveIds(covered).slice(0, findingsNamed),
      [byRule('answer.no_evidence'), byRule('coverage.trace')],
    ),
  };
  if (before.length === 0) return [said];
  const text = sentences.noEvidenceBefore(Date.parse(before[0]!.fromUtc), Date.parse(before.at(-1)!.toUtc) - oneDayMs);
  return [said, { text, because: once(waveIds(before), [byRule('coverage.residue')]) }];
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

function cannotTellSentences(
  facts: SentenceFacts,
  { packs, coverage, readable, files, encrypted, sources }: VerdictContext,
  missingNames: readonly string[],
  lacking: readonly Because[],
): Said[] {
  const { waves, claims } = facts;
  const seen = foundOf(facts);
  const rule = byRule('answer.cannot_tell');
  const found =
    seen === 'nothing'
      ? []
      : seen === 'asked'
        ? questionsOf(facts.counted).slice(0, findingsNamed).map(byFinding)
        : seen === 'looked'
          ? shown(facts, claims)
          : unclearOf(facts);
  const lacks = (text: string): Said => ({ text, because: once(found, lacking, [rule]) });
  const campaigns = packs.filter(isCampaign);
  const logs = [...readable].filter((kind) => coverage.has(kind));
  if (campaigns.length === 0 || Number.isNaN(coverage.endMs))
    return [
      logs.length === 0 && coverage.sources.length === 0
        ? { text: sentences.cannotTellNothing(files, encrypted), because: once(lockedOf(facts), [byRule('coverage.locked')]) }
        : packs.length === 0
          ? { text: sentences.cannotTellUnasked, because: [byRule('novelty.no_answer'), rule] }
          : lacks(sentences.cannotTellMissing(missingNames, seen)),
    ];
  const firstOf = (pack: Pack): number => dayMs(pack.firstExploited!);
  const firstMs = Math.min(...campaigns.map(firstOf));
  if (coverage.endMs < firstMs)
    return [{ text: sentences.cannotTellOld(coverage.endMs, firstMs), because: [byRule('coverage.window'), rule] }];
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
  const clearWaves = waves.filter(
    ({ campaign, coverage: state }) => state === 'trace' && clear.some(({ id }) => id === campaign),
  );
  const rest: Said[] =
    clear.length === 0
      ? []
      : [
          {
            text: sentences.campaignClear(
              clear.map(shortPackName),
              Math.min(...clear.map((pack) => massOf(pack) ?? firstOf(pack))),
              coverage.endMs,
            ),
            because: once(waveIds(clearWaves), [byRule('answer.each_campaign')]),
          },
        ];
  if (young.length === 0) return [lacks(sentences.cannotTellMissing(missingNames, seen)), ...rest];
  const told =
    inTime.length === 1
      ? sentences.cannotTellYoung(beginMs, firstOf(young[0]!), massOf(young[0]!), seen)
      : sentences.cannotTellYoungOf(
          beginMs,
          young.map((pack) => ({ name: shortPackName(pack), firstMs: firstOf(pack), massMs: massOf(pack) })),
          seen,
        );
  const begin = bySources(sources, logs).slice(0, findingsNamed);
  return [{ text: told, because: once(found, begin, lacking, [byRule('coverage.window'), rule]) }, ...rest];
}

const lockedOf = ({ missing }: SentenceFacts): Because[] => missingIds(missing.filter(({ kind }) => kind === 'encrypted'));

/** What owners set as well and nobody is seen to have got in beside: findings that ask. */
function questionsOf(counted: SentenceFacts['counted']): string[] {
  const rules = new Set(
    counted.flatMap(({ claims, findings }) =>
      claims.flatMap(({ stage, proof }, index) => (stage === 'none' && proof.ownersToo === true ? [findings[index]!.rule] : [])),
    ),
  );
  // As they are told: once for each kind.
  return toldOnce(counted)
    .filter(({ rule, stage }) => stage === 'none' && rules.has(rule))
    .map(({ id }) => id);
}

/** Signs that can be innocent: what is only possible. */
const unclearOf = ({ counted }: SentenceFacts): Because[] =>
  counted
    .flatMap(({ claims, findings }) =>
      claims.flatMap((claim, index) =>
        !proven(claim) && rankOf(claim) >= stageRank('attempted') ? [byFinding(findings[index]!.id)] : [],
      ),
    )
    .slice(0, findingsNamed);

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
