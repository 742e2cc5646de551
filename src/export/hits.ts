/** What rules of others matched, one line for each row and rule: for other tools, for spreadsheets, for the eye. */
import { isoUtcOrNull } from '../core/time.ts';
import { visible } from '../core/visible.ts';
import { csvCell } from './cell.ts';

export const hitFormats = ['table', 'ndjson', 'csv'] as const;
export type HitFormat = (typeof hitFormats)[number];

export interface PrintedHit {
  readonly timeMs: number | null;
  /** Of a correlation; the time of a row is its own. */
  readonly lastMs: number | null;
  readonly rule: string;
  readonly title: string;
  readonly level: string | null;
  readonly status: string | null;
  readonly tags: readonly string[];
  readonly ruleFile: string;
  readonly computer: string | null;
  readonly logSource: string;
  readonly channel: string | null;
  readonly eventId: string | null;
  readonly artifact: string;
  readonly line: number | null;
  readonly offsetBytes: number | null;
  readonly recordId: string | null;
  /** Rows that a correlation stands for; 1: a row. */
  readonly events: number;
  readonly fields: Readonly<Record<string, string>>;
}

const columns = [
  'Time',
  'Level',
  'Rule',
  'RuleId',
  'Computer',
  'Channel',
  'EventId',
  'RecordId',
  'Artifact',
  'Line',
  'Events',
  'Tags',
  'Details',
];

export const hitHead: Readonly<Record<HitFormat, string>> = { table: '', ndjson: '', csv: `${columns.join(',')}\r\n` };

/** What is said in other columns, or by every event. */
const elsewhere =
  /^(?:Channel|Provider_|EventID$|Level$|TimeCreated|EventRecordID|Computer$|Version$|Task$|Opcode$|Keywords$|Execution_|Correlation_|Security_|Qualifiers$|date$|time$)/;

const details = (fields: PrintedHit['fields']): string =>
  Object.entries(fields)
    .filter(([name]) => !elsewhere.test(name))
    .map(([name, value]) => `${name}: ${value}`)
    .join(' | ');

const shortest: Readonly<Record<string, string>> = { informational: 'info', medium: 'med', critical: 'crit' };
const detailChars = 400;

export function hitText(hit: PrintedHit, format: HitFormat): string {
  switch (format) {
    case 'ndjson':
      return `${JSON.stringify({
        timeUtc: isoUtcOrNull(hit.timeMs),
        ...(hit.lastMs === null ? {} : { lastUtc: isoUtcOrNull(hit.lastMs) }),
        level: hit.level,
        rule: hit.rule,
        title: hit.title,
        status: hit.status,
        tags: hit.tags,
        ruleFile: hit.ruleFile,
        computer: hit.computer,
        logSource: hit.logSource,
        channel: hit.channel,
        eventId: hit.eventId,
        artifact: hit.artifact,
        line: hit.line,
        offsetBytes: hit.offsetBytes,
        recordId: hit.recordId,
        events: hit.events,
        fields: hit.fields,
      })}\n`;
    case 'csv': {
      const cells = [
        isoUtcOrNull(hit.timeMs),
        hit.level,
        hit.title,
        hit.rule,
        hit.computer,
        hit.channel ?? hit.logSource,
        hit.eventId,
        hit.recordId,
        hit.artifact,
        hit.line,
        hit.events,
        hit.tags.join(' '),
        details(hit.fields),
      ];
      return `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`;
    }
    case 'table': {
      const place = hit.recordId === null ? (hit.line === null ? '' : `:${hit.line}`) : `#${hit.recordId}`;
      const event = hit.eventId === null ? hit.logSource : `${hit.channel ?? ''} ${hit.eventId}`;
      const shown = details(hit.fields);
      const parts = [
        (isoUtcOrNull(hit.timeMs) ?? '-').padEnd(24),
        (shortest[hit.level ?? ''] ?? hit.level ?? '-').padEnd(4),
        hit.events > 1 ? `${hit.title} (${hit.events} events)` : hit.title,
        `[${event.trim()}]`,
        hit.computer ?? '',
        `${hit.artifact}${place}`,
        shown.length > detailChars ? `${shown.slice(0, detailChars)}...` : shown,
      ];
      return `${visible(parts.filter((part) => part !== '').join('  '), ['<', '>'])}\n`;
    }
  }
}
