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
const between = ' = ';

const wholeNumber = (text: string): number | null =>
  /^\d{1,20}$/.test(text) ? Math.min(Number(text), Number.MAX_SAFE_INTEGER) : null;

/** The value of a field; '' when the archive has none of that name. */
type Field = (name: string) => string;

/** `A`, `D drwxr-xr-x`, ` lrwxrwxrwx`: letters of Windows, then the mode of Unix; either may be missing. */
function kindOf(field: Field, name: string): ListedEntry['kind'] {
  const [windows = '', unix = ''] = field('Attributes').split(' ');
  if (field('Symbolic Link') !== '' || field('Hard Link') !== '' || windows.includes('L') || unix.startsWith('l')) return 'link';
  if (field('Folder') === '+' || windows.includes('D') || unix.startsWith('d')) return 'folder';
  // An anti-item deletes, an alternate stream is a part of another file, devices and pipes hold nothing.
  const part = field('Anti') === '+' || field('Alternate Stream') === '+';
  const device = unix !== '' && 'bcps'.includes(unix.charAt(0));
  return part || device || hasControl(name) || wholeNumber(field('Size')) === null ? 'other' : 'file';
}

export class ListingReader {
  readonly #onEntry: (entry: ListedEntry) => void;
  readonly #lines = new Lines((line) => this.#takeLine(line));
  /** Those of the first block, `Key = `; later blocks must have the same. */
  readonly #keys: string[] = [];
  #first = true;
  #values: string[] = [];

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
    if (this.#values.length > 0) this.#refuse('its listing ends within an entry');
  }

  #takeLine(line: string): void {
    const place = this.#values.length;
    if (line === '') {
      if (place > 0) this.#takeBlock();
      return;
    }
    if (this.#first) this.#keys.push(this.#keyOf(line, place));
    const key = this.#keys[place];
    if (key === undefined || !line.startsWith(key)) this.#refuse('entries of its listing differ in form');
    this.#values.push(line.slice(key.length));
  }

  #keyOf(line: string, place: number): string {
    const at = line.indexOf(between);
    const key = line.slice(0, at + between.length);
    if (at < 1 || place >= mostKeys || (place === 0) !== (key === `Path${between}`) || this.#keys.includes(key))
      this.#refuse('its listing cannot be understood');
    return key;
  }

  #takeBlock(): void {
    const values = this.#values;
    this.#values = [];
    this.#first = false;
    if (values.length !== this.#keys.length) this.#refuse('entries of its listing differ in form');
    const field: Field = (name) => values[this.#keys.indexOf(name + between)] ?? '';
    const name = field('Path');
    this.#onEntry({
      name,
      kind: kindOf(field, name),
      bytes: wholeNumber(field('Size')) ?? 0,
      encrypted: field('Encrypted') === '+',
    });
  }

  #refuse(why: string): never {
    throw new Stop(damaged(why));
  }
}
