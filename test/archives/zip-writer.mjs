// Writes zips, right ones and wrong ones: every field of every header can be overridden, entries may share bytes or have none, and
// what stands before, between and behind the parts can be anything. What is not said is written as APPNOTE.TXT 6.3.10 wants it.
// @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

import { crc32, deflateRawSync } from 'node:zlib';

const max16 = 0xffff;
const max32 = 0xffffffff;

/** Bytes, and little-endian numbers as `[width, value]`, one after another. */
export function pack(...parts) {
  const pieces = parts.map((part) => {
    if (part instanceof Uint8Array) return part;
    const [width, value] = part;
    const piece = new Uint8Array(width);
    let rest = BigInt.asUintN(width * 8, BigInt(value));
    for (let at = 0; at < width; at++, rest >>= 8n) piece[at] = Number(rest & 255n);
    return piece;
  });
  return new Uint8Array(Buffer.concat(pieces));
}

export const utf8 = (text) => new Uint8Array(Buffer.from(text, 'utf8'));
const bytesOf = (text) => (text instanceof Uint8Array ? text : utf8(text));
const none = new Uint8Array(0);
const isAscii = (bytes) => bytes.every((byte) => byte < 128);

/** One extra field; `length` may lie. */
export const extraField = (id, bytes, length = bytes.length) => pack([2, id], [2, length], bytes);

/** What both headers of an entry say when nobody lies. */
function factsOf(entry) {
  const name = bytesOf(entry.name);
  const data = bytesOf(entry.data ?? none);
  const method = entry.method ?? 8;
  const packed = entry.packed ?? (method === 8 ? new Uint8Array(deflateRawSync(data)) : data);
  const descriptor = entry.descriptor ?? 'none';
  const isUtf8 = entry.utf8 ?? !isAscii(name);
  return {
    name,
    packed,
    fields: {
      version: 20,
      needed: entry.zip64 ? 45 : 20,
      flags: (isUtf8 ? 0x800 : 0) | (descriptor === 'none' ? 0 : 8),
      method,
      time: 0x4000,
      date: 0x5263, // 3 March 2021
      crc: crc32(data),
      packedBytes: packed.length,
      bytes: data.length,
    },
  };
}

function localHeader(entry, facts) {
  const streamed = (entry.descriptor ?? 'none') !== 'none';
  const zip64 = entry.zip64 === true && !streamed;
  const said = {
    ...facts.fields,
    ...(streamed ? { crc: 0, packedBytes: 0, bytes: 0 } : {}),
    name: facts.name,
    ...entry.both,
    ...entry.local,
  };
  const sizes = zip64 ? extraField(1, pack([8, said.bytes], [8, said.packedBytes])) : none;
  const extra = pack(sizes, entry.extra ?? none, entry.localExtra ?? none);
  const name = bytesOf(said.name);
  return pack(
    [4, said.signature ?? 0x04034b50],
    [2, said.needed],
    [2, said.flags],
    [2, said.method],
    [2, said.time],
    [2, said.date],
    [4, said.crc],
    [4, zip64 ? max32 : said.packedBytes],
    [4, zip64 ? max32 : said.bytes],
    [2, said.nameLength ?? name.length],
    [2, said.extraLength ?? extra.length],
    name,
    extra,
  );
}

function descriptorOf(entry, facts) {
  if ((entry.descriptor ?? 'none') === 'none') return none;
  const said = { ...facts.fields, ...entry.both, ...entry.descriptorFields };
  const width = entry.zip64 ? 8 : 4;
  return pack(
    entry.descriptor === 'signed' ? [4, 0x08074b50] : none,
    [4, said.crc],
    [width, said.packedBytes],
    [width, said.bytes],
  );
}

function centralHeader(entry, facts, at) {
  const said = { ...facts.fields, name: facts.name, offset: at, ...entry.both, ...entry.central };
  const zip64 = entry.zip64 === true;
  const sizes = zip64 ? extraField(1, pack([8, said.bytes], [8, said.packedBytes], [8, said.offset])) : none;
  const extra = pack(sizes, entry.extra ?? none, entry.centralExtra ?? none);
  const name = bytesOf(said.name);
  const comment = bytesOf(entry.comment ?? none);
  return pack(
    [4, said.signature ?? 0x02014b50],
    [2, said.version],
    [2, said.needed],
    [2, said.flags],
    [2, said.method],
    [2, said.time],
    [2, said.date],
    [4, said.crc],
    [4, zip64 ? max32 : said.packedBytes],
    [4, zip64 ? max32 : said.bytes],
    [2, said.nameLength ?? name.length],
    [2, said.extraLength ?? extra.length],
    [2, said.commentLength ?? comment.length],
    [2, said.disk ?? 0],
    [2, said.internal ?? 0],
    [4, said.external ?? 0],
    [4, zip64 ? max32 : said.offset],
    name,
    extra,
    comment,
  );
}

/** The end record; `said` overrides any field. */
export function endRecord(said) {
  const comment = bytesOf(said.comment ?? none);
  return pack(
    [4, said.signature ?? 0x06054b50],
    [2, said.disk ?? 0],
    [2, said.startDisk ?? 0],
    [2, said.entriesHere ?? said.entries],
    [2, said.entries],
    [4, said.directoryBytes],
    [4, said.directoryAt],
    [2, said.commentLength ?? comment.length],
    comment,
  );
}

/** The two records of zip64 that stand before the end record. */
export function endRecords64(said) {
  const extensible = said.extensible ?? none;
  return pack(
    [4, 0x06064b50],
    [8, said.recordBytes ?? 44 + extensible.length],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, said.entriesHere ?? said.entries],
    [8, said.entries],
    [8, said.directoryBytes],
    [8, said.directoryAt],
    extensible,
    [4, 0x07064b50],
    [4, 0],
    [8, said.recordAt],
    [4, 1],
  );
}

/**
 * @param entries in their order; an entry with `sharesWith: n` has no bytes of its own, its directory record points to entry n;
 *   one with `hidden` has bytes and no directory record
 * @param options `prefix` (offsets do not count it unless `adjusted`), `between` (before the directory), `end` (fields of the end
 *   record), `zip64` (fields of its two records, or true), `suffix` (behind everything)
 */
export function zip(entries, options = {}) {
  const prefix = options.prefix ?? none;
  const base = options.adjusted === true ? prefix.length : 0;
  const pieces = [prefix];
  const starts = [];
  let at = base;
  const add = (bytes) => {
    pieces.push(bytes);
    at += bytes.length;
  };
  const known = entries.map((entry) => factsOf(entry));
  for (const [index, entry] of entries.entries()) {
    if (entry.sharesWith !== undefined) {
      starts.push(starts[entry.sharesWith]);
      continue;
    }
    if (entry.before !== undefined) add(entry.before);
    starts.push(at);
    add(localHeader(entry, known[index]));
    add(known[index].packed);
    add(descriptorOf(entry, known[index]));
  }
  if (options.between !== undefined) add(options.between);
  const shown = entries.map((entry, index) => ({ entry, index })).filter(({ entry }) => entry.hidden !== true);
  const directory = pack(...shown.map(({ entry, index }) => centralHeader(entry, known[index], starts[index])));
  const facts = { entries: shown.length, directoryBytes: directory.length, directoryAt: at };
  add(directory);
  if (options.zip64 !== undefined) {
    add(endRecords64({ ...facts, recordAt: at, ...(options.zip64 === true ? {} : options.zip64) }));
    Object.assign(facts, { entries: max16, directoryBytes: max32, directoryAt: max32 });
  }
  add(options.noEnd === true ? none : endRecord({ ...facts, ...options.end }));
  add(options.suffix ?? none);
  return new Uint8Array(Buffer.concat(pieces));
}
