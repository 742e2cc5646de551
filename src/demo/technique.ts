/** One way in, or one thing done inside, as somebody would do it on one visit: played into evidence that is there already. */
import type { Stage } from '../core/stage.ts';
import type { Step } from './step.ts';

export interface Technique {
  /** `<pack>/<name>`: the pack whose campaign it belongs to. */
  readonly id: string;
  /** What they do, to stand behind "Never …". */
  readonly name: string;
  /** How far it takes them, whatever is seen of it. */
  readonly stage: Stage;
  /** Published sources of its rows. */
  readonly sources: readonly string[];
  /** Also on Exchange 2010. */
  readonly before2013?: true;
  /** Where their page stands; left out: they leave none. */
  readonly page?: string;
  readonly steps: readonly Step[];
}

/** A pack, or a part of what it tells, that is not played, and why. */
export interface NotPlayed {
  readonly pack: string;
  readonly what: string;
  readonly why: string;
}
