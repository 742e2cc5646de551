/** The two encryptions of zip. A password is tried on the few bytes that tell a wrong one; what follows is decrypted on the way. */
import { type Codecs, FileError, type ForwardStream } from '../../core/platform.ts';
import type { ZipEntry } from './zip-directory.ts';

/** `null`: the password is wrong. The stream gives the packed bytes in clear. */
export function decrypt(entry: ZipEntry, packed: ForwardStream, password: string, codecs: Codecs): ForwardStream | null {
  return entry.encryption === 'aes' ? winzipAes(entry, packed, password, codecs) : zipCrypto(entry, packed, password);
}

function exactly(stream: ForwardStream, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  let done = 0;
  while (done < count) {
    const got = stream.read(bytes.subarray(done));
    if (got === 0) throw new FileError('EDATA', 'the entry is shorter than its encryption needs', { problem: 'archive.damaged' });
    done += got;
  }
  return bytes;
}

const utf8 = new TextEncoder();
const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) !== 0 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT section 6.1, traditional PKWARE encryption */
function zipCrypto(entry: ZipEntry, packed: ForwardStream, password: string): ForwardStream | null {
  let key0 = 0x12345678;
  let key1 = 0x23456789;
  let key2 = 0x34567890;
  const update = (byte: number): void => {
    key0 = crcTable[(key0 ^ byte) & 0xff]! ^ (key0 >>> 8);
    key1 = (Math.imul((key1 + (key0 & 0xff)) | 0, 134775813) + 1) | 0;
    key2 = crcTable[(key2 ^ (key1 >>> 24)) & 0xff]! ^ (key2 >>> 8);
  };
  const clear = (bytes: Uint8Array): void => {
    for (let i = 0; i < bytes.length; i++) {
      const mask = (key2 & 0xffff) | 2;
      const byte = bytes[i]! ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 0xff);
      update(byte);
      bytes[i] = byte;
    }
  };
  for (const byte of utf8.encode(password)) update(byte);
  const header = exactly(packed, 12);
  clear(header);
  if (header[11] !== entry.check) return null;
  return {
    read(into) {
      const got = packed.read(into);
      clear(into.subarray(0, got));
      return got;
    },
    close: () => packed.close(),
  };
}

const macBytes = 10;
const keystreamBytes = 16 << 10;

/** @see https://www.winzip.com/en/support/aes-encryption/ AES-CTR with a little-endian counter from 1, HMAC-SHA-1 over what is packed */
function winzipAes(entry: ZipEntry, packed: ForwardStream, password: string, codecs: Codecs): ForwardStream | null {
  const keyBytes = entry.aes.bits / 8;
  const salt = exactly(packed, keyBytes / 2);
  const derived = codecs.deriveKey(password, salt, 1000, keyBytes * 2 + 2);
  const check = exactly(packed, 2);
  if (check[0] !== derived[keyBytes * 2] || check[1] !== derived[keyBytes * 2 + 1]) return null;
  const blocks = codecs.aesBlocks(derived.subarray(0, keyBytes));
  const mac = codecs.hmacSha1(derived.subarray(keyBytes, keyBytes * 2));
  const counters = new Uint8Array(keystreamBytes);
  const view = new DataView(counters.buffer);
  let next = 1;
  let keystream: Uint8Array = new Uint8Array(0);
  let used = 0;
  let left = entry.packedBytes - keyBytes / 2 - 2 - macBytes;
  let checked = false;
  return {
    read(into) {
      const got = packed.read(into.subarray(0, Math.max(0, Math.min(into.length, left))));
      if (got === 0) {
        if (left <= 0 && !checked) {
          checked = true;
          const stated = exactly(packed, macBytes);
          const own = mac.bytes();
          if (!stated.every((byte, i) => byte === own[i]))
            throw new FileError('EDATA', 'the entry was changed after it was encrypted', { problem: 'archive.checksum' });
        }
        return 0;
      }
      left -= got;
      const bytes = into.subarray(0, got);
      mac.update(bytes);
      for (let i = 0; i < got; i++) {
        if (used === keystream.length) {
          for (let at = 0; at < keystreamBytes; at += 16) view.setBigUint64(at, BigInt(next++), true);
          keystream = blocks(counters);
          used = 0;
        }
        bytes[i] = bytes[i]! ^ keystream[used++]!;
      }
      return got;
    },
    close: () => packed.close(),
  };
}
