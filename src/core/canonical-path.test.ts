import { expect, test } from 'vitest';
import { place } from './canonical-path.ts';

const logs = 'inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';
const onC = 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log';

test.each([
  ['a triage collector', `MX1/C/${logs}`, onC, 'MX1'],
  ['a live-response collector', `Collection-MX1/uploads/auto/C%3A/${logs}`, onC, 'Collection-MX1/uploads/auto'],
  ['the same through the raw device', `uploads/ntfs/%5C%5C.%5CC%3A/${logs}`, onC, 'uploads/ntfs'],
  ['a share', `MX1/C$/${logs}`, onC, 'MX1'],
  ['a drive with a colon', `MX1/d:/Exchange/Logging/Ews/x.log`, 'D:\\Exchange\\Logging\\Ews\\x.log', 'MX1'],
  ['backslashes in one name', `C:\\${logs.replaceAll('/', '\\')}`, onC, ''],
  ['no drive', `MX1/${logs}`, 'inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log', 'MX1'],
  ['a site folder alone', 'MX1/W3SVC2/u_ex210303.log', 'W3SVC2\\u_ex210303.log', 'MX1'],
  [
    'Exchange below its program folder',
    'MX1/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Owa/x.LOG',
    'Program Files\\Microsoft\\Exchange Server\\V15\\Logging\\HttpProxy\\Owa\\x.LOG',
    'MX1',
  ],
  ['Logging alone', 'MX1/Logging/ECP/Server/ECPServer20210303-1.LOG', 'Logging\\ECP\\Server\\ECPServer20210303-1.LOG', 'MX1'],
  ['HttpProxy alone', 'MX1/HttpProxy/Ecp/x.LOG', 'HttpProxy\\Ecp\\x.LOG', 'MX1'],
  [
    'the error log of the system',
    'MX1/Windows/System32/LogFiles/HTTPERR/httperr1.log',
    'Windows\\System32\\LogFiles\\HTTPERR\\httperr1.log',
    'MX1',
  ],
  ['flat', 'MX1/u_ex210303.log', null, 'MX1'],
  ['one letter that is no drive', 'a/b/c.log', null, 'a/b'],
  ['nothing', '', null, ''],
])('%s', (_name, path, canonicalPath, root) => {
  expect(place(path)).toEqual({ canonicalPath, root });
});
