import { expect, test } from 'vitest';
import { clientOf, standingsOf } from './clients.ts';
import { artifact, observed, part, row } from './observed.fixture.ts';

const none = { shared: new Set<string>() };
const from = (address: string, forwarded?: string) =>
  row('r', null, { 'client.address': address, ...(forwarded === undefined ? {} : { 'client.forwarded': forwarded }) }, 'iis-w3c');

test('a public address in the server’s own column is direct, whatever a header claims', () => {
  expect(clientOf(from('203.0.113.24:50123', '198.51.100.1'), none, false)).toEqual({
    address: '203.0.113.24',
    standing: 'direct',
  });
});
test('behind a balancer the last hop is what it saw; what stands before is a claim', () => {
  expect(clientOf(from('10.0.0.9', '192.0.2.66,+203.0.113.24'), none, false)).toEqual({
    address: '203.0.113.24',
    standing: 'direct',
  });
});
test('a hidden address stays hidden: it is the balancer’s', () => {
  expect(clientOf(from('10.0.0.9'), none, false)).toEqual({ address: '10.0.0.9', standing: 'shared' });
  expect(clientOf(from('10.0.0.9', '203.0.113.24, 127.0.0.1'), none, false)).toEqual({ address: '10.0.0.9', standing: 'shared' });
});
test('rows between servers have no visitor', () => {
  expect(clientOf(from('203.0.113.24'), none, true)).toEqual({ address: '203.0.113.24', standing: 'shared' });
});
test('an address of many accounts is shared; a health mailbox and a machine account are not people', () => {
  const people = Array.from({ length: 9 }, (_, i) => ['198.51.100.9', `HAVEN\\user${i}`]);
  const probes = Array.from({ length: 9 }, (_, i) => ['198.51.100.10', `HAVEN\\HealthMailbox${i}`]);
  const { shared } = standingsOf(
    observed([artifact('u.log', [part({ groups: { 'c-ip|cs-username': [...people, ...probes] } })])]),
  );
  expect([...shared]).toEqual(['198.51.100.9']);
});
