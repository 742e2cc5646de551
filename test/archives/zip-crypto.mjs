// The old encryption of PKWARE, which three words of state make and a modern machine breaks: zips of the years in question have it.
// @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT section 6.1

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function keysOf(password) {
  const keys = [0x12345678, 0x23456789, 0x34567890];
  const update = (byte) => {
    keys[0] = (crcTable[(keys[0] ^ byte) & 255] ^ (keys[0] >>> 8)) >>> 0;
    keys[1] = (Math.imul((keys[1] + (keys[0] & 255)) >>> 0, 134775813) + 1) >>> 0;
    keys[2] = (crcTable[(keys[2] ^ (keys[1] >>> 24)) & 255] ^ (keys[2] >>> 8)) >>> 0;
  };
  for (const byte of Buffer.from(password, 'utf8')) update(byte);
  return {
    update,
    mask() {
      const word = (keys[2] | 2) & 0xffff;
      return (Math.imul(word, word ^ 1) >>> 8) & 255;
    },
  };
}

/** With the twelve bytes in front, whose last one, `check`, tells whether a password may be right. */
export function zipCrypto(bytes, password, check) {
  const keys = keysOf(password);
  const plain = Buffer.concat([Buffer.from('afterpatch!'), Buffer.from([check]), bytes]);
  return new Uint8Array(plain).map((byte) => {
    const coded = byte ^ keys.mask();
    keys.update(byte);
    return coded;
  });
}

/** What `password` makes of the check byte of `coded`. */
export function checkByteOf(coded, password) {
  const keys = keysOf(password);
  let plain = 0;
  for (const byte of coded.subarray(0, 12)) {
    plain = byte ^ keys.mask();
    keys.update(plain);
  }
  return plain;
}

/** A password other than `infected` with which `infected` looks right, as one in 256 does. */
export function collidingPassword(bytes, check) {
  for (let number = 0; ; number++) {
    const password = `not-told-${number}`;
    if (checkByteOf(zipCrypto(bytes.subarray(0, 0), password, check), 'infected') === check) return password;
  }
}
