/** Counts per tuple of the groups of one part, put together of its blocks in their order. */
import { anyValue, countedName, isShaped } from '../core/field-shape.ts';
import type { BlockFacts } from '../core/record.ts';
import { groupsOfReader } from '../detect/index.ts';
import { readerOf } from '../read/index.ts';
import type { CountedGroups, TupleCount } from './observed.ts';
import { OpenTable } from './open-table.ts';
import type { Shelf } from './shelf.ts';
import { packTable } from './packed-table.ts';
import { emptyTable, ShelvedTable, type Tuple, type TupleTable } from './tuple-table.ts';

/** Distinct tuples kept per artifact and group. */
const tupleLimit = 50_000;
/** Room beyond it for tuples that stand for many. */
const restLimit = 8192;
/** Arrays that are remembered: a few thousand come in every block. */
const arrayLimit = 16_384;
/** Columns in which a server says how it answered. */
const isStatus = /^(?:sc-status|HttpStatus|HttpStatusCode)$/;

/** The groups of a kind: the same for all of its parts. */
interface Counted {
  readonly names: readonly string[];
  readonly shaped: readonly boolean[];
  /** Where a group that counts shapes has the answer of the server; -1: nowhere. */
  readonly statusAt: readonly number[];
}

const ofKind = new Map<string, Counted>();

function countedOf(kind: string): Counted {
  let found = ofKind.get(kind);
  if (found === undefined) {
    const groups = groupsOfReader(readerOf(kind)!);
    found = {
      names: groups.map((names) => names.join('|')),
      shaped: groups.map((names) => isShaped(names)),
      statusAt: groups.map((names) => (isShaped(names) ? names.findIndex((name) => isStatus.test(countedName(name).field)) : -1)),
    };
    ofKind.set(kind, found);
  }
  return found;
}

/** While blocks come in. */
interface Open {
  readonly refused: number[];
  readonly groups: readonly OpenTable[];
  /** Numbers of tuples by the array itself: a scanner gives the same one for the same tuple of many blocks. */
  readonly byArray: readonly Map<Tuple, number>[];
  /** The same by the number that the tuple has where it comes from, one more each; 0: none yet. */
  readonly byNumber: WeakMap<object, Int32Array>[];
}

const placeIn = (places: Int32Array, number: number): number | undefined => {
  const place = number < places.length ? places[number]! : 0;
  return place === 0 ? undefined : place - 1;
};

function placed(places: Int32Array, number: number, place: number): Int32Array {
  let room = places;
  if (number >= places.length) {
    room = new Int32Array(Math.max(256, number + 1, places.length * 2));
    room.set(places);
  }
  room[number] = place + 1;
  return room;
}

/**
 * When none come any more: where it is said of each group where its table stands, how long it is, how many tuples it has, which of its fields
 * are ever filled (a bit each), and how many there are.
 */
interface Settled {
  readonly shelf: Shelf;
  readonly at: number;
}

const placeNumbers = 5;
const placeBytes = placeNumbers * 8;
/** Looked at and left: of ten thousand parts each is asked where its tables stand several times. */
const place = new Float64Array(placeNumbers);
const bytesOfPlace = new Uint8Array(place.buffer);

export class GroupFold {
  readonly #counted: Counted;
  #tables: Open | Settled;
  /** Rows that found no room, where values are counted and where shapes are. */
  overflow = 0;
  shapeOverflow = 0;

  constructor(kind: string) {
    this.#counted = countedOf(kind);
    const { names } = this.#counted;
    this.#tables = {
      refused: names.map(() => 0),
      groups: names.map(() => new OpenTable()),
      byArray: names.map(() => new Map<Tuple, number>()),
      byNumber: names.map(() => new WeakMap<object, Int32Array>()),
    };
  }

  add(facts: BlockFacts): void {
    const open = this.#tables;
    if ('shelf' in open) throw new Error('a block came after the last one');
    for (const [index, group] of facts.groups.entries()) {
      const into = open.groups[index]!;
      const byArray = open.byArray[index]!;
      if (byArray.size >= arrayLimit) byArray.clear();
      const shaped = this.#counted.shaped[index]!;
      if (shaped) this.shapeOverflow += group.overflow;
      else this.overflow += group.overflow;
      const numbers = group.known?.numbers ?? null;
      // A part of one block meets no tuple twice.
      let places =
        group.known === undefined || (facts.block.index === 0 && facts.block.last)
          ? null
          : (open.byNumber[index]!.get(group.known.memory) ?? new Int32Array(0));
      for (let i = 0; i < group.tuples.length; i++) {
        const tuple = group.tuples[i]!;
        const number = numbers?.[i] ?? 0;
        const numbered = number !== 0 && places !== null;
        let seen = numbered ? placeIn(places!, number) : byArray.get(tuple);
        let key = '';
        if (seen === undefined) {
          key = JSON.stringify(tuple);
          seen = into.find(key);
          // Not before it comes again: most that come once never do.
          if (seen !== undefined) {
            if (numbered) places = placed(places!, number, seen);
            else if (byArray.size < arrayLimit) byArray.set(tuple, seen);
          }
        }
        const firstMs = group.firstMs[i]!;
        const lastMs = group.lastMs[i]!;
        const count = group.counts[i]!;
        if (seen !== undefined) into.count(seen, count, firstMs, lastMs);
        else if (!this.#hasRoom(open, index, tuple)) {
          // Nobody got anything: no loss, and no shelter for what somebody got.
        } else if (into.size < tupleLimit + (shaped && tuple.includes(anyValue) ? restLimit : 0)) {
          const place = into.begin(key, count, firstMs, lastMs, facts.block.index);
          if (numbered) places = placed(places!, number, place);
        } else if (shaped) this.shapeOverflow += count;
        else this.overflow += count;
      }
      if (places !== null && places.length > 0) open.byNumber[index]!.set(group.known!.memory, places);
    }
  }

  /** False: what the server refused has taken half of the table already. */
  #hasRoom({ refused }: Open, index: number, tuple: Tuple): boolean {
    const at = this.#counted.statusAt[index]!;
    if (at === -1 || !/^[34]/.test(tuple[at] ?? '')) return true;
    if (refused[index]! >= tupleLimit / 2) return false;
    refused[index]!++;
    return true;
  }

  /** No block comes any more. */
  settle(shelf: Shelf): void {
    const open = this.#tables;
    if ('shelf' in open) return;
    const places = new Float64Array(open.groups.length * placeNumbers);
    for (const [index, group] of open.groups.entries()) {
      if (group.size === 0) continue;
      const { bytes, filled } = packTable(group);
      const bits = filled.reduce((sum, has, field) => sum + (has ? 2 ** field : 0), 0);
      places.set([shelf.put(bytes), bytes.length, group.size, bits, filled.length], index * placeNumbers);
    }
    this.#tables = { shelf, at: shelf.put(new Uint8Array(places.buffer)) };
  }

  #table(index: number): TupleTable {
    const tables = this.#tables;
    if (!('shelf' in tables)) return tables.groups[index]!;
    tables.shelf.copy(tables.at + index * placeBytes, bytesOfPlace);
    const [at, bytes, size, bits, fields] = [place[0]!, place[1]!, place[2]!, place[3]!, place[4]!];
    if (size === 0) return emptyTable;
    const filled: boolean[] = [];
    for (let field = 0; field < fields; field++) filled.push(Math.floor(bits / 2 ** field) % 2 === 1);
    return new ShelvedTable(tables.shelf, at, bytes, size, filled);
  }

  /** Of those that count no shapes: two forms of one log may write a value with other bytes. */
  plainTables(): readonly TupleTable[] {
    return this.#counted.shaped.flatMap((shaped, index) => (shaped ? [] : [this.#table(index)]));
  }

  /** By name; made when somebody asks. */
  counted(): CountedGroups {
    return new ListedGroups(this.#counted.names, (index) => this.#table(index).list());
  }
}

class ListedGroups implements CountedGroups {
  readonly #names: readonly string[];
  readonly #listAt: (index: number) => readonly TupleCount[];

  constructor(names: readonly string[], listAt: (index: number) => readonly TupleCount[]) {
    this.#names = names;
    this.#listAt = listAt;
  }

  has(name: string): boolean {
    return this.#names.includes(name);
  }

  get(name: string): readonly TupleCount[] | undefined {
    const index = this.#names.indexOf(name);
    return index === -1 ? undefined : this.#listAt(index);
  }

  *[Symbol.iterator](): Generator<readonly [string, readonly TupleCount[]]> {
    for (const [index, name] of this.#names.entries()) yield [name, this.#listAt(index)];
  }
}
