/** Events → intrusions: what belongs to one intruder in one organisation, and why. */
import { groupBy } from '../core/group.ts';
import { byCodeUnit } from '../core/text.ts';
import { onOneServer } from './claims.ts';
import { cmdletLogs, type Event, isUse } from './event.ts';

class Groups {
  readonly #parent: number[];
  constructor(size: number) {
    this.#parent = Array.from({ length: size }, (_, index) => index);
  }
  of(index: number): number {
    let root = index;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    while (this.#parent[index] !== root) [this.#parent[index], index] = [root, this.#parent[index]!];
    return root;
  }
  join(a: number, b: number): void {
    const [low, high] = [this.of(a), this.of(b)].sort((x, y) => x - y) as [number, number];
    this.#parent[high] = low;
  }
}

/** Rows without an address of their own belong together when they follow each other this closely and look alike. */
const proximityMs = 10 * 60_000;
/** The server's row of a cmdlet and the request that asked for it are written this close to each other. */
const sameRequestMs = 3000;

/** A request that only looks: it says nothing about who left the page. */
const onlyLooks = (event: Event): boolean => event.proof.step === 'page' && event.role !== 'left' && !isUse(event);

/**
 * Strongest first: request id, session, activity; the page (for those who use it); the cmdlet beside the request that asked for
 * it; a chain of requests; the address last, and only when it is the visitor's own.
 */
export function cluster(events: readonly Event[]): Event[][] {
  const groups = new Groups(events.length);
  const joinBy = (keysOf: (event: Event) => readonly string[]): void => {
    const first = new Map<string, number>();
    for (const [index, event] of events.entries()) {
      for (const key of keysOf(event)) {
        const known = first.get(key);
        if (known === undefined) first.set(key, index);
        else groups.join(known, index);
      }
    }
  };
  joinBy((event) => event.ties);
  joinBy((event) => (event.page !== null && !onlyLooks(event) ? [event.page] : []));
  joinBy((event) => (event.client?.standing === 'direct' ? [event.client.address] : []));
  joinCmdlets(events, groups);
  joinSessions(events, groups);
  joinChains(events, groups);
  joinHidden(events, groups);
  joinPages(events, groups);
  joinOrders(events, groups);
  joinFiles(events, groups);

  const clusters = groupBy(events.entries(), ([index]) => groups.of(index));
  return [...clusters.values()]
    .map((own) => own.map(([, event]) => event))
    .sort((a, b) => (a[0]!.timeMs ?? Infinity) - (b[0]!.timeMs ?? Infinity) || byCodeUnit(a[0]!.id, b[0]!.id));
}

/** An ECP row carries no address: it belongs to the request for that service that was made at the same moment. */
function joinCmdlets(events: readonly Event[], groups: Groups): void {
  for (const [index, event] of events.entries()) {
    if (event.row.logSource !== 'ecp-server' || event.timeMs === null || event.ties.some((tie) => tie.startsWith('session:')))
      continue;
    let nearest = -1;
    const look = (other: number): boolean => {
      const request = events[other];
      if (request === undefined || request.timeMs === null || Math.abs(request.timeMs - event.timeMs!) > sameRequestMs)
        return false;
      if (request.row.logSource === 'ecp-server') return true;
      if (!/DDIService/i.test(`${request.row.values.anchor ?? ''}${request.row.values['url.path'] ?? ''}`)) return true;
      if (nearest === -1 || Math.abs(request.timeMs - event.timeMs!) < Math.abs(events[nearest]!.timeMs! - event.timeMs!))
        nearest = other;
      return true;
    };
    for (let other = index - 1; look(other); other--);
    for (let other = index + 1; look(other); other++);
    if (nearest !== -1) groups.join(index, nearest);
  }
  // Rows of one session of the control panel that no request explains still belong together.
  const first = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    const session = event.row.logSource === 'ecp-server' ? event.row.values['session.id'] : undefined;
    if (session === undefined || session.length < 8) continue;
    const known = first.get(session);
    if (known === undefined) first.set(session, index);
    else groups.join(known, index);
  }
}

/** What a session leaves in logs that carry no visitor's address. */
const insideLogs: ReadonlySet<string> = new Set([...cmdletLogs, 'rps-http', 'ews']);
/** A session of remote PowerShell is asked for anew with every command: what it did follows a request this closely. */
const sessionMs = 10 * 60_000;

/**
 * Rows of the inside carry no address of a visitor: one belongs to whoever got an answer through a hole that gives a session of this
 * kind, last before it on the same server.
 */
function joinSessions(events: readonly Event[], groups: Groups): void {
  for (const [index, event] of events.entries()) {
    if (!insideLogs.has(event.row.logSource) || event.timeMs === null) continue;
    // The log of the sessions itself is the second best: it does not say from where they came.
    let own = -1;
    for (let before = index - 1; before >= 0; before--) {
      const earlier = events[before]!;
      if (earlier.timeMs === null || event.timeMs - earlier.timeMs > sessionMs) break;
      if (earlier.proof.step !== 'enter' || earlier.pack?.entry !== 'inside') continue;
      if (earlier.role === 'executed' && event.host !== null && earlier.host !== null && event.host !== earlier.host) continue;
      if (insideLogs.has(earlier.row.logSource)) {
        if (own === -1) own = before;
        continue;
      }
      groups.join(before, index);
      own = -1;
      break;
    }
    if (own !== -1) groups.join(own, index);
  }
}

const mayBeSameClient = (a: Event, b: Event): boolean =>
  a.client === null ||
  b.client === null ||
  a.client.standing !== 'direct' ||
  b.client.standing !== 'direct' ||
  a.client.address === b.client.address;

/** A request that needs the answer of an earlier one belongs to whoever made the nearest such one. */
function joinChains(events: readonly Event[], groups: Groups): void {
  for (const [index, later] of events.entries()) {
    const needs = later.proof.chain;
    if (needs === undefined || later.timeMs === null) continue;
    for (let before = index - 1; before >= 0; before--) {
      const earlier = events[before]!;
      if (earlier.timeMs === null || later.timeMs - earlier.timeMs > needs.withinSeconds * 1000) break;
      if (needs.after.includes(earlier.proof.rule) && mayBeSameClient(earlier, later) && onOneServer(earlier, later)) {
        groups.join(before, index);
        break;
      }
    }
  }
}

/** Rows whose address is hidden or not there: tied by time, agent and the server they name, never by address. */
function joinHidden(events: readonly Event[], groups: Groups): void {
  const last = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    if (event.client?.standing === 'direct' || event.row.logSource === 'ecp-server' || event.timeMs === null) continue;
    if (event.page !== null) continue;
    const key = `${event.userAgent ?? ''}\u0000${event.anchorHost ?? ''}`;
    const before = last.get(key);
    if (before !== undefined && event.timeMs - events[before]!.timeMs! <= proximityMs) groups.join(before, index);
    last.set(key, index);
  }
  // Console output and configuration have no time: what stands in one artifact belongs together.
  const timeless = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    if (event.timeMs !== null || event.client !== null || isFile(event)) continue;
    const known = timeless.get(event.row.artifact);
    if (known === undefined) timeless.set(event.row.artifact, index);
    else groups.join(known, index);
  }
}

/** A file that stands on a disk: it belongs to whoever uses the page that it is. */
const isFile = (event: Event): boolean => event.role === 'left' && event.page !== null;

/**
 * An order that was given in the folder of a file belongs to whoever left the file there; the client of a web shell changes to that
 * folder first.
 */
function joinOrders(events: readonly Event[], groups: Groups): void {
  const byFolder = new Map<string, number[]>();
  for (const [index, event] of events.entries()) {
    const path = isFile(event) ? event.row.values['file.path'] : undefined;
    if (path === undefined) continue;
    const folder = path.slice(0, path.lastIndexOf('\\')).toLowerCase();
    const known = byFolder.get(folder) ?? [];
    known.push(index);
    byFolder.set(folder, known);
  }
  if (byFolder.size === 0) return;
  for (const [index, event] of events.entries()) {
    const command = event.row.values['process.command_line']?.replaceAll('\\\\', '\\').toLowerCase();
    const changed = command === undefined ? null : /\bcd +(?:\/d +)?(?:"([^"]{1,400})"|([^&" ]{1,400}))/.exec(command);
    const folder = changed === null ? '' : (changed[1] ?? changed[2]!).replace(/\\$/, '');
    for (const file of byFolder.get(folder) ?? []) groups.join(file, index);
  }
}

/** Files of one listing that nobody was seen using are one find, not one intruder each. */
function joinFiles(events: readonly Event[], groups: Groups): void {
  const used = new Set<number>();
  for (const [index, event] of events.entries()) if (!isFile(event)) used.add(groups.of(index));
  const first = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    if (!isFile(event) || used.has(groups.of(index))) continue;
    const known = first.get(event.row.artifact);
    if (known === undefined) first.set(event.row.artifact, index);
    else groups.join(known, index);
  }
}

/** Who planted a script on a server and who first uses the page that appears there within the day are one. */
function joinPages(events: readonly Event[], groups: Groups): void {
  const dayMs = 86_400_000;
  const firstAnswer = new Map<string, number>();
  for (const event of events) {
    if (event.page !== null && event.answered && !firstAnswer.has(event.page)) firstAnswer.set(event.page, event.timeMs ?? 0);
  }
  const writers = [...events.keys()].filter((index) => {
    const { proof, timeMs } = events[index]!;
    return (proof.step === 'plant' || proof.step === 'arm') && proof.stage === 'implanted' && timeMs !== null;
  });
  for (const [index, event] of events.entries()) {
    if (event.page === null || !event.answered || event.timeMs === null) continue;
    if (event.client?.standing === 'direct' && onlyLooks(event)) continue;
    const writer = writers.findLast((before) => before < index && event.timeMs! - events[before]!.timeMs! <= dayMs);
    // A page that somebody used before the script was planted is another one's.
    if (writer === undefined || firstAnswer.get(event.page)! < events[writer]!.timeMs!) continue;
    groups.join(writer, index);
  }
}
