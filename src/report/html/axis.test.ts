import { describe, expect, it } from 'vitest';
import { clockOf } from '../clock.ts';
import { implanted } from '../assessments.fixture.ts';
import { closerDomain, domainOf, ticksOf } from './axis.ts';

const clock = clockOf('Europe/Berlin', 0);
const domain = (from: string, to: string) => ({ fromMs: Date.parse(from), toMs: Date.parse(to), clippedMs: null });

describe('ticksOf', () => {
  it.each([
    ['minutes', '2021-03-03T04:03:00Z', '2021-03-03T04:12:00Z', '3 Mar 05:03'],
    ['hours', '2021-03-03T01:30:00Z', '2021-03-03T14:00:00Z', '3 Mar 04:00'],
    ['days', '2021-02-24T00:00:00Z', '2021-03-09T00:00:00Z', '26 Feb'],
    ['weeks', '2021-01-03T00:00:00Z', '2021-03-09T00:00:00Z', '7 Jan'],
    ['months', '2020-11-20T00:00:00Z', '2021-05-09T00:00:00Z', 'Dec 2020'],
    ['years', '2003-05-01T00:00:00Z', '2021-05-09T00:00:00Z', '2005'],
  ])('are whole %s', (_name, from, to, first) => {
    const ticks = ticksOf(clock, domain(from, to), 9);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(10);
    expect(ticks[0]!.label).toBe(first);
  });

  it('stand at midnight on both sides of a change of the clocks', () => {
    const ticks = ticksOf(clock, domain('2021-03-26T00:00:00Z', '2021-03-31T00:00:00Z'), 9);
    expect(ticks.map((tick) => new Date(tick.ms).getUTCHours())).toEqual([23, 23, 22, 22, 22]);
  });
});

describe('domainOf', () => {
  it('begins with the first wave that the evidence could have seen', () => {
    const { fromMs, toMs, clippedMs } = domainOf(implanted)!;
    expect(new Date(fromMs).toISOString().slice(0, 7)).toBe('2021-01');
    expect(new Date(toMs).toISOString().slice(0, 10)).toBe('2021-03-10');
    expect(clippedMs).toBeNull();
  });

  it('does not let years of logs hide the days that matter', () => {
    const old = {
      ...implanted.coverage.sources[0]!,
      spans: [{ fromUtc: '2015-01-01T00:00:00Z', toUtc: '2021-03-09T18:40:00Z' }],
    };
    const { fromMs, clippedMs } = domainOf({ ...implanted, coverage: { ...implanted.coverage, sources: [old] } })!;
    expect(new Date(fromMs).getUTCFullYear()).toBe(2020);
    expect(clippedMs).toBe(Date.UTC(2015, 0, 1));
  });

  it('is nothing when nothing carries a time', () => {
    const bare = {
      ...implanted,
      findings: [],
      intrusions: [],
      coverage: { sources: [], campaigns: [], ledgers: [], silences: [], steps: [] },
      verdict: { ...implanted.verdict, waves: [] },
    };
    expect(domainOf(bare)).toBeNull();
  });
});

describe('closerDomain', () => {
  it('shows the days in which people were seen', () => {
    const whole = domainOf(implanted)!;
    const closer = closerDomain(implanted, whole)!;
    expect(new Date(closer.fromMs).toISOString().slice(0, 10)).toBe('2021-03-02');
    expect(closerDomain(implanted, closer)).toBeNull();
  });
});
