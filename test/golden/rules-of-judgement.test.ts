/** Rules of judgement that no other test shows alone, by made-up cases; each test begins with the rule that it is about. */
import { describe, expect, test } from 'vitest';
import { loadContent } from '../../src/assess.ts';
import type { Assessment, StageView } from '../../src/core/assessment.ts';
import type { HitRow } from '../../src/core/hit.ts';
import type { Meaning } from '../../src/core/record.ts';
import type { Stage } from '../../src/core/stage.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { judge } from '../../src/judge/index.ts';
import { knowledgeHere } from '../../src/knowledge/knowledge.fixture.ts';
import { artifact, hit, observed, part, type PartSketch, row } from '../../src/judge/observed.fixture.ts';
import { messagesOf } from '../../src/report/messages.ts';
import { unresolved } from '../support/resting.ts';

const { packs } = loadContent(nodePlatform);
const whole: readonly [string, string] = ['2021-01-01T00:00Z', '2021-03-20T00:00Z'];
const late: readonly [string, string] = ['2021-02-27T00:00Z', '2021-03-20T00:00Z'];

/** @param more other parts than the web server's log */
function told(rows: readonly HitRow[], hours = late, more: readonly PartSketch[] = []): Assessment {
  const files = [
    artifact('u_ex.log', [part({ hours: [hours] })]),
    ...more.map((sketch, index) => artifact(`${index}.log`, [part(sketch)])),
  ];
  const { assessment } = judge(observed(files, rows.map(hit)), {
    organisation: '',
    packs,
    known: [],
    knowledge: knowledgeHere,
  });
  expect(unresolved(assessment)).toEqual([]);
  return assessment;
}

const canary = 'alpha0123456789012345678901234567890123456789.';
const service = '/ecp/DDI/DDIService.svc/SetObject?msExchEcpCanary=';
const through = (rule: string, at: string, path: string, more: Partial<Record<Meaning, string>> = {}): HitRow =>
  row(`proxylogon/${rule}`, at, {
    'server.name': 'MAIL01',
    'client.address': '203.0.113.7',
    'http.method': 'POST',
    'http.status': '200',
    'http.backend_status': '200',
    user_agent: 'python-requests/2.25.1',
    'url.path': '/ecp/y.js',
    anchor: `ServerInfo~a]@MAIL01.haven.example:444${path}#`,
    ...more,
  });
const session = (at: string, more?: Partial<Record<Meaning, string>>): HitRow =>
  through('session-obtained', at, '/ecp/proxyLogon.ecp?', more);
const planted = (at: string): HitRow => through('plant-answered', at, `${service}${canary}&schema=OABVirtualDirectory`);
const panel = (rule: string, at: string, error?: string): HitRow =>
  row(
    `proxylogon/${rule}`,
    at,
    {
      'server.name': 'MAIL01',
      cmdlet: 'Set-OabVirtualDirectory.ExternalUrl=\'http://f/#<script runat="server">/* inert */</script>\'',
      'url.path': `${service}${canary}&schema=OABVirtualDirectory`,
      ...(error === undefined ? {} : { 'cmdlet.error': error }),
    },
    'ecp-server',
  );
const page = (rule: string, at: string, method: string, name: string, more: Partial<Record<Meaning, string>> = {}): HitRow =>
  row(
    `web-shell/${rule}`,
    at,
    {
      'server.name': 'MAIL01',
      'server.port': '443',
      'client.address': '203.0.113.7',
      'http.method': method,
      'http.status': '200',
      'http.time_taken': String(40 + (Date.parse(at) % 900)),
      user_agent: 'python-requests/2.25.1',
      'url.path': name,
      ...more,
    },
    'iis-w3c',
  );
const step = ({ verdict }: Assessment, stage: Stage): StageView => verdict.ladder.find((one) => one.stage === stage)!;
const proven = ({ findings }: Assessment): string[] => [
  ...new Set(findings.filter(({ confidence }) => confidence !== 'possible').map(({ stage }) => stage)),
];

describe('the ladder', () => {
  test("'stage.implied': what is below a proven step happened, although no line shows it", () => {
    const assessment = told([page('order-seen', '2021-03-03T04:00:00Z', 'POST', '/owa/auth/aaaaaaaa.aspx')]);
    expect(step(assessment, 'operated').state).toBe('seen');
    for (const stage of ['attempted', 'exploited'] as const) {
      expect(step(assessment, stage)).toMatchObject({ state: 'likely', firstUtc: null });
      expect(step(assessment, stage).because).toContainEqual({ kind: 'rule', id: 'stage.implied' });
    }
  });

  test.each([
    [
      'a request answered 200 by the front end alone',
      [through('backend-answered-front-only', '2021-03-03T04:00:00Z', '/ecp/x')],
      'probable',
    ],
    ['the same with the back end’s own status', [through('backend-answered', '2021-03-03T04:00:00Z', '/ecp/x')], 'confirmed'],
  ])('got in, by %s: %s', (_what, rows, confidence) => {
    const { verdict } = told(rows);
    expect([verdict.stage, verdict.confidence]).toEqual(['exploited', confidence]);
    expect(verdict.answer).toBe('suspected');
  });

  test.each([
    [
      'a file name that was asked for and not there',
      [page('page-asked', '2021-03-05T04:00:00Z', 'GET', '/owa/auth/supp0rt.aspx', { 'http.status': '404' })],
    ],
    ['a cmdlet that ended in an exception', [panel('ecp-plant-failed', '2021-03-05T04:00:00Z', 'Access denied')]],
    ['a reset alone, as an administrator clicks', [panel('ecp-armed', '2021-03-05T04:00:00Z')]],
    [
      'a cmdlet whose request was answered, and that the server refused',
      [planted('2021-03-05T04:00:00Z'), panel('ecp-plant-failed', '2021-03-05T04:00:01Z', 'Access denied')],
    ],
  ])('nothing was left by %s', (_what, rows) => {
    expect(proven(told(rows))).not.toContain('implanted');
  });

  test('one answered POST is no order; two that vary are probable; an order in the address is proven', () => {
    const name = '/owa/auth/aaaaaaaa.aspx';
    const once = told([page('page-posted', '2021-03-03T04:00:00Z', 'POST', name)]);
    expect([once.verdict.stage, once.verdict.confidence]).toEqual(['implanted', 'probable']);
    const alike = ['2021-03-03T04:00:00Z', '2021-03-03T05:00:00Z'].map((at) =>
      page('page-posted', at, 'POST', name, { 'http.time_taken': '31' }),
    );
    expect(told(alike).verdict.stage).toBe('implanted');
    const varied = told([
      page('page-posted', '2021-03-03T04:00:00Z', 'POST', name, { 'http.time_taken': '31' }),
      page('page-posted', '2021-03-03T05:00:00Z', 'POST', name, { 'http.time_taken': '470' }),
    ]);
    expect([varied.verdict.stage, varied.verdict.confidence]).toEqual(['operated', 'probable']);
    const ordered = told([page('order-seen', '2021-03-03T04:00:00Z', 'GET', name)]);
    expect([ordered.verdict.stage, ordered.verdict.confidence]).toEqual(['operated', 'confirmed']);
  });
});

describe('coverage', () => {
  const wave = ({ verdict }: Assessment, id: string): string =>
    verdict.waves.find((one) => one.campaign === 'proxylogon' && one.wave === id)!.coverage;

  test("'coverage.residue': a setting of one day is not the log of those days", () => {
    const config = { kind: 'exchange-config', speaksFor: 'state' } as const;
    const assessment = told([], late, [config]);
    expect(wave(assessment, 'W1')).toBe('residue');
    expect(wave(told([]), 'W1')).toBe('none');
    expect(assessment.verdict.answer).toBe('cannot_tell');
    // Logs of those days that do not answer all of it are no state of the disk, and not nothing.
    expect(wave(told([], whole, [config]), 'W1')).toBe('partly');
  });

  test("'coverage.unread': what this version does not judge is listed, and decides nothing", () => {
    const { verdict } = told([]);
    const unread = verdict.missing.filter(({ text }) => /not (?:read|judged) by this version/.test(text));
    expect(unread.length).toBeGreaterThan(0);
    for (const { because } of unread) expect(because).toContainEqual({ kind: 'rule', id: 'coverage.unread' });
    const kinds = packs.flatMap(({ questions }) => questions.filter(({ decides }) => decides).map(({ source }) => source));
    // Where one of them decided, nothing could ever be called covered.
    const full = told(
      [],
      whole,
      ['httpproxy', 'ecp-server', 'rps-http', 'rps-cmdlet'].map((kind) => ({ kind, hours: [whole] })),
    );
    expect(kinds).toContain('httpproxy');
    expect(full.verdict.waves.filter(({ campaign }) => campaign === 'proxylogon').map(({ coverage }) => coverage)).not.toContain(
      'none',
    );
  });
});

test("'clock.impossible': a browser from the future is told, and no wave is concluded", () => {
  const modern = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/119.0.0.0 Safari/537.36';
  const ordinary = told([session('2021-03-03T04:00:00Z')]);
  expect(ordinary.intrusions[0]!.wave).toEqual(['W3']);
  const odd = told([session('2021-03-03T04:00:00Z', { user_agent: modern })]);
  expect(odd.intrusions[0]!.wave).toEqual([]);
  expect(odd.problems.map(({ code }) => code)).toContain('row.date_contradicted');
});

describe('targeting', () => {
  const early = [session('2021-01-20T04:00:00Z'), through('ews-answered', '2021-01-20T04:01:00Z', '/EWS/Exchange.asmx?')];
  const mass = [
    session('2021-03-03T04:00:00Z'),
    planted('2021-03-03T04:00:09Z'),
    panel('ecp-planted', '2021-03-03T04:00:09Z'),
    page('page-answered', '2021-03-03T04:00:30Z', 'GET', '/owa/auth/aaaaaaaa.aspx'),
  ];

  test("'target.words': chosen needs the quiet weeks and more for than against", () => {
    const { targeting } = told(early, whole).intrusions[0]!;
    expect(targeting.word).toBe('chosen');
    expect(targeting.for.length).toBeGreaterThan(targeting.against.length);
    // Without the time there is none.
    expect(told(mass).intrusions[0]!.targeting.word).not.toBe('chosen');
    expect(JSON.stringify(targeting)).not.toMatch(/\d\s?%/);
  });

  test("'target.trait': each reason names what shows it", () => {
    for (const { targeting } of [told(early, whole).intrusions[0]!, told(mass).intrusions[0]!])
      for (const { weighs, because } of targeting.reasons) if (weighs !== 'open') expect(because[0]!.kind).toBe('finding');
  });

  test("'target.early': mass is no certainty while the quiet weeks are not covered", () => {
    const { targeting } = told(mass).intrusions[0]!;
    expect(targeting.word).toBe('more likely mass');
    expect(targeting.open).toHaveLength(1);
    expect(targeting.reasons.at(-1)).toMatchObject({ weighs: 'open', because: [{ kind: 'rule', id: 'target.early' }] });
    expect(messagesOf('en').targeting(targeting.word)).not.toMatch(/^No/);
  });
});

describe('presence', () => {
  const chain = (at: string): HitRow[] => [session(at), panel('ecp-planted', at)];

  test("'presence.seen': at work within 72 hours before the end, and not an hour more", () => {
    expect(told(chain('2021-03-17T01:00:00Z')).verdict.presence.seen).toBe('active');
    const quiet = told(chain('2021-03-16T23:00:00Z'));
    // Without the logs that would show it since, it is not known.
    expect(quiet.verdict.presence.seen).toBe('unknown');
    expect(told([]).verdict.presence.seen).toBe('unknown');
  });

  test("'presence.reckoned': ways back that no log would show are reckoned with, and not said to be open", () => {
    const { waysBack } = told(chain('2021-03-03T04:00:00Z')).verdict.presence;
    const reckoned = waysBack.filter(({ what }) => what === '');
    expect(reckoned.length).toBeGreaterThan(2);
    for (const { state, because } of reckoned) {
      expect(state).toBe('unknown');
      expect(because).toEqual([{ kind: 'rule', id: 'presence.reckoned' }]);
    }
  });

  test("'presence.never_evicted': nobody is ever said to be gone", () => {
    const say = messagesOf('en');
    const said = [
      ...['active', 'quiet', 'not_seen', 'unknown'].flatMap((seen) => say.seen(seen as 'quiet', null, '1 May 2021')),
      say.allWaysClosed(3),
    ];
    expect(said.join(' ')).not.toMatch(/\b(?:gone|evicted|clean|removed)\b/i);
    expect(say.allWaysClosed(3)).toBe('All three known ways back are closed.');
  });
});
