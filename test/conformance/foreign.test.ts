/** Rules and indicators that others published: what holds the words of attacks is never read as evidence of one. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { foreignOf } from '../../src/evidence/foreign.ts';
import { readHead } from '../../src/evidence/text-head.ts';
import { readers } from '../../src/read/index.ts';
import { evidenceFolder } from '../support/evidence.ts';

const folder = evidenceFolder();

function* filesBelow(at: string): Generator<string> {
  for (const entry of fs.readdirSync(at, { withFileTypes: true })) {
    const full = path.join(at, entry.name);
    if (entry.isDirectory()) yield* filesBelow(full);
    else if (entry.isFile()) yield full;
  }
}

/** How many are told, and which of the others hold a line that a reader would take for a row. */
function tell(set: string, wanted: RegExp): { readonly files: number; readonly told: number; readonly read: string[] } {
  let files = 0;
  let told = 0;
  const read: string[] = [];
  for (const file of filesBelow(path.join(folder!, set))) {
    if (!wanted.test(file)) continue;
    files++;
    const bytes = new Uint8Array(fs.readFileSync(file));
    const head = readHead(bytes.subarray(0, 64 << 10)).text;
    const name = path.relative(folder!, file).replaceAll('\\', '/');
    if (foreignOf(name, head, bytes.subarray(0, 64 << 10)) !== null) told++;
    else if (
      new TextDecoder()
        .decode(bytes)
        .split(/\r?\n/)
        .some((line) => readers.some((reader) => reader.claims(line, false) === 2))
    )
      read.push(name);
  }
  return { files, told, read };
}

test.skipIf(folder === null).each([
  ['sigma', /\.ya?ml$/, 0.99],
  ['yara', /\.yara?$/, 0.97],
  ['indicators', /\.(?:yar|ioc)$/, 0.95],
  ['indicators/stix2-oasis', /\.json$/, 0.95],
  ['indicators/mstic-exchange-march2021', /\.csv$/, 1],
  ['indicators/volexity', /\.csv$/, 0.8],
  ['indicators', /\.(?:csv|json|txt)$/, 0.5],
] as const)('%s %s', (set, wanted, share) => {
  const { files, told, read } = tell(set, wanted);
  expect(files).toBeGreaterThan(0);
  expect(told / files).toBeGreaterThanOrEqual(share);
  expect(read).toEqual([]);
});
