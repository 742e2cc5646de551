/** Who wrote which field of a Windows event, and what it is about. Names are those that the community's rules use. */
import type { Field, FieldType } from '../core/record.ts';
import { by, type FieldFacts } from './layout.ts';

export const windowsEventSource = 'windows-event';

const time: { readonly type: FieldType } = { type: 'time' };
const int: { readonly type: FieldType } = { type: 'int' };
const guid: { readonly type: FieldType } = { type: 'guid' };
const sid: { readonly type: FieldType } = { type: 'sid' };

/** Of every event, whatever wrote it: the service fills these in. */
const system: Readonly<Record<string, FieldFacts>> = {
  Channel: by('server'),
  Provider_Name: by('server'),
  EventID: by('server', undefined, int),
  Level: by('server', undefined, int),
  TimeCreated: by('server', undefined, time),
  EventRecordID: by('server', undefined, int),
  Computer: by('server', 'server.name'),
  Security_UserID: by('server', 'user.id', sid),
  Provider_Guid: by('server', undefined, guid),
  Provider_EventSourceName: by('server'),
  Qualifiers: by('server', undefined, int),
  Version: by('server', undefined, int),
  Task: by('server', undefined, int),
  Opcode: by('server', undefined, int),
  Keywords: by('server'),
  Correlation_ActivityID: by('server', 'activity.id', guid),
  Correlation_RelatedActivityID: by('server', undefined, guid),
  Execution_ProcessID: by('server', undefined, int),
  Execution_ThreadID: by('server', undefined, int),
  /** `true` on a record that was found outside of what its chunk lists. */
  Recovered: by('server'),
};

/** Names that providers give to their values. A name here means the same whoever uses it. */
const named: Readonly<Record<string, FieldFacts>> = {
  /** All values without a name; of providers that are known to speak for themselves the server's words. */
  Data: by('client'),
  /** What Windows made of the event for people: it stands in some forms of an event and in others not, and tells nothing more. */
  Message: by('server'),
  NewProcessName: by('server', 'process.image'),
  ParentProcessName: by('server', 'process.parent'),
  Image: by('server', 'process.image'),
  ParentImage: by('server', 'process.parent'),
  CommandLine: by('server', 'process.command_line'),
  ParentCommandLine: by('server'),
  ProcessName: by('server', 'process.name'),
  SubjectUserName: by('server', 'user.name'),
  User: by('server', 'user.name'),
  TargetFilename: by('server', 'file.path'),
  // Of what is audited (4663): which object, and what was done with it.
  ObjectName: by('server'),
  AccessMask: by('server'),
  Hashes: by('server', 'file.hash'),
  IpAddress: by('server', 'client.address', { type: 'ip' }),
  ServiceName: by('server', 'service.name'),
  // Of services, tasks, groups, settings and subscriptions: what the part of Windows that keeps them wrote down of a change.
  ServiceFileName: by('server', 'process.image'),
  ImagePath: by('server', 'process.image'),
  TaskName: by('server'),
  SubjectUserSid: by('server', 'user.id', sid),
  SubjectDomainName: by('server'),
  TargetSid: by('server', undefined, sid),
  MemberSid: by('server', undefined, sid),
  'New Value': by('server'),
  Configuration: by('server'),
  NewValue: by('server'),
  Properties: by('server'),
  Type: by('server'),
  PipeName: by('server'),
  TargetObject: by('server'),
  Details: by('server'),
  ChannelName: by('client'),
  // Whoever logs on says who it is and from where; a failed log-on writes it down all the same.
  TargetUserName: by('client'),
  TargetDomainName: by('client'),
  WorkstationName: by('client'),
  Workstation: by('client'),
  ClientName: by('client'),
  // Text that others made and that is written down as it came.
  ScriptBlockText: by('client'),
  TaskContent: by('client'),
  PossibleCause: by('client'),
  CONSUMER: by('client'),
  QueryName: by('client'),
  RequestUrl: by('client', 'url.original'),
  UserAgent: by('client', 'user_agent'),
};

/** Every field that is known by its name, in the order in which people look for them. */
export const windowsEventFields: Readonly<Record<string, FieldFacts>> = { ...system, ...named };

export const systemNames: readonly string[] = Object.keys(system);
export const isSystemName = (name: string): boolean => Object.hasOwn(system, name);

/** Their events hold what a request said: values without a name are the client's words. */
const quoting = /^(?:ASP\.NET|W3SVC|IIS|Microsoft-Windows-IIS|Microsoft-Windows-HttpService|MSExchange Front End HTTP Proxy)/i;
/** Of these it is known that values without a name are the server's own. */
const speaking = /^(?:MSExchange |EventLog$|Service Control Manager$|Microsoft-Windows-)/i;
const unnamed = /^Data(?:_\d+)?$/;

export function eventFieldFacts(name: string, provider: string | null): FieldFacts {
  if (Object.hasOwn(system, name)) return system[name]!;
  if (unnamed.test(name))
    return by(provider !== null && speaking.test(provider) && !quoting.test(provider) ? 'server' : 'client');
  if (Object.hasOwn(named, name)) return named[name]!;
  return by(provider !== null && quoting.test(provider) ? 'client' : 'server');
}

export const eventField = (name: string, provider: string | null): Field => ({ name, ...eventFieldFacts(name, provider) });
