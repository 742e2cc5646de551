/**
 * SHA-256 of an artifact, made while it is read. It is the one thing that cannot be split over threads, and a third of what reading
 * costs: where there are threads, one of them does nothing else (`ScanExecutor.hasher`).
 */
import type { Hasher } from '../core/platform.ts';

export interface ContentHash {
  /** All bytes, in order. They may not change before {@link taken}. */
  update(bytes: Uint8Array): void;
  /** Settles when the bytes handed over so far are no longer needed; null: they are not. Rejects when the thread died. */
  taken(): Promise<void> | null;
  /** The hash of what came so far, as if it were all. */
  soFar(): Promise<string>;
  /** The hash; ends it. */
  hex(): Promise<string>;
  /** Ends it without. */
  drop(): void;
}

/** Below this many bytes, handing them to another thread costs more than hashing them. */
export const worthHandingOver = 256 << 10;

/** In this thread, at once. */
export function hashHere(hasher: Hasher): ContentHash {
  return {
    update: (bytes) => hasher.update(bytes),
    taken: () => null,
    soFar: async () => hasher.soFar(),
    hex: async () => hasher.hex(),
    drop: () => {},
  };
}
