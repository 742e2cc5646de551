import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../core/errors.ts';
import { assessmentJson } from '../export/index.ts';
import { assessments, implanted } from '../report/assessments.fixture.ts';
import { breach } from './contract.ts';
import { readAssessment, readRendering } from './index.ts';

const schema = readFileSync(new URL('../../schema/assessment-1.json', import.meta.url), 'utf8');
const read = (text: string): unknown => readAssessment(text, 'case/assessment.json', schema);

describe('readAssessment', () => {
  it.each(Object.entries(assessments))('reads %s as it was written', (_name, assessment) => {
    expect(read(assessmentJson(assessment))).toEqual(assessment);
  });

  it.each([
    ['what is cut off', assessmentJson(implanted).slice(0, 500), 'is not JSON'],
    ['what is none', '[]', 'is no assessment'],
    ['another version', '{"schema":"afterpatch.assessment/9"}', 'is of another version (afterpatch.assessment/9)'],
    ['what lacks a part', '{"schema":"afterpatch.assessment/1"}', '.evidence is missing'],
    [
      'an element where text belongs',
      assessmentJson(implanted).replace('"headline": "', '"headline": {"type":"script"}, "was": "'),
      '.verdict.headline is object, where string belongs',
    ],
    [
      'a word that is none of the contract',
      assessmentJson(implanted).replace('"answer": "confirmed"', '"answer": "maybe"'),
      '.verdict.answer is none of',
    ],
  ])('refuses %s, and says where', (_name, text, words) => {
    expect(() => read(text)).toThrow(UserError);
    expect(() => read(text)).toThrow(words);
  });
});

describe('breach', () => {
  it('knows each keyword, or says that it does not', () => {
    const of = (part: object, value: unknown): string | null => breach(value, JSON.stringify(part));
    expect(of({ type: 'integer', minimum: 0 }, -1)).toBe('the whole is less than 0');
    expect(of({ type: ['string', 'null'] }, 1)).toBe('the whole is integer, where string or null belongs');
    expect(of({ type: 'number' }, 1)).toBeNull();
    expect(of({ pattern: '^a' }, 'b')).toBe('the whole does not look as it must');
    expect(of({ items: { type: 'string' } }, ['a', 1])).toBe('[1] is integer, where string belongs');
    expect(of({ anyOf: [{ type: 'null' }, { type: 'string' }] }, 1)).toContain('is integer');
    expect(of({ properties: {}, additionalProperties: false }, { x: 1 })).toBe('.x is not in the contract');
    expect(() => of({ oneOf: [] }, 1)).toThrow('oneOf is not known');
    expect(() => of({ $ref: '#/$defs/x' }, 1)).toThrow('leads nowhere');
  });
});

describe('readRendering', () => {
  it('takes what is there, and no more', () => {
    expect(readRendering('{"nowUtc":"2021-03-09T20:40:00.000Z","timeZone":"UTC"}')).toEqual({
      nowMs: Date.UTC(2021, 2, 9, 20, 40),
      timeZone: 'UTC',
    });
    expect(readRendering('{"startedUtc":"2021-03-09T20:40:00.000Z"}')).toEqual({
      nowMs: Date.UTC(2021, 2, 9, 20, 40),
      timeZone: null,
    });
    for (const text of ['', 'null', '[]', '{"nowUtc":7}']) expect(readRendering(text)).toEqual({ nowMs: null, timeZone: null });
  });
});
