/**
 * One row is one event, however often it was handed in: two collections of a growing log overlap, an excerpt quotes rows of a log
 * that is here. Files that are all of another one's are left out before (`src/run/duplicates.ts`); this is about the rows that two
 * files share while each has some of its own. Two equal rows of one file are two requests.
 */
import type { Hit, HitRow } from '../core/hit.ts';
import { groupBy } from '../core/group.ts';
import type { Meaning } from '../core/record.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Observed } from '../run/index.ts';
import type { Hosts } from './hosts.ts';

/** A quoted row that holds none of these may be anything that was written at that time. */
const tellingOf: ReadonlySet<Meaning> = new Set([
  'request.id',
  'activity.id',
  'url.path',
  'anchor',
  'cmdlet',
  'process.command_line',
]);
/** The form in which Windows itself keeps its events quotes nobody. */
const eventLog = 'evtx';
/** Sets of columns in which quoted rows are looked for; rows in further ones stand for themselves. */
const shapeLimit = 64;

interface Standing {
  /** It quotes a log, so that a row of it may lack columns. */
  readonly dressed: boolean;
  readonly records: number;
}

/** Rows that count, by what they say: how many there are on each server. */
class Counted {
  readonly #byKey = new Map<string, Map<string, number>>();

  add(key: string, host: string | null): void {
    const byHost = this.#byKey.get(key) ?? new Map<string, number>();
    byHost.set(host ?? '', (byHost.get(host ?? '') ?? 0) + 1);
    this.#byKey.set(key, byHost);
  }

  /** Rows that may be one of this server. */
  of(key: string, host: string | null): number {
    const byHost = this.#byKey.get(key);
    if (byHost === undefined) return 0;
    return host === null ? Math.max(...byHost.values()) : (byHost.get(host) ?? 0) + (byHost.get('') ?? 0);
  }
}

const shapeOf = ({ values }: HitRow): readonly Meaning[] => (Object.keys(values) as Meaning[]).sort(byCodeUnit);
const keyOf = ({ logSource, timeMs, values }: HitRow, shape: readonly Meaning[]): string =>
  JSON.stringify([logSource, timeMs, ...shape.map((meaning) => values[meaning])]);

/**
 * Hits without the rows that stand in a file that counts more. Of a hit of which not all rows were kept nobody knows how many are
 * shared: it counts the least that fits.
 */
export function onceEach(observed: Observed, hosts: Pick<Hosts, 'ofRow'>): readonly Hit[] {
  const byArtifact = groupBy(observed.hits, ({ artifact }) => artifact);
  if (byArtifact.size < 2) return observed.hits;
  const standings = new Map(
    observed.artifacts.map(({ path, parts }): [string, Standing] => [
      path,
      {
        dressed: parts.some(
          ({ speaksFor, kind, logSource }) => speaksFor === 'excerpt' || (kind !== logSource && kind !== eventLog),
        ),
        records: parts.reduce((sum, { records }) => sum + records, 0),
      },
    ]),
  );
  const standingOf = (path: string): Standing => standings.get(path) ?? { dressed: false, records: 0 };
  const order = [...byArtifact.keys()].sort((a, b) => {
    const [left, right] = [standingOf(a), standingOf(b)];
    return Number(left.dressed) - Number(right.dressed) || right.records - left.records || byCodeUnit(a, b);
  });
  const counted = new Counted();
  /** By shape: the rows that count, told by the columns of that shape alone. */
  const quoted = new Map<string, { readonly shape: readonly Meaning[]; readonly counted: Counted }>();
  const rows: HitRow[] = [];
  const count = (row: HitRow): void => {
    rows.push(row);
    counted.add(keyOf(row, shapeOf(row)), hosts.ofRow(row));
    for (const index of quoted.values()) addQuoted(index, row, hosts);
  };
  const kept = new Map<Hit, Hit | null>();
  const byKey = new Map<string, Hit>();
  for (const artifact of order) {
    const hits = byArtifact.get(artifact)!;
    const repeated = new Set<number>();
    const unique = new Map<number, HitRow>();
    for (const hit of hits) for (const row of hit.rows) if (row.timeMs !== null) unique.set(row.offsetBytes, row);
    const used = new Map<string, number>();
    for (const [offset, row] of [...unique].sort(([a], [b]) => a - b)) {
      const shape = shapeOf(row);
      const host = hosts.ofRow(row);
      const key = keyOf(row, shape);
      const mine = `${host ?? ''}\n${key}`;
      let there = counted.of(key, host);
      if (there === 0 && standingOf(artifact).dressed) there = quotedIn(quoted, shape, rows, hosts)?.of(key, host) ?? 0;
      const before = used.get(mine) ?? 0;
      if (before >= there) continue;
      used.set(mine, before + 1);
      repeated.add(offset);
    }
    for (const [offset, row] of unique) if (!repeated.has(offset)) count(row);
    for (const hit of hits) {
      const first = hit.rows[0]!;
      const id = JSON.stringify([hit.rules, hit.key, first.logSource, hosts.ofRow(first)]);
      const other = byKey.get(id);
      if (other === undefined) byKey.set(id, hit);
      const left = hit.rows.filter((row) => row.timeMs === null || !repeated.has(row.offsetBytes));
      const all = left.length === hit.rows.length;
      if (left.length === 0) {
        kept.set(hit, null);
        // More of them than there: the file that counts has too few of these rows, and none of its own to show for the rest.
        const there = other === undefined ? null : (kept.get(other) ?? null);
        if (there !== null && hit.count > hit.rows.length)
          kept.set(other!, { ...there, count: Math.max(there.count, hit.count) });
      } else if (all && (repeated.size === 0 || other === undefined || !mayShare(hit, other))) kept.set(hit, hit);
      else kept.set(hit, { ...hit, rows: left, count: leastCount(hit, left, other), firstMs: all ? hit.firstMs : firstOf(left) });
    }
  }
  return observed.hits.map((hit) => kept.get(hit) ?? null).filter((hit) => hit !== null);
}

/** Rows that were not kept may be shared when the times overlap. */
const mayShare = (hit: Hit, other: Hit): boolean =>
  (hit.count > hit.rows.length || other.count > other.rows.length) &&
  hit.firstMs !== null &&
  other.firstMs !== null &&
  hit.firstMs <= (other.lastMs ?? other.firstMs) &&
  other.firstMs <= (hit.lastMs ?? hit.firstMs);

/** The least number of rows that this hit adds to the other one. */
function leastCount(hit: Hit, left: readonly HitRow[], other: Hit | undefined): number {
  if (hit.count <= hit.rows.length && (other === undefined || other.count <= other.rows.length)) return left.length;
  const outside = left.filter(
    ({ timeMs }) =>
      timeMs === null || other?.firstMs == null || other.lastMs === null || timeMs < other.firstMs || timeMs > other.lastMs,
  ).length;
  return Math.max(1, outside, other === undefined ? 0 : hit.count - other.count);
}

const firstOf = (rows: readonly HitRow[]): number | null =>
  rows.reduce<number | null>(
    (least, { timeMs }) => (timeMs !== null && (least === null || timeMs < least) ? timeMs : least),
    null,
  );

function quotedIn(
  quoted: Map<string, { readonly shape: readonly Meaning[]; readonly counted: Counted }>,
  shape: readonly Meaning[],
  rows: readonly HitRow[],
  hosts: Pick<Hosts, 'ofRow'>,
): Counted | null {
  if (!shape.some((meaning) => tellingOf.has(meaning))) return null;
  const name = shape.join();
  let index = quoted.get(name);
  if (index === undefined) {
    if (quoted.size >= shapeLimit) return null;
    index = { shape, counted: new Counted() };
    for (const row of rows) addQuoted(index, row, hosts);
    quoted.set(name, index);
  }
  return index.counted;
}

function addQuoted(
  { shape, counted }: { readonly shape: readonly Meaning[]; readonly counted: Counted },
  row: HitRow,
  hosts: Pick<Hosts, 'ofRow'>,
): void {
  if (shape.every((meaning) => row.values[meaning] !== undefined)) counted.add(keyOf(row, shape), hosts.ofRow(row));
}
