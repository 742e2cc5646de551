/** Unpacking and decrypting with Node's own zlib and OpenSSL. */
import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Gunzip, InflateRaw } from 'minizlib';
import { type Codecs, FileError, type ForwardStream } from '../core/platform.ts';

/** Packed bytes handed over at once: at the greatest ratio of deflate (1,032) they become 16 MiB. */
const packedBytes = 16 << 10;

/** Handed on to Node's zlib, which knows more options than the types of `minizlib` do: the size of the pieces that come out. */
const options = { chunkSize: 128 << 10 } as unknown as ConstructorParameters<typeof InflateRaw>[0];

const damaged = (cause: unknown): FileError =>
  new FileError('EDATA', cause instanceof Error ? cause.message : String(cause), { problem: 'archive.damaged', cause });

/** Node's zlib works on in-memory pieces in the same tick; `minizlib` gives its binding that form. */
function inflate(packing: 'deflate' | 'gzip', packed: ForwardStream): ForwardStream {
  const engine = packing === 'gzip' ? new Gunzip(options) : new InflateRaw(options);
  const input = new Uint8Array(packedBytes);
  const ready: Uint8Array[] = [];
  let failure: unknown = null;
  let ended = false;
  let open = true;
  engine.on('data', (piece: Uint8Array) => void ready.push(piece));
  engine.on('error', (error: unknown) => {
    failure ??= error;
  });
  /** Feeds until there is output; false: there is no more. */
  const more = (): boolean => {
    while (ready.length === 0) {
      if (failure !== null) throw damaged(failure);
      if (ended) return false;
      const got = packed.read(input);
      if (got > 0) engine.write(Buffer.from(input.buffer, 0, got));
      else {
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
