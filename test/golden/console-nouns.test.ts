/** Each thing that an administrator can have printed, in each dress: it is known for what it is, and its rule finds it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessFolder } from '../support/assess-folder.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-nouns-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

type Thing = Readonly<Record<string, string>>;
const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const dresses: readonly (readonly [name: string, file: string, dress: (all: readonly Thing[]) => string | Buffer])[] = [
  [
    'list',
    'x.txt',
    (all) =>
      `\r\n${all
        .map((one) =>
          Object.entries(one)
            .map(([name, value]) => `${name.padEnd(32)}: ${value}`)
            .join('\r\n'),
        )
        .join('\r\n\r\n')}\r\n\r\n`,
  ],
  [
    'CSV',
    'x.csv',
    (all) => {
      const names = Object.keys(all[0]!);
      const row = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
      return [row(names), ...all.map((one) => row(names.map((name) => one[name] ?? ''))), ''].join('\r\n');
    },
  ],
  [
    'CLIXML',
    'x.xml',
    (all) =>
      `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${all
        .map(
          (one) =>
            `<Obj RefId="0"><Props>${Object.entries(one)
              .map(([name, value]) => `<S N="${name}">${xml(value)}</S>`)
              .join('')}</Props></Obj>`,
        )
        .join('')}</Objs>`,
  ],
  // As it is written to a file: UTF-16 with a mark, values with their types, lists as lists, nothing where there is nothing.
  [
    'CLIXML of a file',
    'x.xml',
    (all) => {
      const typed = (name: string, value: string): string => {
        if (value === '') return `<Nil N="${name}" />`;
        if (value === 'True' || value === 'False') return `<B N="${name}">${value.toLowerCase()}</B>`;
        if (/^\d+$/.test(value)) return `<I32 N="${name}">${value}</I32>`;
        const list = /^\{(.*)\}$/.exec(value)?.[1];
        if (list === undefined) return `<S N="${name}">${xml(value)}</S>`;
        const items = list.split(', ').map((one) => `<S>${xml(one)}</S>`);
        return `<Obj N="${name}" RefId="9"><TNRef RefId="0" /><LST>${items.join('')}</LST></Obj>`;
      };
      const objects = all.map(
        (one) =>
          `  <Obj RefId="0">\r\n    <TN RefId="0"><T>Deserialized.Microsoft.Exchange.X</T><T>System.Object</T></TN>\r\n    <ToString>x</ToString>\r\n    <Props>\r\n${Object.entries(
            one,
          )
            .map(([name, value]) => `      ${typed(name, value)}\r\n`)
            .join('')}    </Props>\r\n  </Obj>\r\n`,
      );
      const text = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\r\n${objects.join('')}</Objs>`;
      return Buffer.from(`\uFEFF${text}`, 'utf16le');
    },
  ],
];

/** One that is odd and one that is not; of both the rule finds one. */
const things: readonly (readonly [cmdlet: string, rule: string | null, all: readonly [Thing, Thing]])[] = [
  [
    'Get-OabVirtualDirectory',
    'proxylogon/config-script',
    [
      {
        Server: 'MAIL01',
        InternalUrl: 'https://mail01.haven.example/OAB',
        ExternalUrl: 'http://f/<b>x</b>',
        Identity: 'MAIL01\\OAB (Default Web Site)',
      },
      {
        Server: 'MAIL01',
        InternalUrl: 'https://mail01.haven.example/OAB',
        ExternalUrl: 'https://mail.haven.example/OAB',
        Identity: 'MAIL01\\OAB (b)',
      },
    ],
  ],
  [
    'Get-TransportAgent',
    'web-shell/agent-odd-folder',
    [
      {
        Identity: 'Helper',
        Enabled: 'True',
        Priority: '9',
        TransportAgentFactory: 'H.Factory',
        AssemblyPath: 'C:\\ProgramData\\h\\h.dll',
      },
      {
        Identity: 'CodeTwo Exchange Rules Agent',
        Enabled: 'True',
        Priority: '8',
        TransportAgentFactory: 'C.Factory',
        AssemblyPath: 'C:\\Program Files\\CodeTwo\\CodeTwo Exchange Rules\\Agent.dll',
      },
    ],
  ],
  [
    'Get-ExchangeServer',
    null,
    [
      { Name: 'MAIL01', ServerRole: 'Mailbox', Edition: 'Standard', AdminDisplayVersion: 'Version 15.1 (Build 2106.2)' },
      { Name: 'MAIL02', ServerRole: 'Mailbox', Edition: 'Standard', AdminDisplayVersion: 'Version 15.1 (Build 2106.2)' },
    ],
  ],
  [
    'Get-InboxRule',
    'post-exploitation/state-inbox-rule',
    [
      {
        Name: '.',
        Enabled: 'True',
        RuleIdentity: '1',
        MailboxOwnerId: 'haven.example/Users/Dubois',
        ForwardTo: '"x" [SMTP:x@evil.test]',
        DeleteMessage: 'True',
      },
      {
        Name: 'News',
        Enabled: 'True',
        RuleIdentity: '2',
        MailboxOwnerId: 'haven.example/Users/Dubois',
        ForwardTo: '',
        DeleteMessage: 'False',
      },
    ],
  ],
  [
    'Get-TransportRule',
    'post-exploitation/state-transport-rule',
    [
      { Name: 'x', State: 'Enabled', Mode: 'Enforce', Priority: '0', BlindCopyTo: '{x@evil.test}' },
      { Name: 'Disclaimer', State: 'Enabled', Mode: 'Enforce', Priority: '1', BlindCopyTo: '' },
    ],
  ],
  [
    'Get-Mailbox',
    'post-exploitation/state-forwarding',
    [
      {
        Name: 'Dubois',
        PrimarySmtpAddress: 'e.dubois@haven.example',
        ForwardingSmtpAddress: 'smtp:x@evil.test',
        DeliverToMailboxAndForward: 'False',
      },
      { Name: 'Anna', PrimarySmtpAddress: 'anna@haven.example', ForwardingSmtpAddress: '', DeliverToMailboxAndForward: 'False' },
    ],
  ],
  [
    'Get-MailboxPermission',
    'post-exploitation/state-open-mailbox',
    [
      {
        Identity: 'haven.example/Users/Chef',
        User: 'Everyone',
        AccessRights: '{FullAccess}',
        IsInherited: 'False',
        Deny: 'False',
      },
      {
        Identity: 'haven.example/Users/Chef',
        User: 'HAVEN\\anna',
        AccessRights: '{FullAccess}',
        IsInherited: 'False',
        Deny: 'False',
      },
    ],
  ],
  [
    'Get-MailboxFolderPermission',
    'post-exploitation/state-open-folder',
    [
      { Identity: 'chef:\\Inbox', FolderName: 'Inbox', User: 'Anonymous', AccessRights: '{Owner}' },
      { Identity: 'chef:\\Inbox', FolderName: 'Inbox', User: 'Anna', AccessRights: '{Reviewer}' },
    ],
  ],
  [
    'Get-ADPermission',
    'post-exploitation/state-directory-right',
    [
      {
        Identity: 'DB1',
        User: 'HAVEN\\svc.x',
        ExtendedRights: '{ms-Exch-EPI-May-Impersonate}',
        IsInherited: 'False',
        Deny: 'False',
      },
      {
        Identity: 'DB1',
        User: 'HAVEN\\Exchange Servers',
        ExtendedRights: '{ms-Exch-EPI-May-Impersonate}',
        IsInherited: 'False',
        Deny: 'False',
      },
    ],
  ],
  [
    'Get-ManagementRoleAssignment',
    'post-exploitation/state-impersonation',
    [
      {
        Name: 'x',
        Role: 'ApplicationImpersonation',
        RoleAssigneeName: 'svc.x',
        RoleAssigneeType: 'User',
        RoleAssignmentDelegationType: 'Regular',
      },
      {
        Name: 'ApplicationImpersonation-Hygiene Management',
        Role: 'ApplicationImpersonation',
        RoleAssigneeName: 'Hygiene Management',
        RoleAssigneeType: 'RoleGroup',
        RoleAssignmentDelegationType: 'Regular',
      },
    ],
  ],
  [
    'Get-MailboxExportRequest',
    'web-shell/export-page',
    [
      {
        Name: 'a',
        Mailbox: 'haven.example/Users/Dubois',
        FilePath: '\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\q7.aspx',
        Status: 'Completed',
      },
      { Name: 'b', Mailbox: 'haven.example/Users/Anna', FilePath: '\\\\files\\archive\\anna.pst', Status: 'Completed' },
    ],
  ],
];

const table = things.flatMap(([cmdlet, rule, all]) =>
  dresses.map(([name, file, dress]) => [cmdlet, name, rule, file, dress(all)] as const),
);

test.each(table)('%s as %s', async (_cmdlet, _name, rule, file, text) => {
  const own = fs.mkdtempSync(path.join(folder, 'case-'));
  fs.writeFileSync(path.join(own, file), text);
  const { findings, evidence, problems } = await assessFolder(own);
  expect(evidence.map(({ records }) => records)).toEqual([2]);
  expect(problems).toEqual([]);
  expect(
    findings.filter((finding) => !finding.rule.startsWith('together/')).map((finding) => [finding.rule, finding.count]),
  ).toEqual(rule === null ? [] : [[rule, 1]]);
});
