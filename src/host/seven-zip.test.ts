import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Content, editHeader, noise, rawZip, rename, sevenZipWrites, storedCab } from '../../test/support/seven-zip.ts';
import { listed, listFailure, unpacked } from '../../test/support/seven-zip-read.ts';
import { nodePlatform } from './node-platform.ts';
import { runSevenZip } from './seven-zip-machine.ts';
import { sevenZipModule } from './seven-zip.ts';

let folder = '';
let number = 0;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seven-zip-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function kept(bytes: Uint8Array): string {
  const file = path.join(folder, `${number++}.bin`);
  fs.writeFileSync(file, bytes);
  return file;
}

const text = (value: Content | undefined): string =>
  typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('latin1');
const lines = Array.from({ length: 20_000 }, (_, i) => `2021-03-03 04:12:${i % 60} 192.0.2.${i % 200} GET /owa/ 200 ${i}\n`).join(
  '',
);

const files: Readonly<Record<string, Content>> = {
  'a.txt': 'hello\n',
  'empty.log': '',
  'folder/empty/x': { folder: true },
  'folder/logs/u_ex210303.log': lines,
  'folder/noise.bin': noise(300_000),
  link: { linkTo: 'a.txt' },
  'Ünïcode–日本😀/ß.txt': 'sharp',
  z: '',
};
const names = Object.keys(files).filter((name) => typeof files[name] === 'string' || files[name] instanceof Uint8Array);

const shapes: readonly { readonly name: string; readonly archive: string; readonly switches: readonly string[] }[] = [
  { name: 'a solid 7z', archive: 'a.7z', switches: ['-ms=on'] },
  { name: 'a 7z of single files', archive: 'a.7z', switches: ['-ms=off', '-m0=LZMA'] },
  { name: 'a stored 7z', archive: 'a.7z', switches: ['-mx0'] },
  { name: 'a 7z with PPMd', archive: 'a.7z', switches: ['-m0=PPMd'] },
  { name: 'a 7z with BZip2', archive: 'a.7z', switches: ['-m0=BZip2'] },
  { name: 'a zip with Deflate64', archive: 'a.zip', switches: ['-mm=Deflate64'] },
  { name: 'a zip with BZip2', archive: 'a.zip', switches: ['-mm=BZip2'] },
  { name: 'a zip with LZMA', archive: 'a.zip', switches: ['-mm=LZMA'] },
  { name: 'a zip with PPMd', archive: 'a.zip', switches: ['-mm=PPMd'] },
];

test.each(shapes)('lists and unpacks $name', async ({ archive, switches }) => {
  const file = kept(await sevenZipWrites(archive, files, switches));
  const listing = listed(file);
  expect(listing).toMatchObject({ format: archive === 'a.7z' ? '7z' : 'zip', truncated: false });
  expect(listing).not.toHaveProperty('damaged');
  const plain = listing.entries.filter(({ kind }) => kind === 'file');
  expect(plain.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  for (const { name, bytes, encrypted } of plain)
    expect([bytes, encrypted]).toEqual([text(files[name]).length === 0 ? 0 : Buffer.from(files[name] as string).length, false]);
  expect(
    listing.entries
      .filter(({ kind }) => kind === 'folder')
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['folder', 'folder/empty', 'folder/empty/x', 'folder/logs', 'Ünïcode–日本😀'].toSorted());
  expect(listing.entries.filter(({ kind }) => kind === 'link')).toEqual([
    { name: 'link', kind: 'link', bytes: 5, encrypted: false },
  ]);
  const { files: came, failure } = unpacked(file, null, listing.entries);
  expect(failure).toBeNull();
  expect(came.map(({ name }) => name)).toEqual(plain.map(({ name }) => name));
  for (const { name, bytes } of came) expect(bytes.equals(Buffer.from(files[name] as string))).toBe(true);
});

test('reads a cabinet', () => {
  const parts = [
    ['logs\\u_ex.log', lines],
    ['b.txt', 'hello'],
    ['empty', ''],
  ] as const;
  const file = kept(storedCab(parts));
  const listing = listed(file);
  expect(listing).toMatchObject({
    format: 'Cab',
    truncated: false,
    entries: [{ name: 'logs/u_ex.log' }, { bytes: 5 }, { bytes: 0 }],
  });
  const { files: came, failure } = unpacked(file, null, listing.entries);
  expect(failure).toBeNull();
  expect(came.map(({ bytes }) => bytes.toString())).toEqual(parts.map(([, content]) => content));
});

test('unpacks a zip entry with zstd', () => {
  const frame = [0x28, 0xb5, 0x2f, 0xfd, 0x20, 5, (5 << 3) | 1, 0, 0, ...Buffer.from('hello')];
  const file = kept(rawZip([{ name: 'z.log', packed: Uint8Array.from(frame), bytes: 5, crc: 0x3610a686, method: 93 }]));
  const listing = listed(file);
  expect(listing.entries).toEqual([{ name: 'z.log', kind: 'file', bytes: 5, encrypted: false }]);
  expect(unpacked(file, null, listing.entries)).toMatchObject({ failure: null, files: [{ bytes: Buffer.from('hello') }] });
});

/** What came, with a hash's worth of comparing done here: vitest looks at one byte after the other. */
const asText = (came: readonly { readonly name: string; readonly bytes: Buffer }[]): string[] =>
  came.map(({ name, bytes }) => `${name}: ${bytes.toString()}`);

test.each(['secret', '-p" *', 'пароль 😀 ß'])('opens what is encrypted only with the password (%s)', async (password) => {
  const secret = { 'one.log': lines, 'two.log': 'two' };
  const ascii = password.length < 10;
  const zips = [
    ['a.zip', ['-mem=ZipCrypto']],
    ['a.zip', ['-mem=AES256']],
  ] as const;
  for (const [archive, switches] of [['a.7z', []] as const, ...(ascii ? zips : [])]) {
    const file = kept(await sevenZipWrites(archive, secret, [...switches, `-p${password}`]));
    const { entries } = listed(file);
    expect(entries.map(({ name, encrypted }) => [name, encrypted])).toEqual([
      ['one.log', true],
      ['two.log', true],
    ]);
    for (const wrong of [null, '', 'wrong']) {
      const { files: came, failure } = unpacked(file, wrong, entries);
      expect(came).toEqual([]);
      expect(failure).toMatchObject({ code: 'EENCRYPTED', problem: 'archive.encrypted' });
    }
    const { files: came, failure } = unpacked(file, password, entries);
    expect(failure).toBeNull();
    expect(asText(came)).toEqual([`one.log: ${lines}`, 'two.log: two']);
  }
});

test('opens encrypted headers only with the password', async () => {
  const secret = {
    one: { 'one.log': lines },
    many: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}.log`, `${i}`])),
  };
  for (const some of [secret.one, secret.many]) {
    const file = kept(await sevenZipWrites('a.7z', some, ['-mhe=on', '-psecret']));
    for (const wrong of [null, '', 'wrong', 'Secret', 'x'.repeat(2000), 'nul\0'])
      expect(listFailure(file, wrong)).toMatchObject({ code: 'EENCRYPTED', problem: 'archive.encrypted' });
    const { files: came, failure } = unpacked(file, 'secret', listed(file, 'secret').entries);
    expect(failure).toBeNull();
    expect(asText(came).toSorted()).toEqual(
      Object.entries(some)
        .map(([name, content]) => `${name}: ${content}`)
        .toSorted(),
    );
  }
});

test('what is encrypted among other entries stops nothing once it is left out', async () => {
  for (const [archive, switches] of [
    ['a.7z', ['-ms=off']],
    ['a.7z', []],
    ['a.zip', []],
  ] as const) {
    const first = await sevenZipWrites(archive, { 'b.log': lines, 'd.log': 'open' }, switches);
    const closed = { 'a.log': 'closed 1', 'c.log': 'closed 2', 'e.log': 'closed 3' };
    const file = kept(await sevenZipWrites(archive, closed, ['-psecret', ...switches], first));
    const { entries } = listed(file);
    expect(entries.filter(({ encrypted }) => encrypted).map(({ name }) => name)).toEqual(['a.log', 'c.log', 'e.log']);
    expect(unpacked(file, null, entries).failure).toMatchObject({ code: 'EENCRYPTED' });
    const open = unpacked(
      file,
      null,
      entries.filter(({ encrypted }) => !encrypted),
    );
    expect(open.failure).toBeNull();
    expect(asText(open.files)).toEqual([`b.log: ${lines}`, 'd.log: open']);
    expect(unpacked(file, 'secret', entries)).toMatchObject({ failure: null, files: { length: 5 } });
  }
});

test('names are what they are, and none leads anywhere', async () => {
  const renamed: Readonly<Record<string, string>> = {
    'n01.txt': '../xtxt',
    'n02.txt': '/abs.tx',
    'n03.txt/b': '../../etc',
    'n04.txt': 'a\nb = c',
    'n05.txt-------------': 'x\n\nPath = q\nSize = 5',
    'n06.txt': 'c\x1b[2Jx\x01',
    n7: '..',
    'n08.txt': 'C:\\x\\yz',
    'n09.txt': '\u202egpj.xy',
    'n10.txt': '\ud800abcdef',
  };
  const before = Object.fromEntries(Object.keys(renamed).map((name) => [name.replace('/', '!'), `content of ${name}`]));
  const made = await sevenZipWrites('a.7z', { ...before, 'after.log': 'after' }, ['-mhc=off']);
  const file = kept(
    editHeader(made, (header) => {
      for (const [from, to] of Object.entries(renamed)) rename(header, from.replace('/', '!'), to);
    }),
  );
  const listing = listed(file);
  const of = (name: string) => listing.entries.find((entry) => entry.name === name);
  expect(listing.entries).toHaveLength(11);
  for (const name of ['../xtxt', '/abs.tx', '../../etc', '..', 'C:\\x\\yz', '\u202egpj.xy', 'a_b = c', 'x__Path = q_Size = 5'])
    expect(of(name)).toMatchObject({ kind: 'file' });
  expect(of('c_[2Jx\x01')).toMatchObject({ kind: 'other' });
  const { files: came, failure } = unpacked(file, null, listing.entries);
  expect(failure).toBeNull();
  const order = listing.entries.filter(({ kind }) => kind === 'file').map(({ name }) => name);
  expect(came.map(({ name }) => name)).toEqual(order);
  expect(came.find(({ name }) => name === '../xtxt')?.bytes.toString()).toBe('content of n01.txt');
  expect(came.find(({ name }) => name === '..')?.bytes.toString()).toBe('content of n7');
  expect(came.find(({ name }) => name === 'x__Path = q_Size = 5')?.bytes.toString()).toBe('content of n05.txt-------------');
  expect(came.find(({ name }) => name === 'after.log')?.bytes.toString()).toBe('after');
});

test('zip names in an old code page, comments that look like entries, and special files', () => {
  const fake = 'x\n\nPath = fake.log\nFolder = -\nSize = 7\n\n';
  const packed = Buffer.from('hello');
  const file = kept(
    rawZip(
      [
        { name: Uint8Array.from([0x47, 0x72, 0x81, 0xe1, 0x65]), packed, comment: fake },
        { name: 'Grüße', utf8: true, packed },
        { name: 'b\r\n\nPath = q', packed },
        { name: 'fifo', packed: Buffer.from(''), mode: 0o010644 },
        { name: 'device', packed, mode: 0o020644 },
        { name: 'link', packed, mode: 0o120777 },
        { name: '', packed },
        { name: 'folder/', packed: Buffer.from('') },
        { name: 'last', packed },
      ],
      `----------\n${fake}`,
    ),
  );
  const listing = listed(file);
  expect(listing.entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    'file Grüße',
    'file Grüße',
    'file b___Path = q',
    'other fifo',
    'other device',
    'link link',
    'file archive~',
    'folder folder',
    'file last',
  ]);
  const { files: came, failure } = unpacked(file, null, listing.entries);
  expect(failure).toBeNull();
  expect(came.map(({ bytes }) => bytes.toString())).toEqual(['hello', 'hello', 'hello', 'hello', 'hello']);
});

test('lists as many entries as it may and unpacks those', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 2000 }, (_, i) => [`d${i % 7}/f${i}.log`, `line of ${i}\n`.repeat(i % 5)]),
  );
  const file = kept(await sevenZipWrites('a.7z', many, []));
  const all = listed(file);
  expect([all.entries.length, all.truncated]).toEqual([2007, false]);
  expect([listed(file, null, 2007).truncated, listed(file, null, 2006).truncated]).toEqual([false, true]);
  const some = listed(file, null, 1500);
  expect([some.entries.length, some.truncated]).toEqual([1500, true]);
  for (const { entries } of [all, some]) {
    const { files: came, failure } = unpacked(file, null, entries);
    expect(failure).toBeNull();
    expect(came).toHaveLength(entries.filter(({ kind }) => kind === 'file').length);
    for (const { name, bytes } of came) expect(bytes.toString()).toBe(many[name]);
  }
});

test('a file that is cut off anywhere never gives a wrong byte', async () => {
  for (const [archive, switches] of [
    ['a.7z', []],
    ['a.7z', ['-ms=off']],
    ['a.zip', ['-mm=Deflate64']],
  ] as const) {
    const whole = await sevenZipWrites(
      archive,
      { 'a.log': lines.slice(0, 30_000), 'b.log': noise(3000), 'c.log': 'end' },
      switches,
    );
    for (let part = 0; part < 20; part++) {
      const file = kept(whole.subarray(0, Math.floor((whole.length * part) / 20)));
      expect(listFailure(file)).toMatchObject({ code: 'EDATA' });
    }
    const file = kept(whole.subarray(0, whole.length - 1));
    expect(listFailure(file) ?? listed(file)).toMatchObject(
      archive === 'a.7z' ? { code: 'EDATA', problem: 'archive.damaged' } : {},
    );
  }
});

test('sizes that are not true end the stream', () => {
  const packed = Buffer.from('hello world');
  for (const bytes of [10, 12, 5000, 0xffff_fffe]) {
    const file = kept(
      rawZip([
        { name: 'first', packed },
        { name: 'lies', packed, bytes },
        { name: 'last', packed },
      ]),
    );
    const listing = listed(file);
    const { files: came, failure } = unpacked(file, null, listing.entries);
    expect(came.map(({ name }) => name)).toEqual(['first']);
    expect(failure).toMatchObject({ code: 'EDATA' });
    const rest = unpacked(
      file,
      null,
      listing.entries.filter(({ name }) => name !== 'lies'),
    );
    expect(rest).toMatchObject({ failure: null, files: [{ name: 'first' }, { name: 'last' }] });
  }
});

test('a wrong checksum keeps back the last byte of the file, and its problem has a name', () => {
  const packed = Buffer.from('hello world');
  const file = kept(
    rawZip([
      { name: 'first', packed },
      { name: 'bent', packed, crc: 1 },
      { name: 'last', packed },
    ]),
  );
  const { files: came, begun, failure } = unpacked(file, null, listed(file).entries);
  expect([came.length, begun]).toEqual([1, packed.length - 1]);
  expect(failure).toEqual({ code: 'EDATA', problem: 'archive.checksum', message: 'bent: CRC Failed' });
});

test('a method that nobody knows is said', () => {
  const file = kept(rawZip([{ name: 'odd', packed: Buffer.from('x'), method: 77 }]));
  expect(unpacked(file, null, listed(file).entries)).toMatchObject({
    files: [],
    failure: { code: 'EDATA', problem: 'archive.method' },
  });
});

test('a dictionary that is too large is refused', async () => {
  const made = await sevenZipWrites('a.7z', { 'a.log': lines }, ['-m0=LZMA:d=1m', '-mhc=off']);
  const withDictionary = (bytes: number): string =>
    kept(
      editHeader(made, (header) => {
        const at = header.indexOf(Buffer.from([0x03, 0x01, 0x01, 0x05, 0x5d, 0x00, 0x00, 0x10, 0x00]));
        expect(at).toBeGreaterThan(0);
        header.writeUInt32LE(bytes, at + 5);
      }),
    );
  for (const [bytes, memory] of [
    [0x6000_0000, undefined],
    [0xf000_0000, undefined],
    [64 << 20, 48 << 20],
  ] as const) {
    const file = withDictionary(bytes);
    const { files: came, failure } = unpacked(file, null, listed(file).entries, memory);
    expect(came).toEqual([]);
    expect(failure).toMatchObject({ code: 'ELIMIT', problem: 'archive.limit' });
  }
  for (const [bytes, memory] of [
    [1 << 30, undefined],
    [64 << 20, 96 << 20],
  ] as const) {
    const file = withDictionary(bytes);
    expect(unpacked(file, null, listed(file).entries, memory).failure).toBeNull();
  }
});

test('what is no archive, no file, or not there', () => {
  expect(listFailure(kept(Buffer.from('#Software: IIS\n')))).toMatchObject({ code: 'EDATA', problem: 'archive.method' });
  expect(listFailure(kept(Buffer.from('')))).toMatchObject({ code: 'EDATA' });
  expect(listFailure(kept(Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1')))).toMatchObject({
    code: 'EDATA',
    problem: 'archive.damaged',
  });
  expect(listFailure(path.join(folder, 'nothing'))).toMatchObject({ code: 'ENOENT', problem: 'evidence.unreadable' });
  expect(listFailure(folder)).toMatchObject({ problem: 'evidence.unreadable' });
});

test('an archive that changed since it was listed gives nothing', async () => {
  const file = kept(await sevenZipWrites('a.7z', { 'a.log': 'one' }, []));
  const { entries } = listed(file);
  fs.writeFileSync(file, await sevenZipWrites('a.7z', { 'a.log': 'other' }, []));
  expect(unpacked(file, null, entries)).toMatchObject({ files: [], failure: { code: 'EDATA', problem: 'archive.damaged' } });
});

test('the machine has one file to read and nowhere to write', () => {
  const said: string[] = [];
  const run = (args: readonly string[]) =>
    runSevenZip(sevenZipModule(), args, {
      archiveBytes: 5,
      readArchive: (at, into) => {
        const part = Buffer.from('hello').subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      stdout: (bytes) => void said.push(Buffer.from(bytes).toString()),
      stderr: (bytes) => void said.push(Buffer.from(bytes).toString()),
      unpacked: null,
      mostMemoryBytes: 64 << 20,
    });
  expect(run(['h', '-scrcCRC32', '/archive'])).toEqual({ exitCode: 0, memoryRefused: false, trap: null });
  expect(said.join('')).toContain('3610A686');
  for (const args of [
    ['h', '/etc/hosts'],
    ['h', '../etc/hosts'],
    ['a', '/out/x.7z', '/archive'],
    ['a', '/tmp/x.7z', '/archive'],
    ['l', '@/etc/hosts'],
  ])
    expect(run(args).exitCode).not.toBe(0);
});

const debian = spawnSync('7z', ['i'], { encoding: 'utf8' });
if (debian.status !== 0) console.warn('skipped: no 7z here to compare the listing with');

test.skipIf(debian.status !== 0)('lists what the system’s 7-Zip lists', async () => {
  for (const { archive, switches } of shapes) {
    const file = kept(await sevenZipWrites(archive, files, switches));
    const theirs = spawnSync('7z', ['l', '-slt', '-ba', '-p', file], {
      encoding: 'utf8',
      env: { ...process.env, LANG: 'C.UTF-8' },
    }).stdout;
    const both = listed(file).entries.map(({ name, bytes }) => [name, bytes]);
    const wanted = theirs.split('\n\n').filter((block) => block.includes('Path = '));
    expect(wanted.map((block) => [/Path = (.*)/.exec(block)![1], Number(/^Size = (\d*)/m.exec(block)![1])])).toEqual(both);
  }
});

test('Node has it', () => {
  expect(nodePlatform.unarchiver).not.toBeNull();
});
