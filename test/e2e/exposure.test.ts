/** `afterpatch exposure` as a user runs it. */
import { describe, expect, test } from 'vitest';
import type { BuildExposure } from '../../src/judge/index.ts';
import { runCli } from './run-cli.ts';

const json = (...args: readonly string[]): BuildExposure =>
  JSON.parse(runCli(['exposure', ...args, '--json']).stdout) as BuildExposure;
const campaign = (exposure: BuildExposure, id: string): BuildExposure['campaigns'][number] | undefined =>
  exposure.campaigns.find((one) => one.campaign === id);

test('a build, the day of the update, and what that closed', () => {
  const exposure = json('--build', '15.1.2106.2', '--patched', '2021-03-09');
  expect(exposure).toMatchObject({
    schema: 'afterpatch.exposure/1',
    product: '2016',
    name: 'Exchange 2016 CU18',
    released: '2020-09-15',
    how: 'exact',
  });
  expect(campaign(exposure, 'proxylogon')).toMatchObject({
    state: 'open',
    from: '2021-01-03',
    to: '2021-03-09',
    days: 65,
    patch: 'closed',
    fix: { build: '15.1.2106.13', kb: 'KB5000871', released: '2021-03-02', sameCu: true },
  });
  expect(campaign(exposure, 'proxyshell')).toMatchObject({
    state: 'open',
    from: '2021-07-20',
    to: null,
    patch: 'too_early',
    fix: { build: '15.1.2176.14', sameCu: false },
  });
  expect(exposure.remains.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['file', 'account', 'key', 'rule']));
});

test('an update of an old CU does not close what only newer CUs close', () => {
  expect(campaign(json('--build', '15.1.2106.2', '--patched', '2021-08-20'), 'proxyshell')).toMatchObject({
    to: null,
    patch: 'only_with_new_cu',
  });
  expect(campaign(json('--build', '15.1.2176.2', '--patched', '2021-05-12'), 'proxyshell')).toMatchObject({
    to: '2021-05-12',
    days: 0,
    patch: 'closed',
  });
});

test('a build that came after the first use counts from its release', () => {
  expect(campaign(json('--build', '15.1.2176.4', '--patched', '2021-03-04'), 'proxylogon')).toMatchObject({
    from: '2021-02-09',
    days: 23,
  });
});

test('in words, with what it cannot say', () => {
  const { code, stdout, stderr } = runCli(['exposure', '--build', '15.01.2106.002', '--patched', '2021-03-09']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Exchange 2016 CU18 (build 15.1.2106.2), released 15 September 2020, KB4571788');
  expect(stdout).toContain('ProxyLogon: open from 3 January 2021 to 9 March 2021 (65 days)');
  expect(stdout).toContain('What an update does not take away');
  expect(stdout).toContain('This says what was open, not what happened.');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

describe('the answer stands first', () => {
  test.each([
    [
      ['--build', '15.1.2106.2', '--patched', '2021-03-09'],
      'Open to ProxyLogon until 9 March 2021 (65 days, from 3 January 2021); still open to OWASSRF, ProxyNotShell, ProxyShell and ProxyToken; the nearest update that closes it, of another CU, is Exchange 2016 CU22 Nov22SU (15.1.2375.37, KB5019758) of 8 November 2022.',
    ],
    [
      ['--build', '15.1.2176.2'],
      'Open to OWASSRF, ProxyLogon, ProxyNotShell, ProxyShell and ProxyToken; the nearest update that closes it, of another CU, is Exchange 2016 CU22 Nov22SU (15.1.2375.37, KB5019758) of 8 November 2022.',
    ],
    [
      ['--build', '15.1.2507.13'],
      'Open to OWASSRF and ProxyNotShell; the nearest update that closes this is Exchange 2016 CU23 Nov22SU',
    ],
    [['--build', '15.2.2562.17'], 'Not open to any campaign that this version knows.'],
    [
      ['--build', 'Exchange 2016 CU23'],
      'Cannot be told from the CU alone: which update of Exchange 2016 CU23 is installed decides about',
    ],
  ])('%j', (args, says) => {
    const { code, stdout } = runCli(['exposure', ...args], { env: { COLUMNS: '80' } });
    expect(code).toBe(0);
    expect(stdout.split('\n\n')[0]!.replaceAll(/\s+/g, ' ')).toContain(says);
  });
  test('an update that this version cannot know says nothing', () => {
    const { stdout } = runCli(['exposure', '--build', '15.1.2507.13', '--patched', '2026-11-20', '--now', '2026-11-25']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Of updates that came after August 2026 this version knows nothing');
  });
});

describe('builds that are in no list', () => {
  test.each([
    ['15.1.2106.5', 'This build is in no list that we know. It belongs to Exchange 2016 CU18, between'],
    ['15.1.2150.1', 'No CU has this number; the nearest below is Exchange 2016 CU18'],
    ['15.2.2562.53', 'Newer than all that this version knows (up to August 2026)'],
    ['15.1.100.1', 'Older than all builds of this product that we know.'],
    ['Version 15.1 (Build 2106.2)', 'Written as the directory (AdminDisplayVersion) writes it'],
    ['Exchange 2016 CU20', 'Only the CU is known: any update of Exchange 2016 CU20 may be installed.'],
  ])('%s', (build, says) => {
    const { code, stdout } = runCli(['exposure', '--build', build], { env: { COLUMNS: '200' } });
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(says);
  });
});

describe('wrong input is said', () => {
  test.each([
    [['--build', 'foo'], '"foo" is no build of Exchange'],
    [['--build', '15334'], '15334 is a level that Exchange setup wrote into the directory (2016 CU21'],
    [['--build', 'Exchange 2016 CU99'], 'No release that we know is called "Exchange 2016 CU99".'],
    [['--build', '15.1.2106.2', '--patched', '2019-01-01'], 'On 2019-01-01 this build did not exist'],
    [
      ['--build', '15.1.2106.2', '--patched', '2021-03-12', '--now', '2021-03-10'],
      '2021-03-12 is yet to come: what an update of that day closes cannot be told.',
    ],
    [['--build', '15.1.2106.2', '--patched', '9.3.2021'], 'Give a day such as 2021-03-09.'],
    [['--build', '\u001b[31m15'], '"?[31m15" is no build'],
    [[], "required option '--build <number>' not specified"],
  ])('%j', (args, says) => {
    const { code, stdout, stderr } = runCli(['exposure', ...args]);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toContain(says);
  });
});
