/**
 * Texts that were decoded before. Programs, users, names of logs come again in nearly every record: to know one by its bytes costs a
 * fraction of making it anew, and whoever remembers something of a text finds it by the very same one. A text is told again only for
 * bytes that are all the same, so that nothing in a log can make it another; the table is bounded, and forgotten as a whole when it is
 * full. One for each thread, for it decides about speed alone.
 */
import { KnownText } from '../../core/known-text.ts';
import { utf16 } from './bytes.ts';

/** Longer ones seldom come again. */
const mostBytes = 512;
const mostTexts = 16_384;
const slotMask = mostTexts * 4 - 1;
/** Places that are looked at: texts that are made to collide are decoded each time, and no more than that. */
const mostProbes = 8;
const storeBytes = 1 << 21;

const slots = new Int32Array(slotMask + 1);
const hashes = new Int32Array(mostTexts + 1);
const starts = new Int32Array(mostTexts + 2);
const texts: KnownText[] = [new KnownText('')];
const store = new Uint8Array(storeBytes);
const storeWords = new DataView(store.buffer);

let known: Uint8Array = new Uint8Array(0);
let words: DataView = new DataView(known.buffer);

function forget(): void {
  slots.fill(0);
  texts.length = 1;
}

function isSame(id: number, at: number, size: number): boolean {
  const from = starts[id]!;
  if (starts[id + 1]! - from !== size) return false;
  let i = 0;
  for (; i + 4 <= size; i += 4) if (storeWords.getInt32(from + i, true) !== words.getInt32(at + i, true)) return false;
  for (; i < size; i++) if (store[from + i] !== known[at + i]) return false;
  return true;
}

/** {@link utf16} without the zeros at its end: the same object for the same bytes as long as it is remembered. null: nobody keeps such a text. */
export function knownText(bytes: Uint8Array, at: number, end: number): KnownText | null {
  const size = (end - at) & ~1;
  if (size < 2 || size > mostBytes || end > bytes.length) return null;
  if (bytes !== known) {
    known = bytes;
    words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  let hash = size;
  if (size >= 4) {
    const last = at + size - 4;
    for (let i = at; i < last; i += 4) hash = Math.imul(hash ^ words.getInt32(i, true) ^ (hash >>> 15), 0x9e3779b1);
    hash = Math.imul(hash ^ words.getInt32(last, true) ^ (hash >>> 15), 0x9e3779b1);
  } else hash = Math.imul(hash ^ words.getInt16(at, true), 0x9e3779b1);
  hash ^= hash >>> 15;
  for (let probe = 0; probe < mostProbes; probe++) {
    const slot = (hash + probe) & slotMask;
    const id = slots[slot]!;
    if (id === 0) return remember(hash, slot, at, size);
    if (hashes[id] === hash && isSame(id, at, size)) return texts[id]!;
  }
  return null;
}

/** Strings end in zeros that are no part of them. */
export const trimmed = (text: string): string => {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return end === text.length ? text : text.slice(0, end);
};

function remember(hash: number, slot: number, at: number, size: number): KnownText {
  const text = new KnownText(trimmed(utf16(known, at, at + size)));
  const id = texts.length;
  if (id > mostTexts || starts[id]! + size > storeBytes) {
    forget();
    return text;
  }
  slots[slot] = id;
  hashes[id] = hash;
  store.set(known.subarray(at, at + size), starts[id]);
  starts[id + 1] = starts[id]! + size;
  texts.push(text);
  return text;
}
