import { combine, ConditionError, parseCondition } from './condition.ts';
import { logSourceOf } from './log-source.ts';
import { compileRegex, RegexError } from './regex.ts';
import { levels, statuses, type Expr, type Rule, type Test, type TextHow } from './rule.ts';
import { RuleError } from './source-error.ts';
import { parsePattern, testOfPattern } from './wildcards.ts';
import { YamlSource, type Located } from './yaml-source.ts';

const modifiers = [
  'contains',
  'startswith',
  'endswith',
  'all',
  're',
  'i',
  's',
  'cased',
  'exists',
  'lt',
  'lte',
  'gt',
  'gte',
] as const;
type Modifier = (typeof modifiers)[number];

const notSupported: Readonly<Record<string, string>> = {
  windash: 'write both forms (`-x` and `/x`) as a list',
  fieldref: 'comparing two fields of one row is not supported',
  cidr: 'write the address ranges as `startswith` values',
  base64: 'write the encoded text',
  base64offset: 'write the three encoded forms as a list',
  wide: 'write the text as it stands in the log',
  utf16: 'write the text as it stands in the log',
  utf16le: 'write the text as it stands in the log',
  utf16be: 'write the text as it stands in the log',
  expand: 'write the values out',
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Reads one Sigma rule (specification 2.x, the subset that this folder's door names).
 * @throws {RuleError} with file, line, column and the marked line for everything that is wrong or not supported.
 * @see https://github.com/SigmaHQ/sigma-specification
 */
export function parseRule(text: string, file: string): Rule {
  const { root } = new YamlSource(
    text,
    (what, fix, offset, length, code) => new RuleError(code ?? 'rule.invalid', what, fix, file, text, offset, length),
  );
  const keys = new Map(root.entries().map(({ name, value }) => [name, value]));
  const required = (key: string): Located => {
    const value = keys.get(key);
    if (value === undefined)
      throw root.error(`\`${key}\` is missing`, `add \`${key}:\` (Sigma rules need title, logsource and detection)`);
    return value;
  };
  const optional = <T>(key: string, read: (value: Located) => T): T | null => {
    const value = keys.get(key);
    return value === undefined || value.kind === 'null' ? null : read(value);
  };
  const texts = (key: string): string[] =>
    optional(key, (value) => (value.kind === 'text' ? [value.text()] : value.texts())) ?? [];

  for (const key of ['correlation', 'filter', 'action']) {
    const value = keys.get(key);
    if (value !== undefined) throw value.error(`\`${key}\` rules are not supported`, 'use a plain rule with detection');
  }
  return {
    id: file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).replace(/\.ya?ml$/i, ''),
    file,
    uuid: optional('id', (value) => {
      if (!uuid.test(value.text())) throw value.error('`id` must be a UUID', 'make one with `uuidgen`');
      return value.text().toLowerCase();
    }),
    title: required('title').text(),
    description: optional('description', (value) => value.text()),
    status: optional('status', (value) => oneOf(value, statuses)),
    level: optional('level', (value) => oneOf(value, levels)),
    author: optional('author', (value) => value.text()),
    references: texts('references'),
    falsepositives: texts('falsepositives'),
    tags: texts('tags'),
    logSource: logSource(required('logsource')),
    expr: detection(required('detection')),
  };
}

export function oneOf<const T extends string>(value: Located, allowed: readonly T[]): T {
  const text = value.text();
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw value.error(`\`${text}\` is not one of the known values`, `use one of: ${allowed.join(', ')}`);
  return found;
}

function logSource(value: Located): string {
  const parts: { category?: string; product?: string; service?: string } = {};
  for (const { name, value: part } of value.entries()) {
    if (name === 'category' || name === 'product' || name === 'service') parts[name] = part.text();
  }
  const name = logSourceOf(parts);
  if (name === '') throw value.error('the log source is empty', 'name a category, product or service');
  return name;
}

function detection(value: Located): Expr {
  let condition: Located | undefined;
  const selections = new Map<string, Expr>();
  for (const { name, key, value: part } of value.entries()) {
    if (name === 'condition') condition = part;
    else if (name === 'timeframe')
      throw key.error('`timeframe` is not supported', 'leave it out: order in time is judged by `chain` in the pack');
    else selections.set(name, selection(part));
  }
  if (condition === undefined) throw value.error('`condition` is missing', 'add `condition: selection`');
  const text = condition.text();
  try {
    return parseCondition(text, selections);
  } catch (error) {
    if (error instanceof ConditionError) throw condition.errorInside(error.at, error.length, error.message, error.fix);
    throw error;
  }
}

function selection(value: Located): Expr {
  if (value.kind === 'map') {
    const entries = value.entries();
    if (entries.length === 0) throw value.error('an empty selection matches everything', 'add a field');
    return combine(
      'and',
      entries.map(({ name, key, value: wanted }) => item(name, key, wanted)),
    );
  }
  if (value.kind === 'list') {
    const items = value.list();
    if (items.length === 0) throw value.error('an empty list matches nothing', 'add a field');
    for (const one of items) {
      if (one.kind !== 'map')
        throw one.error('keywords (values without a field) are not supported', 'name the field: `field|contains: value`');
    }
    return combine('or', items.map(selection));
  }
  throw value.error(`a selection is a map of fields or a list of such maps, not ${value.kind}`, 'write `field: value` below it');
}

function item(name: string, key: Located, value: Located): Expr {
  const [field = '', ...names] = name.split('|');
  if (field === '')
    throw key.error('keywords (values without a field) are not supported', 'name the field: `field|contains: value`');
  const used = new Set<Modifier>();
  for (const modifier of names) {
    const known = modifiers.find((candidate) => candidate === modifier);
    const at =
      field.length + 1 + names.slice(0, names.indexOf(modifier)).join('|').length + (names.indexOf(modifier) > 0 ? 1 : 0);
    if (known === undefined) {
      const hint = notSupported[modifier];
      if (hint !== undefined) throw key.errorInside(at, modifier.length, `the modifier \`${modifier}\` is not supported`, hint);
      throw key.errorInside(at, modifier.length, `unknown modifier \`${modifier}\``, `known: ${modifiers.join(', ')}`);
    }
    if (used.has(known)) throw key.errorInside(at, modifier.length, `the modifier \`${modifier}\` stands twice`, 'leave one out');
    used.add(known);
  }
  const kinds = [...used].filter((modifier) => !['all', 'cased', 'i', 's'].includes(modifier));
  if (kinds.length > 1) throw key.error(`\`${kinds.join('` and `')}\` cannot stand together`, 'use one of them');
  const kind = kinds[0];
  if ((used.has('i') || used.has('s')) && kind !== 're') throw key.error('`i` and `s` belong to `re`', 'write `field|re|i`');
  if (used.has('cased') && kind !== undefined && !['contains', 'startswith', 'endswith'].includes(kind)) {
    throw key.error(`\`cased\` has no meaning with \`${kind}\``, 'leave `cased` out');
  }
  if (used.has('all') && (kind === 'exists' || kind === 'lt' || kind === 'lte' || kind === 'gt' || kind === 'gte')) {
    throw key.error(`\`all\` has no meaning with \`${kind}\``, 'leave `all` out');
  }
  const match = (one: Located): Expr => ({ kind: 'match', field, test: testOf(one, kind, used) });
  if (value.kind !== 'list') return match(value);
  const values = value.list();
  if (values.length === 0) throw value.error('an empty list matches nothing', 'add a value');
  return combine(used.has('all') ? 'and' : 'or', values.map(match));
}

const hows: Readonly<Record<string, TextHow>> = { contains: 'contains', startswith: 'starts', endswith: 'ends' };

function testOf(value: Located, kind: Modifier | undefined, used: ReadonlySet<Modifier>): Test {
  switch (kind) {
    case 'exists':
      // `exists: false` is the absence itself.
      return value.boolean() ? { how: 'exists' } : { how: 'empty' };
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return { how: kind, number: value.number() };
    case 're': {
      const source = value.text();
      const test = { how: 're', source, ignoreCase: used.has('i'), dotAll: used.has('s') } as const;
      try {
        compileRegex(source, test.ignoreCase, test.dotAll);
      } catch (error) {
        if (error instanceof RegexError)
          throw value.errorInside(error.at, 1, `regular expression: ${error.message}`, 'correct the pattern');
        throw error;
      }
      return test;
    }
    default:
  }
  if (value.kind === 'null') {
    if (kind !== undefined) throw value.error(`\`${kind}\` needs a value`, 'write `field: null` for an absent field');
    return { how: 'empty' };
  }
  // Numbers and words such as `true` are compared as they were written, not as YAML understood them.
  const text =
    value.kind === 'number' || value.kind === 'boolean'
      ? (value.written ?? String(value.kind === 'number' ? value.number() : value.boolean()))
      : value.text();
  if (text === '' && kind !== undefined)
    throw value.error(`\`${kind}\` of nothing matches every value`, 'write the text to look for');
  return testOfPattern(parsePattern(text), kind === undefined ? 'is' : hows[kind]!, used.has('cased'));
}
