// Seeded randomness: the same set is the same bytes on every machine and in every year.

/** A small generator (mulberry32). `seed` is any text; equal text gives equal sequences. */
export function createRandom(seed) {
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const hex = (digits) => (next() >>> (32 - digits * 4)).toString(16).padStart(digits, '0');
  return {
    next,
    /** A whole number from `from` to `to`, both included. */
    between: (from, to) => from + (next() % (to - from + 1)),
    pick: (list) => list[next() % list.length],
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(8)}${hex(4)}`,
    letters: (count, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789') => {
      let text = '';
      for (let i = 0; i < count; i++) text += alphabet[next() % alphabet.length];
      return text;
    },
  };
}
