/** What is certain before all is read, on standard error: whoever waits learns of a break-in early. It says more or nothing, never less. */
import type { Verdict } from '../core/assessment.ts';
import { stageRank, stages } from '../core/stage.ts';

/** Runs that are over by then need none. */
const quietMs = 1500;
/** Of the time that looks take, at least so many times is left for reading. */
const timesForReading = 20;

export class SoFar {
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  #nextMs: number;
  #told = 0;

  constructor(write: (line: string) => void, now: () => number) {
    this.#write = write;
    this.#now = now;
    this.#nextMs = now() + quietMs;
  }

  /** @param percent of the bytes that are read; null: of many files only the most telling, which is looked at in any case */
  look(judge: () => Verdict, percent: number | null): void {
    const began = this.#now();
    // Nothing is more than all of it.
    if ((percent !== null && began < this.#nextMs) || this.#told === stages.length - 1) return;
    const { answer, entered, confidence, stage, headline } = judge();
    const ended = this.#now();
    this.#nextMs = ended + Math.max(quietMs, (ended - began) * timesForReading);
    // What is only likely may fall when the rest is read.
    if (answer !== 'confirmed' || entered !== 'yes' || confidence !== 'confirmed' || stageRank(stage) <= this.#told) return;
    this.#told = stageRank(stage);
    const after = percent === null ? 'from the first logs' : `after ${Math.floor(percent)} % of the reading`;
    this.#write(`Certain ${after}: ${headline} The rest is read for who, how far and what else.`);
  }
}
