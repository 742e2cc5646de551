/** Why rows are told as one intruder's, and why two are not: the sentences. */
import type { Bond, Parting } from './groups.ts';
import type { RuleOfJudgement } from './rules-of-judgement.ts';
import type { OtherBond } from './join-others.ts';

export const bondTexts: Readonly<Record<Bond, string>> = {
  request: 'One request in several logs, under one id.',
  session: 'They carry the same session.',
  activity: 'Front end and back end book it under one activity.',
  cmdlet: 'The cmdlet and the request that asked for it stand in their logs within three seconds.',
  call: 'The call of the mail services and the request that was passed on to them stand in their logs within two seconds, for one program.',
  chain: 'A later request carries what only the answer to the earlier one gives.',
  inside: 'What was done inside followed an answer through the hole within ten minutes.',
  key: 'The same word opens the pages.',
  script: 'The same script was planted.',
  page: 'They used the same page.',
  planted: 'A script was planted, and the page that then appeared was asked for.',
  folder: 'An order was given in the folder of the file.',
  listing: 'They stand in one listing, or in the folders and settings of one server, and nobody was seen using them.',
  console: 'They stand in one output that tells no times.',
  near: 'They follow each other within ten minutes, ask in the same way, and nothing speaks against it.',
  address: 'They come from the same address.',
  row: 'Rules of others match rows of theirs.',
  process: 'Rules of others match what a process did that they had started, or one that it started.',
  logon: 'Rules of others match what was done in a log-on session of theirs.',
  file: 'Rules of others match what was done with a file of theirs.',
};

/** On which rule of judgement each rests. */
export const bondRules: Readonly<Record<Bond, RuleOfJudgement>> = {
  request: 'join.one_request',
  session: 'join.session',
  activity: 'join.one_request',
  cmdlet: 'join.one_request',
  call: 'join.one_request',
  chain: 'join.chain',
  inside: 'join.chain',
  key: 'join.session',
  script: 'join.session',
  page: 'join.page',
  planted: 'join.page',
  folder: 'join.page',
  listing: 'join.listing',
  console: 'join.listing',
  near: 'join.near',
  address: 'join.address',
  row: 'others.joined',
  process: 'others.joined',
  logon: 'others.joined',
  file: 'others.joined',
};

/** Why what a rule of others matched is told as an intruder's: one sentence behind what the rule says. */
export const otherBondTexts: Readonly<Record<OtherBond, string>> = {
  row: 'They are rows of this intrusion, or of the same request.',
  process: 'The process that did it is one that the intruder had started, or descends from one.',
  logon: 'It was done in a log-on session of the intruder’s.',
  file: 'It was done with a file of the intruder’s.',
};

export const partingTexts: Readonly<Record<Parting, (shared: string) => string>> = {
  writers: (shared) =>
    `Both have ${shared}, and each wrote something of its own. No session, script, key or page is common to both, and an address alone joins no two who wrote something.`,
  between: (shared) =>
    `Both come from ${shared}, which several use. Neither time nor program says whose visit this was, so that it stands alone.`,
  unsure: (shared) =>
    `${shared} may be the page that was written here: it was first used later, and from elsewhere, or another page may be that one. Nothing else ties the two, so that they are told as two.`,
  looked: (shared) => `One only looked at ${shared}, which the other left or used. Who only looks is not the one who wrote it.`,
};

export const partingRules: Readonly<Record<Parting, RuleOfJudgement>> = {
  writers: 'apart.writers',
  between: 'apart.unsure',
  unsure: 'apart.unsure',
  looked: 'role.visitor',
};
