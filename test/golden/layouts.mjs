// What a collection looks like when it lies before us: for each layout a small tree, and for each of its files where it stood on
// the server, who brought it, from which server and when. Written from what the collectors' own documentation and sources say, not
// from the code that reads them.
//
// A file is `path: content`; `log`, `proxy`, `ecp` and `evtx` stand for small files of that kind. `expect` says of a file:
//   [canonical path or null, role]; a pattern where two forms are right. `all` holds for every file that is evidence, `packed` only when they lie in an archive, which is called
//   `archive`.

const log = 'log';
const proxy = 'proxy';
const ecp = 'ecp';
const text = 'text';
const exchange = 'Program Files/Microsoft/Exchange Server/V15/Logging';
const iis = 'inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';
const iisPath = 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log';
const owa = `${exchange}/HttpProxy/Owa/HttpProxy_2021030300-1.LOG`;
const owaPath = `C:\\${owa.replaceAll('/', '\\')}`;
const ecpLog = `${exchange}/ECP/Server/ECPServer20210303-1.LOG`;
const ecpPath = `C:\\${ecpLog.replaceAll('/', '\\')}`;
const owaTail = 'Logging\\HttpProxy\\Owa\\HttpProxy_2021030300-1.LOG';
/** The path as a tail, however much of it is kept. */
const endsWith = (tail) => new RegExp(`(?:^|\\\\)${tail.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);

const copyLog = [
  'CopiedTimestamp,SourceFile,DestinationFile,FileSize,SourceFileSha1,DeferredCopy,CreatedOnUtc,ModifiedOnUtc,LastAccessedOnUtc,CopyDuration',
  `2021-04-02 10:11:12.1234567,${iisPath},D:\\tdest\\C\\${iis.replaceAll('/', '\\')},100,,False,2021-03-03 00:00:05,2021-03-03 23:59:59,2021-03-03 23:59:59,00:00:00.001`,
  '',
].join('\r\n');
const clientInfo = '{"Hostname":"MAIL01","Fqdn":"MAIL01.haven.example","OS":"windows","Architecture":"amd64"}';
const uploads =
  '{"Timestamp":"2021-04-02T10:11:12Z","vfs_path":"C:/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log","file_size":100,"uploaded_size":100}\n';
const flow = '{"session_id":"F.C1234","create_time":"1617358272000000"}';

/** The files that the offline collector of Velociraptor writes beside the uploads. */
const velociraptor = (top) => ({
  [`${top}client_info.json`]: clientInfo,
  [`${top}collection_context.json`]: flow,
  [`${top}requests.json`]: '{"items":[]}',
  [`${top}log.json`]: '{"_ts":1617358272,"level":"INFO","message":"Starting query execution."}\n',
  [`${top}uploads.json`]: uploads,
  [`${top}results/Windows.KapeFiles.Targets%2FUploads.json`]: uploads,
});
const velociraptorRoles = (top) =>
  Object.fromEntries(Object.keys(velociraptor(top)).map((path) => [path, [undefined, 'collector']]));

export const layouts = [
  {
    id: 'kape',
    what: 'KAPE: the drive is a folder without its colon, a CopyLog in the root',
    files: {
      [`tdest/C/${iis}`]: log,
      [`tdest/C/${owa}`]: proxy,
      'tdest/2021-04-02T101112_CopyLog.csv': copyLog,
      'tdest/2021-04-02T101112_ConsoleLog.txt': text,
    },
    all: { collector: 'kape', snapshot: null },
    expect: {
      [`tdest/C/${iis}`]: [iisPath, 'evidence'],
      [`tdest/C/${owa}`]: [owaPath, 'evidence'],
      'tdest/2021-04-02T101112_CopyLog.csv': [undefined, 'collector'],
      'tdest/2021-04-02T101112_ConsoleLog.txt': [undefined, 'collector'],
    },
  },
  {
    id: 'kape-machine-and-time',
    what: 'KAPE: below the name of the machine and a time',
    files: { [`tdest/MAIL01/2021-04-02T101112/C/${iis}`]: log, [`tdest/MAIL01/2021-04-02T101112/C/${owa}`]: proxy },
    expect: {
      [`tdest/MAIL01/2021-04-02T101112/C/${iis}`]: [iisPath, 'evidence'],
      [`tdest/MAIL01/2021-04-02T101112/C/${owa}`]: [owaPath, 'evidence'],
    },
  },
  {
    id: 'kape-shadow-copy',
    what: 'KAPE: shadow copies beside the drive, and below it',
    files: { [`t/C/${iis}`]: log, [`t/VSS1/C/${iis}`]: log, 't/2021-04-02T101112_CopyLog.csv': copyLog },
    expect: {
      [`t/C/${iis}`]: [iisPath, 'evidence', { snapshot: null }],
      [`t/VSS1/C/${iis}`]: [iisPath, 'evidence', { snapshot: 'VSS1' }],
    },
  },
  {
    id: 'kape-shadow-copy-below-the-drive',
    what: 'KAPE: VSS<n> below the drive, in place of the disk',
    files: { [`t/C/${iis}`]: log, [`t/C/VSS1/${iis}`]: log },
    expect: {
      [`t/C/${iis}`]: [iisPath, 'evidence', { snapshot: null }],
      [`t/C/VSS1/${iis}`]: [iisPath, 'evidence', { snapshot: 'VSS1' }],
    },
  },
  {
    id: 'kape-windows-old',
    what: 'KAPE: logs of the installation before an upgrade keep their own root',
    files: { 't/C/Windows.old/Windows/System32/LogFiles/W3SVC1/u_ex210303.log': log },
    expect: {
      't/C/Windows.old/Windows/System32/LogFiles/W3SVC1/u_ex210303.log': [
        'C:\\Windows.old\\Windows\\System32\\LogFiles\\W3SVC1\\u_ex210303.log',
        'evidence',
      ],
    },
  },
  {
    id: 'velociraptor-auto',
    what: 'Velociraptor, accessor auto: the drive is escaped',
    files: {
      ...velociraptor('Collection-MAIL01-2021-04-02T10_11_12Z/'),
      [`Collection-MAIL01-2021-04-02T10_11_12Z/uploads/auto/C%3A/${iis}`]: log,
    },
    all: { collector: 'velociraptor', host: 'MAIL01', collectedUtc: '2021-04-02T10:11:12Z', clock: 'utc', snapshot: null },
    expect: {
      ...velociraptorRoles('Collection-MAIL01-2021-04-02T10_11_12Z/'),
      [`Collection-MAIL01-2021-04-02T10_11_12Z/uploads/auto/C%3A/${iis}`]: [iisPath, 'evidence'],
    },
  },
  {
    id: 'velociraptor-ntfs',
    what: 'Velociraptor, accessor ntfs: the raw device is one part',
    files: { ...velociraptor(''), [`uploads/ntfs/%5C%5C.%5CC%3A/${owa}`]: proxy },
    all: { collector: 'velociraptor', host: 'MAIL01' },
    expect: { ...velociraptorRoles(''), [`uploads/ntfs/%5C%5C.%5CC%3A/${owa}`]: [owaPath, 'evidence'] },
  },
  {
    id: 'velociraptor-shadow-copy',
    what: 'Velociraptor: a shadow copy is an escaped device',
    files: { ...velociraptor(''), [`uploads/ntfs/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1/${iis}`]: log },
    all: { collector: 'velociraptor', host: 'MAIL01' },
    expect: {
      [`uploads/ntfs/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1/${iis}`]: [
        endsWith('inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log'),
        'evidence',
        { snapshot: /HarddiskVolumeShadowCopy1$|^VSS1$/ },
      ],
    },
  },
  {
    id: 'velociraptor-escapes',
    what: 'Velociraptor: each part is decoded once',
    files: {
      ...velociraptor(''),
      'uploads/auto/C%3A/inetpub/logs/LogFiles/W3SVC1/u_ex100%25.log': log,
      'uploads/auto/C%3A/inetpub/logs/LogFiles/W3SVC1/%2Ehidden%252E.log': log,
    },
    all: { collector: 'velociraptor' },
    expect: {
      'uploads/auto/C%3A/inetpub/logs/LogFiles/W3SVC1/u_ex100%25.log': [
        'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex100%.log',
        'evidence',
      ],
      'uploads/auto/C%3A/inetpub/logs/LogFiles/W3SVC1/%2Ehidden%252E.log': [
        'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\.hidden%2E.log',
        'evidence',
      ],
    },
  },
  {
    id: 'velociraptor-escaped-parent',
    what: 'Velociraptor: parts that decode to a way up never become a place',
    files: {
      ...velociraptor(''),
      'uploads/auto/C%3A/%2E%2E/%2E%2E/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': log,
      'uploads/auto/C%3A/a%2F..%2F../u_ex210303.log': log,
    },
    // That no canonical path leads up is asked of every file of every layout.
    expect: {},
  },
  {
    id: 'velociraptor-server',
    what: 'Velociraptor: the data store of the server',
    files: { [`clients/C.0123456789abcdef/collections/F.C1234/uploads/auto/C%3A/${iis}`]: log },
    expect: {
      [`clients/C.0123456789abcdef/collections/F.C1234/uploads/auto/C%3A/${iis}`]: [
        iisPath,
        'evidence',
        { collector: 'velociraptor' },
      ],
    },
  },
  {
    id: 'velociraptor-flow',
    what: 'Velociraptor: the download of a flow has a prefix',
    files: {
      ...velociraptor('MAIL01-C.0123456789abcdef/F.C1234/'),
      [`MAIL01-C.0123456789abcdef/F.C1234/uploads/auto/C%3A/${ecpLog}`]: ecp,
    },
    all: { collector: 'velociraptor', host: 'MAIL01' },
    expect: { [`MAIL01-C.0123456789abcdef/F.C1234/uploads/auto/C%3A/${ecpLog}`]: [ecpPath, 'evidence'] },
  },
  {
    id: 'cylr',
    what: 'CyLR: the path without its colon, and its own log',
    files: { [`MAIL01/C/${iis}`]: log, 'MAIL01/CyLR.log': text },
    all: { collector: 'cylr' },
    expect: { [`MAIL01/C/${iis}`]: [iisPath, 'evidence'], 'MAIL01/CyLR.log': [undefined, 'collector'] },
  },
  {
    id: 'cylr-zip',
    what: 'CyLR: the zip is called after the machine',
    archive: 'MAIL01.zip',
    files: { [`C/${iis}`]: log, 'CyLR.log': text },
    all: { collector: 'cylr' },
    packed: { host: 'MAIL01' },
    expect: { [`C/${iis}`]: [iisPath, 'evidence'], 'CyLR.log': [undefined, 'collector'] },
  },
  {
    id: 'exchange-log-collector',
    what: 'ExchangeLogCollector: labels in place of the folders',
    files: {
      'out/MAIL01/OWA_Proxy_Logs/HttpProxy_2021030300-1.LOG': proxy,
      'out/MAIL01/ECP_Logs/Server/ECPServer20210303-1.LOG': ecp,
      'out/MAIL02/EWS_Proxy_Logs/HttpProxy_2021030300-1.LOG': proxy,
      'out/MAIL02/OWA_Proxy_Logs/HttpProxy_2021030300-1.LOG': proxy,
    },
    all: { collector: 'exchange-log-collector' },
    expect: {
      'out/MAIL01/OWA_Proxy_Logs/HttpProxy_2021030300-1.LOG': [endsWith(owaTail), 'evidence', { host: 'MAIL01' }],
      'out/MAIL01/ECP_Logs/Server/ECPServer20210303-1.LOG': [
        endsWith('Logging\\ECP\\Server\\ECPServer20210303-1.LOG'),
        'evidence',
        { host: 'MAIL01' },
      ],
      'out/MAIL02/EWS_Proxy_Logs/HttpProxy_2021030300-1.LOG': [
        endsWith('Logging\\HttpProxy\\Ews\\HttpProxy_2021030300-1.LOG'),
        'evidence',
        { host: 'MAIL02' },
      ],
    },
  },
  {
    id: 'test-proxylogon',
    what: 'Test-ProxyLogon -CollectFiles: folders named after the holes',
    files: {
      'Test-ProxyLogonLogs/CVE26855/HttpProxy_2021030300-1.LOG': proxy,
      'Test-ProxyLogonLogs/CVE27065/ECPServer20210303-1.LOG': ecp,
      'Test-ProxyLogonLogs/MAIL01-Cve-2021-26855.csv':
        '"DateTime","AnchorMailbox"\r\n"2021-03-03T04:12:11.000Z","ServerInfo~a]@mail01.haven.example:444/ecp/proxyLogon.ecp?#"\r\n',
    },
    all: { collector: 'test-proxylogon' },
    expect: {
      'Test-ProxyLogonLogs/CVE26855/HttpProxy_2021030300-1.LOG': [undefined, 'evidence'],
      'Test-ProxyLogonLogs/CVE27065/ECPServer20210303-1.LOG': [undefined, 'evidence'],
    },
  },
  {
    id: 'acquire',
    what: 'acquire: the host and a time, then fs and the drive with its colon',
    files: { [`MAIL01_20210402101112/fs/c:/${iis}`]: log, [`MAIL01_20210402101112/fs/C:/${owa}`]: proxy },
    all: { collector: /^(?:acquire|uac)$/, host: 'MAIL01' },
    expect: {
      [`MAIL01_20210402101112/fs/c:/${iis}`]: [iisPath, 'evidence'],
      [`MAIL01_20210402101112/fs/C:/${owa}`]: [owaPath, 'evidence'],
    },
  },
  {
    id: 'acquire-new',
    what: 'acquire: newer builds write $fs$',
    files: { [`MAIL01_20210402101112/$fs$/c:/${iis}`]: log },
    expect: { [`MAIL01_20210402101112/$fs$/c:/${iis}`]: [iisPath, 'evidence'] },
  },
  {
    id: 'mounted-root',
    what: 'FTK Imager: [root] in place of a drive',
    files: { [`disk/[root]/${iis}`]: log, [`disk/[root]/${owa}`]: proxy },
    all: { collector: 'mounted-image' },
    expect: {
      [`disk/[root]/${iis}`]: [endsWith('inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log'), 'evidence'],
      [`disk/[root]/${owa}`]: [endsWith('Program Files\\Microsoft\\Exchange Server\\V15\\'.concat(owaTail)), 'evidence'],
    },
  },
  {
    id: 'mounted-letter',
    what: 'a mounted image under another letter',
    files: { [`E:/${iis}`]: log },
    expect: { [`E:/${iis}`]: [/^[CE]:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303\.log$/, 'evidence'] },
  },
  {
    id: 'mounted-linux',
    what: 'a volume mounted on Linux: no letter at all',
    files: { 'mnt/case/vol3/Windows/System32/LogFiles/HTTPERR/httperr1.log': text, [`mnt/case/vol3/${iis}`]: log },
    expect: { [`mnt/case/vol3/${iis}`]: [endsWith('inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log'), 'evidence'] },
  },
  {
    id: 'network-copy',
    what: 'a copy of C$',
    files: { [`MAIL01/C$/${iis}`]: log },
    expect: { [`MAIL01/C$/${iis}`]: [iisPath, 'evidence'] },
  },
  {
    id: 'plain-tails',
    what: 'copies that begin anywhere: the end of the path is known',
    files: {
      'case/MAIL01/Logging/HttpProxy/Owa/HttpProxy_2021030300-1.LOG': proxy,
      'case/MAIL01/LogFiles/W3SVC1/u_ex210303.log': log,
      'case/MAIL01/ECP/Server/ECPServer20210303-1.LOG': ecp,
    },
    expect: {
      'case/MAIL01/Logging/HttpProxy/Owa/HttpProxy_2021030300-1.LOG': [owaTail, 'evidence'],
      'case/MAIL01/LogFiles/W3SVC1/u_ex210303.log': [endsWith('W3SVC1\\u_ex210303.log'), 'evidence'],
      'case/MAIL01/ECP/Server/ECPServer20210303-1.LOG': [endsWith('ECP\\Server\\ECPServer20210303-1.LOG'), 'evidence'],
    },
  },
  {
    id: 'flat',
    what: 'one flat folder: nothing is known but what the files say',
    files: { 'u_ex210303.log': log, 'HttpProxy_2021030300-1.LOG': proxy, 'ECPServer20210303-1.LOG': ecp },
    expect: {
      'u_ex210303.log': [null, 'evidence', { root: '' }],
      'HttpProxy_2021030300-1.LOG': [null, 'evidence', { root: '' }],
      'ECPServer20210303-1.LOG': [null, 'evidence', { root: '' }],
    },
  },
  {
    id: 'letter-of-a-folder',
    what: 'a folder of one letter is no drive when nothing of a disk is below it',
    files: { 'sorted/e/u_ex210303.log': log, 'sorted/u/HttpProxy_2021030300-1.LOG': proxy },
    expect: { 'sorted/e/u_ex210303.log': [null, 'evidence'], 'sorted/u/HttpProxy_2021030300-1.LOG': [null, 'evidence'] },
  },
  {
    id: 'letter-case',
    what: 'letters of any case',
    files: { [`DISK/C/${iis.toUpperCase()}`]: log },
    expect: { [`DISK/C/${iis.toUpperCase()}`]: [iisPath.toUpperCase(), 'evidence'] },
  },
  {
    id: 'two-servers',
    what: 'two servers beside each other keep apart',
    files: { [`case/MAIL01/C/${iis}`]: log, [`case/MAIL02/C/${iis}`]: log },
    expect: {
      [`case/MAIL01/C/${iis}`]: [iisPath, 'evidence', { root: 'case/MAIL01' }],
      [`case/MAIL02/C/${iis}`]: [iisPath, 'evidence', { root: 'case/MAIL02' }],
    },
  },
  {
    id: 'dfir-orc',
    what: 'DFIR-ORC: GetThis.csv says what a member was called',
    files: {
      'ORC_Server_MAIL01_Logs/GetThis.csv':
        'ComputerName,VolumeID,ParentFRN,FRN,FullName,SampleName,SizeInBytes\r\nMAIL01,0x1,0x2,0x3,\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log,0001_u_ex210303.log_0A1B2C3D.data,100\r\n',
      'ORC_Server_MAIL01_Logs/0001_u_ex210303.log_0A1B2C3D.data': log,
    },
    all: { collector: 'dfir-orc', host: 'MAIL01' },
    expect: {
      'ORC_Server_MAIL01_Logs/GetThis.csv': [undefined, 'collector'],
      'ORC_Server_MAIL01_Logs/0001_u_ex210303.log_0A1B2C3D.data': [
        endsWith('inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log'),
        'evidence',
      ],
    },
  },
];
