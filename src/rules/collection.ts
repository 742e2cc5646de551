/**
 * Reads files of rules of the community: one rule or many documents, `action: global | reset | repeat`, correlations, filters, the
 * aggregations of the old Sigma. What is wrong with one document is said with its place and does not hide the others.
 * @see https://github.com/SigmaHQ/sigma-specification
 */
import { ConditionError, combine, parseCondition } from './condition.ts';
import type { About, CommunityDocument, CommunityRule, Correlation, CorrelationType, Criterion, Filter } from './community.ts';
import { correlationTypes } from './community.ts';
import { itemOf, mostTests, type Placeholders, type PlaceholderUse } from './item.ts';
import type { SigmaLogSource } from './log-source.ts';
import type { Expr } from './rule.ts';
import { placeOf, RuleError, SourceError } from './source-error.ts';
import { type Located, YamlSource } from './yaml-source.ts';

/** Later ones speak before earlier ones: a document, and what stands for all documents. */
type Layers = readonly Located[];
type Keys = ReadonlyMap<string, Layers>;

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

/** Keys of all layers; of each key what every layer says. */
function keysOf(layers: Layers): Map<string, Located[]> {
  const keys = new Map<string, Located[]>();
  for (const layer of layers)
    for (const { name, value } of layer.entries()) {
      const known = keys.get(name);
      if (known === undefined) keys.set(name, [value]);
      else known.push(value);
    }
  return keys;
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

function loose(value: Located): string {
  switch (value.kind) {
    case 'text':
      return value.text();
    case 'number':
      return value.written ?? String(value.number());
    case 'boolean':
      return String(value.boolean());
    default:
      return '';
  }
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

const aggregation = /^\|\s*(count|sum|avg)\s*\(\s*([\w.-]*)\s*\)\s*(?:by\s+([\w.-]+)\s*)?(<=|>=|==|=|<|>)\s*(\d{1,12})\s*$/i;
const signs: Readonly<Record<string, Criterion['is']>> = {
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '=': 'eq',
  '==': 'eq',
};

/** `selection | count(field) by group > 10` with `timeframe`: the correlation that it became. */
function aggregationOf(
  text: string,
  bar: number,
  condition: Located,
  timeframe: Located | null,
  about: About,
  counted: string,
): Correlation {
  const match = aggregation.exec(text.slice(bar));
  const [, how = '', field = '', group, sign = '', number] = match ?? [];
  if (match === null || (how.toLowerCase() !== 'count' && field === ''))
    throw condition.errorInside(
      bar,
      text.length - bar,
      'this aggregation of the old Sigma is not supported',
      'write a correlation',
      'rule.aggregation',
    );
  const types: Readonly<Record<string, CorrelationType>> = {
    count: field === '' ? 'event_count' : 'value_count',
    sum: 'value_sum',
    avg: 'value_avg',
  };
  return {
    ...about,
    kind: 'correlation',
    type: types[how.toLowerCase()]!,
    rules: [counted],
    groupBy: group === undefined ? [] : [group],
    spanMs: timeframe === null ? null : spanOf(timeframe),
    criteria: [{ is: signs[sign]!, number: Number(number) }],
    fields: field === '' ? [] : [field],
    percentile: 50,
    aliases: {},
    generate: false,
  };
}

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function spanOf(value: Located): number {
  const match = value.kind === 'text' ? /^(\d{1,6})\s*([smhd])$/.exec(value.text().trim()) : null;
  if (match === null) throw value.error('a time such as 90s, 10m, 1h or 7d is needed here', 'write one', 'rule.correlation');
  return Number(match[1]) * unitsMs[match[2]!]!;
}

const names = (value: Located): string[] =>
  (value.kind === 'list' ? value.list() : [value]).map((one) => {
    const text = loose(one);
    if (text === '') throw one.error('a name is needed here', 'write one', 'rule.correlation');
    return text;
  });

const criteriaNames: readonly string[] = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'];

function correlationOf(keys: Keys, about: About): Correlation {
  const parts = keysOf(keys.get('correlation')!);
  const whole = keys.get('correlation')!.at(-1)!;
  const part = (name: string): Located | null => parts.get(name)?.at(-1) ?? null;
  const needed = (name: string): Located => {
    const value = part(name);
    if (value === null) throw whole.error(`\`${name}\` is missing`, `add \`${name}:\``, 'rule.correlation');
    return value;
  };
  const stated = needed('type');
  const type = correlationTypes.find((one) => one === (stated.kind === 'text' ? stated.text() : ''));
  if (type === undefined)
    throw stated.error('this type of correlation is not known', `use one of: ${correlationTypes.join(', ')}`, 'rule.correlation');
  const rules = names(needed('rules'));
  if (rules.length === 0 || rules.length > 1000)
    throw needed('rules').error('names from 1 to 1000 rules', 'name the rules', 'rule.correlation');
  const fields: string[] = [];
  const criteria: Criterion[] = [];
  let percentile = 50;
  const condition = part('condition');
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  if (condition === null && !temporal) needed('condition');
  if (condition !== null) {
    if (condition.kind !== 'map')
      throw condition.error('the condition of a correlation is a map such as `gte: 10`', 'write one', 'rule.correlation');
    for (const { name, key, value } of condition.entries()) {
      if (name === 'field') fields.push(...names(value));
      else if (name === 'percentile' && type === 'value_percentile') {
        percentile = value.kind === 'number' ? value.number() : Number.NaN;
        if (!(percentile >= 0 && percentile <= 100)) throw value.error('a number from 0 to 100', 'write one', 'rule.correlation');
      } else if (criteriaNames.includes(name)) {
        if (value.kind !== 'number') throw value.error('a number is needed here', 'write one', 'rule.correlation');
        criteria.push({ is: name as Criterion['is'], number: value.number() });
      } else throw key.error(`\`${name}\` has no meaning here`, `use field, ${criteriaNames.join(', ')}`, 'rule.correlation');
    }
    if (criteria.length === 0 && !temporal) throw condition.error('a criterion is missing', 'add `gte: 10`', 'rule.correlation');
  }
  if (type.startsWith('value_') && fields.length === 0)
    throw (condition ?? whole).error('`field` is missing', 'name the field whose values are counted', 'rule.correlation');
  const aliases: Record<string, Record<string, string>> = {};
  for (const { name, value } of part('aliases')?.entries() ?? []) {
    aliases[name] = Object.fromEntries(value.entries().map(({ name: rule, value: field }) => [rule, field.text()]));
  }
  const groupBy = part('group-by');
  // `generate` stands in the correlation, in older rules beside it.
  const generate = part('generate') ?? keys.get('generate')?.at(-1) ?? null;
  return {
    ...about,
    kind: 'correlation',
    type,
    rules,
    groupBy: groupBy === null || groupBy.kind === 'null' ? [] : names(groupBy),
    spanMs: spanOf(needed('timespan')),
    criteria,
    fields,
    percentile: type === 'value_median' ? 50 : percentile,
    aliases,
    generate: generate !== null && generate.kind === 'boolean' && generate.boolean(),
  };
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
