/**
 * Whether a hole is open in a build. The traps are those of the numbers: a fix has one number per CU and never one for all
 * (15.1.2106.13 is closed although 15.1.2176.4 is higher and open), SE goes on with 15.2, an update of March 2021 for an old CU holds
 * four fixes and no earlier ones, two sources may give a fix two numbers, and some holes close only with a further step.
 */
import { compareBuilds, cuKey, productOf } from '../core/build.ts';
import type { Hole, Knowledge } from './load.ts';

export type HoleState =
  /** Open in this build. */
  | 'open'
  | 'fixed'
  /** The code is closed; whether a further step was taken, no build tells. */
  | 'step'
  /** Builds say nothing about it: Windows, .NET or a setting decides. */
  | 'no_build'
  | 'unknown'
  /** Published when nobody looked at this product any more: not known to be in it, and no fix exists. */
  | 'unsupported'
  | 'not_affected';

/** Why a state is `unknown`, or where `fixed` and `open` come from. */
export type HoleReason =
  | 'newest_fix'
  | 'fix_of_cu'
  | 'below_fix_of_cu'
  | 'cu_without_fix'
  | 'update_listed'
  | 'march_2021'
  | 'disputed'
  | 'cu_only'
  | 'role'
  | 'none';

export interface HoleAnswer {
  readonly state: HoleState;
  readonly reason: HoleReason;
}

/** What is installed: one build, or anything between two of the same CU where only the CU is known. */
export interface Installed {
  readonly from: string;
  readonly to: string;
}

export interface Beside {
  /** Updates that are known to be installed, `KB4536987`. */
  readonly updates?: ReadonlySet<string>;
  readonly role?: string | null;
}

/** The four fixes of the update of March 2021 for CUs that were out of support. */
export const fourFixes: readonly string[] = ['CVE-2021-26855', 'CVE-2021-26857', 'CVE-2021-26858', 'CVE-2021-27065'];

export function holeIn(knowledge: Knowledge, hole: Hole, installed: Installed, beside: Beside = {}): HoleAnswer {
  const low = inBuild(knowledge, hole, installed.from, beside);
  if (installed.from === installed.to) return low;
  const high = inBuild(knowledge, hole, installed.to, beside);
  return low.state === high.state ? low : { state: 'unknown', reason: 'cu_only' };
}

function inBuild(knowledge: Knowledge, hole: Hole, build: string, beside: Beside): HoleAnswer {
  const product = productOf(build);
  const role = beside.role?.toLowerCase();
  if (product === null) return { state: 'unknown', reason: 'none' };
  if (role !== undefined && hole.notOn.some((one) => one.toLowerCase() === role))
    return { state: 'not_affected', reason: 'role' };
  if (!hole.affects.includes(product)) {
    const end = knowledge.supportEnd.get(product) ?? null;
    return end !== null && hole.published !== null && hole.published > end && !hole.absentFrom.includes(product)
      ? { state: 'unsupported', reason: 'none' }
      : { state: 'not_affected', reason: 'none' };
  }
  const closed = byNumber(hole, build, hole.fixed.get(product) ?? []);
  const answer = closed?.state === 'fixed' ? withoutEarlier(knowledge, hole, build, closed, beside) : closed;
  if (answer === null) return { state: 'no_build', reason: 'none' };
  return answer.state === 'fixed' && hole.step !== null ? { state: 'step', reason: answer.reason } : answer;
}

/** null: no build closes it. */
function byNumber(hole: Hole, build: string, fixed: readonly string[]): HoleAnswer | null {
  const newest = fixed.at(-1);
  if (newest === undefined) return null;
  const own = hole.fixedOfCu.get(cuKey(build));
  // Between the two numbers that the sources name, nobody can tell.
  const named = own === undefined ? undefined : hole.disputed.get(own);
  if (named !== undefined && compareBuilds(build, named) >= 0 && compareBuilds(build, own!) < 0)
    return { state: 'unknown', reason: 'disputed' };
  if (compareBuilds(build, newest) >= 0) return { state: 'fixed', reason: own === newest ? 'fix_of_cu' : 'newest_fix' };
  if (own === undefined) return { state: 'open', reason: 'cu_without_fix' };
  return compareBuilds(build, own) >= 0 ? { state: 'fixed', reason: 'fix_of_cu' } : { state: 'open', reason: 'below_fix_of_cu' };
}

/** The update of March 2021 for an old CU raises the number past earlier fixes and does not hold them. */
function withoutEarlier(knowledge: Knowledge, hole: Hole, build: string, closed: HoleAnswer, { updates }: Beside): HoleAnswer {
  const own = knowledge.ofCu.get(cuKey(build)) ?? [];
  const special = own.find(
    ({ fourFixesOnly, build: first, alternatives }) =>
      fourFixesOnly && [first, ...alternatives].some((one) => compareBuilds(build, one) >= 0),
  );
  if (special === undefined || fourFixes.includes(hole.cve)) return closed;
  const cu = own[0]!.build;
  if (byNumber(hole, cu, hole.fixed.get(special.product) ?? [])?.state === 'fixed') return closed;
  const kb = knowledge.beforeMarch2021.get(cuKey(build))?.get(hole.cve);
  return kb !== undefined && updates?.has(kb) === true
    ? { state: 'fixed', reason: 'update_listed' }
    : { state: 'unknown', reason: 'march_2021' };
}
