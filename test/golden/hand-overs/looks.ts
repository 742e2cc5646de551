/** Look-alikes of the forms that are mended or carried, and more of their forms. */
import {
  anchor,
  attempted,
  crlf,
  type HandOver,
  implanted,
  implantedProbably,
  lf,
  nothing,
  script,
  session,
} from './hand-over.ts';

const row = '2021-03-03 05:32:20 10.10.0.20 POST /ecp/y.js a=b 443 - 203.0.113.77 python-requests/2.25.1 - 241 0 0 1406';
const wrap = (text: string, width: number): readonly string[] => text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
const ecp = (ex: string): string =>
  `2021-03-03T04:12:37.310Z,MAIL01,ECP.Request,"S:TIME=467;S:SID=8e96f163-2d5f-447c-ad01-60ba277bc5a1;'S:CMD=Set-OabVirtualDirectory.ExternalUrl=''${script}''.Identity=''5fdd4fce-0000-4000-8000-000000000001''';S:REQID=;S:URL=/ecp/DDI/DDIService.svc/SetObject?schema=OABVirtualDirectory;S:REFERRER=;S:EX=${ex};S:ACTID=c834023d-1111-4e2b-9d9d-5a5b5c5d5e5f;S:RS=0;S:BLD=15.1.2106.2"`;
const oab = (external: string): string =>
  JSON.stringify(
    [
      {
        Name: 'OAB (Default Web Site)',
        Server: 'MAIL01',
        InternalUrl: { OriginalString: 'https://mail.meadow.example/OAB', IsFile: false },
        ExternalUrl: { OriginalString: external, IsFile: false },
        PollInterval: 480,
        WhenChangedUTC: '/Date(1614744757310)/',
      },
    ],
    null,
    4,
  );
const agent = (child: string, command: string): string =>
  JSON.stringify({
    '@timestamp': '2021-03-03T05:41:02.118Z',
    host: { name: 'MAIL01' },
    process: {
      name: child,
      command_line: command,
      parent: { name: 'w3wp.exe', executable: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe' },
    },
  });
const visit = (time: string, method: string, path: string, status: number, agentName = 'curl/7.1'): string =>
  JSON.stringify({
    '@timestamp': `2021-03-03T${time}.000Z`,
    source: { ip: '203.0.113.77' },
    http: { request: { method }, response: { status_code: status } },
    url: { path },
    user_agent: { original: agentName },
  });

export const looks: readonly HandOver[] = [
  { name: 'settings as JSON, as they should be', files: { 'oab.json': oab('https://mail.meadow.example/OAB') }, expect: nothing },
  { name: 'settings as JSON, with a script', files: { 'oab.json': oab(script) }, expect: implanted },
  {
    name: 'events of an agent as JSON: the compiler',
    files: {
      'events.ndjson': lf(
        agent('csc.exe', '"C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe" /noconfig @"C:\\x\\y.cmdline"'),
        agent('WerFault.exe', 'C:\\Windows\\system32\\WerFault.exe -u -p 4120 -s 2000'),
      ),
    },
    expect: nothing,
  },
  {
    name: 'a question for the portal',
    files: {
      'query.txt': lf(
        'DeviceProcessEvents',
        '| where InitiatingProcessFileName == "w3wp.exe"',
        '| where FileName in~ ("cmd.exe", "powershell.exe")',
        '| where ProcessCommandLine has "echo [S]"',
        '| project Timestamp, DeviceName, FileName, ProcessCommandLine',
      ),
    },
    expect: nothing,
  },
  {
    name: 'guessed names, quoted twice',
    files: {
      'mail.txt': lf(
        '> > Hi, is this bad?',
        '> > 2021-03-12 11:01:20 10.10.0.20 GET /aspnet_client/supp0rt.aspx - 443 - 198.51.100.41 Mozilla/5.0 - 404 0 2 15',
        '> > 2021-03-12 11:02:20 10.10.0.20 GET /aspnet_client/discover.aspx - 443 - 198.51.100.42 Mozilla/5.0 - 404 0 2 15',
        '> No, it is not there.',
      ),
    },
    expect: nothing,
  },
  {
    name: 'an antivirus that caught mail',
    files: {
      'virlog.csv': crlf(
        'Time;Scanner;Object type;Object;Detection;Action;User;Information',
        '3/3/2021 6:31:12 AM;Email filter;email message;from: x to: y;HTML/Phishing.Agent trojan;deleted;SYSTEM;',
        '3/3/2021 6:33:12 AM;Real-time file system protection;file;C:\\Users\\ann\\Downloads\\invoice.exe;Win32/Kryptik.X trojan;cleaned by deleting;MEADOW\\ann;',
      ),
    },
    expect: nothing,
  },
  {
    name: 'a row of the control panel in a window of 100 columns',
    files: { 'console.txt': crlf('C:\\>type ECPServer20210303-1.LOG | find "Set-"', ...wrap(ecp(''), 100)) },
    expect: implantedProbably,
  },
  {
    name: 'a row of the control panel that failed, in a window of 100 columns',
    files: { 'console.txt': crlf('C:\\>type ECPServer20210303-1.LOG | find "Set-"', ...wrap(ecp('System.Exception:no'), 100)) },
    expect: attempted,
  },
  {
    name: 'a table of a cloud, with its own names',
    files: {
      'query_data.csv': lf(
        '"TimeGenerated [UTC]",Computer,sSiteName,csMethod,csUriStem,csUriQuery,sPort,csUserName,cIP,csUserAgent,scStatus,scSubStatus,scWin32Status,TimeTaken',
        '"3/13/2021, 5:32:20.000 AM","MAIL01","W3SVC1",POST,"/ecp/y.js",-,443,-,"203.0.113.77","python-requests/2.25.1",241,0,0,1406',
      ),
    },
    expect: session,
  },
  {
    name: 'visits as JSON that found nothing',
    files: {
      'visits.ndjson': lf(
        visit('05:31:20', 'GET', '/aspnet_client/supp0rt.aspx', 404),
        visit('05:32:20', 'GET', '/owa/auth/logon.aspx', 200),
        visit('05:33:20', 'GET', '/autodiscover/autodiscover.json', 401, 'x POST /ecp/y.js 241'),
      ),
    },
    expect: nothing,
  },
  {
    name: 'visits as JSON to a page that answers',
    files: {
      'visits.ndjson': lf(
        ...['05:31:20', '05:31:44', '05:33:02', '05:35:20'].map((time) => visit(time, 'POST', '/aspnet_client/q7x.aspx', 200)),
      ),
    },
    expect: { answer: ['suspected', 'confirmed'], stage: ['implanted', 'operated'], mustNotClaim: ['spread', 'impact'] },
  },
  {
    name: 'rows that a chat has copied',
    files: { 'chat.txt': lf('[10:12] Ben: have a look at this one', `[10:13] Ben: ${row}`, '[10:15] Ann: oh no') },
    expect: session,
  },
  {
    name: 'rows that came by syslog',
    files: {
      'syslog.txt': lf(
        `<13>Mar  3 05:32:21 mail01 iis: ${row}`,
        `Mar  3 05:32:45 mail01 iis: ${row.replace('05:32:20', '05:32:44')}`,
      ),
    },
    expect: session,
  },
  {
    name: 'words of a client behind something that is no prefix',
    files: {
      'row.txt': lf(`2021-03-03 05:40:01 blocked 203.0.113.77, agent: ${row}`, `WAF 403 GET /owa/ from 203.0.113.77 ua=${row}`),
    },
    expect: nothing,
  },
  {
    name: 'rows as a table of Markdown',
    files: {
      'post.md': lf(
        '| date | time | s-ip | cs-method | cs-uri-stem | c-ip | sc-status |',
        '|------|------|------|-----------|-------------|------|-----------|',
        '| 2021-03-03 | 05:32:20 | 10.10.0.20 | POST | /ecp/y.js | 203.0.113.77 | 241 |',
      ),
    },
    expect: session,
  },
  {
    name: 'a row in which a word processor has drawn dashes',
    files: { 'letter.txt': lf('Dear support,', row.replaceAll(' - ', ' \u2013 '), 'regards') },
    expect: session,
  },
  {
    name: 'an export into a share, from the event log',
    files: {
      'event.txt': crlf(
        'Log Name:      MSExchange Management',
        'Source:        MSExchange CmdletLogs',
        'Date:          8/21/2021 3:11:12 AM',
        'Event ID:      1',
        'Computer:      MAIL01.meadow.example',
        'Description:',
        'Cmdlet succeeded. Cmdlet New-MailboxExportRequest, parameters -Mailbox "ann@meadow.example" -FilePath "\\\\fs01\\pst\\ann.pst".',
      ),
    },
    expect: nothing,
  },
  {
    name: 'rows quoted under a header that is not',
    files: {
      'mail.txt': lf(
        '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
        `> ${row}`,
        `> ${row.replace('05:32:20', '05:33:20')}`,
      ),
    },
    expect: session,
  },
  {
    name: 'an export request as JSON',
    files: {
      'request.json': JSON.stringify(
        {
          Name: 'kd93m',
          Status: { value: 10, Value: 'Completed' },
          FilePath: '\\\\localhost\\c$\\inetpub\\wwwroot\\aspnet_client\\kd93m.aspx',
          SourceAlias: 'ann',
        },
        null,
        4,
      ),
    },
    expect: implanted,
  },
  {
    name: 'a list of a console in a quoted mail, with hard blanks',
    files: {
      'mail.txt': lf(
        '> DateTime\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0: 2021-03-03T04:12:31.310Z',
        `> AnchorMailbox\u00a0: ${anchor}/autodiscover/autodiscover.xml?#`,
        '>',
        '> DateTime\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0: 2021-03-03T04:12:35.310Z',
        `> AnchorMailbox\u00a0: ${anchor}/mapi/emsmdb/?#`,
      ),
    },
    expect: attempted,
  },
];
