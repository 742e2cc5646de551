/**
 * One JSON document → the events in it. Forms: the tree that `evtx_dump` and its kin write (`Event.System`, attributes under
 * `#attributes`, beside their element or behind `@`); Velociraptor's (`System` and `EventData` at the top); Winlogbeat's (`winlog.…`,
 * nested or with dots in the names, also within `_source` of Elasticsearch; version 6 without `winlog`); flat rows as NXLog and
 * collections of data sets have them; objects of `Get-WinEvent` and `Get-EventLog`.
 * @see https://www.elastic.co/guide/en/beats/winlogbeat/current/exported-fields-winlog.html
 * @see https://docs.nxlog.co/refman/current/im/msvistalog.html
 */
import { EventDraft } from './event-draft.ts';
import { consoleEvent } from './console-event.ts';
import type { JsonValue } from './json-value.ts';

type Members = readonly (readonly [name: string, value: JsonValue])[];

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

const member = (members: Members, name: string): JsonValue | undefined => members.find(([own]) => own === name)?.[1];

/** A value as text; null: it is none (an object). Items of a list each on its own line. */
export function textOf(value: JsonValue | undefined): string | null {
  switch (value?.kind) {
    case 'text':
    case 'plain':
      return value.text;
    case 'null':
      return '';
    case 'list':
      return value.items.map((item) => textOf(item) ?? jsonText(item)).join('\n');
    case 'object': {
      const text = member(value.members, '#text') ?? member(value.members, 'Value') ?? member(value.members, '_text');
      return text === undefined ? null : textOf(text);
    }
    default:
      return null;
  }
}

/** What stands deeper than a value does, shown as it is. */
function jsonText(value: JsonValue): string {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text);
    case 'plain':
      return value.text;
    case 'null':
      return 'null';
    case 'list':
      return `[${value.items.map(jsonText).join(',')}]`;
    case 'object':
      return `{${value.members.map(([name, inner]) => `${JSON.stringify(name)}:${jsonText(inner)}`).join(',')}}`;
  }
}

const objectOf = (members: Members): Map<string, string> =>
  new Map(
    members.flatMap(([name, value]): [string, string][] => [
      [name, textOf(value) ?? ('members' in value ? '' : jsonText(value))],
    ]),
  );

/** `Properties` are objects with a `Value`; `ReplacementStrings` are texts. */
const listOf = (value: JsonValue | undefined): string[] | null =>
  value?.kind === 'list' ? value.items.map((item) => textOf(item) ?? '') : null;

/** What `evtx_dump` writes otherwise than an event log shows it: a GUID bare and in capitals, a time with six digits of a second. */
const bareGuid = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/;
const shortTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const asLogged = (text: string): string =>
  text.length === 36 && bareGuid.test(text)
    ? `{${text.toLowerCase()}}`
    : text.length === 27 && shortTime.test(text)
      ? `${text.slice(0, -1)}0Z`
      : text;

const attributeNames: Readonly<Record<string, string>> = { 'EventID Qualifiers': 'Qualifiers' };

/** `Event` as a tree of its elements. */
function treeEvent(members: Members): EventDraft {
  const draft = new EventDraft();
  for (const [name, value] of members) {
    if (name === 'System' && value.kind === 'object') systemOf(draft, value.members);
    else if (name === 'RenderingInfo' && value.kind === 'object') {
      for (const [inner, said] of value.members)
        if (!isAttributes(inner)) draft.own(inner === 'Message' ? 'Message' : `RenderingInfo_${inner}`, textOf(said) ?? '');
    }
  }
  for (const [name, value] of members) {
    if (name === 'EventData') dataOf(draft, value);
    else if (name === 'Message' && value.kind === 'text') draft.own(name, value.text);
    else if (/^(?:UserData|DebugData|ProcessingErrorData)$/.test(name)) leavesOf(draft, value, 0);
  }
  return draft;
}

const isAttributes = (name: string): boolean => name === '#attributes' || name.endsWith('_attributes');

function systemOf(draft: EventDraft, members: Members): void {
  for (const [name, value] of members) {
    const element = name.replace(/_attributes$/, '');
    if (value.kind === 'null') continue;
    if (value.kind !== 'object') {
      const text = textOf(value) ?? '';
      if (name === 'TimeCreated') draft.time(text);
      else draft.system(name, name === 'Keywords' ? hexMask(text) : asLogged(text));
      continue;
    }
    for (const [inner, said] of value.members) {
      const attributes: Members =
        inner === '#attributes' && said.kind === 'object' ? said.members : [[inner.replace(/^[@_]/, ''), said]];
      for (const [attribute, stated] of attributes) {
        const text = textOf(stated);
        if (text === null) continue;
        if (inner === '#text' || inner === '_text' || (inner === 'Value' && element === 'EventID'))
          draft.system(element, asLogged(text));
        else if (attribute === 'SystemTime') draft.time(text);
        else draft.system(attributeNames[`${element} ${attribute}`] ?? `${element}_${attribute}`, asLogged(text));
      }
    }
  }
}

function dataOf(draft: EventDraft, value: JsonValue): void {
  if (value.kind === 'list') for (const item of value.items) unnamedOf(draft, item);
  if (value.kind !== 'object') return;
  for (const [name, said] of value.members) {
    if (name === '#attributes') {
      attributesOf(draft, 'EventData', said);
    } else if (name.startsWith('@')) draft.own(`EventData_${name.slice(1)}`, textOf(said) ?? '');
    else if (name === 'Data') unnamedOf(draft, said);
    else if (said.kind === 'object') leafOf(draft, name, said, 0);
    else draft.own(name, asLogged(textOf(said) ?? ''));
  }
}

/** `Data`: one value or several, without names, or each with its name beside it. */
function unnamedOf(draft: EventDraft, value: JsonValue): void {
  if (value.kind === 'list') {
    for (const item of value.items) unnamedOf(draft, item);
    return;
  }
  if (value.kind !== 'object') {
    draft.unnamed(textOf(value) ?? '');
    return;
  }
  const attributes = member(value.members, '#attributes');
  const name =
    member(value.members, '@Name') ??
    member(value.members, 'Name') ??
    (attributes?.kind === 'object' ? member(attributes.members, 'Name') : undefined);
  const text = member(value.members, '#text') ?? member(value.members, '_text') ?? member(value.members, 'Value');
  if (name !== undefined && textOf(name) !== '') draft.own(textOf(name) ?? 'Data', asLogged(textOf(text) ?? ''));
  else if (text?.kind === 'list') for (const item of text.items) draft.unnamed(textOf(item) ?? '');
  else if (text !== undefined) draft.unnamed(textOf(text) ?? '');
}

function attributesOf(draft: EventDraft, element: string, value: JsonValue): void {
  if (value.kind !== 'object') return;
  for (const [name, said] of value.members)
    if (!name.startsWith('xmlns')) draft.own(`${element}_${name}`, asLogged(textOf(said) ?? ''));
}

/** Elements of `UserData`: leaves by their names. */
function leavesOf(draft: EventDraft, value: JsonValue, depth: number): void {
  if (value.kind !== 'object') return;
  const names = new Set(value.members.map(([name]) => name));
  for (const [name, inner] of value.members) leafOf(draft, elementName(name, names), inner, depth);
}

/** `Header_2` beside a `Header` is another `Header`. */
function elementName(name: string, beside: ReadonlySet<string>): string {
  const stem = /^(.{1,200})_\d{1,5}$/s.exec(name)?.[1];
  return stem !== undefined && beside.has(stem) ? stem : name;
}

function leafOf(draft: EventDraft, name: string, value: JsonValue, depth: number): void {
  if (depth > 32 || name === '#text') return;
  if (isAttributes(name)) {
    attributesOf(draft, name.replace(/_attributes$/, ''), value);
    return;
  }
  if (value.kind === 'list') {
    for (const item of value.items) leafOf(draft, name, item, depth + 1);
    return;
  }
  if (value.kind !== 'object') {
    draft.own(name, asLogged(textOf(value) ?? ''));
    return;
  }
  const attributes = member(value.members, '#attributes');
  if (attributes !== undefined) attributesOf(draft, name, attributes);
  for (const [inner, said] of value.members)
    if (inner.startsWith('@') && !inner.startsWith('@xmlns')) draft.own(`${name}_${inner.slice(1)}`, textOf(said) ?? '');
  const text = member(value.members, '#text');
  if (text !== undefined) draft.own(name, asLogged(textOf(text) ?? ''));
  const names = new Set(value.members.map(([inner]) => inner));
  for (const [inner, said] of value.members)
    if (inner !== '#attributes' && !inner.startsWith('@')) leafOf(draft, elementName(inner, names), said, depth + 1);
}

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

/** Masks as numbers with a sign, as .NET has them → as an event log writes them. */
export function hexMask(text: string): string {
  if (!/^-?\d{1,20}$/.test(text)) return text;
  return `0x${BigInt.asUintN(64, BigInt(text)).toString(16)}`;
}
