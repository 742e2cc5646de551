/**
 * HttpProxy rows that somebody printed with `Import-Csv … | Format-List` and copied: one object for each row, as many of the
 * columns as were asked for. They speak for nothing but themselves.
 */
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { httpproxyFields } from './httpproxy.ts';
import { layoutOf } from './layout.ts';
import { parseObjects, property } from './property-list.ts';
import { headLines } from './text-lines.ts';

const anchor = /^\s*AnchorMailbox\s*:(?: |$)/;
const isColumn = (line: string): boolean => {
  const name = property.exec(line)?.[1];
  return name !== undefined && Object.hasOwn(httpproxyFields, name);
};

function parse(text: string): PlainRecord[] {
  const layouts = new Map<string, Layout>();
  return [...parseObjects(text)].map((found): PlainRecord => {
    const names = [...found.fields.keys()];
    const key = names.join(' ');
    const layout = layouts.get(key) ?? layoutOf('httpproxy', names, httpproxyFields);
    layouts.set(key, layout);
    const stamp = found.fields.get('DateTime') ?? '';
    return { ...found, layout, timeMs: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(stamp) ? Date.parse(stamp) : Number.NaN };
  });
}

export const httpproxyList: Reader = {
  kind: 'httpproxy-list',
  logSource: 'httpproxy',
  speaksFor: 'excerpt',
  clock: 'utc',
  blockBytes: null,
  recognise(head) {
    const lines = headLines(head, 200).filter((line) => line.trim() !== '');
    return lines.length > 0 && isColumn(lines[0]!) && lines.some((line) => anchor.test(line)) ? 0.92 : 0;
  },
  claims(line, previous) {
    if (anchor.test(line)) return 2;
    return isColumn(line) || (previous && /^\s+\S/.test(line)) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner('httpproxy', demand, parse),
};
