/**
 * Holds what 7-Zip unpacks to what was listed. 7-Zip opens one file after another in the order of the archive, writes it, closes it,
 * and only then says whether it was whole. So the last byte of each file is held back until something follows: nobody ever has all of
 * a file that is damaged. A file that is shorter or longer than listed, missing, or in another place ends the stream with a
 * {@link Failure}; the bytes of one entry are never taken for those of another.
 */
import type { ListedEntry } from '../core/platform.ts';
import { damaged, encrypted, type Failure, overLimit } from './seven-zip-failure.ts';
import { type Ended, Stop, type Unpacked } from './seven-zip-machine.ts';
import { asPrinted, hasControl, Lines } from './seven-zip-text.ts';

export interface PlannedEntry extends ListedEntry {
  /** Its bytes are asked for. */
  readonly wanted: boolean;
}

/** An entry that 7-Zip always opens a file for. For links and the like it may or may not, for folders it never does. */
export const isOpened = ({ kind, name }: ListedEntry): boolean => kind === 'file' || (kind === 'other' && hasControl(name));

const unsafeParts = new Set(['', '.', '..']);
/** Backslashes, the private characters that stand for odd bytes, and what was no text at all. */
const changing = /[\\\ue000-\uf8ff\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether 7-Zip writes an entry of this name under that very name; it changes others to safe ones. */
const keepsName = (name: string): boolean =>
  !hasControl(name) && !changing.test(name) && name.split('/').every((part) => !unsafeParts.has(part));

/** What 7-Zip says when a folder, a link or an attribute cannot be made; nothing of it is wanted. */
const unimportant = [
  'Cannot create folder',
  'Cannot create hard link',
  'Cannot create symbolic link',
  'Cannot set file attribute',
  "can't delete file",
  'Dangerous link path was ignored',
  'Unknown reparse stream',
  'Incorrect reparse stream',
];

function failureOf(said: string, name: string): Failure {
  const message = `${name}: ${said}`;
  if (said.includes('Wrong password')) return encrypted(message);
  if (said.includes('memory')) return overLimit(message);
  if (said.startsWith('CRC Failed')) return damaged(message, 'archive.checksum');
  if (said.startsWith('Unsupported Method')) return damaged(message, 'archive.method');
  return damaged(message);
}

const mostArchiveLines = 16;

/** What 7-Zip says of the archive as a whole while it opens it. */
export class ArchiveErrors {
  readonly #lines: string[] = [];

  hear(line: string): void {
    if (line !== '' && line !== 'ERRORS:' && this.#lines.length < mostArchiveLines) this.#lines.push(line);
  }

  get heard(): boolean {
    return this.#lines.length > 0;
  }

  /** null: it ended well. */
  failure({ exitCode, memoryRefused, trap }: Ended): Failure | null {
    if (exitCode === 0 || exitCode === 1) return null;
    const said = this.#lines.join('; ') || trap || `7-Zip ended with ${exitCode ?? 'a fault'}`;
    if (memoryRefused || exitCode === 8) return overLimit(`it needs more memory than it may have (${said})`);
    return this.#lines.some((line) => line.includes('Wrong password?')) ? encrypted(said) : damaged(said);
  }
}

export class Unpacking implements Unpacked {
  readonly #plan: readonly PlannedEntry[];
  readonly #send: (bytes: Uint8Array) => void;
  readonly #step: () => void;
  readonly #lastByte = new Uint8Array(1);
  readonly #errors = new Lines((line) => this.#hearLine(line));
  readonly #archive = new ArchiveErrors();
  #opening = true;
  /** The first entry of the plan that was not opened yet, and the one that was opened last. */
  #next = 0;
  #current: PlannedEntry | null = null;
  #currentBytes = 0;
  #left: number;
  /** One encrypted file came out whole: what fails later is damaged, the password is right. */
  #passwordProven = false;
  /** Something failed that was not asked for: reason enough for 7-Zip to end with an error. */
  #othersFailed = false;

  /** @param plan the archive's entries in its order, at least as far as anything of it is wanted and one opened one further */
  constructor(plan: readonly PlannedEntry[], send: (bytes: Uint8Array) => void, step: () => void) {
    this.#plan = plan;
    this.#send = send;
    this.#step = step;
    this.#left = plan.reduce((count, { wanted }) => count + (wanted ? 1 : 0), 0);
  }

  open(written: string): void {
    const name = asPrinted(written);
    this.#step();
    this.#opening = false;
    this.#settle();
    for (;;) {
      const entry = this.#plan[this.#next];
      if (entry === undefined) throw new Stop(damaged('more was unpacked than was listed'));
      this.#next++;
      const kept = keepsName(entry.name);
      if (isOpened(entry)) {
        if (kept && entry.name !== name) throw new Stop(damaged(`${entry.name}: another one was unpacked in its place`));
        this.#current = entry;
        this.#currentBytes = 0;
        return;
      }
      if (entry.kind === 'folder') continue;
      // A file for a link, or the next file? Where only the name could tell and does not, nothing is guessed.
      if (!kept) throw new Stop(damaged(`${entry.name}: what follows this name cannot be told apart`));
      if (entry.name === name) {
        this.#current = entry;
        return;
      }
    }
  }

  write(bytes: Uint8Array): void {
    const entry = this.#current;
    if (entry?.wanted !== true || bytes.length === 0) return;
    this.#currentBytes += bytes.length;
    if (this.#currentBytes > entry.bytes) throw new Stop(damaged(`${entry.name}: it holds more than was listed`, 'archive.size'));
    const complete = this.#currentBytes === entry.bytes;
    if (complete) this.#lastByte[0] = bytes[bytes.length - 1]!;
    this.#send(complete ? bytes.subarray(0, -1) : bytes);
  }

  close(): void {
    // Whether it was whole is said later.
  }

  /** What 7-Zip writes about errors. */
  hear(bytes: Uint8Array): void {
    this.#errors.write(bytes);
  }

  /** To be called at 7-Zip's end: the reason why the stream does not end well, if there is one. May throw {@link Stop}, too. */
  end(ended: Ended): Failure | null {
    this.#errors.end();
    const failure = this.#archive.failure(ended);
    const stopped = ended.memoryRefused || ended.exitCode === null || ended.exitCode > 2;
    if (failure !== null && (stopped || (this.#current === null && this.#next === 0))) return failure;
    this.#settle();
    if (failure !== null && (this.#archive.heard || !this.#othersFailed)) return failure;
    const missing = this.#plan.slice(this.#next).find(({ wanted }) => wanted);
    return missing === undefined ? null : damaged(`${missing.name}: it was listed and not unpacked`);
  }

  /** Something follows the file opened last: it was whole, or else 7-Zip would have said so before. */
  #settle(): void {
    const entry = this.#current;
    this.#current = null;
    if (entry?.wanted !== true) return;
    if (this.#currentBytes < entry.bytes)
      throw new Stop(damaged(`${entry.name}: it ends after ${this.#currentBytes} of ${entry.bytes} bytes`, 'archive.size'));
    if (entry.bytes > 0) this.#send(this.#lastByte);
    if (entry.encrypted && entry.bytes > 0) this.#passwordProven = true;
    this.#left--;
    // What follows was not asked for.
    if (this.#left === 0)
      throw new Stop(this.#archive.failure({ exitCode: this.#archive.heard ? 2 : 0, memoryRefused: false, trap: null }));
  }

  /** `ERROR: <what> : <name>` is about an entry; what is said before the first of them, about the archive. */
  #hearLine(line: string): void {
    const mark = 'ERROR: ';
    const between = ' : ';
    const said = line.startsWith(mark) ? line.slice(mark.length) : null;
    if (said === null || (this.#opening && said.startsWith('/archive'))) {
      // Later it can only be the rest of a name with a line break in it.
      if (this.#opening) this.#archive.hear(line);
      return;
    }
    this.#opening = false;
    if (unimportant.some((start) => said.startsWith(start))) {
      this.#othersFailed = true;
      return;
    }
    const at = said.indexOf(between);
    const what = at < 0 ? said : said.slice(0, at);
    const name = at < 0 ? '' : said.slice(at + between.length);
    if (this.#blame(name)?.wanted === false) {
      this.#othersFailed = true;
      return;
    }
    const failure = failureOf(what, name);
    throw new Stop(failure.code === 'EENCRYPTED' && this.#passwordProven ? damaged(failure.message) : failure);
  }

  /** The entry that an error is about: the one opened last, or a later one that 7-Zip could not even open. */
  #blame(name: string): PlannedEntry | null {
    const current = this.#current;
    if (current !== null && current.name === name) return current;
    for (let i = this.#next; i < this.#plan.length; i++) {
      const entry = this.#plan[i]!;
      if (entry.name === name) {
        this.#settle();
        this.#next = i + 1;
        return entry;
      }
      if (entry.wanted) return null;
    }
    return null;
  }
}
