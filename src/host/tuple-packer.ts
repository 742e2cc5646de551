/**
 * Results on their way from a worker. Most tuples come back in every block: each is sent once, then by number, so that the strings
 * are neither copied nor made again, and the same tuple is the same array on the other side, too.
 */
import type { BlockFacts, Group } from '../core/record.ts';
import type { ScanResult } from '../run/index.ts';

type Tuple = Group['tuples'][number];

interface PackedGroup {
  /** Number of each tuple; the next free ones are those of `fresh`, in order. */
  readonly numbers: Int32Array;
  readonly fresh: readonly Tuple[];
  readonly counts: Float64Array;
  readonly firstMs: Float64Array;
  readonly lastMs: Float64Array;
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

export class TuplePacker {
  readonly #numbers = new Map<Tuple, number>();
  readonly #limit: number;

  constructor(limit: number = tupleLimit) {
    this.#limit = limit;
  }

  pack({ facts: { groups, asked, ...facts }, ...rest }: ScanResult): PackedResult {
    const anew = this.#numbers.size > this.#limit;
    if (anew) this.#numbers.clear();
    return {
      ...rest,
      facts,
      anew,
      groups: groups.map((group) => this.#packGroup(group)),
      ...(asked === undefined ? {} : { asked: asked.map(({ tuples, open }) => ({ ...this.#packTuples(tuples), open })) }),
    };
  }

  #packGroup({ tuples, counts, firstMs, lastMs, overflow }: Group): PackedGroup {
    const packed = { counts: Float64Array.from(counts), firstMs: Float64Array.from(firstMs), lastMs: Float64Array.from(lastMs) };
    return { ...this.#packTuples(tuples), ...packed, overflow };
  }

  #packTuples(tuples: readonly Tuple[]): Pick<PackedGroup, 'numbers' | 'fresh'> {
    const numbers = new Int32Array(tuples.length);
    const fresh: Tuple[] = [];
    for (const [index, tuple] of tuples.entries()) {
      let number = this.#numbers.get(tuple);
      if (number === undefined) {
        number = this.#numbers.size;
        this.#numbers.set(tuple, number);
        fresh.push(tuple);
      }
      numbers[index] = number;
    }
    return { numbers, fresh };
  }
}

/** The other side of one {@link TuplePacker}. Results must come in the order in which they were packed. */
export class TupleUnpacker {
  #tuples: Tuple[] = [];

  unpack({ facts, groups, asked, anew, ...rest }: PackedResult): ScanResult {
    if (anew) this.#tuples = [];
    const unpacked = { ...facts, groups: groups.map((group) => this.#unpackGroup(group)) };
    const told = asked?.map((one) => ({ tuples: this.#unpackTuples(one), open: one.open }));
    return { ...rest, facts: told === undefined ? unpacked : { ...unpacked, asked: told } };
  }

  #unpackTuples({ numbers, fresh }: Pick<PackedGroup, 'numbers' | 'fresh'>): Tuple[] {
    for (const tuple of fresh) this.#tuples.push(tuple);
    return Array.from(numbers, (number) => this.#tuples[number]!);
  }

  #unpackGroup({ counts, firstMs, lastMs, overflow, ...packed }: PackedGroup): Group {
    const tuples = this.#unpackTuples(packed);
    return { tuples, counts: [...counts], firstMs: [...firstMs], lastMs: [...lastMs], overflow };
  }
}
