import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimDate, DateColumn, parseDecimal, readDates } from './local-time.ts';
import { Problems } from './problem.ts';

const shown = (texts: readonly string[], stated = {}): string[] =>
  readDates(texts, stated).map((date) =>
    date.kind === 'utc'
      ? new Date(date.utcMs).toISOString()
      : date.kind === 'local'
        ? date.local
        : date.kind === 'ambiguous'
          ? date.readings.join('|')
          : '-',
  );

describe('one date that leaves no doubt', () => {
  test.each([
    ['2021-03-05 07:52:03', '2021-03-05T07:52:03'],
    ['2021/3/5 7:52', '2021-03-05T07:52:00'],
    ['2021/3/5', '2021-03-05'],
    ['2021. 03. 05. 7:52:03', '2021-03-05T07:52:03'],
    ['2021\u5e743\u67085\u65e5 \u4e0b\u5348 7:52:03', '2021-03-05T19:52:03'],
    ['05.03.2021 07:52:03', '2021-03-05T07:52:03'],
    ['5.3.2021 7.52.03', '2021-03-05T07:52:03'],
    ['22/07/2019 10:00', '2019-07-22T10:00:00'],
    ['7/22/2019 10:00:00 PM', '2019-07-22T22:00:00'],
    ['7/22/2019 12:00:00 AM', '2019-07-22T00:00:00'],
    ['22-07-2019', '2019-07-22'],
    // Day and month alike: both readings are one.
    ['03/03/2021 07:52:03,579', '2021-03-03T07:52:03.579'],
    ['Wed Mar 03 07:52:03 2021', '2021-03-03T07:52:03'],
    ['Wed Mar  3 07:52:03 2021', '2021-03-03T07:52:03'],
    ['Wednesday, March 3, 2021 7:52:03 AM', '2021-03-03T07:52:03'],
    ['03-Mar-2021 07:52', '2021-03-03T07:52:00'],
    ['3 March 2021', '2021-03-03'],
    ['22/07/2019 7:52:03 p. m.', '2019-07-22T19:52:03'],
    ['22/7/2019 7:52:03 \u03bc\u03bc', '2019-07-22T19:52:03'],
    // The text says its zone.
    ['2021-03-03T07:52:03Z', '2021-03-03T07:52:03.000Z'],
    ['2021-03-03T07:52:03.5+01:00', '2021-03-03T06:52:03.500Z'],
    ['03.03.2021 07:52:03 UTC', '2021-03-03T07:52:03.000Z'],
    ['2021-03-03 07:52:03 UTC+2', '2021-03-03T05:52:03.000Z'],
    ['2021-03-03 07:52:03 -0800', '2021-03-03T15:52:03.000Z'],
  ])('%s', (text, wanted) => {
    expect(shown([text])).toEqual([wanted]);
  });
});

describe('what is no date', () => {
  test.each([
    '',
    'yesterday',
    '31.02.2021',
    '13/13/2021',
    '2021-03-03 25:00',
    '2021-03-03 07:60',
    '1.2.3.4',
    '15.01.2176.002',
    '2021-13-03',
    '12:00',
    '3/3/2021 7:52 and more',
    '0/0/0000',
  ])('%s', (text) => {
    expect(shown([text])).toEqual(['-']);
  });
});

describe('day or month', () => {
  test('a lone date is open: both readings', () => {
    expect(shown(['03/04/2021 07:52'])).toEqual(['2021-04-03T07:52:00|2021-03-04T07:52:00']);
    expect(shown(['03-04-2021'])).toEqual(['2021-04-03|2021-03-04']);
  });
  test('a value above 12 in the column settles it', () => {
    expect(shown(['03/04/2021', '22/07/2019'])).toEqual(['2021-04-03', '2019-07-22']);
    expect(shown(['03/04/2021', '07/22/2019'])).toEqual(['2021-03-04', '2019-07-22']);
  });
  test('only a date that is written alike settles it', () => {
    expect(shown(['03/04/2021', '22-07-2019', '22.07.2019'])[0]).toBe('2021-04-03|2021-03-04');
  });
  test('dates that exclude each other settle nothing for others', () => {
    expect(shown(['03/04/2021', '22/07/2019', '07/22/2019'])).toEqual(['2021-04-03|2021-03-04', '2019-07-22', '2019-07-22']);
  });
  test('AM and PM say nothing: Australia, India and Mexico write them behind a day that stands first', () => {
    const open = '2021-04-03T07:52:03|2021-03-04T07:52:03';
    expect(shown(['3/4/2021 7:52:03 AM'])).toEqual([open]);
    expect(shown(['3/04/2021 7:52:03 AM'])).toEqual([open]);
    expect(shown(['3/04/2021 7:52:03 AM', '22/04/2021 7:52:03 AM'])[0]).toBe('2021-04-03T07:52:03');
    expect(shown(['3/4/2021 7:52:03 PM', '3/22/2021 7:52:03 AM'])[0]).toBe('2021-03-04T19:52:03');
    expect(shown(['3/3/2021 7:52:03 PM'])).toEqual(['2021-03-03T19:52:03']);
  });
  test('stated elsewhere', () => {
    expect(shown(['03/04/2021 07:52'], { order: 'dmy' })).toEqual(['2021-04-03T07:52:00']);
    expect(shown(['03/04/2021 07:52'], { order: 'mdy', zoneMinutes: 60 })).toEqual(['2021-03-04T06:52:00.000Z']);
    // What the dates say themselves outweighs it.
    expect(shown(['03/04/2021', '22/07/2019'], { order: 'mdy' })[0]).toBe('2021-04-03');
    // A day without a time has no moment, whatever the zone.
    expect(shown(['2021-03-04'], { zoneMinutes: 60 })).toEqual(['2021-03-04']);
  });
  test('a year of two digits can stand in three places', () => {
    expect(shown(['01/02/03'])).toEqual(['2003-02-01|2003-01-02|2001-02-03']);
    expect(shown(['21-03-31'])).toEqual(['2031-03-21|2021-03-31']);
    expect(shown(['03/04/21', '22/07/19'])).toEqual(['2021-04-03|2003-04-21', '2019-07-22|2022-07-19']);
  });
});

test('at the beginning of a line', () => {
  const column = new DateColumn();
  column.learn('22/07/2019  10:00 AM    <DIR>          x');
  const line = '03/04/2021  07:52 AM    <DIR>          inetpub';
  const { date, end } = column.readStart(line);
  expect([date, line.slice(end)]).toEqual([{ kind: 'local', local: '2021-04-03T07:52:00' }, '    <DIR>          inetpub']);
  expect(column.readStart('no date')).toEqual({ date: { kind: 'none' }, end: 0 });
});

test('what is claimed, and what becomes a problem', () => {
  const problems = new Problems();
  const texts = ['2021-03-04 07:52', '2021-03-04T07:52:00Z', '03/04/2021', 'soon', ''];
  const claims = readDates(texts).map((date, index) => claimDate(date, texts[index]!, index, problems));
  expect(claims).toEqual([
    { timeMs: Number.NaN, local: '2021-03-04T07:52:00' },
    { timeMs: Date.UTC(2021, 2, 4, 7, 52), local: null },
    { timeMs: Number.NaN, local: null },
    { timeMs: Number.NaN, local: null },
    { timeMs: Number.NaN, local: null },
  ]);
  expect(problems.list()).toEqual([
    { code: 'row.time_ambiguous', at: 2, count: 1, found: '03/04/2021: 2021-04-03 or 2021-03-04' },
    { code: 'row.time', at: 3, count: 1, found: 'soon' },
  ]);
});

test.each([
  ['29.5', 29.5],
  ['3,5', 3.5],
  ['30', 30],
  ['0,125', 0.125],
  ['1234,567', 1234.567],
  ['1.234,5', 1234.5],
  ['1,234.5', 1234.5],
  ['1\u00a0234,5', 1234.5],
  ['1.234.567', 1234567],
  ['1,234', null],
  ['1.2.3', null],
  ['1,2.3,4', null],
  ['', null],
  ['x', null],
  ['9'.repeat(30), null],
])('decimal %s', (text, wanted) => {
  expect(parseDecimal(text)).toBe(wanted);
});

test('any text: no throw, and every local reading is a real day', () => {
  const piece = fc.constantFrom(
    '1',
    '0',
    '3',
    '12',
    '22',
    '2021',
    '/',
    '.',
    '-',
    ' ',
    ':',
    'AM',
    'Mar',
    'Wed ',
    'Z',
    '+01:00',
    'é',
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.array(piece, { maxLength: 14 }).map((parts) => parts.join('')),
        { maxLength: 6 },
      ),
      (texts) => {
        for (const date of readDates(texts)) {
          if (date.kind === 'local')
            expect(new Date(`${date.local.slice(0, 10)}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date.local.slice(0, 10));
          if (date.kind === 'utc') expect(Number.isFinite(date.utcMs)).toBe(true);
          if (date.kind === 'ambiguous') expect(date.readings.length).toBeGreaterThan(1);
        }
      },
    ),
  );
});
