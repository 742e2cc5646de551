/**
 * Rules of others made ready to run: filters applied, duplicates left out, logs found, correlations tied to their rules. What
 * cannot run is told with a code and a place, what nobody reads here with a reason.
 */
import { combine } from './condition.ts';
import type { About, CommunityDocument, CommunityRule, Correlation, Filter } from './community.ts';
import type { Collection } from './collection.ts';
import type { BoundRule } from './compile-many.ts';
import type { RuleCode } from './rule-codes.ts';
import type { SourceError } from './source-error.ts';
import { keyOf, sourceOfKey, wordsOf } from './sources.ts';

export interface RunRule extends BoundRule {
  readonly about: About;
  /** It only feeds correlations. */
  readonly silent: boolean;
  /** Fields whose values correlations need, by the community's names. */
  readonly marks: readonly string[];
  /** A correlation needs its events. */
  readonly marked: boolean;
}

export interface RunCorrelation {
  readonly id: string;
  readonly about: About;
  readonly correlation: Correlation;
  /** Ids of rules or correlations, in the order of `correlation.rules`. */
  readonly rules: readonly string[];
  readonly silent: boolean;
}

export interface Unrun {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** null: the document could not be read as far as that. */
  readonly id: string | null;
  readonly title: string | null;
  readonly code: RuleCode;
  readonly what: string;
  readonly fix: string;
  /** Of a rule that is skipped: the product or the log that it speaks about; else null. */
  readonly about: string | null;
  /** The marked line; null: the rule itself is in order. */
  readonly message: string | null;
}

export interface RuleSet {
  readonly rules: readonly RunRule[];
  /** Those that others refer to before those that refer to them. */
  readonly correlations: readonly RunCorrelation[];
  readonly unrun: readonly Unrun[];
  /** Documents that were read: rules, correlations, filters. */
  readonly documents: number;
  readonly filters: number;
}

export function bindRules(collections: readonly Collection[]): RuleSet {
  const unrun: Unrun[] = [];
  const rules = new Map<string, CommunityRule>();
  const correlations = new Map<string, Correlation>();
  const filters: Filter[] = [];
  const named = new Map<string, string>();
  let documents = 0;
  for (const { documents: made, errors } of collections) {
    for (const error of errors) unrun.push(failed(error, null));
    for (const document of made) {
      documents++;
      if (document.kind === 'filter') {
        filters.push(document);
        continue;
      }
      if (rules.has(document.id) || correlations.has(document.id)) {
        // Files of one name in several folders are other rules; the same UUID is the same rule.
        const other = document.uuid === null ? freeId(document.id, rules, correlations) : null;
        if (other === null) {
          unrun.push(
            told(
              document,
              'skipped.duplicate',
              `the id is that of ${(rules.get(document.id) ?? correlations.get(document.id)!).file}`,
            ),
          );
          continue;
        }
        take({ ...document, id: other });
        continue;
      }
      take(document);
    }
  }
  function take(document: CommunityRule | Correlation): void {
    if (document.kind === 'rule') rules.set(document.id, document);
    else correlations.set(document.id, document);
    for (const word of [document.id, document.name])
      if (word !== null && !named.has(word.toLowerCase())) named.set(word.toLowerCase(), document.id);
  }
  const find = (word: string): string | null => named.get(word.toLowerCase()) ?? null;

  applyFilters(filters, rules, find, unrun);
  const running = new Map<string, CommunityRule>();
  for (const rule of rules.values()) {
    const source = sourceOfKey(keyOf(rule.source));
    if ('code' in source) {
      unrun.push(
        told(
          rule,
          source.code,
          source.code === 'skipped.product' ? `it is about ${source.word}` : `no reader gives ${wordsOf(source.key)}`,
          '',
          source.code === 'skipped.product' ? source.word : wordsOf(source.key),
        ),
      );
    } else if (rule.unset.length > 0) unrun.push(failed(rule.unset[0]!, rule));
    else running.set(rule.id, rule);
  }
  const tied = tie(correlations, running, rules, find, unrun);
  const referred = new Map<string, { silent: boolean; fields: Set<string> }>();
  for (const { correlation, rules: ids } of tied) {
    for (const [index, id] of ids.entries()) {
      const entry = referred.get(id) ?? { silent: true, fields: new Set<string>() };
      referred.set(id, entry);
      if (correlation.generate) entry.silent = false;
      for (const field of fieldsFor(correlation, correlation.rules[index]!)) entry.fields.add(field);
    }
  }
  for (const rule of running.values())
    if (referred.get(rule.id)?.silent === true && !rule.id.endsWith('/events'))
      unrun.push(told(rule, 'skipped.referred', 'it feeds a correlation and gives no hits of its own'));
  return {
    rules: [...running.values()].map((rule): RunRule => {
      const entry = referred.get(rule.id);
      return {
        id: rule.id,
        source: keyOf(rule.source),
        expr: rule.expr,
        about: aboutOf(rule),
        silent: entry?.silent === true,
        marked: entry !== undefined,
        marks: [...(entry?.fields ?? [])],
      };
    }),
    correlations: tied.map((one) => ({ ...one, silent: referred.get(one.id)?.silent === true })),
    unrun,
    documents,
    filters: filters.length,
  };
}

function freeId(id: string, ...taken: readonly ReadonlyMap<string, unknown>[]): string | null {
  for (let copy = 2; copy < 1000; copy++) if (!taken.some((map) => map.has(`${id}~${copy}`))) return `${id}~${copy}`;
  return null;
}

function aboutOf({
  id,
  file,
  line,
  uuid,
  name,
  title,
  description,
  status,
  level,
  author,
  tags,
  references,
  falsepositives,
}: About): About {
  return { id, file, line, uuid, name, title, description, status, level, author, tags, references, falsepositives };
}

const told = (document: CommunityDocument, code: RuleCode, what: string, fix = '', about: string | null = null): Unrun => ({
  file: document.file,
  line: document.line,
  column: 1,
  id: document.id,
  title: document.title,
  code,
  what,
  fix,
  about,
  message: null,
});

const failed = (error: SourceError, rule: About | null): Unrun => ({
  file: error.file,
  line: error.line,
  column: error.column,
  id: rule?.id ?? null,
  title: rule?.title ?? null,
  code: error.code as RuleCode,
  what: error.what,
  fix: error.fix,
  about: null,
  message: error.message,
});

/** Which field of a rule's events stands for each name that a correlation groups by or counts. */
export function fieldOf(correlation: Correlation, name: string, rule: string): string {
  const alias = Object.hasOwn(correlation.aliases, name) ? correlation.aliases[name]! : null;
  return alias !== null && Object.hasOwn(alias, rule) ? alias[rule]! : name;
}

const fieldsFor = (correlation: Correlation, rule: string): string[] =>
  [...correlation.groupBy, ...correlation.fields].map((name) => fieldOf(correlation, name, rule));

function applyFilters(
  filters: readonly Filter[],
  rules: Map<string, CommunityRule>,
  find: (word: string) => string | null,
  unrun: Unrun[],
): void {
  for (const filter of filters) {
    const key = keyOf(filter.source).split('/');
    // A filter is for rules of its log: every word that it names must be the rule's.
    const fits = (rule: CommunityRule): boolean =>
      keyOf(rule.source)
        .split('/')
        .every((word, index) => key[index] === '' || key[index] === word);
    const wanted = filter.rules ?? [...rules.values()].filter(fits).map(({ id }) => id);
    for (const word of wanted) {
      const id = find(word);
      const rule = id === null ? undefined : rules.get(id);
      if (rule === undefined)
        unrun.push(told(filter, 'rule.filter_rule', `there is no rule \`${word}\``, 'hand in that rule, too'));
      else if (fits(rule)) rules.set(rule.id, { ...rule, expr: combine('and', [rule.expr, filter.expr]) });
      else unrun.push(told(filter, 'rule.filter_rule', `\`${word}\` is about another log`, 'correct the log source'));
    }
  }
}

/** Correlations with the ids of their rules, in an order in which each comes behind those that it refers to. */
function tie(
  correlations: ReadonlyMap<string, Correlation>,
  running: ReadonlyMap<string, CommunityRule>,
  all: ReadonlyMap<string, CommunityRule>,
  find: (word: string) => string | null,
  unrun: Unrun[],
): Omit<RunCorrelation, 'silent'>[] {
  const tied: Omit<RunCorrelation, 'silent'>[] = [];
  const state = new Map<string, 'open' | 'good' | 'bad'>();
  const visit = (correlation: Correlation): boolean => {
    const known = state.get(correlation.id);
    if (known === 'open') {
      unrun.push(told(correlation, 'rule.correlation_cycle', 'it refers to itself through others', 'break the circle'));
      state.set(correlation.id, 'bad');
      return false;
    }
    if (known !== undefined) return known === 'good';
    state.set(correlation.id, 'open');
    const ids: string[] = [];
    let skipped: string | null = null;
    for (const word of correlation.rules) {
      const id = find(word);
      const other = id === null ? undefined : correlations.get(id);
      if (id !== null && running.has(id)) ids.push(id);
      else if (other !== undefined && visit(other)) ids.push(other.id);
      else {
        const rule = id === null ? undefined : all.get(id);
        const source = rule === undefined ? null : sourceOfKey(keyOf(rule.source));
        skipped = word;
        if (state.get(correlation.id) === 'bad') return false;
        unrun.push(
          source !== null && 'code' in source
            ? told(correlation, source.code, `its rule \`${word}\` is about ${source.word}`, '', source.word)
            : told(
                correlation,
                'rule.correlation_rule',
                rule === undefined && other === undefined ? `there is no rule \`${word}\`` : `its rule \`${word}\` cannot run`,
                'hand in that rule, too',
              ),
        );
        break;
      }
    }
    const good = skipped === null;
    state.set(correlation.id, good ? 'good' : 'bad');
    if (good) tied.push({ id: correlation.id, about: aboutOf(correlation), correlation, rules: ids });
    return good;
  };
  for (const correlation of correlations.values()) visit(correlation);
  return tied;
}
