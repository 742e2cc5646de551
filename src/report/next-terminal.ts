/** `afterpatch next`: the shortest list of what can still change the answer, as lines for a terminal. */
import type { Assessment } from '../core/assessment.ts';
import type { NextSource, WouldBe } from '../core/next-files.ts';
import { type MissingRecord, missingRecords } from './answers.ts';
import { answerWords } from './case-words.ts';
import { messagesOf } from './messages.ts';
import { wrap } from './terminal-text.ts';

export interface NextTextOptions {
  readonly width: number;
  /** Bytes a second at which the case was read; null: nobody knows. */
  readonly bytesPerSecond: number | null;
}

const words = {
  answer: (headline: string, exit: number) => `The answer now: ${headline.replace(/[.\s]+$/, '')} (exit ${exit}).`,
  ifNothing: (then: WouldBe) =>
    `With all of these, and nothing found in them: ${answerWords[then.answer]} (exit ${then.exitCode}).`,
  alone: (then: WouldBe) => `Alone, and nothing in it: ${answerWords[then.answer]}.`,
  something: (then: WouldBe) => `If it shows more: ${answerWords[then.answer]}.`,
  host: (name: string) => `All logs of ${name}`,
  lies: 'It lies in',
  decides: 'It decides',
  everywhere: 'Look in this order: the server itself, its backups and shadow copies, the neighbours that had the same rows.',
  estimate: 'Sizes and files are estimated from the logs that are here.',
  unknown: 'how much is not known',
  others: 'These would not change the answer, and can still tell more, such as what else was left behind or whose mail was read',
  byHand: (count: number) =>
    `${count === 1 ? 'One more kind of record is' : `${count} more kinds of record are`} for you to look at by hand; the report names ${count === 1 ? 'it' : 'them'}.`,
  minutes: (count: number) => `reading them takes about ${count === 1 ? 'a minute' : `${count} minutes`}`,
  blind: 'Measured: visits that were played into this evidence would have been seen with these logs alone',
} as const;

export function renderNext(assessment: Assessment, { width, bytesPerSecond }: NextTextOptions): string {
  const { next, blindness, verdict } = assessment;
  const columns = Math.min(100, Math.max(40, Math.floor(width)));
  const { source } = messagesOf('en');
  const seconds = next.bytes === null || bytesPerSecond === null || bytesPerSecond <= 0 ? null : next.bytes / bytesPerSecond;
  const lines = [
    ...wrap(words.answer(verdict.headline, next.answer.exitCode), columns),
    ...wrap(
      `${next.says}${seconds === null ? '' : ` ${words.minutes(Math.max(1, Math.ceil(seconds / 60)))}.`.replace(/^ r/, ' R')}`,
      columns,
    ),
  ];
  for (const [number, one] of next.list.entries()) {
    lines.push(
      '',
      ...wrap(
        `${number + 1}. ${one.kind === 'host' ? words.host(one.host ?? '') : `${source(one.kind)}${one.host === null ? '' : ` of ${one.host}`}`}${spanOf(one)}`,
        columns,
      ),
      ...wrap(sizeOf(one), columns, 3),
      ...wrap(`${words.lies}: ${one.where}`, columns, 3),
      ...wrap(`${words.decides}: ${one.decides}`, columns, 3),
      ...wrap(
        `${words.alone(one.ifNothing)}${one.ifSomething === null ? '' : ` ${words.something(one.ifSomething)}`}`,
        columns,
        3,
      ),
    );
  }
  if (next.list.length > 0) lines.push('', ...wrap(words.ifNothing(next.ifNothing), columns));
  const alone = [
    ...new Set(
      (blindness?.techniques ?? [])
        .flatMap((technique) => technique.lacks)
        .filter((lack) => lack.alone)
        .map(({ kind, host }) => `${source(kind)}${host === null ? '' : ` of ${host}`}`),
    ),
  ];
  if (alone.length > 0) lines.push(...wrap(`${words.blind}: ${alone.join(', ')}.`, columns));
  const { deciding, byHand } = missingRecords(assessment);
  const others = deciding.filter((record) => !isListed(next.list, record));
  if (others.length > 0) {
    lines.push('', ...wrap(`${words.others}:`, columns));
    for (const { kind, hosts, where, decides } of others) {
      const name =
        kind === 'host' ? words.host(hosts.join(', ')) : `${source(kind)}${hosts.length === 0 ? '' : ` of ${hosts.join(', ')}`}`;
      lines.push(...wrap(`- ${name}: ${decides}`, columns, 3), ...wrap(`${words.lies}: ${where}`, columns, 5));
    }
  }
  if (byHand.length > 0) lines.push('', ...wrap(words.byHand(byHand.length), columns));
  if (next.list.length > 0) lines.push(...wrap(`${words.everywhere} ${words.estimate}`, columns));
  return `${lines.join('\n')}\n`;
}

/** On the list for each of its servers. */
const isListed = (list: readonly NextSource[], { kind, hosts }: MissingRecord): boolean =>
  hosts.length === 0
    ? list.some((one) => one.kind === kind)
    : hosts.every((host) => list.some((one) => one.kind === kind && one.host === host));

const spanOf = ({ fromUtc, toUtc }: NextSource): string =>
  fromUtc === null || toUtc === null ? '' : `, ${fromUtc.slice(0, 10)} to ${toUtc.slice(0, 10)}`;

function sizeOf({ bytes, files }: NextSource): string {
  if (bytes === null || files === null) return words.unknown;
  const size = bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} KB`;
  return `about ${files} ${files === 1 ? 'file' : 'files'}, ${size}`;
}
