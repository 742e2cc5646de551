/**
 * Which of many texts stand in a value, in one pass over it: an Aho-Corasick automaton over UTF-16 units. Children of a state lie
 * side by side, so that tens of thousands of texts fit into a few flat arrays and are built in the time it takes to sort them. Where the
 * texts are few enough, a table says of every state where each character leads.
 */

/** Entries of that table. */
const mostSteps = 1 << 17;
/** Where they are too many, states from which many characters lead on have a row of their own, which knows where every ASCII character leads. */
const wide = 128;
const mostRows = 1024;
/** Fewer are found as fast. */
const fewChildren = 3;

const none = new Int32Array(0);

export class TextAutomaton {
  readonly #unit: Uint16Array;
  /** Children of state s: from #first[s] up to #first[s + 1]. */
  readonly #first: Int32Array;
  readonly #fail: Int32Array;
  /** The text that ends in a state; -1: none. */
  readonly #ends: Int32Array;
  /** The next shorter text that ends there, too. */
  readonly #also: Int32Array;
  readonly #root = new Int32Array(128);
  /** By state and class of character; null: there would be too many, or a text is not all ASCII. */
  #steps: Int32Array | null = null;
  /** Class of each ASCII character; 0: it stands in no text. */
  readonly #classes = new Uint8Array(128);
  #width = 1;
  /** Where there is no table: by state its row among {@link #rows}, -1: it has none. */
  #rowOf: Int32Array = none;
  #rows: Int32Array = none;

  /** @param texts not empty and each once; what is found is told by index */
  constructor(texts: readonly string[]) {
    const order = texts.map((_, index) => index).sort((a, b) => (texts[a]! < texts[b]! ? -1 : 1));
    const most = texts.reduce((sum, text) => sum + text.length, 1);
    const unit = new Uint16Array(most);
    const first = new Int32Array(most + 2);
    const ends = new Int32Array(most).fill(-1);
    const parent = new Int32Array(most);
    const low = new Int32Array(most);
    const high = new Int32Array(most);
    const depth = new Int32Array(most);
    high[0] = texts.length;
    let states = 1;
    for (let state = 0; state < states; state++) {
      first[state] = states;
      let at = low[state]!;
      const stop = high[state]!;
      const deep = depth[state]!;
      // Sorted: the text that ends here comes first.
      if (at < stop && texts[order[at]!]!.length === deep) ends[state] = order[at++]!;
      while (at < stop) {
        const code = texts[order[at]!]!.charCodeAt(deep);
        const from = at;
        while (at < stop && texts[order[at]!]!.charCodeAt(deep) === code) at++;
        unit[states] = code;
        parent[states] = state;
        low[states] = from;
        high[states] = at;
        depth[states] = deep + 1;
        states++;
      }
    }
    first[states] = states;
    this.#unit = unit.slice(0, states);
    this.#first = first.slice(0, states + 1);
    this.#ends = ends.slice(0, states);
    this.#fail = new Int32Array(states);
    this.#also = new Int32Array(states);
    for (let child = this.#first[0]!; child < this.#first[1]!; child++) if (unit[child]! < 128) this.#root[unit[child]!] = child;
    for (let state = 1; state < states; state++) {
      const above = parent[state]!;
      if (above !== 0) {
        let back = this.#fail[above]!;
        let target = this.#edge(back, unit[state]!);
        while (target === 0 && back !== 0) {
          back = this.#fail[back]!;
          target = this.#edge(back, unit[state]!);
        }
        this.#fail[state] = target;
      }
      const back = this.#fail[state]!;
      this.#also[state] = this.#ends[back] === -1 ? this.#also[back]! : back;
    }
    this.#tabulate(states);
    if (this.#steps === null) this.#widen(states);
  }

  #widen(states: number): void {
    const first = this.#first;
    const wanted: number[] = [];
    // States stand in the order of their depth: those that are passed most often come first.
    for (let state = 0; state < states && wanted.length < mostRows; state++)
      if (state === 0 || first[state + 1]! - first[state]! > fewChildren) wanted.push(state);
    const rows = new Int32Array(wanted.length * wide);
    const rowOf = new Int32Array(states).fill(-1);
    for (const [index, state] of wanted.entries()) {
      const row = index * wide;
      for (let code = 0; code < wide; code++) {
        let at = state;
        let next = this.#edge(at, code);
        while (next === 0 && at !== 0) {
          at = this.#fail[at]!;
          next = rowOf[at] === -1 ? this.#edge(at, code) : rows[rowOf[at]! + code]!;
          if (rowOf[at] !== -1) break;
        }
        rows[row + code] = next;
      }
      rowOf[state] = row;
    }
    this.#rowOf = rowOf;
    this.#rows = rows;
  }

  #tabulate(states: number): void {
    for (let state = 1; state < states; state++) {
      const code = this.#unit[state]!;
      if (code >= 128) return;
      if (this.#classes[code] === 0) this.#classes[code] = this.#width++;
    }
    const width = this.#width;
    if (states * width > mostSteps) return;
    const steps = new Int32Array(states * width);
    // States stand in the order of their depth: where a state falls back to is done before it.
    for (let state = 0; state < states; state++) {
      if (state > 0) steps.copyWithin(state * width, this.#fail[state]! * width, (this.#fail[state]! + 1) * width);
      for (let child = this.#first[state]!; child < this.#first[state + 1]!; child++)
        steps[state * width + this.#classes[this.#unit[child]!]!] = child;
    }
    this.#steps = steps;
  }

  /** 0: there is none. */
  #edge(state: number, code: number): number {
    if (state === 0 && code < 128) return this.#root[code]!;
    const unit = this.#unit;
    let low = this.#first[state]!;
    let high = this.#first[state + 1]!;
    while (high - low > 8) {
      const middle = (low + high) >> 1;
      if (unit[middle]! <= code) low = middle;
      else high = middle;
    }
    for (; low < high; low++) if (unit[low] === code) return low;
    return 0;
  }

  /** Every place where a text ends, with the position behind it. */
  scan(value: string, found: (text: number, end: number) => void): void {
    if (this.#steps !== null) {
      this.#step(value, this.#steps, found);
      return;
    }
    const fail = this.#fail;
    const ends = this.#ends;
    const also = this.#also;
    const rowOf = this.#rowOf;
    const rows = this.#rows;
    let state = 0;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code < wide) {
        // The first state has a row.
        for (let row = rowOf[state]!; ; row = rowOf[state]!) {
          if (row !== -1) {
            state = rows[row + code]!;
            break;
          }
          const next = this.#edge(state, code);
          if (next !== 0) {
            state = next;
            break;
          }
          state = fail[state]!;
        }
      } else {
        let next = this.#edge(state, code);
        while (next === 0 && state !== 0) {
          state = fail[state]!;
          next = this.#edge(state, code);
        }
        state = next;
      }
      if (state === 0) continue;
      for (let at = ends[state] === -1 ? also[state]! : state; at !== 0; at = also[at]!) found(ends[at]!, i + 1);
    }
  }

  #step(value: string, steps: Int32Array, found: (text: number, end: number) => void): void {
    const ends = this.#ends;
    const also = this.#also;
    const classes = this.#classes;
    const width = this.#width;
    let state = 0;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      state = code < 128 ? steps[state * width + classes[code]!]! : 0;
      if (state !== 0) for (let at = ends[state] === -1 ? also[state]! : state; at !== 0; at = also[at]!) found(ends[at]!, i + 1);
    }
  }
}
