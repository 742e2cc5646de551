/** Logs of other people's servers: which reader takes them, and how many rows and problems they hold. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { gather } from '../../src/evidence/index.ts';
import { readerOf, readers } from '../../src/read/index.ts';
import { evidenceFolder } from '../support/evidence.ts';
import { fieldsOf, scanText } from '../support/scan.ts';

const evidence = evidenceFolder();
const folder = path.join(evidence ?? '', 'logs', 'exchange-excerpts');

test.skipIf(evidence === null).each([
  ['httpproxy-benign.log', 'httpproxy', 3],
  ['iis-attack-webshell-m365internals-lab.log', 'iis-w3c', 1],
  ['iis-backend-eas-cookie-host-xff.log', 'iis-w3c', 1],
  ['iis-benign-exchange-elastic-computername-xff.log', 'iis-w3c', 4],
  ['iis-benign-exchange-legacy-no-referer.log', 'iis-w3c', 2],
])('%s', async (name, kind, count) => {
  const { artifacts } = await gather([path.join(folder, name)], nodePlatform);
  expect(artifacts[0]!.kind).toBe(kind);
  const reader = readers.find((candidate) => candidate.kind === kind)!;
  const seen = scanText(reader, new Uint8Array(fs.readFileSync(path.join(folder, name))));
  expect([seen.count, seen.rows.length]).toEqual([count, count]);
  for (const fields of fieldsOf(seen)) {
    if (kind === 'iis-w3c')
      expect(fields).toMatchObject({ 'sc-status': expect.stringMatching(/^\d{3}$/), 'c-ip': expect.stringMatching(/[.:]/) });
    else expect(fields).toMatchObject({ HttpStatus: expect.stringMatching(/^\d{3}$/), RoutingStatus: 'CafeV1' });
  }
  expect(seen.problems.map(({ code }) => code)).toEqual(['row.no_header']);
});

/** Each file of the collection but Windows event logs: kind, rows, problems; null: listed as not read (traces, `.etl`, among them). */
const collection: Readonly<
  Record<string, Readonly<Record<string, readonly [kind: string, rows: number, ...problems: string[]] | null>>>
> = {
  'logs/exchange-formats/logs': {
    '00_block0': ['iis-w3c', 1, 'row.realigned×1'],
    '01_AgentLog20220913-1.LOG': ['transport-agent', 2],
    '02_Autodiscover_HttpProxy_2023010919-1.LOG': ['httpproxy', 1],
    '03_audit20230111-1.LOG': ['exchange-log', 1],
    '04_Eas_HttpProxy_2023011116-1.LOG': ['httpproxy', 1],
    '05_ECPActivity_11500_20230111-1.LOG': ['ecp-activity', 2],
    '06_ECPServer20230111-1.LOG': ['ecp-server', 1],
    '07_Ecp_HttpProxy_2023010611-1.LOG': ['httpproxy', 1],
    '08_Ews_2023010616-1.LOG': ['ews', 1],
    '09_Ews_HttpProxy_2023010601-1.LOG': ['httpproxy', 1],
    '10_Mapi_HttpProxy_2023010601-1.LOG': ['httpproxy', 3],
    '11_MSGTRKMS2022091915-1.LOG': ['message-tracking', 2],
    '12_Owa_HttpProxy_2023010602-1.LOG': ['httpproxy', 1],
    '13_Rps_Cmdlet_2023011116-1.LOG': ['rps-cmdlet', 1],
    '14_PowerShell_HttpProxy_2023011116-1.LOG': ['httpproxy', 2],
    '15_RpcHttp_HttpProxy_2023010708-1.LOG': ['httpproxy', 1],
    '16_RECV2023011116-1.LOG': ['smtp-receive', 16],
    '_index.json': null,
  },
  'logs/exchange-excerpts': {
    'httpproxy-benign.log': ['httpproxy', 3, 'row.no_header×3'],
    // Masked by hand: the visitor's address is gone, and with it the columns.
    'iis-attack-proxyshell-hamad-she-MASKED.log': null,
    'iis-attack-webshell-m365internals-lab.log': ['iis-w3c', 1, 'row.no_header×1'],
    'iis-backend-eas-cookie-host-xff.log': ['iis-w3c', 1, 'row.no_header×1'],
    'iis-benign-exchange-elastic-computername-xff.log': ['iis-w3c', 4, 'row.no_header×4'],
    'iis-benign-exchange-legacy-no-referer.log': ['iis-w3c', 2, 'row.no_header×2'],
    'iis-benign-exchange.log': ['iis-w3c', 7, 'row.no_header×7'],
    'iis-exchange-logparserstudio-export.txt': ['logparser-iis', 2],
  },
  'logs/plaso/test_data': {
    'iis/iis10.log': ['iis-w3c', 1],
    'iis/iis10_cookies.log': ['iis-w3c', 3],
    'iis/iis10_edge_cases.log': ['iis-w3c', 15],
    'iis/iis6.log': ['iis-w3c', 12],
    'iis/iis7_owa.log': ['iis-w3c', 3],
    'iis/iis7_sqli.log': ['iis-w3c', 2],
    'iis/iis_without_date.log': ['iis-w3c', 11],
  },
  'logs/microsoft-tx/Traces': {
    'CrossMachineHTTP.etl': null,
    'HTTP_Server.etl': null,
    'Process.etl': null,
    'ULS.log': ['sharepoint-uls', 1219],
    'u_ex130609.log': ['iis-w3c', 17],
  },
  'cases/30-healthy-exchange2016-zgrab-probe/evidence': {
    'Logging/CmdletInfra/Powershell-Proxy/Cmdlet/Rps_Cmdlet_2023011116-1.LOG': ['rps-cmdlet', 1],
    'Logging/CosmosQueue/audit20230111-1.LOG': ['exchange-log', 1],
    'Logging/ECP/Activity/ECPActivity_11500_20230111-1.LOG': ['ecp-activity', 2],
    'Logging/ECP/Server/ECPServer20230111-1.LOG': ['ecp-server', 1],
    'Logging/Ews/Ews_2023010616-1.LOG': ['ews', 1],
    'Logging/HttpProxy/Autodiscover/HttpProxy_2023010919-1.LOG': ['httpproxy', 1],
    'Logging/HttpProxy/Eas/HttpProxy_2023011116-1.LOG': ['httpproxy', 1],
    'Logging/HttpProxy/Ecp/HttpProxy_2023010611-1.LOG': ['httpproxy', 1],
    'Logging/HttpProxy/Ews/HttpProxy_2023010601-1.LOG': ['httpproxy', 1],
    'Logging/HttpProxy/Mapi/HttpProxy_2023010601-1.LOG': ['httpproxy', 3],
    'Logging/HttpProxy/Owa/HttpProxy_2023010602-1.LOG': ['httpproxy', 1],
    'Logging/HttpProxy/PowerShell/HttpProxy_2023011116-1.LOG': ['httpproxy', 2],
    'Logging/HttpProxy/RpcHttp/HttpProxy_2023010708-1.LOG': ['httpproxy', 1],
    'TransportRoles/Logs/FrontEnd/ProtocolLog/SmtpReceive/RECV2023011116-1.LOG': ['smtp-receive', 16],
    'TransportRoles/Logs/Hub/AgentLog/AgentLog20220913-1.LOG': ['transport-agent', 2],
    'TransportRoles/Logs/MessageTracking/MSGTRKMS2022091915-1.LOG': ['message-tracking', 2],
  },
};

test.skipIf(evidence === null).each(Object.entries(collection))(
  '%s: every file, its rows and its problems',
  async (place, expected) => {
    const root = path.join(evidence!, place);
    const { artifacts } = await gather([root], nodePlatform);
    const logs = artifacts.filter((artifact) => !/\.evtx?$/i.test(artifact.path));
    const seen = logs.map((artifact) => {
      if (artifact.parts.length === 0) return [artifact.path, null] as const;
      const bytes = new Uint8Array(fs.readFileSync(path.join(root, artifact.path)));
      const { encoding, lineEnd } = artifact;
      const parts = artifact.parts.map((part) => {
        const stretch = bytes.subarray(part.at, part.end);
        const { count, problems, rows } = scanText(readerOf(part.kind)!, stretch, { encoding, lineEnd });
        for (const { at, raw } of rows) expect(at + raw.length).toBeLessThanOrEqual(stretch.length);
        return [part.kind, count, ...problems.map(({ code, count: times }) => `${code}×${times}`)];
      });
      return [artifact.path, parts.length === 1 ? parts[0] : parts] as const;
    });
    expect(Object.fromEntries(seen)).toEqual(expected);
    for (const artifact of logs) if (artifact.parts.length === 0) expect(artifact.notRead, artifact.path).not.toBe(null);
  },
);
