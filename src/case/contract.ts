/**
 * Whether a value keeps the contract: the part of JSON Schema (draft 2020-12) that `schema/assessment-1.json` is written in. Told
 * as the first place that breaks it. A keyword that is not known here is a bug of ours, never passed over.
 */

interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const keywords = new Set(
  `$schema $id $defs title description contentEncoding $ref const enum anyOf type pattern minimum minItems items properties required
  additionalProperties`.split(/\s+/),
);

/** null: it does; else where and how it does not. */
export function breach(value: unknown, schemaText: string): string | null {
  const root = JSON.parse(schemaText) as Schema;
  return look(value, root, root, '');
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function look(value: unknown, schema: Schema, root: Schema, at: string): string | null {
  for (const keyword of Object.keys(schema)) if (!keywords.has(keyword)) throw new Error(`the schema's ${keyword} is not known`);
  const here = at === '' ? 'the whole' : at;
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    if (target === undefined) throw new Error(`the schema's ${schema.$ref} leads nowhere`);
    const found = look(value, target, root, at);
    if (found !== null) return found;
  }
  if (schema.const !== undefined && value !== schema.const) return `${here} is not ${JSON.stringify(schema.const)}`;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return `${here} is none of ${schema.enum.join(', ')}`;
  if (schema.anyOf !== undefined) {
    const found = schema.anyOf.map((one) => look(value, one, root, at));
    if (!found.includes(null)) return found[0]!;
  }
  const type = typeOf(value);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.includes(type) && !(types.includes('number') && type === 'integer'))
    return `${here} is ${type}, where ${types.join(' or ')} belongs`;
  if (typeof value === 'string' && schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value))
    return `${here} does not look as it must`;
  if (typeof value === 'number' && schema.minimum !== undefined && value < schema.minimum)
    return `${here} is less than ${schema.minimum}`;
  if (Array.isArray(value) && value.length < (schema.minItems ?? 0)) return `${here} has less than ${schema.minItems} entries`;
  if (Array.isArray(value) && schema.items !== undefined) {
    for (const [index, one] of value.entries()) {
      const found = look(one, schema.items, root, `${at}[${index}]`);
      if (found !== null) return found;
    }
  }
  return type === 'object' ? lookInto(value as object, schema, root, at) : null;
}

function lookInto(value: object, schema: Schema, root: Schema, at: string): string | null {
  for (const name of schema.required ?? []) if (!Object.hasOwn(value, name)) return `${at}.${name} is missing`;
  const known = schema.properties ?? {};
  for (const [name, one] of Object.entries(value)) {
    if (!Object.hasOwn(known, name)) {
      if (schema.additionalProperties === false) return `${at}.${name} is not in the contract`;
      continue;
    }
    const found = look(one, known[name]!, root, `${at}.${name}`);
    if (found !== null) return found;
  }
  return null;
}
