/**
 * Pieces of ECP server rows that people post: the `S:CMD=…;S:EX=…` part without the columns before it, or cut anywhere. What is
 * missing stays unknown: without an `S:EX=` nobody knows whether the cmdlet was accepted.
 */
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import type { Problems } from '../core/problem.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { ecpFields, ecpParts } from './ecp-server.ts';
import { parseEventData } from './event-data.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

const piece = /'?S:(?:CMD|TIME|SID|URL)=/;
/** `Result`: what the piece says about the cmdlet's end; absent where the piece stops before it. */
const fields: Readonly<Record<string, FieldFacts>> = { ...ecpFields, Result: by('server') };
const layout: Layout = layoutOf('ecp-excerpt', ['EventData', ...ecpParts, 'Result'], fields);

function parse(text: string, problems: Problems): PlainRecord[] {
  const records: PlainRecord[] = [];
  let at = 0;
  for (const [number, raw] of text.split('\n').entries()) {
    const line = raw.trimEnd();
    const found = piece.exec(line);
    if (found !== null) {
      const start = at + found.index;
      const data = line.slice(found.index);
      const parts = parseEventData(data, (code, what) => problems.add(code, start, { found: what }));
      const exception = parts.get('EX');
      const result: [string, string][] = exception === undefined ? [] : [['Result', exception === '' ? 'ok' : 'failed']];
      records.push({
        start,
        end: at + line.length,
        line: number,
        timeMs: Number.NaN,
        layout,
        fields: new Map([['EventData', data], ...parts, ...result]),
      });
    }
    at += raw.length + 1;
  }
  return records;
}

export const ecpExcerpt: Reader = {
  kind: 'ecp-excerpt',
  logSource: 'ecp-excerpt',
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise: () => 0,
  claims: (line) => (piece.test(line) ? 2 : 0),
  scanner: (demand: Demand): Scanner => new PlainScanner('ecp-excerpt', demand, parse),
};
