/**
 * Which files are the beginning of a longer one: a log that was copied while it was written, and once more later. Files that may
 * be are known before anything is read; while the longer one is hashed in its one pass, the hash is looked at where a shorter one
 * would end. Files below {@link headHashBytes} have no head in common with a longer one: their bytes are kept and compared.
 */
import { byCodeUnit } from '../core/text.ts';
import { type Artifact, headHashBytes } from '../evidence/index.ts';
import { placedKinds, readerOf } from '../read/index.ts';
import { type ArtifactState, rowsOf } from './artifact-state.ts';
import type { ContentHash } from './content-hash.ts';

export interface PrefixLimits {
  /** Lengths at which the hash of one file is looked at: the next shorter ones. */
  readonly marksPerFile: number;
  /** The same, of all files together. */
  readonly marks: number;
  /** Bytes of heads that are kept for files shorter than a head. */
  readonly headBytes: number;
}
export const prefixLimits: PrefixLimits = { marksPerFile: 64, marks: 1 << 18, headBytes: 64 << 20 };

interface Marks {
  readonly lengths: readonly number[];
  readonly hashes: Promise<string>[];
}

/** Everything that reads like one log of one encoding. A text of several parts is cut by its content: it is no prefix of anything. */
const kindOf = ({ parts, bytes, headHash, encoding, kind }: Artifact): string | null =>
  headHash === null ||
  (kind !== null && placedKinds.has(kind)) ||
  parts.length !== 1 ||
  parts[0]!.at !== 0 ||
  parts[0]!.end !== bytes ||
  parts[0]!.mended === true
    ? null
    : `${kind} ${encoding}`;

export class Prefixes {
  /** Long files that may be copies of each other → their lengths, ascending. */
  readonly #lengths = new Map<string, readonly number[]>();
  readonly #marksPerFile: number;
  readonly #marks = new Map<Artifact, Marks>();
  /** Files whose head is kept, and how much of it. */
  readonly #headBytes = new Map<Artifact, number>();
  readonly #heads = new Map<Artifact, Uint8Array>();
  /** The first file, by path, that is not compared with all that it might be compared with. */
  #left: Artifact | null = null;

  constructor(artifacts: readonly Artifact[], limits: PrefixLimits = prefixLimits) {
    const byKind = new Map<string, Artifact[]>();
    const byHead = new Map<string, Artifact[]>();
    const put = (into: Map<string, Artifact[]>, key: string, artifact: Artifact): void => {
      const list = into.get(key);
      if (list === undefined) into.set(key, [artifact]);
      else list.push(artifact);
    };
    for (const artifact of artifacts.toSorted((a, b) => byCodeUnit(a.path, b.path))) {
      const kind = kindOf(artifact);
      if (kind === null) continue;
      put(byKind, kind, artifact);
      if (artifact.bytes >= headHashBytes) put(byHead, groupOf(artifact), artifact);
    }
    let members = 0;
    for (const [key, group] of byHead) {
      const lengths = [...new Set(group.map(({ bytes }) => bytes))].sort((a, b) => a - b);
      if (lengths.length < 2) continue;
      this.#lengths.set(key, lengths);
      members += group.length;
    }
    this.#marksPerFile = Math.max(1, Math.min(limits.marksPerFile, Math.floor(limits.marks / Math.max(members, 1))));
    for (const [key, lengths] of this.#lengths)
      if (lengths.length - 1 > this.#marksPerFile)
        this.#leave(byHead.get(key)!.find(({ bytes }) => lengths.indexOf(bytes) > this.#marksPerFile)!);
    this.#planHeads([...byKind.values()], limits.headBytes);
  }

  /** A hash that is looked at on the way; every byte of the artifact must come through it, in order. */
  watch(artifact: Artifact, hash: ContentHash): ContentHash {
    const marks: Marks = { lengths: this.#lengthsOf(artifact), hashes: [] };
    if (marks.lengths.length > 0) this.#marks.set(artifact, marks);
    const keep = this.#headBytes.get(artifact);
    const head = keep === undefined ? null : new Uint8Array(keep);
    if (head === null && marks.lengths.length === 0) return hash;
    let done = 0;
    return {
      update: (bytes) => {
        if (head !== null && done < head.length) {
          head.set(bytes.subarray(0, head.length - done), done);
          if (done + bytes.length >= head.length) this.#heads.set(artifact, head);
        }
        let from = 0;
        for (;;) {
          const mark = marks.lengths[marks.hashes.length];
          if (mark === undefined || mark > done + bytes.length) break;
          hash.update(bytes.subarray(from, mark - done));
          from = mark - done;
          const soFar = hash.soFar();
          // A thread that died ends the run elsewhere.
          soFar.catch(() => {});
          marks.hashes.push(soFar);
        }
        hash.update(from === 0 ? bytes : bytes.subarray(from));
        done += bytes.length;
      },
      taken: () => hash.taken(),
      soFar: () => hash.soFar(),
      hex: () => hash.hex(),
      drop: () => hash.drop(),
    };
  }

  /** What was looked at on the way, when all bytes came through. */
  async beginnings(artifact: Artifact): Promise<[bytes: number, sha256: string][]> {
    const marks = this.#marks.get(artifact);
    const hashes = await Promise.all(marks?.hashes ?? []);
    return hashes.map((hash, index) => [marks!.lengths[index]!, hash]);
  }

  /**
   * In the place of watching: what an earlier run looked at in the same bytes. False: it did not look where this one must.
   * @param head reads so many bytes of its beginning; null: they cannot be had
   */
  recall(artifact: Artifact, known: ReadonlyMap<number, string>, head: (bytes: number) => Uint8Array | null): boolean {
    const lengths = this.#lengthsOf(artifact);
    const hashes = lengths.map((length) => known.get(length));
    if (!hashes.every((hash) => hash !== undefined)) return false;
    const keep = this.#headBytes.get(artifact);
    if (keep !== undefined) {
      const bytes = head(keep);
      if (bytes === null || bytes.length < keep) return false;
      this.#heads.set(artifact, bytes);
    }
    if (lengths.length > 0) this.#marks.set(artifact, { lengths, hashes: hashes.map(async (hash) => hash) });
    return true;
  }

  #lengthsOf(artifact: Artifact): readonly number[] {
    const lengths = artifact.bytes < headHashBytes ? undefined : this.#lengths.get(groupOf(artifact));
    return lengths === undefined ? [] : nextShorter(lengths, artifact.bytes, this.#marksPerFile);
  }

  /** Marks the shorter ones. Only files that were read whole count as the longer one; files without rows count nothing twice. */
  async mark(states: readonly ArtifactState[]): Promise<void> {
    const whole = states.filter(({ sha256, duplicateOf }) => sha256 !== null && duplicateOf === null);
    const owners = new Map([...(await this.#ownersByMarks(whole)), ...this.#ownersByHeads(whole)]);
    for (const [shorter, owner] of owners) {
      let longest = owner;
      for (let next = owners.get(longest); next !== undefined; next = owners.get(longest)) longest = next;
      // A list of one day is no piece of a longer one of another day: what stands in one alone came or went between them.
      if (isState(shorter.artifact) && shorter.artifact.root !== longest.artifact.root) continue;
      shorter.duplicateOf = longest.artifact.path;
      shorter.problems.add('evidence.prefix', 0, { found: longest.artifact.path });
    }
    this.#heads.clear();
    this.#marks.clear();
    const left = this.#left;
    const told = left === null ? undefined : states.find(({ artifact }) => artifact === left);
    told?.problems.add('evidence.compare_limit', 0, { found: 'files that begin alike' });
  }

  #planHeads(kinds: readonly (readonly Artifact[])[], most: number): void {
    let room = most;
    for (const group of kinds) {
      const short = group.filter(({ bytes }) => bytes < headHashBytes);
      const longest = group.reduce((max, { bytes }) => Math.max(max, bytes), 0);
      // The longest of all can be the beginning of nothing.
      const keep = short.reduce((max, { bytes }) => (bytes < longest ? Math.max(max, bytes) : max), 0);
      if (keep === 0) continue;
      for (const artifact of group) {
        const bytes = Math.min(artifact.bytes, Math.max(keep, artifact.bytes < headHashBytes ? artifact.bytes : 0));
        room -= bytes;
        if (room < 0) {
          this.#leave(artifact);
          return;
        }
        this.#headBytes.set(artifact, bytes);
      }
    }
  }

  #leave(artifact: Artifact): void {
    if (this.#left === null || byCodeUnit(artifact.path, this.#left.path) < 0) this.#left = artifact;
  }

  async #ownersByMarks(states: readonly ArtifactState[]): Promise<Map<ArtifactState, ArtifactState>> {
    const byContent = new Map<string, ArtifactState>();
    for (const state of states)
      if (rowsOf(state) > 0) byContent.set(`${groupOf(state.artifact)} ${state.artifact.bytes} ${state.sha256}`, state);
    const owners = new Map<ArtifactState, ArtifactState>();
    for (const owner of states.toSorted(longestFirst)) {
      const marks = this.#marks.get(owner.artifact);
      for (const [index, hash] of (await Promise.all(marks?.hashes ?? [])).entries()) {
        const shorter = byContent.get(`${groupOf(owner.artifact)} ${marks!.lengths[index]} ${hash}`);
        if (shorter !== undefined && shorter !== owner && !owners.has(shorter)) owners.set(shorter, owner);
      }
    }
    return owners;
  }

  /** In the order of their bytes a file stands right before those that begin with it. */
  #ownersByHeads(states: readonly ArtifactState[]): Map<ArtifactState, ArtifactState> {
    const byKind = new Map<string, { state: ArtifactState; text: string; above: ArtifactState | null }[]>();
    for (const state of states) {
      const head = this.#heads.get(state.artifact);
      if (head === undefined) continue;
      const kind = kindOf(state.artifact)!;
      const list = byKind.get(kind) ?? [];
      // One character for each byte, so that texts begin alike when bytes do.
      list.push({ state, text: new TextDecoder('latin1').decode(head), above: null });
      byKind.set(kind, list);
    }
    const owners = new Map<ArtifactState, ArtifactState>();
    for (const list of byKind.values()) {
      list.sort(
        (a, b) =>
          byCodeUnit(a.text, b.text) ||
          a.state.artifact.bytes - b.state.artifact.bytes ||
          byCodeUnit(a.state.artifact.path, b.state.artifact.path),
      );
      const open: typeof list = [];
      for (const entry of list) {
        while (open.length > 0 && !entry.text.startsWith(open.at(-1)!.text)) open.pop();
        entry.above = open.at(-1)?.state ?? null;
        if (entry.state.artifact.bytes < headHashBytes) open.push(entry);
      }
      const longest = new Map<ArtifactState, ArtifactState>();
      for (const { state, above } of list.toReversed()) {
        const own = longest.get(state) ?? state;
        if (above === null) continue;
        const known = longest.get(above);
        if (known === undefined || longestFirst(own, known) < 0) longest.set(above, own);
      }
      for (const [shorter, owner] of longest)
        if (rowsOf(shorter) > 0 && owner.artifact.bytes > shorter.artifact.bytes) owners.set(shorter, owner);
    }
    return owners;
  }
}

const isState = ({ kind }: Artifact): boolean => kind !== null && readerOf(kind)?.speaksFor === 'state';

const groupOf = (artifact: Artifact): string => `${artifact.headHash} ${kindOf(artifact)}`;

const longestFirst = (a: ArtifactState, b: ArtifactState): number =>
  b.artifact.bytes - a.artifact.bytes || byCodeUnit(a.artifact.path, b.artifact.path);

/** The last `most` of the ascending lengths that are below `bytes`. */
function nextShorter(lengths: readonly number[], bytes: number, most: number): readonly number[] {
  let low = 0;
  let high = lengths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lengths[middle]! < bytes) low = middle + 1;
    else high = middle;
  }
  return lengths.slice(Math.max(0, low - most), low);
}
