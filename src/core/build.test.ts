import { expect, test } from 'vitest';
import { compareBuilds, cuKey, plainBuild, productOf } from './build.ts';

test('builds compare as four numbers', () => {
  expect(compareBuilds('15.1.2176.9', '15.1.2176.12')).toBe(-1);
  expect(compareBuilds('15.2.330.10', '15.2.330.9')).toBe(1);
  expect(compareBuilds('15.1.2106.13', '15.1.2176.4')).toBe(-1);
  expect(compareBuilds('15.1.2106.2', '15.1.2106.2')).toBe(0);
  expect(compareBuilds('15.1.2106', '15.1.2106.1')).toBe(-1);
  expect(compareBuilds('15.10.0.0', '15.9.0.0')).toBe(1);
});

test('leading zeros go; what is no build is none', () => {
  expect(plainBuild('15.01.2176.009')).toBe('15.1.2176.9');
  expect(plainBuild('15.1.2176')).toBe(null);
  expect(plainBuild('15.1.2176.9 ')).toBe('15.1.2176.9');
  expect(plainBuild('15.1.2176.9.1')).toBe(null);
  expect(plainBuild('...')).toBe(null);
  expect(plainBuild('15.1.217600.9')).toBe(null);
});

test('15.2 is 2019 and SE', () => {
  expect(
    ['14.3.513.0', '15.0.1497.2', '15.1.2106.2', '15.2.1748.10', '15.2.2562.17', '15.3.1.1', '8.3.83.6'].map(productOf),
  ).toEqual(['2010', '2013', '2016', '2019', 'SE', null, null]);
});

test('the third part is the CU; of 2010 the service pack', () => {
  expect(cuKey('15.1.2106.13')).toBe('15.1.2106');
  expect(cuKey('14.3.513.0')).toBe('14.3');
});
