/** Several campaigns over one evidence: which of them a question concerns. */
import type { Pack, Wave } from '../core/pack.ts';
import type { Claim } from './claims.ts';
import { type Coverage, windowOf } from './coverage.ts';

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
