/**
 * Values of indicators in memory that all workers share: one table of hashes, one run of bytes. Looking a value up costs the same with a
 * thousand and with a million of them, and takes no memory of its own.
 *
 * A key is a letter for what is compared (`h` hash, `a` address, `r` range, `d` domain, `x` host of a bare URL, `u` URL, `g` agent, `p` path,
 * `f` folder, `w` page, `n` file name, `c` account, `e` mail address) and the value in its one form.
 */
import type { Indicator } from './indicator.ts';
import { maskedForm } from './values.ts';

export interface PackedTable {
  /** Open addressing: 0 is free, else an entry's number and one. */
  readonly slots: SharedArrayBuffer;
  /** Entry → where its key begins in `bytes`; one more than there are entries. */
  readonly starts: SharedArrayBuffer;
  readonly bytes: SharedArrayBuffer;
  /** Entry → indicator. */
  readonly indicators: SharedArrayBuffer;
  /** Letters that stand before any key. */
  readonly letters: string;
  /** Lengths of ranges that there are, of both families. */
  readonly bits4: readonly number[];
  readonly bits6: readonly number[];
}

/** A key that stands further from its place than this is left out: only made-up keys do. */
const longestProbe = 4096;

/** Bytes of a text, one for each character of ASCII and three for any other. */
function write(text: string, into: Uint8Array, at: number): number {
  let end = at;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) into[end++] = code;
    else {
      into[end++] = 0xff;
      into[end++] = code >> 8;
      into[end++] = code & 0xff;
    }
  }
  return end;
}

const bytesOf = (text: string): number => {
  let count = text.length;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) count += 2;
  return count;
};

function hashOf(bytes: Uint8Array, from: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

/** Calls once for each key, with its letter and the rest. */
function eachKey(
  { kind, value }: Indicator,
  pageOf: (path: string) => string | null,
  give: (letter: string, rest: string) => void,
): void {
  switch (kind) {
    case 'md5':
    case 'sha1':
    case 'sha256':
      give('h', value);
      return;
    case 'address':
      give('a', value);
      return;
    case 'range':
      give('r', value);
      return;
    case 'domain':
      give('d', value);
      return;
    case 'url':
      give('u', value);
      if (!value.includes('/') && !value.includes('?')) give('x', value.replace(/:\d{1,5}$/, ''));
      return;
    case 'user_agent':
      give('g', value);
      return;
    case 'path':
      if (value.startsWith('/')) give('w', value);
      else if (value.endsWith('\\')) give('f', value);
      else {
        give('p', value);
        const page = pageOf(value);
        if (page !== null) give('w', page);
      }
      return;
    case 'file_name':
      give('n', value);
      return;
    case 'account':
      give('c', value);
      return;
    case 'email':
      give('e', value);
      return;
  }
}

/** @param pageOf the address under which a file of a server is published; null: it is not */
export function makeTable(indicators: readonly Indicator[], pageOf: (path: string) => string | null): PackedTable {
  let entries = 0;
  let length = 0;
  const letters = new Set<string>();
  const bits4 = new Set<number>();
  const bits6 = new Set<number>();
  for (const one of indicators) {
    eachKey(one, pageOf, (letter, rest) => {
      entries++;
      length += 1 + bytesOf(rest);
      letters.add(letter);
    });
    if (one.kind === 'range') (one.value.includes(':') ? bits6 : bits4).add(Number(one.value.slice(one.value.indexOf('/') + 1)));
  }
  let size = 16;
  while (size < entries * 2) size *= 2;
  const slots = new Uint32Array(new SharedArrayBuffer(size * 4));
  const starts = new Uint32Array(new SharedArrayBuffer((entries + 1) * 4));
  const bytes = new Uint8Array(new SharedArrayBuffer(Math.max(1, length)));
  const owners = new Uint32Array(new SharedArrayBuffer(Math.max(1, entries) * 4));
  let entry = 0;
  let at = 0;
  let index = 0;
  const keep = (letter: string, rest: string): void => {
    bytes[at] = letter.charCodeAt(0);
    const end = write(rest, bytes, at + 1);
    let slot = hashOf(bytes, at, end) & (size - 1);
    for (let probes = 0; slots[slot] !== 0; slot = (slot + 1) & (size - 1)) if (probes++ >= longestProbe) return;
    slots[slot] = entry + 1;
    starts[entry] = at;
    owners[entry] = index;
    at = end;
    entry++;
    starts[entry] = at;
  };
  for (const one of indicators) {
    eachKey(one, pageOf, keep);
    index++;
  }
  const ascending = (set: ReadonlySet<number>): number[] => [...set].sort((a, b) => a - b);
  return {
    slots: slots.buffer,
    starts: starts.buffer,
    bytes: bytes.buffer,
    indicators: owners.buffer,
    letters: [...letters].sort().join(''),
    bits4: ascending(bits4),
    bits6: ascending(bits6),
  };
}

/** How a value met an indicator. */
export type Meeting = 'equal' | 'range' | 'below' | 'host' | 'tail' | 'folder' | 'name' | 'page';

export type OnMeeting = (indicator: number, how: Meeting) => void;

const longestKey = 4096;
const mostLabels = 12;
const mostFolders = 40;

export class IndicatorTable {
  readonly #slots: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #bytes: Uint8Array;
  readonly #indicators: Uint32Array;
  readonly #letters: ReadonlySet<string>;
  readonly #bits4: readonly number[];
  readonly #bits6: readonly number[];
  readonly #key = new Uint8Array(longestKey * 3 + 1);

  constructor(packed: PackedTable) {
    this.#slots = new Uint32Array(packed.slots);
    this.#starts = new Uint32Array(packed.starts);
    this.#bytes = new Uint8Array(packed.bytes);
    this.#indicators = new Uint32Array(packed.indicators);
    this.#letters = new Set(packed.letters);
    this.#bits4 = packed.bits4;
    this.#bits6 = packed.bits6;
  }

  /** Whether there is any key that begins with one of these letters. */
  asks(letters: string): boolean {
    for (const letter of letters) if (this.#letters.has(letter)) return true;
    return false;
  }

  hash(hex: string, on: OnMeeting): void {
    this.#find('h', hex, 'equal', on);
  }

  /** @param form of {@link addressForm} */
  address(form: string, on: OnMeeting): void {
    this.#find('a', form, 'equal', on);
    this.#find('x', form, 'host', on);
    if (!this.#letters.has('r')) return;
    const lengths = form.includes(':') ? this.#bits6 : this.#bits4;
    for (const bits of lengths) this.#find('r', maskedForm(form, bits), 'range', on);
  }

  /** @param form of {@link hostForm}: the name, and the names that it stands below */
  host(form: string, on: OnMeeting): void {
    this.#find('x', form, 'host', on);
    if (!this.#letters.has('d')) return;
    this.#find('d', form, 'equal', on);
    let dot = form.indexOf('.');
    for (let labels = 0; dot !== -1 && labels < mostLabels; labels++) {
      const rest = form.slice(dot + 1);
      if (!rest.includes('.')) return;
      this.#find('d', rest, 'below', on);
      dot = form.indexOf('.', dot + 1);
    }
  }

  /** @param form of {@link urlForm}: all of it, and without its query */
  url(form: string, on: OnMeeting): void {
    this.#find('u', form, 'equal', on);
    const query = form.indexOf('?');
    if (query !== -1) this.#find('u', form.slice(0, query), 'equal', on);
  }

  agent(form: string, on: OnMeeting): void {
    this.#find('g', form, 'equal', on);
  }

  /** @param form of {@link pathForm}: all of it, its ends, the folders above it, its name */
  path(form: string, on: OnMeeting): void {
    this.#find('p', form, 'equal', on);
    const last = form.lastIndexOf('\\');
    if (this.#letters.has('p')) {
      let back = last;
      for (let count = 0; back > 0 && count < mostFolders; count++) {
        back = form.lastIndexOf('\\', back - 1);
        if (back === -1) break;
        if (back > 0) this.#find('p', form.slice(back), 'tail', on);
      }
    }
    if (this.#letters.has('f')) {
      let slash = form.indexOf('\\', 3);
      for (let count = 0; slash !== -1 && count < mostFolders; count++) {
        this.#find('f', form.slice(0, slash + 1), 'folder', on);
        slash = form.indexOf('\\', slash + 1);
      }
    }
    this.name(form.slice(last + 1), on);
  }

  name(lower: string, on: OnMeeting): void {
    this.#find('n', lower, 'name', on);
  }

  /** @param stem lower case, beginning with `/` */
  page(stem: string, on: OnMeeting): void {
    this.#find('w', stem, 'page', on);
    if (this.#letters.has('n')) this.name(stem.slice(stem.lastIndexOf('/') + 1), on);
  }

  account(form: string, on: OnMeeting): void {
    this.#find('c', form, 'equal', on);
  }

  email(form: string, on: OnMeeting): void {
    this.#find('e', form, 'equal', on);
  }

  /** Every indicator with this key: two may share one, where a path is also the address of a page. */
  #find(letter: string, value: string, how: Meeting, on: OnMeeting): void {
    if (!this.#letters.has(letter) || value.length > longestKey || value === '') return;
    const key = this.#key;
    key[0] = letter.charCodeAt(0);
    const end = write(value, key, 1);
    const mask = this.#slots.length - 1;
    let slot = hashOf(key, 0, end) & mask;
    for (let probes = 0; probes <= longestProbe; probes++) {
      const found = this.#slots[slot]!;
      if (found === 0) return;
      if (this.#is(found - 1, key, end)) on(this.#indicators[found - 1]!, how);
      slot = (slot + 1) & mask;
    }
  }

  #is(entry: number, key: Uint8Array, length: number): boolean {
    const start = this.#starts[entry]!;
    if (this.#starts[entry + 1]! - start !== length) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[start + i] !== key[i]) return false;
    return true;
  }
}
