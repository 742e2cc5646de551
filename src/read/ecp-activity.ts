/**
 * ECP Activity log: one row for each request that the control panel worked on, with the account and the address asked for.
 * @see docs/reference/sources.md#ecp-activity
 */
import { parseActivityData } from './activity-data.ts';
import { exchangeLog, stampedCells } from './exchange-csv.ts';
import { by, type FieldFacts } from './layout.ts';

const part = { partOf: 'EventData' } as const;

const fields: Readonly<Record<string, FieldFacts>> = {
  TimeStamp: by('server', undefined, { type: 'time' }),
  ServerName: by('server', 'server.name'),
  EventId: by('server'),
  EventData: by('client'),
  PSA: by('server', 'user.name', part),
  URL: by('client', 'url.original', { ...part, percent: true }),
  Bld: by('server', 'build', part),
  ActID: by('server', 'activity.id', part),
};
const parts = Object.keys(fields).filter((name) => fields[name]!.partOf === 'EventData');
const header = 'TimeStamp,ServerName,EventId,EventData';

/** The columns are those of the ECP Server log; its events are named otherwise. */
function infer(line: string): string | null {
  const cells = stampedCells(line);
  return cells.length >= 4 && /^"?(?!ECP\.)\w+"?$/.test(cells[2]!) && /^"?'?S:(?:PSA|URL|Bld|ActID)=/.test(cells[3]!)
    ? header
    : null;
}

export const ecpActivity = exchangeLog({
  kind: 'ecp-activity',
  logSource: 'ecp-activity',
  logType: /^ECP Activity/i,
  // Its header is the ECP Server log's too: the rows tell.
  telling: ['TimeStamp', 'ServerName', 'EventId', 'EventData', 'ActID'],
  required: ['TimeStamp', 'ServerName', 'EventId', 'EventData'],
  path: /\\(?:ECP\\Activity|ECPActivity_[^\\]*)/i,
  fields,
  timeField: 'TimeStamp',
  surplusField: 'EventData',
  parts: { EventData: parts },
  derive: (_parent, text, report) => parseActivityData(text, report),
  infer,
});
