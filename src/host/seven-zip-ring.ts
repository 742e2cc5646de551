/**
 * Bytes on their way from the worker that unpacks to the thread that reads: a ring in shared memory. The worker waits while it is
 * full, the reader while it is empty, both without their event loops.
 */
import { type Failure, overLimit } from './seven-zip-failure.ts';

const dataBytes = 2 << 20;
const messageBytes = 4096;
const headBytes = 64;

/** Places in the head, in words of 32 bits. The counts of bytes run over at 2^32; their difference does not. */
const written = 0;
const read = 1;
/** Raised whenever there is something new for the reader. */
const news = 2;
const state = 3;
const messageLength = 4;
const entries = 5;

/** States; 0: running. */
const done = 1;
const failed = 2;

/** Progress that renews the reader's patience. A byte is none: an archive could ask for a minute of work for each. */
const progressBytes = 1 << 20;
const progressEntries = 100;

export const ringMemory = (): SharedArrayBuffer => new SharedArrayBuffer(headBytes + messageBytes + dataBytes);

const parts = (memory: SharedArrayBuffer): { head: Int32Array; message: Uint8Array; data: Uint8Array } => ({
  head: new Int32Array(memory, 0, headBytes / 4),
  message: new Uint8Array(memory, headBytes, messageBytes),
  data: new Uint8Array(memory, headBytes + messageBytes, dataBytes),
});

export class RingWriter {
  readonly #head: Int32Array;
  readonly #message: Uint8Array;
  readonly #data: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    ({ head: this.#head, message: this.#message, data: this.#data } = parts(memory));
  }

  /** Comes back when all of it is in the ring. */
  write(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const end = Atomics.load(this.#head, written);
      const start = Atomics.load(this.#head, read);
      const room = dataBytes - ((end - start) >>> 0);
      if (room === 0) {
        Atomics.wait(this.#head, read, start);
        continue;
      }
      const at = (end >>> 0) % dataBytes;
      const piece = bytes.subarray(from, from + Math.min(room, dataBytes - at));
      this.#data.set(piece, at);
      from += piece.length;
      Atomics.store(this.#head, written, (end + piece.length) | 0);
      this.#tell();
    }
  }

  /** One more entry was gone through. */
  step(): void {
    Atomics.add(this.#head, entries, 1);
  }

  end(failure: Failure | null): void {
    if (failure !== null) {
      const bytes = new TextEncoder().encode(JSON.stringify(failure)).subarray(0, messageBytes);
      this.#message.set(bytes);
      Atomics.store(this.#head, messageLength, bytes.length);
    }
    Atomics.store(this.#head, state, failure === null ? done : failed);
    this.#tell();
  }

  #tell(): void {
    Atomics.add(this.#head, news, 1);
    Atomics.notify(this.#head, news);
  }
}

export class RingReader {
  readonly #head: Int32Array;
  readonly #message: Uint8Array;
  readonly #data: Uint8Array;
  #waitedMs = 0;
  #bytesThen = 0;
  #entriesThen = 0;

  constructor(memory: SharedArrayBuffer) {
    ({ head: this.#head, message: this.#message, data: this.#data } = parts(memory));
  }

  /** The bytes at hand, at least one; 0: the end; or why there are no more. Waits `patienceMs` for some progress, over all calls. */
  read(into: Uint8Array, patienceMs: number): number | Failure {
    for (;;) {
      const seen = Atomics.load(this.#head, news);
      // The state before the count: what was written before the end is read before it.
      const now = Atomics.load(this.#head, state);
      const start = Atomics.load(this.#head, read);
      const filled = (Atomics.load(this.#head, written) - start) >>> 0;
      if (filled > 0 || into.length === 0) {
        const at = (start >>> 0) % dataBytes;
        const bytes = Math.min(filled, into.length, dataBytes - at);
        into.set(this.#data.subarray(at, at + bytes));
        Atomics.store(this.#head, read, (start + bytes) | 0);
        Atomics.notify(this.#head, read);
        return bytes;
      }
      if (now === done) return 0;
      if (now === failed) return this.#failure();
      if (this.#progressed()) this.#waitedMs = 0;
      const left = patienceMs - this.#waitedMs;
      if (left <= 0) return overLimit(`too little was unpacked in ${patienceMs / 1000} seconds`);
      const began = performance.now();
      Atomics.wait(this.#head, news, seen, left);
      this.#waitedMs += performance.now() - began;
    }
  }

  #progressed(): boolean {
    const bytes = Atomics.load(this.#head, written);
    const gone = Atomics.load(this.#head, entries);
    if ((bytes - this.#bytesThen) >>> 0 < progressBytes && (gone - this.#entriesThen) >>> 0 < progressEntries) return false;
    this.#bytesThen = bytes;
    this.#entriesThen = gone;
    return true;
  }

  #failure(): Failure {
    const bytes = this.#message.slice(0, Atomics.load(this.#head, messageLength));
    return JSON.parse(new TextDecoder().decode(bytes)) as Failure;
  }
}
