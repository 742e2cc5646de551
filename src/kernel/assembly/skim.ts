/**
 * AssemblyScript, not TypeScript: compiled by `npm run kernel` into `../skim-wasm.ts`. How the memory is laid out and what the
 * words of the plan mean is written in `../skimmer.ts`; the tables are those of `../tables.ts`, hash for hash.
 *
 * Goes over rows of which nothing is to be done but counting them, and stops before the first that is another. Values and tuples are entered
 * into the tables of this block in the place and order in which the reference would; a tuple that was met in an earlier block with the verdict
 * that it was given then, and one that was never met with the one that the scanner gives it when it is asked. It never tells a problem. Rows
 * that matter are the reference scanner's, which is handed the row it stopped at.
 *
 * Whole in one file because it is one module: what can be read alone are the three parts: bytes, memory of values and tuples, rows.
 */

const lf: u32 = 10;
const cr: u32 = 13;
const quote: u32 = 0x22;
const hashSign: u32 = 0x23;
const percent: u32 = 0x25;
const comma: u32 = 0x2c;
const minus: u32 = 0x2d;
const none: i32 = -1;
const probeLimit: i32 = 32;

let cachedDateHead: u64 = 0;
let cachedDateTail: u32 = 0;
let cachedDayMs: f64 = NaN;
let cachedClock: u64 = 0;
let cachedSeconds: i32 = -1;

let cellStarts: usize = 0;
let cellEnds: usize = 0;
let cellMarks: usize = 0;
let quotedRow: bool = false;

// @ts-ignore: decorator
@inline function digit(at: usize): u32 {
  return <u32>load<u8>(at) - 48;
}

// @ts-ignore: decorator
@inline function startOf(cell: i32): usize {
  return <usize>load<i32>(cellStarts + (<usize>cell << 2));
}

// @ts-ignore: decorator
@inline function endOf(cell: i32): usize {
  return <usize>load<i32>(cellEnds + (<usize>cell << 2));
}

/** Milliseconds of a `YYYY-MM-DD` of ten bytes; NaN when it is no date. Two rows in a row mostly have the same. */
function dayMsAt(at: usize): f64 {
  const head = load<u64>(at);
  const tail = <u32>load<u16>(at + 8);
  if (head == cachedDateHead && tail == cachedDateTail) return cachedDayMs;
  if (load<u8>(at + 4) != 45 || load<u8>(at + 7) != 45) return NaN;
  const a = digit(at);
  const b = digit(at + 1);
  const c = digit(at + 2);
  const d = digit(at + 3);
  const e = digit(at + 5);
  const f = digit(at + 6);
  const g = digit(at + 8);
  const h = digit(at + 9);
  if (a > 9 || b > 9 || c > 9 || d > 9 || e > 9 || f > 9 || g > 9 || h > 9) return NaN;
  let year = <i32>(a * 1000 + b * 100 + c * 10 + d);
  const month = <i32>(e * 10 + f);
  const day = <i32>(g * 10 + h);
  // Years that no log carries and days that few months have are for the reference to look at.
  if (year < 1970 || month < 1 || month > 12 || day < 1) return NaN;
  const leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const length = month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  if (day > length) return NaN;
  // Days since 1970 of a date of the Gregorian calendar, with years that begin in March.
  const shifted = month > 2 ? month - 3 : month + 9;
  if (month <= 2) year--;
  const days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + day - 1 - 719468;
  cachedDateHead = head;
  cachedDateTail = tail;
  cachedDayMs = <f64>days * 86400000.0;
  return cachedDayMs;
}

/** Seconds of the day of `HH:MM:SS`; -1 when it is none. Two rows in a row often have the same. */
// @ts-ignore: decorator
@inline function secondsAt(at: usize): i32 {
  const clock = load<u64>(at);
  if (clock == cachedClock) return cachedSeconds;
  cachedClock = clock;
  cachedSeconds = readSeconds(at);
  return cachedSeconds;
}

function readSeconds(at: usize): i32 {
  const a = digit(at);
  const b = digit(at + 1);
  const c = digit(at + 3);
  const d = digit(at + 4);
  const e = digit(at + 6);
  const f = digit(at + 7);
  if (a > 9 || b > 9 || c > 9 || d > 9 || e > 9 || f > 9 || load<u8>(at + 2) != 58 || load<u8>(at + 5) != 58) return -1;
  const hour = a * 10 + b;
  const minute = c * 10 + d;
  const second = e * 10 + f;
  if (hour > 23 || minute > 59 || second > 60) return -1;
  return <i32>(hour * 3600 + minute * 60 + second);
}

/** `cells.ts`, `splitCsv`, for a whole line. Number of cells, or -1: a quote does not close, or there are more than `most`. */
function splitQuoted(start: usize, end: usize, most: i32): i32 {
  let count = 0;
  let i = start;
  while (i <= end) {
    if (count >= most) return -1;
    let from = i;
    if (i < end && load<u8>(i) == quote) {
      let close = i + 1;
      let marks: i32 = 1;
      for (;;) {
        while (close < end && load<u8>(close) != quote) close++;
        if (close + 1 >= end || load<u8>(close + 1) != quote) break;
        marks = 3;
        close += 2;
      }
      if (close >= end) return -1;
      if (close + 1 == end || load<u8>(close + 1) == comma) {
        store<i32>(cellStarts + (<usize>count << 2), <i32>i + 1);
        store<i32>(cellEnds + (<usize>count << 2), <i32>close);
        store<u8>(cellMarks + <usize>count, <u8>marks);
        count++;
        i = close + 2;
        continue;
      }
      from = close + 1;
    }
    while (from < end && load<u8>(from) != comma) from++;
    store<i32>(cellStarts + (<usize>count << 2), <i32>i);
    store<i32>(cellEnds + (<usize>count << 2), <i32>from);
    store<u8>(cellMarks + <usize>count, 0);
    count++;
    i = from + 1;
  }
  return count;
}

/** `tables.ts`, `hashBytes`. */
// @ts-ignore: decorator
@inline function hashOf(start: usize, end: usize): i32 {
  const length = <i32>(end - start);
  let a: i32 = length ^ <i32>0x9e3779b9;
  let b: i32 = <i32>0x85ebca6b;
  if (length >= 8) {
    let i = start;
    for (; i + 8 <= end; i += 8) {
      a = rotl<i32>((a ^ load<i32>(i)) * <i32>0xcc9e2d51, 15);
      b = rotl<i32>((b ^ load<i32>(i + 4)) * <i32>0x1b873593, 13);
    }
    if (i < end) {
      a = rotl<i32>((a ^ load<i32>(end - 8)) * <i32>0xcc9e2d51, 15);
      b = rotl<i32>((b ^ load<i32>(end - 4)) * <i32>0x1b873593, 13);
    }
  } else if (length >= 4) {
    a = rotl<i32>((a ^ load<i32>(start)) * <i32>0xcc9e2d51, 15);
    b = rotl<i32>((b ^ load<i32>(end - 4)) * <i32>0x1b873593, 13);
  } else if (length > 0) {
    a = rotl<i32>((a ^ (<i32>load<u8>(start) | (<i32>load<u8>(start + <usize>(length >> 1)) << 8) | (<i32>load<u8>(end - 1) << 16))) * <i32>0xcc9e2d51, 15);
  }
  a ^= b + (a << 6) + (a >>> 2);
  a = (a ^ (a >>> 16)) * <i32>0x85ebca6b;
  a = (a ^ (a >>> 13)) * <i32>0xc2b2ae35;
  return a ^ (a >>> 16);
}

// @ts-ignore: decorator
@inline function sameBytes(a: usize, b: usize, length: i32): bool {
  if (length >= 16) {
    // From the end: addresses, agents and paths differ there.
    let i = length - 16;
    for (; i > 0; i -= 16) if (v128.any_true(v128.xor(v128.load(a + <usize>i), v128.load(b + <usize>i)))) return false;
    return !v128.any_true(v128.xor(v128.load(a), v128.load(b)));
  }
  if (length >= 8) return load<i64>(a) == load<i64>(b) && load<i64>(a + <usize>(length - 8)) == load<i64>(b + <usize>(length - 8));
  if (length >= 4) return load<i32>(a) == load<i32>(b) && load<i32>(a + <usize>(length - 4)) == load<i32>(b + <usize>(length - 4));
  for (let i = 0; i < length; i++) if (load<u8>(a + <usize>i) != load<u8>(b + <usize>i)) return false;
  return true;
}

// What was met in earlier blocks: a cache, and nothing but speed depends on what is in it. Values are numbered from 1.
const knownValueLimit: i32 = 1 << 15;
const knownValueMask: i32 = (1 << 16) - 1;
const knownTupleLimit: i32 = 1 << 16;
const knownTupleMask: i32 = (1 << 17) - 1;
const arenaBytes: i32 = 4 << 20;
const longestKnown: i32 = 1024;
const knownProbeLimit: i32 = 64;
/** Fields of a tuple that can be remembered. */
const widest: i32 = 6;

/** Numbers of a tuple's values, for {@link rememberTuple}: where the memory begins. */
let memoAt: usize = 0;
let valueSlots: usize = 0;
/** Hash, place in the arena, length, doubled quotes. */
let valueEntries: usize = 0;
let arena: usize = 0;
let tupleSlots: usize = 0;
/** Owner, six values, verdict. */
let tupleEntries: usize = 0;
let knownValues: i32 = 0;
let knownTuples: i32 = 0;
let arenaUsed: i32 = 0;

export function clearMemo(at: usize): void {
  memoAt = at;
  valueSlots = at + 64;
  valueEntries = valueSlots + (<usize>(knownValueMask + 1) << 2);
  arena = valueEntries + (<usize>(knownValueLimit + 1) << 4);
  tupleSlots = arena + <usize>arenaBytes + 64;
  tupleEntries = tupleSlots + (<usize>(knownTupleMask + 1) << 2);
  memory.fill(at, 0, 64 + (<usize>(knownValueMask + 1) << 2));
  memory.fill(tupleSlots, 0, <usize>(knownTupleMask + 1) << 2);
  knownValues = 0;
  knownTuples = 0;
  arenaUsed = 0;
}

export function memoIsFull(): bool {
  return knownValues > knownValueLimit - 4096 || knownTuples > knownTupleLimit - 8192 || arenaUsed > arenaBytes - (512 << 10);
}

/** Number of a value that was met before; 0: never. */
function knownValue(hash: i32, start: usize, length: i32, doubled: i32): i32 {
  let slot = hash & knownValueMask;
  for (let probe = 0; probe < knownProbeLimit; probe++) {
    const known = load<i32>(valueSlots + (<usize>slot << 2));
    if (known == 0) return 0;
    const entry = valueEntries + (<usize>known << 4);
    if (load<i32>(entry) == hash && load<i32>(entry, 8) == length && load<i32>(entry, 12) == doubled) {
      if (sameBytes(<usize>load<i32>(entry, 4), start, length)) return known;
    }
    slot = (slot + 1) & knownValueMask;
  }
  return 0;
}

/** Keeps a value; its number, or 0: no room. */
export function rememberValue(hash: i32, start: usize, end: usize, doubled: i32): i32 {
  const length = <i32>(end - start);
  const known = knownValue(hash, start, length, doubled);
  if (known != 0) return known;
  if (length > longestKnown || knownValues >= knownValueLimit || arenaUsed + length > arenaBytes) return 0;
  let slot = hash & knownValueMask;
  for (let probe = 0; probe < knownProbeLimit; probe++) {
    if (load<i32>(valueSlots + (<usize>slot << 2)) == 0) {
      const fresh = ++knownValues;
      const at = arena + <usize>arenaUsed;
      memory.copy(at, start, <usize>length);
      arenaUsed += length;
      const entry = valueEntries + (<usize>fresh << 4);
      store<i32>(entry, hash);
      store<i32>(entry, <i32>at, 4);
      store<i32>(entry, length, 8);
      store<i32>(entry, doubled, 12);
      store<i32>(valueSlots + (<usize>slot << 2), fresh);
      return fresh;
    }
    slot = (slot + 1) & knownValueMask;
  }
  return 0;
}

// @ts-ignore: decorator
@inline function tupleHash(owner: i32): i32 {
  let hash = owner;
  for (let i = 0; i < widest; i++) hash = rotl<i32>((hash ^ load<i32>(memoAt + (<usize>i << 2))) * <i32>0x9e3779b1, 13);
  hash = (hash ^ (hash >>> 16)) * <i32>0x85ebca6b;
  return hash ^ (hash >>> 13);
}

/** Number of the tuple whose values stand where the memory begins; 0: never met. */
function knownTuple(owner: i32, hash: i32): i32 {
  let slot = hash & knownTupleMask;
  for (let probe = 0; probe < knownProbeLimit; probe++) {
    const known = load<i32>(tupleSlots + (<usize>slot << 2));
    if (known == 0) return 0;
    const entry = tupleEntries + (<usize>known << 5);
    if (
      load<i32>(entry) == owner &&
      load<i64>(entry, 4) == load<i64>(memoAt) &&
      load<i64>(entry, 12) == load<i64>(memoAt, 8) &&
      load<i64>(entry, 20) == load<i64>(memoAt, 16)
    ) {
      return known;
    }
    slot = (slot + 1) & knownTupleMask;
  }
  return 0;
}

/** Keeps the tuple whose values stand where the memory begins, with its verdict; its number, or 0: no room. */
export function rememberTuple(owner: i32, verdict: i32): i32 {
  const hash = tupleHash(owner);
  const known = knownTuple(owner, hash);
  if (known != 0) return known;
  if (knownTuples + 1 >= knownTupleLimit) return 0;
  let slot = hash & knownTupleMask;
  for (let probe = 0; probe < knownProbeLimit; probe++) {
    if (load<i32>(tupleSlots + (<usize>slot << 2)) == 0) {
      const fresh = ++knownTuples;
      const entry = tupleEntries + (<usize>fresh << 5);
      store<i32>(entry, owner);
      memory.copy(entry + 4, memoAt, 24);
      store<i32>(entry, verdict, 28);
      store<i32>(tupleSlots + (<usize>slot << 2), fresh);
      return fresh;
    }
    slot = (slot + 1) & knownTupleMask;
  }
  return 0;
}

/** `tables.ts`, `ValueTable.intern`; -1: there is no room. */
// @ts-ignore: decorator
@inline function intern(field: usize, start: usize, end: usize, doubled: i32): i32 {
  const entries = <usize>load<i32>(field, 12);
  const length = <i32>(end - start);
  const last = load<i32>(field, 16);
  if (last != 0) {
    const entry = entries + (<usize>last << 4);
    const at = load<i32>(entry, 4);
    if (load<i32>(entry, 8) - at == length && load<i32>(entry, 12) == doubled && sameBytes(<usize>at, start, length)) return last;
  }
  const slots = <usize>load<i32>(field, 4);
  const mask = load<i32>(field, 8);
  const hash = hashOf(start, end);
  let slot = hash & mask;
  for (let probe = 0; probe < probeLimit; probe++) {
    const id = load<i32>(slots + (<usize>slot << 2));
    if (id == 0) {
      const count = <usize>load<i32>(field, 20);
      const fresh = load<i32>(count);
      if (fresh > load<i32>(field, 24)) return none;
      store<i32>(count, fresh + 1);
      store<i32>(slots + (<usize>slot << 2), fresh);
      const entry = entries + (<usize>fresh << 4);
      store<i32>(entry, hash);
      store<i32>(entry, <i32>start, 4);
      store<i32>(entry, <i32>end, 8);
      store<i32>(entry, doubled, 12);
      store<i32>(<usize>load<i32>(field, 28) + (<usize>fresh << 2), rememberValue(hash, start, end, doubled));
      store<i32>(field, fresh, 16);
      return fresh;
    }
    const entry = entries + (<usize>id << 4);
    if (load<i32>(entry) == hash) {
      const at = load<i32>(entry, 4);
      if (load<i32>(entry, 8) - at == length && load<i32>(entry, 12) == doubled && sameBytes(<usize>at, start, length)) {
        store<i32>(field, id, 16);
        return id;
      }
    }
    slot = (slot + 1) & mask;
  }
  return none;
}

/** Bit by low and by high half of a byte: `core/field-shape.ts`. */
const lowNibbles = i8x16(-127, -128, -96, -128, -96, -64, -128, -96, -96, -96, -120, -126, -110, -126, -112, -124);
const highNibbles = i8x16(-128, -128, 100, 24, 1, 2, 0, 2, -128, -128, -128, -128, -128, -128, -128, -128);

/** `core/field-shape.ts`, `textCode`. */
function textCode(start: usize, end: usize): i32 {
  const length = <i32>(end - start);
  const lengthClass = 1 + <i32>(length > 8) + <i32>(length > 24) + <i32>(length > 64) + <i32>(length > 160) + <i32>(length > 400) + <i32>(length > 1000);
  const nibble = i8x16.splat(15);
  const equal = i8x16.splat(0x3d);
  let odd = i8x16.splat(0);
  let signs: i32 = 0;
  for (let i = start; i < end; i += 16) {
    let here = v128.load(i);
    if (end - i < 16) {
      // What stands behind the cell becomes `0`, which is nothing odd.
      const rest = <i8>(end - i);
      const inside = i8x16.lt_u(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(rest));
      here = v128.bitselect(here, i8x16.splat(48), inside);
    }
    odd = v128.or(odd, v128.and(i8x16.swizzle(lowNibbles, v128.and(here, nibble)), i8x16.swizzle(highNibbles, i8x16.shr_u(here, 4))));
    signs += <i32>popcnt<u32>(<u32>i8x16.bitmask(i8x16.eq(here, equal)));
  }
  let bits = i64x2.extract_lane(odd, 0) | i64x2.extract_lane(odd, 1);
  bits |= bits >>> 32;
  bits |= bits >>> 16;
  bits |= bits >>> 8;
  const signClass = signs == 0 ? 0 : signs == 1 ? 1 : signs < 4 ? 2 : signs < 8 ? 3 : 4;
  let hash: i32 = <i32>0x811c9dc5;
  let name: i32 = 0;
  const limit = end - start > 24 ? start + 24 : end;
  for (let i = start; i < limit; i++) {
    const byte = <i32>load<u8>(i);
    if (byte == 0x3d || byte == 0x7e) {
      name = ((hash ^ (hash >>> 8) ^ (hash >>> 16)) & 0xff) | 1;
      break;
    }
    hash = (hash ^ (byte | 0x20)) * 0x01000193;
  }
  return lengthClass | ((<i32>bits & 255) << 3) | (signClass << 11) | (name << 14);
}

/** `core/field-shape.ts`, `whoCode`. */
function whoCode(start: usize, end: usize): i32 {
  if (load<u8>(end - 1) == 0x24) return 2;
  const length = end - start;
  if (length > 4 && (load<u32>(start) | 0x20) == 0x2d312d73) return 3;
  if (length >= 6 && (load<u32>(end - 6) | 0x20202020) == 0x74737973 && (load<u16>(end - 2) | 0x2020) == 0x6d65) return 4;
  let at = start;
  const limit = length > 64 ? start + 64 : end;
  for (let i = start; i < limit; i++) if (load<u8>(i) == 0x5c) at = i + 1;
  return end - at >= 8 && (load<u64>(at) | 0x2020202020202020) == 0x616d68746c616568 ? 5 : 1;
}

/** Has the tuple of a group judged that was entered under this number: the scanner writes down what is said of it. */
// @ts-ignore: decorator
@external("env", "judge")
declare function judge(group: i32, index: i32): void;

/** Enters a tuple; what was said of it in an earlier block holds, or it is judged. -1: there is no room. */
function enterTuple(group: usize, number: i32, slotAt: usize, ids: usize, fieldsAt: usize): i32 {
  const count = <usize>load<i32>(group, 32);
  const fresh = load<i32>(count);
  const width = load<i32>(group);
  if (fresh >= load<i32>(group, 36)) return none;
  const members = <usize>load<i32>(group, 24);
  let tuple: i32 = 0;
  if (width <= widest) {
    let all = true;
    for (let i = 0; i < widest; i++) {
      let known: i32 = 0;
      if (i < width) {
        const field = load<i32>(members + (<usize>i << 2));
        const id = load<i32>(ids + (<usize>field << 2));
        if (id != 0 && load<i32>(fieldsAt + (<usize>field << 5), 4) == 0) known = id;
        else if (id != 0) {
          known = load<i32>(<usize>load<i32>(fieldsAt + (<usize>field << 5), 28) + (<usize>id << 2));
          if (known == 0) all = false;
        }
      }
      store<i32>(memoAt + (<usize>i << 2), known);
    }
    const owner = load<i32>(group, 28);
    if (all) tuple = knownTuple(owner, tupleHash(owner));
  }
  store<i32>(count, fresh + 1);
  store<i32>(slotAt, fresh);
  const own = <usize>load<i32>(group, 12) + (<usize>(fresh * width) << 2);
  for (let i = 0; i < width; i++) {
    store<i32>(own + (<usize>i << 2), load<i32>(ids + (<usize>load<i32>(members + (<usize>i << 2)) << 2)));
  }
  const sums = <usize>load<i32>(group, 16) + <usize>fresh * 24;
  store<f64>(sums, 0);
  store<f64>(sums, NaN, 8);
  store<f64>(sums, NaN, 16);
  const verdict = tuple == 0 ? 0 : load<i32>(tupleEntries + (<usize>tuple << 5), 28);
  store<u8>(<usize>load<i32>(group, 20) + <usize>fresh, <u8>verdict);
  store<i32>(<usize>load<i32>(group, 40) + (<usize>fresh << 2), tuple);
  if (tuple == 0) judge(number, fresh);
  return fresh;
}

// @ts-ignore: decorator
@inline function findTuple(group: usize, number: i32, ids: usize, fieldsAt: usize): i32 {
  const width = load<i32>(group);
  const slots = <usize>load<i32>(group, 4);
  const mask = load<i32>(group, 8);
  const own = <usize>load<i32>(group, 12);
  const members = <usize>load<i32>(group, 24);
  let hash: i32 = width;
  for (let i = 0; i < width; i++) {
    const id = load<i32>(ids + (<usize>load<i32>(members + (<usize>i << 2)) << 2));
    hash = ((hash ^ id) + (hash >>> 13)) * <i32>0x9e3779b1;
  }
  hash ^= hash >>> 16;
  let slot = hash & mask;
  for (let probe = 0; probe < probeLimit; probe++) {
    const slotAt = slots + (<usize>slot << 2);
    const index = load<i32>(slotAt);
    if (index == none) return enterTuple(group, number, slotAt, ids, fieldsAt);
    let same = true;
    for (let i = 0; i < width; i++) {
      if (load<i32>(own + (<usize>(index * width + i) << 2)) != load<i32>(ids + (<usize>load<i32>(members + (<usize>i << 2)) << 2))) {
        same = false;
        break;
      }
    }
    if (same) return index;
    slot = (slot + 1) & mask;
  }
  return none;
}

// What stands in rows together comes again together: a user's port, name, address and agent side by side, and with them the tuples of the
// row. Both are remembered for a block: cells that stand side by side by all of their bytes (a run), and what several groups ask of a row by
// all of the values (a kind). Rows are counted in their kinds, and added to the tuples when the block ends. Nothing but speed depends on it.
// Entries stand close together, and places with a part of the hash apart from them: more of them stay in the processor's cache.
const slotMask: i32 = 8191;
const slotProbes: i32 = 8;
const mostEntries: i32 = 4096;
/** Run, place, length, and behind them the numbers of its fields. */
const runEntry: i32 = 64;
/** Number of the kind, open literals; sums, values; the tuples that were found stand apart. */
const kindEntry: i32 = 128;
const kindSums: usize = 8;
const kindKey: usize = 32;
const kindFound: i32 = 64;
/** So many rows tell whether remembering is worth it, for as many times more. */
const trial: i32 = 2048;
const trials: i32 = 4;

let runSlots: usize = 0;
let runEntries: usize = 0;
let runCount: i32 = 0;
let kindSlots: usize = 0;
let kindEntries: usize = 0;
let kindFounds: usize = 0;
let kindCount: i32 = 0;
/** The values of the kind in hand; and of the row the entry of each of its kinds, 0: none. */
let key: usize = 0;
let kindsHere: usize = 0;

/** Where the caches stand. */
export function placeCaches(at: usize): void {
  runSlots = at;
  kindSlots = runSlots + (<usize>(slotMask + 1) << 2);
  key = kindSlots + (<usize>(slotMask + 1) << 2);
  kindsHere = key + 128;
  runEntries = kindsHere + 128;
  kindEntries = runEntries + <usize>((mostEntries + 1) * runEntry);
  kindFounds = kindEntries + <usize>((mostEntries + 1) * kindEntry);
}

/** For another block or another layout: what was counted before was added, or is lost. */
export function forgetRows(): void {
  memory.fill(runSlots, 0, <usize>(slotMask + 1) << 3);
  runCount = 0;
  kindCount = 0;
}

/** Adds a row, or several, to the tuples of a group. */
// @ts-ignore: decorator
@inline function addTo(groupsAt: usize, group: i32, index: i32, count: f64, firstMs: f64, lastMs: f64): void {
  const sums = <usize>load<i32>(groupsAt + (<usize>group << 6), 16) + <usize>index * 24;
  store<f64>(sums, load<f64>(sums) + count);
  if (!(firstMs >= load<f64>(sums, 8))) store<f64>(sums, firstMs, 8);
  if (!(lastMs <= load<f64>(sums, 16))) store<f64>(sums, lastMs, 16);
}

/** Adds what was counted in the entries to the tuples. */
export function addKinds(plan: usize): void {
  const groupsAt = <usize>load<i32>(plan, 48);
  const kindsAt = <usize>load<i32>(plan, 200);
  for (let number = 1; number <= kindCount; number++) {
    const entry = kindEntries + <usize>(number * kindEntry);
    const count = load<f64>(entry, kindSums);
    if (count == 0) continue;
    const found = kindFounds + <usize>(number * kindFound);
    const kind = kindsAt + (<usize>load<i32>(entry) << 5);
    const list = <usize>load<i32>(kind, 8);
    const groups = load<i32>(kind, 12);
    for (let i = 0; i < groups; i++) {
      const place = <usize>i << 2;
      addTo(groupsAt, load<i32>(list + place), load<i32>(found + place), count, load<f64>(entry, kindSums + 8), load<f64>(entry, kindSums + 16));
    }
    store<f64>(entry, 0, kindSums);
    store<f64>(entry, NaN, kindSums + 8);
    store<f64>(entry, NaN, kindSums + 16);
  }
}

/** Tuples of all groups of a kind; false: one was never met, or matters. */
function findTuples(kind: usize, groupsAt: usize, ids: usize, fieldsAt: usize, found: usize): bool {
  const list = <usize>load<i32>(kind, 8);
  const count = load<i32>(kind, 12);
  for (let i = 0; i < count; i++) {
    const number = <usize>load<i32>(list + (<usize>i << 2));
    const group = groupsAt + (number << 6);
    const index = findTuple(group, <i32>number, ids, fieldsAt);
    if (index == none || (load<u8>(<usize>load<i32>(group + 20) + <usize>index) & 1) != 0) return false;
    store<i32>(found + (number << 2), index);
  }
  return true;
}

let open: i32 = 0;

/** Takes the row's values of one kind: its tuples, and which literals they open. False: the row is the scanner's. */
// @ts-ignore: decorator
@inline function takeKind(
  kind: usize,
  number: i32,
  groupsAt: usize,
  ids: usize,
  fieldsAt: usize,
  found: usize,
  selectingAt: usize,
  selecting: i32,
): bool {
  const tries = load<i32>(kind, 16) + 1;
  const hits = load<i32>(kind, 20);
  const words = load<i32>(kind, 4);
  let slotAt: usize = 0;
  let tag: i32 = 0;
  if (words != 0 && (tries < trial || hits * 4 >= tries)) {
    const list = <usize>load<i32>(kind);
    let hash: i64 = number;
    for (let i = 0; i < words; i += 2) {
      const place = <usize>i << 2;
      const low = <u64>load<u32>(ids + (<usize>load<i32>(list + place) << 2));
      const both = low | (<u64>load<u32>(ids + (<usize>load<i32>(list + place, 4) << 2)) << 32);
      store<u64>(key + place, both);
      hash = (rotl<i64>(hash, 23) ^ both) * 0x9e3779b97f4a7c15;
    }
    tag = <i32>(hash >>> 32) & 0xffff;
    let slot = <i32>(hash >>> 48) & slotMask;
    for (let probe = 0; probe < slotProbes; probe++) {
      slotAt = kindSlots + (<usize>slot << 2);
      const there = load<i32>(slotAt);
      if (there == 0) break;
      if (there >>> 16 == tag) {
        const entry = kindEntries + <usize>((there & 0xffff) * kindEntry);
        let met = load<i32>(entry) == number;
        for (let i = 0; i < words; i += 2) {
          const place = <usize>i << 2;
          if (load<i64>(entry + place, kindKey) != load<i64>(key + place)) {
            met = false;
            break;
          }
        }
        if (met) {
          store<i32>(kind, tries, 16);
          store<i32>(kind, hits + 1, 20);
          store<i32>(kindsHere + (<usize>number << 2), <i32>entry);
          open &= load<i32>(entry, 4);
          return true;
        }
      }
      slotAt = 0;
      slot = (slot + 1) & slotMask;
    }
  }
  store<i32>(kind, tries > trial * trials ? tries >> 4 : tries, 16);
  if (tries > trial * trials) store<i32>(kind, hits >> 4, 20);
  if (!findTuples(kind, groupsAt, ids, fieldsAt, found)) return false;
  let opened: i32 = -1;
  for (let i = 0; i < selecting && i < 32; i++) {
    const select = selectingAt + (<usize>i << 5);
    const door = load<i32>(select, 24);
    const group = load<i32>(select, 20);
    if (door == 0 || load<i32>(groupsAt + (<usize>group << 6), 44) != number) continue;
    const verdicts = <usize>load<i32>(groupsAt + (<usize>group << 6), 20);
    if ((<i32>load<u8>(verdicts + <usize>load<i32>(found + (<usize>group << 2))) & door) == 0) opened &= ~(1 << i);
  }
  open &= opened;
  store<i32>(kindsHere + (<usize>number << 2), 0);
  if (slotAt == 0 || kindCount >= mostEntries) return true;
  const fresh = ++kindCount;
  store<i32>(slotAt, fresh | (tag << 16));
  const entry = kindEntries + <usize>(fresh * kindEntry);
  store<i32>(kindsHere + (<usize>number << 2), <i32>entry);
  store<i32>(entry, number);
  store<i32>(entry, opened, 4);
  store<f64>(entry, 0, kindSums);
  store<f64>(entry, NaN, kindSums + 8);
  store<f64>(entry, NaN, kindSums + 16);
  memory.copy(entry + kindKey, key, <usize>words << 2);
  const groups = <usize>load<i32>(kind, 8);
  const count = load<i32>(kind, 12);
  const tuples = kindFounds + <usize>(fresh * kindFound);
  for (let i = 0; i < count; i++) {
    const place = <usize>i << 2;
    store<i32>(tuples + place, load<i32>(found + (<usize>load<i32>(groups + place) << 2)));
  }
  return true;
}

// @ts-ignore: decorator
@inline function runHash(start: usize, end: usize, run: i32): i64 {
  let a: i64 = <i64>(end - start) ^ (<i64>run << 32);
  let b: i64 = 0x2545f4914f6cdd1d;
  let i = start;
  for (; i + 16 <= end; i += 16) {
    a = (rotl<i64>(a, 29) ^ load<i64>(i)) * 0x9e3779b97f4a7c15;
    b = (rotl<i64>(b, 31) ^ load<i64>(i, 8)) * 0x2545f4914f6cdd1d;
  }
  if (i < end) {
    const rest = <i64>(end - i);
    if (rest >= 8) {
      a = (rotl<i64>(a, 29) ^ load<i64>(i)) * 0x9e3779b97f4a7c15;
      b = (rotl<i64>(b, 31) ^ load<i64>(end - 8)) * 0x2545f4914f6cdd1d;
    } else {
      const mask = ((<i64>1) << (rest << 3)) - 1;
      a = (rotl<i64>(a, 29) ^ (load<i64>(i) & mask)) * 0x9e3779b97f4a7c15;
    }
  }
  a ^= rotl<i64>(b, 32);
  a *= 0x9e3779b97f4a7c15;
  return a ^ (a >>> 29);
}

/** The number of a cell's value, in the tables of this block; -1: it is the scanner's. */
// @ts-ignore: decorator
@inline function numberOf(field: usize, dashIsEmpty: bool): i32 {
  const cell = load<i32>(field);
  if (cell < 0) return 0;
  const start = startOf(cell);
  const stop = endOf(cell);
  if (stop <= start || (dashIsEmpty && stop - start == 1 && load<u8>(start) == minus)) return 0;
  if (load<i32>(field, 4) == 0) return load<i32>(field, 8) == 0 ? textCode(start, stop) : whoCode(start, stop);
  return intern(field, start, stop, quotedRow ? <i32>load<u8>(cellMarks + <usize>cell) & 2 : 0);
}

/** Numbers of all fields of a list; false: one is the scanner's. */
function numbersOf(list: usize, count: i32, fieldsAt: usize, ids: usize, dashIsEmpty: bool): bool {
  for (let i = 0; i < count; i++) {
    const index = <usize>load<i32>(list + (<usize>i << 2));
    const id = numberOf(fieldsAt + (index << 5), dashIsEmpty);
    if (id == none) return false;
    store<i32>(ids + (index << 2), id);
  }
  return true;
}

/** The same of a run of cells. */
// @ts-ignore: decorator
@inline function numbersOfRun(run: usize, number: i32, fieldsAt: usize, ids: usize, dashIsEmpty: bool): bool {
  const list = <usize>load<i32>(run, 8);
  const count = load<i32>(run, 12);
  // Marks of quotes stand elsewhere; and what never comes again need not be looked for.
  if (quotedRow || load<i32>(run, 24) != 0) {
    const tries = load<i32>(run, 16) + 1;
    store<i32>(run, tries, 16);
    if (tries > trial * trials) {
      store<i32>(run, 0, 16);
      store<i32>(run, 0, 20);
      store<i32>(run, 0, 24);
    }
    return numbersOf(list, count, fieldsAt, ids, dashIsEmpty);
  }
  const start = startOf(load<i32>(run));
  const end = endOf(load<i32>(run, 4));
  const length = <i32>(end - start);
  const hash = runHash(start, end, number);
  const tag = <i32>(hash >>> 32) & 0xffff;
  let slot = <i32>(hash >>> 48) & slotMask;
  let slotAt: usize = 0;
  for (let probe = 0; probe < slotProbes; probe++) {
    slotAt = runSlots + (<usize>slot << 2);
    const there = load<i32>(slotAt);
    if (there == 0) break;
    if (there >>> 16 == tag) {
      const entry = runEntries + <usize>((there & 0xffff) * runEntry);
      if (load<i32>(entry) == number && load<i32>(entry, 8) == length && sameBytes(<usize>load<i32>(entry, 4), start, length)) {
        for (let i = 0; i < count; i++)
          store<i32>(ids + (<usize>load<i32>(list + (<usize>i << 2)) << 2), load<i32>(entry + (<usize>i << 2), 12));
        store<i32>(run, load<i32>(run, 20) + 1, 20);
        return true;
      }
    }
    slotAt = 0;
    slot = (slot + 1) & slotMask;
  }
  const tries = load<i32>(run, 16) + 1;
  store<i32>(run, tries, 16);
  if (tries == trial) {
    if (load<i32>(run, 20) < trial / 2) store<i32>(run, 1, 24);
    else store<i32>(run, 0, 16);
    store<i32>(run, 0, 20);
  }
  if (!numbersOf(list, count, fieldsAt, ids, dashIsEmpty)) return false;
  if (slotAt == 0 || runCount >= mostEntries) return true;
  const fresh = ++runCount;
  store<i32>(slotAt, fresh | (tag << 16));
  const entry = runEntries + <usize>(fresh * runEntry);
  store<i32>(entry, number);
  store<i32>(entry, <i32>start, 4);
  store<i32>(entry, length, 8);
  for (let i = 0; i < count; i++)
    store<i32>(entry + (<usize>i << 2), load<i32>(ids + (<usize>load<i32>(list + (<usize>i << 2)) << 2)), 12);
  return true;
}

// @ts-ignore: decorator
@inline function hexAt(at: usize): i32 {
  const byte = <i32>load<u8>(at);
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** `automaton.ts`, `mayHold`, byte for byte. */
function mayHoldExactly(selecting: usize, start: usize, end: usize): bool {
  const next = <usize>load<i32>(selecting + 4);
  const classOf = <usize>load<i32>(selecting + 8);
  const decodes = load<i32>(selecting + 12) != 0;
  let state: i32 = 0;
  let encodedAt: usize = 0;
  let encoded = false;
  let stateThere: i32 = 0;
  for (let i = start; i < end; i++) {
    const byte = <u32>load<u8>(i);
    if (decodes && !encoded && byte == percent) {
      encoded = true;
      encodedAt = i;
      stateThere = state;
    }
    state = load<i32>(next + (<usize>(state + <i32>load<u8>(classOf + <usize>byte)) << 2));
    if (state == none) return true;
  }
  if (!encoded) return false;
  state = stateThere;
  for (let i = encodedAt; i < end; i++) {
    let byte = <u32>load<u8>(i);
    if (byte == percent && i + 2 < end) {
      const high = hexAt(i + 1);
      const low = hexAt(i + 2);
      if (high != -1 && low != -1) {
        byte = <u32>(high * 16 + low);
        i += 2;
      }
    }
    state = load<i32>(next + (<usize>(state + <i32>load<u8>(classOf + <usize>byte)) << 2));
    if (state == none) return true;
  }
  return false;
}

/**
 * Sixteen places at a time: may a literal's three-byte window stand here, or a byte that means more than itself? Only then the
 * automaton goes over the cell. What stands behind the cell may make it say yes, never no.
 */
// @ts-ignore: decorator
@inline function mayHold(selecting: usize, start: usize, end: usize): bool {
  const windows = <usize>load<i32>(selecting + 16);
  const low0 = v128.load(windows);
  const high0 = v128.load(windows, 16);
  const low1 = v128.load(windows, 32);
  const high1 = v128.load(windows, 48);
  const low2 = v128.load(windows, 64);
  const high2 = v128.load(windows, 80);
  const odd1 = v128.load(windows, 96);
  const odd2 = v128.load(windows, 112);
  const odd3 = v128.load(windows, 128);
  const nibble = i8x16.splat(15);
  for (let i = start; i < end; i += 16) {
    const here = v128.load(i);
    const after = v128.load(i, 1);
    const third = v128.load(i, 2);
    let window = v128.and(i8x16.swizzle(low0, v128.and(here, nibble)), i8x16.swizzle(high0, i8x16.shr_u(here, 4)));
    window = v128.and(window, v128.and(i8x16.swizzle(low1, v128.and(after, nibble)), i8x16.swizzle(high1, i8x16.shr_u(after, 4))));
    window = v128.and(window, v128.and(i8x16.swizzle(low2, v128.and(third, nibble)), i8x16.swizzle(high2, i8x16.shr_u(third, 4))));
    const odd = v128.or(v128.or(v128.or(i8x16.eq(here, odd1), i8x16.eq(here, odd2)), i8x16.eq(here, odd3)), here);
    // A set top bit is a byte beyond ASCII.
    let found = i8x16.bitmask(odd) | i8x16.bitmask(i8x16.ne(window, i8x16.splat(0)));
    if (end - i < 16) found &= (1 << <i32>(end - i)) - 1;
    if (found != 0) return mayHoldExactly(selecting, start, end);
  }
  return false;
}

/** Place of the first such byte in [at, end), or -1. */
export function findByte(byte: i32, at: usize, end: usize): i32 {
  const wanted = i8x16.splat(<i8>byte);
  for (; at < end; at += 32) {
    const left = i8x16.eq(v128.load(at), wanted);
    const right = i8x16.eq(v128.load(at, 16), wanted);
    if (v128.any_true(v128.or(left, right))) {
      const place = at + <usize>ctz<u32>(<u32>i8x16.bitmask(left) | (<u32>i8x16.bitmask(right) << 16));
      return place < end ? <i32>place : none;
    }
  }
  return none;
}

let idA: u32 = 0;
let idB: u32 = 0;
let idC: u32 = 0;
let idD: u32 = 0;

/** Eight hexadecimal digits at once, as a number; false in `hexGood` where one is none. */
let hexGood: bool = true;
function hexWord(digits: u64): u32 {
  // Letters of either case become small ones, digits stay what they are: both have this bit.
  const lower = digits | 0x2020202020202020;
  let value: u32 = 0;
  for (let i = 0; i < 8; i++) {
    const byte = <u32>(lower >> <u64>(i << 3)) & 0xff;
    const plain = <u32>(digits >> <u64>(i << 3)) & 0xff;
    const digit = plain - 48;
    const letter = byte - 97;
    if (digit > 9 && letter > 5) hexGood = false;
    value = (value << 4) | (digit <= 9 ? digit : letter + 10);
  }
  return value;
}

/** `book.ts`, `guidAt`: the id's four words. */
function guidAt(at: usize): bool {
  if (load<u8>(at + 8) != minus || load<u8>(at + 13) != minus || load<u8>(at + 18) != minus || load<u8>(at + 23) != minus)
    return false;
  hexGood = true;
  idA = hexWord(load<u64>(at));
  idB = hexWord(<u64>load<u32>(at + 9) | (<u64>load<u32>(at + 14) << 32));
  idC = hexWord(<u64>load<u32>(at + 19) | (<u64>load<u32>(at + 24) << 32));
  idD = hexWord(load<u64>(at + 28));
  return hexGood;
}

/** Small letters of `text` end right before `at`, and begin the cell or stand behind `&`, `;` or `?`. */
// @ts-ignore: decorator
@inline function named(start: usize, at: usize, low: u64, lowBytes: usize, high: u8): bool {
  const length = lowBytes + 1;
  if (at < start + length) return false;
  const from = at - length;
  if (from > start) {
    const before = load<u8>(from - 1);
    if (before != 0x26 && before != 0x3b && before != 0x3f) return false;
  }
  if ((load<u8>(at - 1) | 0x20) != high) return false;
  const mask: u64 = lowBytes == 8 ? <u64>-1 : (<u64>1 << (<u64>lowBytes << 3)) - 1;
  return ((load<u64>(from) | 0x2020202020202020) & mask) == low;
}

/** `book.ts`, `lastId`. */
function lastId(start: usize, end: usize, back: bool): bool {
  if (end < start + 37) return false;
  for (let at = end - 37; at > start; at--) {
    if (load<u8>(at) != 0x3d) continue;
    // cafereqi d, reqi d, requesti d
    if (named(start, at, 0x6971657265666163, 8, 0x64) && guidAt(at + 1)) return true;
    if (!back) continue;
    if (named(start, at, 0x69716572, 4, 0x64) && guidAt(at + 1)) return true;
    if (named(start, at, 0x6974736575716572, 8, 0x64) && guidAt(at + 1)) return true;
  }
  return false;
}

/** Where it stands which entry of each book is being added to; -1: none yet. */
let openBooks: usize = 0;

// @ts-ignore: decorator
@inline function enterBook(book: i32, minute: f64, table: usize, entries: i32): i32 {
  let entry = load<i32>(openBooks + (<usize>book << 2));
  let at = table + (<usize>entry << 5);
  if (entry == none || load<f64>(at) != minute) {
    entry = entries++;
    store<i32>(openBooks + (<usize>book << 2), entry);
    at = table + (<usize>entry << 5);
    store<f64>(at, minute);
    store<i32>(at, book, 8);
    store<i32>(at, 0, 12);
    v128.store(at, i32x4.splat(0), 16);
  }
  store<i32>(at, load<i32>(at, 12) + 1, 12);
  store<i32>(at, load<i32>(at, 16) ^ <i32>idA, 16);
  store<i32>(at, load<i32>(at, 20) ^ <i32>idB, 20);
  store<i32>(at, load<i32>(at, 24) ^ <i32>idC, 24);
  store<i32>(at, load<i32>(at, 28) ^ <i32>idD, 28);
  return entries;
}

/**
 * Skims rows from `at` on. Only rows that begin before `ownedEnd` and end, with their line end, before `limit`. Returns where the
 * first row begins that is not done; everything before it is counted. What was found stands behind the plan's words.
 */
export function skim(plan: usize, at: usize, ownedEnd: usize, limit: usize): usize {
  const separator = load<u8>(plan);
  const lineEnd = <u32>load<i32>(plan, 4);
  const columns = load<i32>(plan, 8);
  const dashIsEmpty = load<i32>(plan, 12) != 0;
  const bareHeaders = load<i32>(plan, 16) != 0;
  const iso = load<i32>(plan, 20) != 0;
  const timeCell = load<i32>(plan, 24);
  const dateCell = load<i32>(plan, 28);
  const longest = load<i32>(plan, 32);
  const fieldsAt = <usize>load<i32>(plan, 40);
  const groupsAt = <usize>load<i32>(plan, 48);
  const selecting = load<i32>(plan, 52);
  const selectingAt = <usize>load<i32>(plan, 56);
  const ids = <usize>load<i32>(plan, 60);
  const found = <usize>load<i32>(plan, 64);
  const hours = <usize>load<i32>(plan, 68);
  const hourRoom = load<i32>(plan, 72);
  const earliest = load<f64>(plan, 80);
  const latest = load<f64>(plan, 88);
  cellStarts = <usize>load<i32>(plan, 96);
  cellEnds = <usize>load<i32>(plan, 100);
  cellMarks = <usize>load<i32>(plan, 104);
  const booking = load<i32>(plan, 144);
  const idCell = load<i32>(plan, 148);
  const besideCell = load<i32>(plan, 152);
  const bookTable = <usize>load<i32>(plan, 156);
  const bookRoom = load<i32>(plan, 164);
  const runsAt = <usize>load<i32>(plan, 184);
  const runs = load<i32>(plan, 188);
  const singles = <usize>load<i32>(plan, 192);
  const singleCount = load<i32>(plan, 196);
  const kindsAt = <usize>load<i32>(plan, 200);
  const kinds = load<i32>(plan, 204);
  let bookEntries: i32 = 0;
  openBooks = plan + 168;
  for (let book: usize = 0; book < 4; book++) store<i32>(openBooks + (book << 2), none);
  const csv = separator == comma;
  const separators = i8x16.splat(<i8>separator);
  const lineEnds = i8x16.splat(<i8>lineEnd);
  const nuls = i8x16.splat(0);
  const quotes = i8x16.splat(csv ? <i8>quote : <i8>separator);
  let rows: i32 = 0;
  let firstMs: f64 = NaN;
  let lastMs: f64 = NaN;
  let hourRuns: i32 = 0;
  let hourFromMs: f64 = NaN;
  let hourCount: f64 = 0;
  const starts = cellStarts;
  const ends = cellEnds;

  while (at < ownedEnd) {
    const first = <u32>load<u8>(at);
    if (first == hashSign || first == quote || first == 0xef || (bareHeaders && first - 48 > 9)) break;

    // Cells: all separators up to the line end, 32 bytes at a time.
    let count = 0;
    let quotesSeen: u32 = 0;
    let end: usize = 0;
    store<i32>(starts, <i32>at);
    for (let p = at; p < limit; p += 32) {
      const left = v128.load(p);
      const right = v128.load(p, 16);
      const closing = <u32>i8x16.bitmask(i8x16.eq(left, lineEnds)) | (<u32>i8x16.bitmask(i8x16.eq(right, lineEnds)) << 16);
      let marks = <u32>i8x16.bitmask(i8x16.eq(left, separators)) | (<u32>i8x16.bitmask(i8x16.eq(right, separators)) << 16);
      // What no log holds, in this row or behind it: the scanner looks.
      const holes = v128.or(i8x16.eq(left, nuls), i8x16.eq(right, nuls));
      let quotesHere: u32 = 0;
      if (csv) quotesHere = <u32>i8x16.bitmask(i8x16.eq(left, quotes)) | (<u32>i8x16.bitmask(i8x16.eq(right, quotes)) << 16);
      if (closing != 0) {
        const before = (closing & (0 - closing)) - 1;
        marks &= before;
        quotesHere &= before;
        end = p + <usize>ctz<u32>(closing);
      }
      if (v128.any_true(holes)) {
        const nulsHere = <u32>i8x16.bitmask(i8x16.eq(left, nuls)) | (<u32>i8x16.bitmask(i8x16.eq(right, nuls)) << 16);
        if (closing == 0 || (nulsHere & ((closing & (0 - closing)) - 1)) != 0) {
          end = 0;
          break;
        }
      }
      quotesSeen |= quotesHere;
      while (marks != 0) {
        const place = <i32>p + <i32>ctz<u32>(marks);
        store<i32>(ends + (<usize>count << 2), place);
        count++;
        store<i32>(starts + (<usize>count << 2), place + 1);
        marks &= marks - 1;
      }
      if (closing != 0 || count > columns) break;
    }
    if (end == 0 || end >= limit || count > columns) break;
    let stop = end;
    if (lineEnd == lf && stop > at && load<u8>(stop - 1) == cr) stop--;
    if (<i32>(stop - at) > longest) break;
    quotedRow = quotesSeen != 0;
    if (quotedRow) {
      if (splitQuoted(at, stop, columns + 1) != columns) break;
    } else {
      if (count + 1 != columns) break;
      store<i32>(ends + (<usize>count << 2), <i32>stop);
      // A blank at the end is no cell.
      if (!csv && startOf(count) >= stop) break;
    }

    // Time: the one form that the server writes.
    const timeAt = startOf(timeCell);
    const timeLength = endOf(timeCell) - timeAt;
    let timeMs: f64;
    if (iso) {
      if (timeLength != 24 || load<u8>(timeAt + 19) != 46 || load<u8>(timeAt + 23) != 90) break;
      const between = load<u8>(timeAt + 10);
      if (between != 84 && between != 32) break;
      const seconds = secondsAt(timeAt + 11);
      const a = digit(timeAt + 20);
      const b = digit(timeAt + 21);
      const c = digit(timeAt + 22);
      if (seconds == -1 || a > 9 || b > 9 || c > 9) break;
      timeMs = dayMsAt(timeAt) + <f64>(seconds * 1000 + <i32>(a * 100 + b * 10 + c));
    } else {
      const dateAt = startOf(dateCell);
      if (timeLength != 8 || endOf(dateCell) - dateAt != 10) break;
      const seconds = secondsAt(timeAt);
      if (seconds == -1) break;
      timeMs = dayMsAt(dateAt) + <f64>(seconds * 1000);
    }
    if (!(timeMs >= earliest && timeMs <= latest)) break;
    const otherHour = !(timeMs >= hourFromMs && timeMs < hourFromMs + 3600000.0);
    if (otherHour && hourRuns >= hourRoom) break;
    // A row stands in two books at most.
    if (booking != 0 && bookEntries + 2 > bookRoom) break;

    // From here on it is a row with cells and a time, which the scanner will count, too: values and tuples may be entered.
    // Values that are counted: all must be known.
    if (!numbersOf(singles, singleCount, fieldsAt, ids, dashIsEmpty)) break;
    let known = true;
    for (let i = 0; i < runs; i++) {
      if (!numbersOfRun(runsAt + (<usize>i << 5), i, fieldsAt, ids, dashIsEmpty)) {
        known = false;
        break;
      }
    }
    if (!known) break;

    // Tuples: all must be known, and none may matter.
    open = -1;
    for (let i = 0; i < kinds; i++) {
      if (!takeKind(kindsAt + (<usize>i << 5), i, groupsAt, ids, fieldsAt, found, selectingAt, selecting)) {
        known = false;
        break;
      }
    }
    if (!known) break;

    // Literals: none may hold, but where the row's tuple has shut their door.
    let selected = false;
    for (let i = 0; i < selecting; i++) {
      if (i < 32 && (open & (1 << i)) == 0) continue;
      const entry = selectingAt + (<usize>i << 5);
      const cell = load<i32>(entry);
      const start = startOf(cell);
      const stopOf = endOf(cell);
      if (stopOf <= start || (dashIsEmpty && stopOf - start == 1 && load<u8>(start) == minus)) continue;
      if (mayHold(entry, start, stopOf)) {
        selected = true;
        break;
      }
    }
    if (selected) break;

    // From here on nothing can stop: the row is counted.
    for (let i = 0; i < kinds; i++) {
      const entry = <usize>load<i32>(kindsHere + (<usize>i << 2));
      if (entry != 0) {
        store<f64>(entry, load<f64>(entry, kindSums) + 1, kindSums);
        if (!(timeMs >= load<f64>(entry, kindSums + 8))) store<f64>(entry, timeMs, kindSums + 8);
        if (!(timeMs <= load<f64>(entry, kindSums + 16))) store<f64>(entry, timeMs, kindSums + 16);
        continue;
      }
      const kind = kindsAt + (<usize>i << 5);
      const list = <usize>load<i32>(kind, 8);
      const count = load<i32>(kind, 12);
      for (let k = 0; k < count; k++) {
        const group = load<i32>(list + (<usize>k << 2));
        addTo(groupsAt, group, load<i32>(found + (<usize>group << 2)), 1, timeMs, timeMs);
      }
    }
    if (!otherHour) hourCount += 1;
    else {
      const hour = Math.floor(timeMs / 3600000.0);
      if (hourCount > 0) store<f64>(hours + (<usize>(hourRuns - 1) << 4), hourCount, 8);
      store<f64>(hours + (<usize>hourRuns << 4), hour);
      hourRuns++;
      hourFromMs = hour * 3600000.0;
      hourCount = 1;
    }
    if (booking != 0) {
      const idStart = startOf(idCell);
      const idEnd = endOf(idCell);
      const besideStart = startOf(besideCell);
      const besideLength = endOf(besideCell) - besideStart;
      const minute = Math.floor(timeMs / 60000.0);
      if (booking == 2) {
        if (idEnd - idStart == 36 && guidAt(idStart)) {
          bookEntries = enterBook(1, minute, bookTable, bookEntries);
          const beside = <i32>besideLength > 0 && !(dashIsEmpty && besideLength == 1 && load<u8>(besideStart) == minus);
          if (beside) bookEntries = enterBook(2, minute, bookTable, bookEntries);
        }
      } else {
        // 444 and 81: the site of the back end.
        const back =
          besideLength == 3
            ? load<u8>(besideStart) == 0x34 && load<u8>(besideStart + 1) == 0x34 && load<u8>(besideStart + 2) == 0x34
            : besideLength == 2 && load<u8>(besideStart) == 0x38 && load<u8>(besideStart + 1) == 0x31;
        if (lastId(idStart, idEnd, back)) bookEntries = enterBook(back ? 3 : 0, minute, bookTable, bookEntries);
      }
    }
    if (!(timeMs >= firstMs)) firstMs = timeMs;
    if (!(timeMs <= lastMs)) lastMs = timeMs;
    rows++;
    at = end + 1;
  }
  if (hourCount > 0) store<f64>(hours + (<usize>(hourRuns - 1) << 4), hourCount, 8);
  store<i32>(plan, rows, 112);
  store<i32>(plan, hourRuns, 116);
  store<i32>(plan, bookEntries, 160);
  store<f64>(plan, firstMs, 120);
  store<f64>(plan, lastMs, 128);
  return at;
}
