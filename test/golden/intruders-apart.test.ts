/** Who is told as one and who as two, rule by rule: what joins them, what comes close and does not, and that the reason is said. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadContent } from '../../src/assess.ts';
import type { Assessment, Intrusion } from '../../src/core/assessment.ts';
import type { HitRow } from '../../src/core/hit.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { judge } from '../../src/judge/index.ts';
import { knowledgeHere } from '../../src/knowledge/knowledge.fixture.ts';
import { artifact, hit, observed, part, row } from '../../src/judge/observed.fixture.ts';

const { packs } = loadContent(nodePlatform);

const startMs = Date.parse('2021-02-28T08:00:00Z');
const at = (seconds: number): string => new Date(startMs + seconds * 1000).toISOString();
const minute = 60;
const hour = 3600;
const day = 86_400;

interface Who {
  readonly address: string;
  readonly agent?: string;
  readonly canary?: string;
  readonly script?: string;
}
const scanner = 'python-requests/2.25.1';
const mask = 'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)';
const canaryOf = (name: string): string => `${name}0123456789012345678901234567890123456789.`;

const alpha: Who = { address: '203.0.113.7', canary: canaryOf('alpha'), script: 'inert, reads kxw81q' };
const bravo: Who = { address: '203.0.113.7', canary: canaryOf('bravo'), script: 'inert, reads zz04ty' };
const hidden = (who: Who): Who => ({ ...who, address: '10.20.0.5' });

/** A request through the hole, as HttpProxy has it. */
const through = (rule: string, seconds: number, { address, agent = scanner }: Who, path: string): HitRow =>
  row(`proxylogon/${rule}`, at(seconds), {
    'server.name': 'MAIL01',
    'client.address': address,
    'http.method': 'POST',
    'http.status': '200',
    'http.backend_status': '200',
    user_agent: agent,
    'url.path': '/ecp/y.js',
    anchor: `ServerInfo~a]@MAIL01.haven.example:444${path}#`,
  });
const service = '/ecp/DDI/DDIService.svc';
const discover = (seconds: number, who: Who, agent = 'ExchangeServicesClient/0.0.0.0'): HitRow =>
  through('anchor-autodiscover', seconds, { ...who, agent }, '/autodiscover/autodiscover.xml?');
const session = (seconds: number, who: Who): HitRow => through('session-obtained', seconds, who, '/ecp/proxyLogon.ecp?');
const planted = (seconds: number, who: Who): HitRow =>
  through('plant-answered', seconds, who, `${service}/SetObject?msExchEcpCanary=${who.canary!}&schema=OABVirtualDirectory`);
const armed = (seconds: number, who: Who): HitRow =>
  through('arm-answered', seconds, who, `${service}/SetObject?msExchEcpCanary=${who.canary!}&schema=ResetOABVirtualDirectory`);
/** The control panel's own row: what was planted. */
const booked = (seconds: number, { canary, script }: Who, error?: string): HitRow =>
  row(
    error === undefined ? 'proxylogon/ecp-planted' : 'proxylogon/ecp-plant-failed',
    at(seconds),
    {
      'server.name': 'MAIL01',
      cmdlet: `Set-OabVirtualDirectory.ExternalUrl='http://f/#<script runat="server">/* ${script!} */</script>'`,
      'url.path': `${service}/SetObject?msExchEcpCanary=${canary!}&schema=OABVirtualDirectory`,
      ...(error === undefined ? {} : { 'cmdlet.error': error }),
    },
    'ecp-server',
  );
const chain = (seconds: number, who: Who): HitRow[] => [
  discover(seconds, who),
  session(seconds + 4, who),
  planted(seconds + 9, who),
  booked(seconds + 9, who),
  armed(seconds + 14, who),
];
const requested = (
  rule: string,
  seconds: number,
  { address, agent = scanner }: Who,
  path: string,
  method: string,
  status: string,
): HitRow =>
  row(
    `web-shell/${rule}`,
    at(seconds),
    {
      'server.name': 'MAIL01',
      'server.port': '443',
      'client.address': address,
      'http.method': method,
      'http.status': status,
      'http.time_taken': String(40 + (seconds % 900)),
      user_agent: agent,
      'url.path': path,
    },
    'iis-w3c',
  );
const look = (seconds: number, who: Who, page: string): HitRow => requested('page-answered', seconds, who, page, 'GET', '200');
const orders = (seconds: number, who: Who, page: string): HitRow[] =>
  [0, 31, 77].map((more) => requested('page-posted', seconds + more, who, page, 'POST', '200'));
const guess = (seconds: number, who: Who, page: string): HitRow => requested('page-asked', seconds, who, page, 'GET', '404');

function told(rows: readonly HitRow[]): Assessment {
  const iis = artifact('u_ex.log', [part({ hours: [['2021-02-27T00:00Z', '2021-03-20T00:00Z']] })]);
  return judge(observed([iis], rows.map(hit)), { organisation: '', packs, known: [], knowledge: knowledgeHere }).assessment;
}
const intruders = ({ intrusions }: Assessment): Intrusion[] => intrusions.filter(({ role }) => role === 'intruder');
const wroteOrUsed = (assessment: Assessment): Intrusion[] =>
  intruders(assessment).filter(({ stage }) => stage === 'implanted' || stage === 'operated');
const bonds = (one: Intrusion): string[] => one.together.map(({ by }) => by);
const partings = (one: Intrusion): string[] => [...new Set(one.apart.map(({ by }) => by))];

const pageA = '/owa/auth/aaaaaaaa.aspx';
const pageB = '/aspnet_client/bbbbbbbb.aspx';

describe('two behind one public address', () => {
  const both = [...chain(0, alpha), look(25, alpha, pageA), ...chain(2 * hour, bravo), look(2 * hour + 25, bravo, pageB)];
  test('two sessions, two scripts, two pages are two, and both say so', () => {
    const two = intruders(told(both));
    expect(two.length).toBe(2);
    expect(two.map(partings)).toEqual([['writers'], ['writers']]);
    expect(two[0]!.apart[0]).toMatchObject({ other: two[1]!.id, shared: '203.0.113.7' });
    expect(two[0]!.apart[0]!.text).toContain('203.0.113.7');
  });
  test('orders days later go to the page that they were given to', () => {
    const two = intruders(
      told([...both, ...orders(3 * day, { ...alpha, agent: mask }, pageA), ...orders(3 * day + 60, bravo, pageB)]),
    );
    expect(two.length).toBe(2);
    expect(two.map(({ observables }) => observables.filter(({ kind }) => kind === 'page').map(({ value }) => value))).toEqual([
      [pageA],
      [pageB],
    ]);
  });
  test('the same script makes them one', () => {
    const one = intruders(told([...chain(0, alpha), ...chain(2 * hour, { ...bravo, script: alpha.script! })]));
    expect(one.length).toBe(1);
    expect(bonds(one[0]!)).toContain('script');
  });
  test('the same session makes them one', () => {
    const one = intruders(told([...chain(0, alpha), ...chain(2 * hour, { ...bravo, canary: alpha.canary! })]));
    expect(one.length).toBe(1);
    expect(bonds(one[0]!)).toContain('session');
  });
  test('what the server refused is no page: whoever tries again is the same', () => {
    const refused = [session(0, alpha), planted(5, alpha), booked(5, alpha, 'Microsoft.Exchange.Data.DataValidationException')];
    const one = intruders(told([...refused, ...chain(5 * minute, bravo)]));
    expect(one.length).toBe(1);
    expect(bonds(one[0]!)).toContain('address');
  });
  test('the first steps go to the chain that they lead to', () => {
    const two = intruders(
      told([...chain(0, alpha), discover(90, bravo), session(94, bravo), planted(99, bravo), booked(99, bravo)]),
    );
    expect(two.map(({ firstUtc }) => firstUtc)).toEqual([at(0), at(90)]);
  });
  test('a lone try that fits neither stands alone and says why', () => {
    const { intrusions } = told([...both, discover(9 * hour, alpha, 'curl/7.64.1')]);
    const third = intrusions.filter(({ stage }) => stage === 'attempted');
    expect(third.length).toBe(1);
    expect(partings(third[0]!)).toEqual(['between']);
  });
  test('a look at a page is its owner’s', () => {
    const { intrusions } = told([...both, look(9 * hour, { ...alpha, agent: 'curl/7.64.1' }, pageA)]);
    expect(intrusions.length).toBe(2);
  });
});

describe('a page that a listing names, and that answered one of them', () => {
  const spare = '/aspnet_client/cccccccc.aspx';
  const listing = row(
    'web-shell/page-listed',
    null,
    { 'server.name': 'MAIL01', 'file.path': 'C:\\inetpub\\wwwroot\\aspnet_client\\cccccccc.aspx' },
    'file-listing',
  );
  const inside = [...chain(0, alpha), look(25, alpha, pageA), ...orders(hour, alpha, pageA)];
  const pages = (assessment: Assessment): (string | undefined)[][] =>
    intruders(assessment).map(({ observables }) => observables.filter(({ kind }) => kind === 'page').map(({ value }) => value));
  test('asked for by its owner a moment after his orders, with the same program: one intruder', () => {
    expect(pages(told([...inside, look(hour + 110, alpha, spare), listing]))).toEqual([[spare, pageA]]);
  });
  test('with another program, or an hour later: it may be another one’s', () => {
    for (const more of [look(hour + 110, { ...alpha, agent: mask }, spare), look(2 * hour, alpha, spare)])
      expect(intruders(told([...inside, more, listing])).length).toBeGreaterThan(1);
  });
  test('asked for from two addresses: the listing is nobody’s', () => {
    const others = [look(hour + 110, alpha, spare), look(hour + 120, { address: '198.51.100.4' }, spare)];
    expect(intruders(told([...inside, ...others, listing])).length).toBeGreaterThan(1);
  });
});

describe('the benign and the near of it', () => {
  test('one writer: all from that address is his', () => {
    const { intrusions } = told([
      discover(-6 * hour, alpha, 'curl/7.64.1'),
      ...chain(0, alpha),
      guess(2 * day, alpha, '/owa/auth/shell.aspx'),
    ]);
    expect(intrusions.length).toBe(1);
    expect(bonds(intrusions[0]!)).toContain('address');
  });
  test('a private address joins nothing', () => {
    const { intrusions } = told([...chain(0, hidden(alpha)), guess(2 * day, hidden(alpha), '/owa/auth/shell.aspx')]);
    expect(intrusions.map(({ role }) => role)).toEqual(['intruder', 'visitor']);
    expect(intrusions.flatMap(bonds)).not.toContain('address');
  });
  test('the same script from two addresses is a script that was copied', () => {
    expect(
      intruders(told([...chain(0, alpha), ...chain(2 * hour, { ...bravo, address: '198.51.100.9', script: alpha.script! })]))
        .length,
    ).toBe(2);
  });
  test('who looks from elsewhere is a visitor, and it is said of whose page', () => {
    const { intrusions } = told([...chain(0, alpha), look(25, alpha, pageA), look(hour, { address: '198.51.100.9' }, pageA)]);
    expect(intrusions.map(({ role }) => role)).toEqual(['intruder', 'visitor']);
    expect(intrusions[1]!.apart).toMatchObject([{ by: 'looked', other: intrusions[0]!.id, shared: pageA }]);
  });
});

describe('planter and page', () => {
  test('the first look and, days later, orders behind a balancer are the planter’s', () => {
    const rows = [
      ...chain(0, hidden(alpha)),
      look(25, hidden(alpha), pageA),
      ...orders(3 * day, hidden({ ...alpha, agent: mask }), pageA),
    ];
    const { intrusions } = told(rows);
    expect(intrusions.length).toBe(1);
    expect(bonds(intrusions[0]!)).toContain('planted');
  });
  test('a page that was used before the script was planted is another one’s', () => {
    const { intrusions } = told([...orders(-hour, hidden(alpha), pageA), ...chain(0, hidden(alpha))]);
    expect(intrusions.length).toBe(2);
  });
  test('one writing is one page: a second that appears is not explained by it', () => {
    const rows = [...chain(0, alpha), look(25, alpha, pageA), ...orders(6 * hour, { address: '198.51.100.9' }, pageB)];
    expect(wroteOrUsed(told(rows)).length).toBe(2);
  });
  test('two that may have written a page: nobody is said to have', () => {
    const later = { ...alpha, agent: mask };
    const three = wroteOrUsed(told([...chain(0, alpha), ...chain(2 * hour, bravo), ...orders(8 * hour, later, pageA)]));
    expect(three.length).toBe(3);
    expect(three.flatMap(bonds)).not.toContain('planted');
  });
  test('used from elsewhere hours later: it may be the page, and nothing says so', () => {
    const two = wroteOrUsed(told([...chain(0, alpha), ...orders(6 * hour, { address: '198.51.100.9' }, pageB)]));
    expect(two.map(partings)).toEqual([['unsure'], ['unsure']]);
    expect(two[0]!.apart[0]!.shared).toBe(pageB);
  });
  test('used from elsewhere at once: it is the page', () => {
    const one = wroteOrUsed(told([...chain(0, alpha), ...orders(3 * minute, { address: '198.51.100.9' }, pageB)]));
    expect(one.flatMap(bonds)).toContain('planted');
    expect(one.length).toBe(1);
  });
  test('one planter, days later from his address one page; of two nobody knows which', () => {
    const late = { ...alpha, agent: mask };
    expect(wroteOrUsed(told([...chain(0, alpha), ...orders(3 * day, late, pageA)])).length).toBe(1);
    const three = wroteOrUsed(told([...chain(0, alpha), ...orders(3 * day, late, pageA), ...orders(4 * day, late, pageB)]));
    expect(three.length).toBe(3);
    expect(three.flatMap(partings)).toContain('unsure');
  });
  test('who uses another’s page and wrote one as well is not made one with him', () => {
    const elsewhere = { ...bravo, address: '198.51.100.9' };
    const rows = [
      ...chain(0, alpha),
      look(25, alpha, pageA),
      ...chain(2 * hour, elsewhere),
      look(2 * hour + 25, elsewhere, pageB),
    ];
    const two = wroteOrUsed(told([...rows, ...orders(3 * hour, alpha, pageA), ...orders(5 * hour, elsewhere, pageA)]));
    expect(two.length).toBe(2);
  });
});

describe('behind a balancer', () => {
  test('tools change their agent on the way to one session', () => {
    const { intrusions } = told(chain(0, hidden(alpha)));
    expect(intrusions.length).toBe(1);
    expect(bonds(intrusions[0]!)).toContain('near');
  });
  test('a list of names that was gone through is one visit', () => {
    const names = ['discover', 'load', 'shell'].map((name, index) => guess(index * 3, hidden(alpha), `/owa/auth/${name}.aspx`));
    expect(told(names).intrusions.map(({ role }) => role)).toEqual(['visitor']);
    expect(told([...names, guess(hour, hidden(alpha), '/owa/auth/one.aspx')]).intrusions.length).toBe(2);
  });
  test('two sessions within seconds are two', () => {
    expect(wroteOrUsed(told([...chain(0, hidden(alpha)), ...chain(7, hidden(bravo))])).length).toBe(2);
  });
});

describe('the event of a cmdlet', () => {
  const event = (seconds: number, { script }: Who): HitRow => ({
    ...row('proxyshell/event-directory-script', at(seconds), {}, 'windows-event', 'm.evtx'),
    fields: {
      Message: `Cmdlet succeeded. Cmdlet Set-OabVirtualDirectory, parameters {ExternalUrl=http://f/#<script runat="server">/* ${script!} */</script>}`,
    },
  });
  test('is that of the control panel’s row, and does not name the campaign', () => {
    const { intrusions } = told([...chain(0, alpha), event(9, alpha)]);
    expect(intrusions.length).toBe(1);
    expect(intrusions[0]!.campaign).toBe('proxylogon');
  });
  test('goes to the row with its own script where two stand close', () => {
    const assessment = told([...chain(0, alpha), ...chain(1, bravo), event(9.6, bravo)]);
    const finding = assessment.findings.find(({ rule }) => rule === 'proxyshell/event-directory-script')!;
    const whose = assessment.intrusions.find(({ findings }) => findings.includes(finding.id))!;
    expect(whose.observables.filter(({ kind }) => kind === 'session').map(({ value }) => value)).toEqual([bravo.canary]);
  });
  test('at another time it stands for itself', () => {
    expect(told([...chain(0, alpha), event(hour, alpha)]).intrusions.length).toBe(1);
    expect(told([...chain(0, alpha), event(hour, bravo)]).intrusions.length).toBe(2);
  });
});

describe('mail taken through the hole', () => {
  const asked = (seconds: number, who: Who): HitRow => through('ews-answered', seconds, who, '/EWS/Exchange.asmx?');
  const call = (seconds: number, { agent = scanner }: Who, action: string): HitRow =>
    row(
      'proxyshell/ews-enumerated',
      at(seconds),
      {
        'server.name': 'MAIL01',
        'user.name': 'HAVEN\\MAIL01$',
        user_agent: agent,
        'event.action': action,
        'http.status': '200',
        'user.impersonated': 'ada@haven.example',
      },
      'ews',
    );
  test('items handed out in the moment of the request are impact', () => {
    const { verdict, intrusions } = told([discover(0, alpha), asked(4, alpha), call(4.4, alpha, 'GetItem')]);
    expect([verdict.answer, verdict.stage]).toEqual(['confirmed', 'impact']);
    expect(verdict.headline).toBe('Yes. Someone got in and took mail.');
    expect(verdict.sentence).toContain('one call for the mailbox ada@haven.example');
    expect(bonds(intrusions[0]!)).toContain('call');
    // Nothing was left behind, and nothing says so.
    const between = verdict.ladder.filter(({ stage }) => stage === 'implanted' || stage === 'operated' || stage === 'spread');
    expect(between.map(({ state }) => state)).toEqual(['cannot_tell', 'cannot_tell', 'cannot_tell']);
  });
  test.each([
    ['folders were listed only', [asked(4, alpha), call(4.4, alpha, 'FindFolder')]],
    ['it was another program', [asked(4, alpha), call(4.4, { ...alpha, agent: 'Archive/3.1' }, 'GetItem')]],
    ['it was another moment', [asked(4, alpha), call(9, alpha, 'GetItem')]],
    ['the front end’s row is missing', [call(4.4, alpha, 'GetItem')]],
  ])('not when %s', (_what, rows) => {
    expect(told([discover(0, alpha), ...rows]).findings.map(({ stage }) => stage)).not.toContain('impact');
  });
});

describe('however their requests lie between each other', () => {
  const person = fc.record({
    startS: fc.integer({ min: 0, max: 900 }),
    paces: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 5, maxLength: 5 }),
  });
  test.each([
    ['one public address', '203.0.113.7'],
    ['a balancer', '10.20.0.5'],
    ['addresses of their own', null],
  ])('two who wrote something are never one, behind %s', (_where, address) => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 2, maxLength: 5 }), (people) => {
        const rows = people.flatMap(({ startS, paces }, number) => {
          const who: Who = {
            address: address ?? `203.0.113.${10 + number}`,
            canary: canaryOf(`p${number}`),
            script: `inert, reads key${number}key`,
          };
          const steps = [
            discover,
            session,
            planted,
            booked,
            armed,
            (seconds: number): HitRow => look(seconds, who, `/owa/auth/page${number}.aspx`),
          ];
          let seconds = startS;
          return steps.map((step, index) => step((seconds += index === 3 ? 0 : (paces[index % 5] ?? 1)), who));
        });
        const assessment = told(rows);
        const sessions = assessment.intrusions.map(
          ({ observables }) => new Set(observables.filter(({ kind }) => kind === 'session').map(({ value }) => value)).size,
        );
        expect(Math.max(...sessions)).toBe(1);
        expect(sessions.filter((count) => count === 1).length).toBe(people.length);
        if (address === null) expect(assessment.intrusions.length).toBe(people.length);
      }),
      { numRuns: 150, seed: 10 },
    );
  });
});
