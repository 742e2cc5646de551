/**
 * Reads files of rules of the community: one rule or many documents, `action: global | reset | repeat`, correlations, filters, the
 * aggregations of the old Sigma. What is wrong with one document is said with its place and does not hide the others.
 * @see https://github.com/SigmaHQ/sigma-specification
 */
import { ConditionError, combine, parseCondition } from './condition.ts';
import type { About, CommunityDocument, CommunityRule, Filter } from './community.ts';
import { aggregationOf, correlationOf, names } from './correlation-source.ts';
import { itemOf, mostTests, type Placeholders, type PlaceholderUse } from './item.ts';
import { type Keys, keysOf, type Layers, loose } from './layers.ts';
import type { SigmaLogSource } from './log-source.ts';
import type { Expr } from './rule.ts';
import { placeOf, RuleError, SourceError } from './source-error.ts';
import { type Located, YamlSource } from './yaml-source.ts';

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Items of selections in one document, all lists counted. */
const mostItems = 20_000;
const mostSelections = 1000;

export interface Collection {
  readonly documents: readonly CommunityDocument[];
  readonly errors: readonly SourceError[];
}

export function parseCollection(text: string, file: string, placeholders: Placeholders = {}): Collection {
  const documents: CommunityDocument[] = [];
  const errors: SourceError[] = [];
  const attempt = (read: () => void): void => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      errors.push(error);
    }
  };
  attempt(() => {
    let globals: Layers = [];
    let previous: Layers = [];
    const sources = YamlSource.all(text, (what, fix, offset, length, code) => {
      return new RuleError(code ?? 'rule.value', what, fix, file, text, offset, length);
    });
    for (const source of sources) {
      if (source instanceof SourceError) {
        errors.push(source);
        continue;
      }
      attempt(() => {
        const { root } = source;
        if (root.kind !== 'map') throw root.error('a rule is a map of keys and values', 'begin with `title:`', 'rule.missing');
        const action = keysOf([root]).get('action')?.at(-1);
        switch (action?.text().toLowerCase()) {
          case 'global':
            globals = [...globals, root];
            return;
          case 'reset':
            globals = [];
            return;
          case 'repeat':
            previous = [...previous, root];
            break;
          case undefined:
            previous = [...globals, root];
            break;
          default:
            throw action!.error(`unknown action \`${action!.text()}\``, 'use global, reset or repeat', 'rule.action');
        }
        if (previous.length > 64) throw root.error('too many documents that build on each other', 'write them out', 'rule.large');
        for (const made of documentOf(previous, { text, file, placeholders }, documents.length + errors.length))
          documents.push(made);
      });
    }
    if (sources.length === 0) throw new RuleError('rule.missing', 'the file holds no rule', 'write one', file, text, 0);
  });
  return { documents, errors };
}

interface Context {
  readonly text: string;
  readonly file: string;
  readonly placeholders: Placeholders;
}

function documentOf(layers: Layers, context: Context, index: number): CommunityDocument[] {
  const root = layers.at(-1)!;
  const keys = keysOf(layers);
  const about = aboutOf(keys, root, context, index);
  if (keys.has('correlation')) return [correlationOf(keys, about)];
  if (keys.has('filter')) return [filterOf(keys, about, context)];
  return ruleOf(keys, root, about, context);
}

function aboutOf(keys: Keys, root: Located, { text, file }: Context, index: number): About {
  const last = (key: string): Located | null => {
    const value = keys.get(key)?.at(-1);
    return value === undefined || value.kind === 'null' ? null : value;
  };
  /** What is said for people only is taken as it is, and what has no text is left out. */
  const word = (key: string): string | null => {
    const value = last(key);
    if (value === null) return null;
    if (value.kind === 'list')
      return value
        .list()
        .map((one) => loose(one))
        .join(', ');
    return loose(value);
  };
  const words = (key: string): string[] => {
    const value = last(key);
    if (value === null) return [];
    return (value.kind === 'list' ? value.list() : [value]).map(loose).filter((one) => one !== '');
  };
  const title = last('title');
  if (title === null)
    throw root.error('`title` is missing', 'add `title:` (rules need title, logsource and detection)', 'rule.missing');
  const stated = word('id');
  const uuid = stated !== null && uuidShape.test(stated) ? stated.toLowerCase() : null;
  const stem = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).replace(/\.ya?ml$/i, '');
  return {
    id: uuid ?? (index === 0 ? stem : `${stem}#${index + 1}`),
    file,
    line: placeOf(text, root.offset).line,
    uuid,
    name: word('name'),
    title: loose(title),
    description: word('description'),
    status: word('status'),
    level: word('level')?.toLowerCase() ?? null,
    author: word('author'),
    tags: words('tags'),
    references: words('references'),
    falsepositives: words('falsepositives'),
  };
}

function sourceOf(keys: Keys, root: Located): SigmaLogSource {
  const layers = keys.get('logsource');
  if (layers === undefined) throw root.error('`logsource` is missing', 'name a category, product or service', 'rule.missing');
  const parts: { category?: string; product?: string; service?: string } = {};
  for (const layer of layers)
    for (const { name, value } of layer.entries())
      if ((name === 'category' || name === 'product' || name === 'service') && value.kind !== 'null') {
        if (value.kind !== 'text') throw value.error(`\`${name}\` is a text`, 'write one word', 'rule.logsource');
        parts[name] = value.text().toLowerCase();
      }
  if (Object.keys(parts).length === 0)
    throw layers.at(-1)!.error('the log source is empty', 'name a category, product or service', 'rule.logsource');
  return parts;
}

interface Detection {
  readonly selections: ReadonlyMap<string, Expr>;
  readonly conditions: readonly Located[];
  readonly timeframe: Located | null;
}

const notSelections = new Set(['condition', 'timeframe', 'rules', 'fields']);

function detectionOf(layers: Layers, placeholders: PlaceholderUse): Detection {
  const parts = keysOf(layers);
  const condition = parts.get('condition')?.at(-1);
  if (condition === undefined) throw layers.at(-1)!.error('`condition` is missing', 'add `condition: selection`', 'rule.missing');
  const selections = new Map<string, Expr>();
  const budget = { left: mostItems };
  for (const [name, values] of parts) {
    if (notSelections.has(name)) continue;
    if (selections.size >= mostSelections)
      throw values.at(-1)!.error('more selections than any rule has', 'split it', 'rule.large');
    selections.set(name, selectionOf(values, placeholders, budget));
  }
  return {
    selections,
    conditions: condition.kind === 'list' ? condition.list() : [condition],
    timeframe: parts.get('timeframe')?.at(-1) ?? null,
  };
}

function selectionOf(layers: Layers, placeholders: PlaceholderUse, budget: { left: number }): Expr {
  const last = layers.at(-1)!;
  if (last.kind === 'map') {
    // Of a selection that stands in several layers each field counts as it was said last.
    const fields = new Map<string, { readonly key: Located; readonly value: Located }>();
    for (const layer of layers)
      if (layer.kind === 'map') for (const { name, key, value } of layer.entries()) fields.set(name, { key, value });
    if (fields.size === 0) throw last.error('an empty selection matches everything', 'add a field', 'rule.selection');
    return combine(
      'and',
      [...fields].map(([name, { key, value }]) => {
        spend(budget, value.kind === 'list' ? value.list().length : 1, value);
        return itemOf(name, key, value, placeholders);
      }),
    );
  }
  const items = last.kind === 'list' ? last.list() : [last];
  if (items.length === 0 || last.kind === 'null')
    throw last.error('an empty selection has no meaning', 'add fields, or words to look for', 'rule.selection');
  spend(budget, items.length, last);
  return combine(
    'or',
    items.map((item) => {
      if (item.kind === 'map') return selectionOf([item], placeholders, budget);
      if (item.kind === 'list') throw item.error('a list within a list has no meaning', 'write one list', 'rule.selection');
      return itemOf('', item, item, placeholders);
    }),
  );
}

function spend(budget: { left: number }, items: number, at: Located): void {
  budget.left -= items;
  if (budget.left < 0) throw at.error('more values than any rule has', 'split the rule', 'rule.large');
}

function conditionOf(condition: Located, text: string, at: number, selections: ReadonlyMap<string, Expr>): Expr {
  try {
    return parseCondition(text, selections);
  } catch (error) {
    if (error instanceof ConditionError)
      throw condition.errorInside(at + error.at, error.length, error.message, error.fix, error.code);
    throw error;
  }
}

const textOf = (condition: Located): string => {
  if (condition.kind !== 'text') throw condition.error('a condition is a text', 'write `condition: selection`', 'rule.condition');
  return condition.text();
};

function ruleOf(keys: Keys, root: Located, about: About, { placeholders }: Context): CommunityDocument[] {
  const source = sourceOf(keys, root);
  const layers = keys.get('detection');
  if (layers === undefined) throw root.error('`detection` is missing', 'add `detection:`', 'rule.missing');
  const unset: SourceError[] = [];
  const { selections, conditions, timeframe } = detectionOf(layers, { values: placeholders, unset, left: mostTests });
  if (conditions.length === 0) throw layers.at(-1)!.error('`condition` is an empty list', 'write one', 'rule.condition');
  const [first] = conditions;
  const bar = textOf(first!).indexOf('|');
  if (bar !== -1 && conditions.length === 1) {
    const text = textOf(first!);
    const expr = conditionOf(first!, text.slice(0, bar), 0, selections);
    const counted: CommunityRule = {
      ...about,
      kind: 'rule',
      source,
      expr,
      unset,
      id: `${about.id}/events`,
      uuid: null,
      name: `${about.id}/events`,
    };
    return [counted, aggregationOf(text, bar, first!, timeframe, about, counted.id)];
  }
  const exprs = conditions.map((condition) => conditionOf(condition, textOf(condition), 0, selections));
  return [{ ...about, kind: 'rule', source, unset, expr: combine('or', exprs) }];
}

function filterOf(keys: Keys, about: About, { placeholders }: Context): Filter {
  const layers = keys.get('filter')!;
  const whole = layers.at(-1)!;
  const source = sourceOf(keys, whole);
  const rules = keysOf(layers).get('rules')?.at(-1);
  if (rules === undefined) throw whole.error('`rules` is missing', 'name the rules, or `any`', 'rule.filter');
  const unset: SourceError[] = [];
  const { selections, conditions } = detectionOf(layers, { values: placeholders, unset, left: mostTests });
  if (unset.length > 0) throw unset[0]!;
  const exprs = conditions.map((condition) => conditionOf(condition, textOf(condition), 0, selections));
  return {
    ...about,
    kind: 'filter',
    source,
    rules: rules.kind === 'text' && rules.text().toLowerCase() === 'any' ? null : names(rules),
    expr: combine('or', exprs),
  };
}
