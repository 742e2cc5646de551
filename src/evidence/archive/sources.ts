/** Sources that are parts of other sources, and sources that can only be read forward. */
import { FileError, type ForwardStream, type OpenSource } from '../../core/platform.ts';
import { type Problem, Problems } from '../../core/problem.ts';

/** Opens what an archive lies in: a file, an entry, a scratch file. */
export type Opener = () => OpenSource;

/** The bytes [at, at + bytes) of another source. */
export function slice(of: OpenSource, at: number, bytes: number, closes: boolean): OpenSource {
  const problems = of.problems;
  return {
    byteLength: bytes,
    seekable: of.seekable,
    read(from, into) {
      const most = Math.min(into.length, bytes - from);
      return most <= 0 ? 0 : of.read(at + from, into.subarray(0, most));
    },
    close() {
      if (closes) of.close();
    },
    ...(problems === undefined || !closes ? {} : { problems: () => problems.call(of) }),
  };
}

/** A source read from `at` on as a stream; closing the stream closes the source. */
export function streamOf(source: OpenSource, at: number, bytes: number): ForwardStream {
  let done = 0;
  return {
    read(into) {
      const most = Math.min(into.length, bytes - done);
      if (most <= 0) return 0;
      const got = source.read(at + done, into.subarray(0, most));
      done += Math.max(got, 0);
      return got;
    },
    close: () => source.close(),
  };
}

/** How far back a reader may go without unpacking again: the end of a row beyond a block, and the next block's beginning. */
const windowBytes = 2 << 20;
const stepBytes = 256 << 10;

/** What is known of the bytes beforehand, to be held against what comes out. */
export interface Announced {
  readonly bytes: number;
  /** False: nobody said how many there are, and `bytes` is only the most there may be. */
  readonly exact: boolean;
  /** CRC-32 of all bytes; null: not announced. */
  readonly crc: number | null;
}

/** Begins unpacking; from so many packed bytes on in small steps, when it broke behind them before. */
export type Start = (carefulFrom?: number) => ForwardStream;

/**
 * Random access to what can only be unpacked forward. Going on is free, going back a little is free, going back further unpacks
 * again from the beginning. What comes out is counted and checked on the way; a stream that breaks ends there and says so.
 */
export class ForwardSource implements OpenSource {
  readonly byteLength: number;
  readonly seekable = false;
  readonly #start: Start;
  readonly #announced: Announced;
  readonly #crc32: (bytes: Uint8Array, before: number) => number;
  readonly #problems = new Problems();
  #stream: ForwardStream | null = null;
  #position = 0;
  #crc = 0;
  #window: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  /** How many of the bytes before `#position` the window holds, at its end. */
  #held = 0;
  /** The stream ended or broke before the announced end. */
  #endedAt: number | null = null;
  #checked = false;
  #carefulFrom: number | undefined;

  constructor(start: Start, announced: Announced, crc32: (bytes: Uint8Array, before: number) => number) {
    this.#start = start;
    this.#announced = announced;
    this.#crc32 = crc32;
    this.byteLength = announced.bytes;
  }

  read(at: number, into: Uint8Array): number {
    const end = Math.min(at + into.length, this.#endedAt ?? this.byteLength);
    if (at >= end || at < 0) return 0;
    if (at < this.#position - this.#held) this.#restart();
    let done = 0;
    if (at < this.#position) {
      const back = this.#position - at;
      const from = this.#window.length - back;
      const part = this.#window.subarray(from, Math.min(this.#window.length, from + end - at));
      into.set(part);
      done = part.length;
    }
    if (this.#position < at) {
      // Skipping is reading into a buffer that nobody looks at.
      const skipped = new Uint8Array(Math.min(stepBytes, at - this.#position));
      while (this.#position < at) {
        const got = this.#pull(skipped.subarray(0, Math.min(skipped.length, at - this.#position)));
        if (got === 0) return 0;
        this.#keep(skipped.subarray(0, got));
      }
    }
    const fresh = done;
    while (at + done < end) {
      const got = this.#pull(into.subarray(done, end - at));
      if (got === 0) break;
      done += got;
    }
    this.#keep(into.subarray(fresh, done));
    return done;
  }

  close(): void {
    this.#stream?.close();
    this.#stream = null;
    this.#position = 0;
    this.#held = 0;
    this.#window = new Uint8Array(0);
  }

  problems(): readonly Problem[] {
    return this.#problems.list();
  }

  /** Where the stream ended before its announced end; null: it did not, or nobody read so far. */
  get endedAt(): number | null {
    return this.#endedAt;
  }

  #restart(): void {
    this.close();
    this.#crc = 0;
  }

  /** A stream that breaks is tried once more, so that what stands right before the break is not lost with it. */
  #next(into: Uint8Array): number {
    try {
      this.#stream ??= this.#start(this.#carefulFrom);
      return this.#stream.read(into);
    } catch (error) {
      if (!(error instanceof FileError) || error.carefulFrom === undefined || this.#carefulFrom !== undefined) throw error;
      this.#carefulFrom = error.carefulFrom;
    }
    this.#stream?.close();
    this.#stream = this.#start(this.#carefulFrom);
    const skipped = new Uint8Array(stepBytes);
    for (let at = 0; at < this.#position;) {
      const got = this.#stream.read(skipped.subarray(0, Math.min(stepBytes, this.#position - at)));
      if (got === 0) return 0;
      at += got;
    }
    return this.#stream.read(into);
  }

  #pull(into: Uint8Array): number {
    let got: number;
    try {
      got = this.#next(into);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#problems.add(error.problem, this.#position, { found: error.code });
      this.#endedAt = this.#position;
      return 0;
    }
    if (got === 0) {
      this.#endedAt = this.#position;
      if (!this.#announced.exact) return 0;
      this.#problems.add('archive.size', this.#position, {
        expected: `${this.byteLength} bytes`,
        found: `${this.#position} bytes`,
      });
      return 0;
    }
    const fresh = into.subarray(0, got);
    this.#position += got;
    if (this.#announced.crc !== null && !this.#checked) this.#crc = this.#crc32(fresh, this.#crc);
    if (this.#position === this.byteLength) this.#checkEnd();
    return got;
  }

  #keep(fresh: Uint8Array): void {
    if (fresh.length === 0) return;
    // As large as what was read, up to a limit: of many archives only the first bytes are looked at.
    const most = Math.min(windowBytes, this.byteLength, Math.max(this.#window.length, 2 ** Math.ceil(Math.log2(this.#position))));
    if (this.#window.length < most) {
      const larger = new Uint8Array(most);
      larger.set(this.#window, most - this.#window.length);
      this.#window = larger;
    }
    if (fresh.length >= most) this.#window.set(fresh.subarray(fresh.length - most));
    else {
      this.#window.copyWithin(0, fresh.length);
      this.#window.set(fresh, most - fresh.length);
    }
    this.#held = Math.min(most, this.#held + fresh.length);
  }

  /** All announced bytes are there: is that all, and are they the right ones? Once. */
  #checkEnd(): void {
    if (this.#checked) return;
    this.#checked = true;
    const { crc } = this.#announced;
    if (crc !== null && crc >>> 0 !== this.#crc >>> 0) this.#problems.add('archive.checksum', 0);
    try {
      if (this.#next(new Uint8Array(1)) > 0)
        this.#problems.add('archive.size', this.byteLength, { expected: `${this.byteLength} bytes`, found: 'more' });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#problems.add(error.problem, this.byteLength, { found: error.code });
    }
  }
}

/** A source whose checksum is looked at while it is read from beginning to end. */
export function checked(of: OpenSource, announced: number, crc32: (bytes: Uint8Array, before: number) => number): OpenSource {
  const problems = new Problems();
  let crc = 0;
  let upTo = 0;
  return {
    ...of,
    read(at, into) {
      const got = of.read(at, into);
      if (at <= upTo && at + got > upTo) {
        crc = crc32(into.subarray(upTo - at, got), crc);
        upTo = at + got;
        if (upTo === of.byteLength && crc >>> 0 !== announced >>> 0) problems.add('archive.checksum', 0);
      }
      return got;
    },
    problems: () => problems.list(),
  };
}

/** An entry of an archive that is unpacked as one stream: the stream is shared by all entries, and goes on from one to the next. */
export function shared(of: ForwardSource, at: number, bytes: number): OpenSource {
  return {
    ...slice(of, at, bytes, false),
    problems() {
      const problems = new Problems();
      const { endedAt } = of;
      if (endedAt !== null && endedAt < at + bytes) {
        const [first] = of.problems();
        problems.add(first?.code ?? 'archive.damaged', Math.max(0, endedAt - at), {
          found: first?.found ?? 'the archive ends here',
        });
      }
      return problems.list();
    },
  };
}

/** Stops a stream that grows beyond all measure: what is read of it until then stands. */
export function guarded(
  stream: ForwardStream,
  packed: { readonly bytes: number },
  limits: { readonly ratio: number; readonly ratioFromBytes: number },
): ForwardStream {
  let done = 0;
  return {
    read(into) {
      const got = stream.read(into);
      done += got;
      if (done > limits.ratioFromBytes && done > packed.bytes * limits.ratio)
        throw new FileError('ELIMIT', `more than ${limits.ratio} bytes for one`, { problem: 'archive.limit' });
      return got;
    },
    close: () => stream.close(),
  };
}

/** Fills `into` from `at` as far as there is something. */
export function readFully(source: OpenSource, at: number, into: Uint8Array): Uint8Array {
  let done = 0;
  while (done < into.length) {
    const got = source.read(at + done, into.subarray(done));
    if (got <= 0) break;
    done += got;
  }
  return into.subarray(0, done);
}
