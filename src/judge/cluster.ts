/** Events → intrusions: what belongs to one intruder in one organisation, and why. */
import { groupBy } from '../core/group.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Event } from './event.ts';
import { type Apart, type Bond, Groups, type Join } from './groups.ts';
import { markWriters } from './implants.ts';
import { joinAddresses, joinHidden, joinTimeless } from './join-addresses.ts';
import { joinFiles, joinOrders, joinPages, joinScripts } from './join-pages.ts';
import { joinCalls, joinChains, joinCmdlets, joinSessions, joinTies } from './join-requests.ts';

export interface Together {
  readonly bond: Bond;
  /** Two of the events that it joined. */
  readonly events: readonly [Event, Event];
  readonly count: number;
}

export interface Parted {
  readonly parting: Apart['parting'];
  /** Number of the other cluster. */
  readonly other: number;
  readonly shared: string;
}

export interface Cluster {
  /** In order of time; not empty. */
  readonly events: readonly Event[];
  readonly together: readonly Together[];
  readonly apart: readonly Parted[];
}

/**
 * Strongest first: request id, activity, session; the cmdlet beside the request that asked for it; a chain of requests; the script and the
 * word that opens it; the page, by those who use it and whoever wrote it; the moment; and the address last. From the script on nothing joins
 * two who each wrote something: that takes what only one hand can share.
 */
export function cluster(events: readonly Event[]): Cluster[] {
  const groups = new Groups(events.length);
  joinTies(events, groups);
  joinCmdlets(events, groups);
  joinCalls(events, groups);
  joinSessions(events, groups);
  joinChains(events, groups);
  markWriters(events, groups);
  joinScripts(events, groups);
  joinPages(events, groups);
  joinOrders(events, groups);
  joinHidden(events, groups);
  joinTimeless(events, groups);
  joinAddresses(events, groups);
  joinFiles(events, groups);

  const joins = groupBy(groups.joins, ({ a }) => groups.of(a));
  const clusters = [...groupBy(events.entries(), ([index]) => groups.of(index))]
    .map(([root, own]) => ({ root, events: own.map(([, event]) => event) }))
    .sort(
      (a, b) =>
        (a.events[0]!.timeMs ?? Infinity) - (b.events[0]!.timeMs ?? Infinity) || byCodeUnit(a.events[0]!.id, b.events[0]!.id),
    );
  const numberOf = new Map(clusters.map(({ root }, number) => [root, number]));
  const apart = partedOf(groups, numberOf);
  return clusters.map((own, number) => ({
    events: own.events,
    together: togetherOf(joins.get(own.root) ?? [], events),
    apart: apart.get(number) ?? [],
  }));
}

/** One reason for each kind of bond, in the order in which they were tried. */
const togetherOf = (joins: readonly Join[], events: readonly Event[]): Together[] =>
  [...groupBy(joins, ({ bond }) => bond)].map(([bond, all]) => ({
    bond,
    events: [events[all[0]!.a]!, events[all[0]!.b]!],
    count: all.length,
  }));

/** Told from both sides, once for each thing that two share; who is one in the end was not parted. */
function partedOf(groups: Groups, numberOf: ReadonlyMap<number, number>): Map<number, Parted[]> {
  const said = new Set<string>();
  const parted = new Map<number, Parted[]>();
  for (const { a, b, parting, shared } of groups.aparts) {
    const [one, two] = [numberOf.get(groups.of(a))!, numberOf.get(groups.of(b))!];
    if (one === two) continue;
    for (const [own, other] of [
      [one, two],
      [two, one],
    ] as const) {
      const key = `${own} ${other} ${parting} ${shared}`;
      if (said.has(key)) continue;
      said.add(key);
      const known = parted.get(own);
      if (known === undefined) parted.set(own, [{ parting, other, shared }]);
      else known.push({ parting, other, shared });
    }
  }
  return parted;
}
