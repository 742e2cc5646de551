/**
 * What is not needed before the end of a run, put away: in memory while it is little, then in files of our own. What was put is never
 * changed, and is fetched as a copy.
 */
import { UserError } from '../core/errors.ts';
import { FileError, type OpenSource, type Scratch } from '../core/platform.ts';

interface Segment {
  /** Of its first byte, on the whole shelf. */
  readonly at: number;
  readonly bytes: number;
  readonly held: { readonly kind: 'memory'; readonly bytes: Uint8Array } | { readonly kind: 'file'; readonly source: OpenSource };
}

/** Of one file: of much that is put away, larger ones. */
const segmentBytes = 4 << 20;
const mostSegmentBytes = 64 << 20;
const firstBytes = 64 << 10;
/** Read at once: what was put one after another is mostly asked for one after another. */
const windowBytes = 64 << 10;
/** Of it before what is asked for: the tables of one part are asked for in another order than they were put, and where they stand last. */
const behindBytes = 24 << 10;

const gone = (cause: unknown): UserError =>
  new UserError(
    'scratch.gone',
    'What was counted of finished files was put into the folder for temporary files, and cannot be read there any more. No answer was given.',
    'Let nothing clear that folder while the program runs, and run it again; with --resume it goes on behind the files that were finished.',
    { cause },
  );

export class Shelf {
  readonly #scratch: () => Scratch | null;
  readonly #segmentBytes: number;
  readonly #segments: Segment[] = [];
  readonly #files: Scratch[] = [];
  /** The last segment, that is not full. */
  #open = new Uint8Array(0);
  #openAt = 0;
  #used = 0;
  /** No files can be had: all stays in memory. */
  #memoryOnly = false;
  readonly #window = new Uint8Array(windowBytes);
  #windowAt = 0;
  #windowEnd = 0;

  /** @param scratch a file of our own; null: there is none */
  constructor(scratch: () => Scratch | null, segment: number = segmentBytes) {
    this.#scratch = scratch;
    this.#segmentBytes = segment;
  }

  /** Where it stands. */
  put(bytes: Uint8Array): number {
    const full = Math.max(this.#segmentBytes, Math.min(mostSegmentBytes, this.#openAt / 32));
    if (this.#used + bytes.length > full) this.#close();
    if (this.#used + bytes.length > this.#open.length) {
      const most = Math.max(full, bytes.length);
      const larger = new Uint8Array(Math.min(most, Math.max(firstBytes, this.#open.length * 2, this.#used + bytes.length)));
      larger.set(this.#open.subarray(0, this.#used));
      this.#open = larger;
    }
    this.#open.set(bytes, this.#used);
    this.#used += bytes.length;
    return this.#openAt + this.#used - bytes.length;
  }

  /** A copy of what was put there, or of a piece of it, in memory of its own. */
  get(at: number, length: number): Uint8Array<ArrayBuffer> {
    const into = new Uint8Array(length);
    this.copy(at, into);
    return into;
  }

  /** The same into memory that is there. */
  copy(at: number, into: Uint8Array): void {
    const { length } = into;
    if (length === 0) return;
    if (at >= this.#openAt) {
      into.set(this.#open.subarray(at - this.#openAt, at - this.#openAt + length));
      return;
    }
    const segment = this.#segmentOf(at);
    if (segment.held.kind === 'memory') into.set(segment.held.bytes.subarray(at - segment.at, at - segment.at + length));
    else if (length > windowBytes / 2) fill(segment.held.source, at - segment.at, into);
    else {
      if (at < this.#windowAt || at + length > this.#windowEnd) {
        const from = Math.max(segment.at, at - behindBytes);
        const bytes = Math.min(windowBytes, segment.at + segment.bytes - from);
        this.#windowEnd = 0;
        fill(segment.held.source, from - segment.at, this.#window.subarray(0, bytes));
        this.#windowAt = from;
        this.#windowEnd = from + bytes;
      }
      into.set(this.#window.subarray(at - this.#windowAt, at - this.#windowAt + length));
    }
  }

  /** Nothing can be fetched any more. */
  close(): void {
    for (const { held } of this.#segments.splice(0)) if (held.kind === 'file') held.source.close();
    for (const file of this.#files.splice(0)) file.remove();
  }

  #close(): void {
    if (this.#used === 0) return;
    const bytes = this.#open.subarray(0, this.#used);
    const source = this.#written(bytes);
    const at = this.#openAt;
    this.#openAt += this.#used;
    this.#used = 0;
    if (source === null) {
      this.#segments.push({ at, bytes: bytes.length, held: { kind: 'memory', bytes } });
      this.#open = new Uint8Array(0);
    } else {
      this.#segments.push({ at, bytes: bytes.length, held: { kind: 'file', source } });
      // One record that was larger than all others does not keep its room.
      if (this.#open.length > mostSegmentBytes) this.#open = new Uint8Array(0);
    }
  }

  /** null: the machine keeps no more files; what is there stays in memory. */
  #written(bytes: Uint8Array): OpenSource | null {
    if (this.#memoryOnly) return null;
    let file: Scratch | null = null;
    try {
      file = this.#scratch();
      if (file !== null) {
        file.write(bytes);
        const source = file.open();
        this.#files.push(file);
        return source;
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      file?.remove();
    }
    this.#memoryOnly = true;
    return null;
  }

  #segmentOf(at: number): Segment {
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#segments[middle]!.at <= at) low = middle;
      else high = middle - 1;
    }
    return this.#segments[low]!;
  }
}

function fill(source: OpenSource, at: number, into: Uint8Array): void {
  try {
    for (let done = 0; done < into.length;) {
      const got = source.read(at + done, into.subarray(done));
      if (got <= 0) throw new FileError('ETRUNCATED', 'it is shorter than what was written');
      done += got;
    }
  } catch (error) {
    if (error instanceof FileError) throw gone(error);
    throw error;
  }
}
