/** Says on standard error how many indicators were loaded, and afterwards how many were met. */
import { type PreparedIndicators, prepareIndicators } from '../../assess.ts';
import type { Finding } from '../../core/assessment.ts';
import type { Files } from '../../core/platform.ts';
import { indicatorWords, ofOthersWords } from '../../report/index.ts';
import { say } from '../say.ts';
import { readIndicators } from './read-indicators.ts';

export interface LoadedIndicators {
  readonly prepared: PreparedIndicators;
  /** Files of which nothing is looked for. */
  readonly unused: readonly string[];
}

export function indicatorsLoaded(paths: readonly string[], files: Files): LoadedIndicators {
  const set = readIndicators(paths, files);
  say(
    indicatorWords.loaded(
      set.files,
      set.size,
      set.leftOut().reduce((sum, { count }) => sum + count, 0),
    ),
  );
  const unused = set.unused();
  if (unused.length > 0) say(ofOthersWords.unused(unused));
  return { prepared: prepareIndicators(set.list()), unused };
}

export function sayMet(findings: readonly Finding[]): void {
  const own = findings.filter(({ rule }) => rule.startsWith('indicator/'));
  say(
    indicatorWords.met(
      own.length,
      own.reduce((sum, { count }) => sum + count, 0),
    ),
  );
}
