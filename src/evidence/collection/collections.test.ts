import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { asked, collect, role, told } from './collections.fixture.ts';
import { collectionsOf } from './index.ts';

// Nothing is read that an archive which can only be read forward would not have kept.
afterAll(() => expect(asked).toEqual([]));

const iis = 'inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';

test('CyLR with its log in the archive', () => {
  const all = collect({
    'MAIL01.zip/CyLR.log': '2021-03-10T10:11:12 [info] start\n2021-03-10T10:15:00 [error] C:\\Windows\\x could not be read\n',
    'MAIL01.zip/C/Windows/System32/winevt/Logs/Security.evtx': '',
  });
  expect(told(all)).toEqual(['MAIL01.zip | cylr | MAIL01 | 2021-03-10T10:15:00.000Z | utc | -']);
  expect(all.problems).toEqual([
    { path: 'MAIL01.zip/CyLR.log', code: 'evidence.collector_skipped', found: 'C:\\Windows\\x could not be read' },
  ]);
  expect(role(all, 'MAIL01.zip/CyLR.log')).toBe('collector');
});

test('CyLR with its log beside the archive, whose name says nothing', () => {
  const all = collect({ 'x/CyLR.log': 'no line of ours', 'x/evidence.zip/C/Windows/a': '' });
  expect(told(all)).toEqual(['x/evidence.zip | cylr | - | - | unknown | -']);
  expect(role(all, 'x/CyLR.log')).toBe('collector');
  expect(told(collect({ 'x/CyLR.log': '', 'x/other.log': '' }))).toEqual([]);
});

test('ExchangeLogCollector, as folders and as archives', () => {
  const all = collect({
    'x/MAIL01/EWS_Proxy_Logs/a.LOG': '',
    'x/MAIL01/ECP_Logs.zip/Server/b.LOG': '',
    'x/MAIL02.zip/IIS_W3SVC1_Logs/c.log': '',
    'x/MAIL02.zip/ExchangeLogCollector-Instance-Debug.txt': '',
    'x/logs/OWA_Logs/d.LOG': '',
  });
  expect(told(all)).toEqual([
    'x/MAIL01 | exchange-log-collector | MAIL01 | - | unknown | -',
    'x/MAIL02.zip | exchange-log-collector | MAIL02 | - | unknown | -',
  ]);
  expect(role(all, 'x/MAIL02.zip/ExchangeLogCollector-Instance-Debug.txt')).toBe('collector');
  expect(all.of('x/logs/OWA_Logs/d.LOG').collection).toBeNull();
});

test('Test-ProxyLogon’s copies', () => {
  const all = collect({
    'x/MAIL01-LogAgeDays.csv': '',
    'x/CollectedLogFiles/MAIL01/CVE27065/ECPServer20210303-1.LOG': '',
    'x/CollectedLogFiles/MAIL01/CVE26855/HttpProxy_2021030300-1.LOG': '',
    'x/CollectedLogFiles/MAIL01/CVE26857/Application.evtx': '',
    'y/MAIL02/CVE27065/ECPServer20210303-1.LOG': '',
  });
  expect(told(all)).toEqual(['x/CollectedLogFiles/MAIL01 | test-proxylogon | MAIL01 | - | unknown | -']);
  const stood = (name: string): string | null => all.of(`x/CollectedLogFiles/MAIL01/${name}`).canonicalPath;
  expect(stood('CVE27065/ECPServer20210303-1.LOG')).toBe('Logging\\ECP\\Server\\ECPServer20210303-1.LOG');
  expect(stood('CVE26857/Application.evtx')).toBe('winevt\\Logs\\Application.evtx');
  expect(stood('CVE26855/HttpProxy_2021030300-1.LOG')).toBeNull();
  expect(all.of('x/MAIL01-LogAgeDays.csv')).toMatchObject({ collection: null, role: 'evidence' });
});

test('UAC says its time by the clock of the computer, acquire in UTC', () => {
  const all = collect({
    'uac-proxy01-linux-20210310101112.tar.gz/uac.log': '',
    'uac-proxy01-linux-20210310101112.tar.gz/[root]/var/log/nginx/access.log': '',
    'MAIL01_20210310101112.tar/fs/c:/Windows/System32/config/SAM': '',
    'MAIL01_20210310101112.log': '',
    'db_20210310101112/fs/app.js': '',
    'only/uac.log': '',
  });
  expect(told(all)).toEqual([
    'MAIL01_20210310101112.tar | acquire | MAIL01 | 2021-03-10T10:11:12.000Z | utc | -',
    'uac-proxy01-linux-20210310101112.tar.gz | uac | proxy01 | - | local | -',
  ]);
  expect(all.collections[1]?.clock.why).toContain('2021-03-10 10:11:12');
  expect(role(all, 'MAIL01_20210310101112.log')).toBe('collector');
  expect(role(all, 'uac-proxy01-linux-20210310101112.tar.gz/uac.log')).toBe('collector');
});

const getThis =
  'ComputerName,VolumeID,ParentFRN,FRN,FullName,SampleName,SizeInBytes,FindMatch,SampleCollectionDate,CreationDate,LastModificationDate,SnapshotID\n' +
  '"MAIL01",0x1,0x2,0x3,"\\Windows\\System32\\winevt\\Logs\\Security.evtx","evtx\\1_2_3_Security.evtx_{0}.data",9,"Name, *.evtx",2021-03-10 10:11:12.500,2020-01-01 00:00:00.000,03/03/2021 04:05:06.000,{00000000-0000-0000-0000-000000000000}\n' +
  '"MAIL01",0x1,0x2,0x3,"\\inetpub\\wwwroot\\aspnet_client\\a.aspx","web\\a.data",9,"x",2021-03-10 10:11:10.500,,,{11111111-0000-0000-0000-000000000000}\n';

test('DFIR-ORC: the table says where the samples stood, and which are of a shadow copy', () => {
  const archive = 'DFIR-ORC_Server_MAIL01_General.7z/Event.7z';
  const all = collect({
    [`${archive}/GetThis.csv`]: getThis,
    [`${archive}/evtx/1_2_3_Security.evtx_{0}.data`]: '',
    [`${archive}/web/a.data`]: '',
    [`${archive}/u_ex.log`]: '',
    'other/GetThis.csv': 'a,b\n1,2\n',
  });
  expect(told(all)).toEqual([
    `${archive} | dfir-orc | MAIL01 | 2021-03-10T10:11:12.500Z | utc | -`,
    `${archive} | dfir-orc | MAIL01 | 2021-03-10T10:11:12.500Z | utc | {11111111-0000-0000-0000-000000000000}`,
  ]);
  expect(all.of(`${archive}/evtx/1_2_3_Security.evtx_{0}.data`)).toMatchObject({
    canonicalPath: 'Windows\\System32\\winevt\\Logs\\Security.evtx',
    times: { createdUtc: '2020-01-01T00:00:00.000Z', modifiedUtc: '2021-03-03T04:05:06.000Z' },
    collection: { snapshot: null },
  });
  expect(all.of(`${archive}/web/a.data`)).toMatchObject({
    canonicalPath: 'inetpub\\wwwroot\\aspnet_client\\a.aspx',
    collection: { snapshot: '{11111111-0000-0000-0000-000000000000}' },
  });
  expect(role(all, `${archive}/GetThis.csv`)).toBe('collector');
  expect(role(all, `${archive}/u_ex.log`)).toBe('evidence');
  expect(role(all, 'other/GetThis.csv')).toBe('evidence');
});

test('a table that points out of its archive points nowhere', () => {
  const all = collect({
    'x/GetThis.csv': 'ComputerName,FullName,SampleName\nMAIL01,\\Windows\\..\\..\\a,s.data\nMAIL01,\\Windows\\a,..\\y\\s.data\n',
    'x/s.data': '',
    'y/s.data': '',
  });
  expect(all.of('x/s.data').canonicalPath).toBeNull();
  expect(all.of('y/s.data')).toMatchObject({ collection: null, canonicalPath: null });
});

test('a record among a server’s own folders says nothing of them', () => {
  const web = 'k/C/inetpub/wwwroot/aspnet_client';
  const all = collect({
    'k/2021-03-10T101112_CopyLog.csv': '',
    [`${web}/GetThis.csv`]: 'ComputerName,FullName,SampleName\nX,\\Windows\\calc.exe,a.aspx\n',
    [`${web}/2021-03-10T101112_SkipLog.csv`]: 'SourceFile,SourceFileSha1,Reason\nC:\\a,,Locked\n',
    [`${web}/a.aspx`]: '',
  });
  expect(all.of(`${web}/a.aspx`)).toMatchObject({ canonicalPath: null, role: 'evidence', collection: { root: 'k' } });
  expect(role(all, `${web}/GetThis.csv`)).toBe('evidence');
  expect(all.problems).toEqual([]);
});

test('mounted images; the drives of a collector are none', () => {
  const all = collect({
    'case/vol3/Windows/a': '',
    [`case/vol4/${iis}`]: '',
    'e/Windows/a': '',
    'e/pagefile.sys': '',
    'k/2021-03-10T101112_CopyLog.csv': '',
    'k/C/Windows/a': '',
    'k/C/pagefile.sys': '',
    'plain/Windows/a': '',
  });
  expect(told(all)).toEqual([
    'case/vol3 | mounted-image | - | - | unknown | -',
    'case/vol4 | mounted-image | - | - | unknown | -',
    'e | mounted-image | - | - | unknown | -',
    'k | kape | - | 2021-03-10T10:11:12.000Z | utc | -',
  ]);
});

test('several servers and several times; the deepest root wins', () => {
  const all = collect({
    '2021-03-10T101112_CopyLog.csv': '',
    [`C/${iis}`]: '',
    [`C/Temp/Collection-MAIL02-2021-03-09T00_00_00Z.zip/uploads/auto/C%3A/${iis}`]: '',
    [`late/2021-04-10T101112_CopyLog.csv`]: '',
    [`late/C/${iis}`]: '',
  });
  const owner = (path: string): unknown => {
    const { collection } = all.of(path);
    return [collection?.root, collection?.host, collection?.collectedUtc?.slice(0, 10)];
  };
  expect(owner(`C/${iis}`)).toEqual(['', null, '2021-03-10']);
  expect(owner(`late/C/${iis}`)).toEqual(['late', null, '2021-04-10']);
  expect(owner(`C/Temp/Collection-MAIL02-2021-03-09T00_00_00Z.zip/uploads/auto/C%3A/${iis}`)).toEqual([
    'C/Temp/Collection-MAIL02-2021-03-09T00_00_00Z.zip',
    'MAIL02',
    '2021-03-09',
  ]);
});

test('a record that is larger than the limit is read to the limit, and that is said', () => {
  const all = collectionsOf(
    [
      { path: 'x/2021-03-10T101112_SkipLog.csv', bytes: 1 << 30 },
      { path: 'x/C/Windows/a', bytes: 1 },
    ],
    (_path, most) => new TextEncoder().encode('SourceFile,SourceFileSha1,Reason\nC:\\a,,Locked\n').subarray(0, most),
  );
  expect(all.problems.map(({ code, found }) => [code, found])).toEqual([
    ['evidence.collector_skipped', 'C:\\a: Locked'],
    ['evidence.limit', 'the rest of what the collector wrote was not read'],
  ]);
});

test('gaps beyond the first two hundred are counted', () => {
  const rows = Array.from({ length: 250 }, (_, n) => `C:\\${n},,Locked\n`).join('');
  const { problems } = collect({ 'x/2021-03-10T101112_SkipLog.csv': `SourceFile,SourceFileSha1,Reason\n${rows}` });
  expect(problems.length).toBe(201);
  expect(problems.some(({ found }) => found === 'and 50 more')).toBe(true);
});

test('a hand-over of nothing but records is bounded, and that is said', () => {
  const files = Object.fromEntries(
    Array.from({ length: 10_050 }, (_, n) => [
      `${n}/2021-03-10T101112_SkipLog.csv`,
      'SourceFile,Reason\nC:\\a,x\nC:\\b,y\nC:\\c,z\n',
    ]),
  );
  const all = collect(files);
  expect(all.collections.length).toBe(10_000);
  expect(all.problems.filter(({ code }) => code === 'evidence.collector_skipped').length).toBe(20_000);
  expect(all.problems.filter(({ code }) => code === 'evidence.limit').map(({ found }) => found)).toEqual([
    '10000 collections; more are not told apart',
    '20000 things that collectors could not copy; more are not listed',
  ]);
});

const name = fc.constantFrom(
  'C',
  'Windows',
  'uploads',
  'auto',
  'C%3A',
  'VSS1',
  'client_info.json',
  'uploads.json',
  'log.json',
  'metadata.json',
  'data.zip',
  'GetThis.csv',
  'CyLR.log',
  'uac.log',
  '[root]',
  'ECP_Logs',
  'OWA_Logs.zip',
  'CVE26855',
  'CVE27065',
  '2021-03-10T101112_CopyLog.csv',
  '2021-03-10T101112_SkipLog.csv',
  'Collection-M-2021-03-10T10_11_12Z.zip',
  'fs',
  'c:',
  'M_20210310101112.tar',
  '__proto__',
);
const content = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.constantFrom(
    getThis,
    'SourceFile,DestinationFile,Reason\n"C:\\a\nC:\\b,E:\\C\\b,x',
    '{"_Components":["uploads",7,"__proto__"],"vfs_path":"C:\\\\a","file_size":9,"uploaded_size":-1}',
    '{"__proto__":{"Hostname":"X"},"create_time":1e308}',
    '[{"EncryptedPass":"x"}]',
  ),
);

test('nothing that a hand-over holds makes it throw, and its order does not matter', () => {
  const handOver = fc.dictionary(
    fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/')),
    content,
    { maxKeys: 12 },
  );
  fc.assert(
    fc.property(handOver, (files) => {
      const all = collect(files);
      const other = collect(Object.fromEntries(Object.entries(files).reverse()));
      expect(other.collections).toEqual(all.collections);
      expect(other.problems).toEqual(all.problems);
      for (const path of Object.keys(files)) {
        const one = all.of(path);
        expect(other.of(path)).toEqual(one);
        if (one.collection !== null)
          expect(`${path}/`.startsWith(one.collection.root === '' ? '' : `${one.collection.root}/`)).toBe(true);
      }
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('a reader that throws is a file that cannot be read', () => {
  const all = collectionsOf([{ path: 'x/2021-03-10T101112_CopyLog.csv', bytes: 9 }], () => {
    throw new Error('no');
  });
  expect(told(all)).toEqual(['x | kape | - | 2021-03-10T10:11:12.000Z | utc | -']);
});
