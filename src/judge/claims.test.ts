import { expect, it } from 'vitest';
import { isVaried } from './claims.ts';
import type { Event } from './event.ts';

/** Answers of one page: time taken in milliseconds, size where the log has it. */
const answers = (...list: readonly (readonly [time: string, bytes?: string])[]): Event[] =>
  list.map(
    ([time, bytes]) =>
      ({
        row: { values: { 'http.time_taken': time, ...(bytes === undefined ? {} : { 'http.response_bytes': bytes }) } },
      }) as unknown as Event,
  );

it.each<[string, Event[], boolean]>([
  ['a millisecond', answers(['303'], ['304'], ['303'], ['304']), false],
  ['a tick of the clock', answers(['15'], ['30']), false],
  ['as much as chance makes of long ones', answers(['3000'], ['3100']), false],
  ['different work', answers(['46'], ['1310']), true],
  ['different sizes', answers(['303', '5120'], ['303', '98']), true],
  ['the same of both', answers(['303', '98'], ['303', '98']), false],
  ['a time that is none', answers(['303'], ['-']), true],
])('times and sizes of answers: %s', (_name, uses, varied) => {
  expect(isVaried(uses)).toBe(varied);
});
