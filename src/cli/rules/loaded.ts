/** Says on standard error which rules of others were loaded, what they apply to, which were skipped, and which cannot run. */
import type { Assessment } from '../../core/assessment.ts';
import type { Files } from '../../core/platform.ts';
import type { RulesRecord } from '../../case/index.ts';
import type { AppliedRules } from '../../judge/index.ts';
import { reasonLines, rulesWords } from '../../report/index.ts';
import type { RuleSet } from '../../rules/index.ts';
import { say } from '../say.ts';
import { readPlaceholders, readRules } from './read-rules.ts';

/** Cannot run, though they should. */
export const unable = (set: RuleSet): RuleSet['unrun'] => set.unrun.filter(({ code }) => !code.startsWith('skipped.'));

export interface LoadOptions {
  readonly rules: readonly string[];
  readonly placeholders?: string;
  /** Each one that does not run is named. */
  readonly explainRules?: true;
}

export interface LoadedRules {
  readonly set: RuleSet;
  readonly files: number;
}

/** @param choose leaves out what was not asked for */
export function rulesLoaded(
  { rules, placeholders, explainRules }: LoadOptions,
  files: Files,
  choose: (set: RuleSet) => RuleSet = (set) => set,
): LoadedRules {
  const read = readRules(rules, files, readPlaceholders(placeholders, files));
  const set = choose(read.set);
  const { unrun } = read.set;
  const cannot = unable(read.set).length;
  say(rulesWords.loaded(read.files, set.rules.length, set.correlations.length, cannot, unrun.length - cannot));
  if (explainRules === true) for (const one of unrun) say(`  ${one.file}:${one.line}: ${one.code}: ${one.what}`);
  else {
    for (const line of reasonLines(unrun)) say(line);
    if (unrun.length > 0) say(rulesWords.explain);
  }
  return { set, files: read.files };
}

/** After an assessment: what they applied to, how much they matched, and what that is worth. */
export function sayMatched(
  { findings, intrusions, evidence }: Assessment,
  applied: readonly AppliedRules[],
  { explainRules }: LoadOptions,
): void {
  if (explainRules === true)
    for (const { artifact, records, rules, hits } of applied) say(rulesWords.applied(artifact, records, rules, hits));
  say(rulesWords.appliedAll(applied.length, evidence.length));
  const own = findings.filter(({ rule }) => rule.startsWith('other/'));
  const joined = new Set(intrusions.flatMap((one) => one.findings));
  const sum = (some: typeof own): number => some.reduce((all, { count }) => all + count, 0);
  const rules = new Set(own.map(({ rule }) => rule)).size;
  say(rulesWords.matched(rules, sum(own), sum(own.filter(({ id }) => joined.has(id)))));
}

/** All of it, for `run.json`. */
export const rulesRecord = ({ set, files }: LoadedRules, applied: readonly AppliedRules[]): RulesRecord => ({
  files,
  run: set.rules.length,
  correlations: set.correlations.length,
  unrun: set.unrun.map(({ file, line, code, what }) => ({ file, line, code, what })),
  applied,
});
