/** Words that only the terminal needs. */
import type { StageView } from '../core/assessment.ts';
import { sayNumber, plural, words, upperFirst, sayList, pick } from './say.ts';

export const terminalMessages = {
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
} as const;
