/**
 * Mutated archives through the archive layer: zips, tars and gzips of the writers, one bent in its fields, another in its bytes, one put
 * into another. Whatever is done: every entry says what it is or why not, what can be opened gives no more bytes than it says, nothing
 * is thrown but a `FileError`, and the same bytes give the same answer twice. Seeds as for the readers.
 */
import { createHash } from 'node:crypto';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { FileError, type OpenSource } from '../../src/core/platform.ts';
import { Problems } from '../../src/core/problem.ts';
import { ArchiveShelf, archiveLimits, containerOf, entryPath, openArchive, readFully } from '../../src/evidence/archive/index.ts';
import { gnuLongName, paxHeader, tar, tarEntry } from '../archives/tar-writer.mjs';
import { zipCrypto } from '../archives/zip-crypto.mjs';
import { utf8, type WrittenEntry, zip } from '../archives/zip-writer.mjs';
import { memoryFiles, memoryPlatform, memorySource } from '../support/memory.ts';

const seconds = Number(process.env['AFTERPATCH_FUZZ_SECONDS'] ?? 0);
const rounds = 250;

type Random = (below: number) => number;
function randomFrom(seed: number): Random {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
const oneOf = <T>(random: Random, of: readonly T[]): T => of[random(of.length)]!;

const log = utf8('#Fields: date time cs-uri-stem\r\n2021-03-03 04:12:11 /owa/\r\n'.repeat(40));
const names = [
  'a.log',
  'a.log',
  'A.LOG',
  'x/',
  'x/y.log',
  '../z.log',
  '/etc/x',
  'C:\\inetpub\\x.log',
  'con',
  '\0.log',
  'é.log',
  '',
  '.',
  'a'.repeat(300),
];
/** Numbers that are as wrong as a field holds. */
const wrong = [0, 1, 7, 0xff, 0xffff, 0x10000, 0x7fffffff, 0xfffffffe, 0xffffffff];

const contentOf = (random: Random): Uint8Array => (random(3) === 0 ? log.subarray(0, random(200)) : log);

function fields(random: Random): Record<string, number> {
  const said: Record<string, number> = {};
  const known = [
    'flags',
    'method',
    'crc',
    'packedBytes',
    'bytes',
    'nameLength',
    'extraLength',
    'offset',
    'external',
    'version',
    'commentLength',
  ];
  for (let times = random(3); times > 0; times--)
    said[oneOf(random, known)] = random(2) === 0 ? oneOf(random, wrong) : random(300);
  return said;
}

/** With a password that is tried, or one that nobody knows. */
function locked(random: Random): WrittenEntry {
  const data = contentOf(random);
  const packed = random(2) === 0 ? data : new Uint8Array(deflateRawSync(data));
  const coded = zipCrypto(packed, oneOf(random, ['infected', 'secret', 'unknown']), crc32(data) >>> 24);
  return { name: oneOf(random, names), data, packed: coded, method: packed === data ? 0 : 8, both: { flags: 1 } };
}

function madeZip(random: Random): Uint8Array {
  const entries = Array.from({ length: 1 + random(5) }, (_, index): WrittenEntry => {
    if (random(6) === 0) return locked(random);
    const bent = random(3) === 0;
    return {
      name: oneOf(random, names),
      data: contentOf(random),
      method: oneOf(random, [0, 8, 8, 8, 9, 12, 99]),
      descriptor: oneOf(random, ['none', 'none', 'signed', 'unsigned']),
      ...(random(4) === 0 ? { zip64: true } : {}),
      ...(bent && random(2) === 0 ? { local: fields(random) } : {}),
      ...(bent ? { central: fields(random) } : {}),
      ...(index > 0 && random(6) === 0 ? { sharesWith: 0 } : {}),
      ...(random(8) === 0 ? { hidden: true } : {}),
    };
  });
  return zip(entries, {
    ...(random(6) === 0 ? { prefix: log.subarray(0, random(100)), adjusted: random(2) === 0 } : {}),
    ...(random(8) === 0 ? { suffix: log.subarray(0, random(100)) } : {}),
    ...(random(6) === 0 ? { zip64: true } : {}),
    ...(random(6) === 0 ? { noEnd: true } : {}),
    ...(random(6) === 0 ? { end: { [oneOf(random, ['entries', 'directoryBytes', 'directoryAt'])]: oneOf(random, wrong) } } : {}),
  });
}

function madeTar(random: Random): Uint8Array {
  const parts = Array.from({ length: 1 + random(6) }, (): Uint8Array => {
    const kind = random(6);
    const name = oneOf(random, names);
    if (kind === 0) return paxHeader({ path: name, size: `${oneOf(random, wrong)}` });
    if (kind === 1) return gnuLongName(name);
    const odd = { type: oneOf(random, ['0', '1', '2', '3', '5', 'S', 'x', 'L', '\0', '7', '?']) };
    const size = random(4) === 0 ? { size: oneOf(random, wrong) } : {};
    return tarEntry({ name, data: contentOf(random), ...(random(3) === 0 ? odd : {}), ...size });
  });
  return tar(parts, { end: random(4) });
}

const madeGzip = (random: Random, inner: Uint8Array): Uint8Array =>
  new Uint8Array(
    Buffer.concat([gzipSync(inner, { level: random(10) }), ...(random(4) === 0 ? [gzipSync(contentOf(random))] : [])]),
  );

function made(random: Random, depth = 0): Uint8Array {
  const inner = (): Uint8Array => (depth < 2 && random(3) === 0 ? made(random, depth + 1) : contentOf(random));
  switch (random(5)) {
    case 0:
      return madeTar(random);
    case 1:
      return madeGzip(random, random(2) === 0 ? madeTar(random) : inner());
    case 2:
      return tar([
        { name: 'inner', data: inner() },
        { name: 'b.log', data: log },
      ]);
    case 3:
      return zip([{ name: 'inner', data: inner(), method: oneOf(random, [0, 8]) }]);
    default:
      return madeZip(random);
  }
}

/** In the bytes: more where the headers are than in what is packed. */
function bend(bytes: Uint8Array, random: Random): Uint8Array {
  if (random(3) === 0) return bytes;
  const bent = bytes.slice(0, random(6) === 0 ? random(bytes.length + 1) : bytes.length);
  const place = (): number =>
    random(2) === 0 ? random(bent.length) : Math.max(0, bent.length - 1 - random(Math.min(bent.length, 300)));
  for (let times = 1 + random(4); times > 0 && bent.length > 0; times--) {
    const at = place();
    const how = random(4);
    if (how === 0) bent[at] = random(256);
    else if (how === 1) bent[at]! ^= 1 << random(8);
    else if (how === 2) bent.fill(oneOf(random, [0, 0xff]), at, at + 1 + random(8));
    else bent.copyWithin(place(), at, at + random(60));
  }
  return bent;
}

/** Little: what is made here is small, and each limit is reached. */
const limits = {
  ...archiveLimits,
  depth: 3,
  entries: 50,
  unpackedBytes: 8 << 20,
  scratchBytes: 4 << 20,
  ratio: 100,
  ratioFromBytes: 1 << 20,
};

const passwords = ['secret'];

interface Answer {
  readonly lines: string[];
  /** Bytes that came out of entries. */
  bytes: number;
  entries: number;
}

function read(source: OpenSource, answer: Answer): string {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(64 << 10);
  let at = 0;
  for (; at < Math.min(source.byteLength, limits.unpackedBytes);) {
    const got = source.read(at, buffer);
    expect(got).toBeLessThanOrEqual(Math.min(buffer.length, source.byteLength - at));
    if (got <= 0) break;
    hash.update(buffer.subarray(0, got));
    at += got;
  }
  answer.bytes += at;
  // Once more from the beginning: what was unpacked forward is the same bytes.
  const again = readFully(source, 0, new Uint8Array(Math.min(at, 100)));
  const twice = readFully(source, 0, new Uint8Array(Math.min(at, 100)));
  expect(Buffer.compare(again, twice)).toBe(0);
  const problems = source.problems?.() ?? [];
  return `${at} ${hash.digest('hex')} ${problems.map(({ code, at: place, count }) => `${code}@${place}x${count}`).join()}`;
}

async function look(bytes: Uint8Array, name: string, shelf: ArchiveShelf, depth: number, answer: Answer): Promise<void> {
  const found = containerOf(bytes.subarray(0, 64 << 10), name);
  if (found === null || depth > limits.depth) return;
  const problems = new Problems();
  const open = (): OpenSource => memorySource(bytes, 5000);
  try {
    const archive = await openArchive(found.kind, { open, name, file: null, marked: found.marked }, shelf, problems);
    for (const entry of archive.entries) {
      if (++answer.entries > limits.entries * 20) break;
      const path = entryPath(entry.name);
      answer.lines.push(
        `${depth} ${JSON.stringify(entry.name)} ${JSON.stringify(path)} ${entry.kind} ${entry.bytes} ${entry.whyNot}`,
      );
      expect(Number.isSafeInteger(entry.bytes) && entry.bytes >= 0).toBe(true);
      expect(entry.open === null).toBe(entry.whyNot !== null);
      answer.lines.push(...entry.problems.map(({ code, at, count }) => `${code}@${at}x${count}`));
      if (entry.open === null) continue;
      const source = entry.open();
      expect(source.byteLength).toBe(entry.bytes);
      answer.lines.push(read(source, answer));
      const inner = readFully(source, 0, new Uint8Array(Math.min(source.byteLength, 1 << 20)));
      source.close();
      await look(inner, entry.name, shelf, depth + 1, answer);
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    answer.lines.push(`${error.code} ${error.problem}`);
  }
  answer.lines.push(...problems.list().map(({ code, at, count, found: what }) => `${code}@${at}x${count} ${what}`));
}

async function answerOf(bytes: Uint8Array, name: string): Promise<Answer> {
  const shelf = new ArchiveShelf(memoryPlatform(memoryFiles({})), limits, passwords);
  const answer: Answer = { lines: [], bytes: 0, entries: 0 };
  try {
    await look(bytes, name, shelf, 0, answer);
  } finally {
    shelf.close();
  }
  return answer;
}

test('archives', async () => {
  const random = randomFrom(Number(process.env['AFTERPATCH_FUZZ_SEED'] ?? 20210302));
  const until = Date.now() + seconds * 1000;
  let opened = 0;
  let refused = 0;
  let whole = 0;
  for (let round = 0; round < rounds || Date.now() < until; round++) {
    const bytes = bend(made(random), random);
    const name = oneOf(random, ['a.zip', 'a.tar', 'u_ex210303.log.gz', 'x']);
    const first = await answerOf(bytes, name);
    const second = await answerOf(bytes, name);
    expect(second, `round ${round}: ${Buffer.from(bytes).toString('base64').slice(0, 4000)}`).toEqual(first);
    // All that is made here is below this, however often it is packed into another.
    expect(first.bytes).toBeLessThan(limits.unpackedBytes * (first.entries + 1));
    opened += first.entries;
    refused += first.lines.filter((line) => /^(?:E[A-Z]+ )?archive\./.test(line)).length;
    whole += first.lines.filter((line) => line.startsWith(`${log.length} `)).length;
  }
  expect(Math.min(opened, refused, whole)).toBeGreaterThan(rounds / 4);
});
