/** What the row itself adds to what the counts said: the program, the address, and whether the server's own monitoring is what it says. */
import { bareAddress, isLoopback, isPrivate } from '../../core/address.ts';
import type { HitRow } from '../../core/hit.ts';
import type { Observed } from '../../run/index.ts';
import type { Standings } from '../clients.ts';
import type { Hosts } from '../hosts.ts';
import type { Draft } from './items.ts';
import type { Reason } from './rank.ts';

interface Known {
  count: number;
  /** Rows of somebody who was logged in. */
  logged: number;
}

export interface Acquaintance {
  /** By server and program. */
  readonly agents: ReadonlyMap<string, Known>;
  readonly agentRows: number;
  readonly addresses: ReadonlyMap<string, Known>;
}

const agentGroups = [
  'cs(User-Agent)|cs-username~who|sc-status',
  'cs-user-agent|cs-username~who|sc-status',
  'UserAgent|AuthenticatedUser~who|HttpStatus',
];
const addressGroups = ['c-ip|cs-username', 'ClientIpAddress|AuthenticatedUser', 'ClientIP|AuthenticatedUserEmail'];

/** IIS writes a blank as `+`. */
const agentOf = (agent: string): string => agent.replaceAll('+', ' ').slice(0, 1024);
const person = (who: string | null | undefined): boolean => who === 'person' || who === 'sid';

export function acquaintanceOf(observed: Observed, hosts: Hosts): Acquaintance {
  const agents = new Map<string, Known>();
  const addresses = new Map<string, Known>();
  let agentRows = 0;
  const add = (into: Map<string, Known>, key: string, count: number, logged: boolean): void => {
    const known = into.get(key) ?? { count: 0, logged: 0 };
    known.count += count;
    if (logged) known.logged += count;
    into.set(key, known);
  };
  for (const artifact of observed.artifacts) {
    const host = hosts.ofArtifact(artifact.path) ?? '';
    for (const { groups } of artifact.parts) {
      for (const name of agentGroups) {
        for (const { tuple, count } of groups.get(name) ?? []) {
          agentRows += count;
          if (tuple[0] !== null) add(agents, `${host} ${agentOf(tuple[0]!)}`, count, person(tuple[1]));
        }
      }
      for (const name of addressGroups) {
        for (const { tuple, count } of groups.get(name) ?? []) {
          const address = bareAddress(tuple[0] ?? '');
          const account = tuple[1] ?? null;
          if (address !== null) add(addresses, address, count, account !== null && !/healthmailbox|\$$/i.test(account));
        }
      }
    }
  }
  return { agents, agentRows, addresses };
}

const rarely = (count: number): boolean => count > 0;

export function looked(draft: Draft, row: HitRow | null, known: Acquaintance, standings: Standings): Draft {
  if (row === null) return draft;
  const actor = draft.members[0]!.seen.deed.actor;
  const reasons: Reason[] = [];
  const agent = row.values.user_agent;
  if (actor !== 'person' && actor !== 'monitor' && agent !== undefined) {
    const seen = known.agents.get(`${draft.host ?? ''} ${agentOf(agent)}`);
    if (seen !== undefined && rarely(seen.count) && seen.logged === 0) {
      const bits = Math.min(3, Math.log2((known.agentRows + 1) / seen.count) / 4);
      if (bits > 0.5) reasons.push({ code: 'agent', bits, count: seen.count });
    }
  }
  const address = bareAddress(row.values['client.address'] ?? '');
  if (actor === 'nobody' && address !== null && !isPrivate(address) && !standings.shared.has(address)) {
    const seen = known.addresses.get(address);
    if (seen !== undefined && seen.logged === 0) reasons.push({ code: 'address', bits: 1, count: seen.count });
  }
  const outside =
    actor === 'monitor' && address !== null && !isLoopback(address) && !standings.shared.has(address) && !isPrivate(address);
  if (outside) reasons.push({ code: 'outside', bits: 4 });
  if (reasons.length === 0) return draft;
  const more = reasons.reduce((sum, { bits }) => sum + bits, 0);
  return { ...draft, score: (outside ? draft.score * 3 : draft.score) + more, reasons: [...draft.reasons, ...reasons] };
}
