// Inputs that break readers: wrong paths, wrong encodings, torn and absurd files, odd names and trees. Each says which exit codes
// are right (0, 1, 2, 64; never 70, a bug) and which words the output must hold, letter case aside. Where there is an attack in the
// rest of the evidence (the base `session` of the forging corpus: entered, what decides is missing), it must still be found: exit 1.

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { iisFields, iisHeader, httpProxyFields } from '../../examples/log-writers.mjs';
import { createRandom } from '../../examples/random.mjs';
import { baseFiles } from '../forging/corpus.mjs';

const cannotTell = { exit: [2], says: [] };
const stillEntered = { exit: [1], says: ['MAIL01'] };
const iisPath = 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';
const header = iisHeader(Date.parse('2021-03-03T00:00:05Z'), iisFields.plain);
const row = (second, agent = 'Mozilla/5.0', date = '2021-03-03') =>
  `${date} 08:00:${`${second}`.padStart(2, '0')} 10.20.0.11 GET /owa/ - 443 - 192.0.2.14 ${agent} - 200 0 0 12`;
const log = (rows, end = '\r\n') => Buffer.from([...header, ...rows].join(end) + end, 'utf8');

function put(folder, path, bytes) {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, bytes);
}

/** One file in the place of an IIS log. */
const oneLog = (id, why, bytes, expect = cannotTell) => ({
  id,
  why,
  expect,
  write(folder) {
    put(folder, iisPath, bytes());
    return folder;
  },
});

/** The base `session`, every file changed by `change`, or one more file beside it. */
const entered = (id, why, { change, rename, extra, expect = stillEntered }) => ({
  id,
  why,
  expect,
  write(folder) {
    for (const file of baseFiles('session')) {
      const path = rename === undefined ? file.path : rename(file.path);
      put(folder, path, change === undefined ? file.bytes : change(file.bytes, file.path));
    }
    if (extra !== undefined && extra(folder) === false) return undefined;
    return folder;
  },
});

const utf16 = (bytes, bigEndian) => {
  const coded = Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le');
  return bigEndian ? coded.swap16() : coded;
};
const noise = (length) => {
  const random = createRandom('noise');
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at++) bytes[at] = random.next() & 255;
  return bytes;
};
const isProxy = (path) => path.includes('/HttpProxy/Ecp/');
/** Links need a right that Windows gives to few; the input is left out where it cannot be made. */
const link = (target, path, kind) => {
  try {
    symlinkSync(target, path, kind);
    return true;
  } catch {
    return false;
  }
};

export const hostileInputs = [
  {
    id: 'missing-path',
    why: 'wrong usage',
    expect: { exit: [64], says: ['no-such-folder'] },
    write: (folder) => join(folder, 'no-such-folder'),
  },
  {
    id: 'empty-folder',
    why: 'nothing was handed in; never "no evidence"',
    expect: { exit: [2, 64], says: [] },
    write: (folder) => folder,
  },
  {
    id: 'unknown-files-only',
    why: 'a picture, a document, an archive that is none',
    expect: cannotTell,
    write(folder) {
      put(folder, 'photo.png', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), noise(2000)]));
      put(folder, 'letter.pdf', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n', 'latin1'));
      put(folder, 'logs.zip', Buffer.concat([Buffer.from('504b0304', 'hex'), noise(500)]));
      return folder;
    },
  },
  oneLog('zero-bytes', 'an empty file', () => Buffer.alloc(0), { exit: [2], says: ['u_ex210303.log'] }),
  oneLog('random-bytes', 'a log by name alone', () => noise(300_000), { exit: [2], says: ['u_ex210303.log'] }),
  oneLog('header-only', 'a log in which nothing was written', () => log([])),
  oneLog(
    'no-header',
    'rows without a field list: what the columns mean is not known',
    () => Buffer.from(`${row(1)}\r\n${row(2)}\r\n`),
    {
      exit: [2],
      says: ['u_ex210303.log'],
    },
  ),
  oneLog('long-line', 'a line of 60 KB', () => log([row(1), row(2, 'A'.repeat(60_000)), row(3)])),
  oneLog('very-long-line', 'a line of 5 MB', () => log([row(1), row(2, 'A'.repeat(5_000_000)), row(3)])),
  oneLog('no-line-end-at-all', 'one line of 5 MB without an end', () => Buffer.alloc(5_000_000, 'x')),
  oneLog('torn-last-line', 'copied while it was written', () => log([row(1), row(2)]).subarray(0, -31), {
    exit: [2],
    says: ['u_ex210303.log'],
  }),
  oneLog('torn-in-a-letter', 'the cut goes through a letter of several bytes', () => {
    const bytes = log([row(1), row(2, 'Größe-漢字')]);
    return bytes.subarray(0, bytes.indexOf(Buffer.from('漢')) + 1);
  }),
  oneLog('header-changes', 'the field list changes in mid-file, twice', () =>
    Buffer.concat([
      log([row(1)]),
      Buffer.from(`#Fields: date time cs-uri-stem sc-status\r\n2021-03-03 08:00:02 /owa/ 200\r\n`),
      log([row(3)]),
      Buffer.from('#Fields:\r\n#Fields: \r\n2021-03-03 08:00:04 /owa/ 200\r\n'),
    ]),
  ),
  oneLog('absurd-dates', 'years 0001 and 9999, months and days that are none, words', () =>
    log([
      row(1, 'a', '0001-01-01'),
      row(2, 'a', '9999-12-31'),
      row(3, 'a', '2021-13-45'),
      row(4, 'a', '2021-02-30'),
      row(5, 'a', 'yesterday!'),
      row(99),
      row(6, 'a', '-271821-04-20'),
      row(7),
    ]),
  ),
  oneLog('windows-1252', 'umlauts in one byte each', () => Buffer.from(log([row(1, 'Grüße/1.0')]).toString('utf8'), 'latin1')),
  oneLog('quote-never-closes', 'a quote that opens and is never closed', () => log([row(1, '"abc'), row(2), row(3)])),

  entered('utf8-with-mark', 'a byte order mark in front of every file', {
    change: (bytes) => Buffer.concat([Buffer.from('efbbbf', 'hex'), bytes]),
  }),
  entered('utf16-little-endian', 'saved as "Unicode" by an editor', { change: (bytes) => utf16(bytes, false) }),
  entered('utf16-big-endian', 'the other byte order', { change: (bytes) => utf16(bytes, true) }),
  entered('carriage-returns-only', 'line ends of an old Macintosh', {
    change: (bytes) => Buffer.from(bytes.toString().replaceAll('\r\n', '\r')),
  }),
  entered('line-feeds-only', 'copied through a tool that changes line ends', {
    change: (bytes) => Buffer.from(bytes.toString().replaceAll('\r\n', '\n')),
  }),
  entered('zero-bytes-at-end', 'the unwritten tail of a file after a power cut', {
    change: (bytes) => Buffer.concat([bytes, Buffer.alloc(70_000)]),
  }),
  entered('zero-bytes-between-rows', 'holes of NUL bytes in mid-file', {
    change: (bytes) => Buffer.from(bytes.toString().replaceAll('\r\n2021', `\r\n${'\0'.repeat(300)}\r\n2021`)),
  }),
  entered('ten-thousand-columns', 'one HttpProxy row with 10,000 columns in front of the others', {
    change: (bytes, path) =>
      isProxy(path)
        ? Buffer.from(bytes.toString().replace('\r\n2021', `\r\n2021-03-03T00:00:09.000Z${',x'.repeat(10_000)}\r\n2021`))
        : bytes,
  }),
  entered('quote-never-closes-proxy', 'a CSV quote in an early row that is never closed must not swallow the rest', {
    change: (bytes, path) =>
      isProxy(path)
        ? Buffer.from(bytes.toString().replace('\r\n2021', '\r\n2021-03-03T00:00:09.000Z,"never closed,15,1\r\n2021'))
        : bytes,
  }),
  entered('bare-field-list', 'the field list without #Fields in front, after and instead of the header block', {
    change: (bytes, path) => {
      if (!isProxy(path)) return bytes;
      const list = httpProxyFields.join(',');
      return Buffer.from(`${list}\r\n${bytes.toString().replace(`#Fields: ${list}\r\n`, `#Fields: ${list}\r\n${list}\r\n`)}`);
    },
  }),
  entered('loop-of-links', 'a link to the folder above it', {
    extra: (folder) =>
      link(folder, join(folder, 'C', 'again'), 'dir') &&
      link('b', join(folder, 'a'), 'file') &&
      link('a', join(folder, 'b'), 'file'),
  }),
  entered('link-out-of-the-tree', 'a link to a file that was not handed in: not followed, and said', {
    extra: (folder) => {
      const outside = join(dirname(folder), `${basename(folder)}-outside`);
      put(outside, 'u_ex210302.log', log([row(1, 'OUTSIDE-THE-TREE')]));
      return link(join(outside, 'u_ex210302.log'), join(folder, 'u_ex210302.log'), 'file');
    },
    expect: { ...stillEntered, saysNot: ['OUTSIDE-THE-TREE'] },
  }),
  entered('unreadable-file', 'no right to read one file; whoever is root can read it all the same', {
    extra: (folder) => {
      put(folder, 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210302.log', log([row(1)]));
      chmodSync(join(folder, 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210302.log'), 0);
    },
  }),
  entered('odd-folder-names', 'a line end, an escape sequence, an emoji and a leading dash in folder names', {
    rename: (path) => join('-rf', 'mail\nserver \u001b[31mred', '\u{1f4ec} $(id) `id` %PATH% <b>', path),
  }),
  entered('long-names', 'a folder name of 200 letters', { rename: (path) => join('n'.repeat(200), path) }),
  entered('renamed-logs', 'the names say nothing; the headers do', {
    rename: (path) => `-${path.replaceAll(/[^A-Za-z0-9]+/g, '_')} (1).txt`,
  }),
  entered('deep-nesting', 'sixty folders deep', {
    rename: (path) => join(...Array.from({ length: 60 }, (_, depth) => `d${depth}`), path),
  }),
  entered('thousands-of-files', 'thousands of small logs beside the ones that count', {
    extra: (folder) => {
      for (let i = 0; i < (process.env['AFTERPATCH_SOAK'] === '1' ? 10_000 : 2_000); i++)
        put(folder, `many/${i % 100}/u_ex210303_${i}.log`, log([row(i % 60)]));
    },
  }),
  entered('same-files-twice', 'the same collection in two folders is not two intrusions', {
    extra: (folder) => {
      for (const file of baseFiles('session')) put(folder, join('copy of MAIL01', file.path), file.bytes);
    },
  }),
];
