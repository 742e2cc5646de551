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
};
