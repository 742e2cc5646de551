/**
 * One small log of each kind, in a form that somebody published: the header as it was shown, rows of our own under it. The tests of
 * readers, of recognising and the fuzzing share them.
 */
export interface LogForm {
  readonly text: string;
  /** Where it stands on the server. */
  readonly path: string;
  /** Who published the form. */
  readonly source: string;
  readonly records: number;
  /** Problems as `code×count`. */
  readonly problems: readonly string[];
  /** Of the first row, decoded. */
  readonly first: Readonly<Record<string, string>>;
  readonly firstTime: string | null;
}

const exchange = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\';
const block = (type: string, fields: string, version = '15.01.2375.007'): string =>
  `#Software: Microsoft Exchange Server\r\n#Version: ${version}\r\n#Log-type: ${type}\r\n#Date: 2021-03-03T04:00:00.000Z\r\n#Fields: ${fields}\r\n`;
const guid = '8c1b0e1e-1111-4d84-9a3c-ab1c72a5c8b1';

const ecpFields = 'TimeStamp,ServerName,EventId,EventData';
const rpsHttpFields =
  'DateTime,StartTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,UrlHost,UrlStem,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,ManagedOrganization,ClientIpAddress,ServerHostName,FrontEndServer,HttpStatus,SubStatus,ErrorCode,Action,CommandId,CommandName,SessionId,ShellId,FailFast,ContributeToFailFast,RequestBytes,ClientInfo,CPU,Memory,ActivityContextLifeTime,TotalTime,UrlQuery,GenericLatency,GenericInfo,GenericErrors';
const rpsCmdletFields =
  'DateTime,StartTime,RequestId,ClientRequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ServerHostName,ProcessId,ProcessName,ThreadId,CultureInfo,Organization,AuthenticatedUser,ExecutingUserSid,EffectiveOrganization,UserServicePlan,IsAdmin,ClientApplication,Cmdlet,Parameters,CmdletUniqueId,UserBudgetOnStart,ContributeToFailFast,RunspaceSettingsCreationHint,ADViewEntireForest,ADRecipientViewRoot,ADConfigurationDomainControllers,ADPreferredGlobalCatalogs,ADPreferredDomainControllers,ADUserConfigurationDomainController,ADUserPreferredGlobalCatalog,ADuserPreferredDomainControllers,ThrottlingInfo,DelayInfo,ThrottlingDelay,IsOutputObjectRedacted,CmdletProxyStage,CmdletProxyRemoteServer,CmdletProxyRemoteServerVersion,CmdletProxyMethod,ProxiedObjectCount,CmdletProxyLatency,OutputObjectCount,ParameterBinding,BeginProcessing,ProcessRecord,EndProcessing,StopProcessing,BizLogic,PowerShellLatency,UserInteractionLatency,ProvisioningLayerLatency,ActivityContextLifeTime,TotalTime,ErrorType,ExecutionResult,CacheHitCount,CacheMissCount,GenericLatency,GenericInfo,GenericErrors,ObjectGuid,ExternalDirectoryOrganizationId,ExternalDirectoryObjectId,NonPiiParameters';
const ewsFields =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,Ring,ClientRequestId,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,UserAgent,VersionInfo,ClientIpAddress,ServerHostName,FrontEndServer,SoapAction,HttpStatus,RequestSize,ResponseSize,ErrorCode,ImpersonatedUser,ProxyAsUser,ActAsUser,Cookie,CorrelationGuid,PrimaryOrProxyServer,TaskType';

const mapiFields =
  'DateTime,RequestId,MapiRequestId,ClientRequestId,RequestType,HttpStatusCode,ResponseCode,StatusCode,ReturnCode,TotalRequestLatency,DeploymentRing,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,AuthenticatedUserEmail,UPN,Puid,TenantGuid,MailboxId,MDBGuid,ActAsUserEmail,ClientIP,SourceCafeServer,EdgeInfo,NetworkDeviceInfo,SessionCookie,SequenceCookie,MapiClientInfo,ClientSoftware,ClientSoftwareVersion,ClientMode,AuthenticationType,AuthModuleLatency,LiveIdBasicLog,LiveIdBasicError,LiveIdNegotiateError,OAuthLatency,OAuthError,OAuthErrorCategory,OAuthExtraInfo,AuthenticatedUser,RopIds,OperationSpecific,GenericInfo,GenericErrors';
const trackingFields =
  'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data,transport-traffic-type,log-id,schema-version';
/** Exchange 2010. */
export const tracking2010Fields =
  'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data';
const agentFields =
  'Timestamp,SessionId,LocalEndpoint,RemoteEndpoint,EnteredOrgFromIP,MessageId,P1FromAddress,P2FromAddresses,Recipient,NumRecipients,Agent,Event,Action,SmtpResponse,Reason,ReasonData,Diagnostics,NetworkMsgID,TenantID,Directionality';
const smtpFields = 'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context';
const filteringFields =
  'DateTime,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ServerHostName,SharedCacheLatency,TotalLatency,HttpMethod,UrlHost,UrlStem,UrlQuery,ServerIP,Protocol,HeaderNames,CookieNames,ScanResult,GenericInfo,GenericErrors';
const auditFields = 'Timestamp,Server,TenantId,RecordType,Data,UserKey,RecordId,Operation,Workload,ResultStatus,Version,Scope';
const ncsaFields = 'https://httpd.apache.org/docs/2.4/logs.html';
const iisForms = 'https://learn.microsoft.com/en-us/previous-versions/iis/6.0-sdk/ms525807(v=vs.90)';

const artefacts = 'https://github.com/Qazeer/artefacts.help/blob/main/pages/windows/server_roles/microsoft_exchange.md';
/** Where a log stands; its columns nobody has shown, so those here are ours. */
const placeOnly = 'https://microsoft.github.io/CSS-Exchange/Diagnostics/ExchangeLogCollector/';

const cmdletRow = (cmdlet: string, parameters: string, result: string): string =>
  `2021-08-13T02:11:05.866Z,2021-08-13T02:11:00.147Z,${guid},,15,1,2242,4,MAIL01,6832,w3wp#MSExchangePowerShellAppPool,5,,,Administrator,S-1-5-21-1-2-3-500,,,True,PowerShell,${cmdlet},"${parameters.replaceAll('"', '""')}",${guid},,,GCRandomly,False,haven.example,DC01.haven.example,DC01.haven.example,DC01.haven.example,,,,,,,,,,,,0,,1,31,109,7553,6,,7568,30,1,7232,25764,7717,,${result},,,,,,,,,`;

export const logForms: Readonly<Record<string, LogForm>> = {
  'ecp-activity': {
    text: `${block('ECP Activity Context Log', ecpFields, '15.0.0.0')}2021-03-03T04:12:11.021Z,MAIL01,Request,S:PSA=<PII>admin@haven.example</PII>;S:URL=https://mail01.haven.example:444/ecp/DDI/DDIService.svc/SetObject?schema=OABVirtualDirectory;S:Bld=15.1.2106.2;S:ActID=${guid};Dbl:MAPI.T[MAIL01.${guid}]=3;S:WLM.Bal=2.1E+09\r\n2021-03-03T04:13:12.020Z,MAIL01,Request,S:URL=https://localhost:444/ecp/logoff.aspx;S:Bld=15.1.2106.2;S:ActID=${guid};Dbl:WLM.TS=0\r\n`,
    path: `${exchange}Logging\\ECP\\Activity\\ECPActivity_11500_20210303-1.LOG`,
    source: artefacts,
    records: 2,
    problems: [],
    first: {
      ServerName: 'MAIL01',
      PSA: 'admin@haven.example',
      URL: 'https://mail01.haven.example:444/ecp/DDI/DDIService.svc/SetObject?schema=OABVirtualDirectory',
      Bld: '15.1.2106.2',
      ActID: guid,
    },
    firstTime: '2021-03-03T04:12:11.021Z',
  },
  'oab-generator': {
    text: `#Software: Microsoft Exchange Server\r\n#Version: 15.01.2106.002\r\n2021-03-03T04:12:11.021Z,OAB,Download failed and temporary file "C:\\inetpub\\wwwroot\\aspnet_client\\log.aspx" needs to be removed\r\n2021-03-03T04:13:12.020Z,OAB,Generation of the address book finished\r\n   at a line that goes on\r\n`,
    path: `${exchange}Logging\\OABGeneratorLog\\OABGeneratorLog_20210303-1.LOG`,
    source: 'https://www.microsoft.com/en-us/security/blog/2021/03/02/hafnium-targeting-exchange-servers/',
    records: 3,
    problems: [],
    first: { TemporaryFile: 'C:\\inetpub\\wwwroot\\aspnet_client\\log.aspx' },
    firstTime: '2021-03-03T04:12:11.021Z',
  },
  'rps-http': {
    text: `${rpsHttpFields}\r\n${block('Rps Http Logs', rpsHttpFields)}2021-08-13T02:10:58.259Z,2021-08-13T02:10:58.144Z,${guid},15,1,2242,4,,mail.haven.example,/Powershell,Kerberos,true,admin@haven.example,,,198.51.100.87,MAIL01,MAIL01.HAVEN.EXAMPLE,200,0,,,,,,,,,3236,Python PSRP Client,0% * 4,169M/175M,100,115,?X-Rps-CAT=VgEAVAdXaW5kb3dz&Email=autodiscover/autodiscover.json%3F@haven.example,RequestMonitor.Register=3;,S:ServiceCommonMetadata.HttpMethod=POST,\r\n`,
    path: `${exchange}Logging\\CmdletInfra\\Powershell-Proxy\\Http\\Rps_Http_2021081302-1.LOG`,
    source: 'https://github.com/DebugPrivilege/InsightEngineering',
    records: 1,
    problems: [],
    first: {
      AuthenticatedUser: 'admin@haven.example',
      ClientIpAddress: '198.51.100.87',
      HttpStatus: '200',
      ClientInfo: 'Python PSRP Client',
      UrlQuery: '?X-Rps-CAT=VgEAVAdXaW5kb3dz&Email=autodiscover/autodiscover.json%3F@haven.example',
    },
    firstTime: '2021-08-13T02:10:58.259Z',
  },
  'rps-cmdlet': {
    text: `${rpsCmdletFields}\r\n${block('Rps Cmdlet Logs', rpsCmdletFields)}${cmdletRow('New-ManagementRoleAssignment', '-Role "Mailbox Import Export" -SecurityGroup "Organization Management"', 'Success')}\r\n${cmdletRow('Get-Mailbox', '-ResultSize "1"', 'Error')}\r\n`,
    path: `${exchange}Logging\\CmdletInfra\\Powershell-Proxy\\Cmdlet\\Rps_Cmdlet_2021081302-1.LOG`,
    source: artefacts,
    records: 2,
    problems: [],
    first: {
      Cmdlet: 'New-ManagementRoleAssignment',
      Parameters: '-Role "Mailbox Import Export" -SecurityGroup "Organization Management"',
      ProcessName: 'w3wp#MSExchangePowerShellAppPool',
      ExecutingUserSid: 'S-1-5-21-1-2-3-500',
      ExecutionResult: 'Success',
    },
    firstTime: '2021-08-13T02:11:05.866Z',
  },
  ews: {
    text: `${block('EWS Logs', ewsFields)}2021-03-03T04:12:06.410Z,${guid},15,1,2106,2,Unknown,,Negotiate,true,HAVEN\\MAIL01$,haven.example,ExchangeServicesClient/15.01.2106.002,Target=None;Req=Exchange2013/Exchange2013;,198.51.100.87,MAIL01,MAIL01.HAVEN.EXAMPLE,FindItem,200,666,1402,,ceo@haven.example,,,,${guid},PrimaryServer,LocalTask\r\n`,
    path: `${exchange}Logging\\Ews\\Ews_2021030304-1.LOG`,
    source: artefacts,
    records: 1,
    problems: [],
    first: {
      AuthenticatedUser: 'HAVEN\\MAIL01$',
      SoapAction: 'FindItem',
      ImpersonatedUser: 'ceo@haven.example',
      ServerHostName: 'MAIL01',
      HttpStatus: '200',
    },
    firstTime: '2021-03-03T04:12:06.410Z',
  },
  autodiscover: {
    text: `${block('Autodiscover Logs', 'DateTime,RequestId,AuthenticatedUser,EmailAddress,ClientIpAddress,ServerHostName,HttpStatus,SomethingNew')}2021-08-13T02:10:06.410Z,${guid},HAVEN\\eva,"eva@haven.example",198.51.100.87,MAIL01,200,x\r\n`,
    path: `${exchange}Logging\\Autodiscover\\Autod_2021081302-1.LOG`,
    source: placeOnly,
    records: 1,
    problems: [],
    first: { EmailAddress: 'eva@haven.example', SomethingNew: 'x', ServerHostName: 'MAIL01' },
    firstTime: '2021-08-13T02:10:06.410Z',
  },
  mapihttp: {
    text: `${block('MapiHttp Logs', mapiFields, '15.02.1544.004')}${mapiFields}\r\n2021-03-03T04:12:06.410Z,${guid},{0F1A}:12,{0F1A}:12,Execute,200,0,0,0,15,,15,2,721,13,eva@haven.example,eva@haven.example,,,${guid}@haven.example,${guid},ceo@haven.example,198.51.100.87,MAIL01,,,,,Client=MSExchangeRPC,OUTLOOK.EXE,16.0.4266.1001,Cached\r\n`,
    path: `${exchange}Logging\\MapiHttp\\Mailbox\\MapiHttp_2021030304-1.LOG`,
    source: placeOnly,
    records: 1,
    problems: [],
    first: { RequestType: 'Execute', HttpStatusCode: '200', ActAsUserEmail: 'ceo@haven.example', ClientIP: '198.51.100.87' },
    firstTime: '2021-03-03T04:12:06.410Z',
  },
  'owa-backend': {
    text: `${block('OWA Server Log', 'TimeStamp,ServerName,EventId,EventData')}2021-03-03T04:12:06.410Z,MAIL01,OWA.Request,S:X=1\r\n`,
    path: `${exchange}Logging\\OWA\\Server\\OWAServer20210303-1.LOG`,
    source: placeOnly,
    records: 1,
    problems: [],
    first: { ServerName: 'MAIL01', EventId: 'OWA.Request' },
    firstTime: '2021-03-03T04:12:06.410Z',
  },
  rca: {
    text: `${block('RCA Protocol Logs', 'date-time,session-id,seq-number,client-name,organization-info,client-software,client-software-version,client-mode,client-ip,server-ip,protocol,application-id,operation,rpc-status,processing-time,operation-specific,failures')}2021-03-03T04:12:06.410Z,12,0,/o=Haven/cn=eva,,OUTLOOK.EXE,14.0.7128.5000,Cached,198.51.100.87,192.0.2.10,ncacn_http,,OwnerLogon,0,00:00:00.0150000,"Logon: Owner, /o=Haven/cn=ceo",\r\n`,
    path: `${exchange}Logging\\RPC Client Access\\RCA_20210303-1.LOG`,
    source:
      'https://techcommunity.microsoft.com/t5/exchange-team-blog/modern-public-folders-logging-and-when-to-use-it/ba-p/607122',
    records: 1,
    problems: [],
    first: { 'client-name': '/o=Haven/cn=eva', operation: 'OwnerLogon', 'client-ip': '198.51.100.87' },
    firstTime: '2021-03-03T04:12:06.410Z',
  },
  httprequestfiltering: {
    text: `${filteringFields}\r\n${block('Http Request Filtering Logs', filteringFields, '15.01.2308.008').replace('2021-03-03', '2021-06-30')}6/30/2021 10:03:57 AM,15,1,2308,8,MAIL01,,,POST,mail.haven.example,/ecp/x.js,,::1,FrontEnd.Ecp,Content-Length;Cookie;Host,X-BEResource,Detected,,\r\n6/30/2021 10:09:41 PM,15,1,2308,8,MAIL01,,,POST,mail.haven.example,/ecp/x.js,,192.0.2.52,FrontEnd.Ecp,Content-Length;Cookie;Host,X-BEResource,Detected,,\r\n`,
    path: `${exchange}Logging\\HttpRequestFiltering\\HttpRequestFiltering_2021063010-1.LOG`,
    source: 'https://learn.microsoft.com/en-us/exchange/antispam-and-antimalware/amsi-integration-with-exchange',
    records: 2,
    problems: [],
    first: { ScanResult: 'Detected', UrlStem: '/ecp/x.js', CookieNames: 'X-BEResource', ServerHostName: 'MAIL01' },
    firstTime: '2021-06-30T10:03:57.000Z',
  },
  'mitigation-service': {
    text: `${block('Exchange Mitigation Service', 'DateTime,ServerName,MitigationId,Status,Details')}2021-10-01T04:12:06.410Z,MAIL01,PING1,Applied,\r\n`,
    path: `${exchange}Logging\\MitigationService\\MitigationService_2021100104-1.LOG`,
    source: 'https://learn.microsoft.com/en-us/exchange/exchange-emergency-mitigation-service',
    records: 1,
    problems: [],
    first: { MitigationId: 'PING1', Status: 'Applied' },
    firstTime: '2021-10-01T04:12:06.410Z',
  },
  'message-tracking': {
    text: `${block('Message Tracking Log', trackingFields)}2021-08-13T02:20:29.339Z,192.0.2.10,EDGE01,192.0.2.20,MAIL01,"MDB:${guid}, Mailbox:${guid}, MessageClass:IPM.Note",,STOREDRIVER,RECEIVE,438,<a1@haven.example>,${guid},eva@haven.example,To,3750222,1,,,"Hello, world",ceo@haven.example,ceo@haven.example,04I: ,Originating,,198.51.100.87,192.0.2.20,S:DeliveryPriority=Normal,Email,${guid},15.01.2375.007\r\n`,
    path: `${exchange}TransportRoles\\Logs\\MessageTracking\\MSGTRKMS2021081302-1.LOG`,
    source: artefacts,
    records: 1,
    problems: [],
    first: {
      'event-id': 'RECEIVE',
      'message-subject': 'Hello, world',
      'sender-address': 'ceo@haven.example',
      'server-hostname': 'MAIL01',
      'schema-version': '15.01.2375.007',
    },
    firstTime: '2021-08-13T02:20:29.339Z',
  },
  'transport-agent': {
    text: `${block('Agent Log', agentFields, '15.0.0.0')}2021-08-13T02:38:59.177Z,08D95E0123456789,192.0.2.10,198.51.100.22:46904,198.51.100.22,,eva@haven.example,eva@haven.example;,ceo@haven.example,1,Inbound Trust Agent,OnEndOfHeaders,ModifyHeaders,,,,Cross premises headers filtered,${guid},,Incoming\r\n`,
    path: `${exchange}TransportRoles\\Logs\\Hub\\AgentLog\\AgentLog20210813-1.LOG`,
    source: artefacts,
    records: 1,
    problems: [],
    first: { Agent: 'Inbound Trust Agent', Event: 'OnEndOfHeaders', Action: 'ModifyHeaders', EnteredOrgFromIP: '198.51.100.22' },
    firstTime: '2021-08-13T02:38:59.177Z',
  },
  'smtp-receive': {
    text: `${block('SMTP Receive Protocol Log', smtpFields, '15.0.0.0')}2021-08-13T02:59:51.433Z,MAIL01\\Default Frontend MAIL01,08D95E0123456789,1,192.0.2.10:25,198.51.100.33:56026,>,"220 mail.haven.example Microsoft ESMTP MAIL Service ready at Fri, 13 Aug 2021 02:59:51 +0000",\r\n2021-08-13T02:59:53.909Z,MAIL01\\Default Frontend MAIL01,08D95E0123456789,2,192.0.2.10:25,198.51.100.33:56026,<,EHLO [198.51.100.33],\r\n2021-08-13T02:59:59.644Z,MAIL01\\Default Frontend MAIL01,08D95E0123456789,3,192.0.2.10:25,[2001:db8::33]:56026,*,,Inbound AUTH LOGIN failed because of LogonDenied\r\n`,
    path: `${exchange}TransportRoles\\Logs\\FrontEnd\\ProtocolLog\\SmtpReceive\\RECV2021081302-1.LOG`,
    source: artefacts,
    records: 3,
    problems: [],
    first: { event: '>', 'remote-ip': '198.51.100.33', 'connector-id': 'MAIL01\\Default Frontend MAIL01' },
    firstTime: '2021-08-13T02:59:51.433Z',
  },
  'smtp-send': {
    text: `${block('SMTP Send Protocol Log', smtpFields, '15.0.0.0')}2021-08-13T02:44:32.784Z,Outbound to internet,08D95E0123456790,0,,203.0.113.26:25,*,,attempting to connect\r\n2021-08-13T02:44:32.910Z,Outbound to internet,08D95E0123456790,1,192.0.2.10:10437,203.0.113.26:25,+,,\r\n`,
    path: `${exchange}TransportRoles\\Logs\\Hub\\ProtocolLog\\SmtpSend\\SEND2021081302-1.LOG`,
    source: 'https://learn.microsoft.com/en-us/exchange/mail-flow/connectors/protocol-logging',
    records: 2,
    problems: [],
    first: { event: '*', 'remote-ip': '203.0.113.26', context: 'attempting to connect' },
    firstTime: '2021-08-13T02:44:32.784Z',
  },
  connectivity: {
    text: `${block('Transport Connectivity Log', 'date-time,session,source,Destination,direction,description', '15.0.0.0')}2021-08-13T02:44:32.784Z,08D95E0123456791,SMTP,haven.example,+,Undefined 00000000-0000-0000-0000-000000000000;QueueLength=<no priority counts>\r\n2021-08-13T02:44:33.784Z,08D95E0123456791,SMTP,haven.example,-,Messages: 1 Bytes: 4012, done\r\n`,
    path: `${exchange}TransportRoles\\Logs\\Hub\\Connectivity\\CONNECTLOG2021081302-1.LOG`,
    source: 'https://learn.microsoft.com/en-us/exchange/mail-flow/transport-logs/connectivity-logging',
    records: 2,
    problems: [],
    first: { Destination: 'haven.example', direction: '+' },
    firstTime: '2021-08-13T02:44:32.784Z',
  },
  'exchange-setup': {
    text: `[03.04.2021 17:13:08.0074] [0] **********************************************\r\n[03.04.2021 17:13:08.0081] [0] Setup version: 15.1.2176.9.\r\n[03.04.2021 17:13:08.0082] [0] Logged on user: HAVEN\\admin.\r\n[03.04.2021 17:13:08.0121] [0] Command Line Parameter Name='mode', Value='Upgrade'.\r\n[03.04.2021 17:13:37.0954] [0] Server Name=MAIL01  \r\n[03.04.2021 17:20:09.0002] [1] [ERROR] The service did not start.\r\n   at Microsoft.Exchange.Setup\r\n[03.04.2021 17:40:09.0002] [0] The Exchange Server setup operation completed successfully.\r\n`,
    path: 'C:\\ExchangeSetupLogs\\ExchangeSetup.log',
    source: 'https://learn.microsoft.com/en-us/answers/questions/1088352/services-down-with-cu12-exchange-2019',
    records: 8,
    problems: [],
    first: { Depth: '0' },
    firstTime: '2021-03-04T17:13:08.007Z',
  },
  'exchange-log': {
    text: `${block('audit', auditFields).replace('Exchange Server\r', 'Exchange\r')}2021-03-03T04:12:33.189Z,MAIL01,00000000-0000-0000-0000-000000000000,ExchangeAdmin,"{""Operation"":""Set-Mailbox"",""ObjectId"":""haven.example\\/Users\\/eva""}",NT AUTHORITY\\SYSTEM (MSExchangeHMHost),${guid},Set-Mailbox,Exchange,True,1,Online\r\n`,
    path: `${exchange}Logging\\CosmosQueue\\audit\\audit20210303-1.LOG`,
    source: artefacts,
    records: 1,
    problems: [],
    first: {
      Server: 'MAIL01',
      Operation: 'Set-Mailbox',
      ResultStatus: 'True',
      Data: '{"Operation":"Set-Mailbox","ObjectId":"haven.example\\/Users\\/eva"}',
    },
    firstTime: '2021-03-03T04:12:33.189Z',
  },
  'iis-w3c': {
    text: '#Software: Microsoft Internet Information Services 6.0\r\n#Version: 1.0\r\n#Date: 2013-07-30 00:00:00\r\n#Fields: time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version cs(User-Agent) sc-status sc-substatus sc-win32-status \r\n00:00:03 W3SVC1 192.0.2.10 GET /exchange/logon.asp - 443 - 198.51.100.87 HTTP/1.1 Mozilla/4.0+(compatible;+MSIE+6.0) 401 2 5\r\n',
    path: 'C:\\WINDOWS\\system32\\LogFiles\\W3SVC1\\ex130730.log',
    source: 'https://github.com/log2timeline/plaso/blob/main/test_data/iis6.log',
    records: 1,
    problems: [],
    first: { 'cs-uri-stem': '/exchange/logon.asp', 'sc-status': '401', 'cs-version': 'HTTP/1.1' },
    firstTime: '2013-07-30T00:00:03.000Z',
  },
  'iis-advanced': {
    text: '#Software: IIS Advanced Logging Module\r\n#Version: 1.0\r\n#Start-Date: 2021-03-03 00:00:00.064\r\n#Fields:  date time s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) cs(Host) sc-status sc-bytes cs-bytes TimeTakenMS\r\n2021-03-03\t00:03:11.235\t"MAIL01"\t192.0.2.10\tPOST\t/owa/auth/x.aspx\t-\t443\t-\t198.51.100.87\t"Mozilla/4.0 (A "quoted"B)"\t-\t"mail.haven.example"\t200\t378\t186\t15\r\n2021-03-03 00:03:12.235 "MAIL01" 192.0.2.10 GET /owa/ - 443 - 198.51.100.87 "-" - "mail.haven.example" 302 378 186 15\r\n',
    path: 'C:\\inetpub\\logs\\AdvancedLogs\\Default Web Site\\D20210303-000000064.log',
    source: 'https://learn.microsoft.com/en-us/iis/extensions/advanced-logging-module/advanced-logging-for-iis-custom-logging',
    records: 2,
    problems: [],
    first: {
      's-computername': 'MAIL01',
      'cs(User-Agent)': 'Mozilla/4.0 (A "quoted"B)',
      'cs-host': 'mail.haven.example',
      'sc-status': '200',
      'time-taken': '15',
    },
    firstTime: '2021-03-03T00:03:11.235Z',
  },
  'iis-native': {
    text: '198.51.100.87, -, 3/3/2021, 7:55:20, W3SVC2, MAIL01, 192.0.2.10, 4502, 163, 3223, 200, 0, GET, /owa/auth/x.aspx, -,\r\n198.51.100.88, HAVEN\\eva, 03/20/01, 23:58:11, W3SVC1, MAIL01, 192.0.2.10, 60, 275, 0, 401, 5, POST, /owa/, a=1,2,\r\n',
    path: 'C:\\inetpub\\logs\\LogFiles\\W3SVC2\\u_in210303.log',
    source: iisForms,
    records: 2,
    problems: [],
    first: { 'c-ip': '198.51.100.87', 'cs-uri-stem': '/owa/auth/x.aspx', 'sc-status': '200', 's-computername': 'MAIL01' },
    firstTime: '2021-03-03T07:55:20.000Z',
  },
  'iis-ncsa': {
    text: '198.51.100.87 - HAVEN\\eva [03/Mar/2021:17:39:04 -0800] "GET /owa/auth/x.aspx?cmd=1 HTTP/1.0" 200 3401\r\n198.51.100.87 - - [03/Mar/2021:17:39:05 -0800] "POST /owa/ HTTP/1.1" 302 0\r\n',
    path: 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_nc210303.log',
    source: iisForms,
    records: 2,
    problems: [],
    first: { 'cs-username': 'HAVEN\\eva', 'cs-uri-stem': '/owa/auth/x.aspx', 'cs-uri-query': 'cmd=1', 'sc-status': '200' },
    firstTime: '2021-03-04T01:39:04.000Z',
  },
  'logparser-iis': {
    text: 'D:\\my logs\\MAIL01\\u_ex210303.log 831406 2021-03-03 06:44:09 198.51.100.87 NULL NULL MAIL01 192.0.2.10 443 POST /EWS/Exchange.asmx &CorrelationID=<empty>; 401 0 0 NULL NULL 19 NULL NULL Microsoft+Office/16.0 OutlookSession="{1}" NULL NULL NULL NULL NULL NULL NULL NULL NULL\r\n"D:\\my logs\\MAIL01\\u_ex210303.log",831606,2021-03-03,2000-01-01 06:44:13,198.51.100.88,NULL,NULL,MAIL01,192.0.2.10,443,GET,/owa/,NULL,302,0,0,NULL,NULL,53,NULL,NULL,"Agent, with a comma",NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL\r\n',
    path: 'C:\\cases\\export.txt',
    source: 'https://documentation.help/Log-Parser/IISW3C_Fields.htm',
    records: 2,
    problems: [],
    first: {
      LogFilename: 'D:\\my logs\\MAIL01\\u_ex210303.log',
      'cs-uri-stem': '/EWS/Exchange.asmx',
      'sc-status': '401',
      'cs(Cookie)': 'OutlookSession="{1}"',
    },
    firstTime: '2021-03-03T06:44:09.000Z',
  },
  httperr: {
    text: '#Software: Microsoft HTTP API 2.0\r\n#Version: 1.0\r\n#Date: 2021-03-03 04:00:00\r\n#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid sc-status s-siteid s-reason s-queuename\r\n2021-03-03 04:12:11 198.51.100.87 51000 192.0.2.10 443 HTTP/1.1 GET /owa/?a=1 - 400 - Hostname -\r\n2021-03-03 04:12:12 198.51.100.87 51001 192.0.2.10 444 HTTP/1.1 POST /ecp/x.aspx - - 2 Connection_Dropped MSExchangeECPAppPool\r\n',
    path: 'C:\\Windows\\System32\\LogFiles\\HTTPERR\\httperr1.log',
    source: 'https://learn.microsoft.com/en-us/windows/win32/http/types-of-errors-logged-by-the-http-server-api',
    records: 2,
    problems: [],
    first: { 'cs-uri': '/owa/?a=1', 'sc-status': '400', 's-reason': 'Hostname', 'c-port': '51000' },
    firstTime: '2021-03-03T04:12:11.000Z',
  },
  'web-access': {
    text: '198.51.100.87 - - [10/Oct/2021:13:55:36 +0200] "POST /service/extension/backup/mboximport?account-name=a HTTP/1.1" 401 2326 "-" "Mozilla/5.0 (X11; \\"odd\\" one)"\r\n198.51.100.87 - eva [10/Oct/2021:13:55:37 +0200] "GET /public/jsp/x.jsp HTTP/2.0" 200 12 "https://mail.haven.example/" "curl/7.64.1" "203.0.113.5"\r\n198.51.100.87 - - [10/Oct/2021:13:55:38 +0200] "\\x16\\x03\\x01" 400 157 "-" "-"\r\nmail.haven.example:443 198.51.100.87 - - [10/Oct/2021:13:55:39 +0200] "GET / HTTP/1.1" 200 5\r\n',
    path: '/opt/zimbra/log/nginx.access.log',
    source: ncsaFields,
    records: 4,
    problems: [],
    first: {
      'c-ip': '198.51.100.87',
      'cs-method': 'POST',
      'cs-uri-stem': '/service/extension/backup/mboximport',
      'cs-uri-query': 'account-name=a',
      'sc-status': '401',
      'sc-bytes': '2326',
      'cs-user-agent': 'Mozilla/5.0 (X11; \\"odd\\" one)',
    },
    firstTime: '2021-10-10T11:55:36.000Z',
  },
  'sharepoint-uls': {
    text: 'Timestamp              \tProcess                                 \tTID   \tArea                          \tCategory                      \tEventID\tLevel     \tMessage \tCorrelation\r\n03/18/2021 16:39:46.01 \tw3wp.exe (0x5338)                       \t0x3AB8\tSharePoint Foundation         \tMonitoring                    \tnasq\tMedium    \tEntering monitored scope (Request (POST:http://sp.haven.example:80/_layouts/15/start.aspx))\t3ad81d9b-c01d-c0d3-1ab4-cc75daffbf63\r\n03/18/2021 16:39:46.35*\tw3wp.exe (0x5338)\t0x3AB8\tOffice Web Apps\tLogging\tb8fx\tHigh\t...and its end\t\r\n',
    path: 'C:\\Program Files\\Common Files\\microsoft shared\\Web Server Extensions\\15\\LOGS\\SP01-20210318-1639.log',
    source: 'https://learn.microsoft.com/en-us/previous-versions/office/developer/sharepoint-2007/aa979595(v=office.12)',
    records: 2,
    problems: [],
    first: { Process: 'w3wp.exe (0x5338)', Area: 'SharePoint Foundation', Level: 'Medium', EventID: 'nasq' },
    firstTime: '2021-03-18T16:39:46.010Z',
  },
};
