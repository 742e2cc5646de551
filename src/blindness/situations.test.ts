import { describe, expect, test } from 'vitest';
import { oneDayMs } from '../core/time.ts';
import { Random } from '../demo/index.ts';
import type { Scene } from './scene.ts';
import { momentLimit, momentsOf, situationsOf } from './situations.ts';

const day = Date.parse('2021-03-01T00:00:00Z');
const scene = (fronts: readonly string[]): Scene => ({ fronts, backs: fronts, build: () => '' }) as unknown as Scene;
const days = (count: number): number[] => Array.from({ length: count }, (_, index) => day + index * oneDayMs);

describe('moments', () => {
  test('every hour of every day on every server, where there are not too many', () => {
    const { moments, all } = momentsOf(days(3), scene(['A', 'B']), new Random('x'));
    expect([moments.length, all]).toEqual([144, 144]);
    const hours = new Set(moments.map(({ ms, front }) => `${front} ${Math.floor(ms / 3_600_000)}`));
    expect(hours.size).toBe(144);
    expect(new Set(moments.map(({ back }) => back))).toEqual(new Set(['A', 'B']));
  });

  test('of too many a sample in which each server and hour has its share', () => {
    const fronts = Array.from({ length: 4 }, (_, index) => `S${index}`);
    const { moments, all } = momentsOf(days(2000), scene(fronts), new Random('y'));
    expect(all).toBe(192_000);
    expect(moments.length).toBeLessThanOrEqual(momentLimit);
    expect(moments.length).toBeGreaterThan(momentLimit * 0.9);
    for (const front of fronts) {
      const share = moments.filter((moment) => moment.front === front).length / moments.length;
      expect(Math.abs(share - 0.25)).toBeLessThan(0.02);
    }
    const nights = moments.filter(({ ms }) => Math.floor(ms / 3_600_000) % 24 < 6).length / moments.length;
    expect(Math.abs(nights - 0.25)).toBeLessThan(0.02);
  });
});

test('moments that find the same files are one situation, and the edge of a gap is in two', () => {
  const place = { path: 'a', canonicalPath: null, root: '', columns: null, layout: 'one' };
  const { moments } = momentsOf(days(2), scene(['A']), new Random('z'));
  const traces = [
    { log: 'x', on: 'front', afterMs: 0 },
    { log: 'y', on: 'back', afterMs: 0 },
  ] as const;
  const books = {
    anyOf: () => 'a',
    find: (log: string, _host: string | null, ms: number) =>
      log === 'y' && ms < day + oneDayMs
        ? { place, unsure: ms >= day + 0.5 * oneDayMs, why: 'gap' as const }
        : { place: null, unsure: false, why: 'missing' as const },
  };
  const { list, wary, hopeful } = situationsOf(moments, traces, books, scene(['A']), []);
  expect(list.map(({ lost, empty }) => [lost, empty])).toEqual([
    [1, false],
    [2, true],
  ]);
  expect(wary.filter((index) => index === 0)).toHaveLength(12);
  expect(hopeful.filter((index) => index === 0)).toHaveLength(24);
});
