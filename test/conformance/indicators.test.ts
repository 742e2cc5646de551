/**
 * Lists of indicators that others published: how many of each type are imported from each set, and that what lists no indicators gives none.
 * The numbers were counted a second time with another program, from the files as they stand.
 */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { IndicatorSet, readList } from '../../src/rules/index.ts';
import { evidenceFolder } from '../support/evidence.ts';

const evidence = evidenceFolder();
const folder = evidence === null ? null : path.join(evidence, 'indicators');
const present = folder !== null && fs.existsSync(folder);
if (evidence !== null && !present) console.warn(`skipped: no lists of indicators at ${folder}`);

function filesBelow(at: string): string[] {
  return fs
    .readdirSync(path.join(folder!, at), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:csv|json|ioc|txt)$/i.test(entry.name))
    .map((entry) => path.relative(folder!, path.join(entry.parentPath, entry.name)))
    .sort();
}

function importOf(files: readonly string[]): IndicatorSet {
  const set = new IndicatorSet();
  for (const file of files) readList(set, fs.readFileSync(path.join(folder!, file), 'utf8'), file);
  return set;
}

/** Set → distinct values of each type. */
const counts: Readonly<Record<string, object>> = {
  'microsoft-mstic': { md5: 17, sha1: 61, sha256: 126, address: 10, domain: 207, url: 3, path: 4, file_name: 57 },
  'misp-pymisp': { md5: 153, sha1: 155, sha256: 126, address: 151, domain: 41, url: 16, path: 5, file_name: 42 },
  'mstic-exchange-march2021': { sha256: 14, path: 42 },
  'openioc-mandiant': { md5: 333, address: 40, domain: 119, user_agent: 1, path: 45, file_name: 64, email: 1 },
  sophoslabs: { md5: 7, sha1: 155, sha256: 6419, address: 165, domain: 3435, url: 498, path: 112, file_name: 58 },
  'stix2-oasis': {},
  volexity: { md5: 217, sha1: 217, sha256: 538, address: 274, domain: 575, url: 72, email: 4 },
  'microsoft-mstic/Indicators/May21-NOBELIUM/May21NOBELIUMIoCs.csv': {
    md5: 17,
    sha1: 61,
    sha256: 70,
    address: 7,
    domain: 40,
    url: 2,
    file_name: 57,
  },
  'microsoft-mstic/RapidReleaseTI/Indicators.csv': { sha256: 56, address: 3, domain: 167, url: 1, path: 4 },
  'misp-pymisp/tests/reportlab_testfiles/long_event.json': {
    md5: 74,
    sha1: 57,
    sha256: 73,
    address: 8,
    domain: 12,
    url: 11,
    file_name: 4,
  },
  'misp-pymisp/tests/reportlab_testfiles/to_delete2.json': { md5: 14, sha1: 2, sha256: 2, address: 86 },
  'openioc-mandiant/APT30/eeffc8e8-caee-4fe1-8ace-7a994b5d893f.ioc': {
    md5: 164,
    domain: 11,
    user_agent: 1,
    path: 10,
    file_name: 2,
  },
  'sophoslabs/Troj-Polazert_IOCs.csv': { sha1: 67, sha256: 14, domain: 3131, url: 269 },
  'sophoslabs/crimson_palace_2.csv': { sha256: 58, address: 22, domain: 7, url: 1, path: 29, file_name: 17 },
  'volexity/2021/2021-03-02 - Operation Exchange Marauder/indicators/indicators.csv': { address: 13 },
  'volexity/2021/2021-12-06 - XEGroup/indicators/indicators.csv': { md5: 52, sha1: 52, sha256: 52, address: 8, domain: 84 },
  'volexity/2025/2025-02-13 Device Code Phishing/iocs.csv': { address: 4, domain: 8 },
};

/** Files that hold no indicator, though some of them hold much that looks like one. */
const none = [
  'microsoft-mstic/PublicFeeds/MSFTIPRanges/MSFT_PublicIPs.csv',
  'microsoft-mstic/PublicFeeds/PIAVPNDaily/pia-servers.csv',
  'microsoft-mstic/PublicFeeds/TorGuardVPNDaily/torguardvpn-servers.csv',
  'microsoft-mstic/RapidReleaseTI/MachineKeys.csv',
  'microsoft-mstic/RapidReleaseTI/index.txt',
  'misp-pymisp/tests/git-vuln-finder-quagga.json',
  'misp-pymisp/tests/misp_event.json',
  'misp-pymisp/tests/mispevent_testfiles/attribute_del.json',
  'misp-pymisp/tests/mispevent_testfiles/event.json',
  'misp-pymisp/tests/mispevent_testfiles/event_obj_def_param.json',
  'misp-pymisp/tests/mispevent_testfiles/event_obj_tag.json',
  'misp-pymisp/tests/mispevent_testfiles/event_tags.json',
  'misp-pymisp/tests/mispevent_testfiles/galaxy.json',
  'misp-pymisp/tests/mispevent_testfiles/malware.json',
  'misp-pymisp/tests/mispevent_testfiles/misp_custom_obj.json',
  'misp-pymisp/tests/mispevent_testfiles/overwrite_file/definition.json',
  'misp-pymisp/tests/mispevent_testfiles/sighting.json',
  'misp-pymisp/tests/mispevent_testfiles/simple.json',
  'misp-pymisp/tests/mispevent_testfiles/test_object_template/definition.json',
  'misp-pymisp/tests/new_misp_event.json',
  'misp-pymisp/tests/reportlab_testfiles/japanese_test.json',
  'misp-pymisp/tests/reportlab_testfiles/japanese_test_heavy.json',
  'misp-pymisp/tests/reportlab_testfiles/sighting_2.json',
  'misp-pymisp/tests/search_index_result.json',
  'misp-pymisp/tests/sharing_groups.json',
  'misp-pymisp/tests/stix2.json',
  'sophoslabs/Ransomware-Dharma-console-history-toolbelt-script.txt',
  'sophoslabs/Ransomware_prolock_processes_stopped.csv',
  'sophoslabs/Sunburst_blocklists.csv',
  'volexity/2022/2022-08-10 Mass exploitation of (Un)authenticated Zimbra RCE CVE-2022-27925/zimbra_8.8.15_jsp_list.txt',
  'volexity/2022/2022-08-10 Mass exploitation of (Un)authenticated Zimbra RCE CVE-2022-27925/zimbra_9.0.0_jsp_list.txt',
  'volexity/LICENSE.txt',
];

describe.skipIf(!present)('lists that others published', () => {
  test.each(Object.entries(counts))('%s', (set, expected) => {
    expect(importOf(set.includes('.') ? [set] : filesBelow(set)).counts()).toEqual(expected);
  });

  test('files that hold no indicator give none, and say why', () => {
    for (const file of [...none, ...filesBelow('stix2-oasis')]) {
      const set = importOf([file]);
      expect([file, set.list()]).toEqual([file, []]);
      expect([file, set.leftOut().length > 0]).toEqual([file, true]);
    }
  });

  test('everything else gives some', () => {
    const empty = filesBelow('').filter((file) => !file.startsWith('stix2-oasis') && importOf([file]).size === 0);
    expect(empty.filter((file) => !none.includes(file))).toEqual([]);
  });
});
