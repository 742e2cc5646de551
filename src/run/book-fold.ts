/** Puts the books of blocks together. Rows are counted and ids added up without an order: any cut gives the same. */
import type { Books } from '../core/record.ts';
import type { ObservedBooks } from './observed.ts';

export class BookFold {
  readonly #books = new Map<keyof Books, Map<number, Int32Array>>();

  add(books: Books | undefined): void {
    if (books === undefined) return;
    for (const name of ['front', 'proxy', 'proxied', 'back'] as const) {
      const own = books[name];
      if (own === undefined) continue;
      const into = this.#books.get(name) ?? new Map<number, Int32Array>();
      this.#books.set(name, into);
      for (const [index, minute] of own.minutes.entries()) {
        let entry = into.get(minute);
        if (entry === undefined) into.set(minute, (entry = new Int32Array(5)));
        entry[0]! += own.rows[index]!;
        for (let word = 0; word < 4; word++) entry[word + 1]! ^= own.ids[index * 4 + word]!;
      }
    }
  }

  observed(): { books?: ObservedBooks } {
    return this.#books.size === 0 ? {} : { books: Object.fromEntries(this.#books) };
  }
}
