/**
 * Pairs of a build and a hole, written by hand: per hole what each build is, with the source of the border. Written from Microsoft's
 * tables of updates and its HealthChecker, not from what the code says; each trap of the numbers stands with its name.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type HoleState, holeIn } from '../../src/knowledge/index.ts';
import { knowledgeHere } from '../../src/knowledge/knowledge.fixture.ts';
import { factsFolder } from '../support/evidence.ts';

const css = 'https://github.com/microsoft/CSS-Exchange, HealthChecker, Invoke-AnalyzerSecurityCveCheck.ps1';
const marchSpecial = 'https://github.com/microsoft/CSS-Exchange, Invoke-AnalyzerSecurityCve-MarchSuSpecial.ps1';
const march = 'https://support.microsoft.com/help/5000871 (update of 2 March 2021)';
const april = 'https://support.microsoft.com/help/5001779 (update of 13 April 2021)';
const msrc = 'https://msrc.microsoft.com/update-guide/vulnerability/';

/** `trap` says what a simpler comparison would get wrong. */
const table: readonly (readonly [
  cve: string,
  source: string,
  trap: string | null,
  states: Partial<Record<HoleState, string>>,
])[] = [
  [
    'CVE-2021-26855',
    march,
    'one border per CU: 15.1.2106.13 is closed, and 15.1.2176.4, a higher number, is open',
    {
      open: '15.0.516.32 15.0.847.62 15.0.1395.10 15.0.1473.5 15.0.1497.2 15.0.1497.10 15.1.225.42 15.1.1261.39 15.1.1415.7 15.1.1591.17 15.1.1847.10 15.1.2044.12 15.1.2106.2 15.1.2106.8 15.1.2176.2 15.1.2176.4 15.2.221.14 15.2.330.10 15.2.464.14 15.2.595.6 15.2.659.11 15.2.721.2 15.2.721.8 15.2.792.3 15.2.792.5',
      fixed:
        '15.0.1395.12 15.0.1473.6 15.0.1497.12 15.0.1497.48 15.1.1415.10 15.1.1466.16 15.1.1531.12 15.1.1591.18 15.1.1713.10 15.1.1779.8 15.1.1847.12 15.1.1913.12 15.1.1979.8 15.1.2044.13 15.1.2106.13 15.1.2176.9 15.1.2242.4 15.1.2507.6 15.2.221.18 15.2.330.11 15.2.397.11 15.2.464.15 15.2.529.13 15.2.595.8 15.2.659.12 15.2.721.13 15.2.792.10 15.2.858.5 15.2.1748.10',
      not_affected: '14.3.509.0 14.3.513.0 15.2.2562.17',
    },
  ],
  [
    'CVE-2021-26855',
    'https://github.com/righel/ms-exchange-version-nse, table of versions',
    'previews that Microsoft does not list: their own number decides, and CU9 of 2019 is closed from its first build on',
    { open: '15.1.225.17 15.2.191.1', fixed: '15.2.858.2' },
  ],
  [
    'CVE-2021-26855',
    css,
    'alt_builds: two sources give the update of CU8 and CU9 two numbers; between them nobody can tell',
    { unknown: '15.1.1415.8 15.1.1415.9 15.1.1466.13', open: '15.1.1466.10' },
  ],
  [
    'CVE-2018-8374',
    css,
    'alt_builds: CU9 of August 2018',
    { unknown: '15.1.1466.9 15.1.1466.16', open: '15.1.1466.8 15.1.1466.3', fixed: '15.1.1466.10 15.1.1531.6 15.1.1591.10' },
  ],
  [
    'CVE-2021-27065',
    `${msrc}CVE-2021-27065`,
    'Microsoft names 2013 SP1 for this one',
    { fixed: '15.0.847.64 15.2.721.13', open: '15.0.847.32 15.0.913.22 15.2.721.6' },
  ],
  [
    'CVE-2021-26857',
    `${msrc}CVE-2021-26857`,
    'the only one of the four that Exchange 2010 has; closed by rollup 32',
    {
      // Numbers of which sources give two, or one a misprint (14.3.328.5 for 14.2.328.5), and an update that was recalled.
      open: '14.3.496.0 14.3.509.0 14.2.390.3 14.1.438.0 14.2.328.5 14.3.224.1 14.3.266.1 14.3.266.2 14.3.336.0 14.3.339.0',
      fixed: '14.3.513.0 15.1.2106.13 15.2.792.10',
    },
  ],
  [
    'CVE-2021-26412',
    marchSpecial,
    'mar2021_old_cu: the update of March 2021 for old CUs does not hold this fix',
    {
      open: '15.0.1473.6 15.1.1415.10 15.1.1847.12 15.1.2044.13 15.2.659.12 15.2.221.18 15.1.2106.8 15.2.721.8',
      fixed: '15.0.1497.12 15.1.2106.13 15.1.2176.9 15.2.721.13 15.2.792.10',
    },
  ],
  ['CVE-2021-26854', marchSpecial, 'mar2021_old_cu', { open: '15.1.1979.8 15.2.595.8', fixed: '15.1.2242.4' }],
  ['CVE-2021-27078', marchSpecial, 'mar2021_old_cu', { open: '15.1.1913.12 15.0.1395.12', fixed: '15.2.858.5' }],
  [
    'CVE-2020-0688',
    marchSpecial,
    'mar2021_old_cu: the number is past the fix of February 2020, the update does not hold it',
    {
      unknown: '15.1.1847.12 15.1.1913.12 15.2.464.15 15.2.529.13',
      fixed: '15.0.1497.6 15.1.1847.7 15.1.1847.10 15.1.1979.3 15.1.1979.8 15.2.595.3 14.3.496.0',
      open: '14.3.468.0 15.0.1473.6 15.0.1497.4 15.1.1779.8 15.1.1847.5 15.1.1713.10 15.2.397.11 15.2.464.7 15.2.529.5',
    },
  ],
  [
    'CVE-2020-17143',
    marchSpecial,
    'mar2021_old_cu: 2016 CU17 and 2019 CU6',
    {
      unknown: '15.1.2044.13 15.2.659.12',
      fixed: '15.1.2044.12 15.1.2106.6 15.1.2106.13 15.2.659.11',
      open: '15.1.2044.8 15.1.1979.8',
    },
  ],
  [
    'CVE-2021-34473',
    april,
    'ga_of_fix_before_publication: closed in April 2021, published in July; CU18 and older never got it',
    {
      open: '15.0.1497.12 15.1.2106.13 15.1.2044.13 15.1.2176.9 15.1.2242.4 15.2.721.13 15.2.792.10 15.2.858.5',
      fixed: '15.0.1497.15 15.1.2176.12 15.1.2176.14 15.1.2242.8 15.1.2308.8 15.2.792.13 15.2.858.10 15.2.922.7',
      not_affected: '15.2.2562.17',
    },
  ],
  ['CVE-2021-34523', april, 'ga_of_fix_before_publication', { fixed: '15.2.858.10', open: '15.2.858.5 15.1.2106.13' }],
  ['CVE-2021-33766', april, 'ga_of_fix_before_publication', { fixed: '15.0.1497.15', open: '15.0.1497.12' }],
  [
    'CVE-2021-31207',
    'https://support.microsoft.com/help/5003435 (update of 11 May 2021)',
    null,
    {
      open: '15.1.2176.12 15.1.2242.8 15.2.858.10 15.0.1497.15',
      fixed: '15.1.2176.14 15.1.2242.10 15.2.858.12 15.0.1497.18 15.1.2308.8',
    },
  ],
  [
    'CVE-2021-42321',
    `${msrc}CVE-2021-42321`,
    '2013 is not listed, and was in support then: not affected',
    {
      open: '15.1.2308.15 15.1.2375.12 15.2.922.14 15.1.2242.12',
      fixed: '15.1.2308.20 15.1.2507.6 15.2.1118.7',
      not_affected: '15.0.1497.24',
    },
  ],
  [
    'CVE-2022-41040',
    css,
    null,
    {
      open: '15.0.1497.42 15.1.2375.32 15.1.2507.13 15.2.986.30 15.2.1118.15 15.1.2308.27 15.2.922.27',
      fixed: '15.0.1497.44 15.1.2375.37 15.1.2507.16 15.2.986.36 15.2.1118.20 15.2.1258.12',
    },
  ],
  [
    'CVE-2022-41082',
    css,
    'unknown_su: nobody looked at 2010 any more; no fix exists',
    { unsupported: '14.3.513.0', open: '15.1.2507.6', fixed: '15.1.2507.17' },
  ],
  [
    'CVE-2023-36439',
    css,
    'unknown_su: 2013 never got this update, and is not closed for that; 2016 and 2019 need signing to be on',
    {
      unsupported: '15.0.1497.48',
      step: '15.1.2507.35 15.2.1118.40 15.2.1258.28 15.2.1544.4',
      open: '15.1.2507.34 15.2.986.42 15.2.1258.27',
    },
  ],
  [
    'CVE-2023-21707',
    css,
    'listed for February and March 2023: a server of February only is open',
    { open: '15.1.2507.21 15.2.1118.25 15.0.1497.47', fixed: '15.1.2507.23 15.2.1118.26 15.0.1497.48' },
  ],
  [
    'CVE-2023-35388',
    css,
    'v2_releases: the first release of August 2023 holds the fix as well as the second',
    { open: '15.1.2507.27 15.2.1258.16', fixed: '15.1.2507.31 15.1.2507.32 15.2.1258.23 15.2.1258.25' },
  ],
  [
    'CVE-2024-49040',
    css,
    'v2_releases: the second release of November 2024 counts; a setting can switch it off',
    { open: '15.1.2507.43 15.2.1544.13', step: '15.1.2507.44 15.2.1544.14 15.2.1748.10' },
  ],
  [
    'CVE-2019-0686',
    'https://support.microsoft.com/help/4345836 (CUs of February 2019)',
    'same_build_cu_and_su: the CU is the update; and /PrepareAD is needed',
    { step: '15.0.1473.3 15.1.1713.5 15.2.330.5 14.3.442.0', open: '15.0.1395.10 15.1.1591.13 15.2.221.14 14.3.435.0' },
  ],
  ['CVE-2018-8581', css, 'needs /PrepareAD', { step: '15.1.1713.5', open: '15.1.1591.18 15.1.1531.3' }],
  [
    'CVE-2025-53782',
    css,
    '2019_vs_se: SE RTM has a higher number than every update of 2019 and is open',
    { open: '15.2.2562.17 15.2.2562.20 15.2.2562.27 15.2.1748.36 15.1.2507.58', step: '15.2.2562.29 15.2.1748.39 15.1.2507.61' },
  ],
  [
    'CVE-2025-25005',
    css,
    '2019_vs_se',
    { open: '15.2.2562.17 15.2.1748.26', step: '15.2.2562.20 15.2.1748.36', unsupported: '15.0.1497.48' },
  ],
  ['CVE-2025-59249', css, '2019_vs_se', { open: '15.2.2562.27', fixed: '15.2.2562.29' }],
  [
    'CVE-2025-53786',
    css,
    'hu_after_su: a hotfix makes the fix possible; whether the hybrid application is there, no build tells',
    { open: '15.1.2507.44 15.2.1748.10', step: '15.1.2507.55 15.1.2507.57 15.2.1544.25 15.2.1748.24' },
  ],
  [
    'CVE-2024-21410',
    css,
    'no code of its own: Extended Protection, which any build from August 2022 on can have',
    { open: '15.1.2507.9 15.2.1118.9', step: '15.1.2507.12 15.2.1118.12 15.2.1544.4 15.0.1497.40' },
  ],
  ['CVE-2022-21979', css, 'Extended Protection', { step: '15.1.2375.31', open: '15.1.2375.28' }],
  [
    'CVE-2021-34470',
    css,
    'the schema decides: the update alone is not enough, and 2016 CU21 brings it',
    { open: '15.1.2242.10 15.2.858.12', step: '15.1.2242.12 15.1.2308.8 15.0.1497.23 15.2.922.7' },
  ],
  [
    'CVE-2022-21978',
    css,
    'needs /PrepareAllDomains; from May 2022 on, and not of May 2022 alone',
    { step: '15.1.2375.28 15.1.2507.9 15.1.2375.31 15.1.2507.12', open: '15.1.2375.24 15.1.2507.6' },
  ],
  ['CVE-2021-1730', css, 'the build only makes the setting possible', { step: '15.1.2106.2 15.2.2562.17', open: '15.1.2044.13' }],
  ['CVE-2020-0796', css, 'Windows decides', { no_build: '15.2.529.5', not_affected: '15.1.1913.5' }],
  ['CVE-2020-1147', css, '.NET decides', { no_build: '15.0.1497.6 15.1.1913.5 15.2.529.5' }],
  ['CVE-2023-21709', css, 'the update of August 2023 alone does not close it', { no_build: '15.1.2507.31 15.2.1258.23' }],
  ['CVE-2023-36434', css, 'Windows decides', { no_build: '15.1.2507.34' }],
  [
    'CVE-2018-8604',
    css,
    'label of 15.1.1531.8 unresolved: the number decides, CU10 has no fix of its own',
    { open: '15.1.1531.8 15.1.1531.10 15.1.1591.10', fixed: '15.1.1591.11 15.1.1713.5' },
  ],
  ['CVE-2018-8265', css, 'label of 15.1.1531.8 unresolved', { fixed: '15.1.1531.8', open: '15.1.1531.6' }],
  [
    'CVE-2020-17144',
    css,
    'Exchange 2010 alone',
    { open: '14.3.496.0', fixed: '14.3.509.0 14.3.513.0', not_affected: '15.0.1497.2 15.1.2106.2' },
  ],
  [
    'CVE-2026-42897',
    'https://techcommunity.microsoft.com 4518498 and the update of June 2026',
    'hu_after_su: the hotfix of May 2026 came before the fix',
    { open: '15.2.2562.41 15.1.2507.66', fixed: '15.2.2562.43 15.1.2507.69 15.2.1544.41 15.2.1748.46' },
  ],
  [
    'CVE-2019-1084',
    css,
    'parts are numbers: 15.2.330.9 is below 15.2.330.10, 15.1.1713.8 below 15.1.1713.10',
    { open: '15.1.1713.7 15.2.330.8', fixed: '15.2.330.9 15.2.330.10 15.1.1713.9' },
  ],
  [
    'CVE-2019-0586',
    css,
    'MSRC names 2019 too, whose first release is older than the update; the check of Microsoft asks 2013 and 2016 alone',
    {
      open: '15.1.1591.11 15.1.1531.8',
      fixed: '15.0.1395.10 15.0.1473.3 15.1.1591.13 15.1.1531.10',
      not_affected: '15.2.221.12 15.2.221.14 14.3.442.0',
    },
  ],
  [
    'CVE-2019-0588',
    css,
    'MSRC names 2019 too; 2010 got its rollup',
    { open: '15.0.1395.8 14.3.415.0', fixed: '14.3.435.0 14.3.442.0 15.0.1395.10', not_affected: '15.2.221.14' },
  ],
  [
    'CVE-2021-33768',
    css,
    'the check of Microsoft names 2013, MSRC does not',
    { open: '15.0.1497.15 15.1.2242.10 15.1.2308.8 15.2.922.7', fixed: '15.0.1497.23 15.1.2242.12 15.1.2308.14 15.2.922.13' },
  ],
  [
    'CVE-2018-8265',
    css,
    'healthchecker_year_filter: a CU that came later holds it, whatever its own updates are',
    { fixed: '15.1.2106.2 15.0.1497.2', not_affected: '15.2.721.2' },
  ],
  [
    'CVE-2019-0724',
    css,
    'same_build_cu_and_su; and /PrepareAD is needed',
    { step: '15.2.330.5 15.1.1713.5 14.3.442.0', open: '15.2.221.14 15.1.1591.13' },
  ],
  ['CVE-2022-21980', css, 'Extended Protection', { step: '15.1.2507.12 15.2.986.29', open: '15.1.2507.9 15.2.986.26' }],
  [
    'CVE-2023-36035',
    css,
    'unknown_su: 2013 never got it',
    { unsupported: '15.0.1497.48', step: '15.1.2507.35', open: '15.1.2507.34' },
  ],
  [
    'CVE-2025-59248',
    css,
    '2019_vs_se; each of three settings switches it off again',
    { open: '15.2.2562.27 15.1.2507.58', step: '15.2.2562.29 15.1.2507.61 15.2.1748.39' },
  ],
  [
    'CVE-2026-65813',
    `${msrc}CVE-2026-65813`,
    'no text of the advisory is known: the update is that of its day',
    { open: '15.2.2562.43 15.1.2507.69', fixed: '15.2.2562.46 15.1.2507.72 15.2.1748.49' },
  ],
  ['ADV24199947', css, 'a file can switch it off', { step: '15.1.2507.37 15.2.1258.32', open: '15.1.2507.35' }],
];

const pairs = table.flatMap(([cve, source, trap, states]) =>
  Object.entries(states).flatMap(([state, builds]) => builds.split(' ').map((build) => ({ cve, build, state, source, trap }))),
);

test('200 pairs and more, each once', () => {
  expect(pairs.length).toBeGreaterThanOrEqual(200);
  expect(new Set(pairs.map(({ cve, build }) => `${cve} ${build}`)).size).toBe(pairs.length);
  expect(pairs.filter(({ source }) => source === '')).toEqual([]);
});

const facts = factsFolder();
test.skipIf(facts === null)(
  'every special rule of the collected facts, every build and hole with a doubt beside it stands here',
  () => {
    const read = <T>(name: string): T => JSON.parse(fs.readFileSync(path.join(facts!, 'exchange', name), 'utf8')) as T;
    const { special } = read<{ special: { name: string }[] }>('version_semantics.json');
    const traps = table.map(([, , trap]) => trap ?? '').join(' ');
    expect(special.map(({ name }) => name).filter((name) => !traps.includes(name))).toEqual([]);
    const built = new Set(pairs.map(({ build }) => build));
    const doubtful =
      read<{ build: string; notes?: string; alt_builds?: string[]; includes_su_alias?: string[] }[]>('builds.json');
    expect(
      doubtful
        .filter(({ notes, alt_builds: others, includes_su_alias: alias }) => (notes ?? others ?? alias) !== undefined)
        .map(({ build }) => build)
        .filter((build) => !built.has(build)),
    ).toEqual([]);
    // Of holes that share one doubt (the updates of March 2021, Extended Protection, a setting, the day of publication) some stand here.
    const holes = read<{ cve: string; notes?: readonly string[]; needs_extra_step?: { type: string } | null }[]>('cves.json');
    const doubts = new Map<string, string[]>();
    for (const { cve, notes, needs_extra_step: step } of holes)
      for (const doubt of [...(notes ?? []), ...(step == null ? [] : [step.type])])
        doubts.set(doubt, [...(doubts.get(doubt) ?? []), cve]);
    expect(
      [...doubts].filter(([, cves]) => !cves.some((cve) => pairs.some((pair) => pair.cve === cve))).map(([doubt]) => doubt),
    ).toEqual([]);
  },
);

test.each(table)('%s: %s (%s)', (cve, _source, _trap, states) => {
  const knowledge = knowledgeHere();
  const hole = knowledge.holes.find((one) => one.cve === cve)!;
  const got = Object.entries(states).flatMap(([state, builds]) =>
    builds.split(' ').map((build) => [build, state, holeIn(knowledge, hole, { from: build, to: build }).state]),
  );
  expect(got.filter(([, want, have]) => want !== have)).toEqual([]);
});

test('an update that is listed as installed closes what the update of March 2021 does not hold', () => {
  const knowledge = knowledgeHere();
  const hole = knowledge.holes.find(({ cve }) => cve === 'CVE-2020-0688')!;
  const installed = { from: '15.1.1847.12', to: '15.1.1847.12' };
  expect(holeIn(knowledge, hole, installed, { updates: new Set(['KB4536987']) })).toEqual({
    state: 'fixed',
    reason: 'update_listed',
  });
  expect(holeIn(knowledge, hole, installed, { updates: new Set(['KB4540123']) })).toEqual({
    state: 'unknown',
    reason: 'march_2021',
  });
});

test('where only the CU is known, what an update of it closes cannot be told', () => {
  const knowledge = knowledgeHere();
  const cu18 = { from: '15.1.2106.2', to: '15.1.2106.13' };
  const state = (cve: string): string =>
    holeIn(
      knowledge,
      knowledge.holes.find((one) => one.cve === cve)!,
      cu18,
    ).state;
  expect(state('CVE-2021-26855')).toBe('unknown');
  expect(state('CVE-2021-34473')).toBe('open');
  expect(state('CVE-2020-16875')).toBe('fixed');
});

test('an Edge server has none of what its role does not run', () => {
  const knowledge = knowledgeHere();
  const hole = knowledge.holes.find(({ cve }) => cve === 'CVE-2024-21410')!;
  const installed = { from: '15.1.2507.9', to: '15.1.2507.9' };
  expect(holeIn(knowledge, hole, installed, { role: 'Edge' }).state).toBe('not_affected');
  expect(holeIn(knowledge, hole, installed, { role: 'Mailbox' }).state).toBe('open');
});
