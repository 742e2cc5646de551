/** What could still change the answer, and how much of it there is to fetch: part of the assessment. */
import type { Answer } from './assessment.ts';

/** The answer as it would be. */
export interface WouldBe {
  readonly answer: Answer;
  readonly exitCode: 0 | 1 | 2;
}

/** One log or server to be fetched. */
export interface NextSource {
  /** Artifact kind; `host`: everything of a server of which nothing is here. */
  readonly kind: string;
  readonly host: string | null;
  /** Times that are missing of it. */
  readonly fromUtc: string | null;
  readonly toUtc: string | null;
  readonly where: string;
  readonly decides: string;
  /** If it were here alone and showed nothing more. */
  readonly ifNothing: WouldBe;
  /** If it showed what it can show; null: that changes nothing. */
  readonly ifSomething: WouldBe | null;
  /** Estimated, from the rate at which such logs are written here; null: no such log is here to tell. */
  readonly bytes: number | null;
  /** Files of a day each, where it is kept so. */
  readonly files: number | null;
  /** Whose rate it is. */
  readonly rateOf: 'this_server' | 'other_server' | 'nobody';
}

/** The shortest list that can still change the answer. */
export interface NextFiles {
  readonly answer: WouldBe;
  /** With all that is listed, and nothing found in it. */
  readonly ifNothing: WouldBe;
  readonly list: readonly NextSource[];
  /** Missing as well, and the answer would be the same with them. */
  readonly others: number;
  readonly bytes: number | null;
  readonly files: number | null;
  readonly says: string;
}
