/**
 * What is normal on a server, per log: how often which page, method, account, answer and form came together. Made of counted tuples in one
 * pass. What came within a short time weighs little, however often it came: nobody makes himself normal by asking a million times in an
 * hour, and nobody makes others rare by it.
 */
import { groupBy } from '../../core/group.ts';
import { textShape } from '../../core/field-shape.ts';
import { byCodeUnit } from '../../core/text.ts';
import { hourMs } from '../../core/time.ts';
import type { Observed } from '../../run/index.ts';
import type { Hosts } from '../hosts.ts';
import { isLocal } from '../local-times.ts';
import { type Deed, type DeedSource, deedSources, type Tuple } from './deed.ts';

/** Distinct deeds kept per server, log and group; those that the server refused make room first. */
const deedLimit = 60_000;

export interface Place {
  readonly artifact: string;
  readonly partAt: number;
  readonly block: number;
  readonly tuple: Tuple;
}

export interface Seen {
  readonly deed: Deed;
  count: number;
  firstMs: number;
  lastMs: number;
  /** Where it was first counted. */
  place: Place;
  /** Rows, as far as they spread over the time of the record. */
  weight: number;
}

export interface Book {
  readonly host: string | null;
  readonly logSource: string;
  readonly source: DeedSource;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly rows: number;
  /** Rows that found no room in a table. */
  readonly overflow: number;
  readonly seen: readonly Seen[];
}

/** Form without its length: a query that grows by a letter is no other one. */
export function formOf(shape: string | null): string {
  if (shape === null) return '';
  const parts = textShape(shape);
  if (parts === null) return shape;
  // Beyond 400 bytes length is part of the form.
  return `${parts.odd}.${parts.signClass}.${parts.name}.${parts.lengthClass > 5 ? parts.lengthClass : ''}`;
}

export function booksOf(observed: Observed, hosts: Hosts): Book[] {
  const parts = observed.artifacts.flatMap((artifact) =>
    artifact.parts.map((part) => ({ part, artifact: artifact.path, host: hosts.ofArtifact(artifact.path) })),
  );
  const byLog = groupBy(parts, ({ part, host }) =>
    part.speaksFor === 'state' || deedSources[part.logSource] === undefined ? null : `${host ?? ''}\u0000${part.logSource}`,
  );
  const books: Book[] = [];
  for (const [, members] of [...byLog].sort((a, b) => byCodeUnit(a[0], b[0]))) {
    const { host, part: one } = members[0]!;
    for (const source of deedSources[one.logSource]!) {
      const table = new Map<string, Seen>();
      const refused: string[] = [];
      let rows = 0;
      let overflow = 0;
      let firstMs = Number.NaN;
      let lastMs = Number.NaN;
      for (const { part, artifact } of members) {
        rows += part.records;
        overflow += part.shapeOverflow;
        const timed = !isLocal(part.kind);
        for (const { tuple, count, firstMs: first, lastMs: last, block } of part.groups.get(source.group) ?? []) {
          const deed = source.deed(tuple);
          if (deed === null) continue;
          if (timed && !(first >= firstMs) && !Number.isNaN(first)) firstMs = first;
          if (timed && !(last <= lastMs) && !Number.isNaN(last)) lastMs = last;
          const key = keyOf(deed);
          const known = table.get(key);
          if (known === undefined) {
            if (table.size >= deedLimit) {
              const last = deed.outcome === 'refused' ? undefined : refused.pop();
              // What was refused is nothing that anybody got: no loss.
              if (last === undefined && deed.outcome !== 'refused') overflow += count;
              if (last === undefined) continue;
              table.delete(last);
            }
            if (deed.outcome === 'refused') refused.push(key);
            const place = { artifact, partAt: part.at, block, tuple };
            table.set(key, { deed, count, firstMs: first, lastMs: last, place, weight: 0 });
            continue;
          }
          known.count += count;
          if (first < known.firstMs || Number.isNaN(known.firstMs)) {
            known.firstMs = first;
            known.place = { artifact, partAt: part.at, block, tuple };
          }
          if (last > known.lastMs || Number.isNaN(known.lastMs)) known.lastMs = last;
        }
      }
      if (table.size === 0) continue;
      const spanMs = lastMs - firstMs + hourMs;
      for (const seen of table.values()) {
        const share =
          Number.isNaN(seen.firstMs) || !(spanMs > 0) ? 1 : Math.min(1, (seen.lastMs - seen.firstMs + hourMs) / spanMs);
        seen.weight = Math.max(1, seen.count * share);
      }
      books.push({ host, logSource: one.logSource, source, firstMs, lastMs, rows, overflow, seen: [...table.values()] });
    }
  }
  return books;
}

const keyOf = ({ what, how, actor, outcome, ended, entrance, shape }: Deed): string =>
  JSON.stringify([what, how, actor, outcome, ended, entrance, shape]);

interface Sum {
  weight: number;
  next: Map<string, Sum> | null;
}

/** Sums of weights by any key: one branch for each of its parts, because putting them together costs more than finding them. */
export class Sums {
  readonly #root: Sum = { weight: 0, next: null };

  add(weight: number, ...key: readonly string[]): void {
    let sum = this.#root;
    for (const part of key) {
      sum.next ??= new Map<string, Sum>();
      let next = sum.next.get(part);
      if (next === undefined) sum.next.set(part, (next = { weight: 0, next: null }));
      sum = next;
    }
    sum.weight += weight;
  }
  of(...key: readonly string[]): number {
    let sum: Sum | undefined = this.#root;
    for (const part of key) sum = sum?.next?.get(part);
    return sum?.weight ?? 0;
  }
}
