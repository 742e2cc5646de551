/**
 * What a thread met in earlier blocks: values and tuples by number, tuples with their verdict. A cache of bounded size: nothing but
 * speed depends on what is in it.
 */
export interface Memo {
  /** Text of a value by its number, made when asked for. */
  readonly texts: (string | undefined)[];
  /** Tuple by its number, made when asked for. */
  readonly tuples: (readonly (string | null)[] | undefined)[];
  /** Another object when all was forgotten and numbers begin anew. */
  readonly memory: object;
  /** Keeps a value of the block's bytes; its number, or 0: no room. */
  rememberValue(hash: number, start: number, end: number, doubled: number): number;
  /** Keeps a tuple of numbers of values (0: no value) for one owner, with its verdict (8 bits); its number, or 0: no room. */
  rememberTuple(owner: number, values: readonly number[], verdict: number): number;
  /** A judge and a group of one scanner: verdicts are kept for each apart. */
  newOwner(): number;
}
