/** What there is to call, in the order in which people need it. What a command needs is loaded when it is called: help is there at once. */
import { Command } from 'commander';

interface Listed {
  readonly name: string;
  /** For the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<(earn: (code: number) => void) => Command>;
}

const listed: readonly Listed[] = [
  {
    name: 'assess',
    summary: 'read evidence and say whether intruders got in',
    load: async () => (await import('./assess.ts')).assessCommand,
  },
  {
    name: 'plan',
    summary: 'print what is to be done about a case, in which order',
    load: async () => (await import('./plan.ts')).planCommand,
  },
  {
    name: 'tell',
    summary: 'whose mail, since when it is known, whom to tell by when, and what to say',
    load: async () => (await import('./tell.ts')).tellCommand,
  },
  {
    name: 'report',
    summary: 'write the report of a case again, in another time zone or for other readers',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  {
    name: 'next',
    summary: 'which missing logs can still change the answer, and where they lie',
    load: async () => (await import('./next.ts')).nextCommand,
  },
  {
    name: 'verify',
    summary: 'hold new evidence against the plan of a case: what was done, what is new',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  {
    name: 'case',
    summary: 'a case over time: its answers, what is open, what was acknowledged',
    load: async () => (await import('./case/index.ts')).caseCommand,
  },
  {
    name: 'check',
    summary: 'look up every row, hash and stage of a case once more, with a second program',
    load: async () => (await import('./check.ts')).checkCommand,
  },
  {
    name: 'evidence',
    summary: 'what a folder or archive holds',
    load: async () => (await import('./evidence/index.ts')).evidenceCommand,
  },
  {
    name: 'records',
    summary: 'print every record of files and archives, as it is read',
    load: async () => (await import('./records.ts')).recordsCommand,
  },
  {
    name: 'hunt',
    summary: 'print what Sigma rules match',
    load: async () => (await import('./hunt.ts')).huntCommand,
  },
  {
    name: 'rules',
    summary: 'look at Sigma rules before they are run',
    load: async () => (await import('./rules/index.ts')).rulesCommand,
  },
  {
    name: 'yara',
    summary: 'look at YARA signatures before they are run',
    load: async () => (await import('./yara/index.ts')).yaraCommand,
  },
  {
    name: 'indicators',
    summary: 'look at lists of indicators before they are looked for',
    load: async () => (await import('./indicators/index.ts')).indicatorsCommand,
  },
  {
    name: 'exposure',
    summary: 'what a build of Exchange was open to, without any evidence',
    load: async () => (await import('./exposure.ts')).exposureCommand,
  },
  {
    name: 'packs',
    summary: 'what this version knows',
    load: async () => (await import('./packs/index.ts')).packsCommand,
  },
  {
    name: 'baseline',
    summary: 'lists of files that are known to be good',
    load: async () => (await import('./baseline/index.ts')).baselineCommand,
  },
  {
    name: 'demo',
    summary: 'make up evidence of any size, with the truth beside it',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
];

/** All of them, by name and summary alone but for the one that is called or asked about. */
export async function commandsFor(argv: readonly string[], earn: (code: number) => void): Promise<Command[]> {
  const called = argv[0] === 'help' ? argv[1] : argv.find((word) => !word.startsWith('-'));
  return Promise.all(
    listed.map(async ({ name, summary, load }) => (name === called ? (await load())(earn) : new Command(name)).summary(summary)),
  );
}
