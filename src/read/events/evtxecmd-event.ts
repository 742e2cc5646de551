/**
 * A row that EvtxECmd wrote of an event, as CSV or as JSON: its columns say who wrote it when, and `Payload` holds the rest as JSON. The
 * columns in between (`MapDescription`, `PayloadData1` …) say parts of that again in words of the tool, and are left out.
 * @see https://github.com/EricZimmerman/evtx
 */
import { EventDraft } from './event-draft.ts';
import { payloadOf } from './json-tree.ts';
import { BadJson, type JsonValue, parseJson } from './json-value.ts';

/** @param has asked for names in lower case */
export const isEvtxEcmd = (has: (name: string) => boolean): boolean =>
  ['eventrecordid', 'provider', 'channel', 'eventid', 'payload', 'sourcefile'].every(has);

const columns: Readonly<Record<string, string>> = {
  eventid: 'EventID',
  provider: 'Provider_Name',
  channel: 'Channel',
  computer: 'Computer',
  eventrecordid: 'EventRecordID',
  processid: 'Execution_ProcessID',
  threadid: 'Execution_ThreadID',
  userid: 'Security_UserID',
};

const levels: Readonly<Record<string, string>> = {
  LogAlways: '0',
  Critical: '1',
  Error: '2',
  Warning: '3',
  Info: '4',
  Verbose: '5',
};
const keywords: Readonly<Record<string, string>> = {
  'Audit success': '0x8020000000000000',
  'Audit failure': '0x8010000000000000',
  Classic: '0x80000000000000',
};
const of = (table: Readonly<Record<string, string>>, word: string): string => (Object.hasOwn(table, word) ? table[word]! : word);

/** Its times are UTC, without saying so unless it was asked to write them otherwise. */
const bareTime = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?$/;

/** It writes GUIDs bare and masks in capitals. */
const bareGuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
function asLogged(value: JsonValue): JsonValue {
  switch (value.kind) {
    case 'text': {
      const { text } = value;
      if (bareGuid.test(text)) return { kind: 'text', text: `{${text.toLowerCase()}}` };
      return /^0x[0-9A-F]{1,16}$/.test(text) ? { kind: 'text', text: text.toLowerCase() } : value;
    }
    case 'list':
      return { kind: 'list', items: value.items.map(asLogged) };
    case 'object':
      return { kind: 'object', members: value.members.map(([name, inner]) => [name, asLogged(inner)] as const) };
    default:
      return value;
  }
}

export function evtxEcmdEvent(object: ReadonlyMap<string, string>): EventDraft {
  const draft = new EventDraft();
  let payload = '';
  for (const [given, value] of object) {
    const name = given.toLowerCase();
    if (value === '') continue;
    if (name === 'timecreated') draft.time(bareTime.test(value) ? `${value.replace(' ', 'T')}Z` : value);
    else if (name === 'payload') payload = value;
    else if (name === 'level') draft.system('Level', of(levels, value));
    else if (name === 'keywords') draft.system('Keywords', of(keywords, value).toLowerCase());
    else if (Object.hasOwn(columns, name)) draft.system(columns[name]!, value);
  }
  if (payload === '') return draft;
  try {
    const value = parseJson(payload);
    if (value.kind === 'object') for (const [name, inner] of value.members) payloadOf(draft, name, asLogged(inner));
  } catch (error) {
    if (!(error instanceof BadJson)) throw error;
    // Cut off, or changed by hand: what it says is known in no other form.
    draft.own('Payload', payload);
  }
  return draft;
}
