import { expect, test } from 'vitest';
import type { Event } from './event.ts';
import { declaredBy, type KnownActivity } from './known.ts';

const test1: KnownActivity = {
  name: 'Test',
  fromMs: 1000,
  toMs: 2000,
  addresses: ['198.51.100.7'],
  userAgents: [],
  accounts: [],
};
const event = (timeMs: number | null, address: string | null): Event =>
  ({
    timeMs,
    client: address === null ? null : { address, standing: 'direct' },
    userAgent: null,
    row: { values: {} },
  }) as unknown as Event;

test('all rows that can be told carry the marks, in the time', () => {
  expect(declaredBy([event(1500, '198.51.100.7'), event(1501, null)], [test1])).toEqual({ name: 'Test', goesOn: false });
});
test('one stranger, or no mark at all, and it is judged like any other', () => {
  expect(declaredBy([event(1500, '198.51.100.7'), event(1501, '203.0.113.9')], [test1])).toBeNull();
  expect(declaredBy([event(1500, null)], [test1])).toBeNull();
});
test('what goes on after its end is flagged; what began before is not covered by it', () => {
  expect(declaredBy([event(1500, '198.51.100.7'), event(2500, '198.51.100.7')], [test1])).toEqual({ name: 'Test', goesOn: true });
  expect(declaredBy([event(500, '198.51.100.7')], [test1])).toBeNull();
});
