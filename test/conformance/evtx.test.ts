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
import { evtxBothWays } from '../support/evtx-both-ways.ts';
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

const empty = 'they leave out an element without a value (Data)';
const control = 'a character that no XML can hold: they write it, we write U+FFFD';
/** Records whose XML is not the same, and why. Read by eye, each kind of them. */
const otherXml: Readonly<Record<string, readonly [records: number, why: string]>> = {
  'DeepBlueCLI/many-events-application.evtx': [308, empty],
  'EVTX-ATTACK-SAMPLES/Discovery/dicovery_4661_net_group_domain_admins_target.evtx': [16, control],
  'EVTX-ATTACK-SAMPLES/Lateral Movement/LM_ScheduledTask_ATSVC_target_host.evtx': [3, control],
  'EVTX-ATTACK-SAMPLES/Privilege Escalation/4765_sidhistory_add_t1178.evtx': [1, control],
  'edge-cases/samples/2-system-Microsoft-Windows-LiveId%4Operational.evtx': [247, 'a text that holds XML: they do not escape it'],
  'edge-cases/samples/2-vss_7-System.evtx': [5, empty],
  'edge-cases/samples/Application_no_crc32.evtx': [2, empty],
  'edge-cases/samples/E_Windows_system32_winevt_logs_Microsoft-Windows-Shell-Core%4Operational.evtx': [
    2,
    'they leave out what stands behind EventData (RenderingInfo)',
  ],
  'edge-cases/samples/Security_with_size_t.evtx': [434, 'sizes (size_t): theirs are decimal, ours in hex, as those of evtx_dump'],
  'edge-cases/samples/security.evtx': [1, control],
  'edge-cases/samples/security_bad_string_cache.evtx': [1, control],
  'edge-cases/samples/system.evtx': [11, empty],
};

/** As both write it: without what either leaves out or writes in another case or length. */
const alike = (xml: string): string =>
  xml
    .replace(/\s+/g, ' ')
    .replace(/> </g, '><')
    .replace(/<([^\s<>/]+)((?:\s[^<>]*?)?)\s*> ?<\/\1>/g, '<$1$2/>')
    .replace(/<Binary\/>/g, '')
    .replace(/<EventData><\/EventData>/g, '<EventData/>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?/gi, (_, guid: string) => guid.toLowerCase())
    .replace(/(T\d\d:\d\d:\d\d\.\d{7})\d\dZ/g, '$1Z')
    .replace(/\b0x0*([0-9a-f]+)/gi, (_, digits: string) => `0x${digits.toLowerCase()}`);

test.skipIf(evidence === null || !hasExport)(
  'every record of every file: the same XML as evtxexport writes',
  () => {
    const odd: Record<string, number> = {};
    let same = 0;
    for (const name of files) {
      if (name in differences) continue;
      const file = path.join(folder, name);
      const { stdout } = spawnSync('evtxexport', ['-f', 'xml', file], { maxBuffer: 1 << 30, encoding: 'utf8' });
      const theirs = [...stdout.matchAll(/<Event xmlns[\s\S]*?<\/Event>/g)].map(([xml]) => alike(xml));
      const ours: string[] = [];
      scanXml(new Uint8Array(fs.readFileSync(file)), (xml) => ours.push(alike(xml)));
      for (const [i, xml] of ours.entries()) {
        if (xml === theirs[i]) same++;
        else odd[name] = (odd[name] ?? 0) + 1;
      }
    }
    expect(odd).toEqual(Object.fromEntries(Object.entries(otherXml).map(([name, [count]]) => [name, count])));
    expect(same).toBe(26_717);
  },
  300_000,
);

function scanXml(bytes: Uint8Array, take: (xml: string) => void): void {
  const scanner = evtx.scanner({ hash: 'test', logSource: 'windows-event', literals: [], groups: [['EventID']], groupLimit: 10 });
  const seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 } as const;
  scanner.scan(
    { index: 0, at: 0, end: bytes.length, last: true },
    bytes,
    seam,
    () => true,
    (rows) => {
      for (let row = 0; row < rows.length; row++) if (rows.text(row, 'Recovered') === null) take(rows.xml!(row));
    },
  );
}

test.skipIf(evidence === null)('records that need no parser are what the parser says, also where bytes were changed', () => {
  let rows = 0;
  let random = 1;
  const next = (below: number): number => (random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0) % below;
  // CAPI2 writes trees under no template.
  for (const name of files.filter((one, i) => i % 40 === 7 || /CAPI2/.test(one))) {
    const bytes = new Uint8Array(fs.readFileSync(path.join(folder, name))).subarray(0, 4096 + 4 * 65_536);
    for (let turn = 0; turn < 2; turn++) {
      const both = evtxBothWays(bytes);
      expect(both.quick === both.parsed, `${name}, turn ${turn}`).toBe(true);
      rows += both.rows;
      for (let i = 0; i < 200; i++) bytes[4096 + next(bytes.length - 4096)] = next(256);
    }
  }
  expect(rows).toBeGreaterThan(1000);
});
