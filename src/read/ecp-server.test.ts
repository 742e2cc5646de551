import { expect, test } from 'vitest';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import { ecpServer } from './ecp-server.ts';

const header = '#Log-type: ECP Server Log\n#Fields: TimeStamp,ServerName,EventId,EventData\n';
const data = (url: string): string =>
  `S:TIME=13;S:SID=s1;S:CMD=Get-InboxRule;S:REQID=;S:URL=${url};S:REFERRER=;S:EX=;S:ACTID=a1;S:RS=0;S:BLD=15.1.2176.2`;
const row = (url: string): string => `2021-03-03T04:12:11.400Z,MX1,ECP.Request,${data(url)}`;

test('the parts of EventData are fields of the row, and are counted', () => {
  const seen = scanText(ecpServer, `${header}${row('/ecp/a')}\n${row('/ecp/b')}\n`);
  expect(fieldsOf(seen)[0]).toMatchObject({
    CMD: 'Get-InboxRule',
    URL: '/ecp/a',
    BLD: '15.1.2176.2',
    ACTID: 'a1',
    ServerName: 'MX1',
  });
  expect(fieldsOf(seen)[0]).not.toHaveProperty('EX');
  expect(new Map(seen.groups[1])).toEqual(new Map([['["15.1.2176.2","MX1"]', 2]]));
  expect(told(seen)).toEqual([]);
});

test('a tuple with a part of EventData selects', () => {
  const seen = scanText(ecpServer, `${header}${row('/ecp/a')}\n`, { judge: (_group, [build]) => build === '15.1.2176.2' });
  expect(seen.rows).toHaveLength(1);
  expect(scanText(ecpServer, `${header}${row('/ecp/a')}\n`, { judge: () => false }).rows).toHaveLength(0);
});

test('commas that are not in quotes belong to EventData; quotes are taken off', () => {
  const seen = scanText(
    ecpServer,
    `${header}${row('/ecp/a,b,c')}\n2021-03-03T04:12:11.400Z,MX1,ECP.Request,"${data('/ecp/""d"",e')}"\n`,
  );
  expect(fieldsOf(seen).map(({ URL }) => URL)).toEqual(['/ecp/a,b,c', '/ecp/"d",e']);
});

test('the problems of a composite field are told once for each row', () => {
  const seen = scanText(ecpServer, `${header}${row('/x;S:EX=Boom')}\n${row('/x;S:EX=Boom')}\n`);
  expect(told(seen)).toContain(`ecp.duplicate_key@${header.length}×2`);
});

test('rows without a header', () => {
  const seen = scanText(ecpServer, `${row('/ecp/a')}\n`);
  expect(fieldsOf(seen)[0]).toMatchObject({ CMD: 'Get-InboxRule' });
  expect(told(seen)).toEqual(['row.no_header@0×1']);
  expect(ecpServer.recognise(`${row('/ecp/a')}\n`, '')).toBe(0.8);
  expect(ecpServer.recognise(header, '')).toBe(1);
});
