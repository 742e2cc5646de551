import { expect, test } from 'vitest';
import type { Pack } from '../core/pack.ts';
import { fitOf } from './campaigns.ts';

const campaign = (id: string, firstExploited: string, from: string): Pack =>
  ({ id, firstExploited, fixedBuilds: [{ from, below: '16.0.0.0' }] }) as unknown as Pack;
const early = campaign('early', '2021-01-01', '15.1.100.0');
const late = campaign('late', '2022-01-01', '15.1.50.0');
type Seen = Parameters<typeof fitOf>[0];
const ran = (...builds: readonly (readonly [string, string])[]): Seen =>
  new Map([
    [
      'MAIL01',
      {
        sightings: builds.map(([build, firstUtc]) => ({
          build,
          how: 'ran' as const,
          source: 'httpproxy',
          firstMs: Date.parse(firstUtc),
          lastMs: Date.parse(firstUtc),
          local: false,
        })),
      },
    ],
  ]);
const better = (exposure: Seen, timeUtc: string | null, host: string | null = 'MAIL01'): string => {
  const fits = fitOf(exposure);
  const timeMs = timeUtc === null ? null : Date.parse(timeUtc);
  return fits(late, host, timeMs) > fits(early, host, timeMs) ? 'late' : 'early';
};

test('a campaign that had not begun does not fit, whatever the build', () => {
  expect(better(ran(['15.1.60.0', '2020-01-01T00:00:00Z']), '2021-06-01T00:00:00Z')).toBe('early');
  expect(better(new Map(), '2021-06-01T00:00:00Z')).toBe('early');
});

test('of two that had begun the one whose hole was open fits better, by the build that ran then', () => {
  const exposure = ran(['15.1.60.0', '2022-01-01T00:00:00Z'], ['15.1.120.0', '2022-06-01T00:00:00Z']);
  expect(better(exposure, '2022-03-01T00:00:00Z')).toBe('early');
  expect(better(exposure, '2022-07-01T00:00:00Z')).toBe('late');
  // Another server's build says nothing.
  expect(better(exposure, '2022-03-01T00:00:00Z', 'MAIL02')).toBe('late');
});

test('without a time and a build the later one is meant', () => {
  expect(better(new Map(), null)).toBe('late');
});
