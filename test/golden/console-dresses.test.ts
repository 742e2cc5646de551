/** What administrators copy from a console, alone and among words: the answer is that of the thing, never that of its dress. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessFolder } from '../support/assess-folder.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-console-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n`;
const page = '\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\q7wz0kpt.aspx';
const objs = (inner: string): string =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${inner}</Objs>`;

type Pasted = readonly [name: string, text: string, answer: string, stage: string, rules: readonly string[]];

const exported: readonly Pasted[] = [
  ['a list', lines('Name     : Export', `FilePath : ${page}`, 'Mailbox  : Anna', 'Status   : Completed')],
  [
    'a table',
    lines(
      'FilePath                                                    Mailbox Status   ',
      '--------                                                    ------- ------   ',
      `${page}   Anna    Completed`,
      '',
    ),
  ],
  ['a CSV', lines('#TYPE Microsoft.Exchange.X', '"FilePath","Mailbox","Status"', `"${page}","Anna","Completed"`)],
  ['CLIXML', objs(`<Obj><Props><S N="FilePath">${page}</S><S N="Mailbox">Anna</S><S N="Status">Completed</S></Props></Obj>`)],
].flatMap(([dress, text]): Pasted[] => [
  [`an export to a page as ${dress}`, text!, 'confirmed', 'implanted', ['web-shell/export-page']],
  [
    `an export to a page as ${dress}, among words`,
    `Hello,\r\nis this normal?\r\n\r\n${text!}\r\nThank you.\r\n`,
    'confirmed',
    'implanted',
    ['web-shell/export-page'],
  ],
]);

const others: readonly Pasted[] = [
  [
    'a table of virtual directories with a script, cut off',
    lines(
      'Name                   Server ExternalUrl',
      '----                   ------ -----------',
      'OAB (Default Web Site) MAIL01 http://f/<b title="la...',
      '',
    ),
    'confirmed',
    'implanted',
    ['proxylogon/config-script'],
  ],
  [
    'several lists in one file',
    lines(
      'Identity              : Malware Agent',
      'Enabled               : True',
      'Priority              : 5',
      'TransportAgentFactory : X.Factory',
      'AssemblyPath          : C:\\ProgramData\\x\\x.dll',
      '',
      'Server      : MAIL01',
      'InternalUrl : https://mail01.haven.example/OAB',
      'ExternalUrl : http://f/<b>x</b>',
    ),
    'confirmed',
    'implanted',
    ['proxylogon/config-script', 'web-shell/agent-odd-folder'],
  ],
  [
    'a folder as Get-ChildItem shows it, between log rows',
    lines(
      '    Directory: C:\\inetpub\\wwwroot\\aspnet_client',
      '',
      'Mode                LastWriteTime         Length Name',
      '----                -------------         ------ ----',
      '-a----        3/22/2021   5:31 AM           2048 supp0rt.aspx',
      '',
      '2021-03-03 05:31:40 10.10.0.20 GET /aspnet_client/x.aspx - 443 - 203.0.113.77 curl/7.1 - 404 0 0 15',
    ),
    'suspected',
    'implanted',
    ['web-shell/page-asked', 'web-shell/page-listed'],
  ],
  [
    'a program that the web server called by way of a shell',
    lines('C:\\Windows\\System32\\inetsrv\\w3wp.exe → cmd.exe → whoami.exe /all'),
    'confirmed',
    'operated',
    ['web-shell/web-child-order'],
  ],
  [
    'processes as wmic gives them',
    lines(
      'CommandLine                          Name        ParentProcessId  ProcessId  ',
      'c:\\windows\\system32\\inetsrv\\w3wp.exe  w3wp.exe    600              4711       ',
      'cmd.exe /c whoami                    cmd.exe     4711             4712       ',
    ),
    'confirmed',
    'operated',
    ['web-shell/web-child-order'],
  ],
  [
    'rows of an EDR portal',
    lines(
      'Timestamp,DeviceName,FileName,ProcessCommandLine,InitiatingProcessFileName',
      '2021-03-03T05:31:20Z,mail01.haven.example,powershell.exe,"powershell.exe -nop -c ""x""",w3wp.exe',
    ),
    'confirmed',
    'operated',
    ['web-shell/web-child-order'],
  ],
  [
    'an event that the Event Viewer copied, in a letter',
    lines(
      'Is this bad?',
      '',
      'Log Name:      Security',
      'Source:        Microsoft-Windows-Security-Auditing',
      'Date:          3/22/2021 5:31:20 AM',
      'Event ID:      4688',
      'Computer:      mail01.haven.example',
      'Description:',
      'A new process has been created.',
      '',
      'Process Information:',
      '\tNew Process Name:\tC:\\Windows\\System32\\cmd.exe',
      '\tCreator Process Name:\tC:\\Windows\\System32\\inetsrv\\w3wp.exe',
      '',
      '2021-03-03 05:31:40 10.10.0.20 GET /aspnet_client/x.aspx - 443 - 203.0.113.77 curl/7.1 - 404 0 0 15',
    ),
    'confirmed',
    'operated',
    ['web-shell/event-child-order', 'web-shell/page-asked'],
  ],
  [
    'what Unified Messaging wrote, after settings',
    lines(
      'Server      : MAIL01',
      'InternalUrl : https://mail01.haven.example/OAB',
      '',
      'TimeCreated  : 2021-03-03T05:31:20Z',
      'ProviderName : MSExchange Unified Messaging',
      'Id           : 1432',
      'Message      : The service failed.',
      '               System.InvalidCastException: Unable to cast object.',
    ),
    'attempted',
    'attempted',
    ['proxylogon/event-um-cast'],
  ],
  [
    'the answer of a page as it was saved',
    lines(
      'I called the page myself:',
      'GET /aspnet_client/supp0rt.aspx HTTP/1.1',
      'Host: mail.haven.example',
      '',
      'HTTP/1.1 200 OK',
      'X-FEServer: MAIL01',
      'Content-Type: text/html',
      '',
      'Name                            : OAB (Default Web Site)',
      'PollInterval                    : 480',
      'OfflineAddressBooks             :',
      'InternalUrl                     : https://mail01.haven.example/OAB',
      'ExternalUrl                     : http://f/',
    ),
    'suspected',
    'implanted',
    ['proxylogon/response-config-dump'],
  ],
];

const healthy: readonly Pasted[] = [
  [
    'directories, agents, exports, roles',
    lines(
      'Server      : MAIL01',
      'Name        : OAB (Default Web Site)',
      'InternalUrl : https://mail01.haven.example/OAB',
      'ExternalUrl : https://mail.haven.example/OAB',
      '',
      'Identity                                           Enabled         Priority',
      '--------                                           -------         --------',
      'Transport Rule Agent                               True            1',
      'DLP Policy Agent                                   True            2',
      '',
      'Name          Mailbox                 Status',
      '----          -------                 ------',
      'MailboxExport haven.example/Users/Anna Completed',
      '',
      'Name                                 Role                  RoleAssigneeName        RoleAssigneeType',
      '----                                 ----                  ----------------        ----------------',
      'Mailbox Import Export-Organization … Mailbox Import Export Organization Management RoleGroup',
      '',
      'FilePath : \\\\FS01\\pst\\anna.pst',
      'Mailbox  : haven.example/Users/Anna',
      'Status   : Completed',
    ),
    'cannot_tell',
    'none',
    [],
  ],
  [
    'processes',
    lines(
      'Image Name                     PID Session Name        Session#    Mem Usage',
      '========================= ======== ================ =========== ============',
      'System Idle Process              0 Services                   0          8 K',
      'w3wp.exe                      4711 Services                   0    123,456 K',
      'csc.exe                       4712 Services                   0     12,456 K',
      'cmd.exe                       4713 Console                    1      3,456 K',
    ),
    'cannot_tell',
    'none',
    [],
  ],
  [
    'events',
    lines(
      'Event[0]:',
      '  Log Name: Application',
      '  Source: MSExchange Unified Messaging',
      '  Date: 2021-03-03T05:31:20Z',
      '  Event ID: 1000',
      '  Computer: mail01.haven.example',
      '  Description: ',
      'The service was started.',
      '',
      'Event[1]:',
      '  Log Name: Security',
      '  Source: Microsoft-Windows-Security-Auditing',
      '  Date: 2021-03-03T05:31:21Z',
      '  Event ID: 4688',
      '  Computer: mail01.haven.example',
      '  Description: ',
      'A new process has been created.',
      '\tNew Process Name:\tC:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe',
      '\tCreator Process Name:\tC:\\Windows\\System32\\inetsrv\\w3wp.exe',
    ),
    'cannot_tell',
    'none',
    [],
  ],
  [
    'an answer of the logon page',
    lines('HTTP/1.1 200 OK', 'X-OWA-Version: 15.1.2176.9', 'X-FEServer: MAIL01', '', '<!DOCTYPE HTML>', '<html>'),
    'cannot_tell',
    'none',
    [],
  ],
  [
    'the audit log of administrators',
    objs(
      '<Obj><Props><S N="CmdletName">New-MailboxExportRequest</S><S N="Caller">Anna</S><Obj N="CmdletParameters"><LST><Obj><Props><S N="Name">FilePath</S><S N="Value">\\\\FS01\\pst\\anna.pst</S></Props></Obj></LST></Obj><S N="Succeeded">True</S></Props></Obj>',
    ),
    'cannot_tell',
    'none',
    [],
  ],
];

test.each([...exported, ...others, ...healthy])('%s', async (name, text, answer, stage, rules) => {
  const file = path.join(folder, `${name.replaceAll(/[^a-z]+/gi, '-')}.txt`);
  fs.writeFileSync(file, text);
  const { verdict, findings, problems } = await assessFolder(file);
  expect({
    answer: verdict.answer,
    stage: verdict.stage,
    rules: findings.map(({ rule }) => rule).sort(),
  }).toEqual({ answer, stage, rules: [...rules].sort() });
  // Nothing in these is odd but what a console cuts off, a log row without its header, and words beside what is read.
  const odd = ['cell.cut', 'row.no_header', 'text.note'];
  expect(problems.map(({ code }) => code).filter((code) => !odd.includes(code))).toEqual([]);
});

test('the servers that an organisation names and that are not here are absent', async () => {
  const at = path.join(folder, 'organisation');
  fs.mkdirSync(at);
  const header = lines(
    'Name   Site           ServerRole Edition  AdminDisplayVersion',
    '----   ----           ---------- -------  -------------------',
  );
  const row = (name: string, role: string): string =>
    `${name.padEnd(6)} haven.example  ${role.padEnd(10)} Standard Version 15.1 (Build 2176.2)\r\n`;
  fs.writeFileSync(
    path.join(at, 'servers.txt'),
    header + row('MAIL01', 'Mailbox') + row('MAIL02', 'Mailbox') + row('EDGE01', 'Edge'),
  );
  fs.writeFileSync(path.join(at, 'oab.txt'), lines('Server : MAIL01', 'ExternalUrl : https://mail.haven.example/OAB'));
  const { organisation, exposure } = await assessFolder(at);
  expect(organisation).toMatchObject({ hosts: ['MAIL01'], absentHosts: ['MAIL02'] });
  // What a directory says of a version is no patch level.
  expect(exposure).toEqual([]);
});

test('a file of a listing belongs to whoever used the page that it is', async () => {
  const at = path.join(folder, 'used');
  fs.mkdirSync(at);
  fs.writeFileSync(
    path.join(at, 'dir.txt'),
    lines(
      ' Directory of C:\\inetpub\\wwwroot\\aspnet_client',
      '',
      '22/03/2021  05:31             2.048 q7wz0kpt.aspx',
      '22/03/2021  05:31             2.048 another.aspx',
    ),
  );
  const row = (second: string, taken: number): string =>
    `2021-03-03 05:31:${second} 10.10.0.20 POST /aspnet_client/q7wz0kpt.aspx - 443 - 203.0.113.77 curl/7.1 - 200 0 0 ${taken}`;
  fs.writeFileSync(path.join(at, 'rows.txt'), lines(row('10', 15), row('20', 715)));
  const { intrusions, verdict } = await assessFolder(at);
  const intruder = intrusions.find(({ stage }) => stage === 'operated')!;
  expect(intruder.observables).toContainEqual({ kind: 'address', value: '203.0.113.77', standing: 'direct' });
  expect(intruder.findings.length).toBeGreaterThan(1);
  // The other file is a find of its own.
  expect(intrusions.length).toBe(2);
  expect(verdict.presence.waysBack.filter(({ kind }) => kind === 'file').map(({ what, state }) => [what, state])).toEqual([
    ['/aspnet_client/another.aspx', 'open'],
    ['/aspnet_client/q7wz0kpt.aspx', 'open'],
  ]);
});
