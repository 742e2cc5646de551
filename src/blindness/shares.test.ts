import { describe, expect, test } from 'vitest';
import { addDays, DayCounts, noSum, shareOf, wilson } from './shares.ts';

describe('shares', () => {
  test('nothing asked is nothing seen', () => {
    expect(shareOf(noSum(), true)).toEqual({ moments: 0, seen: 0, partly: 0, low: 0, high: 0 });
  });

  test('where every moment was asked, the bounds are what was left open, rounded away from each other', () => {
    const counts = new DayCounts(3);
    counts.moments.fill(24);
    counts.seen.set([24, 11, 0]);
    counts.partly.set([0, 1, 0]);
    counts.least.set([24, 10, 0]);
    counts.most.set([24, 12, 0]);
    expect(shareOf(addDays(noSum(), counts, 0, 3), false)).toEqual({
      moments: 72,
      seen: 0.4861,
      partly: 0.0139,
      low: 0.4722,
      high: 0.5,
    });
    expect(shareOf(addDays(noSum(), counts, 2, 3), false)).toMatchObject({ moments: 24, seen: 0, low: 0, high: 0 });
  });

  // Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3: Wilson.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('Wilson of %s in %s', (hits, count, low, high) => {
    const [from, to] = wilson(hits / count, count);
    expect(from).toBeCloseTo(low, 3);
    expect(to).toBeCloseTo(high, 3);
  });

  test('a sample is less sure of the same share', () => {
    const sum = { moments: 100, seen: 80, partly: 0, least: 80, most: 80 };
    const { low, high } = shareOf(sum, true);
    expect(low).toBeLessThan(0.72);
    expect(high).toBeGreaterThan(0.86);
    expect(shareOf({ ...sum, seen: 100, least: 100, most: 100 }, true).low).toBeLessThan(1);
  });
});
