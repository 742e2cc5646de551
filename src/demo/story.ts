/** A story: what happens to the organisation, as data. The stories themselves stand in `stories/`, one file each. */
import type { Step } from './step.ts';
import type { Expectation } from './truth.ts';

export interface Chapter {
  readonly name: string;
  /** One of the story's intruders. */
  readonly by: string;
  /** When it begins: a share of the whole time, from 0 to 1, drawn between the two. */
  readonly at: readonly [from: number, to: number];
  readonly steps: readonly Step[];
}

export interface StoryIntruder {
  /** Two that share one are behind the same exit. Left out: an address of its own. */
  readonly sharesAddressOf?: string;
  /** Addresses that they change between, chapter by chapter. */
  readonly addresses?: number;
  /** Where their page stands, with `{RANDOM8}` and the like; left out: they leave none. */
  readonly page?: string;
}

export interface Story {
  readonly name: string;
  /** One sentence. */
  readonly what: string;
  /** Published sources of its rows. */
  readonly sources: readonly string[];
  readonly from: string;
  readonly days: number;
  readonly builds: { readonly before: string; readonly after: string };
  /** When the update is installed, as a share of the time; null: never within it. */
  readonly patchedAt: number | null;
  readonly intruders: Readonly<Record<string, StoryIntruder>>;
  readonly chapters: readonly Chapter[];
  /** So many of those who leave a page come, the first ones; each to a server of their own choice. Left out: all, to one server. */
  readonly writers?: readonly [from: number, to: number];
  /** What somebody took out of a log afterwards. */
  readonly removal?: { readonly log: string; readonly whose: 'hostile'; readonly most: number };
  /** What happened before the first row. */
  readonly before?: string;
  readonly expect: Expectation;
}
