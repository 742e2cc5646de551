/** Rows of one request, one session, one chain of requests: what joins them more surely than where they came from. */
import { onOneServer } from './claims.ts';
import { cmdletLogs, type Event, isOneCall, type Tie } from './event.ts';
import type { Bond, Groups } from './groups.ts';
import { scriptOf } from './implants.ts';

/** The server's row of a cmdlet and the request that asked for it are written this close to each other. */
const sameRequestMs = 3000;

const bondOf = (tie: Tie): Bond => tie.slice(0, tie.indexOf(':')) as 'request' | 'session' | 'activity';

/** One id is one request, one session or one activity. */
export function joinTies(events: readonly Event[], groups: Groups): void {
  const first = new Map<string, number>();
  const join = (index: number, key: string, bond: Bond): void => {
    const known = first.get(key);
    if (known === undefined) first.set(key, index);
    else groups.join(known, index, bond);
  };
  for (const bond of ['request', 'activity', 'session'] as const) {
    for (const [index, event] of events.entries()) {
      for (const tie of event.ties) if (bondOf(tie) === bond) join(index, tie, bond);
      // The control panel's own name for a session; its canary stands in the address.
      const session = bond === 'session' && event.row.logSource === 'ecp-server' ? event.row.values['session.id'] : undefined;
      if (session !== undefined && session.length >= 8) join(index, `panel:${session}`, bond);
    }
  }
}

const panelService = /DDIService/i;
const cmdletName = /\b(?:set|new|remove|get)-[a-z]{1,40}virtualdirectory\b/i;

/** The cmdlet that a row is about, lower case. */
const cmdletOf = ({ row }: Event): string | null =>
  cmdletName
    .exec(row.values.cmdlet ?? (row.logSource === 'windows-event' ? (row.fields.Message ?? '') : ''))?.[0]
    .toLowerCase() ?? null;

const otherServer = (a: Event, b: Event): boolean => a.host !== null && b.host !== null && a.host !== b.host;

/**
 * A row of a cmdlet carries no address: that of the control panel belongs to the request for its service that was made at the same moment,
 * that of another log of cmdlets to the control panel's own row of the same cmdlet, or else to such a request.
 */
export function joinCmdlets(events: readonly Event[], groups: Groups): void {
  const asked = new Set<number>();
  for (const [index, { role }] of events.entries()) if (role === 'asked') asked.add(groups.of(index));
  // Rows whose request is known by its ids need no guess.
  const withRequest = events.map((_, index) => asked.has(groups.of(index)));
  for (const [index, event] of events.entries()) {
    const { row, timeMs } = event;
    if (timeMs === null) continue;
    const panel = row.logSource === 'ecp-server';
    const cmdlet = cmdletOf(event);
    if (panel ? withRequest[index] : !cmdletLogs.has(row.logSource) || cmdlet === null) continue;
    const script = scriptOf(event);
    let best = -1;
    let bestRank = 0;
    const look = (other: number): boolean => {
      const request = events[other];
      if (request === undefined || request.timeMs === null || Math.abs(request.timeMs - timeMs) > sameRequestMs) return false;
      const book = request.row.logSource === 'ecp-server';
      if ((panel && book) || cmdletLogs.has(request.row.logSource)) return true;
      const service = asksPanel(request);
      if (
        book ? cmdletOf(request) !== cmdlet || otherServer(event, request) : !service && !(panel && throughPanel(event, request))
      )
        return true;
      // The same script says more than the same cmdlet, and that more than a request; then the nearest in time.
      const same = book && script !== null && scriptOf(request) === script;
      const rank = (same ? 3 : book ? 2 : service ? 1 : 0) + 1 / (2 + Math.abs(request.timeMs - timeMs));
      if (rank > bestRank) [best, bestRank] = [other, rank];
      return true;
    };
    for (let other = index - 1; look(other); other--);
    for (let other = index + 1; look(other); other++);
    if (best !== -1) groups.join(index, best, 'cmdlet');
  }
}

/** The front end's own log does not say what was asked for through the hole, only that it went by the control panel's folder. */
const throughPanel = (booked: Event, { proof, pack, role, row }: Event): boolean =>
  proof.step === 'try' && role === 'asked' && pack === booked.pack && /^\/+ecp\//i.test(row.values['url.path'] ?? '');

const asksPanel = ({ row }: Event): boolean => panelService.test(`${row.values.anchor ?? ''}${row.values['url.path'] ?? ''}`);

/** A row of the mail services belongs to the request through the hole that was passed on to them at the same moment. */
export function joinCalls(events: readonly Event[], groups: Groups): void {
  for (const [index, event] of events.entries()) {
    if (event.row.logSource !== 'ews' || event.timeMs === null) continue;
    let nearest = -1;
    const look = (other: number): boolean => {
      const asked = events[other];
      if (asked === undefined || asked.timeMs === null || Math.abs(asked.timeMs - event.timeMs!) > sameRequestMs) return false;
      if (asked.pack?.firstExploited == null || !isOneCall(asked, event) || !mayBeSameClient(asked, event)) return true;
      if (nearest === -1 || Math.abs(asked.timeMs - event.timeMs!) < Math.abs(events[nearest]!.timeMs! - event.timeMs!))
        nearest = other;
      return true;
    };
    for (let other = index - 1; look(other); other--);
    for (let other = index + 1; look(other); other++);
    if (nearest !== -1) groups.join(nearest, index, 'call');
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
export function joinSessions(events: readonly Event[], groups: Groups): void {
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
      groups.join(before, index, 'inside');
      own = -1;
      break;
    }
    if (own !== -1) groups.join(own, index, 'inside');
  }
}

const mayBeSameClient = (a: Event, b: Event): boolean =>
  a.client === null ||
  b.client === null ||
  a.client.standing !== 'direct' ||
  b.client.standing !== 'direct' ||
  a.client.address === b.client.address;

/** Both carry what a session was given, and it is not the same one. */
const differInSession = (a: Event, b: Event): boolean => {
  const own = a.ties.filter((tie) => tie.startsWith('session:'));
  const other = b.ties.filter((tie) => tie.startsWith('session:'));
  return own.length > 0 && other.length > 0 && !own.some((tie) => other.includes(tie));
};

/** A request that needs the answer of an earlier one belongs to whoever made the nearest such one. */
export function joinChains(events: readonly Event[], groups: Groups): void {
  for (const [index, later] of events.entries()) {
    const needs = later.proof.chain;
    if (needs === undefined || later.timeMs === null) continue;
    for (let before = index - 1; before >= 0; before--) {
      const earlier = events[before]!;
      if (earlier.timeMs === null || later.timeMs - earlier.timeMs > needs.withinSeconds * 1000) break;
      if (
        needs.after.includes(earlier.proof.rule) &&
        mayBeSameClient(earlier, later) &&
        onOneServer(earlier, later) &&
        !differInSession(earlier, later)
      ) {
        groups.join(before, index, 'chain');
        break;
      }
    }
  }
}
