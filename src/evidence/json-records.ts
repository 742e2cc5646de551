/**
 * Records of a JSON text: its objects one after the other, those of a list, or those of the list that an answer of a search holds; each
 * flat, with its place. Nothing nested deeper than a few steps is looked at.
 */

export interface JsonRecord {
  /** Range in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Of its beginning, from 0. */
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

export interface JsonRecords {
  readonly records: readonly JsonRecord[];
  /** Where a piece stands that is no JSON; null: all is. */
  readonly brokenAt: number | null;
}

const mostRecords = 200_000;
const mostFields = 400;
const deepest = 6;
const longestValue = 64 << 10;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Around the record that was asked for, or around its own fields, stand the names of whoever carried it. */
const wrappings =
  /^(?:_source|result|winlog\.event_data|winlog\.user_data|Event\.EventData|EventData|event_data|Event\.System|data\.win\.eventdata|data\.win\.system)\./;

/** `/Date(1614744751310)/`: how PowerShell 5 writes a time. */
const dated = (text: string): string => {
  const ms = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  return ms === undefined || Math.abs(Number(ms)) > 8.64e15 ? text : new Date(Number(ms)).toISOString();
};

const scalar = (value: unknown): string | null =>
  typeof value === 'string'
    ? dated(value.slice(0, longestValue))
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;

function flatten(object: Readonly<Record<string, unknown>>): Map<string, string> {
  const fields = new Map<string, string>();
  const add = (given: string, value: string): void => {
    // What a value of PowerShell is, beside what else is said of it: of an enumeration the number, then the word.
    const name = given.replace(wrappings, '').replace(/\.(?:OriginalString|value|Value)$/, '');
    const word = given.endsWith('.Value') && /^\d{1,10}$/.test(fields.get(name) ?? '');
    if (word || (!fields.has(name) && fields.size < mostFields)) fields.set(name, value);
  };
  const walk = (value: unknown, name: string, depth: number): void => {
    const text = scalar(value);
    if (text !== null) add(name, text);
    else if (Array.isArray(value)) {
      const texts = value.slice(0, 100).map((one) => scalar(one));
      if (texts.length > 0 && texts.every((one) => one !== null)) add(name, texts.join(', ').slice(0, longestValue));
    } else if (isObject(value) && depth < deepest)
      for (const [key, inner] of Object.entries(value)) walk(inner, name === '' ? key : `${name}.${key}`, depth + 1);
  };
  walk(object, '', 0);
  return fields;
}

/** Lists of records in the answer to a search, by the names that searches give them. */
function listIn(
  object: Readonly<Record<string, unknown>>,
): { readonly path: readonly string[]; readonly list: readonly Readonly<Record<string, unknown>>[] } | null {
  const above = isObject(object['hits']) ? ['hits'] : [];
  const inner = isObject(object['hits']) ? object['hits'] : object;
  for (const name of ['hits', 'results', 'Results', 'value', 'data', 'rows', 'events', 'Records', 'records', 'items', 'logs']) {
    const list = inner[name];
    if (Array.isArray(list) && list.length > 0 && list.every((one) => isObject(one))) return { path: [...above, name], list };
  }
  return null;
}

const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9 || code === 0xfeff;

/** Behind the bracket that closes the one at `from`; null: none does. */
function closing(text: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++;
    } else if (code === 0x7b || code === 0x5b) depth++;
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1;
  }
  return null;
}

/** Behind the string that begins at `from`. */
function stringEnd(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++;
  return at + 1;
}

/** Where the value of this name in the object that begins at `from` stands: of several the last one, as `JSON.parse` has it. */
function memberAt(text: string, from: number, name: string): number | null {
  let found: number | null = null;
  for (let at = from + 1; at < text.length && text[at] !== '}';) {
    if (text[at] !== '"') {
      at++;
      continue;
    }
    const keyEnd = stringEnd(text, at);
    const key = text.slice(at, keyEnd);
    // A sign of a name may be written with its number.
    const isIt = key.includes('\\') ? JSON.parse(key) === name : key === `"${name}"`;
    for (at = keyEnd; at < text.length && (isBlank(text.charCodeAt(at)) || text[at] === ':');) at++;
    if (isIt) found = at;
    if (text[at] === '"') at = stringEnd(text, at);
    else if (text[at] === '{' || text[at] === '[') at = closing(text, at) ?? text.length;
    else while (at < text.length && text[at] !== ',' && text[at] !== '}') at++;
  }
  return found;
}

/** Where each object of the list at that path stands; the text from `from` on is an object that was read. */
function placesOf(text: string, from: number, path: readonly string[]): (readonly [number, number])[] {
  let list: number | null = from;
  for (const name of path) list = list === null ? null : memberAt(text, list, name);
  const places: [number, number][] = [];
  for (let at = (list ?? text.length) + 1; at < text.length && text[at] !== ']';) {
    const end = text[at] === '{' ? closing(text, at) : null;
    if (end !== null) places.push([at, end]);
    at = end ?? at + 1;
  }
  return places;
}

/** null: the text is no list of objects. */
export function jsonRecords(text: string): JsonRecords | null {
  const records: JsonRecord[] = [];
  let brokenAt: number | null = null;
  let line = 0;
  let counted = 0;
  const lineAt = (at: number): number => {
    for (; counted < at; counted++) if (text.charCodeAt(counted) === 10) line++;
    return line;
  };
  let at = 0;
  const skip = (): void => {
    while (at < text.length && (isBlank(text.charCodeAt(at)) || text.charCodeAt(at) === 0x2c)) at++;
  };
  skip();
  if (text[at] === '[') at++;
  for (skip(); at < text.length && records.length < mostRecords; skip()) {
    if (text[at] === ']') {
      at++;
      continue;
    }
    if (text[at] !== '{') {
      if (records.length === 0) return null;
      brokenAt ??= at;
      break;
    }
    const end = closing(text, at);
    if (end === null) {
      brokenAt ??= at;
      break;
    }
    let parsed: unknown = null;
    try {
      parsed = JSON.parse(text.slice(at, end));
    } catch {
      brokenAt ??= at;
    }
    if (isObject(parsed)) {
      const inner = listIn(parsed);
      const places = inner === null ? null : placesOf(text, at, inner.path);
      for (const [index, one] of (inner?.list ?? [parsed]).entries()) {
        if (records.length >= mostRecords) break;
        const [start, stop] = places?.[index] ?? [at, end];
        records.push({ start, end: stop, line: lineAt(start), fields: flatten(one) });
      }
    }
    at = end;
  }
  return records.length === 0 ? null : { records, brokenAt };
}
