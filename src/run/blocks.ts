/** Cuts a part of an artifact into blocks and reads them into shared buffers, hashing on the way. */
import type { OpenSource } from '../core/platform.ts';
import type { Block, Frame, Reader, Seam } from '../core/record.ts';
import type { Part } from '../evidence/index.ts';
import type { ContentHash } from './content-hash.ts';

/** How far beyond its end a block is read for the row that begins in it. */
export const tailBytes = 1 << 20;
const tailStep = 64 << 10;
/** A kind that is read whole is read up to here. */
export const wholeLimit = 64 << 20;

/** @param frame of a binary kind: cuts fall between units, and the header is a part of the first block */
export function* cut(part: Part, blockBytes: number | null, frame: Frame | null = null): Generator<Block> {
  const end = blockBytes === null ? Math.min(part.end, part.at + wholeLimit) : part.end;
  const asked = blockBytes ?? wholeLimit;
  const step = frame === null ? asked : Math.max(1, Math.floor(asked / frame.unitBytes)) * frame.unitBytes;
  let index = 0;
  for (let at = part.at; at < end;) {
    const next = at + step + (index === 0 ? (frame?.headBytes ?? 0) : 0);
    yield { index: index++, at, end: Math.min(next, end), last: next >= end };
    at = next;
  }
}

/** Reads a block of a binary kind: its own bytes and no more. */
export function readUnits(source: OpenSource, block: Block, into: Uint8Array, hash: ContentHash | null): Uint8Array {
  const bytes = into.subarray(0, fill(source, block.at, into.subarray(0, block.end - block.at)));
  hash?.update(bytes);
  return bytes;
}

/** What ends a row of a kind: its line end, or -1 where rows reach over line ends and a block is read on for as far as any may need. */
export const rowEnd = ({ spansLines }: Reader, lineEnd: number): number => (spansLines === true ? -1 : lineEnd);

/**
 * Reads [block.at, block.end) and on to the end of the line that is open there. Returns the bytes that were there. Only the
 * block's own bytes are hashed.
 */
export function readBlock(
  source: OpenSource,
  block: Block,
  limit: number,
  encoding: Seam['encoding'],
  lineEnd: number,
  into: Uint8Array,
  hash: ContentHash | null,
): Uint8Array {
  const own = fill(source, block.at, into.subarray(0, block.end - block.at));
  hash?.update(into.subarray(0, own));
  let length = own;
  if (own === block.end - block.at && block.end < limit && !endsLine(into, length, encoding, lineEnd)) {
    const most = Math.min(into.length, own + tailBytes, own + limit - block.end);
    while (length < most) {
      const got = fill(source, block.at + length, into.subarray(length, Math.min(length + tailStep, most)));
      if (got === 0) break;
      const found = findLineEnd(into, length, length + got, encoding, lineEnd);
      length = found === -1 ? length + got : found;
      if (found !== -1) break;
    }
  }
  return into.subarray(0, length);
}

function fill(source: OpenSource, at: number, into: Uint8Array): number {
  let done = 0;
  while (done < into.length) {
    const got = source.read(at + done, into.subarray(done));
    if (got <= 0) break;
    done += got;
  }
  return done;
}

/** True when what stands before `at` ends a line; byte order marks count as nothing, as they do for who reads it. */
export function endsLine(bytes: Uint8Array, at: number, encoding: Seam['encoding'], lineEnd: number): boolean {
  if (encoding === 'utf8') return at > 0 && bytes[at - 1] === lineEnd;
  const end = behindMarks(bytes, at, encoding);
  return end > 1 && bytes[end - 2 + lowByte(encoding)] === lineEnd && bytes[end - 1 - lowByte(encoding)] === 0;
}

/** Whether the cut behind a block of so many bytes falls into a row. */
export function cutsRow(
  bytes: Uint8Array,
  length: number,
  { encoding, lineEnd, midRow }: Pick<Seam, 'encoding' | 'lineEnd' | 'midRow'>,
): boolean {
  const own = Math.min(length, bytes.length);
  // A block of nothing but marks leaves things as they were.
  return own > 1 && encoding !== 'utf8' && behindMarks(bytes, own, encoding) < 2
    ? midRow
    : !endsLine(bytes, own, encoding, lineEnd);
}

const lowByte = (encoding: Seam['encoding']): 0 | 1 => (encoding === 'utf16le' ? 0 : 1);

/** Where the byte order marks before `at` begin. */
function behindMarks(bytes: Uint8Array, at: number, encoding: Seam['encoding']): number {
  const low = lowByte(encoding);
  let end = at;
  while (end > 1 && bytes[end - 2 + low] === 0xff && bytes[end - 1 - low] === 0xfe) end -= 2;
  return end;
}

function findLineEnd(bytes: Uint8Array, from: number, to: number, encoding: Seam['encoding'], lineEnd: number): number {
  if (encoding === 'utf8') {
    const found = bytes.subarray(from, to).indexOf(lineEnd);
    return found === -1 ? -1 : from + found + 1;
  }
  const low = lowByte(encoding);
  for (let at = from - (from % 2); at + 1 < to; at += 2)
    if (bytes[at + low] === lineEnd && bytes[at + 1 - low] === 0) return at + 2;
  return -1;
}
