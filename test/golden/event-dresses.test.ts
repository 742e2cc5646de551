/**
 * The same events in every dress that people hand in: as the event log, as what other programs make of it, as objects of a console.
 * The answer is that of the events, never that of their dress.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gather } from '../../src/evidence/index.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { recordsOf } from '../../src/run/index.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { evtxChunk, evtxFile, type SimpleEvent, simpleEvent } from '../support/evtx-writer.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-dresses-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const w3wp = 'C:\\Windows\\System32\\inetsrv\\w3wp.exe';
const shell = 'C:\\Windows\\System32\\cmd.exe';
const security = 'Microsoft-Windows-Security-Auditing';
const sysmon = 'Microsoft-Windows-Sysmon';
const defender = 'Microsoft-Windows-Windows Defender';
const page = 'file:_C:\\inetpub\\wwwroot\\aspnet_client\\y.aspx';

interface Written extends SimpleEvent {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly data: Readonly<Record<string, string>>;
  /** As Windows words it. */
  readonly message: string;
}

const process4688 = (id: number, parent: string, image: string, commandLine: string): Written => ({
  id,
  time: `2021-03-03T04:0${id}:11.400Z`,
  channel: 'Security',
  provider: security,
  eventId: 4688,
  data: {
    SubjectUserName: 'MAIL01$',
    NewProcessName: image,
    CommandLine: commandLine,
    ParentProcessName: parent,
  },
  message: `A new process has been created.\r\n\r\nCreator Subject:\r\n\tAccount Name:\t\tMAIL01$\r\n\r\nProcess Information:\r\n\tNew Process Name:\t${image}\r\n\tCreator Process Name:\t${parent}\r\n\tProcess Command Line:\t${commandLine}\r\n\r\nToken Elevation Type indicates the type of token.`,
});
const sysmon1 = (id: number, parent: string, image: string, commandLine: string): Written => ({
  id,
  time: `2021-03-03T04:0${id}:11.400Z`,
  channel: 'Microsoft-Windows-Sysmon/Operational',
  provider: sysmon,
  eventId: 1,
  data: { Image: image, CommandLine: commandLine, ParentImage: parent },
  message: `Process Create:\r\nImage: ${image}\r\nCommandLine: ${commandLine}\r\nParentImage: ${parent}`,
});
const removed = (id: number): Written => ({
  id,
  time: `2021-03-03T04:0${id}:11.400Z`,
  channel: 'Microsoft-Windows-Windows Defender/Operational',
  provider: defender,
  eventId: 1117,
  data: { 'Threat Name': 'Backdoor:ASP/Chopper.F!dha', Path: page, 'Action Name': 'Quarantine', 'Error Code': '0x00000000' },
  message: `Microsoft Defender Antivirus has taken action to protect this machine from malware.\r\n \tName: Backdoor:ASP/Chopper.F!dha\r\n \tPath: ${page}\r\n \tAction: Quarantine\r\n \tError Code: 0x00000000`,
});

const stories: Readonly<Record<string, readonly Written[]>> = {
  'a shell in Security': [
    process4688(1, 'C:\\Windows\\explorer.exe', shell, 'cmd /c dir'),
    process4688(2, w3wp, shell, 'cmd.exe /c "whoami" & <é>'),
  ],
  'a shell in Sysmon': [sysmon1(1, w3wp, shell, 'cmd.exe /c whoami'), sysmon1(2, 'C:\\Windows\\explorer.exe', shell, 'cmd.exe')],
  'a page that Defender took away': [removed(1)],
  nothing: [
    process4688(1, 'C:\\Windows\\explorer.exe', shell, 'cmd /c dir'),
    process4688(2, w3wp, 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe', 'csc /t:library'),
  ],
};

const escaped = (text: string): string =>
  text
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('\r', '_x000D_')
    .replaceAll('\n', '_x000A_');
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const host = 'MAIL01.haven.example';

/** What `Get-WinEvent` gives of an event, in its order. */
const consoleObject = (event: Written): Readonly<Record<string, string | number>> => ({
  Message: event.message,
  Id: event.eventId,
  Version: 2,
  Qualifiers: '',
  Level: 0,
  Task: 13312,
  Opcode: 0,
  Keywords: '-9214364837600034816',
  RecordId: event.id,
  ProviderName: event.provider,
  LogName: event.channel,
  ProcessId: 4,
  ThreadId: 220,
  MachineName: host,
  UserId: '',
  TimeCreated: event.time,
  LevelDisplayName: 'Information',
});

/** What EvtxECmd writes of an event, in its order. */
const evtxEcmd = (event: Written): Readonly<Record<string, string>> => ({
  RecordNumber: String(event.id),
  EventRecordId: String(event.id),
  TimeCreated: `${event.time.slice(0, 23).replace('T', ' ')}0000`,
  EventId: String(event.eventId),
  Level: 'LogAlways',
  Provider: event.provider,
  Channel: event.channel,
  ProcessId: '4',
  ThreadId: '220',
  Computer: host,
  ChunkNumber: '0',
  UserId: '',
  MapDescription: 'A description, with a comma',
  UserName: 'HAVEN\\MAIL01$',
  RemoteHost: '',
  PayloadData1: 'Words of the tool',
  ExecutableInfo: event.data.CommandLine ?? '',
  HiddenRecord: 'False',
  SourceFile: 'C:\\cases\\Security.evtx',
  Keywords: 'Audit success',
  ExtraDataOffset: '0',
  Payload: JSON.stringify({
    EventData: { Data: Object.entries(event.data).map(([name, text]) => ({ '@Name': name, '#text': text })) },
  }),
});

type Dress = (events: readonly Written[], json: readonly string[], xml: readonly string[]) => string | Buffer;

const dresses: Readonly<Record<string, Dress>> = {
  'evtx_dump, a line each': (_, json) => json.join('\n'),
  'evtx_dump, indented': (_, json) =>
    json.map((one, i) => `Record ${i + 1}\n${JSON.stringify(JSON.parse(one), null, 2)}\n`).join(''),
  'a list, indented': (_, json) =>
    JSON.stringify(
      json.map((one) => JSON.parse(one) as unknown),
      null,
      4,
    ).replaceAll('\n', '\r\n'),
  'a list on one line': (_, json) => `[${json.join(',')}]`,
  'attributes beside their elements': (events) =>
    events
      .map((event) =>
        JSON.stringify({
          Event_attributes: { xmlns: 'x' },
          Event: {
            System: {
              Provider_attributes: { Name: event.provider },
              EventID: event.eventId,
              TimeCreated_attributes: { SystemTime: event.time },
              EventRecordID: event.id,
              Channel: event.channel,
              Computer: host,
            },
            EventData: event.data,
          },
        }),
      )
      .join('\n'),
  'a tree of attributes behind @': (events) =>
    events
      .map((event) =>
        JSON.stringify({
          Event: {
            '@xmlns': 'x',
            System: {
              Provider: { '@Name': event.provider },
              EventID: { '@Qualifiers': '', '#text': String(event.eventId) },
              TimeCreated: { '@SystemTime': event.time },
              Channel: event.channel,
              Computer: host,
            },
            EventData: { Data: Object.entries(event.data).map(([name, text]) => ({ '@Name': name, '#text': text })) },
          },
        }),
      )
      .join('\n'),
  Velociraptor: (events) =>
    events
      .map((event) =>
        JSON.stringify({
          System: {
            Provider: { Name: event.provider },
            EventID: { Value: event.eventId },
            TimeCreated: { SystemTime: new Date(event.time).getTime() / 1000 },
            EventRecordID: event.id,
            Channel: event.channel,
            Computer: host,
          },
          EventData: event.data,
          Message: event.message,
        }),
      )
      .join('\n'),
  Winlogbeat: (events) =>
    events
      .map((event) =>
        JSON.stringify({
          '@timestamp': event.time,
          winlog: {
            channel: event.channel,
            provider_name: event.provider,
            event_id: String(event.eventId),
            record_id: event.id,
            computer_name: host,
            event_data: event.data,
          },
          message: event.message,
          host: { name: 'collector' },
        }),
      )
      .join('\n'),
  'Winlogbeat, out of Elasticsearch with dots in the names': (events) =>
    events
      .map((event) =>
        JSON.stringify({
          _index: 'winlogbeat',
          _source: {
            '@timestamp': event.time,
            'winlog.channel': event.channel,
            'winlog.provider_name': event.provider,
            'winlog.event_id': event.eventId,
            'winlog.computer_name': host,
            ...Object.fromEntries(Object.entries(event.data).map(([name, text]) => [`winlog.event_data.${name}`, text])),
          },
        }),
      )
      .join('\n'),
  'Winlogbeat 6': (events) =>
    events
      .map((event) =>
        JSON.stringify({
          '@timestamp': event.time,
          log_name: event.channel,
          source_name: event.provider,
          event_id: event.eventId,
          record_number: String(event.id),
          computer_name: host,
          event_data: event.data,
        }),
      )
      .join('\n'),
  NXLog: (events) =>
    events
      .map((event) =>
        JSON.stringify({
          EventTime: event.time.slice(0, 19).replace('T', ' '),
          Hostname: host,
          EventType: 'AUDIT_SUCCESS',
          SeverityValue: 2,
          EventID: event.eventId,
          SourceName: event.provider,
          RecordNumber: event.id,
          ExecutionProcessID: 4,
          Channel: event.channel,
          Message: event.message,
          ...event.data,
          '@timestamp': event.time,
          SourceModuleName: 'eventlog',
        }),
      )
      .join('\r\n'),
  'wevtutil as XML': (_, _json, xml) => xml.join('\n'),
  'wevtutil as XML, in UTF-16': (_, _json, xml) => Buffer.from(`\ufeff${xml.join('\r\n')}`, 'utf16le'),
  'XML that the Event Viewer saved': (events, _json, xml) =>
    `\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<Events>${xml
      .map((one, i) =>
        one.replace(
          '</Event>',
          `<RenderingInfo Culture='en-US'><Message>${events[i]!.message.replace(/[&<]/g, (c) => `&#${c.charCodeAt(0)};`)}</Message><Level>Information</Level></RenderingInfo></Event>`,
        ),
      )
      .join('')}</Events>`,
  'XML, indented': (_, _json, xml) => `<Events>\n${xml.map((one) => one.replaceAll('><', '>\n  <')).join('\n')}\n</Events>\n`,
  'Get-WinEvent as JSON': (events) =>
    JSON.stringify(
      events.map((event) => ({ ...consoleObject(event), TimeCreated: `/Date(${Date.parse(event.time)})/` })),
      null,
      4,
    ),
  'Get-WinEvent as CLIXML': (events) =>
    `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\r\n${events
      .map(
        (event) =>
          `<Obj RefId="0"><Props>${Object.entries(consoleObject(event))
            .filter(([, value]) => value !== '')
            .map(([name, value]) =>
              name === 'TimeCreated'
                ? `<DT N="TimeCreated">${String(value).replace('Z', '+00:00')}</DT>`
                : `<S N="${name}">${escaped(String(value))}</S>`,
            )
            .join('')}</Props></Obj>`,
      )
      .join('\r\n')}\r\n</Objs>`,
  'Get-WinEvent as CSV': (events) =>
    [
      '#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord',
      Object.keys(consoleObject(events[0]!)).map(quoted).join(','),
      ...events.map((event) => Object.values(consoleObject(event)).map(String).map(quoted).join(',')),
    ].join('\r\n'),
  'EvtxECmd as CSV': (events) =>
    `\ufeff${[Object.keys(evtxEcmd(events[0]!)), ...events.map((event) => Object.values(evtxEcmd(event)))]
      .map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? quoted(cell) : cell)).join(','))
      .join('\r\n')}\r\n`,
  'EvtxECmd as JSON': (events) =>
    events
      .map((event) => JSON.stringify({ ...evtxEcmd(event), TimeCreated: event.time.replace('Z', '0000+00:00') }))
      .join('\r\n'),
};

let number = 0;
async function said(name: string, content: string | Uint8Array): Promise<unknown> {
  const place = path.join(folder, String(number++));
  fs.mkdirSync(place);
  fs.writeFileSync(path.join(place, name), content);
  const { verdict, findings, problems, intrusions } = await assessFolder(place);
  return {
    answer: verdict.answer,
    stage: verdict.stage,
    findings: findings.map(({ rule, host: on, count }) => ({ rule, host: on, count })).sort((a, b) => (a.rule < b.rule ? -1 : 1)),
    intrusions: intrusions.length,
    problems: problems.map(({ code }) => code),
  };
}

for (const [story, events] of Object.entries(stories)) {
  test(`${story}: every dress gives the same hits and the same answer`, async () => {
    const log = evtxFile([evtxChunk(events.map(simpleEvent))]);
    const expected = (await said('Security.evtx', log)) as { findings: unknown[]; problems: unknown[] };
    expect(expected.problems).toEqual([]);
    expect(expected.findings.length).toBe(story === 'nothing' ? 0 : 1);
    const file = path.join(folder, `${number++}.evtx`);
    fs.writeFileSync(file, log);
    const { artifacts, close } = await gather([file], nodePlatform);
    const records = artifacts.flatMap((artifact) => [...recordsOf(artifact)].flat());
    const [json, xml] = [records.map((record) => record.json()!), records.map((record) => record.xml()!)];
    close();
    for (const [dress, make] of Object.entries(dresses))
      expect({ dress, ...((await said('events.txt', make(events, json, xml))) as object) }).toEqual({ dress, ...expected });
  });
}

test('an event log and what was made of it, handed in together: an event counts once', async () => {
  const events = stories['a shell in Security']!;
  const place = path.join(folder, 'together');
  fs.mkdirSync(place);
  fs.writeFileSync(path.join(place, 'Security.evtx'), evtxFile([evtxChunk(events.map(simpleEvent))]));
  const { artifacts, close } = await gather([place], nodePlatform);
  const records = artifacts.flatMap((artifact) => [...recordsOf(artifact)].flat());
  const [json, xml] = [records.map((record) => record.json()!), records.map((record) => record.xml()!)];
  close();
  for (const dress of [
    'evtx_dump, a line each',
    'XML that the Event Viewer saved',
    'Velociraptor',
    'EvtxECmd as JSON',
    'EvtxECmd as CSV',
  ])
    fs.writeFileSync(path.join(place, `${dress}.txt`), dresses[dress]!(events, json, xml));
  const { findings } = await assessFolder(place);
  expect(findings.map(({ rule, count }) => [rule, count])).toEqual([['web-shell/event-child-order', 1]]);
});
