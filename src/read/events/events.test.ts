import { expect, test } from 'vitest';
import { utf16 } from '../../../test/support/memory.ts';
import { fieldsOf, scanText, told } from '../../../test/support/scan.ts';
import { eventJson } from '../event-json.ts';
import { eventXml } from '../event-xml.ts';
import { eventTime } from './event-draft.ts';
import { BadJson, parseJson } from './json-value.ts';

const flat = (id: number, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  EventID: 4688,
  Channel: 'Security',
  SourceName: 'Microsoft-Windows-Security-Auditing',
  TimeCreated: `2021-03-03T04:12:${String(id % 60).padStart(2, '0')}.400Z`,
  RecordNumber: id,
  CommandLine: `cmd {"é${id}\\`,
  ...more,
});
const ids = (seen: ReturnType<typeof scanText>): (string | undefined)[] =>
  fieldsOf(seen).map(({ EventRecordID }) => EventRecordID);
const range = Array.from({ length: 40 }, (_, i) => i + 1);
const events = range.map((id) => flat(id));
const xmlOf = (id: number): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='P'/><EventID>7</EventID><TimeCreated SystemTime='2021-03-03T04:12:11.4000000Z'/><EventRecordID>${id}</EventRecordID></System><EventData><Data Name='x'>é &lt;Event ${id}</Data></EventData></Event>`;

const forms: Readonly<Record<string, readonly [typeof eventJson, string]>> = {
  lines: [eventJson, events.map((event) => JSON.stringify(event)).join('\r\n')],
  'lines within a list': [eventJson, `[${events.map((event) => JSON.stringify(event)).join(',\n')}]\n`],
  indented: [eventJson, events.map((event, i) => `Record ${i + 1}\n${JSON.stringify(event, null, 2)}\n`).join('')],
  'an indented list': [eventJson, JSON.stringify(events, null, 4)],
  'one line': [eventJson, JSON.stringify(events)],
  'one line without a list': [eventJson, events.map((event) => JSON.stringify(event)).join('')],
  'a brace behind a bracket': [
    eventJson,
    `[{${events.map((event) => JSON.stringify(event, null, 1).slice(1, -1)).join('},{')}}]`,
  ],
  XML: [eventXml, `<Events>${range.map(xmlOf).join('')}</Events>`],
  'XML, lines': [eventXml, range.map(xmlOf).join('\r\n')],
};

test.each(Object.entries(forms))('%s: every event, wherever it is cut, in every encoding', (_, [reader, text]) => {
  const whole = scanText(reader, text);
  expect(ids(whole)).toEqual(range.map(String));
  expect(told(whole)).toEqual([]);
  for (const blockBytes of [64, 130, 1000, 4096]) {
    const cut = scanText(reader, text, { blockBytes });
    expect(cut.rows).toEqual(whole.rows);
    expect([cut.count, cut.lines, told(cut)]).toEqual([whole.count, whole.lines, []]);
  }
  for (const bytes of [utf16(text), utf16(text, true), new TextEncoder().encode(`\ufeff${text}`)]) {
    const other = scanText(reader, bytes);
    expect([other.count, fieldsOf(other), told(other)]).toEqual([40, fieldsOf(whole), []]);
  }
  const head = text.slice(0, 65_536);
  expect(reader.recognise(head, '')).toBeGreaterThan(0.9);
});

test('the fields of an event as a tree: attributes, values without names, leaves of UserData, what is empty', () => {
  const event = {
    Event: {
      '#attributes': { xmlns: 'x' },
      System: {
        Provider: { '#attributes': { Name: 'P', Guid: '5770385F-C22A-43E0-BF4C-06F5698FFBD9' } },
        EventID: { '#attributes': { Qualifiers: 16384 }, '#text': 1 },
        Keywords: '0x80000000000000',
        TimeCreated: { '#attributes': { SystemTime: '2021-03-03T04:12:11.400001Z' } },
        EventRecordID: 5,
        Correlation: null,
        Execution: { '#attributes': { ProcessID: 4, ThreadID: 8 } },
        Channel: 'Application',
        Computer: 'MAIL01',
        Security: { '#attributes': { UserID: 'S-1-5-18' } },
      },
      EventData: {
        '#attributes': { Name: 'N' },
        Data: { '#text': ['a', '', 'c'] },
        Binary: null,
        Computer: 'OTHER',
        List: [1, 'b'],
        Yes: true,
      },
      UserData: { X: { '#attributes': { k: 'v' }, Header: 'h', Header_1: 'i', Deep: { Leaf: 7 } } },
    },
  };
  const seen = scanText(eventJson, JSON.stringify(event));
  expect(fieldsOf(seen)[0]).toEqual({
    Channel: 'Application',
    Provider_Name: 'P',
    EventID: '1',
    TimeCreated: '2021-03-03T04:12:11.4000010Z',
    EventRecordID: '5',
    Computer: 'MAIL01',
    Security_UserID: 'S-1-5-18',
    Provider_Guid: '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}',
    Qualifiers: '16384',
    Keywords: '0x80000000000000',
    Execution_ProcessID: '4',
    Execution_ThreadID: '8',
    EventData_Name: 'N',
    EventData_Computer: 'OTHER',
    List: '1\nb',
    Yes: 'true',
    X_k: 'v',
    Header: 'h',
    Header_1: 'i',
    Leaf: '7',
    Data: 'a\n\nc',
    Data_0: 'a',
    Data_2: 'c',
  });
  expect(seen.rows[0]!.time).toBe('2021-03-03T04:12:11.400Z');
});

test('what a shipper adds is no field of the event; a mask with a sign is one without', () => {
  const seen = scanText(
    eventJson,
    [
      flat(1, {
        Keywords: -9214364837600034816,
        EventType: 'AUDIT_SUCCESS',
        tags: ['x'],
        host: 'wec',
        Severity: 'INFO',
        port: 5,
      }),
      flat(2, { EventType: 'SetValue', EventTypeOrignal: 'INFO', RecordNumber: 'record' }),
    ]
      .map((event) =>
        JSON.stringify(event).replace('"record"', '9007199254740993').replace('-9214364837600035000', '-9214364837600034816'),
      )
      .join('\n'),
  );
  const [first, second] = fieldsOf(seen);
  expect(Object.keys(first!).sort()).toEqual([
    'Channel',
    'CommandLine',
    'EventID',
    'EventRecordID',
    'Keywords',
    'Provider_Name',
    'TimeCreated',
  ]);
  expect(first).toMatchObject({ Keywords: '0x8020000000000000' });
  expect(second).toMatchObject({ EventType: 'SetValue', EventRecordID: '9007199254740993' });
});

test('cmdlets of Exchange and detections are told as what they say', () => {
  const cmdlet = {
    System: { Provider: { Name: 'MSExchange CmdletLogs' }, EventID: { Value: 1 }, Channel: 'c' },
    EventData: { Data: ['Set-X', '-A', 'Admin'] },
  };
  const beat = {
    winlog: {
      provider_name: 'MSExchange CmdletLogs',
      event_id: '6',
      channel: 'c',
      event_data: { param1: 'Set-Y', param2: '-B' },
    },
  };
  const seen = scanText(eventJson, `${JSON.stringify(cmdlet)}\n${JSON.stringify(beat)}`);
  expect(fieldsOf(seen)).toMatchObject([
    { CmdletName: 'Set-X', CmdletParameters: '-A', Caller: 'Admin', Succeeded: 'True' },
    { CmdletName: 'Set-Y', CmdletParameters: '-B', Succeeded: 'False' },
  ]);
});

test('damaged, cut off, deep, endless: each is told with its place and hides nothing beside it', () => {
  const good = JSON.stringify(flat(1, { CommandLine: 'x' }));
  const bad = [
    '{"EventID":1',
    '{"EventID":1,}',
    '{"a":"\\x"}',
    '{"a":tru}',
    `${'{"a":'.repeat(70)}1${'}'.repeat(70)}`,
    '{"EventID":01}',
    '{"a":1}{"b":2}',
    '{"x":1}',
  ];
  const text = `${good}\n${bad.join('\n')}\n${good}\n`;
  const seen = scanText(eventJson, text);
  expect(ids(seen)).toEqual(['1', '1']);
  expect(seen.problems).toMatchObject([
    { code: 'json.broken', at: good.length + 1, count: 7 },
    { code: 'object.unknown', at: text.indexOf('{"x":1}'), count: 1 },
  ]);
  const indented = `${JSON.stringify(flat(1), null, 2)}\n{\n  "EventID": 1,\n${JSON.stringify(flat(2), null, 2)}\n{\n  "EventID": 3`;
  const two = scanText(eventJson, indented);
  expect([ids(two), two.problems.map(({ code, count }) => [code, count])]).toEqual([['1', '2'], [['json.broken', 2]]]);
  const stream = scanText(eventJson, `[${good},${good},{"EventID":"open`);
  expect([ids(stream), stream.problems.map(({ code, count }) => [code, count])]).toEqual([['1', '1'], [['json.broken', 1]]]);
  const again = scanText(eventJson, `[${good},${good},{"a":"\n${good}\n`);
  expect([again.count, again.problems.map(({ code, count }) => [code, count])]).toEqual([3, [['json.broken', 1]]]);
});

test('a line that is longer than any event is passed over, and what stands behind it is read', () => {
  const good = JSON.stringify(flat(1));
  for (const endless of [`{"EventID":1,"a":"${'x'.repeat(13 << 20)}"}`, `{"a":${'['.repeat(13 << 20)}`]) {
    const seen = scanText(eventJson, `${good}\n${endless}\n${good}\n`);
    expect([ids(seen), seen.problems.map(({ code, count }) => [code, count])]).toEqual([['1', '1'], [['json.broken', 1]]]);
    expect(seen.rows.map(({ line }) => line)).toEqual([1, 3]);
  }
  const xml = scanText(
    eventXml,
    `${xmlOf(1)}<Event xmlns="x"><EventData>${'<a/>'.repeat(3 << 20)}</EventData></Event>${xmlOf(2)}`,
  );
  expect([ids(xml), xml.problems.map(({ code, count }) => [code, count])]).toEqual([['1', '2'], [['xml.broken', 1]]]);
});

test('XML: no entity is put in, what is not well-formed or deep is told, the next event is read', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><Events>`;
  const deep = `<Event xmlns="x"><EventData>${'<a>'.repeat(100)}`;
  const crossed = '<Event xmlns="x"><System></Event>';
  const text = `${bomb}${xmlOf(1).replace('é', '&b;&#xD800;')}${deep}${crossed}${xmlOf(2)}<Event xmlns="x"><System><EventID>`;
  const seen = scanText(eventXml, text);
  expect(ids(seen)).toEqual(['1', '2']);
  expect(fieldsOf(seen)[0]!['x']).toBe('&b;&#xD800; <Event 1');
  expect(seen.problems.map(({ code, at, count }) => [code, at, count])).toEqual([
    ['xml.entities', text.indexOf('<!DOCTYPE'), 1],
    ['xml.broken', text.indexOf(deep), 3],
  ]);
});

test('an event of a thousand fields keeps as many as an event has, and says so', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, 'v']));
  const seen = scanText(eventJson, JSON.stringify(flat(1, many)));
  expect(Object.keys(fieldsOf(seen)[0]!)).toHaveLength(512);
  expect(seen.problems.map(({ code }) => code)).toEqual(['json.broken']);
});

test.each([
  ['2021-03-03T04:12:11Z', '2021-03-03T04:12:11.0000000Z'],
  ['2021-03-03T05:12:11.4+01:00', '2021-03-03T04:12:11.4000000Z'],
  ['2021-03-03 04:12:11.123456789 UTC', '2021-03-03T04:12:11.1234567Z'],
  ['/Date(1614744731400)/', '2021-03-03T04:12:11.4000000Z'],
  ['\\/Date(1614744731400+0100)\\/', '2021-03-03T04:12:11.4000000Z'],
  ['/Date(-1)/', '1969-12-31T23:59:59.9990000Z'],
  ['1614744731.4', '2021-03-03T04:12:11.4000000Z'],
  ['2021-03-03 04:12:11', null],
  ['2021-02-30T04:12:11Z', null],
  ['2021-13-03T04:12:11Z', null],
  ['', null],
])('time %s', (text, expected) => {
  expect(eventTime(text)?.text ?? null).toBe(expected);
});

test('JSON keeps digits, names that come again and halves of pairs', () => {
  expect(parseJson('{"a":18446744073709551615,"a":-1.50e3,"b":"\\ud800\\u0041","c":[]}')).toEqual({
    kind: 'object',
    members: [
      ['a', { kind: 'plain', text: '18446744073709551615' }],
      ['a', { kind: 'plain', text: '-1.50e3' }],
      ['b', { kind: 'text', text: '\ud800A' }],
      ['c', { kind: 'list', items: [] }],
    ],
  });
  for (const bad of ['', '{', '[1', '"', '"\\"', '{"a"}', '{a:1}', '1 2', '[1,]', '-', 'nul', `"${'\\'.repeat(1001)}"`])
    expect(() => parseJson(bad), bad).toThrow(BadJson);
});
