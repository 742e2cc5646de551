/**
 * Which log which product and role writes, from which build on. A log that a product never wrote is not missing of it, and a log that it
 * wrote and that is not here is. Facts; default retention stands with them, because it tells how far back a log can reach at all.
 * @see https://learn.microsoft.com/exchange (2010 has neither HttpProxy nor ECP server logs nor CmdletInfra); knowledge of the others is
 * from logs of those products
 */
import { compareBuilds, type Product, productOf } from '../core/build.ts';

/** `front`: takes visitors; `back`: carries out; `both`: each of them its own. Merged since Exchange 2016. */
export type Role = 'front' | 'back' | 'both';

export interface WrittenLog {
  /** Product → first build that writes it; null: all of them. */
  readonly by: Readonly<Partial<Record<Product, string | null>>>;
  readonly role: Role;
  /** Days that are kept where nobody changed it; null: until the disk or the file is full. */
  readonly keptDays: number | null;
}

const since2013 = { '2013': null, '2016': null, '2019': null, SE: null } as const;
const always = { '2010': null, ...since2013 } as const;

export const writtenLogs: Readonly<Record<string, WrittenLog>> = {
  httpproxy: { by: since2013, role: 'front', keptDays: 30 },
  'ecp-server': { by: since2013, role: 'back', keptDays: 30 },
  'ecp-activity': { by: since2013, role: 'back', keptDays: 30 },
  ews: { by: since2013, role: 'both', keptDays: 30 },
  'oab-generator': { by: since2013, role: 'both', keptDays: 30 },
  'rps-http': { by: since2013, role: 'both', keptDays: 30 },
  'rps-cmdlet': { by: since2013, role: 'both', keptDays: 30 },
  autodiscover: { by: since2013, role: 'both', keptDays: 30 },
  mapihttp: { by: { ...since2013, '2013': '15.0.847.32' }, role: 'both', keptDays: 30 },
  httprequestfiltering: { by: { '2016': '15.1.2308.8', '2019': '15.2.922.7', SE: null }, role: 'both', keptDays: 30 },
  'mitigation-service': { by: { '2016': '15.1.2375.7', '2019': '15.2.986.5', SE: null }, role: 'both', keptDays: 30 },
  'iis-w3c': { by: always, role: 'both', keptDays: null },
  httperr: { by: always, role: 'both', keptDays: null },
  'message-tracking': { by: always, role: 'both', keptDays: 30 },
  'smtp-receive': { by: always, role: 'both', keptDays: 30 },
  'smtp-send': { by: always, role: 'both', keptDays: 30 },
  'transport-agent': { by: always, role: 'both', keptDays: 30 },
  'exchange-setup': { by: always, role: 'both', keptDays: null },
};

/** Whether a server with these builds writes this log; a log that the table does not know may be anybody's. */
export function isWrittenBy(kind: string, builds: readonly string[]): boolean {
  const log = writtenLogs[kind];
  if (log === undefined || builds.length === 0) return true;
  return builds.some((build) => {
    const product = productOf(build);
    if (product === null) return true;
    const first = log.by[product];
    return first !== undefined && (first === null || compareBuilds(build, first) >= 0);
  });
}
