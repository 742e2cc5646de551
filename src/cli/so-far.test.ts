import { expect, test } from 'vitest';
import type { Verdict } from '../core/assessment.ts';
import { SoFar } from './so-far.ts';

const verdict = (answer: string, stage: string, confidence = 'confirmed', entered = 'yes'): Verdict =>
  ({ answer, stage, confidence, entered, headline: `${stage}.` }) as unknown as Verdict;

test('what is certain is said once, then only more; nothing before the end says nothing', () => {
  let now = 0;
  let looks = 0;
  const lines: string[] = [];
  const soFar = new SoFar(
    (line) => lines.push(line),
    () => now,
  );
  const look = (seen: Verdict, costMs = 0): void =>
    soFar.look(() => {
      looks++;
      now += costMs;
      return seen;
    }, 12.7);
  look(verdict('confirmed', 'implanted'));
  expect(looks).toBe(0);
  for (const [at, seen] of [
    [2000, verdict('no_evidence', 'none', 'confirmed', 'no_sign')],
    [4000, verdict('cannot_tell', 'none', 'possible', 'cannot_tell')],
    [6000, verdict('suspected', 'exploited', 'probable', 'probable')],
    [8000, verdict('confirmed', 'implanted')],
    [10_000, verdict('confirmed', 'implanted')],
    [12_000, verdict('confirmed', 'exploited')],
    [14_000, verdict('confirmed', 'operated', 'probable')],
    [16_000, verdict('confirmed', 'spread')],
  ] as const) {
    now = at;
    look(seen);
  }
  expect(lines).toEqual([
    'Certain after 12 % of the reading: implanted. The rest is read for who, how far and what else.',
    'Certain after 12 % of the reading: spread. The rest is read for who, how far and what else.',
  ]);
  // A look that takes long is not taken again soon.
  now = 20_000;
  look(verdict('confirmed', 'spread'), 1000);
  looks = 0;
  for (now = 21_000; now < 41_000; now += 500) look(verdict('confirmed', 'spread'));
  expect(looks).toBe(0);
  now = 41_500;
  look(verdict('confirmed', 'spread'));
  expect(looks).toBe(1);
});

test('of many files the most telling are looked at in any case; when all is said nobody looks any more', () => {
  const lines: string[] = [];
  let looks = 0;
  let now = 0;
  const soFar = new SoFar(
    (line) => lines.push(line),
    () => now,
  );
  const look = (seen: Verdict, percent: number | null): void =>
    soFar.look(() => {
      looks++;
      return seen;
    }, percent);
  look(verdict('no_evidence', 'none'), null);
  look(verdict('confirmed', 'implanted'), null);
  now = 2000;
  look(verdict('confirmed', 'impact'), 3);
  expect([looks, lines]).toEqual([
    3,
    [
      'Certain from the first logs: implanted. The rest is read for who, how far and what else.',
      'Certain after 3 % of the reading: impact. The rest is read for who, how far and what else.',
    ],
  ]);
  now = 9000;
  look(verdict('confirmed', 'impact'), 50);
  expect(looks).toBe(3);
});
