/**
 * Windows events as text: `Get-WinEvent | Format-List`, `Get-EventLog | Format-List`, `wevtutil qe /f:text`, and what the Event
 * Viewer copies. Labels in English, German and French. The message stands as it was printed, and its `Key: value` lines as fields.
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { antivirusSource } from './antivirus-record.ts';
import { detectionsOf } from './defender-events.ts';
import { eventData } from './event-message.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';
import { firstLines, textLines } from './text-lines.ts';
import { windowsEventFields, windowsEventSource } from './windows-event-record.ts';

export const eventSource = windowsEventSource;

export const eventFields: Readonly<Record<string, FieldFacts>> = {
  Channel: by('server'),
  Provider_Name: by('server'),
  EventID: by('server', undefined, { type: 'int' }),
  Level: by('server'),
  TimeCreated: by('server', undefined, { type: 'time' }),
  Computer: by('server', 'server.name'),
  User: by('server', 'user.name'),
  Message: by('server'),
  NewProcessName: by('server', 'process.image', { partOf: 'Message' }),
  ParentProcessName: by('server', 'process.parent', { partOf: 'Message' }),
  CommandLine: by('server', 'process.command_line', { partOf: 'Message' }),
};

/** Labels of `wevtutil` and of the Event Viewer, lower case. */
const labels: Readonly<Record<string, string>> = {
  'log name': 'Channel',
  protokollname: 'Channel',
  'nom du journal': 'Channel',
  source: 'Provider_Name',
  quelle: 'Provider_Name',
  date: 'TimeCreated',
  datum: 'TimeCreated',
  'event id': 'EventID',
  'ereignis-id': 'EventID',
  'id de l\u2019\u00e9v\u00e9nement': 'EventID',
  "id de l'\u00e9v\u00e9nement": 'EventID',
  level: 'Level',
  ebene: 'Level',
  niveau: 'Level',
  user: 'User',
  benutzer: 'User',
  utilisateur: 'User',
  computer: 'Computer',
  ordinateur: 'Computer',
  description: 'Message',
  beschreibung: 'Message',
};
/** Names of the objects that PowerShell prints. */
const properties: Readonly<Record<string, string>> = {
  timecreated: 'TimeCreated',
  timegenerated: 'TimeCreated',
  providername: 'Provider_Name',
  source: 'Provider_Name',
  id: 'EventID',
  eventid: 'EventID',
  message: 'Message',
  logname: 'Channel',
  machinename: 'Computer',
  leveldisplayname: 'Level',
  entrytype: 'Level',
  username: 'User',
  userid: 'User',
};

const label = /^ {0,4}([A-Z][A-Za-z\u00c0-\u017f'\u2019 -]{2,30}):\s*(\S.*)?$/;
const listed = /^([A-Z][A-Za-z]{1,30})\s*:(?: (.*)|)$/;
const opening = /^ {0,4}(?:Log Name|Protokollname|Nom du journal)\s*:/;
const numbered = /^Event\[\d{1,10}\]:?\s*$/;
/** Names that no other list of a console begins with. */
const listOpening = /^(?:TimeCreated|ProviderName|EntryType|TimeGenerated|InstanceId)\s*:(?: |$)/;
const xmlCopy = /^(?:Event Xml|Ereignis-XML|XML de l.{1,2}v.{1,2}nement)\s*:/i;

export const beginsEvent = (line: string): boolean => opening.test(line) || numbered.test(line) || listOpening.test(line);

interface Draft {
  readonly start: number;
  end: number;
  readonly line: number;
  readonly fields: Map<string, string>;
  readonly names: Set<string>;
  /** Whether it was printed as a list of PowerShell or with the labels of Windows. */
  readonly form: 'list' | 'labels';
  inMessage: boolean;
  message: string[];
  chars: number;
  done: boolean;
}

const longestMessage = 65_536;

/** What a line says in the form of the event that is open; null: it is none of its own lines. */
function named(
  line: string,
  form: Draft['form'],
): { readonly name: string; readonly field: string | null; readonly value: string } | null {
  const match = line.length > 100_000 ? null : (form === 'list' ? listed : label).exec(line);
  if (match === null) return null;
  const name = match[1]!.trim().toLowerCase();
  const table = form === 'list' ? properties : labels;
  return { name, field: Object.hasOwn(table, name) ? table[name]! : null, value: (match[2] ?? '').trim() };
}

function* drafts(text: string): Generator<Draft> {
  let draft: Draft | null = null;
  const begin = (line: { start: number; end: number; number: number }, form: Draft['form']): Draft => ({
    start: line.start,
    end: line.end,
    line: line.number,
    fields: new Map(),
    names: new Set(),
    form,
    inMessage: false,
    message: [],
    chars: 0,
    done: false,
  });
  let blank = false;
  for (const line of textLines(text)) {
    if (numbered.test(line.text) || opening.test(line.text)) {
      // `Event[0]:` stands above the line that names the log.
      if (draft === null || draft.names.size > 0) {
        if (draft !== null) yield draft;
        draft = begin(line, 'labels');
      }
      if (numbered.test(line.text)) continue;
    }
    if (draft === null || draft.form === 'list') {
      const found = named(line.text, 'list');
      // Objects of a list are parted by blank lines, and what goes on is indented; without the blank, by a name that comes again.
      const next: boolean =
        found !== null &&
        (draft === null
          ? listOpening.test(line.text) || found.field !== null
          : blank || (draft.names.has(found.name) && found.field !== null));
      if (next) {
        if (draft !== null) yield draft;
        draft = begin(line, 'list');
      }
    }
    blank = line.text.trim() === '';
    if (draft === null || draft.done) continue;
    if (xmlCopy.test(line.text)) {
      draft.done = true;
      continue;
    }
    const own: ReturnType<typeof named> = draft.inMessage && draft.form === 'labels' ? null : named(line.text, draft.form);
    if (own !== null) {
      draft.names.add(own.name);
      draft.inMessage = own.field === 'Message';
      if (draft.inMessage && own.value !== '') put(draft, own.value);
      else if (own.field !== null && own.value !== '' && !draft.fields.has(own.field)) draft.fields.set(own.field, own.value);
    } else if (draft.inMessage) put(draft, line.text.trim() === '' ? '' : line.text.trim());
    if (line.text.trim() !== '') draft.end = line.end;
  }
  if (draft !== null) yield draft;
}

function put(draft: Draft, text: string): void {
  if (draft.chars > longestMessage) return;
  draft.message.push(text);
  draft.chars += text.length + 1;
}

const names = Object.keys(eventFields);
const base: Layout = layoutOf(eventSource, names, eventFields);
const mostLayouts = 256;

function* parseEvents(text: string, problems: Problems): Generator<PlainRecord> {
  const dates = new DateColumn();
  const layouts = new Map<string, Layout>();
  for (const { fields } of drafts(text)) dates.learn(fields.get('TimeCreated') ?? '');
  for (const draft of drafts(text)) {
    const { fields } = draft;
    if (!fields.has('Provider_Name') && !fields.has('EventID') && !fields.has('Channel')) continue;
    const threats = detectionsOf(text.slice(draft.start, draft.end), fields.get('Provider_Name') ?? '', problems, dates);
    if (threats.length > 0) {
      for (const threat of threats)
        yield { ...threat, start: draft.start + threat.start, end: draft.start + threat.end, line: draft.line + threat.line };
      continue;
    }
    const message = draft.message.join('\n').trim();
    if (message !== '') fields.set('Message', message);
    const provider = fields.get('Provider_Name') ?? null;
    const more: string[] = [];
    for (const [name, value] of eventData(message, provider, fields.get('EventID') ?? null)) {
      if (fields.has(name)) continue;
      fields.set(name, value);
      if (!names.includes(name)) more.push(name);
    }
    const key = more.length === 0 ? '' : `${provider} ${more.join(' ')}`;
    let layout = key === '' ? base : layouts.get(key);
    if (layout === undefined) {
      layout =
        layouts.size < mostLayouts ? layoutOf(eventSource, [...names, ...more], { ...windowsEventFields, ...eventFields }) : base;
      layouts.set(key, layout);
    }
    const stamp = fields.get('TimeCreated') ?? '';
    const { timeMs, local } = claimDate(dates.read(stamp), stamp, draft.start, problems);
    if (local !== null) fields.set('TimeCreated', local);
    yield { start: draft.start, end: draft.end, line: draft.line, timeMs, layout, fields };
  }
}

/** What begins a row of a log, wherever it stands. */
const logRow = /^(?:#|\d{4}-\d\d-\d\d[T ]\d\d:\d\d)/;

export const eventText: Reader = {
  kind: 'event-text',
  logSource: eventSource,
  // What Defender found is told in the words of all antivirus products.
  logSources: [eventSource, antivirusSource],
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  freeText: true,
  recognise(head) {
    const lines = firstLines(head, 12);
    return lines.length > 0 && (opening.test(lines[0]!) || numbered.test(lines[0]!) || listOpening.test(lines[0]!)) ? 0.93 : 0;
  },
  claims(line, previous) {
    if (opening.test(line) || listOpening.test(line)) return 2;
    if (numbered.test(line)) return 1;
    // A message is anything, until a row of a log begins.
    return previous && !logRow.test(line) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(eventSource, demand, parseEvents),
};
