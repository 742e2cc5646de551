// Archives that unpack to more than anybody has: most of them are never files, their bytes are made while they are read.

import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { logOf } from '../sample-log.mjs';
import { tar, tarHeader } from '../tar-writer.mjs';
import { endRecords64, endRecord, pack, utf8, zip } from '../zip-writer.mjs';

const mib = 1 << 20;
const kept = ['good.log', 3];
const good = { name: 'good.log', data: logOf(3, 'good') };

/**
 * Bytes that are made on the way: each segment is bytes, `{ bytes, times }`, or `{ width, times, piece(index) }`.
 */
export function madeSource(segments) {
  const parts = [];
  let end = 0;
  for (const segment of segments) {
    const width = segment instanceof Uint8Array ? segment.length : (segment.width ?? segment.bytes.length);
    const times = segment instanceof Uint8Array ? 1 : segment.times;
    const piece = segment instanceof Uint8Array ? () => segment : (segment.piece ?? (() => segment.bytes));
    if (width * times > 0) parts.push({ at: end, width, end: end + width * times, piece });
    end += width * times;
  }
  return {
    byteLength: end,
    seekable: true,
    read(at, into) {
      let done = 0;
      let index = parts.findIndex((part) => at < part.end);
      while (index !== -1 && index < parts.length && done < into.length) {
        const part = parts[index];
        const within = at + done - part.at;
        const number = Math.floor(within / part.width);
        const from = within - number * part.width;
        const bytes = part.piece(number).subarray(from, from + into.length - done);
        into.set(bytes, done);
        done += bytes.length;
        if (at + done >= part.end) index++;
      }
      return done;
    },
    close() {},
  };
}

/** A megabyte of zeros, deflated, and open for more. */
const zeros = new Uint8Array(deflateRawSync(new Uint8Array(mib), { finishFlush: constants.Z_FULL_FLUSH, level: 9 }));
const lastBlock = pack([1, 1], [4, 0xffff0000]);

/** A zip of one deflated entry of `mebibytes` of zeros that says that it has `bytes`, and a good one behind it. */
function zeroZip(mebibytes, bytes = mebibytes * mib) {
  const packedBytes = zeros.length * mebibytes + lastBlock.length;
  const entry = { name: 'zeros.log', packed: new Uint8Array(0), zip64: true, both: { packedBytes, bytes, crc: 0 } };
  const skeleton = zip([entry]);
  const headerBytes = 30 + 9 + 20;
  const local = skeleton.subarray(0, headerBytes);
  const rest = zip([good]);
  const goodBytes = rest.length - 22 - 54;
  const record = rest.slice(goodBytes, goodBytes + 54);
  record.set(pack([4, headerBytes + packedBytes]), 42);
  const directory = pack(skeleton.subarray(headerBytes, -22), record);
  const end = endRecord({
    entries: 2,
    directoryBytes: directory.length,
    directoryAt: headerBytes + packedBytes + goodBytes,
  });
  return [local, { bytes: zeros, times: mebibytes }, lastBlock, rest.subarray(0, goodBytes), directory, end];
}

const gzipHead = pack([2, 0x8b1f], [1, 8], [7, 0]);
const zeroGzip = (mebibytes) => [gzipHead, { bytes: zeros, times: mebibytes }, lastBlock, pack([4, 0], [4, mebibytes * mib])];

/** Deflates what is short, then goes on with zeros. */
function gzipThenZeros(begin, mebibytes) {
  const head = new Uint8Array(deflateRawSync(begin, { finishFlush: constants.Z_FULL_FLUSH }));
  return [gzipHead, head, { bytes: zeros, times: mebibytes }, lastBlock, pack([4, 0], [4, 0])];
}

/** `count` folders, each with headers of its own: no bytes are shared, nothing is a lie. */
function honestZip(count, nameOf) {
  const name = (index) => utf8(nameOf(index));
  const nameBytes = name(0).length;
  const localWidth = 30 + nameBytes;
  const width = 46 + nameBytes;
  const local = (index) =>
    pack([4, 0x04034b50], [2, 20], [4, 0], [4, 0x52630000], [8, 0], [4, 0], [2, nameBytes], [2, 0], name(index));
  const record = (index) =>
    pack(
      [4, 0x02014b50],
      [4, 0x140014],
      [4, 0],
      [4, 0x52630000],
      [8, 0],
      [4, 0],
      [2, nameBytes],
      [8, 0],
      [4, 0],
      [4, localWidth * index],
      name(index),
    );
  const facts = { entries: count, directoryBytes: width * count, directoryAt: localWidth * count };
  return [
    { width: localWidth, times: count, piece: local },
    { width, times: count, piece: record },
    endRecords64({ ...facts, recordAt: (localWidth + width) * count }),
    endRecord({ entries: 0xffff, directoryBytes: 0xffffffff, directoryAt: 0xffffffff }),
  ];
}

/** Zips in zips: `fan` at each of `levels`, a megabyte of zeros in the last. */
function nested(levels, fan, last) {
  let inner = last;
  for (let level = 1; level < levels; level++)
    inner = zip(Array.from({ length: fan }, (_, n) => ({ name: `${n}.zip`, data: inner })));
  return inner;
}

const chain = (levels) => nested(levels, 1, zip([{ name: 'x.log', data: logOf(3) }]));
const lastOf = (levels) => `${'0.zip/'.repeat(levels - 1)}x.log`;

const made = (id, what, segments, expect, more = {}) => ({
  id: `bomb-${id}`,
  what,
  child: true,
  source: () => madeSource(segments()),
  expect,
  ...more,
});

const limit = 'archive.limit';

export const bombs = [
  made('zip-10g', '10 GB of zeros in one entry, announced', () => zeroZip(10_000), {
    read: [kept],
    problems: [['*', limit]],
    notRead: [['zeros.log', /./]],
  }),
  made('zip-10g-unannounced', '10 GB of zeros that are announced as 1,000 bytes', () => zeroZip(10_000, 1000), {
    read: [kept],
    problems: [['*', 'archive.size']],
    mayProblems: ['archive.checksum', limit],
  }),
  made(
    'zip-10g-half-announced',
    '10 GB of zeros that are announced as 100 MiB: less than is refused, and all that is read',
    () => zeroZip(10_000, 100 * mib),
    {
      read: [kept],
      problems: [['*', `archive.size|${limit}`]],
      mayProblems: ['archive.checksum', limit],
    },
  ),
  made('zip-127m', '127 MiB of zeros: just below what is refused', () => zeroZip(127), {
    read: [kept],
    mayProblems: ['archive.checksum', limit],
  }),
  made(
    'gzip-10g',
    '10 GB of zeros in a gzip',
    () => zeroGzip(10_000),
    {
      read: [],
      problems: [['*', `${limit}|archive.size`]],
      container: 'gzip',
    },
    { file: 'zeros.log.gz' },
  ),
  made(
    'gzip-log-then-10g',
    'ten rows of a log, and then 10 GB of zeros',
    () => gzipThenZeros(logOf(10), 10_000),
    {
      read: [],
      mayRead: [['u_ex210303.log', null]],
      problems: [['*', `${limit}|archive.size`]],
      container: 'gzip',
    },
    { file: 'u_ex210303.log.gz' },
  ),
  made(
    'gzip-members',
    'a million gzips of nothing, one behind the other',
    () => [{ bytes: new Uint8Array(gzipSync('')), times: 1_000_000 }],
    {
      read: [],
      container: 'gzip',
      mayProblems: [limit],
    },
    { file: 'empty.log.gz' },
  ),
  made(
    'tar-gzip-10g',
    'a packed tar of one file of 10 GB',
    () =>
      gzipThenZeros(
        new Uint8Array(Buffer.concat([tar([good], { end: 0 }), tarHeader({ name: 'zeros.log', size: 8_000_000_000 })])),
        10_000,
      ),
    {
      read: [],
      mayRead: [kept],
      problems: [['*', limit]],
      mayProblems: ['archive.damaged', 'archive.size'],
      container: 'any',
    },
    { file: 'case.tar.gz' },
  ),
  made(
    'tar-gzip-zeros',
    'a packed tar whose closing zeros go on for 10 GB',
    () => gzipThenZeros(tar([good]), 10_000),
    {
      read: [kept],
      mayProblems: [limit],
      container: 'any',
    },
    { file: 'case.tar.gz' },
  ),
  {
    id: 'bomb-nested-5',
    what: 'five zips in each other: as deep as is read',
    bytes: () => chain(5),
    expect: { read: [[lastOf(5), 3]] },
  },
  {
    id: 'bomb-nested-7',
    what: 'seven zips in each other',
    bytes: () => chain(7),
    expect: { read: [], problems: [['*', limit]] },
  },
  {
    id: 'bomb-nested-200',
    what: 'two hundred zips in each other',
    bytes: () => chain(200),
    expect: { read: [], problems: [['*', limit]] },
  },
  {
    id: 'bomb-gzip-200',
    what: 'two hundred gzips in each other',
    file: `x.log${'.gz'.repeat(20)}`,
    bytes() {
      let bytes = logOf(3);
      for (let level = 0; level < 200; level++) bytes = new Uint8Array(gzipSync(bytes));
      return bytes;
    },
    expect: { read: [], problems: [['*', limit]], container: 'gzip' },
  },
  {
    id: 'bomb-fan-6',
    what: 'six levels of zips, five in each: 64 MiB of zeros in each of the last 3,125',
    child: true,
    bytes: () => nested(6, 5, zip([{ name: 'zeros.log', data: new Uint8Array(64 * mib) }])),
    expect: { read: [], problems: [['*', limit]], mayProblems: ['archive.headers_disagree'] },
  },
  {
    id: 'bomb-many-gzips',
    what: '1,500 logs, each packed for itself, as log rotation leaves them: no bomb, and as many as a month of hours',
    child: true,
    bytes: () =>
      zip(
        Array.from({ length: 1500 }, (_, n) => ({
          name: `u_ex${n}.log.gz`,
          data: new Uint8Array(gzipSync(logOf(1, `${n}`))),
          method: 0,
        })),
      ),
    expect: { read: [], mayRead: [[/^u_ex\d+\.log\.gz\/u_ex\d+\.log$/, 1]], readCount: 1500 },
  },
  {
    id: 'bomb-quine-like',
    what: 'a zip that holds a zip that holds the first ones, with the same names, over and over',
    bytes() {
      let inner = zip([{ name: 'r/r.zip', data: utf8('r') }]);
      for (let round = 0; round < 40; round++) inner = zip([{ name: 'r/r.zip', data: inner, method: round % 2 === 0 ? 8 : 0 }]);
      return inner;
    },
    expect: { read: [], problems: [['*', limit]] },
  },
  made(
    'ten-million-announced',
    'ten million entries, all of them folders, all of them there',
    () => honestZip(10_000_000, (n) => `${`${n}`.padStart(8, '0')}/`),
    {
      read: [],
      problems: [['', limit]],
      mayProblems: ['archive.damaged'],
    },
  ),
  made(
    'hundred-thousand',
    '100,000 empty files, all of them there',
    () => honestZip(100_000, (n) => `${`${n}`.padStart(8, '0')}`),
    {
      read: [],
    },
  ),
  made(
    'ten-million-shared',
    'ten million entries that are all the first one',
    () => {
      const first = zip([good]);
      const localBytes = first.length - 22 - 54;
      const record = first.subarray(localBytes, localBytes + 54);
      const facts = { entries: 10_000_000, directoryBytes: 540_000_000, directoryAt: localBytes };
      return [
        first.subarray(0, localBytes),
        { bytes: record, times: 10_000_000 },
        endRecords64({ ...facts, recordAt: localBytes + 540_000_000 }),
        endRecord({ entries: 0xffff, directoryBytes: 0xffffffff, directoryAt: 0xffffffff }),
      ];
    },
    {
      read: [],
      mayRead: [kept],
      problems: [['*', `${limit}|archive.overlap`]],
      mayProblems: ['archive.overlap', limit, 'archive.same_name', 'archive.damaged'],
    },
  ),
];
