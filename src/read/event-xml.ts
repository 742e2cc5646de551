/** Windows events as XML: `wevtutil qe … /f:xml` and what the Event Viewer saves. The fields are those that the event log itself gives. */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { viewSources } from './evtx/views.ts';
import { DocumentScanner } from './events/document-scanner.ts';
import { BadXml, xmlEvent } from './events/xml-event.ts';
import { splitXml } from './events/xml-split.ts';
import { EventLayouts } from './windows-event-layout.ts';
import { windowsEventSource } from './windows-event-record.ts';

const schema = 'http://schemas.microsoft.com/win/2004/08/events/event';

export const eventXml: Reader = {
  kind: 'event-xml',
  logSource: windowsEventSource,
  logSources: [windowsEventSource, ...viewSources],
  // Both can be asked for a part of a log.
  speaksFor: 'excerpt',
  clock: 'utc',
  blockBytes: 4 << 20,
  spansLines: true,
  recognise: (head) => (/^\uFEFF?\s*</.test(head) && /<Event[\s>]/.test(head) && head.includes(schema) ? 0.97 : 0),
  claims: (line, previous) => {
    if (/^\s*(?:<Events>\s*)?<Event\s/.test(line) && line.includes(schema)) return 2;
    return previous && /^\s*</.test(line) ? 1 : 0;
  },
  scanner(demand: Demand): Scanner {
    const layouts = new EventLayouts();
    return new DocumentScanner(demand, {
      logSource: windowsEventSource,
      split: splitXml,
      broken: 'xml.broken',
      byLines: false,
      read(text, odd) {
        const draft = xmlEvent(text);
        const event = draft.finish(layouts);
        if (event === null) odd('object.unknown', text.slice(0, 80).replace(/\s+/g, ' '));
        if (draft.overfull) odd('xml.broken', 'more fields than an event has');
        return event === null ? [] : [event];
      },
      isDamage: (error): error is Error => error instanceof BadXml,
    });
  },
};
