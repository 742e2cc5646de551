/** Archives in a hand-over: what must not hide a log, and how often what can only be unpacked forward is unpacked. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { logOf } from '../../test/archives/sample-log.mjs';
import { paxHeader, tar } from '../../test/archives/tar-writer.mjs';
import { utf8, zip } from '../../test/archives/zip-writer.mjs';
import { memoryFiles, memoryPlatform } from '../../test/support/memory.ts';
import type { Platform, Scratch } from '../core/platform.ts';
import { FileError } from '../core/platform.ts';
import { inlineExecutor, run } from '../run/index.ts';
import { gather, type Gathered, gatherLimits } from './gather.ts';

const gzip = (bytes: Uint8Array): Uint8Array => new Uint8Array(gzipSync(bytes, { level: 1 }));
const platformOf = (file: string, bytes: Uint8Array): Platform => memoryPlatform(memoryFiles({ [`/case/${file}`]: bytes }));
const gathered = (file: string, bytes: Uint8Array): Promise<Gathered> => gather(['/case'], platformOf(file, bytes));
const said = ({ artifacts }: Gathered): unknown => artifacts.map(({ path, kind, notRead }) => [path, notRead ?? kind]);

/** Bytes that no packing makes smaller, each call others. */
function noise(bytes: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: bytes }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

test('a file that is called as a part of a document does not make logs one', async () => {
  const types = { name: '[Content_Types].xml', data: utf8('<Types/>') };
  const relations = { name: '_rels/.rels', data: utf8('<Relationships/>') };
  const log = { name: 'u_ex210303.log', data: logOf(3) };
  expect(said(await gathered('a.zip', zip([types, relations, log])))).toContainEqual(['a.zip/u_ex210303.log', 'iis-w3c']);
  const document = zip([types, relations, { name: 'word/document.xml', data: utf8('<w/>') }]);
  expect(said(await gathered('a.docx', document))).toEqual([['a.docx', 'a document of Office']]);
});

test('what has bytes is a file, whatever its name looks like', async () => {
  const named = tar([paxHeader({ path: 'u_ex210303.log' }), { name: 'x/', data: logOf(3) }, { name: 'y/', data: logOf(2) }]);
  expect(said(await gathered('a.tar', named))).toEqual([
    ['a.tar', 'tar'],
    ['a.tar/u_ex210303.log', 'iis-w3c'],
    ['a.tar/y', 'iis-w3c'],
  ]);
  expect(said(await gathered('a.zip', zip([{ name: 'y/', data: logOf(2) }, { name: 'z/' }])))).toEqual([
    ['a.zip', 'zip'],
    ['a.zip/y', 'iis-w3c'],
  ]);
});

test('what every system unpacks by itself is said to be unpacked first', async () => {
  const xz = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4);
  const { artifacts } = await gathered('u_ex210303.log.xz', xz);
  expect(artifacts.map(({ notRead, problems }) => [notRead, problems.map(({ code }) => code)])).toEqual([
    ['packed with xz, which is not read here: unpack it, and hand in what comes out', ['archive.method']],
  ]);
});

test('many records before the one of pax that counts', async () => {
  const records = utf8('6 a=b\n'.repeat(100_000));
  const path = utf8('23 path=u_ex210303.log\n');
  const named = tar([paxHeader(new Uint8Array([...records, ...path])), { name: 'x', data: logOf(3) }]);
  expect(said(await gathered('a.tar', named))).toContainEqual(['a.tar/u_ex210303.log', 'iis-w3c']);
});

test('a torn zip whose entries are told by what stands behind them is read piece by piece, not a megabyte for each', async () => {
  const entries = Array.from({ length: 300 }, (_, n) => ({
    name: `${n}.log`,
    data: logOf(1, `${n}`),
    descriptor: 'signed' as const,
  }));
  const bytes = zip(entries, { noEnd: true });
  const platform = platformOf('a.zip', bytes);
  let read = 0;
  const files = {
    ...platform.files,
    open(path: string) {
      const source = platform.files.open(path);
      return {
        ...source,
        read(at: number, into: Uint8Array) {
          const got = source.read(at, into);
          read += got;
          return got;
        },
      };
    },
  };
  const { artifacts } = await gather(['/case'], { ...platform, files });
  expect(artifacts.filter(({ kind }) => kind === 'iis-w3c').length).toBe(300);
  expect(read).toBeLessThan(bytes.length + 300 * (12 << 10));
});

test('names have a room of their own', async () => {
  const named = tar(Array.from({ length: 5 }, (_, n) => ({ name: `${n}`.padEnd(90, 'x'), data: utf8('a') })));
  const limits = { ...gatherLimits, archives: { ...gatherLimits.archives, nameChars: 300 } };
  const { artifacts } = await gather(['/case'], platformOf('a.tar', named), { limits });
  expect(artifacts.length).toBe(1 + 3);
  expect(artifacts[0]!.problems.map(({ code }) => code)).toEqual(['archive.limit']);
});

/** The platform, and how many bytes came out of everything that was unpacked. */
function counting(platform: Platform): { readonly platform: Platform; unpacked: number; engines: number } {
  const counted = {
    unpacked: 0,
    engines: 0,
    platform: {
      ...platform,
      codecs: {
        ...platform.codecs,
        inflate(...args: Parameters<Platform['codecs']['inflate']>) {
          const stream = platform.codecs.inflate(...args);
          counted.engines++;
          return {
            read(into: Uint8Array) {
              const got = stream.read(into);
              counted.unpacked += got;
              return got;
            },
            close: () => stream.close(),
          };
        },
      },
    },
  };
  return counted;
}

async function readAll(
  { platform }: { readonly platform: Platform },
  pages: readonly string[] = [],
): Promise<Map<string, number>> {
  const evidence = await gather(['/case'], platform);
  let asked = false;
  try {
    const { artifacts } = await run(evidence, {
      platform,
      executor: inlineExecutor(),
      rules: [],
      learn() {
        const now = asked ? [] : pages;
        asked = true;
        return { rules: [], pages: now };
      },
      onProgress() {},
      signal: new AbortController().signal,
    });
    return new Map(artifacts.map(({ path, parts }) => [path, parts.reduce((sum, part) => sum + part.records, 0)]));
  } finally {
    evidence.close();
  }
}

test('archives in a packed tar are not unpacked to again and again', async () => {
  const count = 8;
  const inner = (n: number): Uint8Array => gzip(new Uint8Array(Buffer.concat([logOf(3, `${n}`), noise(3 << 20, n)])));
  const outer = tar(Array.from({ length: count }, (_, n) => ({ name: `${n}.log.gz`, data: inner(n) })));
  const counted = counting(platformOf('a.tar.gz', gzip(outer)));
  await readAll(counted);
  // The outer one while gathering and from beginning to end; each inner one to see its size, for its head, and to be read.
  expect(counted.unpacked).toBeLessThan(6 * outer.length);
});

const longer = (bytes: Uint8Array, text: string): Uint8Array => new Uint8Array(Buffer.concat([bytes, utf8(text)]));

test('a text of several parts in a packed tar is unpacked once', async () => {
  const words = `${'-'.repeat(78)}\n`;
  // Each on a day of its own: nothing is compared.
  const log = (rows: number, day: number): string =>
    Buffer.from(logOf(rows)).toString().replaceAll('2021-03-03', `2021-03-${day}`);
  const parts = Array.from({ length: 8 }, (_, n) => ({
    name: `${n}.txt`,
    data: utf8(`${words.repeat(1000)}${log(3, 10 + n)}and\n${words.repeat(40_000)}and\n${log(2, 20 + n)}`),
  }));
  const outer = tar(parts);
  const counted = counting(platformOf('a.tar.gz', gzip(outer)));
  const records = await readAll(counted);
  expect([...records.values()].filter((rows) => rows === 5).length).toBe(8);
  expect(counted.unpacked).toBeLessThan(3 * outer.length);
});

test('a further round goes through a packed tar in its own order', async () => {
  const count = 12;
  const filler = `#Remark: ${'-'.repeat(1000)}\r\n`.repeat(2200);
  // By path the last one comes first.
  const name = (n: number): string => `${`${count - n}`.padStart(2, '0')}.log`;
  const outer = tar(Array.from({ length: count }, (_, n) => ({ name: name(n), data: longer(logOf(3, `${n}`), filler) })));
  expect(outer.length).toBeGreaterThan(count * (2 << 20));
  const counted = counting(platformOf('a.tar.gz', gzip(outer)));
  await readAll(counted);
  const plain = counted.unpacked;
  counted.unpacked = 0;
  await readAll(counted, ['/owa/']);
  expect(counted.unpacked).toBeGreaterThan(plain + (outer.length >> 1));
  expect(counted.unpacked).toBeLessThan(plain + 2 * outer.length);
});

test('records of a collector in a packed tar are asked for without unpacking it for each', async () => {
  const count = 20;
  const info = (n: number): Uint8Array => utf8(JSON.stringify({ Hostname: `MX${n}`, client_id: `C.${n}`, Fqdn: `mx${n}.test` }));
  const entries = Array.from({ length: count }, (_, n) => {
    const folder = `c${`${count - n}`.padStart(2, '0')}`;
    return [
      { name: `${folder}/filler.bin`, data: noise(1 << 20, n) },
      { name: `${folder}/client_info.json`, data: info(n) },
      { name: `${folder}/uploads/auto/C%3A/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log`, data: logOf(1, `${n}`) },
    ];
  }).flat();
  const outer = tar(entries);
  const counted = counting(platformOf('a.tar.gz', gzip(outer)));
  const { artifacts } = await gather(['/case'], counted.platform);
  expect(new Set(artifacts.map(({ collection }) => collection?.host ?? null)).size).toBe(count + 1);
  expect(counted.unpacked).toBeLessThan(3 * outer.length);
});

test('without room beside, what can be read forward is, and what cannot says so; a full disk is not left full', async () => {
  const big = noise(3 << 20, 1);
  const outer = tar([
    { name: 'a.log.gz', data: gzip(new Uint8Array(Buffer.concat([logOf(3), big]))) },
    { name: 'b.zip', data: zip([{ name: 'c.log', data: logOf(3) }]) },
  ]);
  let removed = 0;
  const full = (): Scratch => ({
    path: '',
    write() {
      throw new FileError('ENOSPC', 'no space left');
    },
    open() {
      throw new Error('nothing was kept');
    },
    remove: () => void removed++,
  });
  const seen = await gather(['/case'], { ...platformOf('a.tar.gz', gzip(outer)), scratch: full });
  expect(said(seen)).toEqual([
    ['a.tar.gz', 'gzip'],
    ['a.tar.gz/a.log.gz', 'gzip'],
    ['a.tar.gz/a.log.gz/a.log', expect.stringContaining('')],
    ['a.tar.gz/b.zip', 'it could not be unpacked'],
  ]);
  expect(seen.artifacts[3]!.problems).toEqual([{ code: 'evidence.unreadable', at: 0, count: 1, found: 'ENOSPC' }]);
  expect(removed).toBe(2);
});
