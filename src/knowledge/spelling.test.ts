import { describe, expect, test } from 'vitest';
import { identify, spelled } from './index.ts';
import { knowledgeHere } from './knowledge.fixture.ts';

const knowledge = knowledgeHere();

describe('how people and programs write it', () => {
  const builds: readonly (readonly [given: string, build: string])[] = [
    ['15.1.2106.2', '15.1.2106.2'],
    ['15.01.2106.002', '15.1.2106.2'],
    [' 15.02.0721.013 ', '15.2.721.13'],
    ['Version 15.1.2106.2', '15.1.2106.2'],
    ['Exchange 2016 CU18 Mar21SU', '15.1.2106.13'],
    ['Exchange Server 2016 Cumulative Update 18 March 2021 SU', '15.1.2106.13'],
    ['Exchange Server 2019 CU8 KB5000871', '15.2.792.10'],
    ['2010 SP3 RU32', '14.3.513.0'],
    ['Exchange 2010 SP3 Update Rollup 32', '14.3.513.0'],
    ['exchange 2013 cu23 apr21su', '15.0.1497.15'],
    ['2016 CU23 Nov24SUv2', '15.1.2507.44'],
    ['2016 CU23 Nov24SU', '15.1.2507.43'],
    ['2016 CU12 Feb19SU', '15.1.1713.5'],
    ['Exchange SE Aug25SU', '15.2.2562.20'],
    ['SE RTM Sep25HU', '15.2.2562.27'],
  ];
  test.each(builds)('%s is one build', (given, build) => {
    expect(spelled(knowledge, given)).toEqual({ kind: 'build', build });
  });
  const cus: readonly (readonly [given: string, from: string, to: string, why: string])[] = [
    ['Version 15.1 (Build 2106.2)', '15.1.2106.2', '15.1.2106.13', 'directory'],
    ['Version 15.2 (Build 721.2)', '15.2.721.2', '15.2.721.13', 'directory'],
    ['15.1.2106', '15.1.2106.2', '15.1.2106.13', 'folder'],
    ['Exchange 2016 CU20', '15.1.2242.4', '15.1.2242.12', 'name'],
    ['Microsoft Exchange Server 2019 Cumulative Update 15', '15.2.1748.10', '15.2.1748.49', 'name'],
    ['Exchange 2013 SP1', '15.0.847.32', '15.0.847.64', 'name'],
    ['Exchange 2013 CU4', '15.0.847.32', '15.0.847.64', 'name'],
    ['Exchange SE', '15.2.2562.17', '15.2.2562.46', 'name'],
    ['Exchange 2016 RTM', '15.1.225.42', '15.1.225.42', 'name'],
  ];
  test.each(cus)('%s is any build of one CU', (given, from, to, why) => {
    expect(spelled(knowledge, given)).toEqual({ kind: 'cu', installed: { from, to }, why });
  });
  test('a level of the directory names CUs and no build', () => {
    for (const given of ['15334', 'rangeUpper: 15334', 'schema 15334', 'objectVersion 16221']) {
      const found = spelled(knowledge, given);
      expect(found.kind, given).toBe('level');
      if (found.kind === 'level') expect(found.of.map(({ product }) => product)).toContain('2016');
    }
  });
  test.each([
    '15.1',
    '15.1.2106.2.1',
    '16.0.1.2',
    'Exchange',
    '',
    '9.9.9.9',
    'Exchange 2007 SP3',
    '99999',
    '15.1.2106.x',
    '1'.repeat(500),
  ])('%s says nothing', (given) => {
    expect(spelled(knowledge, given).kind).toBe('unreadable');
  });
  test.each(['Exchange 2016 CU24', 'Exchange 2016', 'Exchange 2016 CU19 Nov23SU', 'Version 15.1 (Build 2107.2)'])(
    '%s names no release, and what is near',
    (given) => {
      const found = spelled(knowledge, given);
      expect(found.kind).toBe('no_release');
      if (found.kind === 'no_release') expect(found.near.length).toBeGreaterThan(0);
    },
  );
});

describe('which release a number is', () => {
  const cases: readonly (readonly [string, string, string | null, string | null])[] = [
    ['15.1.2106.2', 'exact', '2016 CU18', null],
    ['15.1.1415.8', 'alternative', '2016 CU8', 'Mar21SU'],
    ['15.1.1466.9', 'alternative', '2016 CU9', 'Aug18SU'],
    ['15.1.2106.5', 'update', '2016 CU18', null],
    ['15.1.2150.1', 'between', '2016 CU18', null],
    ['15.1.2507.75', 'newer', '2016 CU23', null],
    ['15.1.100.1', 'older', null, null],
    ['15.2.2562.17', 'exact', 'SE', null],
    ['15.2.2562.53', 'newer', 'SE', null],
    ['15.2.1748.53', 'newer', '2019 CU15', null],
    ['14.3.266.2', 'exact', '2010 SP3', 'RU11'],
  ];
  test.each(cases)('%s: %s', (build, how, cu, update) => {
    const found = identify(knowledge, build);
    expect([found?.how, found?.cu, found?.release?.update ?? null]).toEqual([how, cu, update]);
  });
  test('of another product nothing is known', () => {
    expect(identify(knowledge, '8.3.83.6')).toBe(null);
    expect(identify(knowledge, '15.3.1.1')).toBe(null);
  });
});
