/** Seeded randomness (sfc32): the same seed is the same bytes on every machine. Its 128 bits of state never meet those of another stream. */

const hexDigits = new TextEncoder().encode('0123456789abcdef');
const dash = 0x2d;

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  readonly #seed: string;

  /** @param seed any text; equal texts give equal sequences */
  constructor(seed: string) {
    this.#seed = seed;
    let one = 0x811c9dc5;
    let two = 0x9e3779b9;
    for (let i = 0; i < seed.length; i++) {
      one = Math.imul(one ^ seed.charCodeAt(i), 0x01000193);
      two = Math.imul(two ^ one, 0x85ebca6b) ^ (two >>> 13);
    }
    this.#a = one | 0;
    this.#b = two | 0;
    this.#c = (one ^ (two << 7)) | 0;
    for (let i = 0; i < 16; i++) this.next();
  }

  /** A stream of its own: what is drawn from it moves nothing in this one. */
  fork(name: string): Random {
    return new Random(`${this.#seed}/${name}`);
  }

  /** 32 bits, unsigned. */
  next(): number {
    const t = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    return t >>> 0;
  }

  /** From 0 up to 1, without 1. */
  fraction(): number {
    return this.next() / 4_294_967_296;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + (this.next() % (to - from + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.next() % list.length]!;
  }

  letters(count: number, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'): string {
    let text = '';
    for (let i = 0; i < count; i++) text += alphabet[this.next() % alphabet.length]!;
    return text;
  }

  /** The 36 characters of a version 4 GUID, into `into`. */
  guidInto(into: Uint8Array): void {
    let at = 0;
    for (let word = 0; word < 4; word++) {
      let bits = this.next();
      for (let digit = 0; digit < 8; digit++) {
        if (at === 8 || at === 13 || at === 18 || at === 23) into[at++] = dash;
        into[at++] = hexDigits[bits & 15]!;
        bits >>>= 4;
      }
    }
    into[14] = 0x34;
    into[19] = 0x61;
  }

  guid(): string {
    const bytes = new Uint8Array(36);
    this.guidInto(bytes);
    return String.fromCharCode(...bytes);
  }
}
