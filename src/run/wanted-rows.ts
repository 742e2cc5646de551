/** Single rows that somebody wants to see: the first of a block that is counted under a tuple. */
import { anyValue, countedName, shapeOf } from '../core/field-shape.ts';
import type { HitRow } from '../core/hit.ts';
import type { Demand, JudgeTuple, Rows } from '../core/record.ts';
import { hitRow } from '../detect/index.ts';

type Tuple = readonly (string | null)[];

/** A row to be fetched: where it stands as far as the counts tell, and what it is counted under. */
export interface WantedRow {
  readonly artifact: string;
  /** Where its part begins. */
  readonly partAt: number;
  readonly block: number;
  /** Names of the group, parted by `|`. */
  readonly group: string;
  readonly tuple: Tuple;
}

/** Plain data, for a worker. */
export type WantedTuple = Pick<WantedRow, 'group' | 'tuple'>;

export const wantedId = ({ artifact, partAt, block, group, tuple }: WantedRow): string =>
  `${artifact}\u0000${partAt}\u0000${block}\u0000${group}\u0000${JSON.stringify(tuple)}`;

export function demandOf(logSource: string, wanted: readonly WantedTuple[]): Demand {
  const groups = [...new Set(wanted.map(({ group }) => group))].map((group) => group.split('|'));
  return { hash: JSON.stringify(groups), logSource, literals: [], groups, groupLimit: 4096 };
}

export class WantedRows {
  readonly #artifact: string;
  readonly #wanted: readonly WantedTuple[];
  readonly #keys: ReadonlySet<string>;
  readonly #groups: readonly (readonly string[])[];
  /** Those that leave a value open. */
  readonly #open: readonly WantedTuple[];
  /** By index of what is wanted: the first row that fits, and whether its shapes do. */
  readonly #found = new Map<number, { readonly row: HitRow; readonly exact: boolean }>();

  constructor(artifact: string, demand: Demand, wanted: readonly WantedTuple[]) {
    this.#artifact = artifact;
    this.#wanted = wanted;
    this.#groups = demand.groups;
    this.#open = wanted.filter(({ tuple }) => tuple.includes(anyValue));
    this.#keys = new Set(wanted.map(({ group, tuple }) => `${group} ${JSON.stringify(tuple)}`));
  }

  readonly judge: JudgeTuple = (group, tuple) => {
    const name = this.#groups[group]!.join('|');
    if (this.#keys.has(`${name} ${JSON.stringify(tuple)}`)) return true;
    return this.#open.some(
      (one) => one.group === name && one.tuple.every((value, i) => value === anyValue || value === tuple[i]),
    );
  };

  add(rows: Rows): void {
    for (let row = 0; row < rows.length; row++) {
      for (const [index, { group, tuple }] of this.#wanted.entries()) {
        if (this.#found.get(index)?.exact === true) continue;
        const fit = fits(rows, row, group, tuple);
        if (fit === 'no' || (fit === 'nearly' && this.#found.has(index))) continue;
        this.#found.set(index, { row: hitRow(this.#artifact, rows, row, []), exact: fit === 'exactly' });
      }
    }
  }

  /** In the order of what is wanted; null: it was not found. */
  list(): (HitRow | null)[] {
    return this.#wanted.map((_, index) => this.#found.get(index)?.row ?? null);
  }
}

/** A shape is that of the bytes as they stand; what a row gives is decoded, which can make it another one. */
function fits(rows: Rows, row: number, group: string, tuple: Tuple): 'exactly' | 'nearly' | 'no' {
  let exact = true;
  for (const [i, name] of group.split('|').entries()) {
    const { field, shape } = countedName(name);
    if (tuple[i] === anyValue) continue;
    const text = rows.text(row, field);
    if (text === null || shape === null) {
      if ((text ?? null) !== (tuple[i] ?? null)) return 'no';
    } else if (shapeOf(shape, text) !== tuple[i]) exact = false;
  }
  return exact ? 'exactly' : 'nearly';
}
