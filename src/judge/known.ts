/** Activity that the owner declared (`--known`): penetration tests and responders. It stays visible and is judged apart. */
import { bareAddress } from '../core/address.ts';
import type { Event } from './event.ts';

export interface KnownActivity {
  readonly name: string;
  /** UTC milliseconds; `toMs` is exclusive. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Addresses of the testers; empty: any. */
  readonly addresses: readonly string[];
  /** Exact user agents; empty: any. */
  readonly userAgents: readonly string[];
  /** Accounts; empty: any. */
  readonly accounts: readonly string[];
}

/** Whether an event carries the declared marks: null where it cannot be told (a back end's row has no visitor's address). */
function carries(event: Event, known: KnownActivity): boolean | null {
  const address = event.client?.standing === 'direct' ? event.client.address : null;
  const account = event.row.values['user.name'];
  const asked: (boolean | null)[] = [];
  if (known.addresses.length > 0)
    asked.push(address === null ? null : known.addresses.some((own) => bareAddress(own) === address));
  if (known.userAgents.length > 0) asked.push(event.userAgent === null ? null : known.userAgents.includes(event.userAgent));
  if (known.accounts.length > 0)
    asked.push(account === undefined ? null : known.accounts.some((own) => own.toLowerCase() === account.toLowerCase()));
  if (asked.includes(false)) return false;
  return asked.includes(null) ? null : true;
}

export interface Declared {
  readonly name: string;
  /** The same marks were seen after the declared end: somebody goes on, or somebody borrows the marks. */
  readonly goesOn: boolean;
  /** One finding that was marked as known to be good; left out: activity of a time. */
  readonly acknowledged?: true;
}

/**
 * A group of events is declared only when every event that can be told is: one stranger in it, or one event outside the time,
 * and it is judged like any other.
 */
export function declaredBy(events: readonly Event[], known: readonly KnownActivity[]): Declared | null {
  for (const activity of known) {
    const told = events.map((event) => carries(event, activity));
    if (told.includes(false) || !told.includes(true)) continue;
    const late = events.some(({ timeMs }) => timeMs !== null && timeMs >= activity.toMs);
    const early = events.some(({ timeMs }) => timeMs === null || timeMs < activity.fromMs);
    if (!late && !early) return { name: activity.name, goesOn: false };
    if (late && !early) return { name: activity.name, goesOn: true };
  }
  return null;
}
