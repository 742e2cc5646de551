/**
 * A PowerShell table copied from a console (`Import-Csv … | select DateTime, AnchorMailbox | ft`): names, an optional line of
 * dashes, rows. Only the last column may hold blanks. Rows are HttpProxy rows when the columns are.
 */
import type { Demand, Reader, Scanner, Seam } from '../core/record.ts';
import { parseIsoBytes } from '../core/time.ts';
import { type BoundLayout, type Cells, type TextFormat, TextScanner } from '../kernel/index.ts';
import { httpproxyFields } from './httpproxy.ts';
import { layoutOf } from './layout.ts';

const known = new Set(Object.keys(httpproxyFields).map((name) => name.toLowerCase()));
const words = (line: string): string[] => line.trim().split(/\s+/);

function isHeader(line: string): boolean {
  const names = words(line);
  return (
    names.length >= 2 &&
    names.includes('AnchorMailbox') &&
    names[0] === 'DateTime' &&
    names.every((name) => known.has(name.toLowerCase()))
  );
}
const isRule = (line: string): boolean => /^\s*-{2,}(?:\s+-{2,})*\s*$/.test(line);
const isStamped = (line: string): boolean => /^\s*\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z(?:\s|$)/.test(line);
/** A row that is known without its header. */
const isRow = (line: string): boolean => /^\s*\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\s+Server(?:Info|Version)?~/.test(line);

const format: TextFormat = {
  logSource: 'httpproxy',
  separator: 'space',
  emptyMark: null,
  bareHeaders: true,
  header(line, seam): Seam | null {
    if (isHeader(line)) return { ...seam, header: words(line).join(' ') };
    return isRule(line) || line.trim() === '' ? seam : null;
  },
  bind(header): BoundLayout | null {
    const names = header.split(' ');
    const layout = layoutOf('httpproxy', names, httpproxyFields);
    return {
      layout,
      columns: names.length,
      cellOf: names.map((_, index) => index),
      surplusCell: names.length - 1,
      time: (bytes: Uint8Array, cells: Cells): number => parseIsoBytes(bytes, cells.starts[0]!, cells.ends[0]!),
    };
  },
  infer: (line) => (isRow(line) ? 'DateTime AnchorMailbox' : null),
};

export const powershellTable: Reader = {
  kind: 'powershell-table',
  logSource: 'httpproxy',
  speaksFor: 'excerpt',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head) {
    const lines = head.split(/\r?\n|\r/, 40).filter((line) => line.trim() !== '');
    const headed = lines.some((line) => isHeader(line));
    const told = lines.every((line) => isHeader(line) || isRule(line) || (headed ? isStamped(line) : isRow(line)));
    return told && lines.some((line) => isStamped(line)) ? 0.9 : 0;
  },
  claims(line, previous) {
    if (isHeader(line) || (previous && (isRule(line) || line.trim() === ''))) return 1;
    return isRow(line) || (previous && isStamped(line)) ? 2 : 0;
  },
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
