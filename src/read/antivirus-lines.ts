/**
 * What other antivirus products say of a file, as it is copied: a table of detections, lines of a history, the labels of a mail. The
 * product is not always named in it. Each record is one file with what it was called and what was done with it.
 * @see https://help.eset.com/efsw/7.3/en-US/work_detection_log.html (columns of the table)
 * @see https://docs.clamav.net/manual/Usage/Scanning.html (lines of the scanner)
 */
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { actionOf, antivirusRecord, antivirusSource, type AntivirusValues } from './antivirus-record.ts';
import { headLines, type TextLine, trimmedLines } from './text-lines.ts';

const longest = 4096;
const path = '(?:[A-Za-z]:|\\\\\\\\[\\w.$-]{1,64})\\\\[^"<>|*?;,\\r\\n]{1,400}?';
/** One line each: what stands in the groups, by name. */
const shapes: readonly { readonly tool: string; readonly shape: RegExp; readonly action?: string }[] = [
  // 20210303 063112	File "C:\x.aspx" belongs to virus/spyware 'Troj/X'.
  {
    tool: 'Sophos',
    shape: new RegExp(`File "(?<path>${path})" belongs to (?:virus/spyware|adware or PUA|\\w{1,20}) '(?<threat>[^']{2,120})'`),
  },
  // Virus/spyware 'Troj/X' has been detected in "C:\x.aspx". Cleanup unavailable.
  {
    tool: 'Sophos',
    shape: new RegExp(`Virus/spyware '(?<threat>[^']{2,120})' has been (?<action>[a-z ]{3,40}?)(?: in|\\.)? "(?<path>${path})"`),
  },
  // C:\x.aspx: Asp.Webshell.X FOUND
  { tool: 'ClamAV', shape: new RegExp(`^(?<path>${path}): (?<threat>[\\w.!/-]{3,120}) FOUND$`) },
  // Backdoor.ASP.WebShell, C:\x.aspx, Quarantined, 12, 0, , , ,
  {
    tool: 'Malwarebytes',
    shape: new RegExp(`^(?<threat>[A-Z][\\w]{2,30}\\.[\\w.]{2,80}), (?<path>${path}), (?<action>[A-Z][A-Za-z -]{3,40}),`),
  },
];

/** Labels of a mail or a window, lower case → what they hold. */
const labels: Readonly<Record<string, keyof AntivirusValues>> = {
  'object name': 'Threat',
  'threat name': 'Threat',
  threat: 'Threat',
  'virus name': 'Threat',
  'virus/malware': 'Threat',
  'risk name': 'Threat',
  'detection name': 'Threat',
  detection: 'Threat',
  malware: 'Threat',
  'object path': 'Path',
  object: 'Path',
  file: 'Path',
  'file path': 'Path',
  'file name': 'Path',
  'infected file': 'Path',
  path: 'Path',
  location: 'Path',
  event: 'Action',
  action: 'Action',
  'action taken': 'Action',
  'actual action': 'Action',
  result: 'Action',
  status: 'Action',
  'process name': 'Process',
  computer: 'Server',
  'computer name': 'Server',
  'endpoint name': 'Server',
};
const label = /^\s{0,8}([A-Za-z][A-Za-z /]{2,24}?)\s{0,20}:\s{1,20}(\S.{0,1000})$/;
/** Names of threats: two words at least, with a sign between them that no sentence has there. */
const isThreat = (text: string): boolean =>
  /^[\w-]{2,40}[:./][\w:./!-]{2,120}(?: [a-z]{3,20}){0,3}$/.test(text) && !/^\w:\\/.test(text);
const isPath = (text: string): boolean => new RegExp(`^"?${path}"?$`).test(text);

const columns: Readonly<Record<string, keyof AntivirusValues>> = {
  object: 'Path',
  'object name': 'Path',
  file: 'Path',
  'file path': 'Path',
  path: 'Path',
  filename: 'Path',
  'infected file/object': 'Path',
  threat: 'Threat',
  'threat name': 'Threat',
  detection: 'Threat',
  'detection name': 'Threat',
  'risk name': 'Threat',
  'virus/malware': 'Threat',
  action: 'Action',
  'action taken': 'Action',
  'actual action': 'Action',
  result: 'Action',
  time: 'Seen',
  'time and date': 'Seen',
  information: 'Process',
};

interface Header {
  /** The product whose table has these columns; '' : many could. */
  readonly tool: string;
  readonly separator: string;
  readonly slots: readonly (keyof AntivirusValues | null)[];
}

/** The header of a table of detections: which file, what it was called, what was done. */
function headerOf(line: string): Header | null {
  if (line.length > longest) return null;
  for (const separator of [';', '\t', ',']) {
    const names = line.split(separator).map((name) =>
      name
        .trim()
        .replace(/^\uFEFF?"|"$/g, '')
        .toLowerCase(),
    );
    if (names.length < 4) continue;
    const slots = names.map((name) => (Object.hasOwn(columns, name) ? columns[name]! : null));
    if (['Path', 'Threat', 'Action'].every((slot) => slots.some((one) => one === slot)))
      return { tool: names.includes('scanner') && names.includes('object type') ? 'ESET' : '', separator, slots };
  }
  return null;
}

/** Cells of a row; a quoted one may hold the separator. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length;) {
    if (line[at] === '"') {
      const close = line.indexOf('"', at + 1);
      const end = close === -1 ? line.length : close;
      cells.push(line.slice(at + 1, end));
      const next = line.indexOf(separator, end);
      if (next === -1) break;
      at = next + 1;
      continue;
    }
    const next = line.indexOf(separator, at);
    cells.push(line.slice(at, next === -1 ? line.length : next));
    if (next === -1) break;
    at = next + 1;
  }
  return cells;
}

function tableRow(line: string, { tool, separator, slots }: Header): AntivirusValues | null {
  const cells = cellsOf(line, separator);
  const values: Partial<Record<keyof AntivirusValues, string>> = {};
  for (const [index, slot] of slots.entries()) if (slot !== null) values[slot] ??= (cells[index] ?? '').trim();
  const { Path = '', Threat = '' } = values;
  if (cells.length < slots.length / 2 || Threat === '' || !isPath(Path.replace(/^file:\/{2,3}/i, '').replaceAll('/', '\\')))
    return null;
  const said = values.Action ?? '';
  const process = /[A-Za-z]:\\[^"<>|*?;,()]{3,200}\.exe/i.exec(values.Process ?? '')?.[0];
  return {
    Tool: tool,
    Kind: 'detection',
    Threat,
    Path: Path.replace(/^file:\/{2,3}/i, '').replaceAll('/', '\\'),
    Action: actionOf(said),
    Result: said,
    Seen: values.Seen ?? '',
    ...(process === undefined ? {} : { Process: process }),
  };
}

function lineRow(line: string): AntivirusValues | null {
  if (line.length > longest) return null;
  for (const { tool, shape } of shapes) {
    const groups = shape.exec(line)?.groups;
    if (groups === undefined) continue;
    const said = groups['action'] ?? '';
    return {
      Tool: tool,
      Kind: 'detection',
      Threat: groups['threat']!,
      Path: groups['path']!,
      Action: actionOf(said),
      Result: said,
    };
  }
  return null;
}

/** A line of a label, where it is one: what it holds, and the value. */
function labelled(line: string): readonly [keyof AntivirusValues, string] | null {
  const match = line.length > longest ? null : label.exec(line);
  const name = match === null ? '' : match[1]!.trim().toLowerCase();
  return match !== null && Object.hasOwn(labels, name) ? [labels[name]!, match[2]!.trim()] : null;
}
const opensBlock = (line: string): boolean => {
  const found = labelled(line);
  return found !== null && ((found[0] === 'Threat' && isThreat(found[1])) || (found[0] === 'Path' && isPath(found[1])));
};

interface Block {
  readonly first: TextLine;
  last: TextLine;
  readonly values: Partial<Record<keyof AntivirusValues, string>>;
}

function ofBlock({ first, last, values }: Block): PlainRecord | null {
  const { Threat = '', Path = '', Action = '' } = values;
  if (!isThreat(Threat) || !isPath(Path)) return null;
  return antivirusRecord(
    { start: first.start, end: last.end, line: first.number },
    { ...values, Path: Path.replaceAll('"', ''), Kind: 'detection', Action: actionOf(Action), Result: Action },
  );
}

function* parse(text: string, problems: Problems): Generator<PlainRecord> {
  let header: Header | null = null;
  let block: Block | null = null;
  for (const line of trimmedLines(text)) {
    const found = headerOf(line.text);
    const pair = labelled(line.text);
    if (block !== null && (line.text === '' || (pair !== null && block.values[pair[0]] !== undefined))) {
      const record = ofBlock(block);
      if (record !== null) yield record;
      block = null;
    }
    if (line.text === '') {
      header = null;
      continue;
    }
    if (found !== null) {
      header = found;
      continue;
    }
    const values = (header === null ? null : tableRow(line.text, header)) ?? lineRow(line.text);
    if (values !== null) {
      yield antivirusRecord({ start: line.start, end: line.end, line: line.number }, values);
      continue;
    }
    if (header !== null) problems.add('row.columns', line.start);
    if (pair === null) continue;
    block ??= { first: line, last: line, values: {} };
    block.values[pair[0]] = pair[1];
    block.last = line;
  }
  const record = block === null ? null : ofBlock(block);
  if (record !== null) yield record;
}

export const antivirusLines: Reader = {
  kind: 'antivirus-lines',
  logSource: antivirusSource,
  speaksFor: 'excerpt',
  clock: 'local',
  blockBytes: null,
  endsAtBlank: true,
  recognise: (head) => (headerOf(headLines(head, 1)[0]!) === null ? 0 : 0.9),
  claims(line, previous) {
    if (headerOf(line) !== null) return 1;
    if (lineRow(line) !== null || opensBlock(line)) return 2;
    // Of the labels only these begin a message, and of the lines below a table only those with a file are its rows.
    if (previous ? labelled(line) !== null : /^Event: {1,4}Object /.test(line)) return 1;
    return previous && line.length <= longest && /^[^;\t]{1,200}[;\t].{0,2000}[A-Za-z]:[\\/]/.test(line) ? 2 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(antivirusSource, demand, parse),
};
