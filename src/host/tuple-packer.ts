/**
 * Results on their way from a worker. Most tuples come back in every block: each is sent once, then by number, so that the strings
 * are neither copied nor made again, and the same tuple is the same array on the other side, too.
 */
import type { BlockFacts, Group, KnownTuples } from '../core/record.ts';
import type { ScanResult } from '../run/index.ts';

type Tuple = Group['tuples'][number];

/** How many units above a base that stands beside them; in as few bytes as all fit, or as they are. */
type PackedNumbers = { readonly unit: number; readonly above: Uint8Array | Uint16Array | Uint32Array } | Float64Array;

interface PackedGroup {
  /** Number of each tuple, from 1 on; the next free ones are those of `fresh`, in order. */
  readonly numbers: Uint16Array | Int32Array;
  readonly fresh: readonly Tuple[];
  readonly counts: PackedNumbers;
  readonly firstMs: PackedNumbers;
  readonly lastMs: PackedNumbers;
  readonly overflow: number;
}

interface PackedAsked extends Pick<PackedGroup, 'numbers' | 'fresh'> {
  readonly open: boolean;
}

export interface PackedResult extends Omit<ScanResult, 'facts'> {
  readonly facts: Omit<BlockFacts, 'groups' | 'asked'>;
  readonly groups: readonly PackedGroup[];
  readonly asked?: readonly PackedAsked[];
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
      groups: groups.map((group) => this.#packGroup(group, baseMs)),
      ...(asked === undefined ? {} : { asked: asked.map(({ tuples, open }) => ({ ...this.#packTuples(tuples), open })) }),
    };
  }

  #packGroup({ tuples, counts, firstMs, lastMs, overflow, known }: Group, baseMs: number): PackedGroup {
    return {
      ...this.#packTuples(tuples, known),
      counts: packedNumbers(counts, 0),
      firstMs: packedNumbers(firstMs, baseMs),
      lastMs: packedNumbers(lastMs, baseMs),
      overflow,
    };
  }

  #packTuples(tuples: readonly Tuple[], known?: KnownTuples): Pick<PackedGroup, 'numbers' | 'fresh'> {
    const numbers = new Int32Array(tuples.length);
    const fresh: Tuple[] = [];
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
      numbers[index] = number;
    }
    if (known !== undefined && byKnown !== null) this.#byKnown.set(known.memory, byKnown);
    return { numbers: this.#last < 0x10000 ? new Uint16Array(numbers) : numbers, fresh };
  }
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
    const unpacked = { ...facts, groups: groups.map((group) => this.#unpackGroup(group, baseMs)) };
    const told = asked?.map((one) => ({ tuples: this.#unpackTuples(one), open: one.open }));
    return { ...rest, facts: told === undefined ? unpacked : { ...unpacked, asked: told } };
  }

  #unpackTuples({ numbers, fresh }: Pick<PackedGroup, 'numbers' | 'fresh'>): Tuple[] {
    for (const tuple of fresh) this.#tuples.push(tuple);
    const tuples: Tuple[] = [];
    for (let i = 0; i < numbers.length; i++) tuples.push(this.#tuples[numbers[i]!]!);
    return tuples;
  }

  #unpackGroup({ counts, firstMs, lastMs, overflow, ...packed }: PackedGroup, baseMs: number): Group {
    return {
      tuples: this.#unpackTuples(packed),
      counts: unpackedNumbers(counts, 0),
      firstMs: unpackedNumbers(firstMs, baseMs),
      lastMs: unpackedNumbers(lastMs, baseMs),
      overflow,
      known: { memory: this.#memory, numbers: new Int32Array(packed.numbers) },
    };
  }
}
