/**
 * A whole server on which nothing happened, of each version of Exchange, as its owner could hand it in: web folders with the shapes of pages
 * that Exchange has, what the server compiled of them, configurations, the mitigations of March 2021, logs of the setup and of the web
 * server, and what an administrator prints: virtual directories, transport agents, rules, rights, exports, tasks, services, accounts.
 * Names of classes, files and products are the real ones; the texts are ours.
 */
import { shippedPathOf, writeBaseline } from '../../src/knowledge/index.ts';
import {
  applicationHost,
  exchangeFolder,
  type HostConfiguration,
  march2021,
  sha256,
  type Tree,
  webConfig,
} from './exchange-tree.ts';

export type Version = '2013' | '2016' | '2019' | 'SE';

const builds: Readonly<Record<Version, string>> = {
  '2013': '15.0.1497.12',
  '2016': '15.1.2176.9',
  '2019': '15.2.792.10',
  SE: '15.2.2562.17',
};

export const serverFolder = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15';
export const compiledFolder = 'C/Windows/Microsoft.NET/Framework64/v4.0.30319/Temporary ASP.NET Files';

const signed = (assembly: string): string => `${assembly}, Version=15.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35`;

/** A page whose code stands in a library, with what such pages do: they encode, look up texts, and send a visitor elsewhere. */
const behind = (inherits: string, title: string): string =>
  [
    `<%@ Page language="c#" AutoEventWireup="false" Inherits="${inherits}" %>`,
    '<%@ Import namespace="Microsoft.Exchange.Clients" %>',
    '<%@ Import namespace="Microsoft.Exchange.Clients.Common" %>',
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">',
    `<!-- ${title} -->`,
    `<html dir="<%=IsRtl ? "rtl" : "ltr" %>">`,
    '<head><meta http-equiv="X-UA-Compatible" content="IE=10" />',
    `<title><%=LocalizedStrings.GetHtmlEncoded(${title.length}) %></title>`,
    '<link rel="stylesheet" href="<%=ThemeFileInfo %>/css/logon.css">',
    '<script type="text/javascript">',
    'var a_fRC = <%=ReplaceCurrent ? 1 : 0 %>;',
    'function redir(o) { window.location.href = o + "?url=" + encodeURIComponent(document.location.hash); }',
    'if (document.cookie.indexOf("PBack=0") == -1) { eval("a_fRC = 1"); }',
    '</script></head>',
    '<body onload="redir(\'/owa/auth/logon.aspx\')">',
    '<form action="/owa/auth.owa" method="POST"><input name="destination" type="hidden" value="<%=EncodingUtilities.HtmlEncode(Destination) %>">',
    '<% if (ShowPublicPrivateSelection) { %><input type="checkbox" name="trusted" value="4"><% } %>',
    '</form></body></html>',
    '',
  ].join('\r\n');

const ecpPage = (name: string): string =>
  [
    `<%@ Page Title="" Language="C#" MasterPageFile="~/Default.Master" AutoEventWireup="true" CodeBehind="${name}.aspx.cs" Inherits="Microsoft.Exchange.Management.ControlPanel.${name}" %>`,
    `<%@ Register Assembly="${signed('Microsoft.Exchange.Management.ControlPanel')}" Namespace="Microsoft.Exchange.Management.ControlPanel.WebControls" TagPrefix="ecp" %>`,
    '<asp:Content ID="c" ContentPlaceHolderID="main" runat="server">',
    '<ecp:PropertyPageSheet runat="server" ID="sheet" ServiceUrl="~/DDI/DDIService.svc?schema=X" UseSetObject="true">',
    '<Bindings><ecp:BindingCollection><ecp:QueryStringBinding Name="Identity" QueryStringField="id" /></ecp:BindingCollection></Bindings>',
    '</ecp:PropertyPageSheet>',
    '</asp:Content>',
    '',
  ].join('\r\n');

const webFolders = (): Tree => {
  const front = `${exchangeFolder}/FrontEnd/HttpProxy`;
  const back = `${exchangeFolder}/ClientAccess`;
  const auth: Readonly<Record<string, string>> = {
    logon: 'Microsoft.Exchange.HttpProxy.Logon',
    logoff: 'Microsoft.Exchange.HttpProxy.Logoff',
    errorFE: 'Microsoft.Exchange.HttpProxy.ErrorFE',
    ExpiredPassword: 'Microsoft.Exchange.HttpProxy.ExpiredPassword',
    frowny: 'Microsoft.Exchange.HttpProxy.Frowny',
    OutlookCN: 'Microsoft.Exchange.HttpProxy.OutlookCN',
    RedirSuiteServiceProxy: 'Microsoft.Exchange.HttpProxy.RedirSuiteServiceProxy',
    signout: 'Microsoft.Exchange.HttpProxy.SignOut',
    SvmFeedback: 'Microsoft.Exchange.HttpProxy.SvmFeedback',
  };
  return {
    ...Object.fromEntries(Object.entries(auth).map(([name, type]) => [`${front}/owa/auth/${name}.aspx`, behind(type, name)])),
    [`${front}/ecp/auth/TimeoutLogout.aspx`]: behind('Microsoft.Exchange.HttpProxy.TimeoutLogout', 'TimeoutLogout'),
    [`${front}/oab/global.asax`]: '<%@ Application Language="C#" Inherits="Microsoft.Exchange.HttpProxy.ProxyApplication" %>\r\n',
    ...Object.fromEntries(
      ['About', 'default', 'error', 'CloseWindow', 'CrossPremise', 'Download', 'EditRoleGroup', 'NewInboxRule'].map((name) => [
        `${back}/ecp/${name}.aspx`,
        ecpPage(name),
      ]),
    ),
    [`${back}/ecp/DDI/DDIService.svc`]: `<%@ ServiceHost Language="C#" Debug="false" Factory="Microsoft.Exchange.Management.ControlPanel.DDIServiceHostFactory" Service="Microsoft.Exchange.Management.ControlPanel.DDIService, ${signed('Microsoft.Exchange.Management.ControlPanel')}" %>\r\n`,
    [`${back}/ecp/App_Themes/Default/Default.skin`]: '<asp:Button runat="server" CssClass="btn" />\r\n',
    ...Object.fromEntries(
      ['default', 'prefetch', 'casredirect', 'languageselection'].map((name) => [
        `${back}/owa/${name}.aspx`,
        behind(`Microsoft.Exchange.Clients.Owa2.Server.Web.${name}`, name),
      ]),
    ),
    [`${back}/exchweb/ews/exchange.asmx`]:
      '<%@ WebService Language="c#" Class="Microsoft.Exchange.Services.Wcf.EWSService" %>\r\n',
    [`${back}/Autodiscover/Autodiscover.svc`]:
      '<%@ ServiceHost Language="C#" Service="Microsoft.Exchange.Autodiscover.WCF.AutodiscoverService" %>\r\n',
    [`${back}/owa/global.asax`]:
      '<%@ Application Codebehind="Global.asax.cs" Inherits="Microsoft.Exchange.Clients.Owa2.Server.Core.OwaApplication" %>\r\n',
  };
};

const shared = (folder: string): string =>
  `</system.webServer><assemblyBinding xmlns="urn:schemas-microsoft-com:asm.v1"><linkedConfiguration href="file://${serverFolder}\\${folder}\\SharedWebConfig.config" /></assemblyBinding><system.webServer>`;
const module = (name: string, type: string): string => `<add name="${name}" type="${type}" />`;
const proxy = module('HttpProxy', `Microsoft.Exchange.HttpProxy.ProxyModule,${signed('Microsoft.Exchange.FrontEndHttpProxy')}`);
const form = module('HttpProxy', `Microsoft.Exchange.HttpProxy.FbaModule,${signed('Microsoft.Exchange.FrontEndHttpProxy')}`);
const hostHeader = module(
  'HostHeaderValidationModule',
  `Microsoft.Exchange.HttpUtilities.HostHeaderValidationModule, ${signed('Microsoft.Exchange.HttpUtilities')}`,
);
const autoKey =
  '</system.webServer><system.web><machineKey validationKey="AutoGenerate,IsolateApps" /></system.web><system.webServer>';

const configurations = (): Tree => {
  const front = (name: string, kind: string): Tree => ({
    [`${exchangeFolder}/FrontEnd/HttpProxy/${name}/web.config`]: webConfig(
      `<modules><remove name="Session" /><remove name="Profile" />${hostHeader}${kind}${name === 'owa' ? '<add name="cafe_exppw" />' : ''}</modules>${autoKey}${shared('FrontEnd\\HttpProxy')}`,
    ),
  });
  const back = (folder: string, modules: string, handlers = ''): Tree => ({
    [`${exchangeFolder}/ClientAccess/${folder}/web.config`]: webConfig(
      `<modules>${modules}</modules><handlers>${handlers}</handlers>${autoKey}${shared('ClientAccess')}`,
    ),
  });
  const rehydrate = module('BackendRehydrationModule', 'Microsoft.Exchange.Security.Authentication.BackendRehydrationModule');
  return {
    ...front('owa', form),
    ...front('ecp', form),
    ...front('ews', proxy),
    ...front('mapi', proxy),
    ...front('oab', proxy),
    ...front('Autodiscover', proxy),
    ...front('PowerShell', `<add name="kerbauth" />${proxy}`),
    ...back(
      'owa',
      `${module('CasHealthModule', `Microsoft.Exchange.Common.ExWebHealthModule,${signed('Microsoft.Exchange.Common')}`)}${rehydrate}${module('Owa2Module', 'Microsoft.Exchange.Clients.Owa2.Server.Core.OwaModule, Microsoft.Exchange.Clients.Owa2.Server')}<add name="exppw" />`,
      '<add verb="GET,HEAD" path="attachment.ashx" type="Microsoft.Exchange.Clients.Owa.Core.AttachmentHandler, Microsoft.Exchange.Clients.Owa" name="AttachmentHandler" preCondition="managedHandler" />',
    ),
    ...back(
      'ecp',
      `${rehydrate}${module('RbacModule', 'Microsoft.Exchange.Management.ControlPanel.RbacModule')}<remove name="DelegatedAuthModule" />`,
      '<add name="GoHelp" path="GoHelp.aspx" verb="GET" type="Microsoft.Exchange.Management.ControlPanel.GoHelpHandler" />',
    ),
    ...back(
      'exchweb/ews',
      `${rehydrate}${module('EwsBasicAuthenticationHandler', 'Microsoft.Exchange.Services.EwsBasicAuthenticationHttpModule, Microsoft.Exchange.Services')}`,
    ),
    [`${exchangeFolder}/FrontEnd/HttpProxy/SharedWebConfig.config`]: `<configuration><runtime><assemblyBinding xmlns="urn:schemas-microsoft-com:asm.v1"><dependentAssembly><assemblyIdentity name="Microsoft.Exchange.Common" publicKeyToken="31bf3856ad364e35" /><codeBase version="15.0.0.0" href="file:///${serverFolder}\\bin\\Microsoft.Exchange.Common.dll" /></dependentAssembly></assemblyBinding></runtime></configuration>`,
    'C/inetpub/wwwroot/web.config': webConfig(
      `${march2021}<modules>${module('OwaJavascriptRedirectModule', `Microsoft.Exchange.HttpRedirect.OwaJavascriptRedirectModule, ${signed('Microsoft.Exchange.HttpRedirectModules')}`)}</modules>`,
    ),
    'C/inetpub/wwwroot/iisstart.htm':
      '<html><body><a href="https://go.microsoft.com/fwlink/"><img src="iisstart.png" /></a></body></html>',
  };
};

/** What ASP.NET keeps of a page that it compiled: a small text that names it, and a library. */
export const compiled = (virtualPath: string, file: string, application = 'owa', library = 'App_Web_ab12cd34'): Tree => {
  const name = virtualPath.slice(virtualPath.lastIndexOf('/') + 1).toLowerCase();
  return {
    [`${compiledFolder}/${application}/8e05b027/e164d61b/${name}.cdcab7d2.compiled`]: [
      '<?xml version="1.0" encoding="utf-8"?>',
      `<preserve resultType="3" virtualPath="${virtualPath}" hash="ffffffffb93ea2e7" filehash="5bbf2cc4ab6d2b51" flags="110000" assembly="${library}" type="ASP.${name.replace('.', '_')}">`,
      '    <filedeps>',
      `        <filedep name="${file}" />`,
      '    </filedeps>',
      '</preserve>',
      '',
    ].join('\r\n'),
  };
};

type Thing = Readonly<Record<string, string>>;

/** As `Format-List` prints objects. */
export const asList = (things: readonly Thing[]): string =>
  `\r\n${things
    .map((thing) =>
      Object.entries(thing)
        .map(([name, value]) => `${name.padEnd(32)}: ${value}`)
        .join('\r\n'),
    )
    .join('\r\n\r\n')}\r\n\r\n`;
export const asCsv = (things: readonly Thing[]): string => {
  const names = Object.keys(things[0]!);
  const row = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  return [row(names), ...things.map((thing) => row(names.map((name) => thing[name] ?? ''))), ''].join('\r\n');
};

const at = 'https://mail.haven.example';
export const virtualDirectories: readonly Thing[] = [
  'owa',
  'ecp',
  'OAB',
  'EWS',
  'mapi',
  'Microsoft-Server-ActiveSync',
  'PowerShell',
].map((name): Thing => ({
  Name: `${name} (Default Web Site)`,
  Server: 'MAIL01',
  InternalUrl: `${name === 'PowerShell' ? 'http://mail01.haven.example' : at}/${name}`,
  ExternalUrl: name === 'PowerShell' ? '' : `${at}/${name}`,
  MetabasePath: `IIS://mail01.haven.example/W3SVC/1/ROOT/${name}`,
  Identity: `MAIL01\\${name} (Default Web Site)`,
  WhenChangedUTC: '9/12/2019 8:11:02 AM',
}));

const agent = (Identity: string, factory: string, library: string): Thing => ({
  Identity,
  Enabled: 'True',
  Priority: '1',
  TransportAgentFactory: factory,
  AssemblyPath: library,
});
const agentsOf = `${serverFolder}\\TransportRoles\\agents`;
/**
 * Those of Exchange, and those of products that look at mail. Symantec's as its maker tells it
 * (https://knowledge.broadcom.com/external/article/157806), DkimSigner's as its source has it (https://github.com/Pro/dkim-exchange); of the
 * others the product and its folder are real, the names of classes and libraries ours: no public page tells them.
 */
export const agents: readonly Thing[] = [
  agent('Transport Rule Agent', 'Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.TransportRuleAgentFactory', `${agentsOf}\\Rule\\Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.dll`),
  agent('Malware Agent', 'Microsoft.Exchange.Transport.Agent.Malware.MalwareAgentFactory', `${agentsOf}\\Antimalware\\Microsoft.Exchange.Transport.Agent.Malware.dll`),
  agent('Text Messaging Routing Agent', 'Microsoft.Exchange.TextMessaging.MobileDriver.TextMessagingRoutingAgentFactory', `${agentsOf}\\TextMessaging\\Microsoft.Exchange.TextMessaging.MobileDriver.dll`),
  agent('Content Filter Agent', 'Microsoft.Exchange.Transport.Agent.ContentFilter.ContentFilterAgentFactory', `${agentsOf}\\Hygiene\\Microsoft.Exchange.Transport.Agent.Hygiene.dll`),
  agent('CodeTwo Exchange Rules Transport Agent', 'CodeTwo.AgentFactory', 'C:\\Program Files\\CodeTwo\\CodeTwo Exchange Rules Pro\\Agent.dll'),
  agent('Exclaimer Transport Agent', 'Exclaimer.AgentFactory', 'C:\\Program Files (x86)\\Exclaimer Ltd\\Signature Manager Exchange Edition\\Agent.dll'),
  agent('ESET Transport Agent', 'Eset.AgentFactory', 'C:\\Program Files\\ESET\\ESET Mail Security\\Agent.dll'),
  agent('SMSMSERoutingAgent', 'Symantec.MailSecurity.Server.TransportAgent.SMSMSERoutingAgentFactory', 'E:\\Program Files (x86)\\Symantec\\SMSMSE\\6.5\\Server\\Symantec.MailSecurity.Server.TransportAgent.dll'),
  agent('Exchange DkimSigner', 'Exchange.DkimSigner.DkimSigningRoutingAgentFactory', 'C:\\Program Files\\Exchange DkimSigner\\ExchangeDkimSigner.dll'),
]; // prettier-ignore

const printed = (): Tree => ({
  'printed/virtual-directories.txt': asList(virtualDirectories),
  'printed/agents.txt': asList(agents),
  'printed/inbox-rules.txt': asList([
    {
      Name: 'Newsletter',
      Enabled: 'True',
      Priority: '1',
      RuleIdentity: '17',
      MailboxOwnerId: 'haven.example/Users/Eva Dubois',
      From: '"News" [SMTP:news@partner.example]',
      ForwardTo: '',
      RedirectTo: '',
      MoveToFolder: 'Newsletter',
      DeleteMessage: 'False',
    },
    {
      Name: 'To my deputy',
      Enabled: 'True',
      Priority: '2',
      RuleIdentity: '18',
      MailboxOwnerId: 'haven.example/Users/Eva Dubois',
      From: '',
      ForwardTo: '"Ida Berg" [EX:/o=Haven/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=ida]',
      RedirectTo: '',
      MoveToFolder: '',
      DeleteMessage: 'False',
    },
  ]),
  'printed/mailbox-rights.csv': asCsv([
    { Identity: 'haven.example/Users/Info', User: 'NT AUTHORITY\\SELF', AccessRights: '{FullAccess, ReadPermission}', IsInherited: 'False', Deny: 'False' },
    { Identity: 'haven.example/Users/Info', User: 'HAVEN\\ida', AccessRights: '{FullAccess}', IsInherited: 'False', Deny: 'False' },
    { Identity: 'haven.example/Users/Info', User: 'HAVEN\\Domain Admins', AccessRights: '{FullAccess}', IsInherited: 'True', Deny: 'True' },
  ]), // prettier-ignore
  'printed/roles.txt': asList([
    { Name: 'ApplicationImpersonation-Organization Management-Delegating', Role: 'ApplicationImpersonation', RoleAssigneeName: 'Organization Management', RoleAssigneeType: 'RoleGroup', RoleAssignmentDelegationType: 'DelegatingOrgWide' },
    { Name: 'Mailbox Import Export-Organization Management-Delegating', Role: 'Mailbox Import Export', RoleAssigneeName: 'Organization Management', RoleAssigneeType: 'RoleGroup', RoleAssignmentDelegationType: 'DelegatingOrgWide' },
    { Name: 'Mail Recipients-Recipient Management', Role: 'Mail Recipients', RoleAssigneeName: 'Recipient Management', RoleAssigneeType: 'RoleGroup', RoleAssignmentDelegationType: 'Regular' },
  ]), // prettier-ignore
  'printed/exports.txt': asList([
    { Name: 'MailboxExport', Mailbox: 'haven.example/Users/Former', FilePath: '\\\\FILE01\\exports\\former.pst', Status: 'Completed', BatchName: '', RequestGuid: '0b4b1f9e-3c0f-4a44-9d5a-6a4b1f9e3c0f' },
  ]), // prettier-ignore
  'printed/tasks.csv': asCsv([
    { HostName: 'MAIL01', TaskName: '\\Microsoft\\Windows\\Defrag\\ScheduledDefrag', Author: 'Microsoft Corporation', 'Task To Run': '%windir%\\system32\\defrag.exe -c -h -o -$', 'Run As User': 'SYSTEM', Status: 'Ready' },
    { HostName: 'MAIL01', TaskName: '\\Exchange logs', Author: 'HAVEN\\adm.berger', 'Task To Run': 'powershell.exe -NoProfile -ExecutionPolicy Bypass -File "C:\\Scripts\\CleanLogs.ps1"', 'Run As User': 'SYSTEM', Status: 'Ready' },
    { HostName: 'MAIL01', TaskName: '\\win-acme renew (acme-v02.api.letsencrypt.org)', Author: 'HAVEN\\adm.berger', 'Task To Run': 'C:\\Program Files\\win-acme\\wacs.exe --renew', 'Run As User': 'SYSTEM', Status: 'Ready' },
  ]), // prettier-ignore
  'printed/services.csv': asCsv([
    { Name: 'MSExchangeTransport', DisplayName: 'Microsoft Exchange Transport', PathName: `"${serverFolder}\\Bin\\MSExchangeTransport.exe"`, StartName: 'NT AUTHORITY\\NetworkService', StartType: 'Auto', Status: 'Running' },
    { Name: 'W3SVC', DisplayName: 'World Wide Web Publishing Service', PathName: 'C:\\Windows\\system32\\svchost.exe -k iissvcs', StartName: 'LocalSystem', StartType: 'Auto', Status: 'Running' },
    { Name: 'WinDefend', DisplayName: 'Microsoft Defender Antivirus Service', PathName: '"C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.2301.6-0\\MsMpEng.exe"', StartName: 'LocalSystem', StartType: 'Auto', Status: 'Running' },
    { Name: 'C2ExchangeRules', DisplayName: 'CodeTwo Exchange Rules', PathName: '"C:\\Program Files\\CodeTwo\\CodeTwo Exchange Rules Pro\\Engine\\Service.exe"', StartName: 'LocalSystem', StartType: 'Auto', Status: 'Running' },
  ]), // prettier-ignore
  'printed/accounts.txt': asList([
    { Name: 'Administrator', FullName: '', Enabled: 'True', Description: 'Built-in account for administering the computer/domain', PasswordLastSet: '9/12/2019 7:00:00 AM' },
    { Name: 'DefaultAccount', FullName: '', Enabled: 'False', Description: 'A user account managed by the system.', PasswordLastSet: '' },
    { Name: 'Guest', FullName: '', Enabled: 'False', Description: 'Built-in account for guest access to the computer/domain', PasswordLastSet: '' },
  ]), // prettier-ignore
});

const setupLog = (build: string): string =>
  [
    `[03/18/2021 19:30:08.0074] [0] Setup version: ${build}.`,
    '[03/18/2021 19:30:08.0082] [0] Logged on user: HAVEN\\adm.berger.',
    "[03/18/2021 19:30:08.0121] [0] Command Line Parameter Name='mode', Value='Install'.",
    '[03/18/2021 19:30:37.0954] [0] Server Name=MAIL01  ',
    '[03/18/2021 20:10:09.0002] [0] The Exchange Server setup operation completed successfully.',
    '',
  ].join('\r\n');

const eomtLog = [
  '2021-03-16 10:20:30 Info: Starting EOMT.ps1 version 21.03.16.1057 on MAIL01',
  '2021-03-16 10:20:32 Info: MAIL01 is vulnerable: applying mitigation',
  '2021-03-16 10:20:40 Info: Mitigation complete on MAIL01 :: Default Web Site',
  '2021-03-16 10:21:00 Info: Running Microsoft Safety Scanner - Mode: Quick Scan on MAIL01',
  '2021-03-16 10:29:00 Info: EOMT.ps1 complete on MAIL01, please review EOMT logs at x and the summary file at y',
  '',
].join('\r\n');

export const webLogFile = 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210301.log';
export const webLogHead =
  '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2021-02-01 00:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n';
export const webRow = (time: string, method: string, page: string, status: number, from = '203.0.113.24', taken = 15): string =>
  `${time} 10.20.0.11 ${method} ${page} - 443 - ${from} Mozilla/5.0+(Windows+NT+10.0) - ${status} 0 0 ${taken}\r\n`;

/** A month of every day's requests, eight times a day. */
export const everyday = (): string => {
  const rows: string[] = [];
  for (let hour = 0; hour < 24 * 45; hour += 3) {
    const time = new Date(Date.UTC(2021, 1, 1, hour, 10)).toISOString();
    const [page, status] = (
      [
        ['/owa/auth/logon.aspx', 200],
        ['/EWS/Exchange.asmx', 401],
        ['/Autodiscover/Autodiscover.xml', 401],
        ['/owa/auth/errorFE.aspx', 200],
        ['/ecp/default.aspx', 302],
        ['/favicon.ico', 404],
      ] as const
    )[(hour / 3) % 6]!;
    rows.push(webRow(`${time.slice(0, 10)} ${time.slice(11, 19)}`, 'GET', page, status, `198.51.100.${hour % 200}`));
  }
  return rows.join('');
};

/** What was listed of the web folders: when each file came, its letters, its owner, its hash. */
export const listed = (files: Tree, odd: Readonly<Record<string, Thing>> = {}): string =>
  asCsv(
    Object.entries(files)
      .filter(([file]) => shippedPathOf(file) !== null || Object.hasOwn(odd, file))
      .map(([file, text]): Thing => ({
        FullName: `${file[0]!}:${file.slice(1).replaceAll('/', '\\')}`,
        Length: String(text.length),
        CreationTimeUtc: '2019-09-12T08:01:00Z',
        LastWriteTimeUtc: '2019-08-30T21:14:00Z',
        Attributes: 'Archive',
        Owner: 'BUILTIN\\Administrators',
        Hash: sha256(text),
        ...odd[file],
      })),
  );

export interface Healthy {
  readonly build: string;
  readonly tree: Tree;
  readonly baseline: { readonly path: string; readonly text: string };
}

export function healthyServer(version: Version, configuration: HostConfiguration = {}): Healthy {
  const build = builds[version];
  const pages = webFolders();
  const own = { ...pages, ...configurations() };
  return {
    build,
    tree: {
      ...own,
      ...printed(),
      ...compiled('/owa/auth/logon.aspx', '/owa/auth/logon.aspx'),
      ...compiled('/owa/auth/errorFE.aspx', '/owa/auth/errorFE.aspx'),
      ...compiled('/ecp/default.aspx', '/ecp/default.aspx', 'ecp', 'App_Web_default.aspx.cdcab7d2'),
      'C/Windows/System32/inetsrv/config/applicationHost.config': applicationHost(configuration),
      'C/ExchangeSetupLogs/ExchangeSetup.log': setupLog(build),
      'C/EOMT/EOMT.log': eomtLog,
      [webLogFile]: webLogHead + everyday(),
      'printed/files.csv': listed(pages),
    },
    baseline: {
      path: 'own-baseline.txt',
      text: writeBaseline(
        build,
        'a clean server',
        Object.entries(pages).flatMap(([file, text]) => {
          const shipped = shippedPathOf(file);
          return shipped === null ? [] : [{ path: shipped, sha256: sha256(text) }];
        }),
      ),
    },
  };
}
