/**
 * A file of signatures → a copy that may be asked of many files at once, glued together: it matches wherever a signature matches one of
 * them, and says with its patterns which. Signatures that cannot be weakened so are asked by size, kind and name of the file alone.
 */
import { all, always, any, type Need, needOf } from './condition.ts';
import type { TestedFile } from './file-tests.ts';
import type { PatternDefinition, SourceOutline, SourceRule } from './source-rules.ts';

export interface RelaxedRule {
  readonly name: string;
  /** What the rule cannot be true without. */
  readonly need: Need;
  /** The copy for groups; null: nothing of it is left that patterns decide. */
  readonly copy: string | null;
}

/**
 * Patterns that glueing can hide: they look at the beginning or the end of the data (`^`, `$`), or at what stands before and behind
 * in a coded form.
 */
function hidden({ value, modifiers }: PatternDefinition): boolean {
  if (modifiers.includes('xor') && modifiers.includes('fullword')) return true;
  return value.kind === 'regex' && anchored(value.text);
}

/** A bare `^` or `$`, outside of a class. */
function anchored(regex: string): boolean {
  let inClass = false;
  for (let i = 1; i < regex.length; i++) {
    const char = regex[i]!;
    if (char === '\\') {
      // \A, \z and the like.
      if (/[AzZ]/.test(regex[i + 1] ?? '')) return true;
      i++;
    } else if (char === '[') {
      if (!inClass && regex[i + 1] === '^') i++;
      inClass = true;
    } else if (char === ']') inClass = false;
    else if (!inClass && (char === '^' || char === '$')) return true;
  }
  return false;
}

/** `needless` of a pattern in the tree. */
function without(need: Need, gone: (name: string) => boolean): Need {
  switch (need.kind) {
    case 'pattern':
      return gone(need.name) ? always : need;
    case 'some': {
      const names = need.names.filter((name) => !gone(name));
      const least = need.least - (need.names.length - names.length);
      return least < 1 || names.length === 0 ? always : { kind: 'some', least, names };
    }
    case 'and':
      return all(need.of.map((one) => without(one, gone)));
    case 'or':
      return any(need.of.map((one) => without(one, gone)));
    case 'rule':
    case 'file':
    case 'true':
      return need;
  }
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
      // Anonymous patterns have no name to be asked by.
      return `${need.least} of (${[...new Set(need.names.map((name) => (name === '$' ? '$*' : name)))].join(',')})`;
    case 'file':
    case 'true':
      return 'true';
  }
}

/** @param dead names of rules that do not compile */
export function relaxed({ rules }: SourceOutline, dead: ReadonlySet<string> = new Set()): RelaxedRule[] {
  const before = new Set<string>();
  const copied = new Set<string>();
  return rules.flatMap((rule) => {
    if (dead.has(rule.name)) return [];
    const one = relaxedRule(rule, before, copied);
    before.add(rule.name);
    if (one.copy !== null) copied.add(rule.name);
    return [one];
  });
}

function relaxedRule(rule: SourceRule, before: ReadonlySet<string>, copied: ReadonlySet<string>): RelaxedRule {
  const definitions = rule.patterns;
  const names = { patterns: definitions.map(({ name }) => name), rules: before };
  const covered = new Set(definitions.filter(hidden).map(({ name }) => name));
  const need = without(needOf(rule.condition, names), (name) => covered.has(name));
  const asked = ofPatterns(need, copied);
  if (asked.kind === 'true') return { name: rule.name, need, copy: null };
  const used = usedPatterns(asked, new Set());
  // `$*` asks for named ones, too: then none of them may be left out or added.
  const mixed = used.has('$') && used.size > 1;
  if (mixed) return { name: rule.name, need: ofFile(need), copy: null };
  const strings = definitions.filter(({ name }) => used.has(name)).map(({ text }) => `    ${text}\n`);
  const section = strings.length === 0 ? '' : `  strings:\n${strings.join('')}`;
  return { name: rule.name, need, copy: `rule ${rule.name} {\n${section}  condition:\n    ${textOf(asked)}\n}\n` };
}

/** What is left when nothing is known of patterns. */
function ofFile(need: Need): Need {
  switch (need.kind) {
    case 'and':
      return all(need.of.map(ofFile));
    case 'or':
      return any(need.of.map(ofFile));
    case 'file':
    case 'rule':
    case 'true':
      return need;
    case 'pattern':
    case 'some':
      return always;
  }
}

/** Whether a rule can be true of a file. @param has null: nothing is known of patterns */
export function mayHold(need: Need, file: TestedFile, has: ((pattern: string) => boolean) | null): boolean {
  switch (need.kind) {
    case 'true':
    case 'rule':
      return true;
    case 'and':
      return need.of.every((one) => mayHold(one, file, has));
    case 'or':
      return need.of.some((one) => mayHold(one, file, has));
    case 'file':
      return need.test(file);
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
