/** Which blocks can hold a request for a page: 32-bit hashes of the distinct paths of each block. May say yes wrongly, never no. */
import type { BlockFacts } from '../core/record.ts';
import { foldCase, percentDecode } from '../core/text.ts';
import { groupsOf } from '../detect/index.ts';

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

export class PageIndex {
  /** null: more distinct paths than are counted; the block may hold anything. */
  readonly #blocks = new Map<string, Uint32Array | null>();

  add(artifact: string, partAt: number, facts: BlockFacts): void {
    const names = groupsOf[facts.logSource] ?? [];
    const group = names.findIndex((fields) => fields.includes(pathField));
    if (group === -1) return;
    const slot = names[group]!.indexOf(pathField);
    const { tuples, overflow } = facts.groups[group]!;
    const hashes = overflow > 0 ? null : Uint32Array.from(new Set(tuples.flatMap((tuple) => hashesOf(tuple[slot] ?? ''))));
    this.#blocks.set(`${artifact}\u0000${partAt}\u0000${facts.block.index}`, hashes);
  }

  mayHold(artifact: string, partAt: number, block: number, pages: readonly string[]): boolean {
    const hashes = this.#blocks.get(`${artifact}\u0000${partAt}\u0000${block}`);
    if (hashes === undefined) return false;
    return hashes === null || pages.some((page) => hashes.includes(hashOf(page)));
  }
}
