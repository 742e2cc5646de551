/** Puts the books of blocks together. Rows are counted and ids added up without an order: any cut gives the same. */
import type { Books, Course, Minutes } from '../core/record.ts';

/**
 * Distinct minutes per file: a log of a month has 44,640. A file with more, or with hardly more rows than minutes, is none that a server
 * wrote in a month, and keeps no books: its dates could be anything, and each would take room.
 */
const minuteLimit = 50_000;
const sparseFrom = 4096;
const fewestRowsPerMinute = 1.25;

type BookName = Exclude<keyof Books, 'course'>;
/** Heads and steps back that are kept of a file, and how far back time runs where it is said; as the kernel has them. */
const noteLimit = 1000;
const backMinutes = 5;
const longAgo = Number.NEGATIVE_INFINITY;
/** Number of the book that is a part of another. */
const proxied = 2;

export class BookFold {
  readonly #books = new Map<BookName, Map<number, Int32Array>>();
  readonly #starts: number[] = [];
  #begins: boolean | null = null;
  readonly #steps: { fromMinute: number; toMinute: number }[] = [];
  readonly #first = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  readonly #last = [longAgo, longAgo, longAgo, longAgo];
  #full = false;

  add(books: Books | undefined): void {
    if (books === undefined || this.#full) return;
    if (books.course !== undefined) this.#goOn(books.course);
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

  /** Blocks come in their order. */
  #goOn({ begins, starts, steps, first, last }: Course): void {
    const room = (list: readonly unknown[]): number => Math.max(0, noteLimit - list.length);
    this.#begins ??= begins;
    for (const [book, minute] of first.entries()) {
      // Where no head line stands between two blocks, time goes on from the one into the other.
      const before = this.#last[book]!;
      if (!begins && book !== proxied && minute < before - backMinutes && room(this.#steps) > 0)
        this.#steps.push({ fromMinute: before, toMinute: minute });
      if (Number.isNaN(this.#first[book]!)) this.#first[book] = minute;
      if (begins || starts.length > 0 || last[book]! > longAgo) this.#last[book] = last[book]!;
    }
    this.#starts.push(...starts.slice(0, room(this.#starts)));
    this.#steps.push(...steps.slice(0, room(this.#steps)));
  }

  observed(): { books?: Books } {
    if (this.#books.size === 0) return {};
    const books: Partial<Record<BookName, Minutes>> = {};
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
    return {
      books: {
        ...books,
        course: { begins: this.#begins === true, starts: this.#starts, steps: this.#steps, first: this.#first, last: this.#last },
      },
    };
  }
}
