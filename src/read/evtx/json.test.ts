import { expect, test } from 'vitest';
import type { Rows } from '../../core/record.ts';
import {
  el,
  evtxChunk,
  evtxFile,
  type EventSpec,
  hole,
  simpleEvent,
  type Value,
  type XmlElement,
} from '../../../test/support/evtx-writer.ts';
import { EvtxScanner } from './scanner.ts';

const time = '2021-03-03T04:12:11.400Z';
const utf16 = (text: string): number[] => [...Buffer.from(text, 'utf16le')];
const hex = (text: string): number[] => [...Buffer.from(text.replaceAll(' ', ''), 'hex')];
const of = (type: number, bytes: readonly number[]): Value => ({ type, bytes });

/** The JSON texts of events as they stand in one chunk. */
function jsonOf(events: readonly EventSpec[]): string[] {
  const bytes = evtxFile([evtxChunk(events)]);
  const scanner = new EvtxScanner({
    hash: 'test',
    logSource: 'windows-event',
    literals: [],
    groups: [['EventID']],
    groupLimit: 10,
  });
  let found: string[] = [];
  const block = { index: 0, at: 0, end: bytes.length, last: true };
  const seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 } as const;
  scanner.scan(
    block,
    bytes,
    seam,
    () => true,
    (rows: Rows) => {
      found = Array.from({ length: rows.length }, (_, row) => rows.json!(row));
    },
  );
  return found;
}
const inner = (root: XmlElement, values: readonly Value[], guid = 0x99): EventSpec => {
  const event = simpleEvent({ id: 1, time });
  return { ...event, xml: { ...event.xml, values: event.xml.values.with(6, { xml: { guid, root, values } }) } };
};
/** What stands under `Event` besides `System`. */
const dataOf = (event: EventSpec): unknown => {
  const {
    '#attributes': _attributes,
    System: _system,
    ...data
  } = (JSON.parse(jsonOf([event])[0]!) as { Event: Record<string, unknown> }).Event;
  return data;
};
/** Named values, each of one slot. */
const named = (values: Readonly<Record<string, Value>>): unknown =>
  (
    dataOf(
      inner(
        el(
          'EventData',
          Object.keys(values).map((name, slot) => el('Data', [hole(slot)], [['Name', name]])),
        ),
        Object.values(values),
      ),
    ) as { EventData: unknown }
  ).EventData;

test('the service’s own fields', () => {
  expect(JSON.parse(jsonOf([simpleEvent({ id: 7, time })])[0]!)).toEqual({
    Event: {
      '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
      System: {
        Provider: { '#attributes': { Name: 'Microsoft-Windows-Security-Auditing' } },
        EventID: 4688,
        TimeCreated: { '#attributes': { SystemTime: '2021-03-03T04:12:11.400000Z' } },
        EventRecordID: 7,
        Channel: 'Security',
        Computer: 'MAIL01.haven.example',
        Security: { '#attributes': { UserID: 'S-1-5-18' } },
      },
      EventData: null,
    },
  });
});

test.each<[string, Value, unknown]>([
  ['null', null, ''],
  ['an empty string', '', ''],
  ['a string', 'a "b" \\ é', 'a "b" \\ é'],
  ['blanks at its end', 'cmd.exe \t\u3000', 'cmd.exe'],
  ['blanks at its beginning', '  x', '  x'],
  ['what stands behind a zero', of(0x01, utf16('ab\0cd')), 'ab'],
  ['half a pair', of(0x01, [0x41, 0, 0x00, 0xd8]), 'A\ud800'],
  ['one-byte characters', of(0x02, hex('41e900')), 'Aé'],
  ['int8', of(0x03, hex('ff')), -1],
  ['uint8', of(0x04, hex('ff')), 255],
  ['int16', of(0x05, hex('0080')), -32768],
  ['uint16', of(0x06, hex('0080')), 32768],
  ['int32', of(0x07, hex('feffffff')), -2],
  ['uint32', of(0x08, hex('feffffff')), 4294967294],
  ['int32 of two bytes', of(0x07, hex('0102')), '0102'],
  ['real32', of(0x0b, hex('0000803f')), '1.0'],
  ['real64', of(0x0c, hex('9a9999999999b93f')), '0.1'],
  ['true', of(0x0d, hex('01000000')), true],
  ['false', of(0x0d, hex('00000000')), false],
  ['binary', of(0x0e, hex('00ff10')), '00FF10'],
  ['guid', of(0x0f, hex('25968454 7854 9449 a5ba 3e3b0328c30d')), '54849625-5478-4994-A5BA-3E3B0328C30D'],
  ['size', of(0x10, hex('1000000001000000')), '0x100000010'],
  ['file time', of(0x11, hex('87a86c62e30fd701')), '2021-03-03T04:12:11.400000Z'],
  ['system time', of(0x12, hex('e507 0300 0300 0300 0400 0c00 0b00 9001')), '2021-03-03T04:12:11.400000Z'],
  [
    'system time, unset',
    of(
      0x12,
      Array.from({ length: 16 }, () => 0),
    ),
    '1601-01-01T00:00:00.000000Z',
  ],
  ['sid', of(0x13, hex('01 02 000000000005 20000000 20020000')), 'S-1-5-32-544'],
  ['hex32', of(0x14, hex('0a000000')), '0xa'],
  ['hex64', of(0x15, hex('0000000000002080')), '0x8020000000000000'],
  ['strings', of(0x81, utf16('A\0\0B\0')), ['A', '', 'B']],
  ['one string', of(0x81, utf16('A\0')), 'A'],
  ['no strings', of(0x81, []), ''],
  ['numbers', of(0x88, hex('01000000 02000000')), [1, 2]],
  [
    'guids',
    of(0x8f, hex('25968454 7854 9449 a5ba 3e3b0328c30d'.repeat(2))),
    Array(2).fill('54849625-5478-4994-A5BA-3E3B0328C30D'),
  ],
])('%s', (_, value, expected) => {
  expect(named({ x: value })).toEqual({ x: expected });
});

test('numbers of eight bytes keep every digit', () => {
  const event = inner(el('EventData', [el('Data', [hole(0)], [['Name', 'n']])]), [of(0x0a, hex('feffffffffffffff'))]);
  expect(jsonOf([event])[0]).toContain('"n":18446744073709551614}');
});

test('values without names are a list, one is none; of both kinds those with names are told', () => {
  expect(
    dataOf(
      inner(el('EventData', [el('Data', [hole(0)]), el('Data', [hole(1)]), el('Binary', [hole(2, 0x0e)])]), ['a', null, null]),
    ),
  ).toEqual({
    EventData: { Data: { '#text': ['a', ''] }, Binary: null },
  });
  expect(dataOf(inner(el('EventData', [el('Data', [hole(0)])]), ['a']))).toEqual({ EventData: { Data: { '#text': 'a' } } });
  expect(dataOf(inner(el('EventData', [el('Data', [hole(0)])]), [of(0x81, utf16('a\0\0c\0'))]))).toEqual({
    EventData: { Data: { '#text': ['a', '', 'c'] } },
  });
  expect(dataOf(inner(el('EventData', [el('Data', [hole(0)]), el('Data', [hole(1)], [['Name', 'n']])]), ['a', 'b']))).toEqual({
    EventData: { n: 'b' },
  });
});

test('names that come again, names that are values, words beside elements, numbers in attributes', () => {
  expect(named({ a: 'x' })).toEqual({ a: 'x' });
  const twice = el('EventData', [
    el('Data', [hole(0)], [['Name', 'a']]),
    el('Data', [hole(1)], [['Name', 'a']]),
    el('Data', [hole(1)], [['Name', hole(0)]]),
  ]);
  expect(dataOf(inner(twice, ['x', 'y']))).toEqual({ EventData: { a: 'x', a_1: 'y', x: 'y' } });
  const user = el('UserData', [
    el(
      'X',
      [
        el('Header', [hole(0)]),
        el('Header', ['fixed ']),
        el('Header', [], [['n', hole(1, 0x08)]]),
        'word ',
        el('Both', ['t', hole(0)], [['k', 'v']]),
      ],
      [['xmlns', 'urn:x']],
    ),
  ]);
  expect(dataOf(inner(user, ['h', 5]))).toEqual({
    UserData: {
      X: {
        '#attributes': { xmlns: 'urn:x' },
        '#text': 'word ',
        Header: 'h',
        Header_1: 'fixed',
        Header_2: { '#attributes': { n: 5 } },
        Both: { '#attributes': { k: 'v' }, '#text': 'th' },
      },
    },
  });
});

test('an array in an attribute or beside words makes several elements', () => {
  const user = el('UserData', [el('X', [el('A', [], [['n', hole(0, 0x88)]]), el('B', ['<', hole(0, 0x88), '>'])])]);
  expect(dataOf(inner(user, [of(0x88, hex('01000000 02000000'))]))).toEqual({
    UserData: { X: { A: { '#attributes': { n: 1 } }, A_1: { '#attributes': { n: 2 } }, B: '<1>', B_1: '<2>' } },
  });
});

test('XML within XML within XML', () => {
  const third = { guid: 3, root: el('Leaf', [hole(0)]), values: [of(0x08, hex('07000000'))] };
  const second = { guid: 2, root: el('Middle', [hole(0, 0x21)]), values: [{ xml: third }] };
  expect(dataOf(inner(el('UserData', [hole(0, 0x21)]), [{ xml: second }], 1))).toEqual({ UserData: { Middle: { Leaf: 7 } } });
});

test('an event that would grow beyond measure is null', () => {
  const much = 'x'.repeat(3000);
  const root = el('UserData', [el('X', [el('A', [much, hole(0, 0x84), hole(1, 0x84)])])]);
  const bytes = Array.from({ length: 1000 }, () => 1);
  expect(jsonOf([inner(root, [of(0x84, bytes), of(0x84, bytes)])])).toEqual(['{"Event":null}']);
});
