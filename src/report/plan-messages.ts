/** What plans are said with, in the page, on paper and in the terminal. The steps' own texts come from data. */
import type { PlanCommand, PlanKind, PlanPhase, PlanRole, PlanSecret, PlanStep, PlanTime, SecretKind } from '../core/plan.ts';
import type { Word } from './glossary.ts';

const roles: Readonly<Record<PlanRole, string>> = {
  you: 'For you',
  management: 'For management',
  firewall: 'For whoever runs the firewall',
  server: 'For whoever runs the mail server',
  domain: 'For whoever runs the domain',
  backup: 'For whoever runs the backups',
  responder: 'For whoever investigates',
  everybody: 'For everybody with an account',
};

const phases: Readonly<Record<PlanPhase, string>> = {
  stop: 'Stop them',
  keep: 'Keep the proof',
  help: 'Get help',
  find: 'Find what is missing, and every way back',
  evict: 'Take out what is theirs',
  secrets: 'Make new whatever they could read',
  renew: 'Build anew and bring up to date',
  watch: 'Open again, and watch',
};

const times: Readonly<Record<PlanTime, string>> = {
  now: 'Now',
  night: 'In one night',
  days: 'In the days after',
};

const kinds: Readonly<Record<PlanKind, string>> = {
  A: 'It is going on: stop it first',
  B: 'A back door and nothing beyond: one night',
  C: 'They worked inside: all in one move',
  D: 'Not decided: fetch what decides, and close off',
  N: 'Nobody got in: bring it up to date',
};

const secrets: Readonly<Record<SecretKind, string>> = {
  password: 'Password of an account',
  session_passwords: 'Passwords of everybody who was logged on, and of services and tasks',
  local_password: 'Passwords of local administrators',
  mail_passwords: 'Passwords of people with a mailbox',
  machine_key: 'Machine keys (they sign what the web pages remember)',
  auth_certificate: 'Auth certificate (how Exchange servers know each other)',
  service_principal: 'Key of this Exchange in Microsoft 365',
  certificate: 'Certificates whose private key can be taken along',
  directory_sync: 'Account that copies passwords to the cloud',
  krbtgt: 'Password of krbtgt (it signs every logon of the domain)',
};

const standings: Readonly<Record<PlanSecret['standing'], string>> = {
  taken: 'taken',
  readable: 'could be read',
  not_excluded: 'cannot be ruled out',
};

const effects: Readonly<Record<PlanCommand['effect'], string>> = {
  looks: 'changes nothing on the server',
  changes: 'changes something',
  undoes: 'undoes it',
};

/** A case that somebody else wrote holds other words than ours: they are shown as they are. */
const pick = <Key extends string>(table: Readonly<Record<Key, string>>, key: Key): string =>
  Object.hasOwn(table, key) ? table[key] : key;

/** `10 min`, `1 h 30 min`, `2 days`. */
export function sayMinutes(minutes: number): string {
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Longer than this, a night is not enough for one person. */
const longNight = 480;

export interface TimeGroup {
  readonly time: PlanTime;
  /** With its place in the whole plan, from 1. */
  readonly steps: readonly { readonly step: PlanStep; readonly number: number }[];
  readonly minutes: number;
}

/** Steps by when they are done, in the order of the plan. */
export function timeGroups(steps: readonly PlanStep[]): TimeGroup[] {
  const groups: { time: PlanTime; steps: { step: PlanStep; number: number }[]; minutes: number }[] = [];
  for (const [index, step] of steps.entries()) {
    if (groups.at(-1)?.time !== step.time) groups.push({ time: step.time, steps: [], minutes: 0 });
    const group = groups.at(-1)!;
    group.steps.push({ step, number: index + 1 });
    group.minutes += step.minutes;
  }
  return groups;
}

/** What of a step is read, where words of the trade are looked for. */
export const readOf = (step: PlanStep): string[] => [
  step.title,
  step.text,
  step.why,
  step.stops.what,
  step.breaks,
  step.undo,
  step.verify,
  step.byHand ?? '',
  ...step.commands.map(({ does }) => does),
];

export const sayWords = (words: readonly Word[]): string | null =>
  words.length === 0 ? null : words.map(({ word, means }) => `${word}: ${means}`).join(' ');

export const planMessages = {
  title: (urgent: boolean) => (urgent ? 'Do this now, in this order' : 'What to do'),
  intro: 'Nothing here is run for you. Each step says what it interrupts, and how to undo it.',
  more: (count: number) => `${count} more ${count === 1 ? 'step follows' : 'steps follow'}`,
  whole: 'The whole plan',
  wholeIntro:
    'Print it, and tick off what is done. Commands are there to be read by whoever knows the server; Afterpatch runs none of them. Numbers that begin with CM are of COUN7ER, CISA’s list of what helps against intruders; those with M are of MITRE ATT&CK.',
  /** Told only where a command reads one. */
  values:
    'Some commands read the name of a file by its number from plan-values.json, which lies beside this report: copy it to C:\\afterpatch-plan on the server.',
  kind: (kind: PlanKind) => pick(kinds, kind),
  phase: (phase: PlanPhase) => pick(phases, phase),
  /** The heading of a group of steps, with the work that it is. */
  time: ({ time, steps, minutes }: TimeGroup, kind: PlanKind) =>
    `${kind === 'N' ? 'In the next days' : pick(times, time)}: ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}, ${sayMinutes(minutes)} of work`,
  /** What has to be known of the group before it is begun. */
  timeNote: ({ time, minutes }: TimeGroup, kind: PlanKind): string =>
    kind === 'N'
      ? 'Nothing of this is urgent by the hour.'
      : time === 'now'
        ? kind === 'C'
          ? 'Begin today, quietly: nothing is removed, and the web ports stay open until the night.'
          : 'Begin at once, in this order.'
        : time === 'night'
          ? `The server stays closed to the outside until the last of these steps.${minutes > longNight ? ' This is more than one person can do in a night: share it, or go on the next day with everything still closed. Nothing is opened in between.' : ''}`
          : 'These need waiting time (hours or days), which is not counted here; each step names it. The server is open again meanwhile.',
  who: (role: PlanRole) => pick(roles, role),
  minutes: sayMinutes,
  labels: {
    why: 'Why',
    stops: 'Interrupts',
    breaks: 'Then different',
    undo: 'Undo',
    verify: 'Check',
    byHand: 'Why no command',
    references: 'Reference',
    see: 'See',
    commands: 'Commands to review',
    words: 'Words',
  },
  because: 'Because',
  stops: (what: string, minutes: number | null) =>
    minutes === null ? `${what} Until a later step ends it.` : minutes === 0 ? what : `${what} About ${sayMinutes(minutes)}.`,
  effect: (effect: PlanCommand['effect']) => pick(effects, effect),
  secretsTitle: 'What has to be made new',
  secretsIntro: 'Each of these opens a door, and could be read. The steps above say how.',
  secret: (kind: SecretKind) => pick(secrets, kind),
  standing: (standing: PlanSecret['standing']) => pick(standings, standing),
  secretHead: { what: 'What', name: 'Which', because: 'Could be read because' },
  rebuildTitle: 'Build anew, or clean?',
  advice: (advice: 'rebuild' | 'clean', host: string | null) =>
    advice === 'rebuild'
      ? `Build ${host ?? 'the server'} anew.`
      : `Cleaning ${host ?? 'the server'} is enough, as far as this evidence goes.`,
  backupTitle: 'Which backup is clean',
  upgradeTitle: 'The way to a build that is looked after',
  upgrade: (host: string | null, from: string, to: string | null, minutes: number) =>
    `${host ?? 'The server'}: from ${from}${to === null ? '' : ` to ${to}`}. Mail stands still for about ${sayMinutes(minutes)}, estimated.`,
  restart: 'with a restart',
  notKnown: (what: readonly string[]) => `Not told by the evidence, look before you begin: ${what.join('; ')}.`,
  left: (count: number) => `${count} more things would each have a step of this kind; they are in the findings.`,
  finding: (id: string) => `finding ${id.slice(0, 6)}`,
  /** As data says that a step breaks nothing, and that there is nothing to undo. */
  nothing: 'Nothing.',
  nothingUndone: 'Nothing has to be undone.',
  stepId: 'Step',
  done: 'done, on … by …',
  noSteps: 'There is nothing to do.',
  notRun: 'Nothing of this was run. Read each command before you type it.',
} as const;
