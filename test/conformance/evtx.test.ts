/**
 * Event logs of other people's machines: every record that libevtx's evtxexport finds is found here, file by file, and what is found
 * besides is explained. What another reader (omerbenamram/evtx) shows of single records in its own snapshots is shown here, too.
 * @see https://github.com/libyal/libevtx
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { gather } from '../../src/evidence/index.ts';
import { evtx } from '../../src/read/evtx.ts';
import { recordsOf } from '../../src/run/index.ts';
import { evidenceFolder } from '../support/evidence.ts';
import { scanText } from '../support/scan.ts';

const evidence = evidenceFolder();
const folder = path.join(evidence ?? '', 'evtx');
const files = (evidence === null ? [] : fs.readdirSync(folder, { recursive: true }).map(String))
  .filter((name) => /\.evtx$/i.test(name))
  .sort();
const hasExport = spawnSync('evtxexport', ['-V']).error === undefined;
if (!hasExport) console.warn('skipped: evtxexport (libevtx-utils) is not installed');

/** Where ours and theirs (20181227) differ: records that a chunk lists, ours and theirs, and why. */
const differences: Readonly<Record<string, readonly [ours: number, theirs: number, why: string]>> = {
  'edge-cases/samples/2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx': [
    1975,
    1910,
    'two chunks are partly overwritten; they stop at the first record that is, we go on behind it',
  ],
  'edge-cases/samples/2-vss_0-Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx': [
    1795,
    1774,
    'a chunk is partly overwritten; they stop there',
  ],
  'edge-cases/samples/E_ShadowCopy6_windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx': [
    459,
    89,
    'they end with an error at an entity reference',
  ],
  'edge-cases/samples/E_Windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx': [
    340,
    24,
    'they end with an error at an entity reference',
  ],
  'edge-cases/samples/MSExchange_Management_wec.evtx': [1, 0, 'they end with an error at the text of an attribute'],
  'edge-cases/samples/issue_201.evtx': [1, 0, 'they end with an error at the text of an attribute'],
  'edge-cases/samples/sample-with-zero-data-size-event.evtx': [449, 335, 'a record is overwritten; they stop there'],
  'edge-cases/samples/sample_with_a_bad_chunk_magic.evtx': [298, 267, 'chunks are partly overwritten; they stop there'],
};

function exported(file: string): number {
  const { stdout } = spawnSync('evtxexport', ['-m', 'items', file], { maxBuffer: 1 << 30, encoding: 'latin1' });
  return [...stdout.matchAll(/^Event number\s*:/gm)].length;
}

test.skipIf(evidence === null || !hasExport)(
  'every file: as many records as evtxexport finds, or the difference explained',
  () => {
    expect(files).toHaveLength(320);
    const told: Record<string, readonly [number, number]> = {};
    let records = 0;
    for (const name of files) {
      const file = path.join(folder, name);
      const seen = scanText(evtx, new Uint8Array(fs.readFileSync(file)), { judge: () => false, groups: [['Recovered']] });
      const ours = seen.groups[0]!.get('[null]') ?? 0;
      records += ours;
      const theirs = exported(file);
      if (ours !== theirs) told[name] = [ours, theirs];
    }
    expect(told).toEqual(Object.fromEntries(Object.entries(differences).map(([name, [ours, theirs]]) => [name, [ours, theirs]])));
    expect(records).toBe(33_066);
  },
  300_000,
);

/** As another reader prints it: blanks between elements, seven digits of a second cut to six, no short form of empty elements. */
const plain = (xml: string): string =>
  xml
    .replace(/<\?xml[^>]*\?>/, '')
    .replace(/>\s+</g, '><')
    .replace(/<([^\s<>/]+)((?:\s[^<>]*?)?)><\/\1>/g, '<$1$2/>')
    .replace(/\{?([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})\}?/gi, (_, guid: string) => guid.toLowerCase())
    .replace(/(T\d\d:\d\d:\d\d\.\d{6})\d+Z/g, '$1Z')
    .replace(/&quot;|&apos;/g, '"')
    .trim();

test.skipIf(evidence === null)(
  'single records read as another reader shows them',
  async () => {
    const shots = path.join(folder, 'edge-cases', 'tests', 'snapshots');
    const wanted = new Map(
      fs
        .readdirSync(shots)
        .filter((name) => name.includes('event_xml') || name.includes('multiple_data_elements'))
        .map(
          (name) => [name, plain(fs.readFileSync(path.join(shots, name), 'utf8').split('---\n').slice(2).join('---\n'))] as const,
        )
        .filter(([, xml]) => xml.startsWith('<Event')),
    );
    expect(wanted.size).toBeGreaterThan(5);
    const { artifacts } = await gather([path.join(folder, 'edge-cases', 'samples')], nodePlatform);
    for (const artifact of artifacts)
      for (const block of recordsOf(artifact))
        for (const record of block) {
          const xml = plain(record.xml() ?? '');
          for (const [name, shot] of wanted) if (shot === xml) wanted.delete(name);
        }
    // The file that this one was made of is not in the collection.
    expect([...wanted.keys()]).toEqual(['test_record_samples__event_xml_sample_with_event_data.snap']);
  },
  300_000,
);
