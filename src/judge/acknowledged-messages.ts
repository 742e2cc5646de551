/** Sentences on what the owner marked as known to be good. */
import { type Acknowledgement, acknowledgedName } from '../core/acknowledged.ts';
import { oneDayMs } from '../core/time.ts';
import { sayDay } from './messages.ts';

/** The last day on which it holds. */
const lastDay = ({ untilUtc }: Acknowledgement): string => sayDay(Date.parse(untilUtc) - oneDayMs);

export const acknowledgedSentences = {
  name: (one: Acknowledgement) => `${acknowledgedName}${one.by} until ${lastDay(one)}: ${one.reason}`,
  leftOut: (count: number, one: Acknowledgement) =>
    `${count === 1 ? 'One finding is' : `${count} findings are`} left out of the answer because ${one.by} said until ${lastDay(one)}: “${one.reason}”.`,
  ended: (one: Acknowledgement) =>
    `“${one.title}” counts again: what ${one.by} said of it (“${one.reason}”) held until ${lastDay(one)}.`,
} as const;
