/** All of it in one answer: did they get in, did they leave or take something, is a way back open. */
import type {
  HostVerdict,
  Answer,
  Beyond,
  Entered,
  Missing,
  Presence,
  StageView,
  Verdict,
  WaveAnswer,
} from '../core/assessment.ts';
import { isLoopback } from '../core/address.ts';
import type { Pack } from '../core/pack.ts';
import { type Confidence, type Stage, stageRank, stages } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, isoUtc, isoUtcOrNull, oneDayMs } from '../core/time.ts';
import { byStrength, type Claim } from './claims.ts';
import { type Coverage, decisive, type Window, windowOf } from './coverage.ts';
import type { Hosts } from './hosts.ts';
import type { Judged } from './intrusions.ts';
import { headline, kindName, ladderText, sentences, type StoryFacts } from './messages.ts';

export interface VerdictContext {
  readonly packs: readonly Pack[];
  readonly coverage: Coverage;
  readonly hosts: Hosts;
  readonly readable: ReadonlySet<string>;
  readonly residueKinds: ReadonlySet<string>;
  /** What the tools whose output was handed in say about their own logs. */
  readonly toolNotes: readonly string[];
  /** Sentences on activity that the owner declared. */
  readonly declared: readonly string[];
  /** Files handed in, read or not. */
  readonly files: number;
}

const proven = ({ confidence }: Claim): boolean => confidence !== 'possible';
const rankOf = (claim: Claim): number => stageRank(claim.stage);
const exploitedRank = stageRank('exploited');

export function verdictOf(judged: readonly Judged[], context: VerdictContext): Verdict {
  const counted = judged.filter(({ declared }) => declared === null || declared.goesOn);
  const claims = counted
    .flatMap((one) => one.claims)
    .filter(proven)
    .sort(byStrength);
  const best = claims[0];
  const tried = claims.filter((claim) => rankOf(claim) >= stageRank('attempted'));
  const firstTryMs = least(tried.flatMap(({ events }) => events.map(({ timeMs }) => timeMs)));
  const beyond: Beyond = tried.length > 0 && firstTryMs !== null && coveredFrom(firstTryMs, context) ? 'covered' : 'not_covered';
  const waves = wavesOf(counted, context);
  const answer = answerOf(claims, waves, context);
  const entered = enteredOf(claims, answer, beyond);
  const hidden = counted.some(({ intrusion, events }) => intrusion.role === 'intruder' && isHidden(events));
  const missing = missingOf(context, firstTryMs, hidden);
  const wavesCovered = waves.length > 0 && waves.every(({ coverage }) => coverage === 'trace');
  const stage: Stage = best?.stage ?? 'none';
  const confidence: Confidence = best?.confidence ?? (answer === 'no_evidence' ? 'confirmed' : 'possible');
  const presence = overallPresence(counted, context);
  return {
    answer,
    entered,
    beyond,
    stage,
    confidence,
    toAuthority:
      entered === 'yes'
        ? 'confirmed'
        : answer === 'no_evidence' || (answer === 'attempted' && beyond === 'covered')
          ? 'no_evidence'
          : 'suspected',
    exitCode:
      answer === 'confirmed' || answer === 'suspected'
        ? 1
        : wavesCovered && (answer === 'no_evidence' || (answer === 'attempted' && beyond === 'covered'))
          ? 0
          : 2,
    presence,
    headline: headline(
      answer,
      stage,
      entered,
      beyond === 'covered',
      isWritten(counted.find((one) => best !== undefined && one.claims.includes(best))?.claims ?? []),
    ),
    sentence: sentenceOf({ answer, entered, beyond, claims, counted, missing, waves, firstTryMs, presence }, context),
    reasons: reasonsOf(judged, claims, context),
    missing,
    waves,
    ladder: ladderOf(claims, firstTryMs, context),
  };
}

/** The same questions for each server, from its own rows and its own logs. */
export function hostVerdictsOf(judged: readonly Judged[], context: VerdictContext): HostVerdict[] {
  const { packs, coverage, hosts, readable } = context;
  const byHost = new Map<string, Claim[]>();
  for (const { claims, declared } of judged) {
    if (declared !== null && !declared.goesOn) continue;
    for (const claim of claims) {
      if (!proven(claim)) continue;
      for (const host of new Set(claim.events.map((event) => event.host))) {
        if (host === null) continue;
        const own = byHost.get(host) ?? [];
        own.push(claim);
        byHost.set(host, own);
      }
    }
  }
  const expected = packs.flatMap((pack) =>
    decisive(pack, readable).map(({ source }) => ({
      source,
      on: new Set(coverage.hostsFor(source)),
      window: windowOf(pack, coverage),
    })),
  );
  const covered = (host: string, fromMs: number | null): boolean =>
    expected.length > 0 &&
    !Number.isNaN(coverage.endMs) &&
    expected.every(
      ({ source, on, window }) =>
        !on.has(host) || (window !== null && coverage.covers(source, host, fromMs ?? window.fromMs, coverage.endMs)),
    );
  return hosts.present.map((host): HostVerdict => {
    const claims = (byHost.get(host) ?? []).sort(byStrength);
    const tried = claims.filter((claim) => rankOf(claim) >= stageRank('attempted'));
    const firstTryMs = least(tried.flatMap(({ events }) => events.map(({ timeMs }) => timeMs)));
    const beyond: Beyond =
      firstTryMs !== null && hosts.absent.length === 0 && covered(host, firstTryMs) ? 'covered' : 'not_covered';
    const answer: Answer = answerOfClaims(claims) ?? (covered(host, null) ? 'no_evidence' : 'cannot_tell');
    const best = claims[0];
    return {
      host,
      verdict: {
        answer,
        beyond,
        entered: enteredOf(claims, answer, beyond),
        stage: best?.stage ?? 'none',
        confidence: best?.confidence ?? (answer === 'no_evidence' ? 'confirmed' : 'possible'),
      },
    };
  });
}

/** The answer that claims alone give; null: none of them says anything. */
function answerOfClaims(claims: readonly Claim[]): Answer | null {
  if (claims.some((claim) => rankOf(claim) > exploitedRank && claim.confidence === 'confirmed')) return 'confirmed';
  if (claims.some((claim) => rankOf(claim) >= exploitedRank)) return 'suspected';
  return claims.some((claim) => rankOf(claim) >= stageRank('attempted')) ? 'attempted' : null;
}

function answerOf(claims: readonly Claim[], waves: readonly WaveAnswer[], context: VerdictContext): Answer {
  const claimed = answerOfClaims(claims);
  if (claimed !== null) return claimed;
  // "Nothing found" counts as an answer from the wave on that ran when the patch came; the quiet one before it is said apart.
  const campaigns = context.packs.filter(({ firstExploited }) => firstExploited !== null);
  const answers = campaigns.every((pack) => {
    const own = waves.filter(({ campaign }) => campaign === pack.id);
    const main =
      pack.waves.find(({ from, to }) => pack.patched !== null && from <= pack.patched && pack.patched <= to) ?? pack.waves[0];
    const later = own.filter(({ fromUtc }) => main === undefined || fromUtc >= isoUtc(dayMs(main.from)));
    return later.length > 0 && later.every(({ coverage }) => coverage === 'trace');
  });
  return campaigns.length > 0 && answers ? 'no_evidence' : 'cannot_tell';
}

function enteredOf(claims: readonly Claim[], answer: Answer, beyond: Beyond): Entered {
  if (claims.some((claim) => rankOf(claim) >= exploitedRank && claim.confidence === 'confirmed')) return 'yes';
  if (answer === 'suspected') return 'probable';
  if (answer === 'no_evidence' || (answer === 'attempted' && beyond === 'covered')) return 'no_sign';
  return 'cannot_tell';
}

/** Every source on which a "no further" rests, on every server that could have carried it out, to the end of the evidence. */
function coveredFrom(fromMs: number, { packs, coverage, hosts, readable }: VerdictContext): boolean {
  if (hosts.absent.length > 0) return false;
  const questions = packs.flatMap((pack) => decisive(pack, readable));
  return (
    questions.length > 0 &&
    questions.every(({ source }) =>
      coverage.hostsFor(source).every((host) => coverage.covers(source, host, fromMs, coverage.endMs)),
    )
  );
}

function wavesOf(counted: readonly Judged[], context: VerdictContext): WaveAnswer[] {
  const { packs, coverage, hosts, readable, residueKinds } = context;
  return packs.flatMap((pack) => {
    const window = windowOf(pack, coverage);
    if (window === null) return [];
    return pack.waves
      .filter(({ from }) => dayMs(from) <= window.toMs)
      .map((wave): WaveAnswer => {
        const fromMs = dayMs(wave.from);
        const toMs = Math.min(dayMs(wave.to) + oneDayMs, window.toMs);
        const trace =
          hosts.absent.length === 0 &&
          decisive(pack, readable).every(({ source }) =>
            coverage.hostsFor(source).every((host) => coverage.covers(source, host, fromMs, toMs)),
          );
        const residue = pack.questions.some(({ kind, source }) => kind === 'residue' && residueKinds.has(source));
        // Each claim belongs to the wave in which its own rows lie, whoever made them and whatever they did before.
        const inWave = counted
          .flatMap((one) => one.claims)
          .filter(
            (claim) =>
              proven(claim) && claim.events.some(({ timeMs }) => timeMs !== null && timeMs >= fromMs && timeMs < toMs + 1),
          )
          .sort(byStrength);
        const answer: Answer = answerOfClaims(inWave) ?? (trace ? 'no_evidence' : 'cannot_tell');
        return {
          campaign: pack.id,
          wave: wave.id,
          name: wave.name,
          fromUtc: isoUtc(fromMs),
          toUtc: isoUtc(toMs),
          answer,
          coverage: trace ? 'trace' : residue ? 'residue' : 'none',
        };
      });
  });
}

/** What is missing or too short, with where it may still be; what decides most first. */
function missingOf({ packs, coverage, hosts, readable }: VerdictContext, firstTryMs: number | null, hidden: boolean): Missing[] {
  const missing = new Map<string, Missing>();
  for (const pack of packs) {
    if (pack.firstExploited === null) continue;
    const window: Window = windowOf(pack, coverage) ?? { fromMs: dayMs(pack.firstExploited), toMs: dayMs(pack.firstExploited) };
    const fromMs = firstTryMs === null ? window.fromMs : Math.min(firstTryMs, window.toMs);
    for (const question of pack.questions) {
      if (question.kind !== 'trace') continue;
      if (!readable.has(question.source)) {
        // Nothing here reads them: said once, not once for each server.
        if (!missing.has(question.source)) {
          missing.set(question.source, {
            kind: question.source,
            host: null,
            where: question.where,
            decides: question.shows,
            text: sentences.unreadText(question.source),
          });
        }
        continue;
      }
      for (const host of coverage.hostsFor(question.source)) {
        const lacks = coverage.lacks(question.source, host, fromMs, window.toMs);
        const key = `${question.source}\u0000${host ?? ''}`;
        if (lacks.length === 0 || missing.has(key)) continue;
        missing.set(key, {
          kind: question.source,
          host,
          where: question.where,
          decides: question.shows,
          text: sentences.missingText(question.source, host, lacks),
        });
      }
    }
  }
  const list = [...missing.values()];
  // A server of which nothing is here is said once, not once for each of its logs.
  const absent = hosts.absent.map((host): Missing => {
    const kinds = [
      ...new Set(list.filter((one) => one.host === host && readable.has(one.kind)).map(({ kind }) => kindName(kind))),
    ];
    return {
      kind: 'host',
      host,
      where: sentences.hostMissingWhere(host),
      decides: sentences.hostMissingDecides,
      text: sentences.hostMissingText(host, kinds),
    };
  });
  const rest = list.filter(({ host }) => host === null || !hosts.absent.includes(host));
  // Who asked is in the balancer's own log, when the servers saw only the balancer.
  const balancer: Missing[] = hidden
    ? [
        {
          kind: 'load-balancer',
          host: null,
          text: sentences.hiddenText,
          where: sentences.hiddenWhere,
          decides: sentences.hiddenDecides,
        },
      ]
    : [];
  return [
    ...absent,
    ...rest.filter(({ kind }) => readable.has(kind)),
    ...balancer,
    ...rest.filter(({ kind }) => !readable.has(kind)),
  ];
}

/** When they got in: the first row that proves it, not the first time they came by. */
const insideSince = (one: Judged): number | null =>
  least(
    one.claims
      .filter((claim) => rankOf(claim) >= exploitedRank && proven(claim))
      .flatMap(({ events }) => events.map(({ timeMs }) => timeMs)),
  );

/** A page came of it: it was written out, or it answered. */
const isWritten = (claims: readonly Claim[]): boolean =>
  claims.some(
    ({ stage, events }) => stage === 'implanted' && events.some(({ proof, page }) => proof.step === 'arm' || page !== null),
  );

/** All that the servers saw of them is an address that many share. */
const isHidden = (events: Judged['events']): boolean =>
  events.some(({ client }) => client?.standing === 'shared' && !isLoopback(client.address)) &&
  !events.some(({ client }) => client?.standing === 'direct');

function overallPresence(counted: readonly Judged[], { coverage }: VerdictContext): Presence {
  const order = ['active', 'quiet', 'unknown', 'not_seen'] as const;
  const all = counted.filter(({ intrusion }) => intrusion.role === 'intruder').map(({ intrusion }) => intrusion.presence);
  const seen = order.find((word) => all.some((presence) => presence.seen === word)) ?? 'unknown';
  const ways = new Map(
    all.flatMap(({ waysBack }) => waysBack).map((way) => [`${way.kind}\u0000${way.what}\u0000${way.host ?? ''}`, way]),
  );
  const last =
    all
      .map(({ lastUtc }) => lastUtc)
      .filter((lastUtc) => lastUtc !== null)
      .sort(byCodeUnit)
      .at(-1) ?? null;
  return {
    asOfUtc: isoUtcOrNull(coverage.endMs),
    seen,
    lastUtc: last,
    waysBack: [...ways].sort(([a], [b]) => byCodeUnit(a, b)).map(([, way]) => way),
  };
}

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

function sentenceOf(facts: SentenceFacts, context: VerdictContext): string {
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
      const got =
        page !== null
          ? sentences.likelyPage(story, page)
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
  const page = owner.events.find((event) => event.page !== null && event.answered)?.page ?? null;
  const configured = best.events[0]!.role === 'left';
  const planted = page !== null || written !== undefined ? 'page' : configured ? 'configured' : 'planted';
  const watched =
    owner.firstMs !== null &&
    context.coverage
      .hostsFor('iis-w3c')
      .every((host) => context.coverage.covers('iis-w3c', host, owner.firstMs!, context.coverage.endMs));
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
  { packs, coverage, readable, files }: VerdictContext,
  missingNames: readonly string[],
  looked: boolean,
): string {
  const pack = packs.find(({ firstExploited }) => firstExploited !== null);
  const logs = [...readable].filter((kind) => coverage.has(kind));
  if (pack === undefined || Number.isNaN(coverage.endMs))
    return logs.length === 0 && coverage.sources.length === 0
      ? sentences.cannotTellNothing(files)
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

function reasonsOf(judged: readonly Judged[], claims: readonly Claim[], context: VerdictContext): Verdict['reasons'] {
  const reasons: { text: string; findings: readonly string[] }[] = [];
  const said = new Set<string>();
  for (const claim of claims) {
    const owner = judged.find((one) => one.claims.includes(claim))!;
    const finding = owner.findings[owner.claims.indexOf(claim)]!;
    if (said.has(finding.title) || reasons.length >= 8) continue;
    said.add(finding.title);
    reasons.push({ text: `${finding.title}.`, findings: [finding.id] });
  }
  const intruders = judged.filter(({ intrusion, declared }) => intrusion.role === 'intruder' && declared === null);
  if (intruders.length > 1) reasons.push({ text: sentences.intruders(intruders.length), findings: [] });
  for (const { declared, findings } of judged) {
    if (declared !== null)
      reasons.push({ text: sentences.declared(declared.name, declared.goesOn), findings: findings.map(({ id }) => id) });
  }
  if (context.hosts.absent.length > 0) reasons.push({ text: sentences.absentHosts(context.hosts.absent), findings: [] });
  for (const note of context.toolNotes) reasons.push({ text: note, findings: [] });
  return reasons;
}

function ladderOf(claims: readonly Claim[], firstTryMs: number | null, context: VerdictContext): StageView[] {
  const campaigns = context.packs.filter(({ firstExploited }) => firstExploited !== null);
  const highest = Math.max(0, ...claims.filter(({ confidence }) => confidence === 'confirmed').map(rankOf));
  const highestLikely = Math.max(0, ...claims.map(rankOf));
  return stages
    .filter((stage) => stage !== 'none')
    .map((stage): StageView => {
      const own = claims.filter((claim) => claim.stage === stage);
      const firstMs = least(own.flatMap(({ events }) => events.map(({ timeMs }) => timeMs)));
      const confirmed = own.find(({ confidence }) => confidence === 'confirmed');
      if (confirmed !== undefined) {
        const count = new Set(own.flatMap(({ events }) => events)).size;
        return { stage, state: 'seen', firstUtc: isoUtcOrNull(firstMs), text: ladderText.seen(count) };
      }
      if (own.length > 0) return { stage, state: 'likely', firstUtc: isoUtcOrNull(firstMs), text: ladderText.likely };
      const questions = campaigns.flatMap((pack) =>
        decisive(pack, context.readable).filter((question) => question.stage === (stage === 'probed' ? 'attempted' : stage)),
      );
      const silent = campaigns.flatMap((pack) => {
        const window = windowOf(pack, context.coverage);
        return questions
          .filter(
            ({ source }) =>
              window === null ||
              context.hosts.absent.length > 0 ||
              !context.coverage
                .hostsFor(source)
                .every((host) => context.coverage.covers(source, host, firstTryMs ?? window.fromMs, window.toMs)),
          )
          .map(({ source }) => source);
      });
      if (stageRank(stage) < highest && stageRank(stage) >= stageRank('attempted'))
        return { stage, state: 'likely', firstUtc: null, text: ladderText.implied };
      // Beneath something that is likely nothing is ruled out: it would have come that way, or by one that we do not know.
      if (stageRank(stage) < highestLikely && stageRank(stage) >= stageRank('attempted'))
        return { stage, state: 'cannot_tell', firstUtc: null, text: ladderText.beneath };
      if (questions.length > 0 && silent.length === 0) {
        return {
          stage,
          state: 'ruled_out',
          firstUtc: null,
          text: stage === 'operated' ? ladderText.ruledOutOrders : ladderText.ruledOut,
        };
      }
      return { stage, state: 'cannot_tell', firstUtc: null, text: ladderText.cannotTell([...new Set(silent)].slice(0, 2)) };
    });
}

function least(times: readonly (number | null)[]): number | null {
  return times.reduce((found, time) => (time !== null && (found === null || time < found) ? time : found), null);
}
function most(times: readonly (number | null)[]): number | null {
  return times.reduce((found, time) => (time !== null && (found === null || time > found) ? time : found), null);
}
