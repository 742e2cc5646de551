/** From when on a campaign could have reached a server: what moves that day, and what must not. */
import { describe, expect, test } from 'vitest';
import { loadContent } from '../assess.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { knowledgeHere } from '../knowledge/knowledge.fixture.ts';
import type { ObservedPart } from '../run/index.ts';
import { buildsSeen } from './builds-seen.ts';
import { coverageOf, lacksOf } from './coverage.ts';
import { windowOf } from './campaign-window.ts';
import { hostsOf } from './hosts.ts';
import { artifact, observed, part } from './observed.fixture.ts';
import { windowStartsOf, withStarts } from './window-starts.ts';

const { packs } = loadContent(nodePlatform);
const columns = 'MajorVersion|MinorVersion|BuildVersion|RevisionVersion|ServerHostName';

/** HttpProxy of a server that ran this build from one day to another. */
const ran = (build: string, from: string, to: string): ObservedPart =>
  part({
    kind: 'httpproxy',
    hours: [[`${from}T00:00Z`, `${to}T23:00Z`]],
    groups: {
      [columns]: [[...build.split('.'), 'MAIL01']],
      'Protocol|HttpStatus|BackEndStatus': [['Ecp', '200', '200']],
      'ServerHostName|TargetServer|IsAuthenticated': [['MAIL01', null, null]],
    },
  });
const iis = (from: string, to: string, clients: readonly (readonly [address: string, from: string])[]): ObservedPart => {
  const own = part({
    hours: [[`${from}T00:00Z`, `${to}T23:00Z`]],
    groups: { 's-port|s-computername|s-ip': [['443', 'MAIL01', '10.0.0.5']] },
  });
  const tuples = clients.map(([address, day]) => ({
    tuple: [address, null],
    count: 1,
    firstMs: Date.parse(`${day}T08:00Z`),
    lastMs: Date.parse(`${day}T09:00Z`),
    block: 0,
  }));
  return { ...own, groups: new Map([...own.groups, ['c-ip|cs-username', tuples]]) };
};
const setup = (mode: string, day: string): ObservedPart =>
  part({
    kind: 'exchange-setup',
    hours: [[`${day}T10:00Z`, `${day}T12:00Z`]],
    groups: { 'Build|Mode|Result': [[null, mode, null]], Server: [['MAIL01']] },
  });

function windows(...parts: readonly ObservedPart[]): Record<string, string | null> {
  const evidence = observed(parts.map((one, index) => artifact(`MAIL01/${index}.log`, [one], 'MAIL01')));
  const hosts = hostsOf(evidence);
  const seen = buildsSeen(evidence, hosts);
  const whole = coverageOf(evidence, hosts);
  const starts = windowStartsOf(evidence, seen, { hosts, packs, coverage: whole, knowledge: knowledgeHere });
  const coverage = withStarts(whole, starts);
  return Object.fromEntries(
    packs
      .filter(({ id }) => ['proxylogon', 'proxyshell', 'proxynotshell'].includes(id))
      .map((pack) => {
        const window = windowOf(pack, coverage);
        return [pack.id, window === null ? null : new Date(window.fromMs).toISOString().slice(0, 10)];
      }),
  );
}

test('nothing proven: from the first known use', () => {
  expect(windows(ran('15.1.2242.10', '2021-09-01', '2021-09-20'))).toMatchObject({
    proxylogon: '2021-01-03',
    proxyshell: '2021-07-20',
  });
});

describe('closed before the first use', () => {
  test('and to the end: the campaign is not asked', () => {
    expect(windows(ran('15.1.2242.10', '2021-07-01', '2021-09-20'))).toMatchObject({
      proxylogon: '2021-01-03',
      proxyshell: null,
    });
  });
  test('then restored to an open build: from the last row of the closed one', () => {
    expect(
      windows(ran('15.1.2242.10', '2021-07-01', '2021-08-01'), ran('15.1.2176.2', '2021-08-04', '2021-09-20')),
    ).toMatchObject({
      proxyshell: '2021-08-01',
    });
  });
  test('open at the first use: from then, whatever came later', () => {
    expect(
      windows(ran('15.1.2176.2', '2021-07-01', '2021-08-01'), ran('15.1.2308.14', '2021-08-02', '2021-09-20')),
    ).toMatchObject({
      proxyshell: '2021-07-20',
    });
  });
  test('the evidence ends days after the last row with a build: from that row', () => {
    expect(windows(ran('15.1.2242.10', '2021-07-01', '2021-08-01'), iis('2021-07-01', '2021-09-20', []))).toMatchObject({
      proxyshell: '2021-08-01',
    });
  });
});

describe('a server that was not there yet', () => {
  test('its setup log begins with the installation', () => {
    expect(windows(setup('Install', '2021-08-11'), iis('2021-08-12', '2021-09-20', []))).toMatchObject({
      proxylogon: '2021-08-11',
      proxyshell: '2021-08-11',
    });
  });
  test('an upgrade is no beginning, nor is an installation of which older logs are here', () => {
    expect(windows(setup('Upgrade', '2021-08-11'), iis('2021-08-12', '2021-09-20', []))).toMatchObject({
      proxyshell: '2021-07-20',
    });
    expect(windows(setup('Install', '2021-08-11'), iis('2021-06-01', '2021-09-20', []))).toMatchObject({
      proxyshell: '2021-07-20',
    });
  });
});

describe('a server that nobody outside could ask', () => {
  const inside = [
    ['10.0.0.21', '2021-07-02'],
    ['10.0.0.22', '2021-07-02'],
    ['10.0.0.23', '2021-07-03'],
  ] as const;
  test('until the first client from outside', () => {
    expect(windows(iis('2021-07-01', '2021-09-20', [...inside, ['198.51.100.7', '2021-08-15']]))).toMatchObject({
      proxyshell: '2021-08-15',
    });
  });
  test('not where a balancer may hide who asked, where the log begins later, or where nobody from outside is ever seen', () => {
    expect(windows(iis('2021-07-01', '2021-09-20', [inside[0], ['198.51.100.7', '2021-08-15']]))).toMatchObject({
      proxyshell: '2021-07-20',
    });
    expect(windows(iis('2021-08-01', '2021-09-20', [...inside, ['198.51.100.7', '2021-08-15']]))).toMatchObject({
      proxyshell: '2021-07-20',
    });
    expect(windows(iis('2021-07-01', '2021-09-20', inside))).toMatchObject({ proxyshell: '2021-07-20' });
  });
});

test('of two servers each is asked from its own day', () => {
  const one = ran('15.1.2176.2', '2021-07-01', '2021-09-20');
  const other = { ...ran('15.1.2242.10', '2021-07-01', '2021-09-20') };
  const groups = new Map([
    ...other.groups,
    [columns, [{ tuple: ['15', '1', '2242', '10', 'MAIL02'], count: 1, firstMs: other.firstMs, lastMs: other.lastMs, block: 0 }]],
    [
      'ServerHostName|TargetServer|IsAuthenticated',
      [{ tuple: ['MAIL02', null, null], count: 1, firstMs: other.firstMs, lastMs: other.lastMs, block: 0 }],
    ],
  ] as const);
  const evidence = observed([
    artifact('MAIL01/a.log', [one], 'MAIL01'),
    artifact('MAIL02/a.log', [{ ...other, groups }], 'MAIL02'),
  ]);
  const hosts = hostsOf(evidence);
  const seen = buildsSeen(evidence, hosts);
  const whole = coverageOf(evidence, hosts);
  const coverage = withStarts(whole, windowStartsOf(evidence, seen, { hosts, packs, coverage: whole, knowledge: knowledgeHere }));
  const pack = packs.find(({ id }) => id === 'proxyshell')!;
  const window = windowOf(pack, coverage)!;
  expect(new Date(window.fromMs).toISOString().slice(0, 10)).toBe('2021-07-20');
  const lacks = (host: string): number =>
    lacksOf(coverage, pack, { source: 'ecp-server' }, host, window.fromMs, window.toMs).length;
  expect([lacks('MAIL01'), lacks('MAIL02')]).toEqual([1, 0]);
});
