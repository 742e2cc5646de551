/** How what is installed stands to a campaign: by the pack's own borders, held against the list of holes. */
import { compareBuilds, productOf } from '../core/build.ts';
import type { Pack } from '../core/pack.ts';
import { holeIn, type HoleState, type Installed, type Knowledge } from '../knowledge/index.ts';

export type CampaignStand = 'open' | 'fixed' | 'unknown' | 'not_affected';

export function campaignStand(
  knowledge: Knowledge,
  pack: Pack,
  installed: Installed,
  updates: ReadonlySet<string> = new Set(),
): CampaignStand {
  const product = productOf(installed.from);
  if (product === null) return 'unknown';
  // SE goes on where 2019 ends: the last line of 2019 holds for it.
  const line = product === 'SE' ? '2019' : product;
  const entry = knowledge.holes.find(({ cve }) => cve === pack.cves[0]?.id);
  if (!pack.fixedBuilds.some(({ from }) => productOf(from) === line))
    return entry !== undefined && holeIn(knowledge, entry, installed).state === 'unsupported' ? 'unknown' : 'not_affected';
  const low = isFixed(pack, installed.from);
  if (low !== isFixed(pack, installed.to)) return 'unknown';
  const answer = entry === undefined ? null : standOfHole(holeIn(knowledge, entry, installed, { updates }).state);
  const stand = low ? 'fixed' : 'open';
  // Where the pack and the list of holes differ, the sources do.
  return answer === null || answer === stand ? stand : 'unknown';
}

export const standOfHole = (state: HoleState): 'open' | 'fixed' | 'unknown' =>
  state === 'open' ? 'open' : state === 'unknown' || state === 'no_build' || state === 'unsupported' ? 'unknown' : 'fixed';

/** Each entry names the first fixed build of a line and where the line ends; builds between are fixed. */
export const isFixed = (pack: Pack, build: string): boolean =>
  pack.fixedBuilds.some(({ from, below }) => compareBuilds(build, from) >= 0 && compareBuilds(build, below) < 0);
