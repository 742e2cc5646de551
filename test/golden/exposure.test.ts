/**
 * Builds and holes through the whole pipeline: from whatever carries a build to what the assessment and the terminal say of it.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assessment, Exposure } from '../../src/core/assessment.ts';
import { renderTerminal } from '../../src/report/index.ts';
import { assessFolder } from '../support/assess-folder.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-exposure-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function assessed(files: Readonly<Record<string, string | Uint8Array>>): Promise<Assessment> {
  const own = fs.mkdtempSync(path.join(folder, 'case-'));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(own, name), text);
  return assessFolder(own);
}
const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\r\n`).join('');
const answer = (day: string, build: string): string =>
  lines('HTTP/1.1 200 OK', `X-OWA-Version: ${build}`, 'X-FEServer: MAIL01', `Date: ${day} GMT`, '');
const setup = (...entries: readonly string[]): string =>
  lines(...entries.map((entry) => `[${entry.slice(0, 19)}.0074] [0] ${entry.slice(20)}`));
const completed = 'The Exchange Server setup operation completed successfully.';
const failed = "The Exchange Server setup operation didn't complete. More details can be found in ExchangeSetup.log";
const builds = ({ builds: list }: Exposure): unknown => list.map(({ build, proof }) => [build, proof]);
const changes = ({ changes: list }: Exposure): unknown => list.map(({ kind, from, to }) => [kind, from, to]);
const campaign = (exposure: Exposure, id: string): Exposure['campaigns'][number] =>
  exposure.campaigns.find((one) => one.campaign === id)!;
const health = (build: string, ...more: readonly string[]): string =>
  lines(
    'Exchange Health Checker version 3.1.2',
    '',
    'Exchange Information',
    '\tName: MAIL01',
    '\tGeneration Time: 03/16/2021 10:20:30',
    '\tVersion: Exchange 2016 CU18',
    `\tBuild Number: ${build}`,
    ...more,
  );

describe('what carries a build', () => {
  const exSetupTable = lines(
    '[PS] C:\\>Get-Command ExSetup | ForEach-Object {$_.FileVersionInfo}',
    '',
    'ProductVersion   FileVersion      FileName',
    '--------------   -----------      --------',
    '15.01.2106.002   15.01.2106.002   C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\ExSetup.exe',
  );
  const exSetupList = lines(
    'OriginalFilename  : ExSetup.exe',
    'FileDescription   : ExSetup',
    'ProductName       : Microsoft Exchange',
    'CompanyName       : Microsoft Corporation',
    'FileName          : C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\ExSetup.exe',
    'FileVersion       : 15.01.2106.002',
    'ProductVersion    : 15.01.2106.002',
  );
  const query = lines(
    '',
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\ExchangeServer\\v15\\Setup',
    '    MsiInstallPath    REG_SZ    C:\\Program Files\\Microsoft\\Exchange Server\\V15\\',
    '    OwaVersion    REG_SZ    15.1.2106.2',
  );
  const reg = lines(
    'Windows Registry Editor Version 5.00',
    '',
    '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\ExchangeServer\\v15\\Setup]',
    '"OwaVersion"="15.1.2106.2"',
    '"MsiProductMajor"=dword:0000000f',
  );
  const utf16 = new Uint8Array(Buffer.from(`\ufeff${reg}`, 'utf16le'));
  const property = lines('OwaVersion   : 15.1.2106.2', 'PSPath       : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE');
  const cases: readonly (readonly [string, string, string | Uint8Array, string])[] = [
    ['the version of ExSetup.exe, as a table', 'ExSetup.txt', exSetupTable, 'file'],
    ['the version of ExSetup.exe, as a list', 'ExSetup.txt', exSetupList, 'file'],
    ['reg query', 'setup.txt', query, 'file'],
    ['a .reg file', 'setup.reg', reg, 'file'],
    ['a .reg file in UTF-16', 'setup.reg', utf16, 'file'],
    ['Get-ItemProperty', 'setup.txt', property, 'file'],
    ['HealthChecker', 'HealthChecker.txt', health('15.01.2106.002'), 'file'],
    ['a saved answer', 'answer.txt', answer('Sat, 06 Mar 2021 10:00:00', '15.1.2106.2'), 'ran'],
    [
      'a setup that ended well',
      'ExchangeSetup.log',
      setup('03.06.2021 10:00:00 Setup version: 15.1.2106.2.', `03.06.2021 11:00:00 ${completed}`),
      'set_up',
    ],
    [
      'what a setup found',
      'ExchangeSetup.log',
      setup('03.06.2021 10:00:00 The locally installed version is 15.1.2106.2.'),
      'registered',
    ],
  ];
  test.each(cases)('%s', async (_, name, text, proof) => {
    const { exposure } = await assessed({ [name]: text });
    expect(exposure.map(builds)).toEqual([[['15.1.2106.2', proof]]]);
    expect(exposure[0]).toMatchObject({
      builds: [{ name: 'Exchange 2016 CU18' }],
      product: expect.stringContaining('Exchange 2016'),
    });
    expect(campaign(exposure[0]!, 'proxyshell').state).toBe('vulnerable');
    expect(campaign(exposure[0]!, 'proxylogon').state).toBe(proof === 'registered' ? 'unknown' : 'vulnerable');
  });
  test('not what the directory says, nor the head of a log', async () => {
    const directory = lines(
      'Name ServerRole AdminDisplayVersion',
      '---- ---------- -------------------',
      'MAIL01 Mailbox Version 15.1 (Build 2106.2)',
    );
    const head = lines(
      '#Software: Microsoft Exchange Server',
      '#Version: 15.01.2106.002',
      '#Log-type: ECP Server Log',
      '#Date: 2021-03-06T00:00:00.000Z',
      '#Fields: TimeStamp,ServerName,EventId,EventData',
      '2021-03-06T10:00:00.000Z,MAIL01,ECP.Request,"S:TIME=1;S:URL=/ecp/"',
    );
    expect((await assessed({ 'servers.txt': directory, 'ECPServer20210306-1.LOG': head })).exposure).toEqual([]);
  });
  test('another file of that folder is not the build', async () => {
    const other = exSetupList.replaceAll('ExSetup.exe', 'Microsoft.Exchange.Net.dll');
    expect((await assessed({ 'version.txt': other })).exposure).toEqual([]);
  });
});

describe('a setup log', () => {
  const at = '03.06.2021';
  test('an update that failed, and the second try', async () => {
    const { exposure } = await assessed({
      'ExchangeSetup.log': setup(
        `${at} 08:00:00 Setup version: 15.1.2176.2.`,
        `${at} 08:00:10 The locally installed version is 15.1.2106.2.`,
        `${at} 08:40:00 ${failed}`,
        `${at} 09:00:00 Setup version: 15.1.2176.2.`,
        `${at} 10:10:00 ${completed}`,
      ),
    });
    expect(exposure.map(changes)).toEqual([
      [
        ['failed', '15.1.2106.2', '15.1.2176.2'],
        ['cu', '15.1.2106.2', '15.1.2176.2'],
      ],
    ]);
    expect(campaign(exposure[0]!, 'proxylogon')).toMatchObject({ state: 'vulnerable', fixedSinceUtc: null });
  });
  test('a setup that broke off without a word', async () => {
    const { exposure } = await assessed({
      'ExchangeSetup.log': setup(
        `${at} 08:00:00 Setup version: 15.1.2176.2.`,
        `${at} 08:00:10 The locally installed version is 15.1.2106.2.`,
        '03.08.2021 09:00:00 Setup version: 15.1.2176.2.',
        `03.08.2021 10:10:00 ${completed}`,
      ),
    });
    expect(exposure.map(changes)).toEqual([
      [
        ['failed', '15.1.2106.2', '15.1.2176.2'],
        ['cu', '15.1.2106.2', '15.1.2176.2'],
      ],
    ]);
  });
  test('what it put on is closed only when a row or a file shows that it runs', async () => {
    const log = setup(`${at} 08:00:00 Setup version: 15.1.2242.4.`, `${at} 09:00:00 ${completed}`);
    const only = await assessed({ 'ExchangeSetup.log': log });
    expect(campaign(only.exposure[0]!, 'proxylogon')).toMatchObject({ state: 'unknown', fixedSinceUtc: null });
    const ran = await assessed({ 'ExchangeSetup.log': log, 'answer.txt': answer('Sat, 06 Mar 2021 12:00:00', '15.1.2242.4') });
    expect(
      campaign(
        ran.exposure.find(({ host }) => host === 'MAIL01')!,
        'proxylogon',
      ),
    ).toMatchObject({
      state: 'fixed',
      fixedSinceUtc: '2021-03-06T12:00:00.000Z',
    });
  });
});

describe('closed, open again, not known', () => {
  test('an update that was taken off leaves the server open', async () => {
    const { exposure, plan } = await assessed({
      'a.txt': answer('Fri, 05 Mar 2021 10:00:00', '15.1.2176.2'),
      'b.txt': answer('Sat, 06 Mar 2021 10:00:00', '15.1.2176.9'),
      'c.txt': answer('Mon, 08 Mar 2021 10:00:00', '15.1.2176.2'),
    });
    expect(exposure.map(changes)).toEqual([
      [
        ['update', '15.1.2176.2', '15.1.2176.9'],
        ['rollback', '15.1.2176.9', '15.1.2176.2'],
      ],
    ]);
    expect(campaign(exposure[0]!, 'proxylogon')).toMatchObject({
      state: 'vulnerable',
      fixedSinceUtc: null,
      open: [
        { fromUtc: '2021-03-05T10:00:00.000Z', toUtc: '2021-03-05T10:00:00.000Z' },
        { fromUtc: '2021-03-08T10:00:00.000Z', toUtc: '2021-03-08T10:00:00.000Z' },
      ],
    });
    expect(plan.steps.map(({ id }) => id.split('/').slice(0, 2).join('/'))).toContain('renew/update');
  });
  test('the update of March 2021 for an old CU: closed to the campaign, earlier holes not known, but by the list of updates', async () => {
    const hole = (exposure: Exposure): string | undefined => exposure.holes.find(({ cve }) => cve === 'CVE-2020-0688')?.state;
    const bare = await assessed({ 'HealthChecker.txt': health('15.01.1847.012') });
    expect(campaign(bare.exposure[0]!, 'proxylogon').state).toBe('fixed');
    expect(hole(bare.exposure[0]!)).toBe('unknown');
    const listed = await assessed({
      'HealthChecker.txt': health(
        '15.01.1847.012',
        '\tExchange IU or Security Hotfix Detected.',
        '\t\tSecurity Update for Exchange Server 2016 Cumulative Update 14 (KB4536987)',
      ),
    });
    expect(hole(listed.exposure[0]!)).toBe(undefined);
  });
  test('where two sources give the update two numbers, nobody can tell', async () => {
    const { exposure } = await assessed({ 'a.txt': answer('Sat, 06 Mar 2021 10:00:00', '15.1.1415.8') });
    expect(campaign(exposure[0]!, 'proxylogon').state).toBe('unknown');
  });
  test('a mitigation of which a tool tells makes "exposed" unknown, and closes nothing', async () => {
    const run = lines(
      '2021-03-16 10:20:30 Info: Starting EOMT.ps1 version 21.03.16.1057 on MAIL01',
      '2021-03-16 10:20:40 Info: Mitigation complete on MAIL01 :: Default Web Site',
    );
    const { exposure } = await assessed({ 'EOMT.log': run, 'a.txt': answer('Sat, 06 Mar 2021 10:00:00', '15.1.2106.2') });
    expect(exposure[0]!.mitigations).toEqual([
      { id: 'backend-cookie', state: 'applied', cves: ['CVE-2021-26855'], source: 'eomt' },
    ]);
    expect(campaign(exposure[0]!, 'proxylogon')).toMatchObject({ state: 'vulnerable', exposed: 'unknown' });
  });
  test('a CU that came after a mitigation took it away; one that may have come before did not', async () => {
    const run = (day: string): string => lines(`${day} 10:20:40 Info: Mitigation complete on MAIL01 :: Default Web Site`);
    const states = async (day: string): Promise<unknown> => {
      const { exposure } = await assessed({
        'EOMT.log': run(day),
        'a.txt': answer('Thu, 18 Mar 2021 10:00:00', '15.1.2106.2'),
        'b.txt': answer('Mon, 22 Mar 2021 10:00:00', '15.1.2176.2'),
      });
      return exposure[0]!.mitigations.map(({ id, state }) => [id, state]);
    };
    expect(await states('2021-03-16')).toEqual([['backend-cookie', 'removed']]);
    expect(await states('2021-03-20')).toEqual([['backend-cookie', 'applied']]);
  });
});

test('an open hole stands in the terminal and among the reasons, and proves nothing', async () => {
  const assessment = await assessed({ 'HealthChecker.txt': health('15.01.2106.002') });
  const { verdict, exposure } = assessment;
  expect([verdict.answer, verdict.entered, verdict.stage]).toEqual(['cannot_tell', 'cannot_tell', 'none']);
  expect(exposure[0]!.fix).toMatchObject({ build: '15.1.2375.37', sameCu: false });
  expect(verdict.reasons.map(({ text }) => text)).toEqual([exposure[0]!.says]);
  const screen = renderTerminal(assessment, {
    nowMs: Date.parse('2021-03-17T00:00:00Z'),
    timeZone: 'UTC',
    lang: 'en',
    width: 80,
    color: false,
    caseFolder: '/case',
    reportPath: '/case/report.html',
  });
  expect(screen).toMatch(/^Open hole {5}MAIL01 was last seen with Exchange 2016 CU18 \(build 15\.1\.2106\.2\),$/m);
  expect(screen.split('\n').length).toBeLessThanOrEqual(30);
});

test('a campaign that began after the evidence ends is no open hole of that time', async () => {
  const { exposure } = await assessed({ 'a.txt': answer('Sat, 06 Mar 2021 10:00:00', '15.1.2176.9') });
  expect(campaign(exposure[0]!, 'proxyshell').state).toBe('vulnerable');
  expect(exposure[0]!.says).toBe(null);
});
