/** Which server an artifact and a row belong to, and which servers are known only by name. */
import { bareAddress } from '../core/address.ts';
import type { HitRow } from '../core/hit.ts';
import { hostName } from '../core/host-name.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Observed, ObservedArtifact, ObservedPart } from '../run/index.ts';

export interface Hosts {
  ofArtifact(path: string): string | null;
  ofRow(row: HitRow): string | null;
  /** Servers whose own evidence is here, sorted. */
  readonly present: readonly string[];
  /** Servers that the evidence names and that are not here, sorted. */
  readonly absent: readonly string[];
}

/** `MAIL01.haven.example` and `mail01` are one server: the first label, upper case. Addresses are no names. */
export function shortName(name: string | null | undefined): string | null {
  const trimmed = (name ?? '').trim();
  if (trimmed === '' || bareAddress(trimmed) !== null) return null;
  const label = trimmed.split('.', 1)[0]!;
  return /^[A-Za-z0-9_-]{1,63}$/.test(label) && !/^localhost$/i.test(label) ? label.toUpperCase() : null;
}

type Tuple = readonly (string | null)[];
const receive = /^RECEIVE$/i;

/** Groups, and how the server that wrote the row names itself in them: at a position, or as told by the row. */
const ownNames: readonly (readonly [string, number | ((tuple: Tuple) => string | null | undefined)])[] = [
  ['s-port|s-computername|s-ip', 1],
  ['ServerHostName|TargetServer|IsAuthenticated', 0],
  ['ServerName|EventId', 0],
  ['ServerHostName|HttpStatus', 0],
  ['ServerHostName|ExecutionResult', 0],
  ['ServerHostName|SoapAction|HttpStatus', 0],
  ['ServerHostName|ScanResult', 0],
  ['ServerHostName|ServerName|Server', (tuple) => tuple.find((name) => name !== null)],
  // Of a message that is passed on the columns name the other side; whoever receives it writes the row.
  ['source|event-id|server-hostname', (tuple) => (receive.test(tuple[1] ?? '') ? tuple[2] : null)],
  // Receive connectors are called `SERVER\\Name`.
  ['connector-id|event', (tuple) => (tuple[0]?.includes('\\') === true ? tuple[0].split('\\', 1)[0] : null)],
  ['Server', 0],
  ['Server|CmdletName', 0],
  ['Computer', 0],
  ['X-FEServer', 0],
  ['Server|Kind|Value', 0],
  ['Server|Tool|Kind|Action', 0],
];

function namesIn(part: ObservedPart): Map<string, number> {
  const votes = new Map<string, number>();
  for (const [group, own] of ownNames) {
    for (const { tuple, count } of part.groups.get(group) ?? []) {
      const name = shortName(typeof own === 'number' ? tuple[own] : own(tuple));
      if (name !== null) votes.set(name, (votes.get(name) ?? 0) + count);
    }
  }
  return votes;
}

const mostVotes = (votes: ReadonlyMap<string, number>): string | null =>
  [...votes].sort((a, b) => b[1] - a[1] || byCodeUnit(a[0], b[0]))[0]?.[0] ?? null;

function folderName(artifact: ObservedArtifact): string | null {
  const last = artifact.root
    .split('/')
    .filter((part) => part !== '')
    .at(-1);
  return last === undefined || hostName(last) === null || artifact.canonicalPath === null ? null : shortName(last);
}

/**
 * The server that a collector says it came from. Where the rows below its root name servers and none of them is this one, the rows
 * are right: the collector may have run elsewhere, or somebody filled its folder with the logs of others.
 */
function collectorName(artifact: ObservedArtifact, named: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  const name = shortName(artifact.collection?.host);
  const rows = named.get(artifact.collection?.root ?? '');
  return name === null || (rows !== undefined && !rows.has(name)) ? null : name;
}

export function hostsOf(observed: Observed): Hosts {
  const byRoot = new Map<string, Map<string, number>>();
  /** Asked for twice, and to count it what was put away is fetched. */
  const named = new Map<ObservedPart, ReadonlyMap<string, number>>();
  const byAddress = new Map<string, Map<string, number>>();
  const all = new Map<string, number>();
  /** Names in the rows of each collection, by its root. */
  const byCollection = new Map<string, Set<string>>();
  const vote = (votes: Map<string, number>, name: string, count: number): void =>
    void votes.set(name, (votes.get(name) ?? 0) + count);
  for (const artifact of observed.artifacts) {
    for (const part of artifact.parts) {
      const names = namesIn(part);
      if (names.size > 0) named.set(part, names);
      for (const [name, count] of names) {
        vote(all, name, count);
        if (artifact.collection !== null)
          byCollection.set(artifact.collection.root, (byCollection.get(artifact.collection.root) ?? new Set()).add(name));
        const root = byRoot.get(artifact.root) ?? new Map<string, number>();
        vote(root, name, count);
        byRoot.set(artifact.root, root);
      }
      for (const { tuple, count } of part.groups.get('s-port|s-computername|s-ip') ?? []) {
        const name = shortName(tuple[1]);
        const address = bareAddress(tuple[2] ?? '');
        if (name === null || address === null) continue;
        const votes = byAddress.get(address) ?? new Map<string, number>();
        vote(votes, name, count);
        byAddress.set(address, votes);
      }
    }
  }
  // The list of an organisation's servers names the one that all this is of, when there is only one.
  const listed = listedServers(observed);
  if (all.size === 0 && listed.size === 1) vote(all, [...listed][0]!, 1);
  // Folder names tell servers apart only where there are several of them; one folder is just where the files lie.
  const roots = new Set(observed.artifacts.filter(({ parts }) => parts.length > 0).map(({ root }) => root));
  const only = all.size === 1 ? [...all.keys()][0]! : null;
  const ofArtifact = new Map<string, string | null>();
  for (const artifact of observed.artifacts) {
    let own = new Map<string, number>();
    for (const part of artifact.parts) own = new Map([...own, ...(named.get(part) ?? [])]);
    const address = artifact.parts
      .flatMap((part) => part.groups.get('s-port|s-computername|s-ip') ?? [])
      .map(({ tuple }) => mostVotes(byAddress.get(bareAddress(tuple[2] ?? '') ?? '') ?? new Map()))
      .find((name) => name !== null);
    ofArtifact.set(
      artifact.path,
      mostVotes(own) ??
        collectorName(artifact, byCollection) ??
        mostVotes(byRoot.get(artifact.root) ?? new Map()) ??
        (roots.size > 1 ? folderName(artifact) : null) ??
        address ??
        only,
    );
  }
  const strangers = strangersOf(observed, ofArtifact);
  const present = [
    ...new Set([
      ...all.keys(),
      ...observed.artifacts.filter(({ parts }) => parts.length > 0).map(({ path }) => ofArtifact.get(path)),
    ]),
  ]
    .filter((name): name is string => typeof name === 'string')
    .filter((name) => !strangers.has(name))
    .sort(byCodeUnit);
  return {
    ofArtifact: (path) => ofArtifact.get(path) ?? null,
    ofRow: (row) => shortName(row.values['server.name']) ?? ofArtifact.get(row.artifact) ?? null,
    present,
    absent: absentHosts(observed, new Set(present)),
  };
}

/**
 * Computers of which only event logs are here, in which nothing was found, beside servers whose own logs are: a domain controller, somebody's
 * desktop. None of them is a mail server that has to be looked through or cut off.
 */
function strangersOf({ artifacts, hits }: Observed, hostOf: ReadonlyMap<string, string | null>): Set<string> {
  const servers = new Set(hits.map(({ artifact }) => hostOf.get(artifact) ?? null));
  const others = new Set<string>();
  for (const { path, parts } of artifacts) {
    if (parts.length === 0) continue;
    const host = hostOf.get(path) ?? null;
    if (host === null) continue;
    if (parts.every(({ logSource }) => logSource === 'windows-event')) others.add(host);
    else servers.add(host);
  }
  // Where there are nothing but event logs, they are those of the servers.
  const named = [...servers].some((host) => host !== null);
  return named ? new Set([...others].filter((host) => !servers.has(host))) : new Set();
}

/** Servers that `Get-ExchangeServer` names, but for those at the edge, which keep none of these logs. */
function listedServers({ artifacts }: Pick<Observed, 'artifacts'>): Set<string> {
  const names = new Set<string>();
  for (const { parts } of artifacts) {
    for (const part of parts) {
      for (const { tuple } of part.groups.get('ServerName|ServerRole') ?? []) {
        const name = shortName(tuple[0]);
        if (name !== null && tuple[1] !== null && tuple[1] !== undefined && !/^edge$/i.test(tuple[1])) names.add(name);
      }
    }
  }
  return names;
}

/**
 * Back ends that front ends sent authenticated people to, and whose own evidence is not here. A target that only an anonymous
 * request names may be the intruder's invention and does not count. Servers that the organisation's own list names count as well.
 */
function absentHosts(observed: Observed, present: ReadonlySet<string>): string[] {
  const names = new Set([...listedServers(observed)].filter((name) => !present.has(name)));
  for (const artifact of observed.artifacts) {
    for (const part of artifact.parts) {
      if (part.speaksFor !== 'span') continue;
      for (const { tuple } of part.groups.get('ServerHostName|TargetServer|IsAuthenticated') ?? []) {
        const target = shortName(tuple[1]);
        if (target !== null && /^true$/i.test(tuple[2] ?? '') && !present.has(target)) names.add(target);
      }
    }
  }
  return [...names].sort(byCodeUnit);
}
