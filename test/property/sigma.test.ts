/**
 * Made-up rules over made-up records, for every log that the community has a name for and we a reader: the compiled engine finds what
 * a plain reading of the specification finds, and every row that a rule matches would have been looked at.
 */
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Field, Layout, Rows } from '../../src/core/record.ts';
import { groupsOf } from '../../src/detect/index.ts';
import { literalHolds } from '../../src/kernel/index.ts';
import {
  bindRules,
  compileMany,
  generalCategories,
  parseCollection,
  type SourceVariant,
  sourceOfKey,
  windowsCategories,
  windowsServices,
} from '../../src/rules/index.ts';
import { forget, naiveMatches, type NaiveRecord, type NaiveRule } from '../support/naive-sigma.ts';
import { soak } from '../support/soak.ts';

const pairsWanted = soak ? 1_000_000 : 600;
const rulesPerRound = 30;
const rowsPerRound = soak ? 1000 : 20;

/** The same numbers every time. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}
type Draw = ReturnType<typeof random>;
const pick = <T>(draw: Draw, list: readonly T[]): T => list[draw(list.length)]!;

const words = [
  'a',
  'B',
  'ab',
  'cmd',
  '.exe',
  '\\',
  '*',
  '?',
  ' -enc',
  '/c',
  '%41',
  '%',
  'Ä',
  'ä',
  '10',
  '7',
  '-',
  'K',
  's',
  '%C3%A4',
  '"',
  "'",
  '$',
  '.',
  '\n',
];
const wordsOf = (draw: Draw, most: number): string => Array.from({ length: draw(most + 1) }, () => pick(draw, words)).join('');
const dates = ['2021-03-03 07:09:11', '2021-03-03T17:59:00Z', '2020-12-31', '23:15:00', '2021-01-03T00:00:00.123456Z'];
const addresses = ['10.1.2.3', '10.9.0.1', '192.0.2.7', '2001:db8::1', '::ffff:10.1.2.3', 'fe80::1', '1.2.3', '::1'];
const networks = [
  '10.0.0.0/8',
  '10.1.2.3',
  '192.0.2.0/28',
  '2001:db8::/32',
  'fe80::/10',
  '::ffff:10.0.0.0/104',
  '0.0.0.0/0',
  '::/0',
  '10.1.0.0/15',
];
const expressions = [
  'a+b',
  '^a.*b$',
  '[0-9]{2}',
  'cmd(\\.exe)?',
  'b|c',
  '(?i)CMD\\.',
  'a\\\\',
  '\\$',
  'c.d',
  '^$',
  'x{0,2}ab',
  'enc',
];

const valueOf = (draw: Draw): string => {
  switch (draw(8)) {
    case 0:
      return pick(draw, dates);
    case 1:
      return pick(draw, addresses);
    case 2:
      return String(draw(40));
    default:
      return wordsOf(draw, 5);
  }
};

const texts = ['contains', 'startswith', 'endswith'] as const;
const encodings = [
  'base64',
  'base64offset|contains',
  'wide|base64offset|contains',
  'wide',
  'utf16be',
  'utf16|base64',
  'windash|contains',
  'windash',
] as const;

function itemOf(draw: Draw, fields: readonly string[]): readonly [string, unknown] {
  const field = pick(draw, fields);
  const list = (make: () => unknown): unknown => (draw(2) === 0 ? make() : Array.from({ length: 1 + draw(3) }, make));
  const needle = (): string => wordsOf(draw, 3) || 'a';
  const cased = draw(5) === 0 ? '|cased' : '';
  switch (draw(16)) {
    case 0:
      return [field, list(() => (draw(4) === 0 ? draw(40) : needle()))];
    case 1:
      return [`${field}|re${pick(draw, ['', '|i', '|s', '|i|m'])}`, list(() => pick(draw, expressions))];
    case 2:
      return [`${field}|cidr`, list(() => pick(draw, networks))];
    case 3:
      return [`${field}|exists`, draw(2) === 0];
    case 4:
      return [`${field}|${pick(draw, ['lt', 'lte', 'gt', 'gte'])}`, draw(40)];
    case 5:
      return [field, null];
    case 6:
      return [field, ''];
    case 7:
      return [`${field}|fieldref${pick(draw, ['', '|startswith', '|endswith', '|contains'])}${cased}`, pick(draw, fields)];
    case 8:
      return [
        `${field}|${pick(draw, ['minute', 'hour', 'day', 'week', 'month', 'year'])}${pick(draw, ['', '|gte', '|lt'])}`,
        pick(draw, [3, 7, 9, 12, 23, 53, 2021]),
      ];
    case 9:
      return [`${field}|neq${cased}`, list(needle)];
    case 10: {
      const plain = (): string => needle().replace(/[*?\\]/g, 'x');
      return [`${field}|${pick(draw, encodings)}`, list(plain)];
    }
    case 11:
      return [`${field}|${pick(draw, texts)}|all${cased}`, [needle(), needle()]];
    default:
      return [`${field}|${pick(draw, texts)}${cased}`, list(needle)];
  }
}

const selectionOf = (draw: Draw, fields: readonly string[]): unknown => {
  const map = (): unknown => Object.fromEntries(Array.from({ length: 1 + draw(3) }, () => itemOf(draw, fields)));
  const word = (): string => wordsOf(draw, 2).replace(/^\s*$/, 'cmd');
  switch (draw(6)) {
    case 0:
      return Array.from({ length: 1 + draw(3) }, map);
    case 1:
      return Array.from({ length: 1 + draw(3) }, word);
    case 2:
      return draw(3) === 0 ? { '|all': [word(), word()] } : [map(), word()];
    default:
      return map();
  }
};

const conditions = [
  'sel1',
  'sel1 and sel2',
  'sel1 or sel2',
  'sel1 and not other',
  'not sel1',
  '1 of sel*',
  'all of them',
  '2 of them',
  'not (sel1 or other) and sel2',
  '1 of sel* and not 1 of other*',
  'SEL1 or not all of sel*'.replace('SEL1', 'sel1'),
] as const;

function ruleOf(
  draw: Draw,
  fields: readonly string[],
  logsource: object,
  id: number,
): { readonly yaml: string; readonly plain: NaiveRule } {
  const detection = {
    sel1: selectionOf(draw, fields),
    sel2: selectionOf(draw, fields),
    other: selectionOf(draw, fields),
    condition: draw(10) === 0 ? [pick(draw, conditions), pick(draw, conditions)] : pick(draw, conditions),
  };
  return { yaml: stringify({ title: `rule ${id}`, logsource, detection }), plain: { detection } as NaiveRule };
}

const ownNames: Readonly<Record<string, readonly string[]>> = {
  'iis-w3c': ['cs-method', 'cs-uri-stem', 'cs-uri-query', 'cs(User-Agent)', 'cs(Referer)', 'sc-status', 'c-ip', 'cs-username'],
  'web-access': ['cs-method', 'cs-uri-stem', 'cs-uri-query', 'cs-user-agent', 'cs-referer', 'sc-status', 'c-ip'],
  antivirus: ['Threat', 'Path', 'Action', 'Tool'],
};
const percentNames = new Set(['cs-uri-stem', 'cs-uri-query', 'cs(Referer)', 'cs-referer']);

/** Names that rules use, and a row's own. */
function namesOf(variants: readonly SourceVariant[]): { readonly asked: string[]; readonly own: string[] } {
  const asked = new Set(['Image', 'CommandLine', 'Data', 'User']);
  const own = new Set(['Image', 'CommandLine', 'Data', 'Threat Name']);
  for (const { fields, logSources, where } of variants) {
    for (const [name, source] of Object.entries(fields ?? {})) {
      asked.add(name);
      for (const one of typeof source === 'string' ? [source] : source.of) own.add(one);
    }
    for (const name of Object.keys(where ?? {})) own.add(name);
    for (const name of logSources.flatMap((source) => ownNames[source] ?? [])) {
      asked.add(name);
      own.add(name);
    }
  }
  asked.add('ThreatName');
  return { asked: [...asked], own: [...own] };
}

const eventNames = ['Channel', 'Provider_Name', 'EventID'];

function rowOf(draw: Draw, variants: readonly SourceVariant[], own: readonly string[]): NaiveRecord {
  const variant = pick(draw, variants);
  const logSource = pick(draw, variant.logSources);
  const fields = new Map<string, string>();
  const put = (name: string, value: string | undefined): void => {
    if (value === undefined) return;
    fields.set(name, value);
    if (name.includes(' ')) fields.set(name.replaceAll(' ', ''), value);
  };
  if (variant.channels !== undefined) {
    const named = draw(6) > 0;
    put('Channel', named ? (draw(8) === 0 ? 'Other' : pick(draw, variant.channels)) : '');
    put('Provider_Name', named ? 'Someone' : pick(draw, variant.providers ?? ['Someone']));
  }
  if (variant.channels !== undefined || variant.eventIds !== undefined)
    put('EventID', draw(8) === 0 ? '77' : pick(draw, variant.eventIds ?? ['4624', '1', '7']));
  for (const name of own) {
    const values = variant.where?.[name];
    if (values !== undefined && draw(4) > 0) put(name, pick(draw, values));
    else if (draw(5) > 0) put(name, draw(6) === 0 ? '' : valueOf(draw));
  }
  return { logSource, fields, percent: new Set([...fields.keys()].filter((name) => percentNames.has(name))) };
}

function layoutOf(record: NaiveRecord): Layout {
  const fields = [...record.fields.keys()]
    .filter((name) => name !== 'ThreatName')
    .map((name): Field => ({ name, type: 'text', writtenBy: 'client', ...(record.percent.has(name) ? { percent: true } : {}) }));
  return { hash: JSON.stringify([record.logSource, fields]), logSource: record.logSource, fields };
}

function rowsOf(records: readonly NaiveRecord[]): Rows {
  const layouts = records.map(layoutOf);
  return {
    length: records.length,
    offset: (row) => row,
    line: (row) => row,
    recordId: () => null,
    timeMs: () => Number.NaN,
    layout: (row) => layouts[row]!,
    literals: () => [],
    text: (row, name) => records[row]!.fields.get(name) || null,
    raw: () => new Uint8Array(),
  };
}

interface Source {
  readonly name: string;
  readonly logsource: { readonly category?: string; readonly service?: string; readonly product?: string };
}
const sources: readonly Source[] = [
  ...Object.keys(windowsCategories).map((category) => ({ name: category, logsource: { product: 'windows', category } })),
  ...Object.keys(windowsServices).map((service) => ({ name: service, logsource: { product: 'windows', service } })),
  ...Object.keys(generalCategories).map((category) => ({ name: category, logsource: { category } })),
  { name: 'windows', logsource: { product: 'windows' } },
  { name: 'iis', logsource: { product: 'windows', service: 'iis' } },
];

function compareOnce(
  draw: Draw,
  { logsource }: Source,
): { readonly pairs: number; readonly hits: number; readonly different: string[] } {
  const key = [logsource.product ?? '', logsource.category ?? '', logsource.service ?? ''].join('/');
  const resolved = sourceOfKey(key);
  if (!('variants' in resolved)) throw new Error(key);
  const { variants } = resolved;
  const { asked, own } = namesOf(variants);
  const made = Array.from({ length: rulesPerRound }, (_, id) => ruleOf(draw, asked, logsource, id));
  const collections = made.map(({ yaml }, id) => parseCollection(yaml, `r${id}.yml`));
  expect(collections.flatMap(({ errors }) => errors.map(({ message }) => message))).toEqual([]);
  const { rules } = bindRules(collections);
  expect(rules).toHaveLength(rulesPerRound);
  const logSources = [...new Set(variants.flatMap((variant) => variant.logSources))];
  const groups = [...new Set(logSources.flatMap((source) => groupsOf[source] ?? []))];
  const different: string[] = [];
  const records = Array.from({ length: rowsPerRound }, () => rowOf(draw, variants, own));
  const rows = rowsOf(records);
  const wanted = records.map((record) => made.map(({ plain }) => naiveMatches(plain, variants, record)));
  const hits = wanted.flat().filter(Boolean).length;
  for (const selection of ['judged', 'texts'] as const) {
    const many = compileMany(rules, logSources, groups, selection);
    for (const [row, record] of records.entries()) {
      const found = new Set<number>();
      many.match(rows, row, (rule) => found.add(rule));
      const looked = (): boolean =>
        groups.some((names, group) =>
          many.judge(
            group,
            names.map((name) => rows.text(row, name)),
          ),
        ) ||
        many.literals.some((literal) =>
          rows
            .layout(row)
            .fields.filter(({ name }) => literal.field === '*' || name === literal.field)
            .some(
              (field) => literalHolds(literal, field, rows.text(row, field.name) ?? '') && rows.text(row, field.name) !== null,
            ),
        );
      const truths = wanted[row]!;
      // A row that no rule matches need not be looked at.
      const seen = !truths.includes(true) || looked();
      for (const [rule, { yaml }] of made.entries())
        if (truths[rule] !== found.has(rule) || (truths[rule] && !seen))
          different.push(
            `${selection} wanted ${truths[rule]}, looked ${seen}:\n${yaml}${JSON.stringify([record.logSource, ...record.fields])}`,
          );
    }
  }
  return { pairs: rulesPerRound * rowsPerRound, hits, different };
}

describe.each(sources)('$name', (source) => {
  test(`${pairsWanted} pairs`, () => {
    const draw = random(Array.from(source.name).reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7919));
    let pairs = 0;
    let hits = 0;
    while (pairs < pairsWanted) {
      const round = compareOnce(draw, source);
      expect(round.different.slice(0, 1)).toEqual([]);
      pairs += round.pairs;
      hits += round.hits;
    }
    if (soak) console.info(`${source.name}: ${pairs} pairs, ${(pairs / rowsPerRound).toFixed()} rules, ${hits} matches`);
    forget();
    // Rules that never match compare nothing.
    expect(hits).toBeGreaterThan(pairs / 100);
  }, 3_600_000);
});

test('names of events are what the table of groups counts', () => {
  expect(groupsOf['windows-event']![0]).toEqual(eventNames);
});
