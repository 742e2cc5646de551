/** DEFLATE (RFC 1951) for texts that a page unpacks before it runs them. Bounded output; damaged input gives what came before the damage. */

const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12_289,
  16_385, 24_577,
];
const distanceBits = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

interface Codes {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function codesOf(lengths: readonly number[]): Codes {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  const offsets = new Uint16Array(16);
  for (let i = 1; i < 16; i++) offsets[i] = offsets[i - 1]! + counts[i - 1]!;
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) if (length > 0) symbols[offsets[length]!++] = symbol;
  return { counts, symbols };
}

const fixedLengths = codesOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
const fixedDistances = codesOf(Array.from({ length: 30 }, () => 5));

class Ended extends Error {}

/** @param packed one character a byte; wrapped as zlib, gzip or not at all */
export function inflate(packed: string, most: number): string | null {
  const from = headerLength(packed);
  const out = new Uint8Array(Math.min(most, Math.max(1024, packed.length * 64)));
  let [at, bits, held, used] = [from, 0, 0, 0];
  const take = (count: number): number => {
    while (bits < count) {
      if (at >= packed.length) throw new Ended();
      held |= (packed.charCodeAt(at++) & 0xff) << bits;
      bits += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    bits -= count;
    return value;
  };
  const decode = ({ counts, symbols }: Codes): number => {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length < 16; length++) {
      code |= take(1);
      const count = counts[length]!;
      if (code - count < first) return symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Ended();
  };
  const put = (byte: number): void => {
    if (used >= out.length) throw new Ended();
    out[used++] = byte;
  };
  const stored = (): void => {
    bits = held = 0;
    if (at + 4 > packed.length) throw new Ended();
    const length = (packed.charCodeAt(at) & 0xff) | ((packed.charCodeAt(at + 1) & 0xff) << 8);
    at += 4;
    for (let i = 0; i < length; i++) {
      if (at >= packed.length) throw new Ended();
      put(packed.charCodeAt(at++) & 0xff);
    }
  };
  const dynamic = (): readonly [Codes, Codes] => {
    const [literals, distances, codes] = [take(5) + 257, take(5) + 1, take(4) + 4];
    const lengths = Array.from({ length: 19 }, () => 0);
    for (let i = 0; i < codes; i++) lengths[order[i]!] = take(3);
    const table = codesOf(lengths);
    const all: number[] = [];
    while (all.length < literals + distances) {
      const symbol = decode(table);
      if (symbol < 16) all.push(symbol);
      else {
        const repeat = symbol === 16 ? (all.at(-1) ?? 0) : 0;
        for (let times = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7); times > 0; times--)
          all.push(repeat);
      }
    }
    return [codesOf(all.slice(0, literals)), codesOf(all.slice(literals, literals + distances))];
  };
  const block = (lengths: Codes, distances: Codes): void => {
    for (;;) {
      const symbol = decode(lengths);
      if (symbol === 256) return;
      if (symbol < 256) {
        put(symbol);
        continue;
      }
      const index = symbol - 257;
      if (index >= lengthBase.length) throw new Ended();
      const length = lengthBase[index]! + take(lengthBits[index]!);
      const far = decode(distances);
      if (far >= distanceBase.length) throw new Ended();
      const distance = distanceBase[far]! + take(distanceBits[far]!);
      if (distance > used) throw new Ended();
      for (let i = 0; i < length; i++) put(out[used - distance]!);
    }
  };
  try {
    for (let last = 0; last === 0;) {
      last = take(1);
      const type = take(2);
      if (type === 0) stored();
      else if (type === 1) block(fixedLengths, fixedDistances);
      else if (type === 2) block(...dynamic());
      else break;
    }
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  }
  if (used === 0) return null;
  let text = '';
  for (let i = 0; i < used; i += 4096)
    text += String.fromCharCode.apply(null, out.subarray(i, Math.min(i + 4096, used)) as unknown as number[]);
  return text;
}

function headerLength(packed: string): number {
  const [a, b] = [packed.charCodeAt(0), packed.charCodeAt(1)];
  if (a === 0x1f && b === 0x8b) {
    const flags = packed.charCodeAt(3);
    let at = 10;
    if (flags & 4) at += 2 + (packed.charCodeAt(at) | (packed.charCodeAt(at + 1) << 8));
    for (const flag of [8, 16]) if (flags & flag) at = packed.indexOf('\0', at) + 1 || packed.length;
    return flags & 2 ? at + 2 : at;
  }
  return (a & 0x0f) === 8 && ((a << 8) | b) % 31 === 0 ? 2 : 0;
}
