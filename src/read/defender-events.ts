/**
 * Events of Microsoft Defender as text: copied out of the event viewer, or `Get-WinEvent … | Format-List`. The words before the
 * colons are those of the server's language; threat names, resources and codes are the same in all of them.
 * @see https://learn.microsoft.com/en-us/defender-endpoint/troubleshoot-microsoft-defender-antivirus
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { actionOf, antivirusRecord, antivirusSource, isFile, resourceOf } from './antivirus-record.ts';
import { headLines, type TextLine, trimmedLines } from './text-lines.ts';

/** `Backdoor:ASP/Chopper.F!dha`: category, platform, family. */
const threatName = /^[A-Z][A-Za-z]{2,24}:[A-Za-z0-9_]{2,24}\/[^\s;,]{2,120}$/;
const keyed = /^\s{0,40}([\p{L}][\p{L} .()/-]{1,40}?)\s{0,20}:\s?(.*)$/u;
const resource = /(?:file|containerfile|webfile|amsi):_/i;
/** What begins an event in either form, whatever its language. */
const provider = /Microsoft-Windows-Windows Defender/i;
const sentence =
  /\bDefender\b.{0,40}(?:has detected|has taken action|has encountered|hat .{0,80}(?:erkannt|Aktion)|a d\u00e9tect\u00e9|a pris|ha detectado|ha rilevato|ha tomado)|Antimalware platform|Microsoft Antimalware has/i;
const firstKeys = /^\s{0,4}(?:Log Name|Protokollname|Nom du journal|Nombre de registro|Nome registro|TimeCreated)\s{0,20}:/i;
const timeKeys = /^(?:Date|Datum|Fecha|Data|TimeCreated)$/i;
const idKeys = /^(?:Event ID|Ereignis-ID|ID de l.\u00e9v\u00e9nement|Id\. del evento|ID evento)$/i;
const hostKeys = /^(?:Computer|MachineName|Ordinateur|Equipo)$/i;
const actionKeys = /^(?:Action|Aktion|Acci\u00f3n|Azione|Actie|Akcja|A\u00e7\u00e3o)$/i;
const errorKeys = /^(?:Error Code|Fehlercode|Code d.erreur|C\u00f3digo de error|Codice errore)$/i;
const processKeys = /^(?:Process Name|Prozessname|Nom du processus|Nombre de proceso|Nome processo)$/i;
/** Events that say that an action did not succeed. */
const failedIds = new Set(['1008', '1118', '1119']);
const mostPaths = 500;

interface Draft {
  readonly first: TextLine;
  last: TextLine;
  date: string;
  id: string;
  server: string;
  threat: string;
  action: string;
  error: string;
  process: string;
  resources: string[];
}

/** @param column what is known of the dates of the whole text, where this is a piece of one */
function parse(text: string, problems: Problems, column = new DateColumn()): PlainRecord[] {
  const drafts: Draft[] = [];
  let draft: Draft | null = null;
  const open = (line: TextLine): Draft => {
    const made: Draft = {
      first: line,
      last: line,
      date: '',
      id: '',
      server: '',
      threat: '',
      action: '',
      error: '',
      process: '',
      resources: [],
    };
    drafts.push(made);
    return made;
  };
  for (const line of trimmedLines(text)) {
    const words = line.text.slice(0, 8000);
    if (words === '') continue;
    if (firstKeys.test(words) || (sentence.test(words.slice(0, 1000)) && draft?.threat !== '')) draft = open(line);
    if (draft === null) continue;
    draft.last = line;
    const match = keyed.exec(words);
    if (match === null) continue;
    const key = match[1]!.trim();
    const value = match[2]!.trim();
    if (draft.threat === '' && threatName.test(value)) draft.threat = value;
    else if (resource.test(value) && draft.resources.length === 0)
      draft.resources = value.split(/;\s*(?=[a-z-]{3,20}:_)/i).slice(0, mostPaths);
    else if (timeKeys.test(key) && draft.date === '') draft.date = value;
    else if ((idKeys.test(key) || key === 'Id') && draft.id === '' && /^\d{3,5}$/.test(value)) draft.id = value;
    else if (hostKeys.test(key) && draft.server === '') draft.server = value;
    else if (actionKeys.test(key) && draft.action === '') draft.action = value;
    else if (errorKeys.test(key) && draft.error === '') draft.error = value;
    else if (processKeys.test(key) && draft.process === '') draft.process = value;
  }
  for (const { date } of drafts) column.learn(date);
  return drafts
    .filter(({ threat }) => threat !== '')
    .flatMap((one) => {
      const { timeMs, local } = claimDate(column.read(one.date), one.date, one.first.start, problems);
      const failed = failedIds.has(one.id) || (one.error !== '' && /^0x/i.test(one.error) && !/^0x0+$/i.test(one.error));
      const place = { start: one.first.start, end: one.last.end, line: one.first.number };
      const paths = one.resources.map((text) => ({ ...resourceOf(text), text }));
      const files = paths.filter(({ scheme }) => isFile(scheme));
      return (files.length > 0 ? files.map(({ path }) => path) : [paths[0]?.text ?? '']).map((path) =>
        antivirusRecord(place, {
          Tool: 'Defender',
          Kind: 'detection',
          Threat: one.threat,
          Path: path,
          Action: failed ? 'failed' : actionOf(one.action),
          Result: [one.id === '' ? '' : `event ${one.id}`, one.action, one.error].filter((word) => word !== '').join(' '),
          Server: one.server,
          Seen: Number.isNaN(timeMs) ? (local ?? '') : new Date(timeMs).toISOString(),
          Process: one.process,
        }),
      );
    });
}

/** One event among others: the detections that it tells; none where it is not Defender's, or tells no threat. */
export function detectionsOf(event: string, source: string, problems: Problems, column: DateColumn): PlainRecord[] {
  return provider.test(source) || sentence.test(event.slice(0, 4000)) ? parse(event, problems, column) : [];
}

export const defenderEvents: Reader = {
  kind: 'defender-events',
  logSource: antivirusSource,
  speaksFor: 'excerpt',
  clock: 'local',
  blockBytes: null,
  recognise(head) {
    const lines = headLines(head, 400);
    const about = lines.some((line) => provider.test(line.slice(0, 1000)) || sentence.test(line.slice(0, 1000)));
    return about && lines.some((line) => resource.test(line)) ? 0.92 : 0;
  },
  claims(line, previous) {
    const short = line.slice(0, 1000);
    if (resource.test(short) && keyed.test(short) && !/^\s*Resources\s*:/i.test(short)) return 2;
    if (provider.test(short) || sentence.test(short)) return 1;
    // Events of other providers belong to other readers: only what goes on after an event of Defender may be one again.
    if (firstKeys.test(short)) return previous && /TimeCreated/.test(short) ? 1 : 0;
    if (/^\s*(?:ProviderName|Source|Quelle)\s*:/.test(short)) return 0;
    return previous && (keyed.test(short) || /^\s*https?:\/\/go\.microsoft\.com\//.test(short)) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(antivirusSource, demand, (text, problems) => parse(text, problems)),
};
