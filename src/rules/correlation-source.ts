/** Reads correlations, and the aggregations of the old Sigma that became correlations. */
import { type About, type Correlation, type CorrelationType, correlationTypes, type Criterion } from './community.ts';
import { type Keys, keysOf, loose } from './layers.ts';
import type { Located } from './yaml-source.ts';

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
export function aggregationOf(
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

export const names = (value: Located): string[] =>
  (value.kind === 'list' ? value.list() : [value]).map((one) => {
    const text = loose(one);
    if (text === '') throw one.error('a name is needed here', 'write one', 'rule.correlation');
    return text;
  });

const criteriaNames: readonly string[] = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'];

export function correlationOf(keys: Keys, about: About): Correlation {
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
