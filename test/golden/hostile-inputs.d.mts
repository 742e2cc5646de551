export interface HostileInput {
  readonly id: string;
  readonly why: string;
  readonly expect: {
    readonly exit: readonly number[];
    /** Words that the output must hold, letter case aside. */
    readonly says: readonly string[];
    readonly saysNot?: readonly string[];
  };
  /** Writes into `folder`, which exists, and returns the path to hand in; undefined where this system cannot make it. */
  write(folder: string): string | undefined;
}

export const hostileInputs: readonly HostileInput[];
