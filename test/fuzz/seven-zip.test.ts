/**
 * Mutated archives. Whatever is done to one, the outcome is a listing or a failure, and a file that came whole is one that was put
 * in. A fixed number of rounds from a fixed seed; AFTERPATCH_FUZZ_SECONDS and AFTERPATCH_FUZZ_SEED as for the readers.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { editHeader, noise, sevenZipWrites } from '../support/seven-zip.ts';
import { listed, listFailure, unpacked } from '../support/seven-zip-read.ts';

const seconds = Number(process.env['AFTERPATCH_FUZZ_SECONDS'] ?? 0);
const rounds = 40;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seven-zip-fuzz-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const log = '2021-03-03 04:12:11 192.0.2.7 GET /owa/ 200\n'.repeat(200);
const contents: Readonly<Record<string, string | Uint8Array>> = {
  'a.log': log,
  'b.log': log.slice(7),
  'c.bin': noise(3000),
  'd.log': 'end',
  e: '',
};
const originals = new Set(Object.values(contents).map((content) => Buffer.from(content).toString('latin1')));

const codes = new Set(['EDATA', 'EENCRYPTED', 'ELIMIT']);
/** Little, so that a mutation that asks for much is refused at once. */
const memory = 256 << 20;

const kinds: readonly {
  readonly name: string;
  readonly archive: string;
  readonly switches: readonly string[];
  readonly password?: string;
  readonly header?: true;
}[] = [
  { name: 'a solid 7z', archive: 'a.7z', switches: [] },
  { name: 'the header of a 7z, its checksums made right', archive: 'a.7z', switches: ['-mhc=off', '-ms=off'], header: true },
  { name: 'an encrypted 7z', archive: 'a.7z', switches: ['-mhe=on', '-psecret'], password: 'secret' },
  { name: 'a zip with Deflate64', archive: 'a.zip', switches: ['-mm=Deflate64'] },
  { name: 'a zip with PPMd', archive: 'a.zip', switches: ['-mm=PPMd'] },
];

test.each(kinds)(
  'survives mutations of $name',
  async ({ archive, switches, password = null, header }) => {
    const whole = await sevenZipWrites(archive, contents, switches);
    let state = Number(process.env['AFTERPATCH_FUZZ_SEED'] ?? 2021);
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const bend = (bytes: Buffer): void => {
      for (let changes = 1 + next(4); changes > 0; changes--) {
        const at = next(bytes.length);
        const how = next(4);
        if (how === 0) bytes[at]! ^= 1 << next(8);
        else if (how === 1) bytes[at] = next(256);
        else if (how === 2) bytes.fill(next(2) === 0 ? 0 : 255, at, Math.min(bytes.length, at + next(9)));
        else bytes.copyWithin(next(bytes.length), at, Math.min(bytes.length, at + next(40)));
      }
    };
    const file = path.join(folder, 'bent');
    const end = Date.now() + seconds * 1000;
    let opened = 0;
    let failed = 0;
    let wholeFiles = 0;
    for (let round = 0; round < (password === null ? rounds : rounds / 2) || Date.now() < end; round++) {
      let bytes = Buffer.from(whole);
      if (header === true) bytes = Buffer.from(editHeader(bytes, bend));
      else bend(bytes);
      // Half of the mutations of a zip near its end, where its directory is.
      if (archive === 'a.zip' && next(2) === 0) bend(bytes.subarray(-400));
      if (header !== true && next(8) === 0) bytes = bytes.subarray(0, next(bytes.length));
      fs.writeFileSync(file, bytes);
      const refused = listFailure(file, password);
      if (refused !== null) {
        failed++;
        expect(codes).toContain(refused.code);
        continue;
      }
      opened++;
      const { entries } = listed(file, password);
      const { files, failure } = unpacked(file, password, entries, memory);
      if (failure !== null) {
        failed++;
        expect(codes).toContain(failure.code);
      }
      for (const { name, bytes: came } of files) {
        wholeFiles++;
        expect([name, originals.has(came.toString('latin1'))]).toEqual([name, true]);
      }
    }
    // Otherwise it would have tried nothing.
    expect(Math.min(opened, failed, wholeFiles)).toBeGreaterThan(header === true || password !== null ? 0 : 5);
  },
  120_000 + seconds * 1000,
);
