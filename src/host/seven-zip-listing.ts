/**
 * What 7-Zip prints about the entries of an archive (`l -slt -ba`), read as strictly as it is regular. Each entry is a block of
 * `Key = value` lines that an empty line ends, and all blocks of an archive have the same keys in the same order. 7-Zip writes `_` for
 * a line break in a value, so nothing that an intruder names can look like a line; should that ever change, the keys are no longer
 * those of the first block, and the listing is refused.
 */
import type { ListedEntry } from '../core/platform.ts';
import { damaged } from './seven-zip-failure.ts';
import { Stop } from './seven-zip-machine.ts';
import { hasControl, Lines } from './seven-zip-text.ts';

const mostKeys = 64;

const wholeNumber = (text: string): number | null =>
  /^\d{1,20}$/.test(text) ? Math.min(Number(text), Number.MAX_SAFE_INTEGER) : null;

/** `A`, `D drwxr-xr-x`, ` lrwxrwxrwx`: letters of Windows, then the mode of Unix; either may be missing. */
function kindOf(fields: ReadonlyMap<string, string>, name: string): ListedEntry['kind'] {
  const is = (key: string): boolean => fields.get(key) === '+';
  const [windows = '', unix = ''] = (fields.get('Attributes') ?? '').split(' ');
  const link = ['Symbolic Link', 'Hard Link'].some((key) => (fields.get(key) ?? '') !== '');
  if (link || windows.includes('L') || unix.startsWith('l')) return 'link';
  if (is('Folder') || windows.includes('D') || unix.startsWith('d')) return 'folder';
  // An anti-item deletes, an alternate stream is a part of another file, devices and pipes hold nothing.
  const special = is('Anti') || is('Alternate Stream') || (unix !== '' && 'bcps'.includes(unix.charAt(0)));
  return special || hasControl(name) || wholeNumber(fields.get('Size') ?? '') === null ? 'other' : 'file';
}

export class ListingReader {
  readonly #onEntry: (entry: ListedEntry) => void;
  readonly #lines = new Lines((line) => this.#takeLine(line));
  #keys: readonly string[] | null = null;
  #block: [string, string][] = [];

  /** @param onEntry called with one entry after another; may throw {@link Stop} */
  constructor(onEntry: (entry: ListedEntry) => void) {
    this.#onEntry = onEntry;
  }

  write(bytes: Uint8Array): void {
    this.#lines.write(bytes);
  }

  /** To be called when 7-Zip has come to its end. */
  end(): void {
    this.#lines.end();
    if (this.#block.length > 0) this.#refuse('its listing ends within an entry');
  }

  #takeLine(line: string): void {
    if (line === '') {
      if (this.#block.length > 0) this.#takeBlock();
      return;
    }
    const at = line.indexOf(' = ');
    if (at < 1 || this.#block.length >= mostKeys) this.#refuse('its listing cannot be understood');
    this.#block.push([line.slice(0, at), line.slice(at + 3)]);
  }

  #takeBlock(): void {
    const block = this.#block;
    this.#block = [];
    this.#keys ??= block.map(([key]) => key);
    const keys = this.#keys;
    if (keys[0] !== 'Path' || new Set(keys).size !== keys.length) this.#refuse('its listing cannot be understood');
    if (block.length !== keys.length || block.some(([key], i) => key !== keys[i]))
      this.#refuse('entries of its listing differ in form');
    const fields = new Map(block);
    const name = fields.get('Path') ?? '';
    this.#onEntry({
      name,
      kind: kindOf(fields, name),
      bytes: wholeNumber(fields.get('Size') ?? '') ?? 0,
      encrypted: fields.get('Encrypted') === '+',
    });
  }

  #refuse(why: string): never {
    throw new Stop(damaged(why));
  }
}
