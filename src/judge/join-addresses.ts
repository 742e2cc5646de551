/** The weakest ties, last: one moment, one agent, one address. They join who is nobody yet to somebody, and never two who wrote something. */
import type { Event } from './event.ts';
import type { Groups } from './groups.ts';
import { pageKeysOf } from './implants.ts';

/** Rows without an address of their own belong together when they follow each other this closely and look alike. */
const proximityMs = 10 * 60_000;
/** The first requests of a chain come this shortly before the one that carries its session. */
const leadMs = 2 * 60_000;
/** Behind an address that several use, an agent says whose a lone request is for this long. */
const sameAgentMs = 86_400_000;

const hidden = (event: Event): boolean => event.client?.standing !== 'direct' && event.row.logSource !== 'ecp-server';

/** A step of getting in, which the later ones of the same chain need. */
const leads = ({ proof }: Event): boolean => proof.step === 'try' || proof.step === 'enter' || proof.step === 'check';
const inChain = ({ proof }: Event): boolean =>
  proof.step === 'enter' || proof.step === 'read' || proof.step === 'plant' || proof.step === 'arm';

/** Rows whose address is hidden or not there: tied by time, agent and the server they name, never by address. */
export function joinHidden(events: readonly Event[], groups: Groups): void {
  // What leads to a session belongs to the next one that is asked for anything; tools change their agent on the way.
  let next = -1;
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index]!;
    if (!hidden(event) || event.timeMs === null || event.page !== null) continue;
    if (groups.has(index, 'session') || groups.has(index, 'writes')) {
      if (inChain(event)) next = index;
      continue;
    }
    if (
      next === -1 ||
      !leads(event) ||
      groups.has(index, 'direct') ||
      events[next]!.timeMs! - event.timeMs > leadMs ||
      events[next]!.pack !== event.pack
    )
      continue;
    const [a, b] = [event.anchorHost, events[next]!.anchorHost];
    if (a === null || b === null || a === b) groups.join(index, next, 'near');
  }
  const last = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    if (!hidden(event) || event.timeMs === null || (event.page !== null && (event.answered || groups.has(index, 'owns'))))
      continue;
    // Going through a list of names is one visit.
    const key = `${event.page === null ? '' : 'page'}\u0000${event.userAgent ?? ''}\u0000${event.anchorHost ?? ''}`;
    const before = last.get(key);
    if (
      before !== undefined &&
      event.timeMs - events[before]!.timeMs! <= proximityMs &&
      !groups.bothHave(before, index, 'writes') &&
      !groups.bothHave(before, index, 'owns') &&
      // The back end's rows have no address; the request that they are of may have.
      !groups.bothHave(before, index, 'direct')
    )
      groups.join(before, index, 'near');
    last.set(key, index);
  }
}

/** Console output and configuration have no time: what stands in one artifact belongs together. */
export function joinTimeless(events: readonly Event[], groups: Groups): void {
  const timeless = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    if (event.timeMs !== null || event.client !== null || (event.role === 'left' && event.page !== null)) continue;
    const known = timeless.get(event.row.artifact);
    if (known === undefined) timeless.set(event.row.artifact, index);
    else groups.join(known, index, 'console');
  }
}

/**
 * The address last, and only when it is the visitor's own. One who wrote something and comes from it: all that comes from it is his.
 * Several: they stay apart, and whoever else comes from it goes to the one whose visit he is part of, or to none.
 */
export function joinAddresses(events: readonly Event[], groups: Groups): void {
  const keyOf = pageKeysOf(events);
  const byAddress = new Map<string, number[]>();
  for (const [index, { client }] of events.entries()) {
    if (client?.standing !== 'direct') continue;
    const known = byAddress.get(client.address);
    if (known === undefined) byAddress.set(client.address, [index]);
    else known.push(index);
  }
  const whose = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    const key = groups.has(index, 'owns') ? keyOf(event) : null;
    if (key !== null && !whose.has(key)) whose.set(key, index);
  }
  for (const [address, all] of byAddress) {
    const owners = new Set(all.filter((index) => groups.has(index, 'owns')).map((index) => groups.of(index)));
    // Who is answered from here by a page that is not his, another's or nobody's yet, may be another one.
    const another = all.some((index) => {
      const { answered } = events[index]!;
      const key = answered ? keyOf(events[index]!) : null;
      const owner = key === null ? undefined : whose.get(key);
      return key !== null && (owner === undefined || !owners.has(groups.of(owner)));
    });
    if (owners.size > 1 || (owners.size === 1 && another)) behindOne(events, groups, all, [...owners], address, keyOf);
    else for (const index of all) groups.join(all[0]!, index, 'address');
  }
}

/** Several who wrote something come from this address; or one, and perhaps another. */
function behindOne(
  events: readonly Event[],
  groups: Groups,
  all: readonly number[],
  owners: readonly number[],
  address: string,
  keyOf: (event: Event) => string | null,
): void {
  for (const [at, owner] of owners.entries()) if (at > 0) groups.part(owners[at - 1]!, owner, 'writers', address);
  // Who looks at a page from where its owner comes is its owner.
  const pages = new Map<string, number>();
  for (const index of all) {
    const key = groups.has(index, 'owns') ? keyOf(events[index]!) : null;
    if (key !== null && !pages.has(key)) pages.set(key, index);
  }
  for (const index of all) {
    const key = groups.has(index, 'owns') ? null : keyOf(events[index]!);
    const owner = key === null ? undefined : pages.get(key);
    if (owner !== undefined) groups.join(index, owner, 'address');
  }
  const owned = all.filter((index) => groups.has(index, 'owns') && events[index]!.timeMs !== null);
  const chains = owned.filter((index) => inChain(events[index]!));
  // A page's first answer: what was asked for just before may be how it came there.
  const firsts = new Map<string, number>();
  for (const index of owned) {
    const key = keyOf(events[index]!);
    if (key !== null && events[index]!.answered && !firsts.has(key)) firsts.set(key, index);
  }
  const appeared = [...firsts.values()];
  const entered = all.filter((index) => events[index]!.proof.step === 'enter' && !groups.has(index, 'owns'));
  const lastOfAgent = new Map<string, number>();
  const rest: number[] = [];
  let at = 0;
  for (const index of all) {
    const event = events[index]!;
    while (at < owned.length && owned[at]! < index) lastOfAgent.set(events[owned[at]!]!.userAgent ?? '', owned[at++]!);
    if (groups.has(index, 'owns')) continue;
    const towards = leads(event) || inChain(event);
    // Whoever is let in here wrote something of his own, or may have: he is not whoever else happens to be there. Nor is who is answered
    // by a page that none of these owns.
    const gap = gapMs(events, index, nearestIn(events, entered, index));
    const alone = (towards && gap <= leadMs) || (event.answered && event.page !== null);
    // The one who owns something here, at work a moment ago with the same program: what answers him now is his next page.
    const [last] = owners.length === 1 && event.answered && event.page !== null ? [owned[at - 1]] : [];
    const goesOn =
      last !== undefined && events[last]!.userAgent === event.userAgent && gapMs(events, index, last) <= leadMs
        ? last
        : undefined;
    const whose =
      goesOn ??
      (towards ? (nextIn(events, chains, index, leadMs) ?? nextIn(events, appeared, index, proximityMs)) : undefined) ??
      (alone ? undefined : (nearestIn(events, owned, index) ?? sameAgent(events, lastOfAgent, event)));
    if (whose === undefined) rest.push(index);
    else groups.join(index, whose, 'address');
  }
  // Of several behind one address nobody knows who came again: what is left holds together by the visit only.
  let before: number | undefined;
  for (const index of rest) {
    const gap = before === undefined ? Infinity : (events[index]!.timeMs ?? Infinity) - (events[before]!.timeMs ?? 0);
    if (before !== undefined && gap <= proximityMs && !groups.bothHave(before, index, 'owns')) groups.join(before, index, 'near');
    before = index;
    groups.part(owners[0]!, index, 'between', address);
  }
}

/** Names that many who have nothing to do with each other send. */
const publicTools =
  /^(?:$|-$|python|curl|wget|go-http|libwww|okhttp|java|aiohttp|axios|httpx|ruby|zgrab|masscan|nmap|nuclei|ExchangeServicesClient\/0|DuckDuckBot|facebookexternalhit)|Baiduspider|bingbot|Googlebot|zgrab/i;

/** Who was there last with this agent, and not long ago. */
function sameAgent(events: readonly Event[], last: ReadonlyMap<string, number>, event: Event): number | undefined {
  const before = event.userAgent === null || publicTools.test(event.userAgent) ? undefined : last.get(event.userAgent);
  return before !== undefined && event.timeMs !== null && event.timeMs - events[before]!.timeMs! <= sameAgentMs
    ? before
    : undefined;
}

/** Where in these, which stand in order of time, the first stands that is not before. */
function placeIn(among: readonly number[], index: number): number {
  let low = 0;
  let high = among.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (among[middle]! < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

function gapMs(events: readonly Event[], index: number, other: number | undefined): number {
  const [a, b] = [events[index]!.timeMs, other === undefined ? null : events[other]!.timeMs];
  return a === null || b === null ? Infinity : Math.abs(b - a);
}

/** The next of these, and soon; the same counts. */
function nextIn(events: readonly Event[], among: readonly number[], index: number, withinMs: number): number | undefined {
  const next = among[placeIn(among, index)];
  return gapMs(events, index, next) <= withinMs ? next : undefined;
}

/** The nearest of these in time. */
function nearestIn(events: readonly Event[], among: readonly number[], index: number): number | undefined {
  const place = placeIn(among, index);
  const [before, after] = [among[place - 1], among[place]];
  const nearest = gapMs(events, index, after) < gapMs(events, index, before) ? after : before;
  return gapMs(events, index, nearest) <= proximityMs ? nearest : undefined;
}
