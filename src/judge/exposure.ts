/**
 * When which server was open to what: which build ran when, told by rows and files that the running code left, × whether anybody from
 * outside was served × whether a mitigation stood before it; and how it stood when the intruders came. The way in which a request was
 * answered says nothing of it, nor do AdminDisplayVersion and a log's `#Version`.
 */
import { bareAddress, isPrivate } from '../core/address.ts';
import type { CoverageSpan, Exposure, SourceCoverage } from '../core/assessment.ts';
import { compareBuilds, cuKey, type Product, productOf } from '../core/build.ts';
import type { Pack } from '../core/pack.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, hourMs, isoUtc, isoUtcOrNull, oneDayMs } from '../core/time.ts';
import { type Hole, holeIn, identify, type Installed, type Knowledge, nearestFix, releaseName } from '../knowledge/index.ts';
import type { Observed } from '../run/index.ts';
import { type Period, type Timeline, timelineOf } from './build-timeline.ts';
import type { SeenOnHost, Sighting } from './builds-seen.ts';
import { type CampaignStand, campaignStand, standOfHole } from './campaign-stand.ts';
import { byRule, bySources, idOf, once } from './because.ts';
import { shortPackName } from './campaigns.ts';
import { exposureSentences as say } from './exposure-messages.ts';
import { rewriteMitigations } from './rewrite-mitigations.ts';
import type { Hosts } from './hosts.ts';
import type { Judged } from './intrusions.ts';

export interface ExposureContext {
  readonly hosts: Hosts;
  readonly packs: readonly Pack[];
  readonly judged: readonly Judged[];
  readonly sources: readonly SourceCoverage[];
  /** End of the evidence; NaN: no time at all. */
  readonly endMs: number;
  /** Loaded when a build was seen; no run without one needs it. */
  readonly knowledge: () => Knowledge;
}

const productNames: Readonly<Record<Product, string>> = {
  '2010': 'Exchange 2010',
  '2013': 'Exchange 2013',
  '2016': 'Exchange 2016',
  '2019': 'Exchange 2019',
  SE: 'Exchange SE',
};

/** How a build stands to a campaign. */
type Stand = 'open' | 'fixed' | 'unknown';

export function exposureOf(
  observed: Observed,
  seen: ReadonlyMap<string | null, SeenOnHost>,
  context: ExposureContext,
): Exposure[] {
  if (seen.size === 0) return [];
  const knowledge = context.knowledge();
  return [...seen].map(([host, own]) => exposureOfHost(observed, context, knowledge, host, own));
}

function exposureOfHost(
  observed: Observed,
  { hosts, packs, judged, endMs, sources }: ExposureContext,
  knowledge: Knowledge,
  host: string | null,
  { sightings, product, updates }: SeenOnHost,
): Exposure {
  const timeline = timelineOf(sightings);
  const last = lastBuild(timeline);
  const reached = reachOf(observed, hosts, host);
  const mitigations = afterCu(mitigationsOf(observed, hosts, knowledge, host), mitigatedMs(observed, hosts, host), timeline);
  const campaigns = packs
    .filter(({ fixedBuilds }) => fixedBuilds.length > 0)
    .map((pack): Exposure['campaigns'][number] => {
      const course = courseOf(timeline, ({ build, how }) =>
        standOf(campaignStand(knowledge, pack, installedOf(knowledge, build, how), updates)),
      );
      const mitigated = mitigations.some(({ state, cves }) => state === 'applied' && cves.includes(pack.cves[0]?.id ?? ''));
      const wasOpen = course.open.length > 0 || course.now === 'open';
      return {
        id: idOf('exposure', host, pack.id),
        campaign: pack.id,
        state: course.now === 'open' ? 'vulnerable' : course.now,
        fixedSinceUtc: isoUtcOrNull(course.fixedSinceMs),
        why: whyOf(timeline, course),
        because: once(bySources(sources, kindsOf(timeline, course), host), [byRule('exposure.build')]),
        open: course.open.map(toSpan),
        exposed: !wasOpen && course.now === 'fixed' ? 'no' : wasOpen && reached.state === 'yes' && !mitigated ? 'yes' : 'unknown',
        whenTheyCame: whenTheyCame(pack, host, judged, course),
      };
    });
  const inTime = ({ firstExploited }: Pack): boolean =>
    firstExploited !== null && (Number.isNaN(endMs) || dayMs(firstExploited) <= endMs);
  const open = packs.filter((pack) => campaigns.some(({ campaign, state }) => campaign === pack.id && state === 'vulnerable'));
  const openHoles = knowledge.holes.filter(({ cve }) => open.some(({ cves }) => cves.some(({ id }) => id === cve)));
  const fix = open.length === 0 || last === null ? null : nearestFix(knowledge, openHoles, last);
  const now = open.filter(inTime);
  return {
    host,
    product: product ?? productNameOf(last),
    builds: [
      ...timeline.periods.map(({ build, firstMs, lastMs, source, how, local }) => ({
        build,
        firstUtc: local ? null : isoUtcOrNull(firstMs),
        lastUtc: local ? null : isoUtcOrNull(lastMs),
        source,
        name: nameOf(knowledge, build),
        proof: how === 'failed' ? ('registered' as const) : how,
      })),
      ...distinctBuilds(timeline.undated).map(({ build, source, how }) => ({
        build,
        firstUtc: null,
        lastUtc: null,
        source,
        name: nameOf(knowledge, build),
        proof: how === 'failed' ? ('registered' as const) : how,
      })),
    ],
    changes: timeline.changes.map(({ kind, from, to, afterMs, byMs, local, source }) => ({
      kind,
      from,
      to,
      afterUtc: local ? null : isoUtcOrNull(afterMs),
      byUtc: local ? null : isoUtcOrNull(byMs),
      source,
    })),
    reached,
    mitigations,
    campaigns,
    holes: holesOf(knowledge, timeline, last, updates),
    fix:
      fix === null ? null : { build: fix.release.build, name: releaseName(fix.release), kb: fix.release.kb, sameCu: fix.sameCu },
    says:
      now.length === 0 || last === null
        ? null
        : say.open(host, last, nameOf(knowledge, last), now.map(shortPackName), closing(knowledge, now, last)),
  };
}

/** The nearest fix of those campaigns alone that are spoken of. */
function closing(knowledge: Knowledge, packs: readonly Pack[], build: string): Parameters<typeof say.open>[4] {
  const holes = knowledge.holes.filter(({ cve }) => packs.some(({ cves }) => cves.some(({ id }) => id === cve)));
  const fix = nearestFix(knowledge, holes, build);
  return fix === null
    ? null
    : { name: releaseName(fix.release), build: fix.release.build, kb: fix.release.kb, sameCu: fix.sameCu };
}

const toSpan = ({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): CoverageSpan => ({
  fromUtc: isoUtc(fromMs),
  toUtc: isoUtc(toMs),
});

const distinctBuilds = (list: readonly Sighting[]): Sighting[] =>
  list.filter(({ build, source }, at) => list.findIndex((one) => one.build === build && one.source === source) === at);

function nameOf(knowledge: Knowledge, build: string): string | null {
  const found = identify(knowledge, build);
  return found?.release === null || found?.release === undefined ? null : releaseName(found.release);
}

function productNameOf(build: string | null): string | null {
  if (build === null) return null;
  if (build.startsWith('8.')) return 'Exchange 2007';
  const product = productOf(build);
  return product === null ? null : productNames[product];
}

/** What a setup finds names the CU; any update of it may be there. */
function installedOf(knowledge: Knowledge, build: string, how: Sighting['how']): Installed {
  if (how !== 'registered') return { from: build, to: build };
  const own = knowledge.releases.filter((one) => productOf(build) === one.product && cuKey(one.build) === cuKey(build));
  return { from: build, to: own.at(-1)?.build ?? build };
}

/** A product that never had the hole is as good as closed. */
const standOf = (stand: CampaignStand): Stand => (stand === 'not_affected' ? 'fixed' : stand);

interface Course {
  readonly now: Stand;
  /** The build by which that is known; null: several that contradict each other. */
  readonly by: string | null;
  readonly open: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly fixedSinceMs: number | null;
  readonly states: readonly { readonly period: Period; readonly stand: Stand }[];
}

/** The build at the end: the last that ran; a file without a time counts when it is higher, for it was looked at last. */
function lastBuild({ periods, undated }: Timeline): string | null {
  const ran = periods.at(-1)?.build ?? null;
  const file = undated.filter(({ how }) => how === 'file').at(-1)?.build ?? undated.at(-1)?.build ?? null;
  if (ran === null || file === null) return ran ?? file;
  return compareBuilds(file, ran) > 0 ? file : ran;
}

function courseOf(timeline: Timeline, stand: (one: { readonly build: string; readonly how: Sighting['how'] }) => Stand): Course {
  // What setup put on, and no row or file shows, is not known to run.
  const proven = (one: Parameters<typeof stand>[0]): Stand => {
    const own = stand(one);
    return own === 'fixed' && (one.how === 'set_up' || one.how === 'registered') ? 'unknown' : own;
  };
  const states = timeline.periods.map((period) => ({ period, stand: proven(period) }));
  const open: { fromMs: number; toMs: number }[] = [];
  for (const [index, { period, stand: own }] of states.entries()) {
    if (own !== 'open' || period.local) continue;
    if (index > 0 && states[index - 1]!.stand === 'open' && open.length > 0) open.at(-1)!.toMs = period.lastMs;
    else open.push({ fromMs: period.firstMs, toMs: period.lastMs });
  }
  const last = lastBuild(timeline);
  const ended = states.at(-1);
  let now: Stand;
  if (ended !== undefined && ended.period.build === last) now = ended.stand;
  else {
    const told = timeline.undated.filter(({ how }) => how === 'file');
    const all = new Set(
      (ended === undefined ? (told.length > 0 ? told : timeline.undated) : told.filter(({ build }) => build === last)).map(
        proven,
      ),
    );
    now = all.size === 1 ? [...all][0]! : 'unknown';
  }
  const since = states.findLastIndex(({ stand: own }) => own !== 'fixed') + 1;
  const first = states[since]?.period;
  return {
    now,
    by: last,
    open,
    fixedSinceMs: now === 'fixed' && first !== undefined && !first.local ? first.provenMs : null,
    states,
  };
}

function whyOf({ periods, undated }: Timeline, { now, by, states }: Course): string {
  if (by === null) return say.noBuild;
  if (now === 'unknown')
    return periods.at(-1)?.build === by && periods.at(-1)!.how === 'set_up' ? say.putOn(by) : say.disputed(by);
  const period = periods.findLast(({ build }) => build === by);
  if (period === undefined || period.local) {
    const source = period?.source ?? undated.find(({ build }) => build === by)?.source ?? '';
    return say.said(by, source);
  }
  const before = states.findLast(({ stand }) => stand === 'open')?.period;
  if (now === 'fixed' && before !== undefined) return say.ranThen(before.build, before.lastMs, by, period.firstMs);
  return say.ran(by, period.firstMs, period.lastMs);
}

/** Logs and files that tell the build that is named. */
const kindsOf = ({ periods, undated }: Timeline, { by }: Course): string[] =>
  [...periods, ...undated].filter(({ build }) => build === by).map(({ source }) => source);

/** Beyond a day of silence a build may have changed unseen. */
const sureMs = oneDayMs;

function whenTheyCame(
  pack: Pack,
  host: string | null,
  judged: readonly Judged[],
  { states }: Course,
): Exposure['campaigns'][number]['whenTheyCame'] {
  const times = judged
    .filter(({ declared }) => declared === null || declared.goesOn)
    .flatMap(({ claims, intrusion }) =>
      claims
        .filter((claim) => claim.confidence !== 'possible' && stageRank(claim.stage) >= stageRank('attempted'))
        .filter(
          (claim) => (claim.pack !== null && claim.pack.firstExploited !== null ? claim.pack.id : intrusion.campaign) === pack.id,
        )
        .flatMap(({ events }) =>
          events.filter((event) => event.host === host || event.host === null).map(({ timeMs }) => timeMs),
        ),
    );
  if (times.length === 0) return null;
  const known = times.filter((ms) => ms !== null);
  const dated = states.filter(({ period }) => !period.local);
  if (known.length === 0 || dated.length === 0) return 'unknown';
  const ms = known.reduce((least, one) => Math.min(least, one));
  const at = dated.findLastIndex(({ period }) => period.firstMs <= ms);
  const [own, next] = [dated[at], dated[at + 1]];
  if (own === undefined) return dated[0]!.period.firstMs - ms <= sureMs ? dated[0]!.stand : 'unknown';
  if (ms <= own.period.lastMs || own.stand === next?.stand) return own.stand;
  return next === undefined && ms - own.period.lastMs <= sureMs ? own.stand : 'unknown';
}

/** Clients of requests, of logs that the server itself kept. */
export const clientGroups = ['c-ip|cs-username', 'ClientIpAddress|AuthenticatedUser', 'ClientIP|AuthenticatedUserEmail', 'c-ip'];

function reachOf(observed: Observed, hosts: Hosts, host: string | null): Exposure['reached'] {
  let asked = false;
  let [firstMs, lastMs] = [Number.NaN, Number.NaN];
  for (const artifact of observed.artifacts) {
    if (hosts.ofArtifact(artifact.path) !== host) continue;
    for (const part of artifact.parts) {
      for (const group of clientGroups) {
        for (const { tuple, firstMs: from, lastMs: to } of part.groups.get(group) ?? []) {
          const address = bareAddress(tuple[0] ?? '');
          if (address === null) continue;
          asked = true;
          if (isPrivate(address) || Number.isNaN(from)) continue;
          if (!(firstMs <= from)) firstMs = from;
          if (!(lastMs >= to)) lastMs = to;
        }
      }
    }
  }
  const state = Number.isNaN(firstMs) ? (asked ? 'not_seen' : 'unknown') : 'yes';
  return { state, firstUtc: isoUtcOrNull(firstMs), lastUtc: isoUtcOrNull(lastMs) };
}

/** A wall clock in a zone that nothing names can be this far off. */
const zoneMs = 14 * hourMs;

/** When EOMT last said that it had put its mitigation in, by the server's wall clock; NaN: it does not say. */
function mitigatedMs(observed: Observed, hosts: Hosts, host: string | null): number {
  const times = observed.artifacts
    .filter(({ path }) => hosts.ofArtifact(path) === host)
    .flatMap(({ parts }) => parts.flatMap(({ groups }) => groups.get('Kind|Seen') ?? []))
    .filter(({ tuple }) => tuple[0] === 'mitigated')
    .map(({ tuple }) => Date.parse(`${tuple[1] ?? ''}Z`));
  return times.length === 0 || times.some((ms) => Number.isNaN(ms)) ? Number.NaN : Math.max(...times);
}

/** A CU puts the web sites up anew, without the rule that a tool had put in; where it may have come before, that is not said. */
function afterCu(list: Exposure['mitigations'], appliedMs: number, { changes }: Timeline): Exposure['mitigations'] {
  const anew = changes.some(
    ({ kind, afterMs, local }) => (kind === 'cu' || kind === 'upgrade') && afterMs > appliedMs + (local ? 2 : 1) * zoneMs,
  );
  return list.map((one) => (anew && one.source === 'eomt' && one.state === 'applied' ? { ...one, state: 'removed' } : one));
}

function mitigationsOf(observed: Observed, hosts: Hosts, knowledge: Knowledge, host: string | null): Exposure['mitigations'] {
  const found = new Map<string, Exposure['mitigations'][number]>();
  const rank = { applied: 0, failed: 1, removed: 2 } as const;
  const add = (id: string, state: keyof typeof rank, source: string): void => {
    const known = found.get(id);
    // Their order is not known: what was taken out counts, then what failed.
    if (known !== undefined && rank[known.state] >= rank[state]) return;
    found.set(id, { id, state, cves: knowledge.mitigations.find((one) => one.id === id)?.cves ?? [], source });
  };
  for (const artifact of observed.artifacts) {
    for (const part of artifact.parts) {
      const rows = (part.groups.get('Server|Kind|Value') ?? []).filter(
        ({ tuple }) => (tuple[0] ?? '') === '' || sameHost(tuple[0]!, host) || hosts.ofArtifact(artifact.path) === host,
      );
      if (part.logSource === 'eomt') {
        const second = rows.some(({ tuple }) => /EOMTv2/i.test(tuple[2] ?? ''));
        const id = second ? 'powershell-rule' : 'backend-cookie';
        for (const { tuple } of rows) {
          if (tuple[1] === 'mitigated') add(id, 'applied', part.kind);
          else if (tuple[1] === 'rolled_back' || tuple[1] === 'not_mitigated') add(id, 'removed', part.kind);
          else if (tuple[1] === 'mitigation_failed') add(id, 'failed', part.kind);
        }
      } else if (part.logSource === 'health-checker') {
        for (const { tuple } of rows) {
          if (tuple[1] !== 'setting' || !/^Mitigations? applied/i.test(tuple[2] ?? '')) continue;
          if (/\bM1(?:\.\d+)?\b/.test(tuple[2]!)) add('powershell-rule', 'applied', part.kind);
          if (/\bM2(?:\.\d+)*\b/.test(tuple[2]!)) add('owa-script-policy', 'applied', part.kind);
        }
      }
    }
  }
  for (const { id, state } of rewriteMitigations(observed, hosts, knowledge, host)) add(id, state, 'iis-config');
  return [...found.values()].sort((a, b) => byCodeUnit(a.id, b.id));
}

const sameHost = (name: string, host: string | null): boolean => name.split('.', 1)[0]!.toUpperCase() === host;

function holesOf(knowledge: Knowledge, timeline: Timeline, last: string | null, updates: ReadonlySet<string>): Exposure['holes'] {
  if (last === null) return [];
  return knowledge.holes.flatMap((hole: Hole): Exposure['holes'][number][] => {
    const course = courseOf(timeline, ({ build, how }) =>
      standOfHole(holeIn(knowledge, hole, installedOf(knowledge, build, how), { updates }).state),
    );
    const how =
      timeline.periods.findLast(({ build }) => build === last)?.how ?? timeline.undated.find(({ build }) => build === last)?.how;
    const { state } = holeIn(knowledge, hole, installedOf(knowledge, last, how ?? 'file'), { updates });
    const quiet = state === 'not_affected' || state === 'fixed' || (state === 'unsupported' && hole.kev === null);
    if (quiet && course.open.length === 0) return [];
    return [
      {
        cve: hole.cve,
        name: hole.name,
        state: state === 'not_affected' ? 'fixed' : state,
        kevSince: hole.kev?.added ?? null,
        open: course.open.map(toSpan),
        fixedSinceUtc: isoUtcOrNull(course.fixedSinceMs),
        fix: state === 'open' ? (nearestFix(knowledge, [hole], last)?.release.build ?? null) : null,
      },
    ];
  });
}
