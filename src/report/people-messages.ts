/** Intruders and visitors, whose mail, and what was seen with them. */
import type { Intrusion, Observable, TakenMail } from '../core/assessment.ts';
import type { Confidence } from '../core/stage.ts';
import { sayNumber, sayBytes, plural, pick } from './say.ts';

export const peopleMessages = {
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
} as const;
