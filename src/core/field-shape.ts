/**
 * What a value is like, as one number: how long, which odd characters, how many `=`, what its first name is; or what kind of account.
 * A field is counted by its shape where a group names it `field~text` or `field~who`: shapes are few where values are endless, they need
 * no table, and nobody can fill one with them. The skimmer (`kernel/assembly/skim.ts`) makes the same numbers of the same bytes.
 */

/** Shapes that are numbers. */
export const shapeKinds = ['text', 'who'] as const;
export type ShapeKind = (typeof shapeKinds)[number];
/** Shapes that are a part of the text. */
export const cutKinds = ['head', 'folder'] as const;
export type CutKind = (typeof cutKinds)[number];
export const isCut = (shape: ShapeKind | CutKind | null): shape is CutKind => shape === 'head' || shape === 'folder';

export interface CountedName {
  readonly field: string;
  /** Null: counted as it is. `head`: by the word that it begins with; `folder`: by what stands before its last backslash. */
  readonly shape: ShapeKind | CutKind | null;
}

/**
 * Stands in a tuple for a value that found no room: a group that counts shapes then counts the rest of the tuple, so that whoever brings
 * a million pages cannot hide among them what he did to one.
 */
export const anyValue = '…';

/** Takes a name in a group apart. */
export function countedName(name: string): CountedName {
  const kind = ([...cutKinds, ...shapeKinds] as const).find((one) => name.endsWith(`~${one}`));
  return kind === undefined ? { field: name, shape: null } : { field: name.slice(0, -kind.length - 1), shape: kind };
}

export const isShaped = (names: readonly string[]): boolean => names.some((name) => countedName(name).shape !== null);

/** Odd characters, one bit each. Chosen so that each set is a row times a column of the ASCII table: two look-ups tell all eight. */
export const oddCharacters = {
  at: 1,
  /** `[ \ ] { | }` */
  brace: 2,
  slash: 4,
  colon: 8,
  /** `< >` */
  markup: 16,
  /** `" $ ' ( )` */
  quote: 32,
  percent: 64,
  /** Control characters and all beyond ASCII. */
  binary: 128,
} as const;

const lowNibbles = Uint8Array.of(129, 128, 160, 128, 160, 192, 128, 160, 160, 160, 136, 130, 146, 130, 144, 132);
const highNibbles = Uint8Array.of(128, 128, 100, 24, 1, 2, 0, 2, 128, 128, 128, 128, 128, 128, 128, 128);

const lengthSteps = [8, 24, 64, 160, 400, 1000] as const;
/** A first name is looked for in so many bytes. */
export const nameBytes = 24;
const equals = 0x3d;
const tilde = 0x7e;

function textCode(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  let lengthClass = 1;
  for (const step of lengthSteps) if (length > step) lengthClass++;
  let odd = 0;
  let signs = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    odd |= lowNibbles[byte & 15]! & highNibbles[byte >> 4]!;
    if (byte === equals) signs++;
  }
  const signClass = signs === 0 ? 0 : signs === 1 ? 1 : signs < 4 ? 2 : signs < 8 ? 3 : 4;
  let hash = 0x811c9dc5 | 0;
  let name = 0;
  const limit = Math.min(end, start + nameBytes);
  for (let i = start; i < limit; i++) {
    const byte = bytes[i]!;
    if (byte === equals || byte === tilde) {
      name = ((hash ^ (hash >>> 8) ^ (hash >>> 16)) & 0xff) | 1;
      break;
    }
    hash = Math.imul(hash ^ (byte | 0x20), 0x01000193);
  }
  return lengthClass | (odd << 3) | (signClass << 11) | (name << 14);
}

const who = ['', 'person', 'computer', 'sid', 'system', 'monitor'] as const;
export type Who = Exclude<(typeof who)[number], ''>;

/** Small letters; of others something that stands in none of the words. */
function lowerIs(bytes: Uint8Array, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if ((bytes[at + i]! | 0x20) !== word.charCodeAt(i)) return false;
  return true;
}

function whoCode(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[end - 1] === 0x24) return 2;
  const length = end - start;
  if (
    length > 4 &&
    lowerIs(bytes, start, 's') &&
    bytes[start + 1] === 0x2d &&
    bytes[start + 2] === 0x31 &&
    bytes[start + 3] === 0x2d
  )
    return 3;
  if (length >= 6 && lowerIs(bytes, end - 6, 'system')) return 4;
  let at = start;
  const limit = Math.min(end, start + 64);
  for (let i = start; i < limit; i++) if (bytes[i] === 0x5c) at = i + 1;
  return end - at >= 8 && lowerIs(bytes, at, 'healthma') ? 5 : 1;
}

/** @param end behind its last byte; there is at least one */
export function shapeCode(kind: ShapeKind, bytes: Uint8Array, start: number, end: number): number {
  return kind === 'text' ? textCode(bytes, start, end) : whoCode(bytes, start, end);
}

/** The shape as it stands in a tuple. */
export const shapeText = (kind: ShapeKind, code: number): string => (kind === 'text' ? `~${code}` : who[code]!);

const encoder = new TextEncoder();

export function shapeCodeOf(kind: ShapeKind, value: string): number {
  const bytes = encoder.encode(value);
  return shapeCode(kind, bytes, 0, bytes.length);
}

/** A cmdlet without its parameters, a path without what stands behind its first dot or question mark. */
export const headOf = (value: string): string => /^[^.?;=, ]{0,200}/.exec(value)![0] || '.';

const folderOf = (value: string): string => value.slice(0, Math.max(0, value.lastIndexOf('\\'))) || '.';

export const cutOf = (kind: CutKind, value: string): string => (kind === 'head' ? headOf(value) : folderOf(value));

export const shapeOf = (kind: ShapeKind | CutKind, value: string): string =>
  isCut(kind) ? cutOf(kind, value) : shapeText(kind, shapeCodeOf(kind, value));

export interface TextShape {
  /** 1 to 7: up to 8, 24, 64, 160, 400, 1000 bytes, more. */
  readonly lengthClass: number;
  /** Bits of {@link oddCharacters}. */
  readonly odd: number;
  /** `=` in it: none, one, 2 to 3, 4 to 7, more. */
  readonly signClass: number;
  /** A number made of its first name; 0: none. */
  readonly name: number;
}

/** What a shape of the kind `text` says; null: it is none. */
export function textShape(text: string): TextShape | null {
  if (!/^~\d{1,8}$/.test(text)) return null;
  const code = Number(text.slice(1));
  return { lengthClass: code & 7, odd: (code >> 3) & 255, signClass: (code >> 11) & 7, name: (code >> 14) & 255 };
}
