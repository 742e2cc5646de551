/** Values of options that several commands take. */
import { InvalidArgumentError } from 'commander';

export const instant = (text: string): number => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new InvalidArgumentError('Give a time such as 2021-03-09T20:40:00Z.');
  return ms;
};
/** `--jobs`. */
export const wholeJobs = (text: string): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 64) throw new InvalidArgumentError('Give a whole number from 1 to 64.');
  return count;
};
export const zone = (text: string): string => {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('Give a zone such as Europe/Berlin or UTC.');
  }
};
