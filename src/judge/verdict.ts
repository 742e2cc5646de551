/** All of it in one answer: did they get in, did they leave or take something, is a way back open. */
import type { Answer, Beyond, Entered, HostVerdict, Presence, Verdict, WaveAnswer } from '../core/assessment.ts';
import { isLoopback } from '../core/address.ts';
import type { Pack } from '../core/pack.ts';
import { type Confidence, type Stage, stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, isoUtc, isoUtcOrNull, oneDayMs } from '../core/time.ts';
import { byFinding, byRule, bySources, byStage, once } from './because.ts';
import { isCampaign, mainWave, packsInTime, packsOfClaims } from './campaigns.ts';
import { byStrength, type Claim } from './claims.ts';
import { decisive, windowOf } from './campaign-window.ts';
import { isCovered } from './coverage.ts';
import type { Judged } from './intrusions.ts';
import { ladderOf } from './ladder.ts';
import { headline } from './messages.ts';
import { missingOf } from './missing.ts';
import { reasonsOf } from './reasons.ts';
import { restsOn } from './rests-on.ts';
import { sentencesOf } from './story.ts';
import { isInside, isMailOnly, isWritten } from './story-facts.ts';
import { exploitedRank, least, proven, rankOf, type VerdictContext } from './verdict-context.ts';

export function verdictOf(judged: readonly Judged[], context: VerdictContext): Verdict {
  const counted = judged.filter(({ declared }) => declared === null || declared.goesOn);
  const claims = counted
    .flatMap((one) => one.claims)
    .filter(proven)
    .sort(byStrength);
  const best = claims[0];
  const tried = claims.filter((claim) => rankOf(claim) >= stageRank('attempted'));
  const firstTryMs = least(tried.flatMap(({ events }) => events.map(({ timeMs }) => timeMs)));
  const beyond: Beyond =
    context.asked === null && tried.length > 0 && firstTryMs !== null && coveredFrom(tried, firstTryMs, context)
      ? 'covered'
      : 'not_covered';
  const findingOf = findingsOfClaims(judged);
  const waves = wavesOf(counted, context, findingOf);
  const answer = answerOf(claims, waves, context);
  const entered = enteredOf(claims, answer, beyond);
  const hidden = counted.some(({ intrusion, events }) => intrusion.role === 'intruder' && isHidden(events));
  // Where these got no further, what is missing is what would answer for the other campaigns.
  const concerned = packsOfClaims(tried, context.packs, context.coverage);
  const others = packsInTime(context.packs, context.coverage).filter((pack) => !concerned.includes(pack));
  const missing = missingOf(context, { concerned, others: beyond === 'covered' ? others : [] }, firstTryMs, hidden);
  const wavesCovered = context.asked === null && waves.length > 0 && waves.every(({ coverage }) => coverage === 'trace');
  const stage: Stage = best?.stage ?? 'none';
  const confidence: Confidence = best?.confidence ?? (answer === 'no_evidence' ? 'confirmed' : 'possible');
  const presence = overallPresence(counted, context);
  const said = sentencesOf(
    { answer, entered, beyond, claims, counted, missing, waves, firstTryMs, presence, findingOf },
    context,
  );
  const rests = restsOn({ answer, beyond, stage, claims, tried, waves, missing, findingOf }, context);
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
      // Whoever gave the orders: another one may have gone further, less surely.
      claims.some((claim) => claim.confidence === 'confirmed' && stageRank(claim.stage) >= stageRank('operated')),
      isWritten(counted.find((one) => best !== undefined && one.claims.includes(best))?.claims ?? []),
      isInside(claims),
      isMailOnly(claims),
    ),
    sentence: said.map(({ text }) => text).join(' '),
    said,
    because: once(rests.answer, rests.stage),
    restsOn: rests,
    reasons: reasonsOf(judged, claims, missing, context),
    missing,
    waves,
    ladder: ladderOf(claims, firstTryMs, context, findingOf),
  };
}

/** The finding in which each claim stands. */
function findingsOfClaims(judged: readonly Judged[]): (claim: Claim) => string {
  const ids = new Map(judged.flatMap((one) => one.claims.map((claim, index) => [claim, one.findings[index]!.id] as const)));
  return (claim) => ids.get(claim)!;
}

/** The same questions for each server, from its own rows and its own logs. */
export function hostVerdictsOf(judged: readonly Judged[], context: VerdictContext): HostVerdict[] {
  const findingOf = findingsOfClaims(judged);
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
  const covered = (host: string, tried: readonly Claim[], fromMs: number | null): boolean => {
    const expected = packsOfClaims(tried, packs, coverage).flatMap((pack) =>
      decisive(pack, readable).map((question) => ({ pack, question, window: windowOf(pack, coverage) })),
    );
    return (
      expected.length > 0 &&
      !Number.isNaN(coverage.endMs) &&
      expected.every(
        ({ pack, question, window }) =>
          !coverage.hostsFor(question.source).includes(host) ||
          (fromMs === null
            ? window !== null && isCovered(coverage, pack, question, host, window.fromMs, coverage.endMs)
            : coverage.covers(question, host, fromMs, coverage.endMs)),
      )
    );
  };
  return hosts.present.map((host): HostVerdict => {
    const claims = (byHost.get(host) ?? []).sort(byStrength);
    const tried = claims.filter((claim) => rankOf(claim) >= stageRank('attempted'));
    const firstTryMs = least(tried.flatMap(({ events }) => events.map(({ timeMs }) => timeMs)));
    const beyond: Beyond =
      firstTryMs !== null && hosts.absent.length === 0 && covered(host, tried, firstTryMs) ? 'covered' : 'not_covered';
    const answer: Answer = answerOfClaims(claims) ?? (covered(host, [], null) ? 'no_evidence' : 'cannot_tell');
    const best = claims[0];
    return {
      host,
      because: once(
        claims.slice(0, 2).map((claim) => byFinding(findingOf(claim))),
        byStage(best?.stage ?? 'none'),
        [byRule('answer.each_server')],
      ),
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
  // What was left out on purpose may hold anything.
  if (context.asked !== null) return 'cannot_tell';
  // "Nothing found" counts as an answer from the wave on that ran when the patch came; the quiet one before it is said apart.
  const campaigns = packsInTime(context.packs, context.coverage).filter(isCampaign);
  const answers = campaigns.every((pack) => {
    const own = waves.filter(({ campaign }) => campaign === pack.id);
    const main = mainWave(pack) ?? pack.waves[0];
    if (own.length === 0) return windowOf(pack, context.coverage) !== null && pack.waves.length > 0;
    const later = own.filter(({ fromUtc }) => main === undefined || fromUtc >= isoUtc(dayMs(main.from)));
    return later.length > 0 && later.every(({ coverage }) => coverage === 'trace');
  });
  return campaigns.length > 0 && waves.length > 0 && answers ? 'no_evidence' : 'cannot_tell';
}

function enteredOf(claims: readonly Claim[], answer: Answer, beyond: Beyond): Entered {
  if (claims.some((claim) => rankOf(claim) >= exploitedRank && claim.confidence === 'confirmed')) return 'yes';
  if (answer === 'suspected') return 'probable';
  if (answer === 'no_evidence' || (answer === 'attempted' && beyond === 'covered')) return 'no_sign';
  return 'cannot_tell';
}

/** Every source on which a "no further" rests, on every server that could have carried it out, to the end of the evidence. */
function coveredFrom(tried: readonly Claim[], fromMs: number, { packs, coverage, hosts, readable }: VerdictContext): boolean {
  if (hosts.absent.length > 0) return false;
  const questions = packsOfClaims(tried, packs, coverage).flatMap((pack) => decisive(pack, readable));
  return (
    questions.length > 0 &&
    questions.every((question) =>
      coverage.hostsFor(question.source).every((host) => coverage.covers(question, host, fromMs, coverage.endMs)),
    )
  );
}

const isHereThen = ({ sources }: VerdictContext, kind: string, fromMs: number, toMs: number): boolean =>
  sources.some(
    (one) =>
      one.kind === kind &&
      one.because.some(({ id }) => id === 'coverage.trace') &&
      one.spans.some(({ fromUtc, toUtc }) => Date.parse(fromUtc) < toMs && Date.parse(toUtc) > fromMs),
  );

function wavesOf(counted: readonly Judged[], context: VerdictContext, findingOf: (claim: Claim) => string): WaveAnswer[] {
  const { packs, coverage, hosts, readable, residueKinds } = context;
  return packs.flatMap((pack) => {
    const window = windowOf(pack, coverage);
    if (window === null) return [];
    return (
      pack.waves
        // Those that were over before a server was open get no answer.
        .filter(({ from, to }) => dayMs(from) <= window.toMs && dayMs(to) + oneDayMs > window.fromMs)
        .map((wave): WaveAnswer => {
          const fromMs = Math.max(dayMs(wave.from), window.fromMs);
          const toMs = Math.min(dayMs(wave.to) + oneDayMs, window.toMs);
          const trace =
            hosts.absent.length === 0 &&
            decisive(pack, readable).every((question) =>
              coverage.hostsFor(question.source).every((host) => isCovered(coverage, pack, question, host, fromMs, toMs)),
            );
          // Logs of those days that answer something, and not all that has to be answered.
          const partly = pack.questions.some(({ kind, source }) => kind === 'trace' && isHereThen(context, source, fromMs, toMs));
          const residue = pack.questions.some(({ kind, source }) => kind === 'residue' && residueKinds.has(source));
          // Each claim belongs to the wave of its campaign in which its own rows lie, whatever they did before.
          const inWave = counted
            .flatMap((one) => one.claims.filter((claim) => belongsTo(pack, claim, one)))
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
            coverage: trace ? 'trace' : partly ? 'partly' : residue ? 'residue' : 'none',
            because: once(
              inWave.slice(0, 2).map((claim) => byFinding(findingOf(claim))),
              bySources(
                context.sources,
                decisive(pack, readable).map(({ source }) => source),
              ),
              [byRule('coverage.window')],
              trace || partly ? [byRule('coverage.trace')] : residue ? [byRule('coverage.residue')] : [],
            ),
          };
        })
    );
  });
}

/** A page belongs to the campaign of whoever uses it; where that is not known, to any in whose time it answered. */
function belongsTo(pack: Pack, claim: Claim, { intrusion }: Judged): boolean {
  const campaign = claim.pack !== null && isCampaign(claim.pack) ? claim.pack.id : intrusion.campaign;
  return campaign === null || campaign === pack.id;
}

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
    because: once(...all.filter((presence) => presence.seen === seen).map(({ because }) => because), [byRule('presence.seen')]),
  };
}
