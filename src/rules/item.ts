/** One `field|modifier|…: value` of a rule of the community: the whole of Sigma's modifiers. */
import { combine } from './condition.ts';
import { base64Offsets, base64Text, latin1Text, utf16Bytes, windowsDashes } from './encodings.ts';
import { modifierWords } from './modifiers.ts';
import { networkMatcher } from './network.ts';
import { compileRegex, RegexError } from './regex.ts';
import { anyField, type Expr, type Test, type TextHow, type TimePart, timeParts } from './rule.ts';
import type { SourceError } from './source-error.ts';
import { parsePattern, testOfPattern } from './wildcards.ts';
import type { Located } from './yaml-source.ts';

/** Values of placeholders by name (without the percent signs). */
export type Placeholders = Readonly<Record<string, readonly string[]>>;

export interface PlaceholderUse {
  readonly values: Placeholders;
  /** Those that have none: the rule cannot run, unless nobody reads its log anyway. */
  readonly unset: SourceError[];
  /** Tests that the rule may still have. */
  left: number;
}

/** Tests of one rule, when its values are written out in all their forms. */
export const mostTests = 50_000;

const numberHows = ['lt', 'lte', 'gt', 'gte'] as const;
const textHows: Readonly<Record<string, TextHow>> = { contains: 'contains', startswith: 'starts', endswith: 'ends' };
const encodings = ['base64', 'base64offset', 'wide', 'utf16le', 'utf16be', 'utf16', 'windash', 'expand'] as const;
type Encoding = (typeof encodings)[number];

const modifierNames: readonly string[] = Object.keys(modifierWords);

/** Values of one list, and texts that one value may stand for. */
const mostValues = 20_000;
const mostForms = 3125;

interface Modifiers {
  readonly encodings: readonly Encoding[];
  readonly compare: 'is' | 'contains' | 'startswith' | 'endswith';
  readonly number: (typeof numberHows)[number] | null;
  readonly time: TimePart | null;
  readonly has: ReadonlySet<string>;
}

function modifiersOf(field: string, names: readonly string[], key: Located): Modifiers {
  const has = new Set<string>();
  let at = field.length + 1;
  for (const name of names) {
    const wrong = (what: string, fix: string): SourceError => key.errorInside(at, name.length, what, fix, 'rule.modifier');
    if (!modifierNames.includes(name)) throw wrong(`unknown modifier \`${name}\``, `known: ${modifierNames.join(', ')}`);
    if (has.has(name)) throw wrong(`the modifier \`${name}\` stands twice`, 'leave one out');
    has.add(name);
    at += name.length + 1;
  }
  const among = (group: readonly string[]): string[] => group.filter((name) => has.has(name));
  const clash = (left: readonly string[], right: readonly string[]): void => {
    const [one, other] = [among(left)[0], among(right).find((name) => name !== among(left)[0])];
    if (one !== undefined && other !== undefined)
      throw key.error(`\`${one}\` and \`${other}\` cannot stand together`, 'use one of them', 'rule.modifier');
  };
  const texts = Object.keys(textHows);
  const kinds = ['re', 'cidr', 'exists', ...numberHows];
  clash(texts, texts);
  clash(kinds, kinds);
  clash(timeParts, timeParts);
  clash(texts, [...kinds, ...timeParts]);
  clash(timeParts, ['re', 'cidr', 'exists', 'fieldref']);
  clash(['fieldref'], [...kinds, ...encodings]);
  clash(['exists', ...numberHows, ...timeParts, 'cidr'], [...encodings.filter((name) => name !== 'expand'), 'cased']);
  clash(['exists'], ['all', 'neq', 'expand']);
  clash(
    ['re'],
    encodings.filter((name) => name !== 'expand'),
  );
  if (among(['i', 'm', 's']).length > 0 && !has.has('re'))
    throw key.error(`\`${among(['i', 'm', 's'])[0]!}\` belongs to \`re\``, 'write `field|re|i`', 'rule.modifier');
  return {
    encodings: names.filter((name): name is Encoding => (encodings as readonly string[]).includes(name)),
    compare: (among(texts)[0] ?? 'is') as Modifiers['compare'],
    number: numberHows.find((name) => has.has(name)) ?? null,
    time: timeParts.find((name) => has.has(name)) ?? null,
    has,
  };
}

/** A field, or '' for words that are looked for in the whole record. */
export function itemOf(name: string, key: Located, value: Located, placeholders: PlaceholderUse): Expr {
  const [field = '', ...names] = name.split('|');
  const modifiers = modifiersOf(field, names, key);
  const values = value.kind === 'list' ? value.list() : [value];
  if (values.length === 0) throw value.error('an empty list matches nothing', 'add a value', 'rule.selection');
  if (values.length > mostValues) throw value.error('more values than any rule has', 'split the list', 'rule.large');
  const where = field === '' ? anyField : field;
  if (field === '' && ['exists', 'fieldref', 'neq'].some((modifier) => modifiers.has.has(modifier)))
    throw key.error('needs the name of a field', 'name the field', 'rule.modifier');
  const exprs = values.map((one): Expr => {
    const tests = testsOf(one, modifiers, field === '', placeholders);
    placeholders.left -= tests.length;
    if (placeholders.left < 0)
      throw one.error('the values of this rule stand for more texts than any rule has', 'split it', 'rule.large');
    return combine(
      'or',
      tests.map((test): Expr =>
        test === 'absent'
          ? { kind: 'not', of: { kind: 'match', field: where, test: { how: 'present' } } }
          : { kind: 'match', field: where, test },
      ),
    );
  });
  const joined = combine(modifiers.has.has('all') ? 'and' : 'or', exprs);
  return modifiers.has.has('neq') ? { kind: 'not', of: joined } : joined;
}

function testsOf(value: Located, modifiers: Modifiers, keyword: boolean, placeholders: PlaceholderUse): (Test | 'absent')[] {
  const { has, number, time } = modifiers;
  if (has.has('exists')) return [existing(value) ? { how: 'present' } : 'absent'];
  if (number !== null || time !== null) {
    const wanted = numberOf(value);
    return [time !== null ? { how: 'time', part: time, is: number ?? 'eq', number: wanted } : { how: number!, number: wanted }];
  }
  if (value.kind === 'null') {
    if (has.size > 0 && !(has.size === 1 && (has.has('all') || has.has('neq'))))
      throw value.error('a modifier needs a value', 'write `field: null` for a field that is not there', 'rule.value');
    if (keyword) throw value.error('nothing cannot be looked for', 'write a word', 'rule.value');
    return [{ how: 'empty' }];
  }
  const text = plainText(value);
  const expanded = modifiers.encodings.includes('expand') ? expand(text, value, placeholders) : [text];
  if (has.has('re')) return expanded.map((one) => regexOf(one, value, has));
  if (has.has('cidr')) {
    return expanded.map((network): Test => {
      if (networkMatcher(network) === null)
        throw value.error(`\`${network.slice(0, 60)}\` is no network`, 'write it like 10.0.0.0/8 or fe80::/10', 'rule.network');
      return { how: 'cidr', network };
    });
  }
  const cased = has.has('cased');
  const how: TextHow = keyword && modifiers.compare === 'is' ? 'contains' : (textHows[modifiers.compare] ?? 'is');
  if (has.has('fieldref')) {
    if (text === '') throw value.error('the name of a field is missing', 'name it', 'rule.value');
    return [{ how: 'ref', field: text, as: how, cased }];
  }
  const forms = formsOf(expanded, modifiers.encodings, value);
  return forms.map(({ text: form, plain }): Test => {
    if (form === '' && keyword) throw value.error('nothing cannot be looked for', 'write a word', 'rule.value');
    const parts = plain ? (form === '' ? [] : [{ kind: 'text', text: form } as const]) : parsePattern(form);
    const test = testOfPattern(parts, how, cased);
    // `*` fits an empty value, too; nothing fits only an empty one.
    return test.how === 'exists' ? { how: 'present' } : test.how === 'empty' ? { how: 'blank' } : test;
  });
}

function existing(value: Located): boolean {
  if (value.kind === 'boolean') return value.boolean();
  const word = value.kind === 'text' ? value.text().toLowerCase() : '';
  if (word === 'true' || word === 'yes') return true;
  if (word === 'false' || word === 'no') return false;
  throw value.error('true or false is needed here', 'write true or false', 'rule.value');
}

function numberOf(value: Located): number {
  if (value.kind === 'number') return value.number();
  const text = value.kind === 'text' ? value.text().trim() : '';
  if (!/^[+-]?\d{1,15}(?:\.\d{1,9})?$/.test(text)) throw value.error('a number is needed here', 'write a number', 'rule.value');
  return Number(text);
}

/** Numbers and words such as `true` are compared as they were written, not as YAML understood them. */
function plainText(value: Located): string {
  switch (value.kind) {
    case 'text':
      return value.text();
    case 'number':
      return value.written ?? String(value.number());
    case 'boolean':
      return value.written ?? String(value.boolean());
    default:
      throw value.error(`a text or a number is needed here, not a ${value.kind}`, 'write a value', 'rule.value');
  }
}

function regexOf(source: string, value: Located, has: ReadonlySet<string>): Test {
  const test: Test = {
    how: 're',
    source,
    ignoreCase: has.has('i'),
    dotAll: has.has('s'),
    ...(has.has('m') ? { multiline: true as const } : {}),
  };
  try {
    compileRegex(source, test.ignoreCase, test.dotAll, test.multiline);
  } catch (error) {
    if (error instanceof RegexError)
      throw value.errorInside(error.at, 1, `regular expression: ${error.message}`, 'correct the pattern', error.code);
    throw error;
  }
  return test;
}

const placeholder = /(\\+)?%([A-Za-z_][\w.-]*)%/g;

function expand(text: string, value: Located, placeholders: PlaceholderUse): string[] {
  let made = [''];
  let from = 0;
  for (const match of text.matchAll(placeholder)) {
    // A backslash before it makes it plain text.
    if ((match[1]?.length ?? 0) % 2 === 1) continue;
    const name = match[2]!;
    const values = Object.hasOwn(placeholders.values, name) ? placeholders.values[name]! : [];
    if (values.length === 0)
      placeholders.unset.push(
        value.error(`the placeholder \`%${name}%\` has no values`, 'give them with --placeholders', 'rule.placeholder'),
      );
    const before = text.slice(from, match.index) + (match[1] ?? '');
    made = made.flatMap((one) => values.map((each) => one + before + each));
    if (made.length > mostForms) throw value.error('the placeholders stand for too many values', 'give fewer', 'rule.large');
    from = match.index + match[0].length;
  }
  return made.map((one) => (one + text.slice(from)).replaceAll('\\%', '%'));
}

interface Form {
  readonly text: string;
  /** It holds no wildcards: what looks like one is meant. */
  readonly plain: boolean;
}

const utf8 = new TextEncoder();

function formsOf(texts: readonly string[], encoding: readonly Encoding[], value: Located): Form[] {
  let forms: (Form & { readonly bytes: Uint8Array | null })[] = texts.map((text) => ({ text, plain: false, bytes: null }));
  const plainOf = ({ text, plain }: Form): string => {
    if (plain) return text;
    const parts = parsePattern(text);
    if (parts.some(({ kind }) => kind !== 'text'))
      throw value.error('a value with wildcards cannot be encoded', 'escape them: `\\*`', 'rule.encoding');
    return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  };
  for (const step of encoding) {
    switch (step) {
      case 'expand':
        break;
      case 'windash':
        forms = forms.flatMap((form) => {
          const made = windowsDashes(form.text, mostForms);
          if (made === null) throw value.error('more dashes than can be written in all ways', 'split the value', 'rule.large');
          return made.map((text) => ({ ...form, text }));
        });
        break;
      case 'wide':
      case 'utf16le':
      case 'utf16be':
      case 'utf16':
        forms = forms.map((form) => {
          const bytes = utf16Bytes(plainOf(form), step === 'wide' ? 'utf16le' : step);
          return { text: latin1Text(bytes), plain: true, bytes };
        });
        break;
      case 'base64':
        forms = forms.map((form) => ({ text: base64Text(form.bytes ?? utf8.encode(plainOf(form))), plain: true, bytes: null }));
        break;
      case 'base64offset':
        forms = forms.flatMap((form) =>
          base64Offsets(form.bytes ?? utf8.encode(plainOf(form))).map((text) => ({ text, plain: true, bytes: null })),
        );
        break;
    }
    if (forms.length > mostForms) throw value.error('the value stands for too many texts', 'split it', 'rule.large');
  }
  return forms;
}
