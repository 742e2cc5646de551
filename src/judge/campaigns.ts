/** Several campaigns over one evidence: which of them a question concerns. */
import type { Pack, Wave } from '../core/pack.ts';
import { dayMs } from '../core/time.ts';
import type { Claim } from './claims.ts';
import type { Coverage } from './coverage.ts';
import { windowOf } from './campaign-window.ts';
import { timelineOf } from './build-timeline.ts';
import type { SeenOnHost } from './builds-seen.ts';
import { isFixed } from './campaign-stand.ts';

/** From its first day on everybody was attacked: what came before is the quiet time. */
export const mainWave = (pack: Pack): Wave | undefined =>
  pack.waves.find(({ main }) => main === true) ??
  pack.waves.find(({ from, to }) => pack.patched !== null && from <= pack.patched && pack.patched <= to);

export const isCampaign = ({ firstExploited }: Pack): boolean => firstExploited !== null;

/** `ProxyShell` of `ProxyShell, the attacks on …`. */
export const shortPackName = ({ name }: Pack): string => name.split(',', 1)[0]!;

/**
 * Packs whose attacks can be in this evidence: a campaign that began after its end has nothing to say about it. Where that is
 * every campaign, all of them stay: then it is the evidence that says nothing.
 */
export function packsInTime(packs: readonly Pack[], coverage: Coverage): readonly Pack[] {
  const inTime = packs.filter((pack) => !isCampaign(pack) || windowOf(pack, coverage) !== null);
  return inTime.some(isCampaign) ? inTime : packs;
}

/**
 * Packs on whose questions "how far did they get" rests: the campaigns that the claims belong to, and the packs that belong to
 * none. The logs of another campaign's steps would show nothing of these.
 */
export function packsOfClaims(claims: readonly Claim[], packs: readonly Pack[], coverage: Coverage): readonly Pack[] {
  const own = new Set(claims.flatMap(({ pack }) => (pack !== null && isCampaign(pack) ? [pack.id] : [])));
  return own.size === 0 ? packsInTime(packs, coverage) : packs.filter((pack) => !isCampaign(pack) || own.has(pack.id));
}

/**
 * How well a campaign fits a row where another one's requests look the same: it had begun by then; the server's build was open to it;
 * of two that still fit the later one, for the earlier hole was older news.
 */
export function fitOf(
  seen: ReadonlyMap<string | null, Pick<SeenOnHost, 'sightings'>>,
): (pack: Pack, host: string | null, timeMs: number | null) => number {
  const ran = new Map([...seen].map(([host, { sightings }]) => [host, timelineOf(sightings)] as const));
  return (pack, host, timeMs) => {
    if (pack.firstExploited === null) return -1;
    const firstMs = dayMs(pack.firstExploited);
    const { periods, undated } = ran.get(host) ?? { periods: [], undated: [] };
    // The build that ran at that time: the last one seen before it, else the first one known.
    const running =
      timeMs === null
        ? undefined
        : (periods.findLast((period) => !period.local && period.firstMs <= timeMs) ?? periods[0] ?? undated[0]);
    const begun = timeMs === null || timeMs >= firstMs ? 4 : 0;
    const open = running === undefined || pack.fixedBuilds.length === 0 ? 1 : isFixed(pack, running.build) ? 0 : 2;
    return begun + open + firstMs / 1e15;
  };
}
