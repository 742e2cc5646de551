/** Who is told as one and who as two where somebody tries to be taken for another one, or many look alike. */
import { expect, test } from 'vitest';
import { loadContent } from '../../src/assess.ts';
import type { Assessment, Intrusion } from '../../src/core/assessment.ts';
import type { HitRow } from '../../src/core/hit.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { judge } from '../../src/judge/index.ts';
import { knowledgeHere } from '../../src/knowledge/knowledge.fixture.ts';
import { artifact, hit, observed, part, row } from '../../src/judge/observed.fixture.ts';
import { unresolved } from '../support/resting.ts';

const { packs } = loadContent(nodePlatform);
const startMs = Date.parse('2021-02-28T08:00:00Z');
const at = (seconds: number): string => new Date(startMs + seconds * 1000).toISOString();
const hour = 3600;

interface Who {
  readonly address: string;
  readonly canary: string;
  readonly script: string;
  readonly agent?: string;
  readonly host?: string;
}
const tool = 'python-requests/2.25.1';
const canaryOf = (name: string): string => `${name}0123456789012345678901234567890123456789.`;
const service = '/ecp/DDI/DDIService.svc';
const through = (rule: string, seconds: number, { address, agent = tool, host = 'MAIL01' }: Who, path: string): HitRow =>
  row(`proxylogon/${rule}`, at(seconds), {
    'server.name': host,
    'client.address': address,
    'http.method': 'POST',
    'http.status': '200',
    'http.backend_status': '200',
    user_agent: agent,
    'url.path': '/ecp/y.js',
    anchor: `ServerInfo~a]@${host}.haven.example:444${path}#`,
  });
const booked = (seconds: number, { canary, script, host = 'MAIL01' }: Who): HitRow =>
  row(
    'proxylogon/ecp-planted',
    at(seconds),
    {
      'server.name': host,
      cmdlet: `Set-OabVirtualDirectory.ExternalUrl='http://f/#<script runat="server">${script}</script>'`,
      'url.path': `${service}/SetObject?msExchEcpCanary=${canary}&schema=OABVirtualDirectory`,
    },
    'ecp-server',
  );
const chain = (seconds: number, who: Who): HitRow[] => [
  through('session-obtained', seconds, who, '/ecp/proxyLogon.ecp?'),
  through('plant-answered', seconds + 5, who, `${service}/SetObject?msExchEcpCanary=${who.canary}&schema=OABVirtualDirectory`),
  booked(seconds + 5, who),
  through('arm-answered', seconds + 9, who, `${service}/SetObject?msExchEcpCanary=${who.canary}&schema=ResetOABVirtualDirectory`),
];
const request = (
  rule: string,
  seconds: number,
  { address, agent = tool, host = 'MAIL01' }: Who,
  page: string,
  method: string,
): HitRow =>
  row(
    `web-shell/${rule}`,
    at(seconds),
    {
      'server.name': host,
      'server.port': '443',
      'client.address': address,
      'http.method': method,
      'http.status': '200',
      'http.time_taken': String(40 + (seconds % 900)),
      user_agent: agent,
      'url.path': page,
    },
    'iis-w3c',
  );
const look = (seconds: number, who: Who, page: string): HitRow => request('page-answered', seconds, who, page, 'GET');
const post = (seconds: number, who: Who, page: string): HitRow => request('page-posted', seconds, who, page, 'POST');

function told(rows: readonly HitRow[]): Assessment {
  const iis = artifact('u_ex.log', [part({ hours: [['2021-02-27T00:00Z', '2021-03-20T00:00Z']] })]);
  const { assessment } = judge(observed([iis], rows.map(hit)), { organisation: '', packs, known: [], knowledge: knowledgeHere });
  expect(unresolved(assessment)).toEqual([]);
  return assessment;
}
const writers = ({ intrusions }: Assessment): Intrusion[] =>
  intrusions.filter(({ role, stage }) => role === 'intruder' && (stage === 'implanted' || stage === 'operated'));
const pagesOf = ({ observables }: Intrusion): string[] =>
  observables.filter(({ kind }) => kind === 'page').map(({ value }) => value);

/** As it was published with the exploit: everybody's. The text is inert. */
const published = '/* Page_Load: ev(Request["orange"],"x") */';
const own = (key: string): string => `/* Page_Load: ev(Request["${key}"],"x") */`;
const alpha: Who = { address: '203.0.113.7', canary: canaryOf('alpha'), script: published };
const bravo: Who = { address: '203.0.113.7', canary: canaryOf('bravo'), script: published };
const pageA = '/owa/auth/aaaaaaaa.aspx';
const pageB = '/aspnet_client/bbbbbbbb.aspx';

test.each([
  ['one public address that many share', '203.0.113.7'],
  ['a balancer', '10.20.0.5'],
])('two with one public tool and the published script behind %s are two', (_where, address) => {
  const [a, b] = [
    { ...alpha, address },
    { ...bravo, address },
  ];
  const rows = [...chain(0, a), look(25, a, pageA), ...chain(2 * hour, b), look(2 * hour + 25, b, pageB)];
  const two = writers(told(rows));
  expect(two.map(pagesOf)).toEqual([[pageA], [pageB]]);
  // With a word of their own in it, it is one hand's.
  const same = writers(
    told([...chain(0, { ...a, script: own('k8Qz3Rw1') }), ...chain(2 * hour, { ...b, script: own('k8Qz3Rw1') })]),
  );
  expect(same.length).toBe(1);
});

test('who posts once to another’s page from elsewhere is not its writer', () => {
  const stranger: Who = { ...bravo, address: '198.51.100.9', agent: 'Mozilla/5.0 zgrab/0.x' };
  const assessment = told([...chain(0, alpha), look(25, alpha, pageA), post(3 * 24 * hour, stranger, pageA)]);
  const [first, ...others] = assessment.intrusions;
  expect(first!.observables.filter(({ kind }) => kind === 'address').map(({ value }) => value)).toEqual([alpha.address]);
  expect(others.map(({ role, stage }) => [role, stage])).toEqual([['visitor', 'probed']]);
  expect(assessment.verdict.stage).toBe('implanted');
});

test('one with ten addresses and one canary is one', () => {
  const rows = Array.from({ length: 10 }, (_, index) =>
    chain(index * 600, { ...alpha, address: `198.51.100.${index + 10}`, script: own('k8Qz3Rw1') }),
  ).flat();
  const all = told(rows).intrusions;
  expect(all.length).toBe(1);
  expect(new Set(all[0]!.observables.filter(({ kind }) => kind === 'address').map(({ value }) => value)).size).toBe(10);
});

test('two servers that share nothing but the attacker’s tool: each intruder has its own server', () => {
  const other: Who = { ...bravo, address: '198.51.100.9', host: 'EXCH9', script: own('zz71Qm20') };
  const first: Who = { ...alpha, script: own('k8Qz3Rw1') };
  const two = writers(told([...chain(0, first), look(20, first, pageA), ...chain(30, other), look(50, other, pageB)]));
  expect(two.map(({ hosts }) => [...new Set(hosts.map(({ host }) => host))])).toEqual([['MAIL01'], ['EXCH9']]);
});

test('who writes the canary of another into a query does not become him', () => {
  // A canary stands in logs and mails of victims; a stranger that sends it is refused and wrote nothing.
  const thief: Who = { ...bravo, address: '198.51.100.9', canary: alpha.canary };
  const refused = row('proxylogon/static-post', at(5 * hour), {
    'server.name': 'MAIL01',
    'client.address': thief.address,
    'http.method': 'POST',
    'http.status': '403',
    user_agent: 'Mozilla/5.0 zgrab/0.x',
    'url.path': '/ecp/y.js',
    'url.query': `msExchEcpCanary=${alpha.canary}`,
  });
  const { intrusions } = told([...chain(0, { ...alpha, script: own('k8Qz3Rw1') }), refused]);
  const addresses = writers({ intrusions } as Assessment)[0]!.observables.filter(({ kind }) => kind === 'address');
  expect(addresses.map(({ value }) => value)).toEqual([alpha.address]);
});
