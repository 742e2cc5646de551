/**
 * `Get-*VirtualDirectory | Format-List` as people paste it: `Name : value` lines, values wrapped onto indented lines, objects
 * parted by blank lines. A state of the configuration on the day it was asked for, which the text does not say.
 */
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

const logSource = 'exchange-config';

/** Who wrote a property: an administrator, or whoever held an administrator's session. */
const fields: Readonly<Record<string, FieldFacts>> = {
  ExternalUrl: by('administrator', 'config.value', { percent: true }),
  InternalUrl: by('administrator', 'config.value', { percent: true }),
  Server: by('administrator', 'server.name'),
  Identity: by('administrator'),
  Name: by('administrator'),
  WhenChanged: by('administrator'),
  WhenChangedUTC: by('administrator', undefined, { type: 'time' }),
};

const property = /^\s*([A-Za-z][A-Za-z0-9]{1,60})\s*:(?: (.*)|)$/;
/** Properties by which a virtual directory's list is known. */
const telling = /^\s*(?:ExternalUrl|InternalUrl|OfflineAddressBooks|PollInterval|VirtualDirectoryType|WebsiteSSLEnabled|MetabasePath)\s*:(?: |$)/;

interface Draft {
  start: number;
  end: number;
  line: number;
  fields: Map<string, string>;
}

export function parseList(text: string): PlainRecord[] {
  const drafts: Draft[] = [];
  let draft: Draft | null = null;
  let last: string | null = null;
  let at = 0;
  for (const [number, raw] of text.split('\n').entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const match = property.exec(line);
    if (line.trim() === '') {
      draft = null;
      last = null;
    } else if (match !== null && !(draft?.fields.has(match[1]!) ?? false)) {
      if (draft === null) {
        draft = { start: at, end: at, line: number, fields: new Map() };
        drafts.push(draft);
      }
      last = match[1]!;
      draft.fields.set(last, (match[2] ?? '').trim());
      draft.end = at + line.length;
    } else if (draft !== null && last !== null) {
      // Values are wrapped at the console's width and indented; a value that itself breaks the line is not. Both go on.
      draft.fields.set(last, `${draft.fields.get(last)!}${match === null ? '' : ' '}${line.trim()}`);
      draft.end = at + line.length;
    }
    at += raw.length + 1;
  }
  const layouts = new Map<string, Layout>();
  return drafts.map((found): PlainRecord => {
    const names = [...found.fields.keys()];
    const key = names.join(' ');
    const layout = layouts.get(key) ?? layoutOf(logSource, names, fields);
    layouts.set(key, layout);
    const changed = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)$/.exec(found.fields.get('WhenChangedUTC') ?? '');
    return { ...found, layout, timeMs: changed === null ? Number.NaN : Date.parse(changed[1]!) };
  });
}

export const powershellList: Reader = {
  kind: 'powershell-list',
  logSource,
  speaksFor: 'state',
  blockBytes: null,
  recognise(head) {
    const lines = head.split(/\r?\n|\r/, 200).filter((line) => line.trim() !== '');
    return lines.length > 0 && property.test(lines[0]!) && lines.some((line) => telling.test(line)) ? 0.9 : 0;
  },
  claims(line, previous) {
    if (telling.test(line)) return 2;
    return previous && (property.test(line) || /^\s+\S/.test(line)) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(logSource, demand, (text) => parseList(text)),
};
