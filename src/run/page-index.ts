/** Which blocks can hold a request for a page: 32-bit hashes of the distinct paths of each block. May say yes wrongly, never no. */
import type { BlockFacts } from '../core/record.ts';
import { Remembered } from '../core/remembered.ts';
import { foldCase, percentDecode } from '../core/text.ts';
import { groupsOf } from '../detect/index.ts';
import type { Shelf } from './shelf.ts';

const pathField = 'cs-uri-stem';

function hashOf(path: string): number {
  let hash = 0x811c9dc5;
  for (const character of foldCase(path)) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}

/** As logged, and decoded once: a rule holds on either. */
function hashesOf(path: string): number[] {
  return path.includes('%') ? [hashOf(path), hashOf(percentDecode(path))] : [hashOf(path)];
}

/** Where the hashes of a block stand. `any`: more distinct paths than are counted, it may hold anything. `none`: it holds no paths. */
export type PagesOfBlock = 'any' | 'none' | { readonly at: number; readonly hashes: number };

/** Paths of which the hashes are remembered, and how long they are at most: nearly all stand in every block. */
const mostPaths = 4096;
const longestPath = 400;

export class PageIndex {
  readonly #shelf: Shelf;
  readonly #known = new Remembered<readonly number[]>(mostPaths);

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  add(facts: BlockFacts): PagesOfBlock {
    const names = groupsOf[facts.logSource] ?? [];
    const group = names.findIndex((fields) => fields.includes(pathField));
    if (group === -1) return 'none';
    const slot = names[group]!.indexOf(pathField);
    const { tuples, overflow } = facts.groups[group]!;
    if (overflow > 0) return 'any';
    const distinct = new Set<number>();
    for (const tuple of tuples) for (const hash of this.#hashesOf(tuple[slot] ?? '')) distinct.add(hash);
    const hashes = Uint32Array.from(distinct);
    return { at: this.#shelf.put(new Uint8Array(hashes.buffer)), hashes: hashes.length };
  }

  #hashesOf(path: string): readonly number[] {
    let hashes = this.#known.get(path);
    if (hashes === undefined) {
      hashes = hashesOf(path);
      if (path.length <= longestPath) this.#known.set(path, hashes);
    }
    return hashes;
  }

  mayHold(pages: PagesOfBlock, asked: readonly string[]): boolean {
    if (typeof pages === 'string') return pages === 'any';
    const hashes = new Uint32Array(this.#shelf.get(pages.at, pages.hashes * 4).buffer);
    return asked.some((page) => hashes.includes(hashOf(page)));
  }
}
