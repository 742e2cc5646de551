// 7z, written by Debian's 7z when the tests run; without it they are left out, and it is said.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { logOf } from '../sample-log.mjs';
import { pack, zip } from '../zip-writer.mjs';

/** Debian's 7z, or null. */
export const sevenZip = (() => {
  try {
    execFileSync('7z', ['i'], { stdio: 'ignore' });
    return '7z';
  } catch {
    return null;
  }
})();

/** @param args switches of 7z, such as `-pinfected` */
export function sevenZipOf(files, args = [], format = '7z') {
  const folder = mkdtempSync(join(tmpdir(), 'afterpatch-7z-'));
  try {
    const inside = join(folder, 'in');
    mkdirSync(inside);
    for (const { path, bytes } of files) {
      mkdirSync(dirname(join(inside, path)), { recursive: true });
      writeFileSync(join(inside, path), bytes);
    }
    const out = join(folder, 'out.archive');
    execFileSync(sevenZip, ['a', `-t${format}`, '-mx=1', '-bso0', '-bsp0', ...args, out, '.'], { cwd: inside, stdio: 'pipe' });
    return new Uint8Array(readFileSync(out));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const files = [
  { path: 'C/first.log', bytes: logOf(4, 'first') },
  { path: 'second.log', bytes: logOf(6, 'second') },
];
const all = [
  ['C/first.log', 4],
  ['second.log', 6],
];
const damaged = 'archive.damaged';
const encrypted = 'archive.encrypted';

const one = (id, what, bytes, expect, more = {}) => ({
  id: `7z-${id}`,
  what,
  file: 'case.7z',
  needs: '7z',
  bytes,
  expect: { container: '7z', ...expect },
  ...more,
});

/** A zip of 7z with a method of its own: read by a library, or said. */
const rareZip = (method) => ({
  id: `7z-zip-${method}`,
  what: `a zip packed with ${method}`,
  needs: '7z',
  bytes: () => sevenZipOf(files, [`-mm=${method}`], 'zip'),
  expect: { read: [], mayRead: all, readOr: 'archive.method' },
});

export const sevenZips = [
  one('right', 'two files in one block', () => sevenZipOf(files), { read: all }),
  one('stored', 'not packed at all', () => sevenZipOf(files, ['-mx=0']), { read: all }),
  one('infected', 'encrypted with "infected"', () => sevenZipOf(files, ['-pinfected']), { read: all }),
  one('infected-names', 'its names too', () => sevenZipOf(files, ['-pinfected', '-mhe=on']), { read: all }),
  one(
    'given',
    'encrypted with a password that is given',
    () => sevenZipOf(files, ['-pgeheim', '-mhe=on']),
    { read: all },
    { passwords: ['x', 'geheim'] },
  ),
  one('locked', 'encrypted, no password fits', () => sevenZipOf(files, ['-punknown']), {
    read: [],
    problems: [['*', encrypted]],
    notRead: all.map(([path]) => [path, /encrypted/]),
  }),
  one('locked-names', 'its names too', () => sevenZipOf(files, ['-punknown', '-mhe=on']), {
    read: [],
    problems: [['', encrypted]],
  }),
  one(
    'cut',
    'cut in half',
    () => {
      const bytes = sevenZipOf(files);
      return bytes.subarray(0, bytes.length >> 1);
    },
    { read: [], problems: [['', damaged]], container: 'any' },
  ),
  one(
    'bad-start',
    'its first header points far behind its end',
    () => {
      const bytes = sevenZipOf(files);
      bytes.set(pack([8, 1n << 40n], [8, 1n << 20n]), 12);
      return bytes;
    },
    { read: [], problems: [['', damaged]], container: 'any' },
  ),
  one(
    'packed-damaged',
    'a packed byte was changed',
    () => {
      const bytes = sevenZipOf(files);
      bytes[60] ^= 0xff;
      return bytes;
    },
    { read: [], mayRead: all.map(([path]) => [path, null]), problems: [['*', `${damaged}|archive.checksum`]], container: 'any' },
  ),
  one('signature-only', 'six bytes', () => pack([4, 0xafbc7a37], [2, 0x1c27]), {
    read: [],
    problems: [['', damaged]],
    container: 'any',
  }),
  one(
    'noise',
    'its signature and noise',
    () =>
      pack(
        [4, 0xafbc7a37],
        [2, 0x1c27],
        new Uint8Array(5000).map((_, at) => at * 31),
      ),
    {
      read: [],
      problems: [['', damaged]],
      container: 'any',
    },
  ),
  one(
    'in-zip',
    'in a zip',
    () => zip([{ name: 'in/inner.7z', data: sevenZipOf(files), method: 0 }]),
    {
      read: all.map(([path, rows]) => [`in/inner.7z/${path}`, rows]),
      container: 'zip',
    },
    { file: 'case.zip' },
  ),
  one('zip-inside', 'a zip in it', () => sevenZipOf([{ path: 'inner.zip', bytes: zip([{ name: 'x.log', data: logOf(3) }]) }]), {
    read: [['inner.zip/x.log', 3]],
  }),
  one(
    'bomb',
    '300 MiB of zeros',
    () => sevenZipOf([{ path: 'zeros.log', bytes: new Uint8Array(300 << 20) }, ...files]),
    {
      read: [],
      mayRead: all,
      problems: [['*', 'archive.limit']],
      container: 'any',
    },
    { child: true },
  ),
  rareZip('BZip2'),
  rareZip('LZMA'),
  rareZip('Deflate64'),
];
