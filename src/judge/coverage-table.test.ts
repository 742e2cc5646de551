/**
 * What each source answers, by product, role and setting: a table written by hand. A source covers only what its product and role write,
 * where the setting that makes it answer is proven by a row, and where the span has no hole.
 */
import { expect, test } from 'vitest';
import type { Pack } from '../core/pack.ts';
import { loadContent } from '../assess.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { readers } from '../read/index.ts';
import type { ObservedPart } from '../run/index.ts';
import { buildsSeen } from './builds-seen.ts';
import { absentSources } from './campaign-window.ts';
import { coverageOf } from './coverage.ts';
import { hostsOf } from './hosts.ts';
import { artifact, observed, part } from './observed.fixture.ts';

const { packs } = loadContent(nodePlatform);
const campaigns: readonly Pack[] = packs.filter(({ id }) => id === 'proxylogon');
const readable = new Set(readers.map(({ kind }) => kind));
const [from, to] = ['2021-02-26T00:00Z', '2021-03-10T23:00Z'];
const builds = {
  '2010': '14.3.496.0',
  '2013': '15.0.1497.10',
  '2016': '15.1.2106.2',
  '2019': '15.2.721.2',
  SE: '15.2.2562.17',
} as const;
const roles = ['all', 'front', 'back'] as const;
type Product = keyof typeof builds;
type Role = (typeof roles)[number];
type Setting = 'recording' | 'not recording' | 'absent' | 'with a hole' | 'too short' | 'cleared';
const settings: readonly Setting[] = ['recording', 'not recording', 'absent', 'with a hole', 'too short', 'cleared'];
type Kind = 'httpproxy' | 'iis front' | 'iis back' | 'ecp-server' | 'security-events';

/** What a log of this kind looks like with the setting. */
function log(kind: Kind, setting: Setting, host: string): ObservedPart[] {
  if (setting === 'absent') return [];
  const hours: [string, string][] =
    setting === 'with a hole'
      ? [
          [from, '2021-03-01T00:00Z'],
          ['2021-03-05T00:00Z', to],
        ]
      : setting === 'too short'
        ? [['2021-03-07T00:00Z', to]]
        : [[from, to]];
  const on = setting !== 'not recording';
  switch (kind) {
    case 'httpproxy':
      return [
        part({
          kind,
          hours,
          groups: {
            'Protocol|HttpStatus|BackEndStatus': [['Ecp', on ? '200' : null, null]],
            'ServerHostName|TargetServer|IsAuthenticated': [[host, null, null]],
          },
        }),
      ];
    case 'iis front':
    case 'iis back': {
      const port = kind === 'iis front' ? '443' : '444';
      const groups = {
        's-port|s-computername|s-ip': [[port, host, '10.0.0.5']],
        'cs-method|cs-uri-stem|sc-status': [['GET', '/', kind === 'iis front' && !on ? null : '200']],
        'c-ip|cs-username': [['10.0.0.9', on ? 'HAVEN\\MAIL01$' : null]],
      };
      return [part({ kind: 'iis-w3c', hours, groups })];
    }
    case 'ecp-server':
      // It has no setting: a row is what it writes.
      return on ? [part({ kind, hours, groups: { 'ServerName|EventId': [[host, 'ECP.Request']] } })] : [];
    case 'security-events':
      return [
        part({
          kind: 'evtx',
          logSource: 'windows-event',
          hours,
          groups: {
            'Channel|Provider_Name|EventID': [
              ['Security', 'x', on ? '4688' : '4624'],
              ...(setting === 'cleared' ? [['Security', 'Microsoft-Windows-Eventlog', '1102']] : []),
            ],
            Computer: [[host]],
          },
        }),
      ];
  }
}

/** The logs of a server of this role. */
const logsOf: Readonly<Record<Role, readonly Kind[]>> = {
  all: ['httpproxy', 'iis front', 'iis back', 'ecp-server', 'security-events'],
  front: ['httpproxy', 'iis front', 'security-events'],
  back: ['iis back', 'ecp-server', 'security-events'],
};

const sourceOf = (kind: Kind): string => (kind.startsWith('iis') ? 'iis-w3c' : kind);

/** A server whose logs are complete but for one; beside it, where roles are parted, a complete server of the other role. */
function outcome(product: Product, role: Role, kind: Kind, setting: Setting): string {
  const there = logsOf[role].filter(
    (one) => one !== kind && (product !== '2010' || one === 'iis front' || one === 'security-events'),
  );
  const own = [
    part({ kind: 'health-checker', speaksFor: 'state', groups: { 'Build|Server|Seen': [[builds[product], 'MAIL01', null]] } }),
    ...there.flatMap((one) => log(one, 'recording', 'MAIL01')),
    ...log(kind, setting, 'MAIL01'),
  ];
  const other =
    role === 'all' ? [] : logsOf[role === 'front' ? 'back' : 'front'].flatMap((one) => log(one, 'recording', 'OTHER'));
  const evidence = observed([
    ...own.map((one, index) => artifact(`MAIL01/${index}.log`, [one], 'MAIL01')),
    ...other.map((one, index) => artifact(`OTHER/${index}.log`, [one], 'OTHER')),
  ]);
  const hosts = hostsOf(evidence);
  const seen = new Map(
    [...buildsSeen(evidence, hosts)].map(([host, { sightings }]) => [host, sightings.map(({ build }) => build)]),
  );
  const coverage = coverageOf(evidence, hosts, seen);
  const question = { source: sourceOf(kind) };
  const told = [...coverage.sources, ...absentSources(campaigns, coverage, hosts, readable)].find(
    (source) => source.kind === question.source && source.host === 'MAIL01',
  )?.state;
  if (!coverage.exists(question.source, 'MAIL01')) return told ?? 'no word';
  if (!coverage.hostsFor(question.source).includes('MAIL01')) return told === undefined ? 'not asked' : told;
  const lacks = coverage.lacks(question, 'MAIL01', Date.parse(from), Date.parse(to));
  if (lacks.length === 0) return coverage.covers(question, 'MAIL01', Date.parse(from), Date.parse(to)) ? 'covers' : 'no word';
  if (lacks.every(({ notRecording }) => notRecording)) return 'not_recording';
  return lacks.some(({ spans }) => spans.length > 0) ? 'partly' : 'missing';
}

/** In the order of `settings`; `-`: that cannot be. */
const usual = 'covers not_recording missing partly partly';
const events = `${usual} partly`;
const later: Readonly<Record<Role, Readonly<Record<Kind, string>>>> = {
  all: {
    httpproxy: usual,
    'iis front': usual,
    'iis back': usual,
    'ecp-server': 'covers - missing partly partly',
    'security-events': events,
  },
  front: {
    httpproxy: usual,
    'iis front': usual,
    // Nobody asks a front end for the other site, nor for what it does not carry out.
    'iis back': '- - covers - -',
    'ecp-server': '- - not_asked - -',
    'security-events': events,
  },
  back: {
    httpproxy: '- - not_asked - -',
    'iis front': '- - covers - -',
    'iis back': usual,
    'ecp-server': 'covers - missing partly partly',
    'security-events': events,
  },
};
/** Exchange 2010 writes neither HttpProxy nor ECP server logs, and has one site. */
const first: Readonly<Partial<Record<Kind, string>>> = {
  httpproxy: '- - does_not_exist - -',
  'ecp-server': '- - does_not_exist - -',
  'iis front': usual,
  'security-events': events,
};

const table = (Object.keys(builds) as Product[]).flatMap((product) =>
  (product === '2010' ? (['all'] as const) : roles).flatMap((role) =>
    Object.entries(product === '2010' ? first : later[role]).flatMap(([kind, row]) =>
      row
        .split(' ')
        .flatMap((wanted, index) => (wanted === '-' ? [] : [[product, role, kind as Kind, settings[index]!, wanted] as const])),
    ),
  ),
);

test('the table is whole', () => {
  expect(table.length).toBe(4 * (25 + 18 + 17) + 13);
});

test.each(table)('Exchange %s, %s: %s %s: %s', (product, role, kind, setting, wanted) => {
  expect(outcome(product, role, kind, setting)).toBe(wanted.replace('not_asked', 'not asked'));
});

test('every log on which an answer of a shipped pack rests is one of which the table knows who writes it', async () => {
  const { writtenLogs } = await import('./source-table.ts');
  // What a tool or a person listed is no log of the product.
  const isLog = (kind: string): boolean => readers.some((reader) => reader.kind === kind && reader.speaksFor === 'span');
  const asked = new Set(
    packs.flatMap((pack) =>
      pack.questions
        .filter(({ source, decides }) => decides && readable.has(source) && isLog(source))
        .map(({ source }) => source),
    ),
  );
  expect([...asked].filter((kind) => writtenLogs[kind] === undefined)).toEqual([]);
});

test('every campaign, wave and stage has a source that answers it, with where old records may be', () => {
  const campaigns = packs.filter(({ firstExploited }) => firstExploited !== null);
  const always = campaigns.filter(({ asked }) => asked === undefined || asked === 'always');
  expect(always.map(({ id }) => id)).toEqual(['owassrf', 'proxylogon', 'proxynotshell', 'proxyshell']);
  for (const pack of always) {
    const stages = new Set(pack.questions.map(({ stage }) => stage));
    expect([...stages].sort()).toEqual(['attempted', 'exploited', 'impact', 'implanted', 'operated', 'spread']);
  }
  for (const pack of campaigns.filter(({ asked }) => asked !== 'when_found')) {
    expect(pack.questions.some(({ stage }) => stage === 'attempted')).toBe(true);
    expect(pack.questions.some(({ stage }) => stage !== 'attempted')).toBe(true);
    expect(pack.questions.filter(({ where, shows }) => where.length < 20 || shows === '')).toEqual([]);
    expect(pack.waves.length).toBeGreaterThan(0);
  }
});
