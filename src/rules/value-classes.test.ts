import { expect, test } from 'vitest';
import { isTold, ValueClasses } from './value-classes.ts';

test('values that no test can tell apart have one class; whoever may hold a text has another', () => {
  const classes = new ValueClasses();
  classes.add({ how: 'contains', text: 'aspnet', cased: false });
  classes.add({ how: 'ends', text: '.ASPX', cased: true });
  classes.add({ how: 'lt', number: 9 });
  expect(isTold({ how: 'lt', number: 9 })).toBe(false);
  const plain = classes.of('/f14ed6.php');
  expect(plain).toBeGreaterThan(0);
  expect(classes.of('/0b11aa.php')).toBe(plain);
  expect(classes.of(null)).toBe(0);
  const others = ['/ASPNET_client/', '/a.aspx', '/a%2easpx', '/ünder', ''].map((value) => classes.of(value));
  expect(new Set([plain, 0, ...others]).size).toBe(others.length + 2);
  // Long values that may hold one are not remembered.
  expect(classes.of(`/aspnet${'x'.repeat(500)}`)).toBe(-1);
  expect(classes.of('x'.repeat(500))).toBe(plain);
});

test('what was told means nothing any more when more is asked, or too many values were', () => {
  const classes = new ValueClasses();
  classes.add({ how: 'contains', text: 'aspnet', cased: false });
  expect(classes.of('/owa/')).toBe(classes.of('/ecp/'));
  const before = classes.version;
  classes.add({ how: 'is', text: '/ecp/', cased: false });
  expect(classes.version).toBeGreaterThan(before);
  expect(classes.of('/owa/')).not.toBe(classes.of('/ecp/'));
  const filled = classes.version;
  for (let i = 0; i < 5000; i++) classes.of(`/aspnet/${i}`);
  expect(classes.version).toBeGreaterThan(filled);
});
