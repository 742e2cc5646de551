// Names that lead out of the archive, that no file can have, that two entries share, or that are written in another code.

import { logOf } from '../sample-log.mjs';
import { extraField, pack, utf8, zip } from '../zip-writer.mjs';
import { crc32 } from 'node:zlib';

const good = { name: 'good.log', data: logOf(3, 'good') };
const kept = ['good.log', 3];

/** One entry with a name that must be refused, beside a good one. */
const refused = (id, what, name, more = {}) => ({
  id: `name-${id}`,
  what,
  bytes: () => zip([{ name, data: logOf(2, id), ...more }, good]),
  expect: { read: [kept], problems: [['', 'archive.unsafe_name']] },
});

/** One entry with a name that is right. */
const accepted = (id, what, name, path, more = {}) => ({
  id: `name-${id}`,
  what,
  bytes: () => zip([{ name, data: logOf(2, id), ...more }, good]),
  expect: { read: [kept, [path, 2]] },
});

const iis = 'inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';

export const names = [
  {
    id: 'right-stored',
    what: 'nothing wrong, stored',
    bytes: () => zip([{ ...good, method: 0 }]),
    expect: { read: [kept] },
  },
  {
    id: 'right-deflated',
    what: 'nothing wrong, deflated, a folder entry before its file',
    bytes: () => zip([{ name: 'a/', method: 0 }, { name: 'a/b.log', data: logOf(4, 'b') }, good]),
    expect: { read: [kept, ['a/b.log', 4]] },
  },
  refused('parent', 'leads up', '../../evil.log'),
  refused('parent-inside', 'leads up in its middle', 'a/b/../../../evil.log'),
  refused('parent-harmless', 'leads up and down again: still no name of a file', 'a/../b/evil.log'),
  refused('parent-backslash', 'leads up with backslashes', '..\\..\\evil.log'),
  refused('parent-mixed', 'leads up with both separators', 'a\\../..\\evil.log'),
  refused('parent-last', 'is a parent', 'a/..'),
  refused('absolute', 'begins at the root', '/etc/evil.log'),
  refused('absolute-backslash', 'begins at the root with a backslash', '\\Windows\\evil.log'),
  refused('unc', 'another machine', '\\\\198.51.100.7\\share\\evil.log'),
  refused('unc-slashes', 'another machine with slashes', '//198.51.100.7/share/evil.log'),
  refused('nul', 'ends early for a C program', 'evil.log\0.txt'),
  refused('nul-first', 'is empty for a C program', '\0evil.log'),
  refused('device', 'a device of Windows', 'NUL.log'),
  refused('device-lower', 'a device in small letters', 'logs/com1'),
  refused('device-folder', 'a device as a folder', 'CON/evil.log'),
  refused('device-printer', 'a device with two endings', 'lpt9.tar.log'),
  refused('dots', 'a part of dots alone', 'a/.../evil.log'),
  refused('blanks', 'a part of blanks alone', 'a/  /evil.log'),
  refused('dots-and-blanks', 'a part of dots and blanks', 'a/. . /evil.log'),
  refused('empty', 'no name at all', ''),
  accepted('drive', 'a drive as a collector writes it', `C:/${iis}`, `C:/${iis}`),
  accepted('drive-escaped', 'a drive with its colon escaped', `uploads/auto/C%3A/${iis}`, `uploads/auto/C%3A/${iis}`),
  accepted('dot', 'begins at the folder it is in', `./C/${iis}`, `C/${iis}`),
  accepted('backslashes', 'separators of Windows', `C\\${iis.replaceAll('/', '\\')}`, `C/${iis}`),
  accepted('like-a-device', 'only looks like a device', 'console/null.log', 'console/null.log'),
  accepted('like-a-parent', 'begins with two dots', '..a/b...log', '..a/b...log'),
  accepted('utf8', 'letters beyond ASCII, flagged', 'Protokolle/Größe-漢字.log', 'Protokolle/Größe-漢字.log'),
  accepted(
    'cp437',
    'letters beyond ASCII, not flagged: code page 437',
    new Uint8Array(Buffer.from('4772949ee12e6c6f67', 'hex')),
    'Grö₧ß.log',
    { utf8: false },
  ),
  {
    id: 'name-bad-utf8',
    what: 'flagged as UTF-8 and none',
    bytes: () => zip([{ name: pack(utf8('a'), [2, 0xc1fe], utf8('.log')), data: logOf(2), utf8: true }, good]),
    expect: { read: [kept, [/^a.+\.log$/, 2]] },
  },
  {
    id: 'name-bad-utf8-hides-parent',
    what: 'an overlong UTF-8 slash and dots',
    bytes: () =>
      zip([{ name: pack(utf8('..'), [2, 0xafc0], utf8('..'), [2, 0xafc0], utf8('x.log')), data: logOf(2), utf8: true }, good]),
    expect: { read: [kept], mayRead: [[/x\.log$/, 2]], mayProblems: ['archive.unsafe_name'] },
  },
  {
    id: 'name-unicode-extra-parent',
    what: 'a good name, and a Unicode path field that leads up',
    bytes: () => {
      const name = utf8('fine.log');
      const extra = extraField(0x7075, pack([1, 1], [4, crc32(name)], utf8('../../evil.log')));
      return zip([{ name, data: logOf(2, 'u'), extra }, good]);
    },
    expect: { read: [kept], mayRead: [['fine.log', 2]], mayProblems: ['archive.unsafe_name', 'archive.headers_disagree'] },
  },
  {
    id: 'name-longest',
    what: '65,535 bytes of name, 32,767 folders deep',
    bytes: () => zip([{ name: `${'a/'.repeat(32_765)}x.log`, data: logOf(2, 'l') }, good]),
    expect: { read: [kept], mayRead: [[/^a\/.*x\.log$/, 2]], mayProblems: ['archive.unsafe_name', 'archive.limit'] },
  },
  {
    id: 'name-counted',
    what: 'three names that lead out are one problem with a count, and the first name is said',
    bytes: () => zip([{ name: '../first.log' }, { name: '../second.log' }, { name: '/third.log' }, good]),
    expect: { read: [kept], problems: [['', 'archive.unsafe_name', { count: 3, found: 'first.log' }]] },
  },
  {
    id: 'same-name',
    what: 'three entries of one name',
    bytes: () => zip([1, 2, 3].map((rows) => ({ name: 'u.log', data: logOf(rows, `${rows}`) }))),
    expect: {
      read: [
        ['u.log', 1],
        ['u.log (2)', 2],
        ['u.log (3)', 3],
      ],
      problems: [['*', 'archive.same_name']],
    },
  },
  {
    id: 'same-name-taken',
    what: 'two entries of one name, and one that has the name that the second would get',
    bytes: () =>
      zip([
        { name: 'u.log (2)', data: logOf(1, 'taken') },
        { name: 'u.log', data: logOf(2, 'first') },
        { name: 'u.log', data: logOf(3, 'second') },
      ]),
    expect: {
      read: [
        ['u.log', 2],
        ['u.log (2)', 1],
        [/^u\.log.* \(\d\)$/, 3],
      ],
      problems: [['*', 'archive.same_name']],
    },
  },
  {
    id: 'same-name-separators',
    what: 'one name written with two kinds of separators',
    bytes: () =>
      zip([
        { name: 'a/u.log', data: logOf(1, 'x') },
        { name: 'a\\u.log', data: logOf(2, 'y') },
        { name: './a//u.log', data: logOf(3, 'z') },
      ]),
    expect: {
      read: [
        ['a/u.log', 1],
        [/^a\/u\.log.+/, 2],
        [/^a\/u\.log.+/, 3],
      ],
      problems: [['*', 'archive.same_name']],
    },
  },
  {
    id: 'same-name-letter-case',
    what: 'two names that differ in letter case alone',
    bytes: () =>
      zip([
        { name: 'A.log', data: logOf(1, 'A') },
        { name: 'a.log', data: logOf(2, 'a') },
      ]),
    expect: {
      read: [
        ['A.log', 1],
        [/^a\.log/, 2],
      ],
      mayProblems: ['archive.same_name'],
    },
  },
  {
    id: 'file-and-folder',
    what: 'a file that is a folder to another entry',
    bytes: () =>
      zip([
        { name: 'a.log', data: logOf(1, 'f') },
        { name: 'a.log/b.log', data: logOf(2, 'd') },
      ]),
    expect: {
      read: [
        ['a.log', 1],
        ['a.log/b.log', 2],
      ],
      mayProblems: ['archive.same_name'],
    },
  },
  {
    id: 'same-name-through-nesting',
    what: 'an entry whose name is that of an entry of a nested archive',
    bytes: () => {
      const inner = zip([{ name: 'x.log', data: logOf(1, 'inner') }]);
      return zip([
        { name: 'inner.zip', data: inner },
        { name: 'inner.zip/x.log', data: logOf(2, 'outer') },
      ]);
    },
    expect: {
      read: [
        [/^inner\.zip\/x\.log/, 1],
        [/^inner\.zip\/x\.log/, 2],
      ],
      mayProblems: ['archive.same_name'],
    },
  },
  {
    id: 'same-name-10000',
    what: '10,000 entries of one name',
    bytes: () => zip(Array.from({ length: 10_000 }, (_, index) => ({ name: 'u.log', data: logOf(1, `${index}`), method: 0 }))),
    expect: { read: [], readCount: 10_000, mayRead: [[/^u\.log(?: \(\d+\))?$/, 1]], problems: [['*', 'archive.same_name']] },
  },
];
