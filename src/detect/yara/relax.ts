/**
 * A file of signatures → a copy that may be asked of many files at once, glued together: it matches wherever a signature matches one of
 * them, and says with its patterns which. Signatures that cannot be weakened so are asked by size, kind and name of the file alone.
 */
import { base64Forms } from './base64-forms.ts';
import { all, always, any, type Names, type Need, needOf } from './condition.ts';
import type { TestedFile } from './file-tests.ts';
import type { PatternDefinition, SourceOutline, SourceRule } from './source-rules.ts';

export interface RelaxedRule {
  readonly name: string;
  /** What the rule cannot be true without. */
  readonly need: Need;
  /** The copy for groups; null: nothing of it is left that patterns decide. */
  readonly copy: string | null;
  /** The copy only tells which patterns are there: it holds of every group. */
  readonly tells: boolean;
}

/**
 * A pattern as it is looked for among files that are glued together: without what looks at the beginning or the end of the data (`^`,
 * `$`), or at what stands before and behind in a coded form. A regular expression without its assertions matches wherever it did.
 */
function unbound({ value, text, name, modifiers }: PatternDefinition, called: string): string {
  const behind = text.slice(name.length);
  if (value.kind === 'regex') return `${called}${behind.replace(value.text, () => withoutAnchors(value.text))}`;
  const coded = modifiers.includes('xor') && modifiers.includes('fullword');
  return `${called}${coded ? behind.replace(/\bfullword\b(?!.*["}])/, '') : behind}`;
}

/**
 * What is looked for in base64 must be decoded with what stands beside it, which among glued files is something else: its three forms
 * are looked for instead. null: they cannot be told.
 */
function looseDefinition(definition: PatternDefinition, called: string): string | null {
  const { value, modifiers, text } = definition;
  if (!modifiers.includes('base64') && !modifiers.includes('base64wide')) return unbound(definition, called);
  // An alphabet of its own.
  if (value.kind !== 'text' || /\bbase64(?:wide)?\s*\(/.test(text.slice(text.indexOf(value.text) + value.text.length)))
    return null;
  const forms = base64Forms(value.text, modifiers);
  return forms === null ? null : `${called} = ${forms}`;
}

/** Without patterns of which nothing can be told. */
function without(need: Need, gone: ReadonlySet<string>): Need {
  switch (need.kind) {
    case 'pattern':
      return gone.has(need.name) ? always : need;
    case 'some': {
      const names = need.names.filter((name) => !gone.has(name));
      const least = need.least - (need.names.length - names.length);
      return least < 1 || names.length === 0 ? always : { kind: 'some', least, names };
    }
    case 'and':
      return all(need.of.map((one) => without(one, gone)));
    case 'or':
      return any(need.of.map((one) => without(one, gone)));
    case 'rule':
    case 'file':
    case 'said':
    case 'true':
      return need;
  }
}

/** Without bare `^` and `$`, but in a class. */
function withoutAnchors(regex: string): string {
  let text = '';
  let inClass = false;
  for (let i = 0; i < regex.length; i++) {
    const char = regex[i]!;
    if (char === '\\') {
      text += char + (regex[i + 1] ?? '');
      i++;
      continue;
    }
    if (!inClass && (char === '^' || char === '$')) continue;
    text += char;
    if (char === '[' && !inClass) {
      inClass = true;
      if (regex[i + 1] === '^') text += regex[++i]!;
      // A bracket that comes first is one of the class.
      if (regex[i + 1] === ']') text += regex[++i]!;
    } else if (char === ']') inClass = false;
  }
  return text;
}

/** What patterns alone say: tests of the file are made elsewhere. */
function ofPatterns(need: Need, rules: ReadonlySet<string>): Need {
  switch (need.kind) {
    case 'and':
      return all(need.of.map((one) => ofPatterns(one, rules)));
    case 'or':
      return any(need.of.map((one) => ofPatterns(one, rules)));
    case 'rule':
      return rules.has(need.name) ? need : always;
    case 'file':
    case 'said':
      return always;
    case 'pattern':
    case 'some':
    case 'true':
      return need;
  }
}

function usedPatterns(need: Need, into: Set<string>): Set<string> {
  if (need.kind === 'pattern') into.add(need.name);
  else if (need.kind === 'some') for (const name of need.names) into.add(name);
  else if (need.kind === 'and' || need.kind === 'or') for (const one of need.of) usedPatterns(one, into);
  return into;
}

function textOf(need: Need): string {
  switch (need.kind) {
    case 'and':
    case 'or':
      return `(${need.of.map(textOf).join(` ${need.kind} `)})`;
    case 'pattern':
    case 'rule':
      return need.name;
    case 'some':
      return `${need.least} of (${need.names.join(',')})`;
    case 'file':
    case 'said':
    case 'true':
      return 'true';
  }
}

/** @param dead names of rules that do not compile */
export function relaxed({ rules, imports }: SourceOutline, dead: ReadonlySet<string> = new Set()): RelaxedRule[] {
  const modules = new Set(imports.map(({ module }) => module));
  const before = new Set<string>();
  const copied = new Set<string>();
  return rules.flatMap((rule) => {
    if (dead.has(rule.name)) return [];
    const one = relaxedRule(rule, { rules: before, modules }, copied);
    before.add(rule.name);
    if (one.copy !== null && !one.tells) copied.add(rule.name);
    return [one];
  });
}

function relaxedRule(rule: SourceRule, before: Pick<Names, 'rules' | 'modules'>, copied: ReadonlySet<string>): RelaxedRule {
  // Those without a name get one, to be told apart.
  const definitions = rule.patterns.map((definition, index) => {
    const name = definition.name === '$' ? `$_without_name_${index}` : definition.name;
    return { name, text: looseDefinition(definition, name) };
  });
  const names = { patterns: definitions.map(({ name }) => name), ...before };
  const gone = new Set(definitions.filter(({ text }) => text === null).map(({ name }) => name));
  const need = without(needOf(rule.condition, names), gone);
  const asked = ofPatterns(need, copied);
  // What patterns alone do not decide: which of them are there still thins out what is asked.
  const tells = asked.kind === 'true';
  const used = usedPatterns(tells ? need : asked, new Set());
  if (used.size === 0 && tells) return { name: rule.name, need, copy: null, tells };
  const strings = definitions.filter(({ name }) => used.has(name)).map(({ text }) => `    ${text}\n`);
  const section = strings.length === 0 ? '' : `  strings:\n${strings.join('')}`;
  const condition = tells ? 'any of them or filesize >= 0' : textOf(asked);
  return { name: rule.name, need, copy: `rule ${rule.name} {\n${section}  condition:\n    ${condition}\n}\n`, tells };
}

/** All terms that the engine is asked for themselves. */
export function termsIn(need: Need, into: Set<string>): void {
  if (need.kind === 'said') into.add(need.term);
  else if (need.kind === 'and' || need.kind === 'or') for (const one of need.of) termsIn(one, into);
}

/**
 * Whether a rule can be true of a file.
 * @param has null: nothing is known of patterns
 * @param said whether a term of modules holds for it
 */
export function mayHold(
  need: Need,
  file: TestedFile,
  has: ((pattern: string) => boolean) | null,
  said: (term: string) => boolean,
): boolean {
  switch (need.kind) {
    case 'true':
    case 'rule':
      return true;
    case 'and':
      return need.of.every((one) => mayHold(one, file, has, said));
    case 'or':
      return need.of.some((one) => mayHold(one, file, has, said));
    case 'file':
      return need.test(file);
    case 'said':
      return said(need.term);
    case 'pattern':
      return has === null || has(need.name);
    case 'some': {
      if (has === null) return true;
      let count = 0;
      for (const name of need.names) if (has(name) && ++count >= need.least) return true;
      return false;
    }
  }
}
