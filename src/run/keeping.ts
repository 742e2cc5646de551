/** Takes what an earlier run kept of an artifact in the place of reading it, and keeps what this one finds. */
import { FileError } from '../core/platform.ts';
import { type Artifact, readFully } from '../evidence/index.ts';
import { addBlock, type ArtifactState, tellWholeLimit } from './artifact-state.ts';
import type { KeptArtifact, KeptDraft, KeptKeys, KeptWork } from './kept.ts';
import { PartFold } from './merge.ts';
import type { PageIndex } from './page-index.ts';
import type { Prefixes } from './prefixes.ts';

export class Keeping {
  readonly #work: KeptWork;
  readonly #keys: KeptKeys;
  readonly #prefixes: Prefixes;
  readonly #index: PageIndex;

  constructor(work: KeptWork, keys: KeptKeys, prefixes: Prefixes, index: PageIndex) {
    this.#work = work;
    this.#keys = keys;
    this.#prefixes = prefixes;
    this.#index = index;
  }

  /** What is kept of it, whole, if its bytes are the same; null: it is to be read, and why was told. */
  find(artifact: Artifact): KeptArtifact | null {
    const kept = this.#work.find(artifact.path);
    if (kept === null) return null;
    const { about } = kept;
    if (about.bytes !== artifact.bytes) return this.#refuse(artifact, 'changed');
    const asked = this.#keys.asked(artifact);
    const same = about.asked.length === asked.length && asked.every((key, part) => about.asked[part] === key);
    if (about.made !== this.#keys.made(artifact) || !same) return this.#refuse(artifact, 'asked');
    return kept.holds() ? kept : this.#refuse(artifact, 'damaged');
  }

  /** Whether its bytes are the same as far as its size and times tell, where that is to be enough. */
  trusts({ about }: KeptArtifact, artifact: Artifact): boolean {
    if (!this.#work.trusting || about.stamp === null || about.stamp !== artifact.stamp) return false;
    return this.#prefixes.recall(artifact, new Map(about.beginnings), (bytes) => beginningOf(artifact, bytes));
  }

  /** In the place of reading. */
  take(kept: KeptArtifact, state: ArtifactState): void {
    const { artifact, problems } = state;
    for (const part of artifact.parts) {
      tellWholeLimit(state, part);
      state.parts.push({ part, fold: new PartFold(part, problems), blocks: [], sameRowsAs: null });
    }
    for (const { part: at, block, seam, result } of kept.blocks()) {
      const partState = state.parts[at]!;
      addBlock(partState, block, seam, result);
      this.#index.add(artifact.path, partState.part.at, result.facts);
    }
    state.sha256 = kept.about.sha256;
    // The file may have another time, the same bytes all the same.
    this.#work.taken(kept, { ...kept.about, stamp: artifact.stamp ?? null });
  }

  changed(artifact: Artifact): void {
    this.#refuse(artifact, 'changed');
  }

  begin(): KeptDraft {
    return this.#work.begin();
  }

  async finish(draft: KeptDraft, { artifact, sha256, parts }: ArtifactState): Promise<void> {
    const { path, bytes, stamp = null } = artifact;
    const beginnings = await this.#prefixes.beginnings(artifact);
    if (sha256 === null) draft.drop();
    else
      draft.finish({
        path,
        made: this.#keys.made(artifact),
        asked: this.#keys.asked(artifact),
        bytes,
        sha256,
        stamp,
        blocks: parts.reduce((sum, { blocks }) => sum + blocks.length, 0),
        beginnings,
      });
  }

  #refuse({ path }: Artifact, why: Parameters<KeptWork['refused']>[1]): null {
    this.#work.refused(path, why);
    return null;
  }
}

function beginningOf(artifact: Artifact, bytes: number): Uint8Array | null {
  try {
    const source = artifact.open();
    try {
      return readFully(source, 0, new Uint8Array(bytes));
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof FileError) return null;
    throw error;
  }
}
