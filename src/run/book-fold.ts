/** Puts the books of blocks together. Rows are counted and ids added up without an order: any cut gives the same. */
import type { Books, Minutes } from '../core/record.ts';

/**
 * Distinct minutes per file: a log of a month has 44,640. A file with more, or with hardly more rows than minutes, is none that a server
 * wrote in a month, and keeps no books: its dates could be anything, and each would take room.
 */
const minuteLimit = 50_000;
const sparseFrom = 4096;
const fewestRowsPerMinute = 1.25;

export class BookFold {
  readonly #books = new Map<keyof Books, Map<number, Int32Array>>();
  #full = false;

  add(books: Books | undefined): void {
    if (books === undefined || this.#full) return;
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
      if (into.size > minuteLimit) {
        this.#full = true;
        this.#books.clear();
        return;
      }
    }
  }

  observed(): { books?: Books } {
    if (this.#books.size === 0) return {};
    const books: Partial<Record<keyof Books, Minutes>> = {};
    for (const [name, entries] of this.#books) {
      const minutes = Float64Array.from(entries.keys()).sort();
      const rows = new Int32Array(minutes.length);
      const ids = new Int32Array(minutes.length * 4);
      let all = 0;
      for (const [index, minute] of minutes.entries()) {
        const entry = entries.get(minute)!;
        rows[index] = entry[0]!;
        ids.set(entry.subarray(1), index * 4);
        all += entry[0]!;
      }
      if (minutes.length > sparseFrom && all < minutes.length * fewestRowsPerMinute) return {};
      books[name] = { minutes, rows, ids };
    }
    return { books };
  }
}
