import { afterAll, expect, test } from 'vitest';
import { asked, collect, role, told } from './collections.fixture.ts';

// Nothing is read that an archive which can only be read forward would not have kept.
afterAll(() => expect(asked).toEqual([]));

const run = '2021-03-10T10_11_12_1234567';
const console_ = (source: string): string =>
  [
    '[2021-03-10 02:11:12.2000000 | INF] KAPE directory: C:\\Tools\\KAPE',
    `[2021-03-10 02:11:12.2000000 | INF] Command line:   --tsource ${source} --tdest E:\\out --target Exchange`,
    '[2021-03-10 02:11:12.2000000 | INF] System info: Machine name: MAIL01, 64-bit: true, User: admin OS: "Windows10" (10.0.14393)',
    '[2021-03-10 02:11:13.2000000 | WRN] File C:\\gone.log does not exist! Skipping!',
    '[2021-03-10 02:11:14.2000000 | FTL] Could not copy file C:\\inetpub\\x.log to E:\\out\\C\\inetpub\\x.log. Error: it is in use',
  ].join('\r\n');
const copyLog =
  'CopiedTimestamp,SourceFile,DestinationFile,FileSize,SourceFileSha1,DeferredCopy,CreatedOnUtc,ModifiedOnUtc,LastAccessedOnUtc,CopyDuration\r\n' +
  '2021-03-10 10:11:15.0,C:\\inetpub\\logs\\a.log,E:\\out\\C\\inetpub\\logs\\a.log,4,AA,False,2021-03-01 00:00:00.0,2021-03-03 23:59:59.9999999,2021-03-03 00:00:00.0,00:00:00.1\r\n' +
  '2021-03-10 10:11:15.0,C:\\$Extend\\$UsnJrnl:$J,E:\\out\\C\\$Extend\\$J,4,AA,True,1601-01-01 00:00:00.0,not a time,,00:00:00.1\r\n';

test('a run on the server itself', () => {
  const all = collect({
    [`out/${run}_CopyLog.csv`]: `\uFEFF${copyLog}`,
    [`out/${run}_SkipLog.csv.csv`]: 'SourceFile,SourceFileSha1,Reason\r\nC:\\dup.log,AA,Deduped\r\n"C:\\a,b.log",AA,Excluded\r\n',
    [`out/${run}_ConsoleLog.txt`]: console_('C:'),
    'out/C/inetpub/logs/a.log': 'x',
    'out/C/$Extend/$J': 'x',
    'out/VSS1/C/inetpub/logs/a.log': 'y',
    'out/C/inetpub/wwwroot/VSS2/Windows/x.aspx': 'z',
    'out/EventLogs/20210310_EvtxECmd_Output.csv': 'x',
    'out/EventLogs/u_ex210303.log': 'x',
  });
  expect(told(all)).toEqual([
    'out | kape | MAIL01 | 2021-03-10T10:11:12.123Z | utc | -',
    'out/VSS1 | kape | MAIL01 | - | unknown | VSS1',
  ]);
  expect(all.problems).toEqual([
    { path: `out/${run}_ConsoleLog.txt`, code: 'evidence.collector_skipped', found: 'C:\\inetpub\\x.log: it is in use' },
    { path: `out/${run}_SkipLog.csv.csv`, code: 'evidence.collector_skipped', found: 'C:\\a,b.log: Excluded' },
  ]);
  expect(all.of('out/C/inetpub/logs/a.log')).toMatchObject({
    role: 'evidence',
    canonicalPath: null,
    times: { modifiedUtc: '2021-03-03T23:59:59.999Z', createdUtc: '2021-03-01T00:00:00.000Z' },
  });
  expect(all.of('out/C/$Extend/$J')).toMatchObject({
    canonicalPath: 'C:\\$Extend\\$UsnJrnl:$J',
    times: { modifiedUtc: null, createdUtc: null },
  });
  expect(all.of('out/VSS1/C/inetpub/logs/a.log').collection?.snapshot).toBe('VSS1');
  expect(all.of('out/C/inetpub/wwwroot/VSS2/Windows/x.aspx').collection?.snapshot).toBeNull();
  expect(role(all, `out/${run}_CopyLog.csv`)).toBe('collector');
  expect(role(all, 'out/EventLogs/20210310_EvtxECmd_Output.csv')).toBe('foreign');
  expect(role(all, 'out/EventLogs/u_ex210303.log')).toBe('evidence');
});

test('a run over a mounted image names the examiner’s machine, which is no server of theirs', () => {
  const all = collect({ [`${run}_ConsoleLog.txt`]: console_('F:'), 'F/inetpub/logs/a.log': 'x' });
  expect(told(all)).toEqual([' | kape | - | 2021-03-10T10:11:12.123Z | utc | -']);
});

test('the older form of the stamp, and several runs into one folder', () => {
  const all = collect({ 'x/2021-03-10T101112_CopyLog.csv': '', 'x/2021-03-12T101112_CopyLog.csv': '', 'x/C/a': '' });
  expect(told(all)).toEqual(['x | kape | - | 2021-03-12T10:11:12.000Z | utc | -']);
});

test('names that are nearly a run’s', () => {
  const all = collect({ 'x/CopyLog.csv': copyLog, 'x/2021-03-10_CopyLog.csv': copyLog, 'x/C/Windows/a': '' });
  expect(told(all)).toEqual([]);
  expect(all.of('x/CopyLog.csv')).toEqual({ collection: null, role: 'evidence', canonicalPath: null, times: null });
});
