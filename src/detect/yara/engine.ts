/** What a YARA engine does for us; the machine brings one (`src/host`). All of it is synchronous, and may trap. */
import type { FileNames } from './file-tests.ts';

export interface EngineMatch {
  readonly namespace: string;
  readonly rule: string;
  readonly private: boolean;
  readonly tags: readonly string[];
  readonly metadata: readonly { readonly identifier: string; readonly value: unknown }[];
  readonly patterns: readonly {
    readonly identifier: string;
    readonly matches: readonly { readonly offset: number; readonly length: number }[];
  }[];
}

export interface EngineRules {
  /**
   * @param names external variables that are set for this call; each has its price
   * @param mostMatches kept of one pattern; null: all
   */
  scan(bytes: Uint8Array, names: Partial<FileNames>, mostMatches: number | null): readonly EngineMatch[];
  free(): void;
}

export interface EngineSource {
  readonly namespace: string;
  readonly text: string;
}

export interface Engine {
  /** What the engine says against a source, as it says it to people; none: it compiles. */
  errors(source: EngineSource): readonly string[];
  /** @throws {EngineRefusal} when one of them does not compile */
  compile(sources: readonly EngineSource[]): EngineRules;
}

/** The engine does not take these rules; anything else that it throws is a trap, after which it is not to be used again. */
export class EngineRefusal extends Error {
  override readonly name = 'EngineRefusal';
}
