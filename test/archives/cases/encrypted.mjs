// Encrypted archives: said to be encrypted, never empty. Passwords that are tried: none, `infected`, those that the user gives.

import { crc32, deflateRawSync } from 'node:zlib';
import { rightZip } from '../right-zip.mjs';
import { logOf } from '../sample-log.mjs';
import { collidingPassword, zipCrypto } from '../zip-crypto.mjs';
import { extraField, pack, utf8, zip } from '../zip-writer.mjs';

const encrypted = 'archive.encrypted';
const files = [
  { path: 'a/first.log', bytes: logOf(4, 'first') },
  { path: 'second.log', bytes: logOf(6, 'second') },
];
const all = [
  ['a/first.log', 4],
  ['second.log', 6],
];
const locked = all.map(([path]) => [path, /encrypted/]);
const lockedProblems = all.map(([path]) => [path, encrypted]);

const opens = (id, what, options, more = {}) => ({
  id: `opens-${id}`,
  what,
  bytes: () => rightZip(files, options),
  expect: { read: all },
  ...more,
});
const stays = (id, what, options, more = {}) => ({
  id: `stays-locked-${id}`,
  what,
  bytes: () => rightZip(files, options),
  expect: { read: [], notRead: locked, problems: lockedProblems },
  ...more,
});

const good = { name: 'good.log', data: logOf(3, 'good') };
const kept = ['good.log', 3];

/** An entry in the old encryption; `check` is what the last byte of its header must be. */
function coded(name, data, password, more = {}) {
  const packed = (more.method ?? 8) === 8 ? new Uint8Array(deflateRawSync(data)) : data;
  return {
    name,
    data,
    packed: zipCrypto(packed, password, crc32(data) >>> 24),
    ...more,
    both: { flags: 1, ...more.both },
  };
}

/** An entry in AES whose extra field says whatever is wanted. */
const aes = (extra, packed) => ({
  name: 'other.log',
  data: logOf(4),
  packed,
  method: 99,
  both: { flags: 1, crc: 0 },
  extra,
});

export const encryptedCases = [
  opens('old-infected', 'the old encryption, password "infected"', { password: 'infected', zipCrypto: true }),
  opens('old-stored', 'the old encryption, stored', { password: 'infected', zipCrypto: true, level: 0 }),
  opens(
    'old-given',
    'the old encryption, a password that is given',
    { password: 'Tuer 7!', zipCrypto: true },
    { passwords: ['x', 'Tuer 7!'] },
  ),
  opens('aes128', 'AES-128, password "infected"', { password: 'infected', encryptionStrength: 1 }),
  opens('aes192', 'AES-192, password "infected"', { password: 'infected', encryptionStrength: 2 }),
  opens('aes256', 'AES-256, password "infected"', { password: 'infected', encryptionStrength: 3 }),
  opens('aes256-stored', 'AES-256, stored', { password: 'infected', encryptionStrength: 3, level: 0 }),
  opens(
    'aes256-given',
    'AES-256, a password that is given',
    { password: 'geheim', encryptionStrength: 3 },
    { passwords: ['wrong', 'geheim'] },
  ),
  opens('aes256-zip64', 'AES-256 with every size in its large form', {
    password: 'infected',
    encryptionStrength: 3,
    zip64: true,
  }),
  stays('old', 'the old encryption, no password fits', { password: 'unknown', zipCrypto: true }),
  stays('aes', 'AES-256, no password fits', { password: 'unknown', encryptionStrength: 3 }),
  stays(
    'aes-wrong-given',
    'AES-256, wrong passwords are given',
    { password: 'unknown' },
    { passwords: ['wrong', 'also wrong', ''] },
  ),
  {
    id: 'locked-in-part',
    what: 'one entry is encrypted, one is not',
    bytes: () => zip([coded('secret.log', logOf(4), 'unknown'), good]),
    expect: { read: [kept], notRead: [['secret.log', /encrypted/]], problems: [['secret.log', encrypted]] },
  },
  {
    id: 'opens-old-utf8',
    what: 'a password beyond ASCII, in UTF-8',
    passwords: ['Tür 7!'],
    bytes: () => zip([coded('a.log', logOf(4, 'a'), 'Tür 7!'), good]),
    expect: { read: [kept, ['a.log', 4]] },
  },
  {
    id: 'two-passwords',
    what: 'two entries with two passwords: one known, one given',
    passwords: ['other'],
    bytes: () => zip([coded('a.log', logOf(4, 'a'), 'infected'), coded('b.log', logOf(5, 'b'), 'other'), good]),
    expect: { read: [kept, ['a.log', 4], ['b.log', 5]] },
  },
  {
    id: 'password-collides',
    what: 'the one byte of check lets a wrong password pass, as one in 256 does',
    bytes: () => {
      const data = logOf(40, 'collides');
      return zip([coded('secret.log', data, collidingPassword(data, crc32(data) >>> 24)), good]);
    },
    expect: { read: [kept], notRead: [['secret.log', /encrypted/]], problems: [['secret.log', encrypted]] },
  },
  {
    id: 'password-collides-stored',
    what: 'the same with a stored entry: only the checksum knows',
    bytes: () => {
      const data = logOf(40, 'collides');
      return zip([coded('secret.log', data, collidingPassword(data, crc32(data) >>> 24), { method: 0 }), good]);
    },
    expect: {
      read: [kept],
      problems: [['secret.log', `${encrypted}|archive.checksum`]],
      notRead: [['secret.log', /./]],
    },
  },
  {
    id: 'password-collides-given',
    what: 'a wrong given password passes the check byte before the right one is tried',
    bytes: () => {
      const data = logOf(40, 'collides');
      return zip([coded('secret.log', data, collidingPassword(data, crc32(data) >>> 24)), good]);
    },
    passwords: [collidingPassword(logOf(40, 'collides'), crc32(logOf(40, 'collides')) >>> 24)],
    expect: { read: [kept, ['secret.log', 40]] },
  },
  {
    id: 'streamed-check-byte',
    what: 'written as a stream: the check byte is of the time, not of the checksum',
    bytes: () => {
      const data = logOf(7, 'streamed');
      const packed = zipCrypto(new Uint8Array(deflateRawSync(data)), 'infected', 0x40);
      return zip([{ name: 's.log', data, packed, descriptor: 'signed', both: { flags: 9 } }, good]);
    },
    expect: { read: [kept, ['s.log', 7]] },
  },
  {
    id: 'old-too-short',
    what: 'encrypted in five bytes; twelve are the least',
    bytes: () => zip([{ ...coded('secret.log', logOf(4), 'x'), packed: utf8('abcde') }, good]),
    expect: { read: [kept], problems: [['*', `${encrypted}|archive.damaged`]], notRead: [['secret.log', /./]] },
  },
  {
    id: 'aes-tampered',
    what: 'AES with the right password, and one byte changed',
    bytes: async () => {
      const bytes = await rightZip([{ path: 'second.log', bytes: logOf(400, 'tampered') }], {
        password: 'infected',
        encryptionStrength: 3,
        level: 0,
      });
      bytes[bytes.length >> 1] ^= 0x10;
      return bytes;
    },
    expect: {
      read: [],
      mayRead: [['second.log', null]],
      problems: [['second.log', 'archive.checksum|archive.damaged|archive.encrypted']],
    },
  },
  {
    id: 'aes-no-extra',
    what: 'method 99, and no field that says what is in it',
    bytes: () => zip([aes(pack(), utf8('s'.repeat(300))), good]),
    expect: {
      read: [kept],
      problems: [['*', 'archive.method|archive.damaged|archive.encrypted']],
      notRead: [['other.log', /./]],
    },
  },
  {
    id: 'aes-strength-9',
    what: 'AES of a strength that does not exist',
    bytes: () => zip([aes(extraField(0x9901, pack([2, 2], utf8('AE'), [1, 9], [2, 8])), utf8('s'.repeat(300))), good]),
    expect: {
      read: [kept],
      problems: [['*', 'archive.method|archive.damaged|archive.encrypted']],
      notRead: [['other.log', /./]],
    },
  },
  {
    id: 'aes-in-itself',
    what: 'AES that says that it is packed with AES',
    bytes: () => zip([aes(extraField(0x9901, pack([2, 2], utf8('AE'), [1, 3], [2, 99])), utf8('s'.repeat(300))), good]),
    expect: {
      read: [kept],
      problems: [['*', 'archive.method|archive.damaged|archive.encrypted']],
      notRead: [['other.log', /./]],
    },
  },
  {
    id: 'aes-too-short',
    what: 'AES in twenty bytes: less than salt, check and seal need',
    bytes: () => zip([aes(extraField(0x9901, pack([2, 2], utf8('AE'), [1, 3], [2, 8])), utf8('s'.repeat(20))), good]),
    expect: { read: [kept], problems: [['*', 'archive.damaged|archive.encrypted']], notRead: [['other.log', /./]] },
  },
  {
    id: 'strong-encryption',
    what: 'the strong encryption of PKWARE, which nothing here opens',
    bytes: () => zip([{ ...good, name: 'secret.log', both: { flags: 0x41 } }, good]),
    expect: { read: [kept], problems: [['secret.log', encrypted]], notRead: [['secret.log', /encrypted/]] },
  },
  {
    id: 'encrypted-directory',
    what: 'names and sizes are hidden too: the directory itself is encrypted',
    bytes: () => {
      const noise = new Uint8Array(200).map((_, at) => at * 37);
      const whole = zip([{ ...good, name: '1', both: { flags: 0x2041, crc: 0, bytes: 0 } }], {
        between: pack([4, 0x08064b50], [4, 200], noise),
      });
      // The record of the directory is noise as well.
      const at = whole.length - 22 - 47;
      whole.set(noise.subarray(0, 47), at);
      return whole;
    },
    expect: { read: [], problems: [['', `${encrypted}|archive.damaged`]], container: 'any' },
  },
  {
    id: 'locked-in-locked',
    what: 'a zip with a known password in a zip with a known password',
    bytes: async () => {
      const inner = await rightZip(files, { password: 'infected', encryptionStrength: 3 });
      return rightZip([{ path: 'inner.zip', bytes: inner }], { password: 'infected', zipCrypto: true });
    },
    expect: { read: all.map(([path, rows]) => [`inner.zip/${path}`, rows]) },
  },
  {
    id: 'protected-collection',
    what: 'a collection of Velociraptor that is protected: metadata, and a zip that is locked',
    file: 'Collection-MAIL01-2021-03-08T12_00_00Z.zip',
    bytes: async () => {
      const inner = await rightZip(files, { password: 'long and random', encryptionStrength: 3 });
      const metadata = utf8('{"Version":1,"EncryptedPass":"QUJDREVG","Scheme":"X509","PublicKey":""}');
      return rightZip(
        [
          { path: 'metadata.json', bytes: metadata },
          { path: 'data.zip', bytes: inner },
        ],
        { level: 0 },
      );
    },
    expect: {
      read: [],
      notRead: all.map(([path]) => [`data.zip/${path}`, /encrypted/]),
      problems: all.map(([path]) => [`data.zip/${path}`, encrypted]),
    },
  },
];
