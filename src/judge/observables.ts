/** Every distinct address, script path, user agent and account of the evidence with first, last and count: what a fleet hunts in. */
import { bareAddress, isPrivate } from '../core/address.ts';
import { sha256Hex } from '../core/hash.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtcOrNull } from '../core/time.ts';
import type { Observed } from '../run/index.ts';
import type { Hosts } from './hosts.ts';
import { isLocal } from './local-times.ts';

export interface ObservableCount {
  readonly kind: 'address' | 'script' | 'user_agent' | 'account';
  /** Accounts are hashed with the organisation's name, so that lists can be compared without being read. */
  readonly value: string;
  readonly firstUtc: string | null;
  readonly lastUtc: string | null;
  readonly count: number;
  readonly hosts: readonly string[];
}

/** Kept per kind; what is beyond is counted. */
const limit = 100_000;
const script = /\.(?:aspx|ashx|asmx|asp|asax|cshtml|php|jsp|jspx|cer|svc)$/i;

/** Group → position → kind. */
const columns: readonly (readonly [string, number, ObservableCount['kind']])[] = [
  ['c-ip|cs-username', 0, 'address'],
  ['c-ip|cs-username', 1, 'account'],
  ['cs-method|cs-uri-stem|sc-status', 1, 'script'],
  ['cs(User-Agent)', 0, 'user_agent'],
  ['ClientIpAddress|AuthenticatedUser', 0, 'address'],
  ['ClientIpAddress|AuthenticatedUser', 1, 'account'],
  ['UserAgent', 0, 'user_agent'],
  ['ClientInfo|HttpStatus', 0, 'user_agent'],
  ['Cmdlet|AuthenticatedUser|ProcessName', 1, 'account'],
  ['PSA', 0, 'account'],
  ['ClientIP|AuthenticatedUserEmail', 0, 'address'],
  ['ClientIP|AuthenticatedUserEmail', 1, 'account'],
  ['ClientSoftware', 0, 'user_agent'],
  ['client-ip|client-name', 0, 'address'],
  ['client-ip|client-name', 1, 'account'],
  ['client-software', 0, 'user_agent'],
  ['client-ip', 0, 'address'],
  ['EnteredOrgFromIP', 0, 'address'],
  ['remote-ip', 0, 'address'],
  ['UserKey|AuthenticatedUser', 0, 'account'],
  ['UserKey|AuthenticatedUser', 1, 'account'],
  ['c-ip', 0, 'address'],
  ['cs-user-agent', 0, 'user_agent'],
];

function normal(kind: ObservableCount['kind'], value: string, key: string): string | null {
  switch (kind) {
    case 'address': {
      const address = bareAddress(value);
      return address === null || isPrivate(address) ? null : address;
    }
    case 'script':
      return script.test(value) ? value.toLowerCase() : null;
    // IIS writes `+` for a blank, HttpProxy two blanks for a comma and a blank.
    case 'user_agent':
      return value
        .replaceAll('+', ' ')
        .replace(/, | {2}/g, ' ')
        .slice(0, 512);
    case 'account':
      return /\$$|healthmailbox/i.test(value) ? null : `sha256:${sha256Hex(`${key}\n${value.toLowerCase()}`).slice(0, 32)}`;
  }
}

const knownValues = 1 << 16;

export function observablesOfEvidence(
  observed: Observed,
  hosts: Hosts,
  key: string,
): { readonly rows: ObservableCount[]; readonly left: number } {
  const found = new Map<
    string,
    { kind: ObservableCount['kind']; value: string; firstMs: number; lastMs: number; count: number; hosts: Set<string> }
  >();
  // The same values stand in every file.
  const known = new Map<string, string | null>();
  const normalOf = (kind: ObservableCount['kind'], raw: string): string | null => {
    const name = `${kind} ${raw}`;
    let value = known.get(name);
    if (value === undefined) {
      value = normal(kind, raw, key);
      if (known.size >= knownValues) known.clear();
      if (raw.length <= 1024) known.set(name, value);
    }
    return value;
  };
  let left = 0;
  for (const artifact of observed.artifacts) {
    const host = hosts.ofArtifact(artifact.path);
    for (const part of artifact.parts) {
      left += part.groupOverflow;
      const local = isLocal(part.kind);
      for (const [group, position, kind] of columns) {
        for (const { tuple, count, ...times } of part.groups.get(group) ?? []) {
          const { firstMs, lastMs } = local ? { firstMs: Number.NaN, lastMs: Number.NaN } : times;
          const raw = tuple[position];
          const value = raw === null || raw === undefined ? null : normalOf(kind, raw);
          if (value === null) continue;
          const id = `${kind}\u0000${value}`;
          let entry = found.get(id);
          if (entry === undefined) {
            if (found.size >= limit * 4) {
              left += count;
              continue;
            }
            entry = { kind, value, firstMs: Number.NaN, lastMs: Number.NaN, count: 0, hosts: new Set() };
            found.set(id, entry);
          }
          entry.count += count;
          if (!(firstMs >= entry.firstMs) && !Number.isNaN(firstMs)) entry.firstMs = firstMs;
          if (!(lastMs <= entry.lastMs) && !Number.isNaN(lastMs)) entry.lastMs = lastMs;
          if (host !== null) entry.hosts.add(host);
        }
      }
    }
  }
  const rows = [...found]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, entry]): ObservableCount => ({
      kind: entry.kind,
      value: entry.value,
      count: entry.count,
      firstUtc: isoUtcOrNull(entry.firstMs),
      lastUtc: isoUtcOrNull(entry.lastMs),
      hosts: [...entry.hosts].sort(byCodeUnit),
    }));
  return { rows, left };
}
