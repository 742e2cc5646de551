/** Every sentence that an assessment says of itself, English. Dates are absolute and UTC; names of logs are those people use. */
import type { Answer, Entered } from '../core/assessment.ts';
import type { Stage } from '../core/stage.ts';
import { monthNames } from '../core/time.ts';
import type { Book } from './coverage-parts.ts';
import type { Lack } from './coverage.ts';

const names: Readonly<Record<string, string>> = {
  httpproxy: 'HttpProxy logs',
  'ecp-server': 'ECP server logs',
  'iis-w3c': 'IIS logs',
  'exchange-config': 'virtual directory settings',
  other_time: 'logs of another time',
  no_packs: 'rules of campaigns',
  'powershell-list': 'settings, as lists',
  'format-table': 'settings, as tables',
  'export-csv': 'settings, as CSV',
  'export-clixml': 'settings, as CLIXML',
  'test-proxylogon': 'rows from Test-ProxyLogon',
  'powershell-table': 'rows from a console',
  'httpproxy-list': 'HttpProxy rows as a list',
  'httpproxy-sheet': 'HttpProxy rows from a spreadsheet',
  'test-proxylogon-console': 'Test-ProxyLogon output',
  'test-proxylogon-log-age': 'log ages from Test-ProxyLogon',
  'test-proxylogon-other': 'files listed by Test-ProxyLogon',
  'test-proxylogon-events': 'events picked by Test-ProxyLogon',
  'test-proxylogon-paths': 'paths listed by Test-ProxyLogon',
  'compare-exchange-hashes': 'result of CompareExchangeHashes',
  msert: 'log of the Microsoft Safety Scanner',
  'defender-events': 'Microsoft Defender events',
  'defender-list': 'Microsoft Defender detections',
  loki: 'Loki or THOR output',
  eomt: 'EOMT log',
  'eomt-summary': 'EOMT summary',
  'task-xml': 'scheduled tasks',
  'agents-config': 'configuration of transport agents',
  'health-checker': 'HealthChecker output',
  'health-checker-xml': 'HealthChecker output',
  'ecp-activity': 'ECP activity logs',
  'oab-generator': 'OABGenerator logs',
  'rps-http': 'remote PowerShell request logs',
  'rps-cmdlet': 'PowerShell cmdlet logs',
  'event-text': 'events as text',
  'event-json': 'events as JSON',
  'event-xml': 'events as XML',
  evtx: 'Windows event logs',
  'windows-event': 'Windows event logs',
  'http-response': 'saved answers',
  'dir-listing': 'folder listings',
  'ls-listing': 'folder listings',
  'path-list': 'lists of files',
  'net-user': 'lists of accounts',
  'registry-setup': 'registry of Exchange setup',
  'file-version': 'versions of files',
  'wmic-list': 'console lists',
  'antivirus-lines': 'records of an antivirus',
  'command-lines': 'list of command lines',
  'file-listing': 'lists of files',
  'web-page': 'pages of web folders',
  'process-listing': 'lists of processes',
  ews: 'EWS logs',
  autodiscover: 'Autodiscover logs of the back end',
  mapihttp: 'MAPI over HTTP logs',
  'owa-backend': 'OWA logs of the back end',
  rca: 'RPC Client Access logs',
  httprequestfiltering: 'HTTP request filtering logs',
  'mitigation-service': 'mitigation service logs',
  'message-tracking': 'message tracking logs',
  'transport-agent': 'transport agent logs',
  'smtp-receive': 'SMTP receive logs',
  'smtp-send': 'SMTP send logs',
  connectivity: 'transport connectivity logs',
  'exchange-setup': 'Exchange setup log',
  'exchange-log': 'other Exchange logs',
  'iis-advanced': 'IIS advanced logs',
  'iis-config': 'IIS configuration',
  'iis-native': 'IIS logs in the IIS format',
  'iis-ncsa': 'IIS logs in the NCSA format',
  'logparser-iis': 'IIS rows from Log Parser',
  httperr: 'HTTP.sys error logs',
  'web-access': 'web server access logs',
  'sharepoint-uls': 'SharePoint trace logs',
  'msexchange-management': 'MSExchange Management event log',
  'web-folders': 'web folders',
  'application-events': 'Application event log',
  'security-events': 'Security event log',
  edr: 'records of the antivirus or EDR product',
  'domain-security-events': 'Security event logs of the domain controllers',
  'network-flows': 'firewall and NetFlow records',
};
export const kindName = (kind: string): string => names[kind] ?? kind;

export const sayDay = (ms: number): string => {
  const date = new Date(ms);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};
export const sayMinute = (ms: number): string => `${sayDay(ms)} at ${new Date(ms).toISOString().slice(11, 16)} UTC`;
/** `3 March 2021`; `from 5 to 7 March 2021`; `from 26 February to 4 March 2021`. */
export function sayDays(fromMs: number, toMs: number): string {
  const [a, b] = [new Date(fromMs), new Date(toMs)];
  if (sayDay(fromMs) === sayDay(toMs)) return `on ${sayDay(fromMs)}`;
  if (a.getUTCFullYear() !== b.getUTCFullYear()) return `from ${sayDay(fromMs)} to ${sayDay(toMs)}`;
  const month = a.getUTCMonth() === b.getUTCMonth() ? '' : ` ${monthNames[a.getUTCMonth()]}`;
  return `from ${a.getUTCDate()}${month} to ${sayDay(toMs)}`;
}

export const sayList = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
const server = (hosts: readonly string[]): string => (hosts.length === 0 ? 'the server' : sayList(hosts));
const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const words = (count: number): string => small[count] ?? String(count);
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const headlines: Readonly<Record<Answer, string>> = {
  confirmed: 'Yes. Someone got in.',
  suspected: 'Yes, most likely they got in.',
  attempted: 'They tried.',
  cannot_tell: 'We cannot tell.',
  no_evidence: 'Nothing here shows an intruder.',
};

/** What they did where that is likely, as the ladder shows it. */
const likelyDone: Readonly<Partial<Record<Stage, string>>> = {
  implanted: 'left something',
  operated: 'gave the server orders',
  spread: 'reached for accounts, mailboxes or other computers',
  impact: 'took or broke something',
};

/**
 * @param sure the stage is proven; else it is only likely, and what is below it is proven
 * @param inside something shows that they got in; else only what they would have left
 * @param mailOnly mail was read through the hole, and nothing shows that the server was given orders
 */
export function headline(
  answer: Answer,
  stage: Stage,
  entered: Entered,
  covered: boolean,
  sure: boolean,
  written: boolean,
  inside: boolean,
  mailOnly: boolean,
): string {
  if (answer === 'confirmed') {
    if (mailOnly) return 'Yes. Someone got in and took mail.';
    if (stage === 'operated' || stage === 'spread' || stage === 'impact')
      return sure
        ? 'Yes. Someone got in and gave the server orders.'
        : 'Yes. Someone got in and very likely gave the server orders.';
    return written ? 'Yes. Someone got in and left a back door.' : 'Yes. Someone got in and planted a back door.';
  }
  if (answer === 'suspected') {
    const done = likelyDone[stage];
    if (entered === 'yes')
      return done === undefined ? 'Yes, they got in. How far is not decided.' : `Yes, they got in, and very likely ${done}.`;
    if (done === undefined) return 'Most likely they got in.';
    return inside ? `Most likely they got in and ${done}.` : `Most likely they ${done}. How they got in is not seen.`;
  }
  if (answer === 'attempted')
    return covered ? 'They tried, and did not get further.' : 'They tried. We cannot see how far they got.';
  return headlines[answer];
}

export interface StoryFacts {
  readonly hosts: readonly string[];
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly address: string | null;
  readonly endMs: number;
}

const when = (ms: number | null): string => (ms === null ? 'At a time that the evidence does not give,' : `On ${sayMinute(ms)}`);
const from = (address: string | null): string => (address === null ? 'someone' : `someone from ${address}`);

const bookNames: Readonly<Record<Book, string>> = {
  front: 'front end (W3SVC1) ',
  back: 'back end (W3SVC2) ',
  ecp: 'folder Ecp ',
  autodiscover: 'folder Autodiscover ',
  all: '',
};
/** What was found where nothing answers: nothing at all, somebody who only looked, or what proves nothing alone. */
export type Found = 'nothing' | 'asked' | 'looked' | 'unclear';
const found: Readonly<Record<Found, string>> = {
  nothing: 'Nothing bad is in what we read',
  asked: 'Nothing bad is in what we read, beside settings that are a question to their owners (see the findings)',
  looked: 'Somebody looked for a way in or for a back door, and no more than that is in what we read',
  unclear: 'Signs that can be innocent are in what we read (see the findings), and no proof',
};

export const sentences = {
  otherTitle: (title: string) => `A rule of others matched: ${title}`,
  otherProves: (file: string, level: string | null) =>
    `Records look like what the rule in ${file} describes${level === null ? '' : ` (its author calls that ${level})`}.`,
  otherDoesNotProve:
    'How far anybody got: nobody has said what a match of this rule proves, so it has no stage and the answer is made without it.',
  signatureTitle: (name: string, rules: readonly string[]) =>
    `${rules.length === 1 ? 'A signature matches' : `${rules.length} signatures match`} the file ${name}: ${rules.slice(0, 3).join(', ')}${rules.length > 3 ? ' …' : ''}`,
  signatureProves: (
    place: string,
    sha256: string | null,
    says: readonly string[],
    seen: 'written' | 'used' | null,
    page: string | null,
  ) =>
    `The content of ${place}${sha256 === null ? '' : ` (SHA-256 ${sha256})`} is as these signatures describe: ${says.slice(0, 10).join('; ')}${says.length > 10 ? `; and ${says.length - 10} more` : ''}.${seen === 'written' ? ` An intruder wrote this page: ${page}.` : seen === 'used' ? ` This page answered an intruder: ${page}.` : page === null ? '' : ` The web server hands it out as ${page}.`}`,
  signatureDoesNotProve:
    'How far anybody got: a signature tells what a file looks like, not that it was used. It has no stage, and the answer is made without it.',
  signatureInnocent:
    'Signatures match tools of administrators, installers, files of antivirus and of signature collections, and files that only look alike.',
  signatureWhole: 'the file as a whole',
  signatureRest: (files: number) => `Signatures match ${files} more files`,
  signatureRestProves: 'So many files are as signatures describe that they are not listed one by one; run with fewer signatures.',
  otherJoinedDoesNotProve:
    'More than what it is tied to: nobody has said what a match of this rule proves, and the answer is made without it.',
  otherInnocent: 'Its author names none. Many such rules match ordinary work of administrators.',
  implanted: (facts: StoryFacts, planted: 'planted' | 'configured' | 'page', page: string | null) => {
    const how =
      planted === 'configured'
        ? `The web address of a virtual directory on ${server(facts.hosts)} holds a script. It is put there by someone who has got in, and is what a back door (a web shell: a page that runs what it is told) is written from.`
        : planted === 'planted'
          ? `${when(facts.firstMs)} ${from(facts.address)} got into ${server(facts.hosts)} and stored a script where a web address belongs: a back door (a web shell: a page that runs what it is told), planted but not seen written out. The reset that writes it to disk is not in what is here.`
          : `${when(facts.firstMs)} ${from(facts.address)} got into ${server(facts.hosts)} and left a back door (a web shell: a page that runs what it is told)${page === null ? '' : ` at ${page}`}.`;
    return `Yes. ${how}`;
  },
  tookMail: (facts: StoryFacts, calls: number, mailboxes: readonly string[]) =>
    `Yes. ${facts.firstMs === null ? 'S' : `On ${sayMinute(facts.firstMs)} s`}omeone${facts.address === null ? '' : ` from ${facts.address}`} began to open mail on ${server(facts.hosts)} through the hole: ${words(calls)} ${calls === 1 ? 'call' : 'calls'}${mailboxes.length === 0 ? '' : ` for ${mailboxes.length === 1 ? `the mailbox ${mailboxes[0]!}` : `${words(mailboxes.length)} mailboxes, ${mailboxes[0]!} among them`}`}.`,
  mailLeavesNothing: 'Nothing of theirs need be left on the server for that.',
  mailKnown: 'What stood in those mails is known to them.',
  operated: (facts: StoryFacts, certain: number, likely: number) => {
    const who = facts.address === null ? 'They have' : `Someone from ${facts.address} has`;
    const orders =
      certain === 0
        ? `very likely gave it ${likely === 1 ? 'an order' : `${words(likely)} orders`}`
        : `gave it ${certain === 1 ? 'an order' : `${words(certain)} orders`}${likely === 0 ? '' : `, very likely ${words(likely)} more`}`;
    return `Yes. ${who} been inside ${server(facts.hosts)}${facts.firstMs === null ? '' : ` since ${sayMinute(facts.firstMs)}`} and ${orders}${facts.lastMs === null ? '' : `, the last one on ${sayMinute(facts.lastMs)}`}.`;
  },
  passwords: 'Treat every password this server has seen as stolen.',
  another: (address: string | null, firstMs: number | null, sure: boolean) =>
    `Another intruder${address === null ? '' : ` (${address})`} ${sure ? '' : 'most likely '}got in${firstMs === null ? '' : ` on ${sayMinute(firstMs)}`}.`,
  sameAddress: (address: string, firstMs: number | null) =>
    `Something else from ${address}${firstMs === null ? '' : `, on ${sayMinute(firstMs)},`} is most likely the same intruder’s, and nothing but the address says so.`,
  unjoined: 'More was found that may be theirs or that of somebody else: no address and no time tells.',
  suspected: (got: string, certain: boolean) => `${certain ? `Yes, ${got}` : upper(got)}.`,
  untilThen: (facts: StoryFacts) => `Until then treat ${server(facts.hosts)} as entered.`,
  gotSession: (facts: StoryFacts) =>
    `they got in: ${facts.firstMs === null ? '' : `on ${sayMinute(facts.firstMs)} `}${from(facts.address)} was given an administrator’s session on ${server(facts.hosts)}, or used it`,
  likelySession: (facts: StoryFacts) =>
    `most likely they got in: ${facts.firstMs === null ? '' : `on ${sayMinute(facts.firstMs)} `}${from(facts.address)} used a session key of ${server(facts.hosts)} that only a break-in gives`,
  gotInside: (facts: StoryFacts) =>
    `they got in: ${facts.firstMs === null ? '' : `on ${sayMinute(facts.firstMs)} `}the inside of ${server(facts.hosts)} did what ${from(facts.address)} asked, in the server’s own name`,
  likelyInside: (facts: StoryFacts) =>
    `most likely they got in: ${facts.firstMs === null ? '' : `on ${sayMinute(facts.firstMs)} `}${server(facts.hosts)} answered what ${from(facts.address)} asked of its inside, which a closed server refuses`,
  likelyBeyond: (facts: StoryFacts, certain: boolean, inside: boolean) =>
    `${certain ? 'they got in, and very likely left something' : inside ? 'very likely they got in and left something' : 'very likely they left something'}: ${facts.firstMs === null ? '' : `on ${sayMinute(facts.firstMs)} `}${from(facts.address)} went as far as the step that writes a page on ${server(facts.hosts)}`,
  likelySetting: (facts: StoryFacts, what: string) =>
    `very likely something of theirs stands in the configuration of ${server(facts.hosts)}: ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
  likelyDone: (facts: StoryFacts, certain: boolean, inside: boolean, what: string) =>
    `${certain ? 'they got in, and very likely went further' : inside ? 'very likely they got in and went further' : 'very likely they went further than trying'}: ${facts.firstMs === null ? '' : `on ${sayMinute(facts.firstMs)} `}this was done on ${server(facts.hosts)}${facts.address === null ? '' : `, by ${from(facts.address)}`}: ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
  likelyPage: (facts: StoryFacts, page: string) =>
    `very likely: a page that Exchange does not ship, ${page}, answered on ${server(facts.hosts)}${facts.firstMs === null ? '' : ` on ${sayMinute(facts.firstMs)}`}`,
  likelyWritten: (facts: StoryFacts, page: string) =>
    `very likely: somebody had a page that Exchange does not ship, ${page}, written on ${server(facts.hosts)}${facts.firstMs === null ? '' : ` on ${sayMinute(facts.firstMs)}`}`,
  /** `able`: what its text lets a visitor do; `asked`: what the web log says of requests for it. */
  likelyFile: (facts: StoryFacts, page: string, count: number, gone: boolean, able: readonly string[], asked: string | null) =>
    `very likely: ${count === 1 ? `a page that Exchange does not ship ${gone ? 'stood' : 'stands'}` : `${words(count)} pages that Exchange does not ship ${gone ? 'stood' : 'stand'}`} in a web folder of ${server(facts.hosts)}${gone ? ' until the antivirus took it away' : ''}: ${page}${count === 1 ? '' : ' and others'}${able.length === 0 ? '' : `; ${count === 1 ? 'its' : 'the first one’s'} text lets a visitor ${sayList(able)}`}${asked === null ? '' : `; ${asked}`}`,
  decides: (kinds: readonly string[]) =>
    `whether they left something behind is written in the ${sayList(kinds)}, and those are missing here. Look for them in backups and snapshots, and run this again.`,
  /** There is a file: what came of it is not the first question. */
  decidesSetting: (kinds: readonly string[]) =>
    `whether it is theirs is decided by the file that the setting names: its signature, its maker, when it came. How it came is written in the ${sayList(kinds)}, and those are missing here: look for them in backups and snapshots, and run this again.`,
  decidesFile: (kinds: readonly string[], gone: boolean) =>
    `whether it is theirs is decided by the file itself: ${gone ? 'look for it in the quarantine of the antivirus' : 'look at it, do not open it in a browser'}. How it came is written in the ${sayList(kinds)}, and those are missing here: look for them in backups and snapshots, and run this again.`,
  decidesAbsent: (kinds: readonly string[], hosts: readonly string[]) =>
    `what would decide it stands in the ${sayList(kinds)} of ${sayList(hosts)}, and nothing of ${hosts.length === 1 ? 'that server' : 'those servers'} is here.`,
  decidesNowhere: 'the logs that would show a next step are here and show none.',
  decidedByFile: 'Whether it is theirs is decided by the file itself: look at it, do not open it in a browser.',
  attemptedCovered: (fromMs: number, toMs: number, hosts: readonly string[], hostsWord: string) =>
    `They tried ${sayDays(fromMs, toMs)} and did not get further: the logs that would show it are complete on ${hosts.length === 0 ? hostsWord : server(hosts)}.`,
  patch: 'Patch if you have not.',
  othersUnanswered: (names: readonly string[]) =>
    `Whether somebody came in before by way of ${sayList(names)} cannot be told: the logs do not hold all of that time.`,
  attemptedNotCovered: (missing: string) => `They tried. Whether they succeeded cannot be told from what is here: ${missing}`,
  missingAre: (what: readonly string[]) =>
    what.length === 0
      ? 'the logs that would show it have gaps.'
      : `the ${sayList(what)} ${what.length === 1 && !what[0]!.includes('logs') ? 'is' : 'are'} missing or too short.`,
  cannotTellYoung: (beginMs: number, firstMs: number, massMs: number | null, seen: Found) =>
    `We cannot tell. Your logs begin on ${sayDay(beginMs)}; the attacks began ${massMs === null ? `on ${sayDay(firstMs)}` : `on ${sayDay(massMs)}, the quiet ones on ${sayDay(firstMs)}`}. ${found[seen]}, but what would show it is not here.`,
  cannotTellYoungOf: (
    beginMs: number,
    campaigns: readonly { readonly name: string; readonly firstMs: number; readonly massMs: number | null }[],
    seen: Found,
  ) =>
    `We cannot tell. Your logs begin on ${sayDay(beginMs)}; the attacks began before: ${sayList(
      campaigns.map(({ name, firstMs, massMs }) =>
        massMs === null || massMs === firstMs
          ? `${name} on ${sayDay(firstMs)}`
          : `${name} on ${sayDay(massMs)} (the quiet ones on ${sayDay(firstMs)})`,
      ),
    )}. ${found[seen]}, but what would show it is not here.`,
  campaignClear: (names: readonly string[], fromMs: number, toMs: number) =>
    `For ${sayList(names)} they are complete ${sayDays(fromMs, toMs)} and show nobody inside.`,
  cannotTellUnasked:
    'We cannot tell. No rule of any campaign was asked: what is new or rare in the logs is listed, and it proves nothing.',
  cannotTellMissing: (what: readonly string[], seen: Found) =>
    `We cannot tell. ${found[seen]}, but the ${sayList(what)} that would show it ${what.length === 0 ? 'is' : 'are'} missing or too short.`,
  cannotTellNothing: (files: number, encrypted: number) =>
    files === 0
      ? 'We cannot tell. Nothing was handed in: there is no file here.'
      : encrypted > 0
        ? `We cannot tell. Nothing was read: ${encrypted === files ? 'what was handed in is encrypted' : `${encrypted} of ${files} files are encrypted`}, and no password that was tried opens it. Run this again with --password.`
        : `We cannot tell. Nothing was read: ${files === 1 ? 'the file is not' : `none of the ${files} files is`} a log that this version knows, and that says nothing about an intrusion.`,
  noPacksText: 'No campaign was looked for: --no-packs switched all rules off.',
  noPacksWhere: 'in what was handed in: run this again without --no-packs',
  noPacksDecides: 'whether somebody got in',
  otherTimeText: (fromMs: number, toMs: number) =>
    Number.isFinite(fromMs) && Number.isFinite(toMs)
      ? `Logs that have nothing ${sayDays(fromMs, toMs - 1)} were not read, because you asked for this time.`
      : Number.isFinite(fromMs)
        ? `Logs that end before ${sayDay(fromMs)} were not read, because you asked for the time since then.`
        : `Logs that begin after ${sayDay(toMs - 1)} were not read, because you asked for the time until then.`,
  otherTimeWhere: 'in what was handed in: run this again without --since and --until',
  otherTimeDecides: 'whether somebody got in at another time, and what they did then',
  encryptedText: (files: number) =>
    files === 1
      ? 'One file is encrypted, and no password opens it.'
      : `${files} files are encrypted, and no password opens them.`,
  encryptedWhere: 'in what was handed in: run this again with --password and the password of whoever packed it',
  encryptedDecides: 'whatever stands in them',
  cannotTellOld: (endMs: number, firstMs: number) =>
    `We cannot tell. What is here ends on ${sayDay(endMs)}, before the attacks that we look for began (${sayDay(firstMs)}).`,
  noEvidence: (fromMs: number, toMs: number) => `${upper(sayDays(fromMs, toMs))} the logs are complete and show nobody inside.`,
  noEvidenceBefore: (firstMs: number, untilMs: number) =>
    `Before that, when the first, targeted attacks ran (${sayDay(firstMs)} to ${sayDay(untilMs)}), the logs are missing: for those weeks only the disk can answer.`,
  useSeen: (lastMs: number) => `It was last used on ${sayMinute(lastMs)}.`,
  useNot: (endMs: number) =>
    `We see nobody giving it orders up to ${sayDay(endMs)}; what is sent to such a page is never logged.`,
  useUnknown:
    'Whether it was used since cannot be told: the IIS logs that would show it are not here, or not for the whole time.',
  absentHosts: (hosts: readonly string[]) =>
    `The evidence names ${sayList(hosts)}, and nothing of ${hosts.length === 1 ? 'it' : 'them'} was handed in.`,
  visitors: (count: number) =>
    count === 1 ? 'One other came by and only looked.' : `${upper(words(count))} others came by and only looked.`,
  intruders: (count: number) => `${upper(words(count))} intruders are told apart.`,
  declared: (name: string, goesOn: boolean) =>
    goesOn
      ? `Activity that you declared as “${name}” goes on after its end.`
      : `Activity that you declared as “${name}” is left out of the answer.`,
  toolAges: (least: number, most: number) =>
    `Microsoft’s tool says that its logs went back ${least === most ? `${most}` : `${least} to ${most}`} days.`,
  toolAbsent: (text: string) =>
    `Microsoft’s tool found no ${text === 'Oabgen' ? 'OABGenerator' : text} log: what it would have shown is not covered.`,
  toolNothing: 'Microsoft’s tool found nothing; that says nothing about times that its logs do not hold.',
  toolSuspicious: (cves: readonly string[]) =>
    `Microsoft’s tool calls something suspicious${cves.length === 0 ? '' : ` (${sayList(cves)})`}. Its word is a pointer: the rows that it means stand in the files it wrote, and prove what they prove.`,
  toolFiles: (count: number) =>
    `Microsoft’s tool lists ${count} ${count === 1 ? 'file' : 'files'} that looked odd to it, as archives of installers do; look at them, they prove nothing.`,
  toolHashes: (unknown: number, suspicious: number) =>
    `CompareExchangeHashes lists ${unknown} ${unknown === 1 ? 'file' : 'files'} whose hash it did not know and ${suspicious} that it calls suspicious: it does so with every file where it has no list for the build, and with every mitigated server. They prove nothing.`,
  scanClean: (tools: readonly string[]) =>
    `${sayList(tools)} found nothing. That speaks for files that ${tools.length === 1 ? 'it knows' : 'they know'}, on the day of the scan; what was removed before, and what is no file, it does not see.`,
  eomtVulnerable: (hosts: readonly string[]) =>
    `Microsoft’s mitigation tool found ${hosts.length === 0 ? 'the server' : sayList(hosts)} vulnerable when it ran.`,
  eomtMitigated:
    'Microsoft’s mitigation tool put its rule in. That stops later requests of this kind, and says nothing about what came before.',
  eomtFailed: 'Microsoft’s mitigation tool did not finish, or its rule could not be put in: do not count on it.',
  eomtSummary: 'The summary of Microsoft’s mitigation tool is the same text for every server; only its log says what was done.',
  earlyOpen: (fromMs: number, toMs: number) =>
    `The logs do not cover the time ${sayDays(fromMs, toMs)}, when the targeted attacks ran; a trace from then would change this.`,
  ownersToo: (beside: boolean) =>
    beside
      ? 'It stood there before the first sign that anybody got in.'
      : 'Nothing in the evidence shows that anybody got in: ask whose it is.',
  clockUtc: 'this log is written in UTC',
  clockLocal: 'this log is written in the time of the server, and the text does not say which zone that is',
  clockNone: 'no time stands in it',
  clockUnknown: 'the text does not say in which zone its times are',
  clockShared: (count: number, skewMs: number) =>
    `this log is written in UTC; ${count} ${count === 1 ? 'request' : 'requests'} shared with another server ${skewMs === 0 ? 'show the same time' : `show this clock ${Math.abs(Math.round(skewMs / 1000))} seconds ${skewMs > 0 ? 'ahead' : 'behind'}`}`,
  notRead: (count: number) => `${count} ${count === 1 ? 'file' : 'files'} could not be read by any reader.`,
  /** Where nothing of a log is here, no part of it is named as if the rest were. */
  missingWhole: (kind: string, host: string | null, lacks: readonly Lack[]) => {
    const parts = lacks.map(({ book }) => bookNames[book].trim()).filter((name) => name !== '');
    return `${kindName(kind)}${host === null ? '' : ` of ${host}`}: not here${parts.length === 0 ? '' : `; of them the ${sayList(parts)} would tell`}.`;
  },
  missingText: (kind: string, host: string | null, lacks: readonly Lack[]) =>
    `${kindName(kind)}${host === null ? '' : ` of ${host}`}: ${lacks
      .map(
        ({ book, spans, notRecording, cut }) =>
          `${bookNames[book]}${notRecording ? 'here, but was not recording this' : spans.length === 0 ? 'not here' : `only ${sentences.spans(spans)}`}${cut.length === 0 || spans.length === 0 ? '' : `, with rows missing ${sentences.days(cut)}`}`,
      )
      .join('; ')}.`,
  unreadText: (kind: string) => `${upper(kindName(kind))}: not read by this version; look at them by hand.`,
  unjudgedText: (kind: string) =>
    kind === 'domain-security-events'
      ? `${upper(kindName(kind))}: searched for single signs where they are here, not judged by this version (verifying reads them for new passwords); look at them by hand.`
      : `${upper(kindName(kind))}: searched for single signs where it is here, not judged by this version; look at it by hand.`,
  days: (list: readonly { readonly fromMs: number }[]) => {
    const days = [...new Set(list.map(({ fromMs }) => sayDay(fromMs)))];
    return `on ${sayList(days.length > 3 ? [...days.slice(0, 3), `${days.length - 3} more days`] : days)}`;
  },
  spans: (list: readonly { readonly fromMs: number; readonly toMs: number }[]) =>
    list
      .slice(0, 3)
      .map(({ fromMs, toMs }) => sayDays(fromMs, toMs))
      .join(', '),
  hostMissingText: (host: string, kinds: readonly string[]) =>
    `Everything of ${host}: the evidence names this server, and nothing of it is here${kinds.length === 0 ? '' : `; above all its ${sayList(kinds)}`}.`,
  hostMissingWhere: (host: string) => `${host} itself, and its backups and snapshots`,
  hiddenText: 'The load balancer hid their address; its own log has it.',
  hiddenWhere: 'the log of the load balancer, reverse proxy or firewall in front of the servers',
  hiddenDecides: 'where they came from, and whether it was one or several',
  hostMissingDecides: 'whether a step was carried out there',
} as const;

/** Under each step of the ladder. */
export const ladderText = {
  seen: (count: number) => `${count} log ${count === 1 ? 'line' : 'lines'}`,
  likely: 'not proven by what is here',
  ruledOut: 'logs complete',
  ruledOutOrders: 'not by web address, logs complete; what is sent to a page is never logged',
  cannotTell: (kinds: readonly string[]) =>
    kinds.length === 0 ? 'nothing here would show it' : `${sayList(kinds.map(kindName))} missing or too short`,
  implied: 'follows from a later step; no line here shows it',
  beneath: 'a later step is likely, and may have needed it',
  beneathMail: 'mail can be taken without it; not ruled out',
} as const;
