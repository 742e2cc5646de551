import { expect, test } from 'vitest';
import { coverageOf } from './coverage.ts';
import { hostsOf } from './hosts.ts';
import { artifact, observed, part } from './observed.fixture.ts';

const at = (text: string): number => Date.parse(text);

test('a log covers from its first to its last row; a day of silence is a gap', () => {
  const evidence = observed([
    artifact('u_ex1.log', [
      part({
        hours: [
          ['2021-03-01T00:00Z', '2021-03-03T23:00Z'],
          ['2021-03-06T00:00Z', '2021-03-08T12:00Z'],
        ],
      }),
    ]),
  ]);
  const coverage = coverageOf(evidence, hostsOf(evidence));
  expect(coverage.sources[0]).toMatchObject({
    spans: [
      { fromUtc: '2021-03-01T00:00:00.000Z', toUtc: '2021-03-04T00:00:00.000Z' },
      { fromUtc: '2021-03-06T00:00:00.000Z', toUtc: '2021-03-08T12:00:00.000Z' },
    ],
    gaps: [{ fromUtc: '2021-03-04T00:00:00.000Z', toUtc: '2021-03-06T00:00:00.000Z' }],
  });
  expect(coverage.covers({ source: 'iis-w3c' }, null, at('2021-03-01T00:00Z'), at('2021-03-03T00:00Z'))).toBe(true);
  expect(coverage.covers({ source: 'iis-w3c' }, null, at('2021-03-03T00:00Z'), at('2021-03-07T00:00Z'))).toBe(false);
  expect(coverage.covers({ source: 'iis-w3c' }, null, at('2021-02-26T00:00Z'), at('2021-03-02T00:00Z'))).toBe(false);
});

test('two files of one server make one span; another server’s log does not speak for it', () => {
  const named = (host: string, from: string, to: string) =>
    part({ hours: [[from, to]], groups: { 's-port|s-computername|s-ip': [['443', host, '10.0.0.5']] } });
  const evidence = observed([
    artifact('a/u_ex1.log', [named('MAIL01', '2021-03-01T00:00Z', '2021-03-02T23:00Z')], 'a'),
    artifact('a/u_ex2.log', [named('MAIL01', '2021-03-03T00:00Z', '2021-03-05T23:00Z')], 'a'),
    artifact('b/u_ex1.log', [named('MAIL02', '2021-03-01T00:00Z', '2021-03-01T23:00Z')], 'b'),
  ]);
  const coverage = coverageOf(evidence, hostsOf(evidence));
  expect(coverage.covers({ source: 'iis-w3c' }, 'MAIL01', at('2021-03-01T00:00Z'), at('2021-03-05T20:00Z'))).toBe(true);
  expect(coverage.covers({ source: 'iis-w3c' }, 'MAIL02', at('2021-03-01T00:00Z'), at('2021-03-05T20:00Z'))).toBe(false);
});

test('an excerpt speaks for nothing but itself', () => {
  const evidence = observed([
    artifact('pasted.txt', [part({ speaksFor: 'excerpt', hours: [['2021-03-01T00:00Z', '2021-03-09T00:00Z']] })]),
  ]);
  expect(
    coverageOf(evidence, hostsOf(evidence)).covers({ source: 'iis-w3c' }, null, at('2021-03-02T00:00Z'), at('2021-03-03T00:00Z')),
  ).toBe(false);
});

test('where roles are parted, a front end needs no cmdlet log and a back end no proxy log', () => {
  const proxied = [['MAIL01', 'MBX01.haven.example', 'true']];
  const evidence = observed([
    artifact('fe/h.log', [part({ kind: 'httpproxy', groups: { 'ServerHostName|TargetServer|IsAuthenticated': proxied } })], 'fe'),
    artifact('be/e.log', [part({ kind: 'ecp-server', groups: { 'ServerName|EventId': [['MBX01', 'ECP.Request']] } })], 'be'),
  ]);
  const coverage = coverageOf(evidence, hostsOf(evidence));
  expect(coverage.hostsFor('ecp-server')).toEqual(['MBX01']);
  expect(coverage.hostsFor('httpproxy')).toEqual(['MAIL01']);
});

test('a row with a stray date does not move the end of the evidence', () => {
  const evidence = observed([
    artifact('u_ex1.log', [part({ hours: [['2021-03-01T00:00Z', '2021-03-31T12:00Z']] })]),
    artifact('u_ex2.log', [part({ hours: [['2098-01-01T00:00Z', '2098-01-01T01:00Z']] })]),
  ]);
  expect(coverageOf(evidence, hostsOf(evidence)).endMs).toBe(at('2021-03-31T12:00Z'));
  const few = observed([
    artifact('a.txt', [part({ hours: [['2021-03-01T00:00Z', '2021-03-01T00:00Z']] })]),
    artifact('b.txt', [part({ hours: [['2022-03-01T00:00Z', '2022-03-01T00:00Z']] })]),
  ]);
  expect(coverageOf(few, hostsOf(few)).endMs).toBe(at('2022-03-01T00:00Z'));
});

test('IIS in another form is the same source; what a tool picked from it is not', () => {
  const rows = { 'cs-method|cs-uri-stem|sc-status': [['GET', '/', '200']] };
  const span = { hours: [['2021-03-01T00:00Z', '2021-03-05T00:00Z']] as [string, string][], groups: rows };
  const covers = (kind: string, speaksFor: 'span' | 'excerpt'): boolean => {
    const evidence = observed([artifact('a.log', [{ ...part({ kind, speaksFor, ...span }), logSource: 'iis-w3c' }])]);
    return coverageOf(evidence, hostsOf(evidence)).covers(
      { source: 'iis-w3c' },
      null,
      at('2021-03-02T00:00Z'),
      at('2021-03-04T00:00Z'),
    );
  };
  expect([covers('iis-ncsa', 'span'), covers('logparser-iis', 'excerpt')]).toEqual([true, false]);
});

test('an event log is the log that the channel of all its events says; Security only where it writes down new programs', () => {
  const events = (...tuples: (readonly [channel: string, eventId: string])[]) =>
    part({
      kind: 'evtx',
      logSource: 'windows-event',
      groups: { 'Channel|Provider_Name|EventID': tuples.map(([channel, id]) => [channel, 'x', id]), Computer: [['MAIL01']] },
      hours: [['2021-03-01T00:00Z', '2021-03-03T23:00Z']],
    });
  const kinds = (one: ReturnType<typeof part>): string[] => {
    const evidence = observed([artifact('a.evtx', [one])]);
    return coverageOf(evidence, hostsOf(evidence)).sources.map(({ kind, host, state }) => `${kind} ${host} ${state}`);
  };
  expect(kinds(events(['Security', '4688'], ['Security', '4624']))).toEqual(['security-events MAIL01 covers']);
  expect(kinds(events(['Security', '4624']))).toEqual(['security-events MAIL01 not_recording']);
  expect(kinds(events(['MSExchange Management', '1']))).toEqual(['msexchange-management MAIL01 covers']);
  expect(kinds(events(['Application', '1'], ['Security', '4688']))).toEqual(['windows-event MAIL01 covers']);
  expect(kinds(events(['Windows PowerShell', '400']))).toEqual(['windows-event MAIL01 covers']);
});

test('rows that are missing, and silences that nothing explains, are times that a log does not cover', () => {
  const days: readonly (readonly [string, string])[] = [['2021-03-01T00:00Z', '2021-03-09T00:00Z']];
  const evidence = observed([
    artifact('h.log', [
      part({ kind: 'httpproxy', hours: days, groups: { 'Protocol|HttpStatus|BackEndStatus': [['Ecp', '200', '200']] } }),
    ]),
    artifact('u_ex1.log', [part({ hours: days })]),
  ]);
  const [fromUtc, toUtc] = ['2021-03-03T04:11:00.000Z', '2021-03-03T04:13:00.000Z'];
  const place = { fromUtc, toUtc, rows: 7, request: null, silent: false, requests: [], findings: [] };
  const entry = { host: null, fromUtc, toUtc, rows: 900, state: 'differ', missing: [place] } as const;
  const silence = { host: null, fromUtc, toUtc, otherDays: 6, systemLog: false } as const;
  const lacks = (kind: string, from: string, ...more: readonly unknown[]): number => {
    const [ledgers, silences] = more as [Parameters<typeof coverageOf>[3], Parameters<typeof coverageOf>[4]];
    const coverage = coverageOf(evidence, hostsOf(evidence), undefined, ledgers, silences);
    return coverage.lacks({ source: kind }, null, at(from), at('2021-03-08T00:00Z')).flatMap(({ cut }) => cut).length;
  };
  const front = [{ ...entry, book: 'iis_front', against: 'httpproxy' }];
  expect(lacks('iis-w3c', '2021-03-02T00:00Z', front)).toBe(1);
  expect(lacks('httpproxy', '2021-03-02T00:00Z', front)).toBe(0);
  expect(lacks('iis-w3c', '2021-03-04T00:00Z', front)).toBe(0);
  for (const kind of ['iis-w3c', 'httpproxy']) {
    expect(lacks(kind, '2021-03-02T00:00Z', [], [{ ...silence, explained: null }])).toBe(1);
    expect(lacks(kind, '2021-03-02T00:00Z', [], [{ ...silence, explained: 'service' }])).toBe(0);
  }
});
