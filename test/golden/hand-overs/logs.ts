/** Rows of web servers, of the control panel and of exports, as they are copied, wrapped and sent on. */
import { attempted, crlf, type HandOver, implanted, implantedProbably, lf, nothing, script, session } from './hand-over.ts';

const sessionRow = '2021-03-03 05:32:20 10.10.0.20 POST /ecp/y.js a=b 443 - 203.0.113.77 python-requests/2.25.1 - 241 0 0 1406';
const iis =
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken';
const iisHead = ['#Software: Microsoft Internet Information Services 10.0', '#Version: 1.0', '#Date: 2021-03-03 00:00:02', iis];
const ecp = (command: string, ex = ''): string =>
  `2021-03-03T04:12:37.310Z,MAIL01,ECP.Request,"S:TIME=467;S:SID=8e96f163-2d5f-447c-ad01-60ba277bc5a1;'S:CMD=${command}';S:REQID=;S:URL=/ecp/DDI/DDIService.svc/SetObject?schema=OABVirtualDirectory;S:REFERRER=;S:EX=${ex};S:ACTID=c834023d-1111-4e2b-9d9d-5a5b5c5d5e5f;S:RS=0;S:BLD=15.1.2106.2"`;
const set = `Set-OabVirtualDirectory.ExternalUrl=''${script}''.Identity=''5fdd4fce-0000-4000-8000-000000000001''`;
const json = '/autodiscover/autodiscover.json';

export const logs: readonly HandOver[] = [
  {
    name: 'a row copied from a page with hard blanks',
    files: { 'post.txt': lf('Hi, is this one of the bad ones?', sessionRow.replaceAll(' ', '\u00A0')) },
    expect: session,
  },
  {
    name: 'rows wrapped by a mail program',
    files: {
      'mail.txt': lf(
        'Hi,',
        'we have these in the IIS log of March 3rd:',
        '',
        '2021-03-03 05:32:20 10.10.0.20 POST /ecp/y.js a=b 443 - 203.0.113.77',
        'python-requests/2.25.1 - 241 0 0 1406',
        '2021-03-03 05:32:41 10.10.0.20 POST /ecp/y.js a=b 443 - 203.0.113.77',
        'python-requests/2.25.1 - 241 0 0 1100',
        '',
        'Kind regards',
      ),
    },
    expect: session,
  },
  {
    name: 'a row whose end is gone',
    files: { 'post.txt': lf('2021-03-03 05:32:20 10.10.0.20 POST /ecp/y.js a=b 443 - 203.0.113.77 python-requests/2.2...') },
    expect: {
      mustNotClaim: ['exploited', 'implanted', 'operated'],
      answer: ['attempted', 'cannot_tell'],
      stage: ['attempted', 'none'],
    },
  },
  {
    name: 'rows copied from a spreadsheet, with tabs',
    files: { 'rows.txt': crlf(iis.replace('#Fields: ', '').replaceAll(' ', '\t'), sessionRow.replaceAll(' ', '\t')) },
    expect: session,
  },
  {
    name: 'rows with the line numbers of an editor',
    files: {
      'u_ex210303.txt': crlf(
        '  3310  2021-03-03 05:31:20 10.10.0.20 POST /aspnet_client/q7x.aspx - 443 - 203.0.113.77 curl/7.1 - 200 0 0 1406',
        '  3311  2021-03-03 05:31:32 10.10.0.20 POST /aspnet_client/q7x.aspx - 443 - 203.0.113.77 curl/7.1 - 200 0 0 93',
        '  3312  2021-03-03 05:32:01 10.10.0.20 POST /aspnet_client/q7x.aspx - 443 - 203.0.113.77 curl/7.1 - 200 0 0 5121',
        '  3313  2021-03-03 05:33:10 10.10.0.20 POST /aspnet_client/q7x.aspx - 443 - 203.0.113.77 curl/7.1 - 200 0 0 210',
      ),
    },
    expect: { answer: ['suspected', 'confirmed'], stage: ['implanted', 'operated'], mustNotClaim: ['spread', 'impact'] },
  },
  {
    name: 'a healthy server with the noise of the internet',
    files: {
      'u_ex210303.log': crlf(
        ...iisHead,
        '2021-03-03 00:00:02 10.10.0.20 GET /owa/auth/logon.aspx url=https%3a%2f%2fmail.meadow.example%2fowa&reason=0 443 - 198.51.100.7 Mozilla/5.0+(Windows+NT+10.0) - 200 0 0 31',
        '2021-03-03 00:01:12 10.10.0.20 GET /.env - 443 - 198.51.100.8 - - 404 0 2 15',
        '2021-03-03 00:02:12 10.10.0.20 GET / - 443 - 198.51.100.9 Mozilla/5.0+zgrab/0.x - 302 0 0 15',
        '2021-03-03 00:03:12 10.10.0.20 GET /nmaplowercheck1614729792 - 443 - 198.51.100.9 Mozilla/5.0+(compatible;+Nmap+Scripting+Engine) - 404 0 2 15',
        '2021-03-03 00:04:12 10.10.0.20 POST /Microsoft-Server-ActiveSync/default.eas Cmd=Ping&User=ann%40meadow.example&DeviceId=A1&DeviceType=iPhone 443 MEADOW\\ann 198.51.100.20 Apple-iPhone/1801 - 200 0 0 900031',
        '2021-03-03 00:05:12 10.10.0.20 POST /autodiscover/autodiscover.xml - 443 MEADOW\\ann 198.51.100.21 Microsoft+Office/16.0 - 200 0 0 62',
        '2021-03-03 00:06:12 10.10.0.20 GET /owa/auth/15.1.2106/themes/resources/segoeui-regular.ttf - 443 - 198.51.100.21 Mozilla/5.0 - 200 0 0 15',
        '2021-03-03 00:07:12 10.10.0.20 GET /ecp/default.aspx ExchClientVer=15 443 MEADOW\\admin 10.10.0.99 Mozilla/5.0 - 200 0 0 215',
        '2021-03-03 00:07:15 10.10.0.20 POST /ecp/DDI/DDIService.svc/GetList schema=MailboxService&msExchEcpCanary=x 443 MEADOW\\admin 10.10.0.99 Mozilla/5.0 - 200 0 0 115',
        '2021-03-03 00:08:12 10.10.0.20 GET /owa/auth/RedirSuiteServiceProxy.aspx - 443 - 198.51.100.30 Mozilla/5.0 - 200 0 0 12',
      ),
    },
    expect: nothing,
  },
  {
    name: 'names of known pages guessed by strangers',
    files: {
      'u_ex210312.log': crlf(
        ...iisHead,
        ...['supp0rt', 'discover', 'shell', 'error', 'web', 'help', 'aspnet', 'one'].map(
          (page, index) =>
            `2021-03-12 11:0${index}:20 10.10.0.20 GET /aspnet_client/${page}.aspx - 443 - 198.51.100.4${index} Mozilla/5.0 - 404 0 2 15`,
        ),
        '2021-03-12 11:10:20 10.10.0.20 GET /owa/auth/shel2.aspx - 443 - 198.51.100.41 Mozilla/5.0 - 302 0 0 15',
      ),
    },
    expect: nothing,
  },
  {
    name: 'the second version of Autodiscover',
    files: {
      'u_ex210812.log': crlf(
        ...iisHead,
        `2021-08-12 11:10:20 10.10.0.20 GET ${json} Email=ann%40meadow.example&Protocol=ActiveSync&RedirectCount=1 443 - 198.51.100.41 Outlook-iOS/2.0 - 200 0 0 15`,
        `2021-08-12 11:10:21 10.10.0.20 GET ${json}/v1.0/ann@meadow.example Protocol=AutodiscoverV1&RedirectCount=1 443 - 198.51.100.41 Microsoft+Office/16.0 - 200 0 0 15`,
      ),
    },
    expect: nothing,
  },
  {
    name: 'checks for ProxyShell that were turned away',
    files: {
      'post.txt': lf(
        'Saw these yesterday, patched in May:',
        '```',
        `2021-08-12 11:10:20 10.10.0.20 GET ${json} @probe.example/owa/?&Email=autodiscover/autodiscover.json%3F@probe.example 443 - 203.0.113.80 Mozilla/5.0 - 302 0 0 15`,
        `2021-08-12 11:10:22 10.10.0.20 GET ${json} @probe.example/mapi/nspi?&Email=autodiscover/autodiscover.json%3F@probe.example 443 - 203.0.113.80 Mozilla/5.0 - 400 0 0 15`,
        '```',
      ),
    },
    expect: {
      answer: ['cannot_tell', 'attempted', 'no_evidence'],
      stage: ['probed', 'attempted'],
      mustNotClaim: ['exploited', 'implanted', 'operated'],
    },
  },
  {
    name: 'remote PowerShell through Autodiscover, answered',
    files: {
      'u_ex210821.log': crlf(
        ...iisHead,
        ...['11', '13', '19', '24'].map(
          (second) =>
            `2021-08-21 03:10:${second} 10.10.0.20 POST ${json} @evil.example/powershell/?X-Rps-CAT=VgEAVAdXaW5kb3dz&Email=autodiscover/autodiscover.json%3F@evil.example 443 - 203.0.113.90 python-requests/2.26.0 - 200 0 0 4${second}`,
        ),
      ),
    },
    expect: {
      answer: ['suspected', 'attempted'],
      stage: ['exploited', 'attempted'],
      mustNotClaim: ['implanted', 'operated', 'spread'],
    },
  },
  {
    name: 'an export of mail into a page, from the event log',
    files: {
      'event.txt': crlf(
        'Log Name:      MSExchange Management',
        'Source:        MSExchange CmdletLogs',
        'Date:          8/21/2021 3:11:12 AM',
        'Event ID:      1',
        'Task Category: General',
        'Level:         Information',
        'Keywords:      Classic',
        'User:          N/A',
        'Computer:      MAIL01.meadow.example',
        'Description:',
        'Cmdlet succeeded. Cmdlet New-MailboxExportRequest, parameters -Mailbox "ann@meadow.example" -IncludeFolders {"#Drafts#"} -ExcludeDumpster "True" -FilePath "\\\\localhost\\C$\\inetpub\\wwwroot\\aspnet_client\\kd93m.aspx".',
      ),
    },
    expect: implantedProbably,
  },
  {
    name: 'an export request as a list',
    files: {
      'requests.txt': crlf(
        '[PS] C:\\>Get-MailboxExportRequest | fl Name,Status,FilePath,SourceAlias',
        '',
        '',
        'Name        : Kd93m',
        'Status      : Completed',
        'FilePath    : \\\\localhost\\c$\\inetpub\\wwwroot\\aspnet_client\\kd93m.aspx',
        'SourceAlias : ann',
        '',
      ),
    },
    expect: implantedProbably,
  },
  {
    name: 'an export of mail by an administrator',
    files: {
      'requests.txt': crlf(
        '[PS] C:\\>Get-MailboxExportRequest | fl Name,Status,FilePath,SourceAlias',
        '',
        'Name        : MailboxExport',
        'Status      : Completed',
        'FilePath    : \\\\fs01.meadow.example\\pst$\\ann.pst',
        'SourceAlias : ann',
      ),
    },
    expect: nothing,
  },
  {
    name: 'a row of the control panel found by findstr',
    files: {
      'findstr.txt': crlf(
        'C:\\>findstr /s /n /i "Set-.*VirtualDirectory" "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Logging\\ECP\\Server\\*.LOG"',
        `C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Logging\\ECP\\Server\\ECPServer20210303-1.LOG:3310:${ecp(set)}`,
      ),
    },
    expect: implanted,
  },
  {
    name: 'a row of the control panel with typographic quotes',
    files: {
      'post.txt': lf(
        'My ECP log has:',
        ecp(set)
          .replace(',"', ',“')
          .replace(/"$/, '”')
          .replaceAll("''", '’’')
          .replaceAll("'S:", '‘S:')
          .replaceAll("';", '’;')
          .replaceAll('"', '”'),
      ),
    },
    expect: implantedProbably,
  },
  {
    name: 'a row of the control panel with entities',
    files: {
      'post.txt': lf(
        'My ECP log has:',
        ecp(set).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
      ),
    },
    expect: implantedProbably,
  },
  {
    name: 'a cmdlet that ended in an exception',
    files: {
      'row.txt': lf(ecp(set, 'Microsoft.Exchange.Data.DataValidationException:The URL is not valid')),
    },
    expect: attempted,
  },
  {
    name: 'an administrator who sets the address of the address book',
    files: {
      'row.txt': lf(ecp(`Set-OabVirtualDirectory.ExternalUrl=''https://mail.meadow.example/OAB''.Identity=''5fdd4fce''`)),
    },
    expect: nothing,
  },
  {
    name: 'search results exported as a table, with the raw row',
    files: {
      'splunk.csv': lf(
        '"_time","host","source","sourcetype","_raw"',
        `"2021-03-03T05:32:20.000+0000","MAIL01","C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log","iis","${sessionRow}"`,
        `"2021-03-03T05:32:41.000+0000","MAIL01","C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log","iis","${sessionRow.replace('05:32:20', '05:32:41')}"`,
      ),
    },
    expect: session,
  },
  {
    name: 'search results exported as JSON, with the raw row',
    files: {
      'elastic.ndjson': lf(
        JSON.stringify({
          _index: 'filebeat-2021.03.03',
          _source: {
            '@timestamp': '2021-03-03T05:32:20.000Z',
            host: { name: 'MAIL01' },
            log: { file: { path: 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log' } },
            message: sessionRow,
          },
        }),
      ),
    },
    expect: session,
  },
  {
    name: 'search results with fields of their own',
    files: {
      'export.csv': lf(
        '@timestamp,host.name,source.ip,http.request.method,url.path,http.response.status_code,user_agent.original',
        '"Mar 3, 2021 @ 05:32:20.000",MAIL01,203.0.113.77,POST,/ecp/y.js,241,python-requests/2.25.1',
      ),
    },
    expect: session,
  },
  {
    name: 'the log of a proxy that stands before the server',
    files: {
      'access.log': lf(
        '198.51.100.20 - - [03/Mar/2021:05:31:58 +0000] "POST /Microsoft-Server-ActiveSync?Cmd=Ping HTTP/1.1" 200 12 "-" "Apple-iPhone/1801"',
        '203.0.113.77 - - [03/Mar/2021:05:32:20 +0000] "POST /ecp/y.js HTTP/1.1" 241 0 "-" "python-requests/2.25.1"',
      ),
    },
    expect: session,
  },
  {
    name: 'advanced logging of the web server',
    files: {
      'adv.log': crlf(
        '#Software: IIS Advanced Logging Module',
        '#Version: 1.0',
        '#Start-Date: 2021-03-03 05:00:00.000',
        '#Fields:  date-local time-local date time s-computername cs-uri-stem cs-uri-query cs-method cs-username c-ip cs(User-Agent) sc-status time-taken',
        '2021-03-03 06:32:20.101 2021-03-03 05:32:20.101 "MAIL01" /ecp/y.js a=b POST - 203.0.113.77 "python-requests/2.25.1" 241 1406',
      ),
    },
    expect: session,
  },
  {
    name: 'a log of the web server turned into a table with semicolons',
    files: {
      'iis.csv': crlf(
        'date;time;s-ip;cs-method;cs-uri-stem;cs-uri-query;s-port;cs-username;c-ip;cs(User-Agent);sc-status',
        '2021-03-03;05:32:20;10.10.0.20;POST;/ecp/y.js;a=b;443;-;203.0.113.77;python-requests/2.25.1;241',
      ),
    },
    expect: session,
  },
  {
    name: 'connections of the firewall',
    files: {
      'pfirewall.log': crlf(
        '#Version: 1.5',
        '#Software: Microsoft Windows Firewall',
        '#Time Format: Local',
        '#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path',
        '',
        '2021-03-03 06:33:10 ALLOW TCP 10.10.0.20 203.0.113.9 51222 443 0 - 0 0 0 - - - SEND',
        '2021-03-03 06:33:11 ALLOW TCP 203.0.113.77 10.10.0.20 40112 443 0 - 0 0 0 - - - RECEIVE',
      ),
    },
    expect: nothing,
  },
  {
    name: 'what a server answers',
    files: {
      'curl.txt': lf(
        '$ curl -skI https://mail.meadow.example/owa/',
        'HTTP/2 302',
        'content-length: 213',
        'location: https://mail.meadow.example/owa/auth/logon.aspx?url=https%3a%2f%2fmail.meadow.example%2fowa%2f&reason=0',
        'server: Microsoft-IIS/10.0',
        'x-owa-version: 15.1.2106.2',
        'x-feserver: MAIL01',
        'date: Sat, 06 Mar 2021 10:12:11 GMT',
      ),
    },
    expect: nothing,
  },
];
