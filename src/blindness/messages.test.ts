import { describe, expect, test } from 'vitest';
import type { BlindShare, BlindTechnique } from '../core/assessment.ts';
import { blindSentences, sayPercent } from './messages.ts';

const share = (seen: number, low = seen, high = seen, partly = 0): BlindShare => ({ moments: 480, seen, partly, low, high });
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const lack = (
  kind: string,
  why: 'missing' | 'gap' | 'columns' = 'missing',
  more: Partial<BlindTechnique['lacks'][number]> = {},
): BlindTechnique['lacks'][number] => ({ kind, host: 'MAIL01', why, columns: [], alone: true, share: 1, where: null, ...more });
const told = (one: BlindShare, more: Partial<BlindTechnique> = {}): BlindTechnique => ({
  id: 'p/t',
  pack: 'p',
  name: 'mail read through the hole',
  stage: 'impact',
  share: one,
  withAll: 'seen',
  firstUtc: '2021-03-01T00:00:00.000Z',
  lastUtc: '2021-03-20T00:00:00.000Z',
  waves: [],
  spans: [],
  lacks: [],
  says: '',
  ...more,
});
const says = (one: BlindTechnique, servers = 1): string =>
  blindSentences.technique(one, day('2021-03-01'), day('2021-03-20'), servers);

test('percents are never all or nothing where it is not', () => {
  expect([0, 0.002, 0.5, 0.997, 1].map(sayPercent)).toEqual(['0 %', 'less than 1 %', '50 %', 'more than 99 %', '100 %']);
});

describe('one technique', () => {
  test('always, never, sometimes', () => {
    expect(says(told(share(1)))).toBe('Mail read through the hole: always.');
    expect(says(told(share(0), { lacks: [lack('ews')] }))).toBe('Mail read through the hole: never; your EWS logs are missing.');
    expect(says(told(share(0.83, 0.8, 0.851)))).toBe('Mail read through the hole: 83 % of the time (between 80 and 86 %).');
    expect(says(told(share(0, 0, 0.004)))).toBe('Mail read through the hole: at most 1 % of the time.');
    expect(says(told(share(0.5), { firstUtc: '2021-03-09T00:00:00.000Z', lacks: [lack('httpproxy', 'gap')] }))).toBe(
      'Mail read through the hole: 50 % of the time, never before 9 March 2021; your HttpProxy logs are not here for all of that time.',
    );
    expect(says(told(share(0, 0, 0, 0.4), { lacks: [lack('msexchange-management')] }))).toBe(
      'Mail read through the hole: never; your MSExchange Management event log is missing. At 40 % of the times we would have seen somebody, and not how far they came.',
    );
  });

  test('several logs that would do, and several that are lacking together', () => {
    const alternatives = [lack('httpproxy', 'gap'), lack('iis-w3c', 'columns', { columns: ['cs-uri-query'] })];
    expect(says(told(share(0.5), { lacks: alternatives }))).toBe(
      'Mail read through the hole: 50 % of the time. Each of these alone would have shown it: HttpProxy logs (not here for all of that time), IIS logs (without cs-uri-query).',
    );
    const together = [lack('httpproxy'), lack('ews')].map((one) => ({ ...one, alone: false }));
    expect(says(told(share(0), { lacks: together }))).toBe(
      'Mail read through the hole: never. What would have shown it is lacking together: HttpProxy logs (missing), EWS logs (missing).',
    );
    // Where one alone decides, what is lacking besides is not said.
    expect(says(told(share(0), { lacks: [lack('ews'), { ...lack('httpproxy'), alone: false }] }))).toBe(
      'Mail read through the hole: never; your EWS logs are missing.',
    );
  });

  test('of several servers that lack it those are named, unless all do', () => {
    const lacks = [lack('ews'), lack('ews', 'missing', { host: 'MAIL02' })];
    expect(says(told(share(0), { lacks }), 3)).toBe(
      'Mail read through the hole: never; your EWS logs of MAIL01 and MAIL02 are missing.',
    );
    expect(says(told(share(0), { lacks }), 2)).toBe('Mail read through the hole: never; your EWS logs are missing.');
    expect(says(told(share(0), { lacks }), 9)).toBe('Mail read through the hole: never; your EWS logs are missing.');
  });

  test('what this version cannot see is no fault of the evidence', () => {
    expect(says(told(share(0), { withAll: 'unseen' }))).toContain('this version does not see it in any of these logs');
    expect(says(told(share(0, 0, 0, 1), { withAll: 'partly' }))).toBe(
      'Mail read through the hole: even where all of these logs are here, this version says no more than that somebody tried. That it would have said at any of these times.',
    );
    expect(says(told(share(0), { withAll: 'partly', lacks: [lack('ews')] }))).toContain(
      'Here it would never have said so; your EWS logs are missing.',
    );
  });
});

describe('all together', () => {
  const overall = (one: BlindShare, techniques: readonly BlindTechnique[], endMs = day('2021-03-21')): readonly string[] =>
    blindSentences.overall({
      share: one,
      fromMs: day('2021-03-01'),
      toMs: day('2021-03-21'),
      days: 20,
      techniques,
      evidenceEndMs: endMs,
      servers: 1,
    });

  test('the share, the first day, what would never have been seen', () => {
    const late = told(share(0.5), { firstUtc: '2021-03-09T00:00:00.000Z' });
    const never = told(share(0), { firstUtc: null, lacks: [lack('ews')] });
    expect(overall(share(0.83, 0.8, 0.85, 0.1), [late, never])).toEqual([
      'Had they come on any of the 20 days from 1 to 20 March 2021, we would have seen how far they came 83 % of the time (between 80 and 85 %); never before 9 March 2021.',
      'At 10 % of the times we would have seen that somebody was there, and not how far they came.',
      'Never mail read through the hole; your EWS logs are missing.',
    ]);
  });

  test('never at all is said once, always without comfort beyond it, and no time is no answer', () => {
    expect(overall(share(0), [told(share(0), { firstUtc: null })])).toEqual([
      'Had they come on any of the 20 days from 1 to 20 March 2021, we would never have seen how far they came.',
    ]);
    expect(overall(share(1), [told(share(1))])[0]).toContain('whichever day, hour and server they chose');
    expect(overall(share(0, 0, 0.002), [told(share(0, 0, 0.002))])[0]).toContain('how far they came at most 1 % of the time.');
    expect(overall(share(0), [], Number.NaN)[0]).toContain('carries a time');
    expect(overall(share(0), [])[0]).toBe(
      'None of the campaigns that can be tried had begun before your evidence ends, on 21 March 2021.',
    );
  });
});
