// Tars: names, links, devices, sizes that are none, headers of every dialect.

import { logOf } from '../sample-log.mjs';
import { base256, gnuLongName, paxHeader, paxRecord, tar, tarEntry } from '../tar-writer.mjs';

const damaged = 'archive.damaged';
const good = { name: 'good.log', data: logOf(3, 'good') };
const kept = ['good.log', 3];
const first = { name: 'first.log', data: logOf(2, 'first') };
const firstKept = ['first.log', 2];
const longPath = `C/Program Files/Microsoft/Exchange Server/V15/Logging/${'HttpProxy/'.repeat(20)}x.log`;

const one = (id, what, parts, expect, options) => ({
  id: `tar-${id}`,
  what,
  file: 'case.tar',
  bytes: () => tar(parts(), options),
  expect: { container: 'tar', ...expect },
});
const refused = (id, what, part) =>
  one(`name-${id}`, what, () => [first, ...(Array.isArray(part) ? part : [part]), good], {
    read: [firstKept, kept],
    problems: [['', 'archive.unsafe_name']],
  });
const evil = { data: logOf(2, 'evil') };
const pax = (records) => paxHeader(records);

export const tars = [
  one(
    'right',
    'three files and a folder',
    () => [{ name: 'a/', type: '5' }, { name: './a/b.log', data: logOf(4, 'b') }, first, good],
    {
      read: [['a/b.log', 4], firstKept, kept],
    },
  ),
  one(
    'v7',
    'a tar from before there was a standard',
    () => [
      { ...first, magic: 'v7' },
      { ...good, magic: 'v7' },
    ],
    { read: [firstKept, kept] },
  ),
  one(
    'gnu',
    'a tar of GNU with a long name',
    () => [gnuLongName(longPath), { name: longPath.slice(0, 99), magic: 'gnu', data: logOf(4) }, good],
    {
      read: [[longPath, 4], kept],
    },
  ),
  one('pax', 'a name of pax', () => [pax({ path: longPath, mtime: '1614758400.5' }), { name: 'short', data: logOf(4) }, good], {
    read: [[longPath, 4], kept],
  }),
  one('prefix', 'a name in two fields', () => [{ name: 'x.log', prefix: 'C/inetpub/logs', data: logOf(4) }], {
    read: [['C/inetpub/logs/x.log', 4]],
  }),
  one(
    'drives',
    'drives as collectors write them',
    () => [
      { name: 'fs/c:/inetpub/logs/LogFiles/W3SVC1/u_ex1.log', data: logOf(4) },
      { name: '$fs$/c:/inetpub/logs/LogFiles/W3SVC1/u_ex2.log', data: logOf(5, 'x') },
    ],
    {
      read: [
        ['fs/c:/inetpub/logs/LogFiles/W3SVC1/u_ex1.log', 4],
        ['$fs$/c:/inetpub/logs/LogFiles/W3SVC1/u_ex2.log', 5],
      ],
    },
  ),
  refused('parent', 'leads up', { name: '../../evil.log', ...evil }),
  refused('absolute', 'begins at the root', { name: '/etc/evil.log', ...evil }),
  refused('prefix-parent', 'leads up in its prefix', { name: 'evil.log', prefix: 'a/../..', ...evil }),
  refused('pax-parent', 'a pax name leads up', [pax({ path: '../evil.log' }), { name: 'fine.log', ...evil }]),
  refused('pax-nul', 'a pax name holds a NUL', [pax({ path: 'evil.log\0.txt' }), { name: 'fine.log', ...evil }]),
  refused('gnu-parent', 'a long name leads up', [
    gnuLongName(`../${'a/'.repeat(60)}evil.log`),
    { name: 'fine.log', magic: 'gnu', ...evil },
  ]),
  refused('device', 'a device of Windows', { name: 'aux.log', ...evil }),
  refused('backslash', 'leads up with backslashes', { name: '..\\evil.log', ...evil }),
  refused('empty', 'no name', { name: '', ...evil }),
  one(
    'links',
    'a symbolic and a hard link',
    () => [{ name: 'out.log', type: '2', link: '/etc/passwd' }, { name: 'again.log', type: '1', link: 'good.log' }, good],
    { read: [kept], problems: [['*', 'archive.link']] },
  ),
  one(
    'link-then-through',
    'a link to a folder, and a file that would be written through it',
    () => [{ name: 'logs', type: '2', link: '/tmp' }, { name: 'logs/u.log', data: logOf(2, 'through') }, good],
    { read: [['logs/u.log', 2], kept], problems: [['*', 'archive.link']] },
  ),
  one(
    'link-with-size',
    'a hard link that says that it has bytes',
    () => [{ name: 'again.log', type: '1', link: 'good.log', size: 1024, data: new Uint8Array(0) }, good],
    { read: [], mayRead: [kept], problems: [['*', 'archive.link']], mayProblems: [damaged] },
  ),
  one(
    'devices',
    'devices and a named pipe',
    () => [{ name: 'disk', type: '4' }, { name: 'tty', type: '3' }, { name: 'pipe', type: '6' }, good],
    { read: [kept], mayProblems: ['archive.link', 'archive.unsafe_name', 'archive.method'] },
  ),
  one('unknown-type', 'an entry of a kind that nobody knows', () => [{ name: 'odd', type: 'Q', data: logOf(1, 'odd') }, good], {
    read: [kept],
    mayRead: [['odd', 1]],
    mayProblems: ['archive.method', damaged, 'archive.link'],
  }),
  one(
    'same-name',
    'a name three times, as appended tars have it',
    () => [1, 2, 3].map((rows) => ({ name: 'u.log', data: logOf(rows, `${rows}`) })),
    {
      read: [
        ['u.log', 1],
        ['u.log (2)', 2],
        ['u.log (3)', 3],
      ],
      problems: [['*', 'archive.same_name']],
    },
  ),
  one('checksum', 'the second header does not fit its sum', () => [first, { ...good, checksumField: Buffer.from('000000\0 ') }], {
    read: [firstKept],
    mayRead: [kept],
    problems: [['*', `${damaged}|archive.checksum`]],
  }),
  one(
    'checksum-signed',
    'a sum over signed bytes, as some old programs made it',
    () => {
      const name = 'größe.log';
      const whole = Buffer.from(tarEntry({ name, data: logOf(2, 's') }));
      let sum = 0;
      for (let at = 0; at < 512; at++) sum += at >= 148 && at < 156 ? 32 : whole.readInt8(at);
      whole.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
      return [first, new Uint8Array(whole), good];
    },
    { read: [firstKept, kept, ['größe.log', 2]] },
  ),
  one('size-negative', 'a size below nothing', () => [first, { ...good, sizeField: base256(-512n) }], {
    read: [firstKept],
    problems: [['*', damaged]],
  }),
  one(
    'size-negative-octal',
    'a size below nothing, in digits',
    () => [first, { ...good, sizeField: Buffer.from('-0000001000\0') }],
    {
      read: [firstKept],
      mayRead: [kept],
      problems: [['*', damaged]],
    },
  ),
  one('size-huge', 'a size of 2^90', () => [first, { ...good, sizeField: base256(1n << 90n) }], {
    read: [firstKept],
    mayRead: [['good.log', null]],
    problems: [['*', `${damaged}|archive.limit|archive.size`]],
    mayProblems: ['archive.size', damaged],
  }),
  one('size-8-gib', 'a size of 8 GiB, and a few bytes', () => [first, { ...good, sizeField: Buffer.from('77777777777\0') }], {
    read: [firstKept],
    mayRead: [['good.log', null]],
    problems: [['*', `${damaged}|archive.limit|archive.size`]],
    mayProblems: ['archive.size', damaged],
  }),
  one('size-no-number', 'a size that is no number', () => [first, { ...good, sizeField: Buffer.from('hello world\0') }], {
    read: [firstKept],
    mayRead: [kept],
    problems: [['*', damaged]],
  }),
  one(
    'size-base256',
    'a size written in bytes: right',
    () => [{ ...good, sizeField: base256(BigInt(good.data.length)), magic: 'gnu' }, first],
    {
      read: [kept, firstKept],
    },
  ),
  one(
    'pax-size',
    'a pax size is the size',
    () => [pax({ size: `${good.data.length}` }), { ...good, sizeField: Buffer.from('00000000000\0') }, first],
    {
      read: [kept, firstKept],
    },
  ),
  one('pax-size-huge', 'a pax size of many digits', () => [first, pax({ size: '9'.repeat(400) }), good], {
    read: [firstKept],
    mayRead: [['good.log', null]],
    readOr: damaged,
    mayProblems: ['archive.size', 'archive.limit'],
  }),
  one('pax-size-negative', 'a pax size below nothing', () => [first, pax({ size: '-512' }), good], {
    read: [firstKept],
    mayRead: [kept],
    mayProblems: [damaged],
  }),
  one(
    'pax-length-zero',
    'a pax record of no length: it must not be read for ever',
    () => [first, paxHeader(Buffer.from('0 path=x\n')), good],
    {
      read: [firstKept, kept],
      mayProblems: [damaged],
    },
  ),
  one(
    'pax-length-too-long',
    'a pax record that is longer than its header',
    () => [first, paxHeader(Buffer.from('999999 path=x\n')), good],
    {
      read: [firstKept, kept],
      mayProblems: [damaged],
    },
  ),
  one(
    'pax-no-number',
    'a pax record whose length is no number',
    () => [first, paxHeader(Buffer.from('12x path=evil\n path\n\n')), good],
    {
      read: [firstKept, kept],
      mayProblems: [damaged],
    },
  ),
  one(
    'pax-global',
    'a global pax header that gives all files one name',
    () => [paxHeader({ path: 'all.log', comment: 'x' }, 'g'), first, good],
    {
      read: [],
      mayRead: [firstKept, kept, ['all.log', 2], ['all.log', 3], ['all.log (2)', 3]],
      readAtLeast: 2,
      mayProblems: ['archive.same_name'],
    },
  ),
  one('pax-alone', 'a pax header that nothing follows', () => [good, pax({ path: 'never.log' })], {
    read: [kept],
    mayProblems: [damaged],
  }),
  one(
    'pax-for-pax',
    'forty pax headers for one file',
    () => [...Array.from({ length: 40 }, (_, n) => pax({ path: `n${n}.log` })), good],
    {
      read: [[/^n39\.log$|^good\.log$|^n0\.log$/, 3]],
      mayProblems: [damaged],
    },
  ),
  one(
    'pax-many-records',
    'a pax header of 100,000 records',
    () => {
      const record = paxRecord('comment', 'c');
      return [paxHeader(Buffer.concat(Array.from({ length: 100_000 }, () => record))), good];
    },
    { read: [], mayRead: [kept], mayProblems: [damaged, 'archive.limit'] },
  ),
  one(
    'gnu-name-huge',
    'a long name that says that it has 4 GiB',
    () => [first, { name: '././@LongLink', type: 'L', magic: 'gnu', sizeField: base256(1n << 32n) }, good],
    {
      read: [firstKept],
      problems: [['*', `${damaged}|archive.limit`]],
    },
  ),
  one(
    'sparse',
    'a sparse file of GNU: its bytes are not what they seem',
    () => [{ ...good, name: 'sparse.bin', type: 'S', magic: 'gnu' }, first],
    {
      read: [firstKept],
      mayRead: [['sparse.bin', 3]],
      mayProblems: ['archive.method', damaged, 'archive.size'],
    },
  ),
  one(
    'sparse-pax',
    'a sparse file of pax that says that it has 2^60 bytes',
    () => [
      pax({
        'GNU.sparse.major': '1',
        'GNU.sparse.minor': '0',
        'GNU.sparse.name': 'sparse.log',
        'GNU.sparse.realsize': `${1n << 60n}`,
      }),
      { name: 'GNUSparseFile.0/sparse.log', data: Buffer.concat([Buffer.from('1\n0\n1\n'.padEnd(512, '\0')), logOf(1)]) },
      first,
    ],
    {
      read: [firstKept],
      mayRead: [[/sparse\.log$/, 1]],
      mayProblems: ['archive.method', damaged, 'archive.size', 'archive.limit'],
    },
  ),
  one(
    'cut',
    'cut in its last file',
    () => [first, { name: 'last.log', data: logOf(100, 'last'), size: 900_000 }],
    {
      read: [firstKept],
      mayRead: [['last.log', null]],
      problems: [['*', `${damaged}|archive.size`]],
      mayProblems: ['archive.size', damaged],
    },
    { end: 0 },
  ),
  one('no-end', 'not closed with zeros', () => [first, good], { read: [firstKept, kept], mayProblems: [damaged] }, { end: 0 }),
  one('behind-the-end', 'files behind the zeros that close it', () => [first, new Uint8Array(1024), good], {
    read: [firstKept],
    mayRead: [kept],
    mayProblems: [damaged],
  }),
  one(
    'cut-in-header',
    'cut in its second header',
    () => [first, Buffer.from('good.log')],
    { read: [firstKept], mayProblems: [damaged] },
    { end: 0 },
  ),
  one('many-empty', '40,000 headers of empty files', () => Array.from({ length: 40_000 }, (_, n) => ({ name: `e${n}` })), {
    read: [],
  }),
];
