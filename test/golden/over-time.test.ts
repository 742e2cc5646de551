/** Several states of one server handed in at once are one history: logs united, things bracketed between days, the last clean day named. */
import { expect, test } from 'vitest';
import { assessFolder } from '../support/assess-folder.ts';
import { evidenceFolders } from '../support/folder-of.ts';

const made = evidenceFolders('over-time');

const page = '/aspnet_client/q7x.aspx';
const log = (...rows: string[]): string =>
  [
    '#Software: Microsoft Internet Information Services 10.0',
    '#Version: 1.0',
    '#Date: 2021-01-20 00:00:00',
    '#Fields: date time s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
    ...rows,
    '',
  ].join('\r\n');
const asked = (time: string, status: number, address: string, stem: string): string =>
  `${time} MAIL01 10.20.0.11 POST ${stem} - 443 - ${address} python-requests/2.25.1 - ${status} 0 0 ${String(40 + Number(time.slice(-1)) * 31)}`;
const probes = (from: string, hours: number): string[] =>
  Array.from({ length: hours }, (_, hour) => {
    const at = new Date(Date.parse(`${from}T00:30:00Z`) + hour * 3_600_000).toISOString().replace('T', ' ').slice(0, 19);
    return asked(at, 200, '127.0.0.1', '/owa/healthcheck.htm');
  });
const tasks = (...names: string[]): string =>
  ['"TaskPath","TaskName","State"', ...names.map((name) => `"\\","${name}","Ready"`), ''].join('\r\n');
const users = (...names: string[]): string =>
  [
    '"Name","Enabled","SID","PasswordLastSet"',
    ...names.map((name, index) => `"${name}","True","S-1-5-21-1-2-3-${500 + index}","2020-01-01 10:00:00"`),
    '',
  ].join('\r\n');
const listed = (...names: string[]): string =>
  [
    '"FullName","Length","CreationTimeUtc","LastWriteTimeUtc"',
    ...names.map(
      (name) =>
        `"C:\\inetpub\\wwwroot\\aspnet_client\\${name}","2168","2021-02-27T23:17:00.0000000Z","2021-02-27T23:17:00.0000000Z"`,
    ),
    '',
  ].join('\r\n');
const iis = (day: string): string => `C/inetpub/logs/LogFiles/W3SVC1/u_ex${day}.log`;

// A backup of 1 February, one of 1 March, and today; the log of 28 February lies in two of them.
const used = log(
  ...probes('2021-02-28', 24),
  asked('2021-02-28 23:58:01', 200, '203.0.113.24', page),
  asked('2021-02-28 23:59:02', 200, '203.0.113.24', page),
);
const evidence = {
  [`backup-2021-02-01/MAIL01/${iis('210131')}`]: log(...probes('2021-01-31', 24)),
  'backup-2021-02-01/MAIL01/tasks.csv': tasks('Defrag', 'Sweep'),
  'backup-2021-02-01/MAIL01/users.csv': users('Administrator', 'backup'),
  'backup-2021-02-01/MAIL01/files.csv': listed('a.js'),
  [`backup-2021-03-01/MAIL01/${iis('210228')}`]: used,
  'backup-2021-03-01/MAIL01/tasks.csv': tasks('Defrag', 'Sweep'),
  'backup-2021-03-01/MAIL01/files.csv': listed('a.js', 'q7x.aspx'),
  [`today-2021-03-10/MAIL01/${iis('210228')}`]: used,
  [`today-2021-03-10/MAIL01/${iis('210309')}`]: log(...probes('2021-03-09', 24)),
  'today-2021-03-10/MAIL01/tasks.csv': tasks('Defrag', 'UpdateCheck'),
  'today-2021-03-10/MAIL01/users.csv': users('Administrator', 'backup', 'helpdesk2'),
  'today-2021-03-10/MAIL01/files.csv': listed('a.js', 'q7x.aspx'),
};
const { overTime, findings, coverage } = await assessFolder(made(evidence));

test('one server, three days, each with its source', () => {
  expect(
    overTime.map(({ host, days }) => [host, days.map(({ root, asOfUtc, by }) => `${root} ${asOfUtc.slice(0, 10)} ${by}`)]),
  ).toEqual([
    [
      'MAIL01',
      [
        'backup-2021-02-01/MAIL01 2021-02-01 name',
        'backup-2021-03-01/MAIL01 2021-03-01 name',
        'today-2021-03-10/MAIL01 2021-03-10 name',
      ],
    ],
  ]);
});

test('the page, the account and the tasks are bracketed; what was always there is not told', () => {
  const { things } = overTime[0]!;
  expect(
    things.map(({ kind, what, notYetUtc, firstUtc, lastUtc, goneUtc }) => [
      kind,
      what,
      ...[notYetUtc, firstUtc, lastUtc, goneUtc].map((utc) => utc?.slice(5, 10) ?? null),
    ]),
  ).toEqual([
    ['file', 'C:\\inetpub\\wwwroot\\aspnet_client\\q7x.aspx', '02-01', '03-01', '03-10', null],
    ['task', '\\Sweep', null, '02-01', '03-01', '03-10'],
    // Nobody listed the accounts on 1 March.
    ['account', 'helpdesk2', '02-01', '03-10', '03-10', null],
    ['task', '\\UpdateCheck', '03-01', '03-10', '03-10', null],
  ]);
  expect(things[0]!.findings.length).toBeGreaterThan(0);
  expect(things.slice(1).flatMap((thing) => thing.findings)).toEqual([]);
  expect(things[0]!.says).toBe('There on 1 March 2021 and up to 10 March 2021, not yet on 1 February 2021.');
});

test('the last clean backup is named', () => {
  const [{ lastClean, says, days }] = overTime as [(typeof overTime)[number]];
  expect(days.map(({ standing }) => standing)).toEqual(['clean', 'hostile', 'hostile']);
  expect(lastClean?.root).toBe('backup-2021-02-01/MAIL01');
  expect(says).toBe(
    'The last state of MAIL01 in which nothing of theirs is seen is of 1 February 2021 (backup-2021-02-01/MAIL01).',
  );
});

test('logs are united past what one collection has, and a row in two of them counts once', () => {
  const web = coverage.sources.find(({ kind }) => kind === 'iis-w3c')!;
  expect(web.spans.map(({ fromUtc, toUtc }) => `${fromUtc.slice(5, 10)} ${toUtc.slice(5, 10)}`)).toEqual([
    '01-31 02-01',
    '02-28 03-01',
    '03-09 03-09',
  ]);
  expect(findings.find(({ rule }) => rule === 'together/orders')?.count).toBe(2);
});

test('of one state, and of states of which nobody can tell the day, nothing is told', async () => {
  const one = Object.fromEntries(Object.entries(evidence).filter(([name]) => name.startsWith('today')));
  expect((await assessFolder(made(one))).overTime).toEqual([]);
  const dayless = {
    'a/MAIL01/tasks.csv': tasks('Defrag'),
    'b/MAIL01/tasks.csv': tasks('Defrag', 'UpdateCheck'),
  };
  expect((await assessFolder(made(dayless))).overTime).toEqual([]);
});

test('folders for the kinds of logs of one copy are no days', async () => {
  const one = {
    [`iis/${iis('210309')}`]: log(...probes('2021-03-09', 24)),
    'exchange/tasks.csv': tasks('Defrag'),
    'exchange/users.csv': users('Administrator'),
  };
  expect((await assessFolder(made(one))).overTime).toEqual([]);
});

test('where every state is of after they came, an older backup is asked for', async () => {
  const late = Object.fromEntries(Object.entries(evidence).filter(([name]) => !name.startsWith('backup-2021-02-01')));
  const [server] = (await assessFolder(made(late))).overTime;
  expect([server!.lastClean, server!.says]).toEqual([
    null,
    'No state of MAIL01 from before 27 February 2021, when they first wrote to it, is here: look for an older backup.',
  ]);
});

test('a list of another folder does not tell that a file was not there yet', async () => {
  const { overTime } = await assessFolder(
    made({
      ...evidence,
      'backup-2021-02-01/MAIL01/files.csv': listed('a.js').replaceAll('inetpub\\wwwroot\\aspnet_client', 'temp'),
    }),
  );
  const of = (list: readonly { readonly what: string; readonly notYetUtc: string | null }[]): (string | null)[] =>
    list.filter(({ what }) => what.endsWith('q7x.aspx')).map(({ notYetUtc }) => notYetUtc);
  expect(of(overTime[0]!.things)).toEqual([null]);
  expect(overTime[0]!.days[0]!.standing).toBe('unknown');
  // In the folder of its own it does.
  expect(of((await assessFolder(made(evidence))).overTime[0]!.things)[0]).toMatch(/^2021-02-01/);
});
