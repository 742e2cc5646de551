/**
 * One JSON document → the events in it. Forms: the tree that `evtx_dump` and its kin write (`Event.System`, attributes under
 * `#attributes`, beside their element or behind `@`); Velociraptor's (`System` and `EventData` at the top); Winlogbeat's (`winlog.…`,
 * nested or with dots in the names, also within `_source` of Elasticsearch; version 6 without `winlog`); rows of EvtxECmd; flat rows as NXLog
 * and collections of data sets have them; objects of `Get-WinEvent` and `Get-EventLog`.
 * @see https://www.elastic.co/guide/en/beats/winlogbeat/current/exported-fields-winlog.html
 * @see https://docs.nxlog.co/refman/current/im/msvistalog.html
 */
import { EventDraft } from './event-draft.ts';
import { consoleEvent } from './console-event.ts';
import { evtxEcmdEvent, isEvtxEcmd } from './evtxecmd-event.ts';
import { dataOf, hexMask, jsonText, leavesOf, type Members, member, textOf, treeEvent, unnamedOf } from './json-tree.ts';
import type { JsonValue } from './json-value.ts';

/** Events in one document: an export can be one list. */
const mostEvents = 20_000;

export function eventsOf(value: JsonValue): EventDraft[] {
  const found: EventDraft[] = [];
  collect(value, 0, found);
  return found;
}

function collect(value: JsonValue, depth: number, into: EventDraft[]): void {
  if (depth > 6 || into.length >= mostEvents) return;
  if (value.kind === 'list') for (const item of value.items) collect(item, depth + 1, into);
  if (value.kind !== 'object') return;
  const draft = eventOf(value.members);
  if (draft !== null) into.push(draft);
  // What holds events: `{"Events":[…]}`, `{"hits":{"hits":[…]}}`.
  else
    for (const [, inner] of value.members) if (inner.kind === 'list' || inner.kind === 'object') collect(inner, depth + 1, into);
}

function eventOf(members: Members): EventDraft | null {
  const event = member(members, 'Event');
  if (event?.kind === 'object' && member(event.members, 'System') !== undefined) return treeEvent(event.members);
  const system = member(members, 'System');
  if (system?.kind === 'object' && member(system.members, 'EventID') !== undefined) return treeEvent(members);
  const source = member(members, '_source');
  if (source?.kind === 'object') return eventOf(source.members);
  if (members.some(([name]) => name === 'winlog' || name.startsWith('winlog.') || /^event_data(?:\.|$)/.test(name)))
    return beatEvent(members);
  const names = new Map(members.map(([name, value]) => [name.toLowerCase(), value]));
  if (isEvtxEcmd((name) => names.has(name))) return evtxEcmdEvent(objectOf(members));
  if (
    (names.has('id') && names.has('providername')) ||
    (names.has('entrytype') && names.has('source')) ||
    names.has('replacementstrings')
  )
    return consoleEvent(objectOf(members), listOf(names.get('properties') ?? names.get('replacementstrings')));
  if ((names.has('eventid') || names.has('event_id')) && (names.has('channel') || providerNames.some((name) => names.has(name))))
    return flatEvent(members);
  return null;
}

const providerNames = ['sourcename', 'providername', 'provider_name', 'source_name', 'provider'];

const objectOf = (members: Members): Map<string, string> =>
  new Map(
    members.flatMap(([name, value]): [string, string][] => [
      [name, textOf(value) ?? ('members' in value ? '' : jsonText(value))],
    ]),
  );

/** `Properties` are objects with a `Value`; `ReplacementStrings` are texts. */
const listOf = (value: JsonValue | undefined): string[] | null =>
  value?.kind === 'list' ? value.items.map((item) => textOf(item) ?? '') : null;

/** Names of Winlogbeat, with dots, since version 7 and before it → ours. */
const beatNames: Readonly<Record<string, string>> = {
  'winlog.provider_name': 'Provider_Name',
  source_name: 'Provider_Name',
  'winlog.provider_guid': 'Provider_Guid',
  provider_guid: 'Provider_Guid',
  'winlog.event_id': 'EventID',
  event_id: 'EventID',
  'winlog.channel': 'Channel',
  log_name: 'Channel',
  'winlog.computer_name': 'Computer',
  computer_name: 'Computer',
  'winlog.record_id': 'EventRecordID',
  'winlog.record_number': 'EventRecordID',
  record_number: 'EventRecordID',
  'winlog.process.pid': 'Execution_ProcessID',
  process_id: 'Execution_ProcessID',
  'winlog.process.thread.id': 'Execution_ThreadID',
  thread_id: 'Execution_ThreadID',
  'winlog.user.identifier': 'Security_UserID',
  'user.identifier': 'Security_UserID',
  'winlog.activity_id': 'Correlation_ActivityID',
  activity_id: 'Correlation_ActivityID',
  'winlog.related_activity_id': 'Correlation_RelatedActivityID',
  'winlog.version': 'Version',
  version: 'Version',
  'winlog.task': 'Task',
  task: 'Task',
  'winlog.opcode': 'Opcode',
  opcode: 'Opcode',
  'winlog.keywords': 'Keywords',
  keywords: 'Keywords',
  'log.level': 'Level',
  level: 'Level',
};

function beatEvent(members: Members): EventDraft {
  const draft = new EventDraft();
  const rows: [string, string][] = [];
  dotted(members, '', 0, rows);
  for (const [name, text] of rows) {
    if (name === '@timestamp') draft.time(text);
    else if (Object.hasOwn(beatNames, name)) draft.system(beatNames[name]!, text);
  }
  // What the shipper worked out of the event itself counts only where nothing else says it.
  for (const [name, text] of rows) if (name === 'event.code') draft.system('EventID', text);
  const nameless = /^MSExchange/.test(draft.get('Provider_Name') ?? '');
  for (const [name, text] of rows) {
    const own = /^(?:winlog\.)?(?:event_data|user_data)\.(.+)$/s.exec(name)?.[1];
    if (own !== undefined) {
      if (/^xml_?name$/i.test(own)) continue;
      if (nameless && /^param\d{1,4}$/.test(own)) draft.unnamed(text);
      else draft.own(own, text);
    } else if (name === 'message' || name === 'winlog.message') draft.own('Message', text);
  }
  return draft;
}

function dotted(members: Members, before: string, depth: number, into: [string, string][]): void {
  if (depth > 16) return;
  for (const [name, value] of members) {
    const path = before + name;
    if (value.kind === 'object') dotted(value.members, `${path}.`, depth + 1, into);
    else into.push([path, textOf(value) ?? '']);
  }
}

/** Names in flat rows, lower case → ours. */
const flatNames: Readonly<Record<string, string>> = {
  sourcename: 'Provider_Name',
  source_name: 'Provider_Name',
  providername: 'Provider_Name',
  provider_name: 'Provider_Name',
  provider: 'Provider_Name',
  source: 'Provider_Name',
  providerguid: 'Provider_Guid',
  provider_guid: 'Provider_Guid',
  eventid: 'EventID',
  event_id: 'EventID',
  channel: 'Channel',
  logname: 'Channel',
  log_name: 'Channel',
  hostname: 'Computer',
  computer: 'Computer',
  computername: 'Computer',
  computer_name: 'Computer',
  machinename: 'Computer',
  recordnumber: 'EventRecordID',
  record_number: 'EventRecordID',
  eventrecordid: 'EventRecordID',
  recordid: 'EventRecordID',
  executionprocessid: 'Execution_ProcessID',
  execution_processid: 'Execution_ProcessID',
  executionthreadid: 'Execution_ThreadID',
  execution_threadid: 'Execution_ThreadID',
  threadid: 'Execution_ThreadID',
  userid: 'Security_UserID',
  security_userid: 'Security_UserID',
  opcodevalue: 'Opcode',
  keywords: 'Keywords',
  level: 'Level',
  task: 'Task',
  version: 'Version',
  qualifiers: 'Qualifiers',
  activityid: 'Correlation_ActivityID',
  relatedactivityid: 'Correlation_RelatedActivityID',
};
/** What a shipper writes about its own work or makes of a number. */
const shippers: ReadonlySet<string> = new Set(
  '@version host port tags type sourcemodulename sourcemoduletype eventreceivedtime severity severityvalue category opcode eventtypeorignal error_evt_unresolved _id _index _score'.split(
    ' ',
  ),
);
const severities = /^(?:INFO|WARNING|ERROR|CRITICAL|VERBOSE|DEBUG|AUDIT_SUCCESS|AUDIT_FAILURE)$/;
const flatTimes = ['systemtime', 'timecreated', 'eventtime', 'time_created', 'utc_time', '@timestamp', 'timestamp', 'time'];

function flatEvent(members: Members): EventDraft {
  const draft = new EventDraft();
  const byName = new Map(members.map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of flatTimes) {
    const value = byName.get(name);
    if (value !== undefined) draft.time(textOf(value) ?? '');
  }
  // Sysmon names the zone of its own time.
  const utc = textOf(byName.get('utctime'));
  if (utc !== null) draft.zoned(`${utc}Z`);
  for (const [name, value] of members) {
    const lower = name.toLowerCase();
    if (Object.hasOwn(flatNames, lower))
      draft.system(flatNames[lower]!, lower === 'keywords' ? hexMask(textOf(value) ?? '') : (textOf(value) ?? ''));
  }
  // The name of an event of the registry and of a log-on alike: the shipper's own word only where no other says so.
  const isOwnType = byName.has('eventtypeorignal');
  for (const [name, value] of members) {
    const lower = name.toLowerCase();
    if (Object.hasOwn(flatNames, lower) || flatTimes.includes(lower) || shippers.has(lower)) continue;
    const text = textOf(value);
    if (lower === 'eventtype' && !isOwnType && severities.test(text ?? '')) continue;
    if (lower === 'eventdata' || lower === 'event_data' || lower === 'data') {
      if (lower === 'data') unnamedOf(draft, value);
      else dataOf(draft, value);
    } else if (value.kind === 'object' && text === null) leavesOf(draft, value, 0);
    else draft.own(lower === 'message' ? 'Message' : name, text ?? '');
  }
  return draft;
}
