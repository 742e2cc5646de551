import { expect, it } from 'vitest';
import { dutiesOf } from '../assess.ts';
import { knownUtcIn, knownUtcOf } from '../case/index.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { dutiesIn } from '../knowledge/index.ts';
import { attemptedCovered, implanted } from './assessments.fixture.ts';
import { renderTellMarkdown, renderTellTerminal, tellOf } from './tell.ts';

const duties = dutiesOf(nodePlatform);
const knownUtc = '2021-03-09T20:40:00.000Z';

it('counts periods from the moment of knowledge', () => {
  const sections = tellOf(implanted, { knownUtc, duties, country: 'DE' });
  expect(sections.map(({ id }) => id)).toEqual(['mail', 'data', 'known', 'duties', 'notice', 'phone']);
  const told = sections.find(({ id }) => id === 'duties')!.items;
  expect(told.find(({ head }) => head === 'GDPR, Art. 33')!.text).toContain('2021-03-12 20:40 UTC (72 hours)');
  expect(told.map(({ head }) => head).join()).toContain('BSIG');
  expect(told.map(({ head }) => head).join()).not.toMatch(/HIPAA|PIPEDA/);
  for (const { url } of told) expect(url).toMatch(/^https:/);
  expect(renderTellMarkdown(sections)).toContain('not legal advice');
  expect(
    renderTellTerminal(sections, { width: 80, color: false })
      .split('\n')
      .every((line) => line.length <= 100 || line.includes('https://')),
  ).toBe(true);
});

it('names no period, no notice and no data where nobody got in', () => {
  const sections = tellOf(attemptedCovered, { knownUtc: null, duties, country: null });
  expect(sections.map(({ id }) => id)).toEqual(['mail', 'known', 'duties']);
  expect(JSON.stringify(sections)).not.toMatch(/20\d\d-\d\d-\d\d \d\d:\d\d/);
});

it('the moment of knowledge is fixed by the first run that says so', () => {
  const now = '2026-11-25T21:00:00.000Z';
  expect(knownUtcOf(null, 'no_evidence', now)).toBeNull();
  expect(knownUtcOf(null, 'suspected', now)).toBe(now);
  const run = JSON.stringify({ knownUtc });
  for (const answer of ['confirmed', 'no_evidence', '']) expect(knownUtcOf(run, answer, now)).toBe(knownUtc);
  for (const text of ['', '{', '[]', '{}', '{"knownUtc":null}', '{"knownUtc":"soon"}']) expect(knownUtcIn(text)).toBeNull();
});

it('knows of countries of the Union, of others, and of none', () => {
  expect(dutiesIn(duties, 'FR').map(({ id }) => id)).toContain('nis2-warning');
  expect(dutiesIn(duties, 'NO').map(({ id }) => id)).toEqual(['gdpr-authority', 'gdpr-people']);
  expect(dutiesIn(duties, 'XX')).toEqual([]);
  expect(duties.length).toBeGreaterThan(12);
  for (const { url, asOf } of duties) expect([url.startsWith('https://'), /^\d{4}-\d\d-\d\d$/.test(asOf)]).toEqual([true, true]);
});

it('where the doors stay open until the night, nothing is read out before it', () => {
  const quiet = { ...implanted, plan: { ...implanted.plan, kind: 'C' as const } };
  const texts = (assessment: typeof implanted, id: string): string =>
    tellOf(assessment, { knownUtc, duties, country: null })
      .filter((one) => one.id === id)
      .flatMap((one) => one.texts)
      .join('\n');
  const step = implanted.plan.steps.findIndex(({ check }) => check.kind === 'no_requests_from_outside') + 1;
  expect(step).toBeGreaterThan(0);
  for (const id of ['notice', 'phone']) {
    expect(texts(quiet, id)).toContain(`only after the server is cut off (step ${step} of the plan)`);
    // The line for before says nothing of an attack.
    expect(texts(quiet, id).split('After the cut-off:')[0]).not.toMatch(/attack|got in|closed it off/);
    expect(texts(implanted, id)).not.toContain('only after');
    expect(texts(implanted, id)).toContain(`when the server is closed off (step ${step} of the plan)`);
  }
});
