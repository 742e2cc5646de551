import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { stages } from '../core/stage.ts';
import { assessments } from '../report/assessments.fixture.ts';
import { assessmentJson } from './index.ts';
import { assessmentShape } from './shape.ts';

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(readFileSync(new URL('../../schema/assessment-1.json', import.meta.url), 'utf8')) as Schema;
const definition = (ref: string): Schema => schema.$defs![ref.slice('#/$defs/'.length)]!;

/** Every object schema with its place. */
function* objects(at: string, one: Schema): Generator<[string, Schema]> {
  if (one.properties !== undefined) {
    yield [at, one];
    for (const [key, property] of Object.entries(one.properties)) yield* objects(`${at}.${key}`, property);
  }
  if (one.items !== undefined) yield* objects(`${at}[]`, one.items);
  for (const [name, def] of Object.entries(one.$defs ?? {})) yield* objects(`#${name}`, def);
}

/** The order of keys that a schema gives, followed through references. */
function shapeOf(one: Schema): unknown {
  if (one.$ref !== undefined) return shapeOf(definition(one.$ref));
  if (one.type === 'array') return shapeOf(one.items!);
  // What may be null besides.
  if (one.anyOf !== undefined) {
    const variants = one.anyOf.filter(({ type }) => type !== 'null').map(shapeOf);
    if (variants.length === 1) return variants[0];
    // One of several objects: every key, where it stands first.
    const keys = new Map<string, unknown>();
    for (const [key, value] of variants.flat() as [string, unknown][]) if (!keys.has(key)) keys.set(key, value);
    return [...keys];
  }
  if (one.properties !== undefined) return Object.entries(one.properties).map(([key, property]) => [key, shapeOf(property)]);
  return 0;
}
const listed = (shape: unknown): unknown =>
  shape === 0 ? 0 : Object.entries(shape as Record<string, unknown>).map(([key, value]) => [key, listed(value)]);

describe('schema/assessment-1.json', () => {
  const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: true }).compile(schema);

  it.each(Object.entries(assessments))('accepts the assessment %s', (_name, assessment) => {
    const valid = validate(JSON.parse(assessmentJson(assessment)));
    expect(validate.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('refuses what the contract does not hold', () => {
    const whole = JSON.parse(assessmentJson(assessments['implanted']!)) as Record<string, unknown>;
    expect(validate({ ...whole, more: 1 })).toBe(false);
    expect(validate({ ...whole, schema: 'afterpatch.assessment/2' })).toBe(false);
    expect(validate({ ...whole, organisation: { name: '' } })).toBe(false);
    expect(validate({ ...whole, verdict: { ...(whole['verdict'] as object), answer: 'maybe' } })).toBe(false);
  });

  it('describes every property and every definition', () => {
    const bare: string[] = [];
    for (const [name, def] of Object.entries(schema.$defs!)) if (!def.description) bare.push(`#${name}`);
    for (const [at, one] of objects('', schema)) {
      for (const [key, property] of Object.entries(one.properties!)) {
        if (!property.description) bare.push(`${at}.${key}`);
        if (property.items !== undefined && property.items.$ref === undefined && !property.items.description)
          bare.push(`${at}.${key}[]`);
      }
    }
    expect(bare).toEqual([]);
  });

  it('closes every object, and leaves out only what a problem may lack', () => {
    for (const [at, one] of objects('', schema)) {
      expect(one.additionalProperties, at).toBe(false);
      const optional = Object.keys(one.properties!).filter((key) => !one.required!.includes(key));
      expect(optional, at).toEqual(at.endsWith('roblem') ? ['expected', 'found'] : []);
    }
  });

  it('has the fields of the contract in the order in which they are written', () => {
    expect(shapeOf(schema)).toEqual(listed(assessmentShape));
  });

  it('knows the stages of the ladder', () => {
    expect(definition('#/$defs/stage').enum).toEqual(stages);
  });
});
