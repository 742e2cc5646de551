/** What scanners print: threats, files, what was done with them. Names of threats are words here; no page text stands in this file. */
import { describe, expect, test } from 'vitest';
import { utf16 } from '../../test/support/memory.ts';
import { fieldsOf, scanText, type Seen, told } from '../../test/support/scan.ts';
import { actionOf, resourceOf } from './antivirus-record.ts';
import { defenderEvents } from './defender-events.ts';
import { defenderList } from './defender-list.ts';
import { loki } from './loki.ts';
import { msert } from './msert.ts';

const short = (seen: Seen): string[] =>
  fieldsOf(seen).map(({ Kind, Threat, Path, Action }) => [Kind, Threat ?? '', Path ?? '', Action ?? ''].join(' | '));

const log = [
  '',
  '---------------------------------------------------------------------------------------',
  'Microsoft Safety Scanner v1.333, (build 1.333.600.0)',
  'Started On Wed Mar 10 09:12:00 2021',
  '',
  'Engine: 1.1.17900.7',
  'Signatures: 1.333.600.0',
  'Run Mode: Scan Run in Quiet Mode',
  '',
  'Quick Scan Results:',
  '-------------------',
  'Threat Detected: Backdoor:ASP/Chopper.F!dha and Removed!',
  '  Action: Remove, Result: 0x00000000',
  '    file://C:\\inetpub\\wwwroot\\aspnet_client\\supp0rt.aspx',
  '        SigSeq: 0x00002178F6DB5B40',
  '    containerfile://C:\\inetpub\\wwwroot\\aspnet_client\\a b.zip',
  'Threat Detected: Virus:DOS/EICAR_Test_File, not removed.',
  '    Action: NoAction, Result: 0x00000000',
  '        file://C:\\Windows\\eicar.com',
  'Threat Detected: Trojan:Win32/Example.A, partially removed.',
  '    Action: Remove, Result: 0x80070020',
  '        file://C:\\Windows\\Temp\\x.exe',
  'Threat Detected: Behavior:Win32/Example.A and Removed!',
  '    Action: Remove, Result: 0x00000000',
  '        process://pid:1270,ProcessStart:132000000000000000',
  '',
  'Results Summary:',
  '----------------',
  'Found Backdoor:ASP/Chopper.F!dha and Removed!',
  'Found Virus:DOS/EICAR_Test_File, not removed.',
  'Successfully Submitted Heartbeat Report',
  'Microsoft Safety Scanner Finished On Wed Mar 10 09:15:30 2021',
  '',
  '',
  'Return code: 6 (0x6)',
  '',
].join('\r\n');

describe('msert.log', () => {
  test('one record for each file, by what was done with it', () => {
    const seen = scanText(msert, log);
    expect(short(seen)).toEqual([
      'started |  |  | ',
      'detection | Backdoor:ASP/Chopper.F!dha | C:\\inetpub\\wwwroot\\aspnet_client\\supp0rt.aspx | removed',
      'detection | Backdoor:ASP/Chopper.F!dha | C:\\inetpub\\wwwroot\\aspnet_client\\a b.zip | removed',
      'detection | Virus:DOS/EICAR_Test_File | C:\\Windows\\eicar.com | none',
      'detection | Trojan:Win32/Example.A | C:\\Windows\\Temp\\x.exe | failed',
      'detection | Behavior:Win32/Example.A |  | removed',
      'ended |  |  | ',
    ]);
    expect([seen.count, told(seen)]).toEqual([7, []]);
    expect(seen.rows.map(({ time }) => time).every((time) => time === null)).toBe(true);
    expect(fieldsOf(seen)[1]).toMatchObject({ Tool: 'MSERT', Seen: '2021-03-10T09:12:00' });
    expect(msert.recognise(log, '')).toBe(0.95);
  });
  test('as PowerShell redirects it', () => {
    expect(short(scanText(msert, utf16(log)))).toEqual(short(scanText(msert, log)));
  });
  test('nothing found', () => {
    const clean = log
      .replace(
        /Quick Scan Results[^]*Successfully/,
        'Results Summary:\r\n----------------\r\nNo infection found.\r\nSuccessfully',
      )
      .replace('Return code: 6 (0x6)', 'Return code: 0 (0x0)');
    const seen = scanText(msert, clean);
    expect(short(seen)).toEqual(['started |  |  | ', 'clean |  |  | ', 'ended |  |  | ']);
    expect(told(seen)).toEqual([]);
  });
  test.each([
    ['a scan without an end', log.slice(0, log.indexOf('Results Summary')), 'MSERT: the scan of 2021-03-10T09:12:00 has no end'],
    ['an error of Windows', log.replace('6 (0x6)', '-2147024894 (0x80070002)'), 'MSERT ended with 0x80070002'],
  ])('%s is no scan', (_name, text, found) => {
    expect(scanText(msert, text).problems.map((problem) => [problem.code, problem.found])).toEqual([['tool.skipped', found]]);
  });
  test('two scans in one log, the first torn', () => {
    const seen = scanText(msert, `${log.slice(0, log.indexOf('Quick Scan'))}${log}`);
    expect(seen.problems.map(({ code, count }) => [code, count])).toEqual([['tool.skipped', 1]]);
    expect(seen.count).toBe(8);
  });
  test('the summary alone, as people paste it', () => {
    const line = 'Found Exploit:Script/Exmann.A!dha and Removed!';
    expect([msert.claims(line, false), msert.claims('Found a log and removed it: no', false)]).toEqual([2, 0]);
    expect(short(scanText(msert, `${line}\n`))).toEqual(['detection | Exploit:Script/Exmann.A!dha |  | removed']);
  });
  test('the removal tool', () => {
    const mrt = log.replaceAll('Microsoft Safety Scanner', 'Microsoft Windows Malicious Software Removal Tool');
    expect(fieldsOf(scanText(msert, mrt))[1]).toMatchObject({ Tool: 'MSRT', Action: 'removed' });
  });
});

const event = (id: string, rest: string): string =>
  [
    'Log Name:      Microsoft-Windows-Windows Defender/Operational',
    'Source:        Microsoft-Windows-Windows Defender',
    'Date:          3/22/2021 9:12:04 AM',
    `Event ID:      ${id}`,
    'Level:         Information',
    'Computer:      MAIL01.haven.example',
    'Description:',
    'Windows Defender Antivirus has taken action to protect this machine from malware or other potentially unwanted software.',
    ' For more information please see the following:',
    'https://go.microsoft.com/fwlink/?linkid=37020&name=x&threatid=2147&enterprise=0',
    ' \tName: Backdoor:ASP/Chopper.F!dha',
    ' \tID: 2147519003',
    ' \tCategory: Backdoor',
    rest,
    '',
  ].join('\r\n');

describe('Defender events as text', () => {
  const removed = event(
    '1117',
    ' \tPath: file:_C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx; webfile:_C:\\b.aspx|http://192.0.2.1/b|pid:4,ProcessStart:1\r\n \tProcess Name: C:\\Windows\\System32\\inetsrv\\w3wp.exe\r\n \tAction: Quarantine\r\n \tError Code: 0x00000000',
  );
  test('event viewer: files, action, server, process', () => {
    const seen = scanText(defenderEvents, removed);
    expect(short(seen)).toEqual([
      'detection | Backdoor:ASP/Chopper.F!dha | C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx | quarantined',
      'detection | Backdoor:ASP/Chopper.F!dha | C:\\b.aspx | quarantined',
    ]);
    expect(fieldsOf(seen)[0]).toMatchObject({
      Server: 'MAIL01.haven.example',
      Seen: '2021-03-22T09:12:04',
      Process: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
      Result: 'event 1117 Quarantine 0x00000000',
    });
    expect([seen.count, told(seen)]).toEqual([2, []]);
    expect(defenderEvents.recognise(removed, '')).toBe(0.92);
  });
  test('German words, two events', () => {
    const german = [
      'TimeCreated  : 10.03.2021 09:12:04',
      'ProviderName : Microsoft-Windows-Windows Defender',
      'Id           : 1116',
      'Message      : Windows Defender Antivirus hat Schadsoftware oder andere potenziell unerwünschte Software erkannt.',
      '               Name: Backdoor:ASP/Chopper.F!dha',
      '               Pfad: file:_C:\\inetpub\\wwwroot\\ä.aspx',
      '',
      'TimeCreated  : 10.03.2021 09:12:09',
      'ProviderName : Microsoft-Windows-Windows Defender',
      'Id           : 1118',
      'Message      : Bei Windows Defender Antivirus ist ein Fehler aufgetreten.',
      '               Name: Backdoor:ASP/Chopper.F!dha',
      '               Pfad: file:_C:\\inetpub\\wwwroot\\ä.aspx',
      '               Aktion: Entfernen',
      '               Fehlercode: 0x80508023',
      '',
    ].join('\n');
    const seen = scanText(defenderEvents, german);
    expect(short(seen)).toEqual([
      'detection | Backdoor:ASP/Chopper.F!dha | C:\\inetpub\\wwwroot\\ä.aspx | ',
      'detection | Backdoor:ASP/Chopper.F!dha | C:\\inetpub\\wwwroot\\ä.aspx | failed',
    ]);
    expect(fieldsOf(seen)[0]!.Seen).toBe('2021-03-10T09:12:04');
  });
  test('a request that AMSI showed it names no file', () => {
    const text = event('1116', ' \tPath: amsi:_\\Device\\HarddiskVolume2\\Windows\\System32\\inetsrv\\w3wp.exe');
    expect(short(scanText(defenderEvents, text))[0]).toContain('| amsi:_\\Device');
  });
  test('events of other providers are left to other readers', () => {
    for (const line of ['Log Name:      Security', 'TimeCreated  : 10.03.2021 09:12:04', 'Process Name: C:\\x.exe'])
      expect(defenderEvents.claims(line, false)).toBe(0);
    expect(defenderEvents.claims('Log Name:      Security', true)).toBe(0);
    expect(defenderEvents.claims('ProviderName : Microsoft-Windows-Security-Auditing', true)).toBe(0);
    expect(defenderEvents.claims('ProviderName : Microsoft-Windows-Windows Defender', false)).toBe(1);
  });
  test('a date that can be two days is none', () => {
    const seen = scanText(defenderEvents, removed.replace('3/22/2021 9:12:04 AM', '03/04/2021 09:12:04'));
    expect(seen.problems.map(({ code, found }) => [code, found])).toEqual([
      ['row.time_ambiguous', '03/04/2021 09:12:04: 2021-04-03T09:12:04 or 2021-03-04T09:12:04'],
    ]);
    expect(fieldsOf(seen)[0]).not.toHaveProperty('Seen');
  });
});

describe('Get-MpThreatDetection and Get-MpThreat', () => {
  const text = [
    'ActionSuccess                  : True',
    'CleaningActionID               : 3',
    'InitialDetectionTime           : 10.03.2021 09:12:04',
    'ProcessName                    : Unknown',
    'Resources                      : {file:_C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx, file:_C:\\inetpub\\wwwroot\\aspn',
    '                                 et_client\\y.aspx...}',
    'ThreatID                       : 2147519003',
    '',
    'ActionSuccess                  : False',
    'CleaningActionID               : 2',
    'InitialDetectionTime           : 11.03.2021 09:12:04',
    'Resources                      : {file:_C:\\z.aspx}',
    'ThreatID                       : 5',
    '',
    'IsActive   : False',
    'Resources  : {file:_C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx}',
    'ThreatID   : 2147519003',
    'ThreatName : Backdoor:ASP/Chopper.F!dha',
    '',
  ].join('\r\n');
  test('joined by the number of the threat', () => {
    const seen = scanText(defenderList, text);
    expect(short(seen)).toEqual([
      'detection | Backdoor:ASP/Chopper.F!dha | C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx | removed',
      'detection | Backdoor:ASP/Chopper.F!dha | C:\\inetpub\\wwwroot\\aspnet_client\\y.aspx... | removed',
      'detection | threat 5 | C:\\z.aspx | failed',
    ]);
    expect(told(seen)).toEqual(['row.cut_off@0×1']);
    expect(defenderList.recognise(text, '')).toBe(0.92);
  });
  test('names alone', () => {
    const names = text.slice(text.indexOf('IsActive'));
    expect(short(scanText(defenderList, names))).toEqual([
      'detection | Backdoor:ASP/Chopper.F!dha | C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx | ',
    ]);
  });
});

describe('Loki and THOR', () => {
  const file =
    'FILE: C:\\inetpub\\wwwroot\\aspnet_client\\a b.aspx SCORE: 160 TYPE: UNKNOWN SIZE: 20 MD5: aa SHA1: bb SHA256: cc CREATED: Tue Mar  9 10:00:00 2021 REASON_1: Yara Rule MATCH: WEBSHELL_one SUBSCORE: 80 DESCRIPTION: d REASON_2: Yara Rule MATCH: WEBSHELL_two SUBSCORE: 80';
  test('text, CSV, levels', () => {
    const text = [
      `20210310T10:25:34Z MAIL01 LOKI: Info: MODULE: Init MESSAGE: Starting`,
      `20210310T10:25:35Z MAIL01 LOKI: Alert: MODULE: FileScan MESSAGE: ${file}`,
      `20210310T10:25:36Z,MAIL01,WARNING,FileScan,${file}`,
      `Mar 10 10:25:37 MAIL01/192.0.2.5 THOR: Alert: MODULE: Filescan MESSAGE: Malware file found FILE: C:\\inetpub\\wwwroot\\x.aspx EXT: .aspx SCORE: 90 REASON_1: YARA rule WEBSHELL_three / d`,
      `20210310T10:26:00Z MAIL01 LOKI: Result: MODULE: Results MESSAGE: SYSTEM SEEMS TO BE CLEAN.`,
      '',
    ].join('\n');
    const seen = scanText(loki, text);
    expect(short(seen)).toEqual([
      'detection | WEBSHELL_one WEBSHELL_two | C:\\inetpub\\wwwroot\\aspnet_client\\a b.aspx | none',
      'detection | WEBSHELL_one WEBSHELL_two | C:\\inetpub\\wwwroot\\aspnet_client\\a b.aspx | none',
      'detection | WEBSHELL_three | C:\\inetpub\\wwwroot\\x.aspx | none',
      'clean |  |  | ',
    ]);
    expect(fieldsOf(seen)[0]).toMatchObject({
      Tool: 'Loki',
      Server: 'MAIL01',
      Seen: '2021-03-10T10:25:35Z',
      Hash: 'cc',
      Result: 'alert, score 160',
    });
    expect(fieldsOf(seen)[2]).toMatchObject({ Tool: 'THOR', Server: 'MAIL01' });
    expect(told(seen)).toEqual([]);
    expect(loki.recognise(text, '')).toBe(0.92);
  });
});

test.each([
  ['Quarantine', 'quarantined'],
  ['Remove', 'removed'],
  ['NoAction', 'none'],
  ['not removed.', 'none'],
  ['Entfernen', 'removed'],
  ['Isolieren', ''],
  ['Bereinigen', 'cleaned'],
  ['Blockieren', 'blocked'],
  ['Supprimer', 'removed'],
  ['', ''],
])('action %s', (words, wanted) => {
  expect(actionOf(words)).toBe(wanted);
});

test.each([
  ['file:_C:\\x', 'file', 'C:\\x'],
  ['webfile:_C:\\x|http://a|pid', 'webfile', 'C:\\x'],
  ['C:\\x', '', 'C:\\x'],
])('resource %s', (text, scheme, path) => {
  expect(resourceOf(text)).toEqual({ scheme, path });
});
