/** Records as they are read, for other tools: one JSON object, one line of CSV or one element of XML for each. */
import type { Layout } from '../core/record.ts';
import { csvCell } from './cell.ts';

export interface ExportedRecord {
  readonly artifact: string;
  readonly offsetBytes: number;
  readonly line: number | null;
  readonly recordId: string | null;
  readonly timeMs: number | null;
  readonly layout: Layout;
  text(field: string): string | null;
  xml(): string | null;
  /** `{"Event":…}` of a Windows event; null: it has no such form. */
  json(): string | null;
}

export const recordFormats = ['ndjson', 'xml', 'csv'] as const;
export type RecordFormat = (typeof recordFormats)[number];

export const recordColumns = ['artifact', 'offset', 'line', 'record', 'time', 'source', 'fields'] as const;

/** What stands before the first record and after the last. XML: one document that holds all. */
export const recordFrame: Readonly<Record<RecordFormat, { readonly head: string; readonly foot: string }>> = {
  ndjson: { head: '', foot: '' },
  csv: { head: `${recordColumns.join(',')}\r\n`, foot: '' },
  xml: { head: '<?xml version="1.0" encoding="utf-8"?>\n<Events>\n', foot: '</Events>\n' },
};

function fieldsOf(record: ExportedRecord): Record<string, string> {
  const fields: [string, string][] = [];
  for (const { name } of record.layout.fields) {
    const value = record.text(name);
    if (value !== null) fields.push([name, value]);
  }
  return Object.fromEntries(fields);
}

/** null: the record has no such form (text is no XML). */
export function recordText(record: ExportedRecord, format: RecordFormat): string | null {
  const { artifact, offsetBytes, line, recordId, timeMs, layout } = record;
  const time = timeMs === null ? null : new Date(timeMs).toISOString();
  switch (format) {
    case 'ndjson': {
      const own = JSON.stringify({
        artifact,
        offset: offsetBytes,
        line,
        record: recordId,
        time,
        source: layout.logSource,
        fields: fieldsOf(record),
      });
      // The event as other tools for event logs write it stands in the same object, so that what reads theirs reads ours.
      const event = record.json();
      return event === null ? `${own}\n` : `${own.slice(0, -1)},${event.slice(1)}\n`;
    }
    case 'csv': {
      // Columns differ from record to record: what they hold stands in one cell.
      const cells = [artifact, offsetBytes, line, recordId, time, layout.logSource, JSON.stringify(fieldsOf(record))];
      return `${cells.map(csvCell).join(',')}\r\n`;
    }
    case 'xml': {
      const xml = record.xml();
      return xml === null || xml === '' ? null : `${xml}\n`;
    }
  }
}
