/** How much of archives is believed. Each limit that is reached is said. */
export interface ArchiveLimits {
  /** Archives in archives. */
  readonly depth: number;
  readonly entries: number;
  /** Characters of all names in one hand-over: those of a packed tar take no room in it, and all of ours. */
  readonly nameChars: number;
  /** Unpacked bytes of one hand-over. */
  readonly unpackedBytes: number;
  /** Bytes that may be kept beside for archives in archives that must be read out of order. */
  readonly scratchBytes: number;
  /** What unpacks to more than `ratioFromBytes` at more than `ratio` bytes for one is a bomb: logs reach 30, rarely 100. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}

export const archiveLimits: ArchiveLimits = {
  depth: 5,
  entries: 500_000,
  nameChars: 2 ** 26,
  unpackedBytes: 2 ** 40,
  scratchBytes: 64 * 2 ** 30,
  ratio: 400,
  ratioFromBytes: 128 << 20,
};

/** Tried on everything that is encrypted, before what the user names: samples and collections travel under this one. */
export const usualPasswords: readonly string[] = ['infected'];
