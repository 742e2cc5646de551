/**
 * Windows events as JSON: what `evtx_dump`, EvtxECmd, Winlogbeat, NXLog, Velociraptor and `Get-WinEvent | ConvertTo-Json` write, one on a line,
 * indented, or as one list. The fields are those that the event log itself gives.
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { viewSources } from './evtx/views.ts';
import { DocumentScanner } from './events/document-scanner.ts';
import type { ReadEvent } from './events/event-draft.ts';
import { eventsOf } from './events/json-event.ts';
import { splitJson } from './events/json-split.ts';
import { BadJson, parseJson } from './events/json-value.ts';
import { EventLayouts } from './windows-event-layout.ts';
import { windowsEventSource } from './windows-event-record.ts';

const has = (head: string, ...names: readonly string[]): boolean =>
  names.every((name) => new RegExp(`"${name}"\\s{0,8}:`).test(head));

/** The forms, each by names that stand together in no other kind of JSON. */
function isEvents(head: string): boolean {
  // What Afterpatch itself printed of an event log is that log once more.
  if (/^\s*\{"artifact":/.test(head)) return false;
  return (
    (has(head, 'System') && has(head, 'EventID') && has(head, 'Channel') && (has(head, 'Event') || has(head, 'EventData'))) ||
    /"winlog(?:\.event_id|\.channel)?"\s{0,8}:/.test(head) ||
    has(head, 'event_data', 'log_name') ||
    has(head, 'EventRecordId', 'Provider', 'Channel', 'Payload') ||
    (has(head, 'EventID', 'Channel') &&
      /"(?:SourceName|ProviderName|Provider_Name|SourceModuleName|TimeCreated|EventTime|SystemTime)"\s{0,8}:/.test(head)) ||
    has(head, 'Id', 'ProviderName', 'MachineName') ||
    has(head, 'EntryType', 'InstanceId', 'MachineName')
  );
}

export const eventJson: Reader = {
  kind: 'event-json',
  logSource: windowsEventSource,
  logSources: [windowsEventSource, ...viewSources],
  // A collector or a search may have left events out.
  speaksFor: 'excerpt',
  clock: 'utc',
  blockBytes: 4 << 20,
  spansLines: true,
  recognise: (head) => (/^\uFEFF?\s*(?:Record \d{1,10}\s+)?[[{]/.test(head) && isEvents(head) ? 0.95 : 0),
  claims: (line, previous) => {
    const text = line.length < 65_536 ? line.trim() : '';
    if (text.startsWith('{') && /\},?$/.test(text.slice(-2)) && isEvents(text)) return 2;
    return previous && /^\s*[\]}]/.test(line) ? 1 : 0;
  },
  scanner(demand: Demand): Scanner {
    const layouts = new EventLayouts();
    return new DocumentScanner(demand, {
      logSource: windowsEventSource,
      split: splitJson,
      broken: 'json.broken',
      byLines: true,
      read(text, odd) {
        const drafts = eventsOf(parseJson(text));
        if (drafts.length === 0) odd('object.unknown', text.slice(0, 80).replace(/\s+/g, ' '));
        return drafts.flatMap((draft): ReadEvent[] => {
          const event = draft.finish(layouts);
          if (draft.overfull) odd('json.broken', 'more fields than an event has');
          return event === null ? [] : [event];
        });
      },
      isDamage: (error): error is Error => error instanceof BadJson,
    });
  },
};
