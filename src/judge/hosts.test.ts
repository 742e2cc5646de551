import { expect, test } from 'vitest';
import { hostsOf, shortName } from './hosts.ts';
import { artifact, observed, part } from './observed.fixture.ts';

test('names are first labels in upper case; addresses and nonsense are no names', () => {
  expect(['mail01.haven.example', 'MAIL01', '10.0.0.5', 'localhost', ' ', 'a]@x', null].map(shortName)).toEqual([
    'MAIL01',
    'MAIL01',
    null,
    null,
    null,
    null,
    null,
  ]);
});

const proxied = (...tuples: (string | null)[][]) =>
  part({ kind: 'httpproxy', groups: { 'ServerHostName|TargetServer|IsAuthenticated': tuples } });

test('a back end that authenticated people were sent to is known; one that only a stranger names is not', () => {
  const evidence = observed([
    artifact('h.log', [
      proxied(
        ['MAIL01', 'MBX01.haven.example', 'true'],
        ['MAIL01', 'evil.example', 'false'],
        ['MAIL01', 'MAIL01.haven.example', 'True'],
      ),
    ]),
  ]);
  const hosts = hostsOf(evidence);
  expect(hosts.present).toEqual(['MAIL01']);
  expect(hosts.absent).toEqual(['MBX01']);
});

test('a log without names belongs to the server of its folder', () => {
  const iis = part({ groups: { 's-port|s-computername|s-ip': [['443', null, '10.0.0.5']] } });
  const evidence = observed([
    artifact('one/C/h.log', [proxied(['MAIL01', null, null])], 'one'),
    artifact('one/C/u_ex.log', [iis], 'one'),
    artifact('two/C/h.log', [proxied(['MAIL02', null, null])], 'two'),
    artifact('two/C/u_ex.log', [iis], 'two'),
  ]);
  const hosts = hostsOf(evidence);
  expect(hosts.ofArtifact('one/C/u_ex.log')).toBe('MAIL01');
  expect(hosts.ofArtifact('two/C/u_ex.log')).toBe('MAIL02');
});

const collected = (path: string, parts: Parameters<typeof artifact>[1], root: string, host: string | null) => ({
  ...artifact(path, parts, root),
  collection: {
    root,
    collector: 'velociraptor' as const,
    host,
    collectedUtc: null,
    clock: { basis: 'unknown' as const, why: '' },
    snapshot: null,
  },
});
const nameless = part({ groups: { 's-port|s-computername|s-ip': [['443', null, '10.0.0.5']] } });

test('a log without names belongs to the server that its collector names', () => {
  const hosts = hostsOf(
    observed([collected('x/u.log', [nameless], 'x', 'mail01.haven.example'), collected('y/u.log', [nameless], 'y', 'MAIL02')]),
  );
  expect(hosts.ofArtifact('x/u.log')).toBe('MAIL01');
  expect(hosts.ofArtifact('y/u.log')).toBe('MAIL02');
  expect(hosts.present).toEqual(['MAIL01', 'MAIL02']);
});

test('rows go before the collector: each its own, and all of them where none is the collector’s', () => {
  const both = hostsOf(
    observed([
      collected('x/h.log', [proxied(['MAIL02', null, null], ['MAIL02', null, null])], 'x', 'MAIL01'),
      collected('x/i.log', [proxied(['MAIL01', null, null])], 'x', 'MAIL01'),
      collected('x/u.log', [nameless], 'x', 'MAIL01'),
    ]),
  );
  expect(both.ofArtifact('x/h.log')).toBe('MAIL02');
  // More rows of the folder name the other server, but this one is the collector's.
  expect(both.ofArtifact('x/u.log')).toBe('MAIL01');
  const elsewhere = hostsOf(
    observed([
      collected('x/h.log', [proxied(['MAIL02', null, null])], 'x', 'ANALYST-PC'),
      collected('x/u.log', [nameless], 'x', 'ANALYST-PC'),
    ]),
  );
  expect(elsewhere.ofArtifact('x/u.log')).toBe('MAIL02');
  expect(elsewhere.present).toEqual(['MAIL02']);
});

test('a server names itself in its own rows; the other side of a connection is no server of ours', () => {
  const evidence = observed([
    artifact('MSGTRK.LOG', [
      part({
        kind: 'message-tracking',
        groups: {
          'source|event-id|server-hostname': [
            ['SMTP', 'RECEIVE', 'MAIL01.haven.example'],
            ['SMTP', 'SEND', 'mx.elsewhere.example'],
          ],
        },
      }),
    ]),
    artifact('RECV.LOG', [
      part({
        kind: 'smtp-receive',
        groups: {
          'connector-id|event': [
            ['MAIL02\\Default Frontend MAIL02', '+'],
            ['Outbound to internet', '+'],
          ],
        },
      }),
    ]),
    artifact('Ews.LOG', [
      part({ kind: 'ews', groups: { 'ServerHostName|SoapAction|HttpStatus': [['MBX03', 'GetItem', '200']] } }),
    ]),
    artifact('audit.LOG', [
      part({ kind: 'exchange-log', groups: { 'ServerHostName|ServerName|Server': [[null, null, 'MBX04']] } }),
    ]),
  ]);
  const hosts = hostsOf(evidence);
  expect(hosts.present).toEqual(['MAIL01', 'MAIL02', 'MBX03', 'MBX04']);
  expect(hosts.ofArtifact('RECV.LOG')).toBe('MAIL02');
});
