/**
 * Mutated evidence for every reader. A fixed number of rounds from a fixed seed; for longer runs set AFTERPATCH_FUZZ_SECONDS, and
 * AFTERPATCH_FUZZ_SEED to begin elsewhere. What this finds becomes a case in the reader's own tests.
 */
import { expect, test } from 'vitest';
import { sha256Hex } from '../../src/core/hash.ts';
import { segment } from '../../src/evidence/pasted.ts';
import { readHead } from '../../src/evidence/text-head.ts';
import { readers } from '../../src/read/index.ts';
import { logForms } from '../support/log-forms.ts';
import { evtxChunk, evtxFile, simpleEvent } from '../support/evtx-writer.ts';
import { utf16 } from '../support/memory.ts';
import { readerSeeds } from '../support/reader-seeds.ts';
import { scanText } from '../support/scan.ts';

const seconds = Number(process.env['AFTERPATCH_FUZZ_SECONDS'] ?? 0);
const rounds = 250;

const scraps = [
  '\n',
  '\r',
  '\0',
  '"',
  '""',
  "'",
  ',',
  ';',
  ' ',
  '%',
  '%2',
  '\ufeff',
  '#',
  '#Fields: ',
  'S:EX=',
  'S:CMD=',
  ':',
  '-',
  '\t',
  'é',
  '😀',
  '2021-03-03',
  '9'.repeat(30),
  'a'.repeat(3000),
].map((text) => new TextEncoder().encode(text));

/** A small generator of our own (xorshift), so that a failure can be repeated anywhere. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const parts = [...bytes];
  for (let times = 1 + random(6); times > 0; times--) {
    const at = random(parts.length + 1);
    switch (random(6)) {
      case 0:
        parts.splice(at, 1 + random(40));
        break;
      case 1:
        parts.splice(at, 0, ...scraps[random(scraps.length)]!);
        break;
      case 2:
        parts[at] = random(256);
        break;
      case 3:
        parts.splice(at, 0, ...parts.slice(random(parts.length + 1), at));
        break;
      case 4:
        parts.length = at;
        break;
      default:
        if (at < parts.length) parts[at]! ^= 1 << random(8);
    }
    if (parts.length > 60_000) parts.length = 60_000;
  }
  return Uint8Array.from(parts, (byte) => byte ?? 0);
}

const binarySeeds: Readonly<Record<string, Uint8Array>> = {
  evtx: evtxFile([
    evtxChunk(
      [1, 2, 3].map((id) =>
        simpleEvent({ id, time: '2021-03-03T04:12:11.400Z', data: { CommandLine: 'cmd é', NewProcessName: 'b' } }),
      ),
    ),
    evtxChunk(
      [4, 5].map((id) =>
        simpleEvent({
          id,
          time: '2021-03-03T05:12:11.400Z',
          provider: 'MSExchange CmdletLogs',
          eventId: 1,
          data: ['Get-X', '-A b'],
        }),
      ),
      {
        unlisted: 1,
      },
    ),
  ]),
};

/** Binary kinds: bytes change where they stand, mostly where something is written; now and then a piece is moved or cut off. */
function mutateInPlace(start: Uint8Array, random: (below: number) => number): Uint8Array {
  const bytes = start.slice();
  const chunkAt = 4096 + 65_536 * random(2);
  for (let times = 1 + random(12); times > 0; times--) {
    const at = random(20) === 0 ? random(bytes.length) : chunkAt + random(2600);
    switch (random(4)) {
      case 0:
        bytes[at] = random(256);
        break;
      case 1:
        bytes[at]! ^= 1 << random(8);
        break;
      case 2:
        bytes.copyWithin(at, chunkAt + random(2600), chunkAt + random(2600) + 40);
        break;
      default:
        bytes.fill(random(3) === 0 ? 255 : 0, at, at + 1 + random(8));
    }
  }
  return random(8) === 0 ? bytes.subarray(0, random(bytes.length)).slice() : bytes;
}

test.each(readers.map((reader) => [reader.kind, reader] as const))('%s', (kind, reader) => {
  const seed = Number(process.env['AFTERPATCH_FUZZ_SEED'] ?? 20210302);
  const random = randomFrom(seed);
  const binary = binarySeeds[kind];
  const text = readerSeeds[kind] ?? logForms[kind]?.text;
  expect(binary ?? text, 'every reader has a seed').toBeDefined();
  const until = Date.now() + seconds * 1000;
  let slowestMs = 0;
  let rows = 0;
  for (let round = 0; round < rounds || Date.now() < until; round++) {
    const wide = random(4);
    const start = binary !== undefined ? binary : wide < 2 ? new TextEncoder().encode(text) : utf16(text!, wide === 3);
    const bytes = binary === undefined ? mutate(start, random) : mutateInPlace(start, random);
    const began = performance.now();
    const seen = scanText(reader, bytes, { blockBytes: 64 + 2 * random(2000) });
    let line = 0;
    let at = -1;
    // One line of console text can hold several records, and one line of JSON several documents.
    const loose = reader.blockBytes === null || reader.spansLines === true;
    for (const row of seen.rows) {
      expect(row.at).toBeGreaterThan(loose ? at - 1 : at);
      expect(row.at + row.raw.length).toBeLessThanOrEqual(bytes.length);
      expect(sha256Hex(row.raw)).toBe(sha256Hex(bytes.slice(row.at, row.at + row.raw.length)));
      if (binary === undefined) expect(row.line).toBeGreaterThan(loose ? line - 1 : line);
      at = row.at;
      if (binary === undefined) line = row.line;
    }
    expect(line).toBeLessThanOrEqual(Math.max(seen.lines, 1));
    for (const problem of seen.problems) expect(problem.at).toBeLessThanOrEqual(bytes.length);
    const head = readHead(binary === undefined ? bytes : new Uint8Array());
    const { parts } = segment(binary === undefined ? bytes : new Uint8Array(), head.encoding, head.lineEnd);
    for (const [i, part] of parts.entries()) {
      expect(part.at).toBeGreaterThanOrEqual(i === 0 ? 0 : parts[i - 1]!.end);
      expect(part.end).toBeGreaterThan(part.at);
    }
    rows += seen.rows.length;
    slowestMs = Math.max(slowestMs, performance.now() - began);
  }
  expect(rows).toBeGreaterThan(0);
  expect(slowestMs).toBeLessThan(5000);
});
