/**
 * Every sentence that the renderers say of themselves, in one catalogue per language. The assessment brings its own sentences
 * (headline, verdict, findings, steps); here is what stands around them.
 */
import type {
  Answer,
  Exposure,
  Intrusion,
  Observable,
  Seen,
  SourceCoverage,
  StageView,
  TargetingWord,
  WaveAnswer,
  WayBack,
} from '../core/assessment.ts';
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

const plural = (count: number, one: string, many = `${one}s`): string => `${sayNumber(count)} ${count === 1 ? one : many}`;
const smallNumbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
/** `one intruder`, `13 visitors`. */
const words = (count: number, one: string, many = `${one}s`): string =>
  `${smallNumbers[count] ?? sayNumber(count)} ${count === 1 ? one : many}`;
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `a, b and c`. */
export const sayList = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** What people call a log; by a piece of the artifact kind, first match. The kind itself where none fits. */
const sourceNames: readonly (readonly [RegExp, string])[] = [
  [/ecp.?activity/, 'ECP activity'],
  [/ecp/, 'ECP server'],
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
];

/** What a table says of a key; the key itself where a newer assessment has one that the table lacks. */
const pick = <Key extends string | number>(table: Readonly<Record<Key, string>>, key: Key): string =>
  Object.hasOwn(table, key) ? table[key] : String(key);

const english = {
  product: 'Afterpatch',

  title: (headline: string, place: string) => `${place}: ${headline}`,
  readAt: (time: string) => `Read ${time}`,
  readWhat: (bytes: number, files: number) => `${sayBytes(bytes)} in ${plural(files, 'file')}`,
  nothingChanged: 'nothing was changed',
  timesIn: (zone: string, isUtc: boolean) => (isUtc ? 'Times are UTC.' : `Times are in ${zone}, with UTC beside them.`),

  firstLabel: 'Before anything else.',
  first: (hosts: readonly string[]) => [
    'Do not discuss this or send this report through this mail server: they may read it.',
    `Do not log on to ${hosts.length === 0 ? 'the server' : sayList(hosts)} as a domain administrator (what is typed there can be stolen).`,
    'Change passwords from another, clean computer, after the server is cut off.',
    'Do not restart it: its memory is evidence.',
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
  ladderShort: (state: StageView['state']): string =>
    pick({ seen: 'seen', likely: 'likely', ruled_out: 'ruled out where we looked', cannot_tell: 'cannot tell' }, state),
  legend: 'How to read this',

  factsLabel: 'In short',
  stillThere: 'Are they still there?',
  seen: (seen: Seen, day: string | null, ago: string | null): string => {
    const when = day === null ? '' : ` on ${day}${ago === null ? '' : ` (${ago})`}`;
    return pick(
      {
        active: `They were active${when}.`,
        quiet: `Last seen in use${when}.`,
        not_seen: 'We see nobody using it.',
        unknown: 'Whether anyone is still there cannot be told from what is here.',
      },
      seen,
    );
  },
  nobodyInside: 'We see nobody inside.',
  stillUnknown: 'Cannot be told from what is here.',
  openWays: (open: number, unknown: number): string => {
    if (open === 0 && unknown === 0) return '';
    if (open === 0) return `${upperFirst(words(unknown, 'way back', 'ways back'))} may be open.`;
    return `${upperFirst(words(open, 'way back is', 'ways back are'))} open${unknown === 0 ? '.' : `, ${words(unknown, 'more')} may be.`.replace('mores', 'more')}`;
  },
  allWaysClosed: (count: number) => `All ${words(count, 'known way back is', 'known ways back are')} closed.`,
  asOf: (day: string, kinds: string) => (kinds === '' ? `As of ${day}.` : `As of ${day}: ${kinds}.`),
  wayBack: (kind: WayBack['kind']): string =>
    pick(
      {
        file: 'file',
        module: 'web server module',
        account: 'account',
        password: 'password',
        key: 'keys',
        certificate: 'certificate',
        rule: 'mail rule',
        grant: 'right or consent',
        task: 'scheduled task',
        memory: 'in memory',
        other_host: 'another computer',
      },
      kind,
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
  counted: (intruders: number, visitors: number, declared: number): string => {
    const parts = [
      ...(intruders > 0 ? [words(intruders, 'intruder')] : []),
      ...(visitors > 0 ? [words(visitors, 'visitor')] : []),
      ...(declared > 0 ? [`${words(declared, 'test')} of your own`] : []),
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
  notSeenCount: (count: number) =>
    count === 0 ? 'Nothing that would decide it.' : `${upperFirst(words(count, 'record'))} that would decide it.`,
  logsBegin: (day: string) => `The oldest log here begins on ${day}.`,
  absent: (hosts: readonly string[]) =>
    `${sayList(hosts)} ${hosts.length === 1 ? 'is' : 'are'} named in the logs and ${hosts.length === 1 ? 'was' : 'were'} not handed in.`,

  contents: 'On this page',
  contentsOf: {
    plan: 'What to do',
    missing: 'What is missing',
    back: 'Ways back',
    picture: 'Timeline',
    why: 'Why we say so',
    proof: 'The proof',
    people: 'Intruders and visitors',
    read: 'What was read',
    problems: 'What was odd',
    words: 'Words',
  },
  skip: 'To the answer',
  server: 'server',

  planTitle: (urgent: boolean) => (urgent ? 'Do this now, in this order' : 'What to do'),
  planIntro: 'Nothing here is run for you. Each step says what it stops and how to undo it.',
  planMinutes: (minutes: number) => `${sayNumber(minutes)} min`,
  planBecause: 'Because',

  missingTitle: 'What would decide it, and where to look',
  missingIntro: 'These records are not here. Old ones are often still in a backup; bring them and run this again.',
  missingDecides: 'Would decide',
  missingWhere: 'Where to look',

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
  openTo: (campaign: string) => `open to ${campaign}`,
  fixedFrom: (day: string) => `fixed build from ${day}`,
  mayBeOpenTo: (campaign: string) => `may be open to ${campaign}`,
  notRecording: 'was not recording this',
  doesNotExist: 'does not exist on this product',
  missingLog: 'missing',
  noneBefore: (day: string) => `none before ${day}`,
  anyServer: 'server not named',

  sequenceTitle: 'In order of time',
  sequenceMore: (count: number) =>
    `${plural(count, 'more finding')} ${count === 1 ? 'is' : 'are'} not in this list; all are below.`,
  who: 'Who',
  when: 'When',
  what: 'What',

  wavesTitle: 'Wave by wave',
  wavesIntro: 'A campaign comes in waves, and each gets its own answer.',
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
      { trace: 'from logs of those days', residue: 'only from what is left on disk', none: 'nothing here covers those days' },
      coverage,
    ),

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
  coverageHead: { source: 'Log', host: 'Server', state: 'State', spans: 'Days', gaps: 'Holes', records: 'Records' },
  moreSpans: (count: number) => `and ${sayNumber(count)} more`,

  exposureTitle: 'Which build ran when',
  exposure: (state: Exposure['campaigns'][number]['state']): string =>
    pick({ vulnerable: 'open to', fixed: 'closed to', unknown: 'not known whether open to' }, state),

  waysBackTitle: 'Ways back',
  waysBackIntro: 'What they could come back with. A patch closes none of these.',
  waysBackHead: { kind: 'Kind', what: 'What', host: 'Server', state: 'State', why: 'Why', since: 'Since' },

  reasonsTitle: 'Why we say so',

  proofTitle: 'The proof',
  proofIntro: 'Each line below is in your own logs, at the place given. Anyone can check it.',
  proofNone: 'There is no finding to show. What was read, and which days it covers, stands above.',
  proofCap: (shown: number, all: number) =>
    `${sayNumber(shown)} of ${sayNumber(all)} findings stand here in full, the gravest first. The rest is in the table after them, and all are in findings.ndjson.`,
  proofTableTitle: 'The rest of the findings',
  proofTableCap: (left: number) => `${plural(left, 'more finding')} ${left === 1 ? 'is' : 'are'} in findings.ndjson only.`,
  proofFold: (count: number, stage: string) => `${sayNumber(count)} more under “${stage}”`,
  provesStage: (stage: string, confidence: Confidence): readonly [string, string] =>
    confidence === 'confirmed' ? ['proves ', stage] : confidence === 'probable' ? ['probably ', stage] : ['may mean ', stage],
  times: (count: number) => `${plural(count, 'line')} say${count === 1 ? 's' : ''} so`,
  linesShown: (shown: number, count: number) => `Shown: ${sayNumber(shown)} of ${sayNumber(count)} lines.`,
  moreLines: (count: number) => plural(count, 'more line'),
  until: (time: string) => `until ${time}`,
  atByte: (offset: number) => `byte ${sayNumber(offset)}`,
  atLine: (line: number) => `line ${sayNumber(line)}`,
  atRecord: (record: string) => `record ${record}`,
  exactBytes: 'Exact bytes (base64) and hash',
  exactNotHere: 'The exact bytes are in findings.ndjson; this page would grow too large.',
  binaryRecord: 'The record is binary; this is what it says.',
  notShown: (count: number) => `${plural(count, 'character')} not shown`,
  proves: 'What it proves',
  doesNotProve: 'What it does not prove',
  innocent: 'An innocent explanation?',
  lookAlikes: 'Looks like this and is harmless',
  seenValues: 'Seen with it',
  ruleIs: (rule: string) => `rule ${rule}`,
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
  chosenFor: 'For being chosen',
  chosenAgainst: 'Against it',
  chosenOpen: 'What would change this',
  hostRole: (role: Intrusion['hosts'][number]['role']): string =>
    pick({ asked: 'asked', executed: 'ran code', left: 'left something' }, role),
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

  readTitle: 'What was read',
  readIntro: 'Each file with its SHA-256, so that anyone can show that it is the same file.',
  readHead: { path: 'File', kind: 'Kind', bytes: 'Size', records: 'Records', days: 'Days', hash: 'SHA-256' },
  readSummary: (count: number) => `${plural(count, 'file')}, with size and hash`,
  clockBasis: (basis: 'local' | 'unknown') =>
    basis === 'local' ? 'Written in local time:' : 'It is not known which clock wrote it:',
  readMore: (count: number) => `${plural(count, 'more file')} ${count === 1 ? 'is' : 'are'} in assessment.json.`,
  notReadTitle: 'What was not read',
  notReadIntro: 'Nothing in Afterpatch reads these yet. They say nothing for or against.',
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
  glossary: [
    ['Web shell', 'a page on the server that runs what it is told; a back door.'],
    ['IIS log', 'the web server’s list of every request.'],
    ['HttpProxy log', 'Exchange’s own list of what came in from outside and where it was passed on to.'],
    ['ECP server log', 'what was done through Exchange’s administration pages.'],
    ['EWS', 'the way in which programs read mail; its log tells which mail was asked for.'],
    ['Hash (SHA-256)', 'a number that changes when a single letter of a file changes.'],
    ['UTC', 'the time of day without zones; servers write their logs in it.'],
    ['Defanged', 'hxxp stands for http, so that nobody opens such an address by accident.'],
  ] as readonly (readonly [string, string])[],

  footer:
    'Every statement above comes from the evidence that was handed in. Attribution is not made here: this says what was done, not who did it.',
  invisibleNote: 'Characters that cannot be seen, or that turn text around, are shown as ‹U+202E›.',

  source: (kind: string): string => sourceNames.find(([pattern]) => pattern.test(kind.toLowerCase()))?.[1] ?? kind,

  terminal: {
    first: 'BEFORE ANYTHING ELSE',
    howFar: 'How far',
    stillThere: 'Still there?',
    pickedOut: 'Picked out?',
    cannotSee: 'Not seen',
    now: 'First',
    report: 'Report',
    exit: 'Exit',
    legend: '[x] seen  [~] likely  [-] ruled out where we looked  [?] cannot tell',
    moreMissing: (count: number) => `and ${sayNumber(count)} more in the report`,
    noneMissing: 'Nothing that would decide it is missing.',
    reportAt: (path: string, folder: string) => `${path} (everything else: ${folder})`,
    exitMeans: (code: 0 | 1 | 2): string =>
      pick(
        {
          0: '0: no sign of an intruder where we looked, and where it matters we could look.',
          1: '1: they got in, or probably did. Act on the steps above.',
          2: '2: cannot be told in full from what is here. This is not an all-clear.',
        },
        code,
      ),
  },
};

export function messagesOf(_lang: Language): Messages {
  return english;
}
