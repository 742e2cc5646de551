/** What one check of one step came to. */
import type { CameBack, StepProof, StepState, StepView } from '../core/verified.ts';

export interface Outcome {
  readonly state: StepState;
  readonly view: StepView | null;
  /** When it is first seen to be done; null: not, or unknown. */
  readonly doneMs: number | null;
  readonly text: string;
  readonly evidence: readonly StepProof[];
  readonly back: CameBack | null;
}

export const cannotTell = (text: string, evidence: readonly StepProof[] = []): Outcome => ({
  state: 'cannot_tell',
  view: null,
  doneMs: null,
  text,
  evidence,
  back: null,
});

export const isDone = (text: string, view: StepView, doneMs: number | null, evidence: readonly StepProof[] = []): Outcome => ({
  state: 'done',
  view,
  doneMs,
  text,
  evidence,
  back: null,
});

export const notDone = (
  text: string,
  view: StepView | null,
  evidence: readonly StepProof[],
  back: CameBack | null = null,
): Outcome => ({
  state: 'not_done',
  view,
  doneMs: null,
  text,
  evidence,
  back,
});

const trust: Readonly<Record<StepView, number>> = { outside: 3, disk: 2, server: 1, people: 0 };

/**
 * Of several that speak about one step: what shows that it is not done goes before what shows that it is; of equals the one that the server
 * could not have written itself. When none tells, the first says why.
 */
export function strongest(outcomes: readonly Outcome[]): Outcome {
  const rank = ({ state, view }: Outcome): number =>
    (state === 'not_done' ? 20 : state === 'done' ? 10 : 0) + (view === null ? 0 : trust[view]);
  return outcomes.reduce((best, one) => (rank(one) > rank(best) ? one : best));
}

/** The latest of times that are known; null: none is. */
export const latest = (times: readonly (number | null)[]): number | null =>
  times.reduce((found, time) => (time !== null && !Number.isNaN(time) && (found === null || time > found) ? time : found), null);
