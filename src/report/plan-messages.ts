/** What plans are said with, in the page, on paper and in the terminal. The steps' own texts come from data. */
import type { PlanKind, PlanPhase, PlanRole, PlanSecret, PlanStep, SecretKind } from '../core/plan.ts';
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

/** `10 min`, `1 h 30 min`, `2 days`. */
export function sayMinutes(minutes: number): string {
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
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
    'Print it, and tick off what is done. Commands are there to be read by whoever knows the server; Afterpatch runs none of them. Those that need a file of yours read it by its number from plan-values.json, which lies beside this report: copy it to C:\\afterpatch-plan on the server. Numbers that begin with CM are of COUN7ER, CISA’s list of what helps against intruders; those with M are of MITRE ATT&CK.',
  kind: (kind: PlanKind) => kinds[kind],
  phase: (phase: PlanPhase) => phases[phase],
  who: (role: PlanRole) => roles[role],
  minutes: sayMinutes,
  labels: {
    why: 'Why',
    stops: 'Interrupts',
    breaks: 'Then different',
    undo: 'Undo',
    verify: 'Check',
    byHand: 'By hand',
    references: 'After',
    commands: 'Commands to review',
    words: 'Words',
  },
  because: 'Because',
  stops: (what: string, minutes: number | null) =>
    minutes === null ? `${what} Until a later step ends it.` : minutes === 0 ? what : `${what} About ${sayMinutes(minutes)}.`,
  effect: { looks: 'changes nothing on the server', changes: 'changes something', undoes: 'undoes it' } as const,
  secretsTitle: 'What has to be made new',
  secretsIntro: 'Each of these opens a door, and could be read. The steps above say how.',
  secret: (kind: SecretKind) => secrets[kind],
  standing: (standing: PlanSecret['standing']) => standings[standing],
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
  /** As data says that a step breaks nothing. */
  nothing: 'Nothing.',
  done: 'done, on … by …',
  noSteps: 'There is nothing to do.',
  notRun: 'Nothing of this was run. Read each command before you type it.',
} as const;
