/**
 * Bytes → blocks, facts, candidate rows and problems. In: a `Source` cut into blocks and a `Demand`. Out: `BlockFacts` and `Rows`.
 * One file per kind of evidence; a reader's file name is its artifact kind.
 */
import type { Reader } from '../core/record.ts';
import { autodiscover } from './autodiscover.ts';
import { ecpActivity } from './ecp-activity.ts';
import { ecpExcerpt } from './ecp-excerpt.ts';
import { ecpServer } from './ecp-server.ts';
import { ews } from './ews.ts';
import { httpproxyList } from './httpproxy-list.ts';
import { httpproxy } from './httpproxy.ts';
import { iisW3c } from './iis-w3c.ts';
import { oabGenerator } from './oab-generator.ts';
import { powershellList } from './powershell-list.ts';
import { powershellTable } from './powershell-table.ts';
import { rpsCmdlet } from './rps-cmdlet.ts';
import { rpsHttp } from './rps-http.ts';
import { testProxylogon } from './test-proxylogon.ts';
import { testProxylogonConsole } from './test-proxylogon-console.ts';

export { parseEventData } from './event-data.ts';
export { parseLogAges, toolLogNames } from './test-proxylogon-console.ts';

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
  ecpExcerpt,
];

export const readerOf = (kind: string): Reader | undefined => readers.find((reader) => reader.kind === kind);
