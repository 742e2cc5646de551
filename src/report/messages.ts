/**
 * Every sentence that the renderers say of themselves, in one catalogue per language. The assessment brings its own sentences
 * (headline, verdict, findings, steps); here is what stands around them.
 */
import type {
  Answer,
  Because,
  Exposure,
  Intrusion,
  Observable,
  RecordedSetting,
  Seen,
  SourceCoverage,
  StageView,
  TakenMail,
  TargetingWord,
  WaveAnswer,
  WayBack,
} from '../core/assessment.ts';
import type { Audience } from '../case/index.ts';
import { glossary } from './glossary.ts';
import { planMessages } from './plan-messages.ts';
import { tellMessages } from './tell-messages.ts';
import { bookWords } from './book-words.ts';
import type { Collector } from '../core/collection.ts';
import type { Confidence, Stage } from '../core/stage.ts';

export type Language = 'en';
export type Messages = typeof english;

/** `12,345`. */
export const sayNumber = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

/** `14.2 GB`; 1 kB is 1,000 bytes. */
export function sayBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Whole percents; never all or nothing where it is not. */
function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (share > 0 && whole === 0) return '< 1 %';
  return share < 1 && whole === 100 ? '> 99 %' : `${whole} %`;
}
const plural = (count: number, one: string, many = `${one}s`): string => `${sayNumber(count)} ${count === 1 ? one : many}`;
const smallNumbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
/** `one intruder`, `13 visitors`. */
const words = (count: number, one: string, many = `${one}s`): string =>
  `${smallNumbers[count] ?? sayNumber(count)} ${count === 1 ? one : many}`;
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `a, b and c`. */
export const sayList = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** What people call a log; by a piece of the artifact kind, first match. The kind itself where none fits. */
const sourceNames: readonly (readonly [RegExp, string])[] = [
  [/^other_time$/, 'Logs of another time'],
  [/^no_packs$/, 'Rules of campaigns'],
  [/^encrypted$/, 'encrypted files'],
  [/ecp.?activity/, 'ECP activity'],
  [/ecp/, 'ECP server'],
  [/domain/, 'domain controllers'],
  [/exchange.?config|powershell.?(list|table)/, 'Exchange settings'],
  [/web.?folders/, 'web folders'],
  [/application.?events/, 'Windows application'],
  [/^edr/, 'antivirus or EDR'],
  [/flow/, 'firewall and NetFlow'],
  [/http.?proxy/, 'HttpProxy'],
  [/httperr|http.?err/, 'HTTP errors'],
  [/^iis|w3c|w3svc/, 'IIS'],
  [/ews/, 'EWS'],
  [/oab.?generator/, 'address book generator'],
  [/management/, 'Exchange management'],
  [/security/, 'Windows security'],
  [/powershell/, 'PowerShell'],
  [/sysmon/, 'Sysmon'],
  [/tracking/, 'message tracking'],
  [/autodiscover/, 'Autodiscover'],
  [/defender/, 'Defender'],
  [/test.?proxylogon/, 'Test-ProxyLogon'],
  [/^rps.?http/, 'remote PowerShell'],
  [/^rps.?cmdlet/, 'PowerShell cmdlets'],
  [/^mapi/, 'Outlook (MAPI)'],
  [/^owa/, 'webmail (OWA)'],
  [/^rca$/, 'Outlook (RPC)'],
  [/requestfiltering/, 'request filtering'],
  [/mitigation.?service/, 'mitigation service'],
  [/transport.?agent/, 'transport agents'],
  [/^smtp.?receive/, 'mail received (SMTP)'],
  [/^smtp.?send/, 'mail sent (SMTP)'],
  [/^connectivity/, 'mail connections'],
  [/exchange.?setup/, 'Exchange setup'],
  [/^exchange.?log/, 'other Exchange log'],
  [/^web.?access/, 'web server (other than IIS)'],
  [/sharepoint/, 'SharePoint'],
  [/^evtx$|event.?(?:text|xml|json)/, 'Windows events'],
  [/^registry/, 'Registry of Exchange setup'],
  [/^wmic/, 'list of WMI objects'],
  [/^antivirus.?lines/, 'lines of an antivirus product'],
  [/logparser/, 'LogParser output'],
  [/http.?response/, 'saved web answer'],
  [/export.?clixml|export.?csv|format.?table/, 'PowerShell export'],
  [/compare.?exchange.?hashes/, 'CompareExchangeHashes'],
  [/^msert/, 'Microsoft Safety Scanner'],
  [/^loki/, 'Loki scanner'],
  [/^iis.?config/, 'IIS configuration'],
  [/^shipped.?files/, 'files of the web folders'],
  [/^eomt/, 'Microsoft’s mitigation tool (EOMT)'],
  [/health.?checker/, 'HealthChecker'],
  [/dir.?listing|ls.?listing|path.?list/, 'list of files'],
  [/^net.?user/, 'list of accounts'],
  [/command.?lines/, 'command lines'],
  [/^web.?page/, 'web page (file)'],
];

const sourceName = (kind: string): string => sourceNames.find(([pattern]) => pattern.test(kind.toLowerCase()))?.[1] ?? kind;

/** What a table says of a key; the key itself where a newer assessment has one that the table lacks. */
/** Mitigations, as a person calls them. */
const mitigationNames: Readonly<Record<string, string>> = {
  'backend-cookie': 'the two rules of March 2021 against made-up cookies',
  'powershell-rule': 'the rule against autodiscover with PowerShell (ProxyNotShell)',
  'owa-script-policy': 'the policy for scripts in Outlook on the web',
  'extended-protection': 'Extended Protection',
};

const pick = <Key extends string | number>(table: Readonly<Record<Key, string>>, key: Key): string =>
  Object.hasOwn(table, key) ? table[key] : String(key);

const collectors = {
  kape: 'KAPE',
  velociraptor: 'Velociraptor',
  cylr: 'CyLR',
  'exchange-log-collector': 'ExchangeLogCollector',
  'test-proxylogon': 'Test-ProxyLogon',
  uac: 'UAC',
  acquire: 'acquire',
  'dfir-orc': 'DFIR ORC',
  'mounted-image': 'the disk itself (a mounted image)',
  plain: 'nobody says (files copied by hand)',
} as const;

const english = {
  product: 'Afterpatch',

  /** A first word that the headline and the sentence under it may share. */
  yes: /^yes[.,]\s+/i,
  title: (headline: string, place: string) => `${place}: ${headline}`,
  reportOf: (time: string) => `Report of ${time}`,
  readWhat: (bytes: number, files: number) => `${sayBytes(bytes)} in ${plural(files, 'file')}`,
  nothingChanged: 'nothing was changed',
  timesIn: (zone: string, isUtc: boolean) => (isUtc ? 'Times are UTC.' : `Times are in ${zone}, with UTC beside them.`),

  firstLabel: 'Before anything else.',
  first: (hosts: readonly string[]) => [
    'Do not discuss this or send this report through this mail server: they may read it.',
    `Do not log on to ${hosts.length === 0 ? 'the server' : sayList(hosts)} as a domain administrator (what is typed there can be stolen).`,
    `Change passwords from another, clean computer, after the ${hosts.length > 1 ? 'servers are' : 'server is'} cut off.`,
    hosts.length > 1 ? 'Do not restart them: their memory is evidence.' : 'Do not restart it: its memory is evidence.',
  ],

  ladderLabel: 'How far they went',
  stage: (stage: Stage): string =>
    pick(
      {
        none: 'Nothing',
        probed: 'Looked',
        attempted: 'Tried',
        exploited: 'Got in',
        implanted: 'Left something',
        operated: 'Used it',
        spread: 'Moved on',
        impact: 'Took or broke',
      },
      stage,
    ),
  ladderState: (state: StageView['state']): string =>
    pick({ seen: 'seen', likely: 'likely', ruled_out: 'ruled out where we looked', cannot_tell: 'cannot tell' }, state),

  factsLabel: 'In short',
  stillThere: 'Are they still there?',
  /** What was seen, and how that stands to the end of the evidence; `before`: how long before that end, null when at it. */
  seen: (
    seen: Seen,
    last: { readonly day: string; readonly ago: string | null; readonly before: string | null } | null,
    endDay: string | null,
  ): readonly [string, string] => {
    const on = last === null ? '' : ` on ${last.day}${last.ago === null ? '' : ` (${last.ago})`}`;
    const end =
      last === null || last.before === null ? 'That is where these logs end.' : `That is ${last.before} before these logs end.`;
    const told: Readonly<Record<Seen, readonly [string, string]>> = {
      active: [`They were at work${on}.`, last === null ? '' : end],
      quiet: [`Last seen${on}.`, endDay === null ? '' : `Nobody since, up to ${endDay}.`],
      not_seen: ['We see nobody using it.', endDay === null ? '' : `That holds up to ${endDay}.`],
      unknown: ['Whether anyone is still there cannot be told from what is here.', ''],
    };
    return Object.hasOwn(told, seen) ? told[seen] : [seen, ''];
  },
  nobodyInside: 'We see nobody inside.',
  stillUnknown: 'Cannot be told from what is here.',
  openWays: (open: number, unknown: number): string => {
    if (open === 0 && unknown === 0) return '';
    if (open === 0) return `${upperFirst(words(unknown, 'way back', 'ways back'))} may be open.`;
    return `${upperFirst(words(open, 'way back is', 'ways back are'))} open${unknown === 0 ? '.' : `, ${words(unknown, 'more')} may be.`.replace('mores', 'more')}`;
  },
  allWaysClosed: (count: number) => `All ${words(count, 'known way back is', 'known ways back are')} closed.`,
  endsOn: (day: string) => `The evidence ends on ${day}.`,
  wayBack: (kind: WayBack['kind']): string =>
    pick(
      {
        file: 'page or file',
        module: 'web server module',
        account: 'account',
        password: 'password',
        key: 'keys of the web server',
        certificate: 'certificate',
        rule: 'rule or setting',
        grant: 'right or consent',
        task: 'scheduled task',
        memory: 'code in memory',
        other_host: 'another computer',
      },
      kind,
    ),
  removedBy: (who: NonNullable<WayBack['removedBy']>): string =>
    pick(
      {
        antivirus: 'Taken away by the antivirus.',
        microsoft_tool: 'Taken away by a tool of Microsoft.',
        administrator: 'Taken away by an administrator.',
        authority: 'Taken away by an authority.',
        intruder: 'Taken away by the intruders.',
        unknown: 'It vanished; who took it away is not known.',
      },
      who,
    ),
  wayBackState: (state: WayBack['state']): string => pick({ open: 'open', closed: 'closed', unknown: 'may be open' }, state),

  pickedOut: 'Were you picked out?',
  targeting: (word: TargetingWord): string =>
    pick(
      {
        mass: 'No: this was mass exploitation.',
        'more likely mass': 'More likely mass than chosen.',
        open: 'Open: it cannot be told yet.',
        chosen: 'Yes, it looks as if you were chosen.',
      },
      word,
    ),
  nobodyToJudge: 'There is nobody to judge.',
  notKnownWho: 'Cannot be told from what is here.',

  howMany: 'How many were here?',
  counted: (intruders: number, visitors: number, declared: number, acknowledged: number): string => {
    const parts = [
      ...(intruders > 0 ? [words(intruders, 'intruder')] : []),
      ...(visitors > 0 ? [words(visitors, 'visitor')] : []),
      ...(declared > 0 ? [`${words(declared, 'test')} of your own`] : []),
      ...(acknowledged > 0 ? [`${words(acknowledged, 'thing')} that you acknowledged as known to be good`] : []),
    ];
    return parts.length === 0 ? 'Nobody that we can see.' : `${upperFirst(sayList(parts))}.`;
  },
  counts: (tried: number, inside: number): string =>
    inside > 0 && tried > 0
      ? `${upperFirst(words(inside, 'intruder'))} got in; ${words(tried, 'other')} only tried.`
      : inside > 0
        ? 'Told apart by what they used and when; see below.'
        : tried > 0
          ? 'They tried. Nobody is proven to have got in.'
          : '',
  visitorsAre: 'A visitor only looked, or looked for what another had left.',

  notSeen: 'What can’t we see?',
  /** `settled`: the answer stands without them. */
  notSeenCount: (deciding: number, byHand: number, settled: boolean) =>
    deciding > 0
      ? `${upperFirst(words(deciding, 'record'))} that would ${settled ? 'tell more' : 'decide it'}.`
      : byHand > 0
        ? `${upperFirst(words(byHand, 'kind'))} of record that only you can look at.`
        : 'Nothing that would decide it.',
  notReadYet: (count: number) =>
    `${upperFirst(words(count, 'more kind'))} of record ${count === 1 ? 'is' : 'are'} not read by Afterpatch yet.`,
  andMore: (count: number) => `and ${sayNumber(count)} more`,
  logsBegin: (day: string) => `The oldest log here begins on ${day}.`,
  absent: (hosts: readonly string[]) =>
    `${sayList(hosts)} ${hosts.length === 1 ? 'is' : 'are'} named in the logs and ${hosts.length === 1 ? 'was' : 'were'} not handed in.`,

  contents: 'On this page',
  contentsOf: {
    plan: 'What to do first',
    steps: 'The whole plan',
    owner: 'Whom to tell',
    missing: 'What is missing',
    blind: 'Had they come',
    back: 'Ways back',
    days: 'Day by day',
    picture: 'Timeline',
    people: 'Intruders and visitors',
    exposed: 'Was it open?',
    books: bookWords.contents,
    files: 'Files',
    why: 'Why we say so',
    novel: 'New or rare here',
    proof: 'The proof',
    rules: 'Rules of judgement',
    collected: 'Who collected it',
    read: 'What was read',
    problems: 'What was odd',
    words: 'Words',
  },
  skip: 'To the answer',
  server: 'server',

  plan: planMessages,
  tell: tellMessages,

  missingTitle: (settled: boolean) => `What would ${settled ? 'tell more' : 'decide it'}, and where to look`,
  missingIntro: 'These records are not here, or too short. Old ones are often still in a backup; bring them and run this again.',
  missingDecides: 'Would show',
  missingWhere: 'Where to look',
  /** An absent server counts as a record of the kind `host`. */
  missingName: (kind: string, hosts: readonly string[]) =>
    kind === 'host' ? `everything of ${sayList(hosts)}` : sourceName(kind),
  byHandTitle: 'What Afterpatch cannot judge yet',
  byHandIntro:
    'This version does not read these, or searches them for single signs only, whether or not they are here. They can be looked at by hand.',
  byHandHead: { what: 'Record', decides: 'Would show', where: 'Where to look' },

  pictureTitle: 'What happened, and what we could see',
  pictureIntro: 'A solid bar is a log that we have. A hatched one is a time that nobody can tell about from what is here.',
  pictureLabel: (from: string, to: string, sources: number, gaps: number, people: number) =>
    `Timeline from ${from} to ${to}: ${words(people, 'intruder or visitor', 'intruders and visitors')}, ${words(sources, 'log')}, ${words(gaps, 'hole')}. The same stands in the tables below.`,
  pictureEmpty: 'Nothing here carries a time, so there is no picture to draw.',
  pictureClipped: (day: string) => `Logs go back to ${day}; the picture begins later, where it matters.`,
  pictureMore: (rows: number) => `${plural(rows, 'more log')} ${rows === 1 ? 'is' : 'are'} in the table only.`,
  visitorsRow: (count: number) => plural(count, 'visitor'),
  pictureCloser: (from: string, to: string) => `Closer: ${from} to ${to}`,
  legendThem: 'intruder',
  legendVisitor: 'visitor',
  legendHave: 'log that we have',
  legendHole: 'cannot tell',
  legendWave: 'known wave of attacks',
  openTo: (campaign: string, build: string | null) => `open to ${campaign}${build === null ? '' : ` (build ${build})`}`,
  patchRow: 'patch',
  patchPublished: (patch: string | null, day: string) => `${patch === null ? '' : `${patch} `}published ${day}`,
  fixedFrom: (day: string) => `fixed build from ${day}`,
  mayBeOpenTo: (campaign: string) => `may be open to ${campaign}`,
  notRecording: 'was not recording this',
  doesNotExist: 'does not exist on this product',
  missingLog: 'missing',
  noneBefore: (day: string) => `none before ${day}`,
  anyServer: 'server not named',

  timeline: {
    keys: 'Timeline. Arrow keys move it, plus and minus zoom, 0 shows all, N and P go to the next and the previous event.',
    earlier: 'Move earlier',
    later: 'Move later',
    closer: 'Zoom in',
    wider: 'Zoom out',
    whole: 'All of it',
    there: 'When they were here',
    previous: 'Previous event',
    next: 'Next event',
    show: 'Show',
    nobody: 'everything else',
    from: 'From step',
    shown: (from: string, to: string, count: number) => `${from} to ${to}: ${plural(count, 'finding')}`,
    proof: 'Show its proof',
    pick: 'Pick an event in the picture, or go from one to the next.',
    hint: 'Drag it, or use the arrow keys and + and − when it has the focus.',
  },

  sequenceTitle: 'In order of time',
  sequenceMore: (count: number) =>
    `The gravest are in this list; ${plural(count, 'more finding')} ${count === 1 ? 'is' : 'are'} below.`,
  together: (count: number) => `and ${plural(count, 'more finding')}`,
  who: 'Who',
  when: 'When',
  what: 'What',

  wavesTitle: 'Wave by wave',
  wavesIntro: (campaigns: readonly string[]) =>
    `${sayList(campaigns)}: such attacks come in waves, and each gets its own answer.`,
  wave: 'Wave',
  waveAnswer: (answer: Answer): string =>
    pick(
      {
        no_evidence: 'no sign',
        cannot_tell: 'cannot tell',
        attempted: 'they tried',
        suspected: 'they probably got in',
        confirmed: 'they got in',
      },
      answer,
    ),
  waveCoverage: (coverage: WaveAnswer['coverage']): string =>
    pick(
      {
        trace: 'from logs of those days',
        partly: 'logs of those days are here, but not all of those that would show it',
        residue: 'only from what is left on disk',
        none: 'no log of those days is here',
      },
      coverage,
    ),

  blindTitle: 'Had they come, would we have seen it?',
  blindIntro: (experiments: number) =>
    `We played visits of intruders into what you handed in, in memory: rows as they leave them, where your logs would have kept them, at every hour of the days in question. ${plural(experiments, 'visit')} ${experiments === 1 ? 'was' : 'were'} judged in the same way as your evidence. None of them is in any other part of this report, and none changes the answer.`,
  blindHead: { what: 'What they would have done', seen: 'Seen', days: 'On which days', says: 'In words' },
  blindShare: (share: number) => percent(share),
  blindBetween: (low: number, high: number) => `${Math.floor(low * 100)} to ${Math.ceil(high * 100)} %`,
  blindPartly: (share: number) => `${percent(share)} in part`,
  blindBar: (from: string, to: string) => `${from} – ${to}`,
  blindStrip: (seen: number, partly: number) => `seen ${percent(seen)}, in part ${percent(partly)}`,
  blindKey:
    'Full: how far they came would have been seen. Pale: that somebody was there, and not how far they came. Hatched: nothing.',
  blindNotTitle: 'What was not played',

  coverageTitle: 'Coverage, as a table',
  coverageState: (state: SourceCoverage['state']): string =>
    pick(
      {
        covers: 'here',
        not_recording: 'here, but was not recording this',
        missing: 'missing',
        does_not_exist: 'does not exist on this product',
      },
      state,
    ),
  /** What its rows prove to have been written down. */
  provenSettings: (settings: readonly RecordedSetting[]) =>
    `rows with ${sayList(settings.map((one) => pick({ status: 'status', account: 'account', programs: 'new programs', command_lines: 'command lines' }, one)))}`,
  coverageHead: { source: 'Log', host: 'Server', state: 'State', spans: 'Days', gaps: 'Holes', records: 'Records' },
  moreSpans: (count: number) => `and ${sayNumber(count)} more`,

  books: bookWords,
  filesTitle: 'Files and configuration',
  filesIntro:
    'Held against what Exchange ships, by content first. An odd file is a reason to look; what is proven of one stands among the findings.',
  filesHead: { path: 'File', standing: 'What it is', why: 'Why' },
  filesMore: (count: number) => `${sayNumber(count)} more stand in the assessment.`,
  fileStanding: (standing: 'changed' | 'elsewhere' | 'not_shipped') =>
    ({ changed: 'a shipped name, other content', elsewhere: 'shipped content, another place', not_shipped: 'not shipped' })[
      standing
    ],
  mitigation: (id: string, state: 'applied' | 'removed' | 'failed', host: string | null) =>
    `${upperFirst(mitigationNames[id] ?? `the mitigation ${id}`)}${host === null ? '' : ` on ${host}`}: ${
      {
        applied: 'in force',
        removed: 'not in force: taken out, switched off, or undone further down',
        failed: 'not in force: incomplete, or in a form that attackers pass',
      }[state]
    }.`,

  exposedTitle: 'Was the server open?',
  exposedIntro: 'Told by the build numbers that records name, never by how a request was answered.',
  exposureSays: (host: string, state: Exposure['campaigns'][number]['state'], campaign: string): string =>
    pick(
      {
        vulnerable: `${host} was open to ${campaign}.`,
        fixed: `${host} runs a build that is closed to ${campaign}.`,
        unknown: `Whether ${host} was open to ${campaign} is not known.`,
      },
      state,
    ),
  fixedSince: 'The fixed build was first seen on',
  updateLater: (day: string) => `Its update came on ${day}, after these logs end.`,
  buildHead: { host: 'Server', product: 'Product', build: 'Build', when: 'Seen', source: 'Told by' },
  buildNoTime: 'the tool does not say when',
  exposureTitle: 'Which build ran when',

  waysBackTitle: 'Ways back',
  waysBackIntro: 'What they could come back with. A patch closes none of these.',
  waysUnknownTitle: 'Not ruled out',
  waysUnknownIntro: 'Nothing here would show these. Look at each by hand, or have it looked at.',
  waysBackHead: { kind: 'Kind', what: 'What', host: 'Server', state: 'State', why: 'Why', since: 'Since' },

  reasonsTitle: 'Why we say so',

  restsOn: 'This rests on:',
  /** Behind a sentence: what it rests on. */
  restsWord: (kind: Because['kind']): string =>
    pick(
      {
        finding: 'proof',
        source: 'log',
        missing: 'missing',
        ledger: 'logs compared',
        silence: 'silence',
        exposure: 'build',
        wave: 'wave',
        intrusion: 'who',
        evidence: 'file',
        rule: 'rule',
      },
      kind,
    ),
  rulesTitle: 'Rules of judgement',
  rulesIntro:
    'How the answer was found: the rules that a sentence of this report rests on, each with its reason. They are the same for everybody.',
  ruleName: (id: string) => `rule ${id}`,

  noveltyTitle: 'What was new or rare here',
  noveltyIntro:
    'No rule stands behind this list: the logs were held against themselves, and this is what these servers hardly ever do. It proves nothing and the answer is made without it. The farthest out of place stands first; each leads to its line.',
  noveltyNone: (unlearnt: boolean) =>
    unlearnt
      ? 'The logs are too few or too short to learn from them what is normal here, so nothing can be called new.'
      : 'The logs were held against themselves, without any rule: nothing in them is far from what these servers do every day.',
  noveltyKnown: 'A rule knows this:',
  noveltyMore: (count: number) => `${plural(count, 'more item')}`,
  noveltyLeft: (count: number) => `${plural(count, 'item')} more ${count === 1 ? 'is' : 'are'} not listed.`,
  noveltyNormal: 'What could be learnt from which log',
  noveltyOthers: (others: readonly string[], left: number) =>
    `Within five minutes: ${others.join('; ')}${left === 0 ? '' : `; and ${sayNumber(left)} more`}.`,

  proofTitle: 'The proof',
  proofIntro: 'Each line below is in your own logs, at the place given. Anyone can check it.',
  proofNone: 'There is no finding to show. What was read, and which days it covers, stands above.',
  proofCap: (shown: number, left: number) =>
    `The gravest ${sayNumber(shown)} findings stand here; ${sayNumber(left)} more are in findings.ndjson of the case only.`,
  proofFolded: (lines: number) =>
    `So many rules of others matched that of each the first line stands here; ${plural(lines, 'more line')} ${lines === 1 ? 'is' : 'are'} in findings.ndjson of the case.`,
  sameKind: (count: number) => `${sayNumber(count)} of these`,
  sameKindFold: (count: number) => `${sayNumber(count)} more of these`,
  othersTitle: 'Matches of rules and lists of others, which prove nothing by themselves',
  provesStage: (stage: string, confidence: Confidence): readonly [string, string] =>
    confidence === 'confirmed' ? ['proves ', stage] : confidence === 'probable' ? ['probably ', stage] : ['may mean ', stage],
  /** A file whose hash others list, where it can be asked for: it has no stage, and "probably nothing" would be wrong. */
  provesFile: ['probably ', 'a file of theirs'] as readonly [string, string],
  times: (count: number) => `${plural(count, 'line')} say${count === 1 ? 's' : ''} so`,
  /** `here` more lines stand in the page, `count` lines say so in all. */
  moreLines: (here: number, count: number) =>
    here + 1 < count ? `${plural(here, 'more line')} of ${sayNumber(count)}` : plural(here, 'more line'),
  linesElsewhere: (count: number) => `${plural(count, 'more line')} ${count === 1 ? 'says' : 'say'} so; the logs hold them.`,
  until: (time: string) => `until ${time}`,
  atByte: (offset: number) => `byte ${sayNumber(offset)}`,
  atLine: (line: number) => `line ${sayNumber(line)}`,
  atRecord: (record: string) => `record ${record}`,
  exactBytes: 'exact bytes',
  exactBytesLabel: 'Bytes of the line, base64',
  exactBytesAre: 'The line as it was logged, base64. Its SHA-256 is the one above.',
  bytesMasked:
    'Secrets in it are masked here, so its SHA-256 is not the one above. The line itself is in the log, at the place given, and in findings.ndjson of the case.',
  binaryRecord: 'The record is binary; this is what it says.',
  notShown: (count: number) => `${plural(count, 'character')} not shown`,
  proves: 'What it proves',
  doesNotProve: 'What it does not prove',
  innocent: 'An innocent explanation?',
  lookAlikes: 'Looks like this and is harmless',
  seenValues: 'Seen with it',
  ruleIs: (rule: string) => `rule ${rule}`,
  findingsSearch: 'Search the findings',
  findingsHint: 'word, path, address',
  findingsWho: 'Who',
  findingsStage: 'Step',
  all: 'all',
  nobody: 'nobody of these',
  findingsShown: (from: number, to: number, matching: number, all: number) =>
    matching === 0
      ? `None of ${plural(all, 'finding')} matches.`
      : `${from === 1 && to === matching ? '' : `${sayNumber(from)} to ${sayNumber(to)} of `}${plural(matching, 'finding')}${matching === all ? '' : `, of ${sayNumber(all)}`}.`,
  pages: 'Pages of findings',
  pageBefore: 'Earlier ones',
  pageAfter: 'Next ones',
  printedUpTo: (count: number, all: number) =>
    `On paper stand the first ${sayNumber(count)} of ${sayNumber(all)} findings; all are in findings.ndjson.`,
  chain: 'Step by step',

  declared: (what: string) => `Declared by you: ${what}`,
  noTime: 'no time in the record',

  peopleTitle: 'Intruders and visitors',
  peopleIntro: 'Told apart by what they used: requests, sessions, files, accounts, and only last by address.',
  peopleNone: 'We see nobody.',
  person: (role: Intrusion['role'], index: number) =>
    role === 'intruder'
      ? `Intruder ${index < 26 ? String.fromCharCode(65 + index) : sayNumber(index + 1)}`
      : `Visitor ${sayNumber(index + 1)}`,
  reached: (stage: string, confidence: Confidence) =>
    confidence === 'confirmed'
      ? `got as far as: ${stage}`
      : confidence === 'probable'
        ? `probably got as far as: ${stage}`
        : `may have got as far as: ${stage}`,
  mailTitle: 'Whose mail',
  takenMail: ({ mailbox, how, requests, bytes, days }: TakenMail) => {
    const size = bytes === null ? '' : `, ${sayBytes(bytes)}`;
    const when =
      days.length === 0
        ? ''
        : days.length === 1
          ? ` on ${days[0]!}`
          : ` on ${sayNumber(days.length)} days from ${days[0]!} to ${days.at(-1)!}`;
    return how === 'opened'
      ? `${mailbox}: opened with ${plural(requests, 'request')}${size}${when} (UTC)`
      : `${mailbox}: the whole mailbox was to be exported${requests > 1 ? `, ${sayNumber(requests)} times` : ''}${when} (UTC)`;
  },
  chosenFor: 'For being chosen',
  chosenAgainst: 'Against it',
  chosenOpen: 'What would change this',
  hostRole: (role: Intrusion['hosts'][number]['role']): string =>
    pick({ asked: 'asked', executed: 'carried it out', left: 'left something' }, role),
  observable: (kind: Observable['kind']): string =>
    pick(
      {
        address: 'address',
        user_agent: 'user agent',
        page: 'page',
        account: 'account',
        session: 'session',
        request: 'request',
        shell_key: 'access word',
        host: 'host',
      },
      kind,
    ),
  standing: (standing: Observable['standing']): string =>
    pick({ direct: '', shared: 'shared by many', claimed: 'only claimed by the client' }, standing),
  waveFits: (waves: readonly string[]) => `fits the wave: ${waves.join(', ')}`,
  likeBefore: (name: string) => `As for ${name}.`,
  toldApart: 'Why this is one, and others are others',
  notThe: (name: string) => `Not ${name}:`,
  findingsCount: (count: number) => plural(count, 'finding'),
  peopleMore: (count: number) => `${plural(count, 'more')} in assessment.json.`.replace('mores', 'more'),

  hostsTitle: 'Server by server',
  hostAnswer: (answer: Answer): string =>
    pick(
      {
        no_evidence: 'no sign of an intruder',
        cannot_tell: 'cannot tell',
        attempted: 'they tried',
        suspected: 'they probably got in',
        confirmed: 'they got in',
      },
      answer,
    ),
  hostNotHandedIn: 'not handed in',

  overTimeTitle: 'One server on several days',
  overTimeIntro:
    'More than one state of a server was handed in. What stands in one and not in another came or went between their days. What is listed and is nobody’s may be an administrator’s work.',
  overTimeHead: { what: 'What', when: 'Between which days' },
  overTimeNothing: 'Nothing that is listed differs between these days.',
  overTimeBy: (by: 'collector' | 'name' | 'logs') =>
    pick({ collector: 'the collector says so', name: 'its folder is called so', logs: 'the last row of its logs' }, by),
  overTimeStanding: (standing: 'clean' | 'hostile' | 'unknown') =>
    pick({ clean: 'nothing of theirs', hostile: 'something of theirs stands in it', unknown: '' }, standing),
  overTimeUnrelated: 'No finding is about it.',
  overTimeMore: (count: number) => `… and ${sayNumber(count)} more; all stand in assessment.json.`,

  collectedTitle: 'Who collected this, and when',
  collectedIntro: 'What happened after a server was collected is not in this report.',
  collectedHead: { host: 'Server', collector: 'Collected by', when: 'When', files: 'Files', root: 'In' },
  collectedUnknown: 'not said',
  collectedAll: 'all of it',
  collectedSnapshot: (name: string) => `from the shadow copy ${name}`,
  collector: (collector: Collector): string => pick(collectors, collector),
  /** For the head of the page; `days`: none, one, or first and last. */
  collectedBy: (names: readonly string[], days: readonly string[]) =>
    `collected${days.length === 0 ? '' : ` ${days.join(' to ')}`}${names.length === 0 ? '' : ` by ${sayList(names)}`}`,

  audience: (audience: Audience): string =>
    pick({ own: 'For the owner', responder: 'For the responder', public: 'For the public' }, audience),
  maskedFor: (audience: Audience): string =>
    pick(
      {
        own: 'Masked in this report: tokens, cookies, session ids and the access words of back doors, as ‹token 1›; the same number is the same value. The exact lines are in findings.ndjson of the case.',
        responder:
          'For whoever responds. Masked in this report: tokens, cookies and session ids, as ‹token 1›; the same number is the same value. Access words of back doors are shown.',
        public:
          'For the public. Masked: names of servers, domains, accounts and the organisation, mail addresses, your own network addresses, tokens, session ids and access words; the same number is the same value. Lines stand here without their exact bytes.',
      },
      audience,
    ),

  readTitle: 'What was read',
  readIntro: 'Each file with its SHA-256, so that anyone can show that it is the same file.',
  readHead: { path: 'File', kind: 'Kind', bytes: 'Size', records: 'Records', days: 'Days', hash: 'SHA-256' },
  readSummary: (count: number) => `${plural(count, 'file')}, with size and hash`,
  clockBasis: (basis: 'local' | 'unknown') =>
    basis === 'local' ? 'Written in local time:' : 'It is not known which clock wrote it:',
  readMore: (count: number) => `${plural(count, 'more file')} ${count === 1 ? 'is' : 'are'} in assessment.json.`,
  notReadTitle: 'What was not read',
  notReadIntro: 'These were handed in and not read, for the reason beside them. They say nothing for or against.',
  notReadFold: (count: number) => `${plural(count, 'more file')} that ${count === 1 ? 'was' : 'were'} not read`,
  notReadNone: 'Every file that was handed in was read.',
  problemsTitle: 'What was odd about the evidence',
  problemsNone: 'Nothing was odd about the files that were read.',
  problemAt: (at: number) => `at byte ${sayNumber(at)}`,
  problemTimes: (count: number) => `${sayNumber(count)} times`,
  problemFound: (expected: string, found: string) => `expected ${expected}, found ${found}`,
  problemCoverage: (coverage: 'none' | 'partial' | 'lost'): string =>
    pick(
      {
        none: 'The rest was read; nothing is lost by it.',
        partial: 'What stands before and after it was read.',
        lost: 'What this file would show is missing.',
      },
      coverage,
    ),

  wordsTitle: 'Words',
  glossary,

  footer:
    'Every statement above comes from the evidence that was handed in. Attribution is not made here: this says what was done, not who did it.',
  invisibleNote: 'Characters that cannot be seen, or that turn text around, are shown as ‹U+202E›.',

  source: sourceName,

  evidenceList: {
    summary: (read: number, size: string, archives: number, others: number) =>
      `${plural(read, 'file')} would be read (${size})${archives === 0 ? '' : `, with what is in ${plural(archives, 'archive')}`}; ${others === 0 ? 'none' : String(others)} would not.`,
    read: 'Would be read',
    archives: 'Archives',
    notRead: 'Would not be read',
    problems: 'Problems',
    filesOf: (count: number) => plural(count, 'file'),
    more: (count: number) => `and ${count} more (--files shows all)`,
    roles: { evidence: '', container: '', collector: 'what a collector wrote about its own work', foreign: 'no evidence' },
  },
  bytes: sayBytes,
  terminal: {
    first: 'BEFORE ANYTHING ELSE',
    howFar: 'How far',
    stillThere: 'Still there?',
    pickedOut: 'Picked out?',
    mail: 'Mail taken',
    moreMail: (count: number) => `And ${plural(count, 'more mailbox', 'more mailboxes')}: see the report.`,
    openHole: 'Open hole',
    moreOpen: (count: number) => `The same of ${plural(count, 'more server')}: see the report.`,
    novel: 'New here',
    novelItems: (first: string, count: number) => `${first}${count > 1 ? ` (and ${plural(count - 1, 'more item')})` : ''}`,
    takenOut: 'Taken out?',
    cannotSee: 'Not seen',
    damaged: 'Damaged',
    moreDamaged: (count: number): string =>
      `And ${words(count, 'more problem')} of this kind; the report has ${count === 1 ? 'it' : 'them'}.`,
    leftOut: 'Left out',
    leftOutFindings: (count: number, names: readonly string[]): string =>
      `${count === 1 ? 'One finding' : upperFirst(words(count, 'finding'))} that somebody acknowledged${names.length === 0 ? '' : `: ${names.join('; ')}`}.`,
    notRead: 'Not read',
    triedOut: 'Tried out',
    notReadFiles: (names: readonly string[], count: number) =>
      `${plural(count, 'file')} that you handed in: ${names.join(', ')}${count > names.length ? ' …' : ''}`,
    now: 'First',
    report: 'Report',
    exit: 'Exit',
    /** What stands after a step; `seen` and `likely` bring their day where they have one. */
    state: (state: StageView['state'], day: string | null): string =>
      pick(
        {
          seen: day ?? 'seen',
          likely: day === null ? 'likely' : `likely ${day}`,
          ruled_out: 'ruled out',
          cannot_tell: 'cannot tell',
        },
        state,
      ),
    ruledOut: 'Ruled out means: not in the logs that would show it.',
    missingHosts: (hosts: readonly string[]) => (hosts.length > 1 ? `${sayNumber(hosts.length)} servers` : hosts.join('')),
    moreMissing: (count: number, byHand: number, first: boolean) => {
      const parts = [
        ...(count > 0 ? [`${sayNumber(count)} more`] : []),
        ...(byHand > 0 ? [`${plural(byHand, 'kind')} of record that this version cannot judge`] : []),
      ];
      return first ? `${upperFirst(parts.join('; '))}.` : `And ${parts.join('; ')}.`;
    },
    byHand: (names: readonly string[], count: number) =>
      count > names.length
        ? `${names.join(', ')} and ${plural(count - names.length, 'more kind')} of record that this version cannot judge.`
        : `${sayList(names)}: this version cannot judge ${count === 1 ? 'it' : 'them'}.`,
    /** Where a title may be cut and still says something: before these words. */
    clauseBreak: /(?=[:;] |, (?:and|from|after|but) | (?:before|after|when|while) )/,
    noneMissing: 'Nothing that would decide it is missing.',
    reportAt: (path: string, folder: string | null) => (folder === null ? path : `${path} (everything else: ${folder})`),
    exitMeans: (code: 0 | 1 | 2): string =>
      pick(
        {
          0: '0: nobody got in, as far as complete logs can show.',
          1: '1: they got in, or probably did. Act on the steps above.',
          2: '2: cannot be told in full from what is here. Not an all-clear.',
        },
        code,
      ),
  },
};

export function messagesOf(_lang: Language): Messages {
  return english;
}

/** Words of `rules check` and `hunt`. */
export const rulesWords = {
  summary: (files: number, documents: number, runs: number, cannot: number): string =>
    `${plural(files, 'file')}, ${plural(documents, 'rule')}: ${sayNumber(runs)} run, ${sayNumber(cannot)} cannot run, the others are about other logs`,
  reason: (count: number, code: string, words: string): string => `  ${String(count).padStart(6)}  ${code}: ${words}`,
  andMore: (count: number): string => `${count} more`,
  explain: '  --explain-rules names each of them, and `npx afterpatch rules check` shows the place',
  loaded: (files: number, runs: number, correlations: number, cannot: number, skipped: number): string =>
    `rules: ${plural(files, 'file')}; ${plural(runs, 'rule')} and ${plural(correlations, 'correlation')} run; ${sayNumber(cannot)} cannot run; ${sayNumber(skipped)} skipped`,
  notRead: (path: string, why: string): string => `${path}: not read (${why})`,
  applied: (path: string, records: number, rules: number, hits: number): string =>
    `${path}: ${plural(records, 'record')}, ${plural(rules, 'rule applies', 'rules apply')}, ${plural(hits, 'hit')}`,
  total: (hits: number, rules: number, correlations: number): string =>
    `${plural(hits, 'hit')} of ${plural(rules, 'rule')}, ${plural(correlations, 'hit')} of correlations`,
  appliedAll: (artifacts: number, all: number): string =>
    `rules of others apply to ${sayNumber(artifacts)} of ${plural(all, 'file')}; which to which, and which were skipped, stands in run.json`,
  matched: (rules: number, hits: number, joined: number): string =>
    `${plural(rules, 'rule')} of others matched ${plural(hits, 'time')}${joined === 0 ? '' : `, ${joined} of them as part of an intrusion`}; the answer is made without them`,
  withoutTime: (events: number): string =>
    `${plural(events, 'event')} without a time ${events === 1 ? 'was' : 'were'} left out of correlations`,
  marksLeft: (events: number): string =>
    `${plural(events, 'event')} found no room in the correlations: what ${events === 1 ? 'it' : 'they'} would have shown is not seen`,
} as const;

export const signatureWords = {
  /** `packs`: those of the packs run beside them, and count. */
  loaded: (files: number, rules: number, unrun: number, packs = false): string =>
    `signatures: ${plural(files, 'file')}; ${plural(rules, 'signature runs', 'signatures run')}${packs ? ', those of the packs among them' : ''}; ${sayNumber(unrun)} ${unrun === 1 ? 'does' : 'do'} not`,
  unrun: ({
    file,
    line,
    column,
    rule,
    code,
    what,
  }: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly rule: string | null;
    readonly code: string;
    readonly what: string;
  }): string => `${file}:${line}:${column}: ${code}: ${rule === null ? '' : `${rule}: `}${what}`,
  more: (count: number): string => `  and ${count} more: \`npx afterpatch yara check\` names all`,
  matched: (files: number): string => `signatures matched ${plural(files, 'file')}; the answer is made without them`,
} as const;

/** Words of `indicators check` and of `--indicators`. */
/** At the end of an assessment: what was asked of others, and what came of it. */
export const ofOthersWords = {
  title: 'Of others',
  rules: (asked: number, found: number, times: number): string =>
    `${plural(asked, 'rule')} of others ran; ${found === 0 ? 'none matched' : `${sayNumber(found)} matched, ${plural(times, 'time')}`}.`,
  indicators: (asked: number, found: number, times: number): string =>
    `${plural(asked, 'indicator')} of others ${asked === 1 ? 'was' : 'were'} looked for; ${found === 0 ? 'none was met' : `${sayNumber(found)} met, ${plural(times, 'time')}`}.`,
  signatures: (asked: number, found: number, _times: number): string =>
    `${plural(asked, 'signature')} ran, those of the packs among them; ${found === 0 ? 'no file matched' : `${plural(found, 'file')} matched`}.`,
  standing: 'The answer is made without them.',
} as const;

export const indicatorWords = {
  summary: (files: number, indicators: number, repeated: number): string =>
    `${plural(files, 'file')}: ${plural(indicators, 'indicator is', 'indicators are')} looked for${repeated === 0 ? '' : `; ${sayNumber(repeated)} ${repeated === 1 ? 'stands' : 'stand'} in them more than once`}`,
  leftOut: (count: number): string => `${sayNumber(count)} ${count === 1 ? 'was' : 'were'} left out:`,
  morePlaces: (count: number): string => `and ${plural(count, 'further place')}`,
  loaded: (files: number, indicators: number, leftOut: number): string =>
    `indicators: ${plural(files, 'file')}; ${sayNumber(indicators)} ${indicators === 1 ? 'is' : 'are'} looked for; ${sayNumber(leftOut)} ${leftOut === 1 ? 'was' : 'were'} left out (afterpatch indicators check says which)`,
  met: (indicators: number, rows: number): string =>
    `${plural(indicators, 'indicator')} of others met ${plural(rows, 'time')}; the answer is made without them`,
} as const;
