/** Several campaigns over one evidence: which of them is asked for what, who is told apart, and what is said of each. */
import { expect, test } from 'vitest';
import { loadContent } from '../../src/assess.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import type { HitRow } from '../../src/core/hit.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { judge } from '../../src/judge/index.ts';
import { knowledgeHere } from '../../src/knowledge/knowledge.fixture.ts';
import { artifact, hit, observed, part, row } from '../../src/judge/observed.fixture.ts';

const { packs } = loadContent(nodePlatform);
const ports = {
  's-port|s-computername|s-ip': [
    ['443', 'MAIL01', '10.0.0.5'],
    ['444', 'MAIL01', '10.0.0.5'],
  ],
};

function assess(from: string, to: string, rows: readonly HitRow[] = []): Assessment {
  const iis = artifact('u_ex.log', [part({ hours: [[from, to]], groups: ports })]);
  const evidence = observed([iis], rows.map(hit));
  return judge(evidence, { organisation: '', packs, known: [], knowledge: knowledgeHere }).assessment;
}

const front = (rule: string, timeUtc: string, client: string, status = '200', id = ''): HitRow =>
  row(
    rule,
    timeUtc,
    {
      'server.name': 'MAIL01',
      'client.address': client,
      'server.port': '443',
      'http.method': 'POST',
      'url.path': '/autodiscover/autodiscover.json',
      'url.query': `a=x@y.test/powershell/?X-Rps-CAT=A&cafeReqId=${id};`,
      'http.status': status,
    },
    'iis-w3c',
    'u_ex.log',
  );
const back = (timeUtc: string, id = ''): HitRow =>
  row(
    'proxyshell/backend-token',
    timeUtc,
    {
      'server.name': 'MAIL01',
      'client.address': '10.0.0.5',
      'server.port': '444',
      'url.path': '/powershell/',
      'url.query': `X-Rps-CAT=A&reqId=${id}`,
      'http.status': '200',
    },
    'iis-w3c',
    'u_ex.log',
  );
const cmdlet = (rule: string, timeUtc: string): HitRow =>
  row(rule, timeUtc, { 'server.name': 'MAIL01', 'user.name': 'HAVEN\\administrator' }, 'rps-cmdlet', 'rps.log');
const id = '7b1f0c0e-2f59-4a5d-9f0a-2f6f5b8f3a11';

test('logs from before every campaign say so, with the first of them', () => {
  expect(assess('2019-03-01T00:00Z', '2019-03-09T00:00Z').verdict).toMatchObject({
    answer: 'cannot_tell',
    sentence: 'We cannot tell. What is here ends on 9 March 2019, before the attacks that we look for began (25 February 2020).',
    waves: [],
  });
});

test('a campaign that began after the end of the logs is not asked', () => {
  const { verdict, coverage } = assess('2021-01-01T00:00Z', '2021-03-31T00:00Z');
  expect(new Set(verdict.waves.map(({ campaign }) => campaign))).toEqual(new Set(['proxylogon']));
  expect(coverage.campaigns.map(({ campaign }) => campaign)).toEqual(['proxylogon']);
  expect(verdict.missing.filter(({ kind }) => kind === 'rps-cmdlet')).toEqual([]);
});

test('what is answered for one campaign is said beside what is not for the other', () => {
  const { verdict } = assess('2021-08-01T00:00Z', '2021-09-30T00:00Z');
  expect(verdict).toMatchObject({ answer: 'cannot_tell', exitCode: 2 });
  expect(verdict.sentence).toBe(
    'We cannot tell. Your logs begin on 1 August 2021; the attacks began before: ProxyLogon on 26 February 2021 (the quiet ones on 3 January 2021). Nothing bad is in what we read, but what would show it is not here. For ProxyShell they are complete from 5 August to 30 September 2021 and show nobody inside.',
  );
  const answers = Object.fromEntries(verdict.waves.map(({ campaign, wave, answer }) => [`${campaign} ${wave}`, answer]));
  expect(answers).toMatchObject({
    'proxylogon W2': 'cannot_tell',
    'proxyshell S1': 'cannot_tell',
    'proxyshell S2': 'no_evidence',
    'proxyshell S3': 'no_evidence',
  });
});

test('a healthy server years later is told of all of them, in order of time', () => {
  expect(assess('2023-01-06T00:00Z', '2023-01-11T00:00Z').verdict.sentence).toContain(
    'ProxyLogon on 26 February 2021 (the quiet ones on 3 January 2021), ProxyShell on 5 August 2021 (the quiet ones on 20 July 2021), ProxyNotShell on 29 September 2022 (the quiet ones on 1 August 2022) and OWASSRF on 17 November 2022',
  );
});

/** Asked for remote PowerShell without a token, refused before anybody had logged on: ProxyShell or ProxyNotShell. */
const eitherHole = (timeUtc: string): HitRow => ({
  ...front('proxyshell/front-powershell', timeUtc, '198.51.100.23', '401'),
  rules: ['proxynotshell/front-asked', 'proxyshell/front-powershell'],
});

test('where the requests of two campaigns look the same, the day decides', () => {
  const campaignOf = (from: string, to: string, timeUtc: string): string | null | undefined =>
    assess(from, to, [eitherHole(timeUtc)]).intrusions[0]?.campaign;
  expect(campaignOf('2021-08-01T00:00Z', '2021-09-30T00:00Z', '2021-08-16T08:12:58Z')).toBe('proxyshell');
  expect(campaignOf('2022-09-01T00:00Z', '2022-10-30T00:00Z', '2022-10-02T08:12:58Z')).toBe('proxynotshell');
});

test('and the build of the server, where it is known', () => {
  const build = (digits: readonly string[]) =>
    part({
      hours: [['2022-09-01T00:00Z', '2022-10-30T00:00Z']],
      groups: {
        ...ports,
        'MajorVersion|MinorVersion|BuildVersion|RevisionVersion|ServerHostName': [[...digits, 'MAIL01']],
      },
    });
  const campaignOf = (digits: readonly string[]): string | null | undefined => {
    const evidence = observed([artifact('u_ex.log', [build(digits)])], [hit(eitherHole('2022-10-02T08:12:58Z'))]);
    return judge(evidence, { organisation: '', packs, known: [], knowledge: knowledgeHere }).assessment.intrusions[0]?.campaign;
  };
  // August 2022: ProxyShell was closed. March 2021: both were open; November 2022: both were closed. Then the later one is what
  // everybody tried at that time.
  expect(campaignOf(['15', '01', '2507', '012'])).toBe('proxynotshell');
  expect(campaignOf(['15', '01', '2176', '009'])).toBe('proxynotshell');
  expect(campaignOf(['15', '01', '2507', '016'])).toBe('proxynotshell');
});

test('two campaigns on one server are two intruders, each in its own waves', () => {
  const { intrusions, verdict } = assess('2021-02-01T00:00Z', '2021-09-30T00:00Z', [
    row(
      'proxylogon/anchor-autodiscover',
      '2021-03-03T05:00:00Z',
      { 'server.name': 'MAIL01', 'client.address': '198.51.100.9', 'http.status': '200' },
      'httpproxy',
      'h.log',
    ),
    front('proxyshell/front-powershell-answered', '2021-08-21T03:14:19Z', '203.0.113.61'),
  ]);
  expect(intrusions.map(({ campaign, stage, wave }) => [campaign, stage, wave])).toEqual([
    ['proxyshell', 'exploited', ['S3']],
    ['proxylogon', 'attempted', ['W3']],
  ]);
  const answers = Object.fromEntries(verdict.waves.map(({ campaign, wave, answer }) => [`${campaign} ${wave}`, answer]));
  expect(answers).toMatchObject({ 'proxylogon W3': 'attempted', 'proxyshell S3': 'suspected' });
  // The time of the long tail of the one is the main time of the other; what was done then belongs to the other.
  expect(answers['proxylogon W5']).not.toBe('suspected');
  expect(verdict.sentence).toMatch(
    /^Most likely they got in: on 21 August 2021 at 03:14 UTC MAIL01 answered what someone from 203\.0\.113\.61 asked of its inside/,
  );
});

test('a front end that answered and the row of the back end prove together what neither proves alone', () => {
  const days = ['2021-08-01T00:00Z', '2021-09-30T00:00Z'] as const;
  const asked = front('proxyshell/front-powershell-answered', '2021-08-21T03:14:19Z', '203.0.113.61', '200', id);
  expect(assess(...days, [asked]).verdict).toMatchObject({ entered: 'probable', stage: 'exploited' });
  const both = assess(...days, [asked, back('2021-08-21T03:14:19Z', id)]);
  expect(both.verdict).toMatchObject({ answer: 'suspected', entered: 'yes', stage: 'exploited', confidence: 'confirmed' });
  expect(both.intrusions).toHaveLength(1);
  expect(both.findings.map(({ rule }) => rule)).toContain('together/both-ends');
  // The rows of two hours are not one request.
  const apart = assess(...days, [asked, back('2021-08-21T05:14:19Z')]);
  expect(apart.verdict).toMatchObject({ entered: 'probable' });
});

test('a role that was given is an intruder’s only while there was a session through the hole', () => {
  const days = ['2021-08-01T00:00Z', '2021-09-30T00:00Z'] as const;
  const given = cmdlet('proxyshell/cmdlet-role-given', '2021-08-21T03:15:00Z');
  const alone = assess(...days, [given]);
  expect(alone.intrusions).toEqual([]);
  expect(alone.findings.map(({ stage, confidence }) => [stage, confidence])).toEqual([['spread', 'possible']]);
  const session = assess(...days, [front('proxyshell/front-powershell-answered', '2021-08-21T03:14:19Z', '203.0.113.61'), given]);
  expect(session.verdict).toMatchObject({ stage: 'spread', confidence: 'probable', answer: 'suspected' });
  expect(session.findings.map(({ rule }) => rule)).toContain('together/in-session');
  const hoursLater = assess(...days, [
    front('proxyshell/front-powershell-answered', '2021-08-20T20:14:19Z', '203.0.113.61'),
    given,
  ]);
  expect(hoursLater.verdict).toMatchObject({ stage: 'exploited' });
});

test('a check that was refused makes a visitor, not an intruder', () => {
  const { intrusions, verdict } = assess('2021-08-01T00:00Z', '2021-09-30T00:00Z', [
    front('proxyshell/front-check', '2021-08-09T16:20:41Z', '198.51.100.44', '302'),
  ]);
  expect(intrusions.map(({ role, stage }) => [role, stage])).toEqual([['visitor', 'probed']]);
  expect(verdict).toMatchObject({ answer: 'cannot_tell', stage: 'probed' });
});

test('attempts of one campaign rest on its own logs, and the other is said to be open', () => {
  const { verdict } = assess('2021-08-01T00:00Z', '2021-09-30T00:00Z', [
    front('proxyshell/front-powershell', '2021-08-16T08:12:58Z', '198.51.100.23', '401'),
  ]);
  expect(verdict).toMatchObject({ answer: 'attempted', beyond: 'covered', entered: 'no_sign', exitCode: 2 });
  expect(verdict.sentence).toContain('by way of ProxyLogon and ProxyToken cannot be told');
});

test('words of Autodiscover v2 behind an exploit do not hide what the back end answered', () => {
  const days = ['2022-09-01T00:00Z', '2022-10-30T00:00Z'] as const;
  const asked = { ...front('proxynotshell/front-asked', '2022-10-04T02:11:40Z', '203.0.113.72', '200') };
  const answered = row(
    'proxynotshell/backend-session',
    '2022-10-04T02:11:41Z',
    {
      'server.name': 'MAIL01',
      'server.port': '444',
      'url.path': '/powershell/',
      'user.name': 'HAVEN\\t.lind',
      'http.status': '200',
    },
    'iis-w3c',
    'u_ex.log',
  );
  expect(assess(...days, [asked]).verdict).toMatchObject({ stage: 'attempted' });
  // The mark on the back end alone can be anybody's who may use remote PowerShell.
  expect(assess(...days, [answered]).verdict).toMatchObject({ stage: 'none', answer: 'cannot_tell' });
  expect(assess(...days, [asked, answered]).verdict).toMatchObject({ stage: 'exploited', confidence: 'probable' });
});
