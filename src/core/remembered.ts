/**
 * What was found out of a text, for texts that come again. Two halves: when the younger one is full, the older one is forgotten, so that a
 * flood of texts that come once costs no more than finding each out, and what comes all the time stays.
 */
export class Remembered<T> {
  readonly #most: number;
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  /** @param most texts of one half */
  constructor(most: number) {
    this.#most = most;
  }

  get(text: string): T | undefined {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const old = this.#old.get(text);
    if (old !== undefined) this.set(text, old);
    return old;
  }

  set(text: string, found: T): void {
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Map<string, T>();
    }
    this.#young.set(text, found);
  }
}
