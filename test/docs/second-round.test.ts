/** docs/architecture.md tells of a second round with two lines; here they are. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { assess } from '../../src/public/index.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-second-round-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = (place: string, lines: readonly string[]): void => {
  const file = path.join(folder, place);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, lines.map((line) => `${line}\r\n`).join(''));
};

test('a page whose path stands in the ECP log is looked for in the IIS log', async () => {
  write('C/Program Files/Microsoft/Exchange Server/V15/Logging/ECP/Server/ECPServer20210303-1.LOG', [
    '#Log-type: ECP Server Log',
    '#Fields: TimeStamp,ServerName,EventId,EventData',
    String.raw`2021-03-03T08:07:11.677Z,MAIL01,ECP.Request,"S:TIME=205;'S:CMD=New-OabVirtualDirectory.FilePathName=''C:\inetpub\wwwroot\support\log.aspx''';S:URL=/ecp/DDI/DDIService.svc/SetObject;S:EX="`,
  ]);
  write('C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log', [
    '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
    '2021-03-03 08:09:40 10.20.0.11 GET /support/log.aspx - 443 - 203.0.113.24 curl/7.64.1 - 200 0 0 62',
    '2021-03-03 08:09:41 10.20.0.11 GET /support/other.aspx - 443 - 203.0.113.24 curl/7.64.1 - 200 0 0 62',
  ]);
  const { assessment } = await assess([folder], { jobs: 1 });
  const rows = assessment.findings.flatMap(({ rule, evidence }) => evidence.map(({ line }) => `${rule} line ${line}`));
  expect(rows.sort()).toEqual(['learnt/page-answered line 2', 'proxylogon/ecp-page-written line 3']);
});
