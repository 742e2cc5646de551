/**
 * Names of entries, as an intruder may have written them: a path below the archive or nothing. Nothing is ever written under such
 * a name; but it is shown, compared with paths of the server and handed to people who unpack, so that it must mean one place.
 */

export type NameTrouble = 'empty' | 'absolute' | 'upward' | 'device' | 'nul' | 'long';

const mostLength = 4096;
const mostParts = 256;
/** @see https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ .]*(?:[.:]|$)/i;

/** The parts of the path, or why there is none. Both separators part; `.` says nothing; `C:` in front is how collectors write a drive. */
export function entryPath(name: string): { readonly path: string } | { readonly trouble: NameTrouble } {
  if (name.length > mostLength) return { trouble: 'long' };
  if (name.includes('\u0000')) return { trouble: 'nul' };
  if (/^[/\\]/.test(name)) return { trouble: 'absolute' };
  const parts: string[] = [];
  for (const part of name.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    // Windows drops dots and blanks at the end: `.. ` is upward there, `...` the folder itself.
    if (/^[. ]+$/.test(part)) return { trouble: 'upward' };
    if (device.test(part)) return { trouble: 'device' };
    parts.push(part);
  }
  if (parts.length === 0) return { trouble: 'empty' };
  if (parts.length > mostParts) return { trouble: 'long' };
  return { path: parts.join('/') };
}

/** Gives each entry a path of its own: the second `x` of an archive is `x (2)`. */
export class Paths {
  readonly #seen = new Map<string, number>();

  /** `again`: the name was there already. */
  place(path: string): { readonly path: string; readonly again: boolean } {
    const key = path.toLowerCase();
    const count = this.#seen.get(key) ?? 0;
    this.#seen.set(key, count + 1);
    if (count === 0) return { path, again: false };
    for (let number = count + 1; ; number++) {
      const candidate = `${path} (${number})`;
      const other = candidate.toLowerCase();
      if (this.#seen.has(other)) continue;
      this.#seen.set(other, 1);
      this.#seen.set(key, number);
      return { path: candidate, again: true };
    }
  }
}
