import { afterAll, expect, test } from 'vitest';
import { asked, collect, role, told } from './collections.fixture.ts';

// Nothing is read that an archive which can only be read forward would not have kept.
afterAll(() => expect(asked).toEqual([]));

const root = 'in/Collection-MAIL01-2021-03-10T10_11_12Z.zip';
const lines = (...rows: object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const log = 'uploads/auto/C%3A/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';

test('an offline collection with all of its records', () => {
  const all = collect({
    [`${root}/client_info.json`]: JSON.stringify({ Hostname: 'MAIL01', Fqdn: 'MAIL01.haven.example' }),
    [`${root}/collection_context.json`]: JSON.stringify({
      create_time: 1_615_371_072_000_000_000,
      active_time: 1_615_371_672_000_000,
    }),
    [`${root}/requests.json`]: '{}',
    [`${root}/uploads.json`]: lines(
      {
        vfs_path: 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log',
        _Components: ['uploads', 'auto', 'C:', 'inetpub', 'logs', 'LogFiles', 'W3SVC1', 'u_ex210303.log'],
        file_size: 9,
        uploaded_size: 4,
        Type: '',
      },
      {
        vfs_path: 'C:\\$Extend\\$UsnJrnl:$J',
        _Components: ['uploads', 'ntfs', '\\\\.\\C:', '$Extend', '$UsnJrnl:$J'],
        file_size: 99,
        uploaded_size: 4,
        Type: '',
      },
      {
        vfs_path: 'x',
        _Components: ['uploads', 'ntfs', '\\\\.\\C:', '$Extend', '$UsnJrnl:$J'],
        file_size: 4,
        uploaded_size: 4,
        Type: 'idx',
      },
      {
        vfs_path: 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config',
        _Components: ['uploads', 'auto', 'config.xml'],
        file_size: 1,
        uploaded_size: 1,
      },
    ),
    [`${root}/uploads.json.index`]: '',
    [`${root}/log.json`]: lines(
      { level: 'DEFAULT', message: 'Collecting file C:\\a' },
      { level: 'ERROR', message: 'upload: C:\\Windows\\System32\\config\\SAM: Access is denied.\n' },
    ),
    [`${root}/results/Windows.KapeFiles.Targets%2FAll File Metadata.json`]: lines({
      SourceFile: '\\\\.\\C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log',
      Created: '2021-03-02T00:00:00Z',
      Modified: '2021-03-03T23:59:00.5+01:00',
    }),
    [`${root}/results/Windows.System.Pslist.json`]: '{}',
    [`${root}/${log}`]: 'rows',
    [`${root}/uploads/auto/config.xml`]: 'x',
    [`${root}/uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J`]: 'x',
    [`${root}/uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J.idx`]: '[]',
    [`${root}/uploads/ntfs_vss/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1/inetpub/logs/a.log`]: 'x',
    'in/Collection-MAIL01-2021-03-10T10_11_12Z.log': 'Container hash …',
    'in/other.log': '',
  });
  expect(told(all)).toEqual([
    `${root} | velociraptor | MAIL01 | 2021-03-10T10:21:12.000Z | utc | -`,
    `${root}/uploads/ntfs_vss/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1 | velociraptor | MAIL01 | - | unknown | HarddiskVolumeShadowCopy1`,
  ]);
  expect(all.problems).toEqual([
    {
      path: `${root}/log.json`,
      code: 'evidence.collector_skipped',
      found: 'upload: C:\\Windows\\System32\\config\\SAM: Access is denied.',
    },
    {
      path: `${root}/uploads.json`,
      code: 'evidence.collector_skipped',
      found: 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log: 4 of 9 bytes',
    },
  ]);
  expect(all.of(`${root}/${log}`)).toMatchObject({
    role: 'evidence',
    canonicalPath: null,
    times: { createdUtc: '2021-03-02T00:00:00.000Z', modifiedUtc: '2021-03-03T22:59:00.500Z' },
  });
  expect(all.of(`${root}/uploads/auto/config.xml`).canonicalPath).toBe(
    'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config',
  );
  const records = ['client_info.json', 'uploads.json', 'uploads.json.index', 'log.json', 'requests.json'].map((name) =>
    role(all, `${root}/${name}`),
  );
  expect(new Set(records)).toEqual(new Set(['collector']));
  expect(role(all, `${root}/results/Windows.KapeFiles.Targets%2FAll File Metadata.json`)).toBe('collector');
  expect(role(all, `${root}/results/Windows.System.Pslist.json`)).toBe('evidence');
  expect(role(all, `${root}/uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J.idx`)).toBe('collector');
  expect(role(all, `${root}/uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J`)).toBe('evidence');
  expect(role(all, 'in/Collection-MAIL01-2021-03-10T10_11_12Z.log')).toBe('collector');
  expect(all.of('in/other.log')).toEqual({ collection: null, role: 'evidence', canonicalPath: null, times: null });
  expect(all.of(root).collection?.host).toBe('MAIL01');
});

test('without records: by its name, or by its folders alone', () => {
  expect(told(collect({ [`${root}/${log}`]: '' }))).toEqual([
    `${root} | velociraptor | MAIL01 | 2021-03-10T10:11:12.000Z | utc | -`,
  ]);
  expect(told(collect({ [log]: '' }))).toEqual([' | velociraptor | - | - | unknown | -']);
});

test('the store of a server', () => {
  const store = 'clients/C.1352adc54e292a23/collections/F.BN2HJCPOF4U8S';
  const all = collect({
    [`${store}/${log}`]: '',
    [`${store}/client_info.json`]: JSON.stringify({ client_id: 'C.1352adc54e292a23', os_info: { hostname: 'MX2' } }),
  });
  expect(told(all)).toEqual([`${store} | velociraptor | MX2 | - | unknown | -`]);
});

test('a protected collection says that nobody here can open it', () => {
  const outer = 'Collection-MAIL01-2021-03-10T10_11_12Z.zip';
  const metadata = JSON.stringify([{ EncryptedPass: 'qrvM', Scheme: 'X509' }]);
  const all = collect({ [`${outer}/metadata.json`]: metadata, [`${outer}/data.zip`]: 'PK' });
  expect(told(all)).toEqual([`${outer} | velociraptor | MAIL01 | 2021-03-10T10:11:12.000Z | utc | -`]);
  expect(all.problems).toMatchObject([{ path: `${outer}/data.zip`, code: 'archive.encrypted' }]);
  expect(all.problems[0]?.found).toContain('X509');
  expect(role(all, `${outer}/metadata.json`)).toBe('collector');

  const opened = collect({ [`${outer}/metadata.json`]: metadata, [`${outer}/data.zip`]: 'PK', [`${outer}/data.zip/${log}`]: '' });
  expect(opened.problems).toEqual([]);
  expect(opened.of(`${outer}/data.zip/${log}`).collection).toMatchObject({ root: `${outer}/data.zip`, host: 'MAIL01' });
});

test('a web application with uploads is none', () => {
  const all = collect({
    'inetpub/wwwroot/app/uploads.json': '{}',
    'inetpub/wwwroot/app/uploads/auto/cars/a.jpg': '',
    'inetpub/wwwroot/app/client_info.json': '{"Hostname":"EVIL"}',
    'else/metadata.json': '{}',
    'else/data.zip': 'PK',
  });
  expect(told(all)).toEqual([]);
  expect(role(all, 'inetpub/wwwroot/app/client_info.json')).toBe('evidence');
  expect(told(collect({ 'a/uploads.json': '{}', 'a/uploads/auto/cars/a.jpg': '' }))).toEqual([]);
});

test('records that are no JSON, or not the JSON that is meant', () => {
  for (const text of ['', '{', '[[', 'null', '[]', '{"Hostname":{}}', `${'['.repeat(100_000)}`, '\u0000', '{"hostname":"a b"}']) {
    const all = collect({
      [`x/client_info.json`]: text,
      'x/collection_context.json': text,
      'x/uploads.json': text,
      'x/log.json': text,
      [`x/${log}`]: '',
    });
    expect(told(all)).toEqual(['x | velociraptor | - | - | unknown | -']);
    expect(all.problems).toEqual([]);
  }
});
