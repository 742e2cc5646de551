import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ForwardStream } from '../../core/platform.ts';
import { ForwardSource } from './sources.ts';

const mib = 1 << 20;
/** Longer than the window, and no piece of it like another. */
const bytes = Uint8Array.from({ length: 5 * mib }, (_, i) => (Math.imul(i, 2_654_435_761) >>> 24) ^ (i >>> 16));

/** Gives at most `step` bytes at a time; `starts` and `pulled` tell how often it began and how much it gave. */
function countedStream(step: number): { start: () => ForwardStream; starts: number; pulled: number } {
  const counted = {
    starts: 0,
    pulled: 0,
    start(): ForwardStream {
      counted.starts++;
      let at = 0;
      return {
        read(into) {
          const piece = bytes.subarray(at, at + Math.min(step, into.length));
          into.set(piece);
          at += piece.length;
          counted.pulled += piece.length;
          return piece.length;
        },
        close() {},
      };
    },
  };
  return counted;
}

const sourceOf = (counted: ReturnType<typeof countedStream>): ForwardSource =>
  new ForwardSource(counted.start, { bytes: bytes.length, exact: true, crc: crc32(bytes) }, (piece, before) =>
    crc32(piece, before),
  );

test('any order of reading gives the same bytes', () => {
  let state = 7;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const source = sourceOf(countedStream(70_001));
  let at = 0;
  for (let round = 0; round < 200; round++) {
    // Mostly on and a little back, as rows beyond a block are read; sometimes anywhere.
    at = random(8) === 0 ? random(bytes.length) : Math.max(0, Math.min(bytes.length - 1, at + random(600_000) - 200_000));
    const into = new Uint8Array(1 + random(random(10) === 0 ? 3 * mib : 4000));
    const got = source.read(at, into);
    expect(got).toBe(Math.min(into.length, bytes.length - at));
    expect(Buffer.compare(into.subarray(0, got), bytes.subarray(at, at + got))).toBe(0);
    at += got;
  }
  expect(source.problems()).toEqual([]);
});

test('going back within the window unpacks nothing again; further back it begins anew', () => {
  const counted = countedStream(mib);
  const source = sourceOf(counted);
  const into = new Uint8Array(mib);
  for (let at = 0; at < 4 * mib; at += mib) source.read(at, into);
  source.read(2 * mib, into);
  expect([counted.starts, counted.pulled]).toEqual([1, 4 * mib]);
  expect(Buffer.compare(into, bytes.subarray(2 * mib, 3 * mib))).toBe(0);
  source.read(mib, into);
  expect(counted.starts).toBe(2);
  expect(Buffer.compare(into, bytes.subarray(mib, 2 * mib))).toBe(0);
});

test('a wrong checksum is said once, however often it is read', () => {
  const counted = countedStream(mib);
  const source = new ForwardSource(counted.start, { bytes: bytes.length, exact: true, crc: 1 }, (piece, before) =>
    crc32(piece, before),
  );
  for (let times = 0; times < 3; times++) source.read(0, new Uint8Array(bytes.length));
  expect(counted.starts).toBe(3);
  expect(source.problems()).toEqual([{ code: 'archive.checksum', at: 0, count: 1 }]);
});
