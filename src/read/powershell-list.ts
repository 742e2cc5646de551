/**
 * `Get-*VirtualDirectory | Format-List` as people paste it: `Name : value` lines, values wrapped onto indented lines, objects
 * parted by blank lines. A state of the configuration on the day it was asked for, which the text does not say.
 */
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';
import { parseObjects, property } from './property-list.ts';

const logSource = 'exchange-config';

/** Who wrote a property: an administrator, or whoever held an administrator's session. */
export const configFields: Readonly<Record<string, FieldFacts>> = {
  ExternalUrl: by('administrator', 'config.value', { percent: true }),
  InternalUrl: by('administrator', 'config.value', { percent: true }),
  Server: by('administrator', 'server.name'),
  Identity: by('administrator'),
  Name: by('administrator'),
  WhenChanged: by('administrator'),
  WhenChangedUTC: by('administrator', undefined, { type: 'time' }),
};

/** Properties by which a virtual directory's list is known. */
const telling =
  /^\s*(?:ExternalUrl|InternalUrl|OfflineAddressBooks|PollInterval|VirtualDirectoryType|WebsiteSSLEnabled|MetabasePath)\s*:(?: |$)/;

export function parseList(text: string): PlainRecord[] {
  const layouts = new Map<string, Layout>();
  return parseObjects(text).map((found): PlainRecord => {
    const names = [...found.fields.keys()];
    const key = names.join(' ');
    const layout = layouts.get(key) ?? layoutOf(logSource, names, configFields);
    layouts.set(key, layout);
    const changed = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)$/.exec(found.fields.get('WhenChangedUTC') ?? '');
    return { ...found, layout, timeMs: changed === null ? Number.NaN : Date.parse(changed[1]!) };
  });
}

export const powershellList: Reader = {
  kind: 'powershell-list',
  logSource,
  speaksFor: 'state',
  clock: 'unknown',
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
