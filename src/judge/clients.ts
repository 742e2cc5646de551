/** Whose address stands in a client column: the visitor's own, one that many share, or one that only the visitor claims. */
import { bareAddress, isPrivate } from '../core/address.ts';
import type { HitRow } from '../core/hit.ts';
import type { Observed } from '../run/index.ts';

export type Standing = 'direct' | 'shared' | 'claimed';

export interface Client {
  readonly address: string;
  readonly standing: Standing;
}

export interface Standings {
  /** Addresses through which many accounts came, and the servers' own. */
  readonly shared: ReadonlySet<string>;
}

/** So many different accounts do not sit behind one intruder's own address. */
const manyAccounts = 8;

export function standingsOf(observed: Observed): Standings {
  // Most addresses have one account: a set of their own would cost more than all else.
  const accounts = new Map<string, string | Set<string>>();
  const shared = new Set<string>();
  for (const artifact of observed.artifacts) {
    for (const part of artifact.parts) {
      for (const name of ['c-ip|cs-username', 'ClientIpAddress|AuthenticatedUser', 'ClientIP|AuthenticatedUserEmail']) {
        for (const { tuple } of part.groups.get(name) ?? []) {
          const address = tuple[0] === null || tuple[0] === undefined ? null : bareAddress(tuple[0]);
          const account = tuple[1];
          if (address === null || account === null || account === undefined || /healthmailbox|\$$/i.test(account)) continue;
          const name = account.toLowerCase();
          const seen = accounts.get(address);
          if (seen === undefined) accounts.set(address, name);
          else if (typeof seen === 'string') {
            if (seen !== name) accounts.set(address, new Set([seen, name]));
          } else if (seen.size < manyAccounts) {
            seen.add(name);
            if (seen.size >= manyAccounts) shared.add(address);
          }
        }
      }
      // The servers' own addresses: requests between them carry many people's work.
      for (const { tuple } of part.groups.get('s-port|s-computername|s-ip') ?? []) {
        const own = bareAddress(tuple[2] ?? '');
        if (own !== null) shared.add(own);
      }
    }
  }
  return { shared };
}

/**
 * A public address in the server's own column is direct, whatever a header claims beside it. Behind a balancer (a private or
 * shared address in that column) the last hop of X-Forwarded-For is what the balancer saw and wrote; everything left of it is the
 * visitor's claim. Rows between servers carry the front end's address: nobody's own.
 */
export function clientOf(row: HitRow, standings: Standings, backEnd: boolean): Client | null {
  const address = bareAddress(row.values['client.address'] ?? '');
  if (address === null) return null;
  if (!backEnd && !isPrivate(address) && !standings.shared.has(address)) return { address, standing: 'direct' };
  const hops = (row.values['client.forwarded'] ?? '').split(/[,+\s]+/).filter((hop) => hop !== '' && hop !== '-');
  const last = bareAddress(hops.at(-1) ?? '');
  if (!backEnd && last !== null && !isPrivate(last) && !standings.shared.has(last)) return { address: last, standing: 'direct' };
  return { address, standing: 'shared' };
}
