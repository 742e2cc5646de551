/**
 * A run that goes on with what earlier ones kept gives what a run gives that reads everything: whichever artifacts were finished, whatever
 * was changed meanwhile, and whatever somebody did to what is kept.
 */
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepareIndicators } from '../../src/assess.ts';
import type { Files } from '../../src/core/platform.ts';
import { type WorkFolder, workFolderName } from '../../src/host/work-folder.ts';
import { IndicatorSet, readList, type Rule } from '../../src/rules/index.ts';
import type { KeptWork, Observed, RunOptions } from '../../src/run/index.ts';
import { zip } from '../archives/zip-writer.mjs';
import { logForms } from '../support/log-forms.ts';
import { caseFolders, forwarding, type Gone, keepingRun, observedRun, stamped } from '../support/kept-runs.ts';
import { type Entry, memoryFiles, utf16 } from '../support/memory.ts';
import { ruleOn } from '../support/run-memory.ts';
import { soak } from '../support/soak.ts';
import { evtxChunk, evtxFile, simpleEvent } from '../support/evtx-writer.ts';

const caseFolder = caseFolders();
const runs = { numRuns: soak ? 100 : 6 };
const harms = { numRuns: soak ? 200 : 20 };

const rules: readonly Rule[] = [
  ruleOn('pages', 'iis-w3c', 'cs-uri-stem', 'contains', 'aspx'),
  ruleOn('queries', 'iis-w3c', 'cs-uri-query', 'contains', 'cmd'),
  ruleOn('proxied', 'httpproxy', 'UrlStem', 'contains', '/ecp/'),
  ruleOn('set', 'ecp-server', 'CMD', 'contains', 'Set-OabVirtualDirectory'),
  ruleOn('started', 'windows-event', 'NewProcessName', 'contains', 'cmd.exe'),
];
const set = new IndicatorSet();
readList(set, 'value,type\n198.51.100.87,ip\n198.51.100.7,ip\nhaven.example,domain\n/owa/auth/x1.aspx,path\n', 'list.csv');
const indicators = prepareIndicators(set.list()).packed;

const iisHead = '#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status\n';
const iisRow = (number: number): string =>
  `2021-03-03 04:${String(number % 60).padStart(2, '0')}:11 ${number % 3 === 0 ? 'POST' : 'GET'} /owa/auth/x${number % 5}.aspx ${number % 4 === 0 ? `cmd=${number}` : '-'} 198.51.100.${number % 9} Tool/${number % 7} 200\n`;
const iis = (from: number, rows: number): string =>
  iisHead + Array.from({ length: rows }, (_, index) => iisRow(from + index)).join('');
const event = (number: number): ReturnType<typeof simpleEvent> =>
  simpleEvent({
    channel: 'Security',
    provider: 'Microsoft-Windows-Security-Auditing',
    eventId: 4688,
    id: number,
    time: `2021-03-03T04:${10 + number}:00Z`,
    data: {
      NewProcessName: `C:\\Windows\\System32\\${number % 2 === 0 ? 'cmd' : 'w3wp'}.exe`,
      ParentProcessName: 'C:\\w3wp.exe',
    },
  });

const formNames = Object.keys(logForms);
type Tree = Record<string, Entry>;

/** Logs of many kinds, copies, beginnings of each other, a text of several parts, another encoding, an archive. */
const tree: fc.Arbitrary<Tree> = fc
  .record({
    forms: fc.uniqueArray(fc.constantFrom(...formNames), { minLength: 1, maxLength: 5 }),
    logs: fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 150 })), { minLength: 1, maxLength: 4 }),
    copy: fc.boolean(),
    packed: fc.boolean(),
    pasted: fc.boolean(),
    events: fc.boolean(),
  })
  .map(({ forms, logs, copy, packed, pasted, events }) => {
    const made: Tree = {};
    for (const name of forms) made[`/case/forms/${name}.txt`] = logForms[name]!.text;
    for (const [index, [from, rows]] of logs.entries()) made[`/case/W3SVC1/u_ex2103${index + 10}.log`] = iis(from, rows);
    if (copy) {
      made['/case/W3SVC2/u_ex210310.log'] = iis(logs[0]![0], logs[0]![1]);
      made['/case/W3SVC3/u_ex210310.log'] = iis(logs[0]![0], logs[0]![1] + 30);
      made['/case/W3SVC4/u_ex210310.log'] = utf16(iis(logs[0]![0], logs[0]![1]));
    }
    if (packed)
      made['/case/logs.zip'] = zip([
        { name: 'W3SVC9/u_ex210311.log', data: new TextEncoder().encode(iis(7, 90)) },
        { name: 'note.txt', data: new TextEncoder().encode('nothing of a log\n') },
      ]);
    if (pasted) made['/case/mail.txt'] = `Look at this:\n> ${iisRow(3)}> ${iisRow(4)}\nand at\n${logForms['ecp-activity']!.text}`;
    if (events) made['/case/Security.evtx'] = evtxFile([evtxChunk([event(1), event(2)]), evtxChunk([event(3)])]);
    return made;
  });

const asking = { rules, indicators };
const of = (made: Tree, options: Partial<RunOptions> = {}): Promise<Observed> =>
  observedRun(memoryFiles(made), { ...asking, ...options });
const keeping = (
  folder: string,
  files: Files,
  how: { readonly resume: boolean; readonly trusting?: boolean; readonly program?: string },
  options: Partial<RunOptions> = {},
  through?: (work: WorkFolder) => KeptWork,
): Promise<Gone> => keepingRun(folder, files, how, { ...asking, ...options }, through);
const refused = ({ told }: Gone): Record<string, number> => Object.fromEntries(told.refused);
const readable = (one: Observed): number => one.artifacts.filter(({ bytes, sha256 }) => bytes > 0 && sha256 !== null).length;

test('whichever artifacts were finished', async () => {
  await fc.assert(
    fc.asyncProperty(tree, fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), async (made, finished) => {
      const folder = caseFolder();
      const whole = await of(made);
      const files = memoryFiles(made);
      expect((await keeping(folder, files, { resume: false })).observed).toEqual(whole);
      let asked = 0;
      const some = (work: WorkFolder): KeptWork => ({
        ...forwarding(work),
        find: (name) => (finished[asked++ % finished.length]! ? work.find(name) : null),
      });
      const gone = await keeping(folder, files, { resume: true }, {}, some);
      expect(gone.observed).toEqual(whole);
      // What was taken and what was read is kept alike.
      const all = await keeping(folder, files, { resume: true });
      expect(all.observed).toEqual(whole);
      expect(all.told).toMatchObject({ taken: readable(whole), strange: 0, full: null });
      expect(refused(all)).toEqual({});
    }),
    runs,
  );
});

test('stopped anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(tree, fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }), async (made, stops) => {
      const folder = caseFolder();
      const files = memoryFiles(made);
      for (const [index, stop] of stops.entries()) {
        const controller = new AbortController();
        let seen = 0;
        await keeping(
          folder,
          files,
          { resume: index > 0 },
          {
            signal: controller.signal,
            onProgress: () => void (seen++ === stop && controller.abort()),
          },
        ).catch(() => {});
      }
      expect((await keeping(folder, files, { resume: true })).observed).toEqual(await of(made));
    }),
    runs,
  );
});

test('whatever was changed meanwhile, by content, by time, or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(tree, tree, fc.boolean(), fc.nat(), async (before, after, trusting, pick) => {
      const folder = caseFolder();
      // Files of both, some with another content of the same length, some gone, some new.
      const now: Tree = { ...before, ...Object.fromEntries(Object.entries(after).slice(0, 2)) };
      const names = Object.keys(before);
      const victim = names[pick % names.length]!;
      const old = before[victim]!;
      if (typeof old === 'string') now[victim] = old.replace(/[1-4](?=\D*$)/, '5');
      if (names.length > 2) delete now[names[(pick + 1) % names.length]!];
      const stamps =
        (files: Tree) =>
        (name: string): string | undefined => {
          const entry = files[name];
          return typeof entry === 'string' ? `${entry.length} ${entry}` : undefined;
        };
      await keeping(folder, stamped(memoryFiles(before), stamps(before)), { resume: false });
      const gone = await keeping(folder, stamped(memoryFiles(now), stamps(now)), { resume: true, trusting });
      expect(gone.observed).toEqual(await of(now));
    }),
    runs,
  );
});

test('files whose size and times are as they were are not read but for their heads', async () => {
  const made: Tree = {
    '/case/a.log': iis(0, 2000),
    '/case/b.log': iis(3, 900).replaceAll('2021-03-03', '2021-03-04'),
    '/case/mail.txt': `> ${iisRow(3)}> ${iisRow(4)}`,
  };
  const folder = caseFolder();
  const times = (): string => 'then';
  await keeping(folder, stamped(memoryFiles(made), times), { resume: false });
  let read = 0;
  const files = stamped(memoryFiles(made), times);
  const counted: Files = {
    ...files,
    open: (name) => {
      const source = files.open(name);
      return {
        ...source,
        read: (at, into) => {
          const got = source.read(at, into);
          read += got;
          return got;
        },
      };
    },
  };
  const unasked = { rules: [], indicators: null };
  await keeping(folder, files, { resume: false }, unasked);
  const gone = await keeping(folder, counted, { resume: true, trusting: true }, unasked);
  expect(gone.told.taken).toBe(3);
  // The head of each by which it is recognised, and what is compared of files that may be each other's beginning.
  expect(read).toBeLessThanOrEqual(3 * (64 << 10) + 3 * (4 << 10));
  expect(read).toBeLessThan(iis(0, 2000).length);
});

test('other questions, another program: all is read', async () => {
  const made: Tree = { '/case/a.log': iis(0, 50), '/case/ecp.txt': logForms['ecp-activity']!.text };
  const files = memoryFiles(made);
  const folder = caseFolder();
  await keeping(folder, files, { resume: false });
  expect(refused(await keeping(folder, files, { resume: true, program: 'b' }))).toEqual({ asked: 2 });
  // A rule over one of the logs does not touch the other one.
  const fewer = rules.filter(({ id }) => id !== 'queries');
  const one = await keeping(folder, files, { resume: true, program: 'b' }, { rules: fewer });
  expect(refused(one)).toEqual({ answers: 1 });
  expect(one.told.taken).toBe(1);
  expect(one.observed).toEqual(await of(made, { rules: fewer }));
  const none = await keeping(folder, files, { resume: true, program: 'b' }, { rules: fewer, indicators: null });
  expect(refused(none)).toEqual({ answers: 1, asked: 1 });
  expect(none.observed).toEqual(await of(made, { rules: fewer, indicators: null }));
});

/** Something that happens to the folder between two runs. */
type Harm =
  | { readonly kind: 'flip' | 'cut' | 'insert'; readonly at: number }
  | { readonly kind: 'swap'; readonly at: number; readonly to: number; readonly bytes: number }
  | { readonly kind: 'seal' | 'copied' | 'emptied' | 'link' | 'file' };
const place = fc.nat(999_999).map((millionth) => millionth / 1_000_000);
const harm: fc.Arbitrary<Harm> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('flip' as const, 'cut' as const, 'insert' as const), at: place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('swap' as const), at: place, to: place, bytes: fc.nat(300) }) },
  fc.record({ kind: fc.constantFrom('seal' as const, 'copied' as const, 'emptied' as const, 'link' as const, 'file' as const) }),
);

function harmed(folder: string, done: Harm): void {
  const work = path.join(folder, workFolderName);
  const [name] = fs.readdirSync(work).filter((one) => one.startsWith('kept-'));
  const file = path.join(work, name!);
  const bytes = fs.readFileSync(file);
  const at = 'at' in done ? Math.floor(done.at * bytes.length) : 0;
  switch (done.kind) {
    case 'flip':
      bytes[at]! ^= 1 << (at % 8);
      fs.writeFileSync(file, bytes);
      return;
    case 'cut':
      fs.truncateSync(file, at);
      return;
    case 'insert':
      fs.writeFileSync(file, Buffer.concat([bytes.subarray(0, at), bytes.subarray(0, 40), bytes.subarray(at)]));
      return;
    case 'swap': {
      const to = Math.floor(done.to * bytes.length);
      bytes.copy(bytes, to, at, Math.min(bytes.length, at + done.bytes));
      fs.writeFileSync(file, bytes);
      return;
    }
    case 'seal':
      fs.writeFileSync(path.join(work, 'seal'), Buffer.alloc(32, 7));
      return;
    case 'copied':
      fs.cpSync(work, `${work}-2`, { recursive: true, preserveTimestamps: true });
      fs.rmSync(work, { recursive: true });
      fs.renameSync(`${work}-2`, work);
      return;
    case 'emptied':
      fs.writeFileSync(file, '');
      return;
    case 'link':
      fs.renameSync(file, path.join(folder, 'elsewhere'));
      fs.symlinkSync(path.join(folder, 'elsewhere'), file);
      return;
    case 'file':
      fs.rmSync(work, { recursive: true });
      fs.writeFileSync(work, 'no folder');
  }
}

test('whatever was done to what is kept, it is never believed', async () => {
  let taken = 0;
  let left = 0;
  await fc.assert(
    fc.asyncProperty(tree, fc.array(harm, { minLength: 1, maxLength: 3 }), async (made, done) => {
      const folder = caseFolder();
      const files = memoryFiles(made);
      const whole = (await keeping(folder, files, { resume: false })).observed;
      harmed(folder, done[0]!);
      for (const one of done.slice(1))
        if (['flip', 'cut', 'insert', 'swap'].includes(one.kind) && fs.statSync(path.join(folder, workFolderName)).isDirectory())
          harmed(folder, one);
      const gone = await keeping(folder, files, { resume: true });
      expect(gone.observed).toEqual(whole);
      taken += gone.told.taken;
      left += readable(whole) - gone.told.taken;
      // And the next one has all of it again.
      const next = await keeping(folder, files, { resume: true });
      expect(next.observed).toEqual(whole);
      expect(next.told.taken).toBe(readable(whole));
    }),
    harms,
  );
  // Harm was done, and what it did not reach was taken.
  expect(left).toBeGreaterThan(10);
  expect(taken).toBeGreaterThan(10);
});

test('a copy, and what somebody else sealed, is said to be none of ours', async () => {
  const made: Tree = { '/case/a.log': iis(0, 50) };
  const files = memoryFiles(made);
  const folder = caseFolder();
  await keeping(folder, files, { resume: false });
  harmed(folder, { kind: 'copied' });
  const gone = await keeping(folder, files, { resume: true });
  expect(gone.told).toMatchObject({ taken: 0, strange: 1 });
});
