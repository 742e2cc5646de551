/** Events that belong together, and what each joining rested on. */
import type { Apartness, Togetherness } from '../core/assessment.ts';

/** What two rows had in common. The sentences for people stand in `joining-texts.ts`. */
export type Bond = Togetherness['by'];

export interface Join {
  readonly bond: Bond;
  readonly a: number;
  readonly b: number;
}

/** Why two that share something are told as two. */
export type Parting = Apartness['by'];

export interface Apart {
  readonly parting: Parting;
  readonly a: number;
  readonly b: number;
  /** The address or page that both have. */
  readonly shared: string;
}

/** What a group is known for, whoever joins it. */
export type Mark = 'writes' | 'owns' | 'session' | 'direct';

export class Groups {
  readonly #parent: number[];
  readonly #marks = new Map<Mark, Set<number>>();
  /** Each joining that made one of two. */
  readonly joins: Join[] = [];
  readonly aparts: Apart[] = [];

  constructor(size: number) {
    this.#parent = Array.from({ length: size }, (_, index) => index);
  }

  of(index: number): number {
    let root = index;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    while (this.#parent[index] !== root) [this.#parent[index], index] = [root, this.#parent[index]!];
    return root;
  }

  join(a: number, b: number, bond: Bond): void {
    const [low, high] = [this.of(a), this.of(b)].sort((x, y) => x - y) as [number, number];
    if (low === high) return;
    this.#parent[high] = low;
    for (const roots of this.#marks.values()) if (roots.delete(high)) roots.add(low);
    this.joins.push({ bond, a, b });
  }

  mark(index: number, mark: Mark): void {
    const roots = this.#marks.get(mark) ?? new Set();
    roots.add(this.of(index));
    this.#marks.set(mark, roots);
  }

  has(index: number, mark: Mark): boolean {
    return this.#marks.get(mark)?.has(this.of(index)) ?? false;
  }

  /** Two, and both have this: what joins them must be more than an address, a page or a moment. */
  bothHave(a: number, b: number, mark: Mark): boolean {
    return this.of(a) !== this.of(b) && this.has(a, mark) && this.has(b, mark);
  }

  part(a: number, b: number, parting: Parting, shared: string): void {
    this.aparts.push({ parting, a, b, shared });
  }
}
