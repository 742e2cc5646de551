/**
 * Rows of logs that another program carried: search results of a SIEM as JSON or as a table, with the raw row in one column or its values
 * under names of their own; a web server's log that went through a spreadsheet; objects that a console or an agent wrote as JSON. They are
 * put back into the form that the readers know, value by value: what a value holds can begin no other one.
 */
import { DateColumn } from '../core/local-time.ts';
import { type Mended, mendedOf } from '../core/mended.ts';
import { Problems, type Problem } from '../core/problem.ts';
import type { Seam } from '../core/record.ts';
import { decodeText } from '../core/text.ts';
import { type CsvRow, type CsvTable, parseCsv, readers } from '../read/index.ts';
import type { Part } from './artifact.ts';
import { type JsonRecord, jsonRecords } from './json-records.ts';

export interface Carried {
  readonly parts: readonly Part[];
  readonly mended: ReadonlyMap<Part, Mended>;
  readonly problems: readonly Problem[];
  /** What carried them, for people. */
  readonly by: string;
}

type Carrying = Pick<JsonRecord, 'start' | 'end' | 'line' | 'fields'>;
interface Row {
  readonly of: Carrying;
  readonly kind: string;
  readonly text: string;
}

/** Columns in which searches hand on the row as it was. */
const rawNames = new Set([
  '_raw',
  'message',
  'event.original',
  'log.original',
  'raw',
  'rawdata',
  'full_log',
  'raw_log',
  'rawlog',
  'raw_event',
  '@message',
]);
/** Logs of lines: a raw row is a whole one of these. */
const lineReaders = readers.filter(({ blockBytes, recogniseBytes }) => blockBytes !== null && recogniseBytes === undefined);

function rawRow(of: Carrying): Row | null {
  for (const [name, value] of of.fields) {
    if (!rawNames.has(name.toLowerCase())) continue;
    const text = value.replace(/[\r\n]+$/, '');
    if (text === '' || /[\r\n]/.test(text)) continue;
    const reader = lineReaders.find((candidate) => candidate.claims(text, false) === 2);
    if (reader !== undefined) return { of, kind: reader.kind, text };
  }
  return null;
}

/** Names of a web server's columns, as searches, spreadsheets and clouds spell them: letters and digits alone, lower case. */
const webNamed: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  sip: 's-ip',
  destinationip: 's-ip',
  destip: 's-ip',
  scomputername: 's-computername',
  hostname: 's-computername',
  computer: 's-computername',
  csmethod: 'cs-method',
  httprequestmethod: 'cs-method',
  httpmethod: 'cs-method',
  requestmethod: 'cs-method',
  method: 'cs-method',
  csuristem: 'cs-uri-stem',
  urlpath: 'cs-uri-stem',
  uripath: 'cs-uri-stem',
  uristem: 'cs-uri-stem',
  requestpath: 'cs-uri-stem',
  uri: 'target',
  csuri: 'target',
  requesturi: 'target',
  urloriginal: 'target',
  csuriquery: 'cs-uri-query',
  urlquery: 'cs-uri-query',
  uriquery: 'cs-uri-query',
  sport: 's-port',
  csusername: 'cs-username',
  username: 'cs-username',
  cip: 'c-ip',
  sourceip: 'c-ip',
  sourceaddress: 'c-ip',
  clientip: 'c-ip',
  srcip: 'c-ip',
  csuseragent: 'cs(User-Agent)',
  useragentoriginal: 'cs(User-Agent)',
  httpuseragent: 'cs(User-Agent)',
  useragent: 'cs(User-Agent)',
  csreferer: 'cs(Referer)',
  httprequestreferrer: 'cs(Referer)',
  scstatus: 'sc-status',
  httpresponsestatuscode: 'sc-status',
  httpstatus: 'sc-status',
  statuscode: 'sc-status',
  status: 'sc-status',
  scsubstatus: 'sc-substatus',
  scwin32status: 'sc-win32-status',
  timetaken: 'time-taken',
};
/** The web server's name for a column; null: it has none. */
const webNameOf = (name: string): string | null => {
  const bare = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return Object.hasOwn(webNamed, bare) ? webNamed[bare]! : null;
};
const timeNames = new Set(['@timestamp', 'timestamp', '_time', 'timegenerated', 'timegenerated [utc]', 'eventtime', 'datetime']);
const w3c = [
  'date',
  'time',
  's-computername',
  's-ip',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  's-port',
  'cs-username',
  'c-ip',
  'cs(User-Agent)',
  'cs(Referer)',
  'sc-status',
  'sc-substatus',
  'sc-win32-status',
  'time-taken',
] as const;

interface WebRow {
  readonly of: Carrying;
  readonly values: Map<string, string>;
  /** As it stands, and whether its name or the log says that it is UTC. */
  readonly stamp: string;
  readonly utc: boolean;
}

function webRow(of: Carrying): WebRow | null {
  const values = new Map<string, string>();
  let stamp = '';
  let utc = false;
  for (const [name, value] of of.fields) {
    if (value === '' || value === '-') continue;
    if (timeNames.has(name.toLowerCase())) {
      stamp ||= value;
      utc ||= /utc/i.test(name);
      continue;
    }
    const known = webNameOf(name);
    if (known !== null && !values.has(known)) values.set(known, value);
  }
  const target = values.get('target') ?? '';
  if (!values.has('cs-uri-stem') && target.startsWith('/')) {
    const question = target.indexOf('?');
    values.set('cs-uri-stem', question === -1 ? target : target.slice(0, question));
    if (question !== -1 && !values.has('cs-uri-query')) values.set('cs-uri-query', target.slice(question + 1));
  }
  if (!values.has('cs-uri-stem') || !/^\d{3}$/.test(values.get('sc-status') ?? '')) return null;
  if (!values.has('cs-method') || !values.get('cs-uri-stem')!.startsWith('/')) return null;
  const date = values.get('date');
  const time = values.get('time');
  // The web server's own columns are UTC, whoever carried them.
  if (date !== undefined && time !== undefined) return { of, values, stamp: `${date} ${time}`, utc: true };
  return { of, values, stamp, utc };
}

/** A value as the web server writes it: no blank and nothing that parts cells or lines. */
const cellOf = (value: string | undefined): string => {
  // eslint-disable-next-line no-control-regex
  const cell = (value ?? '').replace(/[\s\u0000-\u001f\u007f]/g, '+').slice(0, 32_768);
  return cell === '' ? '-' : cell;
};

function webRows(rows: readonly WebRow[]): readonly Row[] {
  const zoned = new DateColumn({ zoneMinutes: 0 });
  const plain = new DateColumn();
  for (const { stamp, utc } of rows) (utc ? zoned : plain).learn(stamp);
  const at = (stamp: string, utc: boolean): number | null => {
    if (/^\d{10}(?:\.\d{1,9})?$/.test(stamp)) return Math.floor(Number(stamp)) * 1000;
    if (/^\d{13}$/.test(stamp)) return Number(stamp);
    const read = (utc ? zoned : plain).read(stamp);
    return read.kind === 'utc' ? read.utcMs : null;
  };
  const head: Row = { of: rows[0]!.of, kind: 'iis-w3c', text: `#Fields: ${w3c.join(' ')}` };
  return [
    head,
    ...rows.map(({ of, values, stamp, utc }): Row => {
      const ms = stamp === '' ? null : at(stamp, utc);
      const iso = ms === null ? null : new Date(ms).toISOString();
      values.set('date', iso === null ? '-' : iso.slice(0, 10));
      values.set('time', iso === null ? '-' : iso.slice(11, 19));
      return { of, kind: 'iis-w3c', text: w3c.map((name) => cellOf(values.get(name))).join(' ') };
    }),
  ];
}

/** A table is not larger than this: objects that share no names would make one out of nothing. */
const mostCells = 4_000_000;
const mostLines = 200_000;

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** Objects as a table, where a reader knows a table with these names. */
function tableRows(records: readonly Carrying[]): readonly Row[] | null {
  const names = new Set<string>();
  for (const { fields } of records) for (const name of fields.keys()) if (names.size < 1000) names.add(name);
  const columns = [...names].filter((name) => !/["\r\n,;\t]/.test(name));
  if (columns.length < 2 || columns.length * records.length > mostCells) return null;
  const head = columns.join(',');
  const best = readers
    .map((reader) => ({ kind: reader.kind, score: reader.recognise(`${head}\r\n`, '') }))
    .reduce((a, b) => (b.score > a.score ? b : a));
  if (best.score < 0.9) return null;
  const first = { of: records[0]!, kind: best.kind, text: head };
  return [
    first,
    ...records.map((of): Row => {
      // A log of lines is read line by line.
      const cells = columns.map((name) => quoted((of.fields.get(name) ?? '').replace(/\r?\n|\r/g, '\n')));
      const oneLine = readers.find(({ kind }) => kind === best.kind)!.blockBytes !== null;
      return { of, kind: best.kind, text: oneLine ? cells.join(',').replaceAll('\n', ' ') : cells.join(',') };
    }),
  ];
}

function rowsOf(records: readonly Carrying[], table: boolean): readonly Row[] | null {
  const raw = records.map((of) => rawRow(of)).filter((row) => row !== null);
  if (raw.length > 0) return raw;
  const web = records.map((of) => webRow(of)).filter((row) => row !== null);
  if (web.length > 0) return webRows(web);
  return table ? null : tableRows(records);
}

/** Character positions → byte offsets. */
function byteOf(text: string, encoding: Seam['encoding'], bytes: Uint8Array): (position: number) => number {
  if (encoding !== 'utf8') return (position) => Math.min(position * 2, bytes.length);
  if (text.length === bytes.length) return (position) => position;
  // Bytes before every so many characters: whoever goes back does not begin anew.
  const step = 1024;
  const before = new Uint32Array(Math.floor(text.length / step) + 1);
  const count = (from: number, to: number): number => {
    let used = 0;
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at);
      used += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
    }
    return used;
  };
  for (let index = 1; index < before.length; index++)
    before[index] = before[index - 1]! + count((index - 1) * step, index * step);
  return (position) => {
    const index = Math.floor(Math.min(position, text.length) / step);
    return Math.min(before[index]! + count(index * step, Math.min(position, text.length)), bytes.length);
  };
}

/** Cells of a row that stands between upright lines. */
const ruledCells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** A table as Markdown draws it: names, a rule, rows, to the first line that is none. */
function parseRuled(text: string, names: readonly string[], problems: Problems): CsvTable {
  const rows: CsvRow[] = [];
  let at = 0;
  for (let line = 0; at < text.length; line++) {
    const found = text.indexOf('\n', at);
    const stop = found === -1 ? text.length : found;
    const end = stop > at && text[stop - 1] === '\r' ? stop - 1 : stop;
    const row = text.slice(at, end);
    if (line > 0 && !/^\s{0,8}\|/.test(row)) break;
    if (line > 0 && !/^[\s|:-]{1,4096}$/.test(row)) {
      const cells = ruledCells(row);
      if (cells.length !== names.length)
        problems.add('row.columns', at, { expected: String(names.length), found: String(cells.length) });
      rows.push({ start: at, end, line, cells });
    }
    at = stop + 1;
  }
  return { names, rows };
}

function recordsOf(text: string, problems: Problems): { readonly records: readonly Carrying[]; readonly table: boolean } | null {
  if (/^\uFEFF?\s{0,1000}[[{]/.test(text)) {
    const found = jsonRecords(text);
    if (found === null) return null;
    if (found.brokenAt !== null) problems.add('json.broken', found.brokenAt);
    return { records: found.records, table: false };
  }
  const header = text.slice(0, 16_384).split(/\r?\n|\r/, 1)[0]!;
  const ruled = /^\uFEFF?\s{0,8}\|/.test(header);
  const cells = ruled ? ruledCells(header.replace(/^\uFEFF/, '')) : header.replace(/^\uFEFF/, '').split(/[,;\t]/);
  const names = cells.map((name) => name.trim().replace(/^"|"$/g, '').toLowerCase());
  const carries = names.some((name) => rawNames.has(name));
  const stems = names.some((name) => ['cs-uri-stem', 'target'].includes(webNameOf(name) ?? ''));
  if (names.length < 2 || (!carries && !stems) || names.some((name) => name.length > 80)) return null;
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1 && lines <= mostLines; at = text.indexOf('\n', at + 1)) lines++;
  if (lines > mostLines) return null;
  const table = ruled ? parseRuled(text, cells, problems) : parseCsv(text, problems);
  const records: Carrying[] = [];
  for (const { start, end, line, cells: values } of table.rows) {
    // A sign within a value parted it: nobody can say any more which cell is whose word. The parser has told it.
    if (values.length !== table.names.length) continue;
    // No log of a web server holds a line end: a quote in a client's word swallowed the row that follows, and its status with it.
    if (stems && values.some((value) => /[\r\n]/.test(value))) {
      problems.add('csv.open_quote', start);
      continue;
    }
    const fields = new Map<string, string>();
    for (const [column, name] of table.names.entries()) if (!fields.has(name)) fields.set(name, values[column]!);
    records.push({ start, end, line, fields });
  }
  return { records, table: true };
}

/** null: the text carries nothing that is known. */
export function carried(bytes: Uint8Array, encoding: Seam['encoding']): Carried | null {
  const text =
    encoding === 'utf8'
      ? decodeText(bytes)
      : new TextDecoder(encoding === 'utf16le' ? 'utf-16le' : 'utf-16be', { ignoreBOM: true }).decode(bytes.slice());
  const problems = new Problems();
  const found = recordsOf(text, problems);
  const rows = found === null || found.records.length === 0 ? null : rowsOf(found.records, found.table);
  if (rows === null) return null;
  const toByte = byteOf(text, encoding, bytes);
  const parts: Part[] = [];
  const mended = new Map<Part, Mended>();
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  for (const kind of kinds) {
    const lines = rows
      .filter((row) => row.kind === kind)
      .map(({ of, text: line }) => ({ text: line, at: toByte(of.start), end: toByte(of.end), line: of.line }));
    const part: Part = { kind, at: lines[0]!.at, end: lines.at(-1)!.end, firstLine: lines[0]!.line, excerpt: true, mended: true };
    parts.push(part);
    mended.set(part, mendedOf(lines));
  }
  const by = found!.table ? 'a table of another program' : 'JSON';
  return { parts, mended, by, problems: problems.list().map((problem) => ({ ...problem, at: toByte(problem.at) })) };
}
