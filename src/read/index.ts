/**
 * Bytes → blocks, facts, candidate rows and problems. In: a `Source` cut into blocks and a `Demand`. Out: `BlockFacts` and `Rows`.
 * One file per kind of evidence; a reader's file name is its artifact kind.
 */
import type { Reader } from '../core/record.ts';
import { commandLines } from './command-lines.ts';
import { dirListing } from './dir-listing.ts';
import { ecpExcerpt } from './ecp-excerpt.ts';
import { ecpServer } from './ecp-server.ts';
import { eventText } from './event-text.ts';
import { exportClixml } from './export-clixml.ts';
import { exportCsv } from './export-csv.ts';
import { formatTable } from './format-table.ts';
import { httpResponse } from './http-response.ts';
import { httpproxyList } from './httpproxy-list.ts';
import { httpproxy } from './httpproxy.ts';
import { iisW3c } from './iis-w3c.ts';
import { lsListing } from './ls-listing.ts';
import { netUser } from './net-user.ts';
import { pathList } from './path-list.ts';
import { powershellList } from './powershell-list.ts';
import { powershellTable } from './powershell-table.ts';
import { testProxylogon } from './test-proxylogon.ts';
import { testProxylogonConsole } from './test-proxylogon-console.ts';

export { parseEventData } from './event-data.ts';
export { parseLogAges, toolLogNames } from './test-proxylogon-console.ts';

/** All readers; of several that claim an artifact the surest one reads it, of equals the first. */
export const readers: readonly Reader[] = [
  httpproxy,
  ecpServer,
  iisW3c,
  testProxylogon,
  powershellTable,
  httpproxyList,
  eventText,
  httpResponse,
  powershellList,
  exportClixml,
  exportCsv,
  formatTable,
  testProxylogonConsole,
  ecpExcerpt,
  dirListing,
  lsListing,
  netUser,
  commandLines,
  pathList,
];

export const readerOf = (kind: string): Reader | undefined => readers.find((reader) => reader.kind === kind);
