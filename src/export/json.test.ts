import { describe, expect, it } from 'vitest';
import type { Assessment } from '../core/assessment.ts';
import { assessments, implanted } from '../report/assessments.fixture.ts';
import { assessmentJson, assessmentJsonPieces, findingsNdjson, observablesNdjson } from './index.ts';

/** The same value with the keys of every object turned round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, one]) => [key, reversed(one)]),
  );
}

describe('assessmentJson', () => {
  it.each(Object.entries(assessments))('writes %s whole, and the same for every order of keys', (_name, assessment) => {
    const text = assessmentJson(assessment);
    expect(JSON.parse(text)).toEqual(assessment);
    expect(assessmentJson(reversed(assessment) as Assessment)).toBe(text);
    expect(text.startsWith('{\n  "schema": "afterpatch.assessment/1",\n  "evidence": [')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it.each(Object.entries(assessments))('gives %s in pieces of one thing each', (_name, assessment) => {
    const pieces = [...assessmentJsonPieces(assessment)];
    expect(pieces.join('')).toBe(`${JSON.stringify(JSON.parse(assessmentJson(assessment)), null, 2)}\n`);
    for (const { artifact } of assessment.problems)
      expect(pieces.filter((piece) => piece.includes(JSON.stringify(artifact))).length).toBeGreaterThan(0);
    expect(pieces.length).toBeGreaterThan(assessment.evidence.length + assessment.problems.length + assessment.findings.length);
  });

  it('refuses what JSON would change without a word', () => {
    const [first, ...rest] = implanted.findings;
    expect(() => assessmentJson({ ...implanted, findings: [{ ...first!, count: Number.NaN }, ...rest] })).toThrow(
      '.findings[0].count is NaN',
    );
    expect(() => assessmentJson({ ...implanted, more: true } as Assessment)).toThrow('.more is not in the contract');
  });

  it('leaves out what is undefined', () => {
    const [problem] = implanted.problems;
    const odd = { ...problem!, expected: undefined } as unknown as (typeof implanted.problems)[number];
    expect(assessmentJson({ ...implanted, problems: [odd] })).toBe(assessmentJson(implanted));
  });
});

describe('findingsNdjson', () => {
  it('is one finding per line', () => {
    const lines = findingsNdjson(implanted).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(implanted.findings);
  });
});

const row = (kind: string, value: string) => ({
  kind,
  value,
  firstUtc: null,
  lastUtc: '2021-03-03T04:12:40.114Z',
  count: 2,
  hosts: ['MAIL02', 'MAIL01'],
});

describe('observablesNdjson', () => {
  it('is sorted by kind and value, hosts too', () => {
    expect(observablesNdjson([row('page', '/b'), row('page', '/a'), row('address', '203.0.113.24')])).toBe(
      [
        '{"kind":"address","value":"203.0.113.24","firstUtc":null,"lastUtc":"2021-03-03T04:12:40.114Z","count":2,"hosts":["MAIL01","MAIL02"]}',
        '{"kind":"page","value":"/a","firstUtc":null,"lastUtc":"2021-03-03T04:12:40.114Z","count":2,"hosts":["MAIL01","MAIL02"]}',
        '{"kind":"page","value":"/b","firstUtc":null,"lastUtc":"2021-03-03T04:12:40.114Z","count":2,"hosts":["MAIL01","MAIL02"]}',
        '',
      ].join('\n'),
    );
  });

  it('says last how many are left out', () => {
    expect(
      observablesNdjson([row('page', '/a')], 12)
        .split('\n')
        .at(-2),
    ).toBe('{"kind":"truncated","count":12}');
    expect(observablesNdjson([])).toBe('');
  });
});
