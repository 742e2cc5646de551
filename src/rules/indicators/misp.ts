/**
 * MISP: events, answers of its interface, attributes and objects. What is not for detection, deleted or only proposed is left out and told.
 * @see https://www.misp-project.org/misp-standard.org/ (core format)
 */
import { instantOf } from './dates.ts';
import { type About, type IndicatorSet, type Mention, nothingSaid } from './indicator.ts';
import { isObject } from './stix.ts';
import { take } from './take.ts';
import { type TypeMeaning, typeOfWord } from './type-words.ts';

type Json = Readonly<Record<string, unknown>>;
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Events of a MISP text, or attributes without one; null: it is no text of MISP. */
export function mispEvents(data: unknown, depth = 0): readonly Json[] | null {
  if (Array.isArray(data)) {
    const events = data.filter(isObject).flatMap((one) => (isObject(one.Event) ? [one.Event] : isEvent(one) ? [one] : []));
    return events.length > 0 ? events : null;
  }
  if (!isObject(data)) return null;
  if (isObject(data.Event)) return [data.Event];
  if (data.response !== undefined && depth < 2) {
    if (Array.isArray(data.response)) return mispEvents(data.response, depth + 1);
    if (isObject(data.response)) return mispEvents(data.response, depth + 1) ?? [data.response];
    return null;
  }
  if (
    Array.isArray(data.Attribute) ||
    (Array.isArray(data.Object) && list(data.Object).some(({ Attribute }) => Array.isArray(Attribute)))
  )
    return [data];
  const single = isObject(data.Attribute) ? data.Attribute : data;
  if (
    typeof single.type === 'string' &&
    typeof single.value === 'string' &&
    'to_ids' in single &&
    typeof single.category === 'string'
  )
    return [{ Attribute: [single] }];
  return isEvent(data) ? [data] : null;
}

/** By what stands beside its attributes, of which it can have none. A list of events in an index names no more than their number. */
const isEvent = (data: Json): boolean =>
  typeof data.info === 'string' &&
  ('threat_level_id' in data || 'analysis' in data) &&
  (!('attribute_count' in data) || 'Attribute' in data || 'Object' in data);

const levels: Readonly<Record<string, number>> = {
  'completely-confident': 100,
  'usually-confident': 75,
  'fairly-confident': 50,
  'rarely-confident': 25,
  unconfident: 0,
};

function confidenceIn(tags: readonly Json[]): number | null {
  for (const { name } of tags) {
    const level = typeof name === 'string' ? /^misp:confidence-level="([a-z-]{1,40})"$/.exec(name)?.[1] : undefined;
    if (level !== undefined && Object.hasOwn(levels, level)) return levels[level]!;
  }
  return null;
}

/** Of a composite the part behind `|` is what it is named for. `whole`: both parts are taken. */
const composites: Readonly<Record<string, readonly (TypeMeaning | null)[]>> = {
  'ip-dst|port': ['address', null],
  'ip-src|port': ['address', null],
  'hostname|port': ['domain', null],
  'domain|ip': ['domain', 'address'],
  // The hash says all; the name alone says little, and nothing that the hash does not.
  'malware-sample': [{ leftOut: 'together' }, 'md5'],
};

export function readMisp(set: IndicatorSet, event: Json, file: string): void {
  const org = isObject(event.Orgc) ? textOf(event.Orgc.name) : null;
  const info = textOf(event.info);
  const by =
    [info, org]
      .filter((part) => part !== null)
      .join(' · ')
      .slice(0, 200) || null;
  const eventConfidence = confidenceIn(list(event.Tag));
  const read = (attribute: Json, proposal: boolean): void => {
    const type = textOf(attribute.type)?.toLowerCase() ?? '';
    const value = textOf(attribute.value) ?? '';
    const place = {
      file,
      at: textOf(attribute.uuid) ?? (textOf(attribute.id) !== null ? `attribute ${textOf(attribute.id)}` : ''),
    };
    if (proposal) set.leaveOut('proposal', type, place, value);
    else if (attribute.deleted === true || attribute.deleted === '1') set.leaveOut('withdrawn', 'deleted', place, value);
    else if (attribute.to_ids === false || attribute.to_ids === '0' || attribute.to_ids === 0)
      set.leaveOut('not_for_detection', type, place, value);
    else takeAttribute(set, type, value, { ...place, about: aboutOf(attribute, by, eventConfidence) });
    for (const one of list(attribute.ShadowAttribute))
      set.leaveOut('proposal', textOf(one.type) ?? '', place, textOf(one.value) ?? '');
  };
  for (const attribute of list(event.Attribute)) read(attribute, false);
  for (const attribute of list(event.ShadowAttribute)) read(attribute, true);
  for (const object of list(event.Object)) {
    const gone = object.deleted === true || object.deleted === '1';
    for (const attribute of list(object.Attribute)) read(gone ? { ...attribute, deleted: true } : attribute, false);
  }
}

function takeAttribute(set: IndicatorSet, type: string, value: string, mention: Mention): void {
  const named = /^filename\|(.+)$/.exec(type)?.[1];
  const parts =
    named === undefined
      ? Object.hasOwn(composites, type)
        ? composites[type]
        : undefined
      : [{ leftOut: 'together' } as const, typeOfWord(named) ?? ({ leftOut: 'type' } as const)];
  if (parts === undefined) {
    take(set, typeOfWord(type) ?? { leftOut: 'type' }, type, value, mention);
    return;
  }
  const bar = value.lastIndexOf('|');
  const values = bar === -1 ? [value, ''] : [value.slice(0, bar), value.slice(bar + 1)];
  for (const [index, part] of parts.entries())
    if (part !== null && values[index] !== '') take(set, part, type, values[index]!, mention);
}

function aboutOf(attribute: Json, by: string | null, eventConfidence: number | null): About {
  const seen = list(attribute.Sighting);
  const of = (type: string): readonly Json[] =>
    seen.filter((one) => (typeof one.type === 'number' ? `${one.type}` : (textOf(one.type) ?? '0')) === type);
  const times = of('0').flatMap(({ date_sighting: at }) => instantOf(at) ?? []);
  const expired = of('2').flatMap(({ date_sighting: at }) => instantOf(at) ?? []);
  return {
    ...nothingSaid,
    says: textOf(attribute.comment)?.slice(0, 200) ?? null,
    by,
    confidence: confidenceIn(list(attribute.Tag)) ?? eventConfidence,
    validUntilMs: expired.length === 0 ? null : Math.max(...expired.slice(0, 1000)),
    firstSeenMs: instantOf(attribute.first_seen) ?? (times.length === 0 ? null : Math.min(...times.slice(0, 1000))),
    lastSeenMs: instantOf(attribute.last_seen) ?? (times.length === 0 ? null : Math.max(...times.slice(0, 1000))),
    sightings: of('0').length,
    falseAlarms: of('1').length,
  };
}
