import { expect, test } from 'vitest';
import { memoryFiles, memoryPlatform } from '../../test/support/memory.ts';
import type { Artifact } from './artifact.ts';
import { firstLook } from './first-look.ts';
import { gather } from './gather.ts';
import type { Found } from './walk.ts';

const server = `#Software: Microsoft Exchange Server
#Log-type: ECP Server Log
#Fields: TimeStamp,ServerName,EventId,EventData
2021-03-03T04:12:11.000Z,MAIL01,ECP.Request,S:TIME=1
`;
const proxy = `#Log-type: HttpProxy Logs
#Fields: DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem
2021-03-03T04:12:11.000Z,a,15,1,1,1,,Ecp,mail.example,/ecp/y.js
`;
const logging = '/case/C/Program Files/Microsoft/Exchange Server/V15/Logging';
const tree = {
  [`${logging}/ECP/Server/ECPServer20210303-1.LOG`]: server,
  [`${logging}/ECP/Server/notes.LOG`]: 'We saw nothing.\n',
  [`${logging}/HttpProxy/Ecp/HttpProxy_2021030304-1.LOG`]: proxy,
  [`${logging}/HttpProxy/Ecp/HttpProxy_2021030305-1.LOG`]: { error: 'EACCES' },
  [`${logging}/HttpProxy/Ews/HttpProxy_2021030304-1.LOG`]: proxy,
  '/case/C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': '#Fields: date time cs-uri-stem\n',
};
const files = memoryFiles(tree);
const found: Found[] = Object.keys(tree).map((path) => ({ path, label: path.slice('/case/'.length) }));

async function looks(limits: { readonly fewestFiles: number; readonly bytes: number }, enoughAfter = 9): Promise<string[][]> {
  const seen: string[][] = [];
  const look = async (artifacts: readonly Artifact[]): Promise<boolean> => {
    seen.push(artifacts.map(({ path, kind }) => `${kind} ${path.slice(path.lastIndexOf('/') + 1)}`));
    return seen.length >= enoughAfter;
  };
  await firstLook(found, memoryPlatform(files), 1 << 20, look, undefined, limits);
  return seen;
}

test('what the server says itself, then the doors; what cannot be read or is no log is left for later', async () => {
  const [own, doors] = [['ecp-server ECPServer20210303-1.LOG'], ['httpproxy HttpProxy_2021030304-1.LOG']];
  expect(await looks({ fewestFiles: 6, bytes: 1 << 20 })).toEqual([own, doors]);
  expect(await looks({ fewestFiles: 6, bytes: 1 << 20 }, 1)).toEqual([own]);
  expect(await looks({ fewestFiles: 7, bytes: 1 << 20 })).toEqual([]);
  // What does not fit is not begun.
  expect(await looks({ fewestFiles: 6, bytes: server.length })).toEqual([own]);
  expect(await looks({ fewestFiles: 6, bytes: server.length - 1 })).toEqual([]);
});

test('what is gathered is the same with it and without', async () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, number) => [`/case/${number}.log`, '']));
  const platform = memoryPlatform(memoryFiles({ ...many, ...tree }));
  let seen = 0;
  const told = (artifacts: readonly Artifact[]): unknown => artifacts.map(({ open, ...artifact }) => artifact);
  const looked = await gather(['/case'], platform, { first: async (artifacts) => (seen += artifacts.length) > 9 });
  expect(seen).toBe(2);
  expect(told(looked.artifacts)).toEqual(told((await gather(['/case'], platform)).artifacts));
});
