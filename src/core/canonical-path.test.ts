import fc from 'fast-check';
import { expect, test } from 'vitest';
import { place, type Placement } from './canonical-path.ts';

const logs = 'inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';
const onC = 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log';
const install = 'Program Files/Microsoft/Exchange Server/V15';
const proxy = `${install}/Logging/HttpProxy/Ews/HttpProxy_2021030300-1.LOG`;
const proxyOnC = `C:\\${proxy.replaceAll('/', '\\')}`;

const where = (canonicalPath: string | null, root: string, more: Partial<Placement> = {}): Placement => ({
  canonicalPath,
  root,
  snapshot: null,
  host: null,
  ...more,
});

test.each([
  ['a triage collector', `MX1/C/${logs}`, where(onC, 'MX1')],
  ['a live-response collector', `Collection-MX1/uploads/auto/C%3A/${logs}`, where(onC, 'Collection-MX1')],
  ['the same through the raw device', `uploads/ntfs/%5C%5C.%5CC%3A/${logs}`, where(onC, '')],
  ['the same, mounted with plain names', `X/uploads/auto/C/${logs}`, where(onC, 'X')],
  ['a share', `MX1/C$/${logs}`, where(onC, 'MX1')],
  ['a share by its whole name', `\\\\MX1\\C$\\${logs.replaceAll('/', '\\')}`, where(onC, 'MX1', { host: 'MX1' })],
  ['a share of an address', `//192.0.2.7/C$/${logs}`, where(onC, '192.0.2.7')],
  ['a drive with a colon', 'MX1/d:/Exchange/Logging/Ews/x.log', where('D:\\Exchange\\Logging\\Ews\\x.log', 'MX1')],
  ['backslashes in one name', `C:\\${logs.replaceAll('/', '\\')}`, where(onC, '')],
  ['no drive', `MX1/${logs}`, where('inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log', 'MX1')],
  ['a site folder alone', 'MX1/W3SVC2/u_ex210303.log', where('W3SVC2\\u_ex210303.log', 'MX1')],
  ['Exchange below its program folder', `MX1/${proxy}`, where(proxy.replaceAll('/', '\\'), 'MX1')],
  [
    'Logging alone',
    'MX1/Logging/ECP/Server/ECPServer20210303-1.LOG',
    where('Logging\\ECP\\Server\\ECPServer20210303-1.LOG', 'MX1'),
  ],
  ['HttpProxy alone', 'MX1/HttpProxy/Ecp/x.LOG', where('HttpProxy\\Ecp\\x.LOG', 'MX1')],
  [
    'the error log of the system',
    'MX1/Windows/System32/LogFiles/HTTPERR/httperr1.log',
    where('Windows\\System32\\LogFiles\\HTTPERR\\httperr1.log', 'MX1'),
  ],
  ['flat', 'MX1/u_ex210303.log', where(null, 'MX1')],
  ['one letter that is no drive', 'a/b/c.log', where(null, 'a/b')],
  ['a person’s letter above a tail', 'a/Logging/ECP/Server/x.LOG', where('Logging\\ECP\\Server\\x.LOG', 'a')],
  ['nothing', '', where(null, '')],

  [
    'an offline collection in its archive',
    `case/Collection-MAIL01-2021-03-10T10_11_12Z.zip/uploads/auto/C%3A/${proxy}`,
    where(proxyOnC, 'case/Collection-MAIL01-2021-03-10T10_11_12Z.zip', { host: 'MAIL01' }),
  ],
  [
    'a host with dots and dashes',
    `Collection-mx-1.haven.example-2021-03-10T10_11_12Z/uploads/auto/C%3A/${logs}`,
    where(onC, 'Collection-mx-1.haven.example-2021-03-10T10_11_12Z', { host: 'mx-1.haven.example' }),
  ],
  [
    'a shadow copy by its device',
    `uploads/ntfs_vss/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy2/${proxy}`,
    where(proxy.replaceAll('/', '\\'), '', { snapshot: 'HarddiskVolumeShadowCopy2' }),
  ],
  [
    'a shadow copy by its device, unescaped',
    `\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy3\\Windows\\System32\\config\\SAM`,
    where('Windows\\System32\\config\\SAM', '', { snapshot: 'HarddiskVolumeShadowCopy3' }),
  ],
  ['a shadow copy above the drive', `MX1/vss1/C/${logs}`, where(onC, 'MX1', { snapshot: 'VSS1' })],
  ['a shadow copy below the drive', `MX1/C/VSS12/${logs}`, where(onC, 'MX1', { snapshot: 'VSS12' })],
  [
    'a former version of a share',
    `MX1/@GMT-2021.03.03-04.05.06/${logs}`,
    where('inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log', 'MX1', { snapshot: '@GMT-2021.03.03-04.05.06' }),
  ],
  [
    'escaped names are decoded once',
    'uploads/auto/C%3A/Windows/System32/winevt/Logs/Microsoft-Windows-PowerShell%254Operational.evtx',
    where('C:\\Windows\\System32\\winevt\\Logs\\Microsoft-Windows-PowerShell%4Operational.evtx', ''),
  ],
  ['a stream', 'uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J', where('C:\\$Extend\\$UsnJrnl:$J', '')],
  ['a leading point', 'uploads/auto/C%3A/Users/%2Eprofile', where('C:\\Users\\.profile', '')],
  [
    'the store of the collector’s server',
    'clients/C.1352adc54e292a23/collections/F.BN2HJCPOF4U8S/uploads/auto/C%3A/Users/x%2Edb_',
    where('C:\\Users\\x.db', 'clients/C.1352adc54e292a23/collections/F.BN2HJCPOF4U8S'),
  ],
  ['a name that ends so by itself', 'uploads/auto/C%3A/Users/x.db_', where('C:\\Users\\x.db_', '')],
  ['a name that decodes to the folder above', 'uploads/auto/C%3A/Users/%2E%2E/x', where('C:\\Users\\%2E%2E\\x', '')],
  ['a name that decodes to a way', 'uploads/auto/C%3A/Users/..%5C..%5Cx', where('C:\\Users\\..%5C..%5Cx', '')],
  ['a name that decodes to a drive', 'uploads/auto/C%3A/Users/D%3A/x', where('C:\\Users\\D%3A\\x', '')],
  ['a name that decodes to NUL', 'uploads/auto/C%3A/Users/x%00.log', where('C:\\Users\\x%00.log', '')],
  ['a way out', 'X/C/Windows/../../../etc/passwd', where(null, '')],
  ['a way out in backslashes', 'X\\..\\C\\Windows\\x', where(null, '')],
  ['NUL', 'X/C/Windows/a\0b', where(null, '')],

  ['an imager', 'vol3/[root]/Windows/Temp/x.log', where('Windows\\Temp\\x.log', '')],
  [
    'the same with its partitions',
    `Partition 2 [81917MB]/NONAME [NTFS]/[root]/${logs}`,
    where(logs.replaceAll('/', '\\'), 'Partition 2 [81917MB]'),
  ],
  ['a drive in brackets', `image.E01/[C]/${logs}`, where(onC, 'image.E01')],
  ['acquire', `mail01_20210310101112.tar/fs/c:/${logs}`, where(onC, 'mail01_20210310101112.tar')],
  ['acquire, newer', `x/$fs$/C:/${logs}`, where(onC, 'x')],
  ['a mounted volume', `mnt/case/vol3/Windows/Temp/x`, where('Windows\\Temp\\x', 'mnt/case')],
  ['a mounted drive', 'E:\\Windows\\Temp\\x', where('E:\\Windows\\Temp\\x', '')],
  ['a drive as a folder’s name', `mnt/E:/${logs}`, where(onC.replace('C:', 'E:'), 'mnt')],
  ['the system before the upgrade', `MX1/C/Windows.old/${logs}`, where(`C:\\Windows.old\\${logs.replaceAll('/', '\\')}`, 'MX1')],
  [
    'the same without its drive',
    `MX1/Windows.old/Windows/System32/LogFiles/HTTPERR/h.log`,
    where('Windows.old\\Windows\\System32\\LogFiles\\HTTPERR\\h.log', 'MX1'),
  ],
  [
    'Exchange on another drive in a folder of its own',
    'MX1/D/Mail/V15/Logging/HttpProxy/Owa/x.LOG',
    where('D:\\Mail\\V15\\Logging\\HttpProxy\\Owa\\x.LOG', 'MX1'),
  ],
  ['wrapper folders', `2021-03-10T101112/MX1/C/${logs}`, where(onC, '2021-03-10T101112/MX1')],

  ['a label', 'MAIL01/EWS_Proxy_Logs/HttpProxy_1.LOG', where('Logging\\HttpProxy\\Ews\\HttpProxy_1.LOG', 'MAIL01')],
  [
    'labels zipped one by one',
    'x/MAIL01.zip/ECP_Logs.zip/Server/ECPServer20210303-1.LOG',
    where('Logging\\ECP\\Server\\ECPServer20210303-1.LOG', 'x/MAIL01.zip'),
  ],
  ['a site’s label', 'MAIL01/IIS_W3SVC1_Logs/u_ex210303.log', where('LogFiles\\W3SVC1\\u_ex210303.log', 'MAIL01')],
  ['a file that is called like a label', 'MAIL01/EWS_Proxy_Logs.zip', where(null, 'MAIL01')],

  ['an archive beside the logs', `MX1/C/inetpub/logs/old.zip/u_ex.log`, where('C:\\inetpub\\logs\\old.zip\\u_ex.log', 'MX1')],
  ['an archive of a collection on a server', `MX1/C/Temp/C.zip/C/${logs}`, where(onC, 'MX1/C/Temp/C.zip')],
  [
    'folders of the web that look like a collection',
    'inetpub/wwwroot/uploads/auto/C%3A/x%2Easpx',
    where('inetpub\\wwwroot\\uploads\\auto\\C%3A\\x%2Easpx', ''),
  ],
  ['a drive below the web', 'inetpub/wwwroot/c/Windows/x.aspx', where('inetpub\\wwwroot\\c\\Windows\\x.aspx', '')],
  [
    'a flow from a server',
    `MX1-C.1352adc54e292a23-F.BN2HJCPOF4U8S.zip/uploads/auto/C%3A/${logs}`,
    where(onC, 'MX1-C.1352adc54e292a23-F.BN2HJCPOF4U8S.zip', { host: 'MX1' }),
  ],
] satisfies [string, string, Placement][])('%s', (_name, path, expected) => {
  expect(place(path)).toEqual(expected);
});

const part = fc.oneof(
  fc.constantFrom(
    'C',
    'C:',
    'd$',
    'C%3A',
    '%5C%5C.%5CC%3A',
    '[C]',
    '[root]',
    'fs',
    '$fs$',
    'vol3',
    'uploads',
    'auto',
    'ntfs',
    'VSS1',
    'F.ABC',
    '%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1',
    'HarddiskVolumeShadowCopy9',
    'a.zip',
    'b%2Ezip',
    'c%252Ezip',
    'Windows',
    'System32',
    'inetpub',
    'wwwroot',
    'Logging',
    'ECP',
    'Server',
    'W3SVC1',
    'LogFiles',
    'Windows.old',
    'Users',
    'EWS_Proxy_Logs',
    'EWS_Proxy_Logs.zip',
    'IIS_W3SVC1_Logs',
    '..',
    '.',
    '%2E%2E',
    '%57indows',
    '%2557indows',
    'x%00',
    '%5C',
    'x.db_',
    'Collection-MX1-2021-03-10T10_11_12Z',
    'Exchange',
    'Program Files',
    'Microsoft',
    'Exchange Server',
    'V15',
    'x.log',
  ),
  fc.string({ maxLength: 6 }),
);
const anyPath = fc
  .tuple(fc.constantFrom('', '/', '\\', '\\\\', '//'), fc.array(part, { maxLength: 10 }), fc.constantFrom('/', '\\'))
  .map(([start, parts, between]) => start + parts.join(between));

test('no path makes it throw or lead elsewhere, and what it says stays so', () => {
  fc.assert(
    fc.property(anyPath, (path) => {
      const { canonicalPath, root } = place(path);
      expect(root.split('/')).not.toContain('..');
      if (canonicalPath === null) return;
      expect(canonicalPath.split(/[/\\]/)).not.toContain('..');
      expect(canonicalPath).not.toMatch(/\0|\/|^\\|\\$|\\\\/);
      expect(place(canonicalPath).canonicalPath).toBe(canonicalPath);
    }),
    { numRuns: 5000, seed: 1 },
  );
});

test('a path of a hundred thousand folders is no drive', () => {
  expect(place(`${'c/'.repeat(100_000)}Windows/System32/x`).canonicalPath).toBeNull();
  expect(place(`${'a.zip/'.repeat(100_000)}C/Windows/x`).canonicalPath).toBeNull();
});
