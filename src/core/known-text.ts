/** A text that comes again and again, with what was found out of it: whoever remembers something of it need not look for it by its letters. */

/** Up to so many, going through them is faster than a table. */
const fewNotes = 8;

export class KnownText {
  /** As it is told; never the same object for two texts. */
  readonly text: string;
  #owners: object[] | null = null;
  readonly #found: unknown[] = [];
  #more: Map<object, unknown> | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** What somebody found out of it; undefined: nothing yet. */
  found(owner: object): unknown {
    const owners = this.#owners;
    if (owners === null) return undefined;
    for (let i = 0; i < owners.length; i++) if (owners[i] === owner) return this.#found[i];
    return this.#more === null ? undefined : this.#more.get(owner);
  }

  /** @param owner who asks for it again: one of a number that does not grow with the evidence */
  note(owner: object, found: unknown): void {
    this.#owners ??= [];
    if (this.#owners.length < fewNotes) {
      this.#owners.push(owner);
      this.#found.push(found);
    } else {
      this.#more ??= new Map();
      this.#more.set(owner, found);
    }
  }
}
