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

const nowhere: Place = { artifact: '', partAt: 0, block: 0, tuple: [] };

export interface Seen {
  readonly deed: Deed;
  count: number;
  firstMs: number;
  lastMs: number;
  /** Where it was first counted; of what the server refused nobody looks at a row. */
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
}

/** Form without its length: a query that grows by a letter is no other one. */
export function formOf(shape: string | null): string {
  if (shape === null) return '';
  const parts = textShape(shape);
  if (parts === null) return shape;
  // Beyond 400 bytes length is part of the form.
  return `${parts.odd}.${parts.signClass}.${parts.name}.${parts.lengthClass > 5 ? parts.lengthClass : ''}`;
}

/** One after another, by server and log: what was seen in one is forgotten before the next. */
export function* booksOf(observed: Observed, hosts: Hosts): Generator<{ readonly book: Book; readonly seen: readonly Seen[] }> {
  const parts = observed.artifacts.flatMap((artifact) =>
    artifact.parts.map((part) => ({ part, artifact: artifact.path, host: hosts.ofArtifact(artifact.path) })),
  );
  const byLog = groupBy(parts, ({ part, host }) =>
    part.speaksFor === 'state' || deedSources[part.logSource] === undefined ? null : `${host ?? ''}\u0000${part.logSource}`,
  );
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
            const place = deed.outcome === 'refused' ? nowhere : { artifact, partAt: part.at, block, tuple };
            table.set(key, { deed, count, firstMs: first, lastMs: last, place, weight: 0 });
            continue;
          }
          known.count += count;
          if (first < known.firstMs || Number.isNaN(known.firstMs)) {
            known.firstMs = first;
            if (deed.outcome !== 'refused') known.place = { artifact, partAt: part.at, block, tuple };
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
      const book: Book = { host, logSource: one.logSource, source, firstMs, lastMs, rows, overflow };
      yield { book, seen: [...table.values()] };
    }
  }
}

const keyOf = ({ what, how, actor, outcome, ended, entrance, shape }: Deed): string =>
  JSON.stringify([what, how, actor, outcome, ended, entrance, shape]);

/**
 * Sums of weights by any key: one branch for each of its parts, because putting them together costs more than finding them. Branches stand
 * in numbers: of a log in which each page is another one there are hundreds of thousands.
 */
export class Sums {
  readonly #parts = new Map<string, number>();
  /** Of each branch: the one it grows from, and its part. The root is number 0. */
  #stems = new Int32Array(1024);
  #names = new Int32Array(1024);
  #weights = new Float64Array(1024);
  #size = 1;
  /** By where a branch may stand: its number; 0: nothing. Half of it is free. */
  #slots = new Int32Array(2048);

  add(weight: number, ...key: readonly string[]): void {
    let branch = 0;
    for (const part of key) {
      let name = this.#parts.get(part);
      if (name === undefined) this.#parts.set(part, (name = this.#parts.size));
      const slot = this.#slotOf(branch, name);
      branch = this.#slots[slot]! || this.#grow(branch, name, slot);
    }
    this.#weights[branch]! += weight;
  }

  of(...key: readonly string[]): number {
    let branch = 0;
    for (const part of key) {
      const name = this.#parts.get(part);
      branch = name === undefined ? 0 : this.#slots[this.#slotOf(branch, name)]!;
      if (branch === 0) return 0;
    }
    return this.#weights[branch]!;
  }

  #slotOf(stem: number, name: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(stem, 0x9e3779b1) ^ Math.imul(name, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    for (let slot = (hash ^ (hash >>> 13)) & mask; ; slot = (slot + 1) & mask) {
      const branch = this.#slots[slot]!;
      if (branch === 0 || (this.#stems[branch] === stem && this.#names[branch] === name)) return slot;
    }
  }

  #grow(stem: number, name: number, slot: number): number {
    const branch = this.#size++;
    if (branch === this.#stems.length) {
      this.#stems = doubled(this.#stems);
      this.#names = doubled(this.#names);
      const weights = new Float64Array(branch * 2);
      weights.set(this.#weights);
      this.#weights = weights;
    }
    this.#stems[branch] = stem;
    this.#names[branch] = name;
    if (this.#size * 2 <= this.#slots.length) this.#slots[slot] = branch;
    else {
      this.#slots = new Int32Array(this.#slots.length * 2);
      for (let one = 1; one < this.#size; one++) this.#slots[this.#slotOf(this.#stems[one]!, this.#names[one]!)] = one;
    }
    return branch;
  }
}

function doubled(cells: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(cells.length * 2);
  larger.set(cells);
  return larger;
}
