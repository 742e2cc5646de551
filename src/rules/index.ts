/**
 * Sigma rules. In: the text of rule files. Out: checked plain data ({@link Rule}), and one {@link Detector} per log source that
 * states what a reader has to look for and decides candidate rows.
 *
 * Supported of Sigma 2.x: selections as maps and lists of maps; text, number and null values and lists of them; wildcards; the
 * modifiers contains, startswith, endswith, all, re (i, s), cased, exists, lt, lte, gt, gte; conditions with and, or, not,
 * parentheses, `1 of`, `any of`, `all of`, `them`. Everything else is an error that shows its place, never a rule that is silently
 * weaker. Left out: keywords, correlations, filters, placeholders, `windash`, `fieldref`, `cidr`, `base64`.
 */
export { compileRules } from './compile.ts';
export { literalHolds, MemoryRows, type PlainRow } from './memory-rows.ts';
export { parseRule } from './parse.ts';
export { fieldsOf, levels, statuses, type Expr, type GlobPart, type Rule, type Test, type TextHow } from './rule.ts';
export { excerptOf, placeOf, RuleError, SourceError, type Place } from './source-error.ts';
export { YamlSource, type Entry, type Fail, type Located } from './yaml-source.ts';
