/** The run over evidence in memory: cuts, wrong guesses, rounds, duplicates, files that break while they are read. */
import { expect, test } from 'vitest';
import { type Entry, memoryFiles, memoryPlatform, memorySource, utf16 } from '../../test/support/memory.ts';
import { FileError, type Files } from '../core/platform.ts';
import { learnPages } from '../detect/index.ts';
import { gather } from '../evidence/index.ts';
import type { Rule } from '../rules/index.ts';
import type { Observed } from './observed.ts';
import { run, type RunOptions } from './run.ts';
import { inlineExecutor, type ScanExecutor } from './scan-task.ts';

const rule = (id: string, logSource: string, field: string, how: 'is' | 'contains', text: string): Rule => ({
  id,
  file: '',
  uuid: null,
  title: id,
  description: null,
  status: null,
  level: null,
  author: null,
  references: [],
  falsepositives: [],
  tags: [],
  logSource,
  expr: { kind: 'match', field, test: { how, text, cased: false } },
});
const rules = [
  rule('post', 'iis-w3c', 'cs-method', 'is', 'POST'),
  rule('agent', 'iis-w3c', 'cs(User-Agent)', 'contains', 'evil'),
  rule('query', 'iis-w3c', 'cs-uri-query', 'contains', 'cmd='),
  rule('set', 'ecp-server', 'CMD', 'contains', 'Set-OabVirtualDirectory'),
];

async function observe(files: Files, options: Partial<RunOptions> = {}): Promise<Observed> {
  const platform = memoryPlatform(files);
  return run(await gather(['/case'], memoryPlatform(files)), {
    rules,
    platform,
    executor: inlineExecutor(),
    learn: learnPages,
    onProgress: () => {},
    signal: new AbortController().signal,
    ...options,
  });
}
const of = (tree: Readonly<Record<string, Entry>>, options: Partial<RunOptions> = {}): Promise<Observed> =>
  observe(memoryFiles(tree), options);
/** Without the numbers of blocks, which are those of the cut. */
const uncut = (observed: Observed): Observed => ({
  ...observed,
  artifacts: observed.artifacts.map((artifact) => ({
    ...artifact,
    parts: artifact.parts.map((part) => ({
      ...part,
      groups: new Map([...part.groups].map(([name, tuples]) => [name, tuples.map((one) => ({ ...one, block: 0 }))] as const)),
    })),
  })),
});

const header = (date = true): string =>
  `#Date: 2021-03-0${date ? 3 : 4} 00:00:00\n#Fields: ${date ? 'date ' : ''}time cs-method cs-uri-stem cs-uri-query cs(User-Agent) c-ip sc-status\n`;
const row = (i: number, date = true): string =>
  `${date ? '2021-03-03 ' : ''}04:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} ${i % 7 === 0 ? 'POST' : 'GET'} /p${i % 11} ${i % 13 === 0 ? 'c%6Dd=1' : '-'} ${i % 17 === 0 ? 'EVIL+é' : 'Mozilla'} 192.0.2.${i % 5} 200\n`;
const many = (from: number, to: number, date = true): string =>
  Array.from({ length: to - from }, (_, i) => row(from + i, date)).join('');
/** The header changes twice: a guess from the first block is wrong for the middle. */
const log = header() + many(0, 300) + header(false) + many(300, 500, false) + header() + many(500, 700);
const ecp = `#Log-type: ECP Server Log\n#Fields: TimeStamp,ServerName,EventId,EventData\n2021-03-03T04:12:11.400Z,MX1,ECP.Request,"S:TIME=1;S:CMD=Set-OabVirtualDirectory.FilePathName='\\\\127.0.0.1\\c$\\inetpub\\wwwroot\\p3';S:REQID=;S:URL=/a;S:EX=;S:BLD=15.1"\n`;

test.each([
  ['UTF-8', new TextEncoder().encode(log)],
  ['UTF-16', utf16(log)],
  ['CRLF', new TextEncoder().encode(log.replaceAll('\n', '\r\n'))],
])('the same whatever the blocks are: %s', async (_name, bytes) => {
  const whole = await of({ '/case/u_ex.log': bytes });
  expect(whole.artifacts[0]!.parts[0]!.records).toBe(700);
  expect(whole.hits.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(100);
  for (const blockBytes of [64, 130, 1000, 4096, 20_000])
    expect(uncut(await of({ '/case/u_ex.log': bytes }, { blockBytes }))).toEqual(uncut(whole));
});

test('the same when results come back in another order', async () => {
  const late = (): ScanExecutor => {
    const inner = inlineExecutor();
    let turn = 0;
    return {
      ...inner,
      width: 3,
      async scan(task) {
        // The bytes are only lent: scanned at once, told later.
        const result = await inner.scan(task);
        await new Promise((resolve) => setTimeout(resolve, (turn++ * 7) % 5));
        return result;
      },
    };
  };
  const tree = { '/case/a.log': log, '/case/b.log': header() + many(3, 90), '/case/ecp.log': ecp };
  expect(uncut(await of(tree, { executor: late(), blockBytes: 700 }))).toEqual(uncut(await of(tree)));
});

test('the same bytes count once', async () => {
  const { artifacts, hits } = await of({ '/case/a.log': log, '/case/b.log': log });
  expect(artifacts.map(({ duplicateOf }) => duplicateOf)).toEqual([null, 'a.log']);
  expect(new Set(hits.map(({ artifact }) => artifact))).toEqual(new Set(['a.log']));
});

test('a page that is learnt is looked for, and each row counts once over all rounds', async () => {
  const page = (name: string): string =>
    `2021-03-03T04:12:11.400Z,MX1,ECP.Request,"S:TIME=1;S:CMD=Set-OabVirtualDirectory.FilePathName='\\\\127.0.0.1\\c$\\inetpub\\wwwroot\\${name}.aspx';S:REQID=;S:URL=/a;S:EX=;S:BLD=15.1"\n`;
  const ecpLog = `#Log-type: ECP Server Log\n#Fields: TimeStamp,ServerName,EventId,EventData\n${page('one')}`;
  const web = `${header()}2021-03-03 05:00:00 GET /one.aspx - a 192.0.2.1 200\n2021-03-03 05:00:01 GET /%6Fne.aspx - a 192.0.2.1 404\n`;
  const { hits } = await of({ '/case/ecp.log': ecpLog, '/case/web.log': web });
  expect(hits.filter(({ artifact }) => artifact === 'web.log').map(({ rules: ids, count }) => [ids[0], count])).toEqual([
    ['learnt/page-answered', 1],
    ['learnt/page-asked', 1],
  ]);
  // A second round that asks for one more page does not count the first again.
  let asked = 0;
  const later = await of(
    { '/case/ecp.log': ecpLog, '/case/web.log': `${web}2021-03-03 05:00:02 GET /two.aspx - a 192.0.2.1 200\n` },
    {
      learn: (found, done) => {
        asked++;
        const extra =
          asked === 2 ? [{ ...found[0]!, rows: [{ ...found[0]!.rows[0]!, fields: { EventData: page('two') } }] }] : [];
        return learnPages([...found, ...extra], done);
      },
    },
  );
  const counts = Object.fromEntries(
    later.hits
      .filter(({ artifact }) => artifact === 'web.log')
      .map(({ key, count }) => [key.includes('two') ? 'two' : key.includes('%6F') ? 'asked' : 'one', count]),
  );
  expect(counts).toEqual({ one: 1, asked: 1, two: 1 });
});

test('a file that cannot be read to its end counts as far as it was read, and stops nothing', async () => {
  const files = memoryFiles({ '/case/a.log': log, '/case/b.log': log.replaceAll('/p3', '/q3') });
  let opened = 0;
  const broken: Files = {
    ...files,
    open(path) {
      const source = files.open(path);
      // The head is read when the file is recognised; later reads fail behind the first blocks.
      if (!path.endsWith('a.log') || opened++ === 0) return source;
      return {
        ...source,
        read(at, into) {
          if (at > 5000) throw new FileError('EIO', path);
          return source.read(at, into);
        },
      };
    },
  };
  const { artifacts } = await observe(broken, { blockBytes: 1000 });
  expect(artifacts[0]!.problems.map(({ code, found }) => [code, found])).toEqual([['evidence.unreadable', 'EIO']]);
  expect(artifacts[0]!.sha256).toBe(null);
  expect(artifacts[0]!.parts[0]!.records).toBeGreaterThan(20);
  expect(artifacts[1]!.parts[0]!.records).toBe(700);
});

test.each(['ENOENT', 'EPERM', 'EACCES', 'EBUSY', 'ETXTBSY', 'UNKNOWN'])(
  'a file that is gone when it is to be read has vanished: %s',
  async (code) => {
    const files = memoryFiles({ '/case/a.log': log, '/case/b.log': log.replaceAll('/p3', '/q3') });
    let opened = 0;
    const { artifacts, hits } = await observe({
      ...files,
      open(path) {
        if (path.endsWith('a.log') && opened++ > 0) throw new FileError(code, path);
        return files.open(path);
      },
    });
    expect(artifacts[0]).toMatchObject({ path: 'a.log', sha256: null, parts: [], notRead: 'it was gone when it was to be read' });
    expect(artifacts[0]!.problems).toEqual([{ code: 'evidence.vanished', at: 0, count: 1, found: code }]);
    expect(artifacts[1]!.problems).toEqual([]);
    expect(new Set(hits.map(({ artifact }) => artifact))).toEqual(new Set(['b.log']));
  },
);

test('other refusals are unreadable, and a source says itself what its trouble is', async () => {
  const files = memoryFiles({ '/case/a.log': log, '/case/b.log': log.replaceAll('/p3', '/q3') });
  const opened = new Map<string, number>();
  const { artifacts } = await observe({
    ...files,
    open(path) {
      const times = (opened.get(path) ?? 0) + 1;
      opened.set(path, times);
      if (times > 1 && path.endsWith('a.log')) throw new FileError('EIO', path);
      if (times > 1) throw new FileError('EDATA', path, { problem: 'archive.damaged' });
      return files.open(path);
    },
  });
  expect(artifacts.map(({ problems }) => problems.map(({ code, found }) => [code, found]))).toEqual([
    [['evidence.unreadable', 'EIO']],
    [['archive.damaged', 'EDATA']],
  ]);
  expect(artifacts.map(({ notRead }) => notRead)).toEqual(['it could not be opened', 'it could not be opened']);
});

test('what came to light while a source was read is told once, and it is closed then', async () => {
  const files = memoryFiles({ '/case/a.log': log, '/case/b.log': ecp.replaceAll('p3', 'p4.aspx') });
  const closed: string[] = [];
  const { artifacts } = await observe({
    ...files,
    open: (path) => ({
      ...files.open(path),
      problems: () => [{ code: 'archive.checksum', at: 7, count: 1 }],
      close: () => void closed.push(path),
    }),
  });
  for (const { problems } of artifacts)
    expect(problems.filter(({ code }) => code === 'archive.checksum')).toEqual([{ code: 'archive.checksum', at: 7, count: 1 }]);
  expect(closed.length).toBeGreaterThanOrEqual(4);
});

test('what tells most is read first, equals in their order; all is told by path', async () => {
  const files = memoryFiles({
    '/case/a.log': log,
    '/case/b.log': ecp,
    '/case/c.log': header() + many(1, 9).replaceAll('/p', '/q'),
  });
  const platform = memoryPlatform(files);
  const gathered = await gather(['/case'], platform);
  const read: string[] = [];
  const { artifacts } = await run(
    {
      ...gathered,
      artifacts: gathered.artifacts.map((artifact, index) => ({
        ...artifact,
        order: [1, 2, 0][index]!,
        open: () => (read.push(artifact.path), artifact.open()),
      })),
    },
    {
      rules: [],
      platform,
      executor: inlineExecutor(),
      learn: learnPages,
      onProgress: () => {},
      signal: new AbortController().signal,
    },
  );
  expect(read).toEqual(['b.log', 'c.log', 'a.log']);
  expect(artifacts.map(({ path }) => path)).toEqual(['a.log', 'b.log', 'c.log']);
  expect(artifacts[0]).toMatchObject({ role: 'evidence', within: null, collection: null });
});

test('a file that becomes shorter while it is read is told', async () => {
  const files = memoryFiles({ '/case/a.log': log });
  const shrunk: Files = {
    ...files,
    open: (path) => ({
      ...files.open(path),
      read: memorySource(new TextEncoder().encode(log).subarray(0, 8e3)).read,
    }),
  };
  const { artifacts } = await observe(shrunk, { blockBytes: 1000 });
  expect(artifacts[0]!.problems.map(({ code }) => code)).toContain('evidence.unreadable');
});

test('no cut and no run reads more than once what it was asked to stop', async () => {
  const controller = new AbortController();
  controller.abort();
  await expect(of({ '/case/a.log': log }, { signal: controller.signal })).rejects.toThrow();
});
