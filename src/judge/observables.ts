/** Every distinct address, script path, user agent and account of the evidence with first, last and count: what a fleet hunts in. */
import { bareAddress, isPrivate } from '../core/address.ts';
import { groupBy } from '../core/group.ts';
import { sha256Hex } from '../core/hash.ts';
import { Remembered } from '../core/remembered.ts';
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

const columnsByGroup = groupBy(columns, ([group]) => group);

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
/** As `kind` sorts. */
const kinds = ['account', 'address', 'script', 'user_agent'] as const satisfies readonly ObservableCount['kind'][];

/** Lists of hosts that stand beside values: a few, shared by all. */
class HostSets {
  readonly #sets: (readonly string[])[] = [[]];
  readonly #known = new Map<string, number>([['', 0]]);
  readonly #wider = new Map<string, number>();

  /** The number of the set that holds this host, too. */
  with(set: number, host: string): number {
    const name = `${set} ${host}`;
    let wider = this.#wider.get(name);
    if (wider === undefined) {
      const own = this.#sets[set]!;
      const hosts = own.includes(host) ? own : [...own, host].sort(byCodeUnit);
      const key = hosts.join('\u0000');
      wider = this.#known.get(key);
      if (wider === undefined) {
        wider = this.#sets.length;
        this.#sets.push(hosts);
        this.#known.set(key, wider);
      }
      this.#wider.set(name, wider);
    }
    return wider;
  }

  of(set: number): readonly string[] {
    return this.#sets[set]!;
  }
}

/** First, last, count and set of hosts of each value of a kind. */
class Values {
  readonly numbers = new Map<string, number>();
  #cells = new Float64Array(256);

  of(value: string): ArrayLike<number> {
    const at = this.numbers.get(value)! * 4;
    return this.#cells.subarray(at, at + 4);
  }

  add(value: string, count: number, firstMs: number, lastMs: number, hosts: (set: number) => number): void {
    let number = this.numbers.get(value);
    if (number === undefined) this.numbers.set(value, (number = this.#begin()));
    const cells = this.#cells;
    const at = number * 4;
    if (!(firstMs >= cells[at]!) && !Number.isNaN(firstMs)) cells[at] = firstMs;
    if (!(lastMs <= cells[at + 1]!) && !Number.isNaN(lastMs)) cells[at + 1] = lastMs;
    cells[at + 2]! += count;
    cells[at + 3] = hosts(cells[at + 3]!);
  }

  #begin(): number {
    const number = this.numbers.size;
    if (number * 4 + 4 > this.#cells.length) {
      const larger = new Float64Array(this.#cells.length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells.set([Number.NaN, Number.NaN, 0, 0], number * 4);
    return number;
  }
}

/** Sorted by kind, then value. Rows are made as they are gone through: there can be hundreds of thousands. */
class ObservableRows implements Iterable<ObservableCount> {
  readonly #found: ReadonlyMap<ObservableCount['kind'], Values>;
  readonly #hosts: HostSets;

  constructor(found: ReadonlyMap<ObservableCount['kind'], Values>, hosts: HostSets) {
    this.#found = found;
    this.#hosts = hosts;
  }

  *[Symbol.iterator](): Generator<ObservableCount> {
    for (const kind of kinds) {
      const values = this.#found.get(kind)!;
      // By code unit, as `sort` does when nobody tells it how.
      for (const value of [...values.numbers.keys()].sort()) {
        const cells = values.of(value);
        const times = { firstUtc: isoUtcOrNull(cells[0]), lastUtc: isoUtcOrNull(cells[1]) };
        yield { kind, value, ...times, count: cells[2]!, hosts: this.#hosts.of(cells[3]!) };
      }
    }
  }
}

export function observablesOfEvidence(
  observed: Observed,
  hosts: Hosts,
  key: string,
): { readonly rows: Iterable<ObservableCount>; readonly left: number } {
  const found = new Map(kinds.map((kind) => [kind, new Values()]));
  const sets = new HostSets();
  let size = 0;
  // The same values stand in every file.
  const known = new Map(kinds.map((kind) => [kind, new Remembered<string | null>(knownValues / 4)]));
  const normalOf = (kind: ObservableCount['kind'], raw: string): string | null => {
    const own = known.get(kind)!;
    let value = own.get(raw);
    if (value === undefined) {
      value = normal(kind, raw, key);
      if (raw.length <= 1024) own.set(raw, value);
    }
    return value;
  };
  let left = 0;
  for (const artifact of observed.artifacts) {
    const host = hosts.ofArtifact(artifact.path);
    for (const part of artifact.parts) {
      left += part.groupOverflow;
      const local = isLocal(part.kind);
      const withHost = (set: number): number => (host === null ? set : sets.with(set, host));
      for (const [group, own] of columnsByGroup) {
        const tuples = part.groups.get(group) ?? [];
        for (const [, position, kind] of own) {
          const values = found.get(kind)!;
          for (const { tuple, count, ...times } of tuples) {
            const { firstMs, lastMs } = local ? { firstMs: Number.NaN, lastMs: Number.NaN } : times;
            const raw = tuple[position];
            const value = raw === null || raw === undefined ? null : normalOf(kind, raw);
            if (value === null) continue;
            if (!values.numbers.has(value)) {
              if (size >= limit * 4) {
                left += count;
                continue;
              }
              size++;
            }
            values.add(value, count, firstMs, lastMs, withHost);
          }
        }
      }
    }
  }
  return { rows: new ObservableRows(found, sets), left };
}
