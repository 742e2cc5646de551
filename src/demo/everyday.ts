/** What every server meets: its own monitoring, scanners that look at every address, and administrators at work. Tables of steps. */
import type { Organisation } from './organisation.ts';
import { text } from './row.ts';
import type { Step, StepRequest } from './step.ts';

const probeAgent = 'AMProbe/Local/ClientAccess';
const quiet = (protocol: string, stem: string): Step => ({
  name: `probe-${protocol.toLowerCase()}`,
  request: {
    protocol,
    method: 'GET',
    stem,
    host: 'localhost',
    agent: probeAgent,
    user: '{HEALTH}',
    authentication: 'Negotiate',
    anchor: 'Sid~{HEALTHSID}',
    status: 200,
    local: true,
    // Answered before anything is sent to the back end.
    proxied: { hint: 'WindowsIdentity' },
  },
  takenMs: [1, 4],
  requestBytes: [0, 1],
  responseBytes: [0, 1],
});

const inbox = '/ecp/RulesEditor/InboxRules.svc/GetList';

/** The monitoring of Exchange asks its own server, all day long. */
export const probes: readonly Step[] = [
  quiet('Autodiscover', '/autodiscover/'),
  quiet('Eas', '/Microsoft-Server-ActiveSync/'),
  quiet('Ews', '/ews/'),
  quiet('Owa', '/owa/'),
  quiet('Oab', '/oab/'),
  quiet('RpcHttp', '/rpc/rpcproxy.dll'),
  {
    name: 'probe-mapi',
    request: {
      protocol: 'Mapi',
      method: 'POST',
      stem: '/mapi/emsmdb/',
      query: 'MailboxId={HEALTHBOX}',
      host: text('frontFqdn'),
      agent: 'MapiHttpClient',
      user: '{HEALTH}',
      authentication: 'Negotiate',
      anchor: 'MailboxGuid~{HEALTHBOX}',
      status: 200,
      local: true,
      proxied: { hint: 'MailboxGuidWithDomain', status: 200 },
      back: { stem: '/mapi/emsmdb/', query: 'MailboxId={HEALTHBOX}', user: '{HEALTH}', status: 200 },
    },
    takenMs: [9, 60],
    requestBytes: [270, 380],
    responseBytes: [290, 450],
  },
  {
    name: 'probe-ews-call',
    request: {
      protocol: 'Ews',
      method: 'POST',
      stem: '/EWS/Exchange.asmx',
      host: 'localhost',
      agent: 'Ews_AM_Probe/Local (ExchangeServicesClient/15.01.2176.002)',
      user: '{HEALTH}',
      authentication: 'Negotiate',
      anchor: 'Sid~{HEALTHSID}',
      status: 200,
      local: true,
      proxied: { hint: 'WindowsIdentity', status: 200 },
      back: { stem: '/EWS/Exchange.asmx', user: '{HEALTH}', status: 200 },
    },
    call: { action: 'GetFolder', user: '{HEALTH}', status: 200 },
    takenMs: [10, 70],
    requestBytes: [640, 700],
    responseBytes: [700, 900],
  },
  {
    name: 'probe-ecp',
    request: {
      protocol: 'Ecp',
      method: 'POST',
      stem: inbox,
      host: 'localhost',
      agent: probeAgent,
      user: '{HEALTH}',
      authentication: 'FBA',
      anchor: 'Sid~{HEALTHSID}',
      status: 200,
      local: true,
      proxied: { hint: 'WindowsIdentity', status: 200 },
      back: { stem: inbox, user: '{HEALTH}', status: 200 },
    },
    commands: [{ beforeMs: 60, command: 'Get-InboxRule' }],
    takenMs: [70, 160],
    requestBytes: [420, 480],
    responseBytes: [460, 520],
  },
  {
    name: 'probe-shell',
    request: {
      protocol: 'PowerShell',
      method: 'POST',
      stem: '/powershell',
      query: 'clientApplication=ActiveMonitor;PSVersion=5.1.14393.4467',
      host: text('frontFqdn'),
      agent: 'Microsoft WinRM Client',
      user: '{HEALTH}',
      authentication: 'Kerberos',
      anchor: 'ServerVersion~Version 15.1 (Build 2176.0)',
      action: 'Get-Mailbox:Command',
      status: 200,
      local: true,
      proxied: { hint: 'ExchClientVer-ServerCookie', status: 200 },
      back: {
        stem: '/powershell',
        query: 'clientApplication=ActiveMonitor;PSVersion=5.1.14393.4467',
        user: '{HEALTH}',
        status: 200,
      },
    },
    shell: {
      user: '{HEALTH}',
      sid: '{HEALTHSID}',
      query: 'clientApplication=ActiveMonitor;PSVersion=5.1.14393.4467',
      application: 'ActiveMonitor',
      client: '127.0.0.1',
      cmdlet: 'Get-Mailbox',
      parameters: '-ResultSize "1"',
    },
    takenMs: [20, 140],
    requestBytes: [5000, 5200],
    responseBytes: [800, 900],
  },
];

const chrome62 =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/62.0.3202.62 Safari/537.36';
const zgrab = 'Mozilla/5.0 zgrab/0.x';
const exportTool = '/ecp/Current/exporttool/microsoft.exchange.ediscovery.exporttool.application';
const missing = (stem: string, agent: string, method = 'GET'): StepRequest => ({
  method,
  stem,
  host: '{PUBLICIP}',
  agent,
  status: 404,
  win32: 2,
});

/** Scanners that look at everybody: public pages, or nothing. */
export const noise: readonly StepRequest[] = [
  { method: 'GET', stem: '/', host: '{PUBLICIP}', agent: zgrab, status: 200 },
  {
    protocol: 'Owa',
    method: 'GET',
    stem: '/owa/auth/logon.aspx',
    host: '{PUBLICIP}',
    agent: zgrab,
    authentication: 'FBA',
    status: 200,
    encoding: true,
  },
  {
    protocol: 'Owa',
    method: 'GET',
    stem: '/owa/admin.cfg',
    host: '{PUBLICIP}',
    agent: chrome62,
    authentication: 'FBA',
    status: 302,
    encoding: true,
    note: 'NoCookies=302 - GET/E14AuthPost;',
  },
  {
    protocol: 'Ecp',
    method: 'GET',
    stem: exportTool,
    host: '{PUBLICIP}',
    agent: zgrab,
    authentication: 'FBA',
    anchor: 'ServerVersion~Version 15.0 (Build 0.0)',
    status: 200,
    proxied: { hint: 'EDiscoveryExportTool-ServerVersion', status: 200 },
    back: { stem: exportTool, status: 200 },
  },
  missing('/admin', chrome62),
  missing('/.env', 'curl/7.64.1'),
  missing('/wp-login.php', chrome62),
  missing('/favicon.ico', 'Mozilla/5.0 (compatible; CensusBot/1.1; +https://census.example/)'),
  missing('/phpmyadmin/index.php', chrome62),
  missing('/boaform/admin/formLogin', 'Mozilla/5.0', 'POST'),
  missing('/actuator/health', 'Go-http-client/1.1'),
  missing('/.git/config', 'python-requests/2.22.0'),
  missing('/solr/admin/info/system', zgrab),
  missing('/robots.txt', 'Mozilla/5.0 (compatible; CensusBot/1.1; +https://census.example/)'),
];

const ecpPage = (path: string): StepRequest => ({
  protocol: 'Ecp',
  method: 'GET',
  stem: path,
  query: 'ExchClientVer=15',
  agent: '{BROWSER}',
  user: '{ADMIN}',
  authentication: 'FBA',
  anchor: 'Sid~{ADMINSID}',
  referer: 'https://{MAILHOST}/ecp/',
  encoding: true,
  status: 200,
  proxied: { hint: 'WindowsIdentity', status: 200 },
  back: { stem: path, query: 'ExchClientVer=15', user: '{ADMIN}', status: 200 },
});
const ddi = (verb: 'GetList' | 'GetObject' | 'SetObject', schema: string, referer: string): StepRequest => {
  const stem = `/ecp/DDI/DDIService.svc/${verb}`;
  const query = `msExchEcpCanary={CANARY}&schema=${schema}`;
  return {
    ...ecpPage(stem),
    method: 'POST',
    query,
    referer: `https://{MAILHOST}/ecp/${referer}`,
    back: { stem, query, user: '{ADMIN}', status: 200 },
  };
};
const shellOf = (cmdlet: string, parameters: string): Step => ({
  name: 'shell',
  afterS: [2, 40],
  request: {
    protocol: 'PowerShell',
    method: 'POST',
    stem: '/powershell',
    query: 'PSVersion=5.1.17763.1490',
    host: text('frontFqdn'),
    agent: 'Microsoft WinRM Client',
    user: '{ADMIN}',
    authentication: 'Kerberos',
    anchor: 'ServerVersion~Version 15.1 (Build 2176.0)',
    action: `${cmdlet}:Command`,
    status: 200,
    proxied: { hint: 'ExchClientVer-ServerCookie', status: 200 },
    back: { stem: '/powershell', query: 'PSVersion=5.1.17763.1490', user: '{ADMIN}', status: 200 },
  },
  shell: {
    user: '{ADMIN}',
    sid: '{ADMINSID}',
    query: 'PSVersion=5.1.17763.1490',
    application: 'PowerShell',
    client: '{ADMINDESK}',
    cmdlet,
    parameters,
  },
  takenMs: [60, 900],
});

/** What administrators do; one or two of these on a working day. */
export const administration: readonly (readonly Step[])[] = [
  [
    { name: 'page', request: ecpPage('/ecp/UsersGroups/Mailboxes.slab') },
    {
      name: 'list',
      afterS: [1, 4],
      request: ddi('GetList', 'MailboxService', 'UsersGroups/Mailboxes.slab'),
      commands: [
        { beforeMs: 60, session: '{SESSION}', command: "Get-Recipient.ResultSize='500'.RecipientTypeDetails='UserMailbox'" },
      ],
      takenMs: [200, 1800],
    },
    {
      name: 'change',
      afterS: [20, 200],
      request: ddi('SetObject', 'Mailbox', 'UsersGroups/EditMailbox.aspx'),
      commands: [
        {
          beforeMs: 60,
          session: '{SESSION}',
          command: "Set-Mailbox.Identity='{VICTIM1}'.IssueWarningQuota='4 GB'.UseDatabaseQuotaDefaults=$false",
        },
      ],
      takenMs: [200, 900],
    },
  ],
  [
    { name: 'page', request: ecpPage('/ecp/UsersGroups/DistributionGroups.slab') },
    {
      name: 'list',
      afterS: [1, 4],
      request: ddi('GetList', 'DistributionGroup', 'UsersGroups/DistributionGroups.slab'),
      commands: [
        {
          beforeMs: 60,
          session: '{SESSION}',
          command: "Get-Recipient.ResultSize='500'.RecipientTypeDetails='MailUniversalDistributionGroup'",
        },
      ],
      takenMs: [150, 900],
    },
  ],
  [shellOf('Get-MailboxDatabase', '-Status "True"'), shellOf('Get-MailboxStatistics', '-Identity "{VICTIM1}"')],
  [
    shellOf('Get-Mailbox', '-ResultSize "Unlimited"'),
    shellOf('Set-CASMailbox', '-Identity "{VICTIM2}" -ActiveSyncEnabled "True"'),
  ],
  [shellOf('Get-Queue', '-Server "{HOST}"'), shellOf('Get-ServerHealth', '-Identity "{HOST}"')],
];

/** Once in a while somebody sets the address of the address book: a Set that is meant. */
export const setsAddress: readonly Step[] = [
  { name: 'page', request: ecpPage('/ecp/Servers/VirtualDirectories.slab') },
  {
    name: 'set',
    afterS: [20, 90],
    request: ddi('SetObject', 'OABVirtualDirectory', 'VDirMgmt/EditOABVirtualDirectory.aspx'),
    commands: [
      {
        beforeMs: 60,
        session: '{SESSION}',
        command: "Set-OabVirtualDirectory.ExternalUrl='https://{MAILHOST}/OAB'.Identity='{IDENTITY}'",
      },
    ],
    takenMs: [200, 700],
  },
];

export const healthNames = (o: Organisation, mailboxGuid: string): Readonly<Record<string, string>> => ({
  HEALTH: `${o.netbios}\\${o.healthMailbox}`,
  HEALTHSID: o.healthSid,
  HEALTHBOX: `${mailboxGuid}@${o.domain}`,
});
