/** Files of a clean installation with their hashes, and those that a table names. */
import type { Platform } from '../../core/platform.ts';
import { Problems } from '../../core/problem.ts';
import { byCodeUnit, decodeText } from '../../core/text.ts';
import { gather } from '../../evidence/index.ts';
import { type KnownFile, shippedKinds, shippedPathOf } from '../../knowledge/index.ts';
import { parseCsv } from '../../read/index.ts';

const chunkBytes = 1 << 20;
/** A table of a whole build has some three megabytes. */
const mostTableBytes = 64 << 20;

/** What is read of a file to say whether it is hostile; none of Exchange's is nearly as long. */
const mostPageBytes = 8 << 20;

export interface PageBytes {
  /** As it lies there. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** By path; of one that comes twice with different bytes the first stands. */
export async function knownFilesIn(
  paths: readonly string[],
  platform: Platform,
  look: (page: PageBytes) => void = () => {},
): Promise<KnownFile[]> {
  const found = new Map<string, string>();
  const gathered = await gather(paths, platform);
  try {
    for (const artifact of gathered.artifacts) {
      const path = artifact.canonicalPath ?? artifact.path;
      const shipped = shippedKinds.test(path) && listable(path) ? shippedPathOf(path) : null;
      const isTable = /\.csv$/i.test(path) && artifact.bytes <= mostTableBytes;
      if (artifact.sealed || artifact.role === 'container' || (shipped === null && !isTable)) continue;
      const source = artifact.open();
      try {
        const hasher = platform.hasher();
        const parts: Uint8Array[] = [];
        const buffer = new Uint8Array(chunkBytes);
        for (let at = 0; at < source.byteLength;) {
          const got = source.read(at, buffer);
          if (got <= 0) break;
          hasher.update(buffer.subarray(0, got));
          if (isTable || (shipped !== null && at < mostPageBytes)) parts.push(buffer.slice(0, got));
          at += got;
        }
        if (shipped !== null && !found.has(shipped)) found.set(shipped, hasher.hex());
        if (shipped !== null) look({ path: path.replaceAll('/', '\\'), bytes: joined(parts) });
        if (isTable) for (const file of ofTable(joined(parts))) if (!found.has(file.path)) found.set(file.path, file.sha256);
      } finally {
        source.close();
      }
    }
  } finally {
    gathered.close();
  }
  return [...found].sort(([a], [b]) => byCodeUnit(a, b)).map(([path, sha256]) => ({ path, sha256 }));
}

/** Windows has no such names; a list could not hold them. */
// oxlint-disable-next-line no-control-regex -- control characters are what is refused
const listable = (path: string): boolean => !/[\u0000-\u001f]|[\\/]#/.test(path);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A cell that is a hash, and one that is a path: whatever the columns are called, and without a header too. */
function ofTable(bytes: Uint8Array): KnownFile[] {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = wide ? new TextDecoder('utf-16le').decode(bytes) : decodeText(bytes);
  const { names, rows } = parseCsv(text, new Problems());
  return [names, ...rows.map(({ cells }) => cells)].flatMap((cells) => {
    const sha256 = cells.find((cell) => /^[0-9a-f]{64}$/i.test(cell.trim()));
    const path = cells
      .map((cell) => (shippedKinds.test(cell) && listable(cell) ? shippedPathOf(cell) : null))
      .find((one) => one !== null);
    return sha256 === undefined || path === undefined ? [] : [{ path, sha256: sha256.trim().toLowerCase() }];
  });
}
