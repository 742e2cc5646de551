/** Says on standard error which rules of others were loaded, which were skipped, and which cannot run. */
import type { Finding } from '../../core/assessment.ts';
import type { Files } from '../../core/platform.ts';
import { rulesWords } from '../../report/index.ts';
import type { RuleSet } from '../../rules/index.ts';
import { say } from '../say.ts';
import { readPlaceholders, readRules } from './read-rules.ts';

/** Cannot run, though they should. */
export const unable = (set: RuleSet): RuleSet['unrun'] => set.unrun.filter(({ code }) => !code.startsWith('skipped.'));

/** @param choose leaves out what was not asked for */
export function rulesLoaded(
  paths: readonly string[],
  placeholders: string | undefined,
  files: Files,
  choose: (set: RuleSet) => RuleSet = (set) => set,
): RuleSet {
  const read = readRules(paths, files, readPlaceholders(placeholders, files));
  const set = choose(read.set);
  const cannot = unable(read.set);
  const skipped = read.set.unrun.filter(({ code }) => code.startsWith('skipped.'));
  say(rulesWords.loaded(read.files, set.rules.length, set.correlations.length, cannot.length, skipped.length));
  for (const one of cannot) say(`  ${one.file}:${one.line}: ${one.code}: ${one.what}`);
  const reasons = new Map<string, number>();
  for (const { code, what } of skipped) reasons.set(`${code}: ${what}`, (reasons.get(`${code}: ${what}`) ?? 0) + 1);
  for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) say(`  skipped ${count}: ${reason}`);
  return set;
}

/** After an assessment: how much they matched, and what that is worth. */
export function sayMatched(findings: readonly Finding[]): void {
  const own = findings.filter(({ rule }) => rule.startsWith('other/'));
  say(
    rulesWords.matched(
      own.length,
      own.reduce((sum, { count }) => sum + count, 0),
    ),
  );
}
