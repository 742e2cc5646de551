/**
 * Sigma rules. In: the text of rule files. Out: checked plain data, and a {@link Detector} or {@link ManyRules} per log source that
 * states what a reader has to look for and decides candidate rows.
 *
 * Rules of packs ({@link parseRule}) are written for our own sources and kept to what costs nothing on rows that do not matter:
 * selections as maps and lists of maps; text, number and null values and lists of them; wildcards; the modifiers contains, startswith,
 * endswith, all, re (i, s), cased, exists, lt, lte, gt, gte; conditions with and, or, not, parentheses, `1 of`, `any of`, `all of`,
 * `them`. Anything else is an error that shows its place, never a rule that is silently weaker.
 *
 * Rules of others ({@link parseCollection}, {@link bindRules}) are the whole of Sigma 2.1, as docs/reference/sigma.md says it.
 */
export { appliesTo, rulesBySource } from './applies-to.ts';
export { type Collection, parseCollection } from './collection.ts';
export type { About, CommunityRule, Correlation, Filter } from './community.ts';
export { type BoundRule, compileMany, type ManyRules, type Selection, speaksAbout } from './compile-many.ts';
export { correlate, type Correlated, type CorrelationHit, type Mark } from './correlate.ts';
export type { Placeholders } from './item.ts';
export { modifierWords } from './modifiers.ts';
export { bindRules, type RuleSet, type RunCorrelation, type RunRule, type Unrun } from './rule-set.ts';
export { isRuleCode, type RuleCode, ruleCodes } from './rule-codes.ts';
export { generalCategories, keyOf, sourceOfKey, wordsOf } from './sources.ts';
export type { SourceVariant } from './source-variant.ts';
export type { VariantView } from './row-view.ts';
export { serviceVariant, windowsCategories, windowsServices } from './windows-sources.ts';
export { compileRules } from './compile.ts';
export * from './indicators/index.ts';
export { literalHolds, MemoryRows, type PlainRow } from './memory-rows.ts';
export { MayHold } from './may-hold.ts';
export { parseRule } from './parse.ts';
export { fieldsOf, levels, statuses, type Expr, type GlobPart, type Rule, type Test, type TextHow } from './rule.ts';
export { excerptOf, placeOf, RuleError, SourceError, type Place } from './source-error.ts';
export { YamlSource, type Entry, type Fail, type Located } from './yaml-source.ts';
