/**
 * Bytes → blocks, facts, candidate rows and problems. In: a `Source` cut into blocks and a `Demand`. Out: `BlockFacts` and `Rows`.
 * One file per kind of evidence; a reader's file name is its artifact kind.
 */
import type { Reader } from '../core/record.ts';
import { compareExchangeHashes } from './compare-exchange-hashes.ts';
import { defenderEvents } from './defender-events.ts';
import { defenderList } from './defender-list.ts';
import { eomt } from './eomt.ts';
import { eomtSummary } from './eomt-summary.ts';
import { healthChecker } from './health-checker.ts';
import { healthCheckerXml } from './health-checker-xml.ts';
import { loki } from './loki.ts';
import { msert } from './msert.ts';
import { testProxylogonEvents } from './test-proxylogon-events.ts';
import { testProxylogonLogAge } from './test-proxylogon-log-age.ts';
import { testProxylogonOther } from './test-proxylogon-other.ts';
import { testProxylogonPaths } from './test-proxylogon-paths.ts';
import { autodiscover } from './autodiscover.ts';
import { ecpActivity } from './ecp-activity.ts';
import { commandLines } from './command-lines.ts';
import { dirListing } from './dir-listing.ts';
import { ecpExcerpt } from './ecp-excerpt.ts';
import { ecpServer } from './ecp-server.ts';
import { ews } from './ews.ts';
import { httpproxyList } from './httpproxy-list.ts';
import { httpproxy } from './httpproxy.ts';
import { iisW3c } from './iis-w3c.ts';
import { oabGenerator } from './oab-generator.ts';
import { pathList } from './path-list.ts';
import { powershellList } from './powershell-list.ts';
import { powershellTable } from './powershell-table.ts';
import { rpsCmdlet } from './rps-cmdlet.ts';
import { rpsHttp } from './rps-http.ts';
import { testProxylogon } from './test-proxylogon.ts';
import { testProxylogonConsole } from './test-proxylogon-console.ts';

export { parseEventData } from './event-data.ts';
export { parseLogAges, toolLogNames } from './test-proxylogon-record.ts';

/** All readers; of several that claim an artifact the surest one reads it, of equals the first. */
export const readers: readonly Reader[] = [
  // Logs of Exchange.
  httpproxy,
  ecpServer,
  ecpActivity,
  oabGenerator,
  rpsHttp,
  rpsCmdlet,
  ews,
  autodiscover,
  // Logs of web servers.
  iisW3c,
  // What tools printed, and pieces of logs.
  testProxylogon,
  powershellTable,
  httpproxyList,
  powershellList,
  testProxylogonConsole,
  testProxylogonLogAge,
  testProxylogonOther,
  testProxylogonEvents,
  testProxylogonPaths,
  compareExchangeHashes,
  msert,
  defenderEvents,
  defenderList,
  loki,
  eomt,
  eomtSummary,
  healthChecker,
  healthCheckerXml,
  ecpExcerpt,
  dirListing,
  commandLines,
  pathList,
];

export const readerOf = (kind: string): Reader | undefined => readers.find((reader) => reader.kind === kind);
