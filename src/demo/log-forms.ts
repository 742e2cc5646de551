/**
 * The logs as Exchange and IIS write them: headers, and the forms of their rows. Nothing here knows a story or a user.
 *
 * Fields and quirks: docs/reference/sources.md. IIS rows of the front end carry `cafeReqId`, HttpProxy's `RequestId`; the back end's
 * carry the same id first and the activity id second.
 * @see https://github.com/Qazeer/artefacts.help/blob/main/pages/windows/server_roles/microsoft_exchange.md
 */
import { number, text } from './row.ts';

/** Which of the optional columns a server's IIS keeps. */
export interface IisColumns {
  readonly sizes: boolean;
  readonly forwarded: boolean;
}

export const iisFields = ({ sizes, forwarded }: IisColumns): string =>
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) ' +
  `sc-status sc-substatus sc-win32-status${sizes ? ' sc-bytes cs-bytes' : ''} time-taken${forwarded ? ' X-Forwarded-For' : ''}`;

export const httpProxyFields =
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
  'UserADObjectGuid,PartitionEndpointLookupLatency,RoutingStatus';

export const ewsFields =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,Ring,ClientRequestId,AuthenticationType,' +
  'IsAuthenticated,AuthenticatedUser,Organization,UserAgent,VersionInfo,ClientIpAddress,ServerHostName,FrontEndServer,' +
  'SoapAction,HttpStatus,RequestSize,ResponseSize,ErrorCode,ImpersonatedUser,ProxyAsUser,ActAsUser,Cookie,CorrelationGuid,' +
  'PrimaryOrProxyServer,TaskType,RemoteBackendCount,LocalMailboxCount,RemoteMailboxCount,LocalIdCount,RemoteIdCount,' +
  'BeginBudgetConnections,EndBudgetConnections,BeginBudgetHangingConnections,EndBudgetHangingConnections,BeginBudgetAD,' +
  'EndBudgetAD,BeginBudgetCAS,EndBudgetCAS,BeginBudgetRPC,EndBudgetRPC,BeginBudgetFindCount,EndBudgetFindCount,' +
  'BeginBudgetSubscriptions,EndBudgetSubscriptions,MDBResource,MDBHealth,MDBHistoricalLoad,ThrottlingPolicy,' +
  'ThrottlingDelay,ThrottlingRequestType,TotalDCRequestCount,TotalDCRequestLatency,TotalMBXRequestCount,' +
  'TotalMBXRequestLatency,RecipientLookupLatency,ExchangePrincipalLatency,HttpPipelineLatency,CheckAccessCoreLatency,' +
  'AuthModuleLatency,CallContextInitLatency,PreExecutionLatency,CoreExecutionLatency,TotalRequestTime,' +
  'DetailedExchangePrincipalLatency,ClientStatistics,GenericInfo,AuthenticationErrors,GenericErrors,Puid,StartTime,' +
  'ProcessId,TimeInGC,StartTotalMemory,EndTotalMemory,StartGCCounts,EndGCCounts,TokenBasedThrottlingPolicy,BudgetKey,' +
  'CoinsCharged,CoinsChargedMethod,SidBudgetInfo,AppBudgetInfo,TenantBudgetInfo,ResourceAccessed,' +
  'ResourceHealthBasedThreshold,ThrottledBy,BackoffHint,WorkClassification';

export const rpsHttpFields =
  'DateTime,StartTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,UrlHost,' +
  'UrlStem,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,ManagedOrganization,ClientIpAddress,' +
  'ServerHostName,FrontEndServer,HttpStatus,SubStatus,ErrorCode,Action,CommandId,CommandName,SessionId,ShellId,' +
  'FailFast,ContributeToFailFast,RequestBytes,ClientInfo,CPU,Memory,ActivityContextLifeTime,TotalTime,UrlQuery,' +
  'GenericLatency,GenericInfo,GenericErrors';

export const rpsCmdletFields =
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
  'ExternalDirectoryOrganizationId,ExternalDirectoryObjectId,NonPiiParameters';

export const ecpServerFields = 'TimeStamp,ServerName,EventId,EventData';

/** CSV: a value with a comma or a quote is wrapped, inner quotes are doubled. */
export const csv = (value: string): string => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
/** The cells of a row that {@link csv} made. */
export function csvCells(row: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= row.length;) {
    if (row[at] !== '"') {
      const end = row.indexOf(',', at);
      cells.push(row.slice(at, end === -1 ? row.length : end));
      at = end === -1 ? row.length + 1 : end + 1;
      continue;
    }
    let end = at + 1;
    for (; end < row.length; end++) if (row[end] === '"' && row[++end] !== '"') break;
    cells.push(row.slice(at + 1, end - 1).replaceAll('""', '"'));
    at = end + 1;
  }
  return cells;
}
/** IIS: an absent value is a dash, a blank is a plus. */
export const w3c = (value: string | undefined): string =>
  value === undefined || value === '' ? '-' : value.replaceAll(' ', '+');
/** What HttpProxy makes of an agent. */
export const csvAgent = (agent: string): string => csv(agent.replaceAll(',', ' '));

/** One request, with slots in its texts. */
export interface RequestForm {
  /** Folder of HttpProxy; undefined: IIS alone answers. */
  readonly protocol?: string;
  readonly method: string;
  readonly stem: string;
  readonly query?: string;
  readonly host: string;
  readonly referer?: string;
  /** Undefined: nobody logged on. */
  readonly user?: string;
  readonly authentication?: string;
  readonly anchor?: string;
  readonly action?: string;
  readonly clientRequestId?: string;
  /** Undefined: the agent of the user's device (slots). */
  readonly agent?: string;
  readonly status: number;
  readonly substatus?: number;
  readonly win32?: number;
  /** Webmail and ECP append an empty encoding to what they log. */
  readonly encoding?: boolean;
  readonly local?: boolean;
  readonly error?: string;
  readonly errors?: string;
  readonly note?: string;
  /** Undefined: the front end answered. */
  readonly proxied?: {
    readonly target: string;
    readonly targetBuild: string;
    readonly targetNumber: string;
    readonly hint: string;
    readonly cookie?: string;
    /** Undefined: no answer came. */
    readonly status?: number;
  };
  /** The row of the back end; undefined: it never came there, or a probe of the monitoring that is answered before. */
  readonly back?: {
    readonly stem: string;
    readonly query?: string;
    readonly user?: string;
    readonly status: number;
  };
}

const agentWeb = (r: RequestForm): string => (r.agent === undefined ? text('agentWeb') : w3c(r.agent));

export function iisFrontForm(r: RequestForm, columns: IisColumns): string {
  const trail =
    r.protocol === undefined
      ? ''
      : `&CorrelationID=<empty>;&cafeReqId=${text('requestId')};${r.encoding === true ? '&encoding=;' : ''}`;
  const sizes = columns.sizes ? `${number('responseBytes')} ${number('requestBytes')} ` : '';
  const forwarded = columns.forwarded ? ` ${r.local === true ? '-' : text('forwarded')}` : '';
  return (
    `${text('w3c')} ${r.local === true ? '127.0.0.1' : text('frontIp')} ${r.method} ${w3c(r.stem)} ${w3c((r.query ?? '') + trail)} 443 ` +
    `${w3c(r.user)} ${text('client')} ${agentWeb(r)} ${w3c(r.referer)} ${r.status} ${r.substatus ?? 0} ${r.win32 ?? 0} ` +
    `${sizes}${number('taken', 2)}${forwarded}`
  );
}

export function iisBackForm(r: RequestForm, columns: IisColumns): string {
  const { back } = r;
  if (back === undefined) throw new Error('a row of the back end of a request that never came there');
  const ids =
    r.protocol === 'Mapi'
      ? `FrontEnd=${text('frontFqdnUpper')}&RequestId=${text('requestId')}`
      : `reqId=${text('requestId')}&ActID=${text('activityId')}`;
  const query = `${back.query ?? ''}&${ids}`;
  const sizes = columns.sizes ? `${number('responseBytes')} ${number('requestBytes')} ` : '';
  return (
    `${text('w3cBack')} ${text('backIp')} ${r.method} ${w3c(back.stem)} ${w3c(query)} 444 ${w3c(back.user)} ${text('frontSeen')} ` +
    `${agentWeb(r)} - ${back.status} 0 0 ${sizes}${number('taken', -3)}`
  );
}

/** From TargetOutstandingRequests to TotalSharedCacheLatency. */
const directory = ',,,0,1,,0,,0,,0,,,0';

export function httpProxyForm(r: RequestForm): string {
  const begin = text('isoBegin');
  const end = text('iso');
  const taken = number('taken');
  const to = r.proxied;
  const head =
    `${end},${text('requestId')},${text('frontCommas')},${csv(r.clientRequestId ?? '')},${r.protocol ?? ''},${csv(r.host)},` +
    `${csv(r.stem)},${r.action ?? ''},${r.authentication ?? ''},${r.user === undefined ? 'false' : 'true'},${csv(r.user ?? '')},,` +
    `${csv(r.anchor ?? '')},${r.agent === undefined ? text('agentCsv') : csvAgent(r.agent)},${text('client')},${text('frontName')},` +
    `${r.status},${to?.status ?? ''},${r.error ?? ''},${r.method},`;
  const query = csv(r.query === undefined || r.query === '' ? '' : `?${r.query}`);
  const errors = csv(r.errors ?? '');
  if (to === undefined) {
    const info = `BeginRequest=${begin};CorrelationID=<empty>;SharedCacheGuard=0;${r.note ?? ''}EndRequest=${end};`;
    return (
      `${head},,,,,,,,${number('requestBytes')},${number('responseBytes')}${directory},${taken},0,,,,,,,,,,,,,0,,0,${taken},,` +
      `${query},,${info},${errors},,,,,`
    );
  }
  const answered = to.status !== undefined;
  const work = answered ? number('taken', -4) : '';
  const way = answered
    ? `BeginGetResponse=${begin};OnResponseReady=${end};EndGetResponse=${end};ProxyState-Complete=ProxyResponseData;`
    : 'ProxyState-Complete=PrepareServerRequest;';
  const info =
    `BeginRequest=${begin};CorrelationID=<empty>;ProxyState-Run=None;FEAuth=BEVersion-${to.targetNumber};` +
    `${way}SharedCacheGuard=0;EndRequest=${end};`;
  return (
    `${head}Proxy,${csv(to.target)},${to.targetBuild},IntraForest,${to.hint},${to.cookie ?? ''},,,${number('requestBytes')},` +
    `${answered ? number('responseBytes') : ''}${directory},${taken},0,0,0,0,${work},0,0,0,,0,${taken},0,` +
    `${answered ? number('taken', -2) : ''},1,1,2,${taken},,${query},,${info},${errors},,,,,CafeV1`
  );
}

/** A row of a log with many columns from those that are not empty. */
export function sparseForm(fields: string, values: Readonly<Record<string, string>>): string {
  return fields
    .split(',')
    .map((name) => csv(values[name] ?? ''))
    .join(',');
}

/** Four columns hold the version, and one slot fills them: it brings its own commas. */
const filler = '\u0003';
const versionCells = (slot: string): Readonly<Record<string, string>> => ({
  MajorVersion: slot,
  MinorVersion: filler,
  BuildVersion: filler,
  RevisionVersion: filler,
});
const withVersion = (form: string): string => form.replace(`,${filler},${filler},${filler}`, '');

/** One call of Exchange Web Services, as the back end writes it; its id is the activity's. */
export function ewsForm(call: {
  readonly action: string;
  readonly user: string;
  readonly agent?: string;
  readonly authentication: string;
  readonly impersonated?: string;
  readonly status: number;
}): string {
  const values = {
    ...versionCells(text('backCommas')),
    DateTime: text('isoBack'),
    RequestId: text('activityId'),
    Ring: 'Unknown',
    AuthenticationType: call.authentication,
    IsAuthenticated: 'true',
    AuthenticatedUser: call.user,
    UserAgent: '\u0004',
    VersionInfo: 'Target=None;Req=Exchange2013/Exchange2013;',
    ClientIpAddress: text('client'),
    ServerHostName: text('backName'),
    FrontEndServer: text('frontFqdnUpper'),
    SoapAction: call.action,
    HttpStatus: `${call.status}`,
    RequestSize: number('requestBytes'),
    ResponseSize: number('responseBytes'),
    ImpersonatedUser: call.impersonated ?? '',
    CorrelationGuid: text('requestId'),
    PrimaryOrProxyServer: 'PrimaryServer',
    TaskType: 'LocalTask',
    RemoteBackendCount: '0',
    LocalMailboxCount: '1',
    RemoteMailboxCount: '0',
    LocalIdCount: '1',
    RemoteIdCount: '0',
    MDBHealth: '[C]',
    TotalRequestTime: number('taken', -4),
    GenericInfo: `SoapAction_0=${call.action};`,
  };
  const form = withVersion(sparseForm(ewsFields, values));
  return form.replace('\u0004', call.agent === undefined ? text('agentCsv') : csvAgent(call.agent));
}

/** One request to remote PowerShell, as its back end writes it. */
export function rpsHttpForm(r: {
  readonly user: string;
  readonly agent: string;
  readonly host: string;
  readonly query: string;
  readonly client: string;
  readonly status: number;
}): string {
  const values = {
    ...versionCells(text('backCommas')),
    DateTime: text('isoBack'),
    StartTime: text('isoBegin'),
    RequestId: text('activityId'),
    UrlHost: r.host,
    UrlStem: '/Powershell',
    AuthenticationType: 'Kerberos',
    IsAuthenticated: 'true',
    AuthenticatedUser: r.user,
    ClientIpAddress: r.client,
    ServerHostName: text('backName'),
    FrontEndServer: text('frontFqdn'),
    HttpStatus: `${r.status}`,
    SubStatus: '0',
    ClientInfo: r.agent,
    TotalTime: number('taken', -4),
    UrlQuery: `?${r.query}`,
    GenericInfo: 'S:ServiceCommonMetadata.HttpMethod=POST',
  };
  return withVersion(sparseForm(rpsHttpFields, values));
}

export function rpsCmdletForm(r: {
  readonly user: string;
  readonly sid: string;
  readonly cmdlet: string;
  readonly parameters: string;
  readonly application: string;
  readonly error?: string;
}): string {
  const values = {
    ...versionCells(text('backCommas')),
    DateTime: text('isoCommand'),
    StartTime: text('isoBack'),
    RequestId: text('activityId'),
    ServerHostName: text('backName'),
    ProcessId: '6832',
    ProcessName: 'w3wp#MSExchangePowerShellAppPool',
    ThreadId: '5',
    AuthenticatedUser: r.user,
    ExecutingUserSid: r.sid,
    IsAdmin: 'True',
    ClientApplication: r.application,
    Cmdlet: r.cmdlet,
    Parameters: r.parameters,
    CmdletUniqueId: text('freshId'),
    TotalTime: number('taken', -4),
    ErrorType: r.error === undefined ? '' : 'Unhandled',
    ExecutionResult: r.error === undefined ? 'Success' : 'Error',
    GenericErrors: r.error ?? '',
  };
  return withVersion(sparseForm(rpsCmdletFields, values));
}

/** An item with a quote, a blank or a semicolon stands in single quotes as a whole, and every single quote inside is doubled. */
const ecpItem = (name: string, value: string): string => {
  const item = `S:${name}=${value}`;
  return /['"\s;]/.test(value) ? `'${item.replaceAll("'", "''")}'` : item;
};

/** One cmdlet of the control panel, as its server log has it: the items in the order in which the server writes them. */
export function ecpServerForm(r: {
  readonly session: string;
  readonly command: string;
  readonly url: string;
  readonly referer?: string;
  readonly exception?: string;
}): string {
  const data = [
    `S:TIME=${number('count')}`,
    `S:SID=${r.session}`,
    ecpItem('CMD', r.command),
    'S:REQID=',
    ecpItem('URL', r.url),
    ecpItem('REFERRER', r.referer ?? ''),
    ecpItem('EX', r.exception ?? ''),
    `S:ACTID=${text('activityId')}`,
    'S:RS=0',
    `S:BLD=${text('backBuild')}`,
    'S:TNAME=<null>',
    'S:TID=',
    'S:USID=',
    'S:EDOID=',
    'S:ACID=',
  ].join(';');
  return `${text('isoCommand')},${text('backName')},ECP.Request,${csv(data)}`;
}

/** A cmdlet that changes something leaves an event; this is how `Get-WinEvent | Format-List` prints it. */
export function managementEventForm(cmdlet: string, parameters: string, error?: string): string {
  const what = error === undefined ? 'Cmdlet suceeded' : 'Cmdlet failed';
  return (
    `TimeCreated  : ${text('isoCommand')}\r\nProviderName : MSExchange CmdletLogs\r\nId           : ${error === undefined ? 1 : 6}\r\n` +
    `Message      : ${what}. Cmdlet ${cmdlet}, parameters ${parameters}.\r\n`
  );
}

/** `Set-Mailbox.Identity='a'.Force=$true` → cmdlet and parameters as the event has them; null: it only asks. */
export function changeOf(command: string): { readonly cmdlet: string; readonly parameters: string } | null {
  const cmdlet = /^[A-Za-z]+-[A-Za-z]+/.exec(command)?.[0];
  if (cmdlet === undefined || /^get-/i.test(cmdlet)) return null;
  const parts = command
    .slice(cmdlet.length)
    .split(/\.(?=[A-Z][A-Za-z]*=)/)
    .slice(1);
  const parameters = parts.map((part) => {
    const at = part.indexOf('=');
    return `-${part.slice(0, at)} "${part.slice(at + 1).replace(/^'|'$/g, '')}"`;
  });
  return { cmdlet, parameters: parameters.join(' ') };
}
