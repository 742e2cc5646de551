/** Writes one set below `folder` and returns what it wrote. */
export function writeSet(
  name: string,
  folder: string,
): {
  readonly bytes: number;
  readonly files: readonly string[];
  readonly beside: readonly string[];
  readonly servers: readonly string[];
};

export const setNames: readonly string[];
