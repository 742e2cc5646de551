// Headers that say different things, lie about what is there, or are not there.

import { deflateRawSync } from 'node:zlib';
import { logOf } from '../sample-log.mjs';
import { endRecord, extraField, pack, utf8, zip } from '../zip-writer.mjs';

const good = { name: 'good.log', data: logOf(3, 'good') };
const kept = ['good.log', 3];
const other = { name: 'other.log', data: logOf(5, 'other') };
const both = [kept, ['other.log', 5]];
const disagree = 'archive.headers_disagree';
const damaged = 'archive.damaged';

/** Header fields of an entry that is right otherwise; the directory is believed. */
const disagreeing = (id, what, local, expect = {}) => ({
  id: `headers-${id}`,
  what,
  bytes: () => zip([{ ...other, local }, good]),
  expect: { read: both, problems: [['*', disagree]], ...expect },
});

export const headers = [
  disagreeing('name', 'the local header has another name', { name: 'elsewhere.log' }),
  disagreeing('name-hidden', 'the local header has a name that leads out', { name: '../../evil.log' }),
  {
    id: 'headers-name-central-evil',
    what: 'the directory has a name that leads out, the local header a good one',
    bytes: () => zip([{ ...other, central: { name: '../../evil.log' } }, good]),
    expect: { read: [kept], problems: [['', 'archive.unsafe_name']], mayProblems: [disagree] },
  },
  disagreeing('bytes', 'the local header says that it unpacks to less', { bytes: 10 }),
  disagreeing('bytes-huge', 'the local header says that it unpacks to 4 GiB', { bytes: 0xfffffffe }),
  disagreeing('packed', 'the local header says that it is packed in fewer bytes', { packedBytes: 7 }),
  disagreeing('method', 'the local header says that it is stored', { method: 0 }),
  disagreeing('flags', 'the local header says that it is encrypted', { flags: 1 }),
  disagreeing(
    'streamed',
    'the local header leaves its sizes to a descriptor, the directory knows of none',
    { flags: 8 },
    {
      problems: [],
      mayProblems: [disagree],
    },
  ),
  {
    id: 'headers-central-encrypted',
    what: 'only the directory says that it is encrypted',
    bytes: () => zip([{ ...other, central: { flags: 1 } }, good]),
    expect: {
      read: [kept],
      problems: [['*', 'archive.encrypted']],
      mayProblems: [disagree],
      notRead: [['other.log', /encrypted/]],
    },
  },
  {
    id: 'headers-local-crc',
    what: 'the checksum of the local header is wrong',
    bytes: () => zip([{ ...other, local: { crc: 1 } }, good]),
    expect: { read: both, mayProblems: [disagree] },
  },
  {
    id: 'descriptor-right',
    what: 'sizes stand in a descriptor behind the data: how streams are written',
    bytes: () =>
      zip([
        { ...other, descriptor: 'signed' },
        { ...good, descriptor: 'unsigned' },
      ]),
    expect: { read: both },
  },
  {
    id: 'descriptor-wrong',
    what: 'the descriptor says something else than the directory',
    bytes: () => zip([{ ...other, descriptor: 'signed', descriptorFields: { bytes: 1, crc: 2 } }, good]),
    expect: { read: both, mayProblems: [disagree] },
  },
  {
    id: 'local-signature',
    what: 'no local header where the directory says',
    bytes: () => zip([{ ...other, local: { signature: 0x12345678 } }, good]),
    expect: { read: [kept], mayRead: both, problems: [['*', `${damaged}|${disagree}`]] },
  },
  {
    id: 'local-behind-the-end',
    what: 'the local header is said to lie behind the end',
    bytes: () => zip([{ ...other, central: { offset: 0x7fffffff } }, good]),
    expect: { read: [kept], problems: [['*', damaged]] },
  },
  {
    id: 'local-in-the-directory',
    what: 'the local header is said to be the directory',
    bytes: () => {
      const at = zip([other, good]).length - 200;
      return zip([{ ...other, central: { offset: at } }, good]);
    },
    expect: { read: [kept], problems: [['*', `${damaged}|${disagree}|archive.overlap`]] },
  },
  {
    id: 'local-extra-too-long',
    what: 'the extra field of the local header reaches beyond the end',
    bytes: () => zip([good, { ...other, local: { extraLength: 0xffff } }]),
    expect: { read: [kept], problems: [['*', `${damaged}|${disagree}|archive.overlap`]], mayProblems: [damaged, disagree] },
  },
  {
    id: 'extra-overruns',
    what: 'an extra field says that it is longer than there is',
    bytes: () => zip([{ ...other, extra: extraField(0x5455, utf8('abcd'), 60_000) }, good]),
    expect: { read: [kept], mayRead: both, mayProblems: [damaged] },
  },
  {
    id: 'central-name-overruns',
    what: 'a name in the directory says that it is longer than there is',
    bytes: () => zip([good, { ...other, central: { nameLength: 0xffff } }]),
    expect: { read: [kept], problems: [['*', damaged]] },
  },
  {
    id: 'central-signature',
    what: 'the second record of the directory is none',
    bytes: () => zip([good, { ...other, central: { signature: 0x41414141 } }, { name: 'third.log', data: logOf(1) }]),
    expect: { read: [kept], mayRead: [...both, ['third.log', 1]], problems: [['*', damaged]] },
  },
  {
    id: 'end-counts-fewer',
    what: 'the end record counts one entry, its directory holds two',
    bytes: () => zip([good, other], { end: { entries: 1 } }),
    expect: { read: [kept], mayRead: both, problems: [['*', `${damaged}|${disagree}`]] },
  },
  {
    id: 'end-counts-more',
    what: 'the end record counts 60,000 entries, its directory holds two',
    bytes: () => zip([good, other], { end: { entries: 60_000 } }),
    expect: { read: both, problems: [['*', `${damaged}|${disagree}`]] },
  },
  {
    id: 'end-hides-directory',
    what: 'the end record says that there is no directory; the entries are there',
    bytes: () => zip([good, other], { end: { entries: 0, directoryBytes: 0 } }),
    expect: { read: [], mayRead: both, problems: [['*', `${damaged}|${disagree}`]] },
  },
  {
    id: 'end-directory-far',
    what: 'the directory is said to lie behind the end',
    bytes: () => zip([good, other], { end: { directoryAt: 0x7fffffff } }),
    expect: { read: [], mayRead: both, problems: [['*', damaged]] },
  },
  {
    id: 'end-alone',
    what: 'an empty zip: an end record and no more',
    bytes: () => zip([]),
    expect: { read: [] },
  },
  {
    id: 'end-torn',
    what: 'the end record is cut in half',
    bytes: () => zip([good, other]).subarray(0, -12),
    expect: { read: both, problems: [['', damaged]] },
  },
  {
    id: 'cut-in-the-directory',
    what: 'cut in the directory',
    bytes: () => zip([good, other]).subarray(0, -90),
    expect: { read: both, problems: [['', damaged]] },
  },
  {
    id: 'cut-in-an-entry',
    what: 'cut in the middle of the third entry: the first two are whole',
    bytes: () => {
      const third = { name: 'third.log', data: logOf(400, 'third'), method: 0 };
      const whole = zip([good, other, third]);
      return whole.subarray(0, whole.length - 3000);
    },
    expect: {
      read: both,
      mayRead: [['third.log', null]],
      problems: [['', damaged]],
      mayProblems: ['archive.size', 'archive.checksum'],
    },
  },
  {
    id: 'comment',
    what: 'a comment of 65,535 bytes behind the end record',
    bytes: () => zip([good], { end: { comment: 'c'.repeat(65_535) } }),
    expect: { read: [kept] },
  },
  {
    id: 'suffix',
    what: 'a thousand bytes behind everything',
    bytes: () => zip([good, other], { suffix: new Uint8Array(1000).fill(65) }),
    expect: { read: both, mayProblems: [damaged] },
  },
  {
    id: 'prefix-not-counted',
    what: 'four thousand bytes before the first entry, which no offset counts',
    bytes: () => zip([good, other], { prefix: pack(utf8('MZ'), new Uint8Array(4000)) }),
    expect: { read: both, mayProblems: [damaged] },
  },
  {
    id: 'prefix-counted',
    what: 'four thousand bytes before the first entry, which all offsets count',
    bytes: () => zip([good, other], { prefix: pack(utf8('MZ'), new Uint8Array(4000)), adjusted: true }),
    expect: { read: both, mayProblems: [damaged] },
  },
  {
    id: 'two-ends',
    what: 'a whole second zip in the comment of the first: two readers may see two archives',
    bytes: () => {
      // Its end record reaches the end of the file as exactly as the real one does.
      const second = zip([{ name: 'shown.log', data: logOf(7, 'shown') }]);
      const first = zip([good]);
      const at = first.length;
      const directory = second.length - 22 - 55;
      const moved = pack(second.subarray(0, -22), endRecord({ entries: 1, directoryBytes: 55, directoryAt: at + directory }));
      moved.set(pack([4, at]), directory + 42);
      return zip([good], { end: { comment: moved } });
    },
    // Either what the outer end record lists is read, or the second one is believed and its rival said.
    expect: { read: [], mayRead: [kept, ['shown.log', 7]], readAtLeast: 1, mayProblems: [damaged, disagree] },
  },
  {
    id: 'hidden-entry',
    what: 'an entry whose bytes are there and that the directory does not list',
    bytes: () => zip([good, { name: 'hidden.log', data: logOf(9, 'hidden'), hidden: true }, other]),
    expect: { read: both, mayRead: [['hidden.log', 9]], mayProblems: [damaged, disagree] },
  },
  {
    id: 'several-disks',
    what: 'says that it is the third part of several',
    bytes: () => zip([good], { end: { disk: 2, startDisk: 2 } }),
    expect: { read: [], mayRead: [kept], mayProblems: [damaged] },
  },
  {
    id: 'zip64',
    what: 'every size in its large form',
    bytes: () =>
      zip(
        [
          { ...good, zip64: true },
          { ...other, zip64: true, descriptor: 'signed' },
        ],
        { zip64: true },
      ),
    expect: { read: both },
  },
  {
    id: 'zip64-locator-far',
    what: 'the large end record is said to lie behind the end',
    bytes: () => zip([good], { zip64: { recordAt: 1n << 62n } }),
    expect: { read: [], mayRead: [kept], readOr: damaged },
  },
  {
    id: 'zip64-ten-million',
    what: 'the large end record announces ten million entries; there are two',
    bytes: () => zip([good, other], { zip64: { entries: 10_000_000 } }),
    expect: { read: [], mayRead: both, problems: [['*', `${damaged}|${disagree}|archive.limit`]] },
  },
  {
    id: 'zip64-directory-huge',
    what: 'the directory is said to have 2^63 bytes',
    bytes: () => zip([good], { zip64: { directoryBytes: 1n << 63n } }),
    expect: { read: [], mayRead: [kept], readOr: damaged },
  },
  {
    id: 'zip64-extra-short',
    what: 'sizes stand in a large form that is too short for them',
    bytes: () =>
      zip([
        { ...other, central: { packedBytes: 0xffffffff, bytes: 0xffffffff }, centralExtra: extraField(1, pack([4, 5])) },
        good,
      ]),
    expect: {
      read: [kept],
      problems: [['*', `${damaged}|archive.limit`]],
      mayProblems: [disagree, 'archive.size', damaged, 'archive.overlap'],
    },
  },
  {
    id: 'zip64-size-huge',
    what: 'an entry of a few bytes says that it unpacks to 2^62',
    bytes: () => zip([{ ...other, zip64: true, central: { bytes: 1n << 62n } }, good]),
    expect: { read: [kept], problems: [['*', `archive.limit|${damaged}`]], mayProblems: [disagree] },
  },
  {
    id: 'zip64-size-negative',
    what: 'an entry says that it unpacks to 2^64 - 1',
    bytes: () => zip([{ ...other, zip64: true, central: { bytes: -1n } }, good]),
    expect: { read: [kept], problems: [['*', `archive.limit|${damaged}`]], mayProblems: [disagree] },
  },
  {
    id: 'extra-central-only',
    what: 'the directory alone carries NTFS times, as 7-Zip writes them',
    bytes: () => {
      const centralExtra = extraField(0x0a, pack([4, 0], [2, 1], [2, 24], [8, 1], [8, 2], [8, 3]));
      return zip([
        { ...other, centralExtra },
        { ...good, centralExtra },
      ]);
    },
    expect: { read: both },
  },
  {
    id: 'extra-local-only',
    what: 'the local header alone carries times, as Info-ZIP writes the longer form there',
    bytes: () => {
      const localExtra = extraField(0x5455, pack([1, 7], [4, 1], [4, 2], [4, 3]));
      const centralExtra = extraField(0x5455, pack([1, 7], [4, 1]));
      return zip([
        { ...other, localExtra, centralExtra },
        { ...good, localExtra, centralExtra },
      ]);
    },
    expect: { read: both },
  },
  {
    id: 'nothing-but-signatures',
    what: 'a thousand local headers and a thousand end records, all of zeros',
    bytes: () => {
      const piece = pack([4, 0x04034b50], new Uint8Array(26), [4, 0x06054b50], new Uint8Array(18));
      return pack(...Array.from({ length: 1000 }, () => piece));
    },
    expect: { read: [], mayProblems: [damaged, disagree, 'archive.unsafe_name'], container: 'any' },
  },
  {
    id: 'first-bytes-only',
    what: 'four bytes of a zip',
    bytes: () => pack([4, 0x04034b50]),
    expect: { read: [], problems: [['', damaged]], container: 'any' },
  },
  {
    id: 'raw-block',
    what: 'deflated in blocks that pack nothing, one of them empty',
    bytes: () => {
      const raw = other.data;
      const block = (bytes, last) => pack([1, last], [2, bytes.length], [2, ~bytes.length & 0xffff], bytes);
      return zip([
        { ...other, packed: pack(block(raw.subarray(0, 100), 0), block(raw.subarray(0, 0), 0), block(raw.subarray(100), 1)) },
        { ...good, packed: new Uint8Array(deflateRawSync(good.data, { level: 9 })) },
      ]);
    },
    expect: { read: both },
  },
];
