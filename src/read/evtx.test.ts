import { describe, expect, test } from 'vitest';
import type { JudgeTuple } from '../core/record.ts';
import { fieldsOf, scanText, told } from '../../test/support/scan.ts';
import {
  el,
  evtxChunk,
  evtxFile,
  type EventSpec,
  fileTime,
  hole,
  type SimpleEvent,
  simpleEvent,
} from '../../test/support/evtx-writer.ts';
import { evtx } from './evtx.ts';

const at = (minute: number): string => new Date(Date.UTC(2021, 2, 3, 4, minute)).toISOString();
const range = (from: number, to: number): EventSpec[] =>
  Array.from({ length: to - from + 1 }, (_, i) =>
    simpleEvent({ id: from + i, time: at(i), data: { NewProcessName: `C:\\p${from + i}.exe`, CommandLine: 'p /x' } }),
  );
/** Where a record begins that has this number. */
const placeOf = (file: Uint8Array, id: number): number => {
  const view = new DataView(file.buffer, file.byteOffset);
  for (let i = 4096 + 512; i + 24 < file.length; i += 8)
    if (view.getUint32(i, true) === 0x2a2a && view.getBigUint64(i + 8, true) === BigInt(id)) return i;
  throw new Error(`no record ${id}`);
};

test('an event: its fields, its time, its place, its bytes', () => {
  const file = evtxFile([evtxChunk(range(7, 8))]);
  const seen = scanText(evtx, file);
  expect(told(seen)).toEqual([]);
  expect(seen.rows[0]).toMatchObject({ at: 4096 + 512, time: '2021-03-03T04:00:00.000Z' });
  expect(fieldsOf(seen)[1]).toEqual({
    Channel: 'Security',
    Provider_Name: 'Microsoft-Windows-Security-Auditing',
    EventID: '4688',
    TimeCreated: '2021-03-03T04:01:00.0000000Z',
    EventRecordID: '8',
    Computer: 'MAIL01.haven.example',
    Security_UserID: 'S-1-5-18',
    NewProcessName: 'C:\\p8.exe',
    CommandLine: 'p /x',
  });
  expect(seen.groups[0]!.get('["Security","Microsoft-Windows-Security-Auditing","4688"]')).toBe(2);
  const [first] = seen.rows;
  expect(Buffer.from(first!.raw.subarray(0, 4)).toString('hex')).toBe('2a2a0000');
  expect(first!.raw).toEqual(file.subarray(first!.at, placeOf(file, 8)));
});

test('values without names, one after the other and as an array; UserData; names that are a value; names of the service', () => {
  const plain = simpleEvent({
    id: 1,
    time: at(0),
    provider: 'EventLog',
    eventId: 6009,
    channel: 'System',
    data: ['10.00.', '', 'x'],
  });
  const array = simpleEvent({ id: 2, time: at(0), data: [{ type: 0x81, bytes: [...Buffer.from('one\0\0three\0', 'utf16le')] }] });
  const own = simpleEvent({ id: 3, time: at(0), data: { Channel: 'forged', EventID: '1102', Computer: 'OTHER' } });
  const dynamic = simpleEvent({ id: 4, time: at(0) });
  const inner = {
    guid: 0x99,
    root: el('UserData', [
      el(
        'EventXML',
        [el('Param1', [hole(0)]), el('Param1', [hole(1)]), el('Deep', [], [['Kind', hole(0)]])],
        [['xmlns', 'urn:x']],
      ),
    ]),
    values: ['a', 'b'],
  };
  const user = { ...dynamic, xml: { ...dynamic.xml, values: dynamic.xml.values.with(6, { xml: inner }) } };
  const named = {
    guid: 0x98,
    root: el('EventData', [el('Data', [hole(1)], [['Name', hole(0)]])]),
    values: ['Said', 'so'],
  };
  const said = { ...dynamic, id: 5, xml: { ...dynamic.xml, values: dynamic.xml.values.with(6, { xml: named }) } };
  const other = {
    ...said,
    id: 6,
    xml: { ...said.xml, values: said.xml.values.with(6, { xml: { ...named, values: ['Else', 'no'] } }) },
  };
  const seen = scanText(evtx, evtxFile([evtxChunk([plain, array, own, user, said, other])]));
  expect(told(seen)).toEqual([]);
  expect(fieldsOf(seen)).toMatchObject([
    { Data: '10.00.\n\nx', Data_0: '10.00.', Data_2: 'x', Channel: 'System' },
    { Data: 'one\n\nthree', Data_0: 'one', Data_2: 'three' },
    {
      Channel: 'Security',
      EventID: '4688',
      Computer: 'MAIL01.haven.example',
      EventData_Channel: 'forged',
      EventData_EventID: '1102',
    },
    { Param1: 'a', Param1_1: 'b', Deep_Kind: 'a' },
    { Said: 'so' },
    { Else: 'no' },
  ]);
  expect(fieldsOf(seen)[0]).not.toHaveProperty('Data_1');
});

test('the same bytes of a template mean other things where its names stand for others', () => {
  // The chunks differ in nothing but the characters of one name.
  const one = evtxChunk([simpleEvent({ id: 1, time: at(0), data: { Alpha: 'x' } })]);
  const two = one.slice();
  const name = Buffer.from('Alpha', 'utf16le');
  const place = Buffer.from(two).indexOf(name);
  two.set(Buffer.from('Omega', 'utf16le'), place);
  const seen = scanText(evtx, evtxFile([one, two]));
  expect(fieldsOf(seen)).toMatchObject([{ Alpha: 'x' }, { Omega: 'x' }]);
});

test('cmdlets of Exchange and detections of Defender are told as what they say', () => {
  const seen = scanText(
    evtx,
    evtxFile([
      evtxChunk([
        simpleEvent({
          id: 1,
          time: at(0),
          channel: 'MSExchange Management',
          provider: 'MSExchange CmdletLogs',
          eventId: 6,
          data: ['Set-OabVirtualDirectory', '-ExternalUrl "http://f/"', 'haven.example/Users/Admin'],
        }),
        simpleEvent({
          id: 2,
          time: at(1),
          channel: 'Microsoft-Windows-Windows Defender/Operational',
          provider: 'Microsoft-Windows-Windows Defender',
          eventId: 1117,
          data: {
            'Threat Name': 'Virus:DOS/EICAR_Test_File',
            Path: 'file:_C:\\x.tmp; file:_C:\\inetpub\\wwwroot\\aspnet_client\\y.aspx',
            'Action Name': 'Quarantine',
            'Error Code': '0x00000000',
          },
        }),
      ]),
    ]),
  );
  expect(fieldsOf(seen)).toMatchObject([
    { CmdletName: 'Set-OabVirtualDirectory', Succeeded: 'False', Caller: 'haven.example/Users/Admin', Server: 'MAIL01' },
    {
      Tool: 'Defender',
      Kind: 'detection',
      Threat: 'Virus:DOS/EICAR_Test_File',
      Path: 'C:\\inetpub\\wwwroot\\aspnet_client\\y.aspx',
      Action: 'quarantined',
    },
  ]);
  expect(seen.groups.map((group) => [...group.keys()].filter((key) => !/^\[(null,?)+\]$/.test(key)))).toContainEqual([
    '["Set-OabVirtualDirectory","False"]',
  ]);
});

test('the event says its time; the header of a record only where the event says none', () => {
  const first = simpleEvent({ id: 1, time: at(0), headerTime: new Date(at(9)) });
  const last = simpleEvent({ id: 2, time: at(1), headerTime: null });
  const untimed = simpleEvent({ id: 3, time: at(2) });
  const seen = scanText(
    evtx,
    evtxFile([evtxChunk([first, last, { ...untimed, xml: { ...untimed.xml, values: untimed.xml.values.with(2, null) } }])]),
  );
  expect(seen.rows.map(({ time }) => time)).toEqual([at(0), at(1), at(2)]);
  expect(told(seen)).toEqual([]);
});

test('cleared, stopped, set back: each with its place', () => {
  const eventLog = 'Microsoft-Windows-Eventlog';
  const seen = scanText(
    evtx,
    evtxFile([
      evtxChunk([
        simpleEvent({ id: 1, time: '2021-03-03T04:00:00.000Z', provider: eventLog, eventId: 1102 }),
        simpleEvent({ id: 2, time: '2021-03-03T06:00:00.000Z', provider: 'EventLog', eventId: 6006, channel: 'System' }),
        simpleEvent({ id: 3, time: '2021-03-03T04:30:00.000Z', provider: 'Somebody', eventId: 1102 }),
      ]),
    ]),
  );
  expect(seen.problems.map(({ code, count, found }) => [code, count, found])).toEqual([
    ['evtx.cleared', 1, 'event 1102, 2021-03-03T04:00:00.000Z'],
    ['evtx.stopped', 1, 'event 6006, 2021-03-03T06:00:00.000Z'],
    ['evtx.time_jump', 1, '2021-03-03T06:00:00.000Z before 2021-03-03T04:30:00.000Z'],
  ]);
});

test('what the service manager, the audit and the clock say of the log', () => {
  const manager = 'Service Control Manager';
  const stopped = [...Buffer.from('EventLog/1\0', 'utf16le')];
  const running = [...Buffer.from('EventLog/4\0', 'utf16le')];
  const spec = (id: number, provider: string, eventId: number, data: SimpleEvent['data'] = {}): EventSpec =>
    simpleEvent({ id, time: at(id), provider, eventId, channel: 'System', data });
  const binary = (bytes: number[]): SimpleEvent['data'] => ({
    param1: 'Windows-Ereignisprotokoll',
    Binary: { type: 0x0e, bytes },
  });
  const codes = (event: EventSpec): unknown =>
    scanText(evtx, evtxFile([evtxChunk([event])])).problems.map(({ code, found }) => [code, found]);
  const time = '2021-03-03T04:01:00.000Z';
  expect(codes(spec(1, manager, 7036, binary(stopped)))).toEqual([['evtx.stopped', `event 7036, ${time}`]]);
  expect(codes(spec(1, manager, 7036, binary(running)))).toEqual([]);
  expect(codes(spec(1, manager, 7036, { param1: 'Windows Event Log', param2: 'stopped' }))).toEqual([
    ['evtx.stopped', `event 7036, ${time}`],
  ]);
  expect(codes(spec(1, manager, 7040, { param4: 'EventLog' }))).toEqual([['evtx.audit_changed', `event 7040, ${time}`]]);
  expect(codes(spec(1, manager, 7040, { param4: 'BITS' }))).toEqual([]);
  expect(codes(spec(1, 'Microsoft-Windows-Security-Auditing', 4719))).toEqual([['evtx.audit_changed', `event 4719, ${time}`]]);
  expect(codes(spec(1, 'Microsoft-Windows-Eventlog', 1101))).toEqual([['evtx.dropped', `event 1101, ${time}`]]);
  expect(codes(spec(1, 'EventLog', 6008))).toEqual([['evtx.stopped', `event 6008, ${time}`]]);
  expect(codes(spec(1, 'EventLog', 6005))).toEqual([]);
  const set = (minutes: number): SimpleEvent['data'] => ({
    NewTime: new Date(Date.parse(time) + minutes * 60_000),
    OldTime: new Date(time),
  });
  expect(codes(spec(1, 'Microsoft-Windows-Kernel-General', 1, set(-180)))).toEqual([
    ['evtx.time_jump', `the clock was set from ${time} to 2021-03-03T01:01:00.000Z`],
  ]);
  expect(codes(spec(1, 'Microsoft-Windows-Kernel-General', 1, set(1)))).toEqual([]);
});

test('numbers that are missing within a chunk and between chunks; the order of a full log is no gap', () => {
  const chunks = [evtxChunk([...range(30, 31), ...range(34, 34)]), evtxChunk(range(10, 12)), evtxChunk(range(15, 29))];
  const seen = scanText(evtx, evtxFile(chunks));
  expect(seen.count).toBe(21);
  const [gaps] = seen.problems;
  expect(seen.problems).toHaveLength(1);
  expect(gaps).toMatchObject({ code: 'evtx.record_gap', count: 2 + 2, found: '32 to 33' });
  const whole = scanText(evtx, evtxFile([chunks[2]!, chunks[1]!.slice(), evtxChunk(range(13, 14))]));
  expect(told(whole)).toEqual([]);
});

test('records behind what the chunk lists are its own; those left over from before are marked and prove no time', () => {
  const unlisted = scanText(evtx, evtxFile([evtxChunk(range(1, 4), { unlisted: 2 })], { dirty: true }));
  expect([unlisted.count, unlisted.hours.size]).toEqual([4, 1]);
  expect(unlisted.problems.map(({ code, count }) => [code, count])).toEqual([
    ['evtx.dirty', 1],
    ['evtx.unlisted', 2],
  ]);
  const left = scanText(evtx, evtxFile([evtxChunk([...range(5, 6), ...range(2, 3)], { unlisted: 2 })]));
  expect(left.count).toBe(4);
  expect(fieldsOf(left).map(({ EventRecordID, Recovered }) => [EventRecordID, Recovered])).toEqual([
    ['5', undefined],
    ['6', undefined],
    ['2', 'true'],
    ['3', 'true'],
  ]);
  expect([...left.hours.values()]).toEqual([2]);
  expect(left.problems.map(({ code, count }) => [code, count])).toEqual([['evtx.recovered', 2]]);
});

test('a chunk whose header is gone gives its records by their signature', () => {
  const lost = evtxChunk(range(4, 6));
  lost.fill(0, 0, 512);
  const seen = scanText(evtx, evtxFile([evtxChunk(range(1, 3)), lost, evtxChunk(range(7, 8))]));
  expect(seen.count).toBe(8);
  expect(fieldsOf(seen)[4]).toMatchObject({ EventRecordID: '5', Recovered: 'true', NewProcessName: 'C:\\p5.exe' });
  expect(told(seen)).toEqual([
    `evtx.chunk_damaged@${4096 + 65_536}×1`,
    `evtx.recovered@${4096 + 65_536 + 512}×3`,
    `evtx.record_gap@${4096 + 2 * 65_536}×3`,
  ]);
});

describe('what is left over from before, its definitions overwritten', () => {
  /** Records 5 and 6 are listed, and of 5, where the definitions stood, nothing but the header is left; 3 and 4 are left over. */
  const overwritten = (before: readonly Uint8Array[], left = range(3, 4)): ReturnType<typeof scanText> => {
    const file = evtxFile([...before, evtxChunk([...range(5, 6), ...left], { unlisted: 2 })]);
    file.fill(0x41, placeOf(file, 5) + 24, placeOf(file, 6) - 4);
    return scanText(evtx, file);
  };
  const codes = ({ problems }: ReturnType<typeof scanText>): string[] =>
    problems.map(({ code, count }) => `${code} ${count}`).sort();

  test('is read by those of the same id near by, which is told', () => {
    const seen = overwritten([evtxChunk(range(1, 2))]);
    const left = fieldsOf(seen).filter(({ Recovered }) => Recovered === 'true');
    expect(left.map(({ EventRecordID, NewProcessName, Computer }) => [EventRecordID, NewProcessName, Computer])).toEqual([
      ['3', 'C:\\p3.exe', 'MAIL01.haven.example'],
      ['4', 'C:\\p4.exe', 'MAIL01.haven.example'],
    ]);
    expect(codes(seen)).toEqual([
      'evtx.checksum 1',
      'evtx.record_damaged 2',
      'evtx.record_gap 2',
      'evtx.recovered 2',
      'evtx.template_elsewhere 2',
    ]);
  });

  test('is lost where there are none, and where they have another number of values', () => {
    expect(codes(overwritten([]))).toContain('evtx.leftover 2');
    const others = evtxChunk([simpleEvent({ id: 1, time: at(0), data: { One: 'a' } }), ...range(2, 2)]);
    const left = [3, 4].map((id) => simpleEvent({ id, time: at(0), data: { One: 'a', Two: 'b', Three: 'c' } }));
    const seen = overwritten([others], left);
    expect(codes(seen)).toContain('evtx.leftover 2');
    expect(codes(seen).join()).not.toContain('elsewhere');
  });

  test('is lost where two could be meant', () => {
    const twin = (id: number, name: string): EventSpec => {
      const event = simpleEvent({ id, time: at(0) });
      const root = el('EventData', [el('Data', [hole(0)], [['Name', name]])]);
      return { ...event, xml: { ...event.xml, values: event.xml.values.with(6, { xml: { guid: 0x900, root, values: ['x'] } }) } };
    };
    const left = [twin(3, 'A'), twin(4, 'A')];
    const sure = overwritten([evtxChunk([twin(1, 'A')])], left);
    expect(codes(sure)).toContain('evtx.template_elsewhere 2');
    const doubtful = overwritten([evtxChunk([twin(1, 'A')]), evtxChunk([twin(2, 'B')])], left);
    expect(codes(doubtful)).toContain('evtx.leftover 2');
  });
});

test('a record that is overwritten does not hide those behind it; one whose XML is damaged keeps its number and time', () => {
  const file = evtxFile([evtxChunk(range(1, 4))]);
  const gone = file.slice();
  gone.fill(0x41, placeOf(file, 2), placeOf(file, 2) + 40);
  const seen = scanText(evtx, gone);
  expect(fieldsOf(seen).map(({ EventRecordID }) => EventRecordID)).toEqual(['1', '3', '4']);
  expect(seen.problems.map(({ code }) => code)).toEqual(['evtx.checksum', 'evtx.record_damaged', 'evtx.record_gap']);
  const odd = file.slice();
  odd[placeOf(file, 3) + 24 + 4] = 0x7f;
  const kept = scanText(evtx, odd);
  expect(kept.count).toBe(4);
  expect(fieldsOf(kept)[2]).toEqual({ EventRecordID: '3', TimeCreated: at(2) });
  expect(kept.problems.map(({ code }) => code)).toEqual(['evtx.checksum', 'evtx.record_damaged']);
});

test('a record that was made longer to hide the next one gives it back', () => {
  const file = evtxFile([evtxChunk(range(1, 3))]);
  const [one, three] = [1, 3].map((id) => placeOf(file, id));
  const view = new DataView(file.buffer);
  // As tools do it: the size of both at the beginning of the first and at the end of the second.
  view.setUint32(one! + 4, three! - one!, true);
  view.setUint32(three! - 4, three! - one!, true);
  const seen = scanText(evtx, file);
  expect(fieldsOf(seen).map(({ EventRecordID, Recovered }) => [EventRecordID, Recovered])).toEqual([
    ['1', undefined],
    ['2', 'true'],
    ['3', undefined],
  ]);
  expect(seen.problems.map(({ code, count }) => [code, count])).toEqual([
    ['evtx.checksum', 1],
    ['evtx.recovered', 1],
    ['evtx.record_gap', 1],
  ]);
});

test('headers that lie or are not there, chunks of zeros, a file that ends early', () => {
  const chunks = [evtxChunk(range(1, 2)), new Uint8Array(65_536), evtxChunk(range(3, 4)), new Uint8Array(65_536)];
  const zeros = scanText(evtx, evtxFile(chunks));
  expect([zeros.count, told(zeros)]).toEqual([4, [`evtx.chunk_empty@${4096 + 65_536}×1`]]);
  const stated = scanText(evtx, evtxFile([evtxChunk(range(1, 2))], { stated: 3 }));
  expect(stated.problems).toEqual([{ code: 'evtx.truncated', at: 4096 + 65_536, count: 1, expected: '3 chunks', found: '1' }]);
  const headless = evtxFile([evtxChunk(range(1, 2))]);
  headless.fill(0, 0, 4096);
  expect(evtx.recogniseBytes!(headless, '')).toBe(1);
  expect(told(scanText(evtx, headless))).toEqual(['evtx.header@0×1']);
  const file = evtxFile([evtxChunk(range(1, 40))]);
  const cut = scanText(evtx, file.subarray(0, placeOf(file, 30) + 50).slice());
  expect(cut.count).toBe(29);
  expect(cut.problems.map(({ code }) => code)).toEqual(['evtx.record_damaged', 'evtx.truncated']);
});

test.each<[string, number, readonly number[], readonly string[]]>([
  ['a record of no bytes', 4, [0, 0, 0, 0], ['evtx.record_damaged', 'evtx.record_gap']],
  ['a record of four gigabytes', 4, [255, 255, 255, 255], ['evtx.record_damaged', 'evtx.record_gap']],
  ['a template outside of the chunk', 24 + 10, [255, 255, 255, 255], ['evtx.record_damaged']],
  ['another template than the one that is named', 24 + 6, [1, 2, 3, 4], ['evtx.record_damaged']],
])('%s', (_, offset, bytes, codes) => {
  const file = evtxFile([evtxChunk(range(1, 3))]);
  file.set(bytes, placeOf(file, 2) + offset);
  const seen = scanText(evtx, file);
  // The checksum of the chunk does not fit any more.
  expect(seen.problems.map(({ code }) => code)).toEqual(['evtx.checksum', ...codes]);
  expect(seen.problems.find(({ code }) => code === 'evtx.record_damaged')!.at).toBe(
    placeOf(evtxFile([evtxChunk(range(1, 3))]), 2),
  );
  expect(fieldsOf(seen).map(({ EventRecordID }) => EventRecordID)).toEqual(codes.length === 2 ? ['1', '3'] : ['1', '2', '3']);
});

test.each<[string, number, readonly number[], string]>([
  ['free space beyond the chunk', 48, [255, 255, 255, 255], 'evtx.chunk_damaged'],
  ['free space within the header', 48, [1, 0, 0, 0], 'evtx.chunk_damaged'],
  ['a checksum of the header', 124, [1, 2, 3, 4], 'evtx.checksum'],
  ['a checksum of the records', 52, [1, 2, 3, 4], 'evtx.checksum'],
])('%s that cannot be: all records are read', (_, offset, bytes, code) => {
  const chunk = evtxChunk(range(1, 3));
  chunk.set(bytes, offset);
  const seen = scanText(evtx, evtxFile([evtxChunk(range(10, 11)), chunk]));
  expect(seen.count).toBe(5);
  expect(seen.problems.find((problem) => problem.code === code)).toMatchObject({ at: 4096 + 65_536 });
});

test('sizes and depths that no event has end in a problem', () => {
  let deep = el('X', ['y']);
  for (let i = 0; i < 200; i++) deep = el('X', [deep]);
  const base = simpleEvent({ id: 1, time: at(0) });
  const inner = { guid: 5, root: deep, values: [] };
  const nested = { ...base, xml: { ...base.xml, values: base.xml.values.with(6, { xml: inner }) } };
  const many = simpleEvent({ id: 2, time: at(0), data: Array.from({ length: 600 }, (_, i) => `v${i}`) });
  const seen = scanText(evtx, evtxFile([evtxChunk([nested, many])]));
  expect(seen.count).toBe(2);
  expect(seen.problems.map(({ code, count, found }) => [code, count, found])).toEqual([
    ['evtx.record_damaged', 1, 'elements too deep'],
  ]);
  expect(fieldsOf(seen)[1]).toMatchObject({ Data_63: 'v63' });
  expect(fieldsOf(seen)[1]!['Data']!.split('\n')).toHaveLength(600);
  const often = {
    guid: 6,
    root: el('EventData', [
      el(
        'Data',
        Array.from({ length: 500 }, () => hole(0)),
        [['Name', 'x']],
      ),
    ]),
    values: ['long'],
  };
  const repeated = { ...base, xml: { ...base.xml, values: base.xml.values.with(6, { xml: often }) } };
  expect(scanText(evtx, evtxFile([evtxChunk([repeated])])).problems).toMatchObject([
    { code: 'evtx.record_damaged', found: 'one value in more fields than an event has' },
  ]);
});

test('literals select without a tuple; which of them hold is told', () => {
  const file = evtxFile([evtxChunk(range(1, 9))]);
  const never: JudgeTuple = () => false;
  const literal = (text: string, selects: boolean) =>
    ({ field: 'NewProcessName', how: 'ends', text, cased: false, selects }) as const;
  const seen = scanText(evtx, file, { judge: never, literals: [literal('P4.EXE', true), literal('.exe', false)] });
  expect(seen.rows.map(({ fields, literals }) => [fields['EventRecordID'], literals])).toEqual([['4', [0, 1]]]);
});

test('every cut gives the same', () => {
  const chunks = [range(1, 20), range(21, 30), range(33, 40)].map((events) => evtxChunk(events));
  chunks[1]!.fill(0, 0, 512);
  const file = evtxFile([...chunks, new Uint8Array(65_536), evtxChunk(range(50, 51))], { dirty: true });
  const whole = scanText(evtx, file);
  expect(whole.count).toBe(40);
  for (const blockBytes of [2, 65_536, 100_000, 131_072, 200_000]) expect(scanText(evtx, file, { blockBytes })).toEqual(whole);
});

test('times are exact to the millisecond', () => {
  for (const ms of [0, 1, 999, 123_456_789]) {
    const time = new Date(Date.UTC(2021, 0, 1) + ms);
    const seen = scanText(evtx, evtxFile([evtxChunk([simpleEvent({ id: 1, time: time.toISOString() })])]));
    expect(seen.rows[0]!.time).toBe(time.toISOString());
    expect(fileTime(time)).toHaveLength(8);
  }
});
