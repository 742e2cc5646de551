/**
 * Every sentence that the renderers say of themselves, in one catalogue per language. The assessment brings its own sentences
 * (headline, verdict, findings, steps); here is what stands around them.
 */
import type { Answer, Because, Seen, StageView, TargetingWord, WaveAnswer, WayBack } from '../core/assessment.ts';
import type { Stage } from '../core/stage.ts';
import { sayNumber, sayBytes, plural, words, upperFirst, sayList, pick } from './say.ts';
import { sourceName } from './source-names.ts';
import { glossary } from './glossary.ts';
import { planMessages } from './plan-messages.ts';
import { tellMessages } from './tell-messages.ts';
import { bookWords } from './book-words.ts';
import { pictureMessages } from './picture-messages.ts';
import { coverageMessages } from './coverage-messages.ts';
import { filesMessages } from './files-messages.ts';
import { proofMessages } from './proof-messages.ts';
import { peopleMessages } from './people-messages.ts';
import { evidenceMessages } from './evidence-messages.ts';
import { terminalMessages } from './terminal-messages.ts';

export type Language = 'en';
export type Messages = typeof english;

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
  /** `unsure`: that have neither a time nor an address. */
  counted: (intruders: number, unsure: number, visitors: number, declared: number, acknowledged: number): string => {
    const parts = [
      ...(intruders > 0 ? [words(intruders, 'intruder')] : []),
      ...(unsure > 0 ? [`${words(unsure, 'find')} that may be theirs or that of somebody else`] : []),
      ...(visitors > 0 ? [words(visitors, 'visitor')] : []),
      ...(declared > 0 ? [`${words(declared, 'test')} of your own`] : []),
      ...(acknowledged > 0 ? [`${words(acknowledged, 'thing')} that you acknowledged as known to be good`] : []),
    ];
    return parts.length === 0 ? 'Nobody that we can see.' : `${upperFirst(sayList(parts))}.`;
  },
  counts: (tried: number, inside: number, unsure: number): string =>
    inside > 0 && tried > 0
      ? `${upperFirst(words(inside, 'intruder'))} got in; ${words(tried, 'other')} only tried.`
      : inside > 0
        ? unsure > 0
          ? 'Where neither a time nor an address is known, nothing tells whose it is; see below.'
          : 'Told apart by what they used and when; see below.'
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
  notReadYet: (count: number) => `${upperFirst(words(count, 'more kind'))} of record cannot be judged by this version.`,
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

  ...pictureMessages,
  /** What nothing ties to anybody. */
  nobodyKnown: '–',
  lastOf: (count: number) => `The last of ${sayNumber(count)}:`,
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
  /** Somebody was inside in its days, and no row shows that they came by this way. */
  waveUntied: (answer: Answer) => (answer === 'confirmed' ? 'somebody was inside' : 'somebody was probably inside'),
  waveByDays: 'in these days; no row that is here belongs to this campaign, so by which way they came is not known',
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

  ...coverageMessages,
  ...filesMessages,
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

  ...proofMessages,
  ...peopleMessages,
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

  ...evidenceMessages,
  wordsTitle: 'Words',
  glossary,

  footer:
    'Every statement above comes from the evidence that was handed in. Attribution is not made here: this says what was done, not who did it.',
  invisibleNote: 'Characters that cannot be seen, or that turn text around, are shown as ‹U+202E›.',

  source: sourceName,

  bytes: sayBytes,
  terminal: terminalMessages,
};

export function messagesOf(_lang: Language): Messages {
  return english;
}
