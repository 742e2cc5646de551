/**
 * What all products that look for malicious files say, in common fields: which threat, in which file, what was done with it, which
 * tool, how it ended. Rules name this source `antivirus`. A name is the product's word; a file that it removed did stand there.
 */
import type { Layout } from '../core/record.ts';
import type { PlainRecord } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

export const antivirusSource = 'antivirus';

export const antivirusFields: Readonly<Record<string, FieldFacts>> = {
  Tool: by('server'),
  Kind: by('server'),
  Threat: by('server', 'threat.name'),
  Path: by('server', 'file.path'),
  Action: by('server', 'threat.action'),
  Result: by('server'),
  Server: by('server', 'server.name'),
  Seen: by('server'),
  Process: by('server'),
  Hash: by('server', 'file.hash'),
};

export const antivirusLayout: Layout = layoutOf(antivirusSource, Object.keys(antivirusFields), antivirusFields);

/** `detection`: a threat. `clean`: the tool says that it found none. `started`, `ended`: of a scan. */
export type AntivirusKind = 'detection' | 'clean' | 'started' | 'ended';

/** What was done, in one vocabulary for all tools. `none`: found and left. `` (absent): the text does not say. */
export type AntivirusAction = 'removed' | 'quarantined' | 'cleaned' | 'blocked' | 'allowed' | 'none' | 'failed' | '';

/** Words of the tools (English and what Windows writes in other languages) → what was done. */
const actions: readonly (readonly [RegExp, AntivirusAction])[] = [
  [/not[ _]?removed|no[ _]?action|nicht entfernt|keine aktion|^none$|nicht zutreffend|aucune|ninguna|nessuna/i, 'none'],
  [/quarant|quarantän|karant/i, 'quarantined'],
  [/remov|delet|entfern|gel\u00f6scht|supprim|elimin|rimoss|verwijder|usuni|\u0443\u0434\u0430\u043b/i, 'removed'],
  [/clean|disinfect|bereinig|nettoy|limpi|pulit/i, 'cleaned'],
  [/block|blockier|bloqu|blocc/i, 'blocked'],
  [/allow|zugelass|zulassen|autoris|permit|consent/i, 'allowed'],
];

export function actionOf(words: string): AntivirusAction {
  for (const [shape, action] of actions) if (shape.test(words)) return action;
  return '';
}

/** `file:_C:\x`, `file://C:\x`, `containerfile:_C:\x`, `webfile:_C:\x|http://…` → what it is, and the path without that. */
export function resourceOf(text: string): { readonly scheme: string; readonly path: string } {
  const match =
    /^(file|containerfile|webfile|amsi|process|behavior|regkey|regkeyvalue|runkey|service|driver|startup|taskscheduler|internalbehavior|folder|CmdLine|file-slow):(?:_|\/\/)/i.exec(
      text.trim(),
    );
  if (match === null) return { scheme: '', path: text.trim() };
  const scheme = match[1]!.toLowerCase();
  const rest = text.trim().slice(match[0].length);
  return { scheme, path: scheme === 'webfile' ? rest.split('|', 1)[0]! : rest };
}

export const isFile = (scheme: string): boolean =>
  ['', 'file', 'containerfile', 'webfile', 'file-slow', 'folder'].includes(scheme);

export type AntivirusValues = Readonly<Partial<Record<keyof typeof antivirusFields, string>>>;

export function antivirusRecord(
  place: Pick<PlainRecord, 'start' | 'end' | 'line'>,
  values: AntivirusValues,
  timeMs = Number.NaN,
): PlainRecord {
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== '') fields.set(name, value);
  return { start: place.start, end: place.end, line: place.line, timeMs, layout: antivirusLayout, fields };
}
