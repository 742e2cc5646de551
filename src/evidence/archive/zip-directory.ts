/**
 * What exists in a zip, and how large: told by its central directory alone, which nobody else reads. The local header in front of
 * an entry says where its bytes begin; what else it says is only compared.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT APPNOTE 6.3.10, sections 4.3 to 4.5
 */
import type { OpenSource } from '../../core/platform.ts';
import { Problems } from '../../core/problem.ts';
import { nameText } from './entry-name.ts';
import { readFully } from './sources.ts';

export interface ZipEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
  /** Compression method; for AES the one inside. */
  readonly method: number;
  readonly encryption: 'none' | 'zipcrypto' | 'aes' | 'other';
  /** Key length of AES, 128, 192 or 256; 0 for others. `checksum`: the CRC stands in the headers all the same (AE-1). */
  readonly aes: { readonly bits: number; readonly checksum: boolean };
  /** Byte by which a password is checked with ZipCrypto. */
  readonly check: number;
  readonly crc: number;
  readonly packedBytes: number;
  /** {@link unknownBytes} only in a torn zip. */
  readonly bytes: number;
  /** Where the local header begins. */
  readonly at: number;
  /** Where its name stands in the directory, to be compared with the one before the entry; null in a salvaged zip. */
  readonly nameAt: number | null;
  readonly nameBytes: number;
  readonly flags: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** More than `mostEntries`. */
  readonly truncated: boolean;
  /** Where the directory begins: no entry reaches so far. null: there is none. */
  readonly endsAt: number | null;
}

/** Stands for a size that is told nowhere. */
export const unknownBytes = -1;

const centralMark = 0x02014b50;
const localMark = 0x04034b50;
const endMark = 0x06054b50;
const end64Mark = 0x06064b50;
const locatorMark = 0x07064b50;
const descriptorMark = 0x08074b50;
const unset32 = 0xffffffff;
const unset16 = 0xffff;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const big = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

interface End {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
  /** Where the directory must end. */
  readonly before: number;
}

/** The record at the end: the last one whose comment ends with the file; else the last one at all. */
function findEnd(source: OpenSource): End | null {
  const length = Math.min(source.byteLength, 22 + unset16);
  const tail = readFully(source, source.byteLength - length, new Uint8Array(length));
  const view = viewOf(tail);
  let found = -1;
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail[at] !== 0x50 || view.getUint32(at, true) !== endMark) continue;
    if (at + 22 + view.getUint16(at + 20, true) === tail.length) {
      found = at;
      break;
    }
    if (found === -1) found = at;
  }
  if (found === -1) return null;
  const base = source.byteLength - tail.length;
  const plain: End = {
    entries: view.getUint16(found + 10, true),
    size: view.getUint32(found + 12, true),
    offset: view.getUint32(found + 16, true),
    before: base + found,
  };
  if (plain.entries !== unset16 && plain.size !== unset32 && plain.offset !== unset32) return plain;
  return findEnd64(source, base + found) ?? plain;
}

function findEnd64(source: OpenSource, endAt: number): End | null {
  if (endAt < 20) return null;
  const locator = readFully(source, endAt - 20, new Uint8Array(20));
  if (locator.length < 20 || viewOf(locator).getUint32(0, true) !== locatorMark) return null;
  // The stated place is wrong when something stands in front of the zip: then it lies just before the locator.
  for (const at of [big(viewOf(locator), 8), endAt - 20 - 56]) {
    if (!(at >= 0) || at + 56 > source.byteLength) continue;
    const record = readFully(source, at, new Uint8Array(56));
    const view = viewOf(record);
    if (record.length === 56 && view.getUint32(0, true) === end64Mark)
      return { entries: big(view, 32), size: big(view, 40), offset: big(view, 48), before: at };
  }
  return null;
}

/** Reads on in steps; `take` gives the next bytes, fewer at the end. */
class Window {
  readonly #source: OpenSource;
  readonly #step: number;
  #at: number;
  #bytes = new Uint8Array(0);
  #from = 0;

  constructor(source: OpenSource, at: number, bytes: number) {
    this.#source = source;
    this.#at = at;
    this.#step = Math.min(1 << 20, Math.max(bytes, 64));
  }

  /** Valid until the next call. */
  take(count: number): Uint8Array {
    if (this.#bytes.length - this.#from < count) {
      const rest = this.#bytes.subarray(this.#from);
      const next = new Uint8Array(Math.max(count, this.#step));
      next.set(rest);
      const got = readFully(this.#source, this.#at, next.subarray(rest.length));
      this.#at += got.length;
      this.#bytes = next.subarray(0, rest.length + got.length);
      this.#from = 0;
    }
    const taken = this.#bytes.subarray(this.#from, this.#from + count);
    this.#from += taken.length;
    return taken;
  }
}

/** null: no directory is to be found. */
export function readDirectory(source: OpenSource, mostEntries: number, problems: Problems): ZipDirectory | null {
  const end = findEnd(source);
  if (end === null) return null;
  const marked = (at: number): boolean => {
    const bytes = at >= 0 ? readFully(source, at, new Uint8Array(4)) : new Uint8Array(0);
    return bytes.length === 4 && viewOf(bytes).getUint32(0, true) === centralMark;
  };
  // An end that says "empty" behind something else hides it.
  if (end.entries === 0 && end.size === 0) return end.before === 0 ? { entries: [], truncated: false, endsAt: 0 } : null;
  const start = [end.before - end.size, end.offset].find(marked);
  if (start === undefined) return null;
  const entries: ZipEntry[] = [];
  const window = new Window(source, start, end.before - start);
  let at = start;
  while (at + 46 <= end.before) {
    const head = window.take(46);
    const view = viewOf(head);
    if (head.length < 46 || view.getUint32(0, true) !== centralMark) break;
    if (entries.length >= mostEntries)
      return { entries: shifted(source, entries, start - end.offset, problems), truncated: true, endsAt: start };
    const fixed = head.slice();
    const lengths = [28, 30, 32].map((place) => view.getUint16(place, true)) as [number, number, number];
    const rest = window.take(lengths[0] + lengths[1] + lengths[2]);
    if (rest.length < lengths[0] + lengths[1] + lengths[2]) break;
    entries.push(
      entryOf(
        viewOf(fixed),
        rest.subarray(0, lengths[0]),
        rest.subarray(lengths[0], lengths[0] + lengths[1]),
        problems,
        at,
        at + 46,
      ),
    );
    at += 46 + rest.length;
  }
  if (entries.length !== end.entries && entries.length % 0x10000 !== end.entries)
    problems.add('archive.damaged', at, { expected: `${end.entries} entries`, found: `${entries.length}` });
  return { entries: shifted(source, entries, start - end.offset, problems), truncated: false, endsAt: start };
}

/** What stands in front of a zip shifts all offsets alike, or none: the first entry's header tells which. */
function shifted(source: OpenSource, entries: readonly ZipEntry[], shift: number, problems: Problems): readonly ZipEntry[] {
  if (shift === 0) return entries;
  const first = entries.find(({ kind }) => kind === 'file');
  const isHeader = (at: number): boolean => {
    const bytes = at >= 0 ? readFully(source, at, new Uint8Array(4)) : new Uint8Array(0);
    return bytes.length === 4 && viewOf(bytes).getUint32(0, true) === localMark;
  };
  if (first === undefined || !isHeader(first.at + shift)) {
    problems.add('archive.damaged', 0, { found: 'the end of the archive names another place of its directory' });
    return entries;
  }
  return entries.map((entry) => ({ ...entry, at: entry.at + shift }));
}

function entryOf(
  view: DataView,
  rawName: Uint8Array,
  extra: Uint8Array,
  problems: Problems,
  place: number,
  nameAt: number | null,
): ZipEntry {
  const flags = view.getUint16(8, true);
  const madeBy = view.getUint8(5);
  let method = view.getUint16(10, true);
  const crc = view.getUint32(16, true);
  let packedBytes = view.getUint32(20, true);
  let bytes = view.getUint32(24, true);
  const attributes = view.getUint32(38, true);
  let at = view.getUint32(42, true);
  const aes = { bits: 0, checksum: true };
  let name = nameText(rawName);
  for (const [id, data] of extras(extra)) {
    const field = viewOf(data);
    if (id === 0x0001) {
      let from = 0;
      const next = (): number | null => {
        if (from + 8 > data.length) return null;
        from += 8;
        return big(field, from - 8);
      };
      const large = (value: number): number => {
        if (value !== unset32) return value;
        const found = next();
        if (found === null) problems.add('archive.damaged', place, { found: 'a large size that does not stand where it should' });
        return found ?? value;
      };
      bytes = large(bytes);
      packedBytes = large(packedBytes);
      at = large(at);
    } else if (id === 0x9901 && method === 99 && data.length >= 7) {
      aes.bits = [0, 128, 192, 256][data[4]!] ?? 0;
      aes.checksum = field.getUint16(0, true) === 1;
      method = field.getUint16(5, true);
    } else if (id === 0x7075 && data.length > 5 && (flags & 0x800) === 0) name = nameText(data.subarray(5));
  }
  if (!Number.isSafeInteger(bytes) || !Number.isSafeInteger(packedBytes) || !Number.isSafeInteger(at)) {
    problems.add('archive.damaged', place, { found: 'a size that no file has' });
    bytes = packedBytes = 0;
  }
  const encrypted = (flags & 1) !== 0;
  const mode = madeBy === 3 || madeBy === 19 ? (attributes >>> 16) & 0xf000 : 0;
  const strong = (flags & 0x40) !== 0 || view.getUint16(10, true) === 97;
  return {
    name,
    kind:
      mode === 0xa000
        ? 'link'
        : /[/\\]$/.test(name) || mode === 0x4000 || ((attributes & 0x10) !== 0 && bytes === 0)
          ? 'folder'
          : 'file',
    method,
    encryption: !encrypted ? 'none' : strong ? 'other' : aes.bits > 0 ? 'aes' : method === 99 ? 'other' : 'zipcrypto',
    aes,
    check: (flags & 8) !== 0 ? view.getUint16(12, true) >>> 8 : crc >>> 24,
    crc,
    packedBytes,
    bytes,
    at,
    nameAt,
    nameBytes: rawName.length,
    flags,
  };
}

function* extras(extra: Uint8Array): Generator<readonly [id: number, data: Uint8Array]> {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length;) {
    const length = view.getUint16(at + 2, true);
    yield [view.getUint16(at, true), extra.subarray(at + 4, at + 4 + length)];
    at += 4 + length;
  }
}

/**
 * Where an entry's bytes begin, by its local header; null when there is none. A header that says something else of the entry than
 * the directory is a problem: one of the two was not written by the program that packed it.
 */
export function dataStart(source: OpenSource, entry: ZipEntry, problems: Problems): number | null {
  const head = entry.at >= 0 ? readFully(source, entry.at, new Uint8Array(30)) : new Uint8Array(0);
  const view = viewOf(head);
  if (head.length < 30 || view.getUint32(0, true) !== localMark) {
    problems.add('archive.damaged', Math.max(entry.at, 0), { found: 'no header before the entry' });
    return null;
  }
  const nameLength = view.getUint16(26, true);
  const extraLength = view.getUint16(28, true);
  const rest = readFully(source, entry.at + 30, new Uint8Array(nameLength + extraLength));
  const differs: string[] = [];
  const named = entry.nameAt === null ? null : readFully(source, entry.nameAt, new Uint8Array(entry.nameBytes));
  if (named !== null && !sameBytes(rest.subarray(0, nameLength), named)) differs.push('name');
  const method = view.getUint16(8, true);
  const flags = view.getUint16(6, true);
  if (method !== entry.method && method !== 99) differs.push('method');
  if ((flags & 1) !== (entry.flags & 1)) differs.push('encryption');
  if ((flags & 8) === 0) {
    // Sizes stand here only when they were known before the bytes were written; in zip64 in the extra field.
    let packedBytes = view.getUint32(18, true);
    let bytes = view.getUint32(22, true);
    for (const [id, data] of extras(rest.subarray(nameLength))) {
      if (id !== 0x0001) continue;
      const field = viewOf(data);
      if (bytes === unset32 && data.length >= 8) bytes = big(field, 0);
      if (packedBytes === unset32 && data.length >= 16) packedBytes = big(field, 8);
    }
    if (bytes !== entry.bytes || packedBytes !== entry.packedBytes) differs.push('size');
    const crc = view.getUint32(14, true);
    if (crc !== entry.crc && (entry.encryption !== 'aes' || entry.aes.checksum)) differs.push('checksum');
  }
  if (differs.length > 0) problems.add('archive.headers_disagree', entry.at, { found: differs.join(', ') });
  return entry.at + 30 + nameLength + extraLength;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

/**
 * A zip without its end (an upload that broke off) still has a header before each entry. What they say has nothing to be compared
 * with. Entries whose size stands behind them are found by that record.
 */
export function salvage(source: OpenSource, mostEntries: number): ZipDirectory {
  const entries: ZipEntry[] = [];
  // Salvaging has one problem, the archive's: it says nothing of single fields.
  const unheard = new Problems();
  let at = 0;
  while (at + 30 <= source.byteLength) {
    if (entries.length >= mostEntries) return { entries, truncated: true, endsAt: null };
    const head = readFully(source, at, new Uint8Array(30));
    const view = viewOf(head);
    if (head.length < 30 || view.getUint32(0, true) !== localMark) break;
    const nameLength = view.getUint16(26, true);
    const extraLength = view.getUint16(28, true);
    const rest = readFully(source, at + 30, new Uint8Array(nameLength + extraLength));
    // The local header has the central one's fields from its sixth byte on, 2 bytes earlier, and ends before the comment.
    const central = new Uint8Array(46);
    central.set(head.subarray(4, 30), 6);
    const data = at + 30 + nameLength + extraLength;
    const entry = entryOf(viewOf(central), rest.subarray(0, nameLength), rest.subarray(nameLength), unheard, at, null);
    const known = (entry.flags & 8) === 0 || entry.packedBytes > 0;
    const behind = known
      ? { crc: entry.crc, packedBytes: entry.packedBytes, bytes: entry.bytes, next: data + entry.packedBytes }
      : findDescriptor(source, data);
    const { next, ...sizes } = behind;
    entries.push({ ...entry, ...sizes, at });
    if (next <= at) break;
    at = next;
  }
  return { entries, truncated: false, endsAt: null };
}

/** The record behind an entry: its mark, and a packed size that is just what lies before it. Without one the entry is the last. */
function findDescriptor(
  source: OpenSource,
  data: number,
): { readonly crc: number; readonly packedBytes: number; readonly bytes: number; readonly next: number } {
  const step = 1 << 20;
  const buffer = new Uint8Array(step + 24);
  for (let base = data; base + 16 <= source.byteLength; base += step) {
    const piece = readFully(source, base, buffer);
    const view = viewOf(piece);
    for (let i = piece.indexOf(0x50); i !== -1 && i < step; i = piece.indexOf(0x50, i + 1)) {
      const packedBytes = base + i - data;
      if (i + 16 > piece.length || view.getUint32(i, true) !== descriptorMark) continue;
      const crc = view.getUint32(i + 4, true);
      if (view.getUint32(i + 8, true) === packedBytes)
        return { crc, packedBytes, bytes: view.getUint32(i + 12, true), next: base + i + 16 };
      if (i + 24 <= piece.length && big(view, i + 8) === packedBytes)
        return { crc, packedBytes, bytes: big(view, i + 16), next: base + i + 24 };
    }
  }
  // Torn off: how much it holds is not written anywhere.
  return { crc: 0, packedBytes: source.byteLength - data, bytes: unknownBytes, next: source.byteLength };
}
