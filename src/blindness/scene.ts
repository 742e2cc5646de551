/** Whom an experiment meets: the servers as their own rows name them, their builds, and what stands in front of them. */
import { isLoopback, isPrivate } from '../core/address.ts';
import { byCodeUnit } from '../core/text.ts';
import type { VisitedServer } from '../demo/index.ts';
import { buildsThen, type Ground, isBackEndPort } from '../judge/index.ts';

/** So much of what comes from outside the machine comes from one private address: a balancer stands there. */
const balancerShare = 0.9;
const balancerRows = 200;

export interface Scene {
  /** Servers that take visitors, also those of which nothing is here. */
  readonly fronts: readonly (string | null)[];
  /** Who may carry out what comes to a front end: any of the back ends, also those of which nothing is here. */
  readonly backs: readonly (string | null)[];
  /** False: none of the servers writes HttpProxy logs (Exchange 2010). */
  readonly since2013: boolean;
  server(host: string | null, timeMs: number): VisitedServer;
  /** Build that ran then, or ''. */
  build(host: string | null, timeMs: number): string;
  /** Address that all clients of this front end are seen as; null: they are seen as what they are. */
  balancer(front: string | null): string | null;
  readonly victim: {
    readonly domain: string;
    readonly netbios: string;
    readonly sidBase: string;
    readonly mailHost: string;
    readonly mailboxes: readonly string[];
  };
}

const mostOf = (counts: ReadonlyMap<string, number>): string | null =>
  [...counts].sort((a, b) => b[1] - a[1] || byCodeUnit(a[0], b[0]))[0]?.[0] ?? null;

/** A build for servers of which none is known: any that writes all the logs. */
const anyBuild = '15.1.2176.2';

export function sceneOf(ground: Ground): Scene {
  const { observed, hosts, coverage } = ground;
  const ips = new Map<string | null, Map<string, number>>();
  const clients = new Map<string | null, Map<string, number>>();
  const domains = new Map<string, number>();
  const count = <K>(into: Map<K, Map<string, number>>, key: K, name: string, rows: number): void => {
    const own = into.get(key) ?? new Map<string, number>();
    own.set(name, (own.get(name) ?? 0) + rows);
    into.set(key, own);
  };
  for (const { path, parts } of observed.artifacts) {
    const host = hosts.ofArtifact(path);
    for (const part of parts) {
      if (part.logSource === 'iis-w3c' && part.speaksFor === 'span') {
        const ports = part.groups.get('s-port|s-computername|s-ip') ?? [];
        for (const { tuple, count: rows } of ports)
          if (tuple[2] != null && !isBackEndPort(tuple[0] ?? undefined) && !isLoopback(tuple[2]))
            count(ips, host, tuple[2], rows);
        if (ports.every(({ tuple }) => !isBackEndPort(tuple[0] ?? undefined)))
          for (const { tuple, count: rows } of part.groups.get('c-ip|cs-username') ?? [])
            if (tuple[0] != null && !isLoopback(tuple[0])) count(clients, host, tuple[0], rows);
      }
      for (const { tuple, count: rows } of part.groups.get('ServerHostName|TargetServer|IsAuthenticated') ?? []) {
        const domain = /^[A-Za-z0-9_-]+\.([A-Za-z0-9.-]{3,200})$/.exec(tuple[1] ?? '')?.[1];
        if (domain !== undefined && /^true$/i.test(tuple[2] ?? '')) domains.set(domain, (domains.get(domain) ?? 0) + rows);
      }
    }
  }
  const domain = (mostOf(domains) ?? 'exchange.example').toLowerCase();
  const netbios = domain.split('.', 1)[0]!.toUpperCase();
  const all = coverage.hostsFor('httpproxy');
  const backs = coverage.hostsFor('ecp-server');
  const buildOf = buildsThen(ground);
  return {
    fronts: all,
    backs,
    since2013: all.some((host) => coverage.exists('httpproxy', host)),
    build: (host, timeMs) => buildOf(host, timeMs) ?? '',
    server: (host, timeMs) => ({
      name: host ?? 'SERVER',
      domain,
      netbios,
      ip: mostOf(ips.get(host) ?? new Map()) ?? '10.255.0.1',
      build: buildOf(host, timeMs) ?? anyBuild,
    }),
    balancer(front) {
      const own = clients.get(front) ?? new Map<string, number>();
      const rows = [...own.values()].reduce((sum, one) => sum + one, 0);
      const most = mostOf(own);
      return most !== null && rows >= balancerRows && isPrivate(most) && own.get(most)! >= rows * balancerShare ? most : null;
    },
    victim: {
      domain,
      netbios,
      sidBase: 'S-1-5-21-1004336348-1177238915-682003330',
      mailHost: `mail.${domain}`,
      mailboxes: [`a.first@${domain}`, `b.second@${domain}`],
    },
  };
}
