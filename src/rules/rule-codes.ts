/**
 * Why a rule of others cannot run, or is not run. The reference page of rule errors is made from this table. `error`: something
 * is wrong with the rule, or we cannot run it as it stands. `skipped`: nothing is wrong; it speaks about logs that nobody reads here.
 */
export const ruleCodes = {
  'rule.yaml': { kind: 'error', says: 'the file is not valid YAML', fix: 'correct the marked place' },
  'rule.alias': {
    kind: 'error',
    says: 'YAML aliases and anchors are not read, because a few of them can stand for gigabytes',
    fix: 'write the value out',
  },
  'rule.large': { kind: 'error', says: 'the file, a list or a condition is larger than any rule is', fix: 'split it' },
  'rule.deep': { kind: 'error', says: 'more levels than any rule has', fix: 'write it flat' },
  'rule.missing': { kind: 'error', says: 'something that every rule has is missing', fix: 'add it' },
  'rule.value': { kind: 'error', says: 'a value of a kind that has no meaning there', fix: 'correct the marked value' },
  'rule.selection': {
    kind: 'error',
    says: 'a selection is empty or has a form that has no meaning',
    fix: 'write fields with values, or a list of words',
  },
  'rule.modifier': {
    kind: 'error',
    says: 'a modifier that Sigma does not have, or in a place where it has no meaning',
    fix: 'see the list of modifiers',
  },
  'rule.encoding': {
    kind: 'error',
    says: 'a value with wildcards cannot be encoded',
    fix: 'escape them, or leave the encoding out',
  },
  'rule.network': { kind: 'error', says: 'the value of `cidr` is no network', fix: 'write it like 10.0.0.0/8 or fe80::/10' },
  'rule.regex': { kind: 'error', says: 'the regular expression is not valid', fix: 'correct the marked place' },
  'rule.regex_lookaround': {
    kind: 'error',
    says: 'the regular expression looks around (`(?=`, `(?!`, `(?<=`, `(?<!`), which has no linear-time form',
    fix: 'say it with a second selection and `not`',
  },
  'rule.regex_backreference': {
    kind: 'error',
    says: 'the regular expression refers back to what it found (`\\1`), which has no linear-time form',
    fix: 'say it without',
  },
  'rule.regex_large': {
    kind: 'error',
    says: 'the regular expression, written out, is too large: nested repeats or a repeat above 1000',
    fix: 'use smaller repeats',
  },
  'rule.condition': {
    kind: 'error',
    says: 'the condition cannot be read',
    fix: 'a condition reads like `selection and not 1 of filter_*`',
  },
  'rule.condition_name': { kind: 'error', says: 'the condition names a selection that is not there', fix: 'name one that is' },
  'rule.aggregation': {
    kind: 'error',
    says: 'an aggregation behind `|` of the old Sigma that has no counterpart among correlations (`near`, `min`, `max`, `avg`)',
    fix: 'write a correlation',
  },
  'rule.placeholder': {
    kind: 'error',
    says: "a placeholder (`|expand: '%name%'`) has no values: the rule would say something else without them",
    fix: 'give them with --placeholders',
  },
  'rule.logsource': { kind: 'error', says: 'the log source is empty or no text', fix: 'name a category, product or service' },
  'rule.action': { kind: 'error', says: 'an `action` that rule collections do not have', fix: 'use global, reset or repeat' },
  'rule.correlation': {
    kind: 'error',
    says: 'a correlation that lacks something or has it in a wrong form',
    fix: 'correct the marked place',
  },
  'rule.correlation_rule': {
    kind: 'error',
    says: 'a correlation refers to a rule that is not here or cannot run',
    fix: 'hand in that rule, too',
  },
  'rule.correlation_cycle': { kind: 'error', says: 'correlations refer to each other in a circle', fix: 'break the circle' },
  'rule.filter': {
    kind: 'error',
    says: 'a filter that lacks something or has it in a wrong form',
    fix: 'correct the marked place',
  },
  'rule.filter_rule': { kind: 'error', says: 'a filter names a rule that is not here', fix: 'hand in that rule, too' },
  'rule.invalid': {
    kind: 'error',
    says: 'something else about the rule is wrong, or is not supported in the rules of packs',
    fix: 'correct the marked place',
  },
  'skipped.product': { kind: 'skipped', says: 'the rule speaks about another product: no log of it is read here', fix: '' },
  'skipped.source': { kind: 'skipped', says: 'the rule speaks about a log that no reader gives', fix: '' },
  'skipped.duplicate': { kind: 'skipped', says: 'a rule with the same id was handed in before; the first one runs', fix: '' },
  'skipped.referred': {
    kind: 'skipped',
    says: 'the rule only feeds a correlation that says nothing of `generate`, so that it gives no hits of its own',
    fix: '',
  },
} as const satisfies Readonly<
  Record<string, { readonly kind: 'error' | 'skipped'; readonly says: string; readonly fix: string }>
>;

export type RuleCode = keyof typeof ruleCodes;

export const isRuleCode = (code: string): code is RuleCode => Object.hasOwn(ruleCodes, code);
