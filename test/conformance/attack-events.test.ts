/**
 * Event logs in which other people recorded attacks, hardly any of them on a web server: what is found in them is found, and only what
 * a web server started is called proof. Nothing else raises an answer, however hostile it is: the samples are no mail server's.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assessFolder } from '../support/assess-folder.ts';
import { evidenceFolder } from '../support/evidence.ts';

const evidence = evidenceFolder();
const folder = path.join(evidence ?? '', 'evtx');
const files = (evidence === null ? [] : fs.readdirSync(folder, { recursive: true }).map(String))
  .filter((name) => /\.evtx$/i.test(name))
  .sort();

/** Each is a child of w3wp.exe in a recording of a web shell. */
const byWebServer: Readonly<Record<string, string>> = {
  'discovery_sysmon_1_iis_pwd_and_config_discovery_appcmd.evtx': 'web-shell/event-child-order operated confirmed',
  'LM_typical_IIS_webshell_sysmon_1_10_traces.evtx': 'web-shell/event-child-order operated confirmed',
  'privesc_rotten_potato_from_webshell_metasploit_sysmon_1_8_3.evtx': 'post-exploitation/event-web-child operated probable',
};

/** Rules of the pack for which somebody recorded what they look for: at least so many files. */
const recorded: Readonly<Record<string, number>> = {
  'event-log-cleared': 40,
  'event-account-by-system': 1,
  'event-service': 3,
  'event-download': 3,
  'event-wmi-subscription': 2,
  'event-lsass-dump': 2,
  'event-secrets-copied': 1,
  'event-tunnel': 1,
  'event-shadows': 1,
  'event-remote-start': 1,
  'event-task': 1,
  'event-dcsync': 1,
  'audit-forwarding': 1,
};

test.skipIf(evidence === null)('of recorded attacks only what a web server did is proof', async () => {
  const proven: Record<string, string> = {};
  const counts: Record<string, number> = {};
  for (const file of files) {
    const { findings, verdict, intrusions } = await assessFolder(path.join(folder, file));
    const name = path.basename(file);
    for (const { rule, stage, confidence } of findings)
      if (confidence !== 'possible') proven[name] = `${rule} ${stage} ${confidence}`;
    if (!(name in byWebServer)) {
      expect([name, verdict.answer, verdict.stage]).toEqual([name, 'cannot_tell', 'none']);
      expect(intrusions).toEqual([]);
    }
    for (const rule of new Set(findings.map(({ rule: id }) => id.replace('post-exploitation/', ''))))
      counts[rule] = (counts[rule] ?? 0) + 1;
  }
  expect(files.length).toBeGreaterThan(300);
  expect(proven).toEqual(byWebServer);
  for (const [rule, least] of Object.entries(recorded)) expect(counts[rule] ?? 0, rule).toBeGreaterThanOrEqual(least);
});
