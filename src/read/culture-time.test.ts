import { expect, test } from 'vitest';
import { parseCultureTime } from './culture-time.ts';

const parse = (text: string, day = ''): string | null => {
  const bytes = new TextEncoder().encode(text);
  const ms = parseCultureTime(bytes, 0, bytes.length, day);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

test.each([
  ['6/30/2021 10:03:57 AM', '', '2021-06-30T10:03:57.000Z'],
  ['6/30/2021 12:03:57 AM', '', '2021-06-30T00:03:57.000Z'],
  ['6/30/2021 12:03:57 PM', '', '2021-06-30T12:03:57.000Z'],
  ['30.06.2021 22:03:57', '', '2021-06-30T22:03:57.000Z'],
  ['30/06/2021 22:03:57', '', '2021-06-30T22:03:57.000Z'],
  ['2021-06-30 22:03:57', '', '2021-06-30T22:03:57.000Z'],
  // Day or month first: the day of the file tells.
  ['3/4/2021 1:02:03 AM', '2021-04-03', '2021-04-03T01:02:03.000Z'],
  ['03/04/2021 01:02:03', '2021-03-04', '2021-03-04T01:02:03.000Z'],
  ['03.04.2021 01:02:03', '2021-03-04', '2021-04-03T01:02:03.000Z'],
  // Nobody can tell; AM and PM stand behind either.
  ['3/4/2021 1:02:03 AM', '', null],
  ['03/04/2021 01:02:03', '', null],
  ['13/13/2021 01:02:03', '', null],
  ['6/31/2021 1:02:03 AM', '', null],
  ['6/30/2021 25:02:03', '', null],
  ['6/30-2021 1:02:03', '', null],
  [`${'9'.repeat(60)}`, '', null],
])('%s (%s)', (text, day, expected) => {
  expect(parse(text, day)).toBe(expected);
});
