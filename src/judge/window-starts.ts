/**
 * From when on a campaign could have reached a server: the later of its first known use and the first day on which the server was there,
 * open and asked from outside. Only what records prove moves that day; a build that is first seen later says nothing of the time before.
 */
import { bareAddress, isPrivate } from '../core/address.ts';
import type { Pack } from '../core/pack.ts';
import { dayMs, oneDayMs } from '../core/time.ts';
import type { Knowledge } from '../knowledge/index.ts';
import type { Observed } from '../run/index.ts';
import { type Timeline, timelineOf } from './build-timeline.ts';
import type { SeenOnHost } from './builds-seen.ts';
import { campaignStand } from './campaign-stand.ts';
import { isCampaign } from './campaigns.ts';
import type { Coverage } from './coverage.ts';
import { clientGroups } from './exposure.ts';
import type { Hosts } from './hosts.ts';

/** Beyond a day of silence a build may have changed unseen. */
const sureMs = oneDayMs;
/** A balancer hides who asks behind one or two addresses of its own. */
const fewestClients = 3;

/** By pack and server; servers that are not here have none. Infinity: it never could. */
export type WindowStarts = ReadonlyMap<string, ReadonlyMap<string | null, number>>;

export function windowStartsOf(
  observed: Observed,
  seen: ReadonlyMap<string | null, SeenOnHost>,
  {
    hosts,
    packs,
    coverage,
    knowledge,
  }: {
    readonly hosts: Hosts;
    readonly packs: readonly Pack[];
    readonly coverage: Coverage;
    readonly knowledge: () => Knowledge;
  },
): WindowStarts {
  const present: readonly (string | null)[] = hosts.present.length === 0 ? [null] : hosts.present;
  const timelines = new Map([...seen].map(([host, { sightings }]) => [host, timelineOf(sightings)]));
  const starts = new Map<string, Map<string | null, number>>();
  // The same for every pack, and each asks all parts of a server.
  const born = onceFor((host) => bornMs(observed, hosts, host));
  const reached = onceFor((host) => firstReached(observed, hosts, host));
  for (const pack of packs) {
    if (!isCampaign(pack)) continue;
    const firstMs = dayMs(pack.firstExploited!);
    if (!(coverage.endMs >= firstMs)) continue;
    const own = new Map<string | null, number>();
    for (const host of present) {
      const timeline = timelines.get(host);
      const later = [
        born(host),
        timeline === undefined || pack.fixedBuilds.length === 0
          ? null
          : openFromMs(pack, timeline, seen.get(host)!, firstMs, coverage.endMs, knowledge),
        reachedMs(reached(host), coverage, host, firstMs),
      ].filter((ms) => ms !== null && ms > firstMs);
      if (later.length > 0) own.set(host, Math.max(...later.map((ms) => ms!)));
    }
    if (own.size > 0) starts.set(pack.id, own);
  }
  return starts;
}

function onceFor<T>(make: (host: string | null) => T): (host: string | null) => T {
  const made = new Map<string | null, T>();
  return (host) => {
    if (!made.has(host)) made.set(host, make(host));
    return made.get(host)!;
  };
}

/** The setup log begins with the installation of the server, and nothing of it is older. */
function bornMs(observed: Observed, hosts: Hosts, host: string | null): number | null {
  let [installedMs, firstSetupMs, firstMs] = [Number.NaN, Number.NaN, Number.NaN];
  for (const artifact of observed.artifacts) {
    if (hosts.ofArtifact(artifact.path) !== host) continue;
    for (const part of artifact.parts) {
      if (part.kind === 'exchange-setup') {
        if (!(part.firstMs >= firstSetupMs)) firstSetupMs = part.firstMs;
        for (const { tuple, firstMs: at } of part.groups.get('Build|Mode|Result') ?? [])
          if (tuple[1] === 'Install' && !(at >= installedMs)) installedMs = at;
      } else if (part.speaksFor === 'span' && !(part.firstMs >= firstMs)) firstMs = part.firstMs;
    }
  }
  // Its first steps are the check of what is needed, within the same day.
  const isFirst = installedMs - firstSetupMs < oneDayMs && !(firstMs < firstSetupMs - oneDayMs);
  return isFirst ? firstSetupMs : null;
}

/** Where the server is seen with a closed build before the first use, it was closed until another one may have run; null: it is not seen so. */
function openFromMs(
  pack: Pack,
  { periods }: Timeline,
  { updates }: SeenOnHost,
  firstMs: number,
  endMs: number,
  knowledge: () => Knowledge,
): number | null {
  const dated = periods.filter(({ local }) => !local);
  const at = dated.findLastIndex((period) => period.firstMs <= firstMs);
  if (at === -1) return null;
  const closed = ({ build, how }: (typeof dated)[number]): boolean => {
    if (how === 'set_up' || how === 'registered') return false;
    const stand = campaignStand(knowledge(), pack, { from: build, to: build }, updates);
    return stand === 'fixed' || stand === 'not_affected';
  };
  let last = -1;
  for (let index = at; index < dated.length && closed(dated[index]!); index++) last = index;
  if (last === -1) return null;
  const untilMs = dated[last]!.lastMs;
  if (last === dated.length - 1 && endMs - untilMs <= sureMs) return Number.POSITIVE_INFINITY;
  return untilMs > firstMs ? untilMs : null;
}

/** Who came to a server: when first somebody from outside, NaN for never, and how many of its own network before. */
interface Reached {
  readonly outsideMs: number;
  readonly insideBefore: number;
}

/** null: it cannot be told, for somebody found no room in the counts, or has no time. */
function firstReached(observed: Observed, hosts: Hosts, host: string | null): Reached | null {
  let outsideMs = Number.NaN;
  const inside = new Map<string, number>();
  for (const artifact of observed.artifacts) {
    if (hosts.ofArtifact(artifact.path) !== host) continue;
    for (const { groups, groupOverflow, speaksFor } of artifact.parts) {
      if (speaksFor !== 'span') continue;
      for (const group of clientGroups) {
        const clients = groups.get(group) ?? [];
        // Some found no room in the counts: anybody may be among them.
        if (clients.length > 0 && groupOverflow > 0) return null;
        for (const { tuple, firstMs: at } of clients) {
          const address = bareAddress(tuple[0] ?? '');
          if (address === null) continue;
          if (Number.isNaN(at)) return null;
          if (isPrivate(address)) inside.set(address, Math.min(inside.get(address) ?? at, at));
          else if (!(at >= outsideMs)) outsideMs = at;
        }
      }
    }
  }
  return { outsideMs, insideBefore: [...inside.values()].filter((at) => at < outsideMs).length };
}

/** First client from outside, in a log that goes back beyond the first use and has clients of its own network before. */
function reachedMs(reached: Reached | null, coverage: Coverage, host: string | null, firstMs: number): number | null {
  if (reached === null || !(reached.outsideMs > firstMs + oneDayMs)) return null;
  const { outsideMs, insideBefore } = reached;
  return insideBefore >= fewestClients && coverage.covers({ source: 'iis-w3c' }, host, firstMs, outsideMs) ? outsideMs : null;
}

/** The same coverage, asked of each server from then on. */
export const withStarts = (coverage: Coverage, starts: WindowStarts): Coverage =>
  starts.size === 0
    ? coverage
    : { ...coverage, startMs: (pack, host) => starts.get(pack)?.get(host) ?? Number.NEGATIVE_INFINITY };
