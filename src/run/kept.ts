/**
 * What is kept of an artifact that was read to its end: the results of its blocks, as they were merged, and what they depend on. Another
 * run over the same bytes that asks the same has the same results without judging a row.
 * @see docs/adr/0028-kept-work.md
 */
import type { Hasher } from '../core/platform.ts';
import type { Block, Seam } from '../core/record.ts';
import type { Artifact } from '../evidence/index.ts';
import { readerOf } from '../read/index.ts';
import { type Rule, type RunRule, sourceOfKey } from '../rules/index.ts';
import type { Questions } from './asked-anew.ts';
import type { PackedIndicators, ScanResult } from './scan-task.ts';
import { scannedFile } from './scanned-file.ts';

/** One block as it went into the merge. */
export interface KeptBlock {
  /** Index of its part. */
  readonly part: number;
  readonly block: Block;
  /** The seam it was rightly read with. */
  readonly seam: Seam;
  /** Places of a mended text are those of the artifact already. */
  readonly result: ScanResult;
}

export interface KeptAbout {
  readonly path: string;
  /** Of everything but the bytes and the questions that its results depend on. */
  readonly made: string;
  /** Of the questions, by part. */
  readonly asked: readonly string[];
  readonly bytes: number;
  readonly sha256: string;
  /** Of the file when it was read; null: nobody could say. */
  readonly stamp: string | null;
  readonly blocks: number;
  /** Hashes of its beginnings that were looked at, by length. */
  readonly beginnings: readonly (readonly [bytes: number, sha256: string])[];
}

export interface KeptArtifact {
  readonly about: KeptAbout;
  /** Whether every byte that is kept of it is as it was written: asked before {@link blocks}. */
  holds(): boolean;
  /** In the order of parts and blocks. Throws where it does not hold. */
  blocks(): Iterable<KeptBlock>;
}

export interface KeptDraft {
  add(block: KeptBlock): void;
  finish(about: KeptAbout): void;
  /** It was not read to its end, or not without trouble. */
  drop(): void;
}

/** Why what is kept is not taken; each is told, and the artifact read. */
export type KeptRefusal =
  /** The file is another one by its size or its bytes. */
  | 'changed'
  /** Rules, indicators, options or the program are others. */
  | 'asked'
  /** What is asked now may stand in each of its blocks, or what an earlier list of indicators met does. */
  | 'answers'
  /** What was kept is not what was written. */
  | 'damaged';

export interface KeptWork {
  /** Of the program that keeps: another one may find other things. */
  readonly program: string;
  /** A file whose size and times are as they were is not read. */
  readonly trusting: boolean;
  find(path: string): KeptArtifact | null;
  /** It was taken: it is kept on. */
  taken(kept: KeptArtifact, about: KeptAbout): void;
  refused(path: string, why: KeptRefusal): void;
  /** What was asked under a key; null: nobody knows any more. */
  questions(key: string): Questions | null;
  /** What is asked under a key is kept, once. */
  asks(key: string, questions: Questions): void;
  /** Other questions were asked of what is kept: of so many blocks so many had to be read. */
  anew(path: string, blocks: number, read: number): void;
  begin(): KeptDraft;
}

/** Makes the keys under which results are kept. Raised with every change of what is kept and how. */
const form = 2;

export class KeptKeys {
  readonly #hasher: () => Hasher;
  readonly #given: string;
  readonly #rules: readonly Rule[];
  readonly #others: readonly RunRule[];
  readonly #indicators: string;
  readonly #byKind = new Map<string, { readonly key: string; readonly questions: Questions }>();

  constructor(
    hasher: () => Hasher,
    program: string,
    asked: {
      readonly rules: readonly Rule[];
      readonly others: readonly RunRule[];
      readonly indicators: PackedIndicators | null;
      readonly blockBytes: number | null;
      readonly books: boolean;
    },
  ) {
    this.#hasher = hasher;
    this.#rules = asked.rules;
    this.#others = asked.others;
    this.#given = JSON.stringify([form, program, asked.blockBytes, asked.books]);
    this.#indicators = asked.indicators === null ? '' : this.#ofIndicators(asked.indicators);
  }

  /** Of everything but the bytes and the questions. */
  made(artifact: Artifact): string {
    const { path, parts, encoding, lineEnd, bytes } = artifact;
    return this.#hash([this.#given, path, bytes, parts, encoding, lineEnd, scannedFile(artifact)]);
  }

  /** Of the questions that are asked of its rows, by part. */
  asked({ parts }: Artifact): string[] {
    return parts.map(({ kind }) => this.#ofKind(kind).key);
  }

  questions(kind: string): Questions {
    return this.#ofKind(kind).questions;
  }

  #ofKind(kind: string): { readonly key: string; readonly questions: Questions } {
    let found = this.#byKind.get(kind);
    if (found === undefined) {
      const questions = this.#questionsOf(kind);
      this.#byKind.set(kind, (found = { key: this.#hash(questions), questions }));
    }
    return found;
  }

  #questionsOf(kind: string): Questions {
    const reader = readerOf(kind)!;
    const sources = reader.logSources ?? [reader.logSource];
    return {
      kind,
      rules: this.#rules
        .filter(({ logSource }) => sources.includes(logSource))
        .map(({ id, logSource, expr }) => ({ id, logSource, expr })),
      others: this.#others
        .filter(({ source }) => speaksOf(source, sources))
        .map(({ id, source, expr, silent, marks, marked }) => ({ id, source, expr, silent, marks, marked })),
      starts: this.#others.length > 0 && sources.includes('windows-event'),
      indicators: this.#indicators,
    };
  }

  #ofIndicators({ table, validity }: PackedIndicators): string {
    const hasher = this.#hasher();
    hasher.update(new TextEncoder().encode(JSON.stringify([table.letters, table.bits4, table.bits6])));
    const { fromMs, untilMs } = validity;
    for (const memory of [table.slots, table.starts, table.bytes, table.indicators, fromMs.buffer, untilMs.buffer])
      hasher.update(new Uint8Array(memory));
    return hasher.hex();
  }

  #hash(value: unknown): string {
    const hasher = this.#hasher();
    hasher.update(new TextEncoder().encode(JSON.stringify(value)));
    return hasher.hex().slice(0, 32);
  }
}

function speaksOf(source: string, logSources: readonly string[]): boolean {
  const resolved = sourceOfKey(source);
  return (
    'variants' in resolved && resolved.variants.some((variant) => variant.logSources.some((one) => logSources.includes(one)))
  );
}
