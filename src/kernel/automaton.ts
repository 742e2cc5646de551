/**
 * One Aho-Corasick automaton per field tells whether any selecting literal may hold, before a string is made.
 * Bytes are folded to lower-case ASCII; cells that ASCII folding cannot judge are reported as `complex` and decided by decoding.
 */

export class Automaton {
  readonly #next: Int32Array;
  readonly #accepting: Uint8Array;
  readonly #complexByte: Uint8Array;
  /** A literal that ASCII bytes cannot express: every cell must be decoded. */
  readonly #alwaysDecode: boolean;

  /**
   * @param texts the literals' texts
   * @param complex bytes (beside all above 0x7f) after which a cell can mean something else than its bytes: `%`, `"`, `'`
   */
  constructor(texts: readonly string[], complex: readonly number[]) {
    const patterns: Uint8Array[] = [];
    let alwaysDecode = false;
    for (const text of texts) {
      const folded = text.toLowerCase();
      // oxlint-disable-next-line no-control-regex -- all of ASCII is meant
      if (folded === '' || !/^[\u0000-\u007f]*$/.test(folded)) alwaysDecode = true;
      else patterns.push(Uint8Array.from(folded, (character) => character.charCodeAt(0)));
    }
    this.#alwaysDecode = alwaysDecode;
    this.#complexByte = new Uint8Array(256).fill(1, 0x80);
    for (const byte of complex) this.#complexByte[byte] = 1;

    const states = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
    const next = new Int32Array(states * 256).fill(-1);
    const accepting = new Uint8Array(states);
    let used = 1;
    for (const pattern of patterns) {
      let state = 0;
      for (const byte of pattern) {
        const edge = state * 256 + byte;
        if (next[edge] === -1) next[edge] = used++;
        state = next[edge]!;
      }
      accepting[state] = 1;
    }
    // Breadth first: failure links are folded into the table, so that matching never walks back.
    const fail = new Int32Array(states);
    const queue: number[] = [];
    for (let byte = 0; byte < 256; byte++) {
      const target = next[byte]!;
      if (target === -1) next[byte] = 0;
      else queue.push(target);
    }
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head]!;
      const back = fail[state]!;
      if (accepting[back]) accepting[state] = 1;
      for (let byte = 0; byte < 256; byte++) {
        const target = next[state * 256 + byte]!;
        if (target === -1) next[state * 256 + byte] = next[back * 256 + byte]!;
        else {
          fail[target] = next[back * 256 + byte]!;
          queue.push(target);
        }
      }
    }
    // Upper-case letters take the edges of lower-case ones.
    for (let state = 0; state < used; state++) {
      for (let byte = 65; byte <= 90; byte++) next[state * 256 + byte] = next[state * 256 + byte + 32]!;
    }
    this.#next = next;
    this.#accepting = accepting;
  }

  /** True when a literal may hold in bytes [start, end): the cell has to be decoded and judged. */
  mayHold(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#alwaysDecode) return true;
    const next = this.#next;
    const accepting = this.#accepting;
    const complexByte = this.#complexByte;
    let state = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (complexByte[byte] === 1) return true;
      state = next[state * 256 + byte]!;
      if (accepting[state] === 1) return true;
    }
    return false;
  }
}
