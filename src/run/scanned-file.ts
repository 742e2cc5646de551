/** What a reader may know of the file whose rows it gives. */
import type { ScannedFile } from '../core/record.ts';
import type { Artifact } from '../evidence/index.ts';

export const scannedFile = ({ path, canonicalPath, bytes, times }: Artifact): ScannedFile => ({
  path: (canonicalPath ?? path).replaceAll('/', '\\'),
  placed: canonicalPath !== null,
  bytes,
  modifiedUtc: times?.modifiedUtc ?? null,
  createdUtc: times?.createdUtc ?? null,
});
