/**
 * The log of the offline address book's generator. Its columns have not been published, so it is read by lines. The one line that
 * matters tells of a temporary file that the server wrote: outside `ClientAccess\\OAB\\Temp` somebody else named its place
 * (CVE-2021-26858).
 * @see https://www.microsoft.com/en-us/security/blog/2021/03/02/hafnium-targeting-exchange-servers/
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { parseIsoBytes } from '../core/time.ts';
import { type TextFormat, TextScanner } from '../kernel/index.ts';
import { headOf } from './head.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

const logSource = 'oab-generator';

/** `Line` may quote what an intruder wrote; the path is the one at which the server itself wrote. */
const fields: Readonly<Record<string, FieldFacts>> = {
  Line: by('client', 'message'),
  TemporaryFile: by('server', 'file.path', { partOf: 'Line' }),
};
const layout = layoutOf(logSource, Object.keys(fields), fields);

const begins = 'download failed and temporary file ';
const ends = ' needs to be removed';

/** The path between the words of the needle, its quotes taken off. */
export function temporaryFile(line: string): string | null {
  const lower = line.toLowerCase();
  const at = lower.indexOf(begins);
  if (at === -1) return null;
  const end = lower.indexOf(ends, at + begins.length);
  const path = line
    .slice(at + begins.length, end === -1 ? undefined : end)
    .trim()
    .replace(/^["']+|["']+$/g, '');
  return path === '' ? null : path;
}

const stampLength = 40;

/** A time at the beginning of a line, up to the first comma or blank behind it. */
function timeOf(bytes: Uint8Array, start: number, end: number): number {
  const from = bytes[start] === 0x22 ? start + 1 : start;
  let stop = from;
  while (stop < end && stop - from < stampLength && bytes[stop] !== 0x2c && bytes[stop] !== 0x22 && bytes[stop] !== 0x09) stop++;
  const whole = parseIsoBytes(bytes, from, stop);
  return Number.isNaN(whole) && stop - from > 19 && bytes[from + 19] === 0x20 ? parseIsoBytes(bytes, from, from + 19) : whole;
}

const format: TextFormat = {
  logSource,
  separator: 'own',
  split: (_bytes, start, end, cells) => cells.push(start, end, 0),
  emptyMark: null,
  bareHeaders: false,
  standing: 'Line',
  untimed: true,
  header: (line, seam) => (line.startsWith('#') ? seam : null),
  bind: () => ({
    layout,
    columns: 1,
    cellOf: [0, -1],
    surplusCell: -1,
    time: (bytes, cells) => timeOf(bytes, cells.starts[0]!, cells.ends[0]!),
  }),
  infer: () => null,
  derive(_parent, text) {
    const path = temporaryFile(text);
    return new Map(path === null ? [] : [['TemporaryFile', path]]);
  },
};

const place = /\\(?:OABGenerator(?:Simple)?Log|OAB_Generation_(?:Simple_)?Logs)\\|\\OABGenerator(?:Simple)?Log[^\\]*\.log$/i;

export const oabGenerator: Reader = {
  kind: logSource,
  logSource,
  speaksFor: 'span',
  clock: 'utc',
  blockBytes: 4 << 20,
  recognise(head, path) {
    const { logType, rows } = headOf(head);
    if (logType !== null && /OAB ?Generator|offline address book/i.test(logType)) return 1;
    if (place.test(path)) return 0.95;
    return rows.length > 0 && temporaryFile(rows[0]!) !== null ? 0.8 : 0;
  },
  claims(line, previous) {
    if (line.startsWith('#')) return /^#\s*Log-type\s*:.*OAB ?Generator/i.test(line) ? 1 : 0;
    return temporaryFile(line) !== null ? 2 : previous && /^"?\d{4}-\d\d-\d\dT/.test(line) && /\bOAB\b/.test(line) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new TextScanner(format, demand),
};
