/** Anchors and rows of the front end, as the checking script, a console, a forum or a spreadsheet gives them. */
import { anchor, attempted, canary, crlf, type HandOver, lf, nothing, session } from './hand-over.ts';

const autodiscover = `${anchor}/autodiscover/autodiscover.xml?#`;
const fields =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion,RoutingType,RoutingHint,BackEndCookie,ServerLocatorHost,ServerLocatorLatency,RequestBytes,ResponseBytes,TargetOutstandingRequests,AuthModulePerfContext,HttpPipelineLatency,CalculateTargetBackEndLatency,GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,TotalAccountForestLatency,ResourceForestLatencyBreakup,TotalResourceForestLatency,ADLatency,SharedCacheLatencyBreakup,TotalSharedCacheLatency,ActivityContextLifeTime,ModuleToHandlerSwitchingLatency,ClientReqStreamLatency,BackendReqInitLatency,BackendReqStreamLatency,BackendProcessingLatency,BackendRespInitLatency,BackendRespStreamLatency,ClientRespStreamLatency,KerberosAuthHeaderLatency,HandlerCompletionLatency,RequestHandlerLatency,HandlerToModuleSwitchingLatency,ProxyTime,CoreLatency,RoutingLatency,HttpProxyOverhead,TotalRequestTime,RouteRefresherLatency,UrlQuery,BackEndGenericInfo,GenericInfo,GenericErrors,EdgeTraceId,DatabaseGuid,UserADObjectGuid,PartitionEndpointLookupLatency,RoutingStatus';
interface Row {
  readonly time: string;
  readonly protocol?: string;
  readonly stem: string;
  readonly user?: string;
  readonly anchorMailbox: string;
  readonly agent?: string;
  readonly client?: string;
  readonly status: string;
  readonly backEnd?: string;
  readonly method?: string;
  readonly query?: string;
}
/** A row as the front end of 2016 CU18 writes it. */
const row = (of: Row): string =>
  [
    of.time,
    `7c1d6f2e-3b4a-4c5d-8e6f-${of.time.replaceAll(/\D/g, '').slice(2, 14)}`,
    '15',
    '1',
    '2106',
    '2',
    '',
    of.protocol ?? 'Ecp',
    'mail.meadow.example',
    of.stem,
    '',
    of.user === undefined ? '' : 'Negotiate',
    of.user === undefined ? 'false' : 'true',
    of.user ?? '',
    '',
    of.anchorMailbox,
    of.agent ?? 'python-requests/2.25.1',
    of.client ?? '203.0.113.77',
    'MAIL01',
    of.status,
    of.backEnd ?? '',
    '',
    of.method ?? 'POST',
    'Proxy',
    'mail01.meadow.example',
    '15.01.2106.000',
    'IntraForest',
    'X-BEResource-Cookie',
    ...Array.from({ length: 37 }, () => ''),
    of.query ?? '',
    '',
    'BeginRequest=x;CorrelationID=<empty>;',
    ...Array.from({ length: 6 }, () => ''),
  ].join(',');
const head = [
  '#Software: Microsoft Exchange Server',
  '#Version: 15.01.2106.002',
  '#Log-type: HttpProxy Logs',
  '#Date: 2021-03-03T04:00:00.327Z',
  `#Fields: ${fields}`,
];
const sessionRow = row({
  time: '2021-03-03T04:12:31.310Z',
  stem: '/ecp/y.js',
  anchorMailbox: `${anchor}/ecp/proxyLogon.ecp?#`,
  status: '241',
  backEnd: '241',
});

export const anchors: readonly HandOver[] = [
  {
    name: 'rows of the script, quoted in a mail with typographic quotes',
    files: {
      'mail.txt': lf(
        'Hello all,',
        '',
        'this is what the script put on my desktop. Are we hacked?',
        '',
        '> “DateTime”,“AnchorMailbox”',
        `> “2021-03-03T04:07:41.017Z”,“${autodiscover}”`,
        `> “2021-03-04T22:51:03.480Z”,“${autodiscover}”`,
        '>',
        '> Thanks, Ben',
      ),
    },
    expect: attempted,
  },
  {
    name: 'the whole chain in a console table, with entities of a forum',
    files: {
      'post.txt': lf(
        'DateTime                 AnchorMailbox',
        '--------                 -------------',
        `2021-03-03T04:12:20.111Z ServerInfo~a]@mail01.meadow.example:444/autodiscover/autodiscover.xml?#`,
        `2021-03-03T04:12:24.210Z ServerInfo~a]@mail01.meadow.example:444/mapi/emsmdb/?#`,
        `2021-03-03T04:12:31.310Z ServerInfo~a]@mail01.meadow.example:444/ecp/proxyLogon.ecp?#`,
        `2021-03-03T04:12:35.007Z ServerInfo~a]@mail01.meadow.example:444/ecp/DDI/DDIService.svc/GetObject?${canary.replaceAll('&', '&amp;')}#`,
      ),
    },
    expect: { ...session, mustName: ['ECP'] },
  },
  {
    name: 'rows escaped for Markdown',
    files: {
      'question.md': lf(
        'Found with Test-ProxyLogon on both servers:',
        '',
        '2021-03-03T04:07:41.017Z,ServerInfo\\~a\\]@mail\\_01.meadow.example:444/autodiscover/autodiscover.xml?\\#',
        '2021-03-03T05:17:41.900Z,ServerInfo\\~a\\]@mail\\_01.meadow.example:444/autodiscover/autodiscover.xml?\\#',
        '',
        'Should I rebuild?',
      ),
    },
    expect: attempted,
  },
  {
    name: 'a table that wrapped in a window of 80 columns',
    files: {
      'console.txt': crlf(
        'PS C:\\scripts> Import-Csv .\\MAIL01-Cve-2021-26855.csv | ft -Wrap',
        '',
        'DateTime                 AnchorMailbox',
        '--------                 -------------',
        '2021-03-03T04:07:41.017Z ServerInfo~a]@mail01.meadow.example:444/autodiscover/a',
        '                         utodiscover.xml?#',
        '2021-03-03T04:07:44.317Z ServerInfo~a]@mail01.meadow.example:444/mapi/emsmdb/?#',
        '',
      ),
    },
    expect: attempted,
  },
  {
    name: 'a list whose values wrapped',
    files: {
      'fl.txt': crlf(
        'DateTime      : 2021-03-03T04:12:35.007Z',
        'AnchorMailbox : ServerInfo~a]@mail01.meadow.example:444/ecp/DDI/DDIService.svc/Ge',
        `                tObject?${canary.slice(0, 50)}`,
        `                ${canary.slice(50)}#`,
        '',
      ),
    },
    expect: { ...session, answer: ['suspected', 'attempted'], stage: ['exploited', 'attempted'] },
  },
  {
    name: 'a table whose columns were cut',
    files: {
      'cut.txt': crlf(
        'DateTime              AnchorMailbox',
        '--------              -------------',
        '2021-03-03T04:07:4... ServerInfo~a]@mail01.meadow.example:444/autodisco...',
        '2021-03-03T04:07:4... ServerInfo~a]@mail01.meadow.example:444/mapi/emsm...',
      ),
    },
    expect: attempted,
  },
  {
    name: 'rows indented as code in a forum',
    files: {
      'post.md': lf(
        'My output:',
        '',
        `    2021-03-03T04:07:41.017Z ${autodiscover}`,
        `    2021-03-03T04:07:44.317Z ${anchor}/mapi/emsmdb/?#`,
        '',
        'What now?',
      ),
    },
    expect: attempted,
  },
  {
    name: 'a spreadsheet with semicolons and local dates',
    files: {
      'MAIL01-Cve-2021-26855.csv': crlf(
        'DateTime;AnchorMailbox',
        `03.03.2021 05:07;${autodiscover}`,
        `13.03.2021 23:51;${autodiscover}`,
      ),
    },
    expect: attempted,
  },
  {
    name: 'a row of the front end without its header, fenced',
    files: { 'ticket.md': lf('Is this bad?', '```', sessionRow, '```', 'Exchange 2016 CU18, unpatched until the 5th.') },
    expect: session,
  },
  {
    name: 'properties of one row as a list',
    files: {
      'row.txt': crlf(
        'PS C:\\> Import-Csv .\\HttpProxy_2021030304-1.LOG | ? AnchorMailbox -like "*]@*" | fl DateTime,AnchorMailbox,UrlStem,HttpStatus,BackEndStatus,ClientIpAddress,UserAgent',
        '',
        '',
        'DateTime        : 2021-03-03T04:12:31.310Z',
        `AnchorMailbox   : ${anchor}/ecp/proxyLogon.ecp?#`,
        'UrlStem         : /ecp/y.js',
        'HttpStatus      : 241',
        'BackEndStatus   : 241',
        'ClientIpAddress : 203.0.113.77',
        'UserAgent       : python-requests/2.25.1',
        '',
      ),
    },
    expect: session,
  },
  {
    name: 'rows behind the file and line of grep',
    files: {
      'grep.txt': lf(
        '$ grep -rn "]@\\|localhost/ews" HttpProxy/',
        `HttpProxy/Ecp/HttpProxy_2021030304-1.LOG:512:${row({
          time: '2021-03-03T04:20:01.000Z',
          stem: '/ecp/x.js',
          anchorMailbox: 'ServerInfo~a]@mail01.meadow.example:444/ews/exchange.asmx?#',
          status: '200',
          backEnd: '200',
        })}`,
        `HttpProxy/Ecp/HttpProxy_2021030304-1.LOG:517:${row({
          time: '2021-03-03T04:20:05.000Z',
          stem: '/ecp/x.js',
          anchorMailbox: 'ServerInfo~a]@mail01.meadow.example:444/ews/exchange.asmx?#',
          status: '200',
          backEnd: '200',
        })}`,
      ),
    },
    expect: {
      ...session,
      stage: ['exploited', 'impact'],
      answer: ['suspected'],
      mustNotClaim: ['implanted', 'operated', 'spread'],
    },
  },
  {
    name: 'rows as Select-String prints them',
    files: {
      'out.txt': crlf(
        'PS D:\\logs> Select-String -Path .\\Ecp\\*.LOG -Pattern "ServerInfo~"',
        '',
        `Ecp\\HttpProxy_2021030304-1.LOG:512:${row({
          time: '2021-03-03T04:20:01.000Z',
          stem: '/ecp/x.js',
          anchorMailbox: autodiscover,
          status: '500',
        })}`,
        '',
      ),
    },
    expect: attempted,
  },
  {
    name: 'objects of rows as JSON',
    files: {
      'rows.json': `${JSON.stringify(
        [
          {
            DateTime: '2021-03-03T04:12:31.310Z',
            UrlStem: '/ecp/y.js',
            AnchorMailbox: `${anchor}/ecp/proxyLogon.ecp?#`,
            ClientIpAddress: '203.0.113.77',
            ServerHostName: 'MAIL01',
            HttpStatus: '241',
            BackEndStatus: '241',
            Method: 'POST',
          },
        ],
        null,
        4,
      )}\r\n`,
    },
    expect: session,
  },
  {
    name: 'checks for the hole',
    files: {
      'check.csv': crlf(
        '"DateTime","AnchorMailbox"',
        '"2021-03-09T11:02:03.579Z","ServerInfo~localhost/ecp/default.flt?"',
        '"2021-03-10T01:13:44.923Z","ServerInfo~scan.probe.example/owa/auth/logon.aspx?"',
      ),
    },
    expect: nothing,
  },
  {
    name: 'traffic of the server with itself',
    files: {
      'Logging/HttpProxy/Owa/HttpProxy_2021030304-1.LOG': crlf(
        ...head,
        ...[1, 2, 3, 4].map((minute) =>
          row({
            time: `2021-03-03T04:0${minute}:20.111Z`,
            protocol: 'Owa',
            stem: '/owa/',
            user: 'HealthMailbox0d2f6c5e@meadow.example',
            anchorMailbox: 'Sid~S-1-5-21-1004336348-1177238915-682003330-1180',
            agent: 'AMProbe/Local/ClientAccess',
            client: '127.0.0.1',
            status: '200',
            backEnd: '200',
            method: 'GET',
          }),
        ),
        row({
          time: '2021-03-03T04:06:20.111Z',
          stem: '/ecp/Current/exporttool/microsoft.exchange.ediscovery.exporttool.application',
          anchorMailbox: 'ServerVersion~Version 15.0 (Build 0.0)',
          agent: 'Mozilla/5.0 zgrab/0.x',
          client: '198.51.100.4',
          status: '200',
          backEnd: '200',
          method: 'GET',
        }),
      ),
    },
    expect: nothing,
  },
  {
    name: 'a user agent that holds a row behind an escaped line break',
    files: {
      'row.txt': lf(
        'found this one, looks weird',
        row({
          time: '2021-03-03T04:20:01.000Z',
          stem: '/owa/auth/x.js',
          anchorMailbox: '',
          agent: 'x&#13;&#10;2021-03-03 05:32:20 10.10.0.20 POST /ecp/y.js a=b 443 - 203.0.113.77 curl/7.1 - 241 0 0 1406&#10;',
          status: '302',
          method: 'GET',
        }),
      ),
    },
    expect: { ...nothing, answer: ['cannot_tell', 'no_evidence'] },
  },
  {
    name: 'a user agent that leaves its cell by an entity',
    files: {
      'row.txt': lf(
        '"DateTime","UrlStem","UserAgent","HttpStatus","BackEndStatus","AnchorMailbox"',
        `"2021-03-03T04:20:01.000Z","/ecp/y.js","x&quot;,&quot;241&quot;,&quot;241&quot;,&quot;${anchor}/ecp/proxyLogon.ecp?#","302","",""`,
      ),
    },
    expect: { mustNotClaim: ['exploited', 'implanted', 'operated'] },
  },
];
