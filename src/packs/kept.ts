/**
 * Packs that were loaded when the program was built. Reading 120 rules as YAML takes a quarter of a second, at every start; what came of
 * it then is plain data, and holds as long as the files are the same, byte for byte.
 */
import type { Hasher } from '../core/platform.ts';
import type { LoadedPacks, PackFile } from './load.ts';

/** What the files are: equal for equal paths and texts. */
export function packsKey(files: readonly PackFile[], hasher: Hasher): string {
  const utf8 = new TextEncoder();
  for (const { path, text } of files) hasher.update(utf8.encode(`${path}\u0000${text.length}\u0000${text}\u0000`));
  return hasher.hex();
}

export const keepPacks = (key: string, packs: LoadedPacks): string => JSON.stringify({ key, packs });

/** null: nothing was kept, or of other files. */
export function keptPacks(kept: string | null, key: string): LoadedPacks | null {
  if (kept === null) return null;
  // The build wrote it, with this very program: its form is known.
  const { key: of, packs } = JSON.parse(kept) as { readonly key: string; readonly packs: LoadedPacks };
  return of === key ? packs : null;
}
