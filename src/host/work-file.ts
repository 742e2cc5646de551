/**
 * A file of records that are only added to. Each is sealed by a key, its place and the file's own mark, so that what was cut off, changed,
 * moved or brought from elsewhere is known before any of it is looked into. Whoever kills the program loses the record in work.
 *
 * A head of {@link headBytes}: the name of the form, a mark that no two files share. Then records: five numbers of four bytes (word, length,
 * length unpacked, number of the artifact, kind), sixteen bytes of seal, and what it holds, packed.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';

const name = 'afterpatch.work/1\n';
const markBytes = 16;
const headBytes = name.length + markBytes;
const word = 0x6b_65_70_74;
const plainBytes = 20;
const sealBytes = 16;
const recordBytes = plainBytes + sealBytes;
const windowBytes = 256 << 10;

export interface WorkRecord {
  readonly artifact: number;
  readonly kind: number;
  /** Where it stands, and how long what it holds is, packed and unpacked. */
  readonly at: number;
  readonly bytes: number;
  readonly rawBytes: number;
}

export type NewRecord = Pick<WorkRecord, 'artifact' | 'kind' | 'rawBytes'> & { readonly held: Uint8Array };

function sealOf(key: Buffer, mark: Uint8Array, at: number, plain: Uint8Array, held: Uint8Array): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64LE(BigInt(at));
  return createHmac('sha256', key).update(mark).update(place).update(plain).update(held).digest().subarray(0, sealBytes);
}

/** Adds to a new file. Throws what the system throws. */
export class WorkWriter {
  readonly path: string;
  readonly #handle: number;
  readonly #key: Buffer;
  readonly #mark = randomBytes(markBytes);
  #at = 0;

  constructor(path: string, key: Buffer) {
    this.path = path;
    this.#key = key;
    this.#handle = fs.openSync(path, 'wx');
    this.#write([Buffer.from(name), this.#mark]);
  }

  /** Together or not at all, as far as a killed program goes. */
  add(records: readonly NewRecord[]): void {
    let at = this.#at;
    const pieces: Uint8Array[] = [];
    for (const { artifact, kind, rawBytes, held } of records) {
      const plain = Buffer.alloc(plainBytes);
      for (const [index, number] of [word, held.length, rawBytes, artifact, kind].entries())
        plain.writeUInt32LE(number, index * 4);
      pieces.push(plain, sealOf(this.#key, this.#mark, at, plain, held), held);
      at += recordBytes + held.length;
    }
    this.#write(pieces);
  }

  #write(pieces: readonly Uint8Array[]): void {
    const whole = Buffer.concat(pieces);
    for (let done = 0; done < whole.length;) done += fs.writeSync(this.#handle, whole, done);
    this.#at += whole.length;
  }

  close(): void {
    fs.closeSync(this.#handle);
  }
}

/** Looks into such a file, whoever wrote it. */
export class WorkReader {
  readonly #handle: number;
  readonly #key: Buffer;
  readonly #bytes: number;
  #mark: Uint8Array = new Uint8Array(0);
  #window = new Uint8Array(0);
  #windowAt = 0;

  constructor(path: string, key: Buffer) {
    this.#key = key;
    this.#handle = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0));
    const facts = fs.fstatSync(this.#handle);
    this.#bytes = facts.isFile() ? facts.size : 0;
  }

  /** All records by their heads alone, up to the first that is none; none of them is believed yet. */
  *records(): Generator<WorkRecord> {
    const head = this.#look(0, headBytes);
    if (head === null || Buffer.from(head.subarray(0, name.length)).toString('latin1') !== name) return;
    this.#mark = Uint8Array.from(head.subarray(name.length));
    for (let at = headBytes; ;) {
      const plain = this.#look(at, recordBytes);
      if (plain === null) return;
      const view = new DataView(plain.buffer, plain.byteOffset);
      const [found, bytes, rawBytes, artifact, kind] = [0, 4, 8, 12, 16].map((from) => view.getUint32(from, true)) as [
        number,
        number,
        number,
        number,
        number,
      ];
      if (found !== word || bytes > this.#bytes - at - recordBytes) return;
      yield { artifact, kind, at, bytes, rawBytes };
      at += recordBytes + bytes;
    }
  }

  /** What a record holds; null: it is not as it was written. */
  held({ at, bytes }: WorkRecord): Uint8Array | null {
    const whole = Buffer.allocUnsafe(recordBytes + bytes);
    for (let done = 0; done < whole.length;) {
      const got = fs.readSync(this.#handle, whole, done, whole.length - done, at + done);
      if (got === 0) return null;
      done += got;
    }
    const held = whole.subarray(recordBytes);
    const seal = sealOf(this.#key, this.#mark, at, whole.subarray(0, plainBytes), held);
    return timingSafeEqual(seal, whole.subarray(plainBytes, recordBytes)) ? held : null;
  }

  #look(at: number, bytes: number): Uint8Array | null {
    if (at + bytes > this.#bytes) return null;
    if (at < this.#windowAt || at + bytes > this.#windowAt + this.#window.length) {
      const window = new Uint8Array(Math.min(windowBytes, this.#bytes - at));
      const got = fs.readSync(this.#handle, window, 0, window.length, at);
      this.#window = window.subarray(0, got);
      this.#windowAt = at;
      if (got < bytes) return null;
    }
    return this.#window.subarray(at - this.#windowAt, at - this.#windowAt + bytes);
  }

  close(): void {
    fs.closeSync(this.#handle);
  }
}
