import { expect, test } from 'vitest';
import { memoryFiles, memoryPlatform } from '../../test/support/memory.ts';
import { gather } from '../evidence/index.ts';
import { evidenceList, renderEvidenceList } from './evidence-list.ts';

const log = '#Fields: date time cs-method cs-uri-stem c-ip sc-status\n2021-03-03 04:12:11 GET /owa/ 192.0.2.1 200\n';
const tree = {
  '/case/MX1/C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': log,
  '/case/MX1/C/inetpub/logs/LogFiles/W3SVC1/u_ex210304.log': log,
  '/case/note.txt': 'nothing to see\u001b[31m\n',
  '/case/broken.zip': 'PK\u0003\u0004 torn',
};

test('files of one kind and place are one line, what is not read has its reason', async () => {
  const text = renderEvidenceList(await gather(['/case'], memoryPlatform(memoryFiles(tree))), {
    lang: 'en',
    width: 80,
    files: false,
  });
  expect(text).toBe(`2 files would be read (200 bytes), with what is in 1 archive; 1 would not.

Would be read
  IIS: 2 files, 200 bytes
    MX1: C:\\inetpub\\logs\\LogFiles\\W3SVC1

Archives
  zip: 1 file, 9 bytes
    .

Would not be read
  a text in which no line of a known log was found: 1 file, 20 bytes
    .

Problems
  archive.damaged: the archive is damaged here; what lies before was read
    broken.zip: none; 0 entries by their own headers
`);
});

test('every file by itself, and names that cannot move the cursor', async () => {
  const hostile = { ...tree, '/case/\u001b[2Jx\u202e.log': log };
  const text = renderEvidenceList(await gather(['/case'], memoryPlatform(memoryFiles(hostile))), {
    lang: 'en',
    width: 80,
    files: true,
  });
  expect(text).not.toContain('\u001b');
  expect(text).not.toContain('\u202e');
  expect(text.match(/u_ex21030\d\.log/g)?.length).toBeGreaterThanOrEqual(2);
});

test('as data', async () => {
  const list = evidenceList(await gather(['/case'], memoryPlatform(memoryFiles(tree))));
  expect(list.files.map(({ path, role, kind, notRead }) => [path, role, kind ?? notRead])).toEqual([
    ['MX1/C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log', 'evidence', 'iis-w3c'],
    ['MX1/C/inetpub/logs/LogFiles/W3SVC1/u_ex210304.log', 'evidence', 'iis-w3c'],
    ['broken.zip', 'container', 'zip'],
    ['note.txt', 'evidence', 'a text in which no line of a known log was found'],
  ]);
});
