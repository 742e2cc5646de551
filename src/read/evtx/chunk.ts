/**
 * Where the records of a chunk stand. Nothing that a header says is believed further than the bytes bear it out.
 * @see https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
 */
import { crc32 } from '../../core/crc32.ts';
import type { Problems } from '../../core/problem.ts';
import { fileTimeMs, u16, u32, u64Number } from './bytes.ts';

export const fileHeaderBytes = 4096;
export const chunkBytes = 65_536;
const chunkHeaderBytes = 512;
const recordHeaderBytes = 24;
const leastRecord = recordHeaderBytes + 4;

const isWord = (bytes: Uint8Array, at: number, word: string): boolean => {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
};
export const isFileHeader = (bytes: Uint8Array, at = 0): boolean => isWord(bytes, at, 'ElfFile\u0000');
export const isChunk = (bytes: Uint8Array, at: number): boolean => isWord(bytes, at, 'ElfChnk\u0000');
const isRecord = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x2a && bytes[at + 1] === 0x2a && bytes[at + 2] === 0 && bytes[at + 3] === 0;

const dirtyFlag = 1;
/** In the headers of file and chunks alike. */
const noChecksumFlag = 4;

/** Looks at the header of a file. Returns the number of chunks that it speaks of; 0: it is none. `at`: its place in the artifact. */
export function readFileHeader(bytes: Uint8Array, at: number, problems: Problems): number {
  if (!isFileHeader(bytes) || bytes.length < 128) {
    problems.add('evtx.header', at);
    return 0;
  }
  const flags = u32(bytes, 120);
  if ((flags & dirtyFlag) !== 0) problems.add('evtx.dirty', at);
  if ((flags & noChecksumFlag) === 0 && crc32(bytes, 0, 120) !== u32(bytes, 124)) problems.add('evtx.checksum', at);
  return u16(bytes, 42);
}

/** A record: its place in the block, whether it is one that its chunk lists. */
export interface RecordPlace {
  readonly at: number;
  readonly size: number;
  /** Number of the record in this log, as a number: exact up to 2^53. */
  readonly id: number;
  /** Of the record's header. In logs that Windows exported it is the next event's time, and nought for the last. */
  readonly writtenMs: number;
  readonly recovered: boolean;
}

export interface ChunkRecords {
  readonly state: 'empty' | 'damaged' | 'read';
  readonly records: readonly RecordPlace[];
}

const placeOf = (bytes: Uint8Array, at: number, recovered: boolean): RecordPlace => ({
  at,
  size: u32(bytes, at + 4),
  id: u64Number(bytes, at + 8),
  writtenMs: fileTimeMs(bytes, at + 16),
  recovered,
});

/** A whole record that ends before `end`: signature, and one size at both ends. */
const isWhole = (bytes: Uint8Array, at: number, end: number): boolean => {
  if (at + leastRecord > end || !isRecord(bytes, at)) return false;
  const size = u32(bytes, at + 4);
  return size >= leastRecord && size <= end - at && u32(bytes, at + size - 4) === size;
};

/** Reads the chunk that stands in [at, end); `offset` is what is added to give places in the artifact. */
export function readChunk(bytes: Uint8Array, at: number, end: number, offset: number, problems: Problems): ChunkRecords {
  if (!isChunk(bytes, at)) {
    const used = firstUsed(bytes, at, end);
    if (used === end) return { state: 'empty', records: [] };
    problems.add('evtx.chunk_damaged', offset + at, { found: 'no header' });
    return { state: 'damaged', records: recovered(bytes, at, end, []) };
  }
  const whole = end - at === chunkBytes;
  const flags = u32(bytes, at + 120);
  let listedEnd = at + u32(bytes, at + 48);
  if (listedEnd < at + chunkHeaderBytes || listedEnd > at + chunkBytes) {
    problems.add('evtx.chunk_damaged', offset + at, { found: `free space at ${listedEnd - at}` });
    listedEnd = end;
  }
  if (!whole && listedEnd > end) problems.add('evtx.truncated', offset + end, { found: 'it ends within a chunk' });
  if ((flags & noChecksumFlag) === 0) {
    const header = crc32(bytes, at + 128, Math.min(at + chunkHeaderBytes, end), crc32(bytes, at, at + 120));
    const body = listedEnd <= end ? crc32(bytes, at + chunkHeaderBytes, listedEnd) : -1;
    if (header !== u32(bytes, at + 124) || (body !== -1 && body !== u32(bytes, at + 52)))
      problems.add('evtx.checksum', offset + at);
  }
  return { state: 'read', records: listed(bytes, at, Math.min(listedEnd, end), end, offset, problems) };
}

function listed(
  bytes: Uint8Array,
  at: number,
  listedEnd: number,
  end: number,
  offset: number,
  problems: Problems,
): readonly RecordPlace[] {
  const records: RecordPlace[] = [];
  let next = at + chunkHeaderBytes;
  let lastId = -1;
  while (next + leastRecord <= listedEnd) {
    if (isWhole(bytes, next, end)) {
      const place = placeOf(bytes, next, false);
      const before = records.at(-1);
      if (lastId !== -1 && place.id > lastId + 1) {
        problems.add('evtx.record_gap', offset + next, { found: `${lastId + 1} to ${place.id - 1}` }, place.id - lastId - 1);
        if (before !== undefined) for (const hidden of swallowed(bytes, before, lastId, place.id)) records.push(hidden);
      }
      records.push(place);
      lastId = place.id;
      next += place.size;
      continue;
    }
    // Zeros to the end of what is listed are what a log that is still open looks like.
    const used = firstUsed(bytes, next, listedEnd);
    if (used === listedEnd) break;
    problems.add('evtx.record_damaged', offset + next, { found: 'no record where one should begin' });
    next = nextWhole(bytes, next + 1, listedEnd, end);
  }
  // The header of a chunk is written last: records that simply go on behind what it lists are its own.
  if (records.length > 0)
    for (; isWhole(bytes, next, end) && u64Number(bytes, next + 8) === lastId + 1; lastId++) {
      problems.add('evtx.unlisted', offset + next);
      const place = placeOf(bytes, next, false);
      records.push(place);
      next += place.size;
    }
  records.push(...recovered(bytes, Math.max(next, listedEnd), end, records));
  return records;
}

/** Where the next whole record begins; records begin at multiples of eight. */
function nextWhole(bytes: Uint8Array, from: number, limit: number, end: number): number {
  for (let at = (from + 7) & ~7; at + leastRecord <= limit; at += 8) if (isWhole(bytes, at, end)) return at;
  return limit;
}

/**
 * Records within one that was made longer to hide them: it ends where the last of them did, and its size stands there instead of
 * theirs, so that only their numbers and their beginnings tell.
 */
function swallowed(bytes: Uint8Array, outer: RecordPlace, afterId: number, beforeId: number): RecordPlace[] {
  const found: RecordPlace[] = [];
  const end = outer.at + outer.size;
  for (let at = outer.at + ((leastRecord + 7) & ~7); at + leastRecord <= end;) {
    const place = isRecord(bytes, at) ? placeOf(bytes, at, true) : null;
    if (place !== null && place.id > afterId && place.id < beforeId && place.size >= leastRecord && at + place.size <= end) {
      found.push(place);
      at += (place.size + 7) & ~7;
    } else at += 8;
  }
  return found;
}

/** Records by their signature, wherever they stand: left over from before, or out of a chunk whose header is gone. */
function recovered(bytes: Uint8Array, from: number, end: number, listedHere: readonly RecordPlace[]): RecordPlace[] {
  let seen: Set<string> | null = null;
  const found: RecordPlace[] = [];
  for (let at = from; at + leastRecord <= end;) {
    const star = bytes.indexOf(0x2a, at);
    if (star === -1 || star + leastRecord > end) break;
    at = star + 1;
    if (!isWhole(bytes, star, end)) continue;
    const place = placeOf(bytes, star, true);
    seen ??= new Set(listedHere.map(({ id, writtenMs }) => `${id} ${writtenMs}`));
    if (place.id !== 0 && !seen.has(`${place.id} ${place.writtenMs}`)) found.push(place);
    at = star + place.size;
  }
  return found;
}

function firstUsed(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && bytes[i] === 0) i++;
  return i;
}
