/** The skimmer can be seen in nothing but speed: with it and without it, everything that is found is the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Demand, Literal, Reader } from '../../src/core/record.ts';
import { TextScanner } from '../../src/kernel/index.ts';
import { freshRoom } from '../../src/kernel/room.ts';
import { Skimmer } from '../../src/kernel/skimmer.ts';
import { ValueTable } from '../../src/kernel/tables.ts';
import { ecpServer } from '../../src/read/ecp-server.ts';
import { httpproxy } from '../../src/read/httpproxy.ts';
import { iisW3c } from '../../src/read/iis-w3c.ts';
import { utf16 } from '../support/memory.ts';
import { scanText, type ScanOptions, type Seen, told } from '../support/scan.ts';

const reference = (reader: Reader): Reader => ({
  ...reader,
  scanner: (demand: Demand) => {
    const scanner = reader.scanner(demand);
    if (!(scanner instanceof TextScanner)) throw new Error('not a scanner of lines');
    return scanner.reference();
  },
});

/** In the order in which it was found, too: tuples of a block keep the order of their first rows. */
const plain = (seen: Seen): unknown => ({
  rows: seen.rows.map((row) => ({ ...row, raw: Buffer.from(row.raw).toString('latin1') })),
  count: seen.count,
  lines: seen.lines,
  problems: told(seen),
  groups: seen.groups.map((group) => [...group]),
  overflow: seen.overflow,
  spanMs: seen.spanMs,
  hours: [...seen.hours].sort((a, b) => a[0] - b[0]),
  books: seen.books.map(({ course, ...books }) => [
    course,
    ...Object.entries(books).map(([name, { minutes, rows, ids }]) => [name, [...minutes], [...rows], [...ids]]),
  ]),
});

function same(reader: Reader, text: string | Uint8Array, options: ScanOptions): Seen {
  const skimmed = scanText(reader, text, options);
  const wanted = plain(scanText(reference(reader), text, options));
  // As text first: told apart many times faster.
  if (JSON.stringify(plain(skimmed)) !== JSON.stringify(wanted)) expect(plain(skimmed)).toEqual(wanted);
  return skimmed;
}

/** Rows that were skimmed while `work` ran. */
function skimmedRows(work: () => void): number {
  const skimmer = Skimmer.shared()!;
  const original = skimmer.skim.bind(skimmer);
  let rows = 0;
  skimmer.skim = (...all) => {
    const at = original(...all);
    rows += skimmer.rows;
    return at;
  };
  try {
    work();
  } finally {
    // Back to the method of the class.
    Reflect.deleteProperty(skimmer, 'skim');
  }
  return rows;
}

const iisHeader = '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status time-taken';
const proxyHeader = 'DateTime,RequestId,UrlStem,AnchorMailbox,UserAgent,ClientIpAddress,HttpStatus,GenericInfo';

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** Lengths around those at which bytes are compared and searched by fours, eights and sixteens. */
const value = fc
  .tuple(pick(0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 40), pick('a', 'a', 'a', 'b', 'zq', 'é', '%41'))
  .map(([length, tail]) => `${'x'.repeat(length)}${tail}`);
const query = fc.oneof(
  { weight: 3, arbitrary: value },
  pick('-', 'a=needle', 'NEEDLE', 'nee%64le', 'n%65%65dle%', '%', 'p=%2', 'it%27s', 'needl', 'eedle', `${'q'.repeat(29)}needle`),
);
const often = (usual: string[], odd: string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 7, arbitrary: pick(...usual) }, pick(...odd));
const oddTimes = [
  '23:59:60',
  '24:00:00',
  '12:60:00',
  '12:00:61',
  '1:02:03',
  '12:00:00.5',
  'xx:00:00',
  '12-00-00',
  '12:00:0/',
  '12:00:0:',
];
const oddDays = (
  '2021-02-29 2021-04-31 2021-12-32 1999-12-31 2100-01-02 2100-02-29 0099-01-01 2021-13-01 2021-00-10 ' +
  '2021-03-00 20210303 - 2021-3-03 2021/03/03 2021-03-0x 1970-01-01 1969-12-31'
).split(' ');
const clock = often(['00:00:00', '04:12:11', '04:59:59', '05:00:00', '23:59:59'], oddTimes);
const day = often(['2021-03-03', '2021-03-04', '2021-12-31', '2024-02-29', '2000-01-01', '2000-02-29', '2099-12-31'], oddDays);
const status = pick('200', '404', '401');
const address = pick('192.0.2.1', '192.0.2.2', '192.0.2.3', '198.51.100.10');
const taken = pick('3', '39', '-');
const iisRow = fc
  .tuple(day, clock, pick('GET', 'POST', '-'), value, query, address, query, status, taken)
  .map(
    ([date, time, method, stem, asked, ip, agent, code, ms]) =>
      `${date} ${time} 10.0.0.5 ${method} /${stem} ${asked} ${ip} ${agent} ${code} ${ms}`,
  );
const oddCells = ['"a,b"', '"a""b"', 'a"b', '"open', '"a"b', '""', '"needle"', "it's", '"a"",b"', 'a""b', '"', '"""', '"a"" b"'];
const cell = fc.oneof({ weight: 3, arbitrary: value }, query, pick('', '', ...oddCells));
const fraction = often(['.000Z', '.123Z', '.999Z'], ['Z', '', '.1Z', '.1234Z', '+02:00', '.12xZ', '.123z', '.123+']);
const proxyRow = fc
  .tuple(day, often(['T', ' '], ['x', 't']), clock, fraction, cell, cell, cell, address, pick('200', '302', ''), cell)
  .map(
    ([date, between, time, part, stem, anchor, agent, ip, code, info]) =>
      `${date}${between}${time}${part},id,/${stem},${anchor},${agent},${ip},${code},${info}`,
  );
/** A row, how often it stands there, and what was done to it. */
const spoilt = (row: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc
    .tuple(
      row,
      fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.integer({ min: 5, max: 40 })),
      fc.option(
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), pick('\0', '"', '\r', ' ', ',', '%', '\ufeff', 'ü', '', '  ')),
        { freq: 8 },
      ),
    )
    .map(([text, count, odd]) => {
      const at = odd === null ? 0 : Math.floor(odd[0] * text.length);
      return Array<string>(count).fill(odd === null ? text : text.slice(0, at) + odd[1] + text.slice(at + 1));
    });
const between = (header: string): fc.Arbitrary<string[]> =>
  pick(
    header,
    '#Software: x',
    '',
    ' ',
    '\0\0',
    '#Fields: date time cs-uri-stem',
    '#Date: 2021-03-04 00:00:00',
    '2021-03-03',
    '2021,',
  ).map((line) => [line]);
const textOf = (header: string, row: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.oneof({ weight: 12, arbitrary: spoilt(row) }, between(header)), { maxLength: 30 }),
      pick('\n', '\r\n'),
      fc.boolean(),
    )
    .map(([pieces, ending, closed]) => [header, ...pieces.flat()].join(ending) + (closed ? ending : ''));

const literals: Literal[] = [
  { field: 'cs-uri-query', how: 'contains', text: 'needle', cased: false, selects: true },
  { field: 'cs(User-Agent)', how: 'starts', text: 'ne', cased: true, selects: true },
  { field: 'AnchorMailbox', how: 'contains', text: 'needle', cased: false, selects: true },
  { field: 'UserAgent', how: 'is', text: 'a"b', cased: false, selects: true },
  { field: 'GenericInfo', how: 'contains', text: "it's", cased: false, selects: true },
];
/** Some of the same behind doors. */
const shut: Literal[] = literals.map((literal, i) => ({ ...literal, door: { group: i & 1, number: 1 + (i % 3) } }));
const opens = (group: number, tuple: readonly (string | null)[]): number =>
  tuple.reduce(
    (open, one) => open | ((one?.length ?? 0) % 3 === group ? 2 : 0) | (one === '200' ? 4 : 0) | (one === null ? 8 : 0),
    0,
  );
const judge = (_group: number, tuple: readonly (string | null)[]): boolean => tuple.some((one) => one?.includes('zq') === true);
const iisGroups = [
  ['cs-method', 'cs-uri-stem'],
  ['cs-method', 'sc-status', 'c-ip'],
  ['cs(User-Agent)'],
  ['no-such-field'],
  ['time-taken'],
];
const proxyGroups = [
  ['UrlStem', 'HttpStatus'],
  ['ClientIpAddress', 'HttpStatus'],
  ['UserAgent', 'no-such-field'],
  ['GenericInfo'],
];
const blockBytes = fc.oneof(fc.integer({ min: 32, max: 600 }), fc.integer({ min: 600, max: 8000 })).map((half) => half * 2);
const groupLimit = fc.constantFrom(300, 300, 300, 300, 1, 5, 17);

describe.each([
  ['iis-w3c', iisW3c, textOf(iisHeader, iisRow), iisGroups],
  ['httpproxy', httpproxy, textOf(proxyHeader, proxyRow), proxyGroups],
] as const)('%s', (_name, reader, texts, groups) => {
  test('any text, any cut, any encoding, full tables', () => {
    fc.assert(
      fc.property(
        texts,
        blockBytes,
        groupLimit,
        fc.constantFrom('utf8', 'utf8', 'utf16le', 'utf16be'),
        fc.constantFrom(10, 10, 10, 13),
        fc.subarray([...literals, ...shut]),
        (text, cut, limit, encoding, lineEnd, asked) => {
          const written = lineEnd === 13 ? text.replaceAll('\n', '\r') : text;
          const bytes = encoding === 'utf8' ? new TextEncoder().encode(written) : utf16(written, encoding === 'utf16be');
          const options = { encoding, lineEnd, literals: asked, judge, opens, groups, groupLimit: limit } as const;
          same(reader, bytes, options);
          same(reader, bytes, { ...options, blockBytes: cut });
        },
      ),
      { numRuns: 150 },
    );
  });

  test('bytes that are no text', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }), (text, changes) => {
        const bytes = new TextEncoder().encode(text);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        same(reader, bytes, { literals, judge, groups, groupLimit: 300 });
      }),
      { numRuns: 150 },
    );
  });
});

/** Lines that are nearly ordinary, several times each among ordinary ones, so that their values are known when they come again. */
function nearly(line: string, separator: string, odd: readonly (readonly [number, readonly string[]])[]): string[] {
  const cells = line.split(separator);
  const made = odd.flatMap(([cell, values]) =>
    values.map((changed) => cells.map((text, index) => (index === cell ? changed : text)).join(separator)),
  );
  const changes = ['\0', '"', '\r', ' ', ',', '%', '\ufeff', 'ü', '', '  ', '#', "'"];
  for (let at = 0; at <= line.length; at++) for (const change of changes) made.push(line.slice(0, at) + change + line.slice(at));
  return [...made, `#${line}`, ` ${line}`, `${line}${separator}`, `${line.slice(0, line.lastIndexOf(separator))}${separator}`];
}
const places = Array.from({ length: 40 }, (_, i) => i);
const needles = places.flatMap((i) => [
  `${'q'.repeat(i)}Needle`,
  `${'q'.repeat(i)}nee%64le${'x'.repeat(i)}`,
  `${'q'.repeat(i)}é`,
  `${'q'.repeat(i)}%6eeedle`,
]);
const iisLine = '2021-03-03 04:12:11 10.0.0.5 GET /owa/ x=1 192.0.2.7 Outlook 200 3';
const proxyLine = '2021-03-03T04:12:11.000Z,id,/owa/,Sid~S-1-5,Outlook,192.0.2.7,200,BeginRequest=1';
const oddStamps = oddDays.map((date) => `${date}T04:12:11.000Z`).concat(oddTimes.map((time) => `2021-03-03T${time}.000Z`));
const nearlyIis = nearly(iisLine, ' ', [
  [0, oddDays],
  [1, oddTimes],
  [5, needles],
]);
const nearlyLater = nearly(`HTTP/1.1 ${iisLine}`, ' ', [[0, ['#Fields:', '#', '"', '\ufeff', '-', '']]]);
const nearlyProxy = nearly(proxyLine, ',', [
  [
    0,
    [
      ...oddStamps,
      '2021-03-03T04:12:11Z',
      '2021-03-03 04:12:11.000Z',
      '2021-03-03t04:12:11.000Z',
      '2021-03-03T04:12:11.0000',
      '"2021-03-03T04:12:11.000Z"',
    ],
  ],
  ...[2, 3, 4, 7].map((at) => [at, [...oddCells, ...oddCells.map((text) => `x${text}`)]] as const),
  [3, needles],
]);

describe.each([
  ['iis-w3c', iisW3c, iisHeader, iisLine, nearlyIis, iisGroups],
  [
    'iis-w3c with another first column',
    iisW3c,
    iisHeader.replace('date', 'cs-version date'),
    `HTTP/1.1 ${iisLine}`,
    nearlyLater,
    iisGroups,
  ],
  ['httpproxy', httpproxy, proxyHeader, proxyLine, nearlyProxy, proxyGroups],
] as const)('%s', (_name, reader, header, line, odd, groups) => {
  test.each(['\n', '\r\n', '\r'])('every nearly ordinary line, again and again (%j)', (ending) => {
    const lineEnd = ending === '\r' ? 13 : 10;
    const options = { lineEnd, literals, groups, judge } as const;
    const all = odd.flatMap((changed) => [changed, changed, changed, line]);
    const text = [header, line, line, ...all].join(ending) + ending;
    for (const blockBytes of [1 << 20, 20_000]) same(reader, text, { ...options, blockBytes });
    // And as the last line, without its end.
    for (const changed of odd.filter((_, index) => index % 9 === 0))
      same(reader, [header, line, line, changed, changed, line, changed].join(ending), { ...options, groupLimit: 64 });
  });
});

test('what stood in memory before is no part of a line that is torn off', () => {
  for (const before of ['9\n', '\n', ' 9\n', '9 \n']) {
    const rows = `${iisLine}\n${iisLine}9\n`.repeat(9);
    // Wherever in the old bytes the new ones end.
    for (const shift of ['', '#', '##', '###']) {
      same(iisW3c, `${iisHeader}\n${before.repeat(2000)}`, { groups: iisGroups, judge: () => false });
      const seen = same(iisW3c, `${iisHeader}\n${shift}\n${rows}${iisLine}`, { groups: iisGroups, judge: () => false });
      expect(seen.groups.at(-1)).toEqual(
        new Map([
          ['["3"]', 10],
          ['["39"]', 9],
        ]),
      );
    }
  }
});

test('a quoted and a plain cell with the same bytes are two values, also when both are known', () => {
  const plainLine = proxyLine.replace('Outlook', 'x""y');
  const quotedLine = proxyLine.replace('Outlook', '"x""y"');
  const text = `${proxyHeader}\n${`${plainLine}\n${quotedLine}\n${quotedLine}\n`.repeat(50)}`;
  for (const cut of [1 << 20, 600]) {
    const seen = same(httpproxy, text, { groups: [['UserAgent']], judge: () => false, blockBytes: cut });
    expect(seen.groups[0]).toEqual(
      new Map([
        ['["x\\"\\"y"]', 50],
        ['["x\\"y"]', 100],
      ]),
    );
  }
});

test('tuples that are known from other blocks find no room in a full table', () => {
  const tuples = ['GET', 'POST', 'HEAD'].flatMap((method) =>
    ['200', '404', '500'].map((code) => iisLine.replace('GET', method).replace(' 200 ', ` ${code} `)),
  );
  // In every block another one comes first.
  const rows = places.flatMap((shift) => Array.from({ length: 40 }, (_, i) => tuples[(i + shift) % tuples.length]!));
  for (const groupLimit of [3, 5, 8, 9]) {
    const options = {
      groups: [['cs-method', 'sc-status']],
      judge: () => false,
      groupLimit,
      blockBytes: 40 * (iisLine.length + 1),
    };
    const seen = same(iisW3c, `${iisHeader}\n${rows.join('\n')}\n`, options);
    expect(seen.overflow > 0).toBe(groupLimit < 9);
  }
});

/** Values that differ and stand on the same few places of a table of the least size: whoever writes a log knows how places are given. */
function colliding(count: number): string[] {
  const found: string[] = [];
  for (let i = 0; found.length < count; i++) {
    const value = `/${i.toString(36)}`;
    const table = new ValueTable(1, freshRoom);
    table.begin(new TextEncoder().encode(value));
    table.intern(0, value.length, 0);
    if ((table.entries[4]! & table.mask) < 2) found.push(value);
  }
  return found;
}

test('values that were made to fall on one place are counted or told, and judged every one', () => {
  const stems = colliding(60);
  const rows = [...stems, ...stems, ...stems.toReversed()].map((stem) => iisLine.replace('/owa/', stem));
  const text = `${iisHeader}\n${rows.join('\n')}\n`;
  for (const blockBytes of [1 << 20, 4000]) {
    const wanted = stems.at(-1)!;
    const seen = same(iisW3c, text, {
      groups: [['cs-uri-stem'], ['cs-method', 'cs-uri-stem']],
      groupLimit: 300,
      judge: (_group, tuple) => tuple.includes(wanted),
      blockBytes,
    });
    expect(seen.rows).toHaveLength(3);
    expect(seen.count).toBe(180);
    if (blockBytes === 1 << 20) expect(seen.overflow).toBeGreaterThan(0);
    if (blockBytes === 1 << 20) expect(told(seen).join()).toContain('row.groups_overflow');
  }
});

test('rows that come again are counted whole where the layout changes in the midst of a block', () => {
  const [date, ...rest] = iisLine.split(' ');
  const turned = [...rest, date].join(' ');
  const turnedHeader = `${iisHeader.replace(' date', '')} date`;
  const blocks = Array.from({ length: 6 }, (_, i) =>
    i % 2 === 0 ? `${iisHeader}\n${`${iisLine}\n`.repeat(50)}` : `${turnedHeader}\n${`${turned}\n`.repeat(50)}`,
  );
  const seen = same(iisW3c, blocks.join(''), { groups: iisGroups, judge: () => false });
  expect(seen.groups[0]).toEqual(new Map([['["GET","/owa/"]', 300]]));
});

test('values that come once, more of them than are remembered together, and then those of before', () => {
  const made = (i: number): string => iisLine.replace('Outlook', `Outlook/${i}`).replace('192.0.2.7', `192.0.2.${i & 255}`);
  const once = Array.from({ length: 7000 }, (_, i) => made(i));
  const often = Array.from({ length: 12_000 }, (_, i) => made(i % 5000));
  const few = Array.from({ length: 3000 }, (_, i) => made(i % 7));
  const text = `${iisHeader}\n${[...few, ...once, ...often, ...few].join('\n')}\n`;
  for (const groupLimit of [8192, 2500]) {
    const options = { groups: [['cs(User-Agent)'], ['c-ip', 'sc-status']], judge: () => false, groupLimit };
    // Twice: values are entered without the reference only when they were met before.
    const seen = same(iisW3c, text + text.slice(iisHeader.length + 1), {
      ...options,
      blockBytes: text.length + (text.length % 2),
    });
    expect(seen.overflow > 0).toBe(groupLimit < 7000);
  }
});

test('a verdict is remembered for its judge and its group alone', () => {
  const text = `${iisHeader}\n${`${iisLine}\n`.repeat(400)}`;
  const groups = [['cs-method'], ['sc-status'], ['cs-method', 'sc-status']];
  for (const wanted of [0, 1, 2, 3, 0]) {
    const seen = same(iisW3c, text, { groups, judge: (group) => group === wanted, blockBytes: 4000 });
    expect(seen.rows.length).toBe(wanted === 3 ? 0 : 400);
  }
});

test('a literal selects behind its open door, and elsewhere where it has none', () => {
  const needle = (method: string, status: string): string =>
    `${iisLine.replace('GET', method).replace(' 200 ', ` ${status} `).replace('x=1', 'needle')}\n`;
  const rows = [needle('GET', '200'), needle('POST', '200'), needle('POST', '404'), `${iisLine}\n`];
  expect(rows[0]).toContain('needle');
  const text = `${iisHeader}\n${Array.from({ length: 400 }, (_, i) => rows[i % 4]).join('')}`;
  const groups = [['cs-method'], ['sc-status']];
  const literal = literals[0]!;
  const found = (door: Literal['door'], limit = 100): number =>
    same(iisW3c, text, {
      groups,
      groupLimit: limit,
      judge: () => false,
      literals: [door === undefined ? literal : { ...literal, door }],
      opens: (group, [value]) => (group === 0 ? (value === 'POST' ? 1 << 7 : 1 << 1) : value === '200' ? 1 << 2 : 0),
      blockBytes: 4000,
    }).rows.length;
  expect(found(undefined)).toBe(300);
  expect(found({ group: 0, number: 7 })).toBe(200);
  expect(found({ group: 0, number: 1 })).toBe(100);
  expect(found({ group: 1, number: 2 })).toBe(200);
  expect(found({ group: 1, number: 3 })).toBe(0);
  // Where tuples find no room, each row's own is asked.
  expect(found({ group: 0, number: 7 }, 1)).toBe(200);
});

const bookId = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('9fb3cb27-0a1b-4c2d-8e3f-0123456789ab', '00000000-0000-0000-0000-00000000000F') },
  fc.uuid(),
  fc.constantFrom(
    '9FB3CB27-0a1b-4c2d-8e3f-0123456789AB',
    '9fb3cb27-0a1b-4c2d-8e3f-0123456789ag',
    '9fb3cb27_0a1b-4c2d-8e3f-0123456789ab',
  ),
);
const bookName = fc.constantFrom(
  'cafeReqId=',
  '&cafeReqId=',
  ';CAFEREQID=',
  '?reqId=',
  'xreqId=',
  '&RequestId=',
  'cafeReqI=',
  '&id=',
  '=',
);
const minuteClock = fc.constantFrom('04:12:00', '04:12:59', '04:13:00', '04:11:58', '23:59:59', '04:12:60', 'x');

test.each([
  [
    'iis-w3c',
    iisW3c,
    '#Fields: date time cs-method cs-uri-stem cs-uri-query s-port sc-status',
    fc
      .tuple(
        minuteClock,
        fc.array(fc.tuple(bookName, bookId, pick('', '&a=b', '+')), { maxLength: 3 }),
        pick('443', '444', '81', '80', '-', '8'),
      )
      .map(([time, ids, port]) => `2021-03-03 ${time} GET /owa/ x=1${ids.flat().join('')} ${port} 200`),
  ],
  [
    'httpproxy',
    httpproxy,
    'DateTime,RequestId,UrlStem,HttpStatus,BackEndStatus',
    fc
      .tuple(minuteClock, bookId, pick('', '"', 'x'), pick('200', '', '-', '"200"'))
      .map(([time, id, quoted, status]) => `2021-03-03T${time}.000Z,${quoted}${id}${quoted},/owa/,200,${status}`),
  ],
] as const)('%s: rows are booked alike', (_name, reader, header, row) => {
  let booked = 0;
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), blockBytes, fc.boolean(), (rows, cut, again) => {
      const text = `${header}\n${(again ? [...rows, ...rows, ...rows] : rows).join('\n')}\n`;
      const groups = [reader === httpproxy ? ['UrlStem'] : ['cs-method']];
      const seen = same(reader, text, { books: true, judge: () => false, groups, blockBytes: cut });
      booked += seen.books.length;
    }),
    { numRuns: 200 },
  );
  expect(booked).toBeGreaterThan(100);
  // More minutes than one skim has room for.
  const minutes = Array.from({ length: 3000 }, (_, i) => new Date(Date.UTC(2021, 2, 3) + i * 60_000).toISOString());
  const id = '9fb3cb27-0a1b-4c2d-8e3f-0123456789ab';
  const line = (iso: string): string =>
    reader === httpproxy
      ? `${iso},${id},/owa/,200,200`
      : `${iso.slice(0, 10)} ${iso.slice(11, 19)} GET /owa/ x=1&cafeReqId=${id} 443 200`;
  const long = same(reader, `${header}\n${minutes.map(line).join('\n')}\n`, { books: true, judge: () => false });
  expect(Object.values(long.books[0] ?? {})[0]?.minutes).toHaveLength(3000);
});

test('more values than the memory of earlier blocks holds', () => {
  const rows = (from: number): string =>
    Array.from({ length: 4000 }, (_, i) => iisLine.replace('/owa/', `/${((from + i) * 7919).toString(36)}`)).join('\n');
  const text = [iisHeader, ...places.slice(0, 14).map((i) => rows(i * 4000)), rows(0), rows(4000)].join('\n');
  const seen = same(iisW3c, text, {
    groups: [['cs-uri-stem']],
    judge: (_group, [stem]) => stem === `/${(7919).toString(36)}`,
    blockBytes: 256 << 10,
  });
  expect([seen.count, seen.overflow, seen.rows.length]).toEqual([64_000, 0, 2]);
});

test('attack rows are all found, one or ten thousand, wherever they stand among ordinary ones', () => {
  const other = '2021-03-03 04:12:11 10.0.0.5 GET /owa/ x=1 192.0.2.7 Outlook 200 3\n';
  const kinds = {
    tuple: '2021-03-03 04:12:11 10.0.0.5 POST /aspnet_client/x.aspx x=1 192.0.2.7 Outlook 200 3\n',
    literal: '2021-03-03 04:12:11 10.0.0.5 GET /owa/ schema=OabVirtualDirectory 192.0.2.7 Outlook 200 3\n',
    encoded: '2021-03-03 04:12:11 10.0.0.5 GET /owa/ schema=OabVirtual%44irectory 192.0.2.7 Outlook 200 3\n',
  };
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(kinds)),
      fc.oneof(fc.constantFrom(1, 2, 100, 10_000), fc.integer({ min: 1, max: 10_000 })),
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 0, max: 3000 }),
      fc.option(blockBytes),
      (attack, count, before, after, cut) => {
        const text = `${iisHeader}\n${other.repeat(before)}${attack.repeat(count)}${other.repeat(after)}`;
        const options: ScanOptions = {
          literals: [{ field: 'cs-uri-query', how: 'contains', text: 'VirtualDirectory', cased: false, selects: true }],
          judge: (_group, tuple) => tuple.includes('/aspnet_client/x.aspx'),
          ...(cut === null ? {} : { blockBytes: cut * 20 }),
        };
        const seen = scanText(iisW3c, text, options);
        expect([seen.rows.length, seen.count]).toEqual([count, before + count + after]);
        expect(seen.rows[0]).toMatchObject({ line: before + 2 });
        expect(seen.rows.at(-1)!.line).toBe(before + count + 1);
      },
    ),
    { numRuns: 15 },
  );
});

test('ordinary rows are skimmed, others are not', () => {
  const other = '2021-03-03 04:12:11 10.0.0.5 GET /owa/ x=1 192.0.2.7 Outlook 200 3\n';
  const odd = '2021-03-03 04:12:11 10.0.0.5 GET /owa/ x=1 192.0.2.7 Outlook 200 3 4\n';
  const ordinary = skimmedRows(() => {
    const seen = same(iisW3c, `${iisHeader}\n${other.repeat(500)}`, { judge: () => false });
    expect(seen.count).toBe(500);
  });
  expect(ordinary).toBe(500);
  expect(skimmedRows(() => same(iisW3c, `${iisHeader}\n${odd.repeat(500)}`, { judge: () => false }))).toBe(0);
  expect(skimmedRows(() => same(iisW3c, `${iisHeader}\n${other.repeat(500)}`, { judge: () => true }))).toBe(0);
  const proxy = '2021-03-03T04:12:11.000Z,id,/owa/,"Sid~S-1-5",Outlook,192.0.2.7,200,"a,b"\n';
  expect(skimmedRows(() => same(httpproxy, `${proxyHeader}\n${proxy.repeat(500)}`, { judge: () => false }))).toBe(500);
  // Parts of a composite field are the scanner's alone.
  const ecp =
    'TimeStamp,ServerName,EventId,EventData\n' + '2021-03-03T04:12:11.000Z,MX,ECP.Request,S:TIME=1;S:BLD=15.1\n'.repeat(50);
  expect(skimmedRows(() => same(ecpServer, ecp, { judge: () => false }))).toBe(0);
});

test('a block that is larger than its memory, and a line that is longer than the limit', () => {
  const row = '2021-03-03 04:12:11 10.0.0.5 GET /owa/ x=1 192.0.2.7 Outlook 200 3\n';
  const large = `${iisHeader}\n${row.repeat(110_000)}`;
  same(iisW3c, large, { judge: () => false, blockBytes: 1 << 30 });
  const long = row.replace('x=1', 'x'.repeat(1_100_000));
  const seen = same(iisW3c, `${iisHeader}\n${row.repeat(3)}${long}${row.repeat(3)}`, { judge: () => false });
  expect(told(seen)).toContain(`text.long_line@${iisHeader.length + 1 + row.length * 3}×1`);
});
