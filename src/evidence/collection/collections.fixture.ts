/** Hand-overs in memory: paths with what stands in them. */
import { type Belonging, type Collections, collectionsOf, mayBeRecord } from './index.ts';

/** Paths that were read and are no records: stays empty. */
export const asked: string[] = [];

export function collect(files: Readonly<Record<string, string>>): Collections {
  const encoder = new TextEncoder();
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, encoder.encode(text)]));
  return collectionsOf(
    [...bytes].map(([path, { length }]) => ({ path, bytes: length })),
    (path, most) => {
      // Nothing is asked for that a forward archive would not have kept.
      if (!mayBeRecord(path)) asked.push(path);
      return bytes.get(path)?.subarray(0, most) ?? null;
    },
  );
}

/** Root, collector, host, time and snapshot of each collection, in one line each. */
export const told = ({ collections }: Collections): string[] =>
  collections.map(({ root, collector, host, collectedUtc, clock, snapshot }) =>
    [root, collector, host, collectedUtc, clock.basis, snapshot].map((part) => part ?? '-').join(' | '),
  );

export const role = (all: Collections, path: string): Belonging['role'] => all.of(path).role;
