import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Foreign, foreignOf } from './foreign.ts';
import { readHead } from './text-head.ts';

const encoder = new TextEncoder();
const judge = (path: string, content: string | Uint8Array): Foreign | null => {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  return foreignOf(path, readHead(bytes).text, bytes);
};
const kindOf = (path: string, content: string | Uint8Array): string | null => judge(path, content)?.kind ?? null;

const sigma = [
  'title: A page that runs orders',
  'id: 4a1b6da0-0000-4000-8000-000000000001',
  'logsource:',
  '  category: webserver',
  'detection:',
  '  selection:',
  "    cs-uri-stem|endswith: '.aspx'",
  '  condition: selection',
  'tags:',
  '- attack.persistence',
].join('\n');
const yara = [
  '/* from a feed',
  '   2021-03-03 */',
  'import "pe"',
  '',
  'rule Shell : web {',
  '  meta:',
  '    author = "somebody { }"',
  '  strings:',
  '    $a = "JScript" // }',
  '    $h = { 4D 5A ?? 00 }',
  '    $r = /eval\\(.{0,20}\\}/',
  '  condition:',
  '    any of them',
  '}',
  'private rule Other { condition: true }',
].join('\n');
const iisRow = '2021-03-03 04:12:11 10.0.0.5 POST /owa/auth/x.aspx - 443 - 198.51.100.7 curl/7 - 200 0 0 62';

test.each([
  ['a Sigma rule', sigma],
  ['several Sigma rules', `${sigma}\n---\n# next\n${sigma}`],
  ['a correlation', 'title: Many\ncorrelation:\n  type: event_count\n'],
  ['YARA', yara],
  ['YARA with one rule on one line', 'rule a { strings: $a = "x" condition: $a }'],
  ['YARA that is longer than what is here', `${yara}\nrule Long {\n  strings:\n${'    $a = "x"\n'.repeat(9000)}`],
  [
    'Suricata',
    '# from a feed\nalert http any any -> $HOME_NET any (msg:"ProxyLogon"; content:"/ecp/"; sid:2031863; rev:1;)\n#alert tcp any any -> any 443 (msg:"x"; sid:1;)\n',
  ],
  ['MISP', '{"Event": {"id": "1", "info": "Exchange", "Attribute": [{"type": "ip-dst", "value": "198.51.100.7"}]}}'],
  ['MISP attributes', '{"response":{"Attribute":[{"category":"x","type":"ip-dst","to_ids":true,"value":"198.51.100.7"}]}}'],
  ['STIX', '{"type": "bundle", "id": "bundle--4a1b6da0-0000-4000-8000-000000000001", "objects": []}'],
  ['STIX objects', '[ {"type": "ipv4-addr", "spec_version": "2.1", "id": "ipv4-addr--4a1b", "value": "198.51.100.7"} ]'],
  ['OpenIOC', '<?xml version="1.0"?>\n<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="x">\n'],
  ['a list of indicators', '\uFEFFIndicator_type,Data,Note\nip,198.51.100.7,"scans"\n'],
  ['another one', 'DateAdded,FirstSeen,Indicator,IndicatorType,TLP\n2021-03-10,2021-03-05T10:07:29Z,aa,sha256,White\n'],
])('rules: %s', (_name, content) => {
  expect(kindOf('x/file', content)).toBe('rules');
});

test.each([
  [
    'Hayabusa',
    '"Timestamp","RuleTitle","Level","Computer","Channel","EventID","Details"\n"2021-03-03 04:12:11.000 +00:00","Susp","high","MAIL01","Sec","4688","x"\n',
  ],
  ['Hayabusa as JSON', '{"Timestamp":"2021-03-03","RuleTitle":"Susp","Level":"high"}\n{"Timestamp":"2021-03-03"}\n'],
  ['Chainsaw', 'timestamp,detections,path,count,Event.System.Provider,Event ID\n2021-03-03T00:00:00Z,x,a.evtx,1,y,4688\n'],
  ['Chainsaw as JSON', '[{"group":"Sigma","kind":"individual","document":{"kind":"evtx"},"name":"x","timestamp":"2021"}]'],
  ['Zircolite', '[{"title":"x","id":"y","sigmafile":"a.yml","sigma":["SELECT"],"rule_level":"high","count":1,"matches":[{}]}]'],
  ['APT-Hunter', 'Date and Time,timestamp,Detection Rule,Severity,Detection Domain,Event Description\n'],
  ['alerts of Defender', 'AlertId,Title,Severity,Category\nda1,Possible web shell,High,Persistence\n'],
  ['alerts of Defender as JSON', '{"value":[{"alertId":"da1","severity":"High","title":"x"}]}'],
  ['alerts of Elastic', '{"_index":"a","_source":{"kibana.alert.rule.name":"x"}}'],
  ['CHIRP', '{"a rule":{"description":"x","confidence":9,"matches":[]}}'],
  ['THOR’s page', '<!DOCTYPE html><html><head><title>THOR Scan Report MAIL01</title></head><body></body></html>'],
])('outputs of tools: %s', (_name, content) => {
  expect(kindOf('x/file', content)).toBe('tool_output');
});

test.each([
  ['assessment.json', '{\n  "schema": "afterpatch.assessment/1",\n  "evidence": []\n}\n'],
  ['run.json', '{"schema":"afterpatch.run/1","version":"0.1.0"}'],
  ['findings.ndjson', '{"id":"1","title":"x","stage":"probed","proves":"","doesNotProve":"","innocent":"","evidence":[]}\n'],
  ['observables.ndjson', '{"kind":"address","value":"198.51.100.7","firstUtc":null,"lastUtc":null,"count":1,"hosts":[]}\n'],
  [
    'timeline.csv',
    'message,datetime,timestamp_desc,timestamp,host,stage,confidence,campaign,rule,artifact,offset,line,sha256,finding_id,tag\r\n',
  ],
  [
    'report.html',
    '<!doctype html>\n<html lang="en"><head><meta name="generator" content="Afterpatch" /></head><body></body></html>',
  ],
])('our own: %s', (_name, content) => {
  expect(kindOf('x/renamed.txt', content)).toBe('own_output');
});

const powershell = (name: string): string =>
  `# Copyright (c) Microsoft Corporation.\n# ${name}\n[CmdletBinding()]\nparam (\n  [string]$OutPath\n)\nfunction Get-Thing {\n}\n`;
const python = `#!/usr/bin/env python3\nimport requests\n\ndef main():\n    requests.post('https://mail.example/ecp/y.js', headers={'Cookie': 'X-BEResource=a'})\n`;
const nse = `local http = require "http"\ndescription = [[ looks ]]\ncategories = {"vuln"}\nportrule = shortport.http\naction = function(host) end\n`;
const pe = (): Uint8Array => Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 255, 255, 0, 0, ...Array(64).fill(0)]);

test('programs that people keep beside their evidence; what stands on a server is somebody’s', () => {
  expect(kindOf('tools/Test-ProxyLogon.ps1', powershell('Test-ProxyLogon'))).toBe('program');
  expect(kindOf('MX1/C/Temp/EOMT.ps1', powershell('EOMT'))).toBe('program');
  expect(kindOf('tools/exploit.py', python)).toBe('program');
  expect(kindOf('MX1/C/Windows/Temp/exploit.py', python)).toBeNull();
  expect(kindOf('tools/x.nse', nse)).toBe('program');
  expect(kindOf('tools/msert.exe', pe())).toBe('program');
  expect(kindOf('MX1/C/Windows/Temp/msert.exe', pe())).toBeNull();
  expect(kindOf('tools/other.exe', pe())).toBeNull();
  expect(kindOf('tools/their.ps1', '# x\nfunction Invoke-Thing {\n}\nparam (\n)\n')).toBeNull();
});

const at = (offset: number, magic: string, length = 1024): Uint8Array => {
  const bytes = new Uint8Array(Math.max(length, offset + magic.length)).fill(1);
  for (let i = 0; i < magic.length; i++) bytes[offset + i] = magic.charCodeAt(i);
  return bytes;
};
const bootRecord = (kind: number): Uint8Array => {
  const bytes = new Uint8Array(1024);
  bytes.set([0x33, 0xc0, 0x8e, 0xd0], 0);
  bytes.set([0x80, 0x20, 0x21, 0, kind, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 2], 446);
  bytes.set([0x55, 0xaa], 510);
  return bytes;
};

test.each([
  ['VMDK', at(0, 'KDMV\u0001\u0000\u0000')],
  ['a descriptor of VMware', '# Disk DescriptorFile\nversion=1\n'],
  ['VHD', at(0, 'conectix\u0000\u0000\u0000')],
  ['VHDX', at(0, 'vhdxfile\u0000')],
  ['E01', at(0, 'EVF\t\r\n\u00ff\u0000\u0001')],
  ['NTFS', at(3, 'NTFS    ')],
  ['a disk', bootRecord(7)],
  ['GPT', at(512, 'EFI PART')],
  ['ISO', at(0x8001, 'CD001')],
])('images: %s', (_name, content) => {
  expect(kindOf('x/disk.001', content)).toBe('disk_image');
});

test.each([
  ['a log with a Sigma rule pasted into it', `${iisRow}\n${sigma}\n`],
  ['a rule with a row of a log pasted behind it', `${sigma}\n${iisRow}\n`],
  ['YARA with a row of a log in its comment', `/*\n${iisRow}\n*/\n${yara}`],
  ['a list of indicators with a row of a log', `value,type,notes\n1,ip,x\n${iisRow}\n`],
  ['words about a rule', `We found this:\n\n${sigma}\n`],
  ['words behind YARA', `${yara}\nand then we saw it\n`],
  ['YAML that is no rule', 'title: x\nlogsource:\n  a: b\n'],
  ['a program’s configuration', '{"type":"module","id":"bundle"}'],
  [
    'a log as JSON whose texts look like a rule',
    '{"Event":{"System":{"EventID":4688}},"message":"\\"RuleTitle\\":1,\\"Level\\":2"}\n',
  ],
  ['events with the words of alerts', '{"EventID":1,"CommandLine":"{\\"alertId\\":1,\\"severity\\":2}"}\n'],
  [
    'Test-ProxyLogon on the console',
    'ProxyLogon Status: Exchange Server MAIL01\n  Log age days: Oabgen 1 Ecp 2\n  Nothing suspicious detected\n',
  ],
  [
    'Test-ProxyLogon’s table',
    '"DateTime","RequestId","ClientIpAddress","UrlHost","UrlStem","RoutingHint","UserAgent","AnchorMailbox","HttpStatus"\n',
  ],
  ['the call of a script', 'PS C:\\> .\\Test-ProxyLogon.ps1 -OutPath C:\\x\nfunction\nparam\n'],
  ['Loki', '20210310T10:11:12Z MAIL01 LOKI: Alert: MODULE: FileScan MESSAGE: FILE: C:\\x.aspx SCORE: 100\n'],
  ['Loki as a table', '20210310T10:11:12Z,MAIL01,ALERT,FileScan,FILE: C:\\x.aspx SCORE: 100\n'],
  ['Defender’s list', 'ThreatID : 1\nThreatName : Backdoor\n'],
  ['CompareExchangeHashes', '"FileName","VDir","Error","FilePath","FileHash"\n"a","b","NoHashMatch","c","d"\n'],
  ['HealthChecker', 'Exchange Health Checker Version 21.03.1\n\nName: MAIL01\n'],
  ['a table of ordinary things', 'name,type,size\na,b,1\n'],
  [
    'a page',
    '<!doctype html><html><head><title>Outlook</title></head><body><meta name="generator" content="Afterpatch" /></body></html>',
  ],
  ['a page of a server with THOR in it', '<html><head><title>Thor</title></head></html>'],
  ['a boot record with a nonsense table', bootRecord(0)],
  ['bytes', Uint8Array.from({ length: 2048 }, (_, n) => (n * 7919) & 255)],
])('not foreign: %s', (_name, content) => {
  expect(judge('x/file', content)).toBeNull();
});

test('no beginning makes it throw or think long', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '{',
      '[',
      '"',
      '\\',
      ':',
      ',',
      '}',
      '/*',
      '*/',
      '//',
      'rule a ',
      'condition:',
      '=',
      '/',
      '\n',
      'title:',
      '<',
      '<!--',
      'alert ',
    ),
    fc.string({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      judge('x', pieces.join(''));
    }),
    { numRuns: 2000, seed: 1 },
  );
  for (const unit of [
    '/*',
    '//',
    '"',
    '{',
    '[',
    'rule a {',
    '<!--',
    '=/',
    'import "a"',
    '#\n',
    '\\"',
    "'''",
    '""" ',
    ' ',
    '[{"a":',
  ])
    for (const start of ['', 'import "a"\n', 'alert tcp ', 'rule a { condition:'])
      judge('x', start + unit.repeat((64 << 10) / unit.length));
});

test('comments before the first element of XML are gone over one by one', () => {
  // Each could reach to the end of any other: a pattern that tries them all does not come back.
  const comments = '<!---->'.repeat(500);
  expect(kindOf('x.xml', `<?xml version="1.0"?>${comments}\u0002`)).toBeNull();
  expect(kindOf('x.xml', `<?xml version="1.0"?>\n${comments}\n<ioc id="1"></ioc>`)).toBe('rules');
  expect(kindOf('x.xml', `${comments}<!-- open <ioc id="1"></ioc>`)).toBeNull();
});
