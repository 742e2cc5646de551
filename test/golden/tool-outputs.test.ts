/**
 * What people hand over of security tools, in the forms that those tools write, through the whole pipeline: what it proves, what it
 * does not, what it leaves uncovered. Names of threats are words; no page text stands in this file.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { assessFolder } from '../support/assess-folder.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-tools-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function assessed(files: Readonly<Record<string, string>>): Promise<Assessment> {
  const own = fs.mkdtempSync(path.join(folder, 'case-'));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(own, name), text);
  return assessFolder(own);
}

const rulesOf = ({ findings }: Assessment): string[] =>
  findings
    .map(({ rule }) => rule)
    .filter((rule) => !rule.startsWith('together/'))
    .sort();
const codesOf = ({ problems }: Assessment): string[] => [...new Set(problems.map(({ code }) => code))].sort();

const msert = (threat: string, words: string, action: string, file: string): string =>
  [
    'Microsoft Safety Scanner v1.333, (build 1.333.600.0)',
    'Started On Wed Mar 10 09:12:00 2021',
    '',
    'Engine: 1.1.17900.7',
    'Full Scan Results:',
    '-------------------',
    `Threat Detected: ${threat}${words}`,
    `  Action: ${action}, Result: 0x00000000`,
    `    file://${file}`,
    '        SigSeq: 0x00002178F6DB5B40',
    '',
    'Results Summary:',
    '----------------',
    `Found ${threat}${words}`,
    'Microsoft Safety Scanner Finished On Wed Mar 10 11:15:30 2021',
    '',
    'Return code: 6 (0x6)',
    '',
  ].join('\r\n');
const page = 'C:\\inetpub\\wwwroot\\aspnet_client\\q7x.aspx';

describe('antivirus', () => {
  const table: readonly (readonly [name: string, text: string, answer: string, stage: string, rules: readonly string[]])[] = [
    [
      'a web shell that MSERT removed from a web folder',
      msert('Backdoor:ASP/Chopper.F!dha', ' and Removed!', 'Remove', page),
      'confirmed',
      'implanted',
      ['web-shell/av-shell-removed'],
    ],
    [
      'one that it left',
      msert('Backdoor:ASP/Chopper.F!dha', ', not removed.', 'NoAction', page),
      'suspected',
      'implanted',
      ['web-shell/av-shell-found'],
    ],
    [
      'the line of the summary in a letter',
      'Hello,\nI ran the scanner as you said and it says\n\nFound Exploit:Script/Exmann.A!dha and Removed!\n\nAre we safe now?\n',
      'cannot_tell',
      'none',
      ['web-shell/av-shell-named'],
    ],
    [
      'the test file of all antivirus products, in a web folder',
      msert('Virus:DOS/EICAR_Test_File', ' and Removed!', 'Remove', 'C:\\inetpub\\wwwroot\\eicar.com'),
      'cannot_tell',
      'none',
      [],
    ],
    [
      'a web shell among the downloads of the browser',
      msert(
        'Backdoor:ASP/Chopper.F!dha',
        ' and Removed!',
        'Remove',
        'C:\\Users\\admin\\AppData\\Local\\Microsoft\\Windows\\Temporary Internet Files\\Content.IE5\\A1\\x.aspx',
      ),
      'cannot_tell',
      'none',
      [],
    ],
    [
      'Defender events from a German server',
      'TimeCreated  : 10.03.2021 09:12:04\nProviderName : Microsoft-Windows-Windows Defender\nId           : 1117\nMessage      : Windows Defender Antivirus hat eine Aktion zum Schutz ausgeführt.\n               Name: Backdoor:ASP/Chopper.F!dha\n               Pfad: file:_C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\q7x.aspx\n               Aktion: Quarantäne\n               Fehlercode: 0x00000000\n',
      'confirmed',
      'implanted',
      ['web-shell/av-shell-removed'],
    ],
    [
      'a request that Defender stopped inside the web server',
      'TimeCreated  : 10.03.2021 09:12:04\nProviderName : Microsoft-Windows-Windows Defender\nId           : 1116\nMessage      : Windows Defender Antivirus has detected malware or other potentially unwanted software.\n               Name: Exploit:Script/SuspMailboxExport.A\n               Path: amsi:_\\Device\\HarddiskVolume2\\Windows\\System32\\inetsrv\\w3wp.exe\n',
      'attempted',
      'attempted',
      ['web-shell/av-exploit-blocked'],
    ],
    [
      'Get-MpThreatDetection with its names',
      `ActionSuccess : True\nCleaningActionID : 2\nInitialDetectionTime : 10.03.2021 09:12:04\nResources : {file:_${page}}\nThreatID : 2147\n\nIsActive : False\nResources : {file:_${page}}\nThreatID : 2147\nThreatName : Backdoor:ASP/Chopper.F!dha\n`,
      'confirmed',
      'implanted',
      ['web-shell/av-shell-removed'],
    ],
    [
      'a match of Loki',
      `20210310T10:25:35Z MAIL01 LOKI: Alert: MODULE: FileScan MESSAGE: FILE: ${page} SCORE: 160 TYPE: UNKNOWN REASON_1: Yara Rule MATCH: WEBSHELL_ASPX_one SUBSCORE: 80\n`,
      'suspected',
      'implanted',
      ['web-shell/av-shell-found'],
    ],
    [
      'CompareExchangeHashes without a list for the build',
      `"FileName","VDir","Error","FilePath","FileHash","LastWriteTimeUtc"\r\n${Array.from({ length: 3000 }, (_, i) => `"f${i}.js","/owa","NoHashMatch","C:\\inetpub\\wwwroot\\f${i}.js","AB","12/30/2020 10:00:00"`).join('\r\n')}\r\n`,
      'cannot_tell',
      'none',
      [],
    ],
    [
      'CompareExchangeHashes with a hash that it knows',
      `"FileName","VDir","Error","FilePath","FileHash","LastWriteTimeUtc"\r\n"q7x.aspx","/","KnownBadHash","${page}","AB","12/30/2020 10:00:00"\r\n`,
      'suspected',
      'implanted',
      ['web-shell/hash-known-bad'],
    ],
  ];
  test.each(table)('%s', async (_name, text, answer, stage, rules) => {
    const assessment = await assessed({ 'output.txt': text });
    const { verdict } = assessment;
    expect({ answer: verdict.answer, stage: verdict.stage, rules: rulesOf(assessment) }).toEqual({ answer, stage, rules });
  });

  test('a wall clock is told as one, and dates nothing', async () => {
    const assessment = await assessed({ 'msert.log': msert('Backdoor:ASP/Chopper.F!dha', ' and Removed!', 'Remove', page) });
    expect(assessment.evidence[0]).toMatchObject({
      kind: 'msert',
      records: 3,
      firstUtc: null,
      clock: { basis: 'local', zone: null },
    });
    expect(assessment.findings[0]!.timeUtc).toBe(null);
    const way = assessment.intrusions[0]!.presence.waysBack.find(({ kind }) => kind === 'file');
    expect(way).toMatchObject({ what: '/aspnet_client/q7x.aspx', state: 'closed', removedBy: 'microsoft_tool' });
  });

  test('the page that the antivirus names is asked of the IIS log again', async () => {
    const iis = [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken',
      '2021-03-03 05:31:20 192.0.2.20 GET /support/q7x.aspx - 443 - 203.0.113.77 curl/7.1 200 0 0 15',
      '',
    ].join('\r\n');
    const file = 'C:\\inetpub\\wwwroot\\support\\q7x.aspx';
    const alone = await assessed({ 'u_ex210303.log': iis });
    expect(rulesOf(alone)).toEqual([]);
    const both = await assessed({
      'u_ex210303.log': iis,
      'msert.log': msert('Backdoor:ASP/Chopper.F!dha', ' and Removed!', 'Remove', file),
    });
    expect(rulesOf(both)).toEqual(['learnt/page-answered', 'web-shell/av-shell-removed']);
  });

  test('a scan that found nothing is a sentence, not an answer', async () => {
    const clean = msert('x', '', '', '')
      .replace(
        /Full Scan Results[^]*Finished/,
        'Results Summary:\r\n----------------\r\nNo infection found.\r\nMicrosoft Safety Scanner Finished',
      )
      .replace('6 (0x6)', '0 (0x0)');
    const { verdict, problems } = await assessed({ 'msert.log': clean });
    expect([verdict.answer, verdict.exitCode, problems]).toEqual(['cannot_tell', 2, []]);
    expect(verdict.sentence).toContain('MSERT found nothing');
  });
});

describe('Test-ProxyLogon', () => {
  test('its suspicion proves nothing, its rows prove what they prove', async () => {
    const console = [
      'ProxyLogon Status: Exchange Server MAIL01',
      '  Log age days: OabGen  Ecp 29,5 AutoD 30,0 Eas 30,0 EcpProxy 30,0 Ews 30,0 Mapi 30,0 Oab 30,0 Owa 30,0 OwaCal 30,0 Powershell 30,0 RpcHttp 30,0',
      '  [CVE-2021-26855] Suspicious activity found in Http Proxy log!',
      '  Report exported to: C:\\temp\\MAIL01-Cve-2021-26855.csv',
      '',
    ].join('\r\n');
    const alone = await assessed({ 'console.txt': console });
    expect([alone.verdict.answer, alone.verdict.stage, alone.intrusions, codesOf(alone)]).toEqual([
      'cannot_tell',
      'none',
      [],
      ['tool.skipped'],
    ]);
    expect(alone.findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([['proxylogon/tool-26855', 'possible']]);
    expect(alone.verdict.sentence).toContain('29 to 30 days');
    expect(alone.verdict.sentence).toContain('OABGenerator');
    const rows =
      '#TYPE Selected.System.Management.Automation.PSCustomObject\r\n"DateTime","RequestId","ClientIPAddress","UrlHost","UrlStem","RoutingHint","UserAgent","AnchorMailbox","HttpStatus"\r\n"2021-03-03T07:52:03.579Z","aa","203.0.113.9","mx","/ecp/y.js","","curl","ServerInfo~a]@mail01.haven.example:444/autodiscover/autodiscover.xml?#","200"\r\n';
    const both = await assessed({ 'console.txt': console, 'MAIL01-Cve-2021-26855.csv': rows });
    expect([both.verdict.answer, rulesOf(both)]).toEqual([
      'attempted',
      ['proxylogon/anchor-autodiscover', 'proxylogon/tool-26855'],
    ]);
  });

  test('all its files at once', async () => {
    const assessment = await assessed({
      'MAIL01-LogAgeDays.csv': '"OabGen","Ecp","AutoDProxy"\r\n"","29.5","30.0"\r\n',
      'MAIL01-other.csv':
        '"ComputerName","Type","Path","Name","LastWrite"\r\n"MAIL01","SuspiciousArchive","C:\\ProgramData\\App\\setup.zip","setup.zip","08.03.2021 10:11:12"\r\n',
      'MAIL01-Cve-2021-26857.csv':
        '"TimeCreated","MachineName","Message"\r\n"03/04/2021 07:52:03","MAIL01","The call failed.\r\nSystem.InvalidCastException"\r\n',
      'MAIL01-Cve-2021-27065.log':
        'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Logging\\ECP\\Server\\ECPServer20210303-1.LOG\r\n',
    });
    expect(assessment.evidence.map(({ kind, records }) => [kind, records])).toEqual([
      ['test-proxylogon-events', 1],
      ['test-proxylogon-paths', 1],
      ['test-proxylogon-log-age', 3],
      ['test-proxylogon-other', 1],
    ]);
    expect([assessment.verdict.answer, assessment.intrusions, codesOf(assessment)]).toEqual([
      'cannot_tell',
      [],
      ['row.time_ambiguous', 'tool.skipped'],
    ]);
    expect(assessment.verdict.sentence).toContain('archives of installers');
  });

  test('what a narrow console left of its rows still proves what can be read', async () => {
    const table =
      'DateTime                 AnchorMailbox\n--------                 -------------\n2021-03-03T07:52:03.579Z ServerInfo~a]@mail01.haven.example:444/autodiscover/autodis...\n';
    const { verdict, problems } = await assessed({ 'table.txt': table });
    expect([verdict.answer, problems.map(({ code }) => code)]).toEqual(['attempted', ['row.cut_off']]);
  });
});

describe('builds and mitigations', () => {
  const health = (build: string): string =>
    `Exchange Health Checker version 21.10.12.1555\r\nExchange Information\r\n--------------------\r\n\tName: MAIL01\r\n\tGeneration Time: 10.03.2021 09:04:13\r\n\tVersion: Exchange 2016 CU19\r\n\tBuild Number: ${build}\r\n\tServer Role: Mailbox\r\n`;
  test.each([
    ['15.01.2176.002', 'vulnerable'],
    ['15.01.2176.009', 'fixed'],
  ])('HealthChecker names build %s: %s, at no known moment', async (build, state) => {
    const { exposure, evidence } = await assessed({ 'HealthChecker.txt': health(build) });
    expect(exposure).toMatchObject([
      { host: 'MAIL01', product: 'Exchange 2016 CU19', builds: [{ firstUtc: null, lastUtc: null, source: 'health-checker' }] },
    ]);
    expect(exposure[0]!.campaigns.find(({ campaign }) => campaign === 'proxylogon')).toMatchObject({
      state,
      fixedSinceUtc: null,
    });
    expect(evidence[0]!.clock.basis).toBe('local');
  });
  test('EOMT: what was done in words, its skipped scan as a gap', async () => {
    const assessment = await assessed({
      'EOMT.log':
        '2021-03-16 10:20:30 Info: Starting EOMT.ps1 version 21.03.16.1057 on MAIL01\r\n2021-03-16 10:20:32 Info: MAIL01 is vulnerable: applying mitigation\r\n2021-03-16 10:20:40 Info: Mitigation complete on MAIL01 :: Default Web Site\r\n2021-03-16 10:21:00 Info: Skipping MSERT scan -DoNotRunMSERT set on MAIL01\r\n',
    });
    expect([assessment.verdict.answer, codesOf(assessment), assessment.organisation.hosts]).toEqual([
      'cannot_tell',
      ['tool.skipped'],
      ['MAIL01'],
    ]);
    expect(assessment.verdict.sentence).toContain('MAIL01 vulnerable when it ran');
  });
});

test('a question about a tool is a note and proves nothing', async () => {
  const { verdict, findings, notRead } = await assessed({
    'mail.txt':
      'Were we hacked on 3 March? MSERT says Backdoor:ASP/Chopper was removed from hxxp://mail[.]haven[.]example/aspnet_client/supp0rt.aspx,\nTest-ProxyLogon printed Nothing suspicious detected, EOMT says we are vulnerable. 198.51.100.7 looks odd.\n',
  });
  expect([verdict.answer, findings, notRead.length]).toEqual(['cannot_tell', [], 1]);
  expect(notRead[0]!.why).toContain('198.51.100.7, which proves nothing');
});
