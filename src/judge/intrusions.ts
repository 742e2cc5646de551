/** Clusters of events → intrusions with their stage, wave, targeting, presence and findings. */
import type { Finding, Intrusion } from '../core/assessment.ts';
import type { Pack } from '../core/pack.ts';
import { groupBy } from '../core/group.ts';
import { sha256Hex } from '../core/hash.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, isoUtcOrNull, oneDayMs } from '../core/time.ts';
import type { GoneFrom } from './inventory-gone.ts';
import { type Acknowledged, nothingAcknowledged, parted } from './acknowledged.ts';
import { builtIn } from './built-in-proofs.ts';
import { packsOfClaims } from './campaigns.ts';
import { byStrength, type Claim, claimsOf } from './claims.ts';
import { type Cluster, cluster, type Parted } from './cluster.ts';
import { answerable, decisive } from './campaign-window.ts';
import type { Coverage } from './coverage.ts';
import { cmdletLogs, type Event, isSinglePost, isUse, lastOf } from './event.ts';
import { findingOf, observablesOf } from './findings.ts';
import { bondRules, bondTexts, partingRules, partingTexts } from './joining-texts.ts';
import { byFinding, byIntrusion, byRule, byStage, once } from './because.ts';
import { type Declared, declaredBy, type KnownActivity } from './known.ts';
import { impossibleDate } from './plausible-dates.ts';
import { sentences } from './messages.ts';
import { firstEntry, withOwnersSettings } from './owners-settings.ts';
import { presenceOf, type StatedKey } from './presence.ts';
import { type Removals, removalsOf } from './removals.ts';
import { targetingOf, wavesOf } from './targeting.ts';
import { takenMail } from './theft.ts';

export interface Judged {
  readonly intrusion: Intrusion;
  readonly events: readonly Event[];
  readonly claims: readonly Claim[];
  readonly findings: readonly Finding[];
  readonly declared: Declared | null;
  readonly pack: Pack | null;
  readonly firstMs: number | null;
}

export interface IntrusionContext {
  readonly packs: readonly Pack[];
  readonly known: readonly KnownActivity[];
  readonly coverage: Coverage;
  readonly readable: ReadonlySet<string>;
  /** Configurations in which a machine key is written down. */
  readonly statedKeys?: readonly StatedKey[];
  /** Whether a page is gone from a folder that was handed in whole; left out: no folder was. */
  readonly goneFrom?: GoneFrom;
  /** Rows that the owner knows to be good; left out: none. */
  readonly acknowledged?: Acknowledged;
}

interface Draft {
  readonly events: readonly Event[];
  readonly claims: readonly Claim[];
  readonly visitor: boolean;
  readonly declared: Declared | null;
}

export function intrusionsOf(events: readonly Event[], context: IntrusionContext): Judged[] {
  const { rest, groups } = parted(events, context.acknowledged ?? nothingAcknowledged);
  const joined = cluster(rest);
  const clusters = [...joined, ...groups.map((group) => group.cluster)];
  const declared = [
    ...joined.map((own) => declaredBy(own.events, context.known)),
    ...groups.map((group): Declared => group.declared),
  ];
  const left = pagesLeft(clusters, declared);
  const seen = clusters.map((own, number): Draft => {
    const visitor = isVisitor(own.events, left, number);
    return {
      events: own.events,
      declared: declared[number]!,
      visitor,
      claims: visitor ? visitorClaims(own.events, left) : claimsOf(own.events),
    };
  });
  const entryMs = firstEntry(seen.flatMap(({ claims, declared: said }) => (said === null ? [claims] : [])));
  const drafts = seen.map((draft) => ({ ...draft, claims: withOwnersSettings(draft.claims, entryMs).sort(byStrength) }));
  const intruders = toldApart(drafts.filter((draft) => !draft.visitor && draft.declared === null));
  const requests = groupBy(events, ({ page }) => page);
  const removals = removalsOf(events);
  const all = drafts.map((draft) => judged(draft, intruders, requests, removals, context));
  return all.map((one, number) => explained(one, number, clusters, left, all));
}

/**
 * How many they are at least. Rows in which nothing but a time tells them apart may be one intruder's who came again; they count as another one
 * beside none.
 */
export function toldApart(intruders: readonly { readonly events: readonly Event[] }[]): number {
  const own = intruders.filter(({ events }) =>
    events.some(({ client, page, ties }) => client !== null || page !== null || ties.length > 0),
  );
  return Math.max(own.length, Math.min(1, intruders.length));
}

/** Pages that somebody used, or that answered right after somebody planted a script: number of the cluster by page. */
function pagesLeft(clusters: readonly Cluster[], declared: readonly (Declared | null)[]): Map<string, number> {
  const left = new Map<string, number>();
  for (const [number, { events }] of clusters.entries()) {
    // What testers left, they left: it makes no visitor of a stranger who uses it.
    if (declared[number] !== null) continue;
    const writes = events.some(({ proof }) => (proof.step === 'plant' || proof.step === 'arm') && proof.stage === 'implanted');
    for (const event of events) {
      if (event.page === null || !event.answered) continue;
      if (writes || isUse(event)) left.set(event.page, left.get(event.page) ?? number);
    }
  }
  return left;
}

/** With the reasons for which it is one, and for which others are others. */
function explained(
  one: Judged,
  number: number,
  clusters: readonly Cluster[],
  left: ReadonlyMap<string, number>,
  all: readonly Judged[],
): Judged {
  const { together, apart } = clusters[number]!;
  const parted: Parted[] = [...apart];
  if (one.intrusion.role === 'visitor') {
    const pages = one.events.flatMap(({ page, answered }) => (answered && page !== null ? [page] : []));
    for (const page of new Set(pages)) {
      const other = left.get(page);
      if (other !== undefined && other !== number) parted.push({ parting: 'looked', other, shared: page });
    }
  }
  const told = ({ claims }: Judged): boolean => claims.some(({ confidence }) => confidence !== 'possible');
  const findingsOf = (events: readonly Event[]): string[] => [
    ...new Set(
      events.flatMap((event) =>
        one.claims.flatMap((claim, index) => (claim.events.includes(event) ? [one.findings[index]!.id] : [])).slice(0, 1),
      ),
    ),
  ];
  return {
    ...one,
    intrusion: {
      ...one.intrusion,
      together: together.map(({ bond, count, events }) => {
        const findings = findingsOf(events);
        return {
          by: bond,
          count,
          text: bondTexts[bond],
          findings,
          because: once(findings.map(byFinding), [byRule(bondRules[bond])]),
        };
      }),
      apart: parted
        .filter(({ other }) => told(all[other]!))
        .map(({ parting, other, shared }) => ({
          by: parting,
          other: all[other]!.intrusion.id,
          shared,
          text: partingTexts[parting](shared),
          because: [byIntrusion(all[other]!.intrusion.id), byRule(partingRules[parting])],
        })),
    },
  };
}

/** Only looked: nothing but checks, or requests for pages that were not there or that another had left. */
function isVisitor(own: readonly Event[], left: ReadonlyMap<string, number>, number: number): boolean {
  const posts = own.filter(isUse).length;
  return own.every((event) => {
    if (event.proof.stage === 'probed') return true;
    if (event.proof.step !== 'page' || !event.answered || event.page === null || !left.has(event.page)) return false;
    // One request with a body to a page that another one wrote or used: what it was is not logged.
    return !isUse(event) || (posts === 1 && isSinglePost(event) && left.get(event.page) !== number);
  });
}

/** What a visitor finds answered proves the page of the other one, not an intrusion of the visitor's own. */
function visitorClaims(own: readonly Event[], left: ReadonlyMap<string, number>): Claim[] {
  const looked = own.filter(
    (event) => event.answered && event.page !== null && left.has(event.page) && event.proof.stage !== 'probed',
  );
  const rest = own.filter((event) => !looked.includes(event));
  const claims = rest.length === 0 ? [] : claimsOf(rest);
  if (looked.length > 0)
    claims.push({ pack: looked[0]!.pack, proof: builtIn.visitor, stage: 'probed', confidence: 'confirmed', events: looked });
  return claims.sort(byStrength);
}

function judged(
  draft: Draft,
  intruders: number,
  requests: ReadonlyMap<string, readonly Event[]>,
  removals: Removals,
  context: IntrusionContext,
): Judged {
  const { events, claims, declared, visitor } = draft;
  const declaredName = declared === null ? null : declared.name;
  const findings = claims.map((claim) => findingOf(claim, declaredName));
  const findingsOf = (event: Event): string[] =>
    claims.flatMap((claim, index) => (claim.events.includes(event) ? [findings[index]!.id] : []));
  // Possible never raises: the stage is the highest that is at least probable, else the highest at all.
  const best = claims.find(({ confidence }) => confidence !== 'possible') ?? claims[0]!;
  const pack = campaignOf(claims) ?? best.pack;
  const campaign = pack?.firstExploited == null ? null : pack;
  const times = events.map(({ timeMs }) => timeMs).filter((timeMs) => timeMs !== null);
  const firstMs = times[0] ?? null;
  const lastMs = lastOf(events);
  const early = earlyWindow(campaign, context);
  const hosts = new Map<string, { host: string; role: Event['role'] }>();
  const put = (host: string | null, role: Event['role']): void => {
    if (host !== null) hosts.set(`${host}\u0000${role}`, { host, role });
  };
  for (const { host, role } of events) put(host, role);
  // Something of theirs stands where their page answered, or where the cmdlet that writes it ran.
  if (
    !visitor &&
    claims.some(({ stage, confidence }) => confidence !== 'possible' && stageRank(stage) >= stageRank('implanted'))
  ) {
    for (const event of events)
      if ((event.page !== null && event.answered) || (event.proof.step === 'arm' && event.role === 'executed'))
        put(event.host, 'left');
  }
  const presence = presenceOf({
    claims: visitor ? [] : claims,
    events,
    requests,
    removals,
    known: context.known,
    statedKeys: context.statedKeys ?? [],
    goneFrom: context.goneFrom ?? (() => false),
    findingsOf,
    endMs: context.coverage.endMs,
    packs: packsOfClaims(claims, context.packs, context.coverage),
    whole:
      context.coverage.sources.some(({ spans }) => spans.length > 0) &&
      [...context.readable].some((kind) => context.coverage.has(kind)),
    covered: (fromMs) => coveredSince(claims, fromMs ?? firstMs, context),
  });
  const unsureWhen = events.some((event) => impossibleDate(event) !== null);
  const intrusion: Intrusion = {
    id: sha256Hex(`${campaign?.id ?? ''}\n${events[0]!.row.artifact}\n${events[0]!.row.offsetBytes}\n${best.proof.rule}`).slice(
      0,
      16,
    ),
    campaign: campaign?.id ?? null,
    role: visitor ? 'visitor' : 'intruder',
    stage: best.stage,
    confidence: best.confidence,
    firstUtc: isoUtcOrNull(firstMs),
    lastUtc: isoUtcOrNull(lastMs),
    // A date that cannot be says nothing about when it began.
    wave: visitor || unsureWhen ? [] : wavesOf(campaign, firstMs),
    targeting: targetingOf({
      pack: campaign,
      events,
      claims,
      firstMs,
      intruders,
      earlyCovered: early.covered,
      earlyText: early.text,
      findingsOf,
    }),
    presence,
    hosts: [...hosts].sort(([a], [b]) => byCodeUnit(a, b)).map(([, host]) => host),
    observables: observablesOf(events),
    findings: findings.map(({ id }) => id),
    declared: declaredName,
    together: [],
    apart: [],
    because: once(
      best.stage === 'none' ? [] : [byFinding(findings[claims.indexOf(best)]!.id)],
      [byRule(visitor ? 'role.visitor' : 'role.intruder')],
      byStage(best.stage),
      unsureWhen ? [byRule('clock.impossible')] : [],
    ),
    mail: visitor ? [] : takenMail(claims, events, (claim) => findings[claims.indexOf(claim)]!.id),
  };
  return { intrusion, events, claims, findings, declared, pack, firstMs };
}

/** The campaign of the strongest claim that has one. A log of cmdlets alone does not say through which hole its session came. */
function campaignOf(claims: readonly Claim[]): Pack | null {
  const named = claims.filter(({ pack }) => pack?.firstExploited != null);
  const inside = ({ events }: Claim): boolean => events.every(({ row }) => cmdletLogs.has(row.logSource));
  const [first] = named;
  const entered =
    first !== undefined && inside(first) ? named.find((claim) => claim.proof.step === 'enter' && !inside(claim)) : first;
  return (entered ?? first)?.pack ?? null;
}

/** The quiet weeks before the campaign became a mass: without them nobody can say "not chosen". */
function earlyWindow(pack: Pack | null, { coverage, readable }: IntrusionContext): { covered: boolean; text: string | null } {
  const first = pack?.waves[0];
  if (pack === null || first === undefined) return { covered: false, text: null };
  const fromMs = dayMs(first.from);
  const toMs = dayMs(first.to) + oneDayMs;
  // What was read through the hole leaves its trace in EWS: all that can be answered counts here.
  const covered = answerable(pack, readable).every((question) =>
    coverage.hostsFor(question.source).every((host) => coverage.covers(question, host, fromMs, toMs)),
  );
  return {
    covered,
    text: covered ? null : sentences.earlyOpen(fromMs, toMs - oneDayMs),
  };
}

function coveredSince(claims: readonly Claim[], fromMs: number | null, { coverage, packs, readable }: IntrusionContext): boolean {
  if (fromMs === null || Number.isNaN(coverage.endMs)) return false;
  return packsOfClaims(claims, packs, coverage)
    .flatMap((pack) => decisive(pack, readable))
    .every((question) =>
      coverage.hostsFor(question.source).every((host) => coverage.covers(question, host, fromMs, coverage.endMs)),
    );
}
