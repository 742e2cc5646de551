import { describe, expect, it } from 'vitest';
import { FileError, type Scratch } from '../core/platform.ts';
import { bytesSource } from '../evidence/index.ts';
import { Shelf } from './shelf.ts';

/** Files in memory. `broken`: what was written is gone. */
function scratches(broken = false): { readonly make: () => Scratch; readonly left: () => number } {
  let files = 0;
  return {
    left: () => files,
    make: () => {
      let held = new Uint8Array(0);
      files++;
      return {
        path: '',
        write: (bytes) => void (held = Uint8Array.from(bytes)),
        open: () => bytesSource(broken ? held.subarray(0, 1) : held),
        remove: () => void files--,
      };
    },
  };
}

const piece = (number: number): Uint8Array => Uint8Array.from({ length: number % 97 }, (_, index) => (number + index) & 255);

describe('Shelf', () => {
  it.each([
    ['in memory', (): null => null],
    ['in files', scratches().make],
  ])('gives back what was put, %s', (_, scratch) => {
    const shelf = new Shelf(scratch, 500);
    const places = Array.from({ length: 400 }, (_, number) => shelf.put(piece(number)));
    for (const [number, at] of places.entries()) expect(shelf.get(at, number % 97)).toEqual(piece(number));
    // Backwards, and a piece of one.
    for (const number of [399, 250, 96, 1])
      expect(shelf.get(places[number]! + 1, (number % 97) - 1)).toEqual(piece(number).subarray(1));
  });

  it('takes what is larger than all else together', () => {
    const shelf = new Shelf(scratches().make, 100);
    const before = shelf.put(piece(5));
    const large = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
    const at = shelf.put(large);
    const after = shelf.put(piece(9));
    expect(shelf.get(at, large.length)).toEqual(large);
    expect([shelf.get(before, 5), shelf.get(after, 9)]).toEqual([piece(5), piece(9)]);
  });

  it('keeps all in memory where the disk is full', () => {
    const full = (): Scratch => ({
      ...scratches().make(),
      write: () => {
        throw new FileError('ENOSPC', 'no space left');
      },
    });
    const shelf = new Shelf(full, 100);
    const places = [50, 60, 70, 80].map((number) => [shelf.put(piece(number)), number] as const);
    for (const [at, number] of places) expect(shelf.get(at, number)).toEqual(piece(number));
  });

  it('says it where a file was cleared away, and leaves none behind', () => {
    const { make, left } = scratches(true);
    const shelf = new Shelf(make, 100);
    const at = shelf.put(piece(90));
    shelf.put(piece(91));
    expect(left()).toBe(1);
    expect(() => shelf.get(at, 90)).toThrow('cannot be read there any more');
    shelf.close();
    expect(left()).toBe(0);
  });
});
