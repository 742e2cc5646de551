import { expect, test } from 'vitest';
import { logForms } from '../../test/support/log-forms.ts';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { exchangeSetup, setupParts } from './exchange-setup.ts';

test('build, mode, user, server, errors and the end are told apart', () => {
  const seen = scanText(exchangeSetup, logForms['exchange-setup']!.text);
  const rows = fieldsOf(seen);
  const all = (name: string): string[] => rows.flatMap((row) => (row[name] === undefined ? [] : [row[name]]));
  expect({
    build: all('Build'),
    mode: all('Mode'),
    user: all('User'),
    server: all('Server'),
    severity: all('Severity'),
    result: all('Result'),
  }).toEqual({
    build: ['15.1.2176.9'],
    mode: ['Upgrade'],
    user: ['HAVEN\\admin'],
    server: ['MAIL01'],
    severity: ['ERROR'],
    result: ['completed'],
  });
  expect(told(seen)).toEqual([]);
});

test('a line that goes on is a row without a time', () => {
  const seen = scanText(exchangeSetup, '[03/04/2021 17:20:09.0002] [1] [ERROR] No.\n   at Setup\n[x] y\n');
  expect(seen.rows.map(({ time, fields }) => [time, fields.Message])).toEqual([
    ['2021-03-04T17:20:09.000Z', '[ERROR] No.'],
    [null, '   at Setup'],
    [null, '[x] y'],
  ]);
});

test('the month stands first whatever the sign; a day that does not exist is no time', () => {
  const time = (date: string): string | null => scanText(exchangeSetup, `[${date} 01:02:03.0004] [0] x\n`).rows[0]!.time;
  expect(time('12/31/2021')).toBe('2021-12-31T01:02:03.000Z');
  expect(time('12-31-2021')).toBe('2021-12-31T01:02:03.000Z');
  expect(time('31.12.2021')).toBe(null);
});

test('a failed setup', () => {
  expect(setupParts("The Exchange Server setup operation didn't complete. More details can be found …").get('Result')).toBe(
    'failed',
  );
  expect(setupParts('Setup version: 15.2.1118.7.  ').get('Build')).toBe('15.2.1118.7');
  expect(setupParts('it said Setup version: 15.2.1118.7.').has('Build')).toBe(false);
});
