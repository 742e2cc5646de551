/** What will happen when: a heap of moments. Equal moments come in the order in which they were put in. */

interface Entry {
  readonly ms: number;
  readonly order: number;
  readonly run: (ms: number) => void;
}

export class Timetable {
  readonly #heap: Entry[] = [];
  #order = 0;

  get nextMs(): number {
    return this.#heap.length === 0 ? Number.POSITIVE_INFINITY : this.#heap[0]!.ms;
  }

  add(ms: number, run: (ms: number) => void): void {
    const heap = this.#heap;
    const entry = { ms, order: this.#order++, run };
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!before(entry, heap[above]!)) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = entry;
  }

  /** Takes the next one out and lets it happen. */
  runNext(): void {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return;
    if (heap.length > 0) {
      let at = 0;
      for (;;) {
        let child = at * 2 + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
        if (!before(heap[child]!, last)) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = last;
    }
    first.run(first.ms);
  }
}

const before = (a: Entry, b: Entry): boolean => a.ms < b.ms || (a.ms === b.ms && a.order < b.order);
