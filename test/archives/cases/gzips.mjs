// One file, packed with gzip: what its header claims, where it ends, and what stands behind.

import { createHash } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { logOf } from '../sample-log.mjs';
import { tarOf } from '../tar-writer.mjs';
import { pack, utf8, zip } from '../zip-writer.mjs';

/** Bytes that do not pack. */
function noiseOf(length) {
  const pieces = [];
  for (let at = 0; at < length; at += 32) pieces.push(createHash('sha256').update(`${at}`).digest());
  return Buffer.concat(pieces).subarray(0, length);
}

const damaged = 'archive.damaged';
const gz = (bytes) => new Uint8Array(gzipSync(bytes));
const name = 'u_ex210303.log';
const trailer = (bytes) => bytes.subarray(-8);

/** A gzip with any flags and fields. */
function gzipWith(bytes, flags, fields) {
  return pack([2, 0x8b1f], [1, 8], [1, flags], [6, 0], fields, new Uint8Array(deflateRawSync(bytes)), trailer(gz(bytes)));
}

const one = (id, what, bytes, expect, file = `${name}.gz`) => ({
  id: `gzip-${id}`,
  what,
  file,
  bytes,
  expect: { container: 'gzip', ...expect },
});

export const gzips = [
  one('right', 'a log', () => gz(logOf(5)), { read: [[name, 5]] }),
  one(
    'name-inside',
    'the name in its header leads out: the file is called after the archive',
    () => gzipWith(logOf(5), 8, utf8('../../evil.log\0')),
    {
      read: [[name, 5]],
      mayProblems: ['archive.unsafe_name', 'archive.headers_disagree'],
    },
  ),
  one(
    'name-endless',
    'the name in its header never ends',
    () => pack([2, 0x8b1f], [1, 8], [1, 8], [6, 0], utf8('a'.repeat(100_000))),
    {
      read: [],
      problems: [['*', damaged]],
    },
  ),
  one(
    'extra-overruns',
    'an extra field that is longer than the file',
    () => gzipWith(logOf(5), 4, pack([2, 0xffff], utf8('abc'))),
    {
      read: [],
      problems: [['*', damaged]],
    },
  ),
  one(
    'comment-and-more',
    'extra field, name, comment and header checksum, all right or unchecked',
    () => gzipWith(logOf(5), 28, pack([2, 3], utf8('abc'), utf8('n\0c\0'))),
    {
      read: [[name, 5]],
    },
  ),
  one(
    'members',
    'three members, one behind the other, as log rotation appends them',
    () => pack(gz(logOf(5)), gz(logOf(0)), gz(logOf(2))),
    {
      read: [[name, 7]],
    },
  ),
  one('cut', 'cut in its middle', () => gz(logOf(5000)).subarray(0, 9000), {
    read: [],
    mayRead: [[name, null]],
    problems: [['*', damaged]],
    mayProblems: ['archive.checksum', 'archive.size'],
  }),
  one('cut-in-trailer', 'all of the log is there, its checksum is not', () => gz(logOf(5)).subarray(0, -5), {
    read: [[name, 5]],
    problems: [['*', `${damaged}|archive.checksum`]],
  }),
  one(
    'checksum',
    'a wrong checksum',
    () => {
      const bytes = gz(logOf(5));
      bytes[bytes.length - 8] ^= 1;
      return bytes;
    },
    { read: [[name, 5]], problems: [['*', `archive.checksum|${damaged}`]] },
  ),
  one(
    'length',
    'a wrong length in its trailer',
    () => {
      const bytes = gz(logOf(5));
      bytes[bytes.length - 1] ^= 0x70;
      return bytes;
    },
    { read: [[name, 5]], problems: [['*', `archive.size|archive.checksum|${damaged}`]] },
  ),
  one('followed-by-noise', 'a thousand bytes behind it', () => pack(gz(logOf(5)), utf8('?'.repeat(1000))), {
    read: [[name, 5]],
    mayProblems: [damaged],
  }),
  one('followed-by-zeros', 'padded with zeros, as tapes are', () => pack(gz(logOf(5)), new Uint8Array(1000)), {
    read: [[name, 5]],
    mayProblems: [damaged],
  }),
  one(
    'nonsense',
    'the first bytes of a gzip and nonsense',
    () => pack([2, 0x8b1f], [1, 8], [7, 0], new Uint8Array(500).fill(0xff)),
    {
      read: [],
      problems: [['*', damaged]],
    },
  ),
  one('header-only', 'two bytes', () => pack([2, 0x8b1f]), { read: [], mayProblems: [damaged], container: 'any' }),
  one('empty', 'an empty file, packed', () => gz(new Uint8Array(0)), { read: [] }),
  one('twice', 'packed twice', () => gz(gz(logOf(5))), { read: [[`${name}.gz/${name}`, 5]] }, `${name}.gz.gz`),
  one(
    'no-name',
    'called .gz and no more',
    () => gz(logOf(5)),
    { read: [], mayRead: [[/^.+$/, 5]], readOr: 'archive.unsafe_name' },
    '.gz',
  ),
  one('other-name', 'called as a log, without an ending', () => gz(logOf(5)), { read: [[/^.+$/, 5]] }, 'access_log'),
  one(
    'zip-inside',
    'a zip, packed once more',
    () => gz(zip([{ name: 'x.log', data: logOf(4) }])),
    {
      read: [['case.zip/x.log', 4]],
    },
    'case.zip.gz',
  ),
  one(
    'tar',
    'a tar: its entries follow at once',
    () => gz(tarOf([{ path: 'C/x.log', bytes: logOf(4) }])),
    {
      read: [['C/x.log', 4]],
      container: 'any',
    },
    'mail01.tar.gz',
  ),
  one(
    'tgz',
    'a tar under its short ending',
    () => gz(tarOf([{ path: './C/x.log', bytes: logOf(4) }])),
    {
      read: [['C/x.log', 4]],
      container: 'any',
    },
    'mail01.tgz',
  ),
  one(
    'tar-cut',
    'a packed tar that was cut: what came before is read',
    () => {
      const noise = new Uint8Array(noiseOf(60_000));
      return gz(
        tarOf([
          { path: 'x.log', bytes: logOf(4) },
          { path: 'noise.bin', bytes: noise },
          { path: 'y.log', bytes: logOf(3, 'y') },
        ]),
      ).subarray(0, 20_000);
    },
    { read: [['x.log', 4]], problems: [['*', damaged]], mayProblems: ['archive.size', 'archive.checksum'], container: 'any' },
    'mail01.tar.gz',
  ),
];
