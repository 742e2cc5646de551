import { expect, test } from 'vitest';
import { indicatorKinds, IndicatorSet } from './indicator.ts';
import { leftOutCodes } from './left-out.ts';
import { readList } from './read-list.ts';

const read = (text: string, file = 'list'): IndicatorSet => {
  const set = new IndicatorSet();
  readList(set, text, file);
  return set;
};
const values = (set: IndicatorSet): string[] => set.list().map(({ kind, value }) => `${kind} ${value}`);
const left = (set: IndicatorSet): string[] =>
  set.leftOut().map(({ code, what, count }) => `${code} ${what} ${count}`.replace('  ', ' '));

test('a table with a type beside each value, whatever its columns are called', () => {
  const set = read(
    'DateAdded,IoC,IoC_Type,Confidence,Expires,Note\n' +
      '5/28/2021,198.51.100[.]7,IP,high,12/31/2021,"scanner, of March"\n' +
      '5/29/2021,hxxp://bad.example/a,URL,30,,\n' +
      '5/30/2021,Global\\x,mutex,,,\n' +
      '5/30/2021,abcdef0123456789abcdef0123456789,imphash,,,\n',
  );
  expect(values(set)).toEqual(['address 198.51.100.7', 'url bad.example/a']);
  expect(left(set)).toEqual(['fuzzy_hash imphash 1', 'type mutex 1']);
  expect(set.list()[0]).toMatchObject({
    file: 'list',
    at: 'line 2',
    about: {
      says: 'scanner, of March',
      confidence: 85,
      firstSeenMs: Date.UTC(2021, 4, 28),
      validUntilMs: Date.UTC(2021, 11, 31),
    },
  });
});

const german =
  'Kennung;Artefakt;Artefakt-Wert;Erstmals gesehen;Hinweis\n' +
  '1;IP;198[.]51[.]100[.]23;03/05/2021;of "March"\n' +
  '2;Domain;mail-fwd[.]example;;\n' +
  '3;Datei;healthchk.aspx;;\n' +
  '4;UserAgent;scanner-requests/2.25;;\n' +
  '5;JA3;771,4865-4866;;\n' +
  '6;E-Mail;ext[.]billing[at]mail-fwd[.]example;;\n' +
  '7;IP;10.0.0.7;;\n' +
  '8;Mutex;Global\\x;;\n' +
  '9;JA3;99;;\n';

test.each([
  ['in the words of another language', german],
  ['in words that nobody knows', german.replace(/^.*\n/, 'nummer;spalte b;spalte c;d;e\n')],
  ['without a header', german.replace(/^.*\n/, '')],
])('a table whose types stand beside their values, its columns called %s: each row is taken or left out by name', (how, text) => {
  const set = read(text);
  const first = how === 'without a header' ? 1 : 2;
  expect(values(set)).toEqual([
    'address 198.51.100.23',
    'domain mail-fwd.example',
    'user_agent scanner-requests/2.25',
    'file_name healthchk.aspx',
    'email ext.billing@mail-fwd.example',
  ]);
  expect(left(set)).toEqual(['type ja3 2', 'private 1', 'type mutex 1']);
  expect(set.leftOut()[0]).toMatchObject({ at: `line ${first + 4}`, also: [`line ${first + 8}`] });
  expect(set.unused()).toEqual([]);
});

test('of a table without types every row is accounted for, and what was read of no use is known', () => {
  const set = read('ioc;first seen\n198.51.100.7;\nbad.example;\nwhat is this;\n;2021-03-05\nnor this;\n');
  expect(values(set)).toEqual(['address 198.51.100.7', 'domain bad.example']);
  expect(set.leftOut()).toMatchObject([{ code: 'unreadable', at: 'line 4', also: ['line 5', 'line 6'], count: 3 }]);
  readList(set, 'type;value\nja3;abc\n', 'other');
  readList(set, 'Copyright by somebody.\n', 'text');
  readList(set, 'bad.example\n', 'again');
  expect(set.unused()).toEqual(['other', 'text']);
});

test('a table of something else is none, though one of its columns holds words of types', () => {
  const table =
    'step,layer,who does it\n1,network,Ann Example\n2,host,Bert Example\n3,service,Ann Example\n4,file,Bert Example\n';
  expect(left(read(table))).toEqual(['not_a_list 1']);
});

test('columns that are called by their types; hashes of one file in one cell; what is not active', () => {
  expect(values(read(`md5; sha1; fileName; size\n${'1a'.repeat(16)}; ${'2b'.repeat(20)}; bad1.exe; 5\n`))).toEqual([
    `md5 ${'1a'.repeat(16)}`,
    `sha1 ${'2b'.repeat(20)}`,
    'file_name bad1.exe',
  ]);
  expect(values(read(`value,type\n"${'1a'.repeat(16)},${'3c'.repeat(32)}",file\n`))).toEqual([
    `md5 ${'1a'.repeat(16)}`,
    `sha256 ${'3c'.repeat(32)}`,
  ]);
  const set = read('value,type,active,to_ids\n198.51.100.1,ip,FALSE,1\n198.51.100.2,ip,TRUE,0\n198.51.100.3,ip,TRUE,1\n');
  expect(values(set)).toEqual(['address 198.51.100.3']);
  expect(left(set)).toEqual(['not_for_detection ip 1', 'withdrawn ip 1']);
});

test('a table without a header, and a list of lines with comments', () => {
  expect(values(read('198.51.100.7,ipaddress,seen in May\nbad.example,hostname,\n'))).toEqual([
    'address 198.51.100.7',
    'domain bad.example',
  ]);
  const set = read('# of March\n198.51.100.7\nbad[.]example   # control\n\n203.0.113.0/28\nwhat is this\n');
  expect(values(set)).toEqual(['address 198.51.100.7', 'range 203.0.113.0/28', 'domain bad.example']);
  expect(left(set)).toEqual(['unreadable 1']);
});

test.each([
  ['a text', 'Copyright 2022 by somebody.\n\nAll of it.\n', 'not_a_list'],
  [
    'keys',
    `validationKey, decryptionKey\n${'1a'.repeat(32)}, ${'2b'.repeat(24)}\n${'3c'.repeat(32)}, ${'4d'.repeat(24)}\n`,
    'not_a_list',
  ],
  [
    'the index of a feed',
    `${'1a'.repeat(16)},5a0d65c3-59c0-430d-a6f9-4e6a950d210f\n${'2b'.repeat(16)},5a0d65c3-59c0-430d-a6f9-4e6a950d210f\n`,
    'not_a_list',
  ],
  [
    'ranges of a company',
    'Prefix,Type\n198.51.100.0/24, Public IP Address Block\n203.0.113.0/24, Public IP Address Block\n',
    'not_a_list',
  ],
  ['programs that were stopped', 'Process name,Application\nsqlagent.exe,SQL\ndbsnmp.exe,Oracle\n', 'not_a_list'],
  ['pages that are shipped', './zimbra/public/a.jsp\n./zimbra/public/b.jsp\n', 'not_a_list'],
  ['a script', 'param([Int32]$it=0)\n$menu = "1"\nAdd-Type -Name Window\n', 'not_a_list'],
  ['an older STIX', '<?xml version="1.0"?><stix:STIX_Package xmlns:stix="x"></stix:STIX_Package>', 'form'],
  ['JSON of something', '{"a": 1}', 'not_a_list'],
  ['JSON that ends early', '{"type": "bundle", "objects": [', 'broken'],
])('%s holds no indicator', (_what, text, code) => {
  const set = read(text);
  expect(values(set)).toEqual([]);
  expect(set.leftOut().map((one) => one.code)).toEqual([code]);
});

test('exits of a VPN and lists that say that they are of servers are no indicators', () => {
  const text = 'ip_address,domain\n198.51.100.7,a.vpn.example\n198.51.100.8,a.vpn.example\n';
  expect(left(read(text, 'feeds/somevpn-servers.csv'))).toEqual(['service_list 1']);
  expect(values(read(text, 'march.csv'))).toHaveLength(3);
  expect(left(read('ip,cn,country,protocol\n198.51.100.7,x,MX,ikev2\n'))).toEqual(['service_list 1']);
});

const bundle = (objects: readonly object[]): string => JSON.stringify({ type: 'bundle', id: 'bundle--1', objects });
const indicator = (id: number, pattern: string, more: object = {}): object => ({
  type: 'indicator',
  id: `indicator--${id}`,
  pattern,
  ...more,
});

test('STIX: what can be matched alone, with what is said of it', () => {
  const set = read(
    bundle([
      { type: 'identity', id: 'identity--1', name: 'Somebody' },
      indicator(1, "[ipv4-addr:value = '198.51.100.7']", {
        created_by_ref: 'identity--1',
        name: 'scanner',
        confidence: 70,
        valid_from: '2021-03-01T00:00:00Z',
        valid_until: '2021-03-31T00:00:00.000Z',
      }),
      indicator(2, `[file:name = 'x1.exe' AND file:hashes.'SHA-256' = '${'1a'.repeat(32)}']`),
      indicator(3, "[domain-name:value = 'bad.example'] FOLLOWEDBY [url:value = 'http://bad.example/x']"),
      indicator(4, "[domain-name:value LIKE '%.worse.example' OR ipv4-addr:value ISSUBSET '203.0.113.0/24']"),
      indicator(5, "[url:value MATCHES '^x']"),
      indicator(6, 'rule x { condition: true }', { pattern_type: 'yara' }),
      indicator(7, "[ipv4-addr:value = '198.51.100.8']", { revoked: true }),
      indicator(8, "[ipv4-addr:value = '198.51.100.9']", { indicator_types: ['benign'] }),
      indicator(9, "[windows-registry-key:key = 'HKLM\\\\x']"),
      indicator(10, "[ipv4-addr:value = '198.51.100.10'"),
      { type: 'sighting', id: 'sighting--1', sighting_of_ref: 'indicator--1', count: 3, first_seen: '2021-03-02T00:00:00Z' },
      { type: 'ipv4-addr', id: 'ipv4-addr--1', value: '198.51.100.99' },
    ]),
  );
  expect(values(set)).toEqual([
    `sha256 ${'1a'.repeat(32)}`,
    'address 198.51.100.7',
    'range 203.0.113.0/24',
    'domain worse.example',
  ]);
  expect(left(set).toSorted()).toEqual([
    'broken ] is missing before the end 1',
    'observed ipv4-addr 1',
    'operator url:value MATCHES 1',
    'pattern_language yara 1',
    'together domain-name:value 1',
    'together file:name 1',
    'together url:value 1',
    'type windows-registry-key:key 1',
    'withdrawn benign 1',
    'withdrawn revoked 1',
  ]);
  expect(set.list()[1]).toMatchObject({
    at: 'indicator--1',
    about: {
      says: 'scanner',
      by: 'Somebody',
      confidence: 70,
      validFromMs: Date.UTC(2021, 2, 1),
      validUntilMs: Date.UTC(2021, 2, 31),
      sightings: 3,
      firstSeenMs: Date.UTC(2021, 2, 2),
    },
  });
});

test('MISP: for detection and not deleted, in events, objects and answers', () => {
  const attribute = (type: string, value: string, more: object = {}): object => ({
    type,
    value,
    category: 'Network activity',
    to_ids: true,
    ...more,
  });
  const event = {
    info: 'A campaign',
    Orgc: { name: 'CERT' },
    threat_level_id: '1',
    Tag: [{ name: 'misp:confidence-level="usually-confident"' }],
    Attribute: [
      attribute('ip-dst|port', '198.51.100.7|443', {
        comment: 'c2',
        Sighting: [
          { type: '0', date_sighting: '1614556800' },
          { type: '1', date_sighting: '1614556801' },
          { type: '2', date_sighting: '1617235200' },
        ],
      }),
      attribute('domain|ip', 'bad.example|198.51.100.8'),
      attribute('filename|sha256', `x1.exe|${'1a'.repeat(32)}`),
      attribute('hostname', 'other.example', { to_ids: false }),
      attribute('hostname', 'gone.example', { deleted: true }),
      attribute('target-user', 'victim1'),
    ],
    Object: [
      { name: 'file', Attribute: [attribute('filename', 'y1.exe')] },
      { name: 'file', deleted: true, Attribute: [attribute('filename', 'z1.exe')] },
    ],
    ShadowAttribute: [attribute('filename', 'w1.exe')],
  };
  for (const data of [{ Event: event }, { response: [{ Event: event }] }, event, [{ Event: event }]]) {
    const set = read(JSON.stringify(data));
    expect(values(set)).toEqual([
      `sha256 ${'1a'.repeat(32)}`,
      'address 198.51.100.7',
      'address 198.51.100.8',
      'domain bad.example',
      'file_name y1.exe',
    ]);
    expect(left(set).toSorted()).toEqual([
      'not_for_detection hostname 1',
      'proposal filename 1',
      'together filename|sha256 1',
      'victim target-user 1',
      'withdrawn deleted 2',
    ]);
    expect(set.list()[1]!.about).toMatchObject({
      says: 'c2',
      by: 'A campaign · CERT',
      confidence: 75,
      sightings: 1,
      falseAlarms: 1,
      lastSeenMs: Date.UTC(2021, 2, 1),
      validUntilMs: Date.UTC(2021, 3, 1),
    });
  }
});

test('OpenIOC: leaves of choices, and hashes wherever they stand', () => {
  const item = (search: string, content: string, condition = 'is', more = ''): string =>
    `<IndicatorItem id="i" condition="${condition}" ${more}><Context document="x" search="${search}" type="mir"/><Content type="string">${content}</Content></IndicatorItem>`;
  const set = read(
    `<?xml version='1.0'?><!-- x --><ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="ioc-1"><short_description>Old &amp; bad</short_description>
<authored_by>Somebody</authored_by><authored_date>2014-10-17T02:02:52Z</authored_date><definition><Indicator operator="OR">
${item('FileItem/Md5sum', '1a'.repeat(16))}${item('DnsEntryItem/Host', 'bad.example', 'contains')}${item('PortItem/remoteIP', '198.51.100.', 'contains')}
${item('RegistryItem/Path', 'x')}${item('FileItem/FileName', 'no1.exe', 'isnot')}
<Indicator operator="AND">${item('FileItem/FileName', 'and1.exe')}${item('FileItem/Md5sum', '2b'.repeat(16))}</Indicator>
<Indicator operator="AND">${item('FileItem/FileName', 'lone1.exe')}</Indicator></Indicator></definition></ioc>`,
  );
  expect(values(set)).toEqual([`md5 ${'1a'.repeat(16)}`, `md5 ${'2b'.repeat(16)}`, 'domain bad.example', 'file_name lone1.exe']);
  expect(left(set).toSorted()).toEqual([
    'negated FileItem/FileName 1',
    'together FileItem/FileName 1',
    'type RegistryItem/Path 1',
    'unreadable address 1',
  ]);
  expect(set.list()[0]!.about).toMatchObject({
    says: 'Old & bad',
    by: 'Somebody',
    firstSeenMs: Date.UTC(2014, 9, 17, 2, 2, 52),
  });
});

test('one value in several lists is one indicator that names them', () => {
  const set = new IndicatorSet();
  readList(set, '198.51.100.7\n198.51.100.7\n', 'a.txt');
  readList(set, 'value,type\n198.51.100.7,ip\n', 'b.csv');
  expect(set.size).toBe(1);
  expect(set.repeated).toBe(2);
  expect(set.list()[0]).toMatchObject({ file: 'a.txt', more: [{ file: 'b.csv', at: 'line 2' }] });
});

test('each reason is a sentence, each kind stands once', () => {
  expect(new Set(Object.values(leftOutCodes)).size).toBe(Object.keys(leftOutCodes).length);
  expect(new Set(indicatorKinds).size).toBe(indicatorKinds.length);
});

test('a type that is called as something every object has is a type like any other', () => {
  const attributes = ['constructor', '__proto__', 'toString', 'filename|constructor'].map((type) => ({
    type,
    category: 'Other',
    value: 'a|b',
    to_ids: true,
  }));
  const set = read(JSON.stringify({ Event: { info: 'x', Attribute: attributes } }));
  expect(values(set)).toEqual([]);
  expect(set.leftOut().reduce((sum, { count }) => sum + count, 0)).toBe(5);
});
