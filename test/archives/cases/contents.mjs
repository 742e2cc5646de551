// Entries that hold something else than is said of them: more, less, damaged, packed in unknown ways, sharing bytes, links.

import { deflateRawSync } from 'node:zlib';
import { logOf } from '../sample-log.mjs';
import { pack, utf8, zip } from '../zip-writer.mjs';

const good = { name: 'good.log', data: logOf(3, 'good') };
const kept = ['good.log', 3];
const damaged = 'archive.damaged';
const unixMode = (mode) => ({ central: { version: 0x0314, external: mode << 16 } });
const link = (name, target) => ({
  name,
  data: utf8(target),
  method: 0,
  central: { version: 0x0314, external: (0o120777 << 16) >>> 0 },
});

const unknownMethod = (id, method, expect = {}) => ({
  id: `method-${id}`,
  what: `packed with method ${method}`,
  bytes: () => zip([{ name: 'other.log', data: logOf(4), method, packed: utf8('?'.repeat(300)) }, good]),
  expect: {
    read: [kept],
    problems: [['*', `archive.method|${damaged}`]],
    mayProblems: [damaged],
    notRead: [['other.log', /./]],
    ...expect,
  },
});

/** Ten rows in a raw block, and then a block of a kind that does not exist. */
const tornDeflate = (bytes) => pack([1, 0], [2, bytes.length], [2, ~bytes.length & 0xffff], bytes, [1, 7], new Uint8Array(100));

export const contents = [
  {
    id: 'more-than-announced',
    what: 'unpacks to 50 rows, announces 10: the announced bytes are read',
    bytes: () => {
      const said = logOf(10, 'm').length;
      return zip([{ name: 'other.log', data: logOf(50, 'm'), both: { bytes: said } }, good]);
    },
    expect: { read: [kept, ['other.log', 10]], problems: [['*', 'archive.size']], mayProblems: ['archive.checksum'] },
  },
  {
    id: 'fewer-than-announced',
    what: 'unpacks to 10 rows, announces 50',
    bytes: () => zip([{ name: 'other.log', data: logOf(10, 'm'), both: { bytes: logOf(50, 'm').length } }, good]),
    expect: { read: [kept, ['other.log', 10]], problems: [['*', 'archive.size']], mayProblems: ['archive.checksum'] },
  },
  {
    id: 'announces-nothing',
    what: 'unpacks to 10 rows, announces none',
    bytes: () => zip([{ name: 'other.log', data: logOf(10, 'm'), both: { bytes: 0 } }, good]),
    expect: { read: [kept], problems: [['*', 'archive.size']], mayProblems: ['archive.checksum'] },
  },
  {
    id: 'stored-sizes-differ',
    what: 'stored, and its two sizes are not the same',
    bytes: () => {
      const data = logOf(10, 's');
      return zip([{ name: 'other.log', data, method: 0, both: { bytes: data.length + 5000 } }, good]);
    },
    expect: {
      read: [kept],
      mayRead: [['other.log', 10]],
      problems: [['*', `archive.size|${damaged}`]],
      mayProblems: ['archive.checksum'],
    },
  },
  {
    id: 'checksum',
    what: 'what comes out does not fit its checksum',
    bytes: () => zip([{ name: 'other.log', data: logOf(10, 'c'), both: { crc: 0x12345678 } }, good]),
    expect: { read: [kept, ['other.log', 10]], problems: [['other.log', 'archive.checksum']] },
  },
  {
    id: 'checksum-stored',
    what: 'one letter was changed in a stored entry',
    bytes: () => {
      const data = logOf(10, 'c');
      const packed = data.slice();
      packed[packed.length - 20] ^= 1;
      return zip([{ name: 'other.log', data, packed, method: 0 }, good]);
    },
    expect: { read: [kept, ['other.log', 10]], problems: [['other.log', 'archive.checksum']] },
  },
  {
    id: 'packed-torn',
    what: 'the packed bytes end in nonsense after ten rows',
    bytes: () => zip([{ name: 'other.log', data: logOf(50, 't'), packed: tornDeflate(logOf(10, 't')) }, good]),
    expect: { read: [kept, ['other.log', 10]], problems: [['*', damaged]], mayProblems: ['archive.size', 'archive.checksum'] },
  },
  {
    id: 'packed-nonsense',
    what: 'the packed bytes are nonsense from the first one on',
    bytes: () => zip([{ name: 'other.log', data: logOf(50), packed: new Uint8Array(400).fill(0xff) }, good]),
    expect: { read: [kept], problems: [['*', damaged]], mayProblems: ['archive.size', 'archive.checksum'] },
  },
  {
    id: 'packed-cut',
    what: 'the packed bytes stop in the middle',
    bytes: () => {
      const packed = new Uint8Array(deflateRawSync(logOf(500, 'k')));
      return zip([{ name: 'other.log', data: logOf(500, 'k'), packed: packed.subarray(0, packed.length >> 1) }, good]);
    },
    expect: {
      read: [kept],
      mayRead: [['other.log', null]],
      problems: [['*', `${damaged}|archive.size`]],
      mayProblems: [damaged, 'archive.size', 'archive.checksum'],
    },
  },
  {
    id: 'packed-followed',
    what: 'something stands between the end of the packed stream and the end of the entry',
    bytes: () => {
      const data = logOf(6, 'f');
      return zip([{ name: 'other.log', data, packed: pack(new Uint8Array(deflateRawSync(data)), new Uint8Array(5000)) }, good]);
    },
    expect: { read: [kept, ['other.log', 6]], mayProblems: [damaged, 'archive.size'] },
  },
  unknownMethod('unknown', 200, { problems: [['*', 'archive.method']] }),
  unknownMethod('shrunk', 1),
  unknownMethod('imploded', 6),
  unknownMethod('deflate64', 9),
  unknownMethod('bzip2', 12),
  unknownMethod('lzma', 14),
  unknownMethod('zstd', 93),
  unknownMethod('ppmd', 98),
  {
    id: 'link',
    what: 'a symbolic link out of the archive',
    bytes: () => zip([link('out.log', '/etc/passwd'), good]),
    expect: { read: [kept], problems: [['*', 'archive.link']] },
  },
  {
    id: 'link-then-through',
    what: 'a link to a folder, and a file that would be written through it',
    bytes: () => zip([link('logs', '/tmp'), { name: 'logs/u.log', data: logOf(2, 'through') }, good]),
    expect: { read: [kept, ['logs/u.log', 2]], problems: [['*', 'archive.link']], mayProblems: ['archive.same_name'] },
  },
  {
    id: 'link-to-itself',
    what: 'a link whose target is a log text: still a link',
    bytes: () => zip([{ ...link('self.log', ''), data: logOf(4, 'self') }, good]),
    expect: { read: [kept], problems: [['*', 'archive.link']] },
  },
  {
    id: 'device-file',
    what: 'a named pipe and a device by their modes',
    bytes: () =>
      zip([
        { name: 'pipe', data: utf8(''), method: 0, ...unixMode(0o010644) },
        { name: 'disk', data: utf8(''), method: 0, ...unixMode(0o060644) },
        good,
      ]),
    expect: { read: [kept], mayProblems: ['archive.link', 'archive.unsafe_name'] },
  },
  {
    id: 'folder-with-content',
    what: 'a folder that has bytes',
    bytes: () => zip([{ name: 'a/', data: logOf(2, 'folder') }, good]),
    expect: { read: [kept], mayRead: [[/^a\/?/, 2]], mayProblems: ['archive.unsafe_name', 'archive.headers_disagree'] },
  },
  {
    id: 'overlap-same',
    what: 'two entries are the same bytes under one name',
    bytes: () => zip([good, { ...good, sharesWith: 0 }]),
    expect: {
      read: [],
      mayRead: [kept],
      problems: [['*', 'archive.overlap']],
      mayProblems: ['archive.same_name', 'archive.headers_disagree'],
    },
  },
  {
    id: 'overlap-other-name',
    what: 'a hundred names of the same bytes',
    bytes: () => zip([good, ...Array.from({ length: 99 }, (_, n) => ({ ...good, name: `n${n}.log`, sharesWith: 0 }))]),
    expect: {
      read: [],
      mayRead: [[/\.log$/, 3]],
      readAtMost: 1,
      problems: [['*', 'archive.overlap']],
      mayProblems: ['archive.headers_disagree'],
    },
  },
  {
    id: 'overlap-quoted',
    what: 'each entry quotes the next local header in a raw block and goes on with its bytes, as the known bombs do',
    bytes: () => quotedBomb(200),
    expect: {
      read: [],
      mayRead: [[/^\d+\.log$/, null]],
      readAtMost: 1,
      problems: [['*', 'archive.overlap']],
      mayProblems: ['archive.headers_disagree', 'archive.size', 'archive.checksum', damaged],
    },
  },
  {
    id: 'overlap-partly',
    what: 'an entry reaches into the next one',
    bytes: () => {
      const data = logOf(5, 'p');
      return zip([{ name: 'a.log', data, method: 0, both: { packedBytes: data.length + 40, bytes: data.length + 40 } }, good]);
    },
    expect: {
      read: [],
      mayRead: [kept, ['a.log', null]],
      readAtMost: 1,
      problems: [['*', 'archive.overlap']],
      mayProblems: ['archive.checksum', 'archive.size'],
    },
  },
  {
    id: 'overlap-directory',
    what: 'an entry reaches into the directory',
    bytes: () => {
      const data = logOf(5, 'p');
      return zip([good, { name: 'a.log', data, method: 0, both: { packedBytes: data.length + 40, bytes: data.length + 40 } }]);
    },
    expect: {
      read: [kept],
      mayRead: [['a.log', null]],
      problems: [['*', `archive.overlap|${damaged}`]],
      mayProblems: ['archive.checksum', 'archive.size'],
    },
  },
  {
    id: 'not-a-zip',
    what: 'a log that is called a zip',
    bytes: () => logOf(4, 'called'),
    expect: { read: [['', 4]], container: null },
  },
  {
    id: 'not-called-zip',
    what: 'a zip that is called a log',
    file: 'u_ex210303.log',
    bytes: () => zip([good]),
    expect: { read: [kept] },
  },
  {
    id: 'noise-called-zip',
    what: 'noise that is called a zip',
    bytes: () => new Uint8Array(5000).map((_, at) => (at * 7919) >> 3),
    expect: { read: [], container: 'any', mayProblems: [damaged] },
  },
];

/** After D. Fifield, "A better zip bomb" (2019): a local header is quoted by a raw deflate block of the entry before it. */
function quotedBomb(count) {
  const kernel = new Uint8Array(deflateRawSync(logOf(400, 'kernel')));
  const bytes = logOf(400, 'kernel').length;
  const entries = [];
  let packedBytes = kernel.length;
  let size = bytes;
  const heads = [];
  for (let n = count - 1; n >= 0; n--) {
    const name = utf8(`${n}.log`);
    const local = (packed, whole) =>
      pack(
        [4, 0x04034b50],
        [2, 20],
        [2, 0],
        [2, 8],
        [4, 0x52630000],
        [4, 0],
        [4, packed],
        [4, whole],
        [2, name.length],
        [2, 0],
        name,
      );
    const head = local(packedBytes, size);
    heads.unshift(head);
    entries.unshift({ name, packedBytes, size });
    packedBytes += 5 + head.length;
    size += head.length;
  }
  const pieces = [];
  let at = 0;
  for (const [n, head] of heads.entries()) {
    entries[n].at = at;
    const next = heads[n + 1];
    const quote = next === undefined ? new Uint8Array(0) : pack([1, 0], [2, next.length], [2, ~next.length & 0xffff]);
    pieces.push(head, quote);
    at += head.length + quote.length;
  }
  pieces.push(kernel);
  at += kernel.length;
  const directory = pack(
    ...entries.map((entry) =>
      pack(
        [4, 0x02014b50],
        [2, 20],
        [2, 20],
        [2, 0],
        [2, 8],
        [4, 0x52630000],
        [4, 0],
        [4, entry.packedBytes],
        [4, entry.size],
        [2, entry.name.length],
        [8, 0],
        [4, 0],
        [4, entry.at],
        entry.name,
      ),
    ),
  );
  return pack(
    ...pieces,
    directory,
    pack([4, 0x06054b50], [4, 0], [2, count], [2, count], [4, directory.length], [4, at], [2, 0]),
  );
}
