/** Puts the books of blocks together. Rows are counted and ids added up without an order: any cut gives the same. */
import type { Books, Course, Minutes } from '../core/record.ts';
import type { Shelf } from './shelf.ts';

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

const bookNames = ['front', 'proxy', 'proxied', 'back'] as const;

export class BookFold {
  /** When no more come: where they stand, and how long that is; of no books nothing. */
  #settled: { readonly shelf: Shelf; readonly at: number; readonly bytes: number } | null = null;
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
    for (const name of bookNames) {
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

  settle(shelf: Shelf): void {
    const books = this.observed();
    if (books === undefined || this.#settled !== null) return;
    const packed = packBooks(books);
    this.#settled = { shelf, at: shelf.put(packed), bytes: packed.length };
    this.#books.clear();
    this.#starts.length = 0;
    this.#steps.length = 0;
  }

  observed(): Books | undefined {
    if (this.#settled !== null) return unpackBooks(this.#settled.shelf.get(this.#settled.at, this.#settled.bytes));
    if (this.#books.size === 0) return undefined;
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
      if (minutes.length > sparseFrom && all < minutes.length * fewestRowsPerMinute) return undefined;
      books[name] = { minutes, rows, ids };
    }
    return {
      ...books,
      course: {
        begins: this.#begins === true,
        starts: [...this.#starts],
        steps: [...this.#steps],
        first: [...this.#first],
        last: [...this.#last],
      },
    };
  }
}

/** Numbers of eight bytes: whether it begins, how many starts and steps, minutes of each book (-1: no such book), firsts and lasts; then these. */
const headNumbers = 15;

function packBooks({ course, ...books }: Books): Uint8Array {
  const { begins, starts, steps, first, last } = course!;
  const sizes = bookNames.map((name) => books[name]?.minutes.length ?? -1);
  const minutes = sizes.reduce((sum, size) => sum + Math.max(0, size), 0);
  const wide = headNumbers + starts.length + steps.length * 2 + minutes;
  const buffer = new ArrayBuffer(wide * 8 + minutes * 20);
  const numbers = new Float64Array(buffer, 0, wide);
  const small = new Int32Array(buffer, wide * 8);
  numbers.set([begins ? 1 : 0, starts.length, steps.length, ...sizes, ...first, ...last]);
  numbers.set(starts, headNumbers);
  let at = headNumbers + starts.length;
  for (const { fromMinute, toMinute } of steps) {
    numbers[at++] = fromMinute;
    numbers[at++] = toMinute;
  }
  let smallAt = 0;
  for (const name of bookNames) {
    const book = books[name];
    if (book === undefined) continue;
    numbers.set(book.minutes, at);
    small.set(book.rows, smallAt);
    small.set(book.ids, smallAt + book.rows.length);
    at += book.minutes.length;
    smallAt += book.rows.length + book.ids.length;
  }
  return new Uint8Array(buffer);
}

function unpackBooks({ buffer }: Uint8Array): Books {
  const head = new Float64Array(buffer, 0, headNumbers);
  const [begins, starts, steps] = [head[0]!, head[1]!, head[2]!];
  const sizes = [...head.subarray(3, 7)];
  const minutes = sizes.reduce((sum, size) => sum + Math.max(0, size), 0);
  const wide = headNumbers + starts + steps * 2 + minutes;
  const numbers = new Float64Array(buffer, 0, wide);
  const small = new Int32Array(buffer, wide * 8);
  let at = headNumbers + starts;
  const course: Course = {
    begins: begins === 1,
    starts: [...numbers.subarray(headNumbers, at)],
    steps: Array.from({ length: steps }, (_, index) => ({
      fromMinute: numbers[at + index * 2]!,
      toMinute: numbers[at + index * 2 + 1]!,
    })),
    first: [...head.subarray(7, 11)],
    last: [...head.subarray(11, 15)],
  };
  at += steps * 2;
  let smallAt = 0;
  const books: Partial<Record<BookName, Minutes>> = {};
  for (const [index, name] of bookNames.entries()) {
    const size = sizes[index]!;
    if (size < 0) continue;
    books[name] = {
      minutes: numbers.subarray(at, at + size),
      rows: small.subarray(smallAt, smallAt + size),
      ids: small.subarray(smallAt + size, smallAt + size * 5),
    };
    at += size;
    smallAt += size * 5;
  }
  return { ...books, course };
}
