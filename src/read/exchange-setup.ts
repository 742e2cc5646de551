/**
 * `ExchangeSetup.log`: installations, updates and repairs, each with the build that was put on and how it ended.
 * `[MM/dd/yyyy HH:mm:ss.ffff] [depth] text`; the signs in the date follow the server's culture, its order does not.
 * @see https://learn.microsoft.com/en-us/exchange/plan-and-deploy/post-installation-tasks/verify-installation
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { parseTimeBytes } from '../core/time.ts';
import { type Cells, type TextFormat, TextScanner } from '../kernel/index.ts';
import { headOf } from './head.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

const logSource = 'exchange-setup';
const part = { partOf: 'Message' } as const;

const fields: Readonly<Record<string, FieldFacts>> = {
  Time: by('server', undefined, { type: 'time' }),
  /** Of its time the minute, `2021-03-04T17:20`: a build and the outcome of its setup are put together by it. */
  Minute: by('server', undefined, { partOf: 'Time' }),
  Depth: by('server', undefined, { type: 'int' }),
  Message: by('server', 'message'),
  Severity: by('server', undefined, part),
  /** What was put on; whether it then ran is another log's to say. */
  Build: by('server', undefined, part),
  Mode: by('administrator', 'event.action', part),
  User: by('server', 'user.name', part),
  CommandLine: by('administrator', 'process.command_line', part),
  Result: by('server', 'event.outcome', part),
  Server: by('server', 'server.name', part),
  /** What was there before. */
  InstalledBuild: by('server', undefined, part),
};
const columns = ['Time', 'Depth', 'Message'];
const header = columns.join(' ');
const layout = layoutOf(logSource, Object.keys(fields), fields);

/** Beginning of a message → the part that follows, and where it ends. */
const telling: readonly (readonly [part: string, begins: string, ends: string])[] = [
  ['Build', 'Setup version: ', '.'],
  ['User', 'Logged on user: ', '.'],
  ['Mode', "Command Line Parameter Name='mode', Value='", "'."],
  ['Mode', "The installation mode is set to: '", "'."],
  ['Server', 'Server Name=', ''],
  ['InstalledBuild', 'The locally installed version is ', '.'],
  ['CommandLine', "RuntimeAssembly was started with the following command: '", "'."],
];

export function setupParts(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  const message = text.trimEnd();
  const severity = /^\[(ERROR|WARNING|REQUIRED)\]/.exec(message);
  if (severity !== null) parts.set('Severity', severity[1]!);
  for (const [name, begins, ends] of telling) {
    if (!message.startsWith(begins)) continue;
    parts.set(name, message.slice(begins.length, message.endsWith(ends) ? message.length - ends.length : undefined));
  }
  if (/^The Exchange Server setup operation completed successfully/.test(message)) parts.set('Result', 'completed');
  else if (/^The Exchange Server setup operation didn.t complete/.test(message)) parts.set('Result', 'failed');
  return parts;
}

function minuteOf(text: string): Map<string, string> {
  const match = /^(\d\d)\D(\d\d)\D(\d{4}) (\d\d:\d\d)/.exec(text);
  return new Map(match === null ? [] : [['Minute', `${match[3]!}-${match[1]!}-${match[2]!}T${match[4]!}`]]);
}

const open = 0x5b;
const close = 0x5d;
const blank = 0x20;
const stampLimit = 40;

/** Lines that go on have neither time nor depth. */
function split(bytes: Uint8Array, start: number, end: number, cells: Cells): void {
  const stampEnd = bytes[start] === open ? bytes.subarray(start, Math.min(end, start + stampLimit)).indexOf(close) : -1;
  if (stampEnd < 20) {
    cells.push(start, start, 0);
    cells.push(start, start, 0);
    cells.push(start, end, 0);
    return;
  }
  cells.push(start + 1, start + stampEnd, 0);
  let at = start + stampEnd + 1;
  if (bytes[at] === blank) at++;
  const depthEnd = bytes[at] === open ? bytes.subarray(at, Math.min(end, at + 12)).indexOf(close) : -1;
  if (depthEnd > 0) {
    cells.push(at + 1, at + depthEnd, 0);
    at += depthEnd + 1;
    if (bytes[at] === blank && at < end) at++;
  } else cells.push(at, at, 0);
  cells.push(at, end, 0);
}

/** `MM/dd/yyyy HH:mm:ss.ffff`, month first whatever the signs. */
function timeOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 19) return Number.NaN;
  const date = String.fromCharCode(...bytes.subarray(start, start + 10));
  const match = /^(\d\d)[^\d](\d\d)[^\d](\d{4})$/.exec(date);
  if (match === null) return Number.NaN;
  return Date.parse(`${match[3]!}-${match[1]!}-${match[2]!}T00:00:00Z`) + parseTimeBytes(bytes, start + 11, end);
}

const format: TextFormat = {
  logSource,
  separator: 'own',
  split,
  emptyMark: null,
  bareHeaders: false,
  standing: header,
  untimed: true,
  header: () => null,
  bind: () => ({
    layout,
    columns: 3,
    cellOf: layout.fields.map(({ name }) => columns.indexOf(name)),
    surplusCell: -1,
    time: (bytes, cells) => timeOf(bytes, cells.starts[0]!, cells.ends[0]!),
  }),
  infer: () => null,
  derive: (parent, text) => (parent === 'Time' ? minuteOf(text) : setupParts(text)),
};

const row = /^\[\d\d[/.-]\d\d[/.-]\d{4} \d\d:\d\d:\d\d\.\d{2,7}\] \[\d{1,3}\] /;

export const exchangeSetup: Reader = {
  kind: logSource,
  logSource,
  speaksFor: 'span',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head, path) {
    const first = headOf(head).rows[0] ?? '';
    return row.test(first) ? 0.95 : /\\ExchangeSetupLogs\\ExchangeSetup\.log$/i.test(path) && head.includes('] [0] ') ? 0.9 : 0;
  },
  claims: (line) => (row.test(line) ? 2 : 0),
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
