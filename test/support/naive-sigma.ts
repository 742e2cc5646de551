/**
 * Sigma said a second time, as plainly as the specification says it: one rule, one record, no preparation. It shares nothing with
 * `src/rules` but the table of log sources; the compiled engine has to agree with it.
 * @see https://github.com/SigmaHQ/sigma-specification
 */
import type { SourceVariant } from '../../src/rules/index.ts';

export interface NaiveRecord {
  readonly logSource: string;
  /** A field that is there and empty: ''. A name with blanks stands without them, too. */
  readonly fields: ReadonlyMap<string, string>;
  /** Fields that a client may have percent-encoded: a value counts as logged and decoded once. */
  readonly percent: ReadonlySet<string>;
}

type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };
type Map_ = { readonly [key: string]: Yaml };
const said = (value: Yaml): string => (typeof value === 'object' ? '' : String(value));
export type NaiveRule = { readonly detection: Map_ };
const isMap = (value: Yaml | undefined): value is Map_ => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: Yaml): readonly Yaml[] => (Array.isArray(value) ? (value as readonly Yaml[]) : [value]);

/** Whether a rule holds on a record under any of the logs that it may stand in. */
export function naiveMatches(rule: NaiveRule, variants: readonly SourceVariant[], record: NaiveRecord): boolean {
  return variants.some((variant) => isOf(variant, record) && new Naive(variant, record).rule(rule.detection));
}

function isOf({ logSources, channels, providers, eventIds, where, fields }: SourceVariant, record: NaiveRecord): boolean {
  const has = (list: readonly string[] | undefined, name: string): boolean =>
    list !== undefined && list.some((one) => one.toLowerCase() === (record.fields.get(name) || '\n').toLowerCase());
  if (!logSources.includes(record.logSource) || (eventIds !== undefined && !has(eventIds, 'EventID'))) return false;
  if (channels !== undefined && !(record.fields.get('Channel') ? has(channels, 'Channel') : has(providers, 'Provider_Name')))
    return false;
  const naive = new Naive({ logSources, ...(fields === undefined ? {} : { fields }) }, record);
  return Object.entries(where ?? {}).every(([name, values]) => values.includes(naive.get(name) ?? '\n'));
}

class Naive {
  readonly #variant: SourceVariant;
  readonly #record: NaiveRecord;

  constructor(variant: SourceVariant, record: NaiveRecord) {
    this.#variant = variant;
    this.#record = record;
  }

  /** undefined: the record has no such field. */
  get(name: string): string | undefined {
    const { fields } = this.#record;
    const other = this.#variant.fields?.[name];
    if (typeof other === 'string' && fields.has(other)) return fields.get(other);
    if (typeof other === 'object' && !fields.has(name)) {
      if (other.of.length > 0 && !other.of.some((one) => fields.has(one))) return undefined;
      return other.make((one) => fields.get(one) || null) ?? '';
    }
    return fields.get(name);
  }

  #isPercent(name: string): boolean {
    const { percent, fields } = this.#record;
    const other = this.#variant.fields?.[name];
    if (typeof other === 'string' && fields.has(other)) return percent.has(other);
    return typeof other === 'object' && !fields.has(name) ? other.of.some((one) => percent.has(one)) : percent.has(name);
  }

  rule(detection: Map_): boolean {
    return listOf(detection.condition!).some((condition) => this.#condition(said(condition), detection));
  }

  #condition(text: string, detection: Map_): boolean {
    const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
    const names = Object.keys(detection).filter((name) => name !== 'condition' && name !== 'timeframe');
    let at = 0;
    const chain = (word: string, next: () => boolean, join: (a: boolean, b: boolean) => boolean): boolean => {
      let truth = next();
      for (; tokens[at]?.toLowerCase() === word; truth = join(truth, (at++, next())));
      return truth;
    };
    const and = (): boolean => chain('and', not, (a, b) => a && b);
    const or = (): boolean => chain('or', and, (a, b) => a || b);
    const not = (): boolean => {
      const token = tokens[at++]!;
      if (token.toLowerCase() === 'not') return !not();
      if (token === '(') return [or(), at++][0] as boolean;
      if (tokens[at]?.toLowerCase() !== 'of') return this.#selection(detection[token]!);
      at++;
      const pattern = tokens[at++]!;
      const wanted = names.filter((name) =>
        pattern.toLowerCase() === 'them' ? !name.startsWith('_') : wildcard(pattern, true).test(name),
      );
      const holding = wanted.filter((name) => this.#selection(detection[name]!)).length;
      return token.toLowerCase() === 'all' ? holding === wanted.length : holding >= (Number(token) || 1);
    };
    return or();
  }

  #selection(selection: Yaml): boolean {
    if (isMap(selection)) return Object.entries(selection).every(([key, value]) => this.#item(key, value));
    return listOf(selection).some((one) => (isMap(one) ? this.#selection(one) : this.#item('', one)));
  }

  #item(key: string, value: Yaml): boolean {
    const [field, modifiers] = partsOf(key);
    const test = (one: Yaml): boolean => this.#one(field, modifiers, one);
    const truth = modifiers.includes('all') ? listOf(value).every(test) : listOf(value).some(test);
    return modifiers.includes('neq') ? !truth : truth;
  }

  #one(field: string, modifiers: readonly string[], wanted: Yaml): boolean {
    if (field === '') {
      return [...this.#record.fields].some(
        ([name, value]) =>
          value !== '' &&
          this.#forms(value, this.#record.percent.has(name)).some((form) => this.#holds(modifiers, wanted, form, 'contains')),
      );
    }
    const value = this.get(field);
    if (modifiers.includes('exists')) return (value !== undefined) === (wanted === true || wanted === 'true' || wanted === 'yes');
    // Readers do not know absent from empty in all logs: null is both.
    if (wanted === null) return value === undefined || value === '';
    if (value === undefined) return false;
    if (modifiers.includes('fieldref')) {
      const other = this.get(said(wanted));
      if (value === '' || other === undefined || other === '') return false;
      const [a, b] = modifiers.includes('cased') ? [value, other] : [value.toLowerCase(), other.toLowerCase()];
      const ways = { contains: a.includes(b), startswith: a.startsWith(b), endswith: a.endsWith(b) };
      return ways[modifiers.find((name) => name in ways) as 'contains'] ?? a === b;
    }
    return this.#forms(value, this.#isPercent(field)).some((form) => this.#holds(modifiers, wanted, form, 'is'));
  }

  #forms(value: string, percent: boolean): string[] {
    if (!percent || !value.includes('%')) return [value];
    return [value, value.replace(/(%[0-9a-f]{2})+/gi, (run) => decoded(Buffer.from(run.replaceAll('%', ''), 'hex')))];
  }

  #holds(modifiers: readonly string[], wanted: Yaml, value: string, usual: 'is' | 'contains'): boolean {
    const has = (name: string): boolean => modifiers.includes(name);
    const compare = (['lt', 'lte', 'gt', 'gte'] as const).find(has);
    const part = (['minute', 'hour', 'day', 'week', 'month', 'year'] as const).find(has);
    if (compare !== undefined || part !== undefined) {
      const found = part === undefined ? (/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : null) : datePart(value, part);
      const number = Number(wanted);
      if (found === null) return false;
      return { eq: found === number, lt: found < number, lte: found <= number, gt: found > number, gte: found >= number }[
        compare ?? 'eq'
      ];
    }
    const text = said(wanted);
    if (has('re')) return regex(text, modifiers).test(value);
    if (has('cidr')) return inNetwork(value, text);
    return patternsOf(modifiers, text, usual).some((pattern) => pattern.test(value));
  }
}

/** UTF-8, or one character a byte. */
const decoded = (bytes: Buffer): string => bytes.toString(bytes.toString().includes('\ufffd') ? 'latin1' : 'utf8');

// Remembered, because the same rules are asked about many records.
const parts = new Map<string, readonly [string, readonly string[]]>();
const patterns = new Map<readonly string[], Map<string, readonly { test(value: string): boolean }[]>>();

function partsOf(key: string): readonly [string, readonly string[]] {
  if (!parts.has(key)) parts.set(key, [key.split('|')[0]!, key.split('|').slice(1)]);
  return parts.get(key)!;
}

function patternsOf(modifiers: readonly string[], text: string, usual: string): readonly { test(value: string): boolean }[] {
  let known = patterns.get(modifiers);
  if (known === undefined) patterns.set(modifiers, (known = new Map()));
  const has = (name: string): boolean => modifiers.includes(name);
  const how = has('contains') ? 'contains' : has('startswith') ? 'starts' : has('endswith') ? 'ends' : usual;
  const found =
    known.get(text) ??
    encoded(text, modifiers).map(({ text: one, plain }) => {
      const pattern = plain ? one.replace(/[\\*?]/g, '\\$&') : one;
      // A backslash at the end must not take the meaning from the star that is put behind it.
      const safe = how === 'starts' || how === 'contains' ? pattern.replace(/(?<!\\)((?:\\\\)*)\\$/, '$1\\\\') : pattern;
      const whole = `${how === 'contains' || how === 'ends' ? '*' : ''}${safe}${how === 'contains' || how === 'starts' ? '*' : ''}`;
      return wildcard(whole, has('cased'));
    });
  known.set(text, found);
  return found;
}

const made = new Map<string, { test(value: string): boolean }>();
export const forget = (): void => [parts, patterns, made].forEach((map) => map.clear());

function wildcard(pattern: string, cased: boolean): { test(value: string): boolean } {
  const key = `${cased ? 'c' : 'i'}${pattern}`;
  let found = made.get(key);
  if (found === undefined) {
    let source = '';
    for (let i = 0; i < pattern.length; i++) {
      const one = pattern[i]!;
      if (one === '\\' && '\\*?'.includes(pattern[i + 1] ?? '\n')) source += `\\${pattern[++i]!}`;
      else if (one === '*') source += '[^]*';
      else if (one === '?') source += '[^]';
      else source += (cased ? one : one.toLowerCase()).replace(/[\\^$.|+()[\]{}/-]/, '\\$&');
    }
    const expression = new RegExp(`^${source.replace(/(\[\^\]\*){2,}/g, '[^]*')}$`);
    found = { test: (value) => expression.test(cased ? value : value.toLowerCase()) };
    made.set(key, found);
  }
  return found;
}

function regex(source: string, modifiers: readonly string[]): { test(value: string): boolean } {
  // JavaScript has no flags within an expression; those at its beginning hold for all of it.
  const inner = /^\(\?([ims]+)\)/.exec(source);
  const flags = ['i', 's', 'm'].filter((flag) => modifiers.includes(flag) || inner?.[1]!.includes(flag)).join('');
  const key = `re ${flags} ${source}`;
  const found = made.get(key) ?? new RegExp(source.slice(inner?.[0].length ?? 0), flags);
  made.set(key, found);
  return found;
}

function encoded(text: string, modifiers: readonly string[]): { readonly text: string; readonly plain: boolean }[] {
  let forms: { text: string; plain: boolean; bytes: Buffer | null }[] = [{ text, plain: false, bytes: null }];
  const literal = (form: { text: string; plain: boolean }): string =>
    form.plain ? form.text : form.text.replace(/\\([\\*?])/g, '$1');
  for (const modifier of modifiers) {
    if (modifier === 'windash') {
      const each = (rest: string): string[] => {
        const at = rest.search(/(?<!\w)[-/–—―](?=\w)/);
        if (at === -1) return [rest];
        return each(rest.slice(at + 1)).flatMap((tail) =>
          ['-', '/', '–', '—', '―'].map((dash) => rest.slice(0, at) + dash + tail),
        );
      };
      forms = forms.flatMap((form) => each(form.text).map((one) => ({ ...form, text: one })));
    } else if (/^(?:wide|utf16|utf16le|utf16be)$/.test(modifier)) {
      forms = forms.map((form) => {
        const bytes = Buffer.from(`${modifier === 'utf16' ? '\ufeff' : ''}${literal(form)}`, 'utf16le');
        return { text: (modifier === 'utf16be' ? bytes.swap16() : bytes).toString('latin1'), plain: true, bytes };
      });
    } else if (modifier === 'base64') {
      forms = forms.map((form) => ({
        text: (form.bytes ?? Buffer.from(literal(form))).toString('base64'),
        plain: true,
        bytes: null,
      }));
    } else if (modifier === 'base64offset') {
      forms = forms.flatMap((form) => {
        const bytes = form.bytes ?? Buffer.from(literal(form));
        // Six bits a letter: those that hold bits of the text alone.
        return [0, 1, 2].map((offset) => {
          const whole = Buffer.concat([Buffer.alloc(offset), bytes, Buffer.alloc(3)]).toString('base64');
          const [first, last] = [Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)];
          return { text: whole.slice(first, last), plain: true, bytes: null };
        });
      });
    }
  }
  return forms;
}

function datePart(value: string, part: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'): number | null {
  const shape = /^\s*((\d{4})-(\d\d)-(\d\d))?([T ]?(\d\d):(\d\d)(:\d\d(\.\d{1,9})?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?\s*$/;
  const match = shape.exec(value);
  const place = { year: 2, month: 3, day: 4, week: 2, hour: 6, minute: 7 }[part];
  if (match?.[place] === undefined) return null;
  if (part !== 'week') return Number(match[place]);
  const day = new Date(Date.UTC(Number(match[2]), Number(match[3]) - 1, Number(match[4])));
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  return Math.ceil(((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
}

function inNetwork(value: string, network: string): boolean {
  const [base = '', bits] = network.split('/');
  const [left, right] = [numberOf(value.trim()), numberOf(base)];
  if (left === null || right === null || left.v6 !== right.v6) return false;
  const width = right.v6 ? 128 : 32;
  // A network of IPv4 addresses that are written as IPv6 counts its bits as IPv6.
  const stated = bits === undefined ? width : Number(bits) - (!right.v6 && base.includes(':') ? 96 : 0);
  return left.number >> BigInt(width - stated) === right.number >> BigInt(width - stated);
}

/** An IPv4 address written as IPv6 is an IPv4 address. */
function numberOf(address: string): { readonly v6: boolean; readonly number: bigint } | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) {
    const bytes = address.split('.').map(Number);
    if (bytes.some((byte) => byte > 255)) return null;
    return { v6: false, number: bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) };
  }
  // The last two groups may be written as IPv4.
  const whole = address.replace(/(?<=:)[\d.]+\.[\d.]+$/, (last) => {
    const number = numberOf(last)?.number;
    return number === undefined ? 'none' : `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
  });
  const [head = [], tail, ...more] = whole.split('::').map((half) => (half === '' ? [] : half.split(':')));
  if (!whole.includes(':') || more.length > 0) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])];
  if (all.some((group) => !/^[\da-f]{1,4}$/i.test(group))) return null;
  const number = all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
  return number >> 32n === 0xffffn ? { v6: false, number: number & 0xffffffffn } : { v6: true, number };
}
