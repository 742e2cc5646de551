import { expect, test } from 'vitest';
import type { ListedEntry } from '../core/platform.ts';
import { damaged, type Failure } from './seven-zip-failure.ts';
import { ListingReader } from './seven-zip-listing.ts';
import { type Ended, Stop } from './seven-zip-machine.ts';
import { RingReader, ringMemory, RingWriter } from './seven-zip-ring.ts';
import { nameText } from '../core/name-text.ts';
import { asPrinted, Lines } from './seven-zip-text.ts';
import { type PlannedEntry, Unpacking } from './seven-zip-unpacking.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a piece of work stopped with; fails when it did not. */
function stopped(work: () => void): Failure | null {
  try {
    work();
  } catch (error) {
    if (error instanceof Stop) return error.reason as Failure | null;
    throw error;
  }
  throw new Error('it did not stop');
}

function read(text: string): ListedEntry[] {
  const entries: ListedEntry[] = [];
  const reader = new ListingReader((entry) => void entries.push(entry));
  for (const byte of encode(text)) reader.write(Uint8Array.of(byte));
  reader.end();
  return entries;
}

test('reads a listing and what each entry is', () => {
  const block = (name: string, attributes: string, size = '1', rest = ''): string =>
    `Path = ${name}\nFolder = -\nSize = ${size}\nAttributes = ${attributes}\nEncrypted = +\nHard Link = ${rest}\n\n`;
  const text = [
    block('a = b', 'A'),
    block('dir', 'D drwxr-xr-x'),
    block('unix dir', ' drwxr-xr-x'),
    block('link', ' lrwxrwxrwx'),
    block('reparse', 'AL'),
    block('hard', 'A', '1', 'a'),
    block('pipe', ' prw-r--r--'),
    block('mode 0', 'V 0---------'),
    block('no size', 'A', ''),
    block('huge', 'A', '18446744073709551615'),
    block('bell\u0001', 'A'),
    block('\u009bC1', 'A'),
  ].join('');
  expect(read(text).map(({ name, kind, bytes }) => [name, kind, bytes])).toEqual([
    ['a = b', 'file', 1],
    ['dir', 'folder', 1],
    ['unix dir', 'folder', 1],
    ['link', 'link', 1],
    ['reparse', 'link', 1],
    ['hard', 'link', 1],
    ['pipe', 'other', 1],
    ['mode 0', 'file', 1],
    ['no size', 'other', 0],
    ['huge', 'file', Number.MAX_SAFE_INTEGER],
    ['bell\u0001', 'other', 1],
    ['\u009bC1', 'other', 1],
  ]);
});

test('refuses a listing in which something could have been slipped in', () => {
  const good = 'Path = a\nSize = 1\nEncrypted = -\n\n';
  expect(read(good + good)).toHaveLength(2);
  const bad = [
    `${good}Path = b\nSize = 2\nSize = 1\nEncrypted = -\n\n`,
    `${good}Path = b\nSize = 2\n\n`,
    `${good}Path = b\nEncrypted = -\nSize = 2\n\n`,
    `${good}fake\n\n`,
    `Size = 1\nPath = a\n\n`,
    `Path = a\nPath = b\n\n`,
    `${good}Path = b\n`,
    `${good}Path = b`,
    `${' = \n'.repeat(3)}\n`,
    `${'k = v\n'.repeat(100)}\n`,
  ];
  for (const text of bad) expect(stopped(() => void read(text))).toMatchObject({ code: 'EDATA', problem: 'archive.damaged' });
});

test('names are UTF-8, or else of the old code page', () => {
  expect(nameText(encode('\ufeffß😀'))).toBe('\ufeffß😀');
  expect(nameText(Uint8Array.of(0x47, 0x81, 0xe1, 0xff))).toBe('Güß\u00a0');
  expect(asPrinted('a\n\r\x1b\x07\t\x01b')).toBe('a_____\x01b');
});

test('lines may come in any pieces, and only their beginning is kept', () => {
  const lines: string[] = [];
  const reader = new Lines((line) => void lines.push(line));
  const long = 'x'.repeat(300_000);
  for (const piece of ['on', 'e\n\ntw', 'o\n', long, `${long}\nlast`]) reader.write(encode(piece));
  reader.end();
  expect(lines.map((line) => (line.length > 9 ? line.length : line))).toEqual(['one', '', 'two', 131_072, 'last']);
});

const entry = (name: string, bytes: number, more: Partial<PlannedEntry> = {}): PlannedEntry => ({
  name,
  bytes,
  kind: 'file',
  encrypted: false,
  wanted: true,
  ...more,
});
const well: Ended = { exitCode: 0, memoryRefused: false, trap: null };
const badly: Ended = { exitCode: 2, memoryRefused: false, trap: null };

function unpacking(plan: readonly PlannedEntry[]) {
  let sent = '';
  const it = new Unpacking(
    plan,
    (bytes) => (sent += new TextDecoder().decode(bytes)),
    () => {},
  );
  return {
    sent: () => sent,
    end: (ended: Ended) => it.end(ended),
    say: (line: string) => it.hear(encode(`${line}\n`)),
    file: (name: string, ...pieces: readonly string[]) => {
      it.open(name);
      for (const piece of pieces) it.write(encode(piece));
      it.close();
    },
  };
}

test('hands on files one after another and keeps each last byte back', () => {
  const it = unpacking([entry('a', 3), entry('d', 0, { kind: 'folder', wanted: false }), entry('d/b', 0), entry('c', 4)]);
  it.file('a', 'on', 'e');
  expect(it.sent()).toBe('on');
  it.file('d/b');
  expect(it.sent()).toBe('one');
  it.file('c', '', 'f', 'our');
  expect(it.sent()).toBe('onefou');
  expect(stopped(() => void it.end(well))).toBeNull();
  expect(it.sent()).toBe('onefour');
});

test('ends where the files are not those of the listing', () => {
  const plan = [entry('a', 3), entry('b', 3)];
  const cases: readonly [string, (it: ReturnType<typeof unpacking>) => void, string][] = [
    ['archive.size', (it) => it.file('a', 'four'), ''],
    ['archive.size', (it) => (it.file('a', 'tw'), it.file('b', 'two')), 'tw'],
    ['archive.size', (it) => (it.file('a', 'two', 'x'), undefined), 'tw'],
    ['archive.damaged', (it) => it.file('b', 'two'), ''],
    ['archive.damaged', (it) => (it.file('a', 'one'), it.file('c', 'two')), 'one'],
    ['archive.damaged', (it) => it.say('ERROR: Data Error : a'), ''],
    ['archive.damaged', (it) => (it.file('a', 'one'), it.say('ERROR: Data Error : a')), 'on'],
    ['archive.damaged', (it) => (it.file('a', 'one'), it.say('ERROR: Data Error : b')), 'one'],
    ['archive.damaged', (it) => (it.file('a', 'one'), it.say('ERROR: Something new')), 'on'],
    ['archive.checksum', (it) => (it.file('a', 'one'), it.say('ERROR: CRC Failed : a')), 'on'],
    ['archive.encrypted', (it) => it.say('ERROR: CRC Failed in encrypted file. Wrong password? : a'), ''],
    ['archive.limit', (it) => it.say("ERROR: Can't allocate required memory! : a"), ''],
  ];
  for (const [problem, act, sent] of cases) {
    const it = unpacking(plan);
    expect(stopped(() => act(it))).toMatchObject({ problem });
    expect(it.sent()).toBe(sent);
  }
});

test('what is missing at the end is said', () => {
  for (const [ended, failure] of [
    [well, { code: 'EDATA', problem: 'archive.damaged', message: 'b: it was listed and not unpacked' }],
    [badly, { code: 'EDATA' }],
    [{ exitCode: null, memoryRefused: false, trap: 'unreachable' }, { code: 'EDATA' }],
    [{ exitCode: null, memoryRefused: true, trap: 'unreachable' }, { code: 'ELIMIT' }],
    [{ exitCode: 8, memoryRefused: false, trap: null }, { code: 'ELIMIT' }],
  ] as const) {
    const it = unpacking([entry('a', 3), entry('b', 3)]);
    it.file('a', 'one');
    expect(it.end(ended)).toMatchObject(failure);
  }
});

test('links may or may not be opened, and nothing is guessed', () => {
  const plan = [entry('l', 9, { kind: 'link', wanted: false }), entry('a', 1)];
  for (const withLink of [true, false]) {
    const it = unpacking(plan);
    if (withLink) it.file('l', 'a');
    it.file('a', '1');
    expect(stopped(() => void it.end(well))).toBeNull();
    expect(it.sent()).toBe('1');
  }
  const unsure = unpacking([entry('../l', 9, { kind: 'link', wanted: false }), entry('a', 1)]);
  expect(stopped(() => unsure.file('a', '1'))).toMatchObject({ code: 'EDATA' });
});

test('what fails without being wanted stops nothing', () => {
  const it = unpacking([entry('x', 5, { wanted: false }), entry('a', 1), entry('y', 5, { wanted: false })]);
  it.say('ERROR: Data Error in encrypted file. Wrong password? : x');
  it.say('ERROR: Cannot create folder : /out/d');
  it.file('a', '1');
  expect(stopped(() => it.say('ERROR: Wrong password : y'))).toBeNull();
  expect(it.sent()).toBe('1');
});

test('a password that opened one file is right: what fails later is damaged', () => {
  const it = unpacking([entry('a', 1, { encrypted: true }), entry('b', 1, { encrypted: true })]);
  it.file('a', '1');
  it.file('b', '2');
  expect(stopped(() => it.say('ERROR: CRC Failed in encrypted file. Wrong password? : b'))).toMatchObject({ code: 'EDATA' });
});

test('what is wrong with the archive as a whole is said after its last file', () => {
  const it = unpacking([entry('a', 1)]);
  it.say('ERRORS:');
  it.say('Unexpected end of archive');
  it.file('a', '1');
  expect(stopped(() => void it.end(badly))).toMatchObject({ code: 'EDATA', message: 'Unexpected end of archive' });
  expect(it.sent()).toBe('1');
});

test('the ring hands over what is in it before it says that it ended', () => {
  const memory = ringMemory();
  const writer = new RingWriter(memory);
  const reader = new RingReader(memory);
  const into = new Uint8Array(700_000);
  const piece = Uint8Array.from({ length: 1_500_000 }, (_, i) => (i * 7) % 251);
  const idle = ringMemory();
  const impatient = new RingReader(idle);
  expect(impatient.read(into, 1)).toMatchObject({ code: 'ELIMIT', problem: 'archive.limit' });
  new RingWriter(idle).write(encode('x'));
  expect(impatient.read(into, 1)).toBe(1);
  expect(impatient.read(into, 1)).toMatchObject({ code: 'ELIMIT' });
  for (let round = 0; round < 5; round++) {
    writer.write(piece);
    for (let at = 0; at < piece.length;) {
      const got = reader.read(into, 1) as number;
      expect(Buffer.compare(into.subarray(0, got), piece.subarray(at, at + got))).toBe(0);
      at += got;
    }
  }
  writer.write(encode('last'));
  writer.end(damaged('x\u0000ü'.repeat(1000)));
  expect(reader.read(into, 1)).toBe(4);
  expect(reader.read(into, 1)).toEqual(damaged('x\u0000ü'.repeat(1000)));
  const empty = ringMemory();
  new RingWriter(empty).end(null);
  expect(new RingReader(empty).read(into, 1)).toBe(0);
});
