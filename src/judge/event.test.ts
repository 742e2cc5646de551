import { expect, test } from 'vitest';
import { clocksOf } from './clocks.ts';
import { anchorHostOf, pageOf, tiesOf } from './event.ts';
import { hit, row } from './observed.fixture.ts';

const id = '0f2ab3c4-1111-4222-8333-444455556666';
const other = 'aaaaaaaa-1111-4222-8333-444455556666';

test('one request has one id in all three books', () => {
  expect(tiesOf(row('r', null, { 'request.id': id.toUpperCase() }))).toEqual([`request:${id}`]);
  expect(tiesOf(row('r', null, { 'url.query': `&CorrelationID=<empty>;&cafeReqId=${id};` }, 'iis-w3c'))).toEqual([
    `request:${id}`,
  ]);
  expect(tiesOf(row('r', null, { 'url.query': `x=1&reqId=${id}&ActID=${other}`, 'server.port': '444' }, 'iis-w3c'))).toEqual([
    `activity:${other}`,
    `request:${id}`,
  ]);
});
test('the server appends its id; the same words before it are the client’s', () => {
  expect(
    tiesOf(row('r', null, { 'url.query': `cafeReqId=${other}&CorrelationID=<empty>;&cafeReqId=${id};` }, 'iis-w3c')),
  ).toEqual([`request:${id}`]);
});
test('on the front end only the id that the server appends counts', () => {
  expect(
    tiesOf(row('r', null, { 'url.query': `RequestId=${id}&reqId=${id}&ActID=${other}`, 'server.port': '443' }, 'iis-w3c')),
  ).toEqual([]);
});
test('a canary ties a session, however it is coded', () => {
  const canary = 'dksf3djsomi6m3r0se9ghnynr561845ssh74k0x78v.';
  expect(
    tiesOf(
      row('r', null, { anchor: `ServerInfo~a]@x:444/ecp/DDI/DDIService.svc/GetObject?msExchEcpCanary=${canary}&schema=x#` }),
    ),
  ).toEqual([`session:${canary}`]);
  expect(tiesOf(row('r', null, { 'url.path': `/ecp/x?msExchEcpCanary%3D${canary}` }, 'ecp-server'))).toEqual([
    `session:${canary}`,
  ]);
});
test('the host of an anchor, and one name for one page', () => {
  expect(anchorHostOf('ServerInfo~a]@MAIL01.haven.example:444/mapi/emsmdb/?#')).toBe('mail01.haven.example');
  expect(anchorHostOf('ServerVersion~Version 15.0')).toBeNull();
  expect(pageOf('/OWA//auth/Zq%30.aspx')).toBe('/owa/auth/zq0.aspx');
});
test('two servers’ clocks are compared by the requests that both booked', () => {
  const hosts = { ofRow: ({ artifact }: { artifact: string }) => artifact, ofArtifact: () => null, present: [], absent: [] };
  const rows = [0, 1, 2].flatMap((n) => {
    const request = id.replace('0f2ab3c4', `0f2ab3c${n}`);
    const ms = Date.UTC(2021, 2, 3, 4, n);
    return [
      row('r', new Date(ms).toISOString(), { 'request.id': request }, 'httpproxy', 'MAIL01'),
      row(
        'r',
        new Date(ms + 90_000).toISOString(),
        { 'url.query': `&reqId=${request}`, 'server.port': '444' },
        'iis-w3c',
        'MBX01',
      ),
    ];
  });
  const clocks = clocksOf(rows.map(hit), hosts);
  expect([clocks.skewMs('MAIL01'), clocks.skewMs('MBX01'), clocks.shared('MBX01')]).toEqual([0, 90_000, 3]);
});
