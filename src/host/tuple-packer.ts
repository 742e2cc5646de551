/**
 * Results on their way from a worker. Most tuples come back in every block: each is sent once, then by number, so that the strings
 * are neither copied nor made again, and the same tuple is the same array on the other side, too.
 */
import type { BlockFacts, Group, KnownTuples } from '../core/record.ts';
import type { ScanResult } from '../run/index.ts';

type Tuple = Group['tuples'][number];

/** How many units above a base that stands beside them; in as few bytes as all fit, or as they are. */
type PackedNumbers = { readonly unit: number; readonly above: Uint8Array | Uint16Array | Uint32Array } | Float64Array;

interface PackedTuples {
  /** Of each list, how many tuples it has: they stand one behind the other. A small block has many short lists. */
  readonly sizes: readonly number[];
  /** Number of each tuple, from 1 on; the next free ones are those of `fresh`, in order. */
  readonly numbers: Uint16Array | Int32Array;
  readonly fresh: readonly Tuple[];
}

interface PackedGroups extends PackedTuples {
  readonly counts: PackedNumbers;
  readonly firstMs: PackedNumbers;
  readonly lastMs: PackedNumbers;
  readonly overflow: readonly number[];
}

interface PackedAsked extends PackedTuples {
  readonly open: readonly boolean[];
}

export interface PackedResult extends Omit<ScanResult, 'facts'> {
  readonly facts: Omit<BlockFacts, 'groups' | 'asked'>;
  readonly groups: PackedGroups;
  readonly asked?: PackedAsked;
  /** Numbering begins anew with this result. */
  readonly anew: boolean;
}

/** Tuples that both sides remember. */
const tupleLimit = 1 << 14;

/** Times of many logs are whole seconds. */
const second = 1000;

function packedNumbers(values: ArrayLike<number>, base: number): PackedNumbers {
  const above = new Uint32Array(values.length);
  let most = 0;
  let unit = second;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i]! - base;
    const whole = distance >>> 0;
    if (whole !== distance) return new Float64Array(values);
    above[i] = whole;
    if (whole > most) most = whole;
    if (unit === second && whole % second !== 0) unit = 1;
  }
  if (unit !== 1) for (let i = 0; i < above.length; i++) above[i] = above[i]! / unit;
  most /= unit;
  return { unit, above: most < 0x100 ? new Uint8Array(above) : most < 0x10000 ? new Uint16Array(above) : above };
}

function unpackedNumbers(packed: PackedNumbers, base: number): Float64Array {
  if (packed instanceof Float64Array) return packed;
  const { unit, above } = packed;
  const values = new Float64Array(above.length);
  for (let i = 0; i < above.length; i++) values[i] = above[i]! * unit + base;
  return values;
}

/** Where a block has no time, none is told by what lies between. */
const baseOf = ({ firstMs }: Pick<BlockFacts, 'firstMs'>): number => (Number.isFinite(firstMs) ? firstMs : 0);

/** Room for numbers of somebody else, at the beginning. */
const fewestNumbers = 1024;

export class TuplePacker {
  #last = 0;
  readonly #numbers = new Map<Tuple, number>();
  /** The same for tuples that have a number already where they come from; 0: none yet. */
  #byKnown = new WeakMap<object, Int32Array>();
  readonly #limit: number;

  constructor(limit: number = tupleLimit) {
    this.#limit = limit;
  }

  pack({ facts: { groups, asked, ...facts }, ...rest }: ScanResult): PackedResult {
    const anew = this.#last > this.#limit;
    if (anew) {
      this.#last = 0;
      this.#numbers.clear();
      this.#byKnown = new WeakMap();
    }
    const baseMs = baseOf(facts);
    return {
      ...rest,
      facts,
      anew,
      groups: {
        ...this.#packTuples(groups),
        counts: packedNumbers(together(groups.map(({ counts }) => counts)), 0),
        firstMs: packedNumbers(together(groups.map((group) => group.firstMs)), baseMs),
        lastMs: packedNumbers(together(groups.map(({ lastMs }) => lastMs)), baseMs),
        overflow: groups.map(({ overflow }) => overflow),
      },
      ...(asked === undefined ? {} : { asked: { ...this.#packTuples(asked), open: asked.map(({ open }) => open) } }),
    };
  }

  #packTuples(lists: readonly { readonly tuples: readonly Tuple[]; readonly known?: KnownTuples | undefined }[]): PackedTuples {
    const sizes = lists.map(({ tuples }) => tuples.length);
    const numbers = new Int32Array(sizes.reduce((sum, size) => sum + size, 0));
    const fresh: Tuple[] = [];
    let at = 0;
    for (const { tuples, known } of lists) {
      let byKnown = known === undefined ? null : (this.#byKnown.get(known.memory) ?? new Int32Array(fewestNumbers));
      for (let index = 0; index < tuples.length; index++) {
        const there = known?.numbers[index] ?? 0;
        let number: number;
        if (there !== 0 && byKnown !== null) {
          if (there >= byKnown.length) byKnown = longer(byKnown, there);
          number = byKnown[there]!;
          if (number === 0) {
            number = byKnown[there] = ++this.#last;
            fresh.push(tuples[index]!);
          }
        } else {
          const tuple = tuples[index]!;
          number = this.#numbers.get(tuple) ?? 0;
          if (number === 0) {
            number = ++this.#last;
            this.#numbers.set(tuple, number);
            fresh.push(tuple);
          }
        }
        numbers[at++] = number;
      }
      if (known !== undefined && byKnown !== null) this.#byKnown.set(known.memory, byKnown);
    }
    return { sizes, numbers: this.#last < 0x10000 ? new Uint16Array(numbers) : numbers, fresh };
  }
}

function together(lists: readonly ArrayLike<number>[]): ArrayLike<number> {
  if (lists.length === 1) return lists[0]!;
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

function longer(numbers: Int32Array, than: number): Int32Array {
  const grown = new Int32Array(Math.max(than + 1, numbers.length * 2));
  grown.set(numbers);
  return grown;
}

/** The other side of one {@link TuplePacker}. Results must come in the order in which they were packed. */
export class TupleUnpacker {
  /** From 1 on. */
  #tuples: Tuple[] = [[]];
  #memory: object = {};

  unpack({ facts, groups, asked, anew, ...rest }: PackedResult): ScanResult {
    if (anew) {
      this.#tuples = [[]];
      this.#memory = {};
    }
    const baseMs = baseOf(facts);
    const unpacked = { ...facts, groups: this.#unpackGroups(groups, baseMs) };
    if (asked === undefined) return { ...rest, facts: unpacked };
    const told = this.#unpackTuples(asked).map((tuples, index) => ({ tuples, open: asked.open[index]! }));
    return { ...rest, facts: { ...unpacked, asked: told } };
  }

  #unpackTuples({ sizes, numbers, fresh }: PackedTuples): Tuple[][] {
    for (const tuple of fresh) this.#tuples.push(tuple);
    let at = 0;
    return sizes.map((size) => {
      const tuples: Tuple[] = [];
      for (const end = at + size; at < end; at++) tuples.push(this.#tuples[numbers[at]!]!);
      return tuples;
    });
  }

  #unpackGroups({ counts, firstMs, lastMs, overflow, ...packed }: PackedGroups, baseMs: number): Group[] {
    const all = [unpackedNumbers(counts, 0), unpackedNumbers(firstMs, baseMs), unpackedNumbers(lastMs, baseMs)] as const;
    const numbers = new Int32Array(packed.numbers);
    let at = 0;
    return this.#unpackTuples(packed).map((tuples, index): Group => {
      const from = at;
      at += tuples.length;
      return {
        tuples,
        counts: all[0].subarray(from, at),
        firstMs: all[1].subarray(from, at),
        lastMs: all[2].subarray(from, at),
        overflow: overflow[index]!,
        known: { memory: this.#memory, numbers: numbers.subarray(from, at) },
      };
    });
  }
}
