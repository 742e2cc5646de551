/**
 * HttpProxy rows as a PowerShell table (`Import-Csv … | select DateTime, AnchorMailbox, … | ft`), copied from a console or
 * redirected into a file. Rows are those that somebody picked, with the columns that were asked for; a narrow console cuts values.
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { isRule, parseTables, type TableShape, words } from './console-table.ts';
import { httpproxyFields } from './httpproxy.ts';
import { layoutOf } from './layout.ts';
import { headLines } from './text-lines.ts';

const known = new Map(Object.keys(httpproxyFields).map((name) => [name.toLowerCase(), name]));
/** Columns that no other log has under this name. */
const telling = new Set(['AnchorMailbox', 'BackEndCookie', 'RoutingHint', 'UrlStem', 'ProxyAction', 'TargetServer']);

function headerNames(line: string): string[] | null {
  if (line.length > 4000) return null;
  const names = words(line).map((name) => known.get(name.toLowerCase()));
  if (names.length < 2 || names.some((name) => name === undefined)) return null;
  const own = names as string[];
  return own.some((name) => telling.has(name)) && new Set(own).size === own.length ? own : null;
}
const isHeader = (line: string): boolean => headerNames(line) !== null;
const isStamped = (line: string): boolean => /^\s*\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z(?:\s|$)/.test(line.slice(0, 200));
/** A row that is known without its header. */
const isRow = (line: string): boolean =>
  /^\s*\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\s+Server(?:Info|Version)?~/.test(line.slice(0, 400));
/** A row whose table does not begin with the time. */
const hasAnchor = (line: string): boolean => /(?:^|\s)Server(?:Info|Version)?~\S/.test(line.slice(0, 4000));

const shape: TableShape = {
  header: headerNames,
  bareRow: (line) => (isRow(line) ? ['DateTime', 'AnchorMailbox'] : null),
  goesOn: (line) => isStamped(line) || hasAnchor(line),
};

function parse(text: string, problems: Problems): PlainRecord[] {
  const rows = parseTables(text, shape, problems);
  const dates = new DateColumn();
  for (const { fields } of rows) dates.learn(fields.get('DateTime') ?? '');
  const layouts = new Map<string, Layout>();
  return rows.map((row): PlainRecord => {
    const names = [...row.fields.keys()];
    const key = names.join(' ');
    const layout = layouts.get(key) ?? layoutOf('httpproxy', names, httpproxyFields);
    layouts.set(key, layout);
    const stamp = row.fields.get('DateTime') ?? '';
    return { ...row, layout, timeMs: claimDate(dates.read(stamp), stamp, row.start, problems).timeMs };
  });
}

export const powershellTable: Reader = {
  kind: 'powershell-table',
  logSource: 'httpproxy',
  speaksFor: 'excerpt',
  clock: 'utc',
  blockBytes: null,
  recognise(head) {
    const lines = headLines(head, 40).filter((line) => line.trim() !== '');
    const headed = lines.findIndex((line) => isHeader(line));
    const ruled = headed === 0 && lines.length > 2 && isRule(lines[1]!);
    if (ruled) return 0.9;
    const told = lines.every((line) => isHeader(line) || isRule(line) || (headed >= 0 ? isStamped(line) : isRow(line)));
    return told && lines.some((line) => isStamped(line)) ? 0.9 : 0;
  },
  claims(line, previous) {
    if (isHeader(line) || (previous && (isRule(line) || line.trim() === ''))) return 1;
    if (isRow(line) || (previous && (isStamped(line) || hasAnchor(line)))) return 2;
    // A wrapped value goes on far to the right.
    return previous && /^\s{8,}\S/.test(line) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner('httpproxy', demand, parse),
};
