/**
 * One Aho-Corasick automaton per field tells whether any selecting literal may hold, before a string is made.
 *
 * Bytes are folded to lower-case ASCII. What ASCII folding cannot judge (a byte above 0x7f, a quote that the format may have
 * doubled) is answered with "may hold" and decided by decoding. Percent-encoding is followed here, because half of all query
 * strings hold some.
 */
import { foldCase, isAscii } from '../core/text.ts';

const percent = 0x25;

const hexValue = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 10; digit++) hexValue[48 + digit] = digit;
for (let digit = 0; digit < 6; digit++) hexValue[65 + digit] = hexValue[97 + digit] = 10 + digit;

/** Stands for every state in which a literal has ended or the cell must be decoded: nothing that follows can change the answer. */
const held = -1;

export class Automaton {
  /** Row of a state + class of a byte → row of the next state, or {@link held}. */
  readonly next: Int32Array;
  /** Letters of both cases share a class; bytes that stand in no literal share class 0, complex ones class 1. */
  readonly classOf: Uint8Array;
  readonly decodes: boolean;
  /** A literal that ASCII bytes cannot express: every cell must be decoded. */
  readonly alwaysDecode: boolean;
  /** The literals in lower-case ASCII, as far as it can express them. */
  readonly patterns: readonly Uint8Array[];
  readonly complex: readonly number[];

  /**
   * @param texts the literals' texts
   * @param complex bytes (beside all above 0x7f) after which a cell can mean something else than its bytes: `"`, `'`
   * @param decodes literals are looked for in the percent-decoded value, too
   */
  constructor(texts: readonly string[], complex: readonly number[], decodes: boolean) {
    const patterns: Uint8Array[] = [];
    let alwaysDecode = false;
    for (const text of texts) {
      const folded = foldCase(text);
      if (folded === '' || !isAscii(folded)) alwaysDecode = true;
      else patterns.push(Uint8Array.from(folded, (character) => character.charCodeAt(0)));
    }
    this.alwaysDecode = alwaysDecode;
    this.decodes = decodes;
    this.patterns = patterns;
    this.complex = complex;

    const classOf = new Uint8Array(256);
    let classes = 2;
    for (const pattern of patterns) for (const byte of pattern) if (classOf[byte] === 0) classOf[byte] = classes++;
    for (let byte = 65; byte <= 90; byte++) classOf[byte] = classOf[byte + 32]!;
    classOf.fill(1, 0x80);
    for (const byte of complex) classOf[byte] = 1;

    const states = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
    const next = new Int32Array(states * classes).fill(-1);
    const accepting = new Uint8Array(states);
    let used = 1;
    for (const pattern of patterns) {
      let state = 0;
      for (const byte of pattern) {
        const edge = state * classes + classOf[byte]!;
        if (next[edge] === -1) next[edge] = used++;
        state = next[edge]!;
      }
      accepting[state] = 1;
    }
    // Breadth first: failure links are folded into the table, so that matching never walks back.
    const fail = new Int32Array(states);
    const queue: number[] = [];
    for (let edge = 0; edge < classes; edge++) {
      const target = next[edge]!;
      if (target === -1) next[edge] = 0;
      else queue.push(target);
    }
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head]!;
      const back = fail[state]!;
      if (accepting[back]) accepting[state] = 1;
      for (let edge = 0; edge < classes; edge++) {
        const target = next[state * classes + edge]!;
        if (target === -1) next[state * classes + edge] = next[back * classes + edge]!;
        else {
          fail[target] = next[back * classes + edge]!;
          queue.push(target);
        }
      }
    }
    for (let edge = 0; edge < next.length; edge++) {
      const target = next[edge]!;
      next[edge] = edge % classes === 1 || accepting[target] === 1 ? held : target * classes;
    }
    this.next = next;
    this.classOf = classOf;
  }

  /** True when a literal may hold in bytes [start, end): the cell has to be decoded and judged. */
  mayHold(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.alwaysDecode) return true;
    const next = this.next;
    const classOf = this.classOf;
    const watched = this.decodes ? percent : -1;
    let state = 0;
    let encodedAt = -1;
    let stateThere = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte === watched && encodedAt === -1) {
        encodedAt = i;
        stateThere = state;
      }
      state = next[state + classOf[byte]!]!;
      if (state === held) return true;
    }
    return encodedAt !== -1 && this.#decodedMayHold(bytes, encodedAt, end, stateThere);
  }

  /** The same for the cell percent-decoded once; what stands before its first `%` has led to `state`. */
  #decodedMayHold(bytes: Uint8Array, start: number, end: number, before: number): boolean {
    let state = before;
    for (let i = start; i < end; i++) {
      let byte = bytes[i]!;
      if (byte === percent && i + 2 < end) {
        const high = hexValue[bytes[i + 1]!]!;
        const low = hexValue[bytes[i + 2]!]!;
        if (high !== -1 && low !== -1) {
          byte = high * 16 + low;
          i += 2;
        }
      }
      state = this.next[state + this.classOf[byte]!]!;
      if (state === held) return true;
    }
    return false;
  }
}
