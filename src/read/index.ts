/**
 * Bytes → blocks, facts, candidate rows and problems. In: a `Source` cut into blocks and a `Demand`. Out: `BlockFacts` and `Rows`.
 * One file per kind of evidence; a reader's file name is its artifact kind.
 */
import type { Reader } from '../core/record.ts';
import { agentsConfig } from './agents-config.ts';
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
import { connectivity } from './connectivity.ts';
import { ecpActivity } from './ecp-activity.ts';
import { commandLines } from './command-lines.ts';
import { dirListing } from './dir-listing.ts';
import { ecpExcerpt } from './ecp-excerpt.ts';
import { ecpServer } from './ecp-server.ts';
import { evtx } from './evtx.ts';
import { ews } from './ews.ts';
import { exchangeOther } from './exchange-log.ts';
import { exchangeSetup } from './exchange-setup.ts';
import { httperr } from './httperr.ts';
import { eventJson } from './event-json.ts';
import { eventText } from './event-text.ts';
import { eventXml } from './event-xml.ts';
import { exportClixml } from './export-clixml.ts';
import { exportCsv } from './export-csv.ts';
import { formatTable } from './format-table.ts';
import { httpResponse } from './http-response.ts';
import { httpproxyList } from './httpproxy-list.ts';
import { httpproxySheet } from './httpproxy-sheet.ts';
import { httpproxy } from './httpproxy.ts';
import { httprequestfiltering } from './httprequestfiltering.ts';
import { iisAdvanced } from './iis-advanced.ts';
import { iisConfig } from './iis-config.ts';
import { iisNative } from './iis-native.ts';
import { iisNcsa } from './iis-ncsa.ts';
import { iisW3c } from './iis-w3c.ts';
import { logparserIis } from './logparser-iis.ts';
import { mapihttp } from './mapihttp.ts';
import { messageTracking } from './message-tracking.ts';
import { mitigationService } from './mitigation-service.ts';
import { oabGenerator } from './oab-generator.ts';
import { lsListing } from './ls-listing.ts';
import { netUser } from './net-user.ts';
import { pathList } from './path-list.ts';
import { owaBackend } from './owa-backend.ts';
import { powershellList } from './powershell-list.ts';
import { powershellTable } from './powershell-table.ts';
import { rca } from './rca.ts';
import { registrySetup } from './registry-setup.ts';
import { rpsCmdlet } from './rps-cmdlet.ts';
import { rpsHttp } from './rps-http.ts';
import { taskXml } from './task-xml.ts';
import { sharepointUls } from './sharepoint-uls.ts';
import { smtpReceive } from './smtp-receive.ts';
import { smtpSend } from './smtp-send.ts';
import { testProxylogonConsole } from './test-proxylogon-console.ts';
import { testProxylogon } from './test-proxylogon.ts';
import { transportAgent } from './transport-agent.ts';
import { antivirusLines } from './antivirus-lines.ts';
import { wmicList } from './wmic-list.ts';
import { webAccess } from './web-access.ts';
import { webPage } from './web-page.ts';

export { type CsvRow, type CsvTable, parseCsv } from './csv-text.ts';
export { parseEventData } from './event-data.ts';
export { parseLogAges, toolLogNames } from './test-proxylogon-record.ts';

/** All readers; of several that claim an artifact the surest one reads it, of equals the first. */
export const readers: readonly Reader[] = [
  // Exchange: requests and cmdlets.
  httpproxy,
  ecpServer,
  ecpActivity,
  oabGenerator,
  rpsHttp,
  rpsCmdlet,
  ews,
  mapihttp,
  autodiscover,
  owaBackend,
  rca,
  httprequestfiltering,
  mitigationService,
  // Exchange: transport.
  messageTracking,
  transportAgent,
  smtpReceive,
  smtpSend,
  connectivity,
  // Exchange: all else.
  exchangeSetup,
  exchangeOther,
  // Web servers.
  iisW3c,
  iisAdvanced,
  iisNative,
  iisNcsa,
  httperr,
  iisConfig,
  agentsConfig,
  webAccess,
  sharepointUls,
  // Windows.
  evtx,
  taskXml,
  eventXml,
  eventJson,
  // What tools printed, and pieces of logs.
  testProxylogon,
  logparserIis,
  httpproxySheet,
  powershellTable,
  httpproxyList,
  eventText,
  httpResponse,
  powershellList,
  exportClixml,
  exportCsv,
  formatTable,
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
  lsListing,
  netUser,
  wmicList,
  antivirusLines,
  commandLines,
  pathList,
  registrySetup,
  // Files of the web server.
  webPage,
];

/** Kinds of which one file is one thing in its place: the same bytes elsewhere on a server are another one. */
export const placedKinds: ReadonlySet<string> = new Set(['iis-config', 'web-page']);

export const readerOf = (kind: string): Reader | undefined => readers.find((reader) => reader.kind === kind);
export { backDoorIn, runsAsPage, webPage } from './web-page.ts';
export { xmlPieces } from './xml-pieces.ts';
