/**
 * DFIR-ORC: nested 7z archives whose samples have names of the tool's own (`evtx\<volume>_<record>_…_Security.evtx_{…}.data`). Only
 * `GetThis.csv` of the same archive says where each one stood, when it was written, and whether it comes from a shadow copy.
 * @see https://dfir-orc.github.io/
 */
import type { FileTimes } from '../../core/collection.ts';
import { byCodeUnit } from '../../core/text.ts';
import { place } from '../../core/canonical-path.ts';
import { hostName } from '../../core/host-name.ts';
import { folderOf, joined, mostCollections, type Recognised, type Survey } from './collector.ts';
import { say } from './messages.ts';
import { csvRows } from './side-file.ts';
import { writtenUtc } from './stamp.ts';

const own =
  /^(?:getthis\.csv|jobstatistics\.csv|processstatistics\.csv|statistics\.json|config\.xml|(?:dfir-)?orc_.{1,100}\.log)$/i;
const noSnapshot = /^\{?0{8}-0{4}-0{4}-0{4}-0{12}\}?$/;

export function dfirOrc({ listing, side }: Survey): readonly Recognised[] {
  const found: Recognised[] = [];
  for (const table of listing.named('getthis.csv').slice(0, mostCollections)) {
    const root = folderOf(table);
    const stood = new Map<string, string>();
    const times = new Map<string, FileTimes>();
    const snapshots = new Map<string, string>();
    const hosts = new Map<string, number>();
    let last: string | null = null;
    let isOne = false;
    const text = side.text(table);
    for (const row of text === null ? [] : csvRows(text)) {
      const full = row.get('fullname');
      const sample = row.get('samplename');
      if (full === undefined || sample === undefined) break;
      isOne = true;
      const computer = hostName(row.get('computername') ?? '');
      if (computer !== null) hosts.set(computer, (hosts.get(computer) ?? 0) + 1);
      const taken = writtenUtc(row.get('samplecollectiondate'));
      if (taken !== null && (last === null || taken > last)) last = taken;
      const path = sample === '' ? null : listing.find(joined(root, sample.replaceAll('\\', '/')));
      if (path === null) continue;
      // A path of its volume, without a letter.
      const { canonicalPath } = place(full.replace(/^\\+/, ''));
      if (canonicalPath !== null) stood.set(path, canonicalPath);
      times.set(path, {
        modifiedUtc: writtenUtc(row.get('lastmodificationdate')),
        createdUtc: writtenUtc(row.get('creationdate')),
      });
      const snapshot = row.get('snapshotid') ?? '';
      if (/^\{?[0-9a-f-]{36}\}?$/i.test(snapshot) && !noSnapshot.test(snapshot)) snapshots.set(path, snapshot);
    }
    if (!isOne) continue;
    found.push({
      collection: {
        root,
        collector: 'dfir-orc',
        host: [...hosts].sort((a, b) => b[1] - a[1] || byCodeUnit(a[0], b[0]))[0]?.[0] ?? null,
        collectedUtc: last,
        clock: last === null ? { basis: 'unknown', why: say.notSaid } : { basis: 'utc', why: say.orcSamples },
        snapshot: null,
      },
      roleOf: (below) => (own.test(below) ? 'collector' : null),
      stood,
      times,
      snapshots,
    });
  }
  return found;
}
