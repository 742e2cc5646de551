/** Unpacking and decrypting with Node's own zlib and OpenSSL. */
import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto';
import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';
import { Gunzip, InflateRaw } from 'minizlib';
import { type Codecs, FileError, type ForwardStream } from '../core/platform.ts';

/** Packed bytes handed over at once: at the greatest ratio of deflate (1,032) they become 16 MiB. */
const packedBytes = 16 << 10;

/** Handed on to Node's zlib, which knows more options than the types of `minizlib` do: the size of the pieces that come out. */
const options = { chunkSize: 128 << 10 } as unknown as ConstructorParameters<typeof InflateRaw>[0];

/** What is packed in fewer bytes than this is unpacked in one piece, if that is none of more than `wholeLimit`. */
const smallBytes = 64 << 10;
const wholeLimit = 8 << 20;

/**
 * Most files of an archive are small, and Node gives back what an engine takes only when the event loop turns: ten thousand engines one
 * after another would take gigabytes. Small ones are unpacked whole, without an engine that stays.
 */
function inflate(packing: 'deflate' | 'gzip', packed: ForwardStream, carefulFrom = Number.POSITIVE_INFINITY): ForwardStream {
  let stream: ForwardStream | null = null;
  const begin = (): ForwardStream => {
    const head = new Uint8Array(smallBytes);
    let length = 0;
    for (let got = 1; got > 0 && length < smallBytes; length += got) got = packed.read(head.subarray(length));
    if (length < smallBytes && carefulFrom === Number.POSITIVE_INFINITY) {
      const whole = inOnePiece(packing, head.subarray(0, length));
      if (whole !== null) return { ...bytesStream(whole), close: () => packed.close() };
    }
    const first = bytesStream(head.subarray(0, length));
    const again: ForwardStream = { read: (into) => first.read(into) || packed.read(into), close: () => packed.close() };
    return inPieces(packing, again, carefulFrom);
  };
  return {
    read: (into) => (stream ??= begin()).read(into),
    close() {
      if (stream === null) packed.close();
      else stream.close();
    },
  };
}

function bytesStream(bytes: Uint8Array): ForwardStream {
  let at = 0;
  return {
    read(into) {
      const piece = bytes.subarray(at, at + into.length);
      into.set(piece);
      at += piece.length;
      return piece.length;
    },
    close() {},
  };
}

/** null: it is damaged, or too large: piece by piece it gives what can be had. */
function inOnePiece(packing: 'deflate' | 'gzip', packed: Uint8Array): Uint8Array | null {
  try {
    return (packing === 'gzip' ? gunzipSync : inflateRawSync)(packed, { maxOutputLength: wholeLimit });
  } catch {
    return null;
  }
}

/** Node's zlib works on in-memory pieces in the same tick; `minizlib` gives its binding that form. */
function inPieces(packing: 'deflate' | 'gzip', packed: ForwardStream, carefulFrom: number): ForwardStream {
  const engine = packing === 'gzip' ? new Gunzip(options) : new InflateRaw(options);
  const input = new Uint8Array(packedBytes);
  const ready: Uint8Array[] = [];
  let failure: unknown = null;
  let fed = 0;
  let ended = false;
  let open = true;
  engine.on('data', (piece: Uint8Array) => void ready.push(piece));
  engine.on('error', (error: unknown) => {
    failure ??= error;
  });
  const damaged = (): FileError => {
    const message = failure instanceof Error ? failure.message : String(failure);
    // The end of a gzip member holds a checksum and a length: all of its bytes have come by then.
    const problem = /incorrect (?:data|length) check/.test(message) ? 'archive.checksum' : 'archive.damaged';
    return new FileError('EDATA', message, { problem, cause: failure, ...(carefulFrom <= fed ? {} : { carefulFrom: fed }) });
  };
  /** Feeds until there is output; false: there is no more. */
  const more = (): boolean => {
    while (ready.length === 0) {
      if (failure !== null) throw damaged();
      if (ended) return false;
      const careful = fed >= carefulFrom;
      const got = packed.read(input.subarray(0, careful ? 1 : Math.min(packedBytes, carefulFrom - fed)));
      if (got > 0) {
        engine.write(Buffer.from(input.buffer, 0, got));
        if (failure === null) fed += got;
      } else {
        ended = true;
        engine.end();
      }
    }
    return true;
  };
  return {
    read(into) {
      let done = 0;
      while (done < into.length && (done === 0 ? more() : ready.length > 0)) {
        const piece = ready[0]!;
        const part = piece.subarray(0, into.length - done);
        into.set(part, done);
        done += part.length;
        if (part.length === piece.length) ready.shift();
        else ready[0] = piece.subarray(part.length);
      }
      return done;
    },
    close() {
      if (open) engine.close();
      open = false;
      packed.close();
    },
  };
}

export const nodeCodecs: Codecs = {
  inflate,
  crc32: (bytes, before) => crc32(bytes, before),
  deriveKey: (password, salt, rounds, bytes) => pbkdf2Sync(password, salt, rounds, bytes, 'sha1'),
  aesBlocks(key) {
    const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null);
    cipher.setAutoPadding(false);
    return (blocks) => cipher.update(blocks);
  },
  hmacSha1(key) {
    const mac = createHmac('sha1', key);
    return { update: (bytes) => void mac.update(bytes), bytes: () => mac.digest() };
  },
};
