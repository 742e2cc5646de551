/**
 * Event logs made by our own writer and then changed as damage and intruders change them: bits, pieces moved or put in from elsewhere,
 * files cut off, lengths and counts that lie, with checksums that fit again. Whatever comes out: it ends, nothing is thrown, each row and
 * each problem has its place, JSON is JSON, and a reader that has read a thousand other logs says the same as one that has not.
 *
 * A fixed number of rounds from a fixed seed; `npm run soak` or AFTERPATCH_FUZZ_SECONDS for longer, AFTERPATCH_FUZZ_SEED to begin elsewhere.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { crc32 } from '../../src/core/crc32.ts';
import type { BlockFacts, Demand, Rows, Scanner } from '../../src/core/record.ts';
import { evtx } from '../../src/read/evtx.ts';
import { xmlPieces } from '../../src/read/xml-pieces.ts';
import {
  el,
  evtxChunk,
  evtxFile,
  type EventSpec,
  hole,
  simpleEvent,
  type Value,
  type XmlElement,
} from '../support/evtx-writer.ts';
import { evidenceFolder } from '../support/evidence.ts';
import { soak } from '../support/soak.ts';

const seconds = Number(process.env['AFTERPATCH_FUZZ_SECONDS'] ?? (soak ? 300 : 0));
const rounds = 400;
const chunkBytes = 65_536;
const headBytes = 4096;

const time = '2021-03-03T04:12:11.400Z';
const bytesOf = (hex: string): number[] => [...Buffer.from(hex.replaceAll(' ', ''), 'hex')];
const utf16 = (text: string): number[] => [...Buffer.from(text, 'utf16le')];
const of = (type: number, bytes: readonly number[]): Value => ({ type, bytes });

/** A value of each type, and arrays of those that are made of others. */
const values: readonly Value[] = [
  null,
  'é "text" <&>\0x ',
  of(0x02, bytesOf('41e900')),
  of(0x03, [255]),
  of(0x04, [255]),
  of(0x05, [0, 128]),
  of(0x06, [0, 128]),
  of(0x07, bytesOf('feffffff')),
  of(0x08, bytesOf('feffffff')),
  of(0x09, bytesOf('feffffffffffffff')),
  of(0x0a, bytesOf('feffffffffffffff')),
  of(0x0b, bytesOf('cdcccc3d')),
  of(0x0c, bytesOf('9a9999999999b93f')),
  of(0x0d, bytesOf('01000000')),
  of(0x0e, bytesOf('00ff10')),
  of(0x0f, bytesOf('25968454 7854 9449 a5ba 3e3b0328c30d')),
  of(0x10, bytesOf('1000000001000000')),
  new Date(time),
  of(0x12, bytesOf('e507 0300 0300 0300 0400 0c00 0b00 9001')),
  of(0x13, bytesOf('01 02 000000000005 20000000 20020000')),
  of(0x14, bytesOf('0a000000')),
  of(0x15, bytesOf('0000000000002080')),
  of(0x81, utf16('A\0\0B\0')),
  of(0x88, bytesOf('01000000 02000000')),
  of(0x93, bytesOf('01 01 000000000005 12000000 01 01 000000000005 13000000')),
];

function inner(id: number, guid: number, root: XmlElement, own: readonly Value[]): EventSpec {
  const event = simpleEvent({ id, time });
  return { ...event, xml: { ...event.xml, values: event.xml.values.with(6, { xml: { guid, root, values: own } }) } };
}

const everyType = (id: number): EventSpec =>
  inner(
    id,
    0x501,
    el(
      'EventData',
      values.map((_, slot) => el('Data', [hole(slot)], [['Name', `v${slot}`]])),
    ),
    values,
  );
const deep = (id: number): EventSpec =>
  inner(
    id,
    0x502,
    el('UserData', [
      el(
        'X',
        [
          el('Header', [hole(0)]),
          el('Header', ['a', hole(1), 'b'], [['n', hole(2, 0x08)]]),
          hole(3, 0x21),
          el('List', [hole(4, 0x81)]),
        ],
        [['xmlns', 'urn:x']],
      ),
    ]),
    [
      'h',
      'w',
      7,
      {
        xml: {
          guid: 0x503,
          root: el('Deep', [el('Leaf', [hole(0)], [[`k`, hole(1)]])], [['a', 'b']]),
          values: ['x', of(0x81, utf16('p\0q\0'))],
        },
      },
      of(0x81, utf16('i\0j\0')),
    ],
  );
const plain = (id: number): EventSpec => simpleEvent({ id, time, data: { CommandLine: `cmd ${id}`, NewProcessName: 'b.exe' } });
const nameless = (id: number): EventSpec =>
  simpleEvent({ id, time, provider: 'MSExchange CmdletLogs', eventId: 1, data: ['Get-X', '-A b', ''] });
const cleared = (id: number): EventSpec => simpleEvent({ id, time, provider: 'Microsoft-Windows-Eventlog', eventId: 1102 });

/** In the long form also real logs of one chunk, where there are some. */
const evidence = soak ? evidenceFolder() : null;
const logs = path.join(evidence ?? '', 'evtx');
const real = (evidence === null ? [] : fs.readdirSync(logs, { recursive: true }).map(String))
  .filter((name) => name.endsWith('.evtx'))
  .sort()
  .map((name) => path.join(logs, name))
  .filter((file) => fs.statSync(file).size <= headBytes + 2 * chunkBytes)
  .map((file) => new Uint8Array(fs.readFileSync(file)));

const seeds: readonly Uint8Array[] = [
  ...real,
  evtxFile([evtxChunk([everyType(1), deep(2), plain(3), nameless(4)]), evtxChunk([deep(5), everyType(6), cleared(7)])]),
  evtxFile([evtxChunk([plain(1), plain(2), plain(3), nameless(8), plain(4)], { unlisted: 2 }), new Uint8Array(chunkBytes)], {
    dirty: true,
  }),
  evtxFile([evtxChunk([nameless(5), plain(6)]), evtxChunk([plain(7), deep(8), deep(9)], { unlisted: 1 })], { stated: 9 }),
];

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

const extremes = [0, 1, 2, 3, 4, 7, 8, 24, 28, 255, 256, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/** Where lengths, counts and places stand: sizes of records, of templates, of values, offsets of chunks; and anywhere else. */
function lengthPlaces(bytes: Uint8Array): number[] {
  const places: number[] = [];
  for (let chunk = headBytes; chunk + chunkBytes <= bytes.length; chunk += chunkBytes) {
    places.push(chunk + 40, chunk + 44, chunk + 48, chunk + 120);
    for (let at = chunk + 512; at + 28 < chunk + chunkBytes; at += 8) {
      if (bytes[at] !== 0x2a || bytes[at + 1] !== 0x2a || bytes[at + 2] !== 0) continue;
      const size = bytes[at + 4]! | (bytes[at + 5]! << 8);
      places.push(at + 4, at + 8, at + size - 4, at + 30, at + 34);
      for (let i = at + 24; i < at + Math.min(size, 600); i++)
        if (bytes[i] === 0x0c || bytes[i] === 0x0e || bytes[i] === 0x01) places.push(i + 1, i + 2, i + 6, i + 30);
    }
  }
  return places;
}

function mutate(start: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes: Uint8Array = start.slice();
  const view = new DataView(bytes.buffer);
  const chunks = Math.max(1, Math.floor((bytes.length - headBytes) / chunkBytes));
  const used = (): number => headBytes + chunkBytes * random(chunks) + (random(4) === 0 ? random(chunkBytes) : random(4000));
  const places = lengthPlaces(bytes);
  for (let times = 1 + random(8); times > 0; times--) {
    const at = Math.min(used(), bytes.length - 8);
    switch (random(7)) {
      case 0:
        bytes[at]! ^= 1 << random(8);
        break;
      case 1:
        bytes[at] = random(256);
        break;
      case 2: {
        // A piece from elsewhere in the file, or from another file.
        const from = random(3) === 0 ? seeds[random(seeds.length)]! : bytes;
        const place = Math.min(headBytes + random(4000), from.length - 200);
        bytes.set(from.slice(place, place + 1 + random(Math.min(200, bytes.length - at))), at);
        break;
      }
      case 3:
      case 4: {
        const place = places[random(places.length)]!;
        const value = random(3) === 0 ? random(0x1_0000) : extremes[random(extremes.length)]!;
        if (place + 4 <= bytes.length) {
          if (random(2) === 0) view.setUint32(place, value, true);
          else view.setUint16(place, value & 0xffff, true);
        }
        break;
      }
      case 5:
        bytes.fill(random(3) === 0 ? 255 : 0, at, at + 1 + random(random(10) === 0 ? 5000 : 12));
        break;
      default:
        bytes.copyWithin(
          headBytes + chunkBytes * random(chunks) + random(4000),
          at,
          Math.min(at + 8 * random(200), bytes.length),
        );
    }
  }
  // Half of them as somebody leaves them who knows of checksums.
  if (random(2) === 0)
    for (let chunk = headBytes; chunk + chunkBytes <= bytes.length; chunk += chunkBytes) {
      const free = view.getUint32(chunk + 48, true);
      if (free >= 512 && free <= chunkBytes) view.setUint32(chunk + 52, crc32(bytes, chunk + 512, chunk + free), true);
      view.setUint32(chunk + 124, crc32(bytes, chunk + 128, chunk + 512, crc32(bytes, chunk, chunk + 120)), true);
    }
  if (random(6) === 0) bytes = bytes.subarray(0, random(bytes.length)).slice();
  return bytes;
}

const demand: Demand = {
  hash: 'fuzz',
  logSource: 'windows-event',
  literals: [{ field: 'CommandLine', how: 'contains', text: 'cmd', cased: false, selects: true }],
  groups: [['Channel', 'Provider_Name', 'EventID'], ['Data']],
  groupLimit: 100,
};

interface Read {
  readonly facts: BlockFacts;
  readonly rows: readonly unknown[];
}

function read(scanner: Scanner, bytes: Uint8Array): Read {
  const rows: unknown[] = [];
  const block = { index: 0, at: 0, end: bytes.length, last: true };
  const seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 } as const;
  const facts = scanner.scan(
    block,
    bytes,
    seam,
    () => true,
    (found: Rows) => {
      for (let row = 0; row < found.length; row++) {
        const raw = found.raw(row);
        expect(found.offset(row) + raw.length).toBeLessThanOrEqual(bytes.length);
        const fields = found.layout(row).fields.map(({ name }) => [name, found.text(row, name)]);
        const json = found.json!(row);
        expect(Object.keys(JSON.parse(json) as object)).toHaveLength(1);
        expect(json.length).toBeLessThan(1 << 24);
        const xml = found.xml!(row);
        // Names may have letters of any script; the pieces know those of ASCII alone.
        for (const piece of xmlPieces(xml.replace(/\P{ASCII}/gu, 'x'))) expect(piece.kind).not.toBe('broken');
        rows.push([found.offset(row), found.recordId(row), found.timeMs(row), fields, found.literals(row), json, xml]);
      }
    },
  );
  return { facts, rows };
}

test(
  'logs that are damaged, cut off, put together, or lie about their lengths',
  () => {
    const random = randomFrom(Number(process.env['AFTERPATCH_FUZZ_SEED'] ?? 20210303));
    const until = Date.now() + seconds * 1000;
    const experienced = evtx.scanner(demand);
    let rows = 0;
    let damaged = 0;
    for (let round = 0; round < rounds || Date.now() < until; round++) {
      const bytes = mutate(seeds[random(seeds.length)]!, random);
      const first = read(evtx.scanner(demand), bytes);
      expect(read(experienced, bytes)).toEqual(first);
      for (const { at, count } of first.facts.problems) {
        expect(at).toBeLessThanOrEqual(bytes.length);
        expect(count).toBeGreaterThan(0);
      }
      expect(first.facts.rows).toBe(first.rows.length);
      rows += first.rows.length;
      damaged += first.facts.problems.length;
    }
    expect(rows).toBeGreaterThan(rounds);
    expect(damaged).toBeGreaterThan(rounds);
  },
  (seconds + 120) * 1000,
);
