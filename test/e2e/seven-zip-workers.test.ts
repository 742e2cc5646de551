/** Archives in workers of their own: the compiled program, because Node 20 cannot start a worker from TypeScript. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ForwardStream, ListedEntry } from '../../src/core/platform.ts';
import { Problems } from '../../src/core/problem.ts';
import type * as Archives from '../../src/evidence/archive/index.ts';
import type * as Node from '../../src/host/node-platform.ts';
import type * as source from '../../src/host/seven-zip.ts';
import { editHeader, noise, sevenZipWrites } from '../support/seven-zip.ts';

const built = new URL('../../dist/host/seven-zip.js', import.meta.url);
const there = fs.existsSync(built);
if (!there) console.warn('skipped: the program is not compiled (npm run build)');

/** 6 MiB, more than the ring between the threads holds. */
const large = noise(6 << 20);
const contents: Readonly<Record<string, string | Uint8Array>> = {
  'a.log': 'first\n',
  'b.bin': large,
  'empty.log': '',
  'z.log': 'last\n',
};

let folder = '';
let plain = '';
let locked = '';
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seven-zip-'));
  plain = path.join(folder, 'plain.7z');
  fs.writeFileSync(plain, await sevenZipWrites('a.7z', contents, ['-mx1']));
  locked = path.join(folder, 'locked.7z');
  fs.writeFileSync(locked, await sevenZipWrites('a.7z', { 'a.log': 'secret' }, ['-mhe=on', '-ppass']));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function take(stream: ForwardStream, entry: ListedEntry, step: number): Buffer {
  const all = Buffer.alloc(entry.bytes);
  for (let at = 0; at < all.length;) {
    const got = stream.read(all.subarray(at, at + step));
    if (got === 0) throw new Error(`the stream ended in ${entry.name}`);
    at += got;
  }
  return all;
}

// Its FileError is the compiled one: another class of the same name.
const refusal = (code: string, problem: string): unknown => expect.objectContaining({ name: 'FileError', code, problem });

describe.skipIf(!there)('archives in workers', async () => {
  const library = there ? ((await import(built.href)) as typeof source) : null;
  const unarchiver = (limits: Partial<source.SevenZipLimits> = {}) =>
    library!.sevenZip({ ...library!.sevenZipLimits, ...limits });

  test('gives every byte of every file, in steps of any size', async () => {
    for (const step of [1 << 24, 70_001]) {
      const it = unarchiver();
      const listing = await it.list(plain, null, 100);
      expect(listing.entries.map(({ name }) => name).toSorted()).toEqual(Object.keys(contents).toSorted());
      const stream = it.extract(plain, null, listing);
      for (const entry of listing.entries)
        expect(take(stream, entry, step).equals(Buffer.from(contents[entry.name]!))).toBe(true);
      expect([stream.read(new Uint8Array(9)), stream.read(new Uint8Array(9))]).toEqual([0, 0]);
      stream.close();
      stream.close();
    }
  });

  test('reads two archives at once', async () => {
    const it = unarchiver();
    const [left, right] = await Promise.all([it.list(plain, null, 100), it.list(locked, 'pass', 100)]);
    const one = it.extract(plain, null, left);
    const two = it.extract(locked, 'pass', right);
    expect(take(two, right.entries[0]!, 3).toString()).toBe('secret');
    for (const entry of left.entries) expect(take(one, entry, 1 << 20).length).toBe(entry.bytes);
    one.close();
    two.close();
  });

  test('refuses what has no password, is damaged, or is not there', async () => {
    const it = unarchiver();
    await expect(it.list(locked, null, 9)).rejects.toEqual(refusal('EENCRYPTED', 'archive.encrypted'));
    await expect(it.list(locked, 'wrong', 9)).rejects.toEqual(refusal('EENCRYPTED', 'archive.encrypted'));
    await expect(it.list(path.join(folder, 'none'), null, 9)).rejects.toEqual(refusal('ENOENT', 'evidence.unreadable'));
    const cut = path.join(folder, 'cut.7z');
    fs.writeFileSync(cut, fs.readFileSync(plain).subarray(0, 5000));
    await expect(it.list(cut, null, 9)).rejects.toEqual(refusal('EDATA', 'archive.damaged'));
  });

  test('a byte that was changed ends the stream in its file, for good', async () => {
    const bent = path.join(folder, 'bent.7z');
    const bytes = fs.readFileSync(plain);
    bytes[3 << 20]! ^= 1;
    fs.writeFileSync(bent, bytes);
    const it = unarchiver();
    const listing = await it.list(bent, null, 9);
    const stream = it.extract(bent, null, listing);
    let failed: unknown = null;
    const whole: string[] = [];
    try {
      for (const entry of listing.entries) {
        take(stream, entry, 1 << 20);
        whole.push(entry.name);
      }
    } catch (error) {
      failed = error;
    }
    expect(failed).toMatchObject({ name: 'FileError', code: 'EDATA' });
    expect(whole).not.toContain('b.bin');
    expect(() => stream.read(new Uint8Array(9))).toThrow(failed);
    stream.close();
  });

  test('time and memory have bounds', async () => {
    await expect(unarchiver({ listMs: 1 }).list(plain, null, 9)).rejects.toEqual(refusal('ELIMIT', 'archive.limit'));
    const listing = await unarchiver().list(plain, null, 9);
    const tight = unarchiver({ memoryBytes: 17 << 20 });
    const dictionary = path.join(folder, 'dictionary.7z');
    const made = await sevenZipWrites('a.7z', { 'a.log': 'first\n' }, ['-m0=LZMA:d=1m', '-mhc=off']);
    fs.writeFileSync(
      dictionary,
      editHeader(
        made,
        (header) => void header.writeUInt32LE(64 << 20, header.indexOf(Buffer.from([0x03, 0x01, 0x01, 0x05, 0x5d])) + 5),
      ),
    );
    const wide = await tight.list(dictionary, null, 9);
    const stream = tight.extract(dictionary, null, wide);
    expect(() => stream.read(new Uint8Array(9))).toThrow(refusal('ELIMIT', 'archive.limit'));
    stream.close();
    const slow = unarchiver({ silenceMs: 1 }).extract(plain, null, listing);
    expect(() => slow.read(new Uint8Array(9))).toThrow(refusal('ELIMIT', 'archive.limit'));
    slow.close();
  });

  test('nothing is left running, and an open stream keeps no process from ending', () => {
    const script = `
      const { sevenZip } = await import(${JSON.stringify(built.href)});
      const it = sevenZip();
      const listing = await it.list(${JSON.stringify(plain)}, null, 9);
      const stream = it.extract(${JSON.stringify(plain)}, null, listing);
      console.log(stream.read(new Uint8Array(1)));
      if (process.argv[2] === 'close') stream.close();
    `;
    for (const how of ['close', 'leave']) {
      const { status, stdout, stderr, signal } = spawnSync(
        process.execPath,
        ['--input-type=module', '-e', script, '--', how, how],
        {
          encoding: 'utf8',
          timeout: 50_000,
        },
      );
      expect({ status, stdout, stderr, signal }).toEqual({ status: 0, stdout: '1\n', stderr: '', signal: null });
    }
  });

  test('of several passwords the right one is found, and not one that only gives noise', async () => {
    const archives = (await import(new URL('../evidence/archive/index.js', built).href)) as typeof Archives;
    const { nodePlatform } = (await import(new URL('node-platform.js', built).href)) as typeof Node;
    const stored = path.join(folder, 'stored.7z');
    fs.writeFileSync(
      stored,
      await sevenZipWrites('a.7z', { 'a.log': 'the secret\n'.repeat(100), 'b.log': 'b' }, ['-mx0', '-pright']),
    );
    const openWith = async (passwords: readonly string[]): Promise<string> => {
      const shelf = new archives.ArchiveShelf(nodePlatform, archives.archiveLimits, passwords);
      const problems = new Problems();
      const place = { open: () => nodePlatform.files.open(stored), name: 'stored.7z', file: stored, marked: true };
      try {
        const { entries } = await archives.openArchive('7z', place, shelf, problems);
        const [first] = [...entries];
        const bytes = Buffer.alloc(first!.bytes);
        archives.readFully(first!.open!(), 0, bytes);
        expect(problems.list()).toEqual([]);
        return bytes.toString();
      } finally {
        shelf.close();
      }
    };
    expect(await openWith(['wrong', 'right', 'other'])).toBe('the secret\n'.repeat(100));
    // No password fits: the names are in clear and listed, and nothing of the files is given.
    const shelf = new archives.ArchiveShelf(nodePlatform, archives.archiveLimits, ['wrong']);
    const place = { open: () => nodePlatform.files.open(stored), name: 'stored.7z', file: stored, marked: true };
    const { entries } = await archives.openArchive('7z', place, shelf, new Problems());
    expect([...entries].map(({ name, open, problems }) => [name, open, problems.map(({ code }) => code)])).toEqual([
      ['a.log', null, ['archive.encrypted']],
      ['b.log', null, ['archive.encrypted']],
    ]);
    shelf.close();
  });

  test('nothing is written beside the archive', () => {
    expect(fs.readdirSync(folder).toSorted()).toEqual([
      'bent.7z',
      'cut.7z',
      'dictionary.7z',
      'locked.7z',
      'plain.7z',
      'stored.7z',
    ]);
  });
});
