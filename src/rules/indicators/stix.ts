/**
 * STIX 2.0 and 2.1: bundles, envelopes, single objects, lists of objects. An indicator is an object of that type; what was merely observed
 * is none, and is told as such.
 * @see https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html
 */
import { type About, type IndicatorSet, type Mention } from './indicator.ts';
import { instantOf } from './dates.ts';
import { confidenceOf } from './table.ts';
import { parsePattern, PatternError, type Comparison } from './stix-pattern.ts';
import { take } from './take.ts';
import { type TypeMeaning, typeOfWord } from './type-words.ts';

type Json = Readonly<Record<string, unknown>>;
export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const observed = new Set([
  'observed-data', 'ipv4-addr', 'ipv6-addr', 'domain-name', 'url', 'file', 'email-addr', 'email-message', 'network-traffic', 'user-account',
  'artifact', 'directory', 'process', 'mutex', 'windows-registry-key', 'x509-certificate', 'mac-addr', 'software', 'autonomous-system',
]); // prettier-ignore

/** Objects of a STIX text; null: it is none. */
export function stixObjects(data: unknown): readonly Json[] | null {
  const list = Array.isArray(data) ? data : isObject(data) && Array.isArray(data.objects) ? data.objects : [data];
  const objects = list.filter(isObject);
  const first = objects[0];
  const isBundle = isObject(data) && data.type === 'bundle';
  if (first === undefined) return isBundle ? [] : null;
  const known = typeof first.type === 'string' && typeof first.id === 'string' && first.id.startsWith(`${first.type}--`);
  return known || isBundle ? objects : null;
}

export function readStix(set: IndicatorSet, objects: readonly Json[], file: string): void {
  const names = new Map<string, string>();
  const sightings = new Map<string, { count: number; firstMs: number | null; lastMs: number | null }>();
  for (const object of objects) {
    const id = textOf(object.id);
    if (object.type === 'identity' && id !== null && textOf(object.name) !== null) names.set(id, textOf(object.name)!);
    const of = object.type === 'sighting' ? textOf(object.sighting_of_ref) : null;
    if (of === null) continue;
    const known = sightings.get(of) ?? { count: 0, firstMs: null, lastMs: null };
    const count = typeof object.count === 'number' && object.count > 0 ? Math.min(object.count, 999_999_999) : 1;
    sightings.set(of, {
      count: known.count + count,
      firstMs: known.firstMs ?? instantOf(object.first_seen),
      lastMs: instantOf(object.last_seen) ?? known.lastMs,
    });
  }
  for (const object of objects) {
    const type = textOf(object.type) ?? '';
    const id = textOf(object.id) ?? '';
    if (type !== 'indicator') {
      if (observed.has(type)) set.leaveOut('observed', type, { file, at: id }, textOf(object.value) ?? textOf(object.name) ?? '');
      continue;
    }
    const pattern = textOf(object.pattern) ?? '';
    const place = { file, at: id };
    const language = textOf(object.pattern_type) ?? 'stix';
    const kinds = [object.indicator_types, object.labels].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
    if (language !== 'stix') set.leaveOut('pattern_language', language, place, pattern);
    else if (object.revoked === true) set.leaveOut('withdrawn', 'revoked', place, pattern);
    else if (kinds.includes('benign')) set.leaveOut('withdrawn', 'benign', place, pattern);
    else {
      const seen = sightings.get(id);
      readPattern(set, pattern, {
        ...place,
        about: {
          says: (textOf(object.name) ?? textOf(object.description))?.slice(0, 200) ?? null,
          by: names.get(textOf(object.created_by_ref) ?? '')?.slice(0, 200) ?? null,
          confidence: confidenceOf(object.confidence),
          validFromMs: instantOf(object.valid_from),
          validUntilMs: instantOf(object.valid_until),
          firstSeenMs: seen?.firstMs ?? null,
          lastSeenMs: seen?.lastMs ?? null,
          sightings: seen?.count ?? 0,
          falseAlarms: 0,
        },
      });
    }
  }
}

function readPattern(set: IndicatorSet, text: string, mention: Mention): void {
  let pattern;
  try {
    pattern = parsePattern(text);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    set.leaveOut('broken', error.message, mention, text);
    return;
  }
  const about: About = {
    ...mention.about,
    validFromMs: instantOf(pattern.start) ?? mention.about.validFromMs,
    validUntilMs: instantOf(pattern.stop) ?? mention.about.validUntilMs,
  };
  for (const one of pattern.comparisons) takeComparison(set, one, { ...mention, about });
}

const wildSuffix = /^%\.([^%_\\]+\.[^%_\\]+)$/;

function takeComparison(set: IndicatorSet, one: Comparison, mention: Mention): void {
  const { object, property, operator, values } = one;
  const meaning = meaningOf(object, property);
  const word = `${object}:${property}`;
  const shown = values[0] ?? '';
  const isHash = meaning === 'md5' || meaning === 'sha1' || meaning === 'sha256' || meaning === 'look';
  if (one.negated) set.leaveOut('negated', word, mention, shown);
  else if (!one.alone && !(one.sameFile && isHash)) set.leaveOut('together', word, mention, shown);
  else if (operator === 'ISSUBSET' && meaning === 'address') take(set, 'range', word, shown, mention);
  else if (operator === 'LIKE' && meaning === 'domain' && wildSuffix.test(shown))
    take(set, 'domain', word, wildSuffix.exec(shown)![1]!, mention);
  else if (operator !== '=' && operator !== 'IN') set.leaveOut('operator', `${word} ${operator}`, mention, shown);
  else for (const value of values) take(set, meaning, word, value, mention);
}

function meaningOf(object: string, property: string): TypeMeaning {
  const hash = /^(?:content_ref\.)?hashes\.(.+)$/.exec(property)?.[1];
  if (hash !== undefined && (object === 'file' || object === 'artifact')) return typeOfWord(hash) ?? { leftOut: 'type' };
  switch (`${object}:${property}`) {
    case 'ipv4-addr:value':
    case 'ipv6-addr:value':
      return 'address';
    case 'network-traffic:src_ref.value':
    case 'network-traffic:dst_ref.value':
      return 'address';
    case 'domain-name:value':
      return 'domain';
    case 'url:value':
      return 'url';
    case 'network-traffic:extensions.http-request-ext.request_header.User-Agent':
      return 'user_agent';
    case 'network-traffic:extensions.http-request-ext.request_value':
      return 'url';
    case 'file:name':
      return 'file_name';
    case 'directory:path':
    case 'file:parent_directory_ref.path':
      return 'path';
    case 'email-addr:value':
    case 'email-message:from_ref.value':
    case 'email-message:sender_ref.value':
      return 'email';
    case 'user-account:user_id':
    case 'user-account:account_login':
      return 'account';
    default:
      return { leftOut: 'type' };
  }
}
