// The log formats as the server writes them: IIS W3C, HttpProxy and the ECP server log. A row is one string without its line
// end; files are joined with CRLF. Nothing here knows a story.

export const iisFields = {
  /** The default of IIS 8 and later. */
  plain:
    'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) ' +
    'sc-status sc-substatus sc-win32-status time-taken',
  /** With the two size columns switched on, as many administrators do. */
  sizes:
    'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) ' +
    'sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken',
  /** Behind a load balancer: a custom column keeps what the balancer says about the client. */
  forwarded:
    'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) ' +
    'sc-status sc-substatus sc-win32-status time-taken X-Forwarded-For',
};

export const httpProxyFields = (
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,' +
  'ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,UserAgent,ClientIpAddress,' +
  'ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion,RoutingType,' +
  'RoutingHint,BackEndCookie,ServerLocatorHost,ServerLocatorLatency,RequestBytes,ResponseBytes,TargetOutstandingRequests,' +
  'AuthModulePerfContext,HttpPipelineLatency,CalculateTargetBackEndLatency,GlsLatencyBreakup,TotalGlsLatency,' +
  'AccountForestLatencyBreakup,TotalAccountForestLatency,ResourceForestLatencyBreakup,TotalResourceForestLatency,ADLatency,' +
  'SharedCacheLatencyBreakup,TotalSharedCacheLatency,ActivityContextLifeTime,ModuleToHandlerSwitchingLatency,' +
  'ClientReqStreamLatency,BackendReqInitLatency,BackendReqStreamLatency,BackendProcessingLatency,BackendRespInitLatency,' +
  'BackendRespStreamLatency,ClientRespStreamLatency,KerberosAuthHeaderLatency,HandlerCompletionLatency,' +
  'RequestHandlerLatency,HandlerToModuleSwitchingLatency,ProxyTime,CoreLatency,RoutingLatency,HttpProxyOverhead,' +
  'TotalRequestTime,RouteRefresherLatency,UrlQuery,BackEndGenericInfo,GenericInfo,GenericErrors,EdgeTraceId,DatabaseGuid,' +
  'UserADObjectGuid,PartitionEndpointLookupLatency,RoutingStatus'
).split(',');

export const rpsHttpFields = (
  'DateTime,StartTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,UrlHost,' +
  'UrlStem,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,ManagedOrganization,ClientIpAddress,' +
  'ServerHostName,FrontEndServer,HttpStatus,SubStatus,ErrorCode,Action,CommandId,CommandName,SessionId,ShellId,' +
  'FailFast,ContributeToFailFast,RequestBytes,ClientInfo,CPU,Memory,ActivityContextLifeTime,TotalTime,UrlQuery,' +
  'GenericLatency,GenericInfo,GenericErrors'
).split(',');

export const rpsCmdletFields = (
  'DateTime,StartTime,RequestId,ClientRequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,' +
  'ServerHostName,ProcessId,ProcessName,ThreadId,CultureInfo,Organization,AuthenticatedUser,ExecutingUserSid,' +
  'EffectiveOrganization,UserServicePlan,IsAdmin,ClientApplication,Cmdlet,Parameters,CmdletUniqueId,' +
  'UserBudgetOnStart,ContributeToFailFast,RunspaceSettingsCreationHint,ADViewEntireForest,ADRecipientViewRoot,' +
  'ADConfigurationDomainControllers,ADPreferredGlobalCatalogs,ADPreferredDomainControllers,' +
  'ADUserConfigurationDomainController,ADUserPreferredGlobalCatalog,ADuserPreferredDomainControllers,' +
  'ThrottlingInfo,DelayInfo,ThrottlingDelay,IsOutputObjectRedacted,CmdletProxyStage,CmdletProxyRemoteServer,' +
  'CmdletProxyRemoteServerVersion,CmdletProxyMethod,ProxiedObjectCount,CmdletProxyLatency,OutputObjectCount,' +
  'ParameterBinding,BeginProcessing,ProcessRecord,EndProcessing,StopProcessing,BizLogic,PowerShellLatency,' +
  'UserInteractionLatency,ProvisioningLayerLatency,ActivityContextLifeTime,TotalTime,ErrorType,ExecutionResult,' +
  'CacheHitCount,CacheMissCount,GenericLatency,GenericInfo,GenericErrors,ObjectGuid,' +
  'ExternalDirectoryOrganizationId,ExternalDirectoryObjectId,NonPiiParameters'
).split(',');

export const ecpServerFields = ['TimeStamp', 'ServerName', 'EventId', 'EventData'];

const pad = (n) => (n < 10 ? `0${n}` : `${n}`);

let lastDay = Number.NaN;
let lastDate = '';
/** `2021-03-01`, remembered: rows come day by day. */
const dateOf = (ms) => {
  const day = Math.floor(ms / 86_400_000);
  if (day !== lastDay) {
    lastDay = day;
    lastDate = new Date(day * 86_400_000).toISOString().slice(0, 10);
  }
  return lastDate;
};
const clock = (ms) => {
  const second = Math.floor(ms / 1000) % 86_400;
  return `${pad(Math.floor(second / 3600))}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`;
};

/** `2021-03-01T04:12:07.413Z` */
export const isoTime = (ms) => `${dateOf(ms)}T${clock(ms)}.${`${ms % 1000}`.padStart(3, '0')}Z`;
/** `2021-03-01 04:12:07` */
export const w3cTime = (ms) => `${dateOf(ms)} ${clock(ms)}`;
/** `20210301` */
export const dayName = (ms) => {
  const d = new Date(ms);
  return `${d.getUTCFullYear()}${pad(d.getUTCMonth() + 1)}${pad(d.getUTCDate())}`;
};

export const iisHeader = (ms, fields) => [
  '#Software: Microsoft Internet Information Services 10.0',
  '#Version: 1.0',
  `#Date: ${w3cTime(ms)}`,
  `#Fields: ${fields}`,
];

/** `15.1.2176.9` -> `15.01.2176.009` */
export const longBuild = (build) => {
  const [a, b, c, d] = build.split('.');
  return `${a.padStart(2, '0')}.${b.padStart(2, '0')}.${c.padStart(4, '0')}.${d.padStart(3, '0')}`;
};

export const httpProxyHeader = (ms, build) => [
  '#Software: Microsoft Exchange Server',
  `#Version: ${longBuild(build)}`,
  '#Log-type: HttpProxy Logs',
  `#Date: ${isoTime(ms)}`,
  `#Fields: ${httpProxyFields.join(',')}`,
];

export const ecpServerHeader = (ms) => [
  '#Software: Microsoft Exchange Server',
  '#Version: 15.0.0.0',
  '#Log-type: ECP Server Log',
  `#Date: ${isoTime(ms)}`,
  `#Fields: ${ecpServerFields.join(',')}`,
];

const rpsHeader = (type, fields) => (ms, build) => [
  '#Software: Microsoft Exchange Server',
  `#Version: ${longBuild(build)}`,
  `#Log-type: ${type}`,
  `#Date: ${isoTime(ms)}`,
  `#Fields: ${fields.join(',')}`,
];
export const rpsHttpHeader = rpsHeader('Rps Http Logs', rpsHttpFields);
export const rpsCmdletHeader = rpsHeader('Rps Cmdlet Logs', rpsCmdletFields);

const plus = (value) => {
  if (value === undefined || value === '') return '-';
  return value.includes(' ') ? value.replaceAll(' ', '+') : value;
};

/** One W3C row. Blanks in client text become `+`, as IIS writes them. */
export function iisRow(r) {
  let row =
    `${w3cTime(r.ms)} ${r.serverIp} ${r.method} ${plus(r.stem)} ${plus(r.query)} ${r.port} ${plus(r.user)} ${r.client} ` +
    `${plus(r.agent)} ${plus(r.referer)} ${r.status} ${r.substatus ?? 0} ${r.win32 ?? 0}`;
  if (r.responseBytes !== undefined) row += ` ${r.responseBytes} ${r.requestBytes}`;
  row += ` ${r.taken}`;
  if (r.forwarded !== undefined) row += ` ${plus(r.forwarded)}`;
  return row;
}

/** CSV: a value with a comma or a quote is wrapped, inner quotes are doubled. */
export const csv = (value) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** From TargetOutstandingRequests to TotalSharedCacheLatency. */
const directory = ',,,0,1,,0,,0,,0,,,0';

/**
 * One HttpProxy row, all 74 columns in the order of `httpProxyFields`. Commas in the user agent become blanks (that is what
 * Exchange does). `taken` is the whole time in ms; `ms` is the end of the request. A request that never left the front end has
 * `back` undefined; one that the back end did not answer has `back.status` undefined.
 */
export function httpProxyRow(r) {
  const begin = isoTime(r.ms - r.taken);
  const end = isoTime(r.ms);
  const back = r.back;
  const agent = csv((r.agent ?? '').replaceAll(',', ' '));
  const taken = r.taken;
  const head =
    `${end},${r.id},${r.build.replaceAll('.', ',')},${csv(r.clientRequestId ?? '')},${r.protocol},${csv(r.host)},` +
    `${csv(r.stem)},${r.action ?? ''},${r.authentication ?? ''},${r.user ? 'true' : 'false'},${csv(r.user ?? '')},,` +
    `${csv(r.anchor ?? '')},${agent},${r.client},${r.server},${r.status},${back?.status ?? ''},${r.error ?? ''},${r.method},`;
  const query = csv(r.query ? `?${r.query}` : '');
  const errors = csv(r.errors ?? '');
  const sizes = `${r.requestBytes ?? 0},${r.responseBytes ?? ''}`;
  if (back === undefined) {
    const info = `BeginRequest=${begin};CorrelationID=<empty>;SharedCacheGuard=0;${r.note ?? ''}EndRequest=${end};`;
    return `${head},,,,,,,,${sizes}${directory},${taken},0,,,,,,,,,,,,,0,,0,${taken},,${query},,${info},${errors},,,,,`;
  }
  const answered = back.status !== undefined;
  const work = answered ? Math.max(0, taken - 4) : '';
  const way = answered
    ? `BeginGetResponse=${begin};OnResponseReady=${end};EndGetResponse=${end};ProxyState-Complete=ProxyResponseData;`
    : 'ProxyState-Complete=PrepareServerRequest;';
  const info =
    `BeginRequest=${begin};CorrelationID=<empty>;ProxyState-Run=None;FEAuth=BEVersion-${back.versionNumber};` +
    `${way}SharedCacheGuard=0;EndRequest=${end};`;
  return (
    `${head}Proxy,${csv(back.target)},${back.targetBuild},IntraForest,${back.hint ?? 'WindowsIdentity'},${back.cookie ?? ''},,,` +
    `${sizes}${directory},${taken},0,0,0,0,${work},0,0,0,,0,${taken},0,${answered ? taken - 2 : ''},1,1,2,${taken},,${query},,` +
    `${info},${errors},,,,,CafeV1`
  );
}

/**
 * A value of one `S:NAME=value` item as the ECP server log quotes it: an item with a quote, a blank or a semicolon in it stands
 * in single quotes as a whole, and every single quote inside is doubled.
 */
export const ecpItem = (name, value) => {
  const item = `S:${name}=${value}`;
  return /['"\s;]/.test(value) ? `'${item.replaceAll("'", "''")}'` : item;
};

/** The items of one `ECP.Request`, in the order in which the server writes them. */
export const ecpEventData = (r) =>
  [
    `S:TIME=${r.taken}`,
    `S:SID=${r.session}`,
    r.rawCommand ?? ecpItem('CMD', r.command),
    'S:REQID=',
    r.rawUrl ?? ecpItem('URL', r.url),
    r.rawReferer ?? ecpItem('REFERRER', r.referer ?? ''),
    r.rawException ?? ecpItem('EX', r.exception ?? ''),
    `S:ACTID=${r.activity}`,
    'S:RS=0',
    `S:BLD=${r.build}`,
    'S:TNAME=<null>',
    'S:TID=',
    `S:USID=${r.userSession ?? ''}`,
    'S:EDOID=',
    'S:ACID=',
  ].join(';');

/** One row of the ECP server log. */
export const ecpRow = (ms, server, eventData) => `${isoTime(ms)},${server},ECP.Request,${csv(eventData)}`;

/** One row of a log whose columns are `fields`, from an object of those that are not empty. */
const sparseRow = (fields, values) => fields.map((name) => csv(`${values[name] ?? ''}`)).join(',');
const versionOf = (build) => {
  const [MajorVersion, MinorVersion, BuildVersion, RevisionVersion] = build.split('.');
  return { MajorVersion, MinorVersion, BuildVersion, RevisionVersion };
};

/** One request to remote PowerShell, as its back end writes it. */
export const rpsHttpRow = (r) =>
  sparseRow(rpsHttpFields, {
    DateTime: isoTime(r.ms),
    StartTime: isoTime(r.ms - r.taken),
    RequestId: r.id,
    ...versionOf(r.build),
    UrlHost: r.host,
    UrlStem: '/Powershell',
    AuthenticationType: 'Kerberos',
    IsAuthenticated: 'true',
    AuthenticatedUser: r.user,
    ClientIpAddress: r.client,
    ServerHostName: r.server,
    FrontEndServer: r.front,
    HttpStatus: r.status,
    SubStatus: 0,
    ClientInfo: r.agent,
    TotalTime: r.taken,
    UrlQuery: r.query === undefined ? '' : `?${r.query}`,
    GenericInfo: 'S:ServiceCommonMetadata.HttpMethod=POST',
  });

/** One cmdlet. */
export const rpsCmdletRow = (r) =>
  sparseRow(rpsCmdletFields, {
    DateTime: isoTime(r.ms),
    StartTime: isoTime(r.ms - r.taken),
    RequestId: r.id,
    ...versionOf(r.build),
    ServerHostName: r.server,
    ProcessId: 6832,
    ProcessName: 'w3wp#MSExchangePowerShellAppPool',
    ThreadId: 5,
    AuthenticatedUser: r.user,
    ExecutingUserSid: r.sid,
    IsAdmin: 'True',
    ClientApplication: 'PowerShell',
    Cmdlet: r.cmdlet,
    Parameters: r.parameters,
    OutputObjectCount: 1,
    TotalTime: r.taken,
    ErrorType: r.error ?? '',
    ExecutionResult: r.error === undefined ? 'Success' : 'Error',
  });
