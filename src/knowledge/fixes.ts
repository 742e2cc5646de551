/** The nearest way to a closed build. Every CU is a whole build: any later one of the product is reached in one step. */
import { compareBuilds, cuKey, productOf } from '../core/build.ts';
import { holeIn } from './holes.ts';
import { type Hole, isMeant, type Knowledge, type Release } from './load.ts';

export interface Fix {
  readonly release: Release;
  /** An update for the CU that is there; else the CU has to be changed. */
  readonly sameCu: boolean;
}

/** The lowest release that closes all of `holes`; null: none of this product does. */
export function nearestFix(knowledge: Knowledge, holes: readonly Hole[], build: string): Fix | null {
  const product = productOf(build);
  const later = knowledge.releases.filter(
    (one) => one.product === product && isMeant(one) && compareBuilds(one.build, build) > 0 && !one.fourFixesOnly,
  );
  // For a CU out of support, the update of March 2021 is the nearest one for what it holds.
  const special = knowledge.releases.filter(
    (one) =>
      one.fourFixesOnly && cuKey(one.build) === cuKey(build) && one.product === product && compareBuilds(one.build, build) > 0,
  );
  const closes = (release: Release): boolean =>
    holes.every((hole) => {
      const { state } = holeIn(knowledge, hole, { from: release.build, to: release.build });
      return state === 'fixed' || state === 'step' || state === 'not_affected';
    });
  const release = [...special, ...later].find(closes);
  return release === undefined ? null : { release, sameCu: cuKey(release.build) === cuKey(build) };
}

/** When the fix for this hole came for the CU of `build`, or else for any later CU; null: never. */
export function fixReleased(knowledge: Knowledge, hole: Hole, build: string): Release | null {
  return nearestFix(knowledge, [hole], build)?.release ?? null;
}

/** The last release of the product that we know. */
export const newestOf = (knowledge: Knowledge, build: string): Release | null =>
  knowledge.releases.findLast((one) => one.product === productOf(build) && isMeant(one)) ?? null;
