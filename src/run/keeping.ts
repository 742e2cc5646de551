/** Takes what an earlier run kept of an artifact in the place of reading it, and keeps what this one finds. */
import { FileError } from '../core/platform.ts';
import { type Artifact, readFully } from '../evidence/index.ts';
import { addBlock, type ArtifactState, type ReadBlock, tellWholeLimit } from './artifact-state.ts';
import { AskedAnew } from './asked-anew.ts';
import type { KeptAbout, KeptArtifact, KeptBlock, KeptDraft, KeptKeys, KeptWork } from './kept.ts';
import { PartFold } from './merge.ts';
import type { PageIndex } from './page-index.ts';
import type { Prefixes } from './prefixes.ts';
import { type Reread, reread } from './reread.ts';
import type { PackedIndicators, ScanResult } from './scan-task.ts';
import type { Shelf } from './shelf.ts';

/** What is kept of an artifact whose bytes may be the same. */
export interface Found {
  readonly kept: KeptArtifact;
  /** Other things are asked than before: numbers of the blocks that can answer them. null: the same is asked. */
  readonly anew: ReadonlySet<number> | null;
}

interface Numbered {
  readonly number: number;
  readonly block: KeptBlock;
}

/** Blocks that are in hand at once where some of them are read. */
const stretchBlocks = 16;

function* stretches(blocks: Iterable<KeptBlock>): Generator<readonly Numbered[]> {
  let stretch: Numbered[] = [];
  let number = 0;
  for (const block of blocks) {
    stretch.push({ number: number++, block });
    if (stretch.length < stretchBlocks) continue;
    yield stretch;
    stretch = [];
  }
  if (stretch.length > 0) yield stretch;
}

/** Numbers of the blocks that can answer what is asked now. */
function readAgain(kept: KeptArtifact, anew: readonly (AskedAnew | null)[]): number[] {
  const numbers: number[] = [];
  let number = 0;
  for (const { part, result } of kept.blocks()) {
    if (anew[part]?.mustRead(result) === true) numbers.push(number);
    number++;
  }
  return numbers;
}

export class Keeping {
  readonly #work: KeptWork;
  readonly #keys: KeptKeys;
  readonly #prefixes: Prefixes;
  readonly #index: PageIndex;
  readonly #indicators: PackedIndicators | null;
  readonly #betweens = new Map<string, AskedAnew | null>();

  constructor(work: KeptWork, keys: KeptKeys, prefixes: Prefixes, index: PageIndex, indicators: PackedIndicators | null) {
    this.#indicators = indicators;
    this.#work = work;
    this.#keys = keys;
    this.#prefixes = prefixes;
    this.#index = index;
  }

  /** What is kept of it, whole, if its bytes are the same; null: it is to be read, and why was told. */
  find(artifact: Artifact): Found | null {
    const kept = this.#work.find(artifact.path);
    if (kept === null) return null;
    const { about } = kept;
    if (about.bytes !== artifact.bytes) return this.#refuse(artifact, 'changed');
    if (about.made !== this.#keys.made(artifact)) return this.#refuse(artifact, 'asked');
    const asked = this.#keys.asked(artifact);
    const same = asked.every((key, part) => about.asked[part] === key);
    const anew = same ? [] : this.#anew(artifact, about);
    if (anew === null) return this.#refuse(artifact, 'asked');
    if (!kept.holds()) return this.#refuse(artifact, 'damaged');
    const read = same ? [] : readAgain(kept, anew);
    // Reading all of it goes the ordinary way; and an entry of an archive is better unpacked once.
    const much = read.length === about.blocks || artifact.within !== null;
    return read.length > 0 && much ? this.#refuse(artifact, 'answers') : { kept, anew: same ? null : new Set(read) };
  }

  /** By part: which of its blocks can answer what is asked now; null: what was asked before is not known, or too much else. */
  #anew(artifact: Artifact, about: KeptAbout): (AskedAnew | null)[] | null {
    const anew: (AskedAnew | null)[] = [];
    const now = this.#keys.asked(artifact);
    for (const [index, { kind }] of artifact.parts.entries()) {
      const key = about.asked[index] ?? '';
      if (key === now[index]) anew.push(null);
      else {
        const between = this.#between(key, kind);
        if (between === null) return null;
        anew.push(between);
      }
    }
    return anew;
  }

  #between(key: string, kind: string): AskedAnew | null {
    const name = `${key} ${kind}`;
    let found = this.#betweens.get(name);
    if (found === undefined) {
      const before = this.#work.questions(key);
      found = before === null ? null : AskedAnew.between(before, this.#keys.questions(kind), this.#indicators);
      this.#betweens.set(name, found);
    }
    return found;
  }

  /** Whether its bytes are the same as far as its size and times tell, where that is to be enough. */
  trusts({ kept: { about } }: Found, artifact: Artifact): boolean {
    if (!this.#work.trusting || about.stamp === null || about.stamp !== artifact.stamp) return false;
    return this.#prefixes.recall(artifact, new Map(about.beginnings), (bytes) => beginningOf(artifact, bytes));
  }

  /** In the place of reading; blocks that can answer something else than before are read. */
  async take(
    found: Found,
    state: ArtifactState,
    again: Reread,
    { books, shelf }: { readonly books: boolean; readonly shelf: Shelf },
  ): Promise<void> {
    await this.#take(found, state, again, books);
    for (const { fold } of state.parts) fold.settle(shelf);
  }

  async #take({ kept, anew }: Found, state: ArtifactState, again: Reread, books: boolean): Promise<void> {
    const { artifact, problems } = state;
    this.#asks(artifact);
    for (const part of artifact.parts) {
      tellWholeLimit(state, part);
      state.parts.push({ part, fold: new PartFold(part, problems), blocks: [], sameRowsAs: null });
    }
    const add = ({ part, block, seam, result }: KeptBlock): void => {
      const partState = state.parts[part]!;
      addBlock(partState, block, seam, result, this.#index.add(result.facts));
    };
    state.sha256 = kept.about.sha256;
    // The file may have another time, the same bytes all the same.
    const about = { ...kept.about, asked: this.#keys.asked(artifact), stamp: artifact.stamp ?? null };
    if (anew === null) {
      for (const block of kept.blocks()) add(block);
      this.#work.taken(kept, about);
      return;
    }
    const draft = this.#work.begin();
    for (const stretch of stretches(kept.blocks())) {
      const answers = await this.#answers(stretch, anew, state, again, books);
      if (answers === null) {
        state.sha256 = null;
        draft.drop();
        return;
      }
      for (const [index, { block }] of stretch.entries()) {
        const now = answers.get(index) ?? block;
        add(now);
        draft.add(now);
      }
    }
    draft.finish(about);
    this.#work.anew(artifact.path, kept.about.blocks, anew.size);
  }

  /** By index in the stretch, of those that must be read; null: the file cannot be read any more, which is told. */
  async #answers(
    stretch: readonly Numbered[],
    anew: ReadonlySet<number>,
    state: ArtifactState,
    again: Reread,
    books: boolean,
  ): Promise<ReadonlyMap<number, KeptBlock> | null> {
    const answers = new Map<number, KeptBlock>();
    const lines = new Map<number, number>();
    const wanted = new Map<number, { readonly index: number; readonly read: ReadBlock }[]>();
    for (const [index, { number, block: kept }] of stretch.entries()) {
      const { part, block, seam, result } = kept;
      const linesBefore = lines.get(part) ?? state.parts[part]!.fold.lines;
      lines.set(part, linesBefore + result.facts.lines);
      if (!anew.has(number)) continue;
      const list = wanted.get(part) ?? [];
      wanted.set(part, [...list, { index, read: { block, seam, linesBefore, hours: null, headed: true, pages: 'any' } }]);
    }
    for (const [part, list] of wanted) {
      const ask = (): { round: number; books: boolean; keeps: boolean } => ({ round: 0, books, keeps: true });
      let next = 0;
      const onResult = (result: ScanResult): void => {
        const { index } = list[next++]!;
        answers.set(index, { ...stretch[index]!.block, result });
      };
      const blocks = list.map(({ read }) => read);
      if (!(await reread(again, state, state.parts[part]!, blocks, ask, onResult))) return null;
    }
    return answers;
  }

  /** What is asked is kept beside the answers. */
  #asks(artifact: Artifact): void {
    for (const [index, key] of this.#keys.asked(artifact).entries())
      this.#work.asks(key, this.#keys.questions(artifact.parts[index]!.kind));
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
    else {
      this.#asks(artifact);
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
