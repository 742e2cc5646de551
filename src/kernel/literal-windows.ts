/**
 * The three-byte windows by which the skimmer tells where a literal may stand: of every literal the rarest three bytes, in eight
 * buckets, as tables of the low and the high half of each of the three bytes (the "Teddy" of Hyperscan and ripgrep).
 * @see https://github.com/BurntSushi/aho-corasick/blob/master/src/packed/teddy/README.md
 */
import type { Automaton } from './automaton.ts';

const buckets = 8;
const percent = 0x25;
/** Top bit: a byte that is looked for anyway. */
const beyondAscii = 0x80;

/** From common to rare in addresses, agents and queries; what is not in it is rarer still. */
const common = 'etaoisrnlcdpmu0123h.f/4b6895g7wvykx=-_&;:+%jzq';

function cost(byte: number): number {
  const rank = common.indexOf(String.fromCharCode(byte));
  return rank === -1 ? 0 : common.length - rank;
}

function rarestWindow(pattern: Uint8Array): Uint8Array {
  let best = pattern.subarray(0, 3);
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at + 3 <= pattern.length; at++) {
    const window = pattern.subarray(at, at + 3);
    const sum = window.reduce((all, byte) => all + cost(byte), 0);
    if (sum < least) [best, least] = [window, sum];
  }
  return best;
}

/** Six tables of 16 bytes (low and high half of the first, second and third byte), then three bytes that are never passed over, 16 times each. */
export function literalWindows({ patterns, complex, decodes }: Automaton): Uint8Array {
  const tables = new Uint8Array(9 * 16);
  for (const [index, pattern] of patterns.entries()) {
    const bucket = 1 << (index % buckets);
    const window = rarestWindow(pattern);
    for (let place = 0; place < 3; place++) {
      const low = place * 32;
      const high = low + 16;
      const byte = window[place];
      if (byte === undefined) {
        // A shorter literal: anything may follow.
        for (let half = 0; half < 16; half++) {
          tables[low + half]! |= bucket;
          tables[high + half]! |= bucket;
        }
        continue;
      }
      const isLetter = byte >= 0x61 && byte <= 0x7a;
      for (const either of isLetter ? [byte, byte - 32] : [byte]) {
        tables[low + (either & 15)]! |= bucket;
        tables[high + (either >> 4)]! |= bucket;
      }
    }
  }
  const odd = [...(decodes ? [percent] : []), ...complex];
  for (let place = 0; place < 3; place++) tables.fill(odd[place] ?? beyondAscii, 96 + place * 16, 112 + place * 16);
  return tables;
}
