/**
 * A page answered and is not there any more: who took it away, and what says so. Everything through the whole pipeline; the commands in
 * the requests are words, and no page text stands in this file.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WayBack } from '../../src/core/assessment.ts';
import { assessFolder } from '../support/assess-folder.ts';
import type { KnownActivity } from '../../src/judge/index.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-vanished-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const page = '/aspnet_client/q7x.aspx';
const file = 'C:\\inetpub\\wwwroot\\aspnet_client\\q7x.aspx';
const iisHead = [
  '#Software: Microsoft Internet Information Services 10.0',
  '#Version: 1.0',
  '#Date: 2021-03-03 00:00:00',
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
];
const asked = (time: string, method: string, query: string, address: string, status: number, taken: number): string =>
  `${time} 10.20.0.11 ${method} ${page} ${query} 443 - ${address} python-requests/2.25.1 - ${status} 0 0 ${taken}`;
const used = [
  asked('2021-03-03 04:10:00', 'POST', '-', '203.0.113.24', 200, 46),
  asked('2021-03-03 04:11:00', 'POST', '-', '203.0.113.24', 200, 171),
];
const probe = asked('2021-04-30 10:00:00', 'GET', '-', '198.51.100.9', 404, 5);

const sysmon = (time: string, id: number, data: Readonly<Record<string, string>>): string =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>${id}</EventID><TimeCreated SystemTime="${time}"/><EventRecordID>7</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>MAIL01.haven.example</Computer></System><EventData>${Object.entries(
    data,
  )
    .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
    .join('')}</EventData></Event>`;

const defender = (action: string): string =>
  [
    'ThreatName       : Backdoor:ASP/Chopper.F!dha',
    `Resources        : {file:_${file}}`,
    'InitialDetectionTime : 05/03/2021 08:00:00',
    `ActionSuccess    : ${action}`,
    'CleaningActionID : 2',
    'ThreatStatusID   : 3',
  ].join('\r\n');

async function wayOf(
  lines: readonly string[],
  files: Readonly<Record<string, string>> = {},
  known: readonly KnownActivity[] = [],
): Promise<WayBack> {
  const own = fs.mkdtempSync(path.join(folder, 'case-'));
  fs.writeFileSync(path.join(own, 'u_ex2103.log'), [...iisHead, ...lines, ''].join('\r\n'));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(own, name)), { recursive: true });
    fs.writeFileSync(path.join(own, name), text);
  }
  const { verdict } = await assessFolder(own, { known });
  const ways = verdict.presence.waysBack.filter(({ kind, what }) => kind === 'file' && what === page);
  expect(ways).toHaveLength(1);
  return ways[0]!;
}

test('it answers still: nobody removed it', async () => {
  expect(await wayOf(used)).toMatchObject({ state: 'open', removedBy: null });
});

test('not found any more, and nothing says by whom', async () => {
  expect(await wayOf([...used, probe])).toMatchObject({
    state: 'closed',
    removedBy: 'unknown',
    sinceUtc: '2021-04-30T10:00:00.000Z',
  });
});

test('the antivirus deleted the file, says the event log', async () => {
  const way = await wayOf([...used, probe], {
    'sysmon.xml': sysmon('2021-03-05T08:00:00.000Z', 23, {
      Image: 'C:\\Program Files\\Windows Defender\\MsMpEng.exe',
      User: 'NT AUTHORITY\\SYSTEM',
      TargetFilename: file,
    }),
  });
  expect(way).toMatchObject({ state: 'closed', removedBy: 'antivirus' });
  expect(way.why).toContain('MsMpEng.exe');
});

test("Microsoft's removal tool deleted the file", async () => {
  const files = {
    'sysmon.xml': sysmon('2021-03-15T08:00:00.000Z', 23, {
      Image: 'C:\\Windows\\System32\\MRT.exe',
      User: 'NT AUTHORITY\\SYSTEM',
      TargetFilename: file,
    }),
  };
  expect(await wayOf(used, files)).toMatchObject({
    state: 'closed',
    removedBy: 'microsoft_tool',
    sinceUtc: '2021-03-15T08:00:00.000Z',
  });
});

test("Microsoft's scanner says in its own log that it removed the file", async () => {
  const files = {
    'msert.log': [
      'Microsoft Safety Scanner v1.333, (build 1.333.600.0)',
      'Started On Tue Mar 16 09:00:00 2021',
      '',
      'Quick Scan Results:',
      '-------------------',
      'Threat Detected: Backdoor:ASP/Chopper.G!dha, partially removed.',
      '    Action: Remove, Result: 0x00000000',
      `        file://${file}`,
      '            SigSeq: 0x0000',
      '',
      'Microsoft Safety Scanner Finished On Tue Mar 16 09:20:00 2021',
      '',
    ].join('\r\n'),
  };
  const way = await wayOf([...used, probe], files);
  expect(way).toMatchObject({ state: 'closed', removedBy: 'microsoft_tool' });
  expect(way.why).toContain('MSERT');
});

test('an account deleted the file; that an intruder could have it is said', async () => {
  const way = await wayOf([...used, probe], {
    'sysmon.xml': sysmon('2021-03-09T12:00:00.000Z', 26, {
      Image: 'C:\\Windows\\explorer.exe',
      User: 'HAVEN\\adm.berger',
      TargetFilename: file,
    }),
  });
  expect(way).toMatchObject({ state: 'closed', removedBy: 'administrator' });
  expect(way.why).toContain('adm.berger');
  expect(way.why).toContain('intruder');
});

test('the web server itself deleted the file: a back door did', async () => {
  const files = {
    'sysmon.xml': sysmon('2021-03-04T01:00:00.000Z', 23, {
      Image: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
      User: 'NT AUTHORITY\\SYSTEM',
      TargetFilename: file,
    }),
  };
  expect(await wayOf([...used, probe], files)).toMatchObject({ state: 'closed', removedBy: 'intruder' });
});

test('a program of the system deleted the file: nobody knows for whom', async () => {
  const files = {
    'sysmon.xml': sysmon('2021-03-04T01:00:00.000Z', 23, {
      Image: 'C:\\Windows\\System32\\cmd.exe',
      User: 'NT AUTHORITY\\SYSTEM',
      TargetFilename: file,
    }),
  };
  expect(await wayOf([...used, probe], files)).toMatchObject({ state: 'closed', removedBy: 'unknown' });
});

const order = 'cmd=del+%22C%3A%5Cinetpub%5Cwwwroot%5Caspnet_client%5Cq7x.aspx%22';

test('told to delete itself in March: whoever has its key', async () => {
  const lines = [...used, asked('2021-03-06 02:00:00', 'GET', order, '203.0.113.24', 200, 60), probe];
  expect(await wayOf(lines)).toMatchObject({ state: 'closed', removedBy: 'intruder' });
});

test('told to delete itself in the days of the court order, by somebody who did nothing else', async () => {
  const lines = [...used, asked('2021-04-12 14:00:00', 'GET', order, '192.0.2.80', 200, 60), probe];
  const way = await wayOf(lines);
  expect(way).toMatchObject({ state: 'closed', removedBy: 'authority' });
  expect(way.why).toContain('nothing here says who it was');
});

test('told to delete itself in those days by the one who had used it before: the intruder', async () => {
  const lines = [...used, asked('2021-04-12 14:00:00', 'GET', order, '203.0.113.24', 200, 60), probe];
  expect(await wayOf(lines)).toMatchObject({ state: 'closed', removedBy: 'intruder' });
});

test('it vanished while declared responders were at work', async () => {
  const known: KnownActivity[] = [
    {
      name: 'Responders',
      fromMs: Date.parse('2021-04-28T00:00:00Z'),
      toMs: Date.parse('2021-05-02T00:00:00Z'),
      addresses: ['198.51.100.200'],
      userAgents: [],
      accounts: [],
    },
  ];
  const way = await wayOf([...used, probe], {}, known);
  expect(way).toMatchObject({ state: 'closed', removedBy: 'administrator' });
  expect(way.why).toContain('Responders');
});

test('it answered after somebody had deleted it: it is open', async () => {
  const files = {
    'sysmon.xml': sysmon('2021-03-03T04:10:30.000Z', 23, {
      Image: 'C:\\Windows\\explorer.exe',
      User: 'HAVEN\\adm.berger',
      TargetFilename: file,
    }),
  };
  expect(await wayOf(used, files)).toMatchObject({ state: 'open', removedBy: null });
});

test('an antivirus without a time closes nothing that still answers', async () => {
  const way = await wayOf(used, { 'defender.txt': defender('True') });
  expect(way).toMatchObject({ state: 'open', removedBy: null });
});

test('an antivirus without a time, and the page is not found any more', async () => {
  const way = await wayOf([...used, probe], { 'defender.txt': defender('True') });
  expect(way).toMatchObject({ state: 'closed', removedBy: 'antivirus' });
});
