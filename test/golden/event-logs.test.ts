/** Event logs handed in: read, judged by the rules that there are, shown so that a person can check them, and printed as they are. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/index.ts';
import { runCli } from '../e2e/run-cli.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { evtxChunk, evtxFile, type SimpleEvent, simpleEvent } from '../support/evtx-writer.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-events-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const minute = (of: number): string => new Date(Date.UTC(2021, 2, 3, 4, of)).toISOString();
const child = (id: number, parent: string, image: string, commandLine: string): SimpleEvent => ({
  id,
  time: minute(id),
  data: { NewProcessName: image, ParentProcessName: parent, CommandLine: commandLine },
});
const w3wp = 'C:\\Windows\\System32\\inetsrv\\w3wp.exe';
const shell = 'C:\\Windows\\System32\\cmd.exe';

function write(name: string, files: Readonly<Record<string, readonly SimpleEvent[]>>): string {
  const place = path.join(folder, name);
  fs.mkdirSync(place);
  for (const [file, events] of Object.entries(files)) {
    const half = Math.ceil(events.length / 2);
    const chunks = [events.slice(0, half), events.slice(half)].filter((part) => part.length > 0);
    fs.writeFileSync(path.join(place, file), evtxFile(chunks.map((part) => evtxChunk(part.map(simpleEvent)))));
  }
  return place;
}

test('a shell that the web server started: found in Security and in Sysmon, and shown with its exact bytes', async () => {
  const place = write('used', {
    'Security.evtx': [
      child(1, 'C:\\Windows\\explorer.exe', shell, 'cmd /c dir'),
      child(2, w3wp, 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe', 'csc /t:library'),
      child(3, w3wp, shell, 'cmd.exe /c whoami'),
    ],
    'Microsoft-Windows-Sysmon%4Operational.evtx': [
      {
        id: 9,
        time: minute(4),
        channel: 'Microsoft-Windows-Sysmon/Operational',
        provider: 'Microsoft-Windows-Sysmon',
        eventId: 1,
        data: { Image: shell, ParentImage: w3wp, CommandLine: 'cmd.exe /c whoami' },
      },
    ],
  });
  const assessment = await assessFolder(place);
  const found = assessment.findings.filter(({ rule }) => rule === 'web-shell/event-child-order');
  expect(
    found.flatMap(({ evidence }) => evidence.map(({ artifact, recordId, line }) => [artifact, recordId, line])).sort(),
  ).toEqual([
    ['Microsoft-Windows-Sysmon%4Operational.evtx', '9', null],
    ['Security.evtx', '3', null],
  ]);
  expect(assessment.verdict.stage).toBe('operated');
  const [security] = found.flatMap(({ evidence }) => evidence).filter(({ artifact }) => artifact === 'Security.evtx');
  const bytes = fs.readFileSync(path.join(place, 'Security.evtx'));
  const raw = Buffer.from(security!.rawBase64, 'base64');
  expect(bytes.subarray(security!.offsetBytes, security!.offsetBytes + raw.length).equals(raw)).toBe(true);
  expect(security!.shown).toContain('CommandLine=cmd.exe /c whoami');
  expect(security!.decisiveBase64.map((part) => Buffer.from(part, 'base64').toString('utf16le'))).toContain('cmd.exe /c whoami');
  expect(found.map(({ host }) => host)).toEqual(found.map(() => 'MAIL01'));
  const page = renderHtml(assessment, { nowMs: 0, timeZone: 'UTC', lang: 'en', audience: 'own' });
  const words = page.replace(/<[^>]*>/g, '');
  expect(words).toContain('CommandLine=cmd.exe /c whoami');
  expect(
    assessment.coverage.sources.filter(({ records }) => records > 0).map(({ kind, host, records }) => [kind, host, records]),
  ).toEqual([
    ['security-events', 'MAIL01', 3],
    ['windows-event', 'MAIL01', 1],
  ]);
});

test('an export to a page in MSExchange Management; one that failed is none, one to a mailbox file neither', async () => {
  const cmdlet = (id: number, eventId: number, parameters: string): SimpleEvent => ({
    id,
    time: minute(id),
    channel: 'MSExchange Management',
    provider: 'MSExchange CmdletLogs',
    eventId,
    data: ['New-MailboxExportRequest', parameters, 'haven.example/Users/Admin'],
  });
  const page = '-Mailbox "a" -FilePath "\\\\127.0.0.1\\c$\\inetpub\\wwwroot\\aspnet_client\\x.aspx"';
  const assessment = await assessFolder(write('exported', { 'MSExchange Management.evtx': [cmdlet(1, 1, page)] }));
  expect(assessment.findings.map(({ rule }) => rule)).toContain('web-shell/audit-export-page');
  const benign = await assessFolder(
    write('not-exported', {
      'MSExchange Management.evtx': [cmdlet(1, 6, page), cmdlet(2, 1, '-Mailbox "a" -FilePath "\\\\FS\\pst\\a.pst"')],
    }),
  );
  expect(benign.findings.map(({ rule }) => rule)).not.toContain('web-shell/audit-export-page');
  expect(benign.coverage.sources.filter(({ records }) => records > 0).map(({ kind }) => kind)).toEqual(['msexchange-management']);
});

test('a web shell that Defender took away', async () => {
  const assessment = await assessFolder(
    write('defender', {
      'Microsoft-Windows-Windows Defender%4Operational.evtx': [
        {
          id: 1,
          time: minute(1),
          channel: 'Microsoft-Windows-Windows Defender/Operational',
          provider: 'Microsoft-Windows-Windows Defender',
          eventId: 1117,
          data: {
            'Threat Name': 'Backdoor:ASP/Chopper.F!dha',
            Path: 'file:_C:\\inetpub\\wwwroot\\aspnet_client\\y.aspx',
            'Action Name': 'Quarantine',
            'Error Code': '0x00000000',
          },
        },
      ],
    }),
  );
  expect(assessment.findings.map(({ rule }) => rule)).toContain('web-shell/av-shell-removed');
});

test('a cleared log and a gap are told; the program says the same with one worker and with three', () => {
  const place = write('cleared', {
    'Security.evtx': [
      { id: 10, time: minute(1), provider: 'Microsoft-Windows-Eventlog', eventId: 1102 },
      child(12, w3wp, shell, 'cmd.exe /c whoami'),
      child(13, w3wp, shell, 'cmd.exe /c dir'),
    ],
  });
  const results = [1, 3].map((jobs) => {
    const out = path.join(folder, `out-${jobs}`);
    const { code, stderr } = runCli(['assess', place, '--out', out, '--jobs', String(jobs)]);
    expect(code, stderr).toBe(1);
    return fs.readFileSync(path.join(out, 'assessment.json'), 'utf8');
  });
  expect(results[0]).toBe(results[1]);
  const { problems } = JSON.parse(results[0]!) as { problems: { code: string; count: number }[] };
  expect(problems.map(({ code, count }) => [code, count])).toEqual([
    ['evtx.cleared', 1],
    ['evtx.record_gap', 1],
  ]);
});

test('whether command lines were written down is told by an event that has one', async () => {
  const bare = (event: SimpleEvent): SimpleEvent => ({
    ...event,
    data: Object.fromEntries(Object.entries(event.data ?? {}).filter(([name]) => name !== 'CommandLine')),
  });
  const events = [
    child(1, 'C:\\Windows\\explorer.exe', shell, 'cmd /c dir'),
    child(2, 'C:\\Windows\\explorer.exe', shell, 'cmd'),
  ];
  const proven = async (name: string, list: readonly SimpleEvent[]): Promise<unknown> =>
    (await assessFolder(write(name, { 'Security.evtx': list }))).coverage.sources
      .filter(({ kind }) => kind === 'security-events')
      .map(({ state, proven: settings }) => [state, settings]);
  expect(await proven('with-lines', events)).toEqual([['covers', ['command_lines', 'programs']]]);
  expect(await proven('without-lines', events.map(bare))).toEqual([['covers', ['programs']]]);
  expect(await proven('no-programs', [{ id: 1, time: minute(1), eventId: 4624 }])).toEqual([['not_recording', []]]);
});

test('records: of event logs, of logs of lines, packed and not; in each format', () => {
  const place = write('records', { 'Security.evtx': [child(1, w3wp, shell, 'a "b" <c>'), child(2, w3wp, shell, '=1+1')] });
  fs.writeFileSync(
    path.join(place, 'u_ex210303.log.gz'),
    gzipSync(
      '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time cs-method cs-uri-stem sc-status c-ip\r\n2021-03-03 04:12:11 GET /owa/ 200 192.0.2.7\r\n',
    ),
  );
  const lines = runCli(['records', place]);
  expect(lines.code).toBe(0);
  const rows = lines.stdout
    .trimEnd()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as { source: string; line: number | null; record: string | null; fields: Record<string, string> },
    );
  expect(rows.map(({ source, line, record }) => [source, line, record])).toEqual([
    ['windows-event', null, '1'],
    ['windows-event', null, '2'],
    ['iis-w3c', 3, null],
  ]);
  expect(rows[0]!.fields).toMatchObject({ CommandLine: 'a "b" <c>', EventID: '4688' });
  expect(lines.stderr).toMatch(/^Security\.evtx: 2 records$/m);
  const xml = runCli(['records', path.join(place, 'Security.evtx'), '--format', 'xml']);
  expect(xml.stdout).toContain('<Data Name="CommandLine">a &quot;b&quot; &lt;c&gt;</Data>');
  expect(xml.stdout.trimEnd().split('\n')).toHaveLength(5);
  const csv = runCli(['records', place, '--format', 'csv']);
  expect(csv.stdout.split('\r\n')).toHaveLength(5);
  expect(csv.stdout).toMatch(/^Security\.evtx,4608,,1,2021-03-03T04:01:00\.000Z,windows-event,"\{""Channel"":/m);
  const none = runCli(['records', path.join(place, 'u_ex210303.log.gz'), '--format', 'xml']);
  expect([none.code, none.stdout]).toEqual([64, '']);
});
