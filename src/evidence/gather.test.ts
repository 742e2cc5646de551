import { expect, test } from 'vitest';
import { memoryFiles, memoryPlatform, utf16 } from '../../test/support/memory.ts';
import type { Files } from '../core/platform.ts';
import { gather as gatherOn, type Gathered, gatherLimits, type GatherLimits } from './gather.ts';

const gather = (roots: readonly string[], files: Files, limits: GatherLimits = gatherLimits): Promise<Gathered> =>
  gatherOn(roots, memoryPlatform(files), { limits });

const header = '#Fields: date time cs-method cs-uri-stem c-ip sc-status\n';
const log = `${header}2021-03-03 04:12:11 GET /owa/ 192.0.2.1 200\n`;

const seen = ({ artifacts, problems }: Gathered): unknown => ({
  artifacts: artifacts.map(({ path, kind, notRead }) => [path, kind ?? notRead]),
  problems: problems.map(({ path, code, found }) => [path, code, ...(found === undefined ? [] : [found])]),
});

test('files in order of their path, with kind, encoding and place', async () => {
  const { artifacts, problems } = await gather(
    ['/case'],
    memoryFiles({ '/case/mx1/W3SVC1/u_ex1.log': log, '/case/a.log': utf16(log), '/case/cr.log': log.replaceAll('\n', '\r') }),
  );
  expect(
    artifacts.map(({ path, kind, encoding, lineEnd, root, canonicalPath }) => [
      path,
      kind,
      encoding,
      lineEnd,
      root,
      canonicalPath,
    ]),
  ).toEqual([
    ['a.log', 'iis-w3c', 'utf16le', 10, '', null],
    ['cr.log', 'iis-w3c', 'utf8', 13, '', null],
    ['mx1/W3SVC1/u_ex1.log', 'iis-w3c', 'utf8', 10, 'mx1', 'W3SVC1\\u_ex1.log'],
  ]);
  expect(artifacts.map(({ parts, bytes }) => parts.length === 1 && parts[0]!.end === bytes)).toEqual([true, true, true]);
  expect(problems).toEqual([]);
});

test('what is not read, and why', async () => {
  const files = memoryFiles(
    {
      '/case/empty.log': '',
      '/case/locked.log': { error: 'EACCES' },
      '/case/note.txt': 'We saw nothing.\n',
      '/case/picture.bin': Uint8Array.from({ length: 600 }, (_, i) => i % 7),
      '/case/pipe': { other: true },
      '/case/shut/x.log': log,
      '/case/zeros.log': new Uint8Array(100),
    },
    ['/case/shut'],
  );
  expect(seen(await gather(['/case'], files))).toEqual({
    artifacts: [
      ['empty.log', 'it is empty'],
      ['locked.log', 'it could not be opened'],
      ['note.txt', 'a text in which no line of a known log was found'],
      ['picture.bin', 'no kind of file that is read yet'],
      ['zeros.log', 'no kind of file that is read yet'],
    ],
    problems: [
      ['pipe', 'evidence.unreadable', 'neither a file nor a folder'],
      ['shut', 'evidence.unreadable', 'EACCES'],
    ],
  });
});

test('links are told and not followed', async () => {
  const files = memoryFiles({
    '/case/logs/u.log': log,
    '/case/logs/up': { link: '/case' },
    '/case/logs/here': { link: '/case/logs' },
    '/case/again': { link: '/case/logs/u.log' },
    '/case/out': { link: '/etc' },
    '/case/sibling': { link: '/case2' },
    '/case/gone': { link: '/nowhere' },
    '/case/x': { link: '/case/y' },
    '/case/y': { link: '/case/x' },
    '/case2/z': log,
    '/etc/passwd': 'x',
  });
  expect(seen(await gather(['/case'], files))).toEqual({
    artifacts: [['logs/u.log', 'iis-w3c']],
    problems: [
      ['again', 'evidence.link', 'its target is read where it stands'],
      ['gone', 'evidence.link', 'ENOENT'],
      ['logs/here', 'evidence.loop'],
      ['logs/up', 'evidence.loop'],
      ['out', 'evidence.link', 'it leads out of what was handed in'],
      ['sibling', 'evidence.link', 'it leads out of what was handed in'],
      ['x', 'evidence.loop', 'ELOOP'],
      ['y', 'evidence.loop', 'ELOOP'],
    ],
  });
});

test('limits are said once', async () => {
  const tree: Record<string, string> = {};
  for (let i = 0; i < 10; i++) tree[`/case/${i}.log`] = log;
  const { artifacts, problems } = await gather(['/case'], memoryFiles(tree), { ...gatherLimits, files: 3 });
  expect([artifacts.length, problems.map(({ code }) => code)]).toEqual([3, ['evidence.limit']]);
  const deep = await gather(['/case'], memoryFiles({ '/case/a/b/c/d.log': log, '/case/a/e.log': log }), {
    ...gatherLimits,
    depth: 2,
  });
  expect(seen(deep)).toEqual({ artifacts: [['a/e.log', 'iis-w3c']], problems: [['a/b/c', 'evidence.limit', '2 folders deep']] });
});

const run = '{"schema": "afterpatch.run/1", "version": "0"}';
const assessment = '{\n  "schema": "afterpatch.assessment/1", "evidence": []}';

test('our own case folder is no evidence', async () => {
  const own = { '/case/out/run.json': run, '/case/out/assessment.json': assessment, '/case/out/report.html.part': '<html>' };
  expect(seen(await gather(['/case'], memoryFiles({ ...own, '/case/u.log': log })))).toEqual({
    artifacts: [['u.log', 'iis-w3c']],
    problems: [['out', 'evidence.own_output']],
  });
});

test('what a run keeps for the next one is a part of it, and of nothing else', async () => {
  const own = { '/case/out/run.json': run, '/case/out/assessment.json': assessment };
  const kept = new Uint8Array([...new TextEncoder().encode('afterpatch.work/1\n'), 0xff, 0xfe, 0, 0, 1, 2, 3]);
  const work = { '/case/out/.work/seal': new Uint8Array(32).fill(200), '/case/out/.work/kept-2.bin': kept };
  expect(seen(await gather(['/case'], memoryFiles({ ...own, ...work, '/case/u.log': log })))).toEqual({
    artifacts: [['u.log', 'iis-w3c']],
    problems: [['out', 'evidence.own_output']],
  });
  const copied = await gather(['/case'], memoryFiles({ '/case/copy.bin': kept }));
  expect(copied.artifacts.map(({ notRead }) => notRead)).toEqual(['an output of Afterpatch']);
  // A log that somebody puts there is read.
  const hidden = await gather(['/case'], memoryFiles({ ...own, ...work, '/case/out/.work/u.log': log }));
  expect(hidden.artifacts.find(({ path }) => path === 'out/.work/u.log')?.kind).toBe('iis-w3c');
});

test('two files that somebody put into a folder of logs do not make it a case of ours', async () => {
  const put = { '/case/logs/run.json': run, '/case/logs/assessment.json': assessment };
  for (const path of ['/case/logs/u.log', '/case/logs/W3SVC1/u.log']) {
    const { artifacts } = await gather(['/case'], memoryFiles({ ...put, [path]: log }));
    expect(artifacts.filter(({ kind }) => kind === 'iis-w3c').map((one) => one.path)).toEqual([path.slice('/case/'.length)]);
    expect(artifacts.filter(({ notRead }) => notRead === 'an output of Afterpatch').length).toBe(2);
  }
});

test('what we wrote quotes rows, and is no evidence wherever it is copied to', async () => {
  const row = "S:CMD=Set-OabVirtualDirectory.ExternalUrl='http://f/';S:REQID=;S:URL=/ecp/a;S:EX=";
  const finding = JSON.stringify({
    id: '1',
    title: 'x',
    stage: 'probed',
    proves: '',
    doesNotProve: '',
    innocent: '',
    evidence: [row],
  });
  const tree = { '/case/a.txt': `${finding}\n`, '/case/b.txt': `they sent this\n${row}\n` };
  const { artifacts } = await gather(['/case'], memoryFiles(tree));
  expect(artifacts.map(({ path, role, kind }) => [path, role, kind])).toEqual([
    ['a.txt', 'foreign', null],
    ['b.txt', 'evidence', 'ecp-excerpt'],
  ]);
});

test('several roots keep apart, also those of one name', async () => {
  const files = memoryFiles({ '/a/logs/u.log': log, '/b/logs/u.log': log, '/c/u.log': log });
  const { artifacts } = await gather(['/a/logs', '/b/logs', '/c/u.log'], files);
  expect(artifacts.map(({ path }) => path)).toEqual(['logs-2/u.log', 'logs/u.log', 'u.log']);
});

test('what stands on the server under the name of a page is a page, however it begins', async () => {
  const folder = '/case/C/inetpub/wwwroot/aspnet_client';
  const text = '<%@ Page Language="C#" %><p>x</p>';
  const { artifacts } = await gather(
    ['/case'],
    memoryFiles({
      [`${folder}/log.aspx`]: `${log}${text}`,
      [`${folder}/config.ashx`]: `<configuration></configuration>${text}`,
      [`${folder}/zip.aspx`]: `PK\u0003\u0004${text}`,
      [`${folder}/gz.aspx`]: new Uint8Array([0x1f, 0x8b, 8, 0, 60, 37, 64]),
      [`${folder}/blank.php`]: `${' '.repeat(70_000)}${text}`,
      [`${folder}/u_ex1.log`]: log,
      '/case/loose.aspx': log,
    }),
  );
  expect(artifacts.map(({ path, role, kind }) => [path.split('/').at(-1), role, kind])).toEqual([
    ['blank.php', 'evidence', 'web-page'],
    ['config.ashx', 'evidence', 'web-page'],
    ['gz.aspx', 'evidence', 'web-page'],
    ['log.aspx', 'evidence', 'web-page'],
    ['u_ex1.log', 'evidence', 'iis-w3c'],
    ['zip.aspx', 'evidence', 'web-page'],
    ['loose.aspx', 'evidence', 'iis-w3c'],
  ]);
});
