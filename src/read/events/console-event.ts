/**
 * An event as an object of PowerShell: `Get-WinEvent` or `Get-EventLog`, in whatever dress it was written down. Its values come
 * without names; the message that Windows made of them names most, and for the events that rules ask for most often the order is
 * known.
 * @see https://learn.microsoft.com/dotnet/api/system.diagnostics.eventing.reader.eventlogrecord
 * @see https://learn.microsoft.com/dotnet/api/system.diagnostics.eventlogentry
 */
import { eventData } from '../event-message.ts';
import { EventDraft } from './event-draft.ts';

const properties: Readonly<Record<string, string>> = {
  id: 'EventID',
  eventid: 'EventID',
  providername: 'Provider_Name',
  source: 'Provider_Name',
  providerid: 'Provider_Guid',
  logname: 'Channel',
  machinename: 'Computer',
  recordid: 'EventRecordID',
  index: 'EventRecordID',
  version: 'Version',
  qualifiers: 'Qualifiers',
  level: 'Level',
  task: 'Task',
  opcode: 'Opcode',
  keywords: 'Keywords',
  processid: 'Execution_ProcessID',
  threadid: 'Execution_ThreadID',
  userid: 'Security_UserID',
  activityid: 'Correlation_ActivityID',
  relatedactivityid: 'Correlation_RelatedActivityID',
};
/** Words of the language of the server, told only where the number is not there. */
const shown: Readonly<Record<string, string>> = { leveldisplayname: 'Level', entrytype: 'Level', username: 'User' };

const subject = ['SubjectUserSid', 'SubjectUserName', 'SubjectDomainName', 'SubjectLogonId'];
const target = ['TargetUserSid', 'TargetUserName', 'TargetDomainName', 'TargetLogonId'];
const security = 'Microsoft-Windows-Security-Auditing';
/** The order of the values, by provider and event. */
const orders: ReadonlyMap<string, readonly string[]> = new Map([
  [
    `${security} 4688`,
    [
      ...subject,
      'NewProcessId',
      'NewProcessName',
      'TokenElevationType',
      'ProcessId',
      'CommandLine',
      ...target,
      'ParentProcessName',
      'MandatoryLabel',
    ],
  ],
  [
    `${security} 4624`,
    [
      ...subject,
      ...target,
      'LogonType',
      'LogonProcessName',
      'AuthenticationPackageName',
      'WorkstationName',
      'LogonGuid',
      'TransmittedServices',
      'LmPackageName',
      'KeyLength',
      'ProcessId',
      'ProcessName',
      'IpAddress',
      'IpPort',
    ],
  ],
  [
    `${security} 4625`,
    [
      ...subject,
      'TargetUserSid',
      'TargetUserName',
      'TargetDomainName',
      'Status',
      'FailureReason',
      'SubStatus',
      'LogonType',
      'LogonProcessName',
      'AuthenticationPackageName',
      'WorkstationName',
      'TransmittedServices',
      'LmPackageName',
      'KeyLength',
      'ProcessId',
      'ProcessName',
      'IpAddress',
      'IpPort',
    ],
  ],
  [`${security} 4697`, [...subject, 'ServiceName', 'ServiceFileName', 'ServiceType', 'ServiceStartType', 'ServiceAccount']],
  ['Service Control Manager 7045', ['ServiceName', 'ImagePath', 'ServiceType', 'StartType', 'AccountName']],
  ['Microsoft-Windows-PowerShell 4104', ['MessageNumber', 'MessageTotal', 'ScriptBlockText', 'ScriptBlockId', 'Path']],
]);
/** Providers whose values have no names in the event log either. */
const nameless = /^(?:MSExchange|EventLog$|ESENT$|Application Error$|MsiInstaller$|\.NET Runtime$|ASP\.NET|MSSQL)/i;
/** Shown as decimals by .NET, in hex by the event log. */
const inHex = /^(?:SubjectLogonId|TargetLogonId|NewProcessId|ProcessId|Status|SubStatus)$/;

/** @param values those of the event without their names, in its order; null: not handed in */
export function consoleEvent(object: ReadonlyMap<string, string>, values: readonly string[] | null): EventDraft {
  const draft = new EventDraft();
  let message = '';
  for (const [given, value] of object) {
    const name = given.toLowerCase();
    if (value === '') continue;
    if (name === 'timecreated' || name === 'timegenerated') draft.time(value);
    else if (name === 'message') message = value;
    else if (Object.hasOwn(properties, name)) draft.system(properties[name]!, asLogged(properties[name]!, value));
  }
  for (const [given, value] of object) {
    const name = shown[given.toLowerCase()];
    if (name !== undefined && value !== '' && !draft.has(name)) draft.system(name, value);
  }
  const provider = draft.get('Provider_Name');
  const order = orders.get(`${provider} ${draft.get('EventID')}`);
  if (values !== null && order !== undefined)
    for (const [index, name] of order.entries()) {
      const value = values[index];
      if (value !== undefined) draft.own(name, inHex.test(name) ? hexNumber(value) : value);
    }
  else if (values !== null && provider !== null && nameless.test(provider)) for (const value of values) draft.unnamed(value);
  if (message !== '') {
    draft.own('Message', message);
    for (const [name, value] of eventData(message.replaceAll('\r\n', '\n'), provider, draft.get('EventID')))
      draft.fromMessage(name, value);
  }
  return draft;
}

function asLogged(name: string, value: string): string {
  if (name === 'Keywords' && /^-?\d{1,20}$/.test(value)) return `0x${BigInt.asUintN(64, BigInt(value)).toString(16)}`;
  if (name === 'Provider_Guid' && /^[0-9a-f-]{36}$/i.test(value)) return `{${value.toLowerCase()}}`;
  return value;
}

const hexNumber = (value: string): string => (/^\d{1,20}$/.test(value) ? `0x${BigInt(value).toString(16)}` : value);
