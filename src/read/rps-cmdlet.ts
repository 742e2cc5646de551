/**
 * Cmdlets that ran in remote or local PowerShell (CmdletInfra, `Rps_Cmdlet_*.LOG`): which, by whom, with what, and how they ended.
 * That a cmdlet ran and its result are the server's words; what its parameters say came from whoever called it.
 * @see docs/reference/sources.md#rps-cmdlet
 */
import { exchangeLog, stampedCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

const int = { type: 'int' } as const;

/** The header of Exchange 2016 CU22. */
const fullHeader =
  'DateTime,StartTime,RequestId,ClientRequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ServerHostName,ProcessId,ProcessName,ThreadId,CultureInfo,Organization,AuthenticatedUser,ExecutingUserSid,EffectiveOrganization,UserServicePlan,IsAdmin,ClientApplication,Cmdlet,Parameters,CmdletUniqueId,UserBudgetOnStart,ContributeToFailFast,RunspaceSettingsCreationHint,ADViewEntireForest,ADRecipientViewRoot,ADConfigurationDomainControllers,ADPreferredGlobalCatalogs,ADPreferredDomainControllers,ADUserConfigurationDomainController,ADUserPreferredGlobalCatalog,ADuserPreferredDomainControllers,ThrottlingInfo,DelayInfo,ThrottlingDelay,IsOutputObjectRedacted,CmdletProxyStage,CmdletProxyRemoteServer,CmdletProxyRemoteServerVersion,CmdletProxyMethod,ProxiedObjectCount,CmdletProxyLatency,OutputObjectCount,ParameterBinding,BeginProcessing,ProcessRecord,EndProcessing,StopProcessing,BizLogic,PowerShellLatency,UserInteractionLatency,ProvisioningLayerLatency,ActivityContextLifeTime,TotalTime,ErrorType,ExecutionResult,CacheHitCount,CacheMissCount,GenericLatency,GenericInfo,GenericErrors,ObjectGuid,ExternalDirectoryOrganizationId,ExternalDirectoryObjectId,NonPiiParameters';

const fields: Readonly<Record<string, FieldFacts>> = {
  DateTime: by('server', undefined, { type: 'time' }),
  StartTime: by('server', undefined, { type: 'time' }),
  RequestId: by('server', 'request.id', { type: 'guid' }),
  ClientRequestId: by('client'),
  MajorVersion: by('server', undefined, int),
  MinorVersion: by('server', undefined, int),
  BuildVersion: by('server', undefined, int),
  RevisionVersion: by('server', undefined, int),
  ServerHostName: by('server', 'server.name'),
  ProcessId: by('server', undefined, int),
  ProcessName: by('server', 'process.name'),
  ThreadId: by('server', undefined, int),
  CultureInfo: by('client'),
  Organization: by('server'),
  AuthenticatedUser: by('server', 'user.name'),
  ExecutingUserSid: by('server', 'user.id', { type: 'sid' }),
  EffectiveOrganization: by('server'),
  UserServicePlan: by('server'),
  IsAdmin: by('server'),
  ClientApplication: by('client', 'user_agent'),
  Cmdlet: by('server', 'cmdlet'),
  Parameters: by('client', 'cmdlet.parameters'),
  CmdletUniqueId: by('server', undefined, { type: 'guid' }),
  CmdletProxyRemoteServer: by('server', 'target.name'),
  OutputObjectCount: by('server', undefined, int),
  TotalTime: by('server', undefined, int),
  ErrorType: by('server', 'cmdlet.error'),
  ExecutionResult: by('server', 'cmdlet.result'),
  GenericLatency: by('server'),
  GenericInfo: by('server'),
  GenericErrors: by('server', 'error.message'),
  ObjectGuid: by('server', undefined, { type: 'guid' }),
  NonPiiParameters: by('client'),
};

function infer(line: string): string | null {
  const cells = stampedCells(line);
  return cells.length >= 22 &&
    /^\d{4}-\d\d-\d\dT/.test(cells[1]!) &&
    /^\d+$/.test(cells[4]!) &&
    /^\d+$/.test(cells[7]!) &&
    /^\d+$/.test(cells[9]!) &&
    /^(?:True|False)?$/i.test(cells[18]!) &&
    /^[A-Za-z]+-[A-Za-z]+$/.test(cells[20]!)
    ? fullHeader
    : null;
}

export const rpsCmdlet = exchangeLog({
  kind: 'rps-cmdlet',
  logSource: 'rps-cmdlet',
  logType: /^Rps Cmdlet Logs?$/i,
  telling: ['DateTime', 'Cmdlet', 'Parameters', 'ExecutingUserSid'],
  required: ['DateTime', 'Cmdlet', 'Parameters'],
  path: /\\CmdletInfra\\[^\\]+\\Cmdlet\\/i,
  fields,
  timeField: 'DateTime',
  infer,
});
