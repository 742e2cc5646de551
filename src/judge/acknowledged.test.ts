import { expect, test } from 'vitest';
import type { Acknowledgement } from '../core/acknowledged.ts';
import { acknowledgedIn, holds, parted } from './acknowledged.ts';
import type { Event } from './event.ts';

const scan: Acknowledgement = {
  id: '0123456789abcdef',
  title: 'A page that Exchange does not ship',
  rule: 'web-shell/page',
  host: 'MAIL01',
  contents: ['aa'],
  reason: 'page of our own help desk',
  by: 'Kim',
  untilUtc: '2021-04-01T00:00:00.000Z',
  saidUtc: '2021-03-10T00:00:00.000Z',
  withdrawnUtc: null,
};
const event = (rule: string, host: string | null, sha256: string): Event =>
  ({ proof: { rule }, host, row: { artifact: 'list.csv', rawBase64: 'eA==', sha256 } }) as unknown as Event;
const known = acknowledgedIn([scan], { artifacts: [] });

test('the same bytes of the same rule on the same server, wherever they stand', () => {
  expect(known.of(event('web-shell/page', 'MAIL01', 'aa'))).toBe(scan);
});
test('another row, another rule or another server is not covered', () => {
  expect(known.of(event('web-shell/page', 'MAIL01', 'ab'))).toBeNull();
  expect(known.of(event('web-shell/other', 'MAIL01', 'aa'))).toBeNull();
  expect(known.of(event('web-shell/page', 'MAIL02', 'aa'))).toBeNull();
});
test('what is covered is judged apart, and ties nobody to anybody', () => {
  const own = event('web-shell/page', 'MAIL01', 'aa');
  const strange = event('web-shell/page', 'MAIL01', 'ab');
  const { rest, groups } = parted([own, strange], known);
  expect(rest).toEqual([strange]);
  expect(groups).toHaveLength(1);
  expect(groups[0]!.cluster.events).toEqual([own]);
  expect(groups[0]!.declared.acknowledged).toBe(true);
});
test('it ends with its day, by the evidence or by the clock of the reader, and when it is taken back', () => {
  const end = Date.parse(scan.untilUtc);
  expect(holds(scan, end - 1, null)).toBe(true);
  expect(holds(scan, end, null)).toBe(false);
  expect(holds(scan, end - 1, end)).toBe(false);
  expect(holds(scan, Number.NaN, null)).toBe(true);
  expect(holds({ ...scan, withdrawnUtc: scan.saidUtc }, end - 1, null)).toBe(false);
});
