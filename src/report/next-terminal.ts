/** `afterpatch next`: the shortest list of what can still change the answer, as lines for a terminal. */
import type { Assessment } from '../core/assessment.ts';
import type { NextSource, WouldBe } from '../core/next-files.ts';
import { answerWords } from './case-words.ts';
import { messagesOf } from './messages.ts';
import { wrap } from './terminal-text.ts';

export interface NextTextOptions {
  readonly width: number;
  /** Bytes a second at which the case was read; null: nobody knows. */
  readonly bytesPerSecond: number | null;
}

const words = {
  answer: (now: WouldBe) => `The answer now: ${answerWords[now.answer]} (exit ${now.exitCode}).`,
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
  others: (count: number) => `${count} more are missing; the answer would be the same with them.`,
  minutes: (count: number) => `reading them takes about ${count === 1 ? 'a minute' : `${count} minutes`}`,
  blind: 'Measured: visits that were played into this evidence would have been seen with these logs alone',
} as const;

export function renderNext({ next, blindness }: Assessment, { width, bytesPerSecond }: NextTextOptions): string {
  const columns = Math.min(100, Math.max(40, Math.floor(width)));
  const { source } = messagesOf('en');
  const seconds = next.bytes === null || bytesPerSecond === null || bytesPerSecond <= 0 ? null : next.bytes / bytesPerSecond;
  const lines = [
    ...wrap(words.answer(next.answer), columns),
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
  if (next.others > 0) lines.push(...wrap(words.others(next.others), columns));
  if (next.list.length > 0) lines.push(...wrap(`${words.everywhere} ${words.estimate}`, columns));
  return `${lines.join('\n')}\n`;
}

const spanOf = ({ fromUtc, toUtc }: NextSource): string =>
  fromUtc === null || toUtc === null ? '' : `, ${fromUtc.slice(0, 10)} to ${toUtc.slice(0, 10)}`;

function sizeOf({ bytes, files }: NextSource): string {
  if (bytes === null || files === null) return words.unknown;
  const size = bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} KB`;
  return `about ${files} ${files === 1 ? 'file' : 'files'}, ${size}`;
}
